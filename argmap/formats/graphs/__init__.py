"""Graph formats: GraphML, GEXF and node-link JSON."""

from __future__ import annotations

import re

from argmap.formats.common.format import Content, Format
from argmap.formats.common.map_features import ALL
from argmap.formats.common.matching import has, some


def _is_graphml(content: Content) -> bool:
    """Look for an element `graphml`."""
    return re.search(r"<(?:\w+:)?graphml[\s>/]", content.head) is not None


def _is_gexf(content: Content) -> bool:
    """Look for an element `gexf`."""
    return re.search(r"<(?:\w+:)?gexf[\s>/]", content.head) is not None


def _is_node_link(content: Content) -> bool:
    """Look for nodes, and for edges or links from a source to a target, or the neighbours of each node."""
    data = content.data
    if not has(data, nodes=list):
        return False
    edges = [(some(data, key) or {}).keys() for key in ("links", "edges")]
    drawn = any({"source", "target"} <= keys or ({"from", "to"} <= keys and "analysis" not in data) for keys in edges)
    return drawn or has(data, directed=bool, multigraph=bool) or has(data, adjacency=list)


FORMATS = (
    Format("graphml", "GraphML", (".graphml",), ALL, _is_graphml, module="graphml"),
    Format("gexf", "GEXF", (".gexf",), matches=_is_gexf, writes=False, module="gexf"),
    # Other formats have nodes and edges too, and more than those to be known by.
    Format("node-link", "node-link JSON", (".node-link.json",), ALL, _is_node_link, module="node_link", order=60),
)
