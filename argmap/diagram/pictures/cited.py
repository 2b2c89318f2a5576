"""Cite the words of a text that put it on a step of a scale."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from argmap.model import Claim, Map, Mode, Position
from argmap.text_tools import QuoteStatus, as_quoted

ENDS = " .,;:\"”“'"
"""Words that are cut from the end of a cited passage."""


def cited(quotes: Sequence[tuple[str, QuoteStatus]], origin: str | None) -> str:
    """Print a claim's first quote, from the words on that a label's origin cites; "" if no quote stands in the text.

    `quotes` gives the words of each quote of the claim, and whether they were found.
    """
    exact, status = next((quote for quote in quotes if quote[1] != "failed"), ("", "failed"))
    if not exact:
        return ""
    exact = " ".join(exact.split())
    for found in re.finditer(r"[“\"]([^“”\"]+)[”\"]", origin or ""):
        words: str = found[1]
        if words in exact:
            return as_quoted(words, status)
    return as_quoted(exact.strip(ENDS), status)


def speaking(map_: Map, issue: str, position: str, mode: Mode, far: Mapping[str, int]) -> Claim | None:
    """Return the claim that puts a text on a step in a mode: the author's own, then the nearest to the thesis."""
    from argmap.diff.map_index import places  # a map is drawn without the machinery that compares maps

    claims = [
        claim
        for claim in map_.claims.values()
        if claim.issue == issue and claim.position == position and claim.mode == mode and places(claim)
    ]
    return min(claims, key=lambda claim: (claim.commitment == "reported", far.get(claim.id, 99)), default=None)


def is_analysts(position: Position) -> bool:
    """Tell whether a step's label is the analyst's own."""
    return position.origin is None or "analyst" in position.origin
