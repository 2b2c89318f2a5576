"""One picture as an HTML file: for a site or slides."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import argmap
from argmap.diagram import all_pictures, draw
from argmap.diff import compare, timeline
from argmap.model import Map
from tests.diagram.test_injection import everywhere
from tests.helpers.browser_session import new_tab
from tests.helpers.page_reader import read

MAPS = Path(__file__).resolve().parents[2] / "maps"


@pytest.fixture(scope="module")
def essays() -> tuple[Map, Map]:
    return argmap.load(MAPS / "1996.yaml"), argmap.load(MAPS / "2005.yaml")


@pytest.fixture(scope="module")
def subjects(essays: tuple[Map, Map]) -> dict[str, Any]:
    """What pictures show, of the essays."""
    diff = compare(*essays, argmap.load_alignment(MAPS / "1996-2005.yaml"))
    return {"map": essays[1], "diff": diff, "timeline": timeline(essays)}


def drawn(kind: str, subjects: dict[str, Any], essays: tuple[Map, Map]) -> str:
    """A picture of that kind, of the essays."""
    subject = all_pictures()[kind].draws
    value = subjects[subject]
    options = {"before": essays[0], "after": essays[1]} if subject == "diff" and kind != "bridge" else {}
    return draw(value, "html", picture=kind, **options).decode()


@pytest.mark.parametrize("kind", sorted(all_pictures()))
def test_every_picture_is_one_file_that_loads_nothing(
    kind: str, subjects: dict[str, Any], essays: tuple[Map, Map]
) -> None:
    """A content policy allows its own script and style only; the same picture gives the same bytes; it is there in words."""
    html = drawn(kind, subjects, essays)
    page = read(html)
    assert "default-src 'none'" in page.policy
    assert "unsafe" not in page.policy
    assert not re.findall(r'(?:src|href)="(?!#)', html)
    assert {element.tag for element in page.elements} >= {"svg", "script", "style", "details"}
    assert html == drawn(kind, subjects, essays)


def test_words_of_a_map_stay_words() -> None:
    """Also where they look like markup."""
    html = draw(everywhere("</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"), "html").decode()
    page = read(html)
    assert "img" not in {element.tag for element in page.elements}
    assert not any(name.startswith("on") for element in page.elements for name in element.attributes)


def test_it_moves_folds_and_shows_its_words(
    browser: Any, axe: str, subjects: dict[str, Any], essays: tuple[Map, Map], tmp_path: Path
) -> None:
    """In a browser, inside a frame of another page: by pointer, by key, in the dark; and axe has nothing serious to say."""
    (tmp_path / "map.html").write_text(drawn("map", subjects, essays), "utf-8")
    tab = new_tab(browser, "desktop")
    page = tab.open(tmp_path / "map.html", "#dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 28)"
    boxes = page.locator("svg [data-claims]")
    every = boxes.count()
    before = page.locator("svg").get_attribute("style")
    page.locator(".viewport").focus()
    page.keyboard.press("+")
    assert page.locator("svg").get_attribute("style") != before
    page.keyboard.press("Enter")
    assert page.locator("#peek").is_visible()
    page.keyboard.press("f")
    assert boxes.count() < every
    page.keyboard.press("f")
    assert boxes.count() == every
    page.evaluate(axe)
    # A box that reaches out of the window shows some of its lines; axe misses the others in the box's name.
    rules = "{rules: {'label-content-name-mismatch': {enabled: false}}}"
    found = page.evaluate(
        f"async () => (await axe.run({rules})).violations.map(v => [v.impact, v.id, v.nodes[0].html])"
    )
    assert [each for each in found if each[0] in ("serious", "critical")] == []
    tab.check()
    (tmp_path / "site.html").write_text('<iframe src="map.html" width="600" height="400"></iframe>', "utf-8")
    page.goto((tmp_path / "site.html").as_uri())
    page.frame_locator("iframe").locator(".viewport.ready").wait_for()
    page.context.close()
