"""Read arguebuf JSON by turning it into the AIF that says the same. Described in arguebuf.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.formats.aif.graph_reader import AifGraph
from argmap.formats.aif.vocabulary import NODE_OF, Json, renamed, tied_up
from argmap.formats.arguebuf.vocabulary import SCHEME_OF, STYLE, called, enum_of, is_unknown
from argmap.formats.arguebuf.writer import write
from argmap.formats.common.format import Reading
from argmap.formats.common.offsets import Quoter
from argmap.formats.common.reader_support import Ids, Irregular, as_dict, map_id, validated
from argmap.model import Quote
from argmap.schemes import aif_name

if TYPE_CHECKING:
    from argmap.formats.common.format import Content
    from argmap.model import Map

__all__ = ["carried", "read", "write"]

_SUFFIXES = (".json", ".arguebuf.json")
_OWN_KEYS = {"nodes", "edges", "resources", "participants", "majorClaim", "userdata"}


def read(content: Content) -> Reading:
    """Read the map of a graph."""
    data = renamed(as_dict(content.json()), _CAMEL)
    if not isinstance(data.get("nodes", {} if "schemaVersion" in data else None), dict):
        raise ArgmapError(Finding("invalid", "error", "not arguebuf: it has no object of nodes.", Place(content.name)))
    irregular = Irregular(content.name)
    own = _ours(data)
    sources, texts = _sources(_table(data, "resources", irregular))
    speakers, people = _speakers(_table(data, "participants", irregular))
    aif = {
        "nodes": [_aif_node(node_id, node, irregular) for node_id, node in data.get("nodes", {}).items()],
        "edges": [{"edgeID": key, **renamed(edge, _ENDS)} for key, edge in _table(data, "edges", irregular).items()],
    }
    graph = AifGraph(aif, STYLE, irregular)
    relations = graph.relations()
    for node_id, fields in graph.claims.items():
        _apply(node_id, fields, texts, people, irregular)
    for fields in relations:
        _apply(str(fields.get("id")), fields, texts, people, irregular)
    aside = graph.aside(keep_dialogue=True)
    if keys := {k: v for k, v in data.items() if k not in _OWN_KEYS and (k, v) != ("schemaVersion", 1)}:
        aside["keys"] = keys
    if rest := {key: value for key, value in as_dict(data.get("userdata")).items() if key != "argmap"}:
        aside["userdata"] = rest
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


_ENDS = {"source": "fromID", "target": "toID"}
_CAMEL = {"major_claim": "majorClaim", "schema_version": "schemaVersion", "library_version": "libraryVersion"}


def _table(data: Json, key: str, irregular: Irregular) -> dict[str, Json]:
    """Return the objects by id under a key; anything else there is a finding."""
    value = data.get(key)
    if value is not None and not isinstance(value, dict):
        raise ArgmapError(Finding("invalid", "error", f"{key} is not an object.", Place(irregular.file, at=(key,))))
    good = {}
    for node_id, item in (value or {}).items():
        if isinstance(item, dict):
            good[node_id] = item
        else:
            irregular.add("not-an-object", "this is not an object and is left out.", (key, node_id))
    return good


def _ours(value: Any) -> Json:
    """Return what a map said that arguebuf has no word for."""
    return dict(as_dict(as_dict(as_dict(value).get("userdata")).get("argmap")))


def _rest(value: Json, known: set[str]) -> Json:
    """Return what a value has beside what is read of it."""
    rest = {k: v for k, v in value.items() if k not in known and k != "userdata"}
    userdata = {k: v for k, v in as_dict(value.get("userdata")).items() if k != "argmap"}
    return {**rest, "userdata": userdata} if userdata else rest


def _sources(resources: dict[str, Json]) -> tuple[Json, dict[str, tuple[str, Quoter]]]:
    ids, sources, texts = Ids(), dict[str, Json](), dict[str, tuple[str, Quoter]]()
    for key, resource in resources.items():
        source_id = ids.new(key, "source")
        fields = _ours(resource)
        for name, native in (("text", "text"), ("title", "title"), ("url", "source")):
            if isinstance(resource.get(native), str) and name not in fields:
                fields[name] = resource[native]
        _keep(fields, {**_rest(resource, {"text", "title", "source"}), **({"id": key} if key != source_id else {})})
        sources[source_id] = fields
        texts[key] = (source_id, Quoter(fields["text"] if isinstance(fields.get("text"), str) else ""))
    return sources, texts


def _speakers(participants: dict[str, Json]) -> tuple[Json, dict[str, str]]:
    ids, speakers, people = Ids(), dict[str, Json](), dict[str, str]()
    for key, person in participants.items():
        speaker_id = people[key] = ids.new(key, "speaker")
        fields = {"name": called(person, key), **_ours(person)}
        if isinstance(person.get("description"), str):
            fields["role"] = person["description"]
        _keep(fields, {**_rest(person, {"name", "description"}), **({"id": key} if key != speaker_id else {})})
        speakers[speaker_id] = fields
    return speakers, people


def _keep(fields: Json, kept: Json) -> None:
    if kept:
        fields["extra"] = {**as_dict(fields.get("extra")), "arguebuf": kept}


def _aif_node(node_id: str, node: Any, irregular: Irregular) -> Any:
    """Return a node in AIF's words; what is ours of it stands under `argmap`."""
    if not isinstance(node, dict):
        return node
    ours = _ours(node)
    rest = {**_rest(node, {"atom", "scheme"}), **({"argmap": ours} if ours else {})}
    if isinstance(atom := node.get("atom"), dict):
        said = {key: value for key, value in atom.items() if key != "text"}
        return {
            **rest,
            "nodeID": node_id,
            "type": "I",
            "text": atom.get("text", ""),
            **({"atom": said} if said else {}),
        }
    scheme = as_dict(node.get("scheme"))
    for word, type_ in NODE_OF.items():
        if word in scheme:
            value = scheme[word]
            name = SCHEME_OF.get(str(value).removeprefix("SUPPORT_")) if word == "support" else None
            text = aif_name(name) if name else "Default"
            more = {key: item for key, item in scheme.items() if key != word and item != []}
            if value != enum_of(type_, name):
                if as_written := is_unknown(type_, value):
                    text = value
                else:
                    more["unknown"] = value
                message = f"no {word} scheme {brief(str(value))} is known: kept, and read as {'it is' if as_written else 'none'}."
                irregular.add("unknown-scheme", message, ("nodes", node_id))
            kept = {"scheme": more} if more else {}
            return {**rest, "nodeID": node_id, "type": type_, "text": text, **kept}
    type_ = next((str(word) for word in scheme if word == "preference"), "none")
    return {**rest, "nodeID": node_id, "type": type_, **({"scheme": node["scheme"]} if "scheme" in node else {})}


def _apply(
    node_id: str, fields: Json, texts: dict[str, tuple[str, Quoter]], people: dict[str, str], irregular: Irregular
) -> None:
    """Give a claim or relation what its node says in arguebuf's words and in ours."""
    kept = as_dict(as_dict(fields.pop("extra", None)).get("arguebuf"))
    ours = as_dict(kept.pop("argmap", None))
    atom = as_dict(kept.pop("atom", None))
    if str(atom.get("participant")) in people:
        fields["speaker"] = people[str(atom.pop("participant"))]
    if "quote" in ours:
        atom.pop("reference", None)
    elif (quote := _quote(as_dict(atom.get("reference")), texts)) is None:
        if "resource" in as_dict(atom.get("reference")):
            message = "the reference of this atom is not found in its resource."
            irregular.add("odd-source", message, ("nodes", str(kept.get("nodeID", node_id))))
    else:
        del atom["reference"]
        fields["quotes"] = [quote.model_dump(exclude_defaults=True)]
    fields.update(ours)
    _keep(fields, {**kept, **({"atom": atom} if atom else {})})


def _quote(reference: Json, texts: dict[str, tuple[str, Quoter]]) -> Quote | None:
    words, start = reference.get("text"), reference.get("offset", 0)
    if isinstance(start, str) and start.isdecimal():
        start = int(start[:20])
    if not isinstance(words, str) or not words.strip() or str(reference.get("resource")) not in texts:
        return None
    node_id, quoter = texts[str(reference["resource"])]
    text = quoter.text
    if not isinstance(start, int) or text[start : start + len(words)] != words:
        start = text.find(words)
    return None if start < 0 else quoter.trimmed(start, start + len(words), node_id if len(texts) > 1 else None)


def carried(map_: Map, _original: Map) -> Map:
    """Return the map as AIF holds it; arguebuf has words of its own for speech."""
    return tied_up(map_)
