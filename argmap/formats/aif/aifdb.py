"""AIF JSON, as AIFdb serves it: `nodes`, `edges` and `locutions`.

    {"nodes": [{"nodeID": "7", "text": "It rains.", "type": "I", "timestamp": "…"}, …],
     "edges": [{"edgeID": "1", "fromID": "7", "toID": "8", "formEdgeID": null}, …],
     "locutions": [{"nodeID": "9", "personID": "3", …}, …]}

Relations are nodes too: premises lead to them, and they lead to their conclusion.

    I     information                            a claim
    RA    inference                              a support, with its scheme
    CA    conflict                               an attack, on a claim or a relation
    MA    rephrase                               a rephrase
    L     words that somebody said               who says the claim
    YA    what was done by saying them           whether it is asserted or asked
    TA    how one locution led to another        nothing

L-, YA- and TA-nodes and locutions are left out, with a note, once the speakers are read from them;
`argmap convert --keep-dialogue` keeps them. A speaker is who the file's list of people names, else what stands before
` : ` in a locution, or before another colon where it is surely a name. A claim has one: who says it too, asks about it
or disagrees is named in a note. Nodes of other types, edges that lead nowhere, ids, times and whatever else
stands in the file are kept under `extra` and written back, as far as what they belong to is still there. A node that leads
to several others is read as several relations. Who speaks is written as an L- and a YA-node.

Source: Chesñevar et al. 2006, Towards an Argument Interchange Format; the files of AIFdb, aifdb.org.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.aif import dialogue
from argmap.formats.aif.graph_reader import AifGraph, listed
from argmap.formats.aif.graph_writer import AifWriter
from argmap.formats.aif.vocabulary import AIFDB, as_aif, kept_of, objects
from argmap.formats.common.format import Reading
from argmap.formats.common.reader_support import Irregular, map_id, own, validated

if TYPE_CHECKING:
    from argmap.formats.common.format import Content
    from argmap.model import Map

_SUFFIXES = (".json", ".aif.json")
_OURS = ("nodes", "edges", "locutions")


def read(content: Content, *, keep_dialogue: bool = False) -> Reading:
    """The map; `keep_dialogue` keeps L-, YA- and TA-nodes, to be written back."""
    data = content.take_json()
    if not isinstance(data, dict) or "nodes" not in data:
        raise ArgmapError(Finding("invalid", "error", "not AIF: it has no nodes.", Place(content.name)))
    irregular = Irregular(content.name)
    graph = AifGraph(data, AIFDB, irregular)
    people = listed(data, "participants", irregular)
    relations, speakers = graph.relations(), dialogue.speakers(graph, dialogue.names_in(people))
    aside = graph.aside(keep_dialogue=keep_dialogue)
    if keys := {key: value for key, value in data.items() if key not in _OURS}:
        aside["keys"] = keys
    fields: dict[str, Any] = {"claims": graph.claims, "relations": relations, "speakers": speakers}
    if aside:
        fields["extra"] = {"aif": aside}
    del data, graph  # of a large file, nodes and map together would be too much
    m = validated({"id": map_id(content.name, _SUFFIXES), **fields}, content.name)
    return Reading(m, irregular.findings)


def write(m: Map) -> str:
    """The map as one nodeset."""
    keys = own(kept_of(m, "aif"), "keys")
    writer = AifWriter(m, AIFDB, dialogue.names_in(objects(keys, "participants")))
    data = {
        **keys,
        "nodes": writer.nodes,
        "edges": writer.edges,
        "locutions": writer.locutions,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


carried = as_aif
