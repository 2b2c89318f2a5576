"""Make quotes of places, each with the fewest words around it that lead back there.

`selector` does so for one place. `Quoter` does so for thousands of places of one text, and within a bounded effort.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from argmap.anchor.edges import is_whole
from argmap.anchor.fold import fold, normal, plain
from argmap.anchor.search import contexts, in_context, occurrences
from argmap.model import Quote, Span

PATIENCE = 5_000_000
"""Effort for telling the places of one text apart, in about microseconds; beyond it, words stand by themselves."""
MOST_GROWN = 16
"""Steps of growing the words around a quote, to some eighty words a side."""


class Quoter:
    """Makes quotes of places of one text, each with the fewest words around it that tell it from other places.

    A text that repeats itself ten thousand times could be compared with itself for hours. So the search runs on the
    folded text as a whole, and ends after `PATIENCE`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._left = PATIENCE

    def quote(self, start: int, end: int, source: str | None = None) -> Quote | None:
        """Return the quote of a place; `None` without words, or if no words around them tell it apart."""
        words = self.text[start:end]
        if not (core := plain(words)):
            return None
        if not self._is_repeated(words) and self._wins(start, end, core):
            return Quote(exact=words, source=source)
        folded = fold(self.text).text
        for prefix, suffix in islice(contexts(self.text, Span(start=start, end=end)), MOST_GROWN):
            for before, after in ((prefix, ""), ("", suffix), (prefix, suffix)):
                left, right = plain(before), plain(after)
                if self._left > 0 and (left or right) and self._is_one(folded, left, core, right):
                    quote = Quote(exact=words, prefix=before, suffix=after, source=source)
                    if self._stays_one(quote):
                        return quote
        return None

    def _wins(self, start: int, end: int, core: str) -> bool:
        """Tell whether a place inside a word has no rival in other typography, which might be from word to word."""
        folded = fold(self.text).text if not is_whole(normal(self.text), start, end) else ""
        return folded.find(core) == folded.rfind(core)

    def _is_one(self, folded: str, before: str, words: str, after: str) -> bool:
        """Tell whether the words stand there once, with or without space between them and the words around."""
        lefts = (before, f"{before} ") if before else ("",)
        rights = (after, f" {after}") if after else ("",)
        places = 0
        for spelling in (left + words + right for left in lefts for right in rights):
            at = folded.find(spelling)
            while at >= 0 and places < 2:
                places += 1
                at = folded.find(spelling, at + 1)
            self._left -= 1 + len(folded) // 1000 + len(spelling) // 25
        return places == 1

    def _stays_one(self, quote: Quote) -> bool:
        """Tell whether folding hid no other place; it makes one dash of a row of them."""
        if quote.exact[0].isalnum() and quote.exact[-1].isalnum():
            return True
        places = 0
        for start in occurrences(self.text, quote.exact):
            places += in_context(self.text, start, start + len(quote.exact), quote)
            self._left -= 10
            if places > 1 or self._left <= 0:
                return False
        return places == 1

    def _is_repeated(self, words: str) -> bool:
        self._left -= 1 + len(self.text) // 1000
        return self._left > 0 and self.text.find(words, self.text.find(words) + 1) >= 0

    def trimmed(self, start: int, end: int, source: str | None = None) -> Quote | None:
        """Return the quote of a place without spaces at its ends, by its words alone if need be; `None` without words."""
        start, end = max(start, 0), min(end, len(self.text))
        words = self.text[start:end].strip()
        if not words:
            return None
        start = self.text.index(words, start)
        return self.quote(start, start + len(words), source) or Quote(exact=words, source=source)


def quotes_at(text: str, spans: Sequence[tuple[int, int]]) -> list[Quote | None]:
    """Return the quote of each span of `text` (in code points); `None` if nothing tells it from another place."""
    quoter = Quoter(text)
    return [quoter.quote(start, end) for start, end in spans]
