"""The bridge: what moved, claim by claim, drawn."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import argmap
from argmap import diagram
from argmap.diagram.layout.measure import set_text
from argmap.diagram.layout.paper import MIN_SCALE, pages_of
from argmap.diagram.layout.sheet import sheet_of
from argmap.diagram.model import Diagram
from argmap.diff.model import Change
from argmap.model import MODE_OF_KIND, Map
from tests.helpers.diagram_checks import (
    KIND,
    assert_apart,
    change,
    diff,
    same_outline,
    side,
)

MAPS = Path(__file__).resolve().parents[2] / "maps"


# The bridge


def test_outline_of_a_bridge(request: pytest.FixtureRequest) -> None:
    """A bridge says in words what it shows: read by eye in tests/outlines."""
    found = diff(
        change("shifted", "a b", "c", steps=2, facets=("re-grounded",)),
        change("kept", "d", "e f", status="suggested", basis="wording", confidence=0.6),
        change("dropped", "g", rule="unmatched", basis="unmatched"),
        change("new", "", "h", issue="j", rule="unmatched", basis="unmatched"),
    )
    same_outline(request, "bridge", diagram.bridge(found))


def test_suggested_matches_are_dashed_and_say_so() -> None:
    """What a person has not confirmed is drawn apart: other box, other line, and the word."""
    picture = diagram.bridge(diff(change("kept", "a", "b", status="suggested")))
    assert {arrow.role for arrow in picture.arrows} == {"suggested", "joint suggested"}
    badge = next(box for box in picture.boxes if box.role == "suggestion")
    assert [text.words for text in badge.text] == ["kept", "suggested"]


def test_silences_show() -> None:
    """What only one text says has a box of its own, and the other's silence is named."""
    said = diagram.outline(diagram.bridge(diff(change("dropped", "a"), change("new", "", "b"))))
    assert "no match in y" in said
    assert "no match in x" in said


def test_a_bridge_says_whose_words() -> None:
    """A reported claim names its speaker, by name where the map is given."""
    reported = Change(
        change="new", rule="r", basis="unmatched", after=(side("b", "B", commitment="reported", speaker="t"),)
    )
    after = Map.model_validate({"id": "y", "speakers": {"t": {"name": "Tokyo"}}})
    assert "reported · Tokyo" in diagram.outline(diagram.bridge(diff(reported), None, after))
    assert "reported · t" in diagram.outline(diagram.bridge(diff(reported)))


@pytest.fixture(scope="module")
def essays() -> dict[str, Any]:
    """Both essays, compared."""
    before, after = argmap.load(MAPS / "1996.yaml"), argmap.load(MAPS / "2005.yaml")
    alignment = argmap.load_alignment(MAPS / "1996-2005.yaml")
    found = argmap.compare(before, after, alignment)
    return {
        "diff": found,
        "bridge": diagram.bridge(found, before, after),
    }


def test_the_essays_bridge_holds_every_change(essays: dict[str, Any]) -> None:
    """Each side of each change has a box; each change with two sides has a badge; nothing lies on anything."""
    picture: Diagram = essays["bridge"]
    boxes = Counter((box.change, box.claim) for box in picture.boxes if box.role in ("before", "after"))
    sides = Counter(
        (n, f"{end}/{s.id}")
        for n, c in enumerate(essays["diff"].changes)
        for end, group in (("1996", c.before), ("2005", c.after))
        for s in group
    )
    assert boxes == sides
    badges = [box for box in picture.boxes if box.role in ("badge", "suggestion")]
    assert len(badges) == sum(1 for c in essays["diff"].changes if c.before and c.after)
    assert_apart(sheet_of(picture))


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_rows_on_paper_are_whole(essays: dict[str, Any], paper: Any) -> None:
    """Cut for paper, every box and arrow is on exactly one page, and nothing is set too small."""
    picture: Diagram = essays["bridge"]
    pages = pages_of(picture, paper)
    assert all(page.scale >= MIN_SCALE for page in pages)
    shown = Counter(box.id for page in pages for box in page.sheet.diagram.boxes)
    assert shown == {box.id: 1 for box in picture.boxes}
    arrows = Counter(arrow.id for page in pages for arrow in page.sheet.diagram.arrows)
    assert arrows == {arrow.id: 1 for arrow in picture.arrows}
    for page in pages:
        assert_apart(page.sheet)
        assert all(set_text(box) for box in page.sheet.boxes if box.text)


def test_mode_words_cover_every_kind() -> None:
    """Each kind of claim has a mode that a marker can show."""
    assert set(MODE_OF_KIND.values()) == set(KIND)
