"""Graph formats: GraphML, GEXF and node-link JSON."""

from __future__ import annotations

import re
from collections.abc import Callable

from argmap.formats.common.format import Content, Format, has, some
from argmap.formats.common.map_features import ALL


def _has_element(name: str) -> Callable[[Content], bool]:
    """Make the test for an XML element of that name."""
    return lambda content: re.search(rf"<(?:\w+:)?{name}[\s>/]", content.head) is not None


def _is_node_link(content: Content) -> bool:
    """Look for nodes, and for edges or links from a source to a target, or the neighbours of each node."""
    data = content.data
    if not has(data, nodes=list):
        return False
    edges = [(some(data, key) or {}).keys() for key in ("links", "edges")]
    drawn = any({"source", "target"} <= keys or ({"from", "to"} <= keys and "analysis" not in data) for keys in edges)
    return drawn or has(data, directed=bool, multigraph=bool) or has(data, adjacency=list)


_CARRIES = ALL - {"questions"}
FORMATS = (
    Format("graphml", "GraphML", (".graphml",), _CARRIES, _has_element("graphml"), module="graphml"),
    Format("gexf", "GEXF", (".gexf",), matches=_has_element("gexf"), writes=False, module="gexf"),
    # Other formats have nodes and edges too, and more than those to be known by.
    Format("node-link", "node-link JSON", (".node-link.json",), _CARRIES, _is_node_link, module="node_link", order=60),
)
