"""JSON Canvas, the whiteboard of Obsidian: cards with their places, and arrows between them.

    {"nodes": [{"id": "rust", "type": "text", "text": "It rusts.", "x": 0, "y": 240, "width": 260, "height": 100},
               {"id": "close", "type": "text", "text": "Close it.", "x": 0, "y": 0, "width": 260, "height": 100}],
     "edges": [{"id": "e1", "fromNode": "rust", "fromSide": "top", "toNode": "close", "toSide": "bottom",
                "label": "supports", "color": "4"}]}

A card with text is a claim. An arrow is the relation that its label names (supports, con, because, is attacked by, …); an
arrow without a label, or with one that names no relation known, is a support, with a finding. Groups, files and links
are not claims: they are kept, with the arrows to them, and a finding counts them. Places, sides, colours and ids are kept
and written back.

Written are claims and the relations between two claims, each premise with an arrow of its own. Claims without a place
are put below the rest, the reasons under what they are for.

Source: JSON Canvas 1.0, jsoncanvas.org.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.formats.common.format import Content, Format, Reading
from argmap.formats.common.matching import some
from argmap.formats.common.reader_support import Ids, Irregular, as_list, map_id, own, validated
from argmap.formats.common.relation_words import is_passive, relation_word
from argmap.ids import FreeNames

if TYPE_CHECKING:
    from argmap.model import Map

_BOX = ("x", "y", "width", "height")


def _matches(content: Content) -> bool:
    """Look for a card with its place."""
    return {"id", "type", *_BOX} <= (some(content.data, "nodes") or {}).keys()


_CARRIES = frozenset({"rephrases", "claim ids", "order", "layout", "control characters"})
FORMAT = Format("canvas", "JSON Canvas (Obsidian)", (".canvas",), _CARRIES, _matches)
_LOOKS = {"support": ("supports", "4"), "attack": ("attacks", "1"), "rephrase": ("rephrases", "5")}
"""The label and the colour of an arrow."""
_WIDTH, _HEIGHT, _GAP = 260, 100, 60


def read(content: Content) -> Reading:
    """Read the map of a canvas."""
    data = content.json()
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), list):
        raise ArgmapError(Finding("invalid", "error", "not a JSON Canvas: it has no `nodes`.", Place(content.name)))
    irregular, ids = Irregular(content.name), Ids()
    claims: dict[str, dict[str, Any]] = {}
    known: dict[Any, str] = {}
    others: dict[str, list[Any]] = {"nodes": [], "edges": []}
    for node in data["nodes"]:
        words = node.get("text") if isinstance(node, dict) and node.get("type") == "text" else None
        if not isinstance(words, str) or not isinstance(node.get("id"), str) or node["id"] in known:
            others["nodes"].append(node)
            continue
        claim_id = known[node["id"]] = ids.word(node["id"])
        looks = {k: v for k, v in node.items() if k not in ("type", "text") and (k, v) != ("id", claim_id)}
        claims[claim_id] = {"text": words, "extra": {"canvas": looks} if looks else {}}
    relations = []
    for n, edge in enumerate(as_list(data.get("edges"))):
        ends = [edge.get(end) for end in ("fromNode", "toNode")] if isinstance(edge, dict) else []
        if not ends or not all(isinstance(end, str) and end in known for end in ends):
            others["edges"].append(edge)
            continue
        source, target = (known[end] for end in (reversed(ends) if _leads_back(edge) else ends))
        if relation_word(edge.get("label")) is None:
            message = f"{brief(str(edge.get('label') or ''))!r} names no relation: read as a support."
            irregular.add("unknown-relation", message, ("edges", n))
        looks = {k: v for k, v in edge.items() if k not in ("fromNode", "toNode")}
        relations.append({_type(edge): target, "by": [source], "extra": {"canvas": looks}})
    for key, kept in others.items():
        types = Counter(str(own({"": node}, "").get("type", "other")) for node in kept)
        if kept:
            what = ", ".join(f"{n} {brief(name)}" for name, n in types.items()) if key == "nodes" else str(len(kept))
            irregular.add("not-a-claim", f"{key} that are not claims or lead to none ({what}): kept.", (key,))
    aside = {k: v for k, v in {**data, **others}.items() if v not in ([], None)}
    fields = {"id": map_id(content.name, FORMAT.suffixes), "claims": claims, "relations": relations}
    extra = {"extra": {"canvas": aside}} if aside else {}
    return Reading(validated({**fields, **extra}, content.name), irregular.findings)


def _type(edge: dict[str, Any]) -> str:
    return relation_word(edge.get("label")) or "support"


def _leads_back(edge: dict[str, Any]) -> bool:
    """Tell whether an arrow leads from what is supported or attacked to what does it."""
    return is_passive(edge.get("label") or "") != (edge.get("fromEnd") == "arrow" and edge.get("toEnd") == "none")


def carried(map_: Map, _original: Map) -> Map:
    """Return the map with a place for each claim, and looks for each relation, as they are written."""
    placed = _places(map_)
    free = FreeNames(str(node.get("id")) for node in _others(map_, "nodes"))
    claims, relations = {}, []
    for claim_id, claim in map_.claims.items():
        name = own(claim.extra, "canvas").get("id")
        name = free.name(name if isinstance(name, str) else claim_id)
        kept = {**own(claim.extra, "canvas"), **placed[claim_id], "id": name}
        claims[claim_id] = _with(claim, {k: v for k, v in kept.items() if (k, v) != ("id", claim_id)})
    free = FreeNames(str(edge.get("id")) for edge in _others(map_, "edges"))
    for n, relation in enumerate(map_.relations, 1):
        label, color = _LOOKS[relation.type]
        looks = own(relation.extra, "canvas")
        if not looks or _type(looks) != relation.type:
            looks = {"fromSide": "top", "toSide": "bottom", "label": label, "color": color}
        name = looks.get("id")
        relations.append(_with(relation, {**looks, "id": free.name(name if isinstance(name, str) else f"e{n}")}))
    return map_.model_copy(update={"claims": type(map_.claims)(claims), "relations": tuple(relations)})


def _with(value: Any, looks: dict[str, Any]) -> Any:
    return value.model_copy(update={"extra": {**value.extra, "canvas": looks}})


def _others(map_: Map, key: str) -> list[dict[str, Any]]:
    """Return the kept nodes or arrows that are not of the map."""
    return [item for item in as_list(own(map_.extra, "canvas").get(key)) if isinstance(item, dict)]


def _places(map_: Map) -> dict[str, dict[str, Any]]:
    """Place the claims that have no place: each a row below what it leads to, all below the rest."""
    from argmap.graph import depths, tops

    boxes = {claim_id: own(claim.extra, "canvas") for claim_id, claim in map_.claims.items()}
    drawn = [box for box in (*boxes.values(), *_others(map_, "nodes")) if _is_box(box)]
    top = max((box["y"] + box["height"] + _GAP for box in drawn), default=0)
    rows, used = depths(map_, *tops(map_)), Counter[int]()
    places: dict[str, dict[str, Any]] = {}
    for claim_id, box in boxes.items():
        row = rows.get(claim_id, 0)
        x, y = used[row] * (_WIDTH + _GAP), top + row * (_HEIGHT + 2 * _GAP)
        places[claim_id] = {} if _is_box(box) else {"x": x, "y": y, "width": _WIDTH, "height": _HEIGHT}
        used[row] += bool(places[claim_id])
    return places


def _is_box(box: dict[str, Any]) -> bool:
    return all(type(box.get(key)) in (int, float) for key in _BOX)


def write(map_: Map) -> str:
    """Write the claims as cards, and an arrow for each relation between two of them."""
    aside = own(map_.extra, "canvas")
    nodes, names = _others(map_, "nodes"), {}
    for claim_id, claim in map_.claims.items():
        looks = own(claim.extra, "canvas")
        names[claim_id] = looks.get("id", claim_id)
        nodes.append({"id": names[claim_id], "type": "text", "text": claim.text, **looks})
    there = {node.get("id") for node in nodes}
    edges = [e for e in _others(map_, "edges") if {e.get("fromNode"), e.get("toNode")} <= there]
    for relation in map_.relations:
        looks = own(relation.extra, "canvas")
        ends = [names[relation.by[0]], names[relation.target or ""]]
        source, target = reversed(ends) if _leads_back(looks) else ends
        edges.append({"id": looks.get("id"), "fromNode": source, "toNode": target, **looks})
    return json.dumps({**aside, "nodes": nodes, "edges": edges}, ensure_ascii=False, indent="\t") + "\n"
