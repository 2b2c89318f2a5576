"""The report of many texts in a real browser, opened from the disk: search, sorting, filters, links; with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import argmap
from argmap.page.many.names import page_name
from argmap.page.many.search_index import folded
from tests.helpers.browser_session import Tab, new_tab
from tests.page.city import claims_of, write_city

QUERIES = [
    "bridge",
    "mended",
    "BRIDGE mend",
    "of bas",
    "cafe",
    "CAFÉS 12",
    "lodz",
    "zoe bridge",
    "橋は",
    "夜",
    "閉まる davos",
    "zürich",
    "b",
    "the the",
    "mayor's",
]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """30 maps and an alignment, in a folder."""
    return write_city(tmp_path_factory.mktemp("city") / "maps")


@pytest.fixture(scope="module")
def index(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of their report."""
    return argmap.report(city, tmp_path_factory.mktemp("of many") / "new & 'quoted'", jobs=2)[0]


@pytest.fixture(params=["desktop", "phone"])
def visit(request: pytest.FixtureRequest, browser: Any, index: Path) -> Iterator[Any]:
    """The index in a tab; nothing may be logged, and nothing be loaded but pages and parts of the search index."""
    tab: Tab = new_tab(browser, request.param)
    yield tab.open(index)
    assert tab.errors == []
    root = index.parent.as_uri()
    loaded = [url.removeprefix(root) for url in tab.requests if not url.startswith(("data:", "about:"))]
    assert [url for url in loaded if not re.match(r"/(search/\w+\.js|[\w/-]+\.html)", url)] == []
    tab.page.context.close()


def until(page: Any, condition: str) -> None:
    """Wait for a condition; the page's policy forbids the browser's own way to."""
    for _ in range(1200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def ask(page: Any, query: str) -> None:
    """Type a query and wait for its answer."""
    page.locator("#found").evaluate("e => { e.textContent = '…'; }")
    page.locator("#query").fill("")
    page.locator("#query").fill(query)
    page.locator("#query").press("Enter")
    until(page, "document.getElementById('found').textContent !== '…'")


def scan(said: dict[tuple[str, str], str], query: str) -> set[tuple[str, str]]:
    """Find the claims that have every word of a query, the last one perhaps unfinished, by looking at each word of each."""

    def words(text: str) -> list[str]:
        return re.findall(r"[぀-ヿ㐀-鿿]+|[^\W぀-ヿ㐀-鿿]+", folded(text))

    *firsts, last = words(query)
    found = set()
    for key, text in said.items():
        of = words(text)

        def holds(word: str, of: list[str] = of, *, unfinished: bool = False) -> bool:
            if re.match("[぀-ヿ㐀-鿿]", word):
                return any(word in one for one in of if re.match("[぀-ヿ㐀-鿿]", one))
            return any(one == word or (unfinished and one.startswith(word)) for one in of)

        if all(map(holds, firsts)) and holds(last, unfinished=True):
            found.add(key)
    return found


@pytest.mark.parametrize("visit", ["desktop"], indirect=True)
def test_a_search_finds_what_a_plain_scan_finds(visit: Any, city: Path) -> None:
    """Whatever the case, accents and script, and with an unfinished last word; a claim once, with a link to it."""
    said = claims_of(city)
    pages = {page_name(path): path for path, _ in said}
    found_some = 0
    for query in QUERIES:
        ask(visit, query)
        while visit.locator("#more").is_visible():
            before = visit.locator("#results li").count()
            visit.locator("#more").click()
            until(visit, f"document.querySelectorAll('#results li').length > {before}")
        links = visit.locator("#results a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        found = []
        for link in map(unquote, links):
            page, _, claim = link.partition("#claim=")
            if Path(page).stem in pages:  # the AIF file has another set of claims
                found.append((pages[Path(page).stem], claim.partition("/")[2]))
        assert len(found) == len(set(found)), query
        assert set(found) == scan(said, query), query
        found_some += bool(found)
    assert found_some >= len(QUERIES) - 2


def test_the_keyboard_reaches_every_result_and_a_result_leads_to_its_claim(visit: Any) -> None:
    """Tab goes from the field to the first result; Enter opens the page of its text, where the claim is selected."""
    ask(visit, "bridge basel")
    assert visit.locator("#found").inner_text() == "3 claims"
    visit.locator("#query").focus()
    visit.keyboard.press("Tab")
    assert visit.evaluate("document.activeElement.closest('#results li') !== null")
    statement = visit.evaluate("document.activeElement.textContent")
    visit.keyboard.press("Enter")
    visit.wait_for_url("**/texts/**")
    visit.locator("#tray:not([hidden])").wait_for()
    assert visit.locator("#tray .claim-text").inner_text() == statement
    visit.go_back()
    assert visit.locator("#query").input_value() == "bridge basel"
    visit.locator("#results li").first.wait_for()


def test_a_search_says_how_much_it_found_and_where(visit: Any) -> None:
    """The number is announced; statement, quote, text, date and speaker stand with each result; more come on request."""
    ask(visit, "bri")
    assert visit.locator("#found").get_attribute("role") == "status"
    total = int(visit.locator("#found").inner_text().split()[0])
    assert total > 20
    first = visit.locator("#results li").first
    assert first.locator("mark").first.inner_text().casefold().startswith("bri")
    assert "Letter 0 from Aarau" in first.inner_text()
    assert "January 1990" in first.inner_text()
    visit.locator("#more").click()
    until(visit, "document.querySelectorAll('#results li').length > 20")
    assert visit.evaluate("[...document.querySelectorAll('#results a')].indexOf(document.activeElement)") == 20
    ask(visit, "nobody says this")
    assert visit.locator("#found").inner_text() == "No claim has all these words."
    ask(visit, " ")
    assert visit.locator("#results li").count() == 0


def test_texts_are_sorted_and_filtered(visit: Any) -> None:
    """A head of the table sorts, by keyboard too, and says so; words and positions filter, and their number is announced."""
    rows = visit.locator("table.texts tbody tr:not([hidden])")
    assert rows.count() == 31
    head = visit.get_by_role("columnheader").filter(has_text="Author")
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert rows.first.locator(".author").inner_text() == "Ann"
    head.get_by_role("button").press("Enter")
    assert rows.first.locator(".author").inner_text() == "Zoë"
    visit.locator("#by-words").fill("ZOE aarau")
    assert visit.locator("#narrowed").inner_text() == f"{rows.count()} of 31 texts"
    assert 0 < rows.count() < 31
    visit.locator("#narrow").get_by_role("button", name="Clear").click()
    until(visit, "document.querySelectorAll('table.texts tbody tr:not([hidden])').length === 31")
    visit.locator("#by-position").select_option(label="it is replaced")
    assert visit.locator("#narrowed").inner_text() == "15 of 31 texts"
    visit.locator("#by-words").fill("nothing like it")
    assert visit.locator("#narrowed").inner_text() == "No text passes the filter."


def test_a_bar_leads_to_a_row_and_a_row_to_its_claims(visit: Any) -> None:
    """The picture of an issue is for the eye; its table leads everybody to each claim."""
    visit.locator(".question h3 a").first.click()
    visit.wait_for_url("**/issues/*.html")
    bars = visit.locator(".strip a").evaluate_all("all => all.map(a => a.href.baseVal)")
    rows = visit.locator("table.standings tr[id]").evaluate_all("all => all.map(row => row.id)")
    assert bars
    assert {bar.partition("#")[2] for bar in bars} <= set(rows)
    assert visit.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visit.locator("table.standings td a").first.click()
    visit.locator("#tray:not([hidden])").wait_for()


@pytest.mark.parametrize(("visit", "scheme"), [("desktop", "light"), ("phone", "dark")], indirect=["visit"])
def test_no_page_has_a_barrier(visit: Any, axe: str, scheme: str) -> None:
    """The accessibility checker has nothing to say about the index, with results, an issue and a text."""
    visit.emulate_media(color_scheme=scheme)
    ask(visit, "bridge ann")
    for address in (None, "issue", "text"):
        if address == "issue":
            visit.locator(".question h3 a").first.click()
            visit.wait_for_url("**/issues/*.html")
        elif address == "text":
            visit.locator("table.standings th a").first.click()
            visit.wait_for_url("**/texts/*.html")
        assert visit.evaluate("document.documentElement.scrollWidth <= innerWidth")
        visit.evaluate(axe)
        found = visit.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})")
        assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found["violations"]] == []


def test_without_scripts_the_index_is_a_list_with_links(browser: Any, index: Path) -> None:
    """Nothing that needs a script is shown; each text, issue and comparison can be reached."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(index.as_uri())
    assert page.locator("#query").is_hidden()
    assert page.locator("#by-words").is_hidden()
    assert page.get_by_text("The search needs scripts.").is_visible()
    assert page.locator("table.texts tbody tr").count() == 31
    for link, shown in (("Letter 0 from Aarau", "thesis"), ("What becomes of the <old> bridge?", "Text by text")):
        page.goto(index.as_uri())
        page.get_by_role("link", name=link, exact=True).first.click()
        assert page.get_by_text(re.compile(shown, re.IGNORECASE)).first.is_visible()
    context.close()
