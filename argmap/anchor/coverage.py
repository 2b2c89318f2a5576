"""Find what a map leaves out: every sentence of a text is quoted, set aside with a reason, or left out.

Page furniture is not part of the body. A sentence with furniture inside it stays one sentence, without the furniture.
Words are counted, not characters, so that a quote which only brushes a sentence's full stop does not count.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from argmap.grouping import merge_spans
from argmap.model import Span
from argmap.sentences.split import split_once
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
    for start, end in split_once(text, language):
        words = list(word_spans(text, start, end))
        if hidden := furniture.within(words):
            words = [word for word in words if word not in hidden]
        if not words:
            continue
        of_quotes = len(inside_quotes.within(words))
        total += len(words)
        total_quoted += of_quotes
        covered = not of_quotes and set_aside.within(words)
        groups["quoted" if of_quotes else "aside" if covered else "left out"].append(Span(start=start, end=end))
    return Coverage(tuple(groups["quoted"]), tuple(groups["aside"]), tuple(groups["left out"]), total, total_quoted)


class _Merged:
    """Spans merged where they touch, so that one search tells which words of a sentence lie inside any of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = merge_spans((span.start, span.end) for span in spans)

    def within(self, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return those of some words, which are in the order of the text, that lie inside one of the spans."""
        if not words:
            return []
        first, last = words[0][0], words[-1][1]
        near = self.spans[max(bisect_right(self.spans, (first, math.inf)) - 1, 0) : bisect_left(self.spans, (last, 0))]
        if not near:
            return []
        if near[0][0] <= first and last <= near[0][1]:
            return words
        return [word for word in words if any(start <= word[0] and word[1] <= end for start, end in near)]
