"""AIF JSON, as AIFdb serves it: `nodes`, `edges` and `locutions`.

    {"nodes": [{"nodeID": "7", "text": "It rains.", "type": "I", "timestamp": "…"}, …],
     "edges": [{"edgeID": "1", "fromID": "7", "toID": "8", "formEdgeID": null}, …],
     "locutions": [{"nodeID": "9", "personID": "3", …}, …]}

What each node is in a map, and what is kept of those that are nothing in it, stands in `aif_terms`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from argmap.finding import ArgmapError, Finding, Place
from argmap.formats import aif_speech
from argmap.formats.aif_read import AifGraph, listed
from argmap.formats.aif_terms import AIFDB, as_aif, kept_of, objects
from argmap.formats.aif_write import AifWriter
from argmap.formats.format import Reading
from argmap.formats.kit import Irregular, map_id, validated

if TYPE_CHECKING:
    from argmap.formats.format import Content
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
    relations, speakers = graph.relations(), aif_speech.speakers(graph, aif_speech.names_in(people))
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
    keys = kept_of(m, "aif").get("keys")
    keys = keys if isinstance(keys, dict) else {}
    writer = AifWriter(m, AIFDB, aif_speech.names_in(objects(keys, "participants")))
    data = {
        **keys,
        "nodes": writer.nodes,
        "edges": writer.edges,
        "locutions": writer.locutions,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


carried = as_aif
