"""Quotes for formats that point at places of a text by offsets, and quotes back from such places.

A quote is words, an offset is a number; a format that writes offsets keeps where the words are, and reading it gives
the quote that needs the fewest words around it to be found there. So what such a format carries of a
map's quotes is `settled`: those that are found, each in that one form.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice
from typing import Any

from argmap import anchor
from argmap.anchor.fold import fold, plain
from argmap.anchor.search import contexts, in_context, occurrences
from argmap.grouping import merge_places
from argmap.model import Map, Quote, Source, Span

PATIENCE = 5_000_000
"""What may be spent to tell the places of one text apart, in about microseconds; beyond it, words stand by themselves."""
MOST_GROWN = 16
"""How many times the words around a quote may be made more, to some eighty words a side."""


class Quoter:
    """Makes quotes of the places of one text, with the fewest words around each that tell it from the others.

    A quote that stands ten thousand times in a text that repeats itself could be compared with itself for hours.
    So words around it are looked for in the folded text as a whole, and there is an end to looking.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._left = PATIENCE

    def quote(self, start: int, end: int, source: str | None = None) -> Quote | None:
        """The quote of a place; `None` where there are no words, or none around them that tell it apart."""
        words = self.text[start:end]
        if not (core := plain(words)):
            return None
        if not self._is_repeated(words):
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

    def _is_one(self, folded: str, before: str, words: str, after: str) -> bool:
        """Whether the words stand there once, with or without space between them and what is around."""
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
        """Whether folding the text as a whole did not hide a place: of a row of dashes it leaves one."""
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
        """The quote of a place without the spaces at its ends, by its words alone where nothing tells it apart.

        `None` where there are no words.
        """
        start, end = max(start, 0), min(end, len(self.text))
        words = self.text[start:end].strip()
        if not words:
            return None
        start = self.text.index(words, start)
        return self.quote(start, start + len(words), source) or Quote(exact=words, source=source)


def quotes_at(text: str, spans: Sequence[tuple[int, int]]) -> list[Quote | None]:
    """The quote of each span of `text`, each with the fewest words around it.

    Parameters
    ----------
    text
        The text of a source.
    spans
        Starts and ends in code points, each inside the text and not empty.

    Returns
    -------
    list of Quote or None
        `None` where nothing tells a span from another place, or where telling would take very long.
    """
    quoter = Quoter(text)
    return [quoter.quote(start, end) for start, end in spans]


def places(m: Map, sources: Collection[str]) -> dict[str, list[tuple[str, int, int]]]:
    """Where each claim is quoted from, in these sources: source, start and end, each place once, as the claim has them."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for id, spans in anchor.spans(m).items():
        for quote, span in zip(m.claims[id].quotes, spans, strict=True):
            origin = m.source_of(quote)
            if span is None or origin is None or origin[0] not in sources:
                continue
            place = (origin[0], span.start, span.end)
            if place not in found.setdefault(id, []):
                found[id].append(place)
    return found


def settled(m: Map, whole: Map, sources: dict[str, str], *, join: bool = False) -> Map:
    """`m` with no other sources than these, and with the quotes of `whole` that are found in them.

    Parameters
    ----------
    m
        The map as it is held so far.
    whole
        The map before anything was taken out.
    sources
        New name of each source that is kept, by its name in `whole`.
    join
        Whether the format cannot tell quotes that overlap from one that is longer.
    """
    texts = {new: Source(text=whole.sources[old].text, extra=m.sources[old].extra) for old, new in sources.items()}
    only = len(texts) == 1
    quoted = places(whole, sources)
    quoters = {old: Quoter(whole.sources[old].text or "") for old in sources}

    def quotes(id: str) -> tuple[Quote, ...]:
        each = (
            quoters[old].trimmed(start, end, None if only else sources[old])
            for old, start, end in (merge_places(quoted.get(id, [])) if join else quoted.get(id, ()))
        )
        return tuple(dict.fromkeys(quote for quote in each if quote))

    claims = {id: claim.model_copy(update={"quotes": quotes(id)}) for id, claim in m.claims.items()}
    update: dict[str, Any] = {"claims": type(m.claims)(claims), "sources": type(m.sources)(texts)}
    return m.model_copy(update=update)
