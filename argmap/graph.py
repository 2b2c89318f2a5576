"""Walks over a map, and its way to networkx and back.

What a claim *does* in an argument is nowhere stored; it follows from the relations:

    thesis ◄─ support ─ claim ◄─ support ─ supporting point
      ▲                                  ▲
      └── attack (rebut)                 └── attack (undermine); on a support itself: undercut

Each function is linear in claims and relations and assumes no tree: cycles, relations on relations
and missing targets are walked over, not into.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from argmap.ids import FreeNames
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


def ties(m: Map) -> Ties:
    """Index the relations of `m` by target and by source."""
    into: dict[str, list[AnyRelation]] = defaultdict(list)
    out_of: dict[str, list[AnyRelation]] = defaultdict(list)
    for relation in m.relations:
        if relation.target is not None:
            into[relation.target].append(relation)
        for source in relation.by:
            out_of[source].append(relation)
    return Ties(dict(into), dict(out_of))


def roles(m: Map) -> dict[str, Role]:
    """Role of each claim: the map names its thesis (or several); a supporting point is a reason that has none of its own."""
    theses = set(m.theses)
    concluded = {r.target for r in m.relations if isinstance(r, Support)}
    reasons = {source for r in m.relations if isinstance(r, Support) for source in r.by}
    return {
        id: "thesis" if id in theses else "supporting point" if id in reasons and id not in concluded else "claim"
        for id in m.claims
    }


def attack_kinds(m: Map) -> dict[str, AttackKind]:
    """Kind of each attack, by its key: on a relation undercut, on a mere premise undermine, else rebut (Pollock 1987; ASPIC+)."""
    concluded = {r.target for r in m.relations if isinstance(r, Support)}
    premises = {source for r in m.relations if isinstance(r, Support) for source in r.by}

    def kind(target: str | None) -> AttackKind:
        if target not in m.claims:
            return "undercut"
        return "undermine" if target in premises and target not in concluded else "rebut"

    return {r.key: kind(r.target) for r in m.relations if isinstance(r, Attack)}


def depths(m: Map, *starts: str) -> dict[str, int]:
    """Steps from each claim to the thesis (or to the nearest of `starts`) along relations; claims that do not lead there are left out."""
    far = {step.node: step.depth for step in descent(m, *starts)}
    return {id: far[id] for id in m.claims if id in far}


class Step(NamedTuple):
    """How a walk down a map comes to a claim or a relation: over which relation, and from what that bears on."""

    node: str
    depth: int
    via: AnyRelation | None = None
    above: str | None = None


def descent(m: Map, *starts: str) -> Iterator[Step]:
    """Each claim and relation below the thesis (or below `starts`) once, the nearest first, by a shortest way.

    A relation may itself be attacked: its key stands as deep as what it bears on, and its attackers as deep as its premises.
    """
    tied = ties(m)
    open_ = deque(Step(root, 0) for root in starts or m.theses if root in m.claims)
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


def tops(m: Map) -> list[str]:
    """Claims that lead nowhere, and that something leads to: what a map without a thesis argues for."""
    sources = {source for r in m.relations for source in r.by}
    targets = {r.target for r in m.relations}
    return [id for id in m.claims if id in targets and id not in sources]


def adrift(m: Map) -> list[str]:
    """Claims that no relation ties to anything. A thesis is never adrift, and a claim on an issue is not where issues organise the map.

    Issues organise a map that names several theses, or `none`.
    """
    tied = {*m.theses, *(end for r in m.relations for end in (*r.by, r.target))}
    by_issue = isinstance(m.thesis, tuple)
    return [id for id, claim in m.claims.items() if id not in tied and not (by_issue and claim.issue)]


def support_circles(m: Map) -> list[list[str]]:
    """Groups of claims that support one another in a circle, in the map's order (Tarjan 1972, by networkx)."""
    steps = [(source, r.target) for r in m.relations if isinstance(r, Support) and r.target for source in r.by]
    if not _may_be_circular(steps):
        return []
    import networkx as nx

    supports: nx.DiGraph[str] = nx.DiGraph(steps)
    order = {id: n for n, id in enumerate(m.claims)}
    circles = [
        sorted(group, key=lambda claim: order.get(claim, len(order)))
        for group in nx.strongly_connected_components(supports)
        if len(group) > 1 or any(supports.has_edge(id, id) for id in group)
    ]
    return sorted(circles, key=lambda circle: order.get(circle[0], len(order)))


def _may_be_circular(steps: Iterable[tuple[str, str]]) -> bool:
    """Whether claims are left when those that nothing supports are taken away, again and again (Kahn 1962).

    Most maps have no circle, and this is told without loading a graph library.
    """
    waits: dict[str, int] = defaultdict(int)
    out_of: dict[str, list[str]] = defaultdict(list)
    for source, target in steps:
        waits[target] += 1
        out_of[source].append(target)
    free = [id for id in out_of if id not in waits]
    for id in free:
        for target in out_of.get(id, ()):
            waits[target] -= 1
            if not waits[target]:
                free.append(target)
    return any(waits.values())


def way_round(m: Map, group: Iterable[str]) -> tuple[list[str], int]:
    """A shortest way from the first of a group of `support_circles` back to it, and the index of the relation that closes it."""
    inside = dict.fromkeys(group)
    start = next(iter(inside))
    steps: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for n, relation in enumerate(m.relations):
        if isinstance(relation, Support) and relation.target in inside:
            for source in relation.by:
                steps[source].append((relation.target or "", n))
    came_from: dict[str, str] = {}
    open_ = deque([start])
    while open_:
        id = open_.popleft()
        for target, n in steps[id]:
            if target == start:
                way = [id]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return [*reversed(way), start], n
            if target not in came_from:
                came_from[target] = id
                open_.append(target)
    return list(inside), 0


def to_networkx(m: Map) -> nx.MultiDiGraph[str]:
    """The map as a typed graph, relations as nodes, as in AIF; nothing is lost.

    Returns
    -------
    networkx.MultiDiGraph
        A node a claim (key: its id) with `type="claim"`, `role`, and every field that is set, under
        the keys of the file format. A node a relation (key: its key, `~2` added to a repeated one) with
        `type="support"|"attack"|"rephrase"`, `kind` for attacks, `order` (its place in the map) and its fields.
        Edges run source → relation with `type="premise"` and `order`, and relation → target with
        `type="conclusion"`. An end that is not in the map becomes a node with `type="missing"`.
        `graph.graph` holds the map's other fields.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    data = m.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    graph.graph.update({key: value for key, value in data.items() if key not in ("claims", "relations")})
    role_of, kind_of = roles(m), attack_kinds(m)
    for id, fields in data.get("claims", {}).items():
        graph.add_node(id, type="claim", role=role_of[id], **{k: v for k, v in fields.items() if v != []})
    names = _node_names(m)
    for order, (relation, name) in enumerate(zip(m.relations, names, strict=True)):
        fields = relation.model_dump(mode="json", exclude_defaults=True, exclude={"target", "by"})
        kind = {"kind": kind_of[relation.key]} if relation.type == "attack" else {}
        graph.add_node(name, type=relation.type, order=order, **kind, **fields)
    for relation, name in zip(m.relations, names, strict=True):
        ends = [(source, name, "premise", n) for n, source in enumerate(relation.by)]
        if relation.target is not None:
            ends.append((name, relation.target, "conclusion", 0))
        for source, target, type_, n in ends:
            for end in (source, target):
                if end not in graph:
                    graph.add_node(end, type="missing")
            graph.add_edge(source, target, type=type_, order=n)
    return graph


def _node_names(m: Map) -> list[str]:
    """A name a relation, unlike each other and unlike any claim's."""
    free = FreeNames(m.claims)
    return [free.name(relation.key) for relation in m.relations]


_DERIVED = {"type", "role", "order"}


def from_networkx(graph: nx.MultiDiGraph[str]) -> Map:
    """The map that `to_networkx` made the graph from.

    Raises
    ------
    ValueError
        When a node has no known `type`, a relation or a premise has no `order`, or a field does not fit
        (pydantic.ValidationError is a ValueError).
    """
    claims: dict[str, dict[str, Any]] = {}
    relations: list[tuple[int, dict[str, Any]]] = []
    for node, fields in graph.nodes(data=True):
        match fields.get("type"):
            case "claim":
                claims[node] = {key: value for key, value in fields.items() if key not in _DERIVED}
            case "support" | "attack" | "rephrase" as type_:
                kept = {key: value for key, value in fields.items() if key not in _DERIVED and key != "kind"}
                target = next(
                    (end for _, end, edge in graph.out_edges(node, data=True) if edge.get("type") == "conclusion"), None
                )
                sources = sorted(
                    (_order(edge, f"edge {end!r} → {node!r}"), end)
                    for end, _, edge in graph.in_edges(node, data=True)
                    if edge.get("type") == "premise"
                )
                order = _order(fields, f"node {node!r}")
                relations.append((order, {type_: target, "by": [end for _, end in sources], **kept}))
            case "missing":
                pass
            case unknown:
                raise ValueError(
                    f"node {node!r} has type {unknown!r}: one of claim, support, attack, rephrase, missing"
                )
    ordered = [fields for _, fields in sorted(relations, key=lambda item: item[0])]
    return Map.model_validate({**graph.graph, "claims": claims, "relations": ordered})


def _order(fields: Mapping[str, Any], what: str) -> int:
    order = fields.get("order")
    if not isinstance(order, int):
        raise ValueError(f"{what} has no order: a number from 0, its place among the others")  # noqa: TRY004 - one error for all
    return order


def reasons_of(tied: Ties, id: str) -> list[Support]:
    """The supports whose conclusion is `id`; more than one converge."""
    return [r for r in tied.into.get(id, ()) if isinstance(r, Support)]


def below(m: Map, start: str, depth: int | None = None) -> Iterable[str]:
    """The claim `start` and all claims that lead to it, down to `depth` steps when given."""
    return (id for id, far in depths(m, start).items() if depth is None or far <= depth)
