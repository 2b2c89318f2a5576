"""A source text as a page shows it: paragraphs, cut where quotes begin and end.

Quotes overlap and nest, and HTML elements cannot, so each paragraph becomes a row of runs that do not:

    The arrangement formed in 1951 consisted of unequal partners.
    └────────────── roots ─────────────┘
                            └────────── unequal-partners ───────┘
    [roots                 ][both       ][unequal-partners      ]

Page furniture stays in its place but never counts as a paragraph of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from argmap import anchor
from argmap.model import Map, Source, Span

LONG_FURNITURE = 80
"""Characters beyond which furniture is folded away instead of struck through."""

_BLANK_LINE = re.compile(r"(?:\r?\n[^\S\n]*){2,}")
_NEWLINE = re.compile(r"(?:\r?\n)+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that the same claims quote."""

    text: str
    claims: tuple[str, ...] = ()
    """The claims, as `map/claim`, the shortest quote first."""
    furniture: str | None = None
    """Why the words are no part of the text."""
    aside: str | None = None
    """Why the words claim nothing."""

    @property
    def has_words(self) -> bool:
        """Whether there is more than space and punctuation."""
        return any(char.isalnum() for char in self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text between breaks."""

    start: int
    runs: tuple[Run, ...]
    number: int | None = None
    """Its place among the paragraphs of the text proper; none for furniture and for the title."""
    furniture: str | None = None
    """Why all of it is furniture."""
    title: bool = False

    @property
    def text(self) -> str:
        """The words as they stand."""
        return "".join(run.text for run in self.runs)

    @property
    def folded(self) -> bool:
        """Whether it is furniture too long to be shown."""
        return self.furniture is not None and len(self.text) > LONG_FURNITURE


@dataclass(frozen=True, slots=True)
class _Layer:
    start: int
    end: int
    claim: str | None = None
    furniture: str | None = None
    aside: str | None = None


def paragraphs(m: Map, source_id: str, found: dict[str, tuple[Span | None, ...]]) -> tuple[Paragraph, ...]:
    """The paragraphs of one source of a map.

    Parameters
    ----------
    m
        The map; `m.sources[source_id].text` may be missing, which gives none.
    source_id
        Which source.
    found
        Where its quotes stand, as `argmap.anchor.spans(m)` says.
    """
    source = m.sources[source_id]
    text = source.text or ""
    layers = sorted(_layers(m, source_id, source, found), key=lambda layer: layer.start)
    result: list[Paragraph] = []
    number, first = 0, 0
    for start, end in _breaks(text):
        while first < len(layers) and layers[first].end <= start:
            first += 1
        here = [layer for layer in _until(layers, first, end) if layer.end > start]
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
    """The number of the paragraph in which a character stands; none in a title or furniture."""
    from bisect import bisect_right

    place = bisect_right(shown, offset, key=lambda paragraph: paragraph.start) - 1
    return shown[place].number if place >= 0 else None


def _breaks(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph: between blank lines where there are any, else line by line."""
    body = text.strip()
    gap = _BLANK_LINE if _BLANK_LINE.search(body) else _NEWLINE
    start = 0
    for match in gap.finditer(text):
        if text[start : match.start()].strip():
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _layers(m: Map, source_id: str, source: Source, found: dict[str, tuple[Span | None, ...]]) -> Iterator[_Layer]:
    for id, claim in m.claims.items():
        for quote, span in zip(claim.quotes, found.get(id, ()), strict=False):
            of = m.source_of(quote)
            if span is not None and of is not None and of[0] == source_id:
                yield _Layer(span.start, span.end, claim=f"{m.id}/{id}")
    for passage in source.excluded:
        if span := anchor.passage_span(source, passage):
            yield _Layer(span.start, span.end, furniture=passage.reason)
    for passage in source.non_argumentative:
        if span := anchor.passage_span(source, passage):
            yield _Layer(span.start, span.end, aside=passage.reason)


def _until(layers: list[_Layer], first: int, end: int) -> Iterator[_Layer]:
    for place in range(first, len(layers)):
        if layers[place].start >= end:
            return
        yield layers[place]


def _runs(text: str, start: int, end: int, layers: list[_Layer]) -> Iterator[Run]:
    """Cut at every edge; `layers` come by their start, and only those still open are carried along."""
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
        )
