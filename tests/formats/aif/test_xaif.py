"""xAIF and the OVA JSON before it: the text that was analysed comes along, with the words of each claim."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap import anchor, edits, formats
from argmap.formats.aif import highlights
from tests.formats.aif.test_aifdb import PROJECTED, as_graph, edge_of
from tests.helpers import corpora

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
            "nodes": [{"nodeID": node_id, "text": text, "type": type_} for node_id, type_, text in nodes],
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
    """The value with every list in one order, to compare what stands in no order; edges without their numbers."""
    if isinstance(value, dict):
        return {
            key: sorted(map(edge_of, item)) if key == "edges" else sorted_lists(item) for key, item in value.items()
        }
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


def mined(**more: Any) -> dict[str, Any]:
    """As argument mining writes it: ids are numbers, locutions have no name in them, lists may be null."""
    nodes = [("tea is good", "L"), ("it warms", "L"), ("tea is good", "I"), ("Default Illocuting", "YA"),
             ("it warms", "I"), ("Default Illocuting", "YA"), ("Default Inference", "RA")]  # fmt: skip
    edges = [(0, 3), (3, 2), (1, 5), (5, 4), (4, 6), (6, 2)]
    return {
        "AIF": {
            "descriptorfulfillments": None,
            "nodes": [{"nodeID": n, "text": text, "type": type_} for n, (text, type_) in enumerate(nodes)],
            "edges": [{"edgeID": n, "fromID": a, "toID": b} for n, (a, b) in enumerate(edges)],
            "locutions": [{"nodeID": 0, "personID": 0}, {"nodeID": 1, "personID": 1}],
            "participants": [{"firstname": "Ann", "participantID": 0, "surname": "None"}],
            "schemefulfillments": None,
        },
        "dialog": True,
        "ova": [],
        "text": {
            "txt": ' Ann <span class="highlighted" id="0">tea is good</span>.<br><br>'
            ' Bob <span class="highlighted" id="1">it warms </span>.<br><br>'
        },
        **more,
    }


def test_what_argument_mining_writes_is_read() -> None:
    """Claims have their quotes and speakers, by the list of people or by number, and everything comes back."""
    data = mined()
    reading = read(data, keep_dialogue=True)
    m = reading.map
    assert not reading.findings
    assert [(c.text, [q.exact for q in c.quotes]) for c in m.claims.values()] == [
        ("tea is good", ["tea is good"]),
        ("it warms", ["it warms"]),
    ]
    assert [m.speakers[c.speaker or ""].name for c in m.claims.values()] == ["Ann", "person 1"]
    assert [(r.type, r.target, r.by) for r in m.relations] == [("support", "2", ("4",))]
    again = json.loads(formats.dumps(m, "xaif")[0])
    for key in ("nodes", "edges", "locutions", "participants"):
        assert sorted_lists({key: again["AIF"][key]}) == sorted_lists({key: data["AIF"][key]})
    assert {key: again[key] for key in ("dialog", "ova", "text")} == {
        key: data[key] for key in ("dialog", "ova", "text")
    }


@pytest.mark.parametrize("text", [None, "", {}, {"txt": None}, {"txt": "", "lang": "en"}])
def test_a_text_may_be_missing(text: Any) -> None:
    """The argument is there all the same."""
    m = read(mined(text=text)).map
    assert len(m.claims) == 2
    assert not m.sources


def test_an_agreeing_yes_is_no_quote_of_what_is_agreed_to() -> None:
    """The claim was read from the words that assert it."""
    data = analysis()
    data["AIF"]["edges"].append({"edgeID": 9, "fromID": "10", "toID": "1"})
    m = read(data).map
    assert [quote.exact for quote in m.claims["1"].quotes] == ["it is raining & pouring"]
    assert m.claims["1"].speaker == "ann-lee"


def test_highlights_of_other_words_outlive_an_edit() -> None:
    """A claim that is no longer quoted loses its mark, and what else was marked keeps it."""
    m = edits.change(read(analysis(), keep_dialogue=True).map, "5", quotes=())
    m = edits.change(m, "1", speaker="bob")
    markup = json.loads(formats.dumps(m, "xaif")[0])["text"]
    text, spans = highlights.strip(markup)
    assert text == TEXT
    assert [(node, text[start:end]) for node, start, end in spans] == [
        ("1-said", "it is raining & pouring"),
        ("9", "yes"),
    ]


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
    ("markup", "text", "spans"),
    [
        ('a <span class="highlighted" id="node12_3">b</span>', "a b", [("12_3", 2, 3)]),
        ('a <span class="highlighted" id="0">b</span>', "a b", [("0", 2, 3)]),
        ('<span id="node1">a <span id="node2">b</span> c</span>', "a b c", [("1", 0, 5), ("2", 2, 3)]),
        ('<span id="node1">a</span><span id="node1">b</span>', "ab", [("1", 0, 2)]),
        ('<span id="node1">a</span> <span id="node1">b</span>', "a b", [("1", 0, 1), ("1", 2, 3)]),
        ('<span id="node1">a &lt;b&gt; &amp;&nbsp;c<br>d</span>', "a <b> &\xa0c\nd", [("1", 0, 11)]),
        ('<span data-id="node9" id="node1">a</span>', "a", [("1", 0, 1)]),
        ('<!--StartFragment-->a <span style="x">b</span>', "a b", []),
        ("a<div>b</div><div><br></div><div>c</div>", "a\nb\n\n\nc\n", []),
        ("<p>a</p><p>b</p>", "a\nb\n", []),
    ],
)
def test_markup_is_taken_off(markup: str, text: str, spans: list[highlights.Span]) -> None:
    """Lines stay lines, and each stretch is known by the node it is marked with, nested or in pieces."""
    assert highlights.strip(markup) == (text, spans)


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
    assert {node_id: claim.quotes[0].exact for node_id, claim in back.claims.items()} == {
        "a": "Rain & wind",
        "b": "wind are coming",
    }


@pytest.mark.parametrize("path", corpora.files("xaif/*.json"), ids=lambda path: path.stem)
def test_corpus(path: Path) -> None:
    """OVA3's own files come back as they were, and their quotes are found."""
    data = json.loads(path.read_text())
    assert formats.detect(formats.Content(path.read_text(), "file")).name == "xaif"
    kept = formats.read(path, keep_dialogue=True)
    assert sorted_lists(json.loads(formats.dumps(kept, "xaif")[0])) == sorted_lists(data)
    m = formats.read(path)
    again = json.loads(formats.dumps(m, "xaif")[0])
    assert as_graph(again["AIF"], PROJECTED) == as_graph(data["AIF"], PROJECTED)
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


def test_older_ova_files_keep_what_xaif_can_say() -> None:
    """The numbers of schemes and who took part are written as xAIF."""
    m = formats.examine_text(json.dumps(OVA), "ova").map
    data = json.loads(formats.dumps(m, "xaif")[0])
    assert {"nodeID": 3, "schemeID": "30"} in data["AIF"]["schemefulfillments"]
    assert [person["surname"] for person in data["AIF"]["participants"]] == ["Lee"]


REMARKED = {
    "nodes": [
        {"id": 1, "x": 1, "y": 2, "w": 200, "h": 90, "text": "Close it", "type": "I", "scheme": "0", "majorClaim": True,
         "comment": "my remark", "date": "10/10/2019 - 10:00:00", "is_check_worthy": "yes"},
        {"id": 2, "x": 5, "y": 2, "visible": False, "text": "It rusts", "type": "I", "annotator": "Eve", "comment": "",
         "participantID": "0", "majorClaim": False, "text_length": [8]},
        {"id": 3, "text": "Sign", "type": "RA", "scheme": "30", "comment": "weak?", "descriptors": {"s_Premise": 2}},
        {"id": 4, "x": 9, "y": 9, "text": "Ann: close it", "type": "L", "comment": "loudly"},
        {"id": 5, "x": 9, "y": 8, "text": "Asserting", "type": "YA", "scheme": "74"},
    ],
    "edges": [
        {"from": {"id": 2}, "to": {"id": 3}, "visible": True, "annotator": "Eve", "date": "12/10/2019"},
        {"from": {"id": 3}, "to": {"id": 1}, "visible": True},
        {"from": {"id": 4}, "to": {"id": 5}},
        {"from": {"id": 5}, "to": {"id": 1}},
    ],
    "participants": [],
    "analysis": {"txt": "Close it", "plain_txt": "Close it\n", "annotatorName": "Jane", "annotationDate": "10/10/2019",
                 "documentDate": "30/11/2019", "documentTitle": "Bridge", "ovaVersion": "1.2.0"},
    "saved": "by hand",
}  # fmt: skip


def test_what_older_ova_files_remark_is_kept() -> None:
    """A comment is a note; who annotated what and when, what it is worth and how it is drawn are kept under `extra`."""
    m = formats.examine_text(json.dumps(REMARKED), "ova", keep_dialogue=True).map
    close, rusts, sign = m.claims["1"], m.claims["2"], m.relations[0]
    assert (close.note, rusts.note, sign.note) == ("my remark", None, "weak?")
    assert close.extra["aif"] == {"date": "10/10/2019 - 10:00:00", "is_check_worthy": "yes", "nodeID": 1}
    assert rusts.extra["aif"] == {"annotator": "Eve", "text_length": [8], "nodeID": 2}
    assert sign.extra["aif"]["descriptors"] == {"s_Premise": 2}
    assert m.extra["ova"] == {
        "analysis": {
            "annotatorName": "Jane",
            "annotationDate": "10/10/2019",
            "documentDate": "30/11/2019",
            "ovaVersion": "1.2.0",
        },
        "keys": {"saved": "by hand"},
    }
    assert "loudly" in [each.get("comment") for each in m.extra["aif"]["nodes"]]
    assert formats.loads(formats.dumps(m, "yaml")[0], "yaml") == m


def test_what_older_ova_files_remark_is_written_as_xaif() -> None:
    """Who drew an edge stands at the edge; what xAIF has no place for is told of."""
    text, loss = formats.dumps(formats.examine_text(json.dumps(REMARKED), "ova").map, "xaif")
    edges = json.loads(text)["AIF"]["edges"]
    assert edges[0] == {"edgeID": 1, "fromID": 2, "toID": 3, "annotator": "Eve", "date": "12/10/2019"}
    assert "2 notes" in str(loss)
    assert "ova analysis" in str(loss)


def test_ova_files_without_a_text_keep_what_is_known_of_it() -> None:
    """Title and address have no source to stand at, and are kept all the same; so is a second major claim."""
    nodes = [{"id": n, "text": "A.", "type": "I", "majorClaim": True} for n in (1, 2)]
    data = {"nodes": [*nodes, 7], "edges": [], "analysis": {"txt": "", "documentTitle": "Bridge"}}
    reading = formats.examine_text(json.dumps(data), "ova")
    assert reading.map.extra["ova"] == {"analysis": {"documentTitle": "Bridge"}}
    assert (reading.map.thesis, reading.map.claims["2"].extra["aif"]["majorClaim"]) == ("1", True)
    assert "not-a-node" in [finding.rule for finding in reading.findings]


def test_people_on_the_list_are_known_before_a_colon() -> None:
    """OVA3 writes a name right before its colon; that it is one tells the list of people."""
    data = analysis()
    data["AIF"]["nodes"][1]["text"] = "the chair: it is raining & pouring"
    data["AIF"]["locutions"] = []
    assert read(data).map.claims["1"].speaker is None
    data["AIF"]["participants"].append({"participantID": 3, "firstname": "the", "surname": "chair"})
    m = read(data).map
    assert m.speakers[m.claims["1"].speaker or ""].name == "the chair"


def test_ova_files_with_the_keys_of_aif_are_read() -> None:
    """Between OVA's own JSON and xAIF; ids are numbers here and words there, and L-nodes say who speaks."""
    nodes = [
        {"nodeID": 2, "type": "I", "scheme": None, "participantID": 0, "text": "It rains.", "x": 1, "y": "8"},
        {"nodeID": 3, "type": "L", "scheme": None, "participantID": 1, "text": "Ann Lee: it rains", "x": 5, "y": 8},
        {"nodeID": 4, "type": "YA", "scheme": "74", "participantID": 0, "text": "Asserting", "x": 3, "y": 8},
        {"nodeID": 5, "type": "I", "scheme": None, "participantID": 0, "text": "It is wet.", "x": 1, "y": 9},
        {"nodeID": 6, "type": "RA", "scheme": "72", "participantID": 0, "text": "Default Inference", "x": 1, "y": 7},
    ]
    ends = [(3, 4), (4, "2"), ("5", 6), (6, "2")]
    data = {
        "nodes": nodes,
        "edges": [{"fromID": a, "toID": b, "visible": True} for a, b in ends],
        "participants": [{"participantID": 1, "firstname": "Ann", "surname": "Lee"}],
        "locutions": [{"nodeID": 3, "personID": 1}],
        "analysis": {"txt": 'A: <span class="highlighted" id="node3">it rains</span>', "documentDate": "2020-02-01"},
    }
    m = formats.examine_text(json.dumps(data), "ova").map
    assert [(r.target, r.by, r.scheme) for r in m.relations] == [("2", ("5",), None)]
    assert [quote.exact for quote in m.claims["2"].quotes] == ["it rains"]
    assert m.speakers[m.claims["2"].speaker or ""].name == "Ann Lee"
    assert m.sources["text"].published == "2020-02-01"
