"""Read the common parts of GraphML and GEXF: nested elements, and the attributes that a file declares.

<key id="d3" for="node" attr.name="label" attr.type="string"><default>…</default></key>      GraphML
<attribute id="0" title="label" type="string"><default>…</default></attribute>               GEXF
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from argmap.findings import ArgmapError, brief
from argmap.formats.common.reader_support import Irregular
from argmap.formats.common.xml_reader import Element, unreadable
from argmap.formats.graphs.graph_builder import Listed, spot


@dataclass(frozen=True, slots=True)
class Declared:
    """An attribute that a file declares."""

    name: str
    type: str | None
    tag: str
    """The tag of the elements that have it: `node`, `edge`, `all`."""
    looks: bool = False
    """True if it holds the drawing of an element."""


@dataclass(slots=True)
class Part:
    """A graph, node or edge whose end is yet to come, with its attributes and the labels that it shows."""

    element: Element
    data: dict[str, Any] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    directed: bool = True


class XmlGraphReader(ABC):
    """Lists the nodes and edges of a file from its elements in their order."""

    def __init__(self, irregular: Irregular) -> None:
        self.parts = Listed(irregular)
        self.declared: dict[Hashable, Declared] = {}
        self.defaults: dict[str, dict[Hashable, tuple[str, Any]]] = {"node": {}, "edge": {}}
        self._last: Hashable = None
        self._unknown: set[str] = set()

    @abstractmethod
    def take(self, element: Element, above: list[Part]) -> Part | None:
        """Read an element inside others; return a graph, node or edge to be closed later."""

    @abstractmethod
    def close(self, part: Part, above: list[Part]) -> None:
        """Add a node or an edge with all its attributes."""

    def listed(self, found: list[Element], form: str) -> Listed:
        """List the nodes and edges of the first graph of a file."""
        if not any(element.tag == "graph" for element in found):
            file, root = self.parts.irregular.file, found[0]
            raise ArgmapError(unreadable(f"{form} without a `graph`", file, root.line, root.column))
        above: list[Part] = []
        graphs = 0
        for element in found[1:]:
            while above and above[-1].element.depth >= element.depth:
                self._close_last(above)
            graphs += element.tag == "graph" and element.depth == 1
            if graphs > 1:
                self.parts.add("more-graphs", "the file holds several graphs: the first is read.", spot(element))
                break
            if part := self.take(element, above):
                above.append(part)
        while above:
            self._close_last(above)
        return self.parts

    def _close_last(self, above: list[Part]) -> None:
        part = above.pop()
        if part.element.tag != "graph":
            self.parts.fill(part.data, self.defaults[part.element.tag].values())
            self.close(part, above)

    def group(self, name: str | None, above: list[Part], *, is_group: bool) -> None:
        """Note that a node is drawn inside another, or around others."""
        outer = next(
            (part.element.attributes.get("id") for part in reversed(above) if part.element.tag == "node"), None
        )
        if outer and name:
            self.parts.groups.setdefault(outer, []).append(name)
        if is_group and name:
            self.parts.groups.setdefault(name, [])

    def declare(self, key: Hashable, attribute: Declared) -> None:
        """Take a declaration; one that is there again takes the place of the first."""
        self._last, self.declared[key] = key, attribute
        for defaults in self.defaults.values():
            defaults.pop(key, None)

    def default(self, element: Element) -> None:
        """Take the default of the attribute that was declared last."""
        if attribute := self.declared.get(self._last):
            value = self.parts.value(element.text.strip(), attribute.type, attribute.name, spot(element))
            for tag in ("node", "edge") if value != "" else ():
                if attribute.tag in (tag, "all"):
                    self.defaults[tag][self._last] = (attribute.name, value)

    def value(self, key: Hashable, name: str, text: str, element: Element) -> tuple[str, Any] | None:
        """Return the name and value of an attribute; `None` for one that says nothing or how an element is drawn."""
        if key not in self.declared:
            if name not in self._unknown:
                message = f"no attribute {brief(name)!r} is declared: it is read as the name of one."
                self.parts.add("dangling-reference", message, spot(element))
            self._unknown.add(name)
        declared = self.declared.get(key) or Declared(name or "data", "string", "all")
        if declared.looks or not text.strip():
            return None
        return declared.name, self.parts.value(text, declared.type, declared.name, spot(element))
