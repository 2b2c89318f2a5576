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
from argmap.model import Map, Quote, Source, Span


def quote_of(text: str, start: int, end: int, source: str | None = None) -> Quote | None:
    """The quote that stands from `start` to `end`, without the spaces around it; `None` when there are no words."""
    start, end = max(start, 0), min(end, len(text))
    words = text[start:end].strip()
    if not words:
        return None
    start = text.index(words, start)
    try:
        return anchor.selector(text, Span(start=start, end=start + len(words)), source)
    except ValueError:
        return Quote(exact=words, source=source)


MOST_READ = 10_000_000
"""Work spent on words that stand at several places: thousands of characters read, and places found."""


def quotes_at(text: str, spans: Sequence[tuple[int, int]]) -> list[Quote | None]:
    """The quote of each span of `text`, each with the fewest words around it; all in about one pass over the text.

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
    from argmap.anchor.places import Searchable

    alone = {words: Quote(exact=words) for words in dict.fromkeys(text[start:end] for start, end in spans)}
    searchable = Searchable(text, list(alone.values()))
    several = {words for words, quote in alone.items() if len(list(islice(searchable.places(quote), 2))) > 1}
    left = MOST_READ
    found: list[Quote | None] = []
    for start, end in spans:
        words = text[start:end]
        if words not in several:
            found.append(alone[words])
            continue
        left -= len(text) // 1000 + text.count(words) if left > 0 else 0
        try:
            found.append(anchor.selector(text, Span(start=start, end=end)) if left > 0 else None)
        except ValueError:
            found.append(None)
    return found


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


def joined(stretches: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The same places in the order of the text, those that overlap or touch as one."""
    whole: list[tuple[str, int, int]] = []
    for source, start, end in sorted(stretches):
        if whole and whole[-1][0] == source and start <= whole[-1][2]:
            whole[-1] = (source, whole[-1][1], max(end, whole[-1][2]))
        else:
            whole.append((source, start, end))
    return whole


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

    def quotes(id: str) -> tuple[Quote, ...]:
        each = (
            quote_of(whole.sources[old].text or "", start, end, None if only else sources[old])
            for old, start, end in (joined(quoted.get(id, [])) if join else quoted.get(id, ()))
        )
        return tuple(dict.fromkeys(quote for quote in each if quote))

    claims = {id: claim.model_copy(update={"quotes": quotes(id)}) for id, claim in m.claims.items()}
    update: dict[str, Any] = {"claims": type(m.claims)(claims), "sources": type(m.sources)(texts)}
    return m.model_copy(update=update)
