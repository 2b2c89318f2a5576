"""Find every place of given words in a text, for one quote or for ten thousand.

Looking for each quote by itself reads the whole text each time: 10,000 quotes of a book take minutes.
`Searchable` reads it once, notes where the first characters of every quote occur, and then looks only there. Where
many quotes begin alike, these places are sorted by the words that follow, as in a dictionary.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cached_property

from argmap.anchor.fold import Folded, fold, plain
from argmap.model import Quote, Span

SEED = 12
"""First characters of a quote that are noted."""
SORTED = 60
"""Characters by which the places of one beginning are sorted."""
FEW = 20
"""Up to so many quotes, searching for each by itself is quicker."""
SLACK = 200
"""Characters beyond a prefix's own length in which it may hide behind space and line breaks."""
LONG_WORD = 20
"""Characters after which a word is long."""


class Searchable:
    """A text, prepared for the quotes to be found in it."""

    def __init__(self, text: str, quotes: Collection[Quote] = ()) -> None:
        self.text = text
        self._quotes = quotes

    def places(self, quote: Quote) -> Iterator[tuple[Span, bool]]:
        """Yield each place of a quote in the order of the text, and whether the spelling is exact.

        Folded spellings count only where no exact one fits.
        """
        exact = False
        for start in self._exact.find(quote.exact):
            end = start + len(quote.exact)
            if in_context(self.text, start, end, quote):
                exact = True
                yield Span(start=start, end=end), True
        wanted = plain(quote.exact)
        if exact or not wanted:
            return
        before: Span | None = None
        for start in self._alike.find(wanted):
            span = self._folded.span(start, start + len(wanted))
            # Three dots may be one character: each of the three would find it again.
            if span != before and in_context(self.text, span.start, span.end, quote):
                yield span, False
            before = span

    @cached_property
    def _exact(self) -> _Index:
        return _Index(self.text, [quote.exact for quote in self._quotes])

    @cached_property
    def _folded(self) -> Folded:
        return fold(self.text)

    @cached_property
    def _alike(self) -> _Index:
        return _Index(self._folded.text, [plain(quote.exact) for quote in self._quotes])


class _Index:
    """The places of the beginnings of many needles."""

    def __init__(self, text: str, needles: Collection[str]) -> None:
        self.text = text
        self.seeds: dict[str, list[int]] = {}
        """Places of each beginning, sorted by the `SORTED` characters there."""
        self._found: dict[str, list[int]] = {}
        if len(needles) <= FEW:
            return
        wanted = {needle[:SEED] for needle in needles if len(needle) >= SEED}
        found: defaultdict[str, list[int]] = defaultdict(list)
        for start in range(len(text) - SEED + 1):
            if (piece := text[start : start + SEED]) in wanted:
                found[piece].append(start)
        self.seeds = {seed: sorted(found[seed], key=lambda start: text[start : start + SORTED]) for seed in wanted}

    def find(self, needle: str) -> Iterator[int]:
        """Yield each offset of `needle`, overlapping ones too."""
        if needle[:SEED] not in self.seeds:
            yield from occurrences(self.text, needle)
        else:
            starts = self._starts(needle[:SORTED])
            yield from (start for start in starts if self.text.startswith(needle, start))

    def _starts(self, beginning: str) -> list[int]:
        """Return the places of the beginning of a noted needle, in the order of the text."""
        if beginning not in self._found:
            places = self.seeds[beginning[:SEED]]

            def words(start: int) -> str:
                return self.text[start : start + len(beginning)]

            first, end = (cut(places, beginning, key=words) for cut in (bisect_left, bisect_right))
            # Equal quotes ask again for the same; put in order each time, they would take quadratic time.
            self._found[beginning] = sorted(places[first:end])
        return self._found[beginning]


def occurrences(text: str, needle: str) -> Iterator[int]:
    """Yield each offset of `needle` in `text`, overlapping ones too."""
    start = text.find(needle)
    while start >= 0:
        yield start
        start = text.find(needle, start + 1)


def in_context(text: str, start: int, end: int, quote: Quote) -> bool:
    """Return whether the prefix and suffix of a quote stand around `text[start:end]`; typography may differ."""
    if quote.prefix:
        words = plain(quote.prefix)
        if not plain(text[max(0, start - 2 * len(quote.prefix) - SLACK) : start]).endswith(words):
            return False
    if quote.suffix:
        words = plain(quote.suffix)
        return plain(text[end : end + 2 * len(quote.suffix) + SLACK]).startswith(words)
    return True


def contexts(text: str, span: Span) -> Iterator[tuple[str, str]]:
    """Yield the words before and after a span: one on each side, then two, later in larger steps."""
    start, end, stride = span.start, span.end, 1.0
    while start > 0 or end < len(text):
        for _ in range(int(stride)):
            start, end = _word_before(text, start), _word_after(text, end)
        stride *= 1.2
        yield " ".join(text[start : span.start].split()), " ".join(text[span.end : end].split())


def _word_before(text: str, at: int) -> int:
    """Return the start of the word before `at`; long words, and scripts without spaces, are taken in pieces."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    least = max(0, at - LONG_WORD)
    while at > least and not text[at - 1].isspace():
        at -= 1
    return at


def _word_after(text: str, at: int) -> int:
    """Return the end of the word after `at`."""
    while at < len(text) and text[at].isspace():
        at += 1
    most = min(len(text), at + LONG_WORD)
    while at < most and not text[at].isspace():
        at += 1
    return at
