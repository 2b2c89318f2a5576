"""xAIF and the OVA JSON before it: the text that was analysed comes along, with the words of each claim."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap import anchor, formats
from argmap.formats import highlights

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "xaif"
FILES = sorted(CORPUS.glob("*.json"))

MARKUP = (
    'Ann: <span id="node2" class="highlighted">it is raining &amp; pouring </span>.<br>'
    'Bob: <span id="node6" class="highlighted">the street is wet</span>, <a href="https://example.org">see</a> '
    '"<span id="node9" class="highlighted">yes</span>".'
)
TEXT = 'Ann: it is raining & pouring .\nBob: the street is wet, see "yes".'


def analysis(**more: Any) -> dict[str, Any]:
    """Ann says that it rains; Bob says so too, because the street is wet."""
    nodes = [
        ("1", "I", "It rains and pours."), ("2", "L", "Ann : it is raining & pouring "), ("3", "YA", "Asserting"),
        ("5", "I", "The street is wet."), ("6", "L", "Bob: the street is wet"), ("7", "YA", "Asserting"),
        ("8", "RA", "Default Inference"), ("9", "L", "Bob : yes"), ("10", "YA", "Agreeing"),
    ]  # fmt: skip
    edges = [("2", "3"), ("3", "1"), ("6", "7"), ("7", "5"), ("5", "8"), ("8", "1"), ("9", "10"), ("10", "8")]
    return {
        "AIF": {
            "nodes": [{"nodeID": id, "text": text, "type": type_} for id, type_, text in nodes],
            "edges": [{"edgeID": n, "fromID": a, "toID": b} for n, (a, b) in enumerate(edges, 1)],
            "schemefulfillments": [
                {"nodeID": "8", "schemeID": "72"},
                {"nodeID": "3", "schemeID": "74"},
                {"nodeID": "7", "schemeID": "74"},
                {"nodeID": "10", "schemeID": "77"},
            ],
            "participants": [
                {"participantID": 1, "firstname": "Ann", "surname": "Lee"},
                {"participantID": 2, "firstname": "Bob", "surname": ""},
            ],
            "locutions": [{"nodeID": "2", "personID": 1, "start": None, "end": None}],
            "descriptorfulfillments": [],
            "cqdescriptorfulfillments": [],
        },
        "text": MARKUP,
        "OVA": {"firstname": "A", "surname": "N", "url": "", "nodes": [], "edges": []},
        **more,
    }


def read(data: Any, **options: Any) -> formats.Reading:
    return formats.examine_text(json.dumps(data), "xaif", "set.json", **options)


def sorted_lists(value: Any) -> Any:
    """The value with every list in one order, to compare what stands in no order."""
    if isinstance(value, dict):
        return {key: sorted_lists(item) for key, item in value.items()}
    return sorted(json.dumps(item, sort_keys=True) for item in value) if isinstance(value, list) else value


def test_text_becomes_a_source_and_highlights_become_quotes() -> None:
    """The markup is taken off; the words of a locution are the quote of the claim it asserts."""
    m = read(analysis()).map
    assert m.sources["text"].text == TEXT
    assert [quote.exact for quote in m.claims["1"].quotes] == ["it is raining & pouring"]
    assert [quote.exact for quote in m.claims["5"].quotes] == ["the street is wet"]
    assert all(span is not None for spans in anchor.spans(m).values() for span in spans)


def test_participants_become_speakers() -> None:
    """The list of people names who says a locution, or else the words before its colon."""
    m = read(analysis()).map
    assert {claim.speaker: m.speakers[claim.speaker].name for claim in m.claims.values()} == {
        "ann-lee": "Ann Lee",
        "bob": "Bob",
    }


@pytest.mark.parametrize(
    "data",
    [
        analysis(),
        analysis(text={"txt": MARKUP, "lang": "en"}),
        analysis(OVA=[], dialog=True),
        analysis(text="plain & <b>bold</b>"),
    ],
    ids=["string", "object", "odd OVA", "no highlights"],
)
def test_everything_comes_back(data: dict[str, Any]) -> None:
    """With its dialogue kept, a file is written as it was."""
    reading = read(data, keep_dialogue=True)
    again = json.loads(formats.dumps(reading.map, "xaif")[0])
    again["OVA"], data["OVA"] = (
        drawn if isinstance(data["OVA"], list) else {} for drawn in (again["OVA"], data["OVA"])
    )
    assert sorted_lists(again) == sorted_lists(data)


def test_without_dialogue_highlights_move_to_new_locutions() -> None:
    """Who says what, in which words, survives even where the L-nodes do not."""
    m = read(analysis()).map
    again = formats.loads(formats.dumps(m, "xaif")[0], "xaif", "set.json")
    assert again.claims == m.claims
    assert again.speakers == m.speakers
    assert again.sources == m.sources


def test_overlapping_highlights_are_told_apart() -> None:
    """Spans may cross; each claim gets back exactly its own."""
    text, spans = "one two three four", [("a", 0, 7), ("b", 4, 13), ("c", 4, 7)]
    assert highlights.strip(highlights.mark(text, spans)) == (text, sorted(spans, key=lambda s: (s[1], s[2], s[0])))


@given(
    st.text(st.sampled_from('ab <>&"\n;é👍'), max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), max_size=4),
)
def test_marking_and_stripping_are_inverse(text: str, places: list[tuple[int, int]]) -> None:
    """Whatever the text, with one span a node."""
    spans = [
        (f"n{n}", start, min(start + length, len(text)))
        for n, (start, length) in enumerate(places)
        if start < len(text)
    ]
    plain, back = highlights.strip(highlights.mark(text, spans))
    assert plain == text
    assert sorted(back) == sorted(spans)


@pytest.mark.parametrize(
    "markup",
    [
        "<span>a",
        "</span></span>a",
        '<span id="node1"><span id=node2>a</span>',
        "<span id='node1'>a</span",
        "a<b & c>d",
        "<br/>a",
    ],
)
def test_broken_markup_is_read_as_it_can_be(markup: str) -> None:
    """Text survives tags that do not close."""
    assert "a" in highlights.strip(markup)[0]


def test_our_text_is_written_with_its_highlights() -> None:
    """A map with a text and quotes opens in OVA with the words marked; overlapping quotes included."""
    m = formats.loads(
        json.dumps(
            {
                "argmap": 1,
                "id": "m",
                "sources": {"essay": {"text": "Rain & wind are coming."}},
                "claims": {
                    "a": {"text": "Rain comes.", "quote": "Rain & wind"},
                    "b": {"text": "Wind comes.", "quote": "wind are coming"},
                },
            }
        )
    )
    text, loss = formats.dumps(m, "xaif")
    data = json.loads(text)
    assert data["text"].startswith('<span id="nodea" class="highlighted">Rain &amp; <span id="nodeb"')
    assert [place["nodeID"] for place in data["OVA"]["nodes"]] == ["a", "b"]
    assert not loss
    back = formats.loads(text, "xaif")
    assert {id: claim.quotes[0].exact for id, claim in back.claims.items()} == {
        "a": "Rain & wind",
        "b": "wind are coming",
    }


@pytest.mark.skipif(not FILES, reason="the corpora are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_corpus(path: Path) -> None:
    """OVA3's own files come back as they were, and their quotes are found."""
    data = json.loads(path.read_text())
    assert formats.detect(formats.Content(path.read_text(), "file")).name == "xaif"
    kept = formats.read(path, keep_dialogue=True)
    assert sorted_lists(json.loads(formats.dumps(kept, "xaif")[0])) == sorted_lists(data)
    m = formats.read(path)
    spans = [span for of in anchor.spans(m).values() for span in of]
    assert len(spans) >= 11
    assert None not in spans
    assert formats.carried(m, "xaif") == m


OVA = {
    "nodes": [
        {"id": 1, "text": "It rains.", "type": "I", "x": 1, "y": 2, "participantID": 0, "majorClaim": True},
        {"id": 2, "text": "The street is wet.", "type": "I", "x": 1, "y": 2, "participantID": 0},
        {"id": 3, "text": "Argument from Sign", "type": "RA", "scheme": "30", "participantID": 0},
    ],
    "edges": [
        {"from": {"id": 2}, "to": {"id": 3}, "visible": True},
        {"from": {"id": 3}, "to": {"id": 1}, "visible": True},
    ],
    "participants": [{"id": 0, "firstname": "Ann", "surname": "Lee"}],
    "analysis": {
        "txt": 'See: <span id="node2">the street is wet</span>.<br>So <span id="node1">it rains</span>.',
        "documentTitle": "Weather",
        "documentSource": "https://example.org",
    },
}


def test_older_ova_files_are_read() -> None:
    """Its nodes, edges, text and main claim are those of a map."""
    reading = formats.examine_text(json.dumps(OVA))
    m = reading.map
    assert m.thesis == "1"
    assert m.sources["text"].title == "Weather"
    assert [quote.exact for quote in m.claims["2"].quotes] == ["the street is wet"]
    assert [(r.target, r.by, r.scheme) for r in m.relations] == [("1", ("2",), "sign")]
