"""A map, walked once: what matching, changes and shifts each ask of it again and again.

Where a claim *stands*: it places its text on an issue's scale when it names issue and position, is not an
implicit premise, and the author asserts, reports or concedes it. What the author rejects or merely asks
places nothing. The kind gives the mode:

    fact, cause, definition → is        prediction → will        value, policy → ought

A text often puts several positions in one mode: one for the past and one for now, one of its own and one that it
reports. All are shown; the one that counts is the first in this order: the author's own claim before a reported one,
then the nearer to the thesis, then the earlier in the map.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from argmap import graph
from argmap.diff.model import End, QuoteAt, Side, Stand
from argmap.model import MODES, AnyRelation, Attack, Claim, Commitment, Map, Mode, Span, Support

PLACING: frozenset[Commitment] = frozenset({"asserted", "reported", "conceded"})
FAR = 1 << 30
"""Depth of a claim that does not lead to the thesis: behind all that do."""


Tied = tuple[str, str]
"""How a claim is tied, and to which other."""


class Reading:
    """One side of a comparison, with what follows from its map worked out at most once."""

    def __init__(self, m: Map) -> None:
        self.map = m
        self._tied: dict[str, dict[Tied, None]] = {}

    @cached_property
    def ties(self) -> graph.Ties:
        """Relations by their ends."""
        return graph.ties(self.map)

    @cached_property
    def roles(self) -> dict[str, graph.Role]:
        """Role of each claim."""
        return graph.roles(self.map)

    @cached_property
    def depths(self) -> dict[str, int]:
        """Steps to the thesis of each claim that leads there."""
        return graph.depths(self.map)

    @cached_property
    def order(self) -> dict[str, int]:
        """Place of each claim in the map."""
        return {id: n for n, id in enumerate(self.map.claims)}

    @cached_property
    def spans(self) -> Mapping[str, tuple[Span | None, ...]]:
        """Where each quote of each claim stands in its source."""
        from argmap import anchor

        return anchor.spans(self.map)

    @cached_property
    def stands(self) -> dict[str, dict[Mode, list[Claim]]]:
        """Claims that place the text, by issue and mode, the one that counts first."""
        found: dict[str, dict[Mode, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        for claim in sorted(filter(places, self.map.claims.values()), key=self.rank):
            if claim.issue and claim.mode:
                found[claim.issue][claim.mode].append(claim)
        return {issue: dict(modes) for issue, modes in found.items()}

    def rank(self, claim: Claim) -> tuple[bool, int, int]:
        """Which of several claims counts: the author's own, the nearest to the thesis, the earliest."""
        return claim.commitment == "reported", self.depths.get(claim.id, FAR), self.order[claim.id]

    @cached_property
    def relations(self) -> dict[str, AnyRelation]:
        """Relations by key; of several with one key the first."""
        return {relation.key: relation for relation in reversed(self.map.relations)}

    def relation(self, key: str) -> AnyRelation | None:
        """The relation of a key."""
        return self.relations.get(key)

    def stand(self, issue: str) -> Stand:
        """The positions on an issue in each mode, the one that counts first."""
        modes = self.stands.get(issue, {})
        return Stand.model_validate(
            {mode: tuple(dict.fromkeys(c.position for c in modes.get(mode, ()))) for mode in MODES}
        )

    def measure(self, issue: str) -> Claim | None:
        """The claim that a text is measured by: where it says things are, else will be, else ought to be."""
        modes = self.stands.get(issue, {})
        return next((modes[mode][0] for mode in MODES if mode in modes), None)

    def foreseen(self, issue: str) -> Claim | None:
        """The claim that counts of those that say where things will be."""
        return next(iter(self.stands.get(issue, {}).get("will", ())), None)

    def conclusions(self, id: str) -> list[str]:
        """What a claim is directly for or against, in the map's order."""
        tied = self.ties.out_of.get(id, ())
        return [r.target for r in tied if isinstance(r, Support | Attack) and r.target is not None]

    def reasons(self, id: str) -> list[str]:
        """The premises of all supports of a claim, in the map's order."""
        return [premise for support in graph.reasons_of(self.ties, id) for premise in support.by]

    def tied(self, id: str) -> dict[Tied, None]:
        """How a claim is tied to others; an attack on a relation counts as one on what the relation concludes."""
        if id not in self._tied:
            out, into = self.ties.out_of.get(id, ()), self.ties.into.get(id, ())
            up = [self._aim(relation) for relation in out if relation.target is not None]
            down = [(f"{relation.type} by", source) for relation in into for source in relation.by]
            self._tied[id] = dict.fromkeys((*up, *down))
        return self._tied[id]

    def _aim(self, relation: AnyRelation) -> Tied:
        target = str(relation.target)
        if target in self.map.claims:
            return f"{relation.type} of", target
        on = self.relation(target)
        return f"{relation.type} of a relation to", str(on.target if on else target)

    def supported(self, id: str) -> set[str]:
        """What a claim is a reason for."""
        return {r.target for r in self.ties.out_of.get(id, ()) if isinstance(r, Support) and r.target is not None}

    def attacked(self, id: str) -> set[str]:
        """What a claim is against."""
        return {r.target for r in self.ties.out_of.get(id, ()) if isinstance(r, Attack) and r.target is not None}

    def voice(self, claim: Claim) -> str | None:
        """Whose statement it is, by name; `None` for the author's. Ids of speakers differ from map to map."""
        if claim.speaker is None:
            return None
        speaker = self.map.speakers.get(claim.speaker)
        return (speaker.name if speaker else claim.speaker).casefold()

    def side(self, id: str) -> Side:
        """A claim as a diff shows it."""
        claim = self.map.claims[id]
        spans = self.spans.get(id, ()) if claim.quotes else ()
        quotes = []
        for n, quote in enumerate(claim.quotes):
            found = self.map.source_of(quote)
            span = spans[n] if n < len(spans) else None
            quotes.append(
                QuoteAt(
                    source=found[0] if found else quote.source,
                    exact=quote.exact,
                    start=span.start if span else None,
                    end=span.end if span else None,
                )
            )
        return Side(
            id=id,
            text=claim.text,
            role=self.roles[id],
            kind=claim.kind,
            commitment=claim.commitment,
            force=claim.force,
            speaker=claim.speaker,
            implicit=claim.implicit,
            issue=claim.issue,
            position=claim.position,
            quotes=tuple(quotes),
        )

    @property
    def end(self) -> End:
        """The text as the head of a diff names it."""
        title = self.map.title or next((s.title for s in self.map.sources.values() if s.title), None)
        return End(id=self.map.id, title=title, date=self.map.date)


def places(claim: Claim) -> bool:
    """Whether a claim puts its text on an issue's scale."""
    return (
        claim.issue is not None
        and claim.position is not None
        and claim.mode is not None
        and not claim.implicit
        and claim.commitment in PLACING
    )
