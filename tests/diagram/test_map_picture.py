"""A map as a diagram: what is drawn, what it is called, and where it stands."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import argmap
from argmap import diagram
from argmap.diagram.layout.measure import SLACK
from argmap.diagram.layout.paper import MIN_SCALE, pages_of
from argmap.diagram.layout.sheet import sheet_of
from argmap.diagram.layout.text import FONTS
from argmap.diagram.model import Box
from argmap.findings import ArgmapError
from argmap.model import Map
from tests.helpers.diagram_checks import assert_apart, made, same_outline
from tests.helpers.map_strategies import maps

MAPS = Path(__file__).resolve().parents[2] / "maps"
DIRECTIONS = ("down", "up", "right", "left")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("night-bus", {}),
        ("night-bus-by-issue", {"group": "issue"}),
        ("night-bus-by-speaker", {"group": "speaker"}),
        ("night-bus-depth-1", {"depth": 1}),
        ("night-bus-focus", {"focus": "cannot-afford", "depth": 1}),
        ("night-bus-quotes", {"quotes": True}),
    ],
)
def test_outlines(request: pytest.FixtureRequest, night_bus_map: Map, name: str, options: dict[str, Any]) -> None:
    """What the pictures of the letter about night buses say, read by eye in tests/outlines."""
    same_outline(request, name, diagram.of_map(night_bus_map, **options))


def test_linked_premises_meet_and_convergent_ones_do_not() -> None:
    """Two premises of one support share a junction with one arrow onward; two supports have an arrow each."""
    linked = diagram.of_map(made("a b c", {"support": "a", "by": ["b", "c"]}))
    assert Counter(arrow.role for arrow in linked.arrows) == {"joint support": 2, "support": 1}
    assert [box.role for box in linked.boxes].count("junction") == 1
    apart = diagram.of_map(made("a b c", {"support": "a", "by": "b"}, {"support": "a", "by": "c"}))
    assert Counter(arrow.role for arrow in apart.arrows) == {"support": 2}
    assert {arrow.target for arrow in apart.arrows} == {"a"}


def test_an_attack_on_a_step_lands_on_that_step() -> None:
    """What undercuts a support leads to the support's junction, not to a claim."""
    picture = diagram.of_map(made("a b c", {"support": "a", "by": "b", "id": "step"}, {"attack": "step", "by": "c"}))
    attack = next(arrow for arrow in picture.arrows if arrow.role == "attack")
    assert picture.box(attack.target).role == "junction"
    assert attack.label == "undercuts"


def test_what_serves_twice_stands_once_and_is_pointed_to() -> None:
    """A claim that supports two others is drawn in full under the first, and numbered where the second points to it."""
    picture = diagram.of_map(
        made(
            "a b c d",
            {"support": "a", "by": "b"},
            {"support": "a", "by": "c"},
            {"support": "b", "by": "d"},
            {"support": "c", "by": "d"},
        )
    )
    assert [box.text[0].words for box in picture.boxes if box.claim == "m/d"] == ["1", "see 1"]
    assert {arrow.target for arrow in picture.arrows if arrow.relation in ("m/d>b", "m/d>c")} == {"b", "c"}


def test_roles_are_told_by_words() -> None:
    """What is reported, conceded, rejected, asked or unstated says so, with the speaker's name."""
    kinds = {
        "b": {"text": "B", "commitment": "reported", "speaker": "x"},
        "c": {"text": "C", "commitment": "conceded"},
        "d": {"text": "D", "commitment": "rejected"},
        "e": {"text": "E", "commitment": "asked"},
        "f": {"text": "F", "implicit": True},
    }
    m = Map.model_validate(
        {
            "id": "m",
            "thesis": "a",
            "speakers": {"x": {"name": "Tokyo"}},
            "claims": {"a": {"text": "A"}, **kinds},
            "relations": [{"support": "a", "by": claim_id} for claim_id in kinds],
        }
    )
    told = {box.id: box.text[0].words for box in diagram.of_map(m).boxes}
    assert told == {
        "a": "thesis",
        "b": "reported · Tokyo",
        "c": "conceded",
        "d": "rejected",
        "e": "asked",
        "f": "unstated premise",
    }


def test_a_draft_is_dashed_says_so_and_is_counted_apart() -> None:
    """A suggested claim has a dashed box and the word; a suggested relation a dashed line; a note counts both."""
    from argmap.diagram.theme import THEMES

    claims = {"top": {"text": "Fares should fall."}, "why": {"text": "Buses are empty.", "status": "suggested"}}
    relation = {"support": "top", "by": "why", "status": "suggested"}
    map_ = Map.model_validate({"id": "m", "thesis": "top", "claims": claims, "relations": [relation]})
    drawn = diagram.of_map(map_)
    box, (arrow,), theme = drawn.box("why"), drawn.arrows, THEMES["light"]
    assert box.text[0].words == "suggested"
    assert (theme.of_box(box).style, theme.of_box(drawn.box("top")).style) == ("dashed", "solid")
    assert theme.of_arrow(arrow).style == "dashed"
    assert drawn.notes == ("Suggested, and not yet looked at by a person: 1 claim and 1 relation.",)
    assert "suggested (no person has looked yet)" in [key.meaning for key in drawn.legend]


def test_irregular_maps_are_drawn() -> None:
    """Circles, relations without target, ends that are not there: each is drawn, and says what it is."""
    picture = diagram.of_map(
        made(
            "a b c",
            {"support": "a", "by": "b"},
            {"support": "b", "by": "a"},
            {"support": None, "by": "c"},
            {"attack": "gone", "by": "c"},
            {"support": "a", "by": "absent"},
            {"attack": "y", "by": "c", "id": "x"},
            {"attack": "x", "by": "b", "id": "y"},
            {"attack": "y", "by": "a", "id": "z"},
            {"attack": "self", "by": "a", "id": "self"},
        )
    )
    assert {f"m/{claim_id}" for claim_id in ("x", "y", "z", "self")} <= {arrow.relation for arrow in picture.arrows}
    said = diagram.outline(picture)
    for words in ("see ", "no conclusion given", "not in the map: gone", "not in the map: absent", "the step y"):
        assert words in said
    diagram.draw(picture, "svg")


def test_what_is_folded_is_counted() -> None:
    """A stub says how many claims lie below; a note says how many of all are folded."""
    chain = made("a b c d e", *({"support": x, "by": y} for x, y in [("a", "b"), ("b", "c"), ("c", "d"), ("b", "e")]))
    picture = diagram.of_map(chain, depth=1)
    assert [box.text[0].words for box in picture.boxes if box.role == "folded"] == ["+ 3 claims folded"]
    assert picture.notes == ("3 of 5 claims are folded.",)
    assert not diagram.of_map(chain, depth=9).notes


def test_focus_shows_what_is_near_both_ways() -> None:
    """Around a claim: its reasons and what it serves, within so many links, and no more."""
    chain = made("a b c d e", *({"support": x, "by": y} for x, y in ["ab", "bc", "cd", "de"]))
    shown = {box.id for box in diagram.of_map(chain, focus="c", depth=1).boxes if box.claim}
    assert shown == {"b", "c", "d"}
    assert "leads to 1 not shown" in diagram.outline(diagram.of_map(chain, focus="c", depth=1))


@pytest.mark.parametrize(
    ("options", "words"), [({"focus": "nobody"}, "no claim 'nobody'"), ({"depth": -1}, "0 or more")]
)
def test_misuse_is_told(options: dict[str, Any], words: str) -> None:
    """A focus that is not there and a negative depth are one line each."""
    with pytest.raises(ArgmapError, match=words):
        diagram.of_map(made("a"), **options)


OPTIONS = st.fixed_dictionaries(
    {
        "group": st.sampled_from(["none", "issue", "speaker"]),
        "direction": st.sampled_from(DIRECTIONS),
        "quotes": st.booleans(),
    }
)


@settings(max_examples=40)
@given(maps(most=9), OPTIONS)
def test_every_claim_stands_once_and_every_relation_is_drawn(m: Map, options: dict[str, Any]) -> None:
    """Nothing is lost: each claim is drawn in full once, each relation with all that it ties, and no box lies on another."""
    picture = diagram.of_map(m, **options)
    full = Counter(box.claim for box in picture.boxes if box.claim and box.role != "again")
    assert full == {f"{m.id}/{claim_id}": 1 for claim_id in m.claims}
    for relation in m.relations:
        drawn = [arrow for arrow in picture.arrows if arrow.relation == f"{m.id}/{relation.key}"]
        onward = [arrow for arrow in drawn if arrow.role == ("answer" if relation.is_answer else relation.type)]
        assert len(onward) == 1
        assert len(drawn) == 1 or len(drawn) == 1 + len(set(relation.by))
    assert len({arrow.source for arrow in picture.arrows}) == len(picture.arrows)
    assert_apart(sheet_of(picture))


@pytest.mark.parametrize("name", ["1996", "2005"])
@pytest.mark.parametrize("group", ["none", "issue", "speaker"])
def test_the_essays_are_neither_ribbons_nor_towers(name: str, group: Any) -> None:
    """The maps of the essays come near a page's proportions, and their arrows cross no box."""
    sheet = sheet_of(diagram.of_map(argmap.load(MAPS / f"{name}.yaml"), group=group))
    assert 1.0 < sheet.w / sheet.h < 2.2
    assert_apart(sheet)
    boxes = [box for box in sheet.boxes if box.role != "text"]
    for arrow in sheet.arrows:
        for box in boxes:
            if box.id not in (arrow.source, arrow.target):
                assert not any(
                    crosses(box, *ends) for ends in zip(arrow.path or (), (arrow.path or ())[1:], strict=False)
                )


def crosses(box: Box, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a level or upright line runs through a box."""
    (x0, x1), (y0, y1) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    f = box.frame
    return x1 > f.x + 0.1 and x0 < f.right - 0.1 and y1 > f.y + 0.1 and y0 < f.bottom - 0.1


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_reasons_stand_where_the_direction_says(direction: Any) -> None:
    """Down: below the thesis; up: above it; right and left: beside it."""
    picture = sheet_of(diagram.of_map(made("a b", {"support": "a", "by": "b"}), direction=direction))
    frames = {box.id: box.frame for box in picture.boxes}
    a, b = frames["a"], frames["b"]
    assert {"down": b.y > a.bottom, "up": b.bottom < a.y, "right": b.x > a.right, "left": b.right < a.x}[direction]


def test_no_type_is_small() -> None:
    """Nothing in a picture is set below 9 points, and nothing on paper below 7."""
    assert min(font.size for font in FONTS.values()) >= 9
    assert MIN_SCALE * 9 >= 7 - 1e-9
    assert SLACK < 1


@pytest.mark.parametrize("paper", ["a4", "a3"])
@pytest.mark.parametrize("group", ["none", "issue"])
def test_paper_holds_every_claim_and_relation(paper: Any, group: Any) -> None:
    """On several pages together stands what stands on one sheet: each claim in full once, each relation, nothing set too small."""
    picture = diagram.of_map(argmap.load(MAPS / "2005.yaml"), group=group)
    pages = pages_of(picture, paper)
    assert len(pages) > 1
    assert all(page.scale >= MIN_SCALE for page in pages)
    boxes = [box for page in pages for box in page.sheet.diagram.boxes]
    full = Counter(box.claim for box in boxes if box.claim and box.role != "again")
    assert full == Counter(box.claim for box in picture.boxes if box.claim and box.role != "again")
    arrows = Counter(arrow.id for page in pages for arrow in page.sheet.diagram.arrows)
    assert arrows == {arrow.id: 1 for arrow in picture.arrows}
    for n, page in enumerate(pages, 1):
        assert_apart(page.sheet)
        for box in page.sheet.diagram.boxes:
            if box.text and box.text[0].words.startswith("page "):
                there = pages[int(box.text[0].words.split()[1]) - 1].sheet.diagram
                assert any(other.claim == box.claim and other.role != "again" for other in there.boxes)
            if box.text and box.text[0].words == f"from page {n}":
                pytest.fail("a page continues itself")


def test_a_claim_without_words_is_called_by_its_id() -> None:
    """Other tools leave claims without a text; the box says which it is, and the count of one is no plural."""
    m = Map.model_validate(
        {
            "id": "bare",
            "claims": {"7": {"text": ""}, "8": {"text": "Rain falls."}},
            "relations": [{"support": "7", "by": ["8"]}],
        }
    )
    words = diagram.outline(diagram.of_map(m))
    assert "(7: no text)" in words
    assert "2 claims, 1 relation\n" in words
