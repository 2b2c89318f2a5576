r"""OVA's own JSON, from before it saved xAIF: nodes with their place on the screen, and the analysed text.

    {"nodes": [{"id": 1, "text": "…", "type": "I", "participantID": 0, "x": 10, "y": 20}, …],
     "edges": [{"from": {"id": 1}, "to": {"id": 2}}, …],
     "participants": [{"id": 0, "firstname": "Jane", "surname": "Doe"}],
     "analysis": {"txt": "… <span id=\"node1\">…</span>", "documentTitle": "…", "documentSource": "…"}}

It says the same as xAIF in other words, so it is put into those and read as xAIF. It is only read: OVA3 opens xAIF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argmap.finding import ArgmapError, Finding, Place
from argmap.formats import xaif
from argmap.formats.format import Reading
from argmap.model import replace

if TYPE_CHECKING:
    from argmap.formats.format import Content

Json = dict[str, Any]


def read(content: Content) -> Reading:
    """The map."""
    data = content.json()
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), list):
        raise ArgmapError(Finding("invalid", "error", "not an analysis of OVA: it has no nodes.", Place(content.name)))
    analysis = data.get("analysis")
    analysis = analysis if isinstance(analysis, dict) else {}
    nodes, edges = _objects(data, "nodes"), _objects(data, "edges")
    aif = {
        "nodes": [_node(node) for node in nodes],
        "edges": [
            {"edgeID": n, "fromID": _id(edge.get("from")), "toID": _id(edge.get("to"))}
            for n, edge in enumerate(edges, 1)
        ],
        "participants": [{**person, "participantID": person.get("id")} for person in _objects(data, "participants")],
        "locutions": [{"nodeID": node.get("id"), "personID": node.get("participantID")} for node in nodes],
    }
    text = analysis.get("txt") or analysis.get("plain_txt") or ""
    reading = xaif.from_data({"AIF": aif, "text": text}, content.name)
    m = reading.map.model_copy(update={"extra": type(reading.map.extra)()})
    if thesis := _thesis(m.claims, nodes):
        m = m.model_copy(update={"thesis": thesis})
    if xaif.SOURCE in m.sources:
        details = {"title": analysis.get("documentTitle"), "url": analysis.get("documentSource")}
        said = {key: value for key, value in details.items() if isinstance(value, str) and value}
        m = m.model_copy(update={"sources": type(m.sources)({xaif.SOURCE: replace(m.sources[xaif.SOURCE], **said)})})
    return Reading(m, reading.findings)


def _objects(data: Json, key: str) -> list[Json]:
    value = data.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _id(end: Any) -> Any:
    """An edge's end is a copy of the node, or only its id."""
    return end.get("id") if isinstance(end, dict) else end


def _node(node: Json) -> Json:
    """The node in AIF's words, without where it is drawn."""
    return {"nodeID": node.get("id"), "text": node.get("text"), "type": node.get("type")}


def _thesis(claims: Any, nodes: list[Json]) -> str | None:
    marked = (str(node.get("id")) for node in nodes if node.get("majorClaim") or node.get("major_claim"))
    return next((id for id in marked if id in claims), None)
