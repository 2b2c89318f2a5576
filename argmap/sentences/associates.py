"""Know which word stems often stand in for each other, such as “expensive” and “cost”.

Two sentences can say the same in other words. From many pairs that people judged, one can count which stem of one sentence goes
with which stem of the other more often than chance would have it. The table of all stems by all stems is large, so its strongest
`DIMENSIONS` eigenvectors stand for it: each stem is a row of numbers, and the product of two rows, some columns with
the sign turned, is about the logarithm of how much oftener than by chance the two go together.

`tests/bench/argkp.py` makes `associates.txt`; its head names the corpus.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

DIMENSIONS = 64
LEVELS = 46
"""Levels on either side of zero: a number is one printable character, `P` for zero."""
ZERO = ord("P")


@dataclass(frozen=True, eq=False)
class Associates:
    """A row of numbers for each stem."""

    rows: Mapping[str, int]
    """Place of each stem in `table`."""
    table: Matrix
    turn: Matrix
    """1 or -1 for each column: the sign with which it enters a product."""

    def vectors(self, sentences: Sequence[Iterable[str]]) -> Matrix:
        """Add up the rows of each sentence's stems, over the root of their number."""
        found = np.zeros((len(sentences), self.table.shape[1]), np.float32)
        for n, stems in enumerate(sentences):
            known = [self.rows[stem] for stem in stems if stem in self.rows]
            if known:
                found[n] = self.table[known].sum(0) / np.sqrt(len(known))
        return found


@lru_cache(maxsize=2)
def associates(language: str = "english") -> Associates | None:
    """Read the table of a language; `None` if there is none."""
    if language != "english":
        return None
    return decoded(resources.files(__package__).joinpath("associates.txt").read_text("utf-8"))


def encoded(stems: Sequence[str], table: Matrix, turn: Matrix) -> str:
    """Write a table as text: the scale and sign of each column, then a line for each stem."""
    scale = np.abs(table).max(0) / LEVELS
    numbers = np.rint(table / scale).astype(int) + ZERO
    head = " ".join(f"{size * sign:.5f}" for size, sign in zip(scale, turn, strict=True))
    lines = ["".join(map(chr, row)) + " " + stem for stem, row in zip(stems, numbers.tolist(), strict=True)]
    return "\n".join([f"scales {head}", *lines]) + "\n"


def decoded(text: str) -> Associates:
    """Read a table that `encoded` wrote; lines before the scales are comments."""
    head, *lines = text[text.index("\nscales ") + 1 :].splitlines()
    scale = np.array(head.split()[1:], np.float32)
    numbers = np.frombuffer("".join(line[: len(scale)] for line in lines).encode("ascii"), np.uint8)
    table = (numbers.reshape(-1, len(scale)).astype(np.float32) - ZERO) * np.abs(scale)
    rows = {line[len(scale) + 1 :]: n for n, line in enumerate(lines)}
    return Associates(rows, table, np.sign(scale))
