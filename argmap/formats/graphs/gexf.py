"""GEXF, the format of Gephi.

    <graph defaultedgetype="directed" mode="static">
      <attributes class="node" mode="static"><attribute id="type" title="type" type="string"/>…</attributes>
      <nodes><node id="rust" label="It rusts."><attvalues><attvalue for="type" value="claim"/>…</attvalues></node>…</nodes>
      <edges><edge id="0" source="rust" target="rust:supports:close">…</edge></edges>
    </graph>

Gephi shows the labels, lists the attributes as columns, and draws relations in the colour of their type. Which
attributes there are, and how a graph from elsewhere is read, is as in GraphML: `argmap formats graphml`. A value that
changes over time is read as a list of values with their times.

The fields of the map as a whole (title, sources, issues) stand as JSON in the description of `meta`, on a line of their own
below the description that the file had. Gephi does not save that: after a round through Gephi they are gone. Otherwise GEXF
holds everything that a map says. Creator, keywords and description of a file from elsewhere are kept and written back.

Source: the GEXF 1.2 and 1.3 primers and schemas, gexf.net.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from argmap.findings import ArgmapError
from argmap.formats.common.format import Reading
from argmap.formats.common.reader_support import Ids, Irregular
from argmap.formats.common.xml_reader import attribute, elements, escape, unreadable
from argmap.formats.graphs.graph_builder import Listed, spot
from argmap.formats.graphs.vocabulary import COLOURS
from argmap.formats.graphs.xml_attributes import Attributes, Declared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.formats.common.format import Content
    from argmap.formats.common.xml_reader import Element
    from argmap.model import Map

NAME = "gexf"
_META = ("creator", "keywords", "description")
_READ = ("meta", *_META, "graph", "attributes", "attribute", "default", "node", "edge", "attvalue")
_CREATOR = "argmap"
_CLAIM = "#56B4E9"
_TYPES: dict[type, str] = {bool: "boolean", int: "long", float: "double", str: "string"}
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">
  <meta>
{meta}
  </meta>
  <graph defaultedgetype="directed" mode="static">
"""


def read(content: Content) -> Reading:
    """Read a map from a GEXF graph."""
    from argmap.formats.graphs.flat_graph import from_graph

    irregular = Irregular(content.name)
    listed = _XmlReader(irregular).listed(elements(content, *_READ), content.name)
    return Reading(from_graph(listed, NAME, (".gexf",)), irregular.findings)


class _XmlReader:
    """Lists the nodes and edges of a file from its elements in their order."""

    def __init__(self, irregular: Irregular) -> None:
        self.parts = Listed(irregular)
        self.attributes = Attributes(self.parts)

    def listed(self, found: list[Element], name: str) -> Listed:
        graph = next((element for element in found if element.tag == "graph"), None)
        if graph is None:
            root = found[0]
            raise ArgmapError(unreadable("GEXF without a `graph`", name, root.line, root.column))
        usual = graph.attributes.get("defaultedgetype", "undirected")
        self.parts.whole.update(_said_by_meta(found))
        tag = "node"
        holders: list[tuple[Element, dict[str, Any]]] = []
        for element in found:
            says = element.attributes
            match element.tag:
                case "attributes":
                    tag = says.get("class", "node")
                case "attribute":
                    name = says.get("id", "")
                    self.attributes.declare((tag, name), Declared(says.get("title", name), says.get("type"), tag))
                case "default" if not holders:
                    self.attributes.default(element)
                case "node" | "edge":
                    holders.append((element, {}))
                case "attvalue" if holders:
                    self._read_value(holders[-1][0].tag, holders[-1][1], element)
        above: list[Element] = []
        for element, data in holders:
            while above and above[-1].depth >= element.depth:
                above.pop()
            self.attributes.fill(element.tag, data)
            if element.tag == "node":
                self._add_node(element, data, above[-1].attributes.get("id") if above else None)
                above.append(element)
            else:
                self._add_edge(element, data, usual)
        return self.parts

    def _read_value(self, tag: str, data: dict[str, Any], element: Element) -> None:
        says = element.attributes
        key = says.get("for", says.get("id", ""))  # version 1.1 called it `id`
        declared = self.attributes.find((tag, key), key, element)
        value = self.parts.value(says.get("value", ""), declared.type, declared.name, spot(element))
        if times := {name: says[name] for name in ("start", "end", "timestamp") if name in says}:
            # What changes over time is a list of values, each with its time.
            series = data.setdefault(declared.name, [])
            if isinstance(series, list):
                series.append({"value": value, **times})
        else:
            data[declared.name] = value

    def _add_node(self, element: Element, data: dict[str, Any], inside: str | None) -> None:
        says = {key: value for key, value in element.attributes.items() if key != "id" and "}" not in key}
        name = element.attributes.get("id", f"node-{len(self.parts.nodes) + 1}")
        outer = {} if inside is None else {"pid": inside}
        self.parts.node(name, {**data, **outer, **says}, spot(element, name))

    def _add_edge(self, element: Element, data: dict[str, Any], usual: str) -> None:
        says = {key: value for key, value in element.attributes.items() if "}" not in key}
        source, target, name = (says.pop(key, None) for key in ("source", "target", "id"))
        type_ = says.pop("type", usual)
        weight = self.parts.value(says.pop("weight", "1"), "double", "weight", spot(element))
        # A weight of 1 is the default.
        full = {**data, **says, **({} if weight == 1 else {"weight": weight})}
        self.parts.undirected += type_ == "undirected"
        self.parts.edge(source, target, full, spot(element, name), name)
        if type_ == "mutual":
            self.parts.edge(target, source, full, spot(element, name), name)


def _said_by_meta(found: list[Element]) -> dict[str, Any]:
    """Return what `meta` says of the graph as a whole, and what the description holds of a map."""
    meta = next((element.attributes for element in found if element.tag == "meta"), {})
    inside = {element.tag: element.text.strip() for element in found if element.tag in _META and element.depth == 2}
    words, whole = _described(inside.get("description", ""))
    if inside.get("creator") == _CREATOR:
        del inside["creator"]
    return {**meta, **inside, "description": words, **whole}


def _described(text: str) -> tuple[str, dict[str, Any]]:
    r"""Return the words of a description, and the object that stands there alone or on the last line.

    >>> _described('Of 2024.\n{"argmap": 1}'), _described("2024")
    (('Of 2024.', {'argmap': 1}), ('2024', {}))
    """
    before, _, last = text.rpartition("\n")
    for words, line in (("", text), (before, last)):
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict) and (not words or "argmap" in data):
            return words.strip(), data
    return text, {}


def write(map_: Map) -> str:
    """Write a map as a GEXF graph."""
    from argmap.formats.graphs.flat_graph import to_graph

    graph = to_graph(map_, NAME)
    nodes, edges = _Columns(), _Columns()
    below = ["    <nodes>"]
    for node, data in graph.nodes(data=True):
        red, green, blue = bytes.fromhex(COLOURS.get(data["type"], _CLAIM)[1:])
        below += [
            f'      <node id="{attribute(node)}" label="{attribute(data.pop("label"))}">',
            *nodes.values(data),
            f'        <viz:color r="{red}" g="{green}" b="{blue}"/>',
            "      </node>",
        ]
    below += ["    </nodes>", "    <edges>"]
    for n, (source, target, data) in enumerate(graph.edges(data=True)):
        ends = f'source="{attribute(source)}" target="{attribute(target)}"'
        below += [f'      <edge id="{n}" {ends}>', *edges.values(data), "      </edge>"]
    below += ["    </edges>", "  </graph>", "</gexf>", ""]
    head = _HEAD.format(meta="\n".join(_meta(graph.graph)))
    return head + "\n".join([*nodes.lines("node"), *edges.lines("edge"), *below])


class _Columns:
    """The attributes of nodes or of edges, a column for each title and type."""

    def __init__(self) -> None:
        self.columns: dict[tuple[str, str], str] = {}
        # Gephi has columns of its own by these names.
        self.ids = Ids(("id", "label", "weight", "Id", "Label", "Weight"))

    def values(self, data: dict[str, Any]) -> Iterator[str]:
        """Write the values of a node or an edge, and declare its attributes."""
        if data:
            yield "        <attvalues>"
            for title, value in data.items():
                key = (title, _TYPES[type(value)])
                if key not in self.columns:
                    self.columns[key] = self.ids.new(title)
                text = str(value).lower() if isinstance(value, bool) else str(value)
                yield f'          <attvalue for="{self.columns[key]}" value="{attribute(text)}"/>'
            yield "        </attvalues>"

    def lines(self, tag: str) -> Iterator[str]:
        """Write the declarations."""
        if self.columns:
            yield f'    <attributes class="{tag}" mode="static">'
            for (title, type_), name in self.columns.items():
                yield f'      <attribute id="{name}" title="{attribute(title)}" type="{type_}"/>'
            yield "    </attributes>"


def _meta(whole: dict[str, Any]) -> Iterator[str]:
    """Write the elements of `meta`, with what stood there when the map was read."""
    said = {name: text for name in _META if isinstance(text := whole.get(name), str)}
    said = {name: text for name, text in said.items() if text == text.strip() and text not in ("", _CREATOR)}
    rest = json.dumps({key: value for key, value in whole.items() if key not in said})
    said["creator"] = said.get("creator", _CREATOR)
    said["description"] = "\n".join(text for text in (said.get("description"), rest) if text)
    for name in _META:
        if name in said:
            yield f"    <{name}>{escape(said[name])}</{name}>"
