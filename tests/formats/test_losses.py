"""What other tools' files say beyond claims and relations is read or reported, never lost silently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from argmap import anchor, formats
from argmap.formats import Reading
from argmap.rules import check
from tests.helpers.corpora import CASES

TEXT = "😂 Ön top: no tax. Yes. No tax. A second line.\nNo tax at all.\n"
WORDS = ("no tax", "No tax", "No tax at all")


def offset(text: str, words: str, unit: str, last: bool = False) -> tuple[int, int]:
    """The place of some words, in a unit."""
    start = text.rindex(words) if last else text.index(words)
    encoded = {"characters": "utf-32-le", "utf-16": "utf-16-le", "bytes": "utf-8"}[unit]
    width = {"characters": 4, "utf-16": 2, "bytes": 1}[unit]
    first, second = (len(text[:at].encode(encoded)) // width for at in (start, start + len(words)))
    return first, second


def brat(folder: Path, text: str, unit: str, *, shift: int = 0) -> Reading:
    lines = []
    for n, words in enumerate(WORDS, 1):
        start, end = offset(text, words, unit)
        lines.append(f"T{n}\tClaim {start + shift} {end + shift}\t{words}\n")
    (folder / "a.ann").write_text("".join(lines), "utf-8")
    (folder / "a.txt").write_text(text, "utf-8", newline="")
    return formats.examine(folder / "a.ann")


@pytest.mark.parametrize(
    ("unit", "shift", "rules"),
    [
        ("characters", 0, []),
        ("utf-16", 0, ["odd-offset"]),
        ("bytes", 0, ["odd-offset"]),
        ("characters", 1, ["odd-offset"]),
        ("utf-16", 1, ["odd-offset"]),
        ("bytes", 3, ["odd-offset"]),
    ],
)
def test_brat_counts_what_its_tool_counts(tmp_path: Path, unit: str, shift: int, rules: list[str]) -> None:
    """UTF-16 units, bytes and a byte order mark are recognised; each quote leads to its own place."""
    reading = brat(tmp_path, TEXT, unit, shift=shift)
    assert [finding.rule for finding in reading.findings] == rules
    found = [spans[0] for spans in anchor.spans(reading.map).values()]
    assert [span and span.start for span in found] == [TEXT.index(words) for words in WORDS]


def test_line_ends_and_units_at_once(tmp_path: Path) -> None:
    """A tool in Java on Windows counts UTF-16 units, and two characters for each line end."""
    brat(tmp_path, TEXT.replace("\n", "\r\n"), "utf-16")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    reading = formats.examine(tmp_path / "a.ann")
    assert sorted(finding.rule for finding in reading.findings) == ["changed-source", "odd-offset"]
    assert all(span for spans in anchor.spans(reading.map).values() for span in spans)


def test_a_count_that_does_not_fit_everything_is_not_guessed(tmp_path: Path) -> None:
    """With one word that stands nowhere, characters are counted, and the words of the lines count."""
    brat(tmp_path, TEXT, "utf-16")
    path = tmp_path / "a.ann"
    path.write_text(path.read_text("utf-8") + "T4\tClaim 0 5\tnever\n", "utf-8")
    assert {finding.rule for finding in formats.examine(path).findings} == {"changed-source"}


@pytest.mark.parametrize("unit", ["utf-16", "bytes"])
def test_sadface_counts_what_its_tool_counts(unit: str) -> None:
    """Offsets of a resource are recognised in its own text."""
    atoms = []
    for n, words in enumerate(WORDS):
        start, end = offset(TEXT, words, unit)
        entry = {"resource_id": "r", "text": words, "offset": start, "length": end - start}
        atoms.append({"id": f"a{n}", "type": "atom", "text": words, "metadata": {}, "sources": [entry]})
    data = {"metadata": {"core": {}}, "resources": [{"id": "r", "content": TEXT}], "nodes": atoms, "edges": []}
    reading = formats.examine_text(json.dumps(data), "sadface", "x.json")
    assert [finding.message[:30] for finding in reading.findings] == [
        "the annotations count " + {"utf-16": "UTF-16 u", "bytes": "bytes of"}[unit]
    ]
    found = [spans[0] for spans in anchor.spans(reading.map).values()]
    assert [span and span.start for span in found] == [TEXT.index(words) for words in WORDS]


def test_web_annotations_count_what_their_tool_counts() -> None:
    """A position in UTF-16 units tells a quote from the same words elsewhere, where the text is at hand."""
    start, end = offset(TEXT, "No tax", "utf-16", last=True)
    first = offset(TEXT, "no tax", "utf-16")

    def annotation(name: str, words: str, place: tuple[int, int]) -> dict[str, Any]:
        selectors = [
            {"type": "TextQuoteSelector", "exact": words},
            {"type": "TextPositionSelector", "start": place[0], "end": place[1]},
        ]
        source = {"id": "http://example.org/t", "value": TEXT}
        target = {"source": source, "selector": selectors}
        return {"id": name, "type": "Annotation", "body": {"type": "TextualBody", "value": "x"}, "target": target}

    data = [annotation("urn:x:a", "No tax", (start, end)), annotation("urn:x:b", "no tax", first)]
    reading = formats.examine_text(json.dumps(data), "web-annotation", "x.jsonld")
    assert [finding.rule for finding in reading.findings] == ["odd-offset"]
    found = anchor.spans(reading.map)
    assert [spans[0] and spans[0].start for spans in found.values()] == [TEXT.rindex("No tax"), TEXT.index("no tax")]


def reply(tags: list[str], parent: str) -> dict[str, Any]:
    page = "https://example.org/p"
    rows = [{"id": "A1", "uri": page, "text": "Open the pool.", "tags": [], "target": [{"source": page}]}]
    rows.append(
        {
            "id": "A2",
            "uri": page,
            "text": "It is cold.",
            "tags": tags,
            "references": [parent],
            "target": [{"source": page}],
        }
    )
    return {"total": 2, "rows": rows}


@pytest.mark.parametrize(("tags", "word"), [(["attack"], "attack"), (["support"], "support"), ([], "answer")])
def test_a_reply_to_what_is_not_here_is_reported(tags: list[str], word: str) -> None:
    """The relation is lost with its other end, and that counts as a loss."""
    reading = formats.examine_text(json.dumps(reply(tags, "GONE")), "web-annotation", "x.json")
    (finding,) = reading.findings
    assert finding.is_loss
    assert f"its {word} is kept, and not read" in finding.message
    assert not formats.examine_text(json.dumps(reply(["attack"], "A1")), "web-annotation", "x.json").findings


def test_ova_marks_for_unknown_nodes_are_reported() -> None:
    """Words that the text marks for a node that the file lacks are named."""
    nodes = [{"id": 1, "type": "I", "text": "It rains."}]
    text = '<span id="node1" class="highlighted">It rains.</span> <span id="node7" class="highlighted">It pours.</span>'
    reading = formats.examine_text(
        json.dumps({"nodes": nodes, "edges": [], "analysis": {"txt": text}}), "ova", "x.json"
    )
    (finding,) = (finding for finding in reading.findings if finding.rule == "dangling-reference")
    assert "node 7" in finding.message
    assert finding.is_loss


GRAPHML = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="t" for="node" attr.name="label" attr.type="string"/>
<graph edgedefault="directed"><node id="g"%s><data key="t">Safety</data><graph edgedefault="directed"><node id="a"><data key="t">It rusts.</data></node>
</graph></node><node id="b"><data key="t">Close it.</data></node><edge source="%s" target="b"/></graph></graphml>"""
GEXF = """<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="directed"><nodes>%s</nodes>
<edges><edge id="0" source="a" target="b" label="supports"/></edges></graph></gexf>"""
NESTED = (
    '<node id="g" label="Safety"><nodes><node id="a" label="It rusts."/></nodes></node><node id="b" label="Close it."/>'
)
BY_PID = '<node id="g" label="Safety"/><node id="a" label="It rusts." pid="g"/><node id="b" label="Close it."/>'
CYTOSCAPE = {
    "directed": True,
    "nodes": [
        {"id": "g", "label": "Safety"},
        {"id": "a", "label": "It rusts.", "parent": "g"},
        {"id": "b", "label": "Close it."},
    ],
    "edges": [{"source": "a", "target": "b"}],
}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (GRAPHML % ("", "a"), "graphml"),
        (GRAPHML % (' yfiles.foldertype="folder"', "a"), "graphml"),
        (GEXF % NESTED, "gexf"),
        (GEXF % BY_PID, "gexf"),
        (json.dumps(CYTOSCAPE), "node-link"),
    ],
)
def test_what_is_drawn_around_claims_is_a_group(text: str, name: str) -> None:
    """A group is no claim: it is kept with its members, and a finding says so."""
    reading = formats.examine_text(text, name)
    assert list(reading.map.claims) == ["a", "b"]
    assert reading.map.extra[name]["groups"] == {"g": {"label": "Safety", "members": ["a"]}}
    assert reading.map.claims["a"].extra[name]["group"] == "Safety"
    assert [finding.rule for finding in reading.findings] == ["group"]
    if name == "gexf":
        return  # it is only read
    again = formats.loads(formats.dumps(reading.map, name)[0], name)
    assert (again.extra, list(again.claims)) == (reading.map.extra, ["a", "b"])


def test_a_container_that_argues_is_a_claim() -> None:
    """A node around others that an edge leads from is a node like any other."""
    reading = formats.examine_text(GRAPHML % ("", "g"), "graphml")
    assert set(reading.map.claims) == {"g", "a", "b"}


@pytest.mark.parametrize(
    "head", ["source,destination,label", "start,end,label", "src,dst,relation", "subject,object,label", "from,to,label"]
)
def test_tables_of_edges_are_relations(head: str) -> None:
    """Two columns of ends and one of words for relations are edges, whatever they are called."""
    reading = formats.examine_text(f"{head}\nu2,u1,Supports\nu3,u1,Opposes\n", "csv", "x.csv")
    assert [(r.type, r.target, r.by) for r in reading.map.relations] == [
        ("support", "u1", ("u2",)),
        ("attack", "u1", ("u3",)),
    ]
    assert {claim.text for claim in reading.map.claims.values()} == {"u1", "u2", "u3"}


def test_labels_of_edges_with_ids_are_no_claims() -> None:
    """Where all labels are words for relations, none is the text of a claim."""
    reading = formats.examine_text("id,source,target,label\ne1,u2,u1,Supports\ne2,u3,u1,Opposes\n", "csv", "x.csv")
    assert [relation.type for relation in reading.map.relations] == ["support", "attack"]
    assert {claim.text for claim in reading.map.claims.values()} == {"u1", "u2", "u3"}


@pytest.mark.parametrize("name", ["id", "key"])
def test_ends_may_be_places_in_the_list(name: str) -> None:
    """networkx 1 and D3 3 write the number of a node, also where nodes have ids; an id that is a number comes first."""
    nodes = [{name: "a", "label": "Close it."}, {name: "b", "label": "It rusts."}]
    data: dict[str, Any] = {
        "directed": True,
        "nodes": nodes,
        "links": [{"source": 1, "target": 0, "relation": "attacks"}],
    }
    reading = formats.examine_text(json.dumps(data), "node-link")
    assert [(r.type, r.target, r.by) for r in reading.map.relations] == [("attack", "a", ("b",))]
    assert not reading.findings
    data["nodes"] = [{name: 1, "label": "Close it."}, {name: 0, "label": "It rusts."}]
    reading = formats.examine_text(json.dumps(data), "node-link")
    assert [(r.target, r.by) for r in reading.map.relations] == [("0", ("1",))]


@pytest.mark.skipif(CASES is None, reason="the cases are not at hand")
def test_the_cases(tmp_path: Path) -> None:
    """Each small input that went wrong is read right."""
    assert CASES
    for name in ("11-utf16-offsets.ann", "bom.ann", "bom.txt", "17-yed-group.graphml"):
        (tmp_path / name).write_bytes((CASES / name).read_bytes())
    (tmp_path / "11-utf16-offsets.txt").write_bytes((CASES / "11-utf16-offsets.txt.sample").read_bytes())
    for name in ("11-utf16-offsets.ann", "bom.ann"):
        reading = formats.examine(tmp_path / name)
        assert any("annotations count" in finding.message for finding in reading.findings)
        assert all(span for spans in anchor.spans(reading.map).values() for span in spans)
    edges = formats.examine(CASES / "13-edge-table-as-claims.csv").map
    assert [relation.type for relation in edges.relations] == ["support", "attack"]
    assert any(finding.is_loss for finding in formats.examine(CASES / "14-reply-to-deleted.json").findings)
    (attack,) = formats.examine(CASES / "16-index-links.json").map.relations
    assert (attack.type, attack.target, attack.by) == ("attack", "a", ("b",))
    yed = formats.examine(tmp_path / "17-yed-group.graphml").map
    assert len(yed.claims) == 4
    assert yed.extra["graphml"]["groups"]["n1"]["members"] == ["n1::n0", "n1::n1"]
    rules = {
        name: {f.rule: f.severity for f in check(CASES / f"{name}.yaml")}
        for name in (
            "01-part-of-a-word",
            "03-cjk-sentence-left-out",
            "05-hyphen-at-line-end",
            "06-nfc-nfd-beyond-latin",
            "08-cjk-line-break",
        )
    }
    assert rules["01-part-of-a-word"]["part-of-word"] == "error"
    assert rules["03-cjk-sentence-left-out"] == {}
    for name in ("05-hyphen-at-line-end", "06-nfc-nfd-beyond-latin", "08-cjk-line-break"):
        assert rules[name] == {"other-typography": "note"}
