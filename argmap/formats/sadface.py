"""SADFace, the Simple Argument Description Format: atoms and schemes, joined by edges, quoting resources.

    {"metadata": {"core": {"title": "…", "analyst_name": "…", …}},
     "resources": [{"id": "r", "content": "the whole text", "type": "text", "metadata": {}}],
     "nodes": [{"id": "a", "type": "atom", "text": "…", "sources": [{"resource_id": "r", "text": "…", "offset": 0,
                "length": 9}], "metadata": {}},
               {"id": "s", "type": "scheme", "name": "support", "metadata": {}}],
     "edges": [{"id": "e", "source_id": "a", "target_id": "s"}]}

It is AIF in other words (atom: I-node; scheme: S-node, whose name is `support`, `conflict` or that of an
argumentation scheme), so it goes through those; resources become sources, and what atoms quote of them quotes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from argmap.finding import ArgmapError, Finding, Place
from argmap.formats.aif_read import AifGraph, listed
from argmap.formats.aif_terms import NODE_OF, Json, Style, kept_of, tied_up
from argmap.formats.aif_write import AifWriter
from argmap.formats.format import Reading
from argmap.formats.kit import Ids, Irregular, map_id, validated
from argmap.formats.quoting import Quoter, places, settled
from argmap.model import Quote

if TYPE_CHECKING:
    from argmap.formats.format import Content
    from argmap.model import Map

_SUFFIXES = (".json", ".sadface.json", ".sadface")
STYLE = Style(
    "sadface",
    {},
    {"support": "support", "attack": "conflict", "rephrase": "rephrase"},
    scheme_numbers=False,
    scheme_names=False,
    numbers=False,
)
_TYPES = {"conflict": "CA", "attack": "CA", "default conflict": "CA", "rephrase": "MA", "preference": "PA"}
_METADATA = {"core": {"version": "0.2"}}


def read(content: Content) -> Reading:
    """The map."""
    data = content.json()
    if not isinstance(data, dict) or "nodes" not in data:
        raise ArgmapError(Finding("invalid", "error", "not SADFace: it has no nodes.", Place(content.name)))
    irregular = Irregular(content.name)
    nodes, edges = listed(data, "nodes", irregular), listed(data, "edges", irregular)
    sources, texts = _sources(listed(data, "resources", irregular), irregular)
    aif = {"nodes": [_aif_node(node) for node in nodes], "edges": [_aif_edge(edge) for edge in edges]}
    quotes = {id: _quotes(node, texts, irregular) for id, node in _atoms(aif["nodes"])}
    graph = AifGraph(aif, STYLE, irregular)
    for key, quoted in quotes.items():
        if quoted and graph.words.get(key) in graph.claims:
            graph.claims[graph.words[key]]["quotes"] = quoted
    fields: Json = {"claims": graph.claims, "relations": graph.relations(), "sources": sources}
    aside = graph.aside(keep_dialogue=True)
    metadata = data.get("metadata")
    core = metadata.get("core") if isinstance(metadata, dict) else None
    if isinstance(metadata, dict) and isinstance(core, dict) and isinstance(core.get("title"), str):
        fields["title"] = core["title"]
        metadata = {**metadata, "core": {key: value for key, value in core.items() if key != "title"}}
    if metadata != _METADATA:
        aside["metadata"] = metadata
    if keys := {k: v for k, v in data.items() if k not in ("nodes", "edges", "resources", "metadata")}:
        aside["keys"] = keys
    if aside:
        fields["extra"] = {"sadface": aside}
    return Reading(validated({"id": map_id(content.name, _SUFFIXES), **fields}, content.name), irregular.findings)


def _sources(resources: list[Any], irregular: Irregular) -> tuple[Json, dict[str, tuple[str, Quoter]]]:
    """The resources as sources; and of each resource, by its id, the source's id and its text."""
    ids, sources, texts = Ids(), dict[str, Json](), dict[str, tuple[str, Quoter]]()
    for n, resource in enumerate(resources):
        text = resource.get("content") if isinstance(resource, dict) else None
        if not isinstance(text, str):
            irregular.add("odd-resource", "this resource has no content and is left out.", ("resources", n))
            continue
        key = str(resource.get("id"))
        id = ids.new(key, "source")
        kept = {
            k: v
            for k, v in resource.items()
            if k != "content" and (k, v) not in _PLAIN_RESOURCE and (k, v) != ("id", id)
        }
        sources[id] = {"text": text, "extra": {"sadface": kept}} if kept else {"text": text}
        texts.setdefault(key, (id, Quoter(text)))
    return sources, texts


_PLAIN_RESOURCE: tuple[tuple[str, Any], ...] = (("type", "text"), ("metadata", {}))


def _aif_node(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    rest = {k: v for k, v in node.items() if k not in ("id", "type") and not (k in ("metadata", "sources") and not v)}
    named = {"nodeID": node["id"]} if "id" in node else {}
    if node.get("type") == "atom":
        return {**rest, **named, "type": "I"}
    name = node.get("name")
    if node.get("type") == "scheme" and isinstance(name, str):
        key = name.casefold()
        type_ = _TYPES.get(key, "RA")
        plain = {"RA": name, "CA": "conflict", "MA": "rephrase", "PA": name}[type_]
        if key == "support":
            plain = "support"
        rest.pop("name")
        return {**rest, **named, "type": type_, "text": plain, **({"name": name} if name != plain else {})}
    return {**rest, **named, "type": node.get("type")}


def _aif_edge(edge: Any) -> Any:
    if not isinstance(edge, dict):
        return edge
    names = {"id": "edgeID", "source_id": "fromID", "target_id": "toID"}
    return {names.get(key, key): value for key, value in edge.items()}


def _atoms(nodes: list[Any]) -> list[tuple[str, Json]]:
    return [
        (str(node.get("nodeID")), node) for node in reversed(nodes) if isinstance(node, dict) and node["type"] == "I"
    ]


def _quotes(atom: Json, texts: dict[str, tuple[str, Quoter]], irregular: Irregular) -> list[Json]:
    """The quotes of an atom; sources that lead nowhere stay with it."""
    quotes, astray = [], []
    entries = atom.pop("sources", None) or []
    for entry in entries if isinstance(entries, list) else [entries]:
        quote = None
        if isinstance(entry, dict) and (found := texts.get(str(entry.get("resource_id")))):
            quote = _quote(entry, *found, only=len(texts) == 1)
        if quote is not None:
            quotes.append(quote.model_dump(exclude_defaults=True))
            continue
        irregular.add(
            "odd-source", "a source of this atom is not found in its resource.", ("nodes", str(atom.get("nodeID")))
        )
        astray.append(entry)
    if astray:
        atom["sources"] = astray
    return quotes


def _quote(entry: Json, id: str, quoter: Quoter, *, only: bool) -> Quote | None:
    text = quoter.text
    start, length, words = entry.get("offset"), entry.get("length"), entry.get("text")
    if not isinstance(words, str) or not words:
        return None
    if not isinstance(start, int) or text[start : start + len(words)] != words:
        start = text.find(words)
    if start < 0:
        return None
    length = length if isinstance(length, int) and length > 0 else len(words)
    return quoter.trimmed(start, start + min(length, len(words)), None if only else id)


def write(m: Map) -> str:
    """The map as one document."""
    kept = kept_of(m, "sadface")
    writer = AifWriter(m, STYLE)
    quoted = places(m, m.sources)
    words = {str(node_id): id for id, node_id in writer.node_ids.items() if id in m.claims}
    resource_ids = {id: kept_of(source, "sadface").get("id", id) for id, source in m.sources.items()}
    sources = {
        id: [
            {
                "resource_id": resource_ids[source],
                "text": (m.sources[source].text or "")[start:end],
                "offset": start,
                "length": end - start,
            }
            for source, start, end in stretches
        ]
        for id, stretches in quoted.items()
    }
    metadata, keys = kept.get("metadata", _METADATA), kept.get("keys")
    if m.title is not None:
        metadata = metadata if isinstance(metadata, dict) else {}
        core = metadata.get("core")
        metadata = {**metadata, "core": {**(core if isinstance(core, dict) else {}), "title": m.title}}
    data = {
        "metadata": metadata,
        "resources": [
            {"id": id, "content": source.text, "type": "text", "metadata": {}, **kept_of(source, "sadface")}
            for id, source in m.sources.items()
        ],
        "nodes": [_node(node, sources.get(words.get(str(node.get("nodeID")), ""), [])) for node in writer.nodes],
        "edges": [_edge(edge) for edge in writer.edges],
        **(keys if isinstance(keys, dict) else {}),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _node(node: Json, sources: list[Json]) -> Json:
    """The node in SADFace's words."""
    node = dict(node)
    named = {"id": node.pop("nodeID")} if "nodeID" in node else {}
    type_ = node.pop("type", None)
    if type_ == "I":
        astray = node.pop("sources", None)
        both = sources + (astray if isinstance(astray, list) else [])
        return {**named, "type": "atom", "text": node.pop("text", None), "sources": both, "metadata": {}, **node}
    if type_ in NODE_OF.values() or type_ == "PA":
        text = node.pop("text", None)
        return {**named, "type": "scheme", "name": node.pop("name", text), "metadata": {}, **node}
    return {**named, "type": type_, **node}


def _edge(edge: Json) -> Json:
    names = {"edgeID": "id", "fromID": "source_id", "toID": "target_id"}
    return {names.get(key, key): value for key, value in edge.items()}


def carried(m: Map, whole: Map) -> Map:
    """As in AIF, with the sources that have a text, and the quotes found in them."""
    return settled(tied_up(m), whole, {id: id for id, source in whole.sources.items() if source.text is not None})
