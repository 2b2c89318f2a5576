"""Choose where each claim is drawn in full: under the relation nearest the thesis of which it is a source.

A claim may support several conclusions. It is drawn in full once, and has a number by which the others point to it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from argmap.diagram.pictures.map.relation_index import RelationIndex

Node = str | int
"""A claim by its id, or a relation by its number."""


@dataclass(slots=True)
class Homes:
    """Places of the claims, and what is on top."""

    tops: list[Node] = field(default_factory=list)
    """Claims under no other, and relations that lead to no claim, in the order of the picture."""
    of: dict[str, int] = field(default_factory=dict)
    """Relation under which a claim is drawn."""
    numbers: dict[str, int] = field(default_factory=dict)
    """Numbers of the claims that others point to, in reading order."""


def settle(index: RelationIndex, shown: frozenset[str], group_of: Callable[[str], str | None]) -> Homes:
    """Give every shown claim a place; a claim is only drawn under claims of its own group."""
    return _Placing(index, shown, group_of).homes()


class _Placing:
    def __init__(self, index: RelationIndex, shown: frozenset[str], group_of: Callable[[str], str | None]) -> None:
        self.index, self.shown, self.group_of = index, shown, group_of
        self.found = Homes()
        self.placed: set[str] = set()

    def homes(self) -> Homes:
        """Place the thesis, then claims under no other, then relations without a claim, then circles."""
        index, shown = self.index, self.shown
        if index.map.thesis in shown:
            self._spread(str(index.map.thesis), self.group_of(str(index.map.thesis)))
        for claim in index.claims:
            if claim in shown and claim not in self.placed and not self._has_home(claim):
                self._spread(claim, self.group_of(claim))
        for n in range(len(index.relations)):
            if index.head(n) == n and is_drawn(index, shown, n):
                sources = [source for source in index.relations[n].by if source in shown]
                self._spread(n, self.group_of(sources[0]) if sources else None)
        for claim in index.claims:
            if claim in shown and claim not in self.placed:
                self._spread(claim, self.group_of(claim))
        _number(index, shown, self.found)
        return self.found

    def _spread(self, top: Node, group: str | None) -> None:
        """Place a top and all claims of its group below it, the nearest first."""
        self.found.tops.append(top)
        if isinstance(top, str):
            self.placed.add(top)
        queue: deque[Node] = deque([top])
        while queue:
            for n in _with_below(self.index, queue.popleft()):
                for source in self.index.relations[n].by:
                    if source in self.shown and source not in self.placed and self.group_of(source) == group:
                        self.placed.add(source)
                        self.found.of[source] = n
                        queue.append(source)

    def _has_home(self, claim: str) -> bool:
        """True if a claim can be drawn under one of its relations."""
        heads = map(self.index.head, self.index.out_of(claim))
        return any(
            isinstance(head, int)
            or (head in self.shown and head != claim and self.group_of(head) == self.group_of(claim))
            for head in heads
        )


def _with_below(index: RelationIndex, node: Node) -> Iterator[int]:
    """A relation itself, and all relations under a claim or relation."""
    if isinstance(node, int):
        yield node
    yield from index.under(node)


def is_drawn(index: RelationIndex, shown: frozenset[str], n: int) -> bool:
    """True if a relation is drawn: one of its sources is shown, and the claim that it leads to."""
    head, by = index.head(n), index.relations[n].by
    leads = isinstance(head, int) or head in shown
    return leads and (not by or any(source in shown or source not in index.claims for source in by))


def _number(index: RelationIndex, shown: frozenset[str], homes: Homes) -> None:
    pointed_to = {
        source
        for n, relation in enumerate(index.relations)
        if is_drawn(index, shown, n)
        for source in relation.by
        if source in shown and homes.of.get(source) != n
    }
    stack = homes.tops[::-1]
    while stack:
        node = stack.pop()
        if isinstance(node, str) and node in pointed_to:
            homes.numbers[node] = len(homes.numbers) + 1
        below = [
            source for n in _with_below(index, node) for source in index.relations[n].by if homes.of.get(source) == n
        ]
        stack.extend(dict.fromkeys(reversed(below)))
