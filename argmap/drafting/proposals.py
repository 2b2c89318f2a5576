"""Draft a map from its texts: every sentence that the map does not account for becomes a suggested claim.

    text ─ furniture ─ units ─ readings ─ relations ─▶ claims, speakers, relations, a thesis: all `status: suggested`

What a person decided stays: claims of the map, what it excludes, and what it sets aside. So a rejected sentence, which
stands under `non_argumentative` with a reason, is never proposed again.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any

from argmap import anchor
from argmap.anchor import Ambiguous, Anchored
from argmap.drafting.cues import Cues, cues_of
from argmap.drafting.furniture import Furniture, furniture
from argmap.drafting.issues import IssueFinder
from argmap.drafting.quoting import passage_of, quote_at
from argmap.drafting.readings import Reading, reading_of
from argmap.drafting.relations import Item, Link, links_of, thesis_of
from argmap.drafting.units import Unit, units
from argmap.ids import FreeNames
from argmap.model import (
    AnyRelation,
    Attack,
    Claim,
    Map,
    Passage,
    Quote,
    Rephrase,
    Source,
    Span,
    Speaker,
    Support,
    replace,
)
from argmap.sentences.substance.language import language_of
from argmap.version import __version__

DRAFTED_BY = f"argmap {__version__}, cue words"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONGEST_ID = 40
MOST_PLACES = 20
"""Further places of one sentence that are quoted."""
_BARE = re.compile(r"(?:they|he|she|it|this|that|these|those)\b", re.IGNORECASE)


def draft(map_: Map, *, clauses: bool | None = None) -> Map:
    """Suggest a claim for every sentence that a map does not account for, and relations between the new claims.

    Parameters
    ----------
    map_ : Map
        A map with the text of at least one source; its claims and passages stay as they are.
    clauses : bool, optional
        Cut sentences into clauses; by default only where a text has at most 12 sentences.

    Returns
    -------
    Map
        The map with claims and relations that have `status: suggested`, with page furniture under `excluded`, and with
        a thesis if it had none. The same map if nothing is left to suggest.
    """
    before = map_
    for source_id, source in map_.sources.items():
        if source.text is not None:
            map_ = _Draft(map_, source_id, clauses=clauses).result()
    if map_ is before:
        return map_
    known = [*map_.drafted_by, *([] if DRAFTED_BY in map_.drafted_by else [DRAFTED_BY])]
    return replace(map_, drafted_by=known)


def suggest_claim(
    source: Source,
    start: int,
    end: int,
    *,
    taken: Collection[str] = (),
    source_id: str | None = None,
    speakers: Mapping[str, Speaker] | None = None,
) -> tuple[Claim, Speaker | None]:
    """Suggest the claim for some marked words of a text: id, text, kind, commitment, speaker and condition, by cue words.

    Parameters
    ----------
    source : Source
        A source with its text.
    start, end : int
        The marked words, in code points; spaces at the ends do not matter.
    taken : collection of str
        Ids of the map's claims and relations.
    source_id : str, optional
        Id of the source, for a map with several.
    speakers : mapping of str to Speaker, optional
        The map's speakers; one of the same name is used again.

    Returns
    -------
    (Claim, Speaker or None)
        The claim, accepted, since a person marked it and sees its fields; and a speaker to add to the map under the
        claim's `speaker`, if it is a new one.

    Raises
    ------
    ValueError
        When the span holds no words, or nothing tells it from another place.
    """
    text = source.text or ""
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    quote = anchor.selector(text, Span(start=start, end=end), source_id)
    reading = reading_of(text[start:end], _cues(source))
    known = dict(speakers or {})
    speaker = _speaker_id(reading.speaker, known)
    claim = Claim(
        id=FreeNames(taken).name(claim_id_of(reading.text) or "claim", "-"),
        text=reading.text,
        quotes=(quote,),
        kind=reading.kind,
        commitment=reading.commitment,
        speaker=speaker,
        condition=_condition_quote(text, Unit(start, end, 0, 0), reading, source_id),
    )
    is_new = speaker is not None and speaker not in (speakers or {})
    return claim, known[speaker] if is_new and speaker else None


def claim_id_of(text: str, cues: Cues | None = None) -> str:
    """Make an id of the first telling words of a statement: `shops-thrive-without`; empty if it has none.

    >>> claim_id_of("The shops in Market Street will thrive."), claim_id_of("…")
    ('shops-market-street', '')
    """
    words = [word.casefold() for word in re.findall(r"[^\W_]+", re.sub(r"(?<=\w)['’](?:s|t|re|ve|ll|d)?\b", "", text))]
    telling = [word for word in words if word not in (cues or cues_of(None)).plain and len(word) > 2] or words
    return "-".join(telling[:3])[:_LONGEST_ID].rstrip("-")


def _cues(source: Source) -> Cues:
    return cues_of(source.language or language_of(source.text or ""))


def _slug(name: str) -> str:
    every = re.findall(r"[^\W_]+", name.casefold())
    words = [word for word in every if word not in cues_of(None).plain] or every
    return "-".join(words[:4] or ["speaker"])[:_LONGEST_ID].rstrip("-")


def _speaker_id(name: str | None, speakers: dict[str, Speaker]) -> str | None:
    """Return the id of a speaker by name, and add a new one to `speakers`."""
    if name is None:
        return None
    folded = " ".join(name.casefold().split())
    for speaker_id, speaker in speakers.items():
        if speaker.name.casefold() == folded:
            return speaker_id
    # "Machimura" after "Foreign Minister Nobutaka Machimura" is the same man.
    if " " not in folded:
        for speaker_id, speaker in speakers.items():
            if speaker.name.casefold().split()[-1:] == [folded] and speaker.name[:1].isupper():
                return speaker_id
    speaker_id = FreeNames(speakers).name(_slug(name), "-")
    speakers[speaker_id] = Speaker(name=name)
    return speaker_id


def _condition_quote(text: str, unit: Unit, reading: Reading, source_id: str | None) -> Quote | None:
    """Make the quote of a condition; none where nothing tells its words from others."""
    if reading.condition is None:
        return None
    start, end = reading.condition
    try:
        return quote_at(text, unit.start + start, unit.start + end, source_id)
    except ValueError:
        return None


class _Draft:
    """The draft of one source."""

    def __init__(self, map_: Map, source_id: str, *, clauses: bool | None) -> None:
        self.map, self.source_id = map_, source_id
        self.source = map_.sources[source_id]
        self.text = self.source.text or ""
        self.cues = _cues(self.source)
        self.named = source_id if len(map_.sources) > 1 else None
        self.clauses = clauses
        self.speakers = dict(map_.speakers)

    def result(self) -> Map:
        parts, title = self._furniture()
        decided = [(span.start, span.end) for span in anchor.excluded_spans(self.source)]
        aside = [span for p in self.source.non_argumentative if (span := anchor.passage_span(self.source, p))]
        decided += [(span.start, span.end) for span in aside]
        covered = anchor.coverage(self.map, self.source_id)
        quoted = [(span.start, span.end) for span in covered.quoted]
        skip = [*decided, *quoted, *((part.start, part.end) for part in parts)]
        found = units(self.text, self.cues, skip, clauses=self.clauses)
        items = self._items(found, title)
        items, repeats = _without_repeats(items)
        passages = list(self._passages(parts))
        if not items and not passages:
            return self.map
        ids = self._ids(items)
        claims = {claim.id: claim for claim in self._claims(items, ids, repeats)}
        map_ = self._with_claims(claims, passages)
        return self._with_relations(map_, items, ids)

    def _furniture(self) -> tuple[list[Furniture], tuple[int, int] | None]:
        """Find page furniture that the map does not list yet, and a title that makes a demand and may be the thesis."""
        excluded = anchor.excluded_spans(self.source)
        parts, title = [], None
        for part in furniture(self.text, self.cues):
            words = self.text[part.start : part.end]
            if part.reason == "title" and is_demand(words, self.cues):
                title = (part.start, part.end)
            elif not any(span.start < part.end and part.start < span.end for span in excluded):
                parts.append(part)
        return parts, title

    def _items(self, found: list[Unit], title: tuple[int, int] | None) -> list[Item]:
        items: list[Item] = []
        speaker, carried, carried_in = None, None, -1
        for unit in found:
            words = self.text[unit.start : unit.end]
            reading = reading_of(words, self.cues)
            if reading.pronoun:
                reading = _said_by(reading, speaker)
            elif carried and reading.commitment == "asserted" and reading.listed:
                reading, carried_in = _said_by(reading, carried), unit.paragraph
            elif carried and reading.commitment == "asserted" and unit.paragraph == carried_in and unit.sentence:
                reading = _said_by(reading, carried)
            elif carried and not reading.listed and not reading.carries and unit.paragraph > carried_in >= 0:
                carried = None
            elif reading.quoted and items and items[-1].reading.speaker and items[-1].unit.paragraph == unit.paragraph:
                reading = _said_by(reading, items[-1].reading.speaker)
            if reading.speaker:
                speaker = reading.speaker
            if reading.carries:
                carried, carried_in = reading.speaker, -1
            items.append(Item(unit, reading, words, is_title=title is not None and unit.start == title[0]))
        return items

    def _ids(self, items: list[Item]) -> list[str]:
        free = FreeNames([*self.map.claims, *(r.id for r in self.map.relations if r.id)])
        width = len(str(len(items)))
        wishes = (claim_id_of(item.reading.text, self.cues) if self.cues.spaced else "" for item in items)
        return [free.name(wish or f"s{n:0{width}}", "-") for n, wish in enumerate(wishes, 1)]

    def _claims(self, items: list[Item], ids: list[str], repeats: Mapping[int, list[Unit]]) -> Iterable[Claim]:
        issues = IssueFinder(self.map.issues, self.cues)
        again = [unit for more in repeats.values() for unit in more[:MOST_PLACES]]
        exacts = self._quotes([*(item.unit for item in items), *again])
        for n, item in enumerate(items):
            places = [item.unit, *repeats.get(n, ())[:MOST_PLACES]]
            quotes = [quote for unit in places if (quote := exacts.get((unit.start, unit.end)))]
            if not quotes:
                continue
            reading = item.reading
            yield Claim(
                id=ids[n],
                text=_standing_alone(reading.text),
                quotes=tuple(quotes),
                kind=reading.kind,
                issue=issues.issue_of(item.words),
                speaker=_speaker_id(reading.speaker, self.speakers),
                commitment=reading.commitment,
                condition=_condition_quote(self.text, item.unit, reading, self.named),
                status="suggested",
            )

    def _quotes(self, found: list[Unit]) -> dict[tuple[int, int], Quote]:
        """Quote the words of units, with words around them only where they stand at several places."""
        plain = [Quote(exact=self.text[unit.start : unit.end], source=self.named) for unit in found]
        claims = {f"u{n}": Claim(id=f"u{n}", text="-", quotes=(quote,)) for n, quote in enumerate(plain)}
        bare = replace(self.source, excluded=(), non_argumentative=())
        alone = Map(id="draft", sources={self.source_id: bare}, claims=claims)
        quotes: dict[tuple[int, int], Quote] = {}
        for unit, quote, (place,) in zip(found, plain, anchor.anchors(alone).values(), strict=True):
            if isinstance(place, Anchored):
                quotes[unit.start, unit.end] = quote
            elif isinstance(place, Ambiguous):
                try:
                    quotes[unit.start, unit.end] = quote_at(self.text, unit.start, unit.end, self.named)
                except ValueError:
                    continue  # nothing tells it from its neighbours, such as a dash in a row of dashes
        return quotes

    def _passages(self, parts: list[Furniture]) -> Iterable[Passage]:
        for part in parts:
            with suppress(ValueError):  # nothing tells it from its neighbours
                yield passage_of(self.text, part.start, part.end, part.reason)

    def _with_claims(self, claims: Mapping[str, Claim], passages: list[Passage]) -> Map:
        sources = {
            **self.map.sources,
            self.source_id: replace(self.source, excluded=(*self.source.excluded, *passages)),
        }
        every = {**self.map.claims, **claims}
        return replace(self.map, sources=sources, speakers=self.speakers, claims=every)

    def _with_relations(self, map_: Map, items: list[Item], ids: list[str]) -> Map:
        kept = [n for n, claim_id in enumerate(ids) if claim_id in map_.claims]
        items, ids = [items[n] for n in kept], [ids[n] for n in kept]
        given = next((thesis for thesis in map_.theses if thesis in map_.claims), None)
        thesis = thesis_of(items, self.cues)
        if thesis is None:
            return map_
        links = links_of(items, thesis, self.cues)
        # The new claims lead to the thesis that the map has.
        joined = [Support(target=given, by=(ids[thesis],), status="suggested")] if given and given not in ids else []
        relations = [*map_.relations, *(_relation(link, ids) for link in links), *joined]
        named = map_.thesis if map_.thesis is not None else ids[thesis]
        return replace(map_, relations=relations, thesis=named)


def _relation(link: Link, ids: Any) -> AnyRelation:
    fields = {"by": (ids[link.source],), "cue": link.cue, "status": "suggested"}
    if link.type == "attack":
        return Attack.model_validate({"attack": ids[link.target], **fields})
    if link.type == "rephrase":
        return Rephrase.model_validate({"rephrase": ids[link.target], **fields})
    return Support.model_validate({"support": ids[link.target], **fields})


def _said_by(reading: Reading, speaker: str | None) -> Reading:
    return (
        dataclasses.replace(reading, speaker=speaker, commitment="reported")
        if reading.commitment == "asserted"
        else dataclasses.replace(reading, speaker=speaker)
    )


def _without_repeats(items: list[Item]) -> tuple[list[Item], dict[int, list[Unit]]]:
    """Make one item of all with the same text; return the further places of each by its number."""
    first: dict[str, int] = {}
    kept: list[Item] = []
    repeats: dict[int, list[Unit]] = {}
    for item in items:
        key = " ".join(item.reading.text.split()).casefold().rstrip(".")
        if key in first:
            repeats.setdefault(first[key], []).append(item.unit)
        else:
            first[key] = len(kept)
            kept.append(item)
    return kept, repeats


def _standing_alone(text: str) -> str:
    """Mark a statement that begins with a pronoun: the dots say that it hangs on the words before it."""
    return f"… {text[:1].lower()}{text[1:]}" if _BARE.match(text) else text


def is_demand(title: str, cues: Cues) -> bool:
    """Tell if a title makes a demand, so that it may be the thesis."""
    return cues.finds("ought", title) is not None and not title.rstrip().endswith("?")


__all__ = ["DRAFTED_BY", "claim_id_of", "draft", "is_demand", "passage_of", "suggest_claim"]
