"""Read arguebuf JSON by turning it into the AIF that says the same. Described in arguebuf.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from argmap.anchor.quoter import Quoter
from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.formats.aif.graph_reader import AifGraph
from argmap.formats.aif.vocabulary import NODE_OF, Json, renamed, tied_up
from argmap.formats.arguebuf.vocabulary import NAME, SCHEME_OF, SOURCE, SPEAKER, STYLE, called, enum_of
from argmap.formats.arguebuf.writer import write
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import Ids, Irregular, as_dict, drop_empty, map_id, validated
from argmap.model import Map, Quote
from argmap.schemes import aif_name

__all__ = ["carried", "read", "write"]

_SUFFIXES = (".json", ".arguebuf.json")
_OWN_KEYS = {"nodes", "edges", "resources", "participants", "majorClaim", "userdata"}
_ENDS = {"source": "fromID", "target": "toID"}
_CAMEL = {"major_claim": "majorClaim", "schema_version": "schemaVersion", "library_version": "libraryVersion"}
Texts = dict[str, tuple[str, Quoter]]
"""By arguebuf's id of a resource: argmap's id, and the text."""


def read(content: Content) -> Reading:
    """Read the map of a graph."""
    data = renamed(as_dict(content.json()), _CAMEL)
    if not isinstance(data.get("nodes", {} if "schemaVersion" in data else None), dict):
        raise ArgmapError(Finding("invalid", "error", "not arguebuf: it has no object of nodes.", Place(content.name)))
    irregular = Irregular(content.name)
    own = _ours(data)
    resources, participants = (_table(data, key, irregular) for key in ("resources", "participants"))
    sources, source_ids = _entries(resources, SOURCE, "source")
    texts = {key: (new, Quoter(str(sources[new].get("text") or ""))) for key, new in source_ids.items()}
    speakers, people = _entries(participants, SPEAKER, "speaker")
    for key, speaker_id in people.items():
        speakers[speaker_id]["name"] = called(participants[key], key)
    aif = {
        "nodes": [_aif_node(key, node, irregular) for key, node in data.get("nodes", {}).items()],
        "edges": [{"edgeID": key, **renamed(edge, _ENDS)} for key, edge in _table(data, "edges", irregular).items()],
    }
    graph = AifGraph(aif, STYLE, irregular)
    relations = graph.relations()
    for key, fields in (*graph.claims.items(), *((str(relation.get("id")), relation) for relation in relations)):
        _apply(key, fields, texts, people, irregular)
    aside = graph.aside(keep_dialogue=True)
    keys = {k: v for k, v in data.items() if k not in _OWN_KEYS and (k, v) != ("schemaVersion", 1)}
    aside |= drop_empty({"keys": keys, "userdata": _rest(data, set(data)).get("userdata")})
    major = graph.words.get(str(data.get("majorClaim")))
    thesis = major if major in graph.claims else own.get("thesis")
    if data.get("majorClaim") and thesis is None:
        message = f"the major claim {brief(str(data['majorClaim']))} is not an atom here."
        irregular.add("dangling-reference", message, ("majorClaim",))
        aside["majorClaim"] = data["majorClaim"]
    whole: Json = {**own, "id": map_id(content.name, _SUFFIXES), "thesis": thesis, "claims": graph.claims}
    whole |= {"relations": relations, "sources": sources, "speakers": speakers}
    _keep(whole, aside)
    return Reading(validated(whole, content.name), irregular.findings)


def _table(data: Json, key: str, irregular: Irregular) -> dict[str, Json]:
    """Return the objects by id under a key; anything else there is a finding."""
    value = data.get(key)
    if value is not None and not isinstance(value, dict):
        raise ArgmapError(Finding("invalid", "error", f"{key} is not an object.", Place(irregular.file, at=(key,))))
    for name, item in (value or {}).items():
        if not isinstance(item, dict):
            irregular.add("not-an-object", "this is not an object and is left out.", (key, name))
    return {name: item for name, item in (value or {}).items() if isinstance(item, dict)}


def _ours(value: Any) -> Json:
    """Return what a map said that arguebuf has no word for."""
    return dict(as_dict(as_dict(as_dict(value).get("userdata")).get("argmap")))


def _rest(value: Json, known: set[str]) -> Json:
    """Return what a value has beside what is read of it."""
    rest = {k: v for k, v in value.items() if k not in known and k != "userdata"}
    userdata = {k: v for k, v in as_dict(value.get("userdata")).items() if k != "argmap"}
    return {**rest, "userdata": userdata} if userdata else rest


def _entries(values: dict[str, Json], natives: Mapping[str, str], otherwise: str) -> tuple[Json, dict[str, str]]:
    """Return the fields of resources or participants by argmap's ids, and these ids by arguebuf's."""
    ids, entries, id_of = Ids(), dict[str, Json](), dict[str, str]()
    for key, value in values.items():
        new = id_of[key] = ids.new(key, otherwise)
        native = {name: said for name, word in natives.items() if isinstance(said := value.get(word), str)}
        entries[new] = {**native, **_ours(value)}
        _keep(entries[new], {**_rest(value, {*natives.values()}), **({"id": key} if key != new else {})})
    return entries, id_of


def _keep(fields: Json, kept: Json) -> None:
    if kept:
        fields["extra"] = {**as_dict(fields.get("extra")), NAME: kept}


def _aif_node(key: str, node: Any, irregular: Irregular) -> Any:
    """Return a node in AIF's words; what is ours of it stands under `argmap`."""
    if not isinstance(node, dict):
        return node
    ours = _ours(node)
    rest = {**_rest(node, {"atom", "scheme"}), **({"argmap": ours} if ours else {}), "nodeID": key}
    if isinstance(atom := node.get("atom"), dict):
        said = {word: value for word, value in atom.items() if word != "text"}
        return {**rest, "type": "I", "text": atom.get("text", ""), **({"atom": said} if said else {})}
    scheme = as_dict(node.get("scheme"))
    word = next((word for word in NODE_OF if word in scheme), None)
    if word is None:
        kept = {"scheme": node["scheme"]} if "scheme" in node else {}
        return {**rest, "type": "preference" if "preference" in scheme else "none", **kept}
    type_, value = NODE_OF[word], scheme[word]
    name = SCHEME_OF.get(str(value).removeprefix("SUPPORT_")) if word == "support" else None
    more = {other: item for other, item in scheme.items() if other != word and item != []}
    if value != enum_of(type_, name):
        more["unknown"] = value
        message = f"no {word} scheme {brief(str(value))} is known: kept, and read as none."
        irregular.add("unknown-scheme", message, ("nodes", key))
    return {**rest, "type": type_, "text": aif_name(name) if name else "Default", **({"scheme": more} if more else {})}


def _apply(key: str, fields: Json, texts: Texts, people: dict[str, str], irregular: Irregular) -> None:
    """Give a claim or relation what its node says in arguebuf's words and in ours."""
    kept = as_dict(as_dict(fields.pop("extra", None)).get(NAME))
    ours, atom = as_dict(kept.pop("argmap", None)), as_dict(kept.pop("atom", None))
    if str(atom.get("participant")) in people:
        fields["speaker"] = people[str(atom.pop("participant"))]
    if "quote" in ours:
        atom.pop("reference", None)
    elif quote := _quote(as_dict(atom.get("reference")), texts):
        del atom["reference"]
        fields["quotes"] = [quote.model_dump(exclude_defaults=True)]
    elif "resource" in as_dict(atom.get("reference")):
        message = "the reference of this atom is not found in its resource."
        irregular.add("odd-source", message, ("nodes", str(kept.get("nodeID", key))))
    fields.update(ours)
    _keep(fields, {**kept, **({"atom": atom} if atom else {})})


def _quote(reference: Json, texts: Texts) -> Quote | None:
    words, start = reference.get("text"), reference.get("offset", 0)
    if isinstance(start, str) and start.isdecimal():
        start = int(start[:20])
    if not isinstance(words, str) or not words.strip() or str(reference.get("resource")) not in texts:
        return None
    source_id, quoter = texts[str(reference["resource"])]
    if not isinstance(start, int) or quoter.text[start : start + len(words)] != words:
        start = quoter.text.find(words)
    return None if start < 0 else quoter.trimmed(start, start + len(words), source_id if len(texts) > 1 else None)


def carried(map_: Map, _original: Map) -> Map:
    """Return the map as AIF holds it; arguebuf has words of its own for speech."""
    return tied_up(map_)
