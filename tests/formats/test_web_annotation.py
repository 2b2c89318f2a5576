"""Web Annotations: what is written speaks the standard, and what other tools write is read without losing any of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from pyld import jsonld

from argmap import anchor, edits, formats
from argmap.findings import ArgmapError
from argmap.formats.common.format import Reading
from argmap.formats.web_annotation.vocabulary import PLAIN
from argmap.model import Map
from tests.formats.csv.test_tables import BRIDGE
from tests.helpers.map_strategies import maps
from tests.helpers.node_tools import NODE_MODULES
from tests.helpers.web_annotation_context import MOTIVATIONS, NAMESPACES, SELECTORS, STANDARD, loader

OA, AS = NAMESPACES["oa"], NAMESPACES["as"]
VOCABULARY = NODE_MODULES / "@vocabulary" / "oa" / "oa.nq"


def written(m: Map) -> dict[str, Any]:
    """The map as it is written."""
    data: dict[str, Any] = json.loads(formats.dumps(m, "web-annotation")[0])
    return data


def examine(data: Any) -> Reading:
    """What is read of a document."""
    return formats.examine_text(json.dumps(data), "web-annotation", "x.jsonld")


def expanded(data: Any) -> list[Any]:
    """The document with every key as the IRI it stands for; keys that stand for nothing are gone."""
    found: list[Any] = jsonld.expand(data, {"documentLoader": loader})
    return found


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """All objects of an expanded document that are no plain values."""
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict) and "@value" not in value:
        yield value
        for item in value.values():
            yield from nodes(item)


def unlisted(value: Any) -> Any:
    """A document without the lists that hold one thing, which JSON-LD does not tell from the thing."""
    if isinstance(value, list):
        return unlisted(value[0]) if len(value) == 1 else [unlisted(item) for item in value]
    return {key: unlisted(item) for key, item in value.items()} if isinstance(value, dict) else value


def scalars(value: Any) -> set[Any]:
    """All texts and numbers in a document."""
    if isinstance(value, dict | list):
        return set().union(*map(scalars, value.values() if isinstance(value, dict) else value))
    return {value}


# The standard


def test_the_context_is_the_whole_vocabulary() -> None:
    """Each class, property and motivation of the vocabulary has its key in the context, of its type, and no key has another."""
    if not VOCABULARY.exists():
        pytest.skip("no Web Annotation vocabulary: npm install in tests/node")
    triples = re.findall(r"<http://www.w3.org/ns/oa#(\w+)> <(\S+)> <(\S+)>", VOCABULARY.read_text(encoding="utf-8"))
    terms = {subject for subject, _, _ in triples}
    named = {
        iri.removeprefix("oa:"): entry
        for entry in STANDARD.values()
        if (iri := entry["@id"] if isinstance(entry, dict) else entry).startswith("oa:")
    }
    # Of the direction `auto` the vocabulary says nothing; the last two are the protocol's, the others are for types to come.
    assert named.keys() - terms == {"autoDirection"}
    assert {term for term in terms - named.keys() if not term.startswith("PreferContained")} == {
        *("Motivation", "Direction", "Selector", "State", "Style"),
        "annotationService",
    }
    for term, predicate, range_ in triples:
        if predicate.endswith("#range") and "XMLSchema#" in range_ and not range_.endswith("#string"):
            assert named[term]["@type"] == f"xsd:{range_.partition('#')[2]}"
        if predicate.endswith("#range") and range_ in (f"{OA}Motivation", f"{OA}Direction"):
            assert named[term]["@type"] == "@vocab"


def assert_standard(data: dict[str, Any]) -> None:
    """What the model requires of annotations, selectors, collections and pages holds (§§3.1, 4.2, 5)."""
    (collection,) = expanded(data)
    (page,) = collection[f"{AS}first"]
    items = page[f"{AS}items"][0]["@list"]
    assert collection["@type"] == [f"{AS}OrderedCollection"]
    assert page["@type"] == [f"{AS}OrderedCollectionPage"]
    assert page[f"{AS}partOf"] == [{"@id": collection["@id"]}]
    assert collection[f"{AS}last"] == [{"@id": page["@id"]}]
    assert collection[f"{AS}totalItems"][0]["@value"] == len(items)
    iris = [item["@id"] for item in items]
    assert len(set(iris)) == len(iris)
    assert all(re.match(r"[a-z][a-z0-9+.-]*:\S", iri) for iri in iris)
    for item in items:
        assert item["@type"] == [f"{OA}Annotation"]
        assert item[f"{OA}hasTarget"]
        assert {motive["@id"] for motive in item[f"{OA}motivatedBy"]} <= {f"{OA}{name}" for name in MOTIVATIONS}
    for node in nodes(items):
        for selector in node.get(f"{OA}hasSelector", ()):
            assert selector["@type"][0].removeprefix(OA) in SELECTORS
        if f"{OA}TextQuoteSelector" in node.get("@type", ()):
            assert len(node[f"{OA}exact"]) == 1
        if f"{OA}TextPositionSelector" in node.get("@type", ()):
            (start,), (end,) = node[f"{OA}start"], node[f"{OA}end"]
            assert start["@type"] == end["@type"] == f"{NAMESPACES['xsd']}nonNegativeInteger"
            assert 0 <= start["@value"] < end["@value"]
        if f"{OA}hasSource" in node:
            assert len(node[f"{OA}hasSource"]) == 1


def assert_nothing_dropped(data: dict[str, Any]) -> dict[str, Any]:
    """Expanded and compacted again, a document is what it was: every key and value stood for something."""
    compacted: dict[str, Any] = jsonld.compact(expanded(data), data["@context"], {"documentLoader": loader})
    assert unlisted(compacted) == unlisted(data)
    return compacted


def test_what_is_written_is_the_standards() -> None:
    """A JSON-LD processor that knows the standard's context finds all that the standard requires, where it puts it."""
    data = written(BRIDGE)
    assert data["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert_standard(data)
    (collection,) = expanded(data)
    items = collection[f"{AS}first"][0][f"{AS}items"][0]["@list"]
    target = items[0][f"{OA}hasTarget"][0]
    assert target[f"{OA}hasSource"] == [{"@id": "https://example.org/essay"}]
    quote, position = target[f"{OA}hasSelector"]
    assert quote[f"{OA}exact"] == [{"@value": "Close the bridge."}]
    assert [position[f"{OA}{end}"][0]["@value"] for end in ("start", "end")] == [0, 17]
    link = items[3]
    assert link[f"{OA}motivatedBy"] == [{"@id": f"{OA}linking"}]
    assert [body.get("@id") for body in link[f"{OA}hasBody"]][:2] == [items[1]["@id"], items[2]["@id"]]
    assert link[f"{OA}hasTarget"] == [{"@id": items[0]["@id"]}]
    assert items[1]["urn:argmap:terms#claim"][0]["@type"] == "@json"


def test_a_processor_loses_nothing_of_what_is_written() -> None:
    """What comes out of a JSON-LD processor is the same map."""
    assert formats.loads(json.dumps(assert_nothing_dropped(written(BRIDGE)))) == BRIDGE


@settings(max_examples=15)
@given(m=maps(most=4))
def test_so_is_any_map(m: Map) -> None:
    """Any map is written so that the standard's requirements hold, and survives a JSON-LD processor."""
    data = written(m)
    assert_standard(data)
    assert formats.loads(json.dumps(assert_nothing_dropped(data)), "web-annotation") == m


def test_positions_spell_the_words() -> None:
    """Each position spells the exact words, and a quote that stands twice has what tells it apart."""
    data = written(BRIDGE)
    text = BRIDGE.sources["essay"].text or ""
    for item in data["first"]["items"][:2]:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
    again = formats.loads(json.dumps(data))
    assert again == BRIDGE
    assert anchor.spans(again) == anchor.spans(BRIDGE)


# Annotations of other tools, in the shapes of the model's sections

QUOTE = {"type": "TextQuoteSelector", "exact": "it rusts", "prefix": "that ", "suffix": "."}
PAGE = "http://example.org/page1"


def note(body: Any = None, target: Any = PAGE, **more: Any) -> dict[str, Any]:
    """One annotation."""
    bodies = {} if body is None else {"body": body}
    return {
        "@context": STANDARD_URL,
        "id": "http://example.org/anno1",
        "type": "Annotation",
        **bodies,
        "target": target,
        **more,
    }


STANDARD_URL = "http://www.w3.org/ns/anno.jsonld"
TEXT = {"type": "TextualBody", "value": "It rusts badly."}
QUOTED = {"source": PAGE, "selector": QUOTE}

SHAPES: dict[str, tuple[Any, str, str | None]] = {
    "body value": (note(bodyValue="Comment text"), "Comment text", None),
    "external body": (note("http://example.org/post1"), "http://example.org/post1", None),
    "described body": (
        note({"id": "http://example.org/v", "type": "Video", "format": "video/mp4"}, QUOTED),
        "it rusts",
        "it rusts",
    ),
    "embedded body": (note({**TEXT, "language": "en", "creator": "http://example.org/me"}), "It rusts badly.", None),
    "html body": (
        note({**TEXT, "value": "<p>It <b>rusts</b> &amp; shakes.</p>", "format": "text/html"}),
        "It rusts & shakes.",
        None,
    ),
    "several bodies": (
        note([{**TEXT, "value": "rust", "purpose": "tagging"}, {**TEXT, "purpose": "replying"}]),
        "It rusts badly.",
        None,
    ),
    "only a tag": (note({**TEXT, "value": "rust", "purpose": "tagging"}, QUOTED), "it rusts", "it rusts"),
    "a tag by motivation": (note({**TEXT, "value": "rust"}, QUOTED, motivation="tagging"), "it rusts", "it rusts"),
    "a tag on a page": (note({**TEXT, "value": "rust"}, motivation="tagging"), "rust", None),
    "choice of bodies": (
        note(
            {
                "type": "Choice",
                "items": [{**TEXT, "language": "en"}, {**TEXT, "value": "Il rouille.", "language": "fr"}],
            }
        ),
        "It rusts badly.",
        None,
    ),
    "no body": (note(None, QUOTED, motivation="highlighting"), "it rusts", "it rusts"),
    "no body, no words": (note(None, PAGE, motivation="bookmarking"), PAGE, None),
    "several targets": (note(TEXT, [PAGE, QUOTED, "http://example.org/page2"]), "It rusts badly.", "it rusts"),
    "lifecycle": (
        note(
            TEXT,
            QUOTED,
            creator={"id": "http://example.org/u", "type": "Person", "name": "Jo"},
            created="2015-01-28T12:00:00Z",
            generator="http://example.org/client",
            rights="https://creativecommons.org/publicdomain/zero/1.0/",
            canonical="urn:uuid:dbfb1861",
            via="http://other.example.org/anno1",
            audience={"type": "schema:EducationalAudience"},
        ),
        "It rusts badly.",
        "it rusts",
    ),
    "specific resource": (
        note(
            TEXT,
            {
                "id": "http://example.org/sel1",
                "type": "SpecificResource",
                "source": {"id": PAGE, "format": "text/html", "language": "fr"},
                "selector": QUOTE,
                "scope": "http://example.org/scope",
                "styleClass": "red",
                "state": {
                    "type": "TimeState",
                    "sourceDate": "2015-07-20T13:30:00Z",
                    "cached": "http://archive.example.org/c",
                },
                "renderedVia": {"id": "http://example.org/reader", "type": "Software"},
            },
            stylesheet="http://example.org/s.css",
        ),
        "It rusts badly.",
        "it rusts",
    ),
    "several selectors": (
        note(
            TEXT,
            {
                "source": PAGE,
                "selector": [
                    {"type": "XPathSelector", "value": "/html/body/p[2]"},
                    QUOTE,
                    {"type": "TextPositionSelector", "start": 412, "end": 420},
                ],
            },
        ),
        "It rusts badly.",
        "it rusts",
    ),
    "refined selector": (
        note(TEXT, {"source": PAGE, "selector": {"type": "FragmentSelector", "value": "para5", "refinedBy": QUOTE}}),
        "It rusts badly.",
        "it rusts",
    ),
    "fragment": (
        note(
            TEXT,
            {
                "source": PAGE,
                "selector": {
                    "type": "FragmentSelector",
                    "conformsTo": "http://tools.ietf.org/rfc/rfc3236",
                    "value": "namedSection",
                },
            },
        ),
        "It rusts badly.",
        None,
    ),
    "range": (
        note(
            TEXT,
            {
                "source": PAGE,
                "selector": {
                    "type": "RangeSelector",
                    "startSelector": {"type": "XPathSelector", "value": "//p[1]"},
                    "endSelector": {"type": "XPathSelector", "value": "//p[2]"},
                },
            },
        ),
        "It rusts badly.",
        None,
    ),
    "data position": (
        note(TEXT, {"source": PAGE, "selector": {"type": "DataPositionSelector", "start": 4, "end": 9}}),
        "It rusts badly.",
        None,
    ),
    "svg": (
        note(TEXT, {"source": PAGE, "selector": {"type": "SvgSelector", "id": "http://example.org/svg1"}}),
        "It rusts badly.",
        None,
    ),
    "composite": (
        note(TEXT, {"type": "Composite", "items": [QUOTED, "http://example.org/page2"]}),
        "It rusts badly.",
        None,
    ),
    "own words": (
        note(
            TEXT,
            QUOTED,
            **{
                "@context": [STANDARD_URL, {"ex": "http://example.org/ns#"}],
                "ex:mood": "angry",
                "motivation": ["commenting", "ex:doubting"],
            },
        ),
        "It rusts badly.",
        "it rusts",
    ),
}


@pytest.mark.parametrize(("data", "text", "words"), SHAPES.values(), ids=SHAPES)
def test_shapes_of_the_model(data: Any, text: str, words: str | None) -> None:
    """Each shape reads as the claim that it makes with the words it quotes, and is written again without losing a value."""
    reading = examine(data)
    (claim,) = reading.map.claims.values()
    assert claim.text == text
    assert [quote.exact for quote in claim.quotes] == ([words] if words else [])
    assert [finding.rule for finding in reading.findings] == (["missing-text"] if text.startswith("http") else [])
    again = written(reading.map)
    (item,) = again["first"]["items"]
    assert scalars({**data, "type": ""}) - {""} <= scalars(again)
    assert item["id"] == data["id"]
    assert ("motivation" in item) == ("motivation" in data)
    assert examine(again).map == reading.map
    assert written(examine(again).map) == again
    # What has a key of the standard's is still understood by a processor; a body's bare value is a body.
    keys = [{str(key) for node in nodes(expanded(document)) for key in node} for document in (data, again)]
    assert keys[0] - {f"{OA}bodyValue"} <= keys[1]


def test_collections_keep_what_they_say() -> None:
    """A collection's own properties come back, and it has one page; what is on other pages is told."""
    data = {
        "@context": STANDARD_URL,
        "id": "http://example.org/collection1",
        "type": "AnnotationCollection",
        "label": "Steampunk Annotations",
        "creator": "http://example.org/publisher",
        "total": 42023,
        "last": "http://example.org/page42",
        "first": {
            "id": "http://example.org/page1",
            "type": "AnnotationPage",
            "next": "http://example.org/page2",
            "items": [{**note(TEXT), "id": "http://example.org/a"}, "http://example.org/b"],
        },
    }
    reading = examine(data)
    assert (reading.map.title, list(reading.map.claims)) == ("Steampunk Annotations", ["a"])
    messages = [finding.message for finding in reading.findings]
    assert messages == [
        "2 annotations are here; others are not in this file, on http://example.org/page2: left out.",
        "1 of 2 items are not annotations, or only their addresses: left out.",
    ]
    again = written(reading.map)
    assert (again["id"], again["creator"], again["label"]) == (data["id"], data["creator"], data["label"])
    assert examine(again).map == reading.map


def test_a_collection_whose_pages_are_elsewhere() -> None:
    """An address is not followed: the finding says where the annotations are."""
    reading = examine(
        {"@context": STANDARD_URL, "type": "AnnotationCollection", "total": 3, "first": "http://example.org/p1"}
    )
    assert not reading.map.claims
    (finding,) = reading.findings
    assert str(finding) == (
        "x.jsonld: warning: missing-text: 0 annotations are here; others are not in this file, on http://example.org/p1: "
        "left out. Read the other pages as well."
    )
    assert written(reading.map)["first"] != "http://example.org/p1"


@pytest.mark.parametrize(
    "wrap", [lambda a: a, lambda a: {"@graph": a}, lambda a: {"type": "AnnotationPage", "items": a}]
)
def test_ways_to_hold_several(wrap: Any) -> None:
    """A list, a graph and a page hold the same annotations."""
    m = examine(wrap([{**note(TEXT), "id": f"urn:x:{name}"} for name in "ab"])).map
    assert list(m.claims) == ["a", "b"]


def test_annotations_without_ids() -> None:
    """Annotations that have no id are each a claim, and nothing is wrong with that."""
    reading = examine([{"type": "Annotation", "bodyValue": text, "target": PAGE} for text in ("One.", "Two.")])
    assert [claim.text for claim in reading.map.claims.values()] == ["One.", "Two."]
    assert not reading.findings


def test_targets_stay_where_they_were() -> None:
    """An annotation of a whole page is of that page still, when others quote from it and another page comes first."""
    items = [
        {**note(TEXT, {"source": "http://example.org/one", "selector": QUOTE}), "id": "urn:x:a"},
        {**note(TEXT, {"source": "http://example.org/two", "selector": QUOTE}), "id": "urn:x:b"},
        {**note(TEXT, "http://example.org/two"), "id": "urn:x:c"},
    ]
    again = written(examine(items).map)["first"]["items"]
    assert again[2]["target"] == "http://example.org/two"


def test_sources_of_others_are_not_mistaken_for_ours() -> None:
    """A source added to a file of ours, with the name of one that is there, is a source of its own."""
    data = written(BRIDGE)
    added = {**note(TEXT, {"source": "http://other.example.org/essay.html", "selector": QUOTE})}
    data["first"]["items"].append(added)
    m = examine(data).map
    assert m.sources["essay"] == BRIDGE.sources["essay"]
    assert {source.url for source in m.sources.values()} >= {"http://other.example.org/essay.html"}


# Links and replies

A, B, C = ({**note({**TEXT, "value": f"{name}."}), "id": f"urn:x:{name.lower()}"} for name in "ABC")


def link(body: Any, target: Any, **more: Any) -> dict[str, Any]:
    """An annotation that ties others."""
    return {
        "id": "urn:x:l",
        "type": "Annotation",
        "motivation": "linking",
        **({"body": body} if body else {}),
        "target": target,
        **more,
    }


def label(value: str, purpose: str = "classifying") -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "purpose": purpose}


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        (link(["urn:x:b", label("undermines", "tagging")], "urn:x:a"), [("attack", "b", "a")]),
        (
            link(
                [{"source": "urn:x:b", "purpose": "linking"}, label("supports")],
                {"id": "urn:x:a", "type": "Annotation"},
            ),
            [("support", "b", "a")],
        ),
        (link(["urn:x:b", "urn:x:c", label("supports")], "urn:x:a"), [("support", "b", "a"), ("support", "c", "a")]),
        (link(["urn:x:c", label("con")], ["urn:x:a", "urn:x:b"]), [("attack", "c", "a"), ("attack", "c", "b")]),
        (link(label("supports", "tagging"), [{"id": "urn:x:b"}, {"id": "urn:x:a"}]), [("support", "b", "a")]),
        (link("urn:x:b", "urn:x:a", motivation=["linking", "http://example.org/ns#rebutting"]), [("attack", "b", "a")]),
        (link("urn:x:b", "urn:x:a", motivation="ex:supporting"), [("support", "b", "a")]),
        (link("urn:x:b", "urn:x:a"), []),
        (link(["urn:x:b", label("supports")], "urn:x:elsewhere"), []),
        (link("http://example.org/b", "http://example.org/a"), []),
    ],
)
def test_links_between_annotations(ties: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    """A link that says what it means is a relation, one a reason; one that does not is kept, with a finding."""
    ties = {**ties, "creator": "http://example.org/me", "created": "2020-01-01T00:00:00Z"}
    reading = examine([A, B, C, ties])
    assert [(r.type, *r.by, r.target) for r in reading.map.relations] == expected
    assert [finding.rule for finding in reading.findings] == ([] if expected else ["unknown-type"])
    again = written(reading.map)
    assert scalars(ties) <= scalars(again)
    assert examine(again).map == reading.map
    assert written(examine(again).map) == again


def test_links_on_links() -> None:
    """A link to another link is a relation on it, whichever comes first."""
    undercut = {**link(["urn:x:c", label("attacks")], "urn:x:l"), "id": "urn:x:k"}
    m = examine([undercut, A, B, C, link(["urn:x:b", label("supports")], "urn:x:a")]).map
    assert [(r.type, r.by, r.target, r.id) for r in m.relations] == [
        ("attack", ("c",), "l", "k"),
        ("support", ("b",), "a", "l"),
    ]
    assert examine(written(m)).map == m


def reply(*bodies: Any) -> dict[str, Any]:
    return {
        "id": "urn:x:r",
        "type": "Annotation",
        "motivation": "replying",
        "body": [{**TEXT, "value": "No!"}, *bodies],
        "target": "urn:x:a",
    }


def test_replies() -> None:
    """A reply is a claim; its tag says whether it is for or against, and without one no relation is made up."""
    for_or_against = examine([A, reply(label("disagree", "tagging"))])
    assert [(r.type, r.by, r.target) for r in for_or_against.map.relations] == [("attack", ("r",), "a")]
    assert examine(written(for_or_against.map)).map == for_or_against.map
    plain = examine([A, reply(label("funny", "tagging"))])
    assert not plain.map.relations
    assert [(f.rule, f.severity) for f in plain.findings] == [("unknown-type", "note")]
    assert written(plain.map)["first"]["items"][1]["target"] == "urn:x:a"


# Edits


def test_an_edited_claim_is_written_as_edited() -> None:
    """What its annotation says beside the words stays: who made it, its tags, and targets that are not quotes."""
    data = note([TEXT, label("rust", "tagging")], [QUOTED, PAGE], creator="http://example.org/u")
    m = edits.change(examine(data).map, "anno1", text="It rusts.", quotes=())
    (item,) = written(m)["first"]["items"]
    assert item["body"] == [{"type": "TextualBody", "value": "It rusts.", **PLAIN}, label("rust", "tagging")]
    assert (item["target"], item["creator"]) == (PAGE, "http://example.org/u")
    (claim,) = examine(written(m)).map.claims.values()
    assert (claim.text, claim.quotes) == ("It rusts.", ())


def test_a_position_without_words_is_kept() -> None:
    """It is not read as a quote, and comes back with its annotation."""
    place = {"source": PAGE, "selector": {"type": "TextPositionSelector", "start": 2, "end": 11}}
    m = examine(note(TEXT, place)).map
    assert m.claims["anno1"].quotes == ()
    assert written(m)["first"]["items"][0]["target"] == place


# Hypothesis


def row(claim_id: str, text: str = "", **more: Any) -> dict[str, Any]:
    """An annotation as Hypothesis exports it."""
    uri = "https://example.org/essays/bridge.html"
    selectors = [
        {"type": "RangeSelector", "endOffset": 8, "startOffset": 0, "endContainer": "/p[1]", "startContainer": "/p[1]"},
        {"type": "TextPositionSelector", "start": 40, "end": 48},
        {"type": "TextQuoteSelector", "exact": "it rusts", "prefix": "that ", "suffix": "."},
    ]
    return {
        "id": claim_id,
        "created": "2024-01-01T10:00:00.000000+00:00",
        "updated": "2024-01-02T10:00:00.000000+00:00",
        "user": "acct:jo@hypothes.is",
        "uri": uri,
        "text": text,
        "tags": [],
        "group": "class7b",
        "permissions": {"read": ["group:class7b"]},
        "document": {"title": ["Should the bridge be closed?"]},
        "target": [{"source": uri, "selector": selectors}],
        **more,
    }


ROWS = [
    row("Ab-1", "The bridge **rusts**.", tags=["claim"]),
    row("Ab-2"),
    row(
        "Ab-3",
        "Some of it is paint.",
        references=["Ab-1"],
        tags=["against"],
        target=[{"source": "https://example.org/essays/bridge.html"}],
    ),
    row("Ab-4", "Is it?", references=["Ab-1", "Ab-3"], target=[{"source": "https://example.org/essays/bridge.html"}]),
]


@pytest.mark.parametrize(
    "data",
    [
        {"total": 4, "rows": ROWS},
        {"export_date": "2024", "annotations": ROWS},
        ROWS,
        {"rows": ROWS[:2], "replies": ROWS[2:]},
    ],
)
def test_hypothesis_exports(data: Any) -> None:
    """A class's annotations are claims with their quotes; a tagged reply is a relation, an untagged one is none; nothing is lost."""
    reading = examine(data)
    m = reading.map
    assert {claim_id: claim.text for claim_id, claim in m.claims.items()} == {
        "Ab-1": "The bridge **rusts**.",
        "Ab-2": "it rusts",
        "Ab-3": "Some of it is paint.",
        "Ab-4": "Is it?",
    }
    assert [len(claim.quotes) for claim in m.claims.values()] == [1, 1, 0, 0]
    assert [(r.type, r.by, r.target) for r in m.relations] == [("attack", ("Ab-3",), "Ab-1")]
    assert [finding.severity for finding in reading.findings] == ["note"]
    (source,) = m.sources.values()
    assert (source.url, source.title) == ("https://example.org/essays/bridge.html", "Should the bridge be closed?")
    again = written(m)
    assert scalars(ROWS) - {"Ab-1", "Ab-2", "Ab-3", "Ab-4", ""} <= scalars(again)
    assert_nothing_dropped({**again, "first": {**again["first"], "items": again["first"]["items"][2:]}})
    assert examine(again).map == m


# What is none


@pytest.mark.parametrize(
    "data", [{}, [], 3, {"type": "Person"}, [[]], {"items": []}, {"rows": []}, {"@graph": [{"type": "Person"}]}]
)
def test_no_annotations(data: Any) -> None:
    """What holds no annotation is an error of one line."""
    with pytest.raises(ArgmapError, match=r"^[^\n]*unreadable[^\n]*$"):
        examine(data)


@pytest.mark.parametrize(
    "data", [note(TEXT, QUOTED), [note(TEXT)], {**note(TEXT), "@context": "https://www.w3.org/ns/anno.jsonld"}]
)
def test_annotations_are_recognised(data: Any) -> None:
    """A file is known by its content."""
    assert formats.detect(formats.Content(json.dumps(data), "x.json")).name == "web-annotation"


def test_duplicate_ids() -> None:
    """Two annotations of one id are two claims with two ids, and the finding says what to do."""
    reading = examine([A, {**B, "id": A["id"]}])
    assert list(reading.map.claims) == ["a", "a-2"]
    assert str(reading.findings[0]).endswith("Give each its own id.")
    again = written(reading.map)
    assert len({item["id"] for item in again["first"]["items"]}) == 2


@pytest.mark.parametrize("value", ["missing", None, 3, ["a"], {"b": 1}])
def test_an_own_annotation_whose_words_are_damaged_is_read(value: object) -> None:
    """A body of ours that lost its words, or holds something else there, still gives a claim."""
    written, _ = formats.dumps(
        Map.model_validate({"id": "m", "claims": {"a": {"text": "It rains."}}}), "web-annotation"
    )
    data = json.loads(written)
    damaged = json.dumps(data)
    assert '"value": "It rains."' in damaged
    replacement = "" if value == "missing" else f'"value": {json.dumps(value)}'
    damaged = (
        damaged.replace('"value": "It rains."', replacement).replace(", }", "}").replace("{, ", "{").replace(", ,", ",")
    )
    assert len(formats.loads(damaged, "web-annotation").claims) == 1
