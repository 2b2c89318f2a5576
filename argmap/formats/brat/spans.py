"""Cut a stretch of a text as BRAT does, where its line breaks, and join the pieces again."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BREAKS = "\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029"
_BREAK = re.compile(f"[{_BREAKS}]")
_UNBROKEN = re.compile(f"[^{_BREAKS}]+")
_SPACE = re.compile(r"\s*")
Spans = list[tuple[int, int]]


def pieces(text: str, start: int, end: int) -> Spans:
    r"""Cut a stretch of a text where its line breaks, since a line of annotation cannot show that.

    >>> pieces("It rusts,\n  badly.", 0, 18)
    [(0, 9), (12, 18)]
    """
    if not _BREAK.search(text, start, end):
        return [] if _SPACE.fullmatch(text, start, end) else [(start, end)]
    found = []
    for match in _UNBROKEN.finditer(text, start, end):
        words = match[0].strip()
        if words:
            at = match.start() + match[0].index(words)
            found.append((at, at + len(words)))
    return found


def joined(text: str, spans: Iterable[tuple[int, int]]) -> Spans:
    """Join stretches that nothing but a line break parts: `pieces` undone."""
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
