"""Tell which nodes of a graph are claims, which are relations, and which belong to a dialogue.

type attack, "attacks"             a relation
type attack, "It costs money."     a claim against what it leads to
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argmap.formats.graphs.relation_words import called, type_of
from argmap.model import RELATION_TYPES

if TYPE_CHECKING:
    import networkx as nx

    from argmap.formats.common.reader_support import Irregular
    from argmap.model import RelationType

_DIALOGUE = {"L", "YA", "TA"}
_ONLY_OF_AIF = {"I", "RA", "CA", "MA", "YA", "TA"}


class NodeTypes:
    """The type of each node of one graph."""

    def __init__(self, graph: nx.MultiDiGraph[str], irregular: Irregular) -> None:
        nodes = graph.nodes(data=True)
        self.is_argmap = "argmap" in graph.graph or any(
            data.get("type") == "claim" and {"role", "text"} <= data.keys() for _, data in nodes
        )
        """Whether argmap wrote the graph, so that the attributes say everything."""
        self.types = {node: type_of(data, is_argmap=self.is_argmap) for node, data in nodes}
        self.called: dict[str, RelationType] = {}
        """Claims that are called as a relation is, as an objection is."""
        if not self.is_argmap:
            self._note_dialogue(graph, irregular)
            claims = ((node, called(data)) for node, data in nodes if self.types[node] == "claim")
            self.called = {node: type_ for node, type_ in claims if type_}

    def is_relation(self, node: str) -> bool:
        """Return whether a node is a support, an attack or a rephrase."""
        return self.types[node] in RELATION_TYPES

    def is_premise(self, u: str, v: str, data: dict[str, Any]) -> bool:
        """Return whether an edge leads into a relation and does not itself stand for one."""
        if not self.is_relation(v) or self.types[u] == "dialogue" or self.called.get(u) == "attack":
            return False
        return not self.is_relation(u) or data.get("tie") == "premise"

    def _note_dialogue(self, graph: nx.MultiDiGraph[str], irregular: Irregular) -> None:
        """Find AIF's L, YA and TA; a node of type L is a locution only beside other types of AIF."""
        types = {node: str(type_).strip().upper() for node, type_ in graph.nodes(data="type")}
        if _ONLY_OF_AIF.isdisjoint(types.values()):
            return
        found = [node for node, type_ in types.items() if type_ in _DIALOGUE]
        self.types.update(dict.fromkeys(found, "dialogue"))
        if found:
            message = f"{len(found)} nodes (L, YA, TA) of the dialogue are left out, with their edges and speakers."
            irregular.add("dialogue", message, hint="Convert the AIF file itself to keep the speakers.")
        for node in (node for node, type_ in types.items() if type_ == "PA"):
            message = "type 'PA', a preference, is neither a claim nor a known relation: read as a claim."
            irregular.add("unknown-type", message, (node,))
