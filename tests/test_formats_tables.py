"""Formats for people's own tools: CSV for spreadsheets and R, Markdown to read, Web Annotations for the web."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from map_strategies import WORDS

from argmap import anchor, formats
from argmap.finding import ArgmapError
from argmap.formats.csv import guarded, restored
from argmap.formats.markdown import escape
from argmap.model import Map, Support

BRIDGE = Map.model_validate(
    {
        "id": "bridge",
        "title": "Should the bridge be closed?",
        "thesis": "close",
        "speakers": {"mayor": {"name": "The Mayor", "role": "in office"}},
        "issues": {"safety": {"question": "How safe is it?", "scale": {"no": "unsafe", "yes": "safe"}}},
        "sources": {
            "essay": {"text": "Close the bridge. It rusts. Close the bridge.", "url": "https://example.org/essay"}
        },
        "claims": {
            "close": {
                "text": "=Close(the;bridge)",
                "kind": "policy",
                "quote": {"exact": "Close the bridge.", "suffix": " It"},
            },
            "rust": {
                "text": "It rusts,\nthey say.",
                "issue": "safety",
                "position": "no",
                "quote": ["It rusts.", "rusts"],
            },
            "paint": {"text": "Only paint.", "speaker": "mayor", "commitment": "conceded", "implicit": True},
        },
        "relations": [
            {"support": "close", "by": ["rust", "paint"], "id": "because", "scheme": "sign"},
            {"attack": "because", "by": ["paint"], "cue": "but"},
        ],
    }
)


# CSV


def test_csv_is_a_table_for_people() -> None:
    """One header, one row a thing; columns that nothing uses are not there."""
    text, loss = formats.dumps(BRIDGE, "csv")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["type"] for row in rows] == [
        "map",
        "speaker",
        "issue",
        "position",
        "position",
        "claim",
        "claim",
        "quote",
        "claim",
        "support",
        "attack",
    ]
    assert rows[9]["by"] == "rust paint"
    assert "force" not in rows[0]
    assert str(loss) == "1 source detail, 1 source not carried by csv"


FORMULAS = ["=1+2", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''=1", "＝1", "＋1"]


@pytest.mark.parametrize("text", [*FORMULAS, "plain", "'tis", "1-2", ""])
def test_csv_cells_are_never_formulas(text: str) -> None:
    """A cell that a spreadsheet would run is guarded, and comes back as it was."""
    assert restored(guarded(text)) == text
    assert guarded(text)[:1] not in ("=", "+", "-", "@", "\t", "\r", "＝", "＋")
    assert (guarded(text) == text) == (text not in FORMULAS)


@given(st.text(st.sampled_from("'=+-@\t\r\nab"), max_size=5))
def test_csv_guard_has_a_way_back(text: str) -> None:
    """Whatever a cell holds."""
    assert restored(guarded(text)) == text


def test_csv_guards_every_cell_of_a_map() -> None:
    """Texts, names, quotes, notes, columns of others: none begins a formula in the file."""
    m = Map.model_validate(
        {
            "id": "m",
            "title": "=cmd",
            "speakers": {"s": {"name": "@name", "role": "+role"}},
            "claims": {"a": {"text": "-text", "note": "=note", "extra": {"csv": {"=column": "=cell"}}}},
            "relations": [{"support": "a", "by": "a", "cue": "@cue"}],
        }
    )
    text, _ = formats.dumps(m, "csv")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    assert formats.loads(text) == m


def test_csv_by_hand() -> None:
    """Semicolons, names for ids, made-up ids, words for types, columns of other names, a byte order mark: all fine."""
    text = "\ufeffType;Text;Speaker;Target;By;Rating\r\n;Close it.;;;;5\r\nclaim;It rusts.;The Mayor;;;\r\nbecause;;;c1;c2;\r\n"
    reading = formats.examine_text(text, name="bridge.csv")
    m = reading.map
    assert not reading.findings
    assert {id: claim.text for id, claim in m.claims.items()} == {"c1": "Close it.", "c2": "It rusts."}
    assert m.speakers["The-Mayor"].name == "The Mayor"
    assert m.claims["c1"].extra == {"csv": {"Rating": "5"}}
    assert [(type(r), r.target, r.by) for r in m.relations] == [(Support, "c1", ("c2",))]
    assert "Rating" in formats.dumps(m, "csv")[0].splitlines()[0]


def test_csv_ids_with_spaces() -> None:
    """An id of several words is an id all the same."""
    text = "id,text,target,by\nclose it,Close it.,,\nit rusts,It rusts.,,\nold,It is old.,,\n,,close it,it rusts\n,,close it,it rusts; old\n"
    m = formats.loads(text)
    assert [(r.target, r.by) for r in m.relations] == [("close-it", ("it-rusts",)), ("close-it", ("it-rusts", "old"))]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("claim,a,Again.,,,", "duplicate-id"),
        ("claim,z,,,,", "missing-text"),
        ("claim,z,Z.,,,opinion", "unknown-value"),
        ("thing,z,Z.,,,", "unknown-type"),
        ("quote,z,,,,", "dangling-reference"),
        ("position,z,Z.,nowhere,,", "dangling-reference"),
    ],
)
def test_irregular_csv_is_read_with_a_finding(row: str, rule: str) -> None:
    """What does not fit is one finding at its line."""
    text = f'type,id,text,target,by,kind\nclaim,a,"A,\n""A"".",,,fact\nsupport,,,a,a,\n{row}\n'
    reading = formats.examine_text(text, name="x.csv")
    assert [finding.rule for finding in reading.findings] == [rule]
    assert str(reading.findings[0]).startswith("x.csv:5:1: ")
    assert reading.map.claims["a"].text == 'A,\n"A".'


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "text\n" + "x" * 200_000])
def test_no_csv_is_refused_in_a_line(text: str) -> None:
    """A file without a header known here, or that no CSV reader reads, is refused."""
    with pytest.raises(ArgmapError) as refused:
        formats.examine_text(text, "csv")
    assert "\n" not in str(refused.value)


def test_csv_in_two_files(tmp_path: Path) -> None:
    """Claims and relations in a file each; either can be named."""
    formats.write(BRIDGE, tmp_path / "x.claims.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.claims.csv", "x.relations.csv"]
    one, other = (formats.read(tmp_path / f"x.{name}.csv") for name in ("claims", "relations"))
    assert one == other == formats.carried(BRIDGE, "csv-pair")
    (tmp_path / "x.relations.csv").unlink()
    assert [finding.rule for finding in formats.examine(tmp_path / "x.claims.csv").findings] == ["missing-file"]


# Markdown

OUTLINE = """\
# Should the bridge be closed?

**=Close(the;bridge)**

> Close the bridge.

- **Together:** *(by sign)*
    - It rusts, they say.

        > It rusts.

        > rusts
    - Only paint. *(implicit, conceded, The Mayor)*
    - **Against this step:** Only paint. *(implicit, conceded, The Mayor)*
"""


def test_markdown_outline() -> None:
    """The thesis, its reasons under it, quotes under those, and what is against a step marked as that."""
    expected = OUTLINE.replace("**=Close", "**\\=Close")
    assert formats.dumps(BRIDGE, "markdown")[0] == expected


@given(WORDS)
def test_markdown_shows_text_as_it_is(text: str) -> None:
    """Whatever a text holds, a Markdown reader shows those words, and makes nothing of them."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("gfm-like", {"linkify": False, "typographer": False}).parse(f"- {escape(text)}")
    inline = next(token for token in tokens if token.type == "inline")
    kinds = {child.type for child in inline.children or ()}
    assert kinds <= {"text", "text_special"}
    assert "".join(child.content for child in inline.children or ()) == " ".join(text.split())
    assert [token.type for token in tokens].count("list_item_open") == 1


def test_markdown_of_circles_and_depth_ends() -> None:
    """Circles are shown once, a chain of thousands goes on in further sections, and no claim is left out."""
    n = 3000
    claims = {f"c{i}": {"text": f"Claim {i}."} for i in range(n)}
    relations = [{"support": f"c{i}", "by": [f"c{(i + 1) % n}"]} for i in range(n)]
    text, _ = formats.dumps(
        Map.model_validate({"id": "m", "thesis": "c0", "claims": claims, "relations": relations}), "markdown"
    )
    assert set(re.findall(r"Claim \d+", text)) == {f"Claim {i}" for i in range(n)}
    assert len(text) < 100 * n
    circle = [{"attack": "r1", "by": ["a"], "id": "r2"}, {"attack": "r2", "by": ["a"], "id": "r1"}]
    text, _ = formats.dumps(
        Map.model_validate({"id": "m", "claims": {"a": {"text": "A."}}, "relations": circle}), "markdown"
    )
    assert "A." in text


# Web Annotation

STANDARD = {
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "as": "http://www.w3.org/ns/activitystreams#",
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    **{
        name: f"oa:{name}"
        for name in ("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector")
    },
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    **{
        name: f"oa:{name}"
        for name in ("describing", "linking", "classifying", "start", "end", "exact", "prefix", "suffix")
    },
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "first": {"@type": "@id", "@id": "as:first"},
    "value": "rdf:value",
    "format": "dc:format",
    "label": "rdfs:label",
    "total": "as:totalItems",
    "startIndex": "as:startIndex",
}
"""Of the standard's context, http://www.w3.org/ns/anno.jsonld, the terms that are written, with what they stand for."""


def keys_of(value: Any) -> set[str]:
    """All keys that a document uses outside argmap's own JSON."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value)) if value else set()
    if not isinstance(value, dict):
        return set()
    inner = (keys_of(item) for key, item in value.items() if not key.startswith(("argmap:", "@")))
    return set(value).union(*inner)


def test_web_annotations_speak_the_standard() -> None:
    """Every key is a term of the standard's context or argmap's own prefix; what the standard requires is there."""
    data = json.loads(formats.dumps(BRIDGE, "web-annotation")[0])
    assert {key for key in keys_of(data) if not key.startswith("argmap:")} <= {"@context", *STANDARD}
    assert data["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    items = data["first"]["items"]
    assert (data["type"], data["first"]["type"], data["total"]) == (
        "AnnotationCollection",
        "AnnotationPage",
        len(items),
    )
    assert len({item["id"] for item in items}) == len(items)
    assert all(item["type"] == "Annotation" and item["target"] and item["body"] for item in items)


def test_web_annotations_expand_to_the_standards_vocabulary() -> None:
    """A JSON-LD processor with the standard's terms finds bodies, targets and selectors where the standard puts them."""
    jsonld = pytest.importorskip("pyld.jsonld")

    def context(url: str, _options: Any) -> dict[str, Any]:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": STANDARD}}

    data = json.loads(formats.dumps(BRIDGE, "web-annotation")[0])
    (collection,) = jsonld.expand(data, {"documentLoader": context})
    oa = STANDARD["oa"]
    page = collection["http://www.w3.org/ns/activitystreams#first"][0]
    items = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert [item["@type"] for item in items] == [[f"{oa}Annotation"]] * 5
    target = items[0][f"{oa}hasTarget"][0]
    assert target[f"{oa}hasSource"] == [{"@id": "https://example.org/essay"}]
    quote, position = target[f"{oa}hasSelector"]
    assert quote[f"{oa}exact"] == [{"@value": "Close the bridge."}]
    assert [position[f"{oa}{end}"][0]["@value"] for end in ("start", "end")] == [0, 17]
    link = items[3]
    assert link[f"{oa}motivatedBy"] == [{"@id": f"{oa}linking"}]
    assert [body.get("@id") for body in link[f"{oa}hasBody"]][:2] == [items[1]["@id"], items[2]["@id"]]
    assert link[f"{oa}hasTarget"] == [{"@id": items[0]["@id"]}]
    assert items[1]["urn:argmap:claim"][0]["@type"] == "@json"


def test_web_annotations_point_at_the_words() -> None:
    """Each position spells the exact words, and a quote that stands twice has what tells it apart."""
    data = json.loads(formats.dumps(BRIDGE, "web-annotation")[0])
    text = BRIDGE.sources["essay"].text or ""
    for item in data["first"]["items"][:2]:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
    again = formats.loads(json.dumps(data))
    assert again == BRIDGE
    assert anchor.spans(again) == anchor.spans(BRIDGE)


FOREIGN: list[Any] = [
    {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "http://example.org/anno1",
        "type": "Annotation",
        "bodyValue": "Close it.",
        "target": "http://example.org/page",
    },
    {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "http://example.org/anno2",
        "type": "Annotation",
        "creator": {"id": "http://example.org/me", "name": "Me"},
        "created": "2020-01-01T00:00:00Z",
        "motivation": ["commenting", "tagging"],
        "body": [
            {"type": "TextualBody", "value": "rust", "purpose": "tagging"},
            {"type": "TextualBody", "value": "It rusts.", "language": "en"},
        ],
        "target": [
            {
                "source": "http://example.org/a.html",
                "selector": [
                    {"type": "TextPositionSelector", "start": 3, "end": 8},
                    {"type": "TextQuoteSelector", "exact": "rusts", "prefix": "it "},
                ],
            },
            {"source": "http://example.org/b.html", "selector": {"type": "FragmentSelector", "value": "xpointer(/a)"}},
        ],
    },
    [
        {"id": "urn:x:a", "type": "Annotation", "body": {"type": "TextualBody", "value": "A."}, "target": "urn:t"},
        {"id": "urn:x:b", "type": "Annotation", "body": {"type": "TextualBody", "value": "B."}, "target": "urn:t"},
        {
            "id": "urn:x:c",
            "type": "Annotation",
            "motivation": "linking",
            "body": ["urn:x:b", {"type": "TextualBody", "value": "undermines", "purpose": "tagging"}],
            "target": "urn:x:a",
        },
        {"id": "urn:x:d", "type": "Annotation", "motivation": "linking", "body": "urn:x:b", "target": "urn:x:a"},
    ],
    {
        "type": "AnnotationPage",
        "items": [{"type": "Annotation", "target": {"id": "urn:t"}, "body": "http://example.org/video"}],
    },
]


def test_annotations_of_other_tools_become_claims() -> None:
    """Bodies are texts, quoted words quotes, pages sources; a tag, a fragment, a date or a person is kept."""
    simple, rich = (formats.loads(json.dumps(data), name="x.jsonld") for data in FOREIGN[:2])
    assert simple.claims["anno1"].text == "Close it."
    claim = rich.claims["anno2"]
    assert (claim.text, claim.quotes[0].exact, claim.quotes[0].prefix) == ("It rusts.", "rusts", "it ")
    assert rich.sources["a"].url == "http://example.org/a.html"
    assert {"creator", "created", "motivation", "bodies", "targets", "positions"} <= claim.extra[
        "web-annotation"
    ].keys()


def test_links_between_annotations_become_relations() -> None:
    """A link that says what it means is a relation; one that does not is kept, with a finding."""
    reading = formats.examine_text(json.dumps(FOREIGN[2]), name="x.jsonld")
    assert [(r.type, r.by, r.target) for r in reading.map.relations] == [("attack", ("b",), "a")]
    assert [finding.rule for finding in reading.findings] == ["unknown-type"]
    assert "urn:x:d" in formats.dumps(reading.map, "web-annotation")[0]


@pytest.mark.parametrize("data", FOREIGN, ids=["simple", "rich", "list", "page"])
def test_annotations_of_other_tools_come_back(data: Any) -> None:
    """Written and read again, nothing has changed."""
    m = formats.loads(json.dumps(data), name="x.jsonld")
    text, loss = formats.dumps(m, "web-annotation")
    assert not loss
    assert formats.loads(text) == m


@pytest.mark.parametrize(
    "data", [{}, [], 3, {"type": "Person"}, [[]], {"type": "AnnotationCollection", "first": "http://x"}]
)
def test_no_annotations(data: Any) -> None:
    """What holds no annotation is an error of one line, or an empty map where it is a collection elsewhere."""
    text = json.dumps(data)
    if isinstance(data, dict) and "first" in data:
        assert not formats.loads(text, "web-annotation").claims
    else:
        with pytest.raises(ArgmapError, match=r"^[^\n]*unreadable[^\n]*$"):
            formats.loads(text, "web-annotation")


def test_the_table_of_formats_is_whole() -> None:
    """Every format has its row, with what it reads, writes and carries."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in formats.table().splitlines()]
    assert [row[0].strip("`") for row in rows[2:]] == [format.name for format in formats.FORMATS]
    assert {len(row) for row in rows} == {6}
    assert ["`kialo`", "Kialo text", "`.txt`", "yes", "–", "–"] in rows
    assert ["`csv`", "CSV", "`.csv`", "yes", "yes", "all but source details, sources"] in rows
