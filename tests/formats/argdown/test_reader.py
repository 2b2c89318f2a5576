"""Argdown text and its export: what each sign means, and what map it becomes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from argmap import formats, graph
from argmap.findings import ArgmapError
from argmap.formats.common.format import Content
from argmap.model import Map

ARGDOWN = formats.named("argdown")


def read(text: str) -> Map:
    return formats.loads(text, "argdown", "notes.argdown")


def written(m: Map) -> str:
    """The text without the front matter, where only the map's id stands."""
    return formats.dumps(m, "argdown")[0].partition("===\n\n")[2]


def ties(m: Map) -> set[tuple[str, str, str | None]]:
    return {(r.type, "+".join(r.by), r.target) for r in m.relations}


def own(value: Any) -> dict[str, Any]:
    return dict(value.extra.get("argdown", {}))


def unordered(m: Map) -> Map:
    return m.model_copy(update={"relations": tuple(sorted(m.relations, key=repr))})


def again(m: Map) -> Map:
    return formats.loads(formats.dumps(m, "argdown")[0], "argdown", "notes.argdown")


@pytest.mark.parametrize(
    ("sign", "tie"),
    [
        ("+", {("support", "b", "a")}),
        ("<+", {("support", "b", "a")}),
        ("+>", {("support", "a", "b")}),
        ("-", {("attack", "b", "a")}),
        ("<-", {("attack", "b", "a")}),
        ("->", {("attack", "a", "b")}),
        ("><", {("attack", "a", "b"), ("attack", "b", "a")}),
    ],
)
def test_a_relation_line_relates_to_the_line_it_is_indented_under(sign: str, tie: set[tuple[str, str, str]]) -> None:
    """Each sign gives its relation in its direction; a contradiction goes both ways, and is one line again when written."""
    m = read(f"[a]: One.\n  {sign} [b]: Two.\n")
    assert ties(m) == tie
    assert unordered(again(m)) == unordered(m)
    assert written(m).count("\n  ") == 1


def test_titles_give_ids_and_so_do_first_words() -> None:
    """A title that is a word is the id; of others, and of statements without, the words are kept; adding one renames none."""
    text = "[H1]: A claim.\n\n[No harm, no ban]: Another.\n\nThe old line stood empty on most nights of the year, it seems.\n"
    m = read(text)
    assert list(m.claims) == ["H1", "No-harm-no-ban", "The-old-line-stood-empty-on-most-nights"]
    assert own(m.claims["No-harm-no-ban"]) == {"title": "No harm, no ban"}
    assert set(m.claims) < set(read("One more, first of all.\n\n" + text).claims)


def test_the_last_wording_is_the_text() -> None:
    """One title, several wordings: the last is the text, or the one marked as canonical; the others are kept."""
    m = read("[a]: First.\n\n[b]\n  + [a]: Second.\n\n[b]: Marked. {isCanonical: true}\n\n[b]: Last.")
    assert m.claims["a"].text == "Second."
    assert own(m.claims["a"]) == {"others": ["First."]}
    assert m.claims["b"].text == "Marked."
    assert again(m).claims == formats.carried(m, "argdown").claims


def test_what_is_only_referred_to_has_its_title_for_a_text() -> None:
    """A reference that leads nowhere is a claim all the same, and a note says so, for it may be a slip."""
    reading = formats.examine_text("[Ferry]: It runs.\n  + [Fery]\n", "argdown")
    assert reading.map.claims["Fery"].text == "Fery"
    assert [(f.rule, f.severity) for f in reading.findings] == [("undefined", "note")]
    assert "[Fery]" in str(reading.findings[0])


def test_marks_and_tags_do_not_stand_in_a_claims_text() -> None:
    """Bold, italics, links and tags at the end leave the text; marks are kept under `extra`, tags and data are also written."""
    m = read(
        "[a]: We **must** _act_, says [she](http://example.org/a_b), #soon or @[b]. #town #(late hours) {k: [1, true]}\n"
    )
    claim = m.claims["a"]
    assert claim.text == "We must act, says she, #soon or @[b]."
    assert own(claim) == {
        "marks": [["bold", "must"], ["italic", "act"], ["link", "she", "http://example.org/a_b"]],
        "tags": ["soon", "town", "late hours"],
        "data": {"k": [1, True]},
    }
    text, loss = formats.dumps(m, "argdown")
    assert "[a]: We must act, says she, \\#soon or @\\[b]. #soon #town #(late hours) {k: [1, true]}\n" in text
    assert str(loss) == "1 extra value (argdown marks) not carried by argdown"
    assert again(m) == formats.carried(m, "argdown")


def test_premises_of_an_argument_are_linked() -> None:
    """Numbered lines and dashes are one support: its id the argument's title, its scheme the rule; the rest is kept beside it."""
    m = read(
        "<No ban>: In short. #law {since: 1}\n\n(1) [p]: One.\n(2) Two.\n-- CauseToEffect, my rule {weight: 2} --\n(3) [c]: So three.\n"
    )
    (support,) = m.relations
    assert (support.id, support.by, support.target, support.scheme) == ("No-ban", ("p", "Two"), "c", "cause to effect")
    assert own(support) == {
        "argument": "No ban",
        "gist": "In short.",
        "tags": ["law"],
        "data": {"since": 1},
        "rules": ["CauseToEffect", "my rule"],
        "inference": {"weight": 2},
    }
    assert "<No ban>: In short.\n\n(1) [p]" in written(m)
    assert unordered(again(m)) == unordered(formats.carried(m, "argdown"))


def test_steps_of_an_argument_are_a_support_each() -> None:
    """An inference rests on the conclusion before it and what was added since, or on the lines that it names."""
    m = read("(1) [a]\n----\n(2) [b]\n(3) [c]\n----\n(4) [d]\n(5) [e]\n-- {uses: [1, 5]} --\n(6) [f]\n")
    assert [(r.by, r.target) for r in m.relations] == [(("a",), "b"), (("b", "c"), "d"), (("a", "e"), "f")]
    assert "-- {uses: [1, 5]} --" in written(m)
    assert unordered(again(m)) == unordered(formats.carried(m, "argdown"))


def test_lines_that_are_not_there_cannot_be_used() -> None:
    """An inference that names a line in vain rests on what it would rest on anyway, and a warning says so."""
    reading = formats.examine_text("(1) [a]: A.\n-- {uses: [7]} --\n(2) [b]: B.\n", "argdown")
    assert reading.map.relations[0].by == ("a",)
    assert [f.rule for f in reading.findings] == ["unknown-line"]


@pytest.mark.parametrize(
    "text",
    [
        "<a>\n\n(1) [p]: P.\n----\n  <_ [u]: U.\n(2) [c]: C.\n",
        "<a>\n  <_ [u]: U.\n\n(1) [p]: P.\n----\n(2) [c]: C.\n",
        "<a>\n\n(1) [p]: P.\n----\n(2) [c]: C.\n  <_ [u]: U.\n",
        "[u]: U.\n  _> <a>\n\n<a>\n\n(1) [p]: P.\n----\n(2) [c]: C.\n",
        "[c]: C.\n  + <a>: Gist.\n    <_ [u]: U.\n",
        "[c]: C.\n  + <a>: Gist.\n    _ [u]: U.\n",
    ],
)
def test_an_undercut_attacks_the_inference(text: str) -> None:
    """Below the dashes, on the argument, on its conclusion, or on an argument told in a sentence: the target is the support."""
    m = read(text)
    (undercut,) = (r for r in m.relations if r.type == "attack")
    (support,) = (r for r in m.relations if r.type == "support")
    assert undercut.by == ("u",)
    assert undercut.target == support.id
    assert graph.attack_kinds(m) == {undercut.key: "undercut"}
    assert unordered(again(m)) == unordered(m)


def test_an_argument_may_be_attacked_as_a_whole() -> None:
    """What attacks or supports an argument without saying which premise leads to its support, and is told from an undercut."""
    m = read("<a>\n  - [x]: X.\n  + [y]: Y.\n  <_ [z]: Z.\n\n(1) [p]: P.\n----\n(2) [c]: C.\n")
    into = {(r.type, r.by[0], own(r).get("kind")) for r in m.relations if r.target == "a"}
    assert into == {("attack", "x", "attack"), ("support", "y", None), ("attack", "z", None)}
    assert unordered(again(m)) == unordered(m)


def test_an_undercut_of_an_argument_that_supports_another_as_a_whole() -> None:
    """It attacks that support, and is written again."""
    m = read("<a>\n  + <b>: B.\n    <_ [u]: U.\n  <_ <b>\n\n(1) [p]: P.\n----\n(2) [c]: C.\n")
    assert {(r.by, r.target) for r in m.relations if r.type == "attack"} == {
        (("b",), "a"),
        (("u",), "b.a"),
        (("u",), "b.undercut.a"),
    }
    assert unordered(again(m)) == unordered(m)


def test_what_an_argument_does_its_conclusion_does() -> None:
    """A relation from an argument that is taken apart starts at its conclusion."""
    assert ("attack", "c", "x") in ties(read("[x]\n  - <a>\n\n<a>\n\n(1) [p]\n----\n(2) [c]\n"))


def test_strict_mode_makes_attacks_contrary() -> None:
    """Between statements, strict mode means entailment and contrariety, which goes both ways; arguments attack as ever."""
    m = read("===\nmodel: {mode: strict}\n===\n\n[a]: A.\n  - [b]: B.\n  + [c]: C.\n  - <d>: D.\n")
    assert ties(m) == {("attack", "a", "b"), ("attack", "b", "a"), ("support", "c", "a"), ("attack", "d", "a")}
    assert unordered(again(m)) == unordered(m)
    loosened = m.model_copy(update={"relations": tuple(r for r in m.relations if r.by != ("a",))})
    assert "strict" not in formats.dumps(loosened, "argdown")[0]


def test_headings_front_matter_and_comments() -> None:
    """Headings, front matter and data are kept; headings are not written back, and the loss says so."""
    m = read(
        "===\ntitle: Debate\nauthor: A. Writer\n===\n\n// hidden\n# One #top\n\n[a]: A. /* hidden */\n\n"
        "## Two {isGroup: false}\n\n[b]: B. <!--\nhidden -->\n"
    )
    assert m.title == "Debate"
    assert own(m) == {
        "front_matter": {"author": "A. Writer"},
        "sections": [
            {"title": "One", "level": 1, "tags": ["top"]},
            {"title": "Two", "level": 2, "data": {"isGroup": False}},
        ],
    }
    assert [(claim.text, own(claim)) for claim in m.claims.values()] == [("A.", {"section": 1}), ("B.", {"section": 2})]
    text, loss = formats.dumps(m, "argdown")
    assert 'author: "A. Writer"' in text
    assert "(argdown section, argdown sections)" in str(loss)
    assert again(m) == formats.carried(m, "argdown")


def test_lists_are_statements_one_by_one() -> None:
    """Each item of a list stands for itself; what is below it relates to it."""
    m = read("* [a]: A.\n* B.\n\n1. C.\n2. [d]: D.\n    + [e]: E.\n")
    assert set(m.claims) == {"a", "B", "C", "d", "e"}
    assert ties(m) == {("support", "e", "d")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("p<0.05 holds", "p<0.05 holds"),
        ("5 * 3 = 15 _ish_", "5 * 3 = 15 ish"),
        ("we \\[really\\] \\<mean\\> it", "we [really] <mean> it"),
        ("I\\.E. so, .E. x", "I.E. so, ∃ x"),
        ("a  b\n   c", "a b c"),
        ("<b>bold</b>", None),
        ("{curly", "{curly"),
        ("a #1 reason", "a #1 reason"),
        ("mail@example.org", "mail@example.org"),
        ("http:\\//example.org", "http://example.org"),
    ],
)
def test_prose_is_a_statement_where_argdown_takes_it_for_one(text: str, said: str | None) -> None:
    """Signs that mean nothing where they stand are text; those that mean something are escaped by a backslash."""
    if said is None:
        with pytest.raises(ArgmapError, match="reference to an argument"):
            read(f"so {text}")
    else:
        assert [claim.text for claim in read(f"[a]: {text}\n").claims.values()] == [said]


def test_a_file_from_windows_is_the_same_map(tmp_path: Path) -> None:
    """A byte order mark and lines that end in two characters change nothing, in data over several lines neither."""
    text = "===\ntitle: T\n===\n\n[a]: A\n  goes on. {\n  k: 1\n}\n\t+ [b]: “B”\n\n(1) [a]\n----\n(2) [c]: C.\n"
    unix, windows = tmp_path / "unix" / "x.argdown", tmp_path / "windows" / "x.argdown"
    for path, said in ((unix, text), (windows, "\ufeff" + text.replace("\n", "\r\n"))):
        path.parent.mkdir()
        path.write_bytes(said.encode())
    assert formats.read(windows) == formats.read(unix)


EXPORT = {
    "statements": {
        "Ferry": {"members": [{"text": "The 🚢 should sail. #town ", "ranges": [
            {"type": "bold", "start": 7, "stop": 12}, {"type": "tag", "start": 20, "stop": 25, "tag": "town"}]}], "tags": ["town"]},
        "Untitled 1": {"members": [{"text": "It pays."}]},
    },
    "arguments": {
        "Reckoning": {"members": [], "pcs": [
            {"title": "Untitled 1", "role": "premise"},
            {"title": "Ferry", "role": "main-conclusion", "inference": {"inferenceRules": ["modus ponens"]}}]},
        "Doubt": {"members": [{"text": "It may not."}], "pcs": []},
    },
    "relations": [
        {"relationType": "attack", "from": "Doubt", "fromType": "argument", "to": "Ferry", "toType": "equivalence-class"},
        {"relationType": "undercut", "from": "Doubt", "fromType": "argument", "to": "Reckoning", "toType": "inference", "conclusionIndex": 1},
    ],
}  # fmt: skip
"""What Argdown exports of a small document, by hand; it counts in UTF-16, so the ship is two."""


def test_an_export_is_the_same_map_as_its_text() -> None:
    """JSON, with or without the map in it, reads as the text does that it was made of."""
    text = "[Ferry]: The 🚢 **should** sail. #town\n  - <Doubt>: It may not.\n\n<Reckoning>\n\n(1) It pays.\n-- modus ponens --\n  <_ <Doubt>\n(2) [Ferry]\n"
    plain = formats.loads(json.dumps(EXPORT), name="notes.json")
    drawn = formats.loads(json.dumps({**EXPORT, "map": {"nodes": [{"title": "?"}], "edges": [{}]}}), name="notes.json")
    assert plain == drawn
    assert unordered(plain) == unordered(read(text))


def test_an_irregular_export_is_read_with_findings() -> None:
    """What leads nowhere or is of no known kind is left out, one finding each; what is missing is empty."""
    broken = {
        "statements": {"a": {"members": [{}, None, 3]}, "b": None},
        "arguments": {"c": {"pcs": [{"title": "a"}, {"title": 5}, {"title": "d"}]}, "e": {}},
        "relations": [
            {"relationType": "likes", "from": "a", "to": "a"},
            None,
            {"relationType": "attack", "from": "a", "fromType": "x"},
        ],
        "sections": [{"id": "s1", "level": "high", "children": [None, {}]}],
    }
    reading = formats.examine_text(json.dumps(broken), "argdown-json", "notes.json")
    assert {finding.rule for finding in reading.findings} == {
        "no-statement",
        "no-conclusion",
        "loose-relation",
        "undefined",
    }
    assert {"a", "c", "d", "e"} <= reading.map.claims.keys()


@pytest.mark.parametrize(
    ("text", "format_name"),
    [
        ("[a]: A.\n", "argdown"),
        ("intro\n\n<a b>: A.\n", "argdown"),
        ("A claim.\n  - [b]\n", "argdown"),
        ("A claim.\n    <- doubt\n", "argdown"),
        ("(1) a\n(2) b\n----\n(3) c\n", "argdown"),
        (json.dumps(EXPORT), "argdown-json"),
    ],
)
def test_argdown_is_known_by_its_signs(text: str, format_name: str) -> None:
    """A title with a text, a relation line, or premises above dashes tell it from other texts."""
    assert formats.detect(Content(text, "notes")).name == format_name


@pytest.mark.parametrize(
    ("text", "format_name"),
    [("argmap: 1\nclaims:\n  - [b]\n", "yaml"), ("Discussion Title: x\n\n1. One.\n1.1. Pro: Two.\n", "kialo")],
)
def test_other_texts_are_not_taken_for_argdown(text: str, format_name: str) -> None:
    """A map as YAML and Kialo's outline stay what they are, and a Markdown list is none."""
    assert formats.detect(Content(text, "notes")).name == format_name
    assert not ARGDOWN.matches(Content("Some words.\n\n- a list\n  - [x] done\n  - below\n", "notes"))


def test_comments_are_left_out_with_a_note() -> None:
    """A map has no place for them: one line says how many there were (to Argdown an address is one) and where the first is."""
    text = "[A]: close it // ask Bob\n\n/* grade: B+ */\n\n<!-- later -->\n\n[B]: http://example.org\n  +> [A]\n"
    reading = formats.examine_text(text, "argdown")
    assert [str(finding) for finding in reading.findings] == [
        "<input>:1:15: note: comment: a comment, and 3 more: left out."
    ]
