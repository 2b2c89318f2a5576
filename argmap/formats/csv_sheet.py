"""CSV as a table of rows: the header as people write it, cells as spreadsheets and R leave them, and where each stands.

    sep=;                                  what Excel writes for itself
    Nr;Claim;Parent;Premise 1;…            names that mean `id`, `text`, `target`, `by`
    1;It rusts.;2;;                        {"id": "1", "text": "It rusts.", "target": "2"}, line 3

A header with all of our own core columns is one that we wrote, or that was made after ours: there no other name
means one of ours, so that a column of any name comes back as it was.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from argmap.finding import ArgmapError, Finding, Place, brief
from argmap.formats.format import MAX_BYTES
from argmap.formats.kit import MOST_PARTS, Irregular, too_many
from argmap.formats.relation_words import relation_word
from argmap.naming import FreeNames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.formats.format import Content

COLUMNS = (
    *("type", "id", "text", "target", "by", "scheme", "cue", "quote", "prefix", "suffix", "kind", "issue", "position"),
    *("speaker", "commitment", "force", "implicit", "label", "note", "extra"),
)
CORE = ("type", "id", "text", "target", "by")
"""Columns that are always written."""
WORDS = {"text", "scheme", "cue", "quote", "prefix", "suffix", "label", "note"}
"""Columns that hold words as they stand, whose spaces count and which no spreadsheet may turn into a date."""

_ROWS = ("map", "speaker", "issue", "position", "claim", "quote")
RELATIONS = ("support", "attack", "rephrase")
THESES = {"thesis", "main claim", "major claim"}
_CLAIMS = {*THESES, "conclusion", "argument", "statement", "sentence", "claim"}
_OF_RELATIONS = {"type", "id", "target", "by", "scheme", "cue", "note", "extra"}
USED = {
    "map": {"type", "id", "text", "target", "note", "extra"},
    "speaker": {"type", "id", "text", "label", "extra"},
    "issue": {"type", "id", "text", "label", "note"},
    "position": {"type", "id", "text", "target", "note"},
    "quote": {"type", "id", "quote", "prefix", "suffix"},
    "claim": {*COLUMNS} - {"label", "cue"},
    **dict.fromkeys(RELATIONS, _OF_RELATIONS),
}
"""The columns that say something of a row of each type."""
_VERBS = {"supports", "attacks", "rebuts", "undercuts", "rephrases", "supported by", "attacked by", "rebutted by"}
"""Columns of a person's own that name what a claim does to another, or another to it."""

_BREAK = re.compile(r"\r\n|\r|\n")
_PAIR = (".claims.csv", ".relations.csv")
_ALIASES = {
    "target": ("conclusion", "parent", "parent id", "to", "target id"),
    "by": ("premises", "premise", "reasons", "reason", "by id", "from", "source", "child"),
    "text": ("claim", "statement", "sentence", "proposition", "claim text", "content", "label", "argument"),
    "type": ("relation", "relation type", "stance", "polarity"),
    "id": ("claim id", "nr", "nr.", "no", "no.", "number", "#"),
    "speaker": ("author", "said by", "who"),
    "note": ("notes", "comment", "comments", "remark", "remarks"),
    "quote": ("quotation", "exact words", "excerpt"),
    "scheme": ("argumentation scheme",),
}
_ONLY_BESIDE = {"from": "to", "source": "target", "child": "parent"}
"""Names that mean premises only beside their other half: a source alone is where a claim is from."""
_KNOWN = {*COLUMNS, *(alias for aliases in _ALIASES.values() for alias in aliases)}
_NUMBERED = re.compile(r"(premise|reason)s? ?\d+")
_LONGEST_HEADER = 65_536
_RUNS = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_MONTH = r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]*\.?"
_TURNED = re.compile(
    rf"'*(?:\d{{1,4}}[-/]\d{{1,4}}(?:[-/]\d{{1,4}})?|\d{{1,2}}\.\d{{1,2}}\.(?:\d{{2,4}})?|{_MONTH}[-/. ]?\d{{1,4}}"
    rf"|\d{{1,2}}[-/. ]{{0,2}}{_MONTH}|\d+:\d\d(?::\d\d)?|0\d+|\d{{16,}}|\d+e\d+|NA|true|false)",
    re.IGNORECASE,
)
"""What a spreadsheet takes for a date, a time, a number with other digits or a truth value, and R for nothing at all."""


def guarded(cell: str, words: bool = False) -> str:
    """A cell that no spreadsheet runs, nor changes where it is `words`; `restored` gives it back.

    >>> guarded("=1+2"), guarded("plain"), guarded("'=1+2"), guarded("1-2"), guarded("1-2", words=True)
    ("'=1+2", 'plain', "''=1+2", '1-2', "'1-2")
    """
    kept = _TURNED.fullmatch(cell) and (words or cell.startswith("'"))
    return f"'{cell}" if kept or _RUNS.match(cell) else cell


def restored(cell: str) -> str:
    """The cell that `guarded` made safe.

    >>> restored("'=1+2"), restored("plain"), restored("'tis"), restored("'1-2")
    ('=1+2', 'plain', "'tis", '1-2')
    """
    return cell[1:] if cell.startswith("'") and (_RUNS.match(cell) or _TURNED.fullmatch(cell)) else cell


@dataclass(frozen=True)
class Sheet:
    """One file of rows: which columns it has, and what is irregular in it."""

    name: str
    text: str
    mark: str
    names: tuple[str, ...]
    ours: bool
    irregular: Irregular

    def place(self, line: int, column: str) -> tuple[int, int]:
        """Line and column of a row's cell, the row beginning in `line`."""
        index = self.names.index(column) if column in self.names else 0
        at = self._starts[line - 1] if line <= len(self._starts) else 0
        quoted = False
        while index and at < len(self.text):
            quoted ^= self.text[at] == '"'
            index -= self.text[at] == self.mark and not quoted
            at += 1
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, and its line in the file."""

    cells: dict[str, str]
    line: int
    sheet: Sheet = field(repr=False)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def note(self, rule: str, message: str, column: str | None = None, hint: str | None = None) -> None:
        """Note one problem of the row, or of one cell of it."""
        line, at = (self.line, 1) if column is None else self.sheet.place(self.line, column)
        way = (self["id"],) if self["id"] else ()
        self.sheet.irregular.add(rule, message, way, line=line, column=at, hint=hint)


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


def leave_out(row: Row) -> None:
    """A finding for each cell of an issue, a position or a further quote that has no place in a map."""
    type_ = type_of(row)
    for column in row.cells:
        if column not in USED[type_]:
            message = f"a row of type `{type_}` has no place for {brief(column)!r}: left out."
            row.note("unknown-cell", message, column)


def rows_of(content: Content, irregular: Irregular) -> Iterator[Row]:
    """The rows of a file under its header.

    Raises
    ------
    ArgmapError
        When it has no header of columns known here, or is no CSV.
    """
    if content.text.count("\n") + content.text.count("\r") > 2 * MOST_PARTS:
        raise too_many(content.name, "rows")
    text = content.text.lstrip("\r\n")
    said = re.match(r"sep=(.)[\r\n]+", text)
    text = text[said.end() :] if said else text
    skipped = len(_BREAK.findall(content.text[: len(content.text) - len(text)]))
    line = 1
    try:
        mark, names, ours = _header(text, content.name, said.group(1) if said else None, skipped + 1)
        sheet = Sheet(content.name, content.text, mark, names, ours, irregular)
        csv.field_size_limit(MAX_BYTES)  # a cell of a file that may be read at all may be read
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True, skipinitialspace=not ours)
        next(reader)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row = Row({}, line + skipped, sheet)
                _fill(row, cells)
                yield row
            line = reader.line_num + 1
    except csv.Error as error:
        # A cell without its closing quote mark ends with the file; what is of use is where it begins.
        hint = "A text with a quote mark, a line break or the separator in it stands in quotes, and a quote mark in it twice."
        place = Place(content.name, line + skipped, 1)
        known = None if "limit" in str(error) else hint
        raise ArgmapError(Finding("unreadable", "error", f"not CSV: {error}.", place, known)) from None


def _header(text: str, name: str, mark: str | None, line: int) -> tuple[str, tuple[str, ...], bool]:
    """The separator, the names of the columns in our words, and whether they are ours already."""
    head = re.split(r"[\r\n]", text[:_LONGEST_HEADER], maxsplit=1)[0]
    marks = mark or ",;\t"
    headers = {mark: [_plain(cell) for cell in next(csv.reader([head], delimiter=mark), [])] for mark in marks}
    mark, header = max(headers.items(), key=lambda item: len(set(item[1]) & _KNOWN))
    ours = set(CORE) <= set(header) or name.endswith(_PAIR)
    names = [restored(cell.strip()) for cell in next(csv.reader([head], delimiter=mark), [])]
    names = [plain if plain in COLUMNS else given for given, plain in zip(names, header, strict=True)]
    if not ours:
        for column, aliases in _ALIASES.items():
            if column not in names and (at := _alias(aliases, header, names)) is not None:
                names[at] = column
        names = ["by" if _NUMBERED.fullmatch(plain) else given for given, plain in zip(names, header, strict=True)]
    if "text" not in names and not {"target", "by"} <= set(names):
        message = "the first line names no columns known here: give `text`, or `target` and `by`."
        raise ArgmapError(Finding("unreadable", "error", message, Place(name, line, 1)))
    if len(head) == _LONGEST_HEADER:
        raise too_many(name, "characters in the first line", _LONGEST_HEADER)
    return mark, tuple(names), ours


def _plain(cell: str) -> str:
    return " ".join(restored(cell.strip()).casefold().replace("_", " ").split())


def _alias(aliases: tuple[str, ...], header: list[str], names: list[str]) -> int | None:
    """Where a column stands that has one of these other names, and no name of ours yet."""
    for alias in aliases:
        if _ONLY_BESIDE.get(alias, alias) not in header:
            continue
        if alias in header and names[header.index(alias)] not in COLUMNS:
            return header.index(alias)
        if alias == "label" and "label" in names:
            return names.index("label")
    return None


def _fill(row: Row, cells: list[str]) -> None:
    """Put the cells where they belong."""
    names, cells_of = row.sheet.names, row.cells
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        message = f"the row has {len(cells)} cells, the first line {len(names)}: what is beyond is not read."
        row.note("too-many-cells", message, hint="Is there a text with the separator in it, and not in quotes?")
    free: FreeNames | None = None
    for name, cell in zip(names, cells, strict=False):
        as_it_stands = name in WORDS or name not in COLUMNS
        value = cell if as_it_stands else cell.strip()
        if name in COLUMNS and value == "NA":
            continue
        value = restored(value)
        if not value or (not name and value.isdigit()):  # R numbers the rows in a column without a name
            continue
        if name not in cells_of:
            cells_of[name] = value
        elif name == "by":
            cells_of[name] += f"\n{value}"
        elif cells_of[name] != value:
            free = free or FreeNames(names)
            other = free.name(name, "-")
            message = f"two columns are called {brief(name)!r}: the first is read, the other kept as {brief(other)!r}."
            row.note("duplicate-column", message)
            cells_of[other] = value


def table(rows: Iterable[dict[str, str]], core: tuple[str, ...]) -> str:
    """Rows as CSV: the `core` columns, those that some row uses, and those of other names last."""
    rows = list(rows)
    used = {column for row in rows for column, cell in row.items() if cell}
    columns = [column for column in COLUMNS if column in core or column in used]
    columns += sorted(used - set(COLUMNS))
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(map(guarded, columns))
    for row in rows:
        cells = [(row.get(column, ""), column) for column in columns]
        # An id may be NA, which R writes where there is nothing.
        writer.writerow(
            [guarded(cell, column in WORDS or (cell == "NA" and column in COLUMNS)) for cell, column in cells]
        )
    return file.getvalue()
