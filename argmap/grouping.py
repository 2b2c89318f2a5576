"""Group what belongs together: stretches of text that touch, and things that pairs connect."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import groupby
from operator import itemgetter


def merge_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, with those that overlap or touch made one.

    >>> merge_spans([(5, 7), (0, 2), (1, 4), (7, 9)])
    [(0, 4), (5, 9)]
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def merge_places(places: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """As `merge_spans`, for spans of several sources: (source, start, end).

    >>> merge_places([("b", 0, 2), ("a", 1, 4), ("a", 0, 2)])
    [('a', 0, 4), ('b', 0, 2)]
    """
    by_source = groupby(sorted(places), key=itemgetter(0))
    return [
        (source, start, end)
        for source, group in by_source
        for start, end in merge_spans((start, end) for _, start, end in group)
    ]


class Groups:
    """Groups of things that pairs connect, directly or by way of others (union–find; Tarjan 1975).

    >>> groups = Groups()
    >>> groups.connect("a", "b"), groups.connect("b", "c"), groups.connect("d", "d")
    (None, None, None)
    >>> groups.of("a") == groups.of("c"), groups.of("a") == groups.of("d")
    (True, False)
    """

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def of(self, item: Hashable) -> Hashable:
        """Return one member of the group of `item`, the same for the whole group."""
        parent = self._parent
        parent.setdefault(item, item)
        while parent[item] != item:
            parent[item] = item = parent[parent[item]]
        return item

    def connect(self, left: Hashable, right: Hashable) -> None:
        """Make the groups of two things one."""
        self._parent[self.of(right)] = self.of(left)
