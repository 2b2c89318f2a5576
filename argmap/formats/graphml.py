"""GraphML, which Gephi, yEd, Cytoscape, igraph and most others open.

    <key id="d3" for="node" attr.name="label" attr.type="string"/>
    <graph edgedefault="directed">
      <node id="rust"><data key="d3">It rusts.</data>…</node>
      <edge source="rust" target="rust&gt;close" id="0"><data key="d9">premise</data></edge>
    </graph>

Gephi takes `label` for the label. yEd shows only labels of its own, so that each node and edge has those as well: claims
as boxes, relations as small coloured ovals between them; a layout is for yEd to make (Layout, Hierarchical). Which
attributes there are, and how a graph from elsewhere is read, says `argmap.formats.networks`. Carries everything.

Source: Brandes et al. 2002, GraphML progress report; the yFiles extension as yEd writes it.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from argmap.formats.format import Reading
from argmap.formats.kit import Irregular
from argmap.formats.markup import elements

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from argmap.formats.format import Content
    from argmap.model import Map

NAME = "graphml"
_WRAP = 34
_LINE = 16
_COLOURS = {"support": "#009E73", "attack": "#D55E00", "rephrase": "#999999"}  # Okabe & Ito 2008


def read(content: Content) -> Reading:
    """The map of a GraphML graph."""
    import networkx as nx

    from argmap.formats.networks import from_graph, parsed

    irregular = Irregular(content.name)
    graphs = [element for element in elements(content, "graph") if element.tag == "graph" and element.depth == 1]
    if len(graphs) > 1:
        irregular.add("more-graphs", "the file holds several graphs: the first is read.", line=graphs[1].line, column=1)
    graph = parsed(lambda: nx.parse_graphml(content.text.strip(), force_multigraph=True), content.name)
    for data, default in _with_defaults(graph):
        for key in default.keys() - data.keys():
            data[key] = default[key]
    return Reading(from_graph(graph, content.name, NAME, irregular, (".graphml",)), irregular.findings)


def _with_defaults(graph: Any) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Attributes of each node and edge, and what they are where the file leaves them out."""
    nodes = [(data, graph.graph.get("node_default", {})) for _, data in graph.nodes(data=True)]
    return nodes + [(data, graph.graph.get("edge_default", {})) for _, _, data in graph.edges(data=True)]


def write(m: Map) -> str:
    """The map as a GraphML graph."""
    from xml.etree.ElementTree import Element, tostring

    import networkx as nx

    from argmap.formats.networks import to_graph

    graph = to_graph(m, NAME)
    writer = nx.GraphMLWriter(graph)
    root = writer.xml
    root.set("xmlns:y", "http://www.yworks.com/xml/graphml")
    for kind in ("node", "edge"):
        root.insert(0, Element("key", {"id": f"y-{kind}", "for": kind, "yfiles.type": f"{kind}graphics"}))
    for node in root.iter("node"):
        _draw_node(node, graph.nodes[node.get("id")])
    for edge in root.iter("edge"):
        _draw_edge(edge, graph.nodes)
    writer.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _draw_node(node: Element, data: dict[str, Any]) -> None:
    """A box with its words, or an oval for a relation."""
    from xml.etree.ElementTree import SubElement

    lines = textwrap.wrap(data.get("label", ""), _WRAP) or [""]
    relation = data["type"] in _COLOURS
    width = 8 * max(map(len, lines)) + 16 if relation else 8 * _WRAP
    shape = SubElement(SubElement(node, "data", key="y-node"), "y:ShapeNode")
    SubElement(shape, "y:Geometry", width=str(width), height=str(_LINE * len(lines) + 16))
    SubElement(shape, "y:Fill", color=_COLOURS.get(data["type"], "#FFFFFF"), transparent="false")
    SubElement(shape, "y:BorderStyle", color="#333333", type="dashed" if data.get("implicit") else "line", width="1.0")
    SubElement(shape, "y:NodeLabel").text = "\n".join(lines)
    SubElement(shape, "y:Shape", type="ellipse" if relation else "roundrectangle")


def _draw_edge(edge: Element, nodes: Any) -> None:
    """An arrow on the way to the conclusion, dashed for an attack."""
    from xml.etree.ElementTree import SubElement

    ends = [nodes[edge.get(end)]["type"] for end in ("source", "target")]
    type_ = next((end for end in ends if end in _COLOURS), "support")
    line = SubElement(SubElement(edge, "data", key="y-edge"), "y:PolyLineEdge")
    style = "dashed" if type_ == "attack" else "dotted" if type_ == "rephrase" else "line"
    SubElement(line, "y:LineStyle", color=_COLOURS[type_], type=style, width="1.5")
    SubElement(line, "y:Arrows", source="none", target="standard" if ends[0] in _COLOURS else "none")
