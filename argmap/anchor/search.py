"""Find every place of given words in a text, for one quote or for ten thousand.

Looking for each quote by itself reads the whole text each time: 10,000 quotes of a book take minutes.
`Searchable` reads it once, notes where the seed of every quote occurs, and then looks only there:

    the greatest good       its seed, from the first space on: " greatest go"

The places of one seed are sorted by the words that follow, as in a dictionary, since many quotes may begin alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple
from unicodedata import category

from argmap.anchor.edges import is_whole
from argmap.anchor.fold import HYPHEN, SPACE, Folded, fold, loosened, matches, normal, plain
from argmap.model import Quote, Span

SEED = 12
"""Characters of a quote that are noted."""
SORTED = 60
"""Characters by which the places of one seed are sorted."""
FEW = 20
"""Up to so many quotes, searching for each by itself is quicker."""
SLACK = 200
"""Characters beyond a prefix's own length in which it may hide behind space and line breaks."""
LONG_WORD = 20
"""Characters after which a word is long."""


class Found(NamedTuple):
    """A place of a quote."""

    span: Span
    exact: bool
    """False when the typography differs."""
    whole: bool
    """False when it begins or ends inside a word or a figure."""


class Searchable:
    """A text, prepared for the quotes to be found in it."""

    def __init__(self, text: str, quotes: Collection[Quote] = ()) -> None:
        self.text = text
        self._quotes = quotes

    def places(self, quote: Quote) -> Iterator[Found]:
        """Yield each place of a quote: as it is spelt, in the order of the text, then in other typography.

        Other typography counts only where no place fits exactly and from word to word.
        """
        starts: set[int] = set()
        ends: set[int] = set()
        for exact, spans in ((True, self._exact_spans), (False, self._folded_spans), (False, self._loose_spans)):
            whole = False
            for span in spans(quote):
                is_seen = not exact and (span.start in starts or span.end in ends)
                if is_seen or not in_context(self.text, span.start, span.end, quote):
                    continue
                starts.add(span.start)
                ends.add(span.end)
                found = Found(span, exact, is_whole(normal(self.text), span.start, span.end))
                whole = whole or found.whole
                yield found
            if whole:
                return

    def _exact_spans(self, quote: Quote) -> Iterator[Span]:
        for start in self._exact.find(quote.exact):
            yield Span(start=start, end=start + len(quote.exact))

    def _folded_spans(self, quote: Quote) -> Iterator[Span]:
        if wanted := plain(quote.exact):
            for start in self._alike.find(wanted):
                yield self._folded.span(start, start + len(wanted))

    def _loose_spans(self, quote: Quote) -> Iterator[Span]:
        """Yield the places where hyphens at line ends are read as part of a word, or not."""
        wanted = plain(quote.exact)
        text = self._folded.text
        if not any(sign in text or sign in wanted for sign in (HYPHEN, SPACE)):
            return
        loose, kept = self._folded.loose
        needle = loosened(wanted)
        for at in occurrences(loose, needle) if needle else ():
            start = kept[at] - (wanted[0] not in needle[0])
            end = matches(text, start, wanted) if start >= 0 else None
            if end is not None:
                yield self._folded.span(start, end)

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
    """The places of the seeds of many needles."""

    def __init__(self, text: str, needles: Collection[str]) -> None:
        self.text = text
        self.seeds: dict[str, list[int]] = {}
        """Places of each seed, sorted by the `SORTED` characters there."""
        self._found: dict[str, list[int]] = {}
        if len(needles) <= FEW:
            return
        wanted = {seed for needle in needles if len(seed := needle[(at := _seed(needle)) : at + SEED]) == SEED}
        found: defaultdict[str, list[int]] = defaultdict(list)
        first = "".join({seed[0] for seed in wanted})
        for match in re.finditer(f"[{re.escape(first)}]", text) if first else ():
            if (piece := text[(start := match.start()) : start + SEED]) in wanted:
                found[piece].append(start)
        self.seeds = {seed: sorted(found[seed], key=lambda start: text[start : start + SORTED]) for seed in wanted}

    def find(self, needle: str) -> Iterator[int]:
        """Yield each offset of `needle`, overlapping ones too."""
        at = _seed(needle)
        if needle[at : at + SEED] not in self.seeds:
            yield from occurrences(self.text, needle)
        else:
            starts = (start - at for start in self._starts(needle[at : at + SORTED]) if start >= at)
            yield from (start for start in starts if self.text.startswith(needle, start))

    def _starts(self, beginning: str) -> list[int]:
        """Return the places of the characters of a noted needle from its seed on, in the order of the text."""
        if beginning not in self._found:
            places = self.seeds[beginning[:SEED]]

            def words(start: int) -> str:
                return self.text[start : start + len(beginning)]

            first, end = (cut(places, beginning, key=words) for cut in (bisect_left, bisect_right))
            # Equal quotes ask again for the same; put in order each time, they would take quadratic time.
            self._found[beginning] = sorted(places[first:end])
        return self._found[beginning]


def _seed(needle: str) -> int:
    """Return where the seed of a needle begins: at its first space, since a text has fewer of them than of letters."""
    at = needle.find(" ")
    return at if 0 < at <= len(needle) - SEED else 0


def occurrences(text: str, needle: str) -> Iterator[int]:
    """Yield each offset of `needle` in `text`, overlapping ones too."""
    start = text.find(needle)
    while start >= 0:
        yield start
        start = text.find(needle, start + 1)


_plain = lru_cache(maxsize=8)(plain)
"""At thousands of places, the words around a quote are the same, and so are those of a text that repeats itself."""


def in_context(text: str, start: int, end: int, quote: Quote) -> bool:
    """Return whether the prefix and suffix of a quote stand around `text[start:end]`; typography may differ."""
    if quote.prefix:
        words, before = _plain(quote.prefix), _plain(text[max(0, start - 2 * len(quote.prefix) - SLACK) : start])
        if not before.endswith(words) and matches(before[::-1], 0, words[::-1]) is None:
            return False
    if quote.suffix:
        words, after = _plain(quote.suffix), _plain(text[end : end + 2 * len(quote.suffix) + SLACK])
        return after.startswith(words) or matches(after, 0, words) is not None
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
    while at > 0 and category(text[at]).startswith("M"):
        at -= 1  # a mark belongs to the letter before it
    return at


def _word_after(text: str, at: int) -> int:
    """Return the end of the word after `at`."""
    while at < len(text) and text[at].isspace():
        at += 1
    most = min(len(text), at + LONG_WORD)
    while at < most and not text[at].isspace():
        at += 1
    return at
