"""CSV: claims and relations as rows, to edit in a spreadsheet, count in R, or write by hand.

    type,id,text,target,by,kind,note
    map,bridge,Should the bridge be closed?,close,,,
    claim,close,The bridge should be closed.,,,policy,
    claim,rust,It rusts.,,,fact,
    support,,,close,rust,,

Rows of type `map`, `speaker`, `issue`, `position` (on an issue's scale) and `quote` (a claim's second quote) say the
rest; `by` holds ids with spaces between them. Columns that no row uses are left out. Reading asks for little: a
header with `text`, or with `target` and `by`; comma, semicolon or tab; ids are made up where there are none, a
speaker's name makes a speaker, and columns of other names are kept and written back.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return would be run as a formula by a spreadsheet. Such a
cell gets an apostrophe before it, which reading takes away; so does a cell that already begins like that.

The format has no place for sources (a cell holds 32,767 characters at most in a spreadsheet), so quotes are only their
words, nor for the name of a codebook file.

Source: RFC 4180; OWASP, CSV injection.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from argmap.finding import ArgmapError, Finding, Place
from argmap.formats.format import Reading
from argmap.formats.kit import MOST_PARTS, Ids, Irregular, is_id, map_id, too_many, validated
from argmap.formats.markup import own
from argmap.formats.relation_words import relation_word
from argmap.model import Commitment, Force, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.formats.format import Content
    from argmap.model import Map, Quote

NAME = "csv"
COLUMNS = (
    *("type", "id", "text", "target", "by", "scheme", "cue", "quote", "prefix", "suffix", "kind", "issue", "position"),
    *("speaker", "commitment", "force", "implicit", "label", "note", "extra"),
)
CORE = ("type", "id", "text", "target", "by")
"""Columns that are always written."""

_LONGEST_HEADER = 65_536
_RUNS = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_TRUE = {"true", "yes", "y", "x", "1"}
_ENUMS = {"kind": get_args(Kind), "commitment": get_args(Commitment), "force": get_args(Force)}
_ROWS = ("map", "speaker", "issue", "position", "claim", "quote")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, and its line in the file."""

    cells: dict[str, str]
    line: int
    file: str

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def type(self) -> str:
        """What it is: by its type, else by what is in it; empty for a word that is not known."""
        word = self["type"].strip().casefold()
        if not word:
            return "support" if self["target"] or self["by"] else "claim"
        return word if word in _ROWS else relation_word(word) or ""


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs; `restored` gives it back.

    >>> guarded("=1+2"), guarded("plain"), guarded("'=1+2")
    ("'=1+2", 'plain', "''=1+2")
    """
    return f"'{cell}" if _RUNS.match(cell) else cell


def restored(cell: str) -> str:
    """The cell that `guarded` made safe.

    >>> restored("'=1+2"), restored("plain"), restored("'tis")
    ('=1+2', 'plain', "'tis")
    """
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell


def read(content: Content) -> Reading:
    """The map of a table."""
    if content.name.endswith(".relations.csv"):
        from argmap.formats import csv_pair

        return csv_pair.read(content)
    irregular = Irregular(content.name)
    return Reading(table_map(list(rows_of(content)), content.name, (".csv",), irregular), irregular.findings)


def rows_of(content: Content) -> Iterator[Row]:
    """The rows of a file under its header.

    Raises
    ------
    ArgmapError
        When it has no header of columns known here, or is no CSV.
    """
    text = content.text.lstrip("\r\n")
    skipped = content.text.count("\n", 0, len(content.text) - len(text))
    if content.text.count("\n") + content.text.count("\r") > 2 * MOST_PARTS:
        raise too_many(content.name, "rows")
    head = text[:_LONGEST_HEADER].partition("\n")[0]
    try:
        headers = {
            mark: [cell.strip().casefold() for cell in next(csv.reader([head], delimiter=mark), [])] for mark in ",;\t"
        }
        mark, header = max(headers.items(), key=lambda item: len(set(item[1]) & set(COLUMNS)))
        if "text" not in header and not {"target", "by"} <= set(header):
            message = "the first line names no columns known here: give `text`, or `target` and `by`."
            raise ArgmapError(Finding("unreadable", "error", message, Place(content.name)))
        if len(head) == _LONGEST_HEADER:
            raise too_many(content.name, "characters in the first line", _LONGEST_HEADER)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        names = [restored(cell.strip()) for cell in next(reader)]
        names = [name.casefold() if name.casefold() in COLUMNS else name for name in names]
        line = reader.line_num + 1
        for cells in reader:
            if any(cells):
                yield Row(
                    {n: restored(c) for n, c in zip(names, cells, strict=False) if c}, line + skipped, content.name
                )
            line = reader.line_num + 1
    except csv.Error as error:
        raise ArgmapError(Finding("unreadable", "error", f"not CSV: {error}.", Place(content.name))) from None


def table_map(rows: list[Row], name: str, suffixes: Iterable[str], irregular: Irregular) -> Map:
    """The map of all rows."""
    return _Table(rows, name, suffixes, irregular).map()


class _Table:
    """Rows on their way to a map."""

    def __init__(self, rows: list[Row], name: str, suffixes: Iterable[str], irregular: Irregular) -> None:
        self.name = name
        self.irregular = irregular
        self.rows: dict[str, list[Row]] = {}
        for row in rows:
            self.rows.setdefault(row.type, []).append(row)
        self.in_order = rows
        self.ids, self.speaker_ids, self.issue_ids = Ids(), Ids(), Ids()
        self.spaced = {row["id"] for row in self.of("claim") if re.search(r"[;,\s]", row["id"])}
        self.issues: dict[str, dict[str, Any]] = {}
        self.speakers: dict[str, dict[str, Any]] = {}
        self.claims: dict[str, dict[str, Any]] = {}
        self.data: dict[str, Any] = {"id": map_id(name, suffixes)}

    def of(self, type_: str) -> list[Row]:
        return self.rows.get(type_, [])

    def note(self, row: Row, rule: str, message: str) -> None:
        self.irregular.add(rule, message, (row["id"],) if row["id"] else (), line=row.line, column=1)

    def map(self) -> Map:
        for row in self.of(""):
            self.note(row, "unknown-type", f"no row type {row['type']!r} is known: left out.")
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
                self.note(row, "dangling-reference", f"no issue {row['target']!r} is there: left out.")
        self.name_claims()
        for row in self.of("quote"):
            claim = self.claims.get(self.ids.word(row["id"]))
            if claim is None:
                self.note(row, "dangling-reference", f"no claim {row['id']!r} is there: left out.")
            else:
                claim["quotes"] += self.quotes(row)
        relations = [self.relation(row) for row in self.in_order if row.type in ("support", "attack", "rephrase")]
        for row in self.of("map")[:1]:
            self.data |= {"title": row["text"] or None, "note": row["note"] or None, "extra": self.beyond(row)}
            self.data |= {"id": Ids().word(row["id"])} if row["id"] else {}
            self.data["thesis"] = self.ids.word(row["target"]) if row["target"] else None
        whole = {"claims": self.claims, "relations": relations, "issues": self.issues, "speakers": self.speakers}
        return validated({**self.data, **whole}, self.name)

    def name_claims(self) -> None:
        given = dict.fromkeys(row["id"] for row in self.of("claim"))
        for id in filter(None, given):
            self.ids.word(id)
        for n, row in enumerate(self.of("claim"), 1):
            # A relation may call a claim without an id by its number: c1, c2, …
            made_up = f"c{n}" if f"c{n}" not in given else f"c{n}-{len(given)}"
            id = self.ids.word(row["id"] or made_up)
            if id in self.claims:
                self.note(row, "duplicate-id", f"claim {row['id']!r} is there twice: each needs an id of its own.")
                id = self.ids.new(id)
            self.claims[id] = self.claim(row)
            if not row["text"]:
                self.note(row, "missing-text", f"claim {row['id'] or id!r} says nothing.")

    def claim(self, row: Row) -> dict[str, Any]:
        fields: dict[str, Any] = {"text": row["text"], "quotes": self.quotes(row), "note": row["note"] or None}
        extra = self.beyond(row)
        for column, values in _ENUMS.items():
            word = row[column].strip().casefold()
            if word in values:
                fields[column] = word
            elif word:
                self.note(row, "unknown-value", f"{row[column]!r} is no {column}: kept, and not read.")
                extra[NAME] = {**own(extra, NAME), column: row[column]}
        if row["implicit"].strip().casefold() in _TRUE:
            fields["implicit"] = True
        if row["position"]:
            fields["position"] = Ids().word(row["position"])
        for column, ids, known, word in (
            ("issue", self.issue_ids, self.issues, "question"),
            ("speaker", self.speaker_ids, self.speakers, "name"),
        ):
            if row[column]:
                fields[column] = ids.word(row[column])
                # A name that is no id was written by a person, who has no table of names.
                if fields[column] not in known and not is_id(row[column]):
                    known[fields[column]] = {word: row[column]}
        return {**fields, "extra": extra}

    @staticmethod
    def quotes(row: Row) -> list[dict[str, str]]:
        return [{"exact": row["quote"], "prefix": row["prefix"], "suffix": row["suffix"]}] if row["quote"] else []

    def relation(self, row: Row) -> dict[str, Any]:
        by = [self.ids.word(id) for id in self.ids_in(row["by"])]
        return {
            row.type: self.ids.word(row["target"]) if row["target"] else None,
            "by": by,
            **({"id": self.ids.word(row["id"])} if row["id"] else {}),
            **{column: row[column] for column in ("scheme", "cue", "note") if row[column]},
            "extra": self.beyond(row),
        }

    def ids_in(self, cell: str) -> list[str]:
        """The ids of a cell: apart by semicolons or commas, else by spaces; one id that has spaces is one."""
        cell = cell.strip()
        marks = r"[;,]" if re.search(r"[;,]", cell) else r"\s+"
        return [cell] if cell in self.spaced else [part.strip() for part in re.split(marks, cell) if part.strip()]

    def beyond(self, row: Row) -> dict[str, Any]:
        """What the row says beyond the columns known here."""
        try:
            extra = json.loads(row["extra"] or "{}")
        except (ValueError, RecursionError):
            extra = None
        if not isinstance(extra, dict):
            self.note(row, "unknown-value", "the cell `extra` holds no JSON object: left out.")
            extra = {}
        if more := {column: cell for column, cell in row.cells.items() if column not in COLUMNS}:
            extra[NAME] = {**own(extra, NAME), **more}
        return extra


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
    writer.writerows([guarded(row.get(column, "")) for column in columns] for row in rows)
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
        cells = {column: getattr(relation, column) for column in ("id", "target", "scheme", "cue", "note")}
        yield _row({"type": relation.type, "by": " ".join(relation.by), **cells}, relation)


def _quoted(quote: Quote | None) -> dict[str, str | None]:
    return {"quote": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix} if quote else {}


def _row(cells: dict[str, str | None], value: Any = None) -> dict[str, str]:
    """Cells that say something; what stands under `extra` for this format in columns of its own."""
    said = {column: cell for column, cell in cells.items() if cell}
    if value is None or not value.extra:
        return said
    extra = value.model_dump(mode="json", include={"extra"})["extra"]
    ours = {column: cell for column, cell in own(extra, NAME).items() if isinstance(cell, str) and column not in said}
    rest = {column: cell for column, cell in own(extra, NAME).items() if column not in ours}
    extra = {key: item for key, item in extra.items() if key != NAME} | ({NAME: rest} if rest else {})
    return {**ours, **said, **({"extra": json.dumps(extra, ensure_ascii=False)} if extra else {})}
