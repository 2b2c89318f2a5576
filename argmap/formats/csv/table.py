"""CSV: claims and relations as rows, to edit in a spreadsheet, count in R, or write by hand.

    type,id,text,target,by,kind,note
    map,bridge,Should the bridge be closed?,close,,,
    claim,close,The bridge should be closed.,,,policy,
    claim,rust,It rusts.,,,fact,
    support,,,close,rust,,

Rows of type `map`, `speaker`, `issue`, `position` (on an issue's scale) and `quote` (a claim's second quote) say the
rest; `by` holds ids with spaces between them, or semicolons. Columns that no row uses are left out.

Reading asks for little: a header with `text`, or with `target` and `by`, or with other words for them (claim, behauptung;
parent, conclusion; premise, reason, source); commas, semicolons or tabs; a title above the header is the map's. Ids are
made up where there are none, a speaker's name makes a speaker. A row with a text and a `target` is a claim and what it
does to that one, a row with a text and `by` a claim and its premises. Where an id should be, the words of a claim do as
well; where claims have a parent, words that no claim has are a finding:

    claim;parent;type               premise,conclusion             claim,pro,con
    Close it.;;                     It rusts.,Close it.            Close it.,It rusts.,It costs too much.
    It rusts.;Close it.;pro

What a claim does stands in `type`, or in a column such as stance, pro/con, relation or polarity, which counts where both
are there, or in any column of nothing but such words: pro, con, support, objection, against, dagegen, 1, -1 and the like. In a table of source and target, `label` says
it too, and a word like `is supported by` leads the other way. A word that names no relation is a finding, and read as a
support. Columns of reasons (pro, con, objection, counterargument) and of what a claim does (supports, attacks) are read.

Kept and written back are columns of other names, ids that argmap has to change (`c d` becomes `c-d`), and cells in a
column that means nothing in their row, such as the note on a speaker. An issue, a position and a further quote have no
place for those: there, each is a finding, and left out.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return would be run as a formula by a spreadsheet. Such a
cell gets an apostrophe before it, which reading takes away; so do words and ids that a spreadsheet would make a date or
another number of (`1.10` would become 1.1), and a cell that already begins like that. An id like `7` stays plain.

The format has no place for sources (a cell holds 32,767 characters at most in a spreadsheet), so quotes are only their
words, nor for the name of a codebook file.

Source: RFC 4180; OWASP, CSV injection.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from argmap.findings import brief
from argmap.formats.common.attribute_codec import decode_scheme
from argmap.formats.common.format import Reading
from argmap.formats.common.reader_support import Ids, Irregular, as_word, is_id, map_id, own, validated
from argmap.formats.csv.headers import rows_of
from argmap.formats.csv.references import Ends, squeezed
from argmap.formats.csv.rows import (
    ENUMS,
    NAME,
    RELATIONS,
    USED,
    Often,
    Row,
    guarded,
    is_thesis,
    leave_out,
    restored,
    said_in,
    tellers,
    ties_of,
    told_by,
    type_of,
)
from argmap.formats.csv.writer import write

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from argmap.formats.common.format import Content
    from argmap.formats.csv.rows import Told
    from argmap.model import Map, RelationType

__all__ = ["guarded", "read", "restored", "table_map", "write"]

_TRUE = {"true", "yes", "y", "x", "1"}
_FALSE = {"false", "no", "n", "0", ""}


def read(content: Content) -> Reading:
    """The map of a table."""
    if content.name.endswith(".relations.csv"):
        from argmap.formats.csv import pair

        return pair.read(content)
    irregular = Irregular(content.name)
    return Reading(table_map(list(rows_of(content, irregular)), content.name, (".csv",)), irregular.findings)


def table_map(rows: list[Row], name: str, suffixes: Iterable[str]) -> Map:
    """The map of all rows."""
    return _Table(rows, name, suffixes).map()


class _Table:
    """Rows on their way to a map."""

    def __init__(self, rows: list[Row], name: str, suffixes: Iterable[str]) -> None:
        self.file = name
        self.types = [type_of(row) for row in rows]
        self.rows: dict[str, list[Row]] = {}
        for row, type_ in zip(rows, self.types, strict=True):
            self.rows.setdefault(type_, []).append(row)
        self.in_order = rows
        self.ids, self.speaker_ids, self.issue_ids = Ids(), Ids(), Ids()
        self.position_ids: dict[str, Ids] = {}
        self.positions: dict[tuple[str, str], str] = {}
        """The id of each position, by its issue and what the table calls it."""
        self.issues: dict[str, dict[str, Any]] = {}
        self.speakers: dict[str, dict[str, Any]] = {}
        self.ends = Ends(rows, self.types, self.ids)
        self.claims, self.known, self.texts = self.ends.claims, self.ends.known, self.ends.texts
        self.own: dict[int, str] = {}
        """The id of the claim in each row, by the row's number in the order of rows."""
        self.often = Often()
        self.data: dict[str, Any] = {"id": map_id(name, suffixes)}

    def of(self, type_: str) -> list[Row]:
        return self.rows.get(type_, [])

    def map(self) -> Map:
        for row in self.of("speaker"):
            id = self.name(row, self.speaker_ids, self.speakers)
            names = {"name": row["text"] or row["id"], "role": row["label"] or None}
            self.speakers[id] = {**names, "extra": self.beyond(row, "speaker", id)}
        for row in self.of("issue"):
            id = self.name(row, self.issue_ids, self.issues)
            said = {column: row[column] or None for column in ("label", "note")}
            self.issues[id] = {"question": row["text"] or row["id"], **said, "scale": {}}
            leave_out(row)
        for row in self.of("position"):
            self.position(row)
        self.name_claims()
        for row in self.of("quote"):
            self.further_quote(row)
        relations = [relation for n, row in enumerate(self.in_order) for relation in self.relations(n, row)]
        self.untied(relations)
        self.whole()
        self.often.note()
        whole = {"claims": self.claims, "relations": relations, "issues": self.issues, "speakers": self.speakers}
        return validated({**self.data, **whole}, self.file)

    def whole(self) -> None:
        """What the table says of the map as a whole."""
        for row in self.in_order[:1]:
            title, *below = row.header.title or ("",)
            self.data |= {"title": title or None, "note": "\n".join(below) or None}
        for row in self.of("map")[1:]:
            row.note("more-maps", "the table holds several maps: the first is read, and all claims are of that.")
        for row in self.of("map")[:1]:
            self.data |= {"id": Ids().word(row["id"])} if row["id"] else {}
            self.data |= {"title": row["text"] or self.data["title"], "note": row["note"] or self.data["note"]}
            self.data["extra"] = self.beyond(row, "map", self.data["id"])
            if row["target"]:
                self.data["thesis"] = self.target(row)

    def position(self, row: Row) -> None:
        """A step on the scale of its issue."""
        issue = self.issue_ids.word(row["target"])
        if issue not in self.issues:
            row.note("dangling-reference", f"no issue {brief(row['target'])!r} is there: left out.", "target")
            return
        scale = self.issues[issue]["scale"]
        id = self.name(row, self.position_ids.setdefault(issue, Ids()), scale)
        scale[id] = {"label": row["text"], "origin": row["note"] or None}
        self.positions.setdefault((issue, row["id"] or row["text"]), id)
        leave_out(row)

    def further_quote(self, row: Row) -> None:
        """A quote of a claim that has another in its own row."""
        claim = self.claims.get(self.known.get(row["id"], ""))
        if claim is None:
            row.note("dangling-reference", f"no claim {brief(row['id'])!r} is there: left out.", "id")
            return
        if not row["quote"]:
            row.note("missing-text", "this quote has no words.", "quote")
        claim["quotes"] += self.quotes(row)
        leave_out(row)

    @staticmethod
    def name(row: Row, ids: Ids, taken: Container[str]) -> str:
        """The id of what a row tells of, another one where that is taken."""
        given = row["id"] or row["text"]
        id, type_ = ids.word(given), type_of(row)
        if id in taken:
            row.note("duplicate-id", f"{type_} {brief(given)!r} is there twice: each needs an id of its own.", "id")
            return ids.new(id)
        if row["id"] not in ("", id) and "extra" not in USED[type_]:
            row.note("changed-id", f"{brief(given)!r} cannot be an id: read as {brief(id)!r}.", "id")
        return id

    def name_claims(self) -> None:
        claims = [
            (n, row)
            for n, (row, type_) in enumerate(zip(self.in_order, self.types, strict=True))
            if type_ in ("claim", "")
        ]
        given = dict.fromkeys(row["id"] for _, row in claims)
        for id in filter(None, given):
            self.known[id] = self.ids.word(id)
        for number, (n, row) in enumerate(claims, 1):
            if not self.types[n] and not row["text"]:
                said = told_by(row)
                self.often.add(row, "unknown-type", f"no row type {brief(said.word)!r} is known: left out", said.column)
                continue
            if self.is_again(row):
                self.own[n] = self.texts[squeezed(row["text"])]
                continue
            # A relation may call a claim without an id by its number: c1, c2, …
            made_up = f"c{number}" if f"c{number}" not in given else f"c{number}-{len(given)}"
            id = self.ids.word(row["id"] or made_up)
            if id in self.claims:
                message = f"claim {brief(row['id'])!r} is there twice: each needs an id of its own."
                row.note("duplicate-id", message, "id")
                id = self.ids.new(id)
            self.claims[id] = self.claim(row, id)
            self.known.setdefault(row["id"] or made_up, id)
            self.texts.setdefault(squeezed(row["text"]), id)
            self.own[n] = id
            if not row["text"]:
                row.note("missing-text", f"claim {brief(row['id'] or id)!r} says nothing.", "text")
            if not self.types[n]:
                message = f"no row type {brief(row['type'])!r} is known: read as a claim"
                self.often.add(row, "unknown-type", message, "type")
            if is_thesis(row) and self.data.setdefault("thesis", id) != id:
                row.note("more-theses", "the map has a thesis already: read as a claim.", "type")
        for type_ in RELATIONS:
            for row in self.of(type_):
                if self.has_id(row):
                    self.known.setdefault(row["id"], self.ids.word(row["id"]))

    def has_id(self, row: Row) -> bool:
        """Whether a relation has an id of its own; the edges of a graph are only numbered, as its nodes may be."""
        numbered = row.header.edges and not self.ends.has_texts and row["id"].isdigit()
        return bool(row["id"]) and not numbered

    def is_again(self, row: Row) -> bool:
        """Whether a row gives further reasons to a claim that stood in another, and says nothing else."""
        ties = {"by", *(tie.column for tie in ties_of(row, "claim"))}
        again = squeezed(row["text"]) in self.texts and not row.header.ours
        return again and row.cells.keys() <= {"text", *ties} and row.cells.keys() != {"text"}

    def claim(self, row: Row, id: str) -> dict[str, Any]:
        fields: dict[str, Any] = {"text": row["text"], "quotes": self.quotes(row), "note": row["note"] or None}
        said = told_by(row)
        kept = self.unsaid(row, said.type if row.tied else None) | (set() if row["quote"] else {"prefix", "suffix"})
        for column, values in ENUMS.items():
            word = row[column].casefold()
            if word in values:
                fields[column] = word
            elif word and not (row.tied and column == said.column):
                message = f"{brief(row[column])!r} is no {column}: kept, and not read"
                self.often.add(row, "unknown-value", message, column, f"One of {', '.join(values)}.")
                kept.add(column)
        if not row.tied:
            kept.add("scheme")
        fields["implicit"] = row["implicit"].casefold() in _TRUE
        if row["implicit"].casefold() not in _TRUE | _FALSE:
            message = f"{brief(row['implicit'])!r} is neither yes nor no: kept"
            self.often.add(row, "unknown-value", message, "implicit")
            kept.add("implicit")
        for column, ids, known, word in (
            ("issue", self.issue_ids, self.issues, "question"),
            ("speaker", self.speaker_ids, self.speakers, "name"),
        ):
            if row[column]:
                fields[column] = ids.word(row[column])
                # A name that is no id, or stands in a table without speakers, was written by a person.
                by_hand = not is_id(row[column]) or not (row.header.ours or self.of(column))
                if fields[column] not in known and by_hand:
                    known[fields[column]] = {word: row[column]}
        if row["position"]:
            on = (fields.get("issue", ""), row["position"])
            fields["position"] = self.positions.get(on) or as_word(row["position"])
            kept |= {"position"} if fields["position"] != row["position"] else set()
        return {**fields, "extra": self.beyond(row, "claim", id, kept)}

    @staticmethod
    def quotes(row: Row) -> list[dict[str, str]]:
        return [{"exact": row["quote"], "prefix": row["prefix"], "suffix": row["suffix"]}] if row["quote"] else []

    def relations(self, n: int, row: Row) -> list[dict[str, Any]]:
        """The relations that a row tells of: itself, or what its claim is tied to."""
        type_, said = self.types[n], told_by(row)
        claim, found = self.own.get(n), []
        if row.tied and said.word and not said.type and (claim or type_ in RELATIONS):
            message = f"{brief(said.word)!r} names no relation known: read as a support"
            self.often.add(row, "unknown-relation", message, said.column, "Write `support` or `attack`.")
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
            found[0] |= self.said_of(row, type_, said)
        return found

    def of_claim(self, row: Row, claim: str, said: Told) -> list[dict[str, Any]]:
        """What the claim of a row does to its target, and its premises to it."""
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
        """The relation in a row of its own; several where an edge leads back to several that it came from."""
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

    def said_of(self, row: Row, type_: str, said: Told) -> dict[str, Any]:
        """What else a row says of its relation."""
        id = self.ids.word(row["id"]) if self.has_id(row) else None
        return {
            "id": id,
            **{column: row[column] for column in ("cue", "note") if row[column]},
            "scheme": decode_scheme(row["scheme"]) if row["scheme"] else None,
            "extra": self.beyond(row, type_, id, self.unsaid(row, said.type)),
        }

    def untied(self, relations: list[dict[str, Any]]) -> None:
        """Findings for claims that are said to be for or against something, and lead to nothing."""
        premises = {end for relation in relations for end in relation["by"]}
        for n, id in self.own.items():
            row = self.in_order[n]
            said = told_by(row)
            if row.tied or id in premises or not said.word.strip("-–—") or not self.types[n]:
                continue
            message = (
                f"{brief(said.word)!r} tells how a claim stands to another, and nothing to which: kept, and not read"
            )
            hint = f"Name that in `{row.header.called('target') or 'parent'}`."
            self.often.add(row, "no-target", message, said.column, hint)

    def target(self, row: Row) -> str | None:
        """The one id that the cell `target` names."""
        ends = self.ends.of(row, "target", one=True)
        if len(ends) > 1:
            row.note("several-targets", f"{brief(row['target'])!r} names {len(ends)}: the first is read.", "target")
        return ends[0] if ends else None

    @staticmethod
    def unsaid(row: Row, type_: RelationType | None) -> set[str]:
        """The columns of a row that say something else of its relation than the map."""
        return {*tellers(row)} - said_in(row, type_)

    def beyond(self, row: Row, type_: str, id: str | None, kept: Container[str] = ()) -> dict[str, Any]:
        """What the row says beyond its own columns, or in those that are to be `kept`."""
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
        if row["id"] not in ("", id):
            more["id"] = row["id"]
        if more:
            extra[NAME] = {**own(extra, NAME), **more}
        return extra
