"""Normalise and compare sentences."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_SAME = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


def normalise(text: str) -> str:
    """A sentence without what does not change what it says: case, spacing, typographic marks, a final full stop.

    >>> normalise("  The  “Treaty” holds. ")
    'the "treaty" holds'
    """
    plain = unicodedata.normalize("NFKC", text).translate(_SAME)
    return _SPACES.sub(" ", plain).strip().rstrip(".").casefold()
