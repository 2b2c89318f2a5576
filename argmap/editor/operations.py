"""The edits that the page can ask for: a table of names, each a function from a value to a changed value.

    {"do": "change", "claim": "a", "fields": {"kind": "fact"}}   →   change(map_, claim="a", fields={…})

Arguments come from a browser, so pydantic checks them by the type hints. Spans count code points. A relation is named by
its number in the file, since two may have the same ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, JsonValue, validate_call

from argmap import anchor, edits
from argmap.drafting import claim_id_of, suggest_claim
from argmap.drafting.proposals import passage_of
from argmap.ids import FreeNames
from argmap.model import (
    Alignment,
    AnyRelation,
    Attack,
    Claim,
    Codebook,
    Correspondence,
    Issue,
    Map,
    Passage,
    Position,
    Quote,
    RelationType,
    Rephrase,
    Silent,
    Span,
    Speaker,
    Support,
    replace,
)

Book = TypeVar("Book", Map, Codebook)
Number = Annotated[int, Field(ge=0)]
Side = Literal["before", "after"]
RELATIONS: dict[RelationType, type[AnyRelation]] = {"support": Support, "attack": Attack, "rephrase": Rephrase}
# --- reading: claims and their words --------------------------------------------------------------------------------


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
    new, speaker = suggest_claim(text, start, end, taken=_taken(map_), source_id=named, speakers=map_.speakers)
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


def new_id(text: str, map_: Map) -> str:
    """Make an id of the first words of a claim that say something."""
    return FreeNames(_taken(map_)).name(claim_id_of(text) or "claim", "-")


def _taken(map_: Map) -> list[str]:
    return [*map_.claims, *(relation.id for relation in map_.relations if relation.id), "none"]


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


def accept_relation(map_: Map, relation: Number) -> Map:
    """Accept a suggested relation."""
    return _with_relation(map_, relation, replace(map_.relations[relation], status="accepted"))


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


# --- connecting -----------------------------------------------------------------------------------------------------


def connect(
    map_: Map,
    how: Literal["support", "attack", "rephrase", "linked"],
    by: str,
    claim: str | None = None,
    relation: Number | None = None,
) -> Map:
    """Tie a claim to a claim or to a relation; `linked` joins the reasons of a relation."""
    if (claim is None) == (relation is None):
        raise ValueError("name a claim or a relation")
    if by not in map_.claims:
        raise KeyError(by)
    if claim is not None:
        if claim == by:
            raise ValueError("a claim is no reason for itself")
        if how == "linked":
            raise ValueError("a reason is linked with the reasons of a relation")
        new = RELATIONS[how].model_validate({"target": claim, "by": (by,)})
        if any(each.type == new.type and (each.target, each.by) == (claim, (by,)) for each in map_.relations):
            raise ValueError("this relation is in the map already")
        return edits.tie(map_, new)
    assert relation is not None  # noqa: S101 - for the type checker
    about = map_.relations[relation]
    if how == "linked":
        if by == about.target or by in about.by:
            raise ValueError("this claim is an end of the relation already")
        return _with_relation(map_, relation, replace(about, by=(*about.by, by)))
    if not about.id:
        about = replace(about, id=new_id(f"{'-'.join(about.by[:1])} {about.type}", map_))
        map_ = _with_relation(map_, relation, about)
    return edits.tie(map_, RELATIONS[how].model_validate({"target": about.id, "by": (by,)}))


def change_relation(
    map_: Map, relation: Number, fields: dict[Literal["type", "scheme", "cue", "note", "by", "target"], JsonValue]
) -> Map:
    """Change a relation: its type, scheme, cue, note or ends."""
    now = map_.relations[relation]
    given = {name: value or None for name, value in fields.items() if name != "type"}
    kind = RELATIONS[fields.get("type", now.type)]  # type: ignore[index]  # KeyError: it has no such type
    values = {name: getattr(now, name) for name in type(now).model_fields if name in kind.model_fields}
    return _with_relation(map_, relation, kind.model_validate({**values, **given}))


def unlink(map_: Map, relation: Number, by: str) -> Map:
    """Take one reason out of a relation; the last one takes the relation along."""
    now = map_.relations[relation]
    left = tuple(each for each in now.by if each != by)
    return _with_relation(map_, relation, replace(now, by=left)) if left else drop_relation(map_, relation)


def drop_relation(map_: Map, relation: Number) -> Map:
    """Drop a relation, and relations about it."""
    gone = map_.relations[relation]
    if sum(each.key == gone.key for each in map_.relations) == 1:
        return edits.untie(map_, gone.key)
    return replace(map_, relations=(*map_.relations[:relation], *map_.relations[relation + 1 :]))


def _with_relation(map_: Map, number: Number, relation: AnyRelation) -> Map:
    return replace(map_, relations=(*map_.relations[:number], relation, *map_.relations[number + 1 :]))


# --- the codebook ---------------------------------------------------------------------------------------------------


def add_issue(book: Book, question: str, label: str | None = None) -> Book:
    """Add a question."""
    key = _key(label or question, book.issues)
    return _with_issues(book, {**book.issues, key: Issue(question=question, label=label or None)})


def change_issue(book: Book, issue: str, fields: dict[Literal["question", "label", "sentence", "note"], str]) -> Book:
    """Change the words of a question."""
    values: dict[str, Any] = {name: value if name == "question" else value or None for name, value in fields.items()}
    return _with_issues(book, {**book.issues, issue: replace(book.issues[issue], **values)})


def drop_issue(book: Book, issue: str) -> Book:
    """Drop a question; `check` names claims that still speak to it."""
    return _with_issues(book, {key: each for key, each in book.issues.items() if key != issue})


def move_issue(book: Book, issue: str, to: int) -> Book:
    """Move a question to another place; the first is the headline."""
    return _with_issues(book, _moved(book.issues, issue, to))


def add_position(book: Book, issue: str, label: str) -> Book:
    """Add a position at the end of a scale."""
    scale = book.issues[issue].scale
    return _with_scale(book, issue, {**scale, _key(label, scale): Position(label=label)})


def change_position(book: Book, issue: str, position: str, label: str) -> Book:
    """Change the words of a position."""
    scale = book.issues[issue].scale
    return _with_scale(book, issue, {**scale, position: replace(scale[position], label=label)})


def drop_position(book: Book, issue: str, position: str) -> Book:
    """Drop a position; `check` names claims that still take it."""
    scale = book.issues[issue].scale
    return _with_scale(book, issue, {key: each for key, each in scale.items() if key != position})


def move_position(book: Book, issue: str, position: str, to: int) -> Book:
    """Move a position along its scale."""
    return _with_scale(book, issue, _moved(book.issues[issue].scale, position, to))


def _with_issues(book: Book, issues: dict[str, Issue]) -> Book:
    if isinstance(book, Map) and book.codebook is not None:
        raise ValueError(f"the questions of this map stand in {book.codebook}")
    return replace(book, issues=issues)


def _with_scale(book: Book, issue: str, scale: dict[str, Position]) -> Book:
    return _with_issues(book, {**book.issues, issue: replace(book.issues[issue], scale=scale)})


def _key(words: str, taken: Iterable[str]) -> str:
    return FreeNames(taken).name(claim_id_of(words) or "item", "-")


def _moved(entries: dict[str, Any], key: str, to: int) -> dict[str, Any]:
    order = [each for each in entries if each != key]
    order.insert(max(to, 0), key)
    return {each: entries[each] for each in order}


# --- comparing ------------------------------------------------------------------------------------------------------


def pair(
    alignment: Alignment,
    before: list[str],
    after: list[str],
    fields: dict[Literal["status", "change", "because", "facets"], JsonValue] | None = None,
) -> Alignment:
    """Decide a pair; what is said of it before stays, and both sides are passed over no longer."""
    if not before or not after:
        raise ValueError("a pair has two sides")
    given = {name: value or () if name == "facets" else value or None for name, value in (fields or {}).items()}
    given = {"status": "accepted", **given}
    pairs = list(alignment.correspondences)
    at = next((n for n, each in enumerate(pairs) if _sides(each) == (set(before), set(after))), None)
    if at is None:
        pairs.append(Correspondence.model_validate({"before": before, "after": after, **given}))
    else:
        pairs[at] = replace(pairs[at], **given)
    silent = alignment.silent
    if given["status"] == "accepted":
        silent = Silent(
            before=tuple(each for each in silent.before if each not in before),
            after=tuple(each for each in silent.after if each not in after),
        )
    return replace(alignment, correspondences=tuple(pairs), silent=silent)


def unpair(alignment: Alignment, before: list[str], after: list[str]) -> Alignment:
    """Forget what was decided on a pair."""
    kept = [each for each in alignment.correspondences if _sides(each) != (set(before), set(after))]
    return replace(alignment, correspondences=tuple(kept))


def none_of(alignment: Alignment, side: Side, claim: str, candidates: list[str]) -> Alignment:
    """Reject all candidates of a claim."""
    for other in candidates:
        ends = ([claim], [other]) if side == "before" else ([other], [claim])
        alignment = pair(alignment, *ends, {"status": "rejected"})
    return alignment


def passed_over(alignment: Alignment, side: Side, claim: str, on: bool) -> Alignment:
    """Confirm that the other text passes over a claim, or take it back."""
    silent = [each for each in getattr(alignment.silent, side) if each != claim]
    return replace(alignment, silent=replace(alignment.silent, **{side: (*silent, claim) if on else tuple(silent)}))


def _sides(entry: Correspondence) -> tuple[set[str], set[str]]:
    return set(entry.before), set(entry.after)


@cache
def _checked(function: Callable[..., Any]) -> Callable[..., Any]:
    return validate_call(function)


_ON: dict[type[Any] | tuple[type[Any], ...], tuple[Callable[..., Any], ...]] = {
    Map: (
        *(mark, premise, change, accept, accept_relation, reject, drop, rename, unquote, thesis),
        *(set_aside, take_back, about_source, add_speaker, connect, change_relation, unlink, drop_relation),
    ),
    (Map, Codebook): (
        *(add_issue, change_issue, drop_issue, move_issue),
        *(add_position, change_position, drop_position, move_position),
    ),
    Alignment: (pair, unpair, none_of, passed_over),
}
OPERATIONS = {function.__name__: (kinds, function) for kinds, functions in _ON.items() for function in functions}


def perform(value: Map | Codebook | Alignment, do: str, arguments: dict[str, Any]) -> Map | Codebook | Alignment:
    """Make an edit, one of `OPERATIONS`, with its arguments as they came from the page; return the changed value.

    Raise ValueError, KeyError or IndexError if the edit does not exist, does not fit the file, or names what is not
    there.
    """
    kinds, function = OPERATIONS.get(do, ((), None))
    if function is None or not isinstance(value, kinds):
        raise ValueError(f"there is no edit {do!r} of this file")
    changed: Map | Codebook | Alignment = _checked(function)(value, **arguments)
    return changed
