"""GEXF, the format of Gephi.

    <graph defaultedgetype="directed" mode="static">
      <attributes class="node" mode="static"><attribute id="type" title="type" type="string"/>…</attributes>
      <nodes><node id="rust" label="It rusts."><attvalues><attvalue for="type" value="claim"/>…</attvalues></node>…</nodes>
      <edges><edge id="0" source="rust" target="rust:supports:close">…</edge></edges>
    </graph>

Gephi shows the labels, lists the attributes as columns, and draws relations in the colour of their type. Which
attributes there are, and how a graph from elsewhere is read, is as in GraphML: `argmap formats graphml`. A value that
changes over time is read as a list of values with their times.

What the map says as a whole (title, sources, issues) stands as JSON in the description of `meta`, on a line of its own
below the description that the file had. Gephi does not save that: after a round through Gephi it is gone. Otherwise GEXF
holds all that a map says. Creator, keywords and description of a file from elsewhere are kept, and written back.

Source: the GEXF 1.2 and 1.3 primers and schemas, gexf.net.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from argmap.findings import ArgmapError, brief
from argmap.formats.common.format import Reading
from argmap.formats.common.graph_builder import Listed, spot
from argmap.formats.common.reader_support import Ids, Irregular
from argmap.formats.common.xml_reader import attribute, elements, escape, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    """The map of a GEXF graph."""
    from argmap.formats.graphs.flat_graph import from_graph

    irregular = Irregular(content.name)
    listed = _Reader(irregular).listed(elements(content, *_READ), content.name)
    return Reading(from_graph(listed.graph(), content.name, NAME, irregular, (".gexf",)), irregular.findings)


class _Reader:
    """The elements of a file, in their order, on their way to a list of nodes and edges."""

    def __init__(self, irregular: Irregular) -> None:
        self.parts = Listed(irregular)
        self.columns: dict[tuple[str, str], dict[str, str]] = {}
        self.defaults: dict[str, dict[str, Any]] = {"node": {}, "edge": {}}
        self.unknown: set[str] = set()

    def listed(self, found: list[Element], name: str) -> Listed:
        graph = next((element for element in found if element.tag == "graph"), None)
        if graph is None:
            root = found[0]
            raise ArgmapError(unreadable("GEXF without a `graph`", name, root.line, root.column))
        directed = graph.attributes.get("defaultedgetype", "undirected")
        self.parts.whole.update(_said_by_meta(found))
        class_, column = "node", {}
        data: dict[str, Any] = {}
        holders: list[tuple[Element, dict[str, Any]]] = []
        for element in found:
            says = element.attributes
            match element.tag:
                case "attributes":
                    class_ = says.get("class", "node")
                case "attribute":
                    column = says
                    self.columns[class_, says.get("id", "")] = says
                case "default" if column and not holders:
                    title = column.get("title", "")
                    value = self.parts.value(element.text.strip(), column.get("type"), title, spot(element))
                    self.defaults.setdefault(class_, {})[title] = value
                case "node" | "edge":
                    data = {}
                    holders.append((element, data))
                case "attvalue" if holders:
                    self.value(holders[-1][0].tag, data, element)
        above: list[Element] = []
        for element, data in holders:
            while above and above[-1].depth >= element.depth:
                above.pop()
            says = element.attributes
            self.parts.fill(data, self.defaults[element.tag].items())
            if element.tag == "node":
                self.node(element, data, above[-1].attributes.get("id") if above else None)
                above.append(element)
            else:
                self.edge(element, data, says.get("type", directed))
        return self.parts

    def value(self, class_: str, data: dict[str, Any], element: Element) -> None:
        says = element.attributes
        id = says.get("for", says.get("id", ""))  # version 1.1 called it `id`
        column = self.columns.get((class_, id))
        if column is None:
            if id not in self.unknown:
                message = f"no attribute {brief(id)!r} is declared: it is read as the name of one."
                self.parts.add("dangling-reference", message, spot(element))
            self.unknown.add(id)
            column = {"title": id}
        title = column.get("title", id)
        value = self.parts.value(says.get("value", ""), column.get("type"), title, spot(element))
        times = {key: says[key] for key in ("start", "end", "timestamp") if key in says}
        if times:
            # What changes over time is a list of values, each with its time.
            series = data.setdefault(title, [])
            if isinstance(series, list):
                series.append({"value": value, **times})
        else:
            data[title] = value

    def node(self, element: Element, data: dict[str, Any], inside: str | None) -> None:
        says = {key: value for key, value in element.attributes.items() if key != "id" and "}" not in key}
        id = element.attributes.get("id", f"node-{len(self.parts.nodes) + 1}")
        outer = {"pid": inside} if inside is not None else {}
        self.parts.node(id, {**data, **outer, **says}, spot(element, id))

    def edge(self, element: Element, data: dict[str, Any], type_: str) -> None:
        says = {key: value for key, value in element.attributes.items() if "}" not in key}
        source, target, id = (says.pop(key, None) for key in ("source", "target", "id"))
        says.pop("type", None)
        weight = self.parts.value(says.pop("weight", "1"), "double", "weight", spot(element))
        # A weight of 1 is what an edge has that is given none.
        full = {**data, **says, **({} if weight == 1 else {"weight": weight})}
        self.parts.undirected += type_ == "undirected"
        self.parts.edge(source, target, full, spot(element, id), id)
        if type_ == "mutual":
            self.parts.edge(target, source, full, spot(element, id), id)


def _said_by_meta(found: list[Element]) -> dict[str, Any]:
    """What `meta` says of the graph as a whole, and what the description holds of a map."""
    meta = next((element.attributes for element in found if element.tag == "meta"), {})
    inside = {element.tag: element.text.strip() for element in found if element.tag in _META and element.depth == 2}
    words, whole = _described(inside.get("description", ""))
    if inside.get("creator") == _CREATOR:
        del inside["creator"]
    return {**meta, **inside, "description": words, **whole}


def _described(text: str) -> tuple[str, dict[str, Any]]:
    r"""The words of a description, and the object that stands there alone or on the last line.

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


def write(m: Map) -> str:
    """The map as a GEXF graph."""
    from argmap.formats.graphs.flat_graph import to_graph
    from argmap.formats.graphs.vocabulary import COLOURS

    graph = to_graph(m, NAME)
    nodes, edges = _Columns("node"), _Columns("edge")
    for data in graph.nodes.values():
        nodes.declare(data, ("label",))
    for _, _, data in graph.edges(data=True):
        edges.declare(data, ())
    lines = [*nodes.lines(), *edges.lines(), "    <nodes>"]
    for node, data in graph.nodes(data=True):
        red, green, blue = bytes.fromhex(COLOURS.get(data["type"], _CLAIM)[1:])
        lines += [
            f'      <node id="{attribute(node)}" label="{attribute(data["label"])}">',
            *nodes.values(data),
            f'        <viz:color r="{red}" g="{green}" b="{blue}"/>',
            "      </node>",
        ]
    lines += ["    </nodes>", "    <edges>"]
    for n, (source, target, data) in enumerate(graph.edges(data=True)):
        ends = f'source="{attribute(source)}" target="{attribute(target)}"'
        lines += [f'      <edge id="{n}" {ends}>', *edges.values(data), "      </edge>"]
    lines += ["    </edges>", "  </graph>", "</gexf>", ""]
    return _HEAD.format(meta="\n".join(_meta(graph.graph))) + "\n".join(lines)


def _meta(whole: dict[str, Any]) -> Iterator[str]:
    """The elements of `meta`, with what stood there where it says so again."""
    said = {name: text for name in _META if isinstance(text := whole.get(name), str)}
    said = {name: text for name, text in said.items() if text == text.strip() and text not in ("", _CREATOR)}
    rest = json.dumps({key: value for key, value in whole.items() if key not in said})
    said["creator"] = said.get("creator", _CREATOR)
    said["description"] = "\n".join(text for text in (said.get("description"), rest) if text)
    for name in _META:
        if name in said:
            yield f"    <{name}>{escape(said[name])}</{name}>"


class _Columns:
    """The attributes of nodes or of edges, each of one title and type."""

    def __init__(self, class_: str) -> None:
        self.class_ = class_
        self.ids: dict[tuple[str, str], str] = {}
        # Gephi has columns of its own by these names.
        self.words = Ids(("id", "label", "weight", "Id", "Label", "Weight"))

    def declare(self, data: dict[str, Any], shown: Iterable[str]) -> None:
        for title, value in data.items():
            if title not in shown:
                key = (title, _TYPES[type(value)])
                if key not in self.ids:
                    self.ids[key] = self.words.new(title)

    def lines(self) -> Iterator[str]:
        if self.ids:
            yield f'    <attributes class="{self.class_}" mode="static">'
            for (title, type_), id in self.ids.items():
                yield f'      <attribute id="{id}" title="{attribute(title)}" type="{type_}"/>'
            yield "    </attributes>"

    def values(self, data: dict[str, Any]) -> Iterator[str]:
        known = [(self.ids[title, _TYPES[type(value)]], value) for title, value in data.items() if title != "label"]
        if known:
            yield "        <attvalues>"
            for id, value in known:
                text = str(value).lower() if isinstance(value, bool) else str(value)
                yield f'          <attvalue for="{id}" value="{attribute(text)}"/>'
            yield "        </attvalues>"
