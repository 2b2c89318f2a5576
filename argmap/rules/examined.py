"""A map with what several rules need, computed once.

every quote of the map ─ anchored in its source ─┐
every id that is used ─ known or not ────────────┴─► rules
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from argmap.anchor import Ambiguous, Anchor, Anchored, Missing, anchors, conditions, locate, passage_span
from argmap.findings import Path
from argmap.model import Map, Passage, Quote, Source, Span

MAX_GUESSES = 100
"""Quotes and ids for which a suggestion is searched. If more are wrong, the cause is another."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A quote of the map, and where its words were found."""

    path: Path
    quote: Quote
    source: str
    anchor: Anchor
    of: Literal["claim", "condition", "date", "passage"]


class Examined:
    """A map, and what the rules derive from it."""

    def __init__(self, map_: Map) -> None:
        self.map = map_

    @cached_property
    def anchors(self) -> dict[str, tuple[Anchor, ...]]:
        """The place of each quote, by claim."""
        return anchors(self.map)

    @cached_property
    def quotes(self) -> tuple[Looked, ...]:
        """Every quote whose source has a text: of claims, of their conditions, of dates, of passages set aside."""
        return tuple(self._quotes())

    def _quotes(self) -> Iterator[Looked]:
        missing = 0
        for claim_id, found in self.anchors.items():
            for n, (quote, anchor) in enumerate(zip(self.map.claims[claim_id].quotes, found, strict=True)):
                of = self.map.source_of(quote)
                if of is None or of[1].text is None:
                    continue
                missing += isinstance(anchor, Missing)
                near = locate(of[1], quote) if isinstance(anchor, Missing) and missing <= MAX_GUESSES else anchor
                yield Looked(("claims", claim_id, "quotes", n), quote, of[0], near, "claim")
        for claim_id, anchor in conditions(self.map).items():
            condition = self.map.claims[claim_id].condition
            of = self.map.source_of(condition) if condition else None
            if condition is None or of is None or of[1].text is None:
                continue
            near = locate(of[1], condition) if isinstance(anchor, Missing) else anchor
            yield Looked(("claims", claim_id, "condition"), condition, of[0], near, "condition")
        for source_id, source in self.map.sources.items():
            if source.text is None:
                continue
            for n, quote in enumerate(source.dated_by):
                yield Looked(("sources", source_id, "dated_by", n), quote, source_id, locate(source, quote), "date")
            for part in ("excluded", "non_argumentative"):
                for n, passage in enumerate(getattr(source, part)):
                    yield from _of_passage(source, passage, ("sources", source_id, part, n), source_id)

    @cached_property
    def passages(self) -> dict[tuple[str, str], list[tuple[Span, str]]]:
        """The excluded and the non-argumentative passages of each source, each with its reason."""
        return {
            (source_id, part): [
                (span, passage.reason) for passage in getattr(source, part) if (span := passage_span(source, passage))
            ]
            for source_id, source in self.map.sources.items()
            for part in ("excluded", "non_argumentative")
        }

    @cached_property
    def used(self) -> dict[str, list[Path]]:
        """The places in which each id of a claim or a relation is used."""
        used: defaultdict[str, list[Path]] = defaultdict(list)
        for n, thesis in enumerate(self.map.theses):
            used[thesis].append(("thesis",) if self.map.only_thesis else ("thesis", n))
        for n, relation in enumerate(self.map.relations):
            if relation.target is not None:
                used[relation.target].append(("relations", n, "target"))
            for k, source in enumerate(relation.by):
                used[source].append(("relations", n, "by", k))
        return dict(used)

    @cached_property
    def dangling(self) -> list[str]:
        """Ids that are used, but belong to no claim and no relation."""
        known = {*self.map.claims, *(r.id for r in self.map.relations if r.id)}
        return [claim_id for claim_id in self.used if claim_id not in known]


def _of_passage(source: Source, passage: Passage, path: Path, source_id: str) -> Iterator[Looked]:
    """The quote of a passage, or the one of its two that keeps it from being found."""
    span = passage_span(source, passage)
    # The passage is itself what is excluded, so nothing is preferred outside it.
    bare = source.model_copy(update={"excluded": ()})
    for name, quote in (("quote", passage.quote), ("from", passage.from_), ("to", passage.to)):
        if quote is None:
            continue
        if span is not None:
            yield Looked((*path, name), quote, source_id, Anchored(span, exact=True), "passage")
            return
        anchor = locate(bare, quote)
        if isinstance(anchor, Ambiguous) and name == "to":
            anchor = Missing()
        if not isinstance(anchor, Anchored) or name == "to":
            shown = Missing() if isinstance(anchor, Anchored) else anchor
            yield Looked((*path, name), quote, source_id, shown, "passage")
            return


def times(count: int) -> str:
    """Write how often something occurs, if more than once."""
    return f" ({count} times here)" if count > 1 else ""
