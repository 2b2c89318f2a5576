"""How much of a map is shown: all of it, what lies near a claim, or what lies not too deep."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator

from argmap.diagram.pictures.map.relation_index import Web

MOST = 3000
"""More claims than this are folded, the deepest first, until so many are left."""


def shown(web: Web, focus: str | None, depth: int | None) -> frozenset[str]:
    """The claims to show.

    Parameters
    ----------
    focus
        Only what lies within `depth` links of this claim, whichever way they run; two when left out.
    depth
        Without a focus: links below the thesis, or below whatever else stands on top.
    """
    if focus is not None:
        return _near(web, focus, 2 if depth is None else depth)
    far = _depths(web)
    if depth is None:
        depth = _deepest(far)
    return frozenset(claim for claim, steps in far.items() if steps <= depth)


def _deepest(far: dict[str, int]) -> int:
    """The depth to which no more than `MOST` claims lie."""
    sizes = Counter(far.values())
    depth, total = 0, sizes[0]
    while depth + 1 in sizes and total + sizes[depth + 1] <= MOST:
        depth += 1
        total += sizes[depth]
    return depth


def _near(web: Web, focus: str, depth: int) -> frozenset[str]:
    near, edge = {focus}, [focus]
    for _ in range(depth):
        found = dict.fromkeys(far for claim in edge for far in _neighbours(web, claim) if far in web.claims)
        edge = [far for far in found if far not in near]
        near.update(edge)
    return frozenset(near)


def _neighbours(web: Web, claim: str) -> Iterator[str]:
    for n in web.under(claim):
        yield from web.relations[n].by
    for n in web.out_of(claim):
        head = web.head(n)
        if isinstance(head, str):
            yield head


def _depths(web: Web) -> dict[str, int]:
    """Links from each claim to the top of its tree."""
    far: dict[str, int] = {}
    for top in _tops(web):
        if top in far:
            continue
        far[top] = 0
        queue = deque([top])
        while queue:
            claim = queue.popleft()
            for n in web.under(claim):
                for source in web.relations[n].by:
                    if source in web.claims and source not in far:
                        far[source] = far[claim] + 1
                        queue.append(source)
    return far


def _tops(web: Web) -> Iterator[str]:
    """The theses, then claims that lead nowhere, then whatever goes in circles."""
    yield from (thesis for thesis in web.map.theses if thesis in web.claims)
    yield from (claim for claim in web.claims if not web.out_of(claim))
    yield from web.claims
