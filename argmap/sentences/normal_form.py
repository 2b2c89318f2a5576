"""Reduce sentences to what they say, and make them safe to print."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ`´′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–−", "-"),
        "—": " - ",
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
    }
)
"""Marks that differ in looks alone; soft hyphens and joiners go."""
_FRENCH_SPACES = re.compile(r"(?<=«)\s+|(?<!\s)\s+(?=[»;:!?])")
"""The spaces that French sets inside quotation marks and before other marks."""


@lru_cache(maxsize=1 << 14)
def normalise(text: str) -> str:
    """Leave out of a sentence what does not change what it says: case, spacing, typographic marks, a final full stop.

    >>> normalise("  The  “Treaty” holds. ")
    'the "treaty" holds'
    """
    plain = _FRENCH_SPACES.sub("", unicodedata.normalize("NFKC", text)).translate(_SAME)
    return _SPACES.sub(" ", plain).strip().rstrip(" .。").casefold()
