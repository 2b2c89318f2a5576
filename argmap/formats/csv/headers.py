"""CSV as people make it: the header in whatever words, what stands above it, and which columns tell relations.

    Should the bridge be closed?;;;        a title, and nothing else in its row
    Nr;Behauptung;Parent;Pro/Con           `id`, `text`, `target`, and a column that tells the relation
    1;Close it.;;
    2;It costs too much.;1;con

A header with all of our own core columns is one that we wrote, or that was made after ours: there no other name
means one of ours, so that a column of any name comes back as it was.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.formats.common.reader_support import MOST_PARTS, too_many
from argmap.formats.common.relation_words import stance_word
from argmap.formats.csv.rows import (
    BREAK,
    COLUMNS,
    CONCLUSIONS,
    CORE,
    ENUMS,
    NUMBER,
    WORDS,
    YES,
    Header,
    Row,
    Sheet,
    restored,
)
from argmap.ids import FreeNames
from argmap.text_file import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmap.formats.common.format import Content
    from argmap.formats.common.reader_support import Irregular
    from argmap.model import RelationType

_REASONS: dict[RelationType, re.Pattern[str]] = {
    "support": re.compile(
        r"(?:pros?|support|dafür|(?:supporting|pro)[- ](?:argument|claim|point|reason|premise)s?"
        r"|(?:argument|evidence|point|reason)s? for|pro-?argumente?)(?: ?#?\d+)?"
    ),
    "attack": re.compile(
        r"(?:cons?|contra|kontra|attack|dagegen|objections?|counter[- ]?(?:argument|claim|evidence|point|reason)s?"
        r"|(?:opposing|con)[- ](?:argument|claim|point|reason)s?|(?:argument|evidence|point|reason)s? against"
        r"|rebuttals?|refutations?|einw[aä]nde?|gegenargumente?|gegengr[uü]nde?|[ck]on(?:tra)?-?argumente?)(?: ?#?\d+)?"
    ),
}
"""Columns of a person's own that hold reasons for or against the claim beside them."""
_MARKS = {*YES, "no", "n", "0", "false", "nein", "-", "–"}

_PAIR = (".claims.csv", ".relations.csv")
_ALIASES = {
    "target": (
        *("conclusion", "parent", "parent id", "to", "target id"),
        *("schlussfolgerung", "konklusion", "übergeordnet", "übergeordnete behauptung", "elternteil", "ziel"),
    ),
    "by": (
        *("premises", "premise", "reasons", "reason", "by id", "from", "source", "source id", "child"),
        *("prämissen", "prämisse", "gründe", "grund", "begründung", "quelle"),
    ),
    "text": (
        *("claim", "statement", "sentence", "proposition", "claim text", "content", "label", "argument", "thesis"),
        *("behauptung", "aussage", "satz", "these"),
    ),
    "type": ("typ",),
    "id": ("claim id", "nr", "nr.", "no", "no.", "number", "#", "nummer"),
    "speaker": ("author", "said by", "who", "sprecher", "sprecherin", "autor", "autorin", "wer"),
    "note": ("notes", "comment", "comments", "remark", "remarks", "notiz", "kommentar", "bemerkung", "anmerkung"),
    "quote": ("quotation", "exact words", "excerpt", "zitat"),
    "scheme": ("argumentation scheme",),
}
_ONLY_BESIDE = {"from": "to", "source": "target", "source id": "target id", "child": "parent", "quelle": "ziel"}
"""Names that mean premises only beside their other half: a source alone is where a claim is from."""
_STANCES = (
    *("stance", "pro/con", "polarity", "relation type", "relation", "relationship", "edge type", "edge label"),
    *("interaction", "haltung", "relationstyp", "beziehung", "art der beziehung"),
)
"""Columns whose words tell relations; where a row has several, the first that does so counts."""
_SIDES = re.compile(
    r"(?:pros?|for|für|supports?)(?:/| or | oder |[- ]| vs\.? )(?:cons?|contra|kontra|against|gegen|attacks?)"
)
_SIGNED = {"sign", "weight", "valence", "value", "score", "vorzeichen", "gewicht"}
"""Columns of numbers that may be below zero for what speaks against."""
_KNOWN = {*COLUMNS, *_STANCES, *(alias for aliases in _ALIASES.values() for alias in aliases)}
_NUMBERED = re.compile(r"(?:(?:premise|reason)s?|prämissen?|grund) ?\d+")
_NO_HEADER = (
    "the first line names no columns known here: give `claim`, with `parent` and `type` for what it is a reason for or"
    " against; or `premise` and `conclusion`; or `text`, `target` and `by`."
)
_LONGEST_HEADER = 65_536
_HIGHEST = 6
"""A header stands in one of so many first lines that are not empty."""


def rows_of(content: Content, irregular: Irregular) -> Iterator[Row]:
    """The rows of a file under its header.

    Raises
    ------
    ArgmapError
        When it has no header of columns known here, or is no CSV.
    """
    if content.text.count("\n") + content.text.count("\r") > 2 * MOST_PARTS:
        raise too_many(content.name, "rows")
    top = _top_of(content)
    rows = _cells_of(content, top)
    header = _header_of(content, top, rows)
    sheet = Sheet(content.name, content.text, header, irregular)
    widths = {len(cells) for _, cells in rows}
    # A spreadsheet ends every row alike with the empty cells of columns that were in use once.
    width = max(len(header.names), min(widths) if len(rows) > 1 else 0)
    for line, cells in rows:
        row = Row({}, line, sheet)
        if len(cells) > width or any(cell.strip() for cell in cells[len(header.names) :]):
            message = f"the row has {len(cells)} cells, the first line {len(header.names)}: what is beyond is left out."
            row.note("too-many-cells", message, hint="Is there a text with the separator in it, and not in quotes?")
        _fill(row, cells)
        yield row


@dataclass(frozen=True, slots=True)
class _Top:
    """Where the header of a file stands, and what stands above it."""

    at: int
    mark: str
    cells: list[str]
    ours: bool
    title: tuple[str, ...] = ()

    @property
    def plain(self) -> list[str]:
        return [_plain(cell) for cell in self.cells]


def _top_of(content: Content) -> _Top:
    """Find the header: in the first line, or below a lone title."""
    text, name = content.text, content.name
    said = re.match(r"[\r\n]*sep=(.)[\r\n]+", text)
    lines = re.compile(r"[^\r\n]+").finditer(text, said.end() if said else 0)
    heads = [(line.start(), line.group()[:_LONGEST_HEADER]) for line in islice(lines, _HIGHEST)]
    found: _Top | None = None
    for n, (at, head) in enumerate(heads):
        top = _top(at, head, said.group(1) if said else None, name)
        above = [[cell.strip() for cell in _split(line, top.mark) if cell.strip()] for _, line in heads[:n]]
        if any(len(cells) > 1 for cells in above):
            break
        if _is_header(_names(top)) and (found is None or _known(top.plain) > 1):
            found = replace(top, title=tuple(cell for cells in above for cell in cells))
            if sum(map(bool, found.cells)) > 1:
                break
    line = len(BREAK.findall(text[: heads[0][0]])) + 1 if heads else 1
    if found is None:
        raise ArgmapError(Finding("unreadable", "error", _NO_HEADER, Place(name, line, 1)))
    if any(len(head) == _LONGEST_HEADER for at, head in heads if at <= found.at):
        raise too_many(name, "characters in the first line", _LONGEST_HEADER)
    return found


def _top(at: int, head: str, mark: str | None, name: str) -> _Top:
    """A line read as a header, with the separator that makes most of it."""
    mark = max(mark or ",;\t", key=lambda mark: _known([_plain(cell) for cell in _split(head, mark)]))
    cells = [restored(cell.strip()) for cell in _split(head, mark)]
    top = _Top(at, mark, cells, ours=False)
    return replace(top, ours=set(CORE) <= set(top.plain) or name.endswith(_PAIR))


def _split(line: str, mark: str) -> list[str]:
    return next(csv.reader([line], delimiter=mark), [])


def _plain(cell: str) -> str:
    words = " ".join(unicodedata.normalize("NFC", restored(cell.strip())).casefold().replace("_", " ").split())
    return re.sub(r" ?/ ?", "/", words)


def _known(header: list[str]) -> int:
    return len({cell for cell in header if cell in _KNOWN or _SIDES.fullmatch(cell) or _reason(cell)})


def _is_header(names: list[str]) -> bool:
    """Whether columns of these names say something of claims."""
    return "text" in names or ("target" in names and ("by" in names or any(_reason(_plain(name)) for name in names)))


def _reason(plain: str) -> RelationType | None:
    """The relation of the reasons in a column of that name; `None` for a column of anything else."""
    return next((type_ for type_, pattern in _REASONS.items() if pattern.fullmatch(plain)), None)


def _cells_of(content: Content, top: _Top) -> list[tuple[int, list[str]]]:
    """The rows below the header that are not empty, each with its line.

    Raises
    ------
    ArgmapError
        When it is no CSV.
    """
    above = len(BREAK.findall(content.text[: top.at]))
    line, rows = 1, []
    try:
        csv.field_size_limit(MAX_BYTES)  # a cell of a file that may be read at all may be read
        text = io.StringIO(content.text[top.at :], newline="")
        reader = csv.reader(text, delimiter=top.mark, strict=True, skipinitialspace=not top.ours)
        next(reader)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line + above, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        # A cell without its closing quote mark ends with the file; what is of use is where it begins.
        hint = "A text with a quote mark, a line break or the separator in it stands in quotes, and a quote mark in it twice."
        place = Place(content.name, line + above, 1)
        known = None if "limit" in str(error) else hint
        raise ArgmapError(Finding("unreadable", "error", f"not CSV: {error}.", place, known)) from None
    return rows


class _Values:
    """What stands in each column, each thing once."""

    def __init__(self, rows: Sequence[tuple[int, list[str]]] = ()) -> None:
        self._rows = rows
        self._of: dict[int, set[str]] = {}

    def __getitem__(self, at: int) -> set[str]:
        if at not in self._of:
            cells = {restored(cells[at].strip()) for _, cells in self._rows if at < len(cells)}
            self._of[at] = cells - {"", "NA"}
        return self._of[at]


def _names(top: _Top, values: _Values | None = None) -> list[str]:
    """The names of the columns, in our words where they mean one of ours."""
    plain = top.plain
    names = [word if word in COLUMNS else given for given, word in zip(top.cells, plain, strict=True)]
    if top.ours:
        return names
    for column, aliases in _ALIASES.items():
        if column not in names and (at := _alias(aliases, plain, names, values or _Values())) is not None:
            names[at] = column
    return ["by" if _NUMBERED.fullmatch(word) else name for name, word in zip(names, plain, strict=True)]


def _alias(aliases: tuple[str, ...], plain: list[str], names: list[str], values: _Values) -> int | None:
    """Where a column stands that has one of these other names, and no name of ours yet."""
    for alias in aliases:
        if alias not in plain or _ONLY_BESIDE.get(alias, alias) not in plain:
            continue
        at = plain.index(alias)
        if alias == "label" and names[at] == "label":
            # What is labelled with numbers alone has no words there.
            if not values[at] or not all(map(NUMBER.fullmatch, values[at])):
                return at
        elif names[at] not in COLUMNS:
            return at
    return None


def _header_of(content: Content, top: _Top, rows: list[tuple[int, list[str]]]) -> Header:
    """What the columns are, by their names and by what stands in them.

    Raises
    ------
    ArgmapError
        When none of them holds claims.
    """
    values = _Values(rows)
    names, plain = _names(top, values), top.plain
    if not _is_header(names):
        line = len(BREAK.findall(content.text[: top.at])) + 1
        raise ArgmapError(Finding("unreadable", "error", _NO_HEADER, Place(content.name, line, 1)))
    ranks = {word: rank for rank, word in enumerate(_STANCES)}
    sides = ["pro/con" if _SIDES.fullmatch(word) else word for word in plain]
    own = [
        (ranks[word], name) for name, word in zip(names, sides, strict=True) if word in ranks and name not in COLUMNS
    ]
    tells = [*(name for _, name in sorted(own)), "type"]
    flags: set[str] = set()
    reasons: dict[str, RelationType] = {}
    if not top.ours:
        tells += [
            column for column in ("kind", "label") if column in names and _tells(column, values[names.index(column)])
        ]
        beside = "text" in names or plain[names.index("target")] in CONCLUSIONS
        ids = values[names.index("id")] if "id" in names else set()
        for at, name in enumerate(names):
            type_ = None if name in COLUMNS or not beside else _reason(plain[at])
            if type_ and values[at]:
                if "target" in names and all(value.casefold() in _MARKS for value in values[at]):
                    flags.add(name)
                elif _are_reasons(values[at], ids):
                    reasons[name] = type_
        if "target" in names and not any(
            stance_word(word) == "attack" for column in tells if column in names for word in values[names.index(column)]
        ):
            # Where no objection is told, a column of nothing but words for relations tells them, whatever it is called.
            read = {*COLUMNS, *tells, *flags, *reasons}
            tells = [
                *(n for at, n in enumerate(names) if n not in read and _takes_sides(plain[at], values[at])),
                *tells,
            ]
    return Header(
        *(top.mark, tuple(names), tuple(plain), top.ours),
        tells=(*sorted(flags), *tells),
        flags=frozenset(flags),
        reasons=reasons,
        title=top.title,
    )


def _tells(column: str, words: set[str]) -> bool:
    """Whether all words in a column name relations, and none is a kind of claim."""
    kinds = set(ENUMS["kind"]) if column == "kind" else set()
    return bool(words) and all(stance_word(word) and word.casefold() not in kinds for word in words)


def _takes_sides(plain: str, words: set[str]) -> bool:
    """Whether all that stands in a column tells relations, an attack among them; of numbers where they are signs or weights."""
    if any(map(NUMBER.fullmatch, words)) and plain not in _SIGNED:
        return False
    said = {stance_word(word) for word in words}
    return "attack" in said and None not in said


def _are_reasons(cells: set[str], ids: set[str]) -> bool:
    """Whether cells hold claims, by their ids or their words; numbers that are no ids and marks do not."""
    parts = {part for cell in cells for part in re.split(r"[\s;,|]+", cell)}
    return parts <= ids or not all(NUMBER.fullmatch(cell) or cell.casefold() in _MARKS for cell in cells)


def _fill(row: Row, cells: list[str]) -> None:
    """Put the cells where they belong."""
    header, cells_of = row.header, row.cells
    free: FreeNames | None = None
    for name, cell in zip(header.names, cells, strict=False):
        as_it_stands = name in WORDS or name not in COLUMNS
        value = cell if as_it_stands else cell.strip()
        if (name in COLUMNS or name in header.tells) and value == "NA":
            continue
        value = restored(value)
        if not value or (not name and value.isdigit()):  # R numbers the rows in a column without a name
            continue
        if name in ("target", "by") and not header.ours and not value.strip("-–—"):  # a dash says that there is none
            continue
        if name not in cells_of:
            cells_of[name] = value
        elif name == "by":
            cells_of[name] += f"\n{value}"
        elif cells_of[name] != value:
            free = free or FreeNames(header.names)
            other = free.name(name, "-")
            message = f"two columns are called {brief(name)!r}: the first is read, the other kept as {brief(other)!r}."
            row.note("duplicate-column", message)
            cells_of[other] = value
