"""The report for everyone: by keyboard alone, on paper, without a script, for screen readers; and for hostile maps."""

from __future__ import annotations

import queue
import re
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from argmap.model import Map
from argmap.page import watch, watching
from tests.conftest import NightBus
from tests.helpers.browser_session import Tab, new_tab
from tests.page.test_browser import unfold
from tests.page.test_page import hostile

FOCUS = "document.activeElement"


def focused(page: Any) -> str:
    """What has the focus, in words."""
    return str(page.evaluate(f"({FOCUS}.getAttribute('aria-label') || {FOCUS}.innerText || {FOCUS}.id).trim()"))


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


# ── keys ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_can_be_read_with_the_keyboard_alone(desktop: Tab, essay_page: Path) -> None:
    """Skip link, filter, essays, tray and maps: all are reached, used and left with keys, and focus is never lost."""
    page = desktop.open(essay_page)
    press(page, "Tab")
    assert focused(page) == "Skip to what moved"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    press(page, "Enter")
    assert page.evaluate(f"{FOCUS}.id") == "main"

    page.locator("#filter-button").focus()
    press(page, "Enter", "Tab", "Tab")
    assert page.evaluate(f"{FOCUS}.id") == "by-issue"
    press(page, "Escape")
    assert page.evaluate(f"{FOCUS}.id") == "filter-button"
    assert page.locator("#filter").is_hidden()

    unfold(page)
    essay = page.locator('[id="text:1996"] .essay')
    essay.focus()
    press(page, "Tab")
    assert "passage" in page.evaluate(f"{FOCUS}.className")
    press(page, "ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home", "ArrowRight")
    passages = page.locator('[id="text:1996"] .passage')
    assert page.evaluate(f"{FOCUS}.innerText") == passages.nth(1).inner_text()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    press(page, "Enter")
    assert page.evaluate(f"{FOCUS}.id") == "tray"
    press(page, "Tab")
    assert focused(page) == "Text"
    press(page, "Escape")
    assert page.locator("#tray").is_hidden()
    assert page.evaluate(f"{FOCUS}.innerText") == passages.nth(1).inner_text()
    press(page, "Tab")
    assert "passage" not in page.evaluate(f"{FOCUS}.className"), "one stop a text, not seventy"


def test_a_picture_can_be_walked_with_the_arrow_keys(desktop: Tab, essay_page: Path) -> None:
    """Keys zoom, move and fit it; Enter goes in to its claims, arrows to the nearest, Enter selects, Escape comes back."""
    page = desktop.open(essay_page)
    unfold(page)
    figure = page.locator('[id="map:1996"]')
    port = figure.locator(".viewport")
    port.focus()
    port.page.wait_for_function("() => document.activeElement.classList.contains('ready')")
    transform = "document.activeElement.closest('.viewport').querySelector('svg').style.transform"
    first = page.evaluate(transform)
    press(page, "+")
    assert page.evaluate(transform) != first
    press(page, "-", "ArrowRight")
    assert page.evaluate(transform) != first
    press(page, "0", "Enter")
    start = page.evaluate(f"{FOCUS}.dataset.claims")
    assert start
    press(page, "ArrowDown")
    below = page.evaluate(f"{FOCUS}.dataset.claims")
    assert below != start
    assert page.evaluate("document.activeElement.matches('.lit')")
    press(page, "ArrowUp", "ArrowDown", "Enter")
    assert page.evaluate(f"{FOCUS}.id") == "tray"
    assert page.locator('[id="pic:1996"] .chosen').first.is_visible()
    press(page, "Escape")
    assert page.evaluate(f"{FOCUS}.dataset.claims") == below


# ── for everyone ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_axe_finds_no_serious_violation(
    request: pytest.FixtureRequest, essay_page: Path, axe: str, size: str, scheme: str
) -> None:
    """WCAG 2.2 A and AA, with a claim selected, the filter open and the silences unfolded, in both themes."""
    page = request.getfixturevalue(size).open(essay_page, "#claim=2005/near-equals")
    page.emulate_media(color_scheme=scheme)
    page.wait_for_selector("#tray:not([hidden])")
    page.get_by_role("button", name="Filter").click()
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    page.evaluate(axe)
    found = page.evaluate(
        """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
            .map(v => [v.impact, v.id, v.nodes.length, v.nodes[0].html.slice(0, 300), v.nodes[0].failureSummary])"""
    )
    page.emulate_media(color_scheme="light")
    assert [v for v in found if v[0] in ("serious", "critical")] == []


def test_headings_and_landmarks_make_an_outline(desktop: Tab, essay_page: Path) -> None:
    """One h1, no level left out, every section named; banner, navigation, main and the tray are landmarks."""
    page = desktop.open(essay_page)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.evaluate(
        "[...document.querySelectorAll('section')].every(s => document.getElementById(s.getAttribute('aria-labelledby')))"
    )
    for role in ("banner", "navigation", "main"):
        assert page.get_by_role(role).count() == 1


def test_paper_shows_everything(desktop: Tab, essay_page: Path) -> None:
    """Printed, nothing is folded, scrolled away, cut off or dark, and no button is left."""
    page = desktop.open(essay_page)
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("[...document.querySelectorAll('details')].every(d => d.open)")
    assert page.locator(".silence blockquote").first.is_visible()
    assert page.evaluate(
        "[...document.querySelectorAll('.essay, .viewport')].every(e => e.scrollHeight <= e.clientHeight + 2)"
    )
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(21, 23, 27)"
    assert page.locator("button:visible, input:visible, select:visible").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("[...document.querySelectorAll('.silences')].every(d => !d.open)")
    page.emulate_media(media="screen", color_scheme="light")


def test_the_page_reads_without_a_script(browser: Any, essay_page: Path) -> None:
    """Texts, pictures, changes and outline are there; a deep link leads to the claim's place in the outline; no dead button."""
    tab = new_tab(browser, "desktop", java_script_enabled=False)
    page = tab.open(essay_page, "#claim=2005/near-equals")
    assert page.locator(".row q").first.is_visible()
    assert page.locator('[id="pic:how"] text').first.is_visible()
    page.locator(".unfold > summary").first.click()
    assert page.locator(".change").first.is_visible()
    page.goto(tab.address + "#claim=2005/near-equals")
    assert page.locator('[id="claim=2005/near-equals"]').bounding_box()["y"] < 900
    assert page.locator("button:visible").count() == 0
    tab.check()
    page.context.close()


# ── hostile maps ──────────────────────────────────────────────────────────────────────────────────────────────────────

EVIL = [
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror='window.pwned=1'>",
    "\"'><svg onload=window.pwned=1>",
    "javascript:window.pwned=1",
    "{{ ''.__class__ }}${window.pwned=1}",
    "]]><!--<script>window.pwned=1//",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "\u202egnp.exe\u2066 \u0000\u001b lone \u2028\u2029",
    "<style>*{display:none}</style><base href=//evil.example><meta http-equiv=refresh content='0;url=//evil.example'>",
]


def test_nothing_in_a_map_escapes_into_the_page(desktop: Tab, page_of: Callable[..., Path]) -> None:
    """Markup and script in every field of a map show as words: in page, pictures, tray, search and data; nothing runs or loads."""
    m = hostile(*EVIL)
    path = page_of(m, m.model_copy(update={"id": "n"}))
    page = desktop.open(path)
    unfold(page)
    figure = page.locator('[id="map:m"]')
    figure.scroll_into_view_if_needed()
    page.get_by_role("button", name="Filter").click()
    for n, evil in enumerate(EVIL):
        page.evaluate(f"location.hash = '#claim=m/c{n}'")
        page.wait_for_function(
            f"() => document.querySelector('#tray').innerText && document.querySelector('.chosen[data-claims=\"m/c{n}\"]')"
        )
        shown = page.locator("#tray .claim-text").text_content()
        assert shown == re.sub("[\0\x1b]", "\ufffd", evil)
        figure.get_by_role("searchbox").fill(evil[:12].strip())
        page.get_by_label("Speaker").select_option(value=f"m/s{n}")
        page.locator(f'.passage[data-claims~="m/c{n}"]').first.hover()
    assert page.evaluate("window.pwned") is None
    assert (
        page.evaluate("document.querySelectorAll('img, iframe, object, embed, base, [onload], [onerror]').length") == 0
    )
    assert page.evaluate("document.querySelectorAll('script').length") == 3
    assert page.evaluate("document.querySelectorAll('style').length") == 1
    assert page.evaluate(
        "[...document.querySelectorAll('a')].every(a => /^#/.test(a.getAttribute('href')) || a.hasAttribute('download'))"
    )
    assert page.url.startswith(path.as_uri())


def test_ids_that_javascript_knows_are_only_ids(desktop: Tab, page_of: Callable[..., Path]) -> None:
    """Claims named after what every object has are selected, told and searched like any other."""
    names = ["constructor", "__proto__", "toString", "hasOwnProperty", "length"]
    m = Map.model_validate(
        {
            "id": "__proto__",
            "thesis": "constructor",
            "sources": {"e": {"text": ". ".join(f"Word {n}" for n in range(5)) + "."}},
            "claims": {name: {"text": f"Claim {name}.", "quote": f"Word {n}"} for n, name in enumerate(names)},
            "relations": [{"support": "constructor", "by": names[1:]}],
        }
    )
    page = desktop.open(page_of(m))
    for n, name in enumerate(names):
        page.locator(".passage").nth(n).click()
        assert page.locator("#tray .claim-text").inner_text() == f"Claim {name}."
        press(page, "Escape")


def test_other_scripts_and_long_words_stay_within_their_column(tab: Tab, page_of: Callable[..., Path]) -> None:
    """Right-to-left text, CJK, emoji and a 5,000-character word do not push the page wider than the window."""
    texts = ["حافلات ليلية للمدينة", "夜のバスが必要である", "👩🏽‍🚒 " * 40, "x" * 5000]
    m = Map.model_validate(
        {
            "id": "wide",
            "thesis": "c0",
            "sources": {"e": {"text": "\n\n".join(texts)}},
            "claims": {f"c{n}": {"text": text, "quote": text.strip()} for n, text in enumerate(texts)},
            "relations": [{"support": "c0", "by": [f"c{n}"]} for n in range(1, 4)],
        }
    )
    page = tab.open(page_of(m), "#claim=wide/c3")
    page.wait_for_selector("#tray:not([hidden])")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# ── live ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_watched_page_reloads_itself_and_says_what_is_wrong(
    browser: Any, night_bus: NightBus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change of the map shows in the open page; an error shows above the last good page, and goes when it is mended."""
    monkeypatch.setattr(watching, "PAUSE", 0.03)
    said: queue.Queue[str] = queue.Queue()
    stop = threading.Event()
    thread = threading.Thread(
        target=watch, args=(night_bus.folder, tmp_path / "out"), kwargs={"say": said.put, "stop": stop}
    )
    thread.start()
    try:
        while not (found := re.search(r"http://127\.0\.0\.1:\d+/[\w-]+/", said.get(timeout=120))):
            pass
        tab = new_tab(browser, "desktop")
        page = tab.page
        page.goto(found[0])
        night_bus.change("text: Night buses would stand empty.", "text: Night buses would run empty.")
        page.locator(".told", has_text="Night buses would run empty.").wait_for(timeout=120_000)
        night_bus.change("thesis: run-at-night", "thesis: runs-at-night")
        page.locator(".problem", has_text="runs-at-night").wait_for(timeout=120_000)
        assert page.locator(".told", has_text="Night buses would run empty.").count() == 1
        night_bus.change("thesis: runs-at-night", "thesis: run-at-night")
        page.locator(".problem").wait_for(state="hidden", timeout=120_000)
        assert tab.errors == []
        assert {url for url in tab.requests if not url.startswith("data:")} <= {found[0], found[0] + "events"}
        page.context.close()
    finally:
        stop.set()
        thread.join(timeout=120)
