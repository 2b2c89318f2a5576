"""The page as text: what it says of the essays and of small maps, and that it needs nothing but itself."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from argmap import anchor, store
from argmap.diagram.layout.sheet import Sheet
from argmap.diagram.model import Diagram
from argmap.diagram.render.inline import Palette, Plan, inline
from argmap.diff import compare, timeline
from argmap.model import Map
from argmap.page import build
from argmap.page.outline import Entry, Step, outline_of
from argmap.page.passages import paragraphs
from argmap.page.phrases import date_in_words
from tests.helpers.map_strategies import maps
from tests.helpers.page_reader import Reader, read, words

MAPS = Path(__file__).resolve().parents[2] / "maps"


@pytest.fixture(scope="module")
def essays() -> tuple[Map, Map]:
    return store.load(MAPS / "1996.yaml"), store.load(MAPS / "2005.yaml")


@pytest.fixture(scope="module")
def html(essays: tuple[Map, Map]) -> str:
    alignment = store.load_alignment(MAPS / "1996-2005.yaml")
    return build(essays, [compare(*essays, alignment)], timeline(essays, [alignment]))


@pytest.fixture(scope="module")
def page(html: str) -> Reader:
    return read(html)


def test_the_page_opens_with_from_and_to_in_the_codebooks_words(page: Reader) -> None:
    """The headline names the two positions, and the quotes that put the texts there."""
    assert words(page.one("h1").words).startswith("What kind of partner is Japan? junior partner in 1996")
    assert "near-equal ally in 2005" in words(page.one("h1").words)
    ends = [words(e.words) for e in page.all("figure", class_="end")]
    assert "consisted of unequal partners." in ends[0]
    assert "more nearly equals in policy and strategy" in ends[1]


def test_every_change_shows_both_quotes_its_word_and_why(page: Reader, essays: tuple[Map, Map]) -> None:
    """Each accepted correspondence of the alignment file is an article with the words of both texts and its reason."""
    articles = [words(e.words) for e in page.all("article", class_="change")]
    for pair in store.load_alignment(MAPS / "1996-2005.yaml").correspondences:
        quoted = [
            quote.exact
            for m, ids in zip(essays, (pair.before, pair.after), strict=True)
            for claim_id in ids
            for quote in m.claims[claim_id].quotes
        ]
        said = [*quoted, pair.because or "", pair.change or ""]
        assert any(all(words(part) in article for part in said) for article in articles), pair


def test_every_claim_can_be_linked_to_and_is_told_once_in_prose(page: Reader, essays: tuple[Map, Map]) -> None:
    """`#claim=MAP/ID` leads to an element even where no script runs."""
    wanted = {f"claim={m.id}/{claim_id}" for m in essays for claim_id in m.claims}
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert wanted <= set(ids)
    assert len(ids) == len(set(ids))


def test_every_link_leads_somewhere_on_the_page(page: Reader) -> None:
    """No link of the page goes to a place that it does not have, or off the page, but to the files beside it."""
    ids = {e.attributes["id"] for e in page.elements if "id" in e.attributes}
    for link in page.all("a"):
        target = link.attributes["href"]
        assert target.startswith("#")
        assert target[1:] in ids, target


def test_the_page_loads_nothing_and_runs_only_its_own_script(page: Reader, html: str) -> None:
    """The policy allows the inlined scripts and style by their hashes and nothing else; there is no address in the page."""
    rules = dict(rule.split(" ", 1) for rule in page.policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert sorted([*rules["script-src"].split(), *rules["style-src"].split()]) == sorted(page.hashes)
    assert "unsafe" not in page.policy
    assert "connect-src" not in rules
    loaded = [
        value
        for e in page.elements
        for name, value in e.attributes.items()
        if name in ("src", "srcset", "action", "data")
    ]
    assert loaded == []
    assert [e.attributes["href"] for e in page.all("link")] == ["data:,"]
    assert not any(
        e.attributes.get("style") or any(name.startswith("on") for name in e.attributes) for e in page.elements
    )
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in html


def test_both_texts_stand_on_the_page_word_for_word(page: Reader, essays: tuple[Map, Map]) -> None:
    """Every paragraph of the sources is there in its order; furniture is struck or folded away, never plain."""
    for m, essay in zip(essays, page.all("div", class_="essay"), strict=True):
        text = m.sources["essay"].text or ""
        body = words(essay.words)
        for line in filter(str.strip, text.splitlines()):
            assert words(line) in body
    struck = " ".join(words(e.words) for e in page.all("s"))
    for furniture in (
        "ILLUSTRATION: MOUNTAIN PEOPLE",
        "(rt)0314p09.tif",
        "Reality lag",
        "Taipei holds immense strategic value",
    ):
        assert furniture in struck
    numbered = [e for e in page.all("p") if "data-number" in e.attributes]
    assert not any("MOUNTAIN PEOPLE" in e.words for e in numbered)


def test_every_quoted_passage_is_marked_with_its_claims(page: Reader, essays: tuple[Map, Map]) -> None:
    """The marked runs of a claim spell its quote."""
    marked: dict[str, str] = {}
    for passage in page.all(class_="passage"):
        for ref in passage.attributes["data-claims"].split():
            marked[ref] = marked.get(ref, "") + passage.words
    for m in essays:
        for claim_id, claim in m.claims.items():
            for quote in claim.quotes:
                assert words(quote.exact) in words(marked[f"{m.id}/{claim_id}"])


def test_the_analysts_words_are_told_from_the_texts(page: Reader, essays: tuple[Map, Map]) -> None:
    """Quotation marks (`q`) hold words of the texts alone; an unstated premise says so wherever it stands."""
    texts = words(" ".join(m.sources["essay"].text or "" for m in essays))
    explained = "quotation marks"
    assert all(words(e.words) in texts or e.words == explained for e in page.all("q"))
    for m in essays:
        for claim_id, claim in m.claims.items():
            if claim.implicit:
                told = page.one("div", id=f"claim={m.id}/{claim_id}")
                assert "unstated premise" in told.words
                elsewhere = [e for e in page.all("a", href=f"#claim={m.id}/{claim_id}") if e.words != claim.text]
                assert all("unstated premise" in e.words for e in elsewhere)
    implicit = {claim_id for m in essays for claim_id, claim in m.claims.items() if claim.implicit}
    told = compare(*essays, store.load_alignment(MAPS / "1996-2005.yaml")).relations
    supplied = [end for tie in (*told.dropped, *told.new) for end in (*tie.sources, tie.target) if end in implicit]
    assert words(page.one("section", class_="ties").words).count("unstated premise") == len(supplied)


def test_the_outline_says_all_that_the_maps_say(essays: tuple[Map, Map]) -> None:
    """Each claim is told in full once, and each relation once, with its scheme and cue."""
    for m in essays:
        told, steps = _walk(outline_of(m))
        assert sorted(told) == sorted(m.claims)
        assert sorted(steps) == sorted((r.type, r.by, r.scheme, r.cue) for r in m.relations)


@given(m=maps(most=8))
@settings(max_examples=40)
def test_any_map_can_be_told(m: Map) -> None:
    """Circles, relations on relations and relations without a target are told too: nothing is left out, nothing loops."""
    told, steps = _walk(outline_of(m))
    assert sorted(told) == sorted(m.claims)
    assert {(r.type, r.by) for r in m.relations} <= {(type_, by) for type_, by, _, _ in steps}


def test_a_long_chain_is_told_in_pieces() -> None:
    """An argument a thousand steps deep neither nests a thousand levels nor loses a step."""
    m = Map.model_validate(
        {
            "id": "chain",
            "thesis": "c0",
            "claims": {f"c{n}": {"text": f"Step {n}."} for n in range(1000)},
            "relations": [{"support": f"c{n}", "by": f"c{n + 1}"} for n in range(999)],
        }
    )
    told, steps = _walk(outline_of(m))
    assert len(told) == 1000
    assert len(steps) == 999
    assert "Step 999." in build([m])


@given(m=maps())
@settings(max_examples=40)
def test_runs_of_a_text_put_together_are_the_text(m: Map) -> None:
    """Cutting a text at its quotes changes nothing but the space between paragraphs, and runs never overlap."""
    found = anchor.spans(m)
    for claim_id, source in m.sources.items():
        shown = paragraphs(m, claim_id, found)
        assert words(" ".join(p.text for p in shown)) == words(source.text or "")
        assert all(left.start + len(left.text) <= right.start for left, right in pairwise(shown))


@given(m=maps())
@settings(max_examples=15)
def test_any_map_makes_a_page(m: Map) -> None:
    """Whatever the map, the page holds each claim's words and no element that the templates do not have."""
    page = read(build([m]))
    assert {e.tag for e in page.elements} <= TAGS
    for claim_id, claim in m.claims.items():
        assert words(claim.text) in words(page.one("div", id=f"claim={m.id}/{claim_id}").words)
    assert set(page.data["claims"]) == {f"{m.id}/{claim_id}" for claim_id in m.claims}


TAGS = set(
    re.findall(
        r"\w+",
        "html head meta link title style script body a header b nav div button form label select option optgroup fieldset legend "
        "span p main section h1 h2 h3 h4 ul ol li blockquote q bdi figure figcaption cite article details summary s dl dt dd em "
        "table thead tbody tr th td svg path aside code input br",
    )
)


def test_a_change_that_nobody_confirmed_is_marked_and_counted_apart(essays: tuple[Map, Map]) -> None:
    """Without an alignment all matches are suggestions: dashed, with their evidence, and in no count."""
    diff = compare(*essays)
    page = read(build(essays, [diff], timeline(essays)))
    suggested = [change for change in diff.changes if change.status == "suggested"]
    assert suggested
    shown = page.all("article", class_="is-suggested")
    assert len(shown) == len(suggested)
    assert all("argmap suggests this match" in e.words and "Nobody has confirmed it." in e.words for e in shown)
    tally = words(page.one("ul", class_="tally").words)
    assert f"{len(suggested)} suggested, not counted" in tally


def test_two_readings_of_one_text_are_told_as_such(essays: tuple[Map, Map]) -> None:
    """Two analysts' maps of one essay open with where they differ, not with a journey from one to the other."""
    first = essays[0]
    second = first.model_copy(update={"id": "second-reading"})
    page = read(build([first, second], [compare(first, second)], timeline([first, second])))
    assert words(page.one("h1").words) == "Where the two analysts differ"


def test_what_a_map_says_is_text_wherever_it_stands() -> None:
    """Markup, quotes and script in any field come out as words, in elements, attributes and data alike."""
    evil = "</script></style><img src=x onerror=alert(1)>\"'<!--{{7*7}}${alert(1)}\u2028"
    m = hostile(evil)
    html = build([m], notes=[evil])
    page = read(html)
    assert {e.tag for e in page.elements} <= TAGS
    assert "{{7*7}}" in html
    assert page.data["claims"]["m/c0"]["text"] == evil
    assert not any(name.startswith("on") for e in page.elements for name in e.attributes)
    assert page.one("option", value="m/s0").words.startswith(evil[:20])


def test_a_picture_brings_nothing_but_shapes_and_words() -> None:
    """Whatever an SVG holds besides, script, links, styles, images and handlers do not get into the page."""
    evil = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" onload="x()">
      <script>x()</script><style>*{}</style><image href="http://a.example/"/><foreignObject><b>x</b></foreignObject>
      <a xlink:href="javascript:x()"><text>gone with its link</text></a>
      <g class="box claim" data-claim="m/c" onclick="x()"><title>&lt;b&gt;</title>
        <path d="M0 0" fill="#ff0000" style="stroke:#00ff00;background:url(http://a.example/)"/>
        <text fill="url(http://a.example/)">&lt;img src=x&gt;</text></g></svg>"""
    plan = Plan(Sheet(Diagram("m", "map", ""), 9, 9, (), (), ()), 9, 9, (), {})
    palette = Palette()
    svg = read(inline(evil.replace(b"#ff0000", b"#000002"), plan, "x", "A <map>", palette).svg)
    assert [e.tag for e in svg.elements] == ["svg", "g", "title", "path", "text"]
    allowed = {"d", "class", "viewbox", "xmlns", "id", "role", "aria-label", "tabindex", "data-claims"}
    assert {name for e in svg.elements for name in e.attributes} <= allowed
    assert svg.one("g").attributes["aria-label"] == "<img src=x> (claim)"
    assert palette.css() == ".f0{fill:light-dark(#1b1d23,#eef1f4)}\n.s1{stroke:#00ff00}"


def test_what_no_page_can_hold_is_replaced() -> None:
    """NUL, halves of surrogate pairs and other characters that HTML forbids become U+FFFD, and the page is UTF-8."""
    m = Map.model_validate({"id": "m", "claims": {"c": {"text": "a\x00b\ud800c\x1bd\ufffee"}}})
    html = build([m])
    assert "a\ufffdb\ufffdc\ufffdd\ufffde" in html
    html.encode()


def hostile(*evils: str) -> Map:
    """A map that says each of `evils` wherever it can: claim `c0`, speaker `s0`, issue `i0` and source `e0` the first, and so on."""
    n = range(len(evils))
    return Map.model_validate(
        {
            "id": "m",
            "title": evils[0],
            "thesis": "c0",
            "note": evils[0],
            "sources": {
                f"e{k}": {
                    "text": f"{evils[k]} and more.\n\nFurniture {evils[k]}",
                    "author": evils[k],
                    "title": evils[k],
                    "published": evils[k],
                    "dated_by": {"exact": evils[k], "source": f"e{k}"},
                    "url": f"javascript:{evils[k]}",
                    "language": evils[k],
                    "excluded": [{"quote": "Furniture", "reason": evils[k]}],
                    "non_argumentative": [{"quote": "and more", "reason": evils[k]}],
                }
                for k in n
            },
            "speakers": {f"s{k}": {"name": evils[k], "role": evils[k]} for k in n},
            "claims": {
                **{
                    f"c{k}": {
                        "text": evils[k],
                        "quote": {"exact": evils[k], "suffix": " and more", "source": f"e{k}"},
                        "issue": f"i{k}",
                        "position": "p",
                        "speaker": f"s{k}",
                        "note": evils[k],
                    }
                    for k in n
                },
                **{f"d{k}": {"text": evils[k], "implicit": True} for k in n},
            },
            "relations": [
                {"support": f"c{k}", "by": f"d{k}", "scheme": evils[k], "cue": evils[k], "note": evils[k]} for k in n
            ],
            "issues": {
                f"i{k}": {
                    "question": evils[k],
                    "label": evils[k],
                    "scale": {"p": {"label": evils[k], "origin": evils[k]}},
                }
                for k in n
            },
        }
    )


def test_nothing_of_the_page_is_lost_in_the_data(page: Reader, essays: tuple[Map, Map]) -> None:
    """The script knows every claim and change, by the names that the elements bear."""
    data = page.data
    refs = {ref for e in page.elements for ref in e.attributes.get("data-claims", "").split()}
    assert refs <= set(data["claims"])
    numbers = {int(e.attributes["data-change"]) for e in page.elements if "data-change" in e.attributes}
    assert numbers == set(range(len(data["changes"])))
    json.dumps(data)


@pytest.mark.parametrize("date", ["2005-13", "x", "2005-03-01-02", "2005-", "-"])
def test_a_date_that_is_none_is_shown_as_it_stands(date: str) -> None:
    """What is not year, month and day is not put into words."""
    assert date_in_words(date) == date


def _walk(outline: object) -> tuple[list[str], list[tuple[str, tuple[str, ...], str | None, str | None]]]:
    """Claims that are told in full, and every step."""
    told: list[str] = []
    steps: list[tuple[str, tuple[str, ...], str | None, str | None]] = []

    def entry(one: Entry) -> None:
        if one.told:
            told.append(one.claim)
        for each in one.steps:
            step(each)

    def step(one: Step) -> None:
        steps.append((one.type, tuple(item.claim for item in one.items), one.scheme, one.cue))
        for item in one.items:
            entry(item)
        for each in one.steps:
            step(each)

    for root in (*outline.theses, *outline.branches, *outline.apart):  # type: ignore[attr-defined]
        if root:
            entry(root)
    for each in outline.loose:  # type: ignore[attr-defined]
        step(each)
    return told, steps


def test_the_page_says_what_carries_the_thesis() -> None:
    """A section in words for each text, with the words of the text and a caution; a map without relations has none."""
    claims = {"open": {"text": "Open on Sundays."}, "need": {"text": "Families are <free>."}}
    map_ = Map.model_validate(
        {"id": "m", "thesis": "open", "claims": claims, "relations": [{"support": "open", "by": "need"}]}
    )
    page = build([map_])
    assert '<h2 id="carries">What carries it</h2>' in page
    assert "The thesis falls if “Families are &lt;free&gt;” is rejected." in page
    assert "--all-voices" not in page
    assert 'href="#carries"' in page
    assert 'id="carries"' not in build([map_.model_copy(update={"relations": ()})])
