"""Convert between quotes and offsets, for formats that point at places of a text by numbers.

A quote is words, an offset is a number. A format with offsets keeps the place of the words; reading it gives the quote
with the fewest words around it that is found there. So such a format carries the quotes that are found, each in that one
form: they are `settled`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice
from typing import Any

from argmap import anchor
from argmap.anchor.edges import is_whole
from argmap.anchor.fold import fold, normal, plain
from argmap.anchor.search import contexts, in_context, occurrences
from argmap.grouping import merge_places
from argmap.model import Map, Quote, Source, Span

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


def places(map_: Map, sources: Collection[str]) -> dict[str, list[tuple[str, int, int]]]:
    """Find where each claim is quoted from in some sources: source, start and end, each place once."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for claim_id, spans in anchor.spans(map_).items():
        for quote, span in zip(map_.claims[claim_id].quotes, spans, strict=True):
            origin = map_.source_of(quote)
            if span is None or origin is None or origin[0] not in sources:
                continue
            place = (origin[0], span.start, span.end)
            if place not in found.setdefault(claim_id, []):
                found[claim_id].append(place)
    return found


def settled(map_: Map, original: Map, sources: dict[str, str], *, join: bool = False) -> Map:
    """Return `map_` with some sources alone, and with the quotes of the `original` that are found in them.

    `sources` gives the new name of each source that is kept. `join` makes one quote of those that overlap.
    """
    texts = {
        new: Source(text=original.sources[old].text, extra=map_.sources[old].extra) for old, new in sources.items()
    }
    only = len(texts) == 1
    quoted = places(original, sources)
    quoters = {old: Quoter(original.sources[old].text or "") for old in sources}

    def quotes(claim_id: str) -> tuple[Quote, ...]:
        each = (
            quoters[old].trimmed(start, end, None if only else sources[old])
            for old, start, end in (merge_places(quoted.get(claim_id, [])) if join else quoted.get(claim_id, ()))
        )
        return tuple(dict.fromkeys(quote for quote in each if quote))

    claims = {c.id: c.model_copy(update={"quotes": quotes(c.id)}) for c in map_.claims.values()}
    update: dict[str, Any] = {"claims": type(map_.claims)(claims), "sources": type(map_.sources)(texts)}
    return map_.model_copy(update=update)
