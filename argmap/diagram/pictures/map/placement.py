"""Where each claim stands in full: under the relation, nearest the thesis, that it is a premise of.

A claim may serve several conclusions; it has one home, and a number by which its other conclusions point to it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from argmap.diagram.pictures.map.relation_index import Web

Node = str | int
"""A claim by its id, or a relation by its number."""


@dataclass(slots=True)
class Homes:
    """Where claims stand, and what stands on top."""

    tops: list[Node] = field(default_factory=list)
    """Claims that stand under nothing, and relations that lead to no claim, in the order of the picture."""
    of: dict[str, int] = field(default_factory=dict)
    """The relation that a claim stands under."""
    numbers: dict[str, int] = field(default_factory=dict)
    """Numbers of the claims that are pointed to, in reading order."""


def settle(web: Web, shown: frozenset[str], group_of: Callable[[str], str | None]) -> Homes:
    """Give every shown claim a place.

    Parameters
    ----------
    group_of
        A claim stands only under claims of its own group.
    """
    homes = Homes()
    placed: set[str] = set()

    def spread(top: Node, group: str | None) -> None:
        homes.tops.append(top)
        if isinstance(top, str):
            placed.add(top)
        queue: deque[Node] = deque([top])
        while queue:
            node = queue.popleft()
            for n in (*([node] if isinstance(node, int) else []), *web.under(node)):
                for source in web.relations[n].by:
                    if source in shown and source not in placed and group_of(source) == group:
                        placed.add(source)
                        homes.of[source] = n
                        queue.append(source)

    def may_stand_under(claim: str, n: int) -> bool:
        head = web.head(n)
        return isinstance(head, int) or (head in shown and head != claim and group_of(head) == group_of(claim))

    for thesis in web.map.theses:
        if thesis in shown and thesis not in placed:
            spread(thesis, group_of(thesis))
    for claim in web.claims:
        if claim in shown and claim not in placed and not any(may_stand_under(claim, n) for n in web.out_of(claim)):
            spread(claim, group_of(claim))
    for n in range(len(web.relations)):
        if web.head(n) == n and is_drawn(web, shown, n):
            sources = [source for source in web.relations[n].by if source in shown]
            spread(n, group_of(sources[0]) if sources else None)
    for claim in web.claims:
        if claim in shown and claim not in placed:
            spread(claim, group_of(claim))
    _number(web, shown, homes)
    return homes


def is_drawn(web: Web, shown: frozenset[str], n: int) -> bool:
    """Whether a relation is drawn: something of it is shown, and what it leads to in the end is."""
    head, by = web.head(n), web.relations[n].by
    leads = isinstance(head, int) or head in shown
    return leads and (not by or any(source in shown or source not in web.claims for source in by))


def _number(web: Web, shown: frozenset[str], homes: Homes) -> None:
    pointed_to = {
        source
        for n, relation in enumerate(web.relations)
        if is_drawn(web, shown, n)
        for source in relation.by
        if source in shown and homes.of.get(source) != n
    }
    stack = homes.tops[::-1]
    while stack:
        node = stack.pop()
        if isinstance(node, str) and node in pointed_to:
            homes.numbers[node] = len(homes.numbers) + 1
        under = (*([node] if isinstance(node, int) else []), *web.under(node))
        below = [source for n in under for source in web.relations[n].by if homes.of.get(source) == n]
        stack.extend(dict.fromkeys(reversed(below)))
