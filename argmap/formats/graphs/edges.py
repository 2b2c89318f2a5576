"""The edges of a graph: premises and conclusions of its relations, or relations themselves, from claim to claim.

    b ─▸ RA ─▸ a             b is a premise of the support, a its conclusion
    b ─"rebuts"─▸ a          an attack on a by b, for which a node is made
    b ─▸ RA ─▸ a, c          two supports, by the same premise

What stands on an edge is kept under `extra` of the relation: as it is of one that is a relation itself, and in `edges`,
by its end, of one that leads to a relation or from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argmap.findings import brief
from argmap.formats.common.attribute_codec import decode_scheme
from argmap.formats.common.reader_support import own
from argmap.formats.graphs.relation_words import said_of
from argmap.formats.graphs.vocabulary import beyond, number
from argmap.ids import FreeNames

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from argmap.formats.common.reader_support import Irregular
    from argmap.formats.graphs.node_types import Kinds
    from argmap.formats.graphs.relation_words import Said

_OF_OURS = frozenset({"tie", "order", "id", "key", "edge_id"})
"""What edges of ours have beside their ends; the ids are such as the last tool gave them."""
_NOTHING: frozenset[str] = frozenset()
_ARTICLE = {"support": "a support", "attack": "an attack", "rephrase": "a rephrase"}


class Ties:
    """Ties the nodes of `regular`, in which the claims and relations of a graph are, by their names there."""

    def __init__(
        self,
        regular: nx.MultiDiGraph[str],
        names: Mapping[str, str],
        kinds: Kinds,
        order: dict[str, int],
        format: str,
        irregular: Irregular,
    ) -> None:
        self.regular = regular
        self.names = names
        self.kinds = kinds
        self.order = order
        """The place of each relation among the others."""
        self.format = format
        self.irregular = irregular
        self.known = _OF_OURS if kinds.ours else _NOTHING
        self.kept: dict[str, list[dict[str, Any]]] = {}
        """What stands on the edges of each relation."""
        self.by_name: list[str] = []
        """The node of each edge that is read as an attack by its node's type."""
        self.by_weight: list[str] = []
        """The weight of each edge that is read as an attack by its weight."""

    def tie_all(self, given: nx.MultiDiGraph[str]) -> None:
        """Take over every edge of the graph."""
        taken: dict[str, int] = {}
        conclusions = []
        in_order = sorted(given.edges(keys=True, data=True), key=lambda edge: edge[2])
        for u, v, n, data in in_order:
            if u in self.kinds.dialogue or v in self.kinds.dialogue:
                continue
            source, target = self.names[u], self.names[v]
            if self.kinds.is_premise(u, v, data):
                taken[target] = taken.get(target, 0) + 1
                self.regular.add_edge(source, target, type="premise", order=number(data.get("order"), taken[target]))
                self.keep(target, "premise", source, data)
            elif self.kinds.is_relation(u):
                conclusions.append((u, source, target, data))
            else:
                self.between(f"~edge{n}", u, v, data)
        for node in self.kinds.speaking:
            if not given.out_degree(node):
                self.relate(f"~node {node}", self.kinds.speaking[node], self.names[node], None, {})
        self.conclude(conclusions)
        self.put_kept()
        self.tell_guess("called-objection", self.by_name, "of nodes called objections")
        self.tell_guess("negative-weight", self.by_weight, "of negative weight")

    def between(self, relation: str, u: str, v: str, data: dict[str, Any]) -> None:
        """An edge that is a relation itself: between two claims, or from an objection to a relation."""
        source, target = self.names[u], self.names[v]
        said = said_of(data)
        type_ = self.type_of(u, said)
        words = said.words
        if said.type and said.type != self.kinds.speaking.get(u, said.type):
            words = (*(words or (said.type,)), self.kinds.speaking[u])
        if words:
            several = " and ".join(repr(brief(word)) for word in words)
            which = "which part" if said.type else "which names no relation known"
            message = f"an edge says {several}, {which}: read as {_ARTICLE[type_]}."
            self.irregular.add("unclear-relation" if said.type else "unknown-relation", message, (source, target))
        if said.passive:
            source, target = target, source
        fields: dict[str, Any] = {"scheme": decode_scheme(str(data["scheme"]))} if "scheme" in data else {}
        if extra := beyond(data, self.known | said.told_by | {"scheme"}, self.format, ours=self.kinds.ours):
            fields["extra"] = extra
        self.relate(relation, type_, source, target, fields)

    def type_of(self, node: str, said: Said) -> str:
        """The relation that an edge from a node is, by what either says; an attack where one of them says so."""
        called = self.kinds.speaking.get(node)
        if said.type or called:
            return "attack" if called == "attack" else said.type or called or "support"
        if node in self.kinds.against:
            self.by_name.append(node)
            return "attack"
        if said.weight:
            self.by_weight.append(said.weight)
            return "attack"
        return "support"

    def relate(self, relation: str, type_: str, source: str, target: str | None, fields: dict[str, Any]) -> None:
        """One more relation, without an id."""
        self.order[relation] = len(self.order)
        self.regular.add_node(relation, type=type_, **fields)
        self.regular.add_edge(source, relation, type="premise", order=0)
        if target is not None:
            self.regular.add_edge(relation, target, type="conclusion", order=0)

    def conclude(self, conclusions: list[tuple[str, str, str, dict[str, Any]]]) -> None:
        """Give each relation its conclusion, and make one more for each further one."""
        premises = {relation: tuple(kept) for relation, kept in self.kept.items()}
        concluded: set[str] = set()
        for n, (node, relation, target, data) in enumerate(conclusions):
            which = relation
            if relation in concluded:
                message = f"{node} leads to several nodes: read as several relations."
                self.irregular.add("two-targets", message, (node,))
                which = f"~again{n}"
                self.again(relation, which)
                self.kept[which] = list(premises.get(relation, ()))
            concluded.add(relation)
            self.regular.add_edge(which, target, type="conclusion", order=0)
            self.keep(which, "conclusion", target, data)

    def again(self, relation: str, copy: str) -> None:
        """A copy of a relation, without its id and conclusion."""
        fields = {key: value for key, value in self.regular.nodes[relation].items() if key != "id"}
        self.order[copy] = self.order[relation]
        self.regular.add_node(copy, **fields)
        for source, _, data in list(self.regular.in_edges(relation, data=True)):
            if data["type"] == "premise":
                self.regular.add_edge(source, copy, **data)

    def keep(self, relation: str, role: str, end: str, data: dict[str, Any]) -> None:
        """Keep what stands on an edge to or from a relation."""
        if says := own(beyond(data, self.known, self.format, ours=False), self.format):
            self.kept.setdefault(relation, []).append({role: end, "attributes": says})

    def put_kept(self) -> None:
        """Put what stands on edges beside what else is kept of their relations."""
        for relation, kept in self.kept.items():
            if kept:
                fields = self.regular.nodes[relation]
                extra = fields.get("extra", {})
                beside = own(extra, self.format)
                fields["extra"] = {**extra, self.format: {**beside, FreeNames(beside).name("edges", "-"): kept}}

    def tell_guess(self, rule: str, guessed: list[str], which: str) -> None:
        """Tell once of all edges that are read as attacks though they do not say so."""
        if guessed:
            message = f"edges {which} that name no relation are read as attacks: {len(guessed)}, the first {brief(guessed[0])!r}."
            self.irregular.add(rule, message, severity="note")
