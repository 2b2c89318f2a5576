"""Mermaid's own parser reads what argmap writes for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from argmap import diagram
from argmap.diagram.layout.text import drawable
from argmap.model import Map
from tests.diagram.test_injection import NASTY, everywhere
from tests.helpers.diagram_checks import change, diff, row, standing, timeline

MERMAID = Path(__file__).resolve().parents[1] / "node" / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"


@pytest.fixture(scope="module")
def mermaid(browser: Any) -> Iterator[Any]:
    """A page of a browser in which Mermaid is loaded, with no network."""
    if not MERMAID.exists():
        pytest.skip("mermaid is not installed: cd tests/node && npm install")
    page = browser.new_page()
    page.route("**/*", lambda route: route.abort())
    page.set_content("<!doctype html><title>mermaid</title>")
    page.add_script_tag(path=str(MERMAID))
    yield page
    page.close()


def drawn(page: Any, picture: bytes) -> str:
    """The SVG that Mermaid makes of a text; its parser's complaint, if it has one, fails the test."""
    page.evaluate("mermaid.initialize({startOnLoad: false, securityLevel: 'strict'})")
    svg: str = page.evaluate("text => mermaid.render('picture', text).then(made => made.svg)", picture.decode())
    return svg


def labels(page: Any, svg: str) -> list[str]:
    """What a reader sees in each box."""
    seen: list[str] = page.evaluate(
        "svg => [...new DOMParser().parseFromString(svg, 'text/html').querySelectorAll('.nodeLabel')].map(e => e.textContent)",
        svg,
    )
    return seen


def test_a_map_is_drawn_with_all_it_says(mermaid: Any, night_bus_map: Map) -> None:
    """Each statement of the map is in a box of Mermaid's picture."""
    seen = labels(mermaid, drawn(mermaid, diagram.draw(night_bus_map, "mmd", group="issue")))
    for claim in night_bus_map.claims.values():
        assert any(claim.text in label for label in seen)


@pytest.mark.parametrize("text", [text for text in NASTY if len(text) < 200])
def test_nasty_words_are_read_as_words(mermaid: Any, text: str) -> None:
    """HTML, quotation marks, Mermaid's own signs: read as words, in every field."""
    svg = drawn(mermaid, diagram.draw(everywhere(text), "mmd"))
    assert "<script" not in svg
    assert "<img" not in svg
    shown = "".join(labels(mermaid, svg)).replace(" ", "")
    assert drawable(text).replace(" ", "") in shown


def test_bridges_and_dumbbells_are_accepted(mermaid: Any) -> None:
    """What the other pictures say can be read by Mermaid, too."""
    found = diff(change("shifted", "a b", "c", steps=1), change("kept", "d", "e", status="suggested"))
    assert "shifted +1" in " ".join(labels(mermaid, drawn(mermaid, diagram.draw(diagram.bridge(found), "mmd"))))
    told = timeline(row(standing("x", **{"is": "low"}), standing("y", will="mid"), moves=("foreseen +1",)))
    seen = " ".join(labels(mermaid, drawn(mermaid, diagram.draw(told, "mmd"))))
    assert "y: foreseen, in the middle" in seen
