"""CSV: claims and relations as rows, to edit in a spreadsheet, count in R, or write by hand.

    type,id,text,target,by,kind,note
    map,bridge,Should the bridge be closed?,close,,,
    claim,close,The bridge should be closed.,,,policy,
    claim,rust,It rusts.,,,fact,
    support,,,close,rust,,

Rows of type `map`, `speaker`, `issue`, `position` (on an issue's scale) and `quote` (a claim's second quote) say the
rest; `by` holds ids with spaces between them, or semicolons. Columns that no row uses are left out.

Reading asks for little: a header with `text`, or with `target` and `by`, or with other words for them (claim; parent,
conclusion; premise, reason; supports, attacks); commas, semicolons or tabs. Ids are made up where there are none, a
speaker's name makes a speaker. A row with a text and a `target` is a claim and what it does to that one, a row with a
text and `by` a claim and its premises. Where an id should be, the words of a claim do as well:

    claim;parent;type               premise,conclusion
    Close it.;;                     It rusts.,Close it.
    It rusts.;Close it.;pro

Kept and written back are columns of other names, ids that argmap has to change (`c d` becomes `c-d`), and cells in a
column that means nothing in their row, such as the note on a speaker. An issue, a position and a further quote have no
place for those: there, each is a finding, and left out.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return would be run as a formula by a spreadsheet. Such a
cell gets an apostrophe before it, which reading takes away; so do words that a spreadsheet would make a date or a
number of, and a cell that already begins like that.

The format has no place for sources (a cell holds 32,767 characters at most in a spreadsheet), so quotes are only their
words, nor for the name of a codebook file.

Source: RFC 4180; OWASP, CSV injection.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, get_args

from argmap.finding import brief
from argmap.formats.csv_sheet import (
    COLUMNS,
    CORE,
    RELATIONS,
    THESES,
    USED,
    WORDS,
    Row,
    guarded,
    leave_out,
    restored,
    rows_of,
    table,
    type_of,
    verbs_of,
)
from argmap.formats.flat import decode_scheme, encode_scheme
from argmap.formats.format import Reading
from argmap.formats.kit import Ids, Irregular, as_word, is_id, map_id, own, validated
from argmap.formats.relation_words import is_passive, relation_word
from argmap.model import Commitment, Force, Kind

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from argmap.formats.format import Content
    from argmap.model import Map, Quote

__all__ = ["carried", "claim_rows", "guarded", "read", "relation_rows", "restored", "table_map", "write"]

NAME = "csv"
_TRUE = {"true", "yes", "y", "x", "1"}
_FALSE = {"false", "no", "n", "0", ""}
_ENUMS = {"kind": get_args(Kind), "commitment": get_args(Commitment), "force": get_args(Force)}
_APART = re.compile(r"[;,|\n]")
"""What stands between ids that have spaces in them."""


def read(content: Content) -> Reading:
    """The map of a table."""
    if content.name.endswith(".relations.csv"):
        from argmap.formats import csv_pair

        return csv_pair.read(content)
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
        self.claims: dict[str, dict[str, Any]] = {}
        self.known: dict[str, str] = {}
        """The id of each claim and relation, by what the table calls it."""
        self.texts: dict[str, str] = {}
        """The id of the first claim of each text."""
        self.own: dict[int, str] = {}
        """The id of the claim in each row, by the row's number in the order of rows."""
        self.has_texts = any("text" in row.sheet.names for row in rows[:1])
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
        self.whole()
        whole = {"claims": self.claims, "relations": relations, "issues": self.issues, "speakers": self.speakers}
        return validated({**self.data, **whole}, self.file)

    def whole(self) -> None:
        """What the table says of the map as a whole."""
        for row in self.of("map")[1:]:
            row.note("more-maps", "the table holds several maps: the first is read, and all claims are of that.")
        for row in self.of("map")[:1]:
            self.data |= {"id": Ids().word(row["id"])} if row["id"] else {}
            self.data |= {"title": row["text"] or None, "note": row["note"] or None}
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
                row.note("unknown-type", f"no row type {brief(row['type'])!r} is known: left out.", "type")
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
            self.texts.setdefault(_squeezed(row["text"]), id)
            self.own[n] = id
            if not row["text"]:
                row.note("missing-text", f"claim {brief(row['id'] or id)!r} says nothing.", "text")
            if not self.types[n]:
                row.note("unknown-type", f"no row type {brief(row['type'])!r} is known: read as a claim.", "type")
            if row["type"].casefold() in THESES and self.data.setdefault("thesis", id) != id:
                row.note("more-theses", "the map has a thesis already: read as a claim.", "type")
        for type_ in RELATIONS:
            for row in self.of(type_):
                if row["id"]:
                    self.known.setdefault(row["id"], self.ids.word(row["id"]))

    def claim(self, row: Row, id: str) -> dict[str, Any]:
        fields: dict[str, Any] = {"text": row["text"], "quotes": self.quotes(row), "note": row["note"] or None}
        kept = set() if row["quote"] else {"prefix", "suffix"}
        for column, values in _ENUMS.items():
            word = row[column].casefold()
            if word in values:
                fields[column] = word
            elif word:
                message = f"{brief(row[column])!r} is no {column}: kept, and not read."
                row.note("unknown-value", message, column, f"One of {', '.join(values)}.")
                kept.add(column)
        if type_of(row) == "":
            kept.add("type")
        if not (row["target"] or row["by"]):
            kept.add("scheme")
        fields["implicit"] = row["implicit"].casefold() in _TRUE
        if row["implicit"].casefold() not in _TRUE | _FALSE:
            row.note("unknown-value", f"{brief(row['implicit'])!r} is neither yes nor no: kept.", "implicit")
            kept.add("implicit")
        for column, ids, known, word in (
            ("issue", self.issue_ids, self.issues, "question"),
            ("speaker", self.speaker_ids, self.speakers, "name"),
        ):
            if row[column]:
                fields[column] = ids.word(row[column])
                # A name that is no id, or stands in a table without speakers, was written by a person.
                by_hand = not is_id(row[column]) or not (row.sheet.ours or self.of(column))
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

    def relations(self, n: int, row: Row) -> Iterator[dict[str, Any]]:
        """The relations that a row tells of: itself, or what its claim is tied to."""
        type_ = self.types[n]
        scheme = decode_scheme(row["scheme"]) if row["scheme"] else None
        if type_ in RELATIONS:
            for column, rule, message in (
                ("target", "no-target", f"this {type_} has no target."),
                ("by", "no-premise", f"nothing leads to this {type_}."),
            ):
                if not row[column]:
                    row.note(rule, message, column)
            id = self.ids.word(row["id"]) if row["id"] else None
            yield {
                type_: self.target(row),
                "by": self.ends(row, "by"),
                "id": id,
                **{column: row[column] for column in ("cue", "note") if row[column]},
                "scheme": scheme,
                "extra": self.beyond(row, type_, id),
            }
        elif n in self.own:
            word = relation_word(row["type"]) or "support"
            for end in self.ends(row, "target", one=True):
                yield {word: end, "by": [self.own[n]], "scheme": scheme}
            if row["by"]:
                yield {word: self.own[n], "by": self.ends(row, "by"), "scheme": scheme}
            for column in verbs_of(row):
                for end in self.ends(row, column):
                    target, by = (self.own[n], end) if is_passive(column) else (end, self.own[n])
                    yield {relation_word(column) or "support": target, "by": [by]}

    def target(self, row: Row) -> str | None:
        """The one id that the cell `target` names."""
        ends = self.ends(row, "target", one=True)
        if len(ends) > 1:
            row.note("several-targets", f"{brief(row['target'])!r} names {len(ends)}: the first is read.", "target")
        return ends[0] if ends else None

    def ends(self, row: Row, column: str, *, one: bool = False) -> list[str]:
        """The ids that a cell names: apart by semicolons, commas or lines, else by spaces; or words of claims."""
        cell = row[column]
        if not cell or cell in self.known:
            return [self.known[cell]] if cell else []
        marks = _APART if _APART.search(cell) else r"\s+"
        parts = [part.strip() for part in re.split(marks, cell) if part.strip()]
        if not row.sheet.ours and (" " in cell or not all(map(is_id, parts))) and not self.known.keys() & set(parts):
            whole = one or _squeezed(cell) in self.texts
            texts = [cell] if whole else [text.strip() for text in re.split(r"[;|\n]", cell) if text.strip()]
            return [self.by_words(text) for text in texts]
        return [self.known[part] if part in self.known else self.absent(row, column, part) for part in parts]

    def by_words(self, text: str) -> str:
        """The claim of that text, made where there is none."""
        key = _squeezed(text)
        if key not in self.texts:
            id = self.ids.new(f"c{len(self.claims) + 1}")
            self.claims[id] = {"text": text}
            self.texts[key] = id
        return self.texts[key]

    def absent(self, row: Row, column: str, id: str) -> str:
        """An id that no row has; a claim of its own in a table that has no texts at all."""
        word = self.ids.word(id)
        if not self.has_texts and not row.sheet.ours:
            self.claims.setdefault(word, {"text": id})
            self.known[id] = word
            return word
        row.note("dangling-reference", f"no claim or relation {brief(id)!r} is there.", column)
        return word

    def beyond(self, row: Row, type_: str, id: str | None, kept: Container[str] = ()) -> dict[str, Any]:
        """What the row says beyond its own columns, or in those that are to be `kept`."""
        try:
            extra = json.loads(row["extra"] or "{}")
        except (ValueError, RecursionError):
            extra = None
        if not isinstance(extra, dict):
            row.note("unknown-value", "the cell `extra` holds no JSON object: left out.", "extra")
            extra = {}
        used = {*USED[type_], *verbs_of(row)}
        more = {column: cell for column, cell in row.cells.items() if column in kept or column not in used}
        if row["id"] not in ("", id):
            more["id"] = row["id"]
        if more:
            extra[NAME] = {**own(extra, NAME), **more}
        return extra


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()


def carried(m: Map, _whole: Map) -> Map:
    """The issues stand in the table, not the name of the file that they are from."""
    return m.model_copy(update={"codebook": None})


def write(m: Map) -> str:
    """The map as one table."""
    return table([*claim_rows(m), *relation_rows(m)], CORE)


def claim_rows(m: Map) -> Iterator[dict[str, str]]:
    """All that is no relation."""
    names = _names(m)
    speakers = {id: _called(id, speaker) for id, speaker in m.speakers.items()}
    whole = {"type": "map", "id": _called(m.id, m), "text": m.title, "note": m.note}
    yield _row({**whole, "target": names.get(m.thesis or "", m.thesis)}, m)
    for id, speaker in m.speakers.items():
        yield _row({"type": "speaker", "id": speakers[id], "text": speaker.name, "label": speaker.role}, speaker)
    for id, issue in m.issues.items():
        yield _row({"type": "issue", "id": id, "text": issue.question, "label": issue.label, "note": issue.note})
        for position, step in issue.scale.items():
            cells = {"type": "position", "id": position, "text": step.label, "target": id, "note": step.origin}
            yield _row(cells)
    for id, claim in m.claims.items():
        cells = {column: getattr(claim, column) for column in ("text", "issue", "position", "note")}
        cells |= {"kind": claim.kind, "implicit": "yes" if claim.implicit else None}
        cells["speaker"] = speakers.get(claim.speaker or "", claim.speaker)
        cells["commitment"] = None if claim.commitment == "asserted" else claim.commitment
        cells["force"] = None if claim.force == "plain" else claim.force
        first, *others = claim.quotes or (None,)
        yield _row({"type": "claim", "id": names[id], **cells, **_quoted(first)}, claim)
        for quote in others:
            yield _row({"type": "quote", "id": names[id], **_quoted(quote)})


def relation_rows(m: Map) -> Iterator[dict[str, str]]:
    """The relations, one a row."""
    names = _names(m)
    between = "; " if any(" " in name for name in names.values()) else " "
    for relation in m.relations:
        cells = {column: getattr(relation, column) for column in ("id", "target", "cue", "note")}
        cells |= {column: names.get(cells[column], cells[column]) for column in ("id", "target")}
        cells["by"] = between.join(names.get(end, end) for end in relation.by)
        cells["scheme"] = encode_scheme(relation.scheme) if relation.scheme else None
        yield _row({"type": relation.type, **cells}, relation)


def _names(m: Map) -> dict[str, str]:
    """What the table is to call each claim and relation."""
    ends = [*m.claims.items(), *((relation.id, relation) for relation in m.relations if relation.id)]
    times = Counter(id for id, _ in ends)
    return {id: _called(id, end) if times[id] == 1 else id for id, end in ends}


def _called(id: str, value: Any) -> str:
    """What a table called it before, where reading that makes the same id again."""
    name = own(value.extra, NAME).get("id")
    if not isinstance(name, str) or as_word(name) != id or _APART.search(name):
        return id
    return name if name.isprintable() and name == " ".join(name.split()) else id


def _quoted(quote: Quote | None) -> dict[str, str | None]:
    return {"quote": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix} if quote else {}


def _row(cells: dict[str, str | None], value: Any = None) -> dict[str, str]:
    """Cells that say something; what stands under `extra` for this format in columns of its own."""
    said = {column: cell for column, cell in cells.items() if cell}
    if value is None or not value.extra:
        return said
    extra = value.model_dump(mode="json", include={"extra"})["extra"]
    kept = own(extra, NAME)
    if said.get("id") == kept.get("id") and not is_id(kept.get("id")):
        kept = {column: cell for column, cell in kept.items() if column != "id"}  # the row says it
    ours = {column: cell for column, cell in kept.items() if column not in said and _stands(said["type"], column, cell)}
    rest = {column: cell for column, cell in kept.items() if column not in ours}
    extra = {key: item for key, item in extra.items() if key != NAME} | ({NAME: rest} if rest else {})
    return {**ours, **said, **({"extra": json.dumps(extra, ensure_ascii=False)} if extra else {})}


def _stands(type_: str, column: str, cell: Any) -> bool:
    """Whether a cell that was kept can stand in its column, and is kept again and no more when it is read."""
    if not isinstance(cell, str) or column in CORE or column == "extra":
        return False
    if column not in COLUMNS:
        return True
    unread = column == "scheme" or (column in _ENUMS and cell.casefold() not in _ENUMS[column])
    plain = column in WORDS or cell == cell.strip()
    return plain and (column not in USED[type_] or (type_ == "claim" and unread))
