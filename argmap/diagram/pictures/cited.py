"""Cite the words of a text that put it on a step of a scale."""

from __future__ import annotations

import re
from collections.abc import Mapping

from argmap.model import Claim, Map, Mode, Position

ENDS = " .,;:\"”“'"
"""Words that are cut from the end of a cited passage."""


def cited(claim: Claim, origin: str | None) -> str:
    """Return a claim's words, from those on that a label's origin cites; "" where it has no quote.

    Parameters
    ----------
    claim
        The claim.
    origin
        Where the label of the claim's position comes from, which may cite some of the words.
    """
    if not claim.quotes:
        return ""
    exact = " ".join(claim.quotes[0].exact.split())
    for found in re.finditer(r"[“\"]([^“”\"]+)[”\"]", origin or ""):
        words: str = found[1]
        if words in exact:
            return words
    return exact.strip(ENDS)


def speaking(map_: Map, issue: str, position: str, mode: Mode, far: Mapping[str, int]) -> Claim | None:
    """Return the claim that puts a text on a step in a mode: the nearest to the thesis."""
    claims = [
        claim
        for claim in map_.claims.values()
        if claim.issue == issue and claim.position == position and claim.mode == mode and not claim.implicit
    ]
    return min(claims, key=lambda claim: far.get(claim.id, 99), default=None)


def is_analysts(position: Position) -> bool:
    """Tell whether a step's label is the analyst's own."""
    return position.origin is None or "analyst" in position.origin
