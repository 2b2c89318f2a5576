"""BRAT standoff: annotations beside a text."""

from __future__ import annotations

import re

from argmap.formats.common.format import Content, Format

_CARRIES = frozenset(
    {
        "theses",
        "supports",
        "rephrases",
        "quotes",
        "sources",
        "kinds",
        "commitments",
        "forces",
        "implicit premises",
        "notes",
    }
    | {"layout", "control characters", "claim ids", "order"}
)


def _matches(content: Content) -> bool:
    """Look for a line that binds a type to a stretch of the text."""
    return re.search(r"^T\d+\t\S+ \d+ \d+", content.head, re.MULTILINE) is not None


FORMAT = Format("brat", "BRAT standoff", (".ann",), _CARRIES, _matches, module="reader", beside=(".txt",))
