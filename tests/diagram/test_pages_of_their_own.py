"""How, stairs, dumbbells and ledger: pictures that fill a page of their own."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

import argmap
from argmap import Alignment, Map, diagram
from argmap.diagram.layout.text import FONTS, width
from argmap.diagram.model import Diagram, Frame
from argmap.diagram.pictures.canvas import fit, names_of
from argmap.diagram.pictures.dumbbells import dumbbells, grouped
from argmap.diagram.pictures.how import how
from argmap.diagram.pictures.how import rows as choose
from argmap.diagram.pictures.ledger import ledger
from argmap.diagram.pictures.stairs import stairs
from argmap.diff.model import End
from tests.helpers.diagram_checks import overlap, same_outline

ROOT = Path(__file__).resolve().parents[2]
ESSAYS = ROOT / "maps" / "1996.yaml", ROOT / "maps" / "2005.yaml", ROOT / "maps" / "1996-2005.yaml"
LETTERS = tuple(ROOT / "docs" / "tutorial" / name for name in ("then.yaml", "now.yaml", "then-now.yaml"))
OWN = Path(__file__).parent / "pairs"
RIVER = tuple(OWN / "river" / name for name in ("then.yaml", "now.yaml", "then-now.yaml"))
UNIFORM = tuple(OWN / "uniform" / name for name in ("first.yaml", "second.yaml", "first-second.yaml"))
PAIRS = {"essays": ESSAYS, "letters": LETTERS, "river": RIVER, "uniform": UNIFORM}
PICTURES = {"how": how, "stairs": stairs, "ledger": ledger}


def pair(name: str) -> tuple[Map, Map, Alignment]:
    before, after, alignment = PAIRS[name]
    return argmap.load(before), argmap.load(after), argmap.load_alignment(alignment)


def drawn(picture: str, name: str) -> Diagram:
    before, after, alignment = pair(name)
    if picture == "dumbbells":
        return dumbbells(argmap.timeline([before, after], [alignment]))
    return PICTURES[picture](argmap.compare(before, after, alignment), before, after)


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("picture", [*PICTURES, "dumbbells"])
def test_outlines(request: pytest.FixtureRequest, picture: str, name: str) -> None:
    """Each picture says in words what it shows: read by eye in tests/diagram/outlines."""
    same_outline(request, f"{picture}-{name}", drawn(picture, name))


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("picture", [*PICTURES, "dumbbells"])
def test_words_are_legible_and_lie_on_no_others(picture: str, name: str) -> None:
    """Nothing is smaller than 12 points, no words leave the page, and no words lie on other words."""
    found = drawn(picture, name)
    assert found.page is not None
    wide, high = found.page
    assert wide <= 1200
    words = [box for box in found.boxes if box.role == "text" and box.text]
    for box in words:
        assert all(FONTS[text.role].size >= 12 for text in box.text)
        assert box.frame.x >= 0
        assert box.frame.right <= wide + 0.01, box
        assert box.frame.bottom <= high + 3, box
    # A line of writing is a little higher than its letters, and its box a little wider.
    tight = [(box, Frame(box.frame.x, box.frame.y + 2.5, box.frame.w * 0.96, box.frame.h - 5)) for box in words]
    for (one, a), (other, b) in combinations(tight, 2):
        assert not overlap(a, b), (one.text, other.text)


def test_how_is_one_page_of_at_most_24_boxes() -> None:
    """A4 landscape at 1,200 points of width; two theses and at most ten rows."""
    found = drawn("how", "essays")
    assert found.page is not None
    assert found.page[1] <= 849
    assert sum(box.role == "reason" for box in found.boxes) <= 24


def test_the_title_of_how_counts_only_what_is_so() -> None:
    """What is planned, foreseen or called for is not answered yet; the headline is only foreseen."""
    assert drawn("how", "essays").title == (
        "How “junior partner” may become “near-equal ally”: six of nine questions are answered differently; standing itself is only foreseen"
    )


def test_the_condition_of_a_thesis_is_drawn_with_it() -> None:
    """“If all goes well” stands on the thesis of 2005, and at the step that it foresees."""
    for picture in ("how", "stairs"):
        words = [text.words for box in drawn(picture, "essays").boxes for text in box.text]
        assert any("“If all goes well”" in said for said in words)


def words_of(picture: Diagram) -> list[str]:
    return [text.words.replace("\n", " ") for box in picture.boxes for text in box.text]


def test_a_second_position_makes_no_headline() -> None:
    """The later text calls for a uniform, and for own clothes only if the fund runs dry; no title says that it calls for those."""
    assert drawn("how", "uniform").title == "From first to second: three of three questions are answered differently"
    assert drawn("stairs", "uniform").title == "What may pupils wear?"


def test_objections_and_other_voices_are_no_reasons() -> None:
    """What argues against the thesis, what the author rejects, and what is so only on somebody's word is told as that."""
    said = words_of(drawn("how", "uniform"))
    assert "Uniforms end bullying (an objection; rejected; the principal)" in said
    assert "Mornings are easier with a uniform (an objection; conceded)" in said
    assert {"reached, as reported", "part-way, hedged"} <= {*said}


@pytest.mark.parametrize("picture", ["how", "stairs", "dumbbells", "ledger"])
def test_conditions_are_in_every_picture(picture: str) -> None:
    """What hangs on something is drawn with it."""
    wanted = "If the meadows can be spared" if picture in ("how", "ledger") else "Should the treaty be signed in Salem"
    assert any(wanted in words for words in words_of(drawn(picture, "river")))
    before, after, alignment = pair("river")
    bridge = diagram.bridge(argmap.compare(before, after, alignment), before, after)
    assert words_of(bridge).count("if: “If the state lends us the money”") == 2


def test_what_came_true_is_so() -> None:
    """Foreseen before and said to be so after: dumbbells do not list it with what is only foreseen, nor as no difference."""
    before, after, alignment = pair("uniform")
    found = dict(grouped(argmap.timeline([before, after], [alignment]).rows))
    assert {"poor", "teachers"} <= {row.issue for row in found["Said to be so"]}


def test_rows_are_chosen_by_rule() -> None:
    """A row needs a pair in a correspondence; the headline's own pairs and the theses make no rows."""
    before, after, alignment = pair("essays")
    selection = choose.select(argmap.compare(before, after, alignment), before, after)
    assert selection.headline is not None
    assert selection.headline.issue == "standing"
    pairs = {(b, a) for c in alignment.correspondences for b in c.before for a in c.after}
    assert {(row.before, row.after) for row in selection.rows} <= pairs
    assert all(row.issue != "standing" for row in selection.rows)
    assert len({row.issue for row in selection.rows}) == len(selection.rows)
    assert choose.select(argmap.compare(before, after, alignment), before, after).rows == selection.rows


def test_without_an_alignment_suggestions_are_drawn_as_such() -> None:
    """Pairs that nobody confirmed are dashed and say so."""
    before, after, _ = pair("letters")
    found = how(argmap.compare(before, after, suggest=True), before, after)
    assert any(arrow.role == "suggested" for arrow in found.arrows)
    words = [text.words for box in found.boxes for text in box.text]
    assert any(said.endswith(", suggested") for said in words)


def test_without_any_pair_the_picture_says_what_to_do() -> None:
    """Two maps with nothing in common: no row, and the command that suggests pairs."""
    one = Map.model_validate({"id": "a", "thesis": "x", "claims": {"x": {"text": "Bees sleep."}}})
    other = Map.model_validate({"id": "b", "thesis": "y", "claims": {"y": {"text": "Trams run on rails."}}})
    found = how(argmap.compare(one, other, suggest=False), one, other)
    assert any("`argmap align` suggests pairs" in text.words for box in found.boxes for text in box.text)
    assert diagram.draw(found, "svg").startswith(b"<")


def test_maps_without_a_thesis_are_drawn() -> None:
    """No thesis, no trunk; the box says that the map names none."""
    one = Map.model_validate({"id": "a", "claims": {"x": {"text": "Bees sleep at night."}}})
    other = Map.model_validate({"id": "b", "claims": {"y": {"text": "Bees sleep at night."}}})
    aligned = Alignment.model_validate(
        {"before": "a", "after": "b", "correspondences": [{"before": ["x"], "after": ["y"]}]}
    )
    found = how(argmap.compare(one, other, aligned), one, other)
    assert any("names no thesis" in text.words for box in found.boxes for text in box.text)
    assert not any(arrow.role == "trunk" for arrow in found.arrows)
    assert diagram.draw(stairs(argmap.compare(one, other, aligned), one, other), "svg")


def test_revisions_of_one_map_are_told_apart() -> None:
    """Two maps of one id and year are named before and after; three are numbered."""
    essay = argmap.load(ESSAYS[0])
    found = how(argmap.compare(essay, essay), essay, essay)
    words = [text.words for box in found.boxes for text in box.text]
    assert "before demands" in words
    assert "after demands" in words
    assert names_of([End(id="a"), End(id="a"), End(id="b")]) == ("a (1)", "a (2)", "b (3)")
    assert names_of([End(id="a", date="1996-05"), End(id="b", date="2005")]) == ("1996", "2005")
    assert names_of([End(id="a", date="1996-05"), End(id="b", date="1996-09")]) == ("a", "b")


def test_eight_texts_have_eight_markers_in_columns_of_their_own() -> None:
    """Markers of a timeline differ in shape, and no line joins two columns."""
    scale = {"low": "low", "mid": "middle", "high": "high"}
    maps = [
        Map.model_validate(
            {
                "id": f"t{n}",
                "sources": {"s": {"text": "x", "published": f"{1990 + n}"}},
                "issues": {
                    "i": {"question": "How high?", "scale": scale},
                    "j": {"question": "How low?", "scale": scale},
                },
                "claims": {
                    "a": {"text": "So.", "kind": "fact", "issue": "i", "position": ("low", "mid", "high")[n % 3]},
                    "b": {"text": "So.", "kind": "policy", "issue": "j", "position": "high"},
                },
            }
        )
        for n in range(8)
    ]
    found = dumbbells(argmap.timeline(maps))
    dot = diagram.draw(found, "dot").decode()
    shapes = {
        line.split("shape=")[1].split()[0]
        for line in dot.splitlines()
        if "1990:" in line or ("pos" in line and "penwidth=1.8" in line)
    }
    assert len(shapes) == 8
    assert not any(arrow.role in ("move", "coming") for arrow in found.arrows)


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("Short enough.", 400, "Short enough"),
        ("The first clause of this text is long, and the second, too", 250, "The first clause of this text is long …"),
        ("one two three four five six seven of the eight", 120, "one two three four …"),
    ],
)
def test_texts_are_shortened_at_clauses_or_words(text: str, room: float, expected: str) -> None:
    """A shortened text ends with an ellipsis after a clause or a content word, and fits."""
    found = fit(text, "page body", room, 1)
    assert width(found, FONTS["page body"]) <= room
    assert found == expected
