"""The dialogue in a graph with AIF's types: its nodes are no claims, and who says a claim is read from them.

    L "Bob : It rains." ─▸ YA "Asserting" ─▸ I "It rains."       Bob says that it rains; L and YA are left out

How that is read is AIF's own matter (`aif_speech`). A node of type L is a locution only beside other nodes of AIF's types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argmap.formats.aif import dialogue as aif_dialogue
from argmap.formats.aif.graph_reader import AifGraph
from argmap.formats.aif.vocabulary import AIFDB, DIALOGUE, TYPE_OF, Json
from argmap.formats.common.reader_support import Irregular
from argmap.formats.graphs.vocabulary import SHOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

_ONLY_OF_AIF = {"I", *TYPE_OF, *DIALOGUE} - {"L"}


def dialogue(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    """The types of the nodes that are L, YA or TA; of none in a graph that knows no other types of AIF."""
    return {node: type_ for node, type_ in _types(graph).items() if type_ in DIALOGUE}


def preferences(graph: nx.MultiDiGraph[str]) -> list[str]:
    """The nodes that are AIF's PA, which argmap has no word for."""
    return [node for node, type_ in _types(graph).items() if type_ == "PA"]


def _types(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    """The types of the nodes, where they are AIF's."""
    types = {node: str(type_).strip().upper() for node, type_ in graph.nodes(data="type")}
    return {} if _ONLY_OF_AIF.isdisjoint(types.values()) else types


def speakers(
    graph: nx.MultiDiGraph[str], types: Mapping[str, str], claims: Mapping[str, str], irregular: Irregular
) -> tuple[dict[str, Json], dict[str, Json]]:
    """The speakers by their ids, and what the dialogue says of each node that is a claim.

    Parameters
    ----------
    types
        The types of the nodes of the dialogue, by node.
    claims
        The words of the claims, by node.
    irregular
        Where it is told what is left out.
    """
    aif = Irregular(irregular.file)
    heard = AifGraph(_as_aif(graph, types, claims), AIFDB, aif)
    found = aif_dialogue.speakers(heard)
    message = f"{len(types)} nodes (L, YA, TA) of the dialogue are left out, with their edges."
    irregular.add("dialogue", message, severity="note")
    for finding in aif.findings:
        at = finding.place.at[1:] if finding.place else ()
        irregular.add(finding.rule, finding.message, at, hint=finding.hint, severity=finding.severity)
    for word, unsaid in heard.unsaid.items():
        irregular.add("further-speaker", unsaid, heard.place(word)[1:], severity="note")
    said = {node: heard.claims[heard.words[node]] for node in claims}
    return found, {
        node: {key: claim[key] for key in ("speaker", "commitment") if key in claim} for node, claim in said.items()
    }


def _as_aif(graph: nx.MultiDiGraph[str], types: Mapping[str, str], claims: Mapping[str, str]) -> Json:
    """The claims and the dialogue as AIF writes them, without the relations."""
    nodes = [{"nodeID": node, "type": "I", "text": text, "timestamp": ""} for node, text in claims.items()]
    nodes += [{"nodeID": node, "type": type_, "text": _text(graph.nodes[node])} for node, type_ in types.items()]
    known = types.keys() | claims.keys()
    in_order = sorted(graph.edges(keys=True), key=lambda edge: edge[2])
    ends = [(u, v) for u, v, _ in in_order if (u in types or v in types) and u in known and v in known]
    persons = {node: graph.nodes[node].get("personID") for node, type_ in types.items() if type_ == "L"}
    return {
        "nodes": nodes,
        "edges": [{"edgeID": None, "fromID": u, "toID": v} for u, v in ends],
        "locutions": [{"nodeID": node, "personID": person} for node, person in persons.items() if person is not None],
    }


def _text(data: Mapping[str, Any]) -> str:
    return next((str(data[key]) for key in SHOWN if key in data), "")
