"""Read and write GraphML: claims and relations as nodes, with fields as attributes. Described in graphml.md."""

from __future__ import annotations

from xml.etree.ElementTree import tostring

import networkx as nx

from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import Irregular
from argmap.formats.common.xml_reader import Element, elements
from argmap.formats.graphs.flat_graph import from_graph, to_graph
from argmap.formats.graphs.graph_builder import spot
from argmap.formats.graphs.xml_graph import Declared, Part, XmlGraphReader
from argmap.model import RELATION_TYPES, Map

NAME = "graphml"
_SHOWN = ("NodeLabel", "EdgeLabel", "Label.Text")
_READ = ("key", "default", "graph", "node", "edge", "hyperedge", "data", "desc", *_SHOWN)


def read(content: Content) -> Reading:
    """Read a map from a GraphML graph."""
    irregular = Irregular(content.name)
    listed = _GraphmlReader(irregular).listed(elements(content, *_READ), "GraphML")
    return Reading(from_graph(listed, NAME, (".graphml",)), irregular.findings)


class _GraphmlReader(XmlGraphReader):
    def take(self, element: Element, above: list[Part]) -> Part | None:
        inside, text, says = above[-1] if above else None, element.text.strip(), element.attributes
        match element.tag:
            case "key":
                name = says.get("attr.name") or says.get("yfiles.type") or says.get("id", "")
                declared = Declared(name, says.get("attr.type"), says.get("for", "all"), "yfiles.type" in says)
                self.declare(says.get("id", ""), declared)
            case "default" if inside is None:
                self.default(element)
            case "graph":
                usual = "directed" if inside and inside.directed else "undirected"
                # The data of a graph inside a node says nothing of the whole.
                whole = self.parts.whole if element.depth == 1 else {}
                return Part(element, whole, directed=says.get("edgedefault", usual) != "undirected")
            case "node" | "edge":
                return Part(element, directed=inside.directed if inside else True)
            case "hyperedge":
                self.parts.add("unknown-element", "an edge of more than two ends: left out.", spot(element))
            case "data" if inside:
                key = says.get("key", "")
                if found := self.value(key, key, element.text, element):
                    inside.data[found[0]] = found[1]
            case "desc" if inside and text:
                inside.data["desc"] = text
            case "NodeLabel" | "EdgeLabel" | "Label.Text" if inside and text:
                inside.labels.append(text)
        return None

    def close(self, part: Part, above: list[Part]) -> None:
        says, data, name = part.element.attributes, part.data, part.element.attributes.get("id")
        # What is drawn counts before a `label` that is not; an open and a closed group each have theirs.
        is_group = "yfiles.foldertype" in says
        for n, label in enumerate(part.labels[: 1 if is_group else None]):
            data["label" if n == 0 else f"label-{n + 1}"] = label
        where = spot(part.element, name)
        if part.element.tag == "node":
            self.parts.node(name, data, where)
            self.group(name, above, is_group=is_group)
            return
        self.parts.undirected += says.get("directed", "true" if part.directed else "false") == "false"
        self.parts.edge(says.get("source"), says.get("target"), data, where, name)


def write(map_: Map) -> str:
    """Write a map as a GraphML graph."""
    graph = to_graph(map_, NAME)
    for node, data in graph.nodes(data=True):
        if data["type"] not in RELATION_TYPES:
            data["node_id"] = node
    writer = nx.GraphMLWriter(graph)
    root = writer.xml
    truths = {key.get("id") for key in root.iter("key") if key.get("attr.type") == "boolean"}
    for data in root.iter("data"):
        # The schema knows `true` and `false`; networkx writes them as Python does.
        if data.get("key") in truths and data.text:
            data.text = data.text.lower()
    for n, edge in enumerate(root.iter("edge")):
        # Of edges with one id, Gephi takes the first and leaves out the others.
        edge.set("id", f"e{n}")
    writer.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'
