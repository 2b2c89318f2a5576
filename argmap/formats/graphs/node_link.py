"""Node-link JSON, as networkx, D3 and most graph libraries for the web read it.

    {"directed": true, "multigraph": true, "graph": {"argmap": 1, "map_id": "bridge", "thesis": "close"},
     "nodes": [{"label": "It rusts.", "type": "claim", "role": "supporting point", "text": "It rusts.", "id": "rust"}, …],
     "edges": [{"tie": "premise", "order": 0, "source": "rust", "target": "rust:supports:close", "key": 0}, …]}

The edges stand under `edges` (networkx) or `links` (D3), their ends under `source` and `target` or `from` and `to`
(vis.js); an end is an id, the node itself as D3 leaves it there, or a number in the list of nodes that have no ids.
graphology's `key` and `attributes` are read too, and so is networkx's other form, in which `adjacency` lists at each
node's place the nodes that it leads to. Which attributes there are, and how a graph from elsewhere is read, is
as in GraphML: `argmap formats graphml`. Node-link JSON holds all that a map says.

Source: networkx, `node_link_data`; d3-force, `forceLink`; graphology, `export`.
"""

from __future__ import annotations

import json
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.common.format import Reading
from argmap.formats.common.graph_builder import Listed, Spot
from argmap.formats.common.reader_support import MOST_PARTS, Irregular, too_many

if TYPE_CHECKING:
    from argmap.formats.common.format import Content
    from argmap.model import Map

NAME = "node-link"
_ENDS = {"source": ("source", "from"), "target": ("target", "to")}
_NODE_IDS = ("id", "key")
_OF_FORM = {"nodes", "edges", "links", "adjacency", "graph", "attributes", "directed", "multigraph", "options"}
"""Keys of a document whose values are read one by one, or say what form it has."""


def read(content: Content) -> Reading:
    """The map of a graph in node-link JSON."""
    from argmap.formats.graphs.flat_graph import from_graph

    data = content.json()
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), list):
        raise ArgmapError(
            Finding("unreadable", "error", "node-link JSON is an object with `nodes`.", Place(content.name))
        )
    irregular = Irregular(content.name)
    listed = _listed(data, irregular)
    return Reading(from_graph(listed.graph(), content.name, NAME, irregular, (".json",)), irregular.findings)


def _listed(data: dict[str, Any], irregular: Irregular) -> Listed:
    """The nodes and edges of the document, what is none of them left out with a finding."""
    key = "edges" if isinstance(data.get("edges"), list) else "links"
    edges = data.get(key, data.get("edges", []))
    if not isinstance(edges, list):
        irregular.add("unknown-value", "the edges are no list: read without.", (key,))
        edges = []
    if not edges and isinstance(data.get("adjacency"), list):
        key, edges = "adjacency", _adjacent(data, irregular)
    if len(data["nodes"]) > MOST_PARTS or len(edges) > 4 * MOST_PARTS:
        raise too_many(irregular.file, "nodes")
    parts = Listed(irregular)
    parts.whole.update({key: value for key, value in data.items() if key not in _OF_FORM})
    whole = data.get("graph", data.get("attributes", {}))
    if isinstance(whole, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in whole):
        whole = {str(name): value for name, value in whole}  # as networkx writes it beside an adjacency
    if isinstance(whole, dict):
        parts.whole.update(whole)
    else:
        irregular.add("unknown-value", "what the graph says as a whole is no object: left out.", ("graph",))
    naming = _naming(data["nodes"], edges)
    for n, given in enumerate(data["nodes"]):
        # A list of bare ids is a list of nodes that say nothing else.
        node = {"id": given} if isinstance(given, str | int) else given
        if not isinstance(node, dict):
            parts.add("unknown-value", "a node is no object: left out.", Spot(("nodes", n)))
            continue
        named = next((name for name in naming if _is_id(node.get(name))), None)
        id = str(node[named]) if named else f"node-{n}" if naming else str(n)
        parts.node(id, _attributes(node, {named} if named in _NODE_IDS else set()), Spot(("nodes", id)))
    for n, edge in enumerate(edges):
        if not isinstance(edge, dict):
            parts.add("unknown-value", "an edge is no object: left out.", Spot((key, n)))
            continue
        source, target = (_end(edge, names, naming) for names in _ENDS.values())
        ends = {name for names in _ENDS.values() for name in names if name in edge}
        parts.undirected += edge.get("undirected", not data.get("directed", True)) is True
        # networkx numbers parallel edges, and calls them by names where somebody gave them names.
        numbered = {"key"} if data.get("multigraph") is True and isinstance(edge.get("key"), int) else set()
        parts.edge(source, target, _attributes(edge, ends | numbered | {"undirected"}), Spot((key, n)))
    return parts


def _adjacent(data: dict[str, Any], irregular: Irregular) -> list[Any]:
    """The edges of networkx's `adjacency_data`, each once; where they have no direction, they stand there from both ends."""
    edges: list[Any] = []
    seen: set[tuple[str, str, str]] = set()
    for n, (node, row) in enumerate(zip_longest(data["nodes"], data["adjacency"], fillvalue=None)):
        if row is not None and (node is None or not isinstance(row, list)):
            irregular.add("unknown-value", "this is no list of what some node leads to: left out.", ("adjacency", n))
            continue
        source = node.get("id", n) if isinstance(node, dict) else node
        for end in row or ():
            if not isinstance(end, dict):
                edges.append(end)
                continue
            target, key = end.get("id"), str(end.get("key"))
            if data.get("directed") is False and (str(target), str(source), key) in seen:
                continue
            seen.add((str(source), str(target), key))
            # An attribute may be called as an end is; one step deeper it is none.
            says = {name: value for name, value in end.items() if name not in ("id", "key")}
            named = {"key": end["key"]} if "key" in end else {}
            edges.append({"source": source, "target": target, "attributes": says, **named})
    return edges


def _naming(nodes: list[Any], edges: list[Any]) -> tuple[str, ...]:
    """The keys under which nodes may have what edges call them; none where edges call them by their number."""
    if any(not isinstance(node, dict) or any(_is_id(node.get(key)) for key in _NODE_IDS) for node in nodes):
        return _NODE_IDS
    ends = (edge.get(name) for edge in edges if isinstance(edge, dict) for names in _ENDS.values() for name in names)
    return ("name",) if any(isinstance(end, str) for end in ends) else ()


def _is_id(value: Any) -> bool:
    return isinstance(value, str | int | float) or (isinstance(value, list) and bool(value))


def _end(edge: dict[str, Any], names: tuple[str, ...], naming: tuple[str, ...]) -> str | None:
    """The id of the node at one end of an edge."""
    end = next((edge[name] for name in names if name in edge), None)
    if isinstance(end, dict):
        end = next((end[key] for key in naming or ("index",) if _is_id(end.get(key))), None)
    return str(end) if _is_id(end) else None


def _attributes(item: dict[str, Any], known: set[str]) -> dict[str, Any]:
    """What a node or an edge says beyond its ids; graphology puts it one step deeper."""
    inner = item.get("attributes")
    outer = {key: value for key, value in item.items() if key not in known}
    if isinstance(inner, dict):
        del outer["attributes"]
        return {**outer, **inner}
    return outer


def write(m: Map) -> str:
    """The map as node-link JSON."""
    import networkx as nx

    from argmap.formats.graphs.flat_graph import to_graph

    return json.dumps(nx.node_link_data(to_graph(m, NAME), edges="edges"), ensure_ascii=False, indent=1) + "\n"
