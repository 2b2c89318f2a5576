"""Names for reading and writing BRAT, and the cutting of a stretch of text at line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from argmap.model import Commitment, Force, Kind

NAME = "brat"
SOURCE = "text"
"""Id of the source: BRAT has one text, and no name for it."""
BETWEEN = "\n\n"
"""Separates the text from the claims written below it."""
TYPE_OF_ROLE = {"thesis": "MajorClaim", "claim": "Claim", "supporting point": "Premise"}
WORD_OF = {"support": "supports", "attack": "attacks", "rephrase": "rephrases"}
VALUES = {"Kind": get_args(Kind), "Commitment": get_args(Commitment), "Force": get_args(Force)}
"""Attributes that a claim has a field for, and their values."""
_BREAKS = "\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029"
_BREAK = re.compile(f"[{_BREAKS}]")
_UNBROKEN = re.compile(f"[^{_BREAKS}]+")
_SPACE = re.compile(r"\s*")
Spans = list[tuple[int, int]]


def is_major(type_: str) -> bool:
    """Return whether a type means the major claim, however spelt."""
    return re.sub(r"[^a-z]", "", type_.casefold()) == "majorclaim"


def pieces(text: str, start: int, end: int) -> Spans:
    r"""Cut a stretch of a text where its line breaks, since a line of annotation cannot show that.

    >>> pieces("It rusts,\n  badly.", 0, 18)
    [(0, 9), (12, 18)]
    """
    if not _BREAK.search(text, start, end) and not _SPACE.fullmatch(text, start, end):
        return [(start, end)]
    found = ((match.start(), match[0]) for match in _UNBROKEN.finditer(text, start, end) if match[0].strip())
    return [(at + len(words) - len(words.lstrip()), at + len(words.rstrip())) for at, words in found]


def joined(text: str, spans: Iterable[tuple[int, int]]) -> Spans:
    """Join stretches with only a line break between them; the reverse of `pieces`."""
    whole: Spans = []
    for start, end in spans:
        before = whole[-1][1] if whole else start
        if before < start and _BREAK.search(text, before, start) and _SPACE.fullmatch(text, before, start):
            first = whole[-1][0]
            # Where they are cut again, no space is left at their ends.
            whole[-1] = (_SPACE.match(text, first).end(), start + len(text[start:end].rstrip()))  # type: ignore[union-attr]
        else:
            whole.append((start, end))
    return whole
