"""CSV: claims and relations as rows, to edit in a spreadsheet, count in R, or write by hand.

    type,id,text,target,by,kind,note
    map,bridge,Should the bridge be closed?,close,,,
    claim,close,The bridge should be closed.,,,policy,
    claim,rust,It rusts.,,,fact,
    support,,,close,rust,,

Rows of type `map`, `speaker`, `issue`, `position` (on an issue's scale) and `quote` (a claim's second quote) say the
rest; `by` holds ids with spaces between them. Columns that no row uses are left out.

Reading asks for little: a header with `text`, or with `target` and `by`, or with other words for them (claim; parent,
conclusion; premise, reason; supports, attacks); commas, semicolons or tabs. Ids are made up where there are none, a
speaker's name makes a speaker, and columns of other names are kept and written back. A row with a text and a `target`
is a claim and what it does to that one, a row with a text and `by` a claim and its premises. Where an id should be, the
words of a claim do as well:

    claim;parent;type               premise,conclusion
    Close it.;;                     It rusts.,Close it.
    It rusts.;Close it.;pro

A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return would be run as a formula by a spreadsheet. Such a
cell gets an apostrophe before it, which reading takes away; so do words that a spreadsheet would make a date or a
number of, and a cell that already begins like that.

The format has no place for sources (a cell holds 32,767 characters at most in a spreadsheet), so quotes are only their
words, nor for the name of a codebook file.

Source: RFC 4180; OWASP, CSV injection.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any, get_args

from argmap.finding import brief
from argmap.formats.csv_sheet import COLUMNS, CORE, WORDS, Row, guarded, restored, rows_of
from argmap.formats.flat import decode_scheme, encode_scheme
from argmap.formats.format import Reading
from argmap.formats.kit import Ids, Irregular, is_id, map_id, own, validated
from argmap.formats.relation_words import is_passive, relation_word
from argmap.model import Commitment, Force, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.formats.format import Content
    from argmap.model import Map, Quote

__all__ = ["carried", "guarded", "read", "restored", "table_map", "write"]

NAME = "csv"
_TRUE = {"true", "yes", "y", "x", "1"}
_ENUMS = {"kind": get_args(Kind), "commitment": get_args(Commitment), "force": get_args(Force)}
_ROWS = ("map", "speaker", "issue", "position", "claim", "quote")
_VERBS = {"supports", "attacks", "rebuts", "undercuts", "rephrases", "supported by", "attacked by", "rebutted by"}
"""Columns of a person's own that name what a claim does to another, or another to it."""
_THESES = {"thesis", "main claim", "major claim"}
_CLAIMS = {*_THESES, "conclusion", "argument", "statement", "sentence", "claim"}
_RELATIONS = ("support", "attack", "rephrase")
_OF_RELATIONS = {"type", "id", "target", "by", "scheme", "cue", "note", "extra"}
_OF_CLAIMS = {*COLUMNS} - {"label", "cue"}


def type_of(row: Row) -> str:
    """What a row is: by its type, else by what is in it; empty for a word that is not known."""
    word = row["type"].casefold()
    if word in _ROWS and word != "claim":
        return word
    if row["text"] and not (row["target"] and row["by"]):
        return "claim" if not word or word in _CLAIMS or relation_word(word) else ""
    if not word:
        return "support" if row["target"] or row["by"] else "claim"
    return "claim" if word in _CLAIMS else relation_word(word) or ""


def verbs_of(row: Row) -> list[str]:
    """The columns by which the claim of a row says what it does to others."""
    if row.sheet.ours or type_of(row) != "claim":
        return []
    return [column for column in row.cells if column.casefold().replace("_", " ") in _VERBS]


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
        self.name = name
        self.types = [type_of(row) for row in rows]
        self.rows: dict[str, list[Row]] = {}
        for row, type_ in zip(rows, self.types, strict=True):
            self.rows.setdefault(type_, []).append(row)
        self.in_order = rows
        self.ids, self.speaker_ids, self.issue_ids = Ids(), Ids(), Ids()
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
            self.speakers[self.speaker_ids.word(row["id"] or row["text"])] = {
                "name": row["text"] or row["id"],
                "role": row["label"] or None,
                "extra": self.beyond(row),
            }
        for row in self.of("issue"):
            issue: dict[str, Any] = {
                "question": row["text"] or row["id"],
                "label": row["label"] or None,
                "note": row["note"] or None,
            }
            self.issues[self.issue_ids.word(row["id"] or row["text"])] = {**issue, "scale": {}}
        for row in self.of("position"):
            if on := self.issues.get(self.issue_ids.word(row["target"])):
                on["scale"][Ids().word(row["id"] or row["text"])] = {
                    "label": row["text"],
                    "origin": row["note"] or None,
                }
            else:
                message = f"no issue {brief(row['target'])!r} is there: left out."
                row.note("dangling-reference", message, "target")
        self.name_claims()
        for row in self.of("quote"):
            claim = self.claims.get(self.known.get(row["id"], ""))
            if claim is None:
                row.note("dangling-reference", f"no claim {brief(row['id'])!r} is there: left out.", "id")
            else:
                claim["quotes"] += self.quotes(row)
        relations = [relation for n, row in enumerate(self.in_order) for relation in self.relations(n, row)]
        for row in self.of("map")[:1]:
            self.data |= {"title": row["text"] or None, "note": row["note"] or None, "extra": self.beyond(row)}
            self.data |= {"id": Ids().word(row["id"])} if row["id"] else {}
            self.data["thesis"] = next(iter(self.ends(row, "target", one=True)), None)
        whole = {"claims": self.claims, "relations": relations, "issues": self.issues, "speakers": self.speakers}
        return validated({**self.data, **whole}, self.name)

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
            self.claims[id] = self.claim(row)
            self.known.setdefault(row["id"] or made_up, id)
            self.texts.setdefault(_squeezed(row["text"]), id)
            self.own[n] = id
            if not row["text"]:
                row.note("missing-text", f"claim {brief(row['id'] or id)!r} says nothing.", "text")
            if not self.types[n]:
                row.note("unknown-type", f"no row type {brief(row['type'])!r} is known: read as a claim.", "type")
            if row["type"].casefold() in _THESES:
                self.data.setdefault("thesis", id)
        for type_ in _RELATIONS:
            for row in self.of(type_):
                if row["id"]:
                    self.known.setdefault(row["id"], self.ids.word(row["id"]))

    def claim(self, row: Row) -> dict[str, Any]:
        fields: dict[str, Any] = {"text": row["text"], "quotes": self.quotes(row), "note": row["note"] or None}
        extra = self.beyond(row)
        kept = {column: row[column] for column in row.cells if column in COLUMNS and column not in _OF_CLAIMS}
        for column, values in _ENUMS.items():
            word = row[column].casefold()
            if word in values:
                fields[column] = word
            elif word:
                message = f"{brief(row[column])!r} is no {column}: kept, and not read."
                row.note("unknown-value", message, column, f"One of {', '.join(values)}.")
                kept[column] = row[column]
        if type_of(row) == "":
            kept["type"] = row["type"]
        if row["scheme"] and not (row["target"] or row["by"]):
            kept["scheme"] = row["scheme"]
        if kept:
            extra[NAME] = {**own(extra, NAME), **kept}
        if row["implicit"].casefold() in _TRUE:
            fields["implicit"] = True
        if row["position"]:
            fields["position"] = Ids().word(row["position"])
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
        return {**fields, "extra": extra}

    @staticmethod
    def quotes(row: Row) -> list[dict[str, str]]:
        return [{"exact": row["quote"], "prefix": row["prefix"], "suffix": row["suffix"]}] if row["quote"] else []

    def relations(self, n: int, row: Row) -> Iterator[dict[str, Any]]:
        """The relations that a row tells of: itself, or what its claim is tied to."""
        type_ = self.types[n]
        scheme = decode_scheme(row["scheme"]) if row["scheme"] else None
        if type_ in _RELATIONS:
            for column, rule, message in (
                ("target", "no-target", f"this {type_} has no target."),
                ("by", "no-premise", f"nothing leads to this {type_}."),
            ):
                if not row[column]:
                    row.note(rule, message, column)
            extra = self.beyond(row)
            if kept := {c: cell for c, cell in row.cells.items() if c in COLUMNS and c not in _OF_RELATIONS}:
                extra[NAME] = {**own(extra, NAME), **kept}
            yield {
                type_: next(iter(self.ends(row, "target", one=True)), None),
                "by": self.ends(row, "by"),
                **({"id": self.ids.word(row["id"])} if row["id"] else {}),
                **{column: row[column] for column in ("cue", "note") if row[column]},
                "scheme": scheme,
                "extra": extra,
            }
        elif n in self.own:
            word = relation_word(row["type"]) or "support"
            if row["target"]:
                yield {
                    word: next(iter(self.ends(row, "target", one=True)), None),
                    "by": [self.own[n]],
                    "scheme": scheme,
                }
            if row["by"]:
                yield {word: self.own[n], "by": self.ends(row, "by"), "scheme": scheme}
            for column in verbs_of(row):
                for end in self.ends(row, column):
                    target, by = (self.own[n], end) if is_passive(column) else (end, self.own[n])
                    yield {relation_word(column) or "support": target, "by": [by]}

    def ends(self, row: Row, column: str, *, one: bool = False) -> list[str]:
        """The ids that a cell names: apart by semicolons, commas or lines, else by spaces; or words of claims."""
        cell = row[column]
        if not cell or cell in self.known:
            return [self.known[cell]] if cell else []
        marks = r"[;,|\n]" if re.search(r"[;,|\n]", cell) else r"\s+"
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

    def beyond(self, row: Row) -> dict[str, Any]:
        """What the row says beyond the columns known here."""
        try:
            extra = json.loads(row["extra"] or "{}")
        except (ValueError, RecursionError):
            extra = None
        if not isinstance(extra, dict):
            row.note("unknown-value", "the cell `extra` holds no JSON object: left out.", "extra")
            extra = {}
        known = {*COLUMNS, *verbs_of(row)}
        if more := {column: cell for column, cell in row.cells.items() if column not in known}:
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


def table(rows: Iterable[dict[str, str]], core: tuple[str, ...]) -> str:
    """Rows as CSV: the `core` columns, those that some row uses, and those of other names last."""
    rows = list(rows)
    used = {column for row in rows for column, cell in row.items() if cell}
    columns = [column for column in COLUMNS if column in core or column in used]
    columns += sorted(used - set(COLUMNS))
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(map(guarded, columns))
    writer.writerows([guarded(row.get(column, ""), column in WORDS) for column in columns] for row in rows)
    return file.getvalue()


def claim_rows(m: Map) -> Iterator[dict[str, str]]:
    """All that is no relation."""
    whole = {"type": "map", "id": m.id, "text": m.title, "target": m.thesis, "note": m.note}
    yield _row(whole, m)
    for id, speaker in m.speakers.items():
        yield _row({"type": "speaker", "id": id, "text": speaker.name, "label": speaker.role}, speaker)
    for id, issue in m.issues.items():
        yield _row({"type": "issue", "id": id, "text": issue.question, "label": issue.label, "note": issue.note})
        for position, step in issue.scale.items():
            cells = {"type": "position", "id": position, "text": step.label, "target": id, "note": step.origin}
            yield _row(cells)
    for id, claim in m.claims.items():
        cells = {column: getattr(claim, column) for column in ("text", "issue", "position", "speaker", "note")}
        cells |= {"kind": claim.kind, "implicit": "yes" if claim.implicit else None}
        cells["commitment"] = None if claim.commitment == "asserted" else claim.commitment
        cells["force"] = None if claim.force == "plain" else claim.force
        first, *others = claim.quotes or (None,)
        yield _row({"type": "claim", "id": id, **cells, **_quoted(first)}, claim)
        for quote in others:
            yield _row({"type": "quote", "id": id, **_quoted(quote)})


def relation_rows(m: Map) -> Iterator[dict[str, str]]:
    """The relations, one a row."""
    for relation in m.relations:
        cells = {column: getattr(relation, column) for column in ("id", "target", "cue", "note")}
        cells["scheme"] = encode_scheme(relation.scheme) if relation.scheme else None
        yield _row({"type": relation.type, "by": " ".join(relation.by), **cells}, relation)


def _quoted(quote: Quote | None) -> dict[str, str | None]:
    return {"quote": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix} if quote else {}


def _row(cells: dict[str, str | None], value: Any = None) -> dict[str, str]:
    """Cells that say something; what stands under `extra` for this format in columns of its own."""
    said = {column: cell for column, cell in cells.items() if cell}
    if value is None or not value.extra:
        return said
    extra = value.model_dump(mode="json", include={"extra"})["extra"]
    ours = {
        column: cell
        for column, cell in own(extra, NAME).items()
        if isinstance(cell, str) and column not in said and column not in CORE
    }
    rest = {column: cell for column, cell in own(extra, NAME).items() if column not in ours}
    extra = {key: item for key, item in extra.items() if key != NAME} | ({NAME: rest} if rest else {})
    return {**ours, **said, **({"extra": json.dumps(extra, ensure_ascii=False)} if extra else {})}
