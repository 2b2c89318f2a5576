"""Maps as Argdown: how they are written, that they come back, and that no text takes long."""

from __future__ import annotations

import contextlib
import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap import formats
from argmap.findings import ArgmapError
from argmap.formats.common.loss import without
from argmap.formats.common.map_features import ALL, NAMING
from argmap.model import Map
from tests.formats.argdown.test_reader import ARGDOWN, again, read, ties, unordered
from tests.helpers.argdown_texts import random_text
from tests.helpers.strategies import ANY_TEXT, JSON_VALUES, maps


def test_a_map_is_written_as_people_write() -> None:
    """The thesis comes first, reasons stand below it, linked premises are a structure, fields without a sign are data."""
    m = Map.model_validate(
        {
            "id": "bridge",
            "thesis": "close",
            "claims": {
                "cost": {"text": "Closing it is expensive.", "commitment": "conceded"},
                "close": {"text": "The bridge should be closed."},
                "rust": {"text": "It rusts [badly].", "quote": "rust, rust, rust"},
                "fall": {"text": "What rusts may fall.", "implicit": True},
                "paint": {"text": "It is only paint."},
            },
            "relations": [
                {"attack": "close", "by": "cost"},
                {"support": "close", "by": ["rust", "fall"], "id": "danger", "scheme": "cause to effect"},
                {"attack": "danger", "by": "paint"},
            ],
        }
    )
    assert formats.dumps(m, "argdown")[0] == (
        "===\n"
        "argmap:\n"
        "  id: bridge\n"
        "  thesis: close\n"
        "===\n\n"
        "[close]: The bridge should be closed.\n"
        "  - [cost]: Closing it is expensive. {argmap: {commitment: conceded}}\n\n"
        "<danger>\n\n"
        '(1) [rust]: It rusts \\[badly]. {argmap: {quote: "rust, rust, rust"}}\n'
        "(2) [fall]: What rusts may fall. {argmap: {implicit: true}}\n"
        "-- cause to effect --\n"
        "  <_ [paint]: It is only paint.\n"
        "(3) [close]\n"
    )
    assert unordered(again(m)) == unordered(m)


def test_what_argdown_cannot_hold_is_lost_by_name() -> None:
    """Sources, rephrases, relations on attacks: counted, not silently dropped."""
    m = Map.model_validate(
        {
            "id": "lossy",
            "sources": {"essay": {"text": "Words."}},
            "claims": {key: {"text": key.upper()} for key in "abcd"},
            "relations": [
                {"attack": "a", "by": ["b", "c"], "id": "doubt", "cue": "but"},
                {"attack": "doubt", "by": "d"},
                {"rephrase": "a", "by": "d"},
            ],
        }
    )
    text, loss = formats.dumps(m, "argdown")
    assert (
        str(loss)
        == "1 rephrase, 1 attack on an attack, 1 joint attack or rephrase, 1 cue, 1 source not carried by argdown"
    )
    assert read(text).relations == formats.carried(m, "argdown").relations


def test_any_text_comes_back_with_its_layout() -> None:
    """Line breaks, runs of blanks, control characters and what looks like Argdown survive, in data where no line can show them."""
    texts = [
        "two\nlines",
        " a  b ",
        "\x07bell",
        "",
        "\u2028",
        "#x\t[y]",
        "- - -",
        "===",
        "1. 2.",
        "\\",
        "<!-- x",
        "{a: 1}",
        "nbsp\u00a0: ok",
    ]
    m = Map.model_validate({"id": "texts", "claims": {f"c{n}": {"text": text} for n, text in enumerate(texts)}})
    assert [claim.text for claim in again(m).claims.values()] == texts


@pytest.mark.parametrize("text", ["}", "} b", ", b", "' }", "} {"])
def test_no_text_runs_into_the_metadata_before_it(text: str) -> None:
    """A brace or comma that begins a paragraph is no part of what the paragraph before it ends with."""
    m = read("[A]: a {k: 1}\n\n\\" + text)
    assert [claim.text for claim in m.claims.values()] == ["a", text]
    assert [claim.text for claim in again(m).claims.values()] == ["a", text]


def test_html_stays_text() -> None:
    """A title or a text is never taken for anything but words."""
    m = read("[<img src=x onerror=alert(1)>]: \\<script>alert(1)\\</script> & more\n")
    assert m.claims["img-src-x-onerror-alert-1"].text == "<script>alert(1)</script> & more"
    assert again(m) == m


@pytest.mark.parametrize("seed", [*range(40), 367, 900])
def test_text_becomes_a_map_and_text_again(seed: int) -> None:
    """Any document by chance: its map, written and read again, is the same map."""
    m = read(random_text(random.Random(seed)))  # noqa: S311 - the same documents each time
    kept = formats.carried(m, "argdown")
    assert unordered(again(m)) == unordered(without(kept, ALL - (NAMING - ARGDOWN.carries)))
    assert kept.claims.keys() == m.claims.keys()
    assert len(kept.relations) == len(m.relations)


TITLES = st.sampled_from(["A b", "C", "x: y", "Untitled 3", "-a", "a]b", "a>b", "!--", "Ä ö", "a\nb"]) | JSON_VALUES
MARKED = st.sampled_from(["**a** b", "a _b_", "see @[A]", "#t x", "[l](u)", "a", "[broken", ""])
TAGS = st.lists(st.sampled_from(["t", "two words", "a)b", "", "ü", "#x", "a>b"]), max_size=2) | JSON_VALUES
DATA = st.dictionaries(
    st.sampled_from(["isInMap", "k", "argmap", "isCanonical", "isInGroup", "uses"]), JSON_VALUES, max_size=2
)
CLAIM_EXTRA = st.fixed_dictionaries(
    {},
    optional={
        "title": TITLES,
        "kind": st.just("argument"),
        "undefined": st.booleans(),
        "marks": st.lists(MARKED, max_size=2),
        "others": st.lists(MARKED, max_size=2),
        "tags": TAGS,
        "data": DATA | JSON_VALUES,
        "section": st.integers(-1, 4),
    },
)
RELATION_EXTRA = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["attack", "contradictory", "contrary", "undercut", "x"]),
        "argument": TITLES | st.integers(0, 3),
        "step": st.integers(0, 3),
        "apart": st.booleans(),
        "gist": MARKED,
        "tags": TAGS,
        "data": DATA,
        "section": st.integers(0, 3),
        "rules": st.lists(st.sampled_from(["R", "cause to effect", "a, b", "x -- y", ""]), max_size=2),
        "inference": DATA,
    },
)
MAP_EXTRA = st.fixed_dictionaries(
    {},
    optional={
        "front_matter": st.dictionaries(
            st.sampled_from(["author", "model", "title", "argmap"]), st.just({"mode": "strict"}) | JSON_VALUES
        ),
        "sections": st.lists(
            st.fixed_dictionaries({}, optional={"title": MARKED, "level": st.integers(0, 3), "tags": TAGS}), max_size=3
        ),
    },
)


@st.composite
def adorned(draw: st.DrawFn) -> Map:
    """A map in which anything at all may stand where Argdown keeps what it alone knows."""
    data: dict[str, Any] = draw(maps()).model_dump(by_alias=True)
    for claim_id, claim in data["claims"].items():
        text = draw(st.just(claim["text"]) | ANY_TEXT | MARKED)
        data["claims"][claim_id] = {**claim, "text": text, "extra": {"argdown": draw(CLAIM_EXTRA | JSON_VALUES)}}
    data["relations"] = [{**r, "extra": {"argdown": draw(RELATION_EXTRA)}} for r in data["relations"]]
    return Map.model_validate({**data, "extra": {"argdown": draw(MAP_EXTRA)}})


@settings(max_examples=40)
@given(m=adorned())
def test_whatever_stands_under_extra_the_map_comes_back(m: Map) -> None:
    """Facts that fit are written and read again, others are left out; planning a planned map changes nothing."""
    kept = formats.carried(m, "argdown")
    text = formats.dumps(m, "argdown")[0]
    back = without(formats.loads(text, "argdown"), ALL - (NAMING - ARGDOWN.carries))
    assert unordered(back) == unordered(kept)
    assert unordered(formats.carried(kept, "argdown")) == unordered(kept)


SIGNS = ["[", "<", "{", "#(", "*a", "**", "/*", "//", "<!--", "=== ", ":a", ".", "@[", "\\a", "}", "{a: ", "_a ", "' "]
SIGNS += ["[[](", "# a\n\n", "[a](", "@<", "#a", "]:", "\r", "[A]\n  + b\n\n", "(1) a\n----\n(2) b\n\n", "x {a: 1}\n\n"]


@pytest.mark.parametrize("sign", SIGNS)
def test_no_sign_makes_reading_or_writing_slow(sign: str) -> None:
    """A sign thousands of times over gives a map or an ArgmapError, in a time that grows with the text."""
    text = sign * (30_000 // len(sign))
    with contextlib.suppress(ArgmapError):
        assert formats.dumps(read(text), "argdown")[0].startswith("===")


@pytest.mark.parametrize(
    "text",
    [
        "[a]\n" + "\n".join(" " * n + f" + [b{n}]" for n in range(1, 1500)),
        "a\n" + "\n".join(" " * n + f" + b{n}" for n in range(1, 1500)),
        "\n\n".join(f"[a{n}]\n  + [a{n + 1}]" for n in range(5000)),
        "(1) a\n" + "\n".join(f"----\n({n}) a{n}" for n in range(2, 3000)),
    ],
    ids=["titled", "untitled", "chain", "steps"],
)
def test_depth_is_no_danger(text: str) -> None:
    """Thousands of levels are read and written without a deep stack, and without indenting them all."""
    m = read(text)
    said = formats.dumps(m, "argdown")[0]
    assert len(said) < 3 * len(text)
    back = formats.loads(said, "argdown", "notes.argdown")
    assert len(back.claims) == len(m.claims)
    assert ties(back) == ties(m)


@pytest.mark.parametrize(
    "text", ["_a " * 100_000, "x " + "{a: " * 100_000 + "}" * 100_000, "===\n" + "- " * 100_000 + "\n===\n\nx"]
)
def test_nesting_has_an_end(text: str) -> None:
    """Beyond what anyone writes, nesting is an error in one line."""
    try:
        found = formats.examine_text(text, "argdown", "notes.argdown").findings
    except ArgmapError as error:
        found = error.findings
    assert re.match(r"notes\.argdown:1:.*(nested too deeply|not Argdown|do not end)", str(found[0]))


def test_what_hangs_on_something_only_referred_to_is_not_lost() -> None:
    """A statement without a title that contradicts an argument which is spoken of again under a heading stays in the text."""
    m = read("<a>\n  >< It pays.\n\n# H\n\n[f]: F.\n  - <a>\n")
    assert ties(again(m)) == ties(m)
