"""Read OVA's old JSON by turning it into the xAIF that says the same. Described in ova.md."""

from __future__ import annotations

import re
from typing import Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.aif import speakers, xaif
from argmap.formats.aif.vocabulary import Json, key_of, objects, renamed
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import Irregular, as_dict, drop_empty, own, validated

_ANY, _DATE = re.compile(""), re.compile(r"\d{4}(-\d\d){0,2}\Z")
_DETAILS = {"documentTitle": ("title", _ANY), "documentSource": ("url", _ANY), "documentDate": ("published", _DATE)}
_KEYS = {"nodes", "edges", "participants", "locutions", "analysis"}
_DRAWN = ("x", "y", "w", "h", "color", "visible", "timestamp")
"""Place and size of a drawn node."""
_MAJOR = ("majorClaim", "major_claim")
_UNSAID = (("visible", True), ("marked", False), *((key, False) for key in _MAJOR))
"""Fields that OVA writes on every node."""


def read(content: Content, *, keep_dialogue: bool = False) -> Reading:
    """Read a map; `keep_dialogue` keeps L-, YA- and TA-nodes, to be written as xAIF."""
    data = content.json()
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), list):
        raise ArgmapError(Finding("invalid", "error", "not an analysis of OVA: it has no nodes.", Place(content.name)))
    irregular = Irregular(content.name)
    analysis = own(data, "analysis")
    text = analysis.get("txt") or analysis.get("plain_txt") or ""
    fields = xaif.fields_of({**_as_xaif(data), "text": text}, irregular, keep_dialogue=keep_dialogue)
    marked = (str(_id_of(node)) for node in objects(data, "nodes") if any(node.get(key) for key in _MAJOR))
    fields["thesis"] = next((claim_id for claim_id in marked if claim_id in fields["claims"]), None)
    for claim_or_relation in (*fields["claims"].values(), *fields["relations"]):
        kept = own(as_dict(claim_or_relation.get("extra")), "aif")
        if isinstance(kept.get("comment"), str):
            claim_or_relation["note"] = kept.pop("comment")
    for key in _MAJOR:
        own(as_dict(fields["claims"].get(fields["thesis"], {}).get("extra")), "aif").pop(key, None)
    left = drop_empty(analysis)
    if source := fields["sources"].get(xaif.SOURCE):
        known = [
            key for key, fits in _DETAILS.items() if isinstance(value := left.get(key), str) and fits[1].match(value)
        ]
        source |= {_DETAILS[key][0]: left.pop(key) for key in known}
        left.pop("txt", None)
        if " ".join(str(left.get("plain_txt", "")).split()) == " ".join(source["text"].split()):
            left.pop("plain_txt", None)
    if kept := drop_empty({"analysis": left, "keys": {k: v for k, v in data.items() if k not in _KEYS}}):
        fields["extra"]["ova"] = kept
    return Reading(validated(fields, content.name), irregular.findings)


def _as_xaif(data: Json) -> Json:
    """Return the nodes, edges and people as xAIF has them."""
    people = [renamed(person, {"id": "participantID"}) for person in objects(data, "participants")]
    known, said = speakers.names_in(people), objects(data, "locutions")
    listed = {key_of(item.get("nodeID")) for item in said}
    said += [
        {"nodeID": _id_of(node), "personID": node.get("participantID")}
        for node in objects(data, "nodes")
        if _is_said(node, known) and key_of(_id_of(node)) not in listed
    ]
    nodes = [_node(node, known) if isinstance(node, dict) else node for node in data["nodes"]]
    edges = data.get("edges")
    if isinstance(edges, list):
        edges = [_edge(edge) if isinstance(edge, dict) else edge for edge in edges]
    return {"AIF": {"nodes": nodes, "edges": edges, "participants": people, "locutions": said}}


def _is_said(node: Json, known: dict[str, str]) -> bool:
    """Return whether a node is a locution of somebody known."""
    return node.get("type") == "L" and key_of(node.get("participantID")) in known


def _id_of(node: Json) -> Any:
    return node.get("id", node.get("nodeID"))


def _edge(edge: Json) -> Json:
    """Return an edge in AIF's words; each end may be a copy of its node."""
    start, end = edge.get("from", edge.get("fromID")), edge.get("to", edge.get("toID"))
    ids = [_id_of(each) if isinstance(each, dict) else each for each in (start, end)]
    more = {key: value for key, value in drop_empty(edge).items() if key not in ("from", "to", "visible")}
    return {**more, "fromID": ids[0], "toID": ids[1]}


def _node(node: Json, known: dict[str, str]) -> Json:
    """Return a node in AIF's words, its scheme by number, without what is drawn."""
    drawn = _DRAWN if "x" in node else ()
    more = {k: v for k, v in drop_empty(node).items() if k not in ("id", *drawn) and (k, v) not in _UNSAID}
    if _is_said(node, known) or (key_of(more.get("participantID")) == "0" and "0" not in known):
        more.pop("participantID", None)
    number = more.get("scheme")
    if isinstance(number, int | str) and str(number).isdigit():
        del more["scheme"]
        if int(number):
            more["schemeID"] = str(number)
    return {**more, "nodeID": _id_of(node), "text": node.get("text"), "type": node.get("type")}
