"""Maps as graphs with flat attributes, for the tools that draw and measure graphs: what their three formats share.

Claims and relations are nodes, as in AIF; edges run from the premises to the relation and on to the conclusion:

    rust ─premise→ because ─conclusion→ close      label, type, role, text, kind, scheme, … on the nodes
                                                   tie, order on the edges

A tool shows `label`, which is derived and not read; a label that a person changed is a finding. An attribute is a text, a
number or true; anything else (several quotes, `extra`, a text that begins like JSON) is JSON. What users have to know of
this, and of graphs from elsewhere, stands on the page of GraphML.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx

from argmap import schemes
from argmap.findings import brief
from argmap.formats.common.attribute_codec import UNSHOWN, decode, decode_scheme, encode, encode_scheme
from argmap.formats.common.reader_support import Ids, checked, map_id, own
from argmap.formats.graphs.edges import EdgeReader
from argmap.formats.graphs.graph_builder import LOOKS, SHOWN, Listed, beyond, number
from argmap.formats.graphs.relation_words import NodeTypes, own_words
from argmap.graph import from_networkx, to_networkx
from argmap.ids import FreeNames
from argmap.model import Claim, Map

_CLAIM_FIELDS = {field.alias or name for name, field in Claim.model_fields.items()} - {"id", "extra"}
_RELATION_FIELDS = {"scheme", "cue", "note", "status"}
_MAP_FIELDS = Map.model_fields.keys() - {"argmap", "id", "claims", "relations", "extra"}
_DERIVED = {"label", "type", "role", "kind", "order", "extra", "relation_id", "node_id"}
_TAKEN = _CLAIM_FIELDS | _RELATION_FIELDS | _DERIVED | LOOKS | {"id", "pid", "parents", "start", "end", "spells"}
_TAKEN_OF_MAP = _MAP_FIELDS | LOOKS | {"id", "map_id", "argmap", "extra"}
_MARKS = str.maketrans({"+": ":", "~": ":", "?": "", ">": ":supports:", "!": ":attacks:", "=": ":rephrases:"})
"""The marks in a relation's key, as an id in XML may have them (NMTOKEN); no claim's id has a colon."""
_SAYS = {word: f"{word}s" for word in ("support", "rephrase", "rebut", "undermine", "undercut")}


def to_graph(map_: Map, name: str) -> nx.MultiDiGraph[str]:
    """Return the map as a graph with flat attributes; `extra` of the format of that name becomes attributes too."""
    graph: nx.MultiDiGraph[str] = nx.relabel_nodes(to_networkx(map_), lambda node: node.translate(_MARKS))
    for data in graph.nodes.values():
        fields = dict(data)
        if "id" in fields:
            fields["relation_id"] = fields.pop("id")
        label = _label(fields)
        scheme = {"scheme": encode_scheme(fields.pop("scheme"))} if "scheme" in fields else {}
        data.clear()
        data.update({"label": label, **_flat(fields, name, _TAKEN), **scheme})
    for _, _, data in graph.edges(data=True):
        data["tie"] = data.pop("type")
    fields = dict(graph.graph)
    graph.graph.clear()
    graph.graph.update({"argmap": 1, "map_id": fields.pop("id"), **_flat(fields, name, _TAKEN_OF_MAP)})
    return graph


def _label(fields: dict[str, Any]) -> str:
    """Return what a tool shows for a claim or a relation."""
    type_ = str(fields.get("type", "claim"))
    says = _SAYS.get(str(fields.get("kind") or type_), type_)
    return UNSHOWN.sub("", str(fields.get("text") or fields.get("scheme") or says))


def _flat(fields: dict[str, Any], name: str, taken: set[str]) -> dict[str, Any]:
    """Return fields as attributes, those of the format's own last."""
    extra = dict(fields.pop("extra", {}))
    kept = own(extra, name)
    spread = {k: v for k, v in kept.items() if k and k not in taken and k not in fields and _is_scalar(v)}
    if rest := {k: v for k, v in kept.items() if k not in spread}:
        extra[name] = rest
    else:
        extra.pop(name, None)
    if extra:
        fields["extra"] = extra
    return {**{key: encode(value) for key, value in fields.items()}, **spread}


def _is_scalar(value: Any) -> bool:
    return isinstance(value, bool | int | float) or (isinstance(value, str) and not UNSHOWN.search(value))


def from_graph(listed: Listed, name: str, suffixes: Iterable[str]) -> Map:
    """Return the map of a graph from anywhere, in the format of that name; raise ArgmapError if a value does not fit."""
    file = listed.irregular.file
    return checked(lambda: from_networkx(_GraphReader(listed, name).graph(map_id(file, suffixes))), file)


class _GraphReader:
    """Brings a graph into the form that `argmap.graph.from_networkx` reads."""

    def __init__(self, listed: Listed, name: str) -> None:
        self.given = listed.graph()
        self.format = name
        self.irregular = listed.irregular
        self.regular: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self.kinds = NodeTypes(self.given, self.irregular)
        self.is_argmap = self.kinds.is_argmap
        self.names: dict[str, str] = {}
        self.order: dict[str, int] = {}

    def graph(self, otherwise: str) -> nx.MultiDiGraph[str]:
        """Return the graph; the map's id is `otherwise` where the file has none."""
        self._name_nodes()
        theses = []
        for node, data in self.given.nodes(data=True):
            type_, name = self.kinds.types[node], self.names.get(node, "")
            if type_ == "claim":
                self.regular.add_node(name, type=type_, **self._claim(node, name, data))
                theses += [name] if self.is_argmap and data.get("role") == "thesis" else []
            elif type_ == "missing":
                self.regular.add_node(name, type=type_)
            elif type_ != "dialogue":
                self.order[name] = number(data.get("order"), len(self.order))
                self.regular.add_node(name, type=type_, **self._relation(node, name, data))
        self._read_whole(theses, otherwise)
        EdgeReader(self.regular, self.names, self.kinds, self.order, self.format, self.irregular).read(self.given)
        for n, name in enumerate(sorted(self.order, key=self.order.__getitem__)):
            self.regular.nodes[name]["order"] = n
        return self.regular

    def _name_nodes(self) -> None:
        """Name each node: an id for whatever an edge may lead to, anything for other relations."""
        ids = Ids()
        pointed = {u if self.kinds.is_premise(u, v, data) else v for u, v, data in self.given.edges(data=True)}
        given = {node: self._own_id(node) for node in self.given if self.kinds.types[node] != "dialogue"}
        seen: set[str] = set()
        for node in sorted(given, key=self.kinds.is_relation):
            wish = given[node] or node
            is_again = wish in seen
            is_free = self.is_argmap and self.kinds.is_relation(node) and node not in pointed
            if is_free and (is_again or not given[node]):
                self.names[node] = f"~{len(self.names)}"
                continue
            if is_again:
                message = f"{brief(wish)!r} occurs twice: each needs its own id."
                self.irregular.add("duplicate-id", message, (node,))
            self.names[node] = ids.new(wish) if is_again else ids.word(wish)
            seen.add(wish)

    def _own_id(self, node: str) -> str | None:
        """Return the id that argmap gave a node, before some tool gave it another."""
        key = "relation_id" if self.kinds.is_relation(node) else "node_id"
        name = self.given.nodes[node].get(key) if self.is_argmap else None
        return None if name is None else str(name)

    def _claim(self, node: str, name: str, data: dict[str, Any]) -> dict[str, Any]:
        fields = {key: decode(value) for key, value in data.items() if key in _CLAIM_FIELDS} if self.is_argmap else {}
        shown = next((key for key in SHOWN if key in data), None)
        if "text" in fields:
            self._compare_label(node, {"text": fields["text"]}, data)
        fields.setdefault("text", str(data[shown]) if shown else node)
        is_plain = str(data.get("type", "")).strip().casefold() in ("claim", "i")
        known = _CLAIM_FIELDS | _DERIVED if self.is_argmap else {shown or "", "type" if is_plain else ""}
        changed = (self._own_id(node) or node) != name
        return self._with_extra(fields, data, known, node if changed else None)

    def _relation(self, node: str, name: str, data: dict[str, Any]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        if self.is_argmap:
            fields = {key: decode(value) for key, value in data.items() if key in ("cue", "note", "status")}
            fields |= {"id": known} if (known := self._own_id(node)) else {}
        if not name.startswith("~"):
            fields["id"] = name
        scheme, named_by = self._scheme(data)
        fields["scheme"] = scheme
        if self.is_argmap:
            self._compare_label(node, {**fields, "type": self.kinds.types[node], "kind": data.get("kind")}, data)
            return self._with_extra(fields, data, _RELATION_FIELDS | _DERIVED)
        words = own_words(data)
        if words:
            fields["note"] = str(data[words])
        return self._with_extra(fields, data, {"type", named_by, words or ""}, node if name != node else None)

    def _with_extra(
        self, fields: dict[str, Any], data: dict[str, Any], known: set[str], node: str | None = None
    ) -> dict[str, Any]:
        """Return fields with the other attributes under `extra`, and the id of the node where argmap had to change it."""
        if self.is_argmap:
            # Some tools note the id that they took away, and a false for each node that says nothing.
            known = known | {"id"} | ({"implicit"} if data.get("implicit") is False else set())
        extra = beyond(data, known, self.format, is_argmap=self.is_argmap)
        if node is not None:
            kept = own(extra, self.format)
            extra[self.format] = {**kept, FreeNames(kept).name("node_id", "-"): node}
        return {**fields, "extra": extra} if extra else fields

    def _compare_label(self, node: str, fields: dict[str, Any], data: dict[str, Any]) -> None:
        """Note a label that a person changed in a tool: it is derived, and not read."""
        shown, derived = str(data.get("label", "")), _label(fields)
        if shown and "".join(shown.split()) != "".join(derived.split()):
            message = f"the label says {brief(shown)!r}, the rest {brief(derived)!r}: the label is not read."
            self.irregular.add("label-differs", message, (node,), hint="Change `text`, `scheme` or `type`.")

    def _scheme(self, data: dict[str, Any]) -> tuple[str | None, str]:
        """Return the scheme of a relation, and the attribute that names it; AIF has it in the text."""
        if "scheme" in data:
            return decode_scheme(str(data["scheme"])), "scheme"
        text = next((key for key in ("text", "label", "name") if schemes.named(str(data.get(key, "")))), "")
        return (schemes.canonical(str(data[text])), text) if text and not self.is_argmap else (None, "")

    def _read_whole(self, theses: list[str], otherwise: str) -> None:
        data, fields, known = self.given.graph, self.regular.graph, set[str]()
        name = data.get("map_id") if self.is_argmap else None
        fields["id"] = Ids().word(str(name)) if name else otherwise
        if self.is_argmap:
            known = _TAKEN_OF_MAP
            fields.update({key: decode(value) for key, value in data.items() if key in _MAP_FIELDS})
            if "argmap" not in data and len(theses) == 1:
                fields["thesis"] = theses[0]
        elif isinstance(data.get("name"), str):
            fields["title"], known = data["name"], {"name"}
        fields.update(self._with_extra({}, data, known))
