"""Choose the best one-to-one assignment among scored pairs.

Each end may be chosen once, and the sum of the scores is the largest possible (Jonker & Volgenant 1987, by lapx). Pairs
fall into groups that share no end, and each group is solved alone: many groups are single pairs, and a few are small tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from argmap.grouping import Groups

Scored = tuple[int, int, float]
"""Place on the left, place on the right, score in [0, 1]."""

LARGEST = 4_000_000
"""Cells of the largest table that is solved exactly; a larger one, of claims that all look alike, is chosen greedily."""
HINT = 1e-7
"""Bonus for pairs that keep the order of the maps, which decides between equal scores."""


def assign(pairs: Sequence[Scored]) -> list[int]:
    """Return the places of the chosen pairs in the list, ascending."""
    return sorted(n for group in _groups(pairs) for n in _solve(pairs, group))


def _groups(pairs: Sequence[Scored]) -> list[list[int]]:
    """Return groups of pairs that share an end, also by way of others."""
    connected = Groups()
    for left, right, _ in pairs:
        connected.connect(("left", left), ("right", right))
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for n, (left, _, _) in enumerate(pairs):
        groups[connected.of(("left", left))].append(n)
    return list(groups.values())


def _solve(pairs: Sequence[Scored], group: list[int]) -> list[int]:
    if len(group) == 1:
        return group
    rows = {end: place for place, end in enumerate(sorted({pairs[n][0] for n in group}))}
    columns = {end: place for place, end in enumerate(sorted({pairs[n][1] for n in group}))}
    if len(rows) * len(columns) > LARGEST:
        return _greedy(pairs, group)
    import lap
    import numpy as np

    cost = np.ones((len(rows), len(columns)))
    place = {}
    for n in group:
        left, right, score = pairs[n]
        at = rows[left], columns[right]
        cost[at] = 1 - score + HINT * ((at[0] - at[1]) / max(cost.shape)) ** 2
        place[at] = n
    chosen = zip(*(side.tolist() for side in lap.lapjvx(cost, extend_cost=True, return_cost=False)), strict=True)
    return [place[cell] for cell in chosen if cell in place]


def _greedy(pairs: Sequence[Scored], group: list[int]) -> list[int]:
    """The highest score first."""
    lefts: set[int] = set()
    rights: set[int] = set()
    chosen = []
    for n in sorted(group, key=lambda n: (-pairs[n][2], abs(pairs[n][0] - pairs[n][1]), pairs[n])):
        left, right, _ = pairs[n]
        if left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
            chosen.append(n)
    return chosen
