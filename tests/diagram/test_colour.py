"""A map coloured by its evaluation."""

from __future__ import annotations

import pytest

from argmap import evaluate
from argmap.diagram import draw
from argmap.diagram.pictures.map import of_map
from argmap.diagram.theme import THEMES
from argmap.findings import ArgmapError
from argmap.model import Map

MAP = Map.model_validate(
    {
        "id": "library",
        "thesis": "open",
        "claims": {
            "open": {"text": "The library should open on Sundays."},
            "need": {"text": "Families are free on Sundays.", "weight": 0.9},
            "cost": {"text": "Opening costs too much."},
            "cheap": {"text": "Volunteers would keep the cost low.", "commitment": "reported"},
            "left": {"text": "Left of the door."},
            "right": {"text": "Right of the door."},
        },
        "relations": [
            {"support": "open", "by": "need"},
            {"attack": "need", "by": "cost"},
            {"attack": "cost", "by": "cheap"},
            {"attack": "left", "by": "right"},
            {"attack": "right", "by": "left"},
        ],
    }
)


def test_each_claim_has_its_label_in_words_and_looks() -> None:
    """The picture says what the evaluation says, never by colour alone."""
    diagram = of_map(MAP, colour="label")
    found = evaluate(MAP).labels
    words = {"in": "stands", "out": "does not stand", "undecided": "left open"}
    for box in (box for box in diagram.boxes if box.id in MAP.claims):
        label = found.get(box.id)
        assert box.marks[0] == (f"label {label}" if label else "not counted")
        assert (words[label] if label else "not counted") in box.text[0].words
    assert {found[c] for c in ("open", "cost", "left")} == {"out", "in", "undecided"}
    keys = [key.meaning for key in diagram.legend]
    assert keys[:4] == ["stands", "left open", "does not stand", "not counted: not the author's own"]
    assert "supporting point (has no reasons of its own)" not in keys
    for theme in THEMES.values():
        looks = [theme.boxes[f"label {label}"] for label in words]
        assert len({look.style for look in looks}) == 3


def test_strengths_are_numbers_and_bands() -> None:
    """A base score of the analyst is the strength of a claim that nothing bears on."""
    boxes = {box.id: box for box in of_map(MAP, colour="strength").boxes}
    strengths = evaluate(MAP).strengths
    for claim_id, strength in strengths.items():
        assert f"strength {strength:.2f}" in boxes[claim_id].text[0].words
        assert boxes[claim_id].marks[0] == f"strength {min(int(strength * 5), 4)}"
    assert boxes["cheap"].marks[0] == "not counted"


def test_an_unknown_colouring_is_refused() -> None:
    """The message names the two that there are."""
    with pytest.raises(ArgmapError, match="choose label or strength"):
        draw(MAP, colour="blue")
