"""The Markdown outline, as a Markdown reader shows it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from argmap import formats
from argmap.model import Map
from tests.formats.test_formats import DEBATE
from tests.helpers.map_strategies import WORDS, maps

OURS = {
    "root",
    "heading",
    "paragraph",
    "bullet_list",
    "list_item",
    "blockquote",
    "inline",
    "text",
    "text_special",
    "em",
    "strong",
}
"""What an outline is made of: no link, no code, no HTML, no table, no picture."""


def outline(m: Map) -> str:
    return formats.dumps(m, "markdown")[0]


def rendered(text: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(MarkdownIt("gfm-like", {"linkify": False}).parse(text))


def words(node: SyntaxTreeNode) -> str:
    """The text that a node shows, in one line."""
    return "".join(child.content for child in node.walk() if child.type in ("text", "text_special"))


def own(item: SyntaxTreeNode) -> str:
    """The first paragraph of a list item."""
    return words(item.children[0])


def tree(node: SyntaxTreeNode) -> list[Any]:
    """The items of the lists right under a node, each with those under it."""
    items = [item for child in node.children if child.type == "bullet_list" for item in child.children]
    return [(own(item), tree(item)) if tree(item) else own(item) for item in items]


def test_outline_as_it_is_shown() -> None:
    """Title, text, thesis with its quote, and the reasons under what they are reasons for."""
    page = rendered(outline(DEBATE))
    assert [node.type for node in page.children] == ["heading", "paragraph", "paragraph", "blockquote", "bullet_list"]
    assert [words(node) for node in page.children[:4]] == [
        "Should the bridge be closed?",
        "A. Writer, 1996-04",
        "The bridge should be closed.",
        "Not every word is true.",
    ]
    assert tree(page) == [
        (
            "Together: (by cause to effect)",
            [
                "The bridge rusts.",
                "What rusts may fall. (implicit)",
                "Against this step: Some of the rust is only paint.",
            ],
        ),
        "Against: Closing it is expensive. (conceded, The Mayor)",
        "In other words: Close the bridge!",
    ]


@settings(max_examples=40)
@given(m=maps())
def test_outline_of_any_map_shows_its_words_and_nothing_else(m: Map) -> None:
    """Whatever the texts hold, nothing in them becomes a link, code, HTML or a heading, and every claim is shown."""
    page = rendered(outline(m))
    assert {node.type for node in page.walk()} <= OURS
    headings = [words(node) for node in page.children if node.type == "heading"]
    assert headings[0] == " ".join((m.title or m.id).split())
    assert set(headings[1:]) <= {"Apart", "In a circle", "Continued"}
    shown = [words(node) for node in page.walk() if node.type == "inline"]
    for claim in m.claims.values():
        assert any(" ".join(claim.text.split()) in line for line in shown)


@given(text=WORDS, mark=st.sampled_from("#*_~`>|=-+!&<"))
def test_text_is_shown_wherever_it_stands(text: str, mark: str) -> None:
    """In the title, in bold, as a reason, in a quote and as a speaker, text with markup at both ends is itself."""
    text = f"{mark} {text} {mark}{mark}"
    m = Map.model_validate(
        {
            "id": "m",
            "title": text,
            "thesis": "a",
            "speakers": {"s": {"name": text}},
            "sources": {"t": {"text": text, "author": text}},
            "claims": {"a": {"text": text, "quote": text}, "b": {"text": text, "speaker": "s"}},
            "relations": [{"support": "a", "by": "b", "scheme": text}],
        }
    )
    said = " ".join(text.split())
    page = rendered(outline(m))
    assert [node.type for node in page.children] == ["heading", "paragraph", "paragraph", "blockquote", "bullet_list"]
    assert [words(node) for node in page.children] == [said] * 4 + [f"{said} (by {said}) ({said})"]


@st.composite
def trees(draw: st.DrawFn) -> Map:
    """A map in which each claim but the first is a reason for one before it."""
    n = draw(st.integers(2, 12))
    relations = [
        {draw(st.sampled_from(["support", "attack"])): f"c{draw(st.integers(0, i - 1))}", "by": f"c{i}"}
        for i in range(1, n)
    ]
    claims = {f"c{i}": {"text": f"Claim {i}."} for i in range(n)}
    return Map.model_validate({"id": "m", "thesis": "c0", "claims": claims, "relations": relations})


@given(m=trees())
def test_outline_is_nested_as_the_map_is(m: Map) -> None:
    """Lists, as a reader sees them, hold under each claim what leads to it, and say of each what is against it."""
    page = rendered(outline(m))
    found = set()
    queue = [("Claim 0.", node) for node in page.children if node.type == "bullet_list"]
    for above, node in queue:
        for item in node.children:
            found.add((above, own(item)))
            text = own(item).removeprefix("Against: ").partition(" (continued")[0]
            queue += [(text, child) for child in item.children if child.type == "bullet_list"]
    ends = {claim_id: claim.text for claim_id, claim in m.claims.items()}
    sign = {"support": "", "attack": "Against: "}
    told = {(ends[r.target or ""], sign[r.type] + ends[r.by[0]]) for r in m.relations}
    assert found <= told | {(above, f"{text} (continued below)") for above, text in told}
    assert len(found) == len(m.relations) or "(continued below)" in outline(m)


def shared(*relations: dict[str, Any], thesis: str | None = "a") -> Map:
    claims = {claim_id: {"text": f"{claim_id.upper()}."} for claim_id in "abcd"}
    return Map.model_validate({"id": "m", "thesis": thesis, "claims": claims, "relations": relations})


def test_a_claim_used_twice_is_told_once() -> None:
    """The second time it says that its reasons stand above; a circle ends where it closes."""
    twice = shared(
        {"support": "a", "by": "b"},
        {"support": "b", "by": "c"},
        {"attack": "a", "by": "d"},
        {"support": "d", "by": "b"},
    )
    assert tree(rendered(outline(twice))) == [("B.", ["C."]), ("Against: D.", ["B. (see above)"])]
    circle = shared(
        {"support": "a", "by": "b"},
        {"support": "b", "by": "a"},
        {"support": "c", "by": "d"},
        {"support": "d", "by": "c"},
    )
    page = rendered(outline(circle))
    assert tree(page) == [("B.", ["A. (see above)"]), ("D.", ["C. (see above)"])]
    assert [words(node) for node in page.children if node.type == "heading"] == ["m", "In a circle"]


def test_relations_with_the_same_ends_are_all_told() -> None:
    """Two supports by one claim are two steps, each with its scheme; what leads to that claim is told once."""
    twice = shared(
        {"support": "a", "by": "b", "scheme": "sign"},
        {"support": "a", "by": "b", "scheme": "analogy"},
        {"support": "b", "by": "c", "cue": "since"},
        {"support": "b", "by": "c", "cue": "because"},
    )
    assert tree(rendered(outline(twice))) == [
        ("B. (by sign)", ["C.", "C."]),
        "B. (by analogy) (see above)",
    ]


def test_a_claim_whose_reasons_come_later_says_so() -> None:
    """Below the depth that is shown at once, it is told further down, and who meets it before is sent there."""
    chain = [{"support": f"c{i}", "by": f"c{i + 1}"} for i in range(12)]
    claims = {f"c{i}": {"text": f"Claim {i}."} for i in range(13)}
    relations = [*chain, {"attack": "c0", "by": "c9"}]
    text = outline(Map.model_validate({"id": "m", "thesis": "c0", "claims": claims, "relations": relations}))
    assert "Claim 9. *(continued below)*" in text
    assert "**Against:** Claim 9. *(see below)*" in text
    assert re.findall(r"^\*\*Claim \d+\.\*\*|^##.*", text, re.MULTILINE) == [
        "**Claim 0.**",
        "## Continued",
        "**Claim 9.**",
    ]


@pytest.mark.parametrize(
    "relation", [{"support": "gone", "by": "b"}, {"support": None, "by": "b"}, {"attack": "r", "by": "b"}]
)
def test_a_claim_that_leads_nowhere_stands_apart(relation: dict[str, Any]) -> None:
    """It is in no circle, whatever its relation lacks."""
    loose = {"support": None, "by": "c", "id": "r"}
    page = rendered(outline(shared({"support": "a", "by": "d"}, relation, loose)))
    assert [words(node) for node in page.children if node.type == "heading"] == ["m", "Apart"]
    assert {"B.", "C."} <= {words(node) for node in page.children}


def test_a_reason_that_is_missing_is_an_ellipsis() -> None:
    """The outline shows that something is said for or against, though not what."""
    assert tree(rendered(outline(shared({"attack": "a", "by": []})))) == ["Against: …"]
