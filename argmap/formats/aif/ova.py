r"""OVA's own JSON, from before it saved xAIF: nodes with their place on the screen, and the analysed text.

    {"nodes": [{"id": 1, "text": "…", "type": "I", "participantID": 0, "x": 10, "y": 20}, …],
     "edges": [{"from": {"id": 1}, "to": {"id": 2}}, …],
     "participants": [{"id": 0, "firstname": "Jane", "surname": "Doe"}],
     "analysis": {"txt": "… <span id=\"node1\">…</span>", "documentTitle": "…", "documentSource": "…"}}

Files from between the two, with the keys of AIF (`nodeID`, `fromID`, `toID`) and an `analysis` all the same, are read too.
It says the same as xAIF in other words, and is read as that is (`argmap formats xaif`); beyond it, the node marked as
the major claim becomes the thesis, a comment on a node the note of its claim or relation, and title, address and date of the
document are the source's. Who annotated a node and when, what it is worth and whatever else nodes and analysis say is
kept under `extra` as `ova`; where things are drawn is kept as that of xAIF is. It is only read: write xAIF, which OVA3 opens.

Source: the files that OVA saved.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.aif import dialogue, xaif
from argmap.formats.aif.vocabulary import TYPE_OF, Json, key_of, objects
from argmap.formats.common.format import Reading
from argmap.formats.common.reader_support import drop_empty, own
from argmap.model import FrozenDict, replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argmap.formats.common.format import Content
    from argmap.model import Map

NAME = "ova"
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_KEYS = {"nodes", "edges", "participants", "locutions", "analysis"}
_OF_NODES = {"id", "nodeID", "text", "type"}
_OF_EDGES = {"edgeID", "from", "to", "fromID", "toID", "visible"}
_DRAWN = ("x", "y", "w", "h", "color", "visible", "timestamp")
"""Where and how a node is drawn."""
_MAJOR = ("majorClaim", "major_claim")
_UNSAID = (("visible", True), ("marked", False), *((key, False) for key in _MAJOR))
"""What a node says that nobody has said anything of."""


def read(content: Content, *, keep_dialogue: bool = False) -> Reading:
    """The map; `keep_dialogue` keeps L-, YA- and TA-nodes, to be written as xAIF."""
    data = content.json()
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), list):
        raise ArgmapError(Finding("invalid", "error", "not an analysis of OVA: it has no nodes.", Place(content.name)))
    analysis = own(data, "analysis")
    people = [_person(person) for person in objects(data, "participants")]
    text = analysis.get("txt") or analysis.get("plain_txt") or ""
    xaif_data = {"AIF": _aif(data, people), "text": text, **_layout(data)}
    reading = xaif.from_data(xaif_data, content.name, keep_dialogue=keep_dialogue)
    m, thesis = reading.map, _thesis(reading.map.claims, objects(data, "nodes"))
    m = m.model_copy(
        update={
            "thesis": thesis,
            "claims": FrozenDict({id: _told(claim, is_thesis=id == thesis) for id, claim in m.claims.items()}),
            "relations": tuple(map(_told, m.relations)),
        }
    )
    return Reading(_with_details(m, data, analysis), reading.findings)


def _aif(data: Json, people: list[Json]) -> Json:
    """The nodes, edges and people in AIF's words."""
    known, edges = dialogue.names_in(people), data.get("edges")
    if isinstance(edges, list):
        edges = [_ends(edge, n) if isinstance(edge, dict) else edge for n, edge in enumerate(edges, 1)]
    said = objects(data, "locutions")
    listed = {key_of(item.get("nodeID")) for item in said}
    return {
        "nodes": [_node(node, known) if isinstance(node, dict) else node for node in data["nodes"]],
        "edges": edges,
        "participants": people,
        "locutions": said
        + [
            {"nodeID": _own_id(node), "personID": node.get("participantID")}
            for node in objects(data, "nodes")
            if _is_said(node, known) and key_of(_own_id(node)) not in listed
        ],
    }


def _is_said(node: Json, known: Mapping[str, str]) -> bool:
    """Whether a node is a locution of somebody known."""
    return node.get("type") == "L" and key_of(node.get("participantID")) in known


def _layout(data: Json) -> Json:
    """Where things are drawn, and what else edges say, as xAIF has it; nothing where nothing is drawn."""
    nodes = [_drawn(node) for node in objects(data, "nodes") if "x" in node]
    edges = [_drawn_edge(edge) for edge in objects(data, "edges")]
    says = nodes or any(edge.keys() > {"fromID", "toID", "visible"} for edge in edges)
    return {"OVA": {"nodes": nodes, "edges": edges}} if says else {}


def _own_id(node: Json) -> Any:
    return node.get("id", node.get("nodeID"))


def _ends(edge: Json, n: int) -> Json:
    """The n-th edge in AIF's words; each end may be a copy of its node."""
    start, end = edge.get("from", edge.get("fromID")), edge.get("to", edge.get("toID"))
    ids = [_own_id(each) if isinstance(each, dict) else each for each in (start, end)]
    return {"edgeID": n, "fromID": ids[0], "toID": ids[1]}


def _drawn_edge(edge: Json) -> Json:
    """Whether the edge is drawn, and what else it says, as xAIF has it."""
    ends = {key: id for key, id in _ends(edge, 0).items() if key != "edgeID"}
    more = {key: value for key, value in drop_empty(edge).items() if key not in _OF_EDGES}
    return {**ends, "visible": edge.get("visible", True), **more}


def _node(node: Json, known: Mapping[str, str]) -> Json:
    """The node in AIF's words, its scheme by number; what else it says stands apart, of a claim or relation under our name."""
    more = {key: value for key, value in drop_empty(node).items() if key not in _OF_NODES}
    for key in _DRAWN if "x" in node else ():
        more.pop(key, None)
    for key, unsaid in _UNSAID:
        if more.get(key) is unsaid:
            del more[key]
    if _is_said(node, known) or (key_of(more.get("participantID")) == "0" and "0" not in known):
        more.pop("participantID", None)
    scheme = {}
    if isinstance(number := more.get("scheme"), int | str) and not isinstance(number, bool):
        del more["scheme"]
        if not str(number).isdigit():
            scheme = {"scheme": number}
        elif int(number):
            scheme = {"schemeID": str(number)}
    kept = {NAME: more} if more and node.get("type") in ("I", *TYPE_OF) else more
    return {"nodeID": _own_id(node), "text": node.get("text"), "type": node.get("type"), **scheme, **kept}


def _drawn(node: Json) -> Json:
    """Where the node is drawn, as xAIF has it."""
    seen = {"visible": True, "x": None, "y": None, "timestamp": ""}
    return {"nodeID": _own_id(node), **seen, **{key: node[key] for key in _DRAWN if key in node}}


def _person(person: Json) -> Json:
    known = {key: value for key, value in person.items() if key != "id"}
    return {"participantID": person.get("participantID", person.get("id")), **known}


def _told(value: Any, *, is_thesis: bool = False) -> Any:
    """A claim or relation with what its node says beyond AIF: a comment as its note, the rest under our own name."""
    kept = own(value.extra, "aif")
    if NAME not in kept:
        return value
    more = {key: item for key, item in kept[NAME].items() if not (is_thesis and key in _MAJOR)}
    note = more.pop("comment") if isinstance(more.get("comment"), str) else None
    aif = {key: item for key, item in kept.items() if key != NAME}
    extra = {**value.extra, "aif": aif, NAME: more}
    return value.model_copy(update={"note": note, "extra": FrozenDict(drop_empty(extra))})


def _with_details(m: Map, data: Json, analysis: Json) -> Map:
    """The map with what is known of the text in its source, and what else the file says under our own name."""
    left = drop_empty(analysis)
    if xaif.SOURCE in m.sources:
        source, said = m.sources[xaif.SOURCE], _details(analysis)
        m = m.model_copy(update={"sources": FrozenDict({xaif.SOURCE: replace(source, **said)})})
        left = {key: value for key, value in left.items() if key != "txt" and _DETAILS.get(key) not in said}
        if " ".join(str(left.get("plain_txt", "")).split()) == " ".join((source.text or "").split()):
            left.pop("plain_txt", None)
    kept = drop_empty({"analysis": left, "keys": {key: value for key, value in data.items() if key not in _KEYS}})
    return m.model_copy(update={"extra": FrozenDict({**m.extra, NAME: kept})}) if kept else m


_DETAILS = {"documentTitle": "title", "documentSource": "url", "documentDate": "published"}


def _details(analysis: Json) -> Json:
    """What is known of the text."""
    said = {field: analysis.get(key) for key, field in _DETAILS.items()}
    said = {field: value for field, value in said.items() if isinstance(value, str) and value}
    if not _DATE.fullmatch(str(said.get("published", ""))):
        said.pop("published", None)
    return said


def _thesis(claims: Any, nodes: list[Json]) -> str | None:
    marked = (str(_own_id(node)) for node in nodes if any(node.get(key) for key in _MAJOR))
    return next((id for id in marked if id in claims), None)
