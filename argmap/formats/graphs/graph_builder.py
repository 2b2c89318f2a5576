"""Nodes and edges as the file of another tool lists them, on their way to one graph, and what is irregular among them.

    node "a"   node "a" again   edge "a" → "z", and no "z"   edge "a" — "b"
    a          a-2, said        z missing, said              a → b, said once

Every id is compared as text, since tools write 7 in one place and "7" in another. No edge is lost: parallel ones, and
directed ones among others without direction, all are there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from argmap.findings import brief
from argmap.formats.common.reader_support import MOST_PARTS, Ids, Irregular, too_many
from argmap.ids import FreeNames

if TYPE_CHECKING:
    from collections.abc import Collection

    import networkx as nx

    from argmap.formats.common.xml_reader import Element

_WORDS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_WHOLE = {"int", "integer", "long", "short", "byte", "biginteger"}
_BROKEN = {"float", "double", "bigdecimal"}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands: its way inside the document, or its line and column."""

    at: tuple[str | int, ...] = ()
    line: int | None = None
    column: int | None = None


def spot(element: Element, id: str | None = None) -> Spot:
    """Where an element of an XML file begins."""
    return Spot((id,) if id else (), element.line, element.column)


@dataclass(slots=True)
class Listed:
    """Collects what a file lists; `graph` puts it together."""

    irregular: Irregular
    whole: dict[str, Any] = field(default_factory=dict)
    """What the file says of the graph as a whole."""
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: list[tuple[str, str, dict[str, Any], Spot]] = field(default_factory=list)
    undirected: int = 0
    _doubles: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    _filled: int = 0

    def add(self, rule: str, message: str, where: Spot) -> None:
        """Note one problem."""
        self.irregular.add(rule, message, where.at, line=where.line, column=where.column)

    def node(self, id: str, data: dict[str, Any], where: Spot) -> None:
        """One more node."""
        data = _said(data)
        if id not in self.nodes:
            self.nodes[id] = data
            return
        self.add("duplicate-id", f"node {brief(id)!r} is there twice: each needs an id of its own.", where)
        self._doubles.append((id, data))

    def fill(self, data: dict[str, Any], defaults: Collection[tuple[str, Any]]) -> None:
        """Give a node or an edge the attributes that it leaves to their defaults.

        Raises
        ------
        ArgmapError
            When that comes to more values than a map has: a small file may declare thousands for thousands of nodes.
        """
        self._filled += len(defaults)
        if self._filled > 4 * MOST_PARTS:
            raise too_many(self.irregular.file, "values by default", 4 * MOST_PARTS)
        for name, value in defaults:
            data.setdefault(name, value)

    def edge(
        self, source: str | None, target: str | None, data: dict[str, Any], where: Spot, id: str | None = None
    ) -> None:
        """One more edge; an `id` that stands beside its attributes is kept among them."""
        if source is None or target is None:
            missing = "source" if source is None else "target"
            self.add("dangling-reference", f"an edge has no {missing}: left out.", where)
            return
        data = _said(data)
        if id:
            data[FreeNames(data).name("edge_id", "-")] = id
        self.edges.append((source, target, data, where))

    def graph(self) -> nx.MultiDiGraph[str]:
        """The graph, edges keyed by their place in the file, with a node of `type` missing for each end that is not there."""
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.graph.update(_said(self.whole))
        graph.add_nodes_from(self.nodes.items())
        ids = Ids(self.nodes)
        graph.add_nodes_from((ids.new(id), data) for id, data in self._doubles)
        for n, (source, target, data, where) in enumerate(self.edges):
            for end in (source, target):
                if end not in graph:
                    self.add("dangling-reference", f"no node {brief(end)!r} is there, where an edge leads.", where)
                    graph.add_node(end, type="missing")
            # As keyword arguments, an attribute called `key` would be taken for the edge's.
            graph.edges[source, target, graph.add_edge(source, target, n)].update(data)
        if self.undirected:
            message = "edges have no direction: each is read from its first end to its second."
            some = "" if self.undirected == len(self.edges) else f"{self.undirected} of {len(self.edges)} "
            self.irregular.add("undirected", some + message)
        return graph

    def value(self, text: str, type_: str | None, name: str, where: Spot) -> Any:
        """An attribute's value of its declared type; the text as it stands where it is none."""
        type_ = (type_ or "string").casefold()
        plain = text.strip()
        try:
            if type_ in _WHOLE:
                return int(plain)
            if type_ in _BROKEN:
                return float(plain)
            if type_ == "boolean":
                return _WORDS[plain.casefold()]
        except (ValueError, KeyError):
            if plain:
                self.add(
                    "unknown-value", f"{brief(plain)!r} is no {brief(type_)}: `{brief(name)}` is read as a text.", where
                )
        return text


def _said(data: dict[str, Any]) -> dict[str, Any]:
    """The attributes that say something: some tools write one for every node, empty where it has none."""
    return {str(key): value for key, value in data.items() if value not in (None, "") and value == value}
