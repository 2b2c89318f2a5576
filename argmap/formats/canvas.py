"""Read and write JSON Canvas: cards are claims, arrows are relations. Described in canvas.md."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.formats.common.format import Content, Format, Reading, has, some
from argmap.formats.common.reader_support import Ids, Irregular, as_dict, as_list, map_id, own, validated
from argmap.formats.common.relation_words import is_passive, relation_word
from argmap.ids import FreeNames
from argmap.model import Map

_KEYS = ("nodes", "edges")
_BOX = ("x", "y", "width", "height")


def _matches(content: Content) -> bool:
    """Look for a card with its place."""
    return {"id", "type", *_BOX} <= (some(content.data, "nodes") or {}).keys()


_CARRIES = frozenset({"supports", "rephrases", "claim ids", "order", "layout", "control characters"})
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
    relations: list[dict[str, Any]] = []
    known: dict[Any, str] = {}
    nodes, edges = [], []
    for node in data["nodes"]:
        if not has(node, id=str, type=str, text=str) or node["type"] != "text" or node["id"] in known:
            nodes.append(node)
            continue
        claim_id = known[node["id"]] = ids.word(node["id"])
        looks = {k: v for k, v in node.items() if k not in ("type", "text") and (k, v) != ("id", claim_id)}
        claims[claim_id] = {"text": node["text"], "extra": {"canvas": looks} if looks else {}}
    for n, edge in enumerate(as_list(data.get("edges"))):
        if not has(edge, fromNode=str, toNode=str) or not {edge["fromNode"], edge["toNode"]} <= known.keys():
            edges.append(edge)
            continue
        ends = [known[edge["fromNode"]], known[edge["toNode"]]]
        source, target = reversed(ends) if _leads_back(edge) else ends
        if relation_word(edge.get("label")) is None:
            message = f"{brief(str(edge.get('label') or ''))!r} names no relation: read as a support."
            irregular.add("unknown-relation", message, ("edges", n))
        looks = {k: v for k, v in edge.items() if k not in ("fromNode", "toNode")}
        relations.append({_type(edge): target, "by": [source], "extra": {"canvas": looks}})
    if nodes:
        types = Counter(brief(str(as_dict(node).get("type"))) for node in nodes)
        counted = ", ".join(f"{n} {name}" for name, n in types.items())
        irregular.add("not-a-claim", f"cards that are not claims ({counted}): kept.", ("nodes",))
    if edges:
        irregular.add("not-a-claim", f"arrows that do not tie two claims ({len(edges)}): kept.", ("edges",))
    aside = {k: v for k, v in {**data, "nodes": nodes, "edges": edges}.items() if v not in ([], None)}
    extra = {"canvas": aside} if aside else {}
    fields = {"id": map_id(content.name, FORMAT.suffixes), "claims": claims, "relations": relations, "extra": extra}
    return Reading(validated(fields, content.name), irregular.findings)


def _type(edge: dict[str, Any]) -> str:
    return relation_word(edge.get("label")) or "support"


def _leads_back(edge: dict[str, Any]) -> bool:
    """Tell whether an arrow leads from what is supported or attacked to what does it."""
    return is_passive(edge.get("label") or "") != (edge.get("fromEnd") == "arrow" and edge.get("toEnd") == "none")


def carried(map_: Map, _original: Map) -> Map:
    """Return the map with a place for each claim, and looks for each relation, as they are written."""
    aside = own(map_.extra, "canvas")
    free = {key: FreeNames(str(as_dict(item).get("id")) for item in as_list(aside.get(key))) for key in _KEYS}

    def drawn(value: Any, key: str, name: str, looks: dict[str, Any]) -> Any:
        wish = looks.get("id")
        looks = {**looks, "id": free[key].name(wish if isinstance(wish, str) else name)}
        if key == "nodes" and looks["id"] == name:
            del looks["id"]
        return value.model_copy(update={"extra": {**value.extra, "canvas": looks}})

    boxes, relations = _boxes(map_), []
    claims = {c.id: drawn(c, "nodes", c.id, {**own(c.extra, "canvas"), **boxes[c.id]}) for c in map_.claims.values()}
    for n, relation in enumerate(map_.relations, 1):
        looks, (label, color) = own(relation.extra, "canvas"), _LOOKS[relation.type]
        if not looks or _type(looks) != relation.type:
            looks = {"fromSide": "top", "toSide": "bottom", "label": label, "color": color}
        relations.append(drawn(relation, "edges", f"e{n}", looks))
    return map_.model_copy(update={"claims": type(map_.claims)(claims), "relations": tuple(relations)})


def _boxes(map_: Map) -> dict[str, dict[str, Any]]:
    """Place the claims that have no place: each a row below what it leads to, all below the rest."""
    from argmap.graph import depths, tops

    given = {claim_id: own(claim.extra, "canvas") for claim_id, claim in map_.claims.items()}
    others = map(as_dict, as_list(own(map_.extra, "canvas").get("nodes")))
    top = max((box["y"] + box["height"] + _GAP for box in (*given.values(), *others) if _is_box(box)), default=0)
    rows, used = depths(map_, *tops(map_)), Counter[int]()
    boxes: dict[str, dict[str, Any]] = {claim_id: {} for claim_id in given}
    for claim_id in (claim_id for claim_id, box in given.items() if not _is_box(box)):
        row = rows.get(claim_id, 0)
        x, y = used[row] * (_WIDTH + _GAP), top + row * (_HEIGHT + 2 * _GAP)
        boxes[claim_id] = {"x": x, "y": y, "width": _WIDTH, "height": _HEIGHT}
        used[row] += 1
    return boxes


def _is_box(box: dict[str, Any]) -> bool:
    return all(type(box.get(key)) in (int, float) for key in _BOX)


def write(map_: Map) -> str:
    """Write the claims as cards, and an arrow for each relation between two of them."""
    aside = own(map_.extra, "canvas")
    nodes, edges = (list(as_list(aside.get(key))) for key in _KEYS)
    names = {claim_id: own(claim.extra, "canvas").get("id", claim_id) for claim_id, claim in map_.claims.items()}
    for claim_id, claim in map_.claims.items():
        nodes.append({"id": names[claim_id], "type": "text", "text": claim.text, **own(claim.extra, "canvas")})
    for relation in map_.relations:
        looks, ends = own(relation.extra, "canvas"), [names[relation.by[0]], names[relation.target or ""]]
        source, target = reversed(ends) if _leads_back(looks) else ends
        edges.append({"id": None, "fromNode": source, "toNode": target, **looks})
    return json.dumps({**aside, "nodes": nodes, "edges": edges}, ensure_ascii=False, indent="\t") + "\n"
