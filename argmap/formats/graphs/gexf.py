"""Read and write GEXF: claims and relations as nodes, with fields as attributes. Described in gexf.md."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from argmap.formats.common.format import Reading
from argmap.formats.common.reader_support import Ids, Irregular
from argmap.formats.common.xml_reader import attribute, elements, escape
from argmap.formats.graphs.graph_builder import spot
from argmap.formats.graphs.vocabulary import COLOURS
from argmap.formats.graphs.xml_graph import Declared, Part, XmlGraphReader

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
    found = elements(content, *_READ)
    listed = _GexfReader(irregular).listed(found, "GEXF")
    listed.whole.update(_said_by_meta(found))
    return Reading(from_graph(listed, NAME, (".gexf",)), irregular.findings)


class _GexfReader(XmlGraphReader):
    tag = "node"
    """The tag of the elements whose attributes are being declared."""

    def take(self, element: Element, above: list[Part]) -> Part | None:
        says = element.attributes
        match element.tag:
            case "attributes":
                self.tag = says.get("class", "node")
            case "attribute":
                name = says.get("id", "")
                self.declare((self.tag, name), Declared(says.get("title", name), says.get("type"), self.tag))
            case "default":
                self.default(element)
            case "graph":
                return Part(element, directed=says.get("defaultedgetype", "undirected") != "undirected")
            case "node" | "edge":
                return Part(element, directed=above[0].directed if above else True)
            case "attvalue" if above:
                key = says.get("for", says.get("id", ""))  # version 1.1 called it `id`
                if found := self.value((above[-1].element.tag, key), key, says.get("value", ""), element):
                    self._put(above[-1].data, *found, {k: says[k] for k in ("start", "end", "timestamp") if k in says})
        return None

    def _put(self, data: dict[str, Any], name: str, value: Any, times: dict[str, str]) -> None:
        """Put a value among the attributes; what changes over time is a list of values, each with its time."""
        if not times:
            data[name] = value
        elif isinstance(series := data.setdefault(name, []), list):
            series.append({"value": value, **times})

    def close(self, part: Part, above: list[Part]) -> None:
        says = {key: value for key, value in part.element.attributes.items() if "}" not in key}
        name = says.pop("id", None)
        where = spot(part.element, name)
        if part.element.tag == "node":
            outer = [other.element.attributes.get("id") for other in above if other.element.tag == "node"][-1:]
            data = {**part.data, **({"pid": outer[0]} if outer else {}), **says}
            self.parts.node(name, data, where)
            return
        source, target = says.pop("source", None), says.pop("target", None)
        type_ = says.pop("type", "directed" if part.directed else "undirected")
        weight = self.parts.value(says.pop("weight", "1"), "double", "weight", where)
        # A weight of 1 is the default.
        data = {**part.data, **says, **({} if weight == 1 else {"weight": weight})}
        self.parts.undirected += type_ == "undirected"
        self.parts.edge(source, target, data, where, name)
        if type_ == "mutual":
            self.parts.edge(target, source, data, where, name)


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
