"""Whatever a map says is drawn as it is said, and is never anything but words."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap import diagram
from argmap.diagram.layout.text import drawable
from argmap.model import Map

SVG = "{http://www.w3.org/2000/svg}"
NASTY = [
    "<script>alert(1)</script>",
    "<b>bold</b> &amp; <i>more</i>",
    "</TD></TR></TABLE>> ] evil [label=<",
    "\\N \\G \\E \\T \\H \\L \\n \\l \\r",
    "ends with a backslash \\",
    "a:b:c",
    "\"quoted\" and 'quoted'",
    "NUL \0 bell \a escape \x1b[31m",
    "two\nlines\r\nand\ttabs",
    "العربية עברית",
    "abc \u202e gnp.exe",
    "👩‍👩‍👧‍👦 👍🏽 🇯🇵 é á̂̃",
    "日本語の文章、改行なし。",
    "-->]]>--<!-- comment -->",
    "&#60;img src=x onerror=alert(1)&#62;",
    "javascript:alert(1) http://evil.example/",
    "cluster0 node graph digraph strict edge subgraph",
    "word " * 1000,
    "x" * 5000,
    "\ufffe\uffff \x7f\x85",
    "   ",
    "",
]


def everywhere(text: str) -> Map:
    """A map with these words in every field that takes words."""
    return Map.model_validate(
        {
            "id": "m",
            "title": text,
            "thesis": "a",
            "sources": {"s": {"title": text, "author": text, "published": text}},
            "speakers": {"x": {"name": text}},
            "issues": {"i": {"question": text, "label": text}},
            "claims": {
                "a": {"text": text, "quote": text or "q", "issue": "i"},
                "b": {"text": text, "quote": text or "q", "speaker": "x", "commitment": "reported", "issue": "i"},
                "c": {"text": text, "implicit": True},
            },
            "relations": [
                {"support": "a", "by": ["b", "c"], "scheme": text, "cue": text, "id": "r"},
                {"attack": "r", "by": ["b"], "cue": text},
            ],
        }
    )


def drawn(m: Map) -> Element:
    """The map's SVG, in groups, with quotes, so that every field is shown."""
    return fromstring(diagram.draw(diagram.of_map(m, group="issue", quotes=True), "svg"))


def words(element: Element) -> str:
    """The words shown in an element, without spaces, which may fall on a line's end."""
    return "".join("".join(text.itertext()) for text in element.iter(f"{SVG}text")).replace(" ", "")


def assert_harmless(root: Element) -> None:
    """Nothing but shapes and words; no link, script, style or handler."""
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "g", "title", "desc", "path", "polygon", "polyline", "ellipse", "text", "defs"}
    for element in root.iter():
        for name in element.attrib:
            assert not name.startswith("on")
            assert "href" not in name
            assert name != "style"


@pytest.mark.parametrize("text", NASTY)
def test_nasty_words_are_drawn_as_they_are(text: str) -> None:
    """HTML, escapes of DOT, control characters and all: each is shown as words, in every field."""
    root = drawn(everywhere(text))
    assert_harmless(root)
    boxes = {element.get("id"): element for element in root.iter(f"{SVG}g") if element.get("data-claim") == "m/a"}
    shown = words(next(iter(boxes.values())))
    assert drawable(text).replace(" ", "") in shown
    assert "evil" not in {element.get("class") for element in root.iter()}


@settings(max_examples=30)
@given(st.lists(st.text(max_size=300), min_size=1, max_size=12))
def test_any_words_are_drawn_as_they_are(texts: list[str]) -> None:
    """Whatever Unicode a claim holds is in its box, no more and no less."""
    m = Map.model_validate(
        {
            "id": "m",
            "thesis": "c0",
            "claims": {f"c{n}": {"text": text, "quote": text or None} for n, text in enumerate(texts)},
            "relations": [{"support": "c0", "by": [f"c{n}"], "scheme": t} for n, t in enumerate(texts) if n],
        }
    )
    root = fromstring(diagram.draw(m))
    assert_harmless(root)
    for n, text in enumerate(texts):
        box = next(element for element in root.iter(f"{SVG}g") if element.get("data-claim") == f"m/c{n}")
        expected = ("thesis" if n == 0 else "") + (drawable(text) if text.strip() else f"(c{n}: no text)")
        assert words(box) == expected.replace(" ", "")


@pytest.mark.parametrize("format_name", ["dot", "mmd", "json"])
def test_written_formats_hold_one_line_a_label(format_name: diagram.Format) -> None:
    """Text formats keep a map's words inside their quotation marks: as many statements with nasty words as with plain ones."""
    plain = diagram.draw(everywhere("plain"), format_name)
    for text in NASTY:
        if text.strip() and len(text) < 100:
            nasty = diagram.draw(everywhere(text), format_name)
            assert b"\0" not in nasty
            if format_name == "mmd":
                assert nasty.count(b"\n") == plain.count(b"\n")
            if format_name == "dot":
                statements = re.findall(rb"(?m)^  \S.*\]$", nasty)
                assert len(statements) == len(re.findall(rb"(?m)^  \S.*\]$", plain))


def test_the_picture_of_a_picture_format_has_no_place_of_this_machine() -> None:
    """No path of the machine that draws gets into a picture."""
    for format_name in ("svg", "pdf", "dot"):
        assert b"/home/" not in diagram.draw(everywhere("words"), format_name)
        assert b"/tmp/" not in diagram.draw(everywhere("words"), format_name)
