"""Find the claims of a long list that are alike, without comparing all with all.

    a claim ─▶ stems, groups of four letters ─ hashed into 256 numbers ┐
            └▶ sum of its word vectors, 96 numbers ────────────────────┴▶ vector ─ index ─▶ near pairs ─▶ their cosines, unhashed

A claim is read once. The cosine of two is all that is needed to judge how alike they are: the logistic of `SLOPE` times the cosine
plus `CONSTANT` is the probability that two claims of a debate make one point. The two numbers and the weights of the parts were
fitted by logistic regression on pairs of the training part of ArgKP (Bar-Haim and others 2020). A part of which nothing is known,
such as the word vectors of a language that has none, leaves its weight to the other.

Hashing: Weinberger and others 2009, "Feature hashing for large scale multitask learning". Index of small worlds: Malkov and
Yashunin 2018.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np

from argmap.findings import ArgmapError
from argmap.sentences import Embed
from argmap.sentences.features import FEW, unit
from argmap.sentences.stems import stems_of, words_of
from argmap.sentences.word_vectors import content_stems, word_vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Space = NDArray[np.float16]
    Numbers = NDArray[np.intp]
    Codes = NDArray[np.uint32]
    Joined = NDArray[np.uint64]

WIDTH = 256
"""Numbers of a vector that hold words and letters."""
LETTERS = 0.2
"""Weight of a group of letters beside a stem."""
GROUP = 4
WORDING, MEANING, CONSTANT = 4.44, 4.77, -4.74
SLOPE = WORDING + MEANING
BLOCK = 8192
"""Claims that are looked at in one go."""
ROUNDED = 0.06
"""By how much a cosine of two vectors may be off: words share places in them, and the index holds a byte for each number."""
_BUCKETS = 1 << 20
"""Stems and groups of letters that are counted apart."""
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9))
"""Odd numbers that scatter bits (Steele, Lea and Flood 2014)."""
_LOW = np.uint64(0xFFFFFFFF)


def chance(cosine: NDArray[np.floating] | float) -> Matrix:
    """Return the fitted probability that two claims make one point, from their cosine."""
    return np.asarray(1 / (1 + np.exp(-(SLOPE * np.asarray(cosine, np.float32) + CONSTANT))), np.float32)


def cosine_of(least: float) -> float:
    """Return the cosine from which the probability is at least so much."""
    least = min(max(least, 1e-9), 1 - 1e-9)
    return (log(least / (1 - least)) - CONSTANT) / SLOPE


@dataclass(frozen=True)
class Features:
    """All of some claims by which they are compared."""

    codes: Codes
    """Stems and groups of letters, claim after claim, as numbers in ascending order: odd for a stem, even for letters."""
    ends: Numbers
    """Place in `codes` where each claim begins, and the number of all."""
    weights: Matrix
    """Weight of a code by its last bits: the fewer claims have it, the more."""
    meaning: Space
    """A vector of length 1 for each claim, or of length 0 where no word is known."""

    def __len__(self) -> int:
        return len(self.meaning)

    @cached_property
    def lengths(self) -> Matrix:
        """Length of each claim's vector of codes."""
        found = np.zeros(len(self), np.float32)
        for start, stop in _blocks(len(self)):
            row, code = self.of(np.arange(start, stop))
            found[start:stop] = np.sqrt(np.bincount(row, self.weights[code % _BUCKETS] ** 2, stop - start))
        return found

    @cached_property
    def scale(self) -> Matrix:
        """Length of a claim's whole vector: a part of which nothing is known leaves its weight to the other."""
        known = WORDING * (self.lengths > 0) + MEANING * np.any(self.meaning, axis=1)
        return np.asarray(np.sqrt(known), np.float32)

    def of(self, claims: Numbers) -> tuple[Numbers, Codes]:
        """Return the codes of some claims, and for each code the place of its claim among them."""
        counts = self.ends[claims + 1] - self.ends[claims]
        row = np.repeat(np.arange(len(claims)), counts)
        start = np.repeat(self.ends[claims] - np.cumsum(counts) + counts, counts)
        return row, self.codes[start + np.arange(len(row))]

    def cosines(self, left: Numbers, right: Numbers) -> Matrix:
        """Return the cosine of the two claims of each pair."""
        found = np.zeros(len(left), np.float32)
        for start, stop in _blocks(len(left)):
            a, b = left[start:stop], right[start:stop]
            both = np.sort(np.concatenate([_joined(*self.of(a)), _joined(*self.of(b))]))
            row, code = _parted(both[1:][both[1:] == both[:-1]])
            product = np.bincount(row, self.weights[code % _BUCKETS] ** 2, len(a))
            shared = product / np.maximum(self.lengths[a] * self.lengths[b], 1e-9)
            near = np.einsum("ij,ij->i", *(self.meaning[side].astype(np.float32) for side in (a, b)))
            scale = np.maximum(self.scale[a] * self.scale[b], 1e-9)
            found[start:stop] = (WORDING * shared + MEANING * near) / scale
        return found

    def vectors(self) -> Space:
        """Return a vector for each claim: its codes hashed, then its meaning. Their cosines are off by about `ROUNDED`."""
        space = np.zeros((len(self), WIDTH + self.meaning.shape[1]), np.float16)
        for start, stop in _blocks(len(self)):
            row, code = self.of(np.arange(start, stop))
            mixed = _scattered(code.astype(np.uint64))
            weight = self.weights[code % _BUCKETS] * np.where(mixed & np.uint64(1), 1, -1)
            at = row * WIDTH + ((mixed >> np.uint64(8)) % np.uint64(WIDTH)).astype(np.intp)
            wording = np.bincount(at, weight, (stop - start) * WIDTH).reshape(-1, WIDTH).astype(np.float32)
            meaning = self.meaning[start:stop].astype(np.float32)
            space[start:stop] = unit(np.hstack([unit(wording) * np.sqrt(WORDING), meaning * np.sqrt(MEANING)]))
        return space


def features(texts: Sequence[str], embed: Embed | None = None) -> Features:
    """Read claims. How rare a word is among them counts; with `embed`, meaning comes from a sentence model."""
    words: dict[str, int] = {}
    read, counts = array("i"), array("q", [0])
    for text in texts:
        found = words_of(text)
        read.extend([words.setdefault(word, len(words)) for word in found])
        counts.append(len(found))
    flat, ends = np.array(read, np.int32), np.cumsum(counts)
    stems = np.array([_code(" ".join(stems_of(word, "english"))) for word in words], np.uint64)
    meaning = _meanings(texts, embed) if embed else _senses(list(words), flat, ends)
    parts, sizes, seen = [np.zeros(0, np.uint32)], [np.zeros(1, np.intp)], np.zeros(_BUCKETS, np.intp)
    for start, stop in _blocks(len(texts)):
        row = np.repeat(np.arange(stop - start), np.diff(ends[start : stop + 1]))
        stem = _joined(row, stems[flat[ends[start] : ends[stop]]])
        row, code = _parted(_once(np.concatenate([_letters(texts[start:stop]), stem])))
        seen += np.bincount(code % _BUCKETS, minlength=_BUCKETS)
        parts.append(code)
        sizes.append(np.bincount(row, minlength=stop - start))
    weights = np.log(1 + len(texts) / np.maximum(seen, 1)) * np.where(np.arange(_BUCKETS) % 2, 1, LETTERS)
    return Features(np.concatenate(parts), np.cumsum(np.concatenate(sizes)), weights.astype(np.float32), meaning)


def candidates(
    space: Space,
    neighbours: int,
    least: float,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Numbers, Numbers]:
    """Return pairs of rows that may be near, as two lists of places, the smaller first, in order.

    The index is filled by one processor, so that the same claims always give the same pairs; all processors search it,
    and give `neighbours` rows for each row. Pairs with a cosine from `least` on are near; those that miss it by
    `ROUNDED` are among those that are returned. `progress` gets the number of rows done, twice that of all in the end,
    and twice the number of all.
    """
    try:
        from usearch.index import Index
    except ImportError:
        raise ArgmapError("matching a corpus needs usearch: pip install 'argmap[corpus]'") from None
    some = np.flatnonzero(np.any(space, axis=1))
    index = Index(ndim=space.shape[1], metric="cos", dtype="i8", connectivity=16, expansion_add=64, expansion_search=64)
    tell = progress or (lambda _done, _total: None)
    for start, stop in _blocks(len(some)):
        index.add(some[start:stop].astype(np.uint64), space[some[start:stop]], threads=1)
        tell(stop, 2 * len(some))
    wide, found = max(len(space), 1), [np.zeros(0, np.intp)]
    for start, stop in _blocks(len(some)):
        rows = some[start:stop]
        near = index.search(space[rows], min(neighbours + 1, len(some)))
        others = np.asarray(near.keys, np.intp).reshape(len(rows), -1)
        left = np.broadcast_to(rows[:, None], others.shape)
        kept = (np.asarray(near.distances).reshape(others.shape) <= 1 - least + ROUNDED) & (left != others)
        found.append(np.unique(np.minimum(left, others)[kept] * wide + np.maximum(left, others)[kept]))
        tell(len(some) + stop, 2 * len(some))
    low, high = np.divmod(np.unique(np.concatenate(found)), wide)
    return low, high


def _blocks(count: int) -> Iterator[tuple[int, int]]:
    return pairwise([*range(0, count, BLOCK), count])


def _code(stem: str) -> int:
    return zlib.crc32(stem.encode("utf-8", "surrogatepass")) | 1


def _letters(texts: Sequence[str]) -> Joined:
    """Return the groups of letters of each text, joined with its place."""
    folded = [f" {' '.join(text.casefold().split())} " for text in texts]
    letters = np.frombuffer("".join(folded).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    row = np.repeat(np.arange(len(folded)), [len(text) for text in folded])
    count = max(len(letters) - GROUP + 1, 0)
    code = np.zeros(count, np.uint64)
    for n in range(GROUP):
        code = code * _MIX[0] + letters[n : count + n]
    within = row[:count] == row[len(row) - count :]
    return _joined(row[:count][within], _scattered(code[within]) & ~np.uint64(1))


def _scattered(code: Joined) -> Joined:
    mixed = (code ^ (code >> np.uint64(29))) * _MIX[1]
    return np.asarray((mixed ^ (mixed >> np.uint64(32))) & _LOW, np.uint64)


def _joined(row: Numbers, code: NDArray[Any]) -> Joined:
    """Make one number of the place of a claim and a code of 32 bits."""
    return np.asarray((row.astype(np.uint64) << np.uint64(32)) | code.astype(np.uint64), np.uint64)


def _parted(joined: Joined) -> tuple[Numbers, Codes]:
    return (joined >> np.uint64(32)).astype(np.intp), (joined & _LOW).astype(np.uint32)


def _once(joined: Joined) -> Joined:
    ordered = np.sort(joined)
    return np.asarray(ordered[np.flatnonzero(np.diff(ordered, prepend=~ordered[:1]))], np.uint64)


def _senses(words: Sequence[str], flat: NDArray[np.int32], ends: Numbers) -> Space:
    """Return the sum of the word vectors of each claim, what all share taken off, and of length 1."""
    tables = word_vectors()
    stems = [next(iter(content_stems(word)), "") for word in words]
    table = tables.vectors(stems) * np.array([tables.weight(stem) for stem in stems], np.float32)[:, None]
    summed = np.zeros((len(ends) - 1, table.shape[1]), np.float16)
    for start, stop in _blocks(len(summed)):
        bounds, inside = ends[start : stop + 1] - ends[start], flat[ends[start] : ends[stop]]
        rows = np.zeros((stop - start, table.shape[1]), np.float32)
        some = np.flatnonzero(np.diff(bounds))
        if len(some):
            rows[some] = np.add.reduceat(table[inside], bounds[some])
        summed[start:stop] = unit(rows)
    return _centred(summed)


def _meanings(texts: Sequence[str], embed: Embed) -> Space:
    parts = [np.asarray(embed(texts[start:stop]), np.float16) for start, stop in _blocks(len(texts))]
    return _centred(np.concatenate(parts) if parts else np.zeros((0, 1), np.float16))


def _centred(rows: Space) -> Space:
    """Take off what all claims share, the subject of the debate, less of it if there are few, and scale to length 1."""
    known = np.any(rows, axis=1)
    count = int(known.sum())
    shared = rows.sum(0, dtype=np.float64) / (count + FEW)
    for start, stop in _blocks(len(rows)):
        block = rows[start:stop].astype(np.float32) - shared.astype(np.float32)
        block[~known[start:stop]] = 0
        rows[start:stop] = unit(block)
    return rows
