"""Convert between quotes and offsets, for formats that point at places of a text by numbers.

A quote is words, an offset is a number. A format with offsets keeps the place of the words; reading it gives the quote
with the fewest words around it that is found there. So such a format carries the quotes that are found, each in that one
form: they are `settled`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from argmap import anchor
from argmap.anchor.quoter import Quoter
from argmap.grouping import merge_places
from argmap.model import Map, Quote, Source


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
