"""The header of a table: which column means what, by everyday English names or by `--column FIELD=HEADING`.

    Nr;Behauptung;Parent;Pro/Con           --column text=Behauptung
    1;Close it.;;                          id, text, target, and a column that tells the relation
    2;It costs too much.;1;con

A header with all of our own core columns is one that we wrote, or that was made after ours. There no other name means
one of our columns, so that a column of any name comes back as it was.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace

from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.formats.common.format import Content
from argmap.formats.common.reader_support import MOST_PARTS, Irregular, too_many
from argmap.formats.common.relation_words import relation_word, stance_word
from argmap.formats.csv.rows import BREAK, COLUMNS, CORE, NUMBER, WORDS, Header, Row, restored
from argmap.ids import FreeNames
from argmap.model import RelationType
from argmap.text_file import MAX_BYTES

_PAIRS = {
    "src": "dst",
    "start": "end",
    "origin": "destination",
    "subject": "object",
    "from id": "to id",
    "source node": "target node",
    "from node": "to node",
    "start node": "end node",
    "node1": "node2",
}
"""Names of the two ends of an edge that mean them only beside each other."""
ALIASES = {
    "target": ("conclusion", "parent", "parent id", "to", "target id", *_PAIRS.values()),
    "by": ("premises", "premise", "reasons", "reason", "by id", "from", "source", "source id", "child", *_PAIRS),
    "text": (
        *("claim", "statement", "sentence", "proposition", "claim text", "content", "label", "argument", "thesis"),
    ),
    "id": ("claim id", "nr", "nr.", "no", "no.", "number", "#"),
    "speaker": ("author", "said by", "who"),
    "note": ("notes", "comment", "comments", "remark", "remarks"),
    "quote": ("quotation", "exact words", "excerpt"),
    "scheme": ("argumentation scheme",),
}
_ONLY_BESIDE: dict[str, tuple[str, ...]] = {
    "from": ("to",),
    "source": ("target", "destination"),
    "source id": ("target id",),
    "child": ("parent",),
    "label": ("id",),
    "destination": ("source", "origin"),
    "dst": ("src",),
    "src": ("dst",),
    **{
        one: (other,)
        for pair in _PAIRS.items()
        if pair[0] not in ("src", "origin")
        for one, other in (pair, pair[::-1])
    },
    "origin": ("destination",),
}
"""Names that count only beside another: a source alone is where a claim is from, and edges have labels too."""
_STANCES = (
    *("stance", "pro/con", "pro/contra", "pro or con", "pros/cons", "pros or cons", "for/against", "for or against"),
    *("polarity", "relation type", "relation", "relationship", "edge type", "edge label", "interaction"),
)
"""Columns whose words tell relations; if a row has several, the first that does so counts."""
_REASONS: dict[str, RelationType] = {
    **dict.fromkeys(("pro", "pros", "support", "supporting argument", "supporting reason"), "support"),
    **dict.fromkeys(("argument for", "arguments for", "reason for", "reasons for"), "support"),
    **dict.fromkeys(("con", "cons", "attack", "objection", "objections", "rebuttal", "rebuttals"), "attack"),
    **dict.fromkeys(("counterargument", "counterarguments", "counter-argument", "opposing argument"), "attack"),
    **dict.fromkeys(("argument against", "arguments against", "reason against", "reasons against"), "attack"),
}
"""Columns of reasons for or against the claim of their row."""
_KNOWN = {*COLUMNS, *_STANCES, *_REASONS, *(alias for aliases in ALIASES.values() for alias in aliases)}
_NUMBERED = re.compile(r"(?:premise|reason)s? ?\d+")
_NO_HEADER = (
    "the first line names no columns known here: give `claim`, with `parent` and `type` for what it is a reason for or"
    " against; or `premise` and `conclusion`; or `text`, `target` and `by`."
)
_MARKS = {"x", "✓", "✔", "yes", "no", "y", "n", "1", "0", "true", "false", "-", "–"}
_LONGEST_HEADER = 65_536


def rows_of(content: Content, columns: Mapping[str, str], irregular: Irregular) -> Iterator[Row]:
    """Read the rows of a file; raise ArgmapError if its header has no columns known here, or lacks one of `columns`."""
    if content.text.count("\n") + content.text.count("\r") > 2 * MOST_PARTS:
        raise too_many(content.name, "rows")
    said = re.match(r"[\r\n]*(?:sep=(.)[\r\n]+)?", content.text)
    at = said.end() if said else 0
    line = len(BREAK.findall(content.text[:at])) + 1
    end = BREAK.search(content.text, at)
    head = content.text[at : end.start() if end else None]
    if len(head) > _LONGEST_HEADER:
        raise too_many(content.name, "characters in the first line", _LONGEST_HEADER)
    place = Place(content.name, line, 1)
    mark, names, plain, ours, tells = _names_of(head, said[1] if said else None, columns, place)
    header = Header(content.name, content.text, irregular, mark, names, plain, ours, tells)
    rows = _cells_of(header, at, line)
    header = _with_reasons(header, [cells for _, cells in rows])
    widths = {len(cells) for _, cells in rows}
    # A spreadsheet ends every row with the empty cells of columns that were in use once.
    width = max(len(header.names), min(widths) if len(rows) > 1 else 0)
    for number, cells in rows:
        row = Row({}, number, header)
        if len(cells) > width or any(cell.strip() for cell in cells[len(header.names) :]):
            message = f"the row has {len(cells)} cells, the first line {len(header.names)}: what is beyond is left out."
            row.note("too-many-cells", message, hint="Is there a text with the separator in it, and not in quotes?")
        _fill(row, cells)
        yield row


def _split(line: str, mark: str) -> list[str]:
    return next(csv.reader([line], delimiter=mark), [])


def _plain(cell: str) -> str:
    words = " ".join(unicodedata.normalize("NFC", restored(cell.strip())).casefold().replace("_", " ").split())
    return re.sub(r" ?/ ?", "/", words)


def _reason(plain: str) -> RelationType | None:
    """Return the relation of the reasons in a column of that name, which may be numbered."""
    return _REASONS.get(re.sub(r" ?#?(?<!\d)\d+$", "", plain))


def _names_of(
    head: str, mark: str | None, columns: Mapping[str, str], place: Place
) -> tuple[str, tuple[str, ...], tuple[str, ...], bool, tuple[str, ...]]:
    """Split a header at the separator that makes most of it, and name its columns."""
    given = {_plain(heading) for heading in columns.values()}

    def known(mark: str) -> tuple[int, int]:
        plain = {_plain(cell) for cell in _split(head, mark)}
        return len(plain & given) + sum(cell in _KNOWN or _reason(cell) is not None for cell in plain), len(plain)

    mark = max(mark or ",;\t", key=known)
    cells = [restored(cell.strip()) for cell in _split(head, mark)]
    plain = [_plain(cell) for cell in cells]
    ours = set(CORE) <= set(plain)
    names = [word if word in COLUMNS else cell for cell, word in zip(cells, plain, strict=True)]
    taken = _assign(columns, cells, names, plain, place)
    for column, aliases in ALIASES.items():
        if ours or column in names:
            continue
        fits = (plain.index(a) for a in aliases if a in plain and any(b in plain for b in _ONLY_BESIDE.get(a, (a,))))
        at = next((at for at in fits if (at not in taken and names[at] not in COLUMNS) or names[at] == "label"), None)
        if at is not None:
            names[at] = column
    if not ours:
        names = ["by" if _NUMBERED.fullmatch(word) else name for name, word in zip(names, plain, strict=True)]
    if "text" not in names and not ("target" in names and ("by" in names or any(map(_reason, plain)))):
        hint = f"Or name a column yourself: --column text={brief(cells[0]) if cells and cells[0] else 'HEADING'}"
        raise ArgmapError(Finding("unreadable", "error", _NO_HEADER, place, hint))
    stances = {word: name for name, word in zip(names, plain, strict=True) if name not in COLUMNS}
    tells = [stances[word] for word in _STANCES if word in stances]
    return mark, tuple(names), tuple(plain), ours, (*tells, "type")


def _assign(columns: Mapping[str, str], cells: list[str], names: list[str], plain: list[str], place: Place) -> set[int]:
    """Give columns the names that the user gave them, and return where those stand; raise ArgmapError if there is none."""
    by_alias = {alias: column for column, aliases in ALIASES.items() for alias in aliases}
    taken: set[int] = set()
    free = FreeNames([*COLUMNS, *cells])
    for field, heading in columns.items():
        column = by_alias.get(_plain(field), _plain(field))
        if column not in COLUMNS:
            message = f"no field is called {brief(field)!r}: one of {', '.join(COLUMNS)}."
            raise ArgmapError(Finding("unreadable", "error", message, place))
        at = next((n for n, word in enumerate(plain) if word == _plain(heading) and n not in taken), None)
        if at is None:
            message = f"no column is called {brief(heading)!r}: the headings are {', '.join(filter(None, cells))}."
            raise ArgmapError(Finding("unreadable", "error", message, place))
        for n, name in enumerate(names):
            names[n] = free.name(cells[n], "-") if name == column and n not in taken else name
        names[at], plain[at] = column, _plain(field)
        taken.add(at)
    return taken


def _cells_of(header: Header, at: int, line: int) -> list[tuple[int, list[str]]]:
    """Read the rows below the header that are not empty, each with its line; raise ArgmapError if the file is not CSV."""
    above, rows = line - 1, []
    try:
        csv.field_size_limit(MAX_BYTES)  # a cell of a file that may be read at all may be read
        text = io.StringIO(header.text[at:], newline="")
        reader = csv.reader(text, delimiter=header.mark, strict=True, skipinitialspace=not header.ours)
        next(reader)
        line = above + reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = above + reader.line_num + 1
    except csv.Error as error:
        # A cell without its closing quote mark ends with the file; the place to look at is where it begins.
        hint = "A text with a quote mark, a line break or the separator in it stands in quotes, and a quote mark in it twice."
        known = None if "limit" in str(error) else hint
        finding = Finding("unreadable", "error", f"not CSV: {error}.", Place(header.file, line, 1), known)
        raise ArgmapError(finding) from None
    return rows


def _with_reasons(header: Header, rows: list[list[str]]) -> Header:
    """Find the columns of reasons; note those that seem to tell relations and are not read."""
    if header.ours:
        return header

    def values(at: int) -> set[str]:
        return {restored(cells[at].strip()) for cells in rows if at < len(cells)} - {"", "NA"}

    if {"by", "target", "text"} <= {*header.names} and header.called("text") == "label":
        # The labels of edges are words for relations, and no claims.
        at = header.names.index("text")
        if (labels := values(at)) and all(map(relation_word, labels)):
            header = replace(header, names=(*header.names[:at], "label", *header.names[at + 1 :]))
    names, is_told = header.names, len({*header.tells} & {*header.names}) > 0
    beside = "text" in names or header.called("target") == "conclusion"
    ids = values(names.index("id")) if "id" in names else set()
    reasons: dict[str, RelationType] = {}
    for at, (name, word) in enumerate(zip(names, header.given, strict=True)):
        if name in COLUMNS or name in header.tells or not (cells := values(at)):
            continue
        parts = {part for cell in cells for part in re.split(r"[\s;,|]+", cell)}
        numbers = all(map(NUMBER.fullmatch, cells))
        type_ = _reason(word) if beside else None
        marks = {cell.casefold() for cell in cells} <= _MARKS
        told = {"attack"} <= set(map(stance_word, cells)) and not numbers
        if type_ and (parts <= ids or not (numbers or marks)):  # numbers that are not ids are votes
            reasons[name] = type_
        elif "target" in names and not is_told and ((type_ and marks) or told):
            message = f"the column {brief(name)!r} seems to tell relations: kept, and not read."
            hint = f"Write pro and con into it, and read it with --column type={brief(name)}"
            header.irregular.add("unread-column", message, line=1, hint=hint)
    return replace(header, reasons=reasons)


def _fill(row: Row, cells: list[str]) -> None:
    header, cells_of = row.header, row.cells
    free: FreeNames | None = None
    for name, cell in zip(header.names, cells, strict=False):
        value = cell if name in WORDS or name not in COLUMNS else cell.strip()
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
