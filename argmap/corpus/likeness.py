"""Find the claims of a long list that are alike, without comparing all with all.

    a claim ─▶ stems and groups of four letters, hashed into 256 numbers ┐
             ─▶ sum of its word vectors, 96 numbers                      ┴▶ one vector of length 1 ─▶ index ─▶ near pairs

A claim is read once. Its vector is made so that the cosine of two is all that is needed to judge how alike they are: the logistic
of `SLOPE` times the cosine plus `CONSTANT` is the probability that two claims of a debate make one point. The two numbers and the
weights of the parts were fitted by logistic regression on pairs of the training part of ArgKP (Bar-Haim and others 2020). A part
of which nothing is known, such as the word vectors of a language that has none, leaves its weight to the other.

Hashing: Weinberger and others 2009, "Feature hashing for large scale multitask learning". Index of small worlds: Malkov and
Yashunin 2018.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

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
    Codes = NDArray[np.uint64]

WIDTH = 256
"""Numbers of a vector that hold words and letters."""
LETTERS = 0.2
"""Weight of a group of letters beside a stem."""
GROUP = 4
WORDING, MEANING, CONSTANT = 2.75, 5.2, -4.48
SLOPE = WORDING + MEANING
BLOCK = 8192
"""Claims that are looked at in one go."""
_BUCKETS = 1 << 20
"""Groups of letters that are counted apart."""
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9))
"""Odd numbers that scatter bits (Steele, Lea and Flood 2014)."""


def chance(cosine: NDArray[np.floating] | float) -> Matrix:
    """Return the fitted probability that two claims make one point, from the cosine of their vectors."""
    return np.asarray(1 / (1 + np.exp(-(SLOPE * np.asarray(cosine, np.float32) + CONSTANT))), np.float32)


def cosine_of(least: float) -> float:
    """Return the cosine from which the probability is at least so much."""
    least = min(max(least, 1e-9), 1 - 1e-9)
    return (log(least / (1 - least)) - CONSTANT) / SLOPE


def vectors(texts: Sequence[str], embed: Embed | None = None) -> Space:
    """Return a vector of length 1 for each claim, or of length 0 where a claim has no word.

    Parameters
    ----------
    texts
        The claims. How rare a word is among them counts.
    embed
        Take the meaning from a sentence model, not from word vectors.

    Returns
    -------
    numpy.ndarray
        One row a claim, as half-precision numbers.
    """
    words: dict[str, int] = {}
    read, counts = array("i"), array("i", [0])
    for text in texts:
        found = words_of(text)
        read.extend([words.setdefault(word, len(words)) for word in found])
        counts.append(len(found))
    flat, ends = np.array(read, np.int32), np.cumsum(counts)
    meaning = _meanings(texts, embed) if embed else _senses(list(words), flat, ends)
    stems, shares = _stems(list(words), flat, ends)
    seen = np.zeros(_BUCKETS, np.int64)
    for start, stop in _blocks(len(texts)):
        seen += np.bincount(_letters(texts[start:stop])[1] % np.uint64(_BUCKETS), minlength=_BUCKETS)
    rarity = np.log(1 + len(texts) / np.maximum(seen, 1)) * LETTERS
    space = np.zeros((len(texts), WIDTH + meaning.shape[1]), np.float16)
    for start, stop in _blocks(len(texts)):
        row, code = _letters(texts[start:stop])
        wording = _hashed(row, code, rarity[code % np.uint64(_BUCKETS)], stop - start)
        row, code = _once(_rows(ends[start : stop + 1]), stems[flat[ends[start] : ends[stop]]])
        wording += _hashed(row, _scattered(code + np.uint64(1)), shares[code], stop - start)
        parts = (unit(wording) * np.sqrt(WORDING), meaning[start:stop].astype(np.float32) * np.sqrt(MEANING))
        space[start:stop] = unit(np.concatenate(parts, axis=1))
    return space


def candidates(
    space: Space,
    neighbours: int,
    least: float,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Numbers, Numbers]:
    """Return pairs of rows that are near, as two lists of places, the smaller first, in order.

    The index is filled by one processor, so that the same claims always give the same pairs; all processors search it.

    Parameters
    ----------
    space
        The vectors.
    neighbours
        Rows that the index gives for each row.
    least
        Cosine from which a pair is near.
    progress
        Called with the number of rows done, twice that of all in the end, and twice the number of all.
    """
    try:
        from usearch.index import Index
    except ImportError:
        raise ArgmapError("matching a corpus needs usearch: pip install 'argmap[corpus]'") from None
    some = np.flatnonzero(np.any(space, axis=1))
    index = Index(ndim=space.shape[1], metric="ip", dtype="f16", connectivity=16, expansion_add=96, expansion_search=96)
    tell = progress or (lambda _done, _total: None)
    for start, stop in _blocks(len(some)):
        index.add(some[start:stop].astype(np.uint64), space[some[start:stop]], threads=1)
        tell(stop, 2 * len(some))
    wide, found = len(space), []
    for start, stop in _blocks(len(some)):
        rows = some[start:stop]
        near = index.search(space[rows], min(neighbours + 1, len(some)))
        others = np.asarray(near.keys, np.intp).reshape(len(rows), -1)
        left = np.broadcast_to(rows[:, None], others.shape)
        kept = (np.asarray(near.distances).reshape(others.shape) <= 1 - least + 0.001) & (left != others)
        low, high = np.minimum(left, others)[kept], np.maximum(left, others)[kept]
        found.append(np.unique(low * wide + high))
        tell(len(some) + stop, 2 * len(some))
    low, high = np.divmod(np.unique(np.concatenate(found)) if found else np.zeros(0, np.intp), max(wide, 1))
    return low, high


def cosines(space: Space, left: Numbers, right: Numbers) -> Matrix:
    """Return the cosine of the two rows of each pair."""
    found = np.zeros(len(left), np.float32)
    for start, stop in _blocks(len(left)):
        a, b = (space[side[start:stop]].astype(np.float32) for side in (left, right))
        found[start:stop] = np.einsum("ij,ij->i", a, b)
    return found


def _blocks(count: int) -> Iterator[tuple[int, int]]:
    return pairwise([*range(0, count, BLOCK), count])


def _rows(ends: Numbers) -> Numbers:
    return np.repeat(np.arange(len(ends) - 1), np.diff(ends))


def _stems(words: Sequence[str], flat: NDArray[np.int32], ends: Numbers) -> tuple[Codes, Matrix]:
    """Return the number of the stem of each word, and the weight of each stem: the fewer claims have it, the more."""
    number: dict[tuple[str, ...], int] = {}
    stems = np.array([number.setdefault(stems_of(word, "english"), len(number)) for word in words], np.uint64)
    seen = np.zeros(len(number), np.int64)
    for start, stop in _blocks(len(ends) - 1):
        _, code = _once(_rows(ends[start : stop + 1]), stems[flat[ends[start] : ends[stop]]])
        seen += np.bincount(code.astype(np.intp), minlength=len(number))
    return stems, np.log(1 + (len(ends) - 1) / np.maximum(seen, 1)).astype(np.float32)


def _letters(texts: Sequence[str]) -> tuple[Numbers, Codes]:
    """Return the groups of letters of each text, each once: the place of the text, and a number for the group."""
    folded = [f" {' '.join(text.casefold().split())} " for text in texts]
    letters = np.frombuffer("".join(folded).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    row = np.repeat(np.arange(len(folded)), [len(text) for text in folded])
    count = len(letters) - GROUP + 1
    if count < 1:
        return np.zeros(0, np.intp), np.zeros(0, np.uint64)
    code = np.zeros(count, np.uint64)
    for n in range(GROUP):
        code = code * _MIX[0] + letters[n : count + n]
    within = row[:count] == row[GROUP - 1 :]
    return _once(row[:count][within], _scattered(code[within]))


def _scattered(code: Codes) -> Codes:
    mixed = (code ^ (code >> np.uint64(29))) * _MIX[1]
    return np.asarray((mixed ^ (mixed >> np.uint64(32))) & np.uint64(0xFFFFFFFF), np.uint64)


def _once(row: Numbers, code: Codes) -> tuple[Numbers, Codes]:
    """Leave out what a row holds twice; numbers have 32 bits."""
    both = np.sort((row.astype(np.uint64) << np.uint64(32)) | code)
    both = both[np.flatnonzero(np.diff(both, prepend=~both[:1]))]
    return (both >> np.uint64(32)).astype(np.intp), both & np.uint64(0xFFFFFFFF)


def _hashed(row: Numbers, code: Codes, weight: NDArray[np.floating], rows: int) -> Matrix:
    """Add up weights at the places that their numbers give, half of them with the sign turned."""
    place = (code >> np.uint64(8)) % np.uint64(WIDTH)
    signed = np.where(code & np.uint64(0x80000000), weight, -weight)
    at = row * WIDTH + place.astype(np.intp)
    return np.bincount(at, signed, rows * WIDTH).reshape(rows, WIDTH).astype(np.float32)


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
