"""Ladder and bridge: where texts stand and what moved, drawn."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import argmap
from argmap import diagram
from argmap.diagram.layout.measure import set_text
from argmap.diagram.layout.paper import MIN_SCALE, pages_of
from argmap.diagram.layout.sheet import sheet_of
from argmap.diagram.model import Box, Diagram
from argmap.diff.model import Change, Stand, Standing
from argmap.model import MODE_OF_KIND, Map
from tests.helpers.diagram_checks import (
    KIND,
    SCALE,
    assert_apart,
    change,
    diff,
    overlap,
    row,
    same_outline,
    side,
    standing,
    timeline,
)

MAPS = Path(__file__).resolve().parents[2] / "maps"


def markers(picture: Diagram) -> list[Box]:
    """The markers of a ladder."""
    return [box for box in picture.boxes if box.role == "marker"]


def test_outline_of_a_ladder(request: pytest.FixtureRequest) -> None:
    """A ladder says in words what it shows: read by eye in tests/outlines."""
    told = timeline(
        row(
            standing("1996", **{"is": "low", "ought": "high"}), standing("2005", **{"is": "mid"}), moves=("shifted +1",)
        ),
        row(standing("1996", **{"is": "low"}), standing("2005"), moves=(None,)).model_copy(update={"issue": "j"}),
    )
    same_outline(request, "ladder", diagram.ladder(told))


def test_filling_tells_is_from_will_from_ought() -> None:
    """A full marker for what is, a half one for what will be, a hollow one for what ought to be; a shape a text."""
    picture = diagram.ladder(
        timeline(row(standing("a", **{"is": "low"}), standing("b", will="mid"), standing("c", ought="high")))
    )
    dot = diagram.draw(picture, "dot").decode()
    a, b, c = [
        next(line for line in dot.splitlines() if line.strip().startswith(f'"{m.id}" [')) for m in markers(picture)
    ]
    assert "shape=circle" in a
    assert 'fillcolor="#0072b2"' in a
    assert "shape=square" in b
    assert 'fillcolor="#d55e00;0.5:#ffffff"' in b
    assert "shape=diamond" in c
    assert 'fillcolor="#ffffff"' in c


def test_markers_on_one_place_stand_side_by_side() -> None:
    """Six texts that all stand on one step in every mode: eighteen markers, none on another."""
    crowd = [standing(name, **{"is": "mid", "will": "mid", "ought": "mid"}) for name in "abcdef"]
    for scale in (SCALE, {"mid": "the only step"}, {str(n): f"step {n}" for n in range(5)} | {"mid": "the last"}):
        sheet = sheet_of(diagram.ladder(timeline(row(*crowd, scale=scale))))
        places = [box.frame for box in sheet.boxes if box.role == "marker" and box.series is not None and box.claim]
        assert len(places) == 18
        assert not any(overlap(one, other) for n, one in enumerate(places) for other in places[:n])
        assert_apart(sheet)


def test_an_arrow_tells_what_has_moved_from_what_is_foreseen() -> None:
    """Solid to what a text says is so; dashed to what it only foresees or calls for; none where nothing differs."""

    def arrows(after: Standing) -> list[tuple[str, str]]:
        picture = diagram.ladder(timeline(row(standing("x", **{"is": "low"}), after)))
        return [(arrow.role, arrow.target) for arrow in picture.arrows]

    assert arrows(standing("y", **{"is": "mid"})) == [("move", "i y is mid")]
    assert arrows(standing("y", will="mid")) == [("coming", "i y will mid")]
    assert arrows(standing("y", **{"is": "low", "will": "high"})) == [("coming", "i y will high")]
    assert arrows(standing("y", **{"is": "low"})) == []
    assert arrows(standing("y")) == []


def test_the_title_tells_the_headline() -> None:
    """From where the first text stands, to where the last does, or towards where it says things will be."""
    low, mid = standing("x", **{"is": "low"}), standing("y", **{"is": "mid"})
    assert diagram.ladder(timeline(row(low, mid))).title == "From low down to in the middle"
    assert diagram.ladder(timeline(row(low, standing("y", will="mid")))).title == "From low down towards in the middle"
    assert diagram.ladder(timeline(row(low, standing("y")))).title == "How high is it?"
    assert diagram.ladder(timeline(row(low, mid)), title="My own").title == "My own"


def test_a_silent_text_says_nothing() -> None:
    """Silence is told in words, and an arrow leaps over it."""
    picture = diagram.ladder(
        timeline(row(standing("x", **{"is": "low"}), standing("y"), standing("z", **{"is": "high"})))
    )
    assert "y: no claim on this issue" in diagram.outline(picture)
    assert [(arrow.source, arrow.target) for arrow in picture.arrows] == [("i x is low", "i z is high")]


def test_the_telling_words_are_quoted() -> None:
    """Where a label cites the text, the quote starts there; what is cut is marked, and nothing else is changed."""
    said = side("c", "C", said="As things stand, they are far from equal.", kind="fact", position="low")
    scale = {**SCALE, "low": {"label": "low down", "origin": '1996, "far from equal"'}}
    picture = diagram.ladder(
        timeline(row(Standing(map="x", at=Stand.model_validate({"is": ("low",)}), claims=(said,)), scale=scale))
    )
    assert "x “…far from equal”" in diagram.outline(picture)
    assert any(note.startswith("low down: 1996") for note in picture.notes)


@settings(max_examples=40)
@given(st.data())
def test_any_ladder_is_drawn_apart(data: st.DataObject) -> None:
    """One to six texts, one to six steps, any stand: every stand has its marker, and no box lies on another."""
    names = "abcdef"[: data.draw(st.integers(1, 6))]
    scale = {
        f"p{n}": data.draw(st.sampled_from(["no", "a longer label", "a very long label of a step indeed"]))
        for n in range(data.draw(st.integers(1, 6)))
    }
    where = st.lists(st.sampled_from(sorted(scale)), max_size=2, unique=True).map(" ".join)
    rows = []
    for n in range(data.draw(st.integers(1, 3))):
        standings = [standing(name, **{mode: at for mode in KIND if (at := data.draw(where))}) for name in names]
        moves = tuple(data.draw(st.sampled_from([None, "shifted +1", "strengthened"])) for _ in names[1:])
        rows.append(row(*standings, moves=moves, scale=scale).model_copy(update={"issue": f"i{n}"}))
    picture = diagram.ladder(timeline(*rows))
    stands = Counter(
        (r.issue, s.map, mode, p)
        for r in rows
        for s in r.standings
        for mode in KIND
        for p in s.at.of(mode)  # type: ignore[arg-type]
    )
    assert Counter(tuple(box.id.split()) for box in markers(picture)) == stands
    assert_apart(sheet_of(picture))


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
        "ladder": diagram.ladder(argmap.timeline([before, after], [alignment])),
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


def test_the_essays_ladder_opens_with_the_headline(essays: dict[str, Any]) -> None:
    """The first row is the headline, set apart and larger, with the steps of the design in their order."""
    picture: Diagram = essays["ladder"]
    first = picture.groups[0]
    assert first.headline
    steps = [box.text[0].words for box in picture.boxes if box.text and box.text[0].role == "headline step"]
    assert steps == ["protectorate", "junior partner", "near-equal ally"]
    assert "junior partner" in picture.title
    assert_apart(sheet_of(picture))


@pytest.mark.parametrize("paper", ["a4", "a3"])
@pytest.mark.parametrize("kind", ["bridge", "ladder"])
def test_rows_on_paper_are_whole(essays: dict[str, Any], kind: str, paper: Any) -> None:
    """Cut for paper, every box and arrow is on exactly one page, and nothing is set too small."""
    picture: Diagram = essays[kind]
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
