"""Large maps in parts: an overview, and branches that are laid out by themselves."""

from __future__ import annotations

import json
from typing import Any

import pytest

from argmap.diagram import draw, of_map
from argmap.diagram.drawing import draw_files, draw_for_page
from argmap.diagram.folding import MOST, folded
from argmap.diagram.render.inline import Palette, inline
from argmap.model import Map


def large(kind: str, claims: int = 400) -> Map:
    """A map of many claims: a tree, a chain, a star around the thesis, or hardly any relation."""
    above = {
        "tree": lambda n: (n - 1) // 3,
        "chain": lambda n: n - 1,
        "star": lambda n: 0,
        "loose": lambda n: 0 if n < 4 else None,
        "attacked": lambda n: (n - 1) // 2,
    }[kind]
    told: list[dict[str, Any]] = [
        {"attack" if kind == "attacked" and n % 5 == 0 else "support": f"c{above(n)}", "by": [f"c{n}"]}
        for n in range(1, claims)
        if above(n) is not None
    ]
    if kind == "attacked":
        told.append({"support": "c1", "by": ["c7", "c8"], "id": "step"})
        told.append({"attack": "step", "by": ["c9"]})
    said = {f"c{n}": {"text": f"Claim {n} says something of its own"} for n in range(claims)}
    return Map.model_validate({"id": "m", "thesis": "c0", "claims": said, "relations": told})


KINDS = ("tree", "chain", "star", "loose", "attacked")


@pytest.mark.parametrize("kind", KINDS)
def test_each_box_and_arrow_is_in_one_part(kind: str) -> None:
    """A root stands in two parts, its own and its branch; nothing is lost, and the overview is small."""
    whole = of_map(large(kind))
    parts = folded(whole).parts
    boxes = [box.id for part in parts for box in part.diagram.boxes if box.id != part.root]
    arrows = [arrow.id for part in parts for arrow in part.diagram.arrows]
    assert sorted(boxes) == sorted(box.id for box in whole.boxes)
    assert sorted(arrows) == sorted(arrow.id for arrow in whole.arrows)
    assert parts[0].root is None
    assert len(parts[0].diagram.boxes) <= 2 * MOST


def test_a_map_of_300_claims_is_not_folded() -> None:
    """Only larger ones are."""
    assert len(folded(of_map(large("tree", 300))).parts) == 1
    assert len(folded(of_map(large("tree", 301))).parts) > 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_gets_shapes_of_the_overview_and_words_of_the_rest(kind: str) -> None:
    """Every claim is in one block, with its shape; a folded branch knows where it goes and how many claims it has."""
    diagram = of_map(large(kind))
    drawn = draw_for_page(diagram)
    picture = inline(drawn.svg, drawn.plan, "m", "Map of m", Palette())
    first, *others = picture.parts
    shown = [box for box in diagram.boxes if box.claim]
    blocks = [block for part in picture.parts for block in part["blocks"]]
    assert {block["claim"] for block in blocks if "claim" in block} == {f"m/c{n}" for n in range(400)}
    assert all(None not in block.get("shapes", ()) for block in blocks)
    assert all(block["in"] < n for n, block in enumerate(blocks) if n)
    assert picture.svg.count("data-claims") < 2 * MOST + 1
    assert picture.svg.count("data-claims") + sum(part["svg"].count("data-claims") for part in others) == len(shown)
    assert len(first["signs"]) == sum(
        block.get("below", 0) > 0 and n in {part["under"] for part in others} for n, block in enumerate(first["blocks"])
    )
    json.dumps(picture.parts)


def test_svg_and_pdf_from_one_run_are_as_from_two() -> None:
    """Also where the carried fonts lack letters."""
    for text in ("Plain words", "言葉 and words"):
        diagram = of_map(Map.model_validate({"id": "m", "claims": {"c": {"text": text}}}))
        assert draw_files(diagram, "dark") == (draw(diagram, "svg", theme="dark"), draw(diagram, "pdf", theme="dark"))
