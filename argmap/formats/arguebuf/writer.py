"""Write arguebuf: in its own words what it has words for, and the rest under `userdata`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from argmap.anchor.quoter import Quoter
from argmap.formats.aif.graph_writer import AifWriter
from argmap.formats.aif.vocabulary import NODE_OF, TYPE_OF, Json, kept_of
from argmap.formats.arguebuf.vocabulary import DEFAULT, NAME, SOURCE, SPEAKER, STYLE, called, enum_of
from argmap.formats.common.offsets import places
from argmap.formats.common.reader_support import as_dict, drop_empty
from argmap.model import AnyRelation, Claim, Map, Quote, Source, Speaker
from argmap.schemes import canonical

_SAID_NATIVELY = {"id", "argmap", "claims", "relations", "sources", "speakers", "thesis"}


def write(map_: Map) -> str:
    """Write the map as one graph."""
    kept = kept_of(map_, NAME)
    quoters = {source_id: Quoter(source.text or "") for source_id, source in map_.sources.items()}
    quoted = {claim_id: first for claim_id, (first, *_) in places(map_, map_.sources).items()}
    referred = {
        claim_id: quoters[source].trimmed(start, end, source if len(map_.sources) > 1 else None)
        for claim_id, (source, start, end) in quoted.items()
    }
    writer = AifWriter(_with_ours(map_, referred), STYLE)
    source_ids, person_ids = _their_ids(map_.sources), _their_ids(map_.speakers)
    atoms: dict[str, Json] = {}
    for claim_id, claim in map_.claims.items():
        atom = atoms[str(writer.node_ids[claim_id])] = dict[str, Any]()
        if claim.speaker:
            atom["participant"] = person_ids.get(claim.speaker, claim.speaker)
        if claim_id in quoted:
            source, start, end = quoted[claim_id]
            atom["reference"] = {
                "resource": source_ids[source],
                "offset": start,
                "text": quoters[source].text[start:end],
            }
    ours = drop_empty(_said(map_, _SAID_NATIVELY))
    major = {"majorClaim": kept["majorClaim"]} if isinstance(kept.get("majorClaim"), str) else {}
    if map_.thesis in map_.claims:
        major = {"majorClaim": str(writer.node_ids[map_.thesis])}
    elif map_.thesis is not None:
        ours["thesis"], major = map_.thesis, {}
    data: Json = {
        "nodes": {key: _node(node, atoms.get(key, {})) for node in writer.nodes if (key := str(node["nodeID"]))},
        "edges": {str(edge["edgeID"]): _edge(edge) for edge in writer.edges},
        "resources": {source_ids[key]: _entry(source, SOURCE) for key, source in map_.sources.items()},
        "participants": {person_ids[key]: _person(person_ids[key], speaker) for key, speaker in map_.speakers.items()},
        **major,
        "schemaVersion": 1,
        **as_dict(kept.get("keys")),
        **_userdata(kept, ours),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _their_ids(values: Mapping[str, Source] | Mapping[str, Speaker]) -> dict[str, str]:
    """Return arguebuf's id of each source or speaker."""
    return {key: str(kept_of(value, NAME).get("id", key)) for key, value in values.items()}


def _userdata(kept: Json, ours: Json) -> Json:
    both = {**as_dict(kept.get("userdata")), **({"argmap": ours} if ours else {})}
    return {"userdata": both} if both else {}


def _said(value: Any, native: set[str]) -> Json:
    """Return what a value says beside its `native` fields and what was kept for arguebuf, with the keys of a map file."""
    data = value.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={*native, "extra"})
    data["extra"] = {key: item for key, item in value.extra.items() if key != NAME}
    return {key: item for key, item in data.items() if item not in ([], {})}  # pydantic shows empty lists of quotes


def _with_ours(map_: Map, referred: Mapping[str, Quote | None]) -> Map:
    """Put what arguebuf has no word for under `argmap`, and take out the speakers.

    `referred` holds the quote that reading makes of each claim's reference.
    """

    def said(value: Claim | AnyRelation, native: set[str]) -> Any:
        ours = _said(value, native)
        if isinstance(value, Claim) and value.speaker in map_.speakers:
            ours.pop("speaker", None)
        if isinstance(value, Claim) and value.quotes == (referred.get(value.id),):
            ours.pop("quote", None)
        if not isinstance(value, Claim) and enum_of(NODE_OF[value.type], value.scheme) != DEFAULT[NODE_OF[value.type]]:
            ours.pop("scheme", None)
        kept = kept_of(value, NAME)
        return value.model_copy(update={"extra": {NAME: {**kept, "argmap": ours} if ours else kept}})

    claims = {claim_id: said(claim, {"id", "text"}) for claim_id, claim in map_.claims.items()}
    relations = tuple(said(relation, {"id", "target", "by"}) for relation in map_.relations)
    speakers = type(map_.speakers)()
    return map_.model_copy(update={"claims": type(map_.claims)(claims), "relations": relations, "speakers": speakers})


def _node(node: Json, native: Json) -> Json:
    """Return the node in arguebuf's words."""
    type_, text, scheme = node["type"], node.get("text", ""), node.get("scheme")
    others = ("nodeID", "type", "text", "scheme", "userdata", "argmap")
    rest = {key: value for key, value in node.items() if key not in others}
    rest |= _userdata(node, as_dict(node.get("argmap")))
    if type_ == "I":
        return {"atom": {"text": text, **as_dict(rest.pop("atom", None)), **native}, **rest}
    if type_ in DEFAULT:
        more, value = dict(as_dict(scheme)), enum_of(type_, canonical(text))
        unknown = more.pop("unknown", None)
        scheme = {TYPE_OF[type_]: value if unknown is None or value != DEFAULT[type_] else unknown, **more}
    return rest if scheme is None else {"scheme": scheme, **rest}


def _edge(edge: Json) -> Json:
    names = {"fromID": "source", "toID": "target"}
    return {
        names.get(key, key): str(value) if key in names else value for key, value in edge.items() if key != "edgeID"
    }


def _entry(value: Source | Speaker, natives: Mapping[str, str]) -> Json:
    """Return a resource or participant, with what was kept of it and what of ours it has no word for."""
    native = {word: said for name, word in natives.items() if (said := getattr(value, name)) is not None}
    kept = {key: item for key, item in kept_of(value, NAME).items() if key != "id"}
    return {**native, **kept, **_userdata(kept, _said(value, {*natives}))}


def _person(key: str, speaker: Speaker) -> Json:
    entry = _entry(speaker, SPEAKER)
    unnamed = {word: said for word, said in entry.items() if word != "name"}
    return unnamed if called(unnamed, key) == speaker.name else entry
