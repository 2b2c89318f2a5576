"""Compare two segmentations of a text by the boundaries between its words.

    first     The square | should be closed | soon          boundaries after words 2 and 5
    second    The square should | be closed | soon          after words 3 and 5: one moved by one word, one the same

    S   edits, of all places between words                   Fournier & Inkpen 2012
    B   edits, of all boundaries that either sets            Fournier 2013

S counts a move as one edit, as the paper and segeval 1 do. B counts it as half, as the paper and segeval 2 do by default. A text
has many places between words and few boundaries, so that S is near 1 for any two analysts; B tells more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from argmap.diff.agreements.unitizing import Unit


def segmentation_similarity(left: Iterable[Unit], right: Iterable[Unit], words: Sequence[Unit]) -> float | None:
    """Compute S: the share of places between words where both set a boundary or both set none (Fournier & Inkpen 2012).

    S = 1 − edits / (words − 1). To add or take away a boundary is one edit; to move it by one word is one as well, and not two.

    Parameters
    ----------
    left, right
        Units of either analyst, in characters.
    words
        Places of the words of the text.
    """
    return similarity_s(count_boundaries(left, right, words))


def boundary_similarity(left: Iterable[Unit], right: Iterable[Unit], words: Sequence[Unit]) -> float | None:
    """Compute B: the share of the boundaries of either analyst that both set (Fournier 2013); parameters as for S.

    B = 1 − (added + moved / 2) / (added + moved + shared). `None` where nobody sets a boundary.
    """
    return similarity_b(count_boundaries(left, right, words))


def count_boundaries(left: Iterable[Unit], right: Iterable[Unit], words: Sequence[Unit]) -> Counter[Any]:
    """Count places between words, and boundaries that are shared, moved by one word, and added."""
    mine, yours = _boundaries(left, words), _boundaries(right, words)
    only_mine, only_yours = sorted(mine - yours), sorted(yours - mine)
    moved = n = m = 0
    while n < len(only_mine) and m < len(only_yours):
        gap = only_mine[n] - only_yours[m]
        if abs(gap) == 1:
            moved, n, m = moved + 1, n + 1, m + 1
        elif gap < 0:
            n += 1
        else:
            m += 1
    added = len(only_mine) + len(only_yours) - 2 * moved
    return Counter({"places": max(len(words) - 1, 0), "shared": len(mine & yours), "moved": moved, "added": added})


def similarity_s(counts: Mapping[Any, float]) -> float | None:
    """Compute S from counts of one text or several."""
    places = counts.get("places", 0)
    return 1 - (counts.get("added", 0) + counts.get("moved", 0)) / places if places else None


def similarity_b(counts: Mapping[Any, float]) -> float | None:
    """Compute B from counts of one text or several."""
    added, moved = counts.get("added", 0), counts.get("moved", 0)
    total = added + moved + counts.get("shared", 0)
    return 1 - (added + moved / 2) / total if total else None


def _boundaries(units: Iterable[Unit], words: Sequence[Unit]) -> set[int]:
    """Places between words, counted from 1, at which a unit starts or ends."""
    starts = [start for start, _ in words]
    found = {bisect_left(starts, edge) for unit in units for edge in unit}
    return {place for place in found if 0 < place < len(words)}
