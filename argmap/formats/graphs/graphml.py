"""GraphML, which Gephi, yEd, Cytoscape, igraph and most other graph tools open.

    <key id="d3" for="node" attr.name="label" attr.type="string"/>
    <graph edgedefault="directed">
      <node id="rust"><data key="d3">It rusts.</data>…</node>
      <edge id="e0" source="rust" target="rust:supports:close"><data key="d9">premise</data></edge>
    </graph>

Claims and relations are nodes; edges run from the premises to their relation, and from there to its conclusion. A
relation without an id is called by its ends, `rust:supports:close`. The attributes are the fields of a map:

    of a node       type (claim, support, attack, rephrase), text, scheme, quote, speaker, note, …
    of an edge      tie (premise, conclusion), order
    only shown      label, role, and kind of an attack: made from the rest, and not read

To change a claim, change its `text`: a changed `label` is a finding. What is no single text or number (several quotes, a
quote with a prefix, `extra`) is JSON. A scheme is read as the list of schemes spells it, unless it stands in quotes.

A graph from elsewhere is read too. Its nodes are claims by their text, label or name, or what their type says:

    I, RA, CA, MA                       what AIF means by them
    L, YA, TA beside those              AIF's dialogue: left out, once the speakers are read from it
    support, attack, rephrase           a relation; a claim that supports or attacks what it leads to, where it has words
                                        of its own and no premises; with premises, its words are its note
    con, objection, counterargument     a claim; what it leads to is attacked, where the edge does not say otherwise

An edge between two claims is the relation that its relation, label, type, kind, stance, polarity or sign names, the other
way round where that is passive (`supported by`). Where these part, an attack counts, with a finding. Where none names a
relation, an edge of negative weight is an attack, with a note, and any other a support. Edges without direction are read
from their first end to their second, with a finding. Other attributes are kept under `extra` and written back, those of
edges at their relation; and so, as `node_id` and `edge_id`, are ids that argmap has to change. Positions, colours and
sizes are not.

Gephi shows `label`. yEd shows only labels of its own, which are written as well: claims as boxes, relations as small
coloured ovals between them; let yEd lay them out (Layout, Hierarchical). yEd and igraph give every node another id when
they save, so its own also stands in the attribute `node_id`. GraphML holds all that a map says.

Source: Brandes et al. 2002, GraphML progress report; the yFiles extension as yEd writes it.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from argmap.findings import ArgmapError, brief
from argmap.formats.common.format import Reading
from argmap.formats.common.graph_builder import Listed, spot
from argmap.formats.common.reader_support import Irregular
from argmap.formats.common.xml_reader import elements, unreadable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element as Tree

    from argmap.formats.common.format import Content
    from argmap.formats.common.xml_reader import Element
    from argmap.model import Map

NAME = "graphml"
_READ = ("key", "default", "graph", "node", "edge", "hyperedge", "data", "desc")
_SHOWN = ("NodeLabel", "EdgeLabel", "Label.Text")
_SCHEMA = "http://graphml.graphdrawing.org/xmlns http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd"
_WRAP = 34
_LINE = 16


@dataclass(slots=True)
class _Key:
    """What a `key` declares: an attribute of nodes, edges or the graph, or one that holds how they look."""

    name: str
    type: str | None
    of: str
    looks: bool


@dataclass(slots=True)
class _Open:
    """A graph, node or edge whose end is yet to come: what it says, and what it shows."""

    element: Element
    data: dict[str, Any] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    directed: bool = True


def read(content: Content) -> Reading:
    """The map of a GraphML graph."""
    from argmap.formats.graphs.flat_graph import from_graph

    irregular = Irregular(content.name)
    listed = _Reader(irregular).listed(elements(content, *_READ, *_SHOWN), content.name)
    return Reading(from_graph(listed.graph(), content.name, NAME, irregular, (".graphml",)), irregular.findings)


class _Reader:
    """The elements of a file, in their order, on their way to a list of nodes and edges."""

    def __init__(self, irregular: Irregular) -> None:
        self.keys: dict[str, _Key] = {}
        self.declared = ""
        """The id of the last key, to which a default belongs."""
        self.defaults: dict[str, dict[str, tuple[str, Any]]] = {"node": {}, "edge": {}}
        """Name and value of each default by the id of its key."""
        self.parts = Listed(irregular)
        self.unknown: set[str] = set()

    def listed(self, found: list[Element], name: str) -> Listed:
        if not any(element.tag == "graph" for element in found):
            root = found[0]
            raise ArgmapError(unreadable("GraphML without a `graph`", name, root.line, root.column))
        graphs = 0
        open_: list[_Open] = []
        for element in found[1:]:
            while open_ and open_[-1].element.depth >= element.depth:
                self.close(open_.pop())
            match element.tag:
                case "key":
                    self.declare(element)
                case "default" if self.keys and not open_:
                    self.default(element)
                case "graph":
                    graphs += element.depth == 1
                    if graphs > 1 and element.depth == 1:
                        message = "the file holds several graphs: the first is read."
                        self.parts.irregular.add("more-graphs", message, line=element.line, column=element.column)
                        break
                    outer = open_[-1].directed if open_ else False
                    default = element.attributes.get("edgedefault", "directed" if outer else "undirected")
                    # The data of a graph inside a node says nothing of the whole.
                    whole = self.parts.whole if element.depth == 1 else {}
                    open_.append(_Open(element, whole, directed=default != "undirected"))
                case "node" | "edge":
                    open_.append(_Open(element, directed=open_[-1].directed if open_ else True))
                case "hyperedge":
                    self.parts.add("unknown-element", "an edge of more than two ends: left out.", spot(element))
                case "data" if open_:
                    self.attribute(open_[-1], element)
                case "desc" if open_ and element.text.strip():
                    open_[-1].data["desc"] = element.text.strip()
                case "NodeLabel" | "EdgeLabel" | "Label.Text" if open_ and element.text.strip():
                    open_[-1].labels.append(element.text.strip())
        for part in reversed(open_):
            self.close(part)
        return self.parts

    def declare(self, element: Element) -> None:
        says = element.attributes
        looks = "yfiles.type" in says
        name = says.get("attr.name") or says.get("yfiles.type") or says.get("id", "")
        self.declared = says.get("id", "")
        self.keys[self.declared] = _Key(name, says.get("attr.type"), says.get("for", "all"), looks)
        for defaults in self.defaults.values():
            defaults.pop(self.declared, None)

    def default(self, element: Element) -> None:
        key = self.keys[self.declared]
        value = self.parts.value(element.text, key.type, key.name, spot(element))
        for tag in ("node", "edge") if value != "" else ():
            if key.of in (tag, "all"):
                self.defaults[tag][self.declared] = (key.name, value)

    def attribute(self, part: _Open, element: Element) -> None:
        id = element.attributes.get("key", "")
        key = self.keys.get(id)
        if key is None:
            if id not in self.unknown:
                message = f"no key {brief(id)!r} is declared: it is read as the name of an attribute."
                self.parts.add("dangling-reference", message, spot(element))
            self.unknown.add(id)
            key = _Key(id or "data", "string", "all", looks=False)
        if not key.looks and element.text.strip():
            part.data[key.name] = self.parts.value(element.text, key.type, key.name, spot(element))

    def close(self, part: _Open) -> None:
        """A node or edge with all that belongs to it."""
        element, data = part.element, part.data
        if element.tag == "graph":
            return
        self.parts.fill(data, self.defaults[element.tag].values())
        # What is drawn counts before a `label` that is not; an open and a closed group each have theirs.
        group = "yfiles.foldertype" in element.attributes
        for n, label in enumerate(part.labels[: 1 if group else None]):
            data["label" if n == 0 else f"label-{n + 1}"] = label
        id = element.attributes.get("id")
        if element.tag == "node":
            self.parts.node(id if id is not None else f"node-{len(self.parts.nodes) + 1}", data, spot(element, id))
            return
        says = element.attributes
        self.parts.undirected += says.get("directed", "true" if part.directed else "false") == "false"
        self.parts.edge(says.get("source"), says.get("target"), data, spot(element, id), id)


def write(m: Map) -> str:
    """The map as a GraphML graph."""
    from xml.etree.ElementTree import Element, tostring

    import networkx as nx

    from argmap.formats.graphs.flat_graph import to_graph
    from argmap.formats.graphs.vocabulary import COLOURS

    graph = to_graph(m, NAME)
    for node, data in graph.nodes(data=True):
        if data["type"] not in COLOURS:
            data["node_id"] = node
    writer = nx.GraphMLWriter(graph)
    root = writer.xml
    root.set("xmlns:y", "http://www.yworks.com/xml/graphml")
    root.set("xsi:schemaLocation", _SCHEMA)
    truths = {key.get("id") for key in root.iter("key") if key.get("attr.type") == "boolean"}
    for data in root.iter("data"):
        # The schema knows `true` and `false`; networkx writes them as Python does.
        if data.get("key") in truths and data.text:
            data.text = data.text.lower()
    for kind in ("node", "edge"):
        root.insert(0, Element("key", {"id": f"y-{kind}", "for": kind, "yfiles.type": f"{kind}graphics"}))
    for node in root.iter("node"):
        _draw_node(node, graph.nodes[node.get("id")])
    for n, edge in enumerate(root.iter("edge")):
        # Of edges with one id, Gephi takes the first and leaves out the others.
        edge.set("id", f"e{n}")
        _draw_edge(edge, graph.nodes)
    writer.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _draw_node(node: Tree, data: dict[str, Any]) -> None:
    """A box with its words, or an oval for a relation."""
    from xml.etree.ElementTree import SubElement

    from argmap.formats.graphs.vocabulary import COLOURS

    lines = textwrap.wrap(data.get("label", ""), _WRAP) or [""]
    relation = data["type"] in COLOURS
    width = 8 * max(map(len, lines)) + 16 if relation else 8 * _WRAP
    shape = SubElement(SubElement(node, "data", key="y-node"), "y:ShapeNode")
    SubElement(shape, "y:Geometry", width=str(width), height=str(_LINE * len(lines) + 16))
    SubElement(shape, "y:Fill", color=COLOURS.get(data["type"], "#FFFFFF"), transparent="false")
    SubElement(shape, "y:BorderStyle", color="#333333", type="dashed" if data.get("implicit") else "line", width="1.0")
    SubElement(shape, "y:NodeLabel").text = "\n".join(lines)
    SubElement(shape, "y:Shape", type="ellipse" if relation else "roundrectangle")


def _draw_edge(edge: Tree, nodes: Any) -> None:
    """An arrow on the way to the conclusion, dashed for an attack."""
    from xml.etree.ElementTree import SubElement

    from argmap.formats.graphs.vocabulary import COLOURS

    ends = [nodes[edge.get(end)]["type"] for end in ("source", "target")]
    type_ = next((end for end in ends if end in COLOURS), "support")
    line = SubElement(SubElement(edge, "data", key="y-edge"), "y:PolyLineEdge")
    style = "dashed" if type_ == "attack" else "dotted" if type_ == "rephrase" else "line"
    SubElement(line, "y:LineStyle", color=COLOURS[type_], type=style, width="1.5")
    SubElement(line, "y:Arrows", source="none", target="standard" if ends[0] in COLOURS else "none")
