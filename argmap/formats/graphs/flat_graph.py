"""Maps as graphs with flat attributes, for the tools that draw and measure graphs: what their three formats share.

Claims and relations are nodes, as in AIF; edges run from the premises to the relation and on to the conclusion:

    rust ─premise→ because ─conclusion→ close      label, type, role, text, kind, scheme, … on the nodes
                                                   tie, order on the edges

A relation without an id is called by its ends, `rust:supports:close`, since an id in XML may hold no other marks.

`label` is what a tool shows, the words of the claim; it, `role` and an attack's `kind` are derived, and not read; a
label that a person changed is a finding. An attribute is a text, a number or true; what is more (several quotes, a
quote with a prefix, `extra`) is JSON, and so is a text that begins like JSON or holds control characters, so that it
comes back the same. A scheme that the list of schemes spells otherwise stands in quotes; without, it is read as the
list spells it.

A graph from elsewhere is read by the best there is: nodes are claims by their text, label or name, or what their types
say (`networks_kinds`), an edge between claims is the relation that its words name (`networks_words`, `networks_ties`).
Other attributes are kept under `extra` and written back as attributes; positions, colours and sizes are not. What of this
a user has to know stands on the page of GraphML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
from pydantic import ValidationError

from argmap import schemes
from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.formats.common.attribute_codec import UNSHOWN, decode, decode_scheme, encode, encode_scheme
from argmap.formats.common.reader_support import Ids, Irregular, invalid, map_id, own
from argmap.formats.graphs.dialogue import speakers
from argmap.formats.graphs.edges import Ties
from argmap.formats.graphs.node_types import Kinds
from argmap.formats.graphs.relation_words import is_typed, own_words
from argmap.formats.graphs.vocabulary import LOOKS, SHOWN, beyond, number
from argmap.graph import from_networkx, to_networkx
from argmap.ids import FreeNames

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.model import Map

_CLAIM_FIELDS = {"text", "quote", "kind", "issue", "position", "speaker", "commitment", "force", "implicit", "note"}
_RELATION_FIELDS = {"scheme", "cue", "note"}
_MAP_FIELDS = {"title", "thesis", "codebook", "sources", "speakers", "issues", "note"}
_DERIVED = {"label", "type", "role", "kind", "order", "extra", "relation_id", "node_id"}
_TAKEN = _CLAIM_FIELDS | _RELATION_FIELDS | _DERIVED | LOOKS | {"id", "pid", "parents", "start", "end", "spells"}
_TAKEN_OF_MAP = _MAP_FIELDS | LOOKS | {"id", "map_id", "argmap", "extra"}
_MARKS = str.maketrans({"+": ":", "~": ":", "?": "", ">": ":supports:", "!": ":attacks:", "=": ":rephrases:"})
"""The marks in a relation's key, as an id in XML may have them (NMTOKEN); no claim's id has a colon."""
_SAYS = {
    "support": "supports",
    "rephrase": "rephrases",
    "rebut": "rebuts",
    "undermine": "undermines",
    "undercut": "undercuts",
}


def to_graph(m: Map, format: str) -> nx.MultiDiGraph[str]:
    """The map as a graph with flat attributes; what stands under `extra` for `format` becomes attributes too."""
    graph: nx.MultiDiGraph[str] = nx.relabel_nodes(to_networkx(m), lambda node: node.translate(_MARKS))
    for data in graph.nodes.values():
        fields = dict(data)
        if "id" in fields:
            fields["relation_id"] = fields.pop("id")
        label = _label(fields)
        scheme = {"scheme": encode_scheme(fields.pop("scheme"))} if "scheme" in fields else {}
        data.clear()
        data.update({"label": label, **_flat(fields, format, _TAKEN), **scheme})
    for _, _, data in graph.edges(data=True):
        data["tie"] = data.pop("type")
    fields = dict(graph.graph)
    graph.graph.clear()
    graph.graph.update({"argmap": 1, "map_id": fields.pop("id"), **_flat(fields, format, _TAKEN_OF_MAP)})
    return graph


def _label(fields: dict[str, Any]) -> str:
    """What a tool shows for a claim or a relation."""
    type_ = str(fields.get("type", "claim"))
    says = _SAYS.get(str(fields.get("kind") or type_), type_)
    return UNSHOWN.sub("", str(fields.get("text") or fields.get("scheme") or says))


def _flat(fields: dict[str, Any], format: str, taken: set[str]) -> dict[str, Any]:
    """Fields as attributes, those of the format's own last."""
    extra = dict(fields.pop("extra", {}))
    ours = own(extra, format)
    spread = {k: v for k, v in ours.items() if k and k not in taken and k not in fields and _is_scalar(v)}
    if rest := {k: v for k, v in ours.items() if k not in spread}:
        extra[format] = rest
    else:
        extra.pop(format, None)
    if extra:
        fields["extra"] = extra
    return {**{name: encode(value) for name, value in fields.items()}, **spread}


def _is_scalar(value: Any) -> bool:
    return isinstance(value, bool | int | float) or (isinstance(value, str) and not UNSHOWN.search(value))


def from_graph(
    graph: nx.MultiDiGraph[str], name: str, format: str, irregular: Irregular, suffixes: Iterable[str]
) -> Map:
    """The map of a graph, made by `to_graph` or anywhere else.

    Raises
    ------
    ArgmapError
        When an attribute that a map has a word for holds what a map cannot.
    """
    try:
        return from_networkx(_Regular(graph, name, format, irregular, suffixes).graph())
    except ValidationError as error:
        raise invalid(error, name) from None
    except RecursionError:
        raise ArgmapError(Finding("invalid", "error", "nested too deeply to be a map.", Place(name))) from None


class _Regular:
    """A graph on its way to the form that `argmap.graph.from_networkx` reads."""

    def __init__(
        self, graph: nx.MultiDiGraph[str], name: str, format: str, irregular: Irregular, suffixes: Iterable[str]
    ) -> None:
        self.given = graph
        self.name = name
        self.format = format
        self.irregular = irregular
        self.suffixes = suffixes
        self.regular: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self.kinds = Kinds(graph, irregular)
        self.ours = self.kinds.ours
        self.names: dict[str, str] = {}
        self.order: dict[str, int] = {}

    def graph(self) -> nx.MultiDiGraph[str]:
        self.name_nodes()
        theses = []
        for node, data in self.given.nodes(data=True):
            type_, name = self.kinds.types[node], self.names.get(node, "")
            if type_ == "claim":
                self.regular.add_node(name, type=type_, **self.claim(node, name, data))
                theses += [name] if self.ours and data.get("role") == "thesis" else []
            elif type_ == "missing":
                self.regular.add_node(name, type=type_)
            elif node not in self.kinds.dialogue:
                self.order[name] = number(data.get("order"), len(self.order))
                self.regular.add_node(name, type=type_, **self.relation(node, name, data))
        self.whole(theses)
        Ties(self.regular, self.names, self.kinds, self.order, self.format, self.irregular).tie_all(self.given)
        if self.kinds.dialogue:
            self.hear()
        for n, name in enumerate(sorted(self.order, key=self.order.__getitem__)):
            self.regular.nodes[name]["order"] = n
        return self.regular

    def name_nodes(self) -> None:
        """A name for each node: an id for what an edge may lead to, anything for other relations."""
        ids = Ids()
        pointed = {u if self.kinds.is_premise(u, v, data) else v for u, v, data in self.given.edges(data=True)}
        given = {node: self.own_id(node) for node in self.given if node not in self.kinds.dialogue}
        seen: set[str] = set()
        for node in sorted(given, key=self.kinds.is_relation):
            id = given[node] or node
            again, relation = id in seen, self.kinds.is_relation(node)
            if self.ours and relation and node not in pointed and (again or not given[node]):
                self.names[node] = f"~{len(self.names)}"
                continue
            if again:
                message = f"{brief(id)!r} is there twice: each needs an id of its own."
                self.irregular.add("duplicate-id", message, (node,))
            self.names[node] = ids.new(id) if again else ids.word(id)
            seen.add(id)

    def own_id(self, node: str) -> str | None:
        """The id that a node of ours had before some tool gave it another."""
        key = "relation_id" if self.kinds.is_relation(node) else "node_id"
        id = self.given.nodes[node].get(key) if self.ours else None
        return None if id is None else str(id)

    def claim(self, node: str, name: str, data: dict[str, Any]) -> dict[str, Any]:
        fields = {key: decode(value) for key, value in data.items() if key in _CLAIM_FIELDS} if self.ours else {}
        shown = next((key for key in SHOWN if key in data), None)
        if "text" in fields:
            self.compare_label(node, {"text": fields["text"]}, data)
        fields.setdefault("text", str(data[shown]) if shown else node)
        typed = {"type"} if is_typed(data) else set()
        extra = self.beyond(data, _CLAIM_FIELDS | _DERIVED if self.ours else {shown or "", *typed})
        if (self.own_id(node) or node) != name:
            self.keep_id(extra, node)
        return {**fields, "extra": extra} if extra else fields

    def keep_id(self, extra: dict[str, Any], node: str) -> None:
        """Keep what the file calls a node, beside attributes of any name."""
        kept = own(extra, self.format)
        extra[self.format] = {**kept, FreeNames(kept).name("node_id", "-"): node}

    def compare_label(self, node: str, fields: dict[str, Any], data: dict[str, Any]) -> None:
        """A label is made from the rest; in a tool it is what people change."""
        shown, derived = str(data.get("label", "")), _label(fields)
        if shown and "".join(shown.split()) != "".join(derived.split()):
            message = f"the label says {brief(shown)!r}, the rest {brief(derived)!r}: the label is not read."
            hint = "Change `text`, `scheme` or `type`."
            self.irregular.add("label-differs", message, (node,), hint=hint)

    def relation(self, node: str, name: str, data: dict[str, Any]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        if self.ours:
            fields = {key: decode(value) for key, value in data.items() if key in _RELATION_FIELDS}
            if id := self.own_id(node):
                fields["id"] = id
        if not name.startswith("~"):
            fields["id"] = name
        scheme, named_by = self.scheme(data)
        fields["scheme"] = scheme
        if self.ours:
            self.compare_label(node, {**fields, "type": self.kinds.types[node], "kind": data.get("kind")}, data)
        words = None if self.ours else own_words(data)
        if words:
            fields["note"] = str(data[words])
        extra = self.beyond(data, _RELATION_FIELDS | _DERIVED if self.ours else {"type", named_by, words or ""})
        if not self.ours and name != node:
            self.keep_id(extra, node)
        return {**fields, "extra": extra} if extra else fields

    def scheme(self, data: dict[str, Any]) -> tuple[str | None, str]:
        """The scheme of a relation, and the attribute that names it; AIF has it in the text."""
        if "scheme" in data:
            return decode_scheme(str(data["scheme"])), "scheme"
        text = next((key for key in ("text", "label", "name") if schemes.named(str(data.get(key, "")))), "")
        return (schemes.canonical(str(data[text])), text) if text and not self.ours else (None, "")

    def beyond(self, data: dict[str, Any], known: set[str]) -> dict[str, Any]:
        """What an element says beyond a map's words, by format."""
        if self.ours:
            # Some tools note the id that they took away, and a false for each node that says nothing.
            known = known | {"id"} | ({"implicit"} if data.get("implicit") is False else set())
        return beyond(data, known, self.format, ours=self.ours)

    def whole(self, theses: list[str]) -> None:
        """What the graph says as a whole."""
        data = self.given.graph
        target = self.regular.graph
        id = data.get("map_id") if self.ours else None
        target["id"] = Ids().word(str(id)) if id else map_id(self.name, self.suffixes)
        if self.ours:
            target.update({key: decode(value) for key, value in data.items() if key in _MAP_FIELDS})
            if "argmap" not in data and len(theses) == 1:
                target["thesis"] = theses[0]
        elif isinstance(data.get("name"), str):
            target["title"] = data["name"]
        known = _TAKEN_OF_MAP if self.ours else {"name"} if "title" in target else set()
        if extra := self.beyond(data, known):
            target["extra"] = extra

    def hear(self) -> None:
        """Read from the dialogue who says which claim."""
        claims = {
            node: str(self.regular.nodes[name]["text"])
            for node, name in self.names.items()
            if self.kinds.types[node] == "claim"
        }
        found, said = speakers(self.given, self.kinds.dialogue, claims, self.irregular)
        for node, fields in said.items():
            self.regular.nodes[self.names[node]].update(fields)
        if found:
            self.regular.graph["speakers"] = found
