"""Read GEXF: nodes are claims or relations, edges lead from one to another. Described in gexf.md."""

from __future__ import annotations

from typing import Any

from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import Irregular
from argmap.formats.common.xml_reader import Element, elements
from argmap.formats.graphs.flat_graph import from_graph
from argmap.formats.graphs.graph_builder import spot
from argmap.formats.graphs.xml_graph import Declared, Part, XmlGraphReader

NAME = "gexf"
_META = ("creator", "keywords", "description")
_READ = ("meta", *_META, "graph", "attributes", "attribute", "default", "node", "edge", "attvalue")


def read(content: Content) -> Reading:
    """Read a map from a GEXF graph."""
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
            self.group(name, above, is_group=False)
            if name and (pid := says.get("pid")):
                self.parts.groups.setdefault(pid, []).append(name)
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
    """Return what `meta` says of the graph as a whole."""
    meta = next((element.attributes for element in found if element.tag == "meta"), {})
    return {
        **meta,
        **{element.tag: element.text.strip() for element in found if element.tag in _META and element.depth == 2},
    }
