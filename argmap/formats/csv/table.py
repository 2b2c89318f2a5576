"""Read CSV: a table of claims and relations, under argmap's headings or other common ones. Described in csv.md."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from typing import Any

from argmap.findings import brief
from argmap.formats.common.attribute_codec import decode_scheme
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import Ids, Irregular, as_word, is_id, map_id, own, validated
from argmap.formats.csv import rows as rows_
from argmap.formats.csv.headers import rows_of
from argmap.formats.csv.references import Ends, squeezed
from argmap.formats.csv.rows import ENUMS, NAME, RELATIONS, USED, Row, Told, tellers, ties_of, told_by, type_of
from argmap.formats.csv.writer import write
from argmap.model import Map, RelationType

__all__ = ["read", "write"]

_TRUE = {"true", "yes", "y", "x", "1"}
_FALSE = {"false", "no", "n", "0", ""}


def read(content: Content, columns: Mapping[str, str] | None = None) -> Reading:
    """Read the map of a table; `columns` gives headings by the field that they stand for: `{"text": "Behauptung"}`."""
    irregular = Irregular(content.name)
    rows = list(rows_of(content, columns or {}, irregular))
    return Reading(_Table(rows, content.name).map(), irregular.findings)


class _Table:
    """Rows on their way to a map."""

    def __init__(self, rows: list[Row], name: str) -> None:
        self.file = name
        self.in_order = rows
        self.types = [type_of(row) for row in rows]
        self.rows: dict[str, list[Row]] = {}
        for row, type_ in zip(rows, self.types, strict=True):
            self.rows.setdefault(type_, []).append(row)
        self.ids, self.speaker_ids, self.issue_ids = Ids(), Ids(), Ids()
        self.position_ids: dict[str, Ids] = {}
        self.positions: dict[tuple[str, str], str] = {}
        """The id of each position, by its issue and its name in the table."""
        self.issues: dict[str, dict[str, Any]] = {}
        self.speakers: dict[str, dict[str, Any]] = {}
        self.ends = Ends(rows, self.types, self.ids)
        self.claims, self.known, self.texts = self.ends.claims, self.ends.known, self.ends.texts
        self.own: dict[int, str] = {}
        """The id of the claim in each row, by the number of the row."""
        self.data: dict[str, Any] = {"id": map_id(name, (".csv",))}

    def of(self, type_: str) -> list[Row]:
        return self.rows.get(type_, [])

    def map(self) -> Map:
        for row in self.of("speaker"):
            speaker = self.name(row, self.speaker_ids, self.speakers)
            names = {"name": row["text"] or row["id"], "role": row["label"] or None}
            self.speakers[speaker] = {**names, "extra": self.beyond(row, "speaker", speaker)}
        for row in self.of("issue"):
            said = {column: row[column] or None for column in ("label", "note")}
            issue: dict[str, Any] = {"question": row["text"] or row["id"], **said, "scale": {}}
            self.issues[self.name(row, self.issue_ids, self.issues)] = issue
            rows_.leave_out(row)
        for row in self.of("position"):
            self.position(row)
        self.name_claims()
        for row in self.of("quote"):
            self.further_quote(row)
        relations = [relation for n, row in enumerate(self.in_order) for relation in self.relations(n, row)]
        self.untied(relations)
        self.whole()
        whole = {"claims": self.claims, "relations": relations, "issues": self.issues, "speakers": self.speakers}
        return validated({**self.data, **whole}, self.file)

    def whole(self) -> None:
        for row in self.of("map")[1:]:
            row.note("more-maps", "the table holds several maps: the first is read, and all claims are of that.")
        for row in self.of("map")[:1]:
            self.data |= {"id": Ids().word(row["id"])} if row["id"] else {}
            self.data |= {"title": row["text"] or None, "note": row["note"] or None}
            self.data["extra"] = self.beyond(row, "map", self.data["id"])
            if row["target"]:
                self.data["thesis"] = self.target(row)

    def position(self, row: Row) -> None:
        """Read a step on the scale of its issue."""
        issue = self.issue_ids.word(row["target"])
        if issue not in self.issues:
            row.note("dangling-reference", f"no issue {brief(row['target'])!r} is there: left out.", "target")
            return
        scale = self.issues[issue]["scale"]
        position = self.name(row, self.position_ids.setdefault(issue, Ids()), scale)
        scale[position] = {"label": row["text"], "origin": row["note"] or None}
        self.positions.setdefault((issue, row["id"] or row["text"]), position)
        rows_.leave_out(row)

    def further_quote(self, row: Row) -> None:
        claim = self.claims.get(self.known.get(row["id"], ""))
        if claim is None:
            row.note("dangling-reference", f"no claim {brief(row['id'])!r} is there: left out.", "id")
            return
        if not row["quote"]:
            row.note("missing-text", "this quote has no words.", "quote")
        claim["quotes"] += _quotes(row)
        rows_.leave_out(row)

    @staticmethod
    def name(row: Row, ids: Ids, taken: Container[str]) -> str:
        """Choose the id of a row's speaker, issue or position; another one if it is taken."""
        given, type_ = row["id"] or row["text"], type_of(row)
        word = ids.word(given)
        if word in taken:
            row.note("duplicate-id", f"{type_} {brief(given)!r} occurs twice: each needs its own id.", "id")
            return ids.new(word)
        if row["id"] not in ("", word) and "extra" not in USED[type_]:
            row.note("changed-id", f"{brief(given)!r} cannot be an id: read as {brief(word)!r}.", "id")
        return word

    def name_claims(self) -> None:
        numbered = [(n, row) for n, row in enumerate(self.in_order) if self.types[n] in ("claim", "")]
        given = dict.fromkeys(row["id"] for _, row in numbered)
        for name in filter(None, given):
            self.known[name] = self.ids.word(name)
        for number, (n, row) in enumerate(numbered, 1):
            if not self.types[n] and not row["text"]:
                said = told_by(row)
                row.note("unknown-type", f"no row type {brief(said.word)!r} is known: left out.", said.column)
                continue
            if self.is_again(row):
                self.own[n] = self.texts[squeezed(row["text"])]
                continue
            # A relation may call a claim without an id by its number: c1, c2, …
            made_up = f"c{number}" if f"c{number}" not in given else f"c{number}-{len(given)}"
            claim_id = self.ids.word(row["id"] or made_up)
            if claim_id in self.claims:
                message = f"claim {brief(row['id'])!r} occurs twice: each needs its own id."
                row.note("duplicate-id", message, "id")
                claim_id = self.ids.new(claim_id)
            self.claims[claim_id] = self.claim(row, claim_id)
            self.known.setdefault(row["id"] or made_up, claim_id)
            self.texts.setdefault(squeezed(row["text"]), claim_id)
            self.own[n] = claim_id
            if not row["text"]:
                row.note("missing-text", f"claim {brief(row['id'] or claim_id)!r} says nothing.", "text")
            if not self.types[n]:
                message = f"no row type {brief(row['type'])!r} is known: read as a claim."
                row.note("unknown-type", message, "type")
            if rows_.is_thesis(row) and self.data.setdefault("thesis", claim_id) != claim_id:
                row.note("more-theses", "the map has a thesis already: read as a claim.", "type")
        for row in (row for type_ in RELATIONS for row in self.of(type_) if self.has_id(row)):
            self.known.setdefault(row["id"], self.ids.word(row["id"]))

    def has_id(self, row: Row) -> bool:
        """Tell if a relation has an id of its own; the edges of a graph are only numbered, as its nodes may be."""
        numbered = row.header.edges and not self.ends.has_texts and row["id"].isdigit()
        return bool(row["id"]) and not numbered

    def is_again(self, row: Row) -> bool:
        """Tell if a row gives further reasons to a claim that stood in another, and says nothing else."""
        ties = {"by", *(tie.column for tie in ties_of(row, "claim"))}
        again = squeezed(row["text"]) in self.texts and not row.header.ours
        return again and row.cells.keys() <= {"text", *ties} and row.cells.keys() != {"text"}

    def claim(self, row: Row, claim_id: str) -> dict[str, Any]:
        fields: dict[str, Any] = {"text": row["text"], "quotes": _quotes(row), "note": row["note"] or None}
        said = told_by(row)
        kept = _unsaid(row, said.type if row.tied else None) | (set() if row["quote"] else {"prefix", "suffix"})
        for column, values in ENUMS.items():
            word = row[column].casefold()
            if word in values:
                fields[column] = word
            elif word and not (row.tied and column == said.column):
                message = f"{brief(row[column])!r} is not a {column}: kept, and not read."
                row.note("unknown-value", message, column, f"One of {', '.join(values)}.")
                kept.add(column)
        if not row.tied:
            kept.add("scheme")
        fields["implicit"] = row["implicit"].casefold() in _TRUE
        if row["implicit"].casefold() not in _TRUE | _FALSE:
            message = f"{brief(row['implicit'])!r} is neither yes nor no: kept."
            row.note("unknown-value", message, "implicit")
            kept.add("implicit")
        for column, ids, known, word in (
            ("issue", self.issue_ids, self.issues, "question"),
            ("speaker", self.speaker_ids, self.speakers, "name"),
        ):
            if row[column]:
                fields[column] = ids.word(row[column])
                # A name that cannot be an id, or stands in a table without speakers, was written by a person.
                by_hand = not is_id(row[column]) or not (row.header.ours or self.of(column))
                if fields[column] not in known and by_hand:
                    known[fields[column]] = {word: row[column]}
        if row["position"]:
            on = (fields.get("issue", ""), row["position"])
            fields["position"] = self.positions.get(on) or as_word(row["position"])
            kept |= {"position"} if fields["position"] != row["position"] else set()
        return {**fields, "extra": self.beyond(row, "claim", claim_id, kept)}

    def relations(self, n: int, row: Row) -> list[dict[str, Any]]:
        type_, said = self.types[n], told_by(row)
        claim, found = self.own.get(n), []
        if row.tied and said.word and not said.type and (claim or type_ in RELATIONS):
            message = f"{brief(said.word)!r} names no relation known: read as a support."
            row.note("unknown-relation", message, said.column, "Write `support` or `attack`.")
        ties = ties_of(row, type_ or "claim")
        if claim:
            found = self.of_claim(row, claim, said)
        elif type_ in RELATIONS:
            claim = self.target(row)
            found = self.of_relation(row, type_, claim, said) if row["by"] or not (ties and claim) else []
        for tie in ties if claim else ():
            for end in self.ends.of(row, tie.column):
                found.append({tie.type: claim, "by": [end]} if tie.to_it else {tie.type: end, "by": [claim]})
        if type_ in RELATIONS and found:
            relation_id = self.ids.word(row["id"]) if self.has_id(row) else None
            found[0] |= {column: row[column] for column in ("cue", "note") if row[column]}
            found[0] |= {"id": relation_id, "scheme": decode_scheme(row["scheme"]) if row["scheme"] else None}
            found[0]["extra"] = self.beyond(row, type_, relation_id, _unsaid(row, said.type))
        return found

    def of_claim(self, row: Row, claim: str, said: Told) -> list[dict[str, Any]]:
        """Read what the claim of a row does to its target, and its premises to it."""
        type_, scheme = said.type or "support", decode_scheme(row["scheme"]) if row["scheme"] else None
        ends = [(end, claim) for end in self.ends.of(row, "target", one=True)]
        ends = [(by, target) for target, by in ends] if said.turned else ends
        found: list[dict[str, Any]] = [{type_: target, "by": [by], "scheme": scheme} for target, by in ends]
        if row["by"]:
            # The word is about the target where there is one.
            of_premises = "support" if ends else type_
            found.append({of_premises: claim, "by": self.ends.of(row, "by"), "scheme": scheme})
        return found

    def of_relation(self, row: Row, type_: str, target: str | None, said: Told) -> list[dict[str, Any]]:
        """Read the relation in a row of its own; several if an edge leads back to several that it came from."""
        for column, rule, message in (
            ("target", "no-target", f"this {type_} has no target."),
            ("by", "no-premise", f"nothing leads to this {type_}."),
        ):
            if not row[column]:
                row.note(rule, message, column)
        by = self.ends.of(row, "by")
        if row.header.edges and said.turned and target and by:
            return [{type_: end, "by": [target]} for end in by]
        return [{type_: target, "by": by}]

    def untied(self, relations: list[dict[str, Any]]) -> None:
        """Note claims that are said to be for or against something, and lead to nothing."""
        premises = {end for relation in relations for end in relation["by"]}
        for n, claim_id in self.own.items():
            row = self.in_order[n]
            said = told_by(row)
            if row.tied or claim_id in premises or not said.word.strip("-–—") or not self.types[n]:
                continue
            message = f"{brief(said.word)!r} is a stance, but the row names no claim for it: kept, and not read."
            hint = f"Name that claim in `{row.header.called('target') or 'parent'}`."
            row.note("no-target", message, said.column, hint)

    def target(self, row: Row) -> str | None:
        """Return the one id that the cell `target` names."""
        ends = self.ends.of(row, "target", one=True)
        if len(ends) > 1:
            row.note("several-targets", f"{brief(row['target'])!r} names {len(ends)}: the first is read.", "target")
        return ends[0] if ends else None

    @staticmethod
    def beyond(row: Row, type_: str, given_id: str | None, kept: Container[str] = ()) -> dict[str, Any]:
        """Return `extra` for what the row says beyond its own columns, or in those that are to be `kept`."""
        try:
            extra = json.loads(row["extra"] or "{}")
        except (ValueError, RecursionError):
            extra = None
        if not isinstance(extra, dict):
            row.note("unknown-value", "the cell `extra` holds no JSON object: left out.", "extra")
            extra = {}
        used = {*USED[type_], *(tie.column for tie in ties_of(row, type_))}
        used |= {*tellers(row)} if type_ in ("claim", *RELATIONS) else set()
        more = {column: cell for column, cell in row.cells.items() if column in kept or column not in used}
        if row["id"] not in ("", given_id):
            more["id"] = row["id"]
        if more:
            extra[NAME] = {**own(extra, NAME), **more}
        return extra


def _quotes(row: Row) -> list[dict[str, str]]:
    return [{"exact": row["quote"], "prefix": row["prefix"], "suffix": row["suffix"]}] if row["quote"] else []


def _unsaid(row: Row, type_: RelationType | None) -> set[str]:
    """Return the columns of a row that say something else of its relation than the map."""
    return {*tellers(row)} - rows_.said_in(row, type_)
