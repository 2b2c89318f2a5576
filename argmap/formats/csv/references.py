"""The claims that a cell names, by their ids or their words, and those that it makes.

    claim;parent;type
    Close it.;;
    It rusts.;Close it.;pro        the words of a claim
    Only paint.;It rust.;con       no claim's words: one is made of them, and that is a finding
    It is old.;c1;pro              the first claim, which has no id of its own

Ids come first, then words, also where a claim has only one. Where a table lists its claims, a parent is one of them; the
premises of a claim, and both ends of an edge in a table without texts, may be words that stand nowhere else.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from argmap.findings import brief
from argmap.formats.common.reader_support import Ids, is_id
from argmap.formats.csv.rows import APART, Row
from argmap.text_tools import nearest

_MOST_COMPARED, _MOST_NEAR, _LONGEST = 1000, 20, 200
"""So many claims are compared with words that none of them has, for so many of such words, and so much of each."""


def squeezed(text: str) -> str:
    """Return a text as it is compared with others: without breaks and capitals."""
    return " ".join(text.split()).casefold()


class Ends:
    """The claims and relations of a table, by the names that its cells use."""

    def __init__(self, rows: list[Row], types: list[str], ids: Ids) -> None:
        self.rows, self.ids = rows, ids
        listed = [row for row, type_ in zip(rows, types, strict=True) if type_ in ("claim", "") and row["text"]]
        self.has_texts = bool(listed)
        self.has_roots = any(not row["target"] for row in listed)
        self.claims: dict[str, dict[str, Any]] = {}
        self.known: dict[str, str] = {}
        """The id of each claim and relation, by what the table calls it."""
        self.texts: dict[str, str] = {}
        """The id of the first claim of each text."""
        self.of_ids: dict[str, bool] = {}
        """True for a column that names something by its id anywhere."""
        self.near = 0

    def of(self, row: Row, column: str, *, one: bool = False) -> list[str]:
        """Return the ids that a cell names: between semicolons, commas or lines, else spaces; or words of claims."""
        cell = row[column] if row.header.ours else self.as_numbered(row[column])
        if not cell or cell in self.known:
            return [self.known[cell]] if cell else []
        parts = _parts(cell)
        if row.header.ours or self.are_ids(cell, parts):
            return [self.known[part] if part in self.known else self.absent(row, column, part) for part in parts]
        whole = squeezed(cell) in self.texts or (one and (" " in cell or not all(map(is_id, parts))))
        if whole or not all(map(is_id, parts)) or " " in cell:
            texts = [cell] if whole else [text.strip() for text in re.split(r"[;|\n]", cell) if text.strip()]
            return [self.by_words(row, column, text) for text in texts]
        return [self.texts.get(squeezed(part)) or self.absent(row, column, part) for part in parts]

    def as_numbered(self, cell: str) -> str:
        """Spell a number as the table does: programs write `1.0` for 1 in a column with gaps."""
        other = cell.removesuffix(".0") if cell.endswith(".0") else f"{cell}.0"
        return other if cell not in self.known and other in self.known and other.strip(".0123456789") == "" else cell

    def are_ids(self, cell: str, parts: list[str]) -> bool:
        """Tell if parts of a cell are ids of which some are known, and not a sentence with a number in it."""
        known = [part for part in parts if part in self.known]
        if APART.search(cell) or not known:
            return bool(known)
        if squeezed(cell) in self.texts or 2 * len(known) < len(parts):
            return False
        kinds = {_has_digits(part) for part in known}
        return all(_has_digits(part) in kinds for part in parts)

    def by_words(self, row: Row, column: str, text: str) -> str:
        """Return the claim of that text; make one if there is none."""
        key = squeezed(text)
        if key not in self.texts:
            if self.is_listed(row, column):
                message = f"no claim has the words {brief(text)!r}: one is made of them."
                row.note("unknown-claim", message, column, self.nearest(text))
            self.texts[key] = self.ids.new(f"c{len(self.claims) + 1}")
            self.claims[self.texts[key]] = {"text": text}
        return self.texts[key]

    def is_listed(self, row: Row, column: str) -> bool:
        """Tell if a column should only name claims that stand in a row."""
        header = row.header
        if header.ours or not self.has_texts or column in header.reasons:
            return False
        if column == "target":
            return self.has_roots or header.called("target") != "conclusion"
        return header.edges if column == "by" else not column.endswith("by")

    def absent(self, row: Row, column: str, name: str) -> str:
        """Return an id for a word that no row has; where cells may make claims, that of a new claim."""
        if not (row.header.ours or self.has_texts):
            word = self.known[name] = self.ids.word(name)
            self.claims.setdefault(word, {"text": name})
            return word
        if self.makes(row, column) and not name.isdigit():
            return self.by_words(row, column, name)
        row.note("dangling-reference", f"no claim or relation {brief(name)!r} is there.", column, self.nearest(name))
        return self.ids.word(name)

    def makes(self, row: Row, column: str) -> bool:
        """Tell if a column holds reasons in words, so that a new one may be a single word."""
        header = row.header
        of_reasons = column == "by" and not header.edges and header.called("by") not in ("by", "by id")
        if header.ours or not (of_reasons or column in header.reasons):
            return False
        if column not in self.of_ids:
            self.of_ids[column] = any(part in self.known for other in self.rows for part in _parts(other[column]))
        return not self.of_ids[column]

    def nearest(self, words: str) -> str | None:
        """Return the way out: the nearest claim or id."""
        self.near += 1
        if self.near > _MOST_NEAR:
            return None
        texts = (claim["text"][:_LONGEST] for claim in islice(self.claims.values(), _MOST_COMPARED))
        near = nearest(words[:_LONGEST], [*islice(self.known, _MOST_COMPARED), *texts])
        return f"Did you mean {brief(near)!r}?" if near else None


def _parts(cell: str) -> list[str]:
    marks = APART if APART.search(cell) else r"\s+"
    return [part.strip() for part in re.split(marks, cell) if part.strip()]


def _has_digits(part: str) -> bool:
    return any(map(str.isdigit, part))
