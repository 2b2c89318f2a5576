"""Read and write node-link JSON: claims and relations as nodes, as networkx and D3 read them. Described in node-link.md."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import MOST_PARTS, Irregular, too_many
from argmap.formats.graphs.flat_graph import from_graph, to_graph
from argmap.formats.graphs.graph_builder import Listed
from argmap.model import Map

NAME = "node-link"
_ENDS = (("source", "from"), ("target", "to"))
_NODE_IDS = ("id", "key")
_OF_FORM = {"nodes", "edges", "links", "graph", "attributes", "directed", "multigraph", "options"}
"""Keys of a document whose values are read one by one, or say what form it has."""


def read(content: Content) -> Reading:
    """Read a map from a graph in node-link JSON."""
    data = content.json()
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), list):
        problem, hint = "node-link JSON is an object with `nodes`.", None
    elif isinstance(data.get("adjacency"), list):
        problem, hint = "a list of neighbours (`adjacency`) is not read.", "Write it with networkx's `node_link_data`."
    else:
        irregular = Irregular(content.name)
        return Reading(from_graph(_listed(data, irregular), NAME, (".json",)), irregular.findings)
    raise ArgmapError(Finding("unreadable", "error", problem, Place(content.name), hint))


def _listed(data: dict[str, Any], irregular: Irregular) -> Listed:
    """List the nodes and edges of the document; anything else in their place is left out with a finding."""
    key = "edges" if isinstance(data.get("edges"), list) else "links"
    edges = data.get(key, data.get("edges", []))
    if not isinstance(edges, list):
        irregular.add("unknown-value", "the edges are not a list: left out.", (key,))
        edges = []
    if len(data["nodes"]) > MOST_PARTS or len(edges) > 4 * MOST_PARTS:
        raise too_many(irregular.file, "nodes")
    parts = Listed(irregular)
    parts.whole.update({key: value for key, value in data.items() if key not in _OF_FORM})
    whole = data.get("graph", data.get("attributes", {}))
    if isinstance(whole, dict):
        parts.whole.update(whole)
    else:
        irregular.add("unknown-value", "the fields of the whole graph are not an object: left out.", ("graph",))
    naming = _naming(data["nodes"], edges)
    order: list[str] = []
    for n, given in enumerate(data["nodes"]):
        # A list of bare ids is a list of nodes that say nothing else.
        node = {"id": given} if isinstance(given, str | int) else given
        if not isinstance(node, dict):
            parts.add("unknown-value", "a node is not an object: left out.", {"at": ("nodes", n)})
            order.append("")
            continue
        named = next((name for name in naming if _is_id(node.get(name))), None)
        name = str(node[named]) if named else f"node-{n}" if naming else str(n)
        order.append(name)
        if edges and isinstance(outer := node.get("parent"), str | int):
            parts.groups.setdefault(str(outer), []).append(name)
        parts.node(name, _attributes(node, {named} if named in _NODE_IDS else set()), {"at": ("nodes", name)})
    by_place = _are_places(
        [_end(edge, names, naming) for edge in edges if isinstance(edge, dict) for names in _ENDS], order
    )
    for n, edge in enumerate(edges):
        if not isinstance(edge, dict):
            parts.add("unknown-value", "an edge is not an object: left out.", {"at": (key, n)})
            continue
        known = {name for names in _ENDS for name in names} | {"undirected"}
        # networkx numbers parallel edges, and gives them names where somebody chose names.
        if data.get("multigraph") is True and isinstance(edge.get("key"), int):
            known.add("key")
        source, target = (_end(edge, names, naming) for names in _ENDS)
        if by_place:
            source, target = (order[int(end)] if end is not None else None for end in (source, target))
        parts.undirected += edge.get("undirected", not data.get("directed", True)) is True
        parts.edge(source, target, _attributes(edge, known), {"at": (key, n)})
    return parts


def _naming(nodes: list[Any], edges: list[Any]) -> tuple[str, ...]:
    """Return the keys of the nodes' ids; none where edges give the number of a node."""
    if any(not isinstance(node, dict) or any(_is_id(node.get(key)) for key in _NODE_IDS) for node in nodes):
        return _NODE_IDS
    ends = (edge.get(name) for edge in edges if isinstance(edge, dict) for names in _ENDS for name in names)
    return ("name",) if any(isinstance(end, str) for end in ends) else ()


def _are_places(ends: list[str | None], names: list[str]) -> bool:
    """Tell if edges lead to places in the list of nodes, as in networkx 1 and D3 3, although the nodes have ids."""
    given = {end for end in ends if end is not None}
    return bool(given) and given.isdisjoint(names) and all(end.isdecimal() and int(end) < len(names) for end in given)


def _is_id(value: Any) -> bool:
    return isinstance(value, str | int | float) or (isinstance(value, list) and bool(value))


def _end(edge: dict[str, Any], names: tuple[str, ...], naming: tuple[str, ...]) -> str | None:
    end = next((edge[name] for name in names if name in edge), None)
    if isinstance(end, dict):
        end = next((end[key] for key in naming or ("index",) if _is_id(end.get(key))), None)
    return str(end) if _is_id(end) else None


def _attributes(item: dict[str, Any], known: set[str]) -> dict[str, Any]:
    """Return what a node or an edge says beyond its ids; graphology puts it one step deeper."""
    outer = {key: value for key, value in item.items() if key not in known}
    inner = outer.pop("attributes") if isinstance(outer.get("attributes"), dict) else {}
    return {**outer, **inner}


def write(map_: Map) -> str:
    """Write a map as node-link JSON."""
    return json.dumps(nx.node_link_data(to_graph(map_, NAME), edges="edges"), ensure_ascii=False, indent=1) + "\n"
