"""Find the place of a quote in its text, and make a quote of a place.

A map is only as good as its quotes, so a quote is looked for in steps that can each be explained:

    1. exact      the words, character for character
    2. folded     the same words over line breaks, with other quotation marks, dashes, dots, ligatures
    3. loose      the same words where a hyphen at a line's end may belong to the word or not
    4. nearest    words much like them: shown as a suggestion, never taken

Places from word to word win over places that begin or end inside a word or a figure: "funded plan" in "unfunded plan".

Words that occur more than once need the words before (`prefix`) or after (`suffix`) them, as in the
TextQuoteSelector of the W3C Web Annotation Data Model (2017, §4.2.4). What stands in the excluded parts
of a source (page furniture) loses to what stands outside. A `Span` counts Unicode code points (§4.2.5).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from argmap.anchor.coverage import Coverage, cover
from argmap.anchor.edges import is_whole
from argmap.anchor.fold import normal
from argmap.anchor.search import Found, Searchable, contexts, in_context, occurrences
from argmap.model import Map, Passage, Quote, Source, Span
from argmap.sentences.split import split_once
from argmap.text_tools import QuoteStatus

__all__ = [
    "Ambiguous",
    "Anchored",
    "Coverage",
    "Missing",
    "anchors",
    "conditions",
    "conditions_apart",
    "coverage",
    "excluded_spans",
    "locate",
    "passage_span",
    "place_in_words",
    "quotes_of",
    "selector",
    "sentences",
    "spans",
    "status",
    "widened",
]

MAX_PLACES = 10
"""Places of an ambiguous quote that are worth listing."""
MAX_LOOKED = 10_000
"""Places inside other words that are looked at, in the hope of one from word to word."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """A quote stands at one place."""

    span: Span
    exact: bool
    """False when line breaks, quotation marks, dashes or other typography differ."""
    whole: bool = True
    """False when the quote begins or ends inside a word or a figure, and so may say something else than the text."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A quote stands at several places; its prefix or suffix must say which."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A quote stands nowhere in the text."""

    nearest: Span | None = None
    """The most similar words, from word to word."""
    score: float = 0.0
    """Their similarity, in [0, 1]."""


Anchor = Anchored | Ambiguous | Missing


def locate(source: Source, quote: Quote) -> Anchor:
    """Find where `quote` stands in `source`.

    Parameters
    ----------
    source : Source
        A text that has been loaded; without one, every quote is missing.
    quote : Quote
        Its `source` is not looked at.

    Returns
    -------
    Anchored, Ambiguous or Missing
        Never a guess: `Missing.nearest` is only a suggestion. Its score is 1 where the words themselves
        are there, but not between the quote's prefix and suffix.
    """
    if source.text is None:
        return Missing()
    found = _settle(Searchable(source.text), excluded_spans(source), quote)
    if found is not None:
        return found
    anywhere = next(Searchable(source.text).places(Quote(exact=quote.exact)), None)
    if anywhere:
        return Missing(anywhere.span, 1.0)
    from argmap.anchor.nearest import nearest

    return Missing(*nearest(source.text, quote.exact))


def anchors(map_: Map) -> dict[str, tuple[Anchor, ...]]:
    """Find each quote of each claim, in one pass over each text. Return the places by claim.

    `Missing` comes without the nearest words; `locate` finds those for one quote.
    """
    quotes: dict[str, list[Quote]] = {source_id: [] for source_id in map_.sources}
    for claim in map_.claims.values():
        for quote in claim.quotes:
            if of := map_.source_of(quote):
                quotes[of[0]].append(quote)
    texts = {source_id: Searchable(source.text or "", quotes[source_id]) for source_id, source in map_.sources.items()}
    excluded = {source_id: excluded_spans(source) for source_id, source in map_.sources.items()}

    def anchor(quote: Quote) -> Anchor:
        of = map_.source_of(quote)
        return (of and _settle(texts[of[0]], excluded[of[0]], quote)) or Missing()

    return {claim_id: tuple(anchor(quote) for quote in claim.quotes) for claim_id, claim in map_.claims.items()}


def quotes_of(words: Mapping[str, str], text: str) -> dict[str, Quote]:
    """Return a quote for each of some words, by name, that stand in a text at one place, from word to word."""
    quotes = {name: Quote(exact=said) for name, said in words.items() if said.strip()}
    searchable = Searchable(text, list(quotes.values()))
    found: dict[str, Quote] = {}
    for name, quote in quotes.items():
        place = _settle(searchable, (), quote)
        if isinstance(place, Anchored) and place.whole:
            found[name] = selector(text, place.span)
    return found


def spans(map_: Map) -> dict[str, tuple[Span | None, ...]]:
    """Return the span of each quote, by claim; `None` for a quote found nowhere or at several places."""
    return {
        claim_id: tuple(anchor.span if isinstance(anchor, Anchored) else None for anchor in of)
        for claim_id, of in anchors(map_).items()
    }


def widened(text: str, span: Span) -> Span:
    """Widen a span to whole words and figures."""
    even, (start, end) = normal(text), (span.start, span.end)
    while start > 0 and not is_whole(even, start, start):
        start -= 1
    while end < len(text) and not is_whole(even, end, end):
        end += 1
    return Span(start=start, end=end)


def status(map_: Map, quote: Quote, anchor: Anchor) -> QuoteStatus:
    """Tell whether the words of a quote were found in the text; words at several places are there, too."""
    of = map_.source_of(quote)
    if of is None or of[1].text is None:
        return "unchecked"
    failed = isinstance(anchor, Missing) or (isinstance(anchor, Anchored) and not anchor.whole)
    return "failed" if failed else "checked"


def conditions(map_: Map) -> dict[str, Anchor]:
    """Find the condition of each conditional claim. Return the places by claim; `Missing` as in `anchors`."""
    texts: dict[str, Searchable] = {}
    found: dict[str, Anchor] = {}
    for claim_id, claim in map_.claims.items():
        if claim.condition is None:
            continue
        of = map_.source_of(claim.condition)
        if of is not None and of[0] not in texts:
            texts[of[0]] = Searchable(of[1].text or "")
        found[claim_id] = (of and _settle(texts[of[0]], excluded_spans(of[1]), claim.condition)) or Missing()
    return found


def conditions_apart(map_: Map) -> frozenset[str]:
    """Return the claims whose condition is in another sentence than all their quotes; conditions not found are left out."""
    found = {claim_id: anchor for claim_id, anchor in conditions(map_).items() if isinstance(anchor, Anchored)}
    if not found:
        return frozenset()
    starts: dict[str, list[int]] = {}

    def sentence_of(quote: Quote, span: Span | None) -> tuple[str, int] | None:
        of = map_.source_of(quote)
        if of is None or span is None:
            return None
        if of[0] not in starts:
            starts[of[0]] = [each.start for each in sentences(of[1].text or "", of[1].language)]
        return of[0], bisect_right(starts[of[0]], span.start)

    quoted = spans(map_)
    apart = set()
    for claim_id, anchor in found.items():
        claim = map_.claims[claim_id]
        if claim.condition is None:
            continue
        own = {sentence_of(quote, span) for quote, span in zip(claim.quotes, quoted[claim_id], strict=True)} - {None}
        if own and sentence_of(claim.condition, anchor.span) not in own:
            apart.add(claim_id)
    return frozenset(apart)


def sentences(text: str, language: str | None = None) -> list[Span]:
    """Return the sentences of a text as spans; `language` is a BCP 47 code, English when left out."""
    return [Span(start=start, end=end) for start, end in split_once(text, language)]


def place_in_words(text: str, offset: int, language: str | None = None) -> str:
    r"""Say where a character stands: by its line, or by its sentence in a text on one line.

    >>> place_in_words("It rains. It pours.", 12), place_in_words("It rains.\nIt pours.", 12)
    ('sentence 2', 'line 2')
    """
    line = text.count("\n", 0, offset) + 1
    if "\n" in text.strip():
        return f"line {line}"
    starts = _sentence_starts(text, language)
    return f"sentence {max(bisect_right(starts, offset), 1)}" if len(starts) > 1 else f"line {line}"


@lru_cache(maxsize=16)
def _sentence_starts(text: str, language: str | None) -> tuple[int, ...]:
    return tuple(start for start, _ in split_once(text, language))


@lru_cache(maxsize=16)
def excluded_spans(source: Source) -> tuple[Span, ...]:
    """Return the spans of the excluded parts of a source, in the order of the text; parts not found are left out."""
    found = (passage_span(source, passage) for passage in source.excluded)
    return tuple(sorted((span for span in found if span), key=lambda span: (span.start, span.end)))


def passage_span(source: Source, passage: Passage) -> Span | None:
    """Return the span of a passage: its quote, or all from the start of `from` to the end of the first `to` after it.

    `None` when its words stand nowhere, or `quote` or `from` at several places.
    """
    if source.text is None:
        return None
    text = Searchable(source.text)
    first = passage.quote or passage.from_
    settled = _settle(text, (), first) if first else None
    if not isinstance(settled, Anchored) or passage.to is None:
        return settled.span if isinstance(settled, Anchored) else None
    begun = settled.span
    ends = [found for found in text.places(passage.to) if found.span.end >= begun.end]
    end = min((found.span.end for found in ends if found.whole == any(each.whole for each in ends)), default=None)
    return None if end is None else Span(start=begun.start, end=end)


def coverage(map_: Map, source_id: str, found: Mapping[str, Sequence[Anchor]] | None = None) -> Coverage:
    """Sort the sentences of a source: quoted by a claim, set aside with a reason, or left out.

    Parameters
    ----------
    map_ : Map
    source_id : str
    found : mapping of str to sequence of Anchor, optional
        What `anchors` said, to save asking again.

    Raises
    ------
    KeyError
        When the map has no such source.
    """
    source = map_.sources[source_id]
    quoted = [
        anchor.span
        for claim_id, of in (anchors(map_) if found is None else found).items()
        for quote, anchor in zip(map_.claims[claim_id].quotes, of, strict=True)
        if isinstance(anchor, Anchored) and (quote.source or next(iter(map_.sources))) == source_id
    ]
    aside = [span for passage in source.non_argumentative if (span := passage_span(source, passage))]
    return cover(source.text or "", source.language, quoted, aside, excluded_spans(source))


def selector(text: str, span: Span, source: str | None = None) -> Quote:
    """Make the quote that anchors to exactly `span` of `text`, with the shortest prefix and suffix that it needs.

    Raises
    ------
    ValueError
        When the span is empty, reaches over the end of the text, or cannot be told from another place
        (a dash out of a row of dashes).
    """
    exact = text[span.start : span.end]
    if not exact or span.end > len(text):
        raise ValueError(f"{span!r} is not inside a text of {len(text)} characters")
    others = [start for start in occurrences(text, exact) if start != span.start]
    whole = is_whole(normal(text), span.start, span.end)

    def is_found(quote: Quote) -> bool:
        # A place inside a word loses to any from word to word, in whatever typography.
        return whole or locate(Source(text=text), quote) == Anchored(span, exact=True, whole=False)

    if not others and is_found(bare := Quote(exact=exact, source=source)):
        return bare
    rivals = [others] * 3
    for prefix, suffix in contexts(text, span):
        quotes = [
            Quote(exact=exact, source=source, **context)
            for context in ({"prefix": prefix}, {"suffix": suffix}, {"prefix": prefix, "suffix": suffix})
        ]
        # What a prefix rules out, the suffix alone may not: each side has its own rivals.
        rivals = [
            [start for start in starts if in_context(text, start, start + len(exact), quote)]
            for quote, starts in zip(quotes, rivals, strict=True)
        ]
        for quote, starts in zip(quotes, rivals, strict=True):
            if not starts and is_found(quote):
                return quote
    raise ValueError(f"nothing tells {exact!r} at {span.start} from the same words elsewhere")


def _settle(text: Searchable, excluded: tuple[Span, ...], quote: Quote) -> Anchored | Ambiguous | None:
    """Choose among the places of a quote: from word to word rather than inside one, and outside the excluded parts."""
    groups: dict[tuple[bool, bool, bool], list[Found]] = {}
    for n, found in enumerate(text.places(quote)):
        span = found.span
        outside = not any(part.start <= span.start and span.end <= part.end for part in excluded)
        group = groups.setdefault((found.whole, found.exact, outside), [])
        group.append(found)
        if n == MAX_LOOKED or (len(group) == MAX_PLACES and found.whole and outside):
            break
    places = groups[max(groups)][:MAX_PLACES] if groups else []
    if len(places) > 1:
        return Ambiguous(tuple(found.span for found in places))
    return Anchored(*places[0]) if places else None
