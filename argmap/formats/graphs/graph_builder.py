"""Collect the nodes and edges that a file lists, and make one graph of them.

    node "a"   node "a" again   edge "a" → "z", and no "z"   edge "a" — "b"
    a          a-2, finding     z missing, finding           a → b, one finding

Ids are compared as text, since tools write 7 in one place and "7" in another. No edge is lost, parallel ones included.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from argmap.findings import brief
from argmap.formats.common.attribute_codec import decode
from argmap.formats.common.reader_support import MOST_PARTS, Ids, Irregular, as_dict, own, too_many
from argmap.formats.common.xml_reader import Element
from argmap.ids import FreeNames
from argmap.text_tools import counted

Where = dict[str, Any]
"""The place of something: its way `at` inside the document, or its `line` and `column`."""
SHOWN = ("text", "label", "name", "content", "statement", "claim", "sentence", "shared name")
"""Attributes that may hold the words of a node, the best first."""
LOOKS = {"x", "y", "vx", "vy", "fx", "fy", "viz", "color", "size"}
"""Attributes that say how something is drawn, and are not kept."""
_TRUTHS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_TYPES: dict[str, Any] = {
    **dict.fromkeys(("int", "integer", "long", "short", "byte", "biginteger"), int),
    **dict.fromkeys(("float", "double", "bigdecimal"), float),
    "boolean": lambda text: _TRUTHS[text.casefold()],
}


def spot(element: Element, node_id: str | None = None) -> Where:
    """Return where an element of an XML file begins."""
    return {"at": (node_id,) if node_id else (), "line": element.line, "column": element.column}


@dataclass(slots=True)
class Listed:
    """The nodes and edges of a file; `graph` puts them together."""

    irregular: Irregular
    whole: dict[str, Any] = field(default_factory=dict)
    """The attributes of the whole graph."""
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: list[tuple[str, str, dict[str, Any], Where]] = field(default_factory=list)
    undirected: int = 0
    groups: dict[str, list[str]] = field(default_factory=dict)
    """The members of each node that is drawn around others."""
    _doubles: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    _filled: int = 0

    def add(self, rule: str, message: str, where: Where) -> None:
        """Note one problem."""
        self.irregular.add(rule, message, **where)

    def node(self, node_id: str | None, data: dict[str, Any], where: Where) -> None:
        """Add a node; one without an id gets a number."""
        node_id = f"node-{len(self.nodes) + 1}" if node_id is None else node_id
        if node_id not in self.nodes:
            self.nodes[node_id] = _said(data)
            return
        self.add("duplicate-id", f"node {brief(node_id)!r} occurs twice: each needs its own id.", where)
        self._doubles.append((node_id, _said(data)))

    def fill(self, data: dict[str, Any], defaults: Collection[tuple[str, Any]]) -> None:
        """Add the attributes left to their defaults; raise ArgmapError for a small file that makes millions of them."""
        self._filled += len(defaults)
        if self._filled > 4 * MOST_PARTS:
            raise too_many(self.irregular.file, "values by default", 4 * MOST_PARTS)
        for name, value in defaults:
            data.setdefault(name, value)

    def edge(
        self, source: str | None, target: str | None, data: dict[str, Any], where: Where, edge_id: str | None = None
    ) -> None:
        """Add an edge; its id is kept among its attributes."""
        if source is None or target is None:
            lacks = "source" if source is None else "target"
            self.add("dangling-reference", f"an edge has no {lacks}: left out.", where)
            return
        data = _said(data)
        if edge_id:
            data[FreeNames(data).name("edge_id", "-")] = edge_id
        self.edges.append((source, target, data, where))

    def _set_groups_aside(self) -> None:
        """Keep the nodes that are only drawn around others as groups; one that an edge leads to is a node like any other."""
        used = {end for source, target, _, _ in self.edges for end in (source, target)}
        groups = {}
        for group, members in self.groups.items():
            if group in used or group not in self.nodes:
                continue
            data = self.nodes.pop(group)
            label = next((str(data[key]) for key in SHOWN if key in data), group)
            for member in filter(self.nodes.__contains__, members):
                self.nodes[member].setdefault("group", label)
            groups[group] = {**data, "members": members}
            message = f"{brief(label)!r} is drawn around {counted(len(members), 'node')}: kept as their group, not as a claim."
            self.irregular.add("group", message, (group,), severity="note")
        if groups:
            self.whole[FreeNames(self.whole).name("groups", "-")] = groups

    def graph(self) -> nx.MultiDiGraph[str]:
        """Return the graph, edges keyed by their place in the file, with a node of type `missing` for each missing end."""
        self._set_groups_aside()
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.graph.update(_said(self.whole))
        graph.add_nodes_from(self.nodes.items())
        ids = Ids(self.nodes)
        graph.add_nodes_from((ids.new(node_id), data) for node_id, data in self._doubles)
        for n, (source, target, data, where) in enumerate(self.edges):
            for end in (source, target):
                if end not in graph:
                    self.add("dangling-reference", f"no node {brief(end)!r} is there, where an edge leads.", where)
                    graph.add_node(end, type="missing")
            # As keyword arguments, an attribute called `key` would be taken for the edge's.
            graph.edges[source, target, graph.add_edge(source, target, n)].update(data)
        if self.undirected:
            some = "" if self.undirected == len(self.edges) else f"{self.undirected} of {len(self.edges)} "
            message = f"{some}edges have no direction: each is read from its first end to its second."
            self.irregular.add("undirected", message)
        return graph

    def value(self, text: str, type_: str | None, name: str, where: Where) -> Any:
        """Return an attribute's value of its declared type, or the text where it does not fit."""
        plain, convert = text.strip(), _TYPES.get((type_ or "string").casefold())
        try:
            return convert(plain) if convert else text
        except (ValueError, KeyError):
            if plain:
                message = f"{brief(plain)!r} is not a {brief(type_ or '')}: `{brief(name)}` is read as a text."
                self.add("unknown-value", message, where)
            return text


def _said(data: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes that say something: some tools write one for every node, empty where it has none."""
    return {str(key): value for key, value in data.items() if value not in (None, "") and value == value}


def beyond(data: Mapping[str, Any], known: Set[str], name: str, *, is_argmap: bool) -> dict[str, Any]:
    """Return the `extra` of an element: its attributes that a map has no word for, under the name of the format.

    A graph that argmap wrote (`is_argmap`) has `extra` as an attribute, too.
    """
    extra = as_dict(decode(data.get("extra"))) if is_argmap else {}
    if more := {key: _scalar(value) for key, value in data.items() if key not in known and key not in LOOKS}:
        extra[name] = {**own(extra, name), **more}
    return extra


def number(value: Any, otherwise: int) -> int:
    """Return a whole number, or another value in its place."""
    is_whole = isinstance(value, int | float) and not isinstance(value, bool) and not value % 1
    return int(value) if is_whole else otherwise


def _scalar(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, bool | int | float | str) else json.loads(json.dumps(value, default=str))
