r"""xAIF, as OVA3 saves it: AIF, with the text that was analysed and the words of it that each locution is.

    {"AIF": {"nodes": […], "edges": […], "schemefulfillments": [{"nodeID": "3", "schemeID": "72"}],
             "participants": [{"participantID": 1, "firstname": "Jane", "surname": "Doe"}], "locutions": […]},
     "text": "Jane: <span id=\"node7\" class=\"highlighted\">it rains</span>",       or {"txt": "…"}
     "OVA": {"nodes": [{"nodeID": "7", "visible": true, "x": 10, "y": 20, "timestamp": ""}], "edges": […]}}

Nodes and edges are read as in AIF (`argmap formats aif`), `--keep-dialogue` included. The text becomes a source, and the
highlighted words become quotes: of the claim that they are, or of the one that an L-node says with them. Participants
become speakers. Where OVA drew things, other markup of the text, and whatever else the file says are kept under `extra`
and written back; a map that was never drawn gets a plain layout. xAIF has one text: quotes from other sources are not
carried.

Source: the files that OVA3 saves.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.aif import dialogue, highlights
from argmap.formats.aif.graph_reader import AifGraph, listed
from argmap.formats.aif.graph_writer import AifWriter
from argmap.formats.aif.vocabulary import AGREES, XAIF, Json, as_aif, kept_of, key_of, name_of, objects
from argmap.formats.common.format import Reading
from argmap.formats.common.offsets import Quoter, places, settled
from argmap.formats.common.reader_support import Irregular, map_id, own, validated

if TYPE_CHECKING:
    from argmap.formats.common.format import Content
    from argmap.model import Map

_SUFFIXES = (".json", ".xaif.json", ".xaif")
_AIF_KEYS = {"nodes", "edges", "locutions", "schemefulfillments", "participants"}
_KEYS = {"AIF", "text", "OVA"}
SOURCE = "text"
"""Id of the one source, which xAIF has no name for."""


def read(content: Content, *, keep_dialogue: bool = False) -> Reading:
    """The map; `keep_dialogue` keeps L-, YA- and TA-nodes, to be written back."""
    return from_data(content.take_json(), content.name, keep_dialogue=keep_dialogue)


def from_data(data: Any, name: str, *, keep_dialogue: bool = False) -> Reading:
    """The map in an xAIF object."""
    aif = data.get("AIF") if isinstance(data, dict) else None
    if not isinstance(aif, dict):
        raise ArgmapError(Finding("invalid", "error", "not xAIF: it has no object AIF.", Place(name)))
    irregular = Irregular(name)
    participants = [p for p in listed(aif, "participants", irregular) if isinstance(p, dict)]
    aif = {**aif, "nodes": _with_schemes(aif, irregular)}
    graph = AifGraph(aif, XAIF, irregular)
    relations = graph.relations()
    speakers = dialogue.speakers(graph, dialogue.names_in(participants))
    markup, other_text = _text(data.get("text"), irregular)
    text, marked = highlights.strip(markup)
    spans = highlights.trimmed(text, marked)
    quoted = _quoted(graph, spans)
    quoter = Quoter(text)
    for word, stretches in quoted.items():
        quotes = [quote for start, end in stretches if (quote := quoter.trimmed(start, end))]
        graph.claims[word]["quotes"] = [quote.model_dump(exclude_defaults=True) for quote in dict.fromkeys(quotes)]
    aside = graph.aside(keep_dialogue=keep_dialogue)
    kept: Json = {"keys": {k: v for k, v in data.items() if k not in _KEYS}}
    kept["aif_keys"] = {k: v for k, v in aif.items() if k not in _AIF_KEYS and v not in (None, [])}
    of_claims = {stretch for stretches in quoted.values() for stretch in stretches}
    kept["text"] = markup if markup != highlights.mark(text, [s for s in spans if s[1:] in of_claims]) else None
    kept["txt"] = other_text
    if data.get("OVA") not in (None, _layout(aif["nodes"], listed(aif, "edges", irregular))):
        kept["OVA"] = data["OVA"]
    if any(not _is_plain(participant, speakers) for participant in participants):
        kept["participants"] = participants
    fields: Json = {
        "claims": graph.claims,
        "relations": relations,
        "speakers": speakers,
        "sources": {SOURCE: {"text": text}} if text else {},
        "extra": {k: v for k, v in (("aif", aside), ("xaif", _said(kept))) if v},
    }
    return Reading(validated({"id": map_id(name, _SUFFIXES), **fields}, name), irregular.findings)


def _said(kept: Json) -> Json:
    return {
        key: value for key, value in kept.items() if value not in (None, {}) or (key == "txt" and value is not None)
    }


def _with_schemes(aif: Json, irregular: Irregular) -> list[Any]:
    """The nodes, each with the number of its scheme, which xAIF lists apart."""
    numbers = {
        key_of(item.get("nodeID")): item.get("schemeID")
        for item in listed(aif, "schemefulfillments", irregular)
        if isinstance(item, dict)
    }
    return [
        {**node, "schemeID": numbers[key_of(node.get("nodeID"))]}
        if isinstance(node, dict) and key_of(node.get("nodeID")) in numbers and "schemeID" not in node
        else node
        for node in listed(aif, "nodes", irregular)
    ]


def _is_plain(participant: Json, speakers: Json) -> bool:
    """Whether a participant is just what writing would make of a speaker."""
    id = participant.get("participantID")
    return isinstance(id, str) and id in speakers and participant == _participant(id, speakers[id]["name"])


def _participant(id: Any, name: str) -> Json:
    return {"participantID": id, "firstname": name, "surname": ""}


def _text(text: Any, irregular: Irregular) -> tuple[str, Json | None]:
    """The text with its markup, and what stands beside it where it is an object."""
    other = None
    if isinstance(text, dict):
        other = {key: value for key, value in text.items() if key != "txt"}
        text = text.get("txt")
    if text is not None and not isinstance(text, str):
        irregular.add("odd-text", "the text is none and is left out.", ("text",))
    return (text if isinstance(text, str) else ""), other


def _quoted(graph: AifGraph, spans: list[highlights.Span]) -> dict[str, list[tuple[int, int]]]:
    """Which stretches each claim is quoted from, by its word: those of its own node and of the locutions that say it."""
    claims_of: dict[str, list[str]] = {key: [word] for key, word in graph.words.items() if word in graph.claims}
    for word, said in dialogue.utterances(graph).items():
        # The `yes` of who agrees is not what the claim was read from, as long as somebody says the claim itself.
        itself = [each for each in said if each.rank != AGREES] or said
        for locution in dict.fromkeys(each.locution for each in itself):
            claims_of.setdefault(locution, []).append(word)
    quoted: dict[str, list[tuple[int, int]]] = {}
    for node, start, end in spans:
        for word in claims_of.get(node, ()):
            quoted.setdefault(word, []).append((start, end))
    return quoted


def write(m: Map) -> str:
    """The map as one analysis."""
    kept = kept_of(m, "xaif")
    people = objects(kept, "participants")
    writer = AifWriter(m, XAIF, dialogue.names_in(people))
    ids = _person_ids(m, people)
    locutions = [
        {**item, "personID": ids.get(str(item.get("personID")), item.get("personID"))} for item in writer.locutions
    ]
    fulfilments = [
        {"nodeID": node.get("nodeID"), "schemeID": node.pop("schemeID")} for node in writer.nodes if "schemeID" in node
    ]
    known = {key_of(person.get("participantID")) for person in people}
    # Who is known by number only was on no list, and comes on none.
    numbered = {dialogue.numbered(key) for item in locutions if (key := key_of(item.get("personID")))}
    people += [
        _participant(id, speaker.name)
        for id, speaker in m.speakers.items()
        if key_of(ids[id]) not in known and speaker.name not in numbered
    ]
    txt = kept.get("txt")
    markup = _markup(m, writer, kept.get("text"))
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
        "text": {"txt": markup, **txt} if isinstance(txt, dict) else markup,
        **own(kept, "keys"),
        "OVA": _drawn(kept.get("OVA"), writer),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _person_ids(m: Map, people: list[Json]) -> dict[str, Any]:
    """The participant that each speaker is: the one of that name, or else a new one with the speaker's own id."""
    by_name = {name_of(person): person.get("participantID") for person in reversed(people)}
    return {id: by_name.get(speaker.name, id) for id, speaker in m.speakers.items()}


def _markup(m: Map, writer: AifWriter, kept: Any) -> str:
    """The text with the words of each claim marked as those of its locution, or of its own node."""
    source = m.sources.get(SOURCE)
    text = source.text or "" if source else ""
    spans = [
        (str(writer.spoken.get(id, writer.node_ids[id])), start, end)
        for id, stretches in places(m, m.sources).items()
        for _, start, end in stretches
    ]
    if isinstance(kept, str):
        plain, marked = highlights.strip(kept)
        marked = highlights.trimmed(plain, marked)
        if plain == text and set(marked) >= set(spans):
            return kept
        # What else was marked, such as the words of a transition, stays so.
        ours = writer.uttering | {str(id) for id in (*writer.node_ids.values(), *writer.spoken.values())}
        here = {key_of(node.get("nodeID")) for node in writer.nodes} - ours
        if plain == text:
            spans += [span for span in marked if span[0] in here]
    return highlights.mark(text, spans)


def _layout(nodes: list[Any], edges: list[Any]) -> Json:
    """OVA's part for a map that was never drawn: all nodes in rows of five."""
    return {
        "firstname": "",
        "surname": "",
        "url": "",
        "nodes": [
            {
                "nodeID": node.get("nodeID"),
                "visible": True,
                "x": 60 + n % 5 * 260,
                "y": 60 + n // 5 * 120,
                "timestamp": "",
            }
            for n, node in enumerate(node for node in nodes if isinstance(node, dict))
        ],
        "edges": [
            {"fromID": edge.get("fromID"), "toID": edge.get("toID"), "visible": True}
            for edge in edges
            if isinstance(edge, dict)
        ],
    }


def _drawn(kept: Any, writer: AifWriter) -> Any:
    """OVA's part: what was kept of it, for what is still there, and a place for what is new."""
    plain = _layout(writer.nodes, writer.edges)
    if not isinstance(kept, dict) or not isinstance(kept.get("nodes"), list):
        return plain if kept is None else kept
    places_ = {str(node.get("nodeID")): node for node in objects(kept, "nodes")}
    ties = {(str(edge.get("fromID")), str(edge.get("toID"))): edge for edge in objects(kept, "edges")}
    return {
        **kept,
        "nodes": [places_.get(str(node["nodeID"]), node) for node in plain["nodes"]],
        "edges": [ties.get((str(edge["fromID"]), str(edge["toID"])), edge) for edge in plain["edges"]],
    }


def carried(m: Map, whole: Map) -> Map:
    """As in AIF, with the first source's text and the quotes found in it."""
    first = next((id for id, source in whole.sources.items() if source.text), None)
    return settled(as_aif(m, whole), whole, {first: SOURCE} if first else {}, join=True)
