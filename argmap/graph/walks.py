"""Walks over a map.

The role of a claim in an argument is not stored; it follows from the relations:

    thesis ◄─ support ─ claim ◄─ support ─ supporting point
      ▲                                  ▲
      └── attack (rebut)                 └── attack (undermine); on a support itself: undercut

Each function is linear in claims and relations and assumes no tree: cycles, relations on relations
and missing targets are walked over, not into.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from argmap.model import AnyRelation, Attack, Map, Support

if TYPE_CHECKING:
    import networkx as nx

Role = Literal["thesis", "claim", "supporting point"]
AttackKind = Literal["rebut", "undermine", "undercut"]


@dataclass(frozen=True, slots=True)
class Ties:
    """The relations of a map by their ends, made once for many walks."""

    into: Mapping[str, Sequence[AnyRelation]]
    """Relations by target: a claim's id or a relation's key."""
    out_of: Mapping[str, Sequence[AnyRelation]]
    """Relations by each of their sources."""


def ties(map_: Map) -> Ties:
    """Index the relations of `map_` by target and by source."""
    into: dict[str, list[AnyRelation]] = defaultdict(list)
    out_of: dict[str, list[AnyRelation]] = defaultdict(list)
    for relation in map_.relations:
        if relation.target is not None:
            into[relation.target].append(relation)
        for source in relation.by:
            out_of[source].append(relation)
    return Ties(dict(into), dict(out_of))


def roles(map_: Map) -> dict[str, Role]:
    """Return the role of each claim: a thesis, named by the map; a supporting point, a reason without reasons of its own; or a claim."""
    theses = set(map_.theses)
    concluded = {r.target for r in map_.relations if isinstance(r, Support)}
    reasons = {source for r in map_.relations if isinstance(r, Support) for source in r.by}
    return {
        claim_id: "thesis"
        if claim_id in theses
        else "supporting point"
        if claim_id in reasons and claim_id not in concluded
        else "claim"
        for claim_id in map_.claims
    }


def attack_kinds(map_: Map) -> dict[str, AttackKind]:
    """Return the kind of each attack by its key: undercut on a relation, undermine on a mere premise, else rebut (Pollock 1987; ASPIC+)."""
    concluded = {r.target for r in map_.relations if isinstance(r, Support)}
    premises = {source for r in map_.relations if isinstance(r, Support) for source in r.by}

    def kind(target: str | None) -> AttackKind:
        if target not in map_.claims:
            return "undercut"
        return "undermine" if target in premises and target not in concluded else "rebut"

    return {r.key: kind(r.target) for r in map_.relations if isinstance(r, Attack)}


def depths(map_: Map, *starts: str) -> dict[str, int]:
    """Count the steps from each claim along relations to the thesis, or to the nearest of `starts`; claims that do not lead there are left out."""
    far = {step.node: step.depth for step in descent(map_, *starts)}
    return {claim_id: far[claim_id] for claim_id in map_.claims if claim_id in far}


class Step(NamedTuple):
    """A step of a walk down a map: the claim or relation reached, the relation taken, and what that relation is about."""

    node: str
    depth: int
    via: AnyRelation | None = None
    above: str | None = None


def descent(map_: Map, *starts: str) -> Iterator[Step]:
    """Walk down from the thesis, or from `starts`, and yield each claim and relation once, the nearest first.

    A relation may itself be attacked: its key stands as deep as what it bears on, and its attackers as deep as its premises.
    """
    tied = ties(map_)
    open_ = deque(Step(root, 0) for root in starts or map_.theses if root in map_.claims)
    seen: set[str] = set()
    while open_:
        step = open_.popleft()
        if step.node in seen:
            continue
        seen.add(step.node)
        yield step
        bearing = tied.into.get(step.node, ())
        # What is no step further comes before all that is.
        open_.extendleft(Step(relation.key, step.depth, relation, step.node) for relation in reversed(bearing))
        open_.extend(Step(by, step.depth + 1, relation, step.node) for relation in bearing for by in relation.by)


def sides(map_: Map) -> dict[str, int]:
    """Return 1 for claims that speak for the thesis, -1 for those against it: an odd number of attacks on the shortest way."""
    side: dict[str, int] = {}
    for step in descent(map_):
        crossed = step.via is not None and step.via.type == "attack" and step.node != step.via.key
        side[step.node] = side.get(step.above or "", 1) * (-1 if crossed else 1)
    return {claim_id: side[claim_id] for claim_id in map_.claims if claim_id in side}


def bears_on(target: str | None, claims: Container[str], relations: Mapping[str, AnyRelation]) -> str | None:
    """Return the claim that a relation with this target finally bears on, over relations on relations; `None` if none."""
    seen: set[str] = set()
    while target is not None and target not in claims and target not in seen:
        seen.add(target)
        on = relations.get(target)
        target = on.target if on else None
    return target if target in claims else None


def tops(map_: Map) -> list[str]:
    """Return the claims that lead nowhere, but that something leads to: the conclusions of a map without a thesis."""
    sources = {source for r in map_.relations for source in r.by}
    targets = {r.target for r in map_.relations}
    return [claim_id for claim_id in map_.claims if claim_id in targets and claim_id not in sources]


def adrift(map_: Map) -> list[str]:
    """Return the claims in no relation. A thesis is never adrift; nor is a claim on an issue, if issues organise the map.

    Issues organise a map that names several theses, or `none`.
    """
    tied = {*map_.theses, *(end for r in map_.relations for end in (*r.by, r.target))}
    by_issue = isinstance(map_.thesis, tuple)
    return [
        claim_id for claim_id, claim in map_.claims.items() if claim_id not in tied and not (by_issue and claim.issue)
    ]


def support_circles(map_: Map) -> list[list[str]]:
    """Return groups of claims that support one another in a circle, in the map's order (Tarjan 1972, by networkx)."""
    steps = [(source, r.target) for r in map_.relations if isinstance(r, Support) and r.target for source in r.by]
    if not _may_be_circular(steps):
        return []
    import networkx as nx

    supports: nx.DiGraph[str] = nx.DiGraph(steps)
    order = {claim_id: n for n, claim_id in enumerate(map_.claims)}
    circles = [
        sorted(group, key=lambda claim: order.get(claim, len(order)))
        for group in nx.strongly_connected_components(supports)
        if len(group) > 1 or any(supports.has_edge(claim_id, claim_id) for claim_id in group)
    ]
    return sorted(circles, key=lambda circle: order.get(circle[0], len(order)))


def _may_be_circular(steps: Iterable[tuple[str, str]]) -> bool:
    """Return whether claims are left after unsupported claims are removed repeatedly (Kahn 1962).

    Most maps have no circle; this finds out without loading a graph library.
    """
    waits: dict[str, int] = defaultdict(int)
    out_of: dict[str, list[str]] = defaultdict(list)
    for source, target in steps:
        waits[target] += 1
        out_of[source].append(target)
    free = [claim_id for claim_id in out_of if claim_id not in waits]
    for claim_id in free:
        for target in out_of.get(claim_id, ()):
            waits[target] -= 1
            if not waits[target]:
                free.append(target)
    return any(waits.values())


def way_round(map_: Map, group: Iterable[str]) -> tuple[list[str], int]:
    """Return a shortest path from the first claim of a `support_circles` group back to it, and the index of the relation that closes it."""
    inside = dict.fromkeys(group)
    start = next(iter(inside))
    steps: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for n, relation in enumerate(map_.relations):
        if isinstance(relation, Support) and relation.target in inside:
            for source in relation.by:
                steps[source].append((relation.target or "", n))
    came_from: dict[str, str] = {}
    open_ = deque([start])
    while open_:
        claim_id = open_.popleft()
        for target, n in steps[claim_id]:
            if target == start:
                way = [claim_id]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return [*reversed(way), start], n
            if target not in came_from:
                came_from[target] = claim_id
                open_.append(target)
    return list(inside), 0


def reasons_of(tied: Ties, claim_id: str) -> list[Support]:
    """Return the supports of a claim; several supports converge."""
    return [r for r in tied.into.get(claim_id, ()) if isinstance(r, Support)]


def below(map_: Map, start: str, depth: int | None = None) -> Iterable[str]:
    """Return the claim `start` and all claims that lead to it, up to `depth` steps if given."""
    return (claim_id for claim_id, far in depths(map_, start).items() if depth is None or far <= depth)
