"""Write arguebuf: in its own words what it has words for, and the rest under `userdata`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from argmap.formats.aif.graph_writer import AifWriter
from argmap.formats.aif.vocabulary import NODE_OF, TYPE_OF, Json, kept_of
from argmap.formats.arguebuf.vocabulary import DEFAULT, STYLE, called, enum_of
from argmap.formats.common.offsets import Quoter, places
from argmap.formats.common.reader_support import as_dict, drop_empty
from argmap.model import AnyRelation, Claim, Quote, Source, Speaker, Value
from argmap.schemes import canonical

if TYPE_CHECKING:
    from argmap.model import Map


def write(map_: Map) -> str:
    """Write the map as one graph."""
    kept = kept_of(map_, "arguebuf")
    quoted = places(map_, map_.sources)
    quoters = {node_id: Quoter(source.text or "") for node_id, source in map_.sources.items()}
    referred = {
        node_id: quoters[source].trimmed(start, end, source if len(map_.sources) > 1 else None)
        for node_id, ((source, start, end), *_) in quoted.items()
    }
    writer = AifWriter(_with_ours(map_, referred), STYLE)
    claims = {str(writer.node_ids[node_id]): node_id for node_id in map_.claims if node_id in writer.node_ids}
    source_ids = {
        node_id: str(kept_of(source, "arguebuf").get("id", node_id)) for node_id, source in map_.sources.items()
    }
    person_ids = {
        node_id: str(kept_of(person, "arguebuf").get("id", node_id)) for node_id, person in map_.speakers.items()
    }

    def atom(node_id: str) -> Json:
        native: Json = {}
        if speaker := map_.claims[node_id].speaker:
            native["participant"] = person_ids.get(speaker, speaker)
        if node_id in quoted:
            source, start, end = quoted[node_id][0]
            words = (map_.sources[source].text or "")[start:end]
            native["reference"] = {"resource": source_ids[source], "offset": start, "text": words}
        return native

    ours = map_.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=_SAID_NATIVELY)
    ours["extra"] = {key: value for key, value in map_.extra.items() if key != "arguebuf"}
    if map_.thesis not in map_.claims:
        ours["thesis"] = map_.thesis
    data: Json = {
        "nodes": {
            str(node["nodeID"]): _node(node, atom(claims[key]) if (key := str(node["nodeID"])) in claims else {})
            for node in writer.nodes
        },
        "edges": {str(edge["edgeID"]): _edge(edge) for edge in writer.edges},
        "resources": {source_ids[node_id]: _resource(source) for node_id, source in map_.sources.items()},
        "participants": {
            person_ids[node_id]: _person(person_ids[node_id], speaker) for node_id, speaker in map_.speakers.items()
        },
        **_major(map_, writer, kept),
        "schemaVersion": 1,
        **as_dict(kept.get("keys")),
        **_userdata(as_dict(kept.get("userdata")), drop_empty(ours)),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _major(map_: Map, writer: AifWriter, kept: Json) -> Json:
    if map_.thesis in map_.claims and map_.thesis in writer.node_ids:
        return {"majorClaim": str(writer.node_ids[map_.thesis])}
    return {"majorClaim": kept["majorClaim"]} if map_.thesis is None and isinstance(kept.get("majorClaim"), str) else {}


_SAID_NATIVELY = {"id", "argmap", "claims", "relations", "sources", "speakers", "thesis", "extra"}


def _userdata(kept: Json, ours: Json) -> Json:
    both = {**kept, **({"argmap": ours} if ours else {})}
    return {"userdata": both} if both else {}


def _dumped(value: Value, native: set[str]) -> Json:
    """Return what a value says beside its `native` fields, with the keys of a map file."""
    data = value.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={*native, "extra"})
    return {key: item for key, item in data.items() if item != []}  # pydantic shows empty lists of quotes


def _with_ours(map_: Map, referred: Mapping[str, Quote | None]) -> Map:
    """Put what arguebuf has no word for under `argmap`, and take out the speakers.

    `referred` holds the quote that reading makes of each claim's reference.
    """

    def said(value: Claim | AnyRelation, native: set[str]) -> Any:
        ours = _dumped(value, native)
        if isinstance(value, Claim) and value.speaker in map_.speakers:
            ours.pop("speaker", None)
        if isinstance(value, Claim) and value.quotes == (referred.get(value.id),):
            ours.pop("quote", None)
        if not isinstance(value, Claim) and enum_of(NODE_OF[value.type], value.scheme) != DEFAULT[NODE_OF[value.type]]:
            ours.pop("scheme", None)
        if others := {key: item for key, item in value.extra.items() if key != "arguebuf"}:
            ours["extra"] = others
        kept = kept_of(value, "arguebuf")
        return value.model_copy(update={"extra": {"arguebuf": {**kept, "argmap": ours} if ours else kept}})

    claims = {node_id: said(claim, {"id", "text"}) for node_id, claim in map_.claims.items()}
    relations = tuple(said(relation, {"id", "target", "by"}) for relation in map_.relations)
    speakers = type(map_.speakers)()
    return map_.model_copy(update={"claims": type(map_.claims)(claims), "relations": relations, "speakers": speakers})


def _node(node: Json, native: Json) -> Json:
    """Return the node in arguebuf's words."""
    node = {key: value for key, value in node.items() if key != "nodeID"}
    type_, text = node.pop("type"), node.pop("text", "")
    said = _userdata(as_dict(node.pop("userdata", None)), as_dict(node.pop("argmap", None)))
    if type_ == "I":
        return {"atom": {"text": text, **as_dict(node.pop("atom", None)), **native}, **node, **said}
    scheme = node.pop("scheme", None)
    if type_ in DEFAULT:
        more = dict(as_dict(scheme))
        unknown, value = more.pop("unknown", None), enum_of(type_, canonical(text))
        scheme = {TYPE_OF[type_]: value if unknown is None or value != DEFAULT[type_] else unknown, **more}
    return {**({} if scheme is None else {"scheme": scheme}), **node, **said}


def _edge(edge: Json) -> Json:
    names = {"fromID": "source", "toID": "target"}
    return {
        names.get(key, key): str(value) if key in names else value for key, value in edge.items() if key != "edgeID"
    }


def _resource(source: Source) -> Json:
    native = {"text": source.text, "title": source.title, "source": source.url}
    return {
        **{key: said for key, said in native.items() if said is not None},
        **_left(source, {"text", "title", "url"}),
    }


def _person(speaker_id: str, speaker: Speaker) -> Json:
    role = {} if speaker.role is None else {"description": speaker.role}
    left = _left(speaker, {"name", "role"})
    return {**({"name": speaker.name} if speaker.name != called(left, speaker_id) else {}), **role, **left}


def _left(value: Source | Speaker, native: set[str]) -> Json:
    """Return what was kept of a resource or participant, and what of ours it has no word for."""
    ours = _dumped(value, native)
    if others := {key: item for key, item in value.extra.items() if key != "arguebuf"}:
        ours["extra"] = others
    kept = {key: item for key, item in kept_of(value, "arguebuf").items() if key != "id"}
    return {**kept, **_userdata(as_dict(kept.get("userdata")), ours)}
