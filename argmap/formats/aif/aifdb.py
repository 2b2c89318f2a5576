"""Read and write AIF JSON: a relation is a node too, `I ─▸ RA ─▸ I`. Described in aif.md."""

from __future__ import annotations

import json
from typing import Any

from argmap.anchor import quotes_of
from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.aif import siblings, speakers
from argmap.formats.aif.graph_reader import AifGraph, listed
from argmap.formats.aif.graph_writer import AifWriter
from argmap.formats.aif.vocabulary import AIFDB, as_aif, kept_of, objects
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import Irregular, map_id, own, validated
from argmap.model import Map

_SUFFIXES = (".json", ".aif.json")
_READ = ("nodes", "edges", "locutions")


def read(content: Content, *, keep_dialogue: bool = False) -> Reading:
    """Read a map; `keep_dialogue` keeps L-, YA- and TA-nodes, to be written back."""
    data = content.take_json()
    if not isinstance(data, dict) or "nodes" not in data:
        raise ArgmapError(Finding("invalid", "error", "not AIF: it has no nodes.", Place(content.name)))
    irregular = Irregular(content.name)
    graph = AifGraph(data, AIFDB, irregular)
    speakers.read_answers(graph)
    people = speakers.names_in(listed(data, "participants", irregular))
    named = speakers.read_speakers(graph, people)
    if not keep_dialogue:
        siblings.add_speakers(content, graph, named)
    fields: dict[str, Any] = {"claims": graph.claims, "relations": graph.relations(), "speakers": named}
    _quote(content, fields, irregular)
    aside = graph.aside(keep_dialogue=keep_dialogue)
    if keys := {key: value for key, value in data.items() if key not in _READ}:
        aside["keys"] = keys
    if aside:
        fields["extra"] = {"aif": aside}
    del data, graph  # of a large file, nodes and map together would be too much
    map_ = validated({"id": map_id(content.name, _SUFFIXES), **fields}, content.name)
    return Reading(map_, irregular.findings)


def _quote(content: Content, fields: dict[str, Any], irregular: Irregular) -> None:
    """Quote the text beside the nodeset, `nodeset7.txt`, where the words of its nodes stand in it."""
    endings = (ending for ending in reversed(_SUFFIXES) if content.name.endswith(ending))
    beside = content.beside(next(endings, _SUFFIXES[0]), ".txt")
    said = {claim_id: claim.get("text") or "" for claim_id, claim in fields["claims"].items()} if beside else {}
    if beside and (quotes := quotes_of(said, beside.text)):
        irregular.take(beside.findings)
        fields["sources"] = {"text": {"text": beside.text}}
        for claim_id, quote in quotes.items():
            fields["claims"][claim_id]["quotes"] = [quote]


def write(map_: Map) -> str:
    """Write a map as one nodeset."""
    keys = own(kept_of(map_, "aif"), "keys")
    writer = AifWriter(map_, AIFDB, speakers.names_in(objects(keys, "participants")))
    data = {**keys, "nodes": writer.nodes, "edges": writer.edges, "locutions": writer.locutions}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


carried = as_aif
