"""Read the edges of a graph: premises and conclusions of its relations, or relations themselves, from claim to claim.

    b ─▸ RA ─▸ a             b is a premise of the support, a its conclusion
    b ─"rebuts"─▸ a          an attack on a by b, for which a node is made
    b ─▸ RA ─▸ a, c          two supports by the same premise

The attributes of an edge that is a relation are kept under its `extra`; those of an edge to a relation or from one are
left out, with a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from argmap.findings import brief
from argmap.formats.common.attribute_codec import decode_scheme
from argmap.formats.common.reader_support import Irregular
from argmap.formats.graphs.graph_builder import LOOKS, beyond, number
from argmap.formats.graphs.relation_words import NodeTypes, said_of

_OF_ARGMAP = frozenset({"tie", "order", "id", "key", "edge_id"})
"""Attributes that argmap writes on edges, and ids that the last tool gave them."""


class EdgeReader:
    """Adds the edges of a graph to `regular`, in which the claims and relations are nodes, by their names there."""

    def __init__(
        self,
        regular: nx.MultiDiGraph[str],
        names: Mapping[str, str],
        kinds: NodeTypes,
        order: dict[str, int],
        name: str,
        irregular: Irregular,
    ) -> None:
        self.regular = regular
        self.names = names
        self.kinds = kinds
        self.order = order
        """The place of each relation among the others."""
        self.format = name
        self.irregular = irregular
        self.known: frozenset[str] = _OF_ARGMAP if kinds.is_argmap else frozenset()
        self.left_out: dict[str, None] = {}
        """Attributes of edges to or from relations."""
        self.guessed: dict[str, list[str]] = {"called-objection": [], "negative-weight": []}
        """Nodes and weights of the edges that are read as attacks though they name no relation."""

    def read(self, given: nx.MultiDiGraph[str]) -> None:
        """Take over every edge of the graph."""
        conclusions = []
        for u, v, n, data in sorted(given.edges(keys=True, data=True), key=lambda edge: edge[2]):
            if "dialogue" in (self.kinds.types[u], self.kinds.types[v]):
                continue
            source, target = self.names[u], self.names[v]
            if self.kinds.is_premise(u, v, data):
                last = self.regular.in_degree(target)
                self.regular.add_edge(source, target, type="premise", order=number(data.get("order"), last))
                self._leave_out(data)
            elif self.kinds.is_relation(u):
                conclusions.append((source, target, data))
            else:
                self._relate_by_edge(f"~edge{n}", u, v, data)
        self._conclude(conclusions)
        if self.left_out:
            names = ", ".join(brief(name) for name in [*self.left_out][:5])
            self.irregular.add("unknown-value", f"attributes of edges to or from relations are left out: {names}.")
        which = {"called-objection": "of nodes called objections", "negative-weight": "of negative weight"}
        for rule, guessed in self.guessed.items():
            if guessed:
                message = f"edges {which[rule]} that name no relation are read as attacks: {len(guessed)}, the first {brief(guessed[0])!r}."
                self.irregular.add(rule, message, severity="note")

    def _relate_by_edge(self, relation: str, u: str, v: str, data: dict[str, Any]) -> None:
        """Read an edge that is a relation itself: between two claims, or from an objection to a relation."""
        source, target = self.names[u], self.names[v]
        said, called = said_of(data), self.kinds.called.get(u)
        type_, words = said.type or self._guess(u, called, said.weight), said.words
        if said.type and called and said.type != called:
            words = (*(words or (said.type,)), called)
        if words:
            article = "an" if type_ == "attack" else "a"
            which = "which disagree" if said.type else "which is not a known relation"
            told = " and ".join(repr(brief(word)) for word in words)
            message = f"an edge says {told}, {which}: read as {article} {type_}."
            self.irregular.add("unclear-relation" if said.type else "unknown-relation", message, (source, target))
        if said.passive:
            source, target = target, source
        fields: dict[str, Any] = {"scheme": decode_scheme(str(data["scheme"]))} if "scheme" in data else {}
        known = self.known | said.known | {"scheme"}
        if extra := beyond(data, known, self.format, is_argmap=self.kinds.is_argmap):
            fields["extra"] = extra
        self._relate(relation, type_, source, target, fields)

    def _guess(self, node: str, called: str | None, weight: str | None) -> str:
        """Return the relation of an edge that names none: an attack, with a note, or else a support."""
        if called in ("support", "rephrase"):
            return called
        rule, reason = ("called-objection", node) if called else ("negative-weight", weight)
        if reason is None:
            return "support"
        self.guessed[rule].append(reason)
        return "attack"

    def _relate(self, relation: str, type_: str, source: str, target: str, fields: dict[str, Any]) -> None:
        self.order[relation] = len(self.order)
        self.regular.add_node(relation, type=type_, **fields)
        self.regular.add_edge(source, relation, type="premise", order=0)
        self.regular.add_edge(relation, target, type="conclusion", order=0)

    def _conclude(self, conclusions: list[tuple[str, str, dict[str, Any]]]) -> None:
        """Give each relation its conclusion; for each further one, add a copy without an id."""
        concluded: set[str] = set()
        for n, (relation, target, data) in enumerate(conclusions):
            which = relation
            if relation in concluded:
                message = f"{relation} leads to several nodes: read as several relations."
                self.irregular.add("two-targets", message, (relation,))
                which = f"~again{n}"
                fields = {key: value for key, value in self.regular.nodes[relation].items() if key != "id"}
                self.order[which] = self.order[relation]
                self.regular.add_node(which, **fields)
                for source, _, edge in list(self.regular.in_edges(relation, data=True)):
                    if edge["type"] == "premise":
                        self.regular.add_edge(source, which, **edge)
            concluded.add(relation)
            self.regular.add_edge(which, target, type="conclusion", order=0)
            self._leave_out(data)

    def _leave_out(self, data: dict[str, Any]) -> None:
        known = self.known | LOOKS | {"edge_id"}
        self.left_out |= dict.fromkeys(name for name in data if name not in known)
