"""Map → arguebuf: what it has words for in those, and the rest under `userdata`."""

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


def write(m: Map) -> str:
    """The map as one graph."""
    kept = kept_of(m, "arguebuf")
    quoted = places(m, m.sources)
    quoters = {id: Quoter(source.text or "") for id, source in m.sources.items()}
    referred = {
        id: quoters[source].trimmed(start, end, source if len(m.sources) > 1 else None)
        for id, ((source, start, end), *_) in quoted.items()
    }
    writer = AifWriter(_with_ours(m, referred), STYLE)
    claims = {str(writer.node_ids[id]): id for id in m.claims if id in writer.node_ids}
    source_ids = {id: str(kept_of(source, "arguebuf").get("id", id)) for id, source in m.sources.items()}
    person_ids = {id: str(kept_of(person, "arguebuf").get("id", id)) for id, person in m.speakers.items()}

    def atom(id: str) -> Json:
        native: Json = {}
        if speaker := m.claims[id].speaker:
            native["participant"] = person_ids.get(speaker, speaker)
        if id in quoted:
            source, start, end = quoted[id][0]
            words = (m.sources[source].text or "")[start:end]
            native["reference"] = {"resource": source_ids[source], "offset": start, "text": words}
        return native

    ours = m.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=_SAID_NATIVELY)
    ours["extra"] = {key: value for key, value in m.extra.items() if key != "arguebuf"}
    if m.thesis not in m.claims:
        ours["thesis"] = m.thesis
    data: Json = {
        "nodes": {
            str(node["nodeID"]): _node(node, atom(claims[key]) if (key := str(node["nodeID"])) in claims else {})
            for node in writer.nodes
        },
        "edges": {str(edge["edgeID"]): _edge(edge) for edge in writer.edges},
        "resources": {source_ids[id]: _resource(source) for id, source in m.sources.items()},
        "participants": {person_ids[id]: _person(person_ids[id], speaker) for id, speaker in m.speakers.items()},
        **_major(m, writer, kept),
        "schemaVersion": 1,
        **as_dict(kept.get("keys")),
        **_userdata(as_dict(kept.get("userdata")), drop_empty(ours)),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _major(m: Map, writer: AifWriter, kept: Json) -> Json:
    if m.thesis in m.claims and m.thesis in writer.node_ids:
        return {"majorClaim": str(writer.node_ids[m.thesis])}
    return {"majorClaim": kept["majorClaim"]} if m.thesis is None and isinstance(kept.get("majorClaim"), str) else {}


_SAID_NATIVELY = {"id", "argmap", "claims", "relations", "sources", "speakers", "thesis", "extra"}


def _userdata(kept: Json, ours: Json) -> Json:
    both = {**kept, **({"argmap": ours} if ours else {})}
    return {"userdata": both} if both else {}


def _dumped(value: Value, native: set[str]) -> Json:
    """What a value says that is not said `native`ly, in the words of a map file."""
    data = value.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={*native, "extra"})
    return {key: item for key, item in data.items() if item != []}  # pydantic shows empty lists of quotes


def _with_ours(m: Map, referred: Mapping[str, Quote | None]) -> Map:
    """The map with what arguebuf has no word for kept for its nodes, under `argmap`; nobody speaks in it.

    `referred` holds the quotes that reading makes of references, which are one a claim.
    """

    def said(value: Claim | AnyRelation, native: set[str]) -> Any:
        ours = _dumped(value, native)
        if isinstance(value, Claim) and value.speaker in m.speakers:
            ours.pop("speaker", None)
        if isinstance(value, Claim) and value.quotes == (referred.get(value.id),):
            ours.pop("quote", None)
        if not isinstance(value, Claim) and enum_of(NODE_OF[value.type], value.scheme) != DEFAULT[NODE_OF[value.type]]:
            ours.pop("scheme", None)
        if others := {key: item for key, item in value.extra.items() if key != "arguebuf"}:
            ours["extra"] = others
        kept = kept_of(value, "arguebuf")
        return value.model_copy(update={"extra": {"arguebuf": {**kept, "argmap": ours} if ours else kept}})

    claims = {id: said(claim, {"id", "text"}) for id, claim in m.claims.items()}
    relations = tuple(said(relation, {"id", "target", "by"}) for relation in m.relations)
    speakers = type(m.speakers)()
    return m.model_copy(update={"claims": type(m.claims)(claims), "relations": relations, "speakers": speakers})


def _node(node: Json, native: Json) -> Json:
    """The node in arguebuf's words."""
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


def _person(id: str, speaker: Speaker) -> Json:
    role = {} if speaker.role is None else {"description": speaker.role}
    left = _left(speaker, {"name", "role"})
    return {**({"name": speaker.name} if speaker.name != called(left, id) else {}), **role, **left}


def _left(value: Source | Speaker, native: set[str]) -> Json:
    """What was kept of a resource or participant, and what of ours it has no word for."""
    ours = _dumped(value, native)
    if others := {key: item for key, item in value.extra.items() if key != "arguebuf"}:
        ours["extra"] = others
    kept = {key: item for key, item in kept_of(value, "arguebuf").items() if key != "id"}
    return {**kept, **_userdata(as_dict(kept.get("userdata")), ours)}
