"""Order the rows, so that rows whose claims support each other stand together and can be drawn nested."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from argmap.diagram.pictures.how.text import Text

if TYPE_CHECKING:
    from argmap.diagram.pictures.how.rows import Row

SWAPS = 4_000
"""Steps of the search for an order of the rows."""


def ordered(rows: Sequence[Row], before: Text, after: Text, codebook: Sequence[str]) -> list[Row]:
    """Search for the order with most nestings on both sides; the seed is fixed, so the order is as well."""
    chance = random.Random(0)  # noqa: S311 - the same order each time
    rank = {issue: n for n, issue in enumerate(codebook)}
    order = sorted(rows, key=lambda row: rank.get(row.issue or "", len(rank)))
    if len(order) < 3:
        return order
    ways = _ways([row.before for row in order], before), _ways([row.after for row in order], after)
    best, score = order, _nested(order, ways, rank)
    current, current_score = best, score
    for _ in range(SWAPS):
        tried = list(current)
        start, end = chance.randrange(len(tried)), chance.randrange(len(tried))
        tried.insert(end, tried.pop(start))
        found = _nested(tried, ways, rank)
        if found >= current_score:
            current, current_score = tried, found
            if found > score:
                best, score = tried, found
    return list(best)


def _nested(rows: Sequence[Row], ways: tuple[_Ways, _Ways], rank: Mapping[str, int]) -> int:
    sides = _parents([row.before for row in rows], ways[0]), _parents([row.after for row in rows], ways[1])
    score = 0
    for found in sides:
        places = [parent for parent in found if parent is not None]
        score += 100 * len(places)
        score -= 10 * sum(parent > n for n, parent in enumerate(found) if parent is not None)
    ranks = [rank.get(row.issue or "", len(rank)) for row in rows]
    return score - sum(ranks[i] > ranks[j] for i in range(len(ranks)) for j in range(i + 1, len(ranks)))


def parents(rows: Sequence[Row], before: Text, after: Text) -> tuple[list[int | None], list[int | None]]:
    """Find for each row and side the row that its claim is drawn nested under or over.

    That is the row of its nearest drawn ancestor, if all rows between the two are nested there as well.
    """
    sides = [row.before for row in rows], [row.after for row in rows]
    return _parents(sides[0], _ways(sides[0], before)), _parents(sides[1], _ways(sides[1], after))


_Ways = Mapping[str, str | None]
"""For each drawn claim, its nearest drawn ancestor."""


def _ways(claims: Sequence[str], text: Text) -> _Ways:
    drawn = {*claims}
    return {claim: next((step for step in text.way(claim) if step in drawn), None) for claim in claims}


def _parents(claims: Sequence[str], ways: _Ways) -> list[int | None]:
    place: dict[str | None, int] = {claim: n for n, claim in enumerate(claims)}
    above = [place.get(ways[claim]) for claim in claims]
    found: list[int | None] = [None] * len(claims)
    for n, parent in enumerate(above):
        if parent is not None:
            step = 1 if n > parent else -1
            if all(above[k] == parent for k in range(parent + step, n, step)) and above[parent] is None:
                found[n] = parent
    return found
