"""Measure a map: its size, the structure of its argument, and how much of the text it covers.

A claim missing from a map is easy to overlook, so the survey counts from the text's side: every sentence
of the body is quoted by a claim, set aside with a reason, or listed as left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import AfterValidator

from argmap import anchor, graph
from argmap.findings import Lines
from argmap.model import FrozenDict, Id, Map, Value
from argmap.schemes import canonical

Counts = Annotated[dict[str, int], AfterValidator(FrozenDict)]


class LeftOut(Value):
    """A sentence of the body that the map neither quotes nor sets aside."""

    line: int
    column: int
    text: str


class Reading(Value):
    """The coverage of one source by the map."""

    source: Id
    sentences: int
    """Sentences of the body, page furniture not counted."""
    quoted: int
    non_argumentative: int
    left_out: tuple[LeftOut, ...]
    words: int
    words_quoted: int
    """Words of the body that stand inside some claim's quote."""

    @property
    def accounted(self) -> float:
        """Share of sentences quoted or set aside, in [0, 1]."""
        return 1.0 if not self.sentences else (self.quoted + self.non_argumentative) / self.sentences


class Survey(Value):
    """The measures of one map."""

    map: Id
    title: str | None
    thesis: Id | tuple[Id, ...] | None
    claims: int
    implicit: int
    suggested: tuple[int, int]
    """Claims and relations that await a person."""
    relations: Counts
    """By type, attacks by kind."""
    roles: Counts
    kinds: Counts
    commitments: Counts
    speakers: Counts
    """Claims by who makes them; the author under `author`, or `nobody named` where no text names one."""
    schemes: Counts
    """By the names of the list of schemes, however the map spells them."""
    depth: int
    """Steps from the thesis to the farthest claim; where none is named, from the claims that lead nowhere."""
    widest: int
    """Most claims at one depth."""
    unreached: tuple[Id, ...]
    """Claims from which no path leads to the thesis."""
    balance: tuple[int, int]
    """Claims that speak for the thesis, and against it: an odd number of attacks lies on the shortest way."""
    readings: tuple[Reading, ...]


def survey(map_: Map) -> Survey:
    """Measure a map; linear in claims, relations and words."""
    depth = graph.depths(map_) if map_.thesis else graph.depths(map_, *graph.tops(map_))
    kinds = graph.attack_kinds(map_)
    relation_words = [kinds[r.key] if r.type == "attack" else r.type for r in map_.relations]
    claims = map_.claims.values()
    has_author = any(source.author for source in map_.sources.values())
    return Survey(
        map=map_.id,
        title=map_.title,
        thesis=map_.thesis,
        claims=len(map_.claims),
        implicit=sum(claim.implicit for claim in claims),
        suggested=map_.awaiting,
        relations=_counted(relation_words),
        roles=_counted(graph.roles(map_).values()),
        kinds=_counted(claim.kind or "none" for claim in claims),
        commitments=_counted(claim.commitment for claim in claims),
        speakers=_counted(
            claim.speaker or ("author" if has_author else "nobody named") for claim in claims if not claim.implicit
        ),
        schemes=_counted(scheme for r in map_.relations if (scheme := canonical(r.scheme or ""))),
        depth=max(depth.values(), default=0),
        widest=max(Counter(depth.values()).values(), default=0),
        unreached=tuple(claim_id for claim_id in map_.claims if claim_id not in depth) if map_.thesis else (),
        balance=_balance(map_),
        readings=tuple(_readings(map_)),
    )


def _counted(words: Iterable[str]) -> FrozenDict:
    return FrozenDict(Counter(words).most_common())


def _balance(map_: Map) -> tuple[int, int]:
    """Walk down from the thesis; each attack crossed on the way changes the side."""
    if not any(thesis in map_.claims for thesis in map_.theses):
        return (0, 0)
    sides = Counter(side for claim_id, side in graph.sides(map_).items() if claim_id not in map_.theses)
    return sides[1], sides[-1]


def _readings(map_: Map) -> Iterator[Reading]:
    found = anchor.anchors(map_)
    for source_id, source in map_.sources.items():
        if source.text is None:
            continue
        covered, lines = anchor.coverage(map_, source_id, found), Lines(source.text)
        yield Reading(
            source=source_id,
            sentences=covered.sentences,
            quoted=len(covered.quoted),
            non_argumentative=len(covered.non_argumentative),
            left_out=tuple(
                LeftOut(line=line, column=column, text=source.text[span.start : span.end])
                for span in covered.left_out
                for line, column in (lines.place(span.start),)
            ),
            words=covered.words,
            words_quoted=covered.words_quoted,
        )
