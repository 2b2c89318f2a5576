"""Read and write SADFace JSON: atoms, and schemes that connect them. Described in sadface.md."""

from __future__ import annotations

import json
import re
from typing import Any

from argmap.anchor.counts import Count
from argmap.anchor.counts import settled as settled_count
from argmap.anchor.quoter import Quoter
from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.aif.graph_reader import AifGraph, listed
from argmap.formats.aif.graph_writer import AifWriter
from argmap.formats.aif.vocabulary import NODE_OF, TYPE_OF, Json, Style, kept_of, renamed, scheme_of, tied_up
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.offsets import places, settled
from argmap.formats.common.reader_support import Ids, Irregular, as_dict, as_list, map_id, own, validated
from argmap.model import Map
from argmap.schemes import named as scheme_named

_SUFFIXES = (".json", ".sadface.json", ".sadface")
STYLE = Style(
    "sadface",
    {},
    {"support": "support", "attack": "conflict", "rephrase": "rephrase"},
    scheme_numbers=False,
    scheme_names=False,
    numbers=False,
)
_EDGE_KEYS = {"id": "edgeID", "source_id": "fromID", "target_id": "toID"}
_OF_KIND = {"inference": "RA", "support": "RA", "conflict": "CA", "attack": "CA"}
"""AIF's type of a node by its type alone."""
_ATTACKS = (
    "conflict conflicts attack attacks disagree disagrees disagreement defeat defeats rebut rebuttal undercut undermine"
)
_OF_WORD = {
    **dict.fromkeys(_ATTACKS.split(), "CA"),
    **dict.fromkeys(("rephrase", "rephrases", "restatement"), "MA"),
    "preference": "PA",
}
"""AIF's type of a node by the first word of its name, `default` aside."""
_PLAIN_SUPPORT = ("support", "supports", "inference")
_METADATA = {"core": {"version": "0.2"}}
_PLAIN_RESOURCE: tuple[tuple[str, Any], ...] = (("type", "text"), ("metadata", {}))


def read(content: Content) -> Reading:
    """Read the map of a document."""
    data = content.json()
    if not isinstance(data, dict) or "nodes" not in data:
        raise ArgmapError(Finding("invalid", "error", "not SADFace: it has no nodes.", Place(content.name)))
    irregular = Irregular(content.name)
    nodes, edges = listed(data, "nodes", irregular), listed(data, "edges", irregular)
    sources, texts = _sources(listed(data, "resources", irregular), irregular)
    edges = [renamed(edge, _EDGE_KEYS) if isinstance(edge, dict) else edge for edge in edges]
    aif = {"nodes": [_aif_node(node) for node in nodes], "edges": edges}
    atoms = [node for node in reversed(aif["nodes"]) if isinstance(node, dict) and node.get("type") == "I"]
    counts = _counts(atoms, texts, irregular)
    quotes = {str(atom.get("nodeID")): _quotes(atom, texts, counts, irregular) for atom in atoms}
    graph = AifGraph(aif, STYLE, irregular)
    for key, quoted in quotes.items():
        if quoted and graph.words.get(key) in graph.claims:
            graph.claims[graph.words[key]]["quotes"] = quoted
    fields: Json = {"claims": graph.claims, "relations": graph.relations(), "sources": sources}
    aside = graph.aside(keep_dialogue=True)
    metadata = _whole(data.get("metadata"), graph, fields, irregular)
    if metadata != _METADATA:
        aside["metadata"] = metadata
    if keys := {k: v for k, v in data.items() if k not in ("nodes", "edges", "resources", "metadata")}:
        aside["keys"] = keys
    if aside:
        fields["extra"] = {"sadface": aside}
    return Reading(validated({"id": map_id(content.name, _SUFFIXES), **fields}, content.name), irregular.findings)


def _whole(metadata: Any, graph: AifGraph, fields: Json, irregular: Irregular) -> Any:
    """Read title, notes and central claim from the metadata of the document, and return the rest of it."""
    core = metadata.get("core") if isinstance(metadata, dict) else None
    if not isinstance(core, dict):
        return metadata
    for ours, theirs in (("title", "title"), ("note", "notes")):
        if isinstance(core.get(theirs), str):
            fields[ours] = core[theirs]
    claim = core.get("claim")
    if (thesis := graph.words.get(str(claim))) in graph.claims:
        fields["thesis"] = thesis
    elif claim is not None:
        message = f"the central claim {claim} is not an atom here."
        irregular.add("dangling-reference", message, ("metadata", "core", "claim"))
    read = {"title": "title" in fields, "notes": "note" in fields, "claim": "thesis" in fields}
    return {**metadata, "core": {key: value for key, value in core.items() if not read.get(key)}}


def _sources(resources: list[Any], irregular: Irregular) -> tuple[Json, dict[str, tuple[str, Quoter]]]:
    """Return the sources, and the source and its text of each resource by its id."""
    ids, sources, texts = Ids(), dict[str, Json](), dict[str, tuple[str, Quoter]]()
    for n, resource in enumerate(resources):
        text = resource.get("content") if isinstance(resource, dict) else None
        if not isinstance(text, str):
            irregular.add("odd-resource", "this resource has no content and is left out.", ("resources", n))
            continue
        key = str(resource.get("id"))
        source_id = ids.new(key, "source")
        plain = (("content", text), ("id", source_id), *_PLAIN_RESOURCE)
        kept = {k: v for k, v in resource.items() if (k, v) not in plain}
        sources[source_id] = {"text": text, "extra": {"sadface": kept}} if kept else {"text": text}
        texts.setdefault(key, (source_id, Quoter(text)))
    return sources, texts


def _aif_node(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    usual: Json = {"metadata": ({},), "sources": ([], None)}
    rest = {k: v for k, v in node.items() if k not in ("id", "type") and not (k in usual and v in usual[k])}
    named = {"nodeID": node["id"]} if "id" in node else {}
    kind, name = node.get("type"), node.get("name")
    if kind == "atom":
        return {**rest, **named, "type": "I"}
    if isinstance(kind, str) and (kind in _OF_KIND or (kind == "scheme" and isinstance(name, str))):
        type_, text = _tie(kind, name)
        rest.pop("name", None)
        kept = {
            **({"name": name} if name != text and "name" in node else {}),
            **({"kind": kind} if kind != _kind(type_, name) else {}),
        }
        return {**rest, **named, "type": type_, "text": text, **kept}
    return {**{k: v for k, v in node.items() if k != "id"}, **named}


def _tie(kind: Any, name: Any) -> tuple[str, str]:
    """Return AIF's type and text of a node that connects atoms.

    >>> _tie("scheme", "Argument From Sign"), _tie("scheme", "Default Conflict"), _tie("conflict", "disagree")
    (('RA', 'Argument From Sign'), ('CA', 'conflict'), ('CA', 'conflict'))
    """
    name = name if isinstance(name, str) else ""
    words = [word for word in re.findall(r"[^\W\d_]+", name[:100].casefold()) if word != "default"]
    type_ = _OF_KIND.get(kind) if isinstance(kind, str) else None
    if type_ is None:
        type_ = _OF_WORD.get(words[0], "RA") if words and scheme_named(name) is None else "RA"
    if type_ == "PA":
        return type_, name
    plain = type_ != "RA" or not name.strip() or " ".join(words) in _PLAIN_SUPPORT
    return type_, STYLE.defaults[TYPE_OF[type_]] if plain else name


def _kind(type_: str, name: Any) -> str:
    """Return the usual type of a scheme; it tells a scheme called "conflict of interest" from a conflict."""
    return "inference" if type_ == "RA" and _tie("scheme", name)[0] != "RA" else "scheme"


def _entries(atom: Json) -> list[Any]:
    entries = atom.get("sources") or []
    return entries if isinstance(entries, list) else [entries]


def _counts(atoms: list[Json], texts: dict[str, tuple[str, Quoter]], irregular: Irregular) -> dict[str, Count]:
    """Find out how the offsets in each resource are counted."""
    given: dict[str, list[tuple[list[tuple[int, int]], str]]] = {key: [] for key in texts}
    for entry in (as_dict(entry) for atom in atoms for entry in _entries(atom)):
        start, length, words = entry.get("offset"), entry.get("length"), entry.get("text")
        if type(start) is int and isinstance(words, str) and str(entry.get("resource_id")) in given:
            end = start + (length if type(length) is int else len(words))
            given[str(entry["resource_id"])].append(([(start, end)], words))
    counts = {key: settled_count(texts[key][1].text, places) for key, places in given.items()}
    for key, count in counts.items():
        irregular.add_each(count.findings, ("resources", key))
    return counts


def _quotes(
    atom: Json, texts: dict[str, tuple[str, Quoter]], counts: dict[str, Count], irregular: Irregular
) -> list[Json]:
    """Return the quotes of an atom; sources that lead nowhere stay with it."""
    quotes, astray = [], []
    entries = _entries(atom)
    atom.pop("sources", None)
    at = ("nodes", str(atom.get("nodeID")))
    for entry in entries:
        key = str(entry.get("resource_id")) if isinstance(entry, dict) else ""
        found = texts.get(key)
        place = _place(entry, found[1].text, counts[key]) if found else None
        quote = found[1].trimmed(*place, None if len(texts) == 1 else found[0]) if found and place else None
        if quote is None or place is None:
            irregular.add("odd-source", "a source of this atom is not found in its resource.", at)
            astray.append(entry)
            continue
        quotes.append(quote.model_dump(exclude_defaults=True))
        if counts[key].start(entry.get("offset")) != place[0]:
            message = f"a source of this atom stands at {place[0]}, not at its offset {entry.get('offset')}."
            irregular.add("odd-offset", message, at)
    if astray:
        atom["sources"] = astray
    return quotes


def _place(entry: Json, text: str, count: Count) -> tuple[int, int] | None:
    """Find the words of a source: at its offset, or else their first place; `None` without one."""
    start, words = count.start(entry.get("offset")), entry.get("text")
    if not isinstance(words, str) or not words:
        return None
    if start is None or start < 0 or text[start : start + len(words)] != words:
        start = text.find(words)
    return None if start < 0 else (start, start + len(words))


def write(map_: Map) -> str:
    """Write the map as one document."""
    kept = kept_of(map_, "sadface")
    writer = AifWriter(map_, STYLE)
    claim_of = {str(node_id): key for key, node_id in writer.node_ids.items() if key in map_.claims}
    resource_ids = {key: kept_of(source, "sadface").get("id", key) for key, source in map_.sources.items()}
    quoted: dict[str, list[Json]] = {}
    for claim_id, stretches in places(map_, map_.sources).items():
        for key, start, end in stretches:
            place = {"text": (map_.sources[key].text or "")[start:end], "offset": start, "length": end - start}
            quoted.setdefault(claim_id, []).append({"resource_id": resource_ids[key], **place})
    metadata = kept.get("metadata", _METADATA)
    said = {"title": map_.title, "notes": map_.note, "claim": writer.node_ids.get(map_.only_thesis or "")}
    if said := {key: value for key, value in said.items() if value is not None}:
        metadata = {**as_dict(metadata), "core": {**own(as_dict(metadata), "core"), **said}}
    data = {
        "metadata": metadata,
        "resources": [
            {"id": key, "content": source.text, "type": "text", "metadata": {}, **kept_of(source, "sadface")}
            for key, source in map_.sources.items()
        ],
        "nodes": [_node(node, quoted.get(claim_of.get(str(node.get("nodeID")), ""), [])) for node in writer.nodes],
        "edges": [renamed(edge, {aif: ours for ours, aif in _EDGE_KEYS.items()}) for edge in writer.edges],
        **own(kept, "keys"),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _node(node: Json, quoted: list[Json]) -> Json:
    node = dict(node)
    named = {"id": node.pop("nodeID")} if "nodeID" in node else {}
    type_ = node.pop("type", None)
    if type_ == "I":
        sources = quoted + as_list(node.pop("sources", None))
        return {**named, "type": "atom", "text": node.pop("text", None), "sources": sources, "metadata": {}, **node}
    if isinstance(type_, str) and (type_ in TYPE_OF or type_ == "PA"):
        text = node.pop("text", None)
        name = node.pop("name", text)
        kind = node.pop("kind", _kind(type_, name))
        return {**named, "type": kind, "name": name, "metadata": {}, **node}
    return {**named, "type": type_, **node}


def carried(map_: Map, original: Map) -> Map:
    """Return the map as AIF holds it, with sources that have a text, quotes found in them, thesis and note."""
    texts = {key: key for key, source in original.sources.items() if source.text is not None}
    map_ = settled(tied_up(map_), original, texts)
    thesis = original.thesis if original.thesis in map_.claims else None
    relations = tuple(map(_as_named, map_.relations))
    return map_.model_copy(update={"relations": relations, "thesis": thesis, "note": original.note})


def _as_named(relation: Any) -> Any:
    """Return a relation without a scheme that has no name, and without a kept name that no longer fits."""
    kept = kept_of(relation, "sadface")
    kind = kept.get("kind", "scheme")

    def fits(name: Any) -> bool:
        type_, text = _tie(kind, name)
        return type_ == NODE_OF[relation.type] and scheme_of({"text": text}, STYLE) == relation.scheme

    changes: Json = {}
    if relation.scheme is not None and scheme_of({"text": _tie("inference", relation.scheme)[1]}, STYLE) is None:
        changes["scheme"] = None
    if stale := {key for key in ("name", "text") if key in kept and not fits(kept[key])}:
        changes["extra"] = {**relation.extra, "sadface": {k: v for k, v in kept.items() if k not in stale}}
    return relation.model_copy(update=changes) if changes else relation
