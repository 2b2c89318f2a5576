"""The best one-to-one choice among scored pairs.

Each claim may be chosen once, and the sum of the scores is the largest possible (Jonker & Volgenant 1987, by lapx). Pairs
fall into groups that share no claim, and each group is solved alone: many groups are single pairs, and a few are small tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TypeVar

Left = TypeVar("Left", bound=Hashable)
Right = TypeVar("Right", bound=Hashable)

LARGEST = 4_000_000
"""Cells of the largest table that is solved exactly; a larger one, of claims that all look alike, is chosen greedily."""


def assign(pairs: Sequence[tuple[Left, Right, float]]) -> list[int]:
    """Places of the chosen pairs, in their order; among equals the earlier wins.

    Parameters
    ----------
    pairs
        Left end, right end, and a score above 0; pairs that may not be chosen are left out.
    """
    return sorted(n for group in _groups(pairs) for n in _solve(pairs, group))


def _groups(pairs: Sequence[tuple[Left, Right, float]]) -> list[list[int]]:
    """Pairs that share a claim, also by way of others (union–find)."""
    parent = list(range(len(pairs)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    first: dict[tuple[bool, Left | Right], int] = {}
    for n, (left, right, _) in enumerate(pairs):
        for end in ((False, left), (True, right)):
            other = first.setdefault(end, n)
            parent[root(n)] = root(other)
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(len(pairs)):
        groups[root(n)].append(n)
    return list(groups.values())


def _solve(pairs: Sequence[tuple[Left, Right, float]], group: list[int]) -> list[int]:
    if len(group) == 1:
        return group
    rows = {end: place for place, end in enumerate(dict.fromkeys(pairs[n][0] for n in group))}
    columns = {end: place for place, end in enumerate(dict.fromkeys(pairs[n][1] for n in group))}
    if len(rows) * len(columns) > LARGEST:
        return _greedy(pairs, group)
    import lap
    import numpy as np

    cost = np.ones((len(rows), len(columns)))
    place = {}
    for order, n in enumerate(group):
        left, right, score = pairs[n]
        at = rows[left], columns[right]
        cost[at] = 1 - score + order * 1e-9
        place[at] = n
    chosen, _ = lap.lapjv(cost, extend_cost=True, return_cost=False)
    return [place[row, int(column)] for row, column in enumerate(chosen) if (row, int(column)) in place]


def _greedy(pairs: Sequence[tuple[Left, Right, float]], group: list[int]) -> list[int]:
    taken: set[tuple[bool, Left | Right]] = set()
    chosen = []
    for n in sorted(group, key=lambda n: -pairs[n][2]):
        ends: set[tuple[bool, Left | Right]] = {(False, pairs[n][0]), (True, pairs[n][1])}
        if not ends & taken:
            taken |= ends
            chosen.append(n)
    return chosen
