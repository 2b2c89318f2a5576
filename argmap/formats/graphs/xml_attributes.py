"""The attributes that a GraphML or GEXF file declares for its nodes and edges: names, types and defaults.

<key id="d3" for="node" attr.name="label" attr.type="string"><default>…</default></key>      GraphML
<attribute id="0" title="label" type="string"><default>…</default></attribute>               GEXF
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from argmap.findings import brief
from argmap.formats.graphs.graph_builder import Listed, spot

if TYPE_CHECKING:
    from argmap.formats.common.xml_reader import Element


@dataclass(frozen=True, slots=True)
class Declared:
    """One attribute that a file declares."""

    name: str
    type: str | None
    tag: str
    """The tag of the elements that have it: `node`, `edge`, `all`."""
    looks: bool = False
    """Whether it holds how an element is drawn."""


class Attributes:
    """All attributes that a file declares."""

    def __init__(self, parts: Listed) -> None:
        self.parts = parts
        self.declared: dict[Hashable, Declared] = {}
        self.defaults: dict[str, dict[Hashable, tuple[str, Any]]] = {"node": {}, "edge": {}}
        self._last: Hashable = None
        self._unknown: set[str] = set()

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

    def find(self, key: Hashable, name: str, element: Element) -> Declared:
        """Return a declaration; where there is none, one of the name, with a finding."""
        if key not in self.declared:
            if name not in self._unknown:
                message = f"no attribute {brief(name)!r} is declared: it is read as the name of one."
                self.parts.add("dangling-reference", message, spot(element))
            self._unknown.add(name)
        return self.declared.get(key) or Declared(name or "data", "string", "all")

    def fill(self, tag: str, data: dict[str, Any]) -> None:
        """Give a node or an edge the attributes that it leaves to their defaults."""
        self.parts.fill(data, self.defaults[tag].values())
