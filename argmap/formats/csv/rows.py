"""CSV as a sheet of cells: which columns there are, what keeps a cell from a spreadsheet, and what a row is.

    1.10  →  '1.10           in a column of ids or words, where a spreadsheet would make the number 1.1 of it
    =1+2  →  '=1+2           in any column, where a spreadsheet would run it
    2,It costs,1,con         a claim, and what it does to claim 1 is told by `con`

How the columns come by their names is in `csv_people`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from argmap.findings import brief
from argmap.formats.common.relation_words import is_passive, relation_word, stance_word
from argmap.model import Commitment, Force, Kind

if TYPE_CHECKING:
    from argmap.formats.common.reader_support import Irregular
    from argmap.model import RelationType

NAME = "csv"
COLUMNS = (
    *("type", "id", "text", "target", "by", "scheme", "cue", "quote", "prefix", "suffix", "kind", "issue", "position"),
    *("speaker", "commitment", "force", "implicit", "label", "note", "extra"),
)
CORE = ("type", "id", "text", "target", "by")
"""Columns that are always written."""
WORDS = {"text", "scheme", "cue", "quote", "prefix", "suffix", "label", "note"}
"""Columns that hold words as they stand, whose spaces count and which no spreadsheet may turn into a date."""
IDS = {"id", "target", "by", "issue", "position", "speaker"}
"""Columns that hold ids: 1.10 is the tenth reason, and not the first, which a spreadsheet would make of it."""
ENUMS = {"kind": get_args(Kind), "commitment": get_args(Commitment), "force": get_args(Force)}

RELATIONS = ("support", "attack", "rephrase")
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

THESES = {"thesis", "main claim", "major claim"}
_ROWS = ("map", "speaker", "issue", "position", "claim", "quote")
_CLAIMS = {*THESES, "conclusion", "argument", "statement", "sentence", "claim", "behauptung", "these", "aussage"}
_DIRECTIONS = {"directed", "undirected", "mutual"}
"""What Gephi has in its column `Type`, which says nothing of what an edge means."""
_VERBS = {
    *("supports", "attacks", "rebuts", "undercuts", "undermines", "refutes", "contradicts", "opposes", "rephrases"),
    *("supported by", "attacked by", "rebutted by", "refuted by", "opposed by", "contradicted by"),
}
"""Columns of a person's own that name what a claim does to another, or another to it."""
YES = {"x", "✓", "✔", "yes", "y", "1", "true", "ja"}
"""Marks in a column of marks."""
NUMBER = re.compile(r"[-+−–]?\d+(?:[.,]\d+)?%?")

CONCLUSIONS = {"conclusion", "schlussfolgerung", "konklusion"}
"""Names of a column whose claims need not stand in a row of their own."""
PARENTS = {"parent", "parent id", "übergeordnet", "übergeordnete behauptung", "elternteil"}
"""Names of a column that makes of each row a claim under another."""

APART = re.compile(r"[;,|\n]")
"""What stands between ids that have spaces in them."""
BREAK = re.compile(r"\r\n|\r|\n")
_RUNS = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_MONTH = r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]*\.?"
_TURNED = re.compile(
    rf"'*(?:\d{{1,4}}[-/]\d{{1,4}}(?:[-/]\d{{1,4}})?|{_MONTH}[-/. ]?\d{{1,4}}|\d{{1,2}}[-/. ]{{0,2}}{_MONTH}"
    rf"|\d*(?:[.,]\d+)+[.,]?|\d+[.,]|\d+:\d\d(?::\d\d)?|0\d+|\d{{16,}}|\d+(?:[.,]\d+)?e[-+]?\d+|NA|true|false)",
    re.IGNORECASE,
)
"""What a spreadsheet takes for a date, a time, a number with other digits or a truth value, and R for nothing at all."""


def guarded(cell: str, words: bool = False) -> str:
    """A cell that no spreadsheet runs, nor changes where it is `words` or an id; `restored` gives it back.

    >>> guarded("=1+2"), guarded("plain"), guarded("'=1+2"), guarded("1-2"), guarded("1-2", words=True)
    ("'=1+2", 'plain', "''=1+2", '1-2', "'1-2")
    >>> guarded("1.10", words=True), guarded("110", words=True)
    ("'1.10", '110')
    """
    kept = _TURNED.fullmatch(cell) and (words or cell.startswith("'"))
    return f"'{cell}" if kept or _RUNS.match(cell) else cell


def restored(cell: str) -> str:
    """The cell that `guarded` made safe.

    >>> restored("'=1+2"), restored("plain"), restored("'tis"), restored("'1-2"), restored("'1.10")
    ('=1+2', 'plain', "'tis", '1-2', '1.10')
    """
    return cell[1:] if cell.startswith("'") and (_RUNS.match(cell) or _TURNED.fullmatch(cell)) else cell


@dataclass(frozen=True)
class Header:
    """The names of the columns, and what those of a person's own mean."""

    mark: str
    """What stands between cells."""
    names: tuple[str, ...]
    """In our words where they mean one of ours, else as given."""
    given: tuple[str, ...]
    """As given, in small letters."""
    ours: bool = False
    """Whether all of our core columns are there, so that no other name means one of ours."""
    tells: tuple[str, ...] = ("type",)
    """The columns whose words tell the relation of a row, the first that does so first."""
    flags: frozenset[str] = frozenset()
    """Those of them in which a mark says that the relation is the column's name."""
    reasons: Mapping[str, RelationType] = field(default_factory=lambda: MappingProxyType({}))
    """The columns that hold reasons for or against the claim of their row."""
    title: tuple[str, ...] = ()
    """The lines above."""

    def called(self, column: str) -> str:
        """What a column of ours is called in the file; nothing where there is none."""
        return self.given[self.names.index(column)] if column in self.names else ""

    @cached_property
    def edges(self) -> bool:
        """Whether a row goes from a source to a target, and its word says which of them does what to the other."""
        return self.called("by") in ("source", "source id", "from", "child", "quelle")

    @cached_property
    def outline(self) -> bool:
        """Whether a row is a claim that has a parent, whatever its premises are."""
        return not (self.ours or self.edges) and self.called("target") in PARENTS


@dataclass(frozen=True)
class Sheet:
    """One file of rows: its header, and what is irregular in it."""

    name: str
    text: str
    header: Header
    irregular: Irregular

    def place(self, line: int, column: str) -> tuple[int, int]:
        """Line and column of a row's cell, the row beginning in `line`."""
        names = self.header.names
        index = names.index(column) if column in names else 0
        at = self._starts[line - 1] if line <= len(self._starts) else 0
        quoted = False
        while index and at < len(self.text):
            quoted ^= self.text[at] == '"'
            index -= self.text[at] == self.header.mark and not quoted
            at += 1
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in BREAK.finditer(self.text))]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, and its line in the file."""

    cells: dict[str, str]
    line: int
    sheet: Sheet = field(repr=False)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def header(self) -> Header:
        """The header above it."""
        return self.sheet.header

    @property
    def tied(self) -> bool:
        """Whether it names something else, as what it is for or against or what is for or against it."""
        return bool(self["target"] or self["by"])

    @property
    def is_edge(self) -> bool:
        """Whether it names both ends of a relation, and is no claim between them."""
        return bool(self["target"] and self["by"]) and not (self["text"] and self.header.outline)

    def note(self, rule: str, message: str, column: str | None = None, hint: str | None = None) -> None:
        """Note one problem of the row, or of one cell of it."""
        line, at = (self.line, 1) if column is None else self.sheet.place(self.line, column)
        way = (self["id"],) if self["id"] else ()
        self.sheet.irregular.add(rule, message, way, line=line, column=at, hint=hint)


class Often:
    """Findings that are alike in many rows: each once, at the first row, with how many more there are."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str, str, str, str | None], list[Row]] = {}

    def add(self, row: Row, rule: str, message: str, column: str, hint: str | None = None) -> None:
        """Keep one problem of one cell; `message` has no full stop."""
        self._rows.setdefault((row.sheet.name, rule, message, column, hint), []).append(row)

    def note(self) -> None:
        """Note all that was kept."""
        for (_, rule, message, column, hint), (first, *more) in self._rows.items():
            also = f", here and in {len(more)} more row{'s'[: len(more) > 1]}" if more else ""
            first.note(rule, f"{message}{also}.", column, hint)


@dataclass(frozen=True, slots=True)
class Told:
    """What tells the relation of a row: a word in a column, and the relation that it names, if any."""

    column: str = ""
    word: str = ""
    type: RelationType | None = None

    @property
    def turned(self) -> bool:
        """Whether it leads from what is supported or attacked to what does it."""
        return self.type is not None and is_passive(self.word)


@dataclass(frozen=True, slots=True)
class Tie:
    """A column by which the claim of a row says what it does to others, or others to it (`to_it`)."""

    column: str
    type: RelationType
    to_it: bool


def told_by(row: Row) -> Told:
    """The word that tells the relation of a row: the first that names one, else the first that should."""
    first = Told()
    for column in tellers(row):
        word = _word(row, column)
        plain = word.casefold()
        if not word or plain in _CLAIMS or (column == "type" and (plain in _DIRECTIONS or plain in _ROWS)):
            continue
        said = Told(column, word, stance_word(word))
        if said.type:
            return said
        # Other numbers on an edge are weights.
        if not first.word and not (column in ("text", "label") and NUMBER.fullmatch(word) and word != "0"):
            first = said
    return first


def said_in(row: Row, type_: RelationType | None) -> set[str]:
    """The columns that say no more of a row than its relation, or that it is a claim."""
    words = {column: _word(row, column) for column in tellers(row)}
    if not type_:
        return {column for column, word in words.items() if not word.strip("-–—") or word.casefold() in _CLAIMS}
    return {c for c, word in words.items() if not word or word.casefold() in _CLAIMS or stance_word(word) == type_}


def _word(row: Row, column: str) -> str:
    """What a column says of the row's relation: its word, or its name where it has a mark."""
    word = row[column].strip()
    if column not in row.header.flags:
        return word
    return column if word.casefold() in YES else ""


def tellers(row: Row) -> tuple[str, ...]:
    """The columns in which the relation of a row may be told."""
    header = row.header
    if header.ours:
        # What we write has a relation in a row of its own, and no claim with an end.
        return header.tells if row["text"] and row.tied and not row.is_edge else ("type",)
    label = "text" if header.called("text") == "label" else "label"
    return (*header.tells, label) if row.is_edge else header.tells


def type_of(row: Row) -> str:
    """What a row is: by its type, else by what is in it; empty for a word that is not known."""
    word = row["type"].casefold()
    if word in _ROWS and word != "claim":
        return word
    if row["text"] and not row.is_edge:
        return "claim" if row.tied or not word or word in _CLAIMS or stance_word(word) else ""
    if word in _CLAIMS:
        return "claim"
    told = told_by(row)
    if told.word and not told.type:
        # What is of no known type, and has a text, is rather a claim than a relation.
        return "support" if row.is_edge and (row.header.edges or not row["text"]) else ""
    return told.type or ("support" if row.tied else "claim")


def is_thesis(row: Row) -> bool:
    """Whether a word of the row says that its claim is the map's thesis."""
    return any(row[column].casefold() in THESES for column in ("type", *row.header.tells))


def ties_of(row: Row, type_: str) -> list[Tie]:
    """The columns by which a row ties its claim to others: a claim of its own, or the target of its relation."""
    header = row.header
    if header.ours or not (type_ == "claim" or (type_ in RELATIONS and row["target"])):
        return []
    reasons = [Tie(column, type, to_it=True) for column, type in header.reasons.items() if row[column]]
    if type_ != "claim":
        return reasons
    verbs = [column for column in row.cells if column.casefold().replace("_", " ") in _VERBS]
    return [*(Tie(verb, relation_word(verb) or "support", is_passive(verb)) for verb in verbs), *reasons]


def leave_out(row: Row) -> None:
    """A finding for each cell of an issue, a position or a further quote that has no place in a map."""
    type_ = type_of(row)
    for column in row.cells:
        if column not in USED[type_]:
            message = f"a row of type `{type_}` has no place for {brief(column)!r}: left out."
            row.note("unknown-cell", message, column)
