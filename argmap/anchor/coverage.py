"""What a map leaves out: every sentence of a text is quoted, set aside with a reason, or left out.

Page furniture is not of the body. A sentence with furniture inside it stays one sentence, without the furniture.
Words are counted, not characters, so that a quote which only brushes a sentence's full stop does not count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from argmap.anchor.sentences import sentences
from argmap.model import Span

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sentences of a source's body by what the map says of them, each group in the order of the text."""

    quoted: tuple[Span, ...]
    """Sentences of which some claim quotes at least a word."""
    non_argumentative: tuple[Span, ...]
    """Sentences that the source lists as claiming nothing."""
    left_out: tuple[Span, ...]
    """Sentences that the map says nothing of."""
    words: int
    """Words of the body."""
    words_quoted: int
    """Words of the body that stand inside some claim's quote."""

    @property
    def sentences(self) -> int:
        """Sentences of the body."""
        return len(self.quoted) + len(self.non_argumentative) + len(self.left_out)

    @property
    def accounted(self) -> float:
        """Share of the sentences that are quoted or set aside, in [0, 1]; 1 for an empty body."""
        return 1 - len(self.left_out) / self.sentences if self.sentences else 1.0

    @property
    def share(self) -> float:
        """Share of the body's words that stand inside quotes, in [0, 1]; 1 for an empty body."""
        return self.words_quoted / self.words if self.words else 1.0


def cover(
    text: str,
    language: str | None,
    quoted: Iterable[Span],
    aside: Iterable[Span],
    excluded: Iterable[Span],
) -> Coverage:
    """Sort the sentences of `text` by the spans that quote them, set them aside, or exclude them."""
    inside_quotes, set_aside, furniture = _Union(quoted), _Union(aside), _Union(excluded)
    groups: dict[str, list[Span]] = {"quoted": [], "aside": [], "left out": []}
    total = total_quoted = 0
    for sentence in sentences(text, language):
        words = [match.span() for match in _WORD.finditer(text, sentence.start, sentence.end)]
        words = [word for word in words if not furniture.holds(*word)]
        if not words:
            continue
        of_quotes = sum(inside_quotes.holds(*word) for word in words)
        total += len(words)
        total_quoted += of_quotes
        covered = any(set_aside.holds(*word) for word in words)
        groups["quoted" if of_quotes else "aside" if covered else "left out"].append(sentence)
    return Coverage(tuple(groups["quoted"]), tuple(groups["aside"]), tuple(groups["left out"]), total, total_quoted)


class _Union:
    """Spans melted together, so that one search says whether any holds a word."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted((span.start, span.end) for span in spans):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def holds(self, start: int, end: int) -> bool:
        """Whether `start`..`end` lies inside."""
        at = bisect_right(self.starts, start) - 1
        return at >= 0 and end <= self.ends[at]
