"""Read and write xAIF: AIF, and the text with the words of each node marked. Described in xaif.md."""

from __future__ import annotations

import json
from typing import Any

from argmap.anchor.quoter import Quoter
from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.formats.aif import highlights, speakers
from argmap.formats.aif.graph_reader import AifGraph, listed
from argmap.formats.aif.graph_writer import AifWriter
from argmap.formats.aif.vocabulary import XAIF, Json, as_aif, kept_of, key_of, name_of, objects
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.offsets import places, settled
from argmap.formats.common.reader_support import Irregular, map_id, own, validated
from argmap.model import Map

SUFFIXES = (".json", ".xaif.json", ".xaif")
_AIF_KEYS = {"nodes", "edges", "locutions", "schemefulfillments", "participants"}
_KEYS = {"AIF", "text", "OVA"}
SOURCE = "text"
"""Id of the one source, for which xAIF has no name."""


def read(content: Content, *, keep_dialogue: bool = False) -> Reading:
    """Read a map; `keep_dialogue` keeps L-, YA- and TA-nodes, to be written back."""
    irregular = Irregular(content.name)
    fields = fields_of(content.take_json(), irregular, keep_dialogue=keep_dialogue)
    return Reading(validated(fields, content.name), irregular.findings)


def fields_of(data: Any, irregular: Irregular, *, keep_dialogue: bool) -> Json:
    """Return the fields of the map in an xAIF object."""
    aif = data.get("AIF") if isinstance(data, dict) else None
    if not isinstance(aif, dict):
        raise ArgmapError(Finding("invalid", "error", "not xAIF: it has no object AIF.", Place(irregular.file)))
    participants = [person for person in listed(aif, "participants", irregular) if isinstance(person, dict)]
    aif = {**aif, "nodes": _with_schemes(aif, irregular)}
    graph = AifGraph(aif, XAIF, irregular)
    speakers.read_answers(graph)
    relations, people = graph.relations(), speakers.read_speakers(graph, speakers.names_in(participants))
    markup, beside = _text(data.get("text"), irregular)
    text, marked = highlights.strip(markup)
    spans = highlights.trimmed(text, marked)
    _note_unknown(aif, spans, irregular)
    quoted = _quoted(graph, spans)
    quoter = Quoter(text)
    for word, stretches in quoted.items():
        quotes = [quote for start, end in stretches if (quote := quoter.trimmed(start, end))]
        graph.claims[word]["quotes"] = [quote.model_dump(exclude_defaults=True) for quote in dict.fromkeys(quotes)]
    of_claims = {stretch for stretches in quoted.values() for stretch in stretches}
    drawn = _layout(aif["nodes"], listed(aif, "edges", irregular))
    kept = {
        "keys": {key: value for key, value in data.items() if key not in _KEYS} or None,
        "aif_keys": {k: v for k, v in aif.items() if k not in _AIF_KEYS and v not in (None, [])} or None,
        "text": markup if markup != highlights.mark(text, [s for s in spans if s[1:] in of_claims]) else None,
        "txt": beside,
        "OVA": data.get("OVA") if data.get("OVA") != drawn else None,
        "participants": participants if any(not _is_plain(person, people) for person in participants) else None,
    }
    kept = {key: value for key, value in kept.items() if value is not None}
    aside = graph.aside(keep_dialogue=keep_dialogue)
    return {
        "id": map_id(irregular.file, SUFFIXES),
        "claims": graph.claims,
        "relations": relations,
        "speakers": people,
        "sources": {SOURCE: {"text": text}} if text else {},
        "extra": {name: value for name, value in (("aif", aside), ("xaif", kept)) if value},
    }


def _note_unknown(aif: Json, spans: list[highlights.Span], irregular: Irregular) -> None:
    """Note the words that the text marks for nodes that are not in the file."""
    known = {key_of(node.get("nodeID")) for node in objects(aif, "nodes")}
    for node in dict.fromkeys(node for node, _, _ in spans if node not in known):
        message = f"the text marks words for the node {brief(node)}, which is not here: the mark is left out."
        irregular.add("dangling-reference", message, ("text", node))


def _with_schemes(aif: Json, irregular: Irregular) -> list[Any]:
    """Return the nodes, each with the number of its scheme, which xAIF lists apart."""
    fulfilled = (item for item in listed(aif, "schemefulfillments", irregular) if isinstance(item, dict))
    numbers = {key_of(item.get("nodeID")): item.get("schemeID") for item in fulfilled}
    return [
        {**node, "schemeID": node.get("schemeID", numbers[key])}
        if isinstance(node, dict) and (key := key_of(node.get("nodeID"))) in numbers
        else node
        for node in listed(aif, "nodes", irregular)
    ]


def _is_plain(participant: Json, people: Json) -> bool:
    """Return whether a participant is just what writing would make of a speaker."""
    person = participant.get("participantID")
    return isinstance(person, str) and person in people and participant == _participant(person, people[person]["name"])


def _participant(person: Any, name: str) -> Json:
    return {"participantID": person, "firstname": name, "surname": ""}


def _text(text: Any, irregular: Irregular) -> tuple[str, Json | None]:
    """Return the text with its markup, and what stands beside it where it is an object."""
    beside = None
    if isinstance(text, dict):
        beside = {key: value for key, value in text.items() if key != "txt"}
        text = text.get("txt")
    if text is not None and not isinstance(text, str):
        irregular.add("odd-text", "`text` is not a string; it is left out.", ("text",))
    return (text if isinstance(text, str) else ""), beside


def _quoted(graph: AifGraph, spans: list[highlights.Span]) -> dict[str, list[tuple[int, int]]]:
    """Return the spans of each claim, by its word: those of its own node and of the locutions that say it."""
    claims_of: dict[str, list[str]] = {key: [word] for key, word in graph.words.items() if word in graph.claims}
    for word, each in speakers.utterances(graph).items():
        said = [act for act in each if act.is_direct]
        # The `yes` of someone who agrees is not what the claim was read from, if someone else says the claim itself.
        itself = [act for act in said if act.rank != speakers.AGREES] or said
        for locution in dict.fromkeys(each.locution for each in itself):
            claims_of.setdefault(locution, []).append(word)
    quoted: dict[str, list[tuple[int, int]]] = {}
    for node, start, end in spans:
        for word in claims_of.get(node, ()):
            quoted.setdefault(word, []).append((start, end))
    return quoted


def write(map_: Map) -> str:
    """Write a map as one analysis."""
    kept = kept_of(map_, "xaif")
    people = objects(kept, "participants")
    writer = AifWriter(map_, XAIF, speakers.names_in(people))
    # A speaker is the participant of that name, or else a new one with the speaker's own id.
    by_name = {name_of(person): person.get("participantID") for person in reversed(people)}
    ids = {speaker_id: by_name.get(speaker.name, speaker_id) for speaker_id, speaker in map_.speakers.items()}
    locutions = [
        {**item, "personID": ids.get(str(person := item.get("personID")), person)} for item in writer.locutions
    ]
    schemes = [node for node in writer.nodes if "schemeID" in node]
    fulfilments = [{"nodeID": node.get("nodeID"), "schemeID": node.pop("schemeID")} for node in schemes]
    known = {key_of(person.get("participantID")) for person in people}
    # A speaker who is known by number only was not on the list, and is not put there.
    numbered = {speakers.numbered(key) for item in locutions if (key := key_of(item.get("personID")))}
    people += [
        _participant(speaker_id, speaker.name)
        for speaker_id, speaker in map_.speakers.items()
        if key_of(ids[speaker_id]) not in known and speaker.name not in numbered
    ]
    beside = kept.get("txt")
    markup = _markup(map_, writer, kept.get("text"))
    data = {
        "AIF": {
            "nodes": writer.nodes,
            "edges": writer.edges,
            "schemefulfillments": fulfilments,
            "participants": people,
            "locutions": locutions,
            "descriptorfulfillments": [],
            "cqdescriptorfulfillments": [],
            **own(kept, "aif_keys"),
        },
        "text": {"txt": markup, **beside} if isinstance(beside, dict) else markup,
        **own(kept, "keys"),
        "OVA": _drawn(kept.get("OVA"), writer),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _markup(map_: Map, writer: AifWriter, kept: Any) -> str:
    """Return the text with the words of each claim marked as those of its locution, or of its own node."""
    source = map_.sources.get(SOURCE)
    text = source.text or "" if source else ""
    spans = [
        (str(writer.spoken.get(claim_id, writer.node_ids[claim_id])), start, end)
        for claim_id, stretches in places(map_, map_.sources).items()
        for _, start, end in stretches
    ]
    plain, marked = highlights.strip(kept) if isinstance(kept, str) else (None, [])
    if plain == text:
        marked = highlights.trimmed(text, marked)
        if set(marked) >= set(spans):
            return str(kept)
        # Other marks, such as those of a transition's words, stay.
        of_claims = writer.uttering | {str(node_id) for node_id in (*writer.node_ids.values(), *writer.spoken.values())}
        others = {key_of(node.get("nodeID")) for node in writer.nodes} - of_claims
        spans += [span for span in marked if span[0] in others]
    return highlights.mark(text, spans)


def _layout(nodes: list[Any], edges: list[Any]) -> Json:
    """Return OVA's part of the file for a map without positions: all nodes in rows of five."""
    ids = enumerate(node.get("nodeID") for node in nodes if isinstance(node, dict))
    ends = ((edge.get("fromID"), edge.get("toID")) for edge in edges if isinstance(edge, dict))
    places = [
        {"nodeID": node_id, "visible": True, "x": 60 + n % 5 * 260, "y": 60 + n // 5 * 120, "timestamp": ""}
        for n, node_id in ids
    ]
    lines = [{"fromID": start, "toID": end, "visible": True} for start, end in ends]
    return {"firstname": "", "surname": "", "url": "", "nodes": places, "edges": lines}


def _drawn(kept: Any, writer: AifWriter) -> Any:
    """Return OVA's part of the file: what was kept of it, and a place for what is new."""
    plain = _layout(writer.nodes, writer.edges)
    if not isinstance(kept, dict) or not isinstance(kept.get("nodes"), list):
        return plain if kept is None else kept
    nodes = {str(node.get("nodeID")): node for node in objects(kept, "nodes")}
    edges = {(str(edge.get("fromID")), str(edge.get("toID"))): edge for edge in objects(kept, "edges")}
    return {
        **kept,
        "nodes": [nodes.get(str(node["nodeID"]), node) for node in plain["nodes"]],
        "edges": [edges.get((str(edge["fromID"]), str(edge["toID"])), edge) for edge in plain["edges"]],
    }


def carried(map_: Map, original: Map) -> Map:
    """Return `map_` as in AIF, with the first source's text and the quotes found in it."""
    first = next((source_id for source_id, source in original.sources.items() if source.text), None)
    return settled(as_aif(map_, original), original, {first: SOURCE} if first else {}, join=True)
