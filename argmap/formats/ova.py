r"""OVA's own JSON, from before it saved xAIF: nodes with their place on the screen, and the analysed text.

    {"nodes": [{"id": 1, "text": "…", "type": "I", "participantID": 0, "x": 10, "y": 20}, …],
     "edges": [{"from": {"id": 1}, "to": {"id": 2}}, …],
     "participants": [{"id": 0, "firstname": "Jane", "surname": "Doe"}],
     "analysis": {"txt": "… <span id=\"node1\">…</span>", "documentTitle": "…", "documentSource": "…"}}

Files from between the two, with the keys of AIF (`nodeID`, `fromID`, `toID`) and an `analysis` all the same, are read too.
It says the same as xAIF in other words, and is read as that is (`argmap formats xaif`); beyond it, the node marked as
the major claim becomes the thesis, and title, address and date of the document are the source's. It is only read: write
xAIF, which OVA3 opens.

Source: the files that OVA saved.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from argmap.finding import ArgmapError, Finding, Place
from argmap.formats import aif_speech, xaif
from argmap.formats.aif_terms import Json, key_of, objects
from argmap.formats.format import Reading
from argmap.formats.kit import own
from argmap.model import replace

if TYPE_CHECKING:
    from argmap.formats.format import Content

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


def read(content: Content, *, keep_dialogue: bool = False) -> Reading:
    """The map; `keep_dialogue` keeps L-, YA- and TA-nodes, to be written as xAIF."""
    data = content.json()
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), list):
        raise ArgmapError(Finding("invalid", "error", "not an analysis of OVA: it has no nodes.", Place(content.name)))
    analysis = own(data, "analysis")
    nodes, edges = objects(data, "nodes"), [_edge(edge) for edge in objects(data, "edges")]
    people = [_person(person) for person in objects(data, "participants")]
    known = aif_speech.names_in(people)
    aif = {
        "nodes": [_node(node) for node in nodes],
        "edges": [{"edgeID": n, "fromID": edge["fromID"], "toID": edge["toID"]} for n, edge in enumerate(edges, 1)],
        "participants": people,
        "locutions": [
            {"nodeID": _own_id(node), "personID": node.get("participantID")}
            for node in nodes
            if node.get("type") == "L" and key_of(node.get("participantID")) in known
        ],
    }
    ova = {"nodes": [_drawn(node) for node in nodes if "x" in node], "edges": edges}
    text = analysis.get("txt") or analysis.get("plain_txt") or ""
    reading = xaif.from_data(
        {"AIF": aif, "text": text, **({"OVA": ova} if ova["nodes"] else {})}, content.name, keep_dialogue=keep_dialogue
    )
    m = reading.map
    if thesis := _thesis(m.claims, nodes):
        m = m.model_copy(update={"thesis": thesis})
    if xaif.SOURCE in m.sources and (said := _details(analysis)):
        m = m.model_copy(update={"sources": type(m.sources)({xaif.SOURCE: replace(m.sources[xaif.SOURCE], **said)})})
    return Reading(m, reading.findings)


def _own_id(node: Json) -> Any:
    return node.get("id", node.get("nodeID"))


def _edge(edge: Json) -> Json:
    """The ends, each of which may be a copy of its node, and whether the edge is drawn."""
    start, end = edge.get("from", edge.get("fromID")), edge.get("to", edge.get("toID"))
    ends = [_own_id(each) if isinstance(each, dict) else each for each in (start, end)]
    return {"fromID": ends[0], "toID": ends[1], "visible": edge.get("visible", True)}


def _node(node: Json) -> Json:
    """The node in AIF's words, its scheme by number; where it is drawn stands apart."""
    number = node.get("scheme")
    scheme = (
        {"schemeID": str(number)} if isinstance(number, int | str) and str(number).isdigit() and int(number) else {}
    )
    return {"nodeID": _own_id(node), "text": node.get("text"), "type": node.get("type"), **scheme}


def _drawn(node: Json) -> Json:
    """Where the node is drawn, as xAIF has it."""
    seen = {"visible": node.get("visible", True), "x": node["x"], "y": node.get("y")}
    return {"nodeID": _own_id(node), **seen, "timestamp": node.get("timestamp", "")}


def _person(person: Json) -> Json:
    known = {key: value for key, value in person.items() if key != "id"}
    return {"participantID": person.get("participantID", person.get("id")), **known}


def _details(analysis: Json) -> Json:
    """What is known of the text."""
    details = {"title": analysis.get("documentTitle"), "url": analysis.get("documentSource")}
    said = {key: value for key, value in details.items() if isinstance(value, str) and value}
    if isinstance(date := analysis.get("documentDate"), str) and _DATE.fullmatch(date):
        said["published"] = date
    return said


def _thesis(claims: Any, nodes: list[Json]) -> str | None:
    marked = (str(_own_id(node)) for node in nodes if node.get("majorClaim") or node.get("major_claim"))
    return next((id for id in marked if id in claims), None)
