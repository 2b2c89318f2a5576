"""The report of maps of more than 300 claims: folded at first, unfolded in place, by mouse, by keyboard and by search."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from argmap.model import Map
from tests.helpers.browser_session import Tab, new_tab
from tests.page.test_browser import text

FIGURE = '[id="map:old"]'
OVERLAPS = """figure => {
    const boxes = [...figure.querySelectorAll('svg [data-claims]')].map(box => box.querySelector('path, polygon').getBoundingClientRect());
    return boxes.flatMap((a, i) => boxes.slice(0, i).filter(b =>
        a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length;
}"""


def many(map_id: str, claims: int = 340) -> Map:
    """Three reasons to each claim, all quoted; the two maps differ in a word."""
    said = [f"Claim {n} of many holds that {map_id} matters" for n in range(claims)]
    return Map.model_validate(
        {
            "id": map_id,
            "thesis": "c0",
            "sources": {"text": {"text": ". ".join(said) + "."}},
            "claims": {f"c{n}": {"text": said[n], "quote": said[n], "issue": f"i{n % 4}"} for n in range(claims)},
            "relations": [{"support": f"c{(n - 1) // 3}", "by": f"c{n}"} for n in range(1, claims)],
            "issues": {f"i{n}": {"question": f"Question {n}?"} for n in range(4)},
        }
    )


@pytest.fixture(scope="module")
def large_page(page_of: Callable[..., Path]) -> Path:
    """The report of two maps of 340 claims."""
    return page_of(many("old"), many("new"))


def opened(tab: Tab, large_page: Path, fragment: str = "") -> Any:
    page = tab.open(large_page, fragment)
    page.evaluate("document.querySelectorAll('details.fold:has(.picture)').forEach(details => details.open = true)")
    page.locator(FIGURE).scroll_into_view_if_needed()
    page.locator(f"{FIGURE} .folder").first.wait_for()
    return page


def test_branches_start_folded_and_unfold_in_place(desktop: Tab, large_page: Path) -> None:
    """A button beside a box counts what is folded; it unfolds it there, no box covers another, and it folds it again."""
    page = opened(desktop, large_page)
    boxes = page.locator(f"{FIGURE} svg [data-claims]")
    few = boxes.count()
    assert few < 200
    button = page.locator(f'{FIGURE} .folder[aria-expanded="false"]').first
    claims = int(button.get_attribute("aria-label").split()[1])
    handle = button.element_handle()
    button.click()
    assert boxes.count() == few + claims
    assert page.locator(FIGURE).evaluate(OVERLAPS) == 0
    assert handle.get_attribute("aria-expanded") == "true"
    handle.focus()
    page.keyboard.press("Enter")
    assert boxes.count() == few
    # The thesis folds everything, and unfolds it as it was.
    page.locator(f"{FIGURE} .thesis[data-claims]").focus()
    page.keyboard.press("f")
    assert boxes.count() == 1
    page.keyboard.press("f")
    assert boxes.count() == few
    assert page.locator(FIGURE).evaluate(OVERLAPS) == 0


def test_what_is_folded_is_found_and_reached(desktop: Tab, large_page: Path) -> None:
    """Search unfolds the branch of a claim; so does the tray of a deep link; a filter and a click unfold the pairs."""
    page = opened(desktop, large_page)
    assert page.locator(f'{FIGURE} [data-claims="old/c339"]').count() == 0
    page.locator(FIGURE).get_by_role("searchbox").fill("claim 339")
    assert text(page.locator(f"{FIGURE} .hits")) == "1 of 1"
    assert page.locator(f'{FIGURE} .hit[data-claims="old/c339"]').is_visible()
    page = opened(desktop, large_page, "#claim=old/c338")
    page.locator("#tray").get_by_role("button", name="Map").click()
    page.locator(f'{FIGURE} [data-claims="old/c338"].chosen').wait_for()
    page.locator("#tray").get_by_role("button", name="Outline").click()
    page.locator('.told[data-claims="old/c338"]').wait_for()
    page.locator("#tray").get_by_role("button", name="Issue").click()
    page.locator('.held[data-claims="old/c338"]').first.wait_for()
    assert page.locator(".change").count() < 200
    page.get_by_role("button", name="Filter").click()
    page.locator("#by-issue").select_option("i1")
    page.locator('.issue[data-issue="i1"] .change').first.wait_for()
    assert page.locator(".issue:visible").count() == 1


def test_a_large_page_is_small_and_sensible_without_a_script(browser: Any, large_page: Path) -> None:
    """The texts and the overview are there, signs count what is folded, and a sentence says where to read the rest."""
    assert large_page.stat().st_size < 1_100_000
    tab = new_tab(browser, "desktop", java_script_enabled=False)
    page = tab.open(large_page)
    page.locator(".fold:has(.picture.map) > summary").first.click()
    assert "+" in page.locator(f"{FIGURE} svg .folded text").first.text_content()
    page.locator(".unfold > summary").first.click()
    page.locator(".issue noscript, .issue .note").first.wait_for()
    assert "unfolding it needs scripts" in page.locator(".issue").first.inner_text()
    tab.check()
    page.context.close()
