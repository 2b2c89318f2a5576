"""Choose the claims to show: all, those near a claim, or those not too deep."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator

from argmap.diagram.pictures.map.relation_index import RelationIndex

MOST = 3000
"""If there are more claims, the deepest are folded."""


def shown(index: RelationIndex, focus: str | None, depth: int | None) -> frozenset[str]:
    """Choose the claims to show.

    With a `focus`: those within `depth` links of that claim (2 by default), in both directions. Without one: those
    within `depth` links below the thesis, or below other claims on top.
    """
    if focus is not None:
        return _near(index, focus, 2 if depth is None else depth)
    far = _depths(index)
    if depth is None:
        depth = _deepest(far)
    return frozenset(claim for claim, steps in far.items() if steps <= depth)


def _deepest(far: dict[str, int]) -> int:
    """Largest depth with at most `MOST` claims."""
    sizes = Counter(far.values())
    depth, total = 0, sizes[0]
    while depth + 1 in sizes and total + sizes[depth + 1] <= MOST:
        depth += 1
        total += sizes[depth]
    return depth


def _near(index: RelationIndex, focus: str, depth: int) -> frozenset[str]:
    near, edge = {focus}, [focus]
    for _ in range(depth):
        found = dict.fromkeys(far for claim in edge for far in _neighbours(index, claim) if far in index.claims)
        edge = [far for far in found if far not in near]
        near.update(edge)
    return frozenset(near)


def _neighbours(index: RelationIndex, claim: str) -> Iterator[str]:
    for n in index.under(claim):
        yield from index.relations[n].by
    for n in index.out_of(claim):
        head = index.head(n)
        if isinstance(head, str):
            yield head


def _depths(index: RelationIndex) -> dict[str, int]:
    """Number of links from each claim to the top of its tree."""
    far: dict[str, int] = {}
    for top in _tops(index):
        if top in far:
            continue
        far[top] = 0
        queue = deque([top])
        while queue:
            claim = queue.popleft()
            for n in index.under(claim):
                for source in index.relations[n].by:
                    if source in index.claims and source not in far:
                        far[source] = far[claim] + 1
                        queue.append(source)
    return far


def _tops(index: RelationIndex) -> Iterator[str]:
    """The theses, then claims that lead nowhere, then claims in circles."""
    yield from (thesis for thesis in index.map.theses if thesis in index.claims)
    yield from (claim for claim in index.claims if not index.out_of(claim))
    yield from index.claims
