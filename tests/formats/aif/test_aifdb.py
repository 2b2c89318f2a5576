"""AIF JSON: every node and edge comes back, whatever the file; edges are numbered anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from argmap import formats
from argmap.findings import ArgmapError
from argmap.model import Map
from tests.helpers import corpora

FILES = corpora.files("aif/*/*.json")
PROJECTED = {"I", "RA", "CA", "MA"}


def node(node_id: Any, type_: str, text: str = "", **more: Any) -> dict[str, Any]:
    return {"nodeID": node_id, "text": text, "type": type_, **more}


def nodeset(nodes: list[Any], *edges: tuple[Any, Any], **more: Any) -> str:
    """A file of these nodes, its edges numbered from 1."""
    listed = [{"edgeID": str(n), "fromID": a, "toID": b, "formEdgeID": None} for n, (a, b) in enumerate(edges, 1)]
    return json.dumps({"nodes": nodes, "edges": listed, "locutions": [], **more})


def read(text: str, **options: Any) -> formats.Reading:
    return formats.examine_text(text, "aif", "set.json", **options)


def written(m: Map) -> dict[str, Any]:
    return json.loads(formats.dumps(m, "aif")[0])


def edge_of(edge: Any) -> str:
    """An edge without its number, which is given anew when it is written."""
    return json.dumps({k: v for k, v in edge.items() if k != "edgeID" and v is not None}, sort_keys=True)


def as_graph(data: dict[str, Any], types: set[str] | None = None) -> tuple[list[str], list[str]]:
    """All nodes and all edges with everything in them, in no order; only those of some types where given."""
    type_of = {str(node.get("nodeID")): node.get("type") for node in data["nodes"]}

    def kept(node_id: Any) -> bool:
        return types is None or type_of.get(str(node_id)) in types

    nodes = [json.dumps(node, sort_keys=True) for node in data["nodes"] if kept(node.get("nodeID"))]
    edges = [edge_of(edge) for edge in data["edges"] if kept(edge["fromID"]) and kept(edge["toID"])]
    return sorted(nodes), sorted(edges)


def rules(reading: formats.Reading) -> list[str]:
    return [finding.rule for finding in reading.findings]


RAIN = [
    node("1", "I", "It rains."),
    node("2", "I", "The street is wet."),
    node("3", "I", "The dog is wet."),
    node("4", "RA", "RA", scheme="EvidenceToHypothesis", schemeID="9"),
    node("5", "I", "Somebody washed the street."),
    node("6", "CA", "Default Conflict", scheme="Default Conflict", schemeID="71"),
    node("7", "I", "Rain falls."),
    node("8", "MA", "Default Rephrase", scheme="Default Rephrase", schemeID="144"),
]
RAIN_EDGES = [("2", "4"), ("3", "4"), ("4", "1"), ("5", "6"), ("6", "4"), ("7", "8"), ("8", "1")]


def test_nodes_become_claims_and_relations() -> None:
    """I-nodes are claims, RA supports, CA attacks, MA rephrases; a conflict on an inference undercuts it."""
    m = read(nodeset(RAIN, *RAIN_EDGES)).map
    assert m.id == "set"
    assert [claim.text for claim in m.claims.values()][:2] == ["It rains.", "The street is wet."]
    support, attack, rephrase = m.relations
    assert (support.type, support.target, support.by) == ("support", "1", ("2", "3"))
    assert support.scheme == "evidence to hypothesis"
    assert (attack.type, attack.target, attack.by, attack.scheme) == ("attack", "4", ("5",), None)
    assert (rephrase.type, rephrase.target, rephrase.by) == ("rephrase", "1", ("7",))


def test_a_plain_file_leaves_nothing_beside_the_map() -> None:
    """What is written as argmap writes it needs no `extra`."""
    m = read(nodeset(RAIN, *RAIN_EDGES)).map
    again = formats.loads(formats.dumps(m, "aif")[0], "aif", "set.json")
    assert again == m
    assert m.extra == {}
    assert m.claims["1"].extra == {}
    assert m.relations[1].extra == {}
    assert m.relations[0].extra == {"aif": {"text": "RA", "scheme": "EvidenceToHypothesis", "schemeID": "9"}}


DIALOGUE = [
    node("1", "I", "It rains.", timestamp="2020-01-01 10:00:00"),
    node("2", "L", "Ann Lee : it is raining", timestamp="2020-01-01 10:00:00"),
    node("3", "YA", "Asserting", scheme="Asserting", schemeID="74"),
    node("4", "L", "Bob: Ann Lee : it is raining"),
    node("5", "YA", "Analysing"),
    node("6", "I", "the street is wet", timestamp="2020-01-01 10:00:05"),
    node("7", "L", "Bob : is the street wet?"),
    node("8", "YA", "Pure Questioning"),
    node("9", "TA", "Default Transition"),
]
DIALOGUE_EDGES = [("2", "3"), ("3", "1"), ("4", "5"), ("5", "2"), ("7", "8"), ("8", "6"), ("2", "9"), ("9", "7")]


def test_locutions_say_who_speaks() -> None:
    """The name before the colon of the L-node that asserts or asks a claim is its speaker; who reports it is not."""
    m = read(nodeset(DIALOGUE, *DIALOGUE_EDGES)).map
    assert {node_id: speaker.name for node_id, speaker in m.speakers.items()} == {"ann-lee": "Ann Lee", "bob": "Bob"}
    assert (m.claims["1"].speaker, m.claims["1"].commitment) == ("ann-lee", "asserted")
    assert (m.claims["6"].speaker, m.claims["6"].commitment) == ("bob", "asked")
    assert not m.relations


def test_dialogue_is_left_out_with_a_note_and_kept_on_request() -> None:
    """By default L, YA and TA go, which is said; `keep_dialogue` keeps each and writes it back."""
    text = nodeset(DIALOGUE, *DIALOGUE_EDGES)
    assert rules(read(text)) == ["dialogue"]
    kept = read(text, keep_dialogue=True)
    assert kept.findings == ()
    assert as_graph(written(kept.map)) == as_graph(json.loads(text))


def test_speakers_are_written_as_locutions() -> None:
    """A claim with a speaker gets an L- and a YA-node, so that other tools see who says it; read back, it is the same."""
    m = read(nodeset(DIALOGUE, *DIALOGUE_EDGES)).map
    data = written(m)
    assert {n["text"] for n in data["nodes"] if n["type"] == "L"} == {"Ann Lee : It rains.", "Bob : the street is wet"}
    assert {n["text"] for n in data["nodes"] if n["type"] == "YA"} == {"Asserting", "Pure Questioning"}
    again = formats.loads(json.dumps(data), "aif", "set.json")
    assert again.claims == m.claims
    assert again.speakers == m.speakers


def test_an_inference_with_two_targets_is_two_relations_that_share_a_node() -> None:
    """They come back as one node with its edges as they were."""
    text = nodeset([*RAIN, node("9", "I", "Umbrellas sell.")], *RAIN_EDGES, ("4", "9"))
    reading = read(text)
    assert [(r.id, r.target, r.by) for r in reading.map.relations[:2]] == [
        ("4", "1", ("2", "3")),
        ("4-2", "9", ("2", "3")),
    ]
    assert rules(reading) == ["several-targets"]
    assert as_graph(written(reading.map)) == as_graph(json.loads(text))


@pytest.mark.parametrize(
    ("nodes", "edges", "found"),
    [
        ([node("1", "I", "a"), node("2", "RA", "RA")], [("1", "2")], ["no-target"]),
        ([node("1", "I", "a"), node("2", "RA", "RA")], [("2", "1")], ["no-premise"]),
        ([node("1", "RA", "RA"), node("2", "RA", "RA")], [], ["ties-nothing", "ties-nothing"]),
        ([node("1", "I", "a"), node("2", "I", "b")], [("1", "2")], ["untyped-edge"]),
        ([node("1", "I", "a")], [("1", "7")], ["dangling-edge"]),
        ([node("1", "I", "a"), node("2", "PA", "pref"), node("3", "I", "b")], [("1", "2"), ("2", "3")], ["unknown-type"]),
        ([node("1", "I", "a"), node("2", "CA"), node("3", "I", "b")], [("1", "2"), ("1", "2"), ("2", "3")], ["duplicate-edge"]),
        ([node("1", "I", "a"), node("2", "CA"), node("3", "CA")], [("1", "2"), ("2", "3"), ("3", "2")], ["no-premise"]),
        ([node("1", "I", "a"), node("2", "RA"), node("3", "I", "b"), node("4", "RA")],
         [("1", "2"), ("2", "3"), ("3", "4"), ("4", "1")], []),
        ([node(1, "I", "a"), node(2, "RA"), node(3, "I", "b")], [(1, 2), (2, 3)], []),
        ([node("a b/c", "I", "a"), node("a b", "RA"), node("…", "I", "b")], [("a b/c", "a b"), ("a b", "…")], []),
        ([node("1", "I", "a", timestamp=7, colour="red"), node("2", "RA", "x", scheme=None), node("3", "I", "b")],
         [("1", "2"), ("2", "3")], []),
        ([node("1", "MA"), node("2", "MA"), node("3", "I", "a"), node("4", "I", "b")],
         [("3", "1"), ("1", "2"), ("4", "2"), ("2", "3")], []),
        ([], [], []),
        ([node(1.0, "I", "a"), node(2.0, "RA"), node(3.0, "I", "b")], [(1.0, 2.0), (2.0, 3.0)], []),
        ([node("1", "I", "a"), node("2", "RA")], [("1", "2"), ("2", "7")], ["dangling-edge"]),
        ([node("1", "I", "a"), node("2", "RA")], [("7", "2"), ("2", "1")], ["dangling-edge"]),
        ([node("1", "I", "a"), node("2", "RA")], [(None, "2"), ("2", "1")], ["dangling-edge"]),
        ([node("1", "I", "a"), node("2", "RA"), node("3", "PA")], [("1", "2"), ("2", "3")], ["unknown-type"]),
        ([node("1", "I", "a"), {"nodeID": "2", "text": "b"}], [], ["missing-type"]),
        ([node("1", "I", None)], [], ["missing-text"]),
        ([node("1", "I", "a"), node("2", "RA", "Default Inference", scheme="72"), node("3", "I", "b")],
         [("1", "2"), ("2", "3")], []),
    ],
)  # fmt: skip
def test_irregular_files_are_read_and_come_back(nodes: list[Any], edges: list[Any], found: list[str]) -> None:
    """Each oddity is one finding at most, and the file comes back node for node, edge for edge."""
    text = nodeset(nodes, *edges)
    reading = read(text)
    assert rules(reading) == found
    assert as_graph(written(reading.map)) == as_graph(json.loads(text))


@pytest.mark.parametrize(
    ("nodes", "edges", "found"),
    [
        ([node("1", "I", "a"), node("1", "I", "b")], [], ["duplicate-id"]),
        ([node("1", "I", "a"), node("2", "RA"), node("2", "RA"), node("3", "I", "b")], [("1", "2"), ("2", "3")], ["duplicate-id"]),
        ([{"nodeID": "1", "type": "I"}], [], ["missing-text"]),
        ([{"text": "a", "type": "I"}], [], ["missing-id"]),
        ([node("1", "I", "a"), node(None, "I", "b")], [], ["missing-id"]),
        ([node("1", "I", "a"), node("2", "RA"), node("3", "I", "b")], [(1, 2), (2.0, "3")], []),
        ([node(1, "I", "a"), node(2, "RA"), node(3, "I", "b")], [(1, "2"), (2, 3)], []),
    ],
)  # fmt: skip
def test_what_a_file_needs_is_put_right_when_it_is_written(
    nodes: list[Any], edges: list[Any], found: list[str]
) -> None:
    """Each node has a text and an id of its own, edges write ids as the nodes do, and nothing else changes."""
    reading = read(nodeset(nodes, *edges))
    assert rules(reading) == found
    again = read(json.dumps(written(reading.map)))
    assert set(rules(again)) <= {"ties-nothing"}
    assert [claim.text for claim in again.map.claims.values()] == [claim.text for claim in reading.map.claims.values()]
    assert [(r.type, r.target, r.by) for r in again.map.relations] == [
        (r.type, r.target, r.by) for r in reading.map.relations
    ]


LOOSE = [node("1", "I", "a"), node("2", "I", "b"), node("3", "RA"), node("4", "L", "Ann : c"), node("5", "TA")]


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ([("1", "3"), ("3", "2"), ("3", "4")], "edges/3: warning: odd-edge: an edge leads from 3 to 4: 4 (L) is not a claim; ignored."),
        ([("1", "3"), ("3", "4")], "edges/3: warning: odd-edge: an edge leads from 3 to 4: 4 (L) is not a claim; ignored."),
        ([("4", "3"), ("3", "2")], "edges/4: warning: odd-edge: an edge leads from 4 to 3: 4 (L) is not a claim; ignored."),
        ([("1", "3"), ("5", "3"), ("3", "2")], "edges/5: warning: odd-edge: an edge leads from 5 to 3: 5 (TA) is not a claim; ignored."),
        ([("1", "3"), ("3", "2"), ("4", "1")], "edges/4: warning: odd-edge: an edge leads from 4 to 1: 4 (L) is not a claim; ignored."),
        ([("1", "3"), ("3", "2"), ("1", "5")], "edges/1: warning: odd-edge: an edge leads from 1 to 5: 5 (TA) is not a claim; ignored."),
    ],
)  # fmt: skip
def test_dialogue_in_the_place_of_claims_is_told_of(edges: list[Any], found: str) -> None:
    """A locution is no premise and no target: it counts for none, which is one finding, and comes back with the dialogue."""
    text = nodeset(LOOSE, *edges)
    reading = read(text, keep_dialogue=True)
    assert [str(finding) for finding in reading.findings] == [f"set.json:{found}"]
    assert str(read(text).findings[0]) == f"set.json:{found}"
    assert as_graph(written(reading.map)) == as_graph(json.loads(text))


@pytest.mark.parametrize(
    "node_id", [{}, {"edgeID": None}, {"edgeID": 0}, {"edgeID": "7", "formEdgeID": "2", "weight": 0.5}]
)
def test_edges_come_back_with_all_they_have(node_id: dict[str, Any]) -> None:
    """Also where they have no ids, or more than others."""
    ends = [{"fromID": "2", "toID": "4"}, {"fromID": "3", "toID": "4"}, {"fromID": "4", "toID": "1"}]
    edges = [{**ends[0], **node_id}, {"edgeID": "9", "formEdgeID": None, **ends[1]}, {**ends[2], **node_id}]
    data = {"nodes": RAIN[:4], "edges": edges}
    assert as_graph(written(read(json.dumps(data)).map)) == as_graph(data)


def test_an_object_in_the_place_of_a_list_is_read() -> None:
    """Nodes by their ids are nodes; which is said."""
    nodes = {"1": {"text": "a", "type": "I"}, "2": {"text": "b", "type": "I"}, "3": {"text": "RA", "type": "RA"}}
    edges = [{"edgeID": "1", "fromID": "1", "toID": "3"}, {"edgeID": "2", "fromID": "3", "toID": "2"}]
    reading = read(json.dumps({"nodes": nodes, "edges": edges, "locutions": ""}))
    assert rules(reading) == ["not-a-list"]
    assert [(r.target, r.by) for r in reading.map.relations] == [("2", ("1",))]


def test_a_number_for_a_scheme_is_no_name() -> None:
    """OVA writes the number of a scheme where AIFdb writes its name; the name is then in the text."""
    nodes = [node("1", "I", "a"), node("2", "I", "b"), node("3", "RA", "Cause to Effect", scheme="12")]
    assert read(nodeset(nodes, ("1", "3"), ("3", "2"))).map.relations[0].scheme == "cause to effect"


def test_findings_are_placed_by_node_id() -> None:
    """A finding names the file and the node."""
    (finding,) = read(nodeset([node("17", "RA", "RA"), node("1", "I", "a")], ("1", "17"))).findings
    assert str(finding) == "set.json:nodes/17: warning: no-target: this support has no target."


def test_a_relation_without_any_ends_is_one_finding() -> None:
    """That it has neither premise nor target is one thing wrong, not two."""
    findings = read(nodeset([node("1", "RA", "RA"), node("2", "CA")])).findings
    assert [str(finding) for finding in findings] == [
        "set.json:nodes/1: warning: ties-nothing: this support ties nothing: neither premise nor conclusion.",
        "set.json:nodes/2: warning: ties-nothing: this attack ties nothing: neither premise nor target.",
    ]


@pytest.mark.parametrize("extra", [{"aif": 3}, {"aif": {"nodes": 1, "edges": {}, "timestamps": 7}}])
def test_what_makes_no_sense_under_extra_is_passed_over(extra: dict[str, Any]) -> None:
    """Somebody may have edited it."""
    m = Map.model_validate({"id": "m", "claims": {"a": {"text": "A.", "extra": extra}}, "extra": extra})
    assert [node["text"] for node in written(m)["nodes"]] == ["A."]


@pytest.mark.parametrize("text", ['{"nodes": 1}', '{"nodes": [], "edges": 1}', "[]", '{"edges": []}', "{", "nodes"])
def test_what_is_no_aif_is_refused(text: str) -> None:
    """Nodes and edges are lists."""
    with pytest.raises(ArgmapError):
        read(text)


def everything(data: dict[str, Any]) -> dict[str, list[str]]:
    """A file with each of its lists in one order: nothing in it may differ but the numbers of edges."""
    return {
        key: sorted(edge_of(item) if key == "edges" else json.dumps(item, sort_keys=True) for item in items)
        for key, items in data.items()
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_corpus(path: Path) -> None:
    """Each file of the corpora comes back: all of it with its dialogue, also by way of YAML, and the argument by itself without."""
    data = json.loads(path.read_text())
    whole = formats.read(path, "aif", keep_dialogue=True)
    assert everything(written(whole)) == everything(data)
    assert everything(written(formats.loads(formats.dumps(whole, "yaml")[0], "yaml"))) == everything(data)
    m = formats.read(path)
    assert as_graph(written(m), PROJECTED) == as_graph(data, PROJECTED)
    assert formats.carried(m, "aif") == m


EDGE_CASES = {
    "CA_into_CA__qt30_nodeset23565": ["odd-edge", "dialogue"],
    "CA_no_target__iac_nodeset7172": ["no-target"],
    "MA_into_MA__qt30_nodeset19210": ["odd-edge", "odd-edge", "odd-edge", "dialogue"],
    "RA_no_target__iac_nodeset8539": ["no-target", "no-target"],
    "RA_two_targets__qt30_nodeset20860": ["odd-edge", "dialogue"],
    "cyclic__qt30_nodeset21039": ["dialogue"],
    "empty__iac_nodeset7107": [],
    "linked_RA__us-2016_nodeset11254": ["odd-edge", "dialogue"],
    "attack_on_an_attack": [],
    "attack_without_a_target": ["no-target"],
    "circle_of_supports": [],
    "nothing_at_all": [],
    "support_of_two_claims": ["several-targets"],
    "support_without_a_premise": ["no-premise"],
}


@pytest.mark.parametrize("path", corpora.files("aif/edge_cases/*.json"), ids=lambda path: path.stem)
def test_edge_cases_are_reported(path: Path) -> None:
    """Each irregularity of the samples is one finding."""
    assert rules(formats.examine(path)) == EDGE_CASES[path.stem]


def test_corpus_is_recognised() -> None:
    """Content tells AIF from the rest."""
    for path in FILES:
        assert formats.detect(formats.Content(path.read_text(), "file")).name == "aif"


def test_character_references_are_read_as_characters() -> None:
    """AIFdb stores quotation marks as `&#8220;`; people read the marks, and the file gets its own words back."""
    nodes = [
        {"nodeID": "1", "text": "He said &#8220;no&#8221; &amp; left.", "type": "I", "timestamp": ""},
        {"nodeID": "2", "text": "R&D; AT&T", "type": "I", "timestamp": ""},
    ]
    m = formats.loads(json.dumps({"nodes": nodes, "edges": [], "locutions": []}), "aif")
    assert [claim.text for claim in m.claims.values()] == ["He said “no” & left.", "R&D; AT&T"]
    assert json.loads(formats.dumps(m, "aif")[0])["nodes"] == nodes
    literal = Map.model_validate({"id": "html", "claims": {"a": {"text": "Write &amp; for &."}}})
    assert formats.loads(formats.dumps(literal, "aif")[0], "aif").claims["a"] == literal.claims["a"]


def test_locutions_that_are_left_out_are_counted() -> None:
    """Also where no L-node stands for them, as in old files."""
    node = {"nodeID": "1", "text": "Rain falls.", "type": "I"}
    data = {"nodes": [node], "edges": [], "locutions": [{"nodeID": "1", "personID": "9"}]}
    (finding,) = formats.examine_text(json.dumps(data), "aif").findings
    assert "0 nodes (L, YA, TA) and 1 locutions of the dialogue are left out" in str(finding)
    assert not formats.examine_text(json.dumps(data), "aif", keep_dialogue=True).findings


def test_the_text_beside_is_quoted(tmp_path: Path) -> None:
    """Where a node's words stand in the text of the same name, they are a quote, in its typography; other nodes have none."""
    nodes = [
        {"nodeID": str(n), "type": "I", "text": words}
        for n, words in enumerate(("It rains.", "It's wet", "rain", "Snow."))
    ]
    (tmp_path / "nodeset7.json").write_text(json.dumps({"nodes": nodes, "edges": [], "locutions": []}))
    (tmp_path / "nodeset7.txt").write_text("They say: It\nrains. It’s wet.\n", "utf-8")
    map_ = formats.read(tmp_path / "nodeset7.json")
    assert [[quote.exact for quote in claim.quotes] for claim in map_.claims.values()] == [
        ["It\nrains."],
        ["It’s wet"],
        [],
        [],
    ]
    assert list(map_.sources) == ["text"]
    (tmp_path / "nodeset7.txt").write_text("Another text.\n", "utf-8")
    (tmp_path / "nodeset7.json").write_text(json.dumps({"nodes": nodes, "edges": [], "locutions": []}, indent=1))
    assert not formats.read(tmp_path / "nodeset7.json").sources
