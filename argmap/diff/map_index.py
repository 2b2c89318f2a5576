"""A map with its relations, roles, depths and positions worked out once, for matching, changes and shifts.

Where a claim *stands*: it places its text on an issue's scale when it names issue and position, is not an
implicit premise, and the author asserts, reports or concedes it. What the author rejects or merely asks
places nothing. The kind gives the mode:

    fact, cause, definition → is      plan → plan      prediction → will      value, policy → ought

A text often puts several positions in one mode: one for the past and one for now, one of its own and one that it
reports. All are shown; the one that counts is the first in this order: the author's own claim before a reported one,
then the nearer to the thesis, then the earlier in the map.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from argmap import graph
from argmap.diff.model import ConditionAt, End, QuoteAt, RelationAt, Side, Stand
from argmap.model import MODES, AnyRelation, Attack, Claim, Commitment, FrozenDict, Map, Mode, Quote, Span, Support

if TYPE_CHECKING:
    from argmap.anchor import Anchor

PLACING: frozenset[Commitment] = frozenset({"asserted", "reported", "conceded"})
FAR = 1 << 30
"""Depth of a claim that does not lead to the thesis: behind all that do."""


Tied = tuple[str, str]
"""The type of tie of a claim, and the claim that it is tied to."""


class MapIndex:
    """One side of a comparison: a map, and what follows from it, worked out at most once."""

    def __init__(self, map_: Map) -> None:
        self.map = map_
        self._tied: dict[str, dict[Tied, None]] = {}
        self._sides: dict[str, Side] = {}

    @cached_property
    def ties(self) -> graph.Ties:
        """Relations by their ends."""
        return graph.ties(self.map)

    @cached_property
    def language(self) -> str | None:
        """The language that all sources name; `None` where they name none or several."""
        named = {source.language for source in self.map.sources.values()}
        return next(iter(named)) if len(named) == 1 else None

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
        return {claim_id: n for n, claim_id in enumerate(self.map.claims)}

    @cached_property
    def anchors(self) -> Mapping[str, tuple[Anchor, ...]]:
        """The place of each quote of each claim in its source."""
        from argmap import anchor

        return anchor.anchors(self.map)

    @cached_property
    def spans(self) -> Mapping[str, tuple[Span | None, ...]]:
        """The span of each quote of each claim in its source."""
        return {
            claim_id: tuple(getattr(place, "span", None) for place in places)
            for claim_id, places in self.anchors.items()
        }

    @cached_property
    def stands(self) -> dict[str, dict[Mode, list[Claim]]]:
        """Claims that place the text, by issue and mode, the one that counts first."""
        found: dict[str, dict[Mode, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        for claim in sorted(filter(places, self.map.claims.values()), key=self.rank):
            if claim.issue and claim.mode:
                found[claim.issue][claim.mode].append(claim)
        return {issue: dict(modes) for issue, modes in found.items()}

    def rank(self, claim: Claim) -> tuple[bool, int, int]:
        """Rank claims to find the one that counts: the author's own first, then the nearest to the thesis, then the earliest."""
        return claim.commitment == "reported", self.depths.get(claim.id, FAR), self.order[claim.id]

    @cached_property
    def relations(self) -> dict[str, AnyRelation]:
        """Relations by key; of several with one key the first."""
        return {relation.key: relation for relation in reversed(self.map.relations)}

    def relation(self, key: str) -> AnyRelation | None:
        """The relation of a key."""
        return self.relations.get(key)

    @cached_property
    def by_issue(self) -> dict[str, list[Claim]]:
        """Claims of the text itself by issue; unstated premises are the analyst's and left out."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.map.claims.values():
            if claim.issue and not claim.implicit:
                found[claim.issue].append(claim)
        return dict(found)

    def stand(self, issue: str, *, silent: bool = False) -> Stand:
        """Give the positions on an issue in each mode, the one that counts first."""
        modes = self.stands.get(issue, {})
        state = "position" if modes else "no-position" if issue in self.by_issue else "none"
        taken = {mode: tuple(dict.fromkeys(c.position for c in modes.get(mode, ()))) for mode in MODES}
        return Stand.model_validate({"state": state, "silent": silent and state == "none", **taken})

    def lead(self, issue: str, mode: Mode) -> Claim | None:
        """Find the claim that counts on an issue in one mode."""
        return next(iter(self.stands.get(issue, {}).get(mode, ())), None)

    def conclusions(self, claim_id: str) -> list[str]:
        """List the claims that a claim directly supports or attacks, in the map's order."""
        tied = self.ties.out_of.get(claim_id, ())
        return [r.target for r in tied if isinstance(r, Support | Attack) and r.target is not None]

    def reasons(self, claim_id: str) -> list[str]:
        """The premises of all supports of a claim, in the map's order."""
        return [premise for support in graph.reasons_of(self.ties, claim_id) for premise in support.by]

    def tied(self, claim_id: str) -> dict[Tied, None]:
        """List how a claim is related to others; an attack on a relation counts as one on its conclusion."""
        if claim_id not in self._tied:
            out, into = self.ties.out_of.get(claim_id, ()), self.ties.into.get(claim_id, ())
            up = [self._aim(relation) for relation in out if relation.target is not None]
            down = [(f"{relation.type} by", source) for relation in into for source in relation.by]
            self._tied[claim_id] = dict.fromkeys((*up, *down))
        return self._tied[claim_id]

    def _aim(self, relation: AnyRelation) -> Tied:
        target = str(relation.target)
        if target in self.map.claims:
            return f"{relation.type} of", target
        on = self.relation(target)
        return f"{relation.type} of a relation to", str(on.target if on else target)

    def supported(self, claim_id: str) -> set[str]:
        """List the claims that a claim supports."""
        return {r.target for r in self.ties.out_of.get(claim_id, ()) if isinstance(r, Support) and r.target is not None}

    def attacked(self, claim_id: str) -> set[str]:
        """List the claims that a claim attacks."""
        return {r.target for r in self.ties.out_of.get(claim_id, ()) if isinstance(r, Attack) and r.target is not None}

    def voice(self, claim: Claim) -> str | None:
        """Name the speaker of a claim; `None` for the author. Ids of speakers differ from map to map."""
        if claim.speaker is None:
            return None
        speaker = self.map.speakers.get(claim.speaker)
        return (speaker.name if speaker else claim.speaker).casefold()

    @cached_property
    def conditions(self) -> dict[str, ConditionAt]:
        """The words that each conditional claim hangs on, with their place."""
        from argmap import anchor

        apart = anchor.conditions_apart(self.map)
        found = {}
        for claim_id, place in anchor.conditions(self.map).items():
            condition = self.map.claims[claim_id].condition
            if condition is not None:
                at = self._quote_at(condition, place).model_dump()
                found[claim_id] = ConditionAt(**at, apart=claim_id in apart)
        return found

    @cached_property
    def next(self) -> dict[str, str]:
        """The next claim on the shortest way to the thesis, for each claim that leads there."""
        above: dict[str, str | None] = {}
        for step in graph.descent(self.map):
            above[step.node] = step.above
        found = {}
        for claim_id in self.map.claims:
            over = above.get(claim_id)
            while over is not None and over not in self.map.claims:
                over = above.get(over)
            if over is not None:
                found[claim_id] = over
        return found

    def thesis_of(self, claim_id: str) -> str:
        """Find the end of the shortest way from a claim to the thesis: a thesis, unless it leads to none."""
        while claim_id in self.next:
            claim_id = self.next[claim_id]
        return claim_id

    @cached_property
    def sides(self) -> dict[str, int]:
        """1 for claims that speak for the thesis, -1 for those against it: an odd number of attacks on the shortest way."""
        return graph.sides(self.map)

    def _quote_at(self, quote: Quote, place: Anchor) -> QuoteAt:
        from argmap import anchor

        found = self.map.source_of(quote)
        span: Span | None = getattr(place, "span", None)
        return QuoteAt(
            source=found[0] if found else quote.source,
            exact=quote.exact,
            start=span.start if span else None,
            end=span.end if span else None,
            status=anchor.status(self.map, quote, place),
        )

    def side(self, claim_id: str) -> Side:
        """Show a claim as a diff has it."""
        if claim_id not in self._sides:
            self._sides[claim_id] = self._side(claim_id)
        return self._sides[claim_id]

    def _side(self, claim_id: str) -> Side:
        claim = self.map.claims[claim_id]
        places = self.anchors[claim_id] if claim.quotes else ()
        quotes = [self._quote_at(quote, place) for quote, place in zip(claim.quotes, places, strict=True)]
        return Side(
            id=claim_id,
            text=claim.text,
            role=self.roles[claim_id],
            kind=claim.kind,
            commitment=claim.commitment,
            force=claim.force,
            speaker=claim.speaker,
            implicit=claim.implicit,
            issue=claim.issue,
            position=claim.position,
            mode=claim.mode,
            condition=self.conditions.get(claim_id),
            distance=self.depths.get(claim_id),
            next=self.next.get(claim_id),
            quotes=tuple(quotes),
        )

    def bears_on(self, relation: AnyRelation) -> str | None:
        """Find the claim that a relation finally bears on, over relations on relations."""
        return graph.bears_on(relation.target, self.map.claims, self.relations)

    @property
    def end(self) -> End:
        """The text as the head of a timeline names it."""
        title = self.map.title or next((s.title for s in self.map.sources.values() if s.title), None)
        speakers = {speaker_id: speaker.name for speaker_id, speaker in self.map.speakers.items()}
        return End(
            id=self.map.id, title=title, date=self.map.date, thesis=self.map.theses, speakers=FrozenDict(speakers)
        )

    def whole_end(self, name: str) -> End:
        """The text as the head of a diff has it: with all its claims and relations."""
        relations = tuple(
            RelationAt(
                id=relation.key,
                type=relation.type,
                sources=relation.by,
                target=relation.target,
                scheme=relation.scheme,
                bears_on=self.bears_on(relation),
            )
            for relation in self.map.relations
        )
        changes = {"name": name, "claims": tuple(map(self.side, self.map.claims)), "relations": relations}
        return self.end.model_copy(update=changes)


def placing(claims: Iterable[Side], position: str, mode: Mode) -> Side | None:
    """Find the claim that counts among those of one text on one issue that put it at a position in a mode."""
    found = (side for side in claims if (side.position, side.mode) == (position, mode) and places(side))
    return min(
        found,
        key=lambda side: (side.commitment == "reported", FAR if side.distance is None else side.distance),
        default=None,
    )


def places(claim: Claim | Side) -> bool:
    """Tell whether a claim puts its text on an issue's scale."""
    return (
        claim.issue is not None
        and claim.position is not None
        and claim.mode is not None
        and not claim.implicit
        and claim.commitment in PLACING
    )
