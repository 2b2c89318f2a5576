"""The rows of a table: their columns, what keeps a cell from a spreadsheet, and what each row is.

    1.10  →  '1.10           in a column of ids or words, where a spreadsheet would make it the number 1.1
    =1+2  →  '=1+2           in any column, where a spreadsheet would run it
    2,It costs,1,con         a claim; `con` tells what it does to claim 1

`headers` finds out which column is which.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, get_args

from argmap.findings import brief
from argmap.formats.common.reader_support import Irregular
from argmap.formats.common.relation_words import is_passive, relation_word, stance_word
from argmap.model import Commitment, Force, Kind, RelationType

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
_CLAIMS = {*THESES, "conclusion", "argument", "statement", "sentence", "claim"}
_DIRECTIONS = {"directed", "undirected", "mutual"}
"""Gephi's words in its column `Type`, which say nothing of the meaning of an edge."""
_VERBS = {
    *("supports", "attacks", "rebuts", "undercuts", "undermines", "refutes", "contradicts", "opposes", "rephrases"),
    *("supported by", "attacked by", "rebutted by", "refuted by", "opposed by", "contradicted by"),
}
"""Columns named for what a claim does to another, or another to it."""
NUMBER = re.compile(r"[-+−–]?\d+(?:[.,]\d+)?%?")

APART = re.compile(r"[;,|\n]")
"""The separators of ids that have spaces in them."""
BREAK = re.compile(r"\r\n|\r|\n")
_RUNS = re.compile("'*(?:[ \t\r\n\xa0]*[=+\\-@＝＋－＠]|[\t\r])")
_RUNS_LATER = re.compile("[\r\n][ \t\xa0]*[=@＝＠]")
"""A line in a cell that a spreadsheet runs when the cell is split."""
_MONTH = r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-z]*\.?"
_TURNED = re.compile(
    rf"'*(?:\d{{1,4}}[-/]\d{{1,4}}(?:[-/]\d{{1,4}})?|{_MONTH}[-/. ]?\d{{1,4}}|\d{{1,2}}[-/. ]{{0,2}}{_MONTH}"
    rf"|\d*(?:[.,]\d+)+[.,]?|\d+[.,]|\d+:\d\d(?::\d\d)?|0\d+|\d{{16,}}|\d+(?:[.,]\d+)?e[-+]?\d+|NA|true|false)",
    re.IGNORECASE,
)
"""Cells that a spreadsheet takes for a date, a time, another number or a truth value, and R for nothing at all."""


def guarded(cell: str, words: bool = False) -> str:
    r"""Guard a cell so that no spreadsheet runs it, or changes it if it is `words` or an id; `restored` undoes it.

    >>> guarded("=1+2"), guarded("plain"), guarded("'=1+2"), guarded("1-2"), guarded("1-2", words=True)
    ("'=1+2", 'plain', "''=1+2", '1-2', "'1-2")
    >>> guarded(" =1+2"), guarded("see\n=1+2")
    ("' =1+2", "'see\n=1+2")
    >>> guarded("1.10", words=True), guarded("110", words=True)
    ("'1.10", '110')
    """
    kept = _TURNED.fullmatch(cell) and (words or cell.startswith("'"))
    return f"'{cell}" if kept or _runs(cell) else cell


def _runs(cell: str) -> bool:
    return _RUNS.match(cell) is not None or _RUNS_LATER.search(cell) is not None


def restored(cell: str) -> str:
    """Undo `guarded`.

    >>> restored("'=1+2"), restored("plain"), restored("'tis"), restored("'1-2"), restored("'1.10")
    ('=1+2', 'plain', "'tis", '1-2', '1.10')
    """
    return cell[1:] if cell.startswith("'") and (_runs(cell) or _TURNED.fullmatch(cell)) else cell


@dataclass(frozen=True)
class Header:
    """The columns of a file, and what is irregular in it."""

    file: str
    text: str
    irregular: Irregular
    mark: str
    """The separator of cells."""
    names: tuple[str, ...]
    """The columns: in our words where they mean one of ours, else as given."""
    given: tuple[str, ...]
    """The same as given, in small letters."""
    ours: bool
    """True if all of our core columns are there, so that no other name means one of ours."""
    tells: tuple[str, ...]
    """The columns whose words tell the relation of a row, the first that does so first."""
    reasons: Mapping[str, RelationType] = field(default_factory=dict)
    """The columns that hold reasons for or against the claim of their row."""

    def called(self, column: str) -> str:
        """Return the file's word for a column of ours; empty if it has none."""
        return self.given[self.names.index(column)] if column in self.names else ""

    @cached_property
    def edges(self) -> bool:
        """True if a row goes from a source to a target, and its word says which of them does what to the other."""
        return self.called("by") in ("source", "source id", "from", "child")

    @cached_property
    def outline(self) -> bool:
        """True if a row is a claim that has a parent, whatever its premises are."""
        return not (self.ours or self.edges) and self.called("target") in ("parent", "parent id")

    def place(self, line: int, column: str) -> tuple[int, int]:
        """Return line and column of a row's cell; the row begins in `line`."""
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
        return [0, *(found.end() for found in BREAK.finditer(self.text))]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, and its line in the file."""

    cells: dict[str, str]
    line: int
    header: Header = field(repr=False)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    @property
    def tied(self) -> bool:
        """True if it names something that it is for or against, or that is for or against it."""
        return bool(self["target"] or self["by"])

    @property
    def is_edge(self) -> bool:
        """True if it names both ends of a relation, and is not a claim between them."""
        return bool(self["target"] and self["by"]) and not (self["text"] and self.header.outline)

    def note(self, rule: str, message: str, column: str | None = None, hint: str | None = None) -> None:
        """Note one problem of the row, or of one cell of it."""
        line, at = (self.line, 1) if column is None else self.header.place(self.line, column)
        way = (self["id"],) if self["id"] else ()
        self.header.irregular.add(rule, message, way, line=line, column=at, hint=hint)


class Told(NamedTuple):
    """The word that tells the relation of a row, its column, and the relation that it names, if any."""

    column: str = ""
    word: str = ""
    type: RelationType | None = None

    @property
    def turned(self) -> bool:
        """True if it leads from what is supported or attacked to what does it."""
        return self.type is not None and is_passive(self.word)


class Tie(NamedTuple):
    """A column by which the claim of a row says what it does to others, or others to it (`to_it`)."""

    column: str
    type: RelationType
    to_it: bool


def told_by(row: Row) -> Told:
    """Find the word that tells the relation of a row: the first that names one, else the first that should."""
    first = Told()
    for column in tellers(row):
        word = row[column].strip()
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
    """Find the columns that say no more of a row than its relation, or that it is a claim."""
    words = {column: row[column].strip() for column in tellers(row)}
    if not type_:
        return {column for column, word in words.items() if not word.strip("-–—") or word.casefold() in _CLAIMS}
    return {c for c, word in words.items() if not word or word.casefold() in _CLAIMS or stance_word(word) == type_}


def tellers(row: Row) -> tuple[str, ...]:
    """Return the columns in which the relation of a row may be told."""
    header = row.header
    if header.ours:
        # We write a relation in a row of its own, and no claim with an end.
        return header.tells if row["text"] and row.tied and not row.is_edge else ("type",)
    label = "text" if header.called("text") == "label" else "label"
    return (*header.tells, *(("kind", label) if row.is_edge else ()))


def type_of(row: Row) -> str:
    """Return what a row is: by its type, else by its cells; empty for an unknown word."""
    word = row["type"].casefold()
    if word in _ROWS and word != "claim":
        return word
    if row["text"] and not row.is_edge:
        return "claim" if row.tied or not word or word in _CLAIMS or stance_word(word) else ""
    told = told_by(row)
    if word in _CLAIMS or not (told.word or row.tied):
        return "claim"
    if told.word and not told.type and not (row.is_edge and (row.header.edges or not row["text"])):
        return ""  # a row of unknown type with a text is rather a claim than a relation
    return told.type or "support"


def is_thesis(row: Row) -> bool:
    """Tell if a word of the row says that its claim is the map's thesis."""
    return any(row[column].casefold() in THESES for column in ("type", *row.header.tells))


def ties_of(row: Row, type_: str) -> list[Tie]:
    """Return the columns by which a row ties its claim, or the target of its relation, to other claims."""
    header = row.header
    if header.ours or not (type_ == "claim" or (type_ in RELATIONS and row["target"])):
        return []
    reasons = [Tie(column, type_, to_it=True) for column, type_ in header.reasons.items() if row[column]]
    if type_ != "claim":
        return reasons
    verbs = [column for column in row.cells if column.casefold().replace("_", " ") in _VERBS]
    return [*(Tie(verb, relation_word(verb) or "support", is_passive(verb)) for verb in verbs), *reasons]


def leave_out(row: Row) -> None:
    """Note each cell of an issue, a position or a further quote that has no place in a map."""
    type_ = type_of(row)
    for column in row.cells:
        if column not in USED[type_]:
            message = f"a row of type `{type_}` has no place for {brief(column)!r}: left out."
            row.note("unknown-cell", message, column)
