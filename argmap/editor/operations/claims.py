"""Edits of claims, of their words, and of what is set aside in a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import JsonValue

from argmap import anchor, edits
from argmap.drafting import claim_id_of, suggest_claim
from argmap.drafting.proposals import passage_of
from argmap.editor.operations.relations import Number, accept_relation, new_id, taken
from argmap.ids import FreeNames
from argmap.model import Claim, Map, Passage, Quote, Span, Speaker, replace


def mark(
    map_: Map,
    source: str,
    start: Number,
    end: Number,
    claim: str | None = None,
    fields: dict[str, JsonValue] | None = None,
) -> Map:
    """Make a claim of some words of the text, or add the words to a claim as one more quote."""
    if claim is not None:
        quote = _quote(map_, source, start, end)
        return edits.change(map_, claim, quotes=(*map_.claims[claim].quotes, quote))
    text = map_.sources[source]
    named = source if len(map_.sources) > 1 else None
    _quote(map_, source, start, end)  # says what is wrong with the words
    new, speaker = suggest_claim(text, start, end, taken=taken(map_), source_id=named, speakers=map_.speakers)
    if speaker and new.speaker:
        map_ = replace(map_, speakers={**map_.speakers, new.speaker: speaker})
    new = replace(new, **(fields or {}))
    return edits.add(map_, new, at=_place(map_, source, start))


def premise(map_: Map, text: str) -> Map:
    """Add an unstated premise."""
    return edits.add(map_, Claim(id=new_id(text, map_), text=text, implicit=True))


def _quote(map_: Map, source: str, start: Number, end: Number) -> Quote:
    text = map_.sources[source].text or ""
    end = min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        raise ValueError("select some words first")
    span = Span(start=start, end=end)
    return anchor.selector(text, span, source if len(map_.sources) > 1 else None)


def _place(map_: Map, source: str, start: int) -> int:
    """Find the place of a new claim: in the order of the text, where the claims have that order."""
    order = list(map_.claims)
    after = [
        order.index(claim_id) + 1
        for claim_id, spans in anchor.spans(map_).items()
        for quote, span in zip(map_.claims[claim_id].quotes[:1], spans[:1], strict=True)
        if span and span.start < start and (found := map_.source_of(quote)) and found[0] == source
    ]
    return max(after, default=0 if order and map_.claims[order[0]].quotes else len(order))


_FIELDS = frozenset(Claim.model_fields) - {"id", "quotes", "extra"}


def change(map_: Map, claim: str, fields: dict[str, JsonValue]) -> Map:
    """Change fields of a claim; an empty value goes back to the default."""
    unknown = fields.keys() - _FIELDS
    if unknown:
        raise ValueError(f"a claim has no field {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {
        name: Claim.model_fields[name].get_default() if value in ("", None) and name != "text" else value
        for name, value in fields.items()
    }
    now = map_.claims[claim]
    if "issue" in values and values["issue"] != now.issue and "position" not in values:
        values["position"] = None
    if now.suggested:  # what a person has set is no suggestion any more
        values["suggested"] = tuple(name for name in now.suggested if name not in values)
    return edits.change(map_, claim, **values)


def accept(map_: Map, claim: str, connections: bool = False) -> Map:
    """Accept a suggested claim with all its fields, and the connections that lead from it, if asked."""
    for number, relation in enumerate(map_.relations if connections else ()):
        if claim in relation.by:
            map_ = accept_relation(map_, number)
    return edits.change(map_, claim, status="accepted", suggested=())


def reject(map_: Map, claim: str, reason: str) -> Map:
    """Drop a claim and set its words aside, unless another claim quotes them."""
    spans = anchor.spans(map_)
    for quote, span in zip(map_.claims[claim].quotes, spans[claim], strict=True):
        found = map_.source_of(quote)
        others = [
            other
            for claim_id in spans
            if claim_id != claim
            for theirs, other in zip(map_.claims[claim_id].quotes, spans[claim_id], strict=True)
            if other and map_.source_of(theirs) == found
        ]
        if found and span and not any(other.start < span.end and span.start < other.end for other in others):
            map_ = set_aside(map_, found[0], span.start, span.end, reason)
    return edits.drop(map_, claim)


def drop(map_: Map, claim: str) -> Map:
    """Drop a claim, and relations that lose an end; its words are to be accounted for again."""
    return edits.drop(map_, claim)


def rename(map_: Map, claim: str, to: str) -> Map:
    """Give a claim another id."""
    return edits.rename(map_, {claim: to})


def unquote(map_: Map, claim: str, number: Number) -> Map:
    """Remove one quote of a claim."""
    quotes = map_.claims[claim].quotes
    if number >= len(quotes):
        raise IndexError(number)
    return edits.change(map_, claim, quotes=(*quotes[:number], *quotes[number + 1 :]))


def thesis(map_: Map, claim: str, on: bool) -> Map:
    """Name a claim as a thesis, or no longer."""
    theses = [each for each in map_.theses if each != claim]
    named = [*theses, claim] if on else theses
    return replace(map_, thesis=tuple(named) if named else None)


def set_aside(map_: Map, source: str, start: Number, end: Number, reason: str, furniture: bool = False) -> Map:
    """Set words aside: they claim nothing, or are page furniture."""
    _quote(map_, source, start, end)  # says what is wrong with the words
    passage = passage_of(map_.sources[source].text or "", start, end, reason)
    field = "excluded" if furniture else "non_argumentative"
    text = map_.sources[source]
    placed = [((anchor.passage_span(text, each) or Span(start=0, end=0)).start, each) for each in getattr(text, field)]
    at = next((n for n, (where, _) in enumerate(placed) if where > start), len(placed))
    passages = [each for _, each in placed]
    return _with_source(map_, source, **{field: (*passages[:at], passage, *passages[at:])})


def take_back(map_: Map, source: str, start: Number, end: Number) -> Map:
    """Take back words that were set aside."""
    text = map_.sources[source]

    def kept(passages: Sequence[Passage]) -> tuple[Passage, ...]:
        spans = [(anchor.passage_span(text, each), each) for each in passages]
        return tuple(each for span, each in spans if not (span and span.start < end and start < span.end))

    return _with_source(map_, source, excluded=kept(text.excluded), non_argumentative=kept(text.non_argumentative))


def about_source(map_: Map, source: str, fields: dict[Literal["title", "author", "published"], str]) -> Map:
    """Change who wrote a text, when, and under which title."""
    return _with_source(map_, source, **{name: value or None for name, value in fields.items()})


def _with_source(map_: Map, source: str, **fields: Any) -> Map:
    return replace(map_, sources={**map_.sources, source: replace(map_.sources[source], **fields)})


def add_speaker(map_: Map, name: str, claim: str | None = None) -> Map:
    """Add a speaker, and let a claim be theirs."""
    known = next((key for key, speaker in map_.speakers.items() if speaker.name == name), None)
    key = known or FreeNames(map_.speakers).name(claim_id_of(name) or "speaker", "-")
    map_ = replace(map_, speakers={**map_.speakers, key: Speaker(name=name)}) if not known else map_
    return change(map_, claim, {"speaker": key}) if claim else map_
