"""The report in a real browser: every way to point, select, filter, search and move about, with mouse, touch and keys."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import argmap
from tests.helpers.browser_session import ROOT, Tab

STANDING = "1996/unequal-partners"


def claim_pair() -> tuple[str, str]:
    """A claim of 1996 and one of 2005 that the alignment ties, both quoted."""
    pair = argmap.load_alignment(ROOT / "maps" / "1996-2005.yaml").correspondences[0]
    return f"1996/{pair.before[0]}", f"2005/{pair.after[0]}"


def passage(page: Any, ref: str) -> Any:
    return page.locator(f'.passage[data-claims~="{ref}"]').first


def box(page: Any, ref: str, picture: str) -> Any:
    return page.locator(f'[id="pic:{picture}"] [data-claims~="{ref}"]').first


def lit(page: Any, word: str = "lit") -> set[str]:
    """Which claims' elements bear a class."""
    return set(
        page.evaluate(
            "word => [...document.querySelectorAll('.' + word)].flatMap(e => e.dataset.claims.split(' '))", word
        )
    )


def seen(locator: Any) -> bool:
    """Whether an element lies within the window and within whatever it scrolls or moves in."""
    return bool(
        locator.evaluate(
            """element => {
                const at = element.getBoundingClientRect();
                const frames = [{left: 0, top: 0, right: innerWidth, bottom: innerHeight}];
                const frame = element.closest('.essay, .viewport');
                if (frame) frames.push(frame.getBoundingClientRect());
                return at.width > 0 && frames.every(f => at.left < f.right && at.right > f.left && at.top < f.bottom && at.bottom > f.top);
            }"""
        )
    )


def unfold(page: Any) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")


def text(locator: Any) -> str:
    return re.sub(r"\s+", " ", locator.inner_text()).strip()


# ── at a glance ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_screen_says_from_what_to_what(tab: Tab, essay_page: Path) -> None:
    """Question, both positions and the stairs (or the earlier quote) stand in the window before anyone scrolls, and nothing is wider than it."""
    page = tab.open(essay_page)
    for words in ("What kind of partner is Japan?", "junior partner", "near-equal ally"):
        assert page.locator("h1").get_by_text(words).first.is_visible()
    wide = page.viewport_size["width"] > 1000
    assert seen(page.locator('[id="pic:stairs"]' if wide else ".end blockquote").first)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_light_and_dark_follow_the_system_and_the_button(desktop: Tab, essay_page: Path) -> None:
    """The system's choice first; then the reader's, for page and pictures alike, and it is remembered."""
    page = desktop.open(essay_page)
    ground = "getComputedStyle(document.body).backgroundColor"
    fill = 'getComputedStyle(document.querySelector(\'[id="pic:1996"] .thesis path, [id="pic:1996"] .thesis polygon\')).fill'
    light = page.evaluate(ground), page.evaluate(fill)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(ground), page.evaluate(fill)
    assert light[0] == "rgb(255, 255, 255)"
    assert dark[0] != light[0]
    assert dark[1] != light[1]
    button = page.get_by_role("button", name="Dark")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert page.evaluate(ground) == light[0]
    page.reload()
    assert page.evaluate(ground) == light[0]
    page.evaluate("localStorage.clear()")
    page.emulate_media(color_scheme="light")


# ── pointing and selecting ────────────────────────────────────────────────────────────────────────────────────────────


def test_pointing_at_a_passage_lights_its_claim_and_what_answers_it(desktop: Tab, essay_page: Path) -> None:
    """Both essays and maps light up together; a thread ties the passages; moving away lets go."""
    page = desktop.open(essay_page)
    unfold(page)
    before, after = claim_pair()
    passage(page, before).hover()
    assert before in lit(page)
    assert after in lit(page, "answer")
    assert "lit" in (box(page, before, "1996").get_attribute("class") or "")
    assert "answer" in (passage(page, after).get_attribute("class") or "")
    assert page.locator(".threads path").count() >= 2
    page.mouse.move(3, 3)
    assert lit(page) == set()
    assert page.locator(".threads path").count() == 0


def test_selecting_a_passage_shows_its_claims_and_can_be_linked_to(tab: Tab, essay_page: Path) -> None:
    """The tray tells claim, quote, whose words, reasons and what became of it; the address names the claims."""
    page = tab.open(essay_page)
    unfold(page)
    before, after = claim_pair()
    target = passage(page, before)
    refs = target.get_attribute("data-claims").split()
    target.click()
    tray = page.locator("#tray")
    assert tray.is_visible()
    maps = {name: argmap.load(ROOT / "maps" / f"{name}.yaml") for name in ("1996", "2005")}
    for ref in refs:
        claim = maps["1996"].claims[ref.partition("/")[2]]
        assert claim.text in text(tray)
        assert claim.quotes[0].exact in text(tray)
    assert maps["2005"].claims[after.partition("/")[2]].text in text(tray)
    assert page.url.endswith("#claim=" + ",".join(refs))
    assert lit(page, "chosen") == set(refs)
    assert seen(passage(page, after)) or page.viewport_size["width"] < 500
    tray.get_by_role("button", name="Close").click()
    assert not tray.is_visible()
    assert "#" not in page.url


def test_a_deep_link_opens_at_its_claim(tab: Tab, essay_page: Path) -> None:
    """`#claim=2005/near-equals` selects the claim and brings its passage into the window, above the tray."""
    page = tab.open(essay_page, "#claim=2005/near-equals")
    page.wait_for_selector("#tray:not([hidden])")
    assert "The US and Japan will transform their security bond" in text(page.locator("#tray"))
    target = passage(page, "2005/near-equals")
    page.wait_for_function(
        "() => { const b = document.querySelector('.passage.chosen').getBoundingClientRect(); return b.top > 0 && b.top < innerHeight; }"
    )
    top = page.locator("#tray").bounding_box()["y"]
    assert target.bounding_box()["y"] < top
    page.evaluate("location.hash = '#claim=1996/must-decide'")
    page.wait_for_function("() => document.querySelector('#tray').innerText.includes('protectorate or genuine ally')")


def test_a_link_to_nothing_selects_nothing(desktop: Tab, essay_page: Path) -> None:
    """An unknown or broken address opens the page as it is."""
    page = desktop.open(essay_page, "#claim=nobody/nothing")
    assert page.locator("#tray").is_hidden()
    for digest in ("#claim=", "#claim=%", "#claim=__proto__/constructor", "#claim=<img src=x>", "#claim=,,,"):
        page.evaluate("hash => { location.hash = hash; return new Promise(done => setTimeout(done, 30)); }", digest)
        assert page.locator("#tray").is_hidden(), digest


def test_the_tray_leads_to_every_place_of_a_claim(tab: Tab, essay_page: Path) -> None:
    """Text, map, issue and outline: each button brings the claim into the window there, unfolding what folds it."""
    page = tab.open(essay_page, f"#claim={STANDING}")
    page.wait_for_selector("#tray:not([hidden])")
    spots = {
        "Text": passage(page, STANDING),
        "Map": box(page, STANDING, "1996"),
        "Issue": page.locator(f'.held[data-claims="{STANDING}"]').first,
        "Outline": page.locator(f'.told[data-claims="{STANDING}"]'),
    }
    for name, target in spots.items():
        page.locator("#tray").get_by_role("button", name=name, exact=True).click()
        assert seen(target), name
    page.locator("#tray .row a").first.click()
    assert page.locator("#tray .claim-text").first.inner_text() != ""
    assert STANDING not in lit(page, "chosen")


def test_a_box_of_a_picture_selects_its_claim(tab: Tab, essay_page: Path) -> None:
    """In the maps, once unfolded."""
    page = tab.open(essay_page)
    unfold(page)
    page.locator('[id="pic:1996"]').scroll_into_view_if_needed()
    target = page.locator('[id="pic:1996"] [data-claims]').first
    target.click()
    assert set(target.get_attribute("data-claims").split()) == lit(page, "chosen")


def test_a_box_of_how_shows_its_words_and_leads_to_the_passage(desktop: Tab, essay_page: Path) -> None:
    """Pointing shows quote, change word, reason and what else is said on the question; a click goes to the passage."""
    page = desktop.open(essay_page)
    pair = next(
        pair
        for pair in argmap.load_alignment(ROOT / "maps" / "1996-2005.yaml").correspondences
        if pair.because and page.locator(f'[id="pic:how"] [data-claims="1996/{pair.before[0]}"]').count()
    )
    ref = f"1996/{pair.before[0]}"
    target = box(page, ref, "how")
    target.scroll_into_view_if_needed()
    target.hover()
    peek = page.locator("#peek")
    claim = argmap.load(ROOT / "maps" / "1996.yaml").claims[pair.before[0]]
    assert claim.quotes[0].exact in text(peek)
    assert text(peek).count(pair.because or "") >= 1
    target.click()
    assert peek.is_hidden()
    assert lit(page, "chosen") == {ref}
    assert seen(passage(page, ref))


def test_dumbbells_and_how_are_reached_with_the_keyboard(desktop: Tab, essay_page: Path) -> None:
    """One stop a picture; arrows go from box to box and show the words; Enter selects."""
    page = desktop.open(essay_page)
    for name in ("how", "dumbbells"):
        stops = page.locator(f'[id="pic:{name}"] [tabindex="0"]')
        assert stops.count() == 1
        stops.focus()
        page.keyboard.press("ArrowDown")
        assert page.locator("#peek").is_visible()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.closest('#tray, .essay') !== null")
        page.keyboard.press("Escape")


# ── length, phone, history ────────────────────────────────────────────────────────────────────────────────────────────

STOPS = """[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex]')]
    .filter(e => e.tabIndex >= 0 && !e.disabled && e.getClientRects().length && e.checkVisibility()).length"""
SMALL = """[...document.querySelectorAll('main *, .bar *')].filter(e => {
    if (!e.getClientRects().length || !e.checkVisibility() || e.closest('.picture, .unseen, title, desc')) return false;
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) return false;
    const scale = e.closest('svg') && e.getScreenCTM ? e.getScreenCTM().a : 1;
    return parseFloat(getComputedStyle(e).fontSize) * scale < 11.99;
}).map(e => e.outerHTML.slice(0, 90))"""


def test_the_page_is_short_and_legible(desktop: Tab, essay_page: Path) -> None:
    """Folded, at 1440 px: 15,000 px, 300 tab stops, and no word outside the maps under 12 px."""
    page = desktop.open(essay_page)
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.evaluate("document.documentElement.scrollHeight") <= 15_000
    assert page.evaluate(STOPS) <= 300
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("width", [390, 820])
def test_narrow_windows_show_the_movement(phone: Tab, essay_page: Path, width: int) -> None:
    """From and to, then each way with both quotes and an arrow with its word; nothing is wider than the window."""
    page = phone.open(essay_page)
    size = page.viewport_size
    page.set_viewport_size({"width": width, "height": 844})
    ways = page.locator(".ways li")
    assert ways.count() >= 8
    for n in range(ways.count()):
        assert ways.nth(n).is_visible()
        assert "↓" in ways.nth(n).inner_text()
        assert ways.nth(n).locator("q:visible").count() >= 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size(size)


def test_back_and_forward_restore_place_filter_and_selection(desktop: Tab, essay_page: Path) -> None:
    """The filter is in the address; each step of the history comes back as it was left."""
    page = desktop.open(essay_page)
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Issue", exact=True).select_option(label="Standing")
    assert "issue=" in page.url
    filtered = page.url
    page.locator(".unfold[open] .own a").first.click()
    chosen = lit(page, "chosen")
    page.evaluate("scrollTo(0, 1200)")
    page.wait_for_timeout(300)
    page.locator("#tray").get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Show all").click()
    assert "#" not in page.url
    page.evaluate("scrollTo(0, 300)")
    page.wait_for_timeout(300)
    page.go_back()
    page.go_back()
    page.wait_for_function("() => !document.querySelector('#tray').hidden")
    assert lit(page, "chosen") == chosen
    assert abs(page.evaluate("scrollY") - 1200) < 5
    assert page.locator(".issue:visible").count() == 1
    page.go_back()
    page.wait_for_function("() => document.querySelector('#tray').hidden")
    assert page.url == filtered
    page.go_back()
    page.wait_for_function("() => document.querySelector('#filtering').hidden")
    for _ in range(4):
        page.go_forward()
    page.wait_for_function("() => scrollY === 300")
    assert page.locator("#filtering").is_hidden()
    desktop.open(essay_page, "#" + filtered.partition("#")[2])
    page.wait_for_selector("#filtering:not([hidden])")
    assert page.locator(".issue:visible").count() == 1


# ── filters ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_filters_by_what_happened_by_issue_and_by_speaker(tab: Tab, essay_page: Path) -> None:
    """Only changes that pass are shown, claims that do not are dimmed, counts are told, and all of it can be undone."""
    page = tab.open(essay_page)
    unfold(page)
    everything = page.locator(".change:visible").count()
    page.get_by_role("button", name="Filter").click()
    page.locator('.chip[data-word="shifted"]').click()
    shown = page.locator(".change:visible")
    assert 0 < shown.count() < everything
    assert all("shifted" in shown.nth(n).locator(".badge").inner_text() for n in range(shown.count()))
    assert page.locator("#filtering").is_visible()
    assert page.locator(".passage.dim").count() > 0
    assert page.locator('[id="pic:1996"] .dim').count() > 0
    page.get_by_role("button", name="Clear", exact=True).click()
    page.wait_for_function("() => document.querySelector('#filtering').hidden")
    assert page.locator(".change:visible").count() == everything
    page.get_by_label("Issue", exact=True).select_option(label="Standing")
    assert page.locator(".issue:visible").count() == 1
    page.get_by_label("Speaker", exact=True).select_option(value="2005/machimura")
    assert page.get_by_text("No change matches the filter.").is_visible()
    page.get_by_role("button", name="Show all").click()
    assert page.locator(".change:visible").count() == everything
    assert page.locator(".dim").count() == 0


def test_a_count_of_the_summary_filters_to_its_changes(desktop: Tab, essay_page: Path) -> None:
    """Choosing "dropped" in the tally leads to the silences, unfolded."""
    page = desktop.open(essay_page)
    page.locator('.tally [data-word="dropped"]').click()
    assert page.locator(".change:visible").count() == 0
    assert page.locator(".silence:visible").count() == int(page.locator('.tally [data-word="dropped"] b').inner_text())


# ── pictures ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def scale(figure: Any) -> float:
    return float(figure.locator("svg").evaluate("svg => new DOMMatrix(svg.style.transform).a"))


def place(figure: Any) -> tuple[float, float]:
    return tuple(
        figure.locator("svg").evaluate("svg => { const m = new DOMMatrix(svg.style.transform); return [m.e, m.f]; }")
    )


@pytest.mark.parametrize("claim_id", ["map:1996"])
def test_a_picture_zooms_fits_and_is_dragged(tab: Tab, essay_page: Path, claim_id: str) -> None:
    """Buttons zoom; fit shows all of it; a drag moves it and selects nothing; the window can be filled and left again."""
    page = tab.open(essay_page)
    unfold(page)
    figure = page.locator(f'[id="{claim_id}"]')
    figure.scroll_into_view_if_needed()
    figure.locator(".viewport.ready").wait_for()
    first = scale(figure)
    figure.get_by_role("button", name="Zoom in").click()
    assert scale(figure) > first
    figure.get_by_role("button", name="Zoom out").click()
    assert scale(figure) == pytest.approx(first)
    figure.get_by_role("button", name="Fit").click()
    frame, picture = figure.locator(".viewport").bounding_box(), figure.locator("svg").bounding_box()
    assert picture["x"] >= frame["x"] - 1
    assert picture["x"] + picture["width"] <= frame["x"] + frame["width"] + 1
    assert picture["height"] <= frame["height"] + 1
    figure.get_by_role("button", name="Zoom in").click()
    start = place(figure)
    figure.locator(".viewport").scroll_into_view_if_needed()
    frame = figure.locator(".viewport").bounding_box()
    x, y = frame["x"] + frame["width"] / 2, min(frame["y"] + frame["height"] / 2, page.viewport_size["height"] - 60)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y - 25, steps=4)
    page.mouse.up()
    assert place(figure) == pytest.approx((start[0] - 40, start[1] - 25), abs=1)
    assert page.locator("#tray").is_hidden()
    figure.get_by_role("button", name="Full window").click()
    assert page.evaluate("document.querySelector('.bar').inert && !document.querySelector('.large').closest('[inert]')")
    box = figure.bounding_box()
    assert (box["width"], box["height"]) == (page.viewport_size["width"], page.viewport_size["height"])
    page.keyboard.press("Escape")
    assert figure.bounding_box()["height"] < page.viewport_size["height"] * 1.2
    assert not page.locator(".large, [inert]").count()


def test_the_wheel_scrolls_the_page_and_zooms_with_ctrl(desktop: Tab, essay_page: Path) -> None:
    """A picture does not catch the reader who scrolls past it."""
    page = desktop.open(essay_page)
    unfold(page)
    figure = page.locator('[id="map:1996"]')
    figure.evaluate("figure => figure.scrollIntoView()")
    figure.locator(".viewport.ready").wait_for()
    figure.locator(".viewport").hover()
    first, top = scale(figure), page.evaluate("scrollY")
    page.mouse.wheel(0, 120)
    page.wait_for_function("top => scrollY > top", arg=top)
    assert scale(figure) == first
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    page.wait_for_function(
        "first => new DOMMatrix(document.querySelector('[id=\"pic:1996\"]').style.transform).a > first", arg=first
    )


def test_two_fingers_zoom_a_picture(phone: Tab, essay_page: Path) -> None:
    """A pinch on the phone zooms the picture, not the page."""
    page = phone.open(essay_page)
    unfold(page)
    figure = page.locator('[id="map:2005"]')
    figure.locator(".viewport").scroll_into_view_if_needed()
    figure.locator(".viewport.ready").wait_for()
    first = scale(figure)
    figure.locator(".viewport").evaluate(
        """port => {
            const frame = port.getBoundingClientRect();
            const send = (type, id, x, y) => port.dispatchEvent(new PointerEvent(type, {
                pointerId: id, pointerType: 'touch', bubbles: true, clientX: frame.left + x, clientY: frame.top + y, buttons: 1 }));
            send('pointerdown', 11, 150, 150); send('pointerdown', 12, 200, 150);
            send('pointermove', 12, 260, 150); send('pointerup', 11, 150, 150); send('pointerup', 12, 260, 150);
        }"""
    )
    assert scale(figure) == pytest.approx(first * 2.2, rel=0.01)


def test_search_finds_claims_by_their_own_words_and_the_texts(tab: Tab, essay_page: Path) -> None:
    """Hits are marked and counted; Enter goes to the next, and each comes into the window; nothing found says so."""
    page = tab.open(essay_page)
    unfold(page)
    figure = page.locator('[id="map:1996"]')
    field = figure.get_by_role("searchbox")
    field.scroll_into_view_if_needed()
    field.fill("fantasyland")
    assert text(figure.locator(".hits")) == "1 of 1"
    assert seen(figure.locator(".hit").first)
    field.fill("COLD war")
    hits = int(text(figure.locator(".hits")).partition(" of ")[2])
    assert hits > 2
    assert figure.locator(".hit").count() > 2
    field.press("Enter")
    assert text(figure.locator(".hits")) == f"2 of {hits}"
    field.press("Shift+Enter")
    field.press("Shift+Enter")
    assert text(figure.locator(".hits")) == f"{hits} of {hits}"
    field.fill("zebra")
    assert text(figure.locator(".hits")) == "not found"
    field.press("Escape")
    assert field.input_value() == ""
    assert figure.locator(".hit").count() == 0
