"""Measure how far two analysts of one text agree.

    percentage   claims that both saw, of all claims                     Dice 1945
    κ            relations between shared claims, chance taken off       Cohen 1960
    αU           where in the text the claims stand, chance taken off    Krippendorff 1995, 2004
    S            the same, as boundaries between words                   Fournier & Inkpen 2012
    CASS         S and κ in one                                          Duthie et al. 2016

Each is 1 for two maps that say the same. A figure that has no meaning for the two maps (no claim shared, no text) is `None`, never 0.

The distance between two readers of one text is also the *noise floor* of a comparison of two texts: a smaller shift
may come from the readers and not from the texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Literal

from argmap.diff.classify.relations import Common, Term
from argmap.diff.classify.scales import Scales
from argmap.diff.classify.shifts import moves_on
from argmap.diff.map_index import MapIndex
from argmap.diff.match.match_state import Match
from argmap.diff.match.steps import match
from argmap.diff.model import Diff, End, Stand
from argmap.model import Id, Map, Value, replace

Unit = tuple[int, int]
"""The start and the end (not included) of one claim's stretch of a text."""
_WORD = re.compile(r"\w+")


class Reads(Value):
    """The positions that two analysts give one text on one issue."""

    issue: Id
    before: Stand
    after: Stand
    steps: int | None = None
    """Steps between them; `None` if one of them gives no position."""


class Agreement(Value):
    """The agreement of two maps of one text; the function that computes a figure explains it."""

    format: Literal["argmap-agreement/1"] = "argmap-agreement/1"
    before: End
    after: End
    shared: int
    """Claims of `before` that `after` has too."""
    only_before: int
    only_after: int
    percentage: float | None = None
    """Shared claims of all, in [0, 1]."""
    relations: float | None = None
    """Relations between shared claims that both draw, of all drawn between shared claims, in [0, 1]."""
    kappa: float | None = None
    alpha: float | None = None
    segmentation: float | None = None
    cass: float | None = None
    reads: tuple[Reads, ...] = ()


def agreement(a: Map, b: Map) -> Agreement:
    """Measure how far two analysts of one text agree.

    Parameters
    ----------
    a, b
        Their maps, in any order: all figures stay the same when they are swapped.
    """
    before, after = MapIndex(a), MapIndex(b)
    matches = [found for found in match(before, after, "annotators") if found.status == "accepted" or not _both(found)]
    common = Common(before, after, matches)
    shared = [found for found in matches if _both(found)]
    seen = sum(len(found.before) for found in shared), sum(len(found.after) for found in shared)
    total = len(a.claims) + len(b.claims)
    kappa = cohen_kappa(_drawn(common))
    cut = _units(before, after)
    segmentation = segmentation_similarity(*cut[:2], cut[2]) if cut else None
    return Agreement(
        before=before.end,
        after=after.end,
        shared=seen[0],
        only_before=len(a.claims) - seen[0],
        only_after=len(b.claims) - seen[1],
        percentage=_rounded(sum(seen) / total if total else None),
        relations=_rounded(_ties(common)),
        kappa=_rounded(kappa),
        alpha=_rounded(krippendorff_alpha_u(cut[:2], len(cut[2])) if cut else None),
        segmentation=_rounded(segmentation),
        cass=_rounded(cass(segmentation, kappa)),
        reads=tuple(_reads(before, after)),
    )


def with_noise(diff: Diff, floor: Agreement) -> Diff:
    """Return a diff in which each shift has the distance between two readers of one text on its issue.

    Parameters
    ----------
    diff
        A diff of positions.
    floor
        The agreement of two analysts of one of the texts, or of a similar one, under the same codebook.
    """
    steps = {read.issue: abs(read.steps) for read in floor.reads if read.steps is not None}
    return replace(diff, shifts=tuple(replace(shift, noise=steps.get(shift.issue)) for shift in diff.shifts))


def cohen_kappa(items: Mapping[tuple[str, str], int]) -> float | None:
    """Compute the agreement of two coders on the same items, corrected for chance (Cohen 1960).

    κ = (pₒ − pₑ) / (1 − pₑ), with pₒ the share of items coded alike and pₑ the share expected if each coder kept his own
    proportions and chose at random. `None` where there is no item, or where both use one and the same code only.

    Parameters
    ----------
    items
        Number of items with each pair of codes, by the first coder and by the second.
    """
    n = sum(items.values())
    if not n:
        return None
    observed = sum(count for (mine, yours), count in items.items() if mine == yours) / n
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for (mine, yours), count in items.items():
        left[mine] += count
        right[yours] += count
    expected = sum(left[code] * right[code] for code in left) / n**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorff_alpha_u(observers: Sequence[Sequence[Unit]], length: int) -> float | None:
    """Compute the agreement on the places of units in a continuum, corrected for chance (Krippendorff 1995; 2004, pp. 251–256), for one kind of unit.

    αU = 1 − Dₒ / Dₑ. Two units that overlap differ by (difference of starts)² + (difference of ends)², a unit inside a gap
    of the other observer by its length squared; all else by nothing. `None` where nobody marks a unit, or chance cannot err.

    Parameters
    ----------
    observers
        The units of each observer, in any order; those of one observer must not overlap.
    length
        Length of the continuum, which starts at 0, in the units' own measure.
    """
    stretches = [_sections(units, length) for units in observers]
    count = len(observers)
    observed = sum(
        _distance(g, h)
        for i, j in product(range(count), repeat=2)
        if i != j
        for g, h in _meeting(stretches[i], stretches[j])
    ) / (count * (count - 1) * length**2 or 1)
    sizes = [end - start for units in observers for start, end in units]
    gaps = [end - start for sections in stretches for start, end, marked in sections if not marked]
    chance = sum(
        (len(sizes) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        + size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
        for size in sizes
    )
    pairs = count * length * (count * length - 1) - sum(size * (size - 1) for size in sizes)
    expected = 2 / length * chance / pairs if length and pairs else 0
    return None if not expected else 1 - observed / expected


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
    if len(words) < 2:
        return None
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
    return 1 - (len(only_mine) + len(only_yours) - moved) / (len(words) - 1)


def cass(segmentation: float | None, relations: float | None) -> float | None:
    """Compute the Combined Argument Similarity Score (Duthie, Lawrence, Budzynska & Reed 2016), in the version with κ.

    CASS = 2 · M · S / (M + S), the harmonic mean of the segmentation similarity S and of M, the mean of the figures on relations.
    argmap has relations between claims and none of dialogue, so M is κ; one no better than chance leaves nothing to combine: 0.
    """
    if segmentation is None or relations is None:
        return None
    if relations <= 0 or segmentation <= 0:
        return 0.0
    return 2 * relations * segmentation / (relations + segmentation)


def _both(found: Match) -> bool:
    return bool(found.before and found.after)


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)


def _drawn(common: Common) -> Counter[tuple[str, str]]:
    """List how the analysts relate each ordered pair of shared claims: support, attack, rephrase, none."""
    shared: set[Term] = {term for term in common.matched if isinstance(term, int)}
    left, right = _edges(common.ties_before, shared), _edges(common.ties_after, shared)
    tied = left.keys() | right.keys()
    items = Counter((left.get(pair, "none"), right.get(pair, "none")) for pair in tied)
    items["none", "none"] = len(shared) * (len(shared) - 1) - len(tied)
    return items


def _edges(
    signatures: Iterable[tuple[str, frozenset[Term], Term | None]], shared: set[Term]
) -> dict[tuple[Term, Term], str]:
    """The type of tie between two shared claims; of several, the first in the alphabet, so that order says nothing."""
    edges: dict[tuple[Term, Term], str] = {}
    for type_, sources, target in signatures:
        for source in sources & shared:
            if target in shared and target is not None and source != target:
                edges[source, target] = min(type_, edges.get((source, target), type_))
    return edges


def _ties(common: Common) -> float | None:
    left = Counter(tie for tie in common.ties_before if _among(common, tie))
    right = Counter(tie for tie in common.ties_after if _among(common, tie))
    drawn = left.total() + right.total()
    return 2 * (left & right).total() / drawn if drawn else None


def _among(common: Common, tie: tuple[str, frozenset[Term], Term | None]) -> bool:
    return {*tie[1], tie[2]} <= common.matched


def _units(before: MapIndex, after: MapIndex) -> tuple[list[Unit], list[Unit], list[Unit]] | None:
    """The units of either analyst and the words, in the first text that both read; overlapping claims of one analyst are one unit."""
    theirs = {source.digest: name for name, source in after.map.sources.items() if source.digest}
    for name, source in before.map.sources.items():
        if source.text and source.digest in theirs:
            words = [found.span() for found in _WORD.finditer(source.text)]
            return _stretches(before, name), _stretches(after, theirs[source.digest]), words
    return None


def _stretches(reading: MapIndex, name: str) -> list[Unit]:
    found = []
    for claim_id, claim in reading.map.claims.items():
        for quote, span in zip(claim.quotes, reading.spans.get(claim_id, ()), strict=False):
            source = reading.map.source_of(quote)
            if source and source[0] == name and span:
                found.append((span.start, span.end))
    merged: list[Unit] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _boundaries(units: Iterable[Unit], words: Sequence[Unit]) -> set[int]:
    """Places between words, counted from 1, at which a unit starts or ends."""
    from bisect import bisect_left

    starts = [start for start, _ in words]
    found = {bisect_left(starts, edge) for unit in units for edge in unit}
    return {place for place in found if 0 < place < len(words)}


def _sections(units: Iterable[Unit], length: int) -> list[tuple[int, int, bool]]:
    """The whole continuum as units (marked) and the gaps between them."""
    sections = []
    at = 0
    for start, end in sorted(units):
        if start > at:
            sections.append((at, start, False))
        sections.append((start, end, True))
        at = end
    if at < length:
        sections.append((at, length, False))
    return sections


def _meeting(
    left: Sequence[tuple[int, int, bool]], right: Sequence[tuple[int, int, bool]]
) -> Iterable[tuple[tuple[int, int, bool], tuple[int, int, bool]]]:
    """Sections of two observers that share a stretch."""
    n = m = 0
    while n < len(left) and m < len(right):
        yield left[n], right[m]
        if left[n][1] <= right[m][1]:
            n, m = n + 1, m + (left[n][1] == right[m][1])
        else:
            m += 1


def _distance(g: tuple[int, int, bool], h: tuple[int, int, bool]) -> int:
    """Compute how much a section of one observer differs from one of another; each pair counts from both sides."""
    (start, end, marked), (other_start, other_end, other_marked) = g, h
    if marked and other_marked:
        return (start - other_start) ** 2 + (end - other_end) ** 2
    if marked and other_start <= start and end <= other_end:
        return (end - start) ** 2
    if other_marked and start <= other_start and other_end <= end:
        return (other_end - other_start) ** 2
    return 0


def _reads(before: MapIndex, after: MapIndex) -> Iterable[Reads]:
    scales = Scales(before, after)
    for issue in scales.all:
        moves = moves_on(before, after, scales, issue)
        if moves:
            steps = next((move.steps for move in moves if move.from_ and move.to), None)
            yield Reads(issue=issue, before=before.stand(issue), after=after.stand(issue), steps=steps)
