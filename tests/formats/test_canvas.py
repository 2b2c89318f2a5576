"""JSON Canvas: cards with places, and arrows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from argmap import formats
from argmap.findings import ArgmapError
from tests.formats.test_formats import DEBATE


def card(name: str, text: str, x: int = 0, y: int = 0, **more: Any) -> dict[str, Any]:
    return {"id": name, "type": "text", "text": text, "x": x, "y": y, "width": 260, "height": 100, **more}


CANVAS = {
    "nodes": [
        {"id": "g", "type": "group", "label": "Reasons", "x": -20, "y": 180, "width": 900, "height": 200},
        card("close", "Close the bridge.", color="6"),
        card("rust", "It rusts.", 0, 240),
        card("cost", "It costs.", 320, 240),
        {"id": "f", "type": "file", "file": "report.md", "x": 640, "y": 240, "width": 200, "height": 100},
    ],
    "edges": [
        {"id": "1", "fromNode": "rust", "fromSide": "top", "toNode": "close", "toSide": "bottom", "label": "because"},
        {"id": "2", "fromNode": "close", "toNode": "cost", "label": "is attacked by"},
        {"id": "3", "fromNode": "f", "toNode": "rust"},
    ],
}


def examine(data: Any) -> formats.Reading:
    return formats.examine_text(json.dumps(data), name="board.canvas")


def test_cards_are_claims_and_arrows_relations() -> None:
    """A label names the relation, also the other way round; what is not a card of text is counted and kept."""
    reading = examine(CANVAS)
    assert list(reading.map.claims) == ["close", "rust", "cost"]
    assert [(r.type, r.by, r.target) for r in reading.map.relations] == [
        ("support", ("rust",), "close"),
        ("attack", ("cost",), "close"),
    ]
    assert [finding.message for finding in reading.findings] == [
        "cards that are not claims (1 group, 1 file): kept.",
        "arrows that do not tie two claims (1): kept.",
    ]
    assert not any(finding.is_loss for finding in reading.findings)


def test_a_canvas_comes_back_with_its_looks() -> None:
    """Written again, every card, arrow, group and file is there with its place."""
    written = json.loads(formats.dumps(examine(CANVAS).map, "canvas")[0])
    for key in ("nodes", "edges"):
        assert sorted(written[key], key=lambda item: item["id"]) == sorted(CANVAS[key], key=lambda item: item["id"])


def test_an_arrow_that_names_no_relation_is_a_support() -> None:
    """With a finding at the arrow; an arrowhead at its beginning alone turns it round."""
    edges = [
        {"id": "1", "fromNode": "a", "toNode": "b", "label": "hm"},
        {"id": "2", "fromNode": "a", "toNode": "b", "label": "con", "fromEnd": "arrow", "toEnd": "none"},
    ]
    reading = examine({"nodes": [card("a", "A."), card("b", "B.")], "edges": edges})
    assert [(r.type, r.by, r.target) for r in reading.map.relations] == [
        ("support", ("a",), "b"),
        ("attack", ("b",), "a"),
    ]
    assert [(finding.rule, finding.place.at) for finding in reading.findings] == [("unknown-relation", ("edges", 0))]
    assert json.loads(formats.dumps(reading.map, "canvas")[0])["edges"] == edges


def test_claims_without_a_place_get_one() -> None:
    """No two cards lie on each other, reasons lie below, and new claims below what is drawn."""
    cards = json.loads(formats.dumps(DEBATE, "canvas")[0])["nodes"]
    assert len({(node["x"], node["y"]) for node in cards}) == len(DEBATE.claims)
    place = {node["id"]: node["y"] for node in cards}
    assert place["close"] < place["rust"]
    drawn = examine(CANVAS).map
    more = drawn.model_validate(
        {**drawn.model_dump(by_alias=True), "claims": {**claims_of(drawn), "new": {"text": "New."}}}
    )
    new = next(node for node in json.loads(formats.dumps(more, "canvas")[0])["nodes"] if node["id"] == "new")
    assert new["y"] >= 380


def claims_of(map_: Any) -> dict[str, Any]:
    return dict(map_.model_dump(by_alias=True)["claims"])


@pytest.mark.parametrize("text", ["{}", '{"nodes": {}}', "[]"])
def test_other_json_is_refused(text: str) -> None:
    """A file without a list of nodes is not a canvas."""
    with pytest.raises(ArgmapError, match="not a JSON Canvas"):
        formats.loads(text, "canvas")
