"""What the nodes of a graph are: claims, relations, or the dialogue in which they were said.

b "It costs money.", type attack ─▸ a        nothing leads to b: a claim that attacks a
c ─▸ b "It costs money.", type attack ─▸ a   an attack on a by c, with b's words as its note
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argmap.formats.graphs.dialogue import dialogue, preferences
from argmap.formats.graphs.relation_words import is_against, may_speak, own_words, type_of
from argmap.formats.graphs.vocabulary import COLOURS

if TYPE_CHECKING:
    import networkx as nx

    from argmap.formats.common.reader_support import Irregular


class Kinds:
    """The kind of each node of one graph; `ours` is a graph that was made from a map, whose types say all."""

    def __init__(self, graph: nx.MultiDiGraph[str], irregular: Irregular) -> None:
        self.types = {node: type_of(data) for node, data in graph.nodes(data=True)}
        self.ours = "argmap" in graph.graph or any(
            self.types[node] == "claim" and {"type", "role", "text"} <= data.keys()
            for node, data in graph.nodes(data=True)
        )
        self.dialogue: dict[str, str] = {}
        """Nodes that say who said what, with AIF's type of each."""
        self.speaking: dict[str, str] = {}
        """Claims that are called as a relation is, with the relation that this makes of their edges."""
        self.against: set[str] = set()
        """Claims that are called objections otherwise."""
        if not self.ours:
            self._tell_apart(graph, irregular)

    def is_relation(self, node: str) -> bool:
        """Whether a node is a support, an attack or a rephrase."""
        return self.types[node] in COLOURS

    def is_premise(self, u: str, v: str, data: dict[str, Any]) -> bool:
        """Whether an edge leads into a relation, and is not what another relation or an objection leads to."""
        if not self.is_relation(v) or u in self.dialogue or self.speaking.get(u, "support") != "support":
            return False
        return not self.is_relation(u) or data.get("tie") == "premise"

    def _tell_apart(self, graph: nx.MultiDiGraph[str], irregular: Irregular) -> None:
        self.dialogue = dialogue(graph)
        self.types.update(dict.fromkeys(self.dialogue, "dialogue"))
        for node in preferences(graph):
            message = "type 'PA', a preference, is no claim and no relation known here: read as a claim."
            irregular.add("unknown-type", message, (node,))
        premised = {v for u, v, data in graph.edges(data=True) if self.is_premise(u, v, data)}
        for node, data in graph.nodes(data=True):
            if self.types[node] == "claim" and is_against(data):
                self.against.add(node)
            elif self.is_relation(node) and may_speak(data) and own_words(data):
                if node not in premised:
                    self.speaking[node] = self.types[node]
                    continue
                message = f"this {self.types[node]} has premises, and words of its own: they are kept as its note."
                irregular.add("words-of-a-relation", message, (node,), severity="note")
        self.types.update(dict.fromkeys(self.speaking, "claim"))
