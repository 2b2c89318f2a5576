"""A source text as paragraphs, cut where quotes begin and end.

Quotes may overlap, but HTML elements may not. So each paragraph becomes a row of runs that do not overlap:

    The arrangement formed in 1951 consisted of unequal partners.
    └────────────── roots ─────────────┘
                            └────────── unequal-partners ───────┘
    [roots                 ][both       ][unequal-partners      ]

Page furniture stays in its place and does not count as a paragraph of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from argmap import anchor
from argmap.model import Map, Source, Span

LONG_FURNITURE = 80
"""Furniture longer than this many characters is folded away instead of struck through."""

_BLANK_LINE = re.compile(r"(?:\r?\n[^\S\n]*){2,}")
_NEWLINE = re.compile(r"(?:\r?\n)+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words quoted by the same claims."""

    text: str
    claims: tuple[str, ...] = ()
    """The claims, as `map/claim`, the shortest quote first."""
    furniture: str | None = None
    """The reason why the words are not part of the text."""
    aside: str | None = None
    """The reason why the words make no claim."""
    left_out: bool = False
    """True for words of a sentence that the map does not mention; only where this was asked for."""

    @property
    def has_words(self) -> bool:
        """True if there is more than space and punctuation."""
        return any(char.isalnum() for char in self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text between breaks."""

    start: int
    runs: tuple[Run, ...]
    number: int | None = None
    """Its number in the text; `None` for furniture and for the title."""
    furniture: str | None = None
    """The reason why the whole paragraph is page furniture."""
    title: bool = False

    @property
    def text(self) -> str:
        """The words as they stand."""
        return "".join(run.text for run in self.runs)

    @property
    def folded(self) -> bool:
        """True if it is furniture too long to show."""
        return self.furniture is not None and len(self.text) > LONG_FURNITURE


@dataclass(frozen=True, slots=True)
class _Layer:
    start: int
    end: int
    claim: str | None = None
    furniture: str | None = None
    aside: str | None = None
    left_out: bool = False


def paragraphs(
    map_: Map, source_id: str, spans: dict[str, tuple[Span | None, ...]], left_out: Iterable[Span] = ()
) -> tuple[Paragraph, ...]:
    """Split one source of a map into paragraphs, in the order of the text; without its text there are none.

    `spans` are the places of the quotes by claim, from `argmap.anchor.spans`; `left_out` are sentences to mark as not
    mentioned.
    """
    source = map_.sources[source_id]
    text = source.text or ""
    missed = (_Layer(span.start, span.end, left_out=True) for span in left_out)
    layers = sorted([*_layers(map_, source_id, source, spans), *missed], key=lambda layer: layer.start)
    result: list[Paragraph] = []
    number, first = 0, 0
    for start, end in _breaks(text):
        while first < len(layers) and layers[first].end <= start:
            first += 1
        last = bisect_left(layers, end, key=lambda layer: layer.start)
        here = [layer for layer in layers[first:last] if layer.end > start]
        runs = tuple(_runs(text, start, end, here))
        reasons = [run.furniture for run in runs if run.text.strip()]
        furniture = reasons[0] if reasons and all(reasons) else None
        title = furniture is None and number == 0 and text[start:end].strip() == (source.title or "").strip()
        if furniture is None and not title:
            number += 1
        counted = None if furniture or title else number
        result.append(Paragraph(start, runs, counted, furniture, title))
    return tuple(result)


def paragraph_at(shown: tuple[Paragraph, ...], offset: int) -> int | None:
    """Number of the paragraph that holds a character; `None` in a title or furniture."""
    place = bisect_right(shown, offset, key=lambda paragraph: paragraph.start) - 1
    return shown[place].number if place >= 0 else None


def _breaks(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph: between blank lines if there are any, else line by line."""
    body = text.strip()
    gap = _BLANK_LINE if _BLANK_LINE.search(body) else _NEWLINE
    start = 0
    for match in gap.finditer(text):
        if text[start : match.start()].strip():
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _layers(map_: Map, source_id: str, source: Source, spans: dict[str, tuple[Span | None, ...]]) -> Iterator[_Layer]:
    for claim_id, claim in map_.claims.items():
        for quote, span in zip(claim.quotes, spans.get(claim_id, ()), strict=False):
            found = map_.source_of(quote)
            if span is not None and found is not None and found[0] == source_id:
                yield _Layer(span.start, span.end, claim=f"{map_.id}/{claim_id}")
    for passage in source.excluded:
        if span := anchor.passage_span(source, passage):
            yield _Layer(span.start, span.end, furniture=passage.reason)
    for passage in source.non_argumentative:
        if span := anchor.passage_span(source, passage):
            yield _Layer(span.start, span.end, aside=passage.reason)


def _runs(text: str, start: int, end: int, layers: list[_Layer]) -> Iterator[Run]:
    """Cut at every edge of a layer; `layers` are sorted by their start."""
    edges = {start, end}
    for layer in layers:
        edges.update((max(layer.start, start), min(layer.end, end)))
    cuts = sorted(edges)
    coming, still_open = iter([*layers, None]), list[_Layer]()
    following = next(coming)
    for left, right in pairwise(cuts):
        still_open = [layer for layer in still_open if layer.end > left]
        while following and following.start <= left:
            still_open.append(following)
            following = next(coming)
        over = sorted(still_open, key=lambda layer: layer.end - layer.start)
        yield Run(
            text[left:right],
            claims=tuple(dict.fromkeys(layer.claim for layer in over if layer.claim)),
            furniture=next((layer.furniture for layer in over if layer.furniture), None),
            aside=next((layer.aside for layer in over if layer.aside), None),
            left_out=any(layer.left_out for layer in over),
        )
