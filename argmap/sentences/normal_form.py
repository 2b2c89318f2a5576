"""Reduce sentences to what they say, and make them safe to print."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CONTROLS = {
    **{code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD),
}
"""C0 controls have pictures of their own in Unicode; C1 controls and bidirectional overrides have none."""
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


def printable(text: str) -> str:
    r"""Make control and direction-changing characters visible; line breaks and tabs stay.

    >>> printable("a\x1b[2Jb")
    'a␛[2Jb'
    """
    return text.translate(_CONTROLS)
