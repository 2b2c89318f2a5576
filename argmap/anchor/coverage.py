"""Find what a map leaves out: every sentence of a text is quoted, set aside with a reason, or left out.

Page furniture is not part of the body. A sentence with furniture inside it stays one sentence, without the furniture.
Words are counted, not characters, so that a quote which only brushes a sentence's full stop does not count.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from argmap.grouping import merge_spans
from argmap.model import Span
from argmap.sentences.split import split
from argmap.sentences.words import word_spans


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sentences of a source's body by what the map says of them, each group in the order of the text."""

    quoted: tuple[Span, ...]
    """Sentences in which some claim quotes at least a word."""
    non_argumentative: tuple[Span, ...]
    """Sentences that the source lists as claiming nothing."""
    left_out: tuple[Span, ...]
    """Sentences that the map does not mention."""
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
    inside_quotes, set_aside, furniture = _Merged(quoted), _Merged(aside), _Merged(excluded)
    groups: dict[str, list[Span]] = {"quoted": [], "aside": [], "left out": []}
    total = total_quoted = 0
    for start, end in split(text, language):
        words = list(word_spans(text, start, end))
        if furniture.spans:
            words = [word for word in words if not furniture.contain(*word)]
        if not words:
            continue
        of_quotes = len(words)
        if not inside_quotes.contain(words[0][0], words[-1][1]):
            of_quotes = sum(inside_quotes.contain(*word) for word in words)
        total += len(words)
        total_quoted += of_quotes
        covered = not of_quotes and any(set_aside.contain(*word) for word in words)
        groups["quoted" if of_quotes else "aside" if covered else "left out"].append(Span(start=start, end=end))
    return Coverage(tuple(groups["quoted"]), tuple(groups["aside"]), tuple(groups["left out"]), total, total_quoted)


class _Merged:
    """Spans merged where they touch, so that one search tells whether a word lies inside any of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = merge_spans((span.start, span.end) for span in spans)

    def contain(self, start: int, end: int) -> bool:
        """Return whether `start`..`end` lies inside one of them."""
        at = bisect_right(self.spans, (start, math.inf)) - 1
        return at >= 0 and end <= self.spans[at][1]
