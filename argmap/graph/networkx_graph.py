"""A map as a networkx graph, and back; nothing is lost on the way.

claim ─ premise ─▶ relation ─ conclusion ─▶ claim
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from argmap.graph.walks import attack_kinds, roles
from argmap.ids import FreeNames
from argmap.model import Map

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(map_: Map) -> nx.MultiDiGraph[str]:
    """Return the map as a typed graph, relations as nodes, as in AIF; nothing is lost.

    Returns
    -------
    networkx.MultiDiGraph
        One node for each claim (key: its id) with `type="claim"`, `role`, and every field that is set, under
        the keys of the file format. One node for each relation (key: its key, `~2` added to a repeated one) with
        `type="support"|"attack"|"rephrase"`, `kind` for attacks, `order` (its place in the map) and its fields.
        Edges run source → relation with `type="premise"` and `order`, and relation → target with
        `type="conclusion"`. An end that is not in the map becomes a node with `type="missing"`.
        `graph.graph` holds the map's other fields.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    data = map_.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    graph.graph.update({key: value for key, value in data.items() if key not in ("claims", "relations")})
    role_of, kind_of = roles(map_), attack_kinds(map_)
    for claim_id, fields in data.get("claims", {}).items():
        graph.add_node(claim_id, type="claim", role=role_of[claim_id], **{k: v for k, v in fields.items() if v != []})
    names = _node_names(map_)
    for order, (relation, name) in enumerate(zip(map_.relations, names, strict=True)):
        fields = relation.model_dump(mode="json", exclude_defaults=True, exclude={"target", "by"})
        kind = {"kind": kind_of[relation.key]} if relation.type == "attack" else {}
        graph.add_node(name, type=relation.type, order=order, **kind, **fields)
    for relation, name in zip(map_.relations, names, strict=True):
        ends = [(source, name, "premise", n) for n, source in enumerate(relation.by)]
        if relation.target is not None:
            ends.append((name, relation.target, "conclusion", 0))
        for source, target, type_, n in ends:
            for end in (source, target):
                if end not in graph:
                    graph.add_node(end, type="missing")
            graph.add_edge(source, target, type=type_, order=n)
    return graph


def _node_names(map_: Map) -> list[str]:
    """Return a unique name for each relation, different from any claim's."""
    free = FreeNames(map_.claims)
    return [free.name(relation.key) for relation in map_.relations]


_DERIVED = {"type", "role", "order"}


def from_networkx(graph: nx.MultiDiGraph[str]) -> Map:
    """Return the map that `to_networkx` made the graph from.

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
