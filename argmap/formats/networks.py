"""Maps as graphs with flat attributes, for the tools that draw and measure graphs: what their three formats share.

Claims and relations are nodes, as in AIF; edges run from the premises to the relation and on to the conclusion:

    rust ─premise→ because ─conclusion→ close      label, type, role, text, kind, scheme, … on the nodes
                                                   tie, order on the edges

`label` is what a tool shows, the words of the claim; it, `role` and an attack's `kind` are derived, and ignored on
reading. An attribute is a text, a number or true; what is more (several quotes, a quote with a prefix, `extra`) is
JSON, and so is a text that begins like JSON or holds control characters, so that it comes back the same.

A graph from elsewhere is read by the best there is: nodes are claims by their text, label or name (I, RA, CA, MA
nodes what AIF means by them), an edge between claims is the relation that its type or label names, else a support.
Other attributes are kept under `extra` and written back as attributes; positions, colours and sizes are not.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import networkx as nx
from pydantic import ValidationError

from argmap.finding import ArgmapError, Finding, Place
from argmap.formats.flat import UNSHOWN, decode, encode
from argmap.formats.kit import Ids, Irregular, invalid, map_id
from argmap.formats.markup import own
from argmap.formats.relation_words import relation_word
from argmap.graph import from_networkx, to_networkx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from argmap.model import Map

REFUSALS = (nx.NetworkXError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What networkx raises on files that are no graphs."""

_NODE_TYPES = {
    "claim": "claim",
    "support": "support",
    "attack": "attack",
    "rephrase": "rephrase",
    "missing": "missing",
    "i": "claim",
    "ra": "support",
    "ca": "attack",
    "ma": "rephrase",
}
_CLAIM_FIELDS = {"text", "quote", "kind", "issue", "position", "speaker", "commitment", "force", "implicit", "note"}
_RELATION_FIELDS = {"scheme", "cue", "note"}
_MAP_FIELDS = {"title", "thesis", "codebook", "sources", "speakers", "issues", "note"}
_DERIVED = {"label", "type", "role", "kind", "order", "extra", "relation_id"}
_LOOKS = {"x", "y", "shape_type", "viz", "nodegraphics", "edgegraphics", "node_default", "edge_default", "mode"}
_TAKEN = _CLAIM_FIELDS | _RELATION_FIELDS | _DERIVED | _LOOKS | {"id", "pid", "parents", "start", "end", "spells"}
_TAKEN_OF_MAP = _MAP_FIELDS | _LOOKS | {"id", "map_id", "argmap", "extra"}
_TAKEN_OF_EDGE = {"tie", "order", "type", "relation", "label", "interaction", "id", "key", "networkx_key"} | _LOOKS
_SAYS = {
    "support": "supports",
    "rephrase": "rephrases",
    "rebut": "rebuts",
    "undermine": "undermines",
    "undercut": "undercuts",
}


def to_graph(m: Map, format: str) -> nx.MultiDiGraph[str]:
    """The map as a graph with flat attributes; what stands under `extra` for `format` becomes attributes too."""
    graph = to_networkx(m)
    for data in graph.nodes.values():
        fields = dict(data)
        if "id" in fields:
            fields["relation_id"] = fields.pop("id")
        data_type = str(fields["type"])
        says = _SAYS.get(str(fields.get("kind", data_type)), data_type)
        words = str(fields.get("text") or fields.get("scheme") or says)
        data.clear()
        data.update({"label": UNSHOWN.sub("", words), **_flat(fields, format, _TAKEN)})
    for _, _, data in graph.edges(data=True):
        data["tie"] = data.pop("type")
    fields = dict(graph.graph)
    graph.graph.clear()
    graph.graph.update({"argmap": 1, "map_id": fields.pop("id"), **_flat(fields, format, _TAKEN_OF_MAP)})
    return graph


def _flat(fields: dict[str, Any], format: str, taken: set[str]) -> dict[str, Any]:
    """Fields as attributes, those of the format's own last."""
    extra = dict(fields.pop("extra", {}))
    ours = own(extra, format)
    spread = {k: v for k, v in ours.items() if k not in taken and k not in fields and _is_scalar(v)}
    if rest := {k: v for k, v in ours.items() if k not in spread}:
        extra[format] = rest
    else:
        extra.pop(format, None)
    if extra:
        fields["extra"] = extra
    return {**{name: encode(value) for name, value in fields.items()}, **spread}


def _is_scalar(value: Any) -> bool:
    return isinstance(value, bool | int | float) or (isinstance(value, str) and not UNSHOWN.search(value))


def parsed(parse: Callable[[], nx.Graph[Any]], name: str) -> nx.Graph[Any]:
    """What networkx reads, its warnings unheard, its exceptions as one finding.

    Raises
    ------
    ArgmapError
        When networkx cannot read the file.
    """
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return parse()
    except REFUSALS as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise ArgmapError(Finding("unreadable", "error", f"no graph to be read: {reason}.", Place(name))) from None


def from_graph(graph: nx.Graph[Any], name: str, format: str, irregular: Irregular, suffixes: Iterable[str]) -> Map:
    """The map of a graph, made by `to_graph` or anywhere else.

    Raises
    ------
    ArgmapError
        When an attribute that a map has a word for holds what a map cannot.
    """
    if not graph.is_directed() and graph.number_of_edges():
        irregular.add("undirected", "edges have no direction: each is read from its first end to its second.")
    try:
        return from_networkx(_Regular(graph, name, format, irregular, suffixes).graph())
    except ValidationError as error:
        raise invalid(error, name) from None
    except RecursionError:
        raise ArgmapError(Finding("invalid", "error", "nested too deeply to be a map.", Place(name))) from None


class _Regular:
    """A graph on its way to the form that `argmap.graph.from_networkx` reads."""

    def __init__(
        self, graph: nx.Graph[Any], name: str, format: str, irregular: Irregular, suffixes: Iterable[str]
    ) -> None:
        self.given = graph
        self.name = name
        self.format = format
        self.irregular = irregular
        self.suffixes = suffixes
        self.regular: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self.types = {node: self.type_of(data) for node, data in graph.nodes(data=True)}
        self.ours = "argmap" in graph.graph or any(
            self.types[node] == "claim" and {"type", "role", "text"} <= data.keys()
            for node, data in graph.nodes(data=True)
        )
        self.names: dict[Any, str] = {}
        self.order: dict[str, int] = {}

    @staticmethod
    def type_of(data: dict[str, Any]) -> str:
        return _NODE_TYPES.get(str(data.get("type", "")).casefold(), "claim")

    def is_relation(self, node: Any) -> bool:
        return self.types[node] not in ("claim", "missing")

    def is_premise(self, u: Any, v: Any, data: dict[str, Any]) -> bool:
        """Whether an edge leads into a relation, and is not what another relation leads to."""
        return self.is_relation(v) and (not self.is_relation(u) or data.get("tie") == "premise")

    def graph(self) -> nx.MultiDiGraph[str]:
        self.name_nodes()
        theses = []
        for node, data in self.given.nodes(data=True):
            type_, name = self.types[node], self.names[node]
            if type_ == "claim":
                self.regular.add_node(name, type=type_, **self.claim(node, name, data))
                theses += [name] if self.ours and data.get("role") == "thesis" else []
            elif type_ == "missing":
                self.regular.add_node(name, type=type_)
            else:
                self.order[name] = _number(data.get("order"), len(self.order))
                self.regular.add_node(name, type=type_, **self.relation(name, data))
        self.whole(theses)
        self.tie_all()
        for n, name in enumerate(sorted(self.order, key=self.order.__getitem__)):
            self.regular.nodes[name]["order"] = n
        return self.regular

    def name_nodes(self) -> None:
        """A name for each node: an id for what an edge may lead to, anything for other relations."""
        ids = Ids()
        pointed = {u if self.is_premise(u, v, data) else v for u, v, data in self.given.edges(data=True)}
        relations = []
        for node in self.types:
            if self.is_relation(node):
                relations.append(node)
            else:
                self.names[node] = ids.word(str(node))
        for n, node in enumerate(relations):
            id = self.given.nodes[node].get("relation_id") if self.ours else None
            if id is not None and str(id) == str(node):
                self.names[node] = ids.word(str(node))
            else:
                self.names[node] = ids.word(str(node)) if node in pointed and id is None else f"~{n}"

    def claim(self, node: Any, name: str, data: dict[str, Any]) -> dict[str, Any]:
        fields = {key: decode(value) for key, value in data.items() if key in _CLAIM_FIELDS} if self.ours else {}
        shown = next((key for key in ("text", "label", "name") if data.get(key) not in (None, "")), None)
        fields.setdefault("text", str(data[shown]) if shown else str(node))
        extra = self.beyond(data, _CLAIM_FIELDS | _DERIVED if self.ours else {shown or ""})
        if str(node) != name:
            extra.setdefault(self.format, {})["id"] = str(node)
        return {**fields, "extra": extra} if extra else fields

    def relation(self, name: str, data: dict[str, Any]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        if self.ours:
            fields = {key: decode(value) for key, value in data.items() if key in _RELATION_FIELDS}
            if data.get("relation_id") is not None:
                fields["id"] = str(data["relation_id"])
        if "id" not in fields and not name.startswith("~"):
            fields["id"] = name
        extra = self.beyond(data, _RELATION_FIELDS | _DERIVED if self.ours else {"type"})
        return {**fields, "extra": extra} if extra else fields

    def beyond(self, data: dict[str, Any], known: set[str]) -> dict[str, Any]:
        """What an element says beyond a map's words, by format."""
        extra = decode(data.get("extra")) if self.ours else None
        extra = extra if isinstance(extra, dict) else {}
        if str(data.get("type")).casefold() in _NODE_TYPES:
            known = known | {"type"}
        more = {str(k): _scalar(v) for k, v in data.items() if k not in known and k not in _LOOKS and v is not None}
        if more:
            extra[self.format] = {**own(extra, self.format), **more}
        return extra

    def whole(self, theses: list[str]) -> None:
        """What the graph says as a whole."""
        data = {str(key): value for key, value in self.given.graph.items()}
        target = self.regular.graph
        id = data.get("map_id") if self.ours else None
        target["id"] = Ids().word(str(id)) if id else map_id(self.name, self.suffixes)
        if self.ours:
            target.update({key: decode(value) for key, value in data.items() if key in _MAP_FIELDS})
            if "argmap" not in data and len(theses) == 1:
                target["thesis"] = theses[0]
        elif isinstance(title := data.get("name"), str) and title:
            target["title"] = title
        known = _TAKEN_OF_MAP if self.ours else {"argmap", "name"}
        if extra := self.beyond(data, known):
            target["extra"] = extra

    def tie_all(self) -> None:
        """Edges as premises and conclusions; between two claims, a relation of their own."""
        taken: dict[str, int] = {}
        conclusions = []
        for n, (u, v, data) in enumerate(self.given.edges(data=True)):
            source, target = self.names[u], self.names[v]
            if self.is_premise(u, v, data):
                taken[target] = taken.get(target, 0) + 1
                self.regular.add_edge(source, target, type="premise", order=_number(data.get("order"), taken[target]))
            elif self.is_relation(u):
                conclusions.append((u, source, target))
            else:
                self.between(n, source, target, data)
        concluded: set[str] = set()
        for n, (u, source, target) in enumerate(conclusions):
            if source in concluded:
                self.irregular.add("two-targets", f"{u} leads to several nodes: read as several relations.", (str(u),))
                self.again(source, target, n)
            else:
                concluded.add(source)
                self.regular.add_edge(source, target, type="conclusion", order=0)

    def between(self, n: int, source: str, target: str, data: dict[str, Any]) -> None:
        words = (relation_word(data[key]) for key in ("type", "relation", "label", "interaction") if key in data)
        type_ = next((word for word in words if word), "support")
        relation = f"~edge{n}"
        extra = self.beyond(data, _TAKEN_OF_EDGE)
        self.order[relation] = len(self.order)
        self.regular.add_node(relation, type=type_, **({"extra": extra} if extra else {}))
        self.regular.add_edge(source, relation, type="premise", order=0)
        self.regular.add_edge(relation, target, type="conclusion", order=0)

    def again(self, relation: str, target: str, n: int) -> None:
        """A copy of a relation, without its id, for a further target."""
        copy = f"~again{n}"
        fields = {key: value for key, value in self.regular.nodes[relation].items() if key != "id"}
        self.order[copy] = self.order[relation]
        self.regular.add_node(copy, **fields)
        for source, _, data in list(self.regular.in_edges(relation, data=True)):
            if data["type"] == "premise":
                self.regular.add_edge(source, copy, **data)
        self.regular.add_edge(copy, target, type="conclusion", order=0)


def _number(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise


def _scalar(value: Any) -> Any:
    """An attribute as JSON holds it."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, bool | int | float | str) else json.loads(json.dumps(value, default=str))
