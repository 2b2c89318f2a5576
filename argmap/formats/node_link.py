"""Node-link JSON, as networkx, D3 and most graph libraries for the web read it.

    {"directed": true, "multigraph": true, "graph": {"argmap": 1, "map_id": "bridge", "thesis": "close"},
     "nodes": [{"label": "It rusts.", "type": "claim", "role": "supporting point", "text": "It rusts.", "id": "rust"}, …],
     "edges": [{"tie": "premise", "order": 0, "source": "rust", "target": "rust>close", "key": 0}, …]}

The edges stand under `edges` (networkx) or `links` (D3). Which attributes there are, and how a graph from elsewhere is
read, says `argmap.formats.networks`. Carries everything.

Source: networkx, `node_link_data`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from argmap.finding import ArgmapError, Finding, Place
from argmap.formats.format import Reading
from argmap.formats.kit import MOST_PARTS, Irregular, too_many

if TYPE_CHECKING:
    from argmap.formats.format import Content
    from argmap.model import Map

NAME = "node-link"


def read(content: Content) -> Reading:
    """The map of a graph in node-link JSON."""
    import networkx as nx

    from argmap.formats.networks import from_graph, parsed

    data = content.json()
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), list):
        raise ArgmapError(
            Finding("unreadable", "error", "node-link JSON is an object with `nodes`.", Place(content.name))
        )
    edges = "links" if "edges" not in data and "links" in data else "edges"
    if len(data["nodes"]) > MOST_PARTS or (isinstance(data.get(edges), list) and len(data[edges]) > 4 * MOST_PARTS):
        raise too_many(content.name, "nodes")
    irregular = Irregular(content.name)
    given = {"directed": True, "multigraph": True, "graph": {}, edges: [], **data}
    if not isinstance(given["graph"], dict):
        irregular.add("unknown-value", "what the graph says as a whole is no object: left out.", ("graph",))
        given["graph"] = {}
    graph = parsed(lambda: nx.node_link_graph(given, edges=edges), content.name)
    return Reading(from_graph(graph, content.name, NAME, irregular, (".json",)), irregular.findings)


def write(m: Map) -> str:
    """The map as node-link JSON."""
    import networkx as nx

    from argmap.formats.networks import to_graph

    return json.dumps(nx.node_link_data(to_graph(m, NAME), edges="edges"), ensure_ascii=False, indent=1) + "\n"
