"""AIF JSON: every node and edge comes back, whatever the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from argmap import formats
from argmap.finding import ArgmapError
from argmap.model import Map

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "aif"
FILES = sorted(CORPUS.glob("*/*.json"))
PROJECTED = {"I", "RA", "CA", "MA"}


def node(id: Any, type_: str, text: str = "", **more: Any) -> dict[str, Any]:
    return {"nodeID": id, "text": text, "type": type_, **more}


def nodeset(nodes: list[Any], *edges: tuple[Any, Any], **more: Any) -> str:
    """A file of these nodes, its edges numbered from 1."""
    listed = [{"edgeID": str(n), "fromID": a, "toID": b, "formEdgeID": None} for n, (a, b) in enumerate(edges, 1)]
    return json.dumps({"nodes": nodes, "edges": listed, "locutions": [], **more})


def read(text: str, **options: Any) -> formats.Reading:
    return formats.examine_text(text, "aif", "set.json", **options)


def written(m: Map) -> dict[str, Any]:
    return json.loads(formats.dumps(m, "aif")[0])


def as_graph(data: dict[str, Any], types: set[str] | None = None) -> tuple[list[str], list[str]]:
    """All nodes and all edges with everything in them, in no order; only those of some types where given."""
    type_of = {str(node.get("nodeID")): node["type"] for node in data["nodes"]}

    def kept(id: Any) -> bool:
        return types is None or type_of.get(str(id)) in types

    nodes = [json.dumps(node, sort_keys=True) for node in data["nodes"] if kept(node.get("nodeID"))]
    edges = [json.dumps(e, sort_keys=True) for e in data["edges"] if kept(e["fromID"]) and kept(e["toID"])]
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
    node("7", "L", "Bob: is the street wet?"),
    node("8", "YA", "Pure Questioning"),
    node("9", "TA", "Default Transition"),
]
DIALOGUE_EDGES = [("2", "3"), ("3", "1"), ("4", "5"), ("5", "2"), ("7", "8"), ("8", "6"), ("2", "9"), ("9", "7")]


def test_locutions_say_who_speaks() -> None:
    """The name before the colon of the L-node that asserts or asks a claim is its speaker; who reports it is not."""
    m = read(nodeset(DIALOGUE, *DIALOGUE_EDGES)).map
    assert {id: speaker.name for id, speaker in m.speakers.items()} == {"ann-lee": "Ann Lee", "bob": "Bob"}
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
        ([node("1", "I", "a"), node("2", "I", "b")], [("1", "2")], ["untyped-edge"]),
        ([node("1", "I", "a")], [("1", "7")], ["dangling-edge"]),
        ([node("1", "I", "a"), node("1", "I", "b")], [], ["duplicate-id"]),
        ([node("1", "I", "a"), node("2", "PA", "pref"), node("3", "I", "b")], [("1", "2"), ("2", "3")], ["unknown-type"]),
        ([node("1", "I", "a"), node("2", "CA"), node("3", "I", "b")], [("1", "2"), ("1", "2"), ("2", "3")], ["duplicate-edge"]),
        ([{"nodeID": "1", "type": "I"}], [], ["missing-text"]),
        ([{"text": "a", "type": "I"}], [], ["missing-id"]),
        ([node("1", "I", "a"), node("2", "CA"), node("3", "CA")], [("1", "2"), ("2", "3"), ("3", "2")], ["no-premise"]),
        ([node("1", "I", "a"), node("2", "RA"), node("3", "I", "b"), node("4", "RA")],
         [("1", "2"), ("2", "3"), ("3", "4"), ("4", "1")], []),
        ([node(1, "I", "a"), node(2, "RA"), node(3, "I", "b")], [(1, 2), (2, 3)], ["integer-ids"]),
        ([node("a b/c", "I", "a"), node("a b", "RA"), node("…", "I", "b")], [("a b/c", "a b"), ("a b", "…")], []),
        ([node("1", "I", "a", timestamp=7, colour="red"), node("2", "RA", "x", scheme=None), node("3", "I", "b")],
         [("1", "2"), ("2", "3")], []),
        ([node("1", "MA"), node("2", "MA"), node("3", "I", "a"), node("4", "I", "b")],
         [("3", "1"), ("1", "2"), ("4", "2"), ("2", "3")], []),
        ([], [], []),
    ],
)  # fmt: skip
def test_irregular_files_are_read_and_come_back(nodes: list[Any], edges: list[Any], found: list[str]) -> None:
    """Each oddity is one finding at most, and the file comes back node for node, edge for edge."""
    text = nodeset(nodes, *edges)
    reading = read(text)
    assert rules(reading) == found
    assert as_graph(written(reading.map)) == as_graph(json.loads(text))


def test_findings_are_placed_by_node_id() -> None:
    """A finding names the file and the node."""
    (finding,) = read(nodeset([node("17", "RA", "RA"), node("1", "I", "a")], ("1", "17"))).findings
    assert str(finding) == "set.json:nodes/17: warning: no-target: this support has no target."


def test_what_is_kept_goes_with_the_claim_it_belongs_to() -> None:
    """A claim taken out of the map takes its edges along, and no other."""
    text = nodeset(DIALOGUE, *DIALOGUE_EDGES)
    m = read(text, keep_dialogue=True).map
    less = m.model_copy(update={"claims": type(m.claims)({"1": m.claims["1"]})})
    edges = {(edge["fromID"], edge["toID"]) for edge in written(less)["edges"]}
    assert edges == set(DIALOGUE_EDGES) - {("8", "6")}


@pytest.mark.parametrize(
    "extra", [{"aif": 3}, {"aif": {"nodes": 1, "edges": {}, "edge": 0, "edge_ids": [], "timestamps": 7}}]
)
def test_what_makes_no_sense_under_extra_is_passed_over(extra: dict[str, Any]) -> None:
    """Somebody may have edited it."""
    m = Map.model_validate({"id": "m", "claims": {"a": {"text": "A.", "extra": extra}}, "extra": extra})
    assert [node["text"] for node in written(m)["nodes"]] == ["A."]


@pytest.mark.parametrize("text", ['{"nodes": 1}', '{"nodes": [], "edges": {}}', "[]", '{"edges": []}', "{", "nodes"])
def test_what_is_no_aif_is_refused(text: str) -> None:
    """Nodes and edges are lists."""
    with pytest.raises(ArgmapError):
        read(text)


@pytest.mark.skipif(not FILES, reason="the corpora are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_corpus(path: Path) -> None:
    """Each file of the corpora comes back: all of it with its dialogue, and the argument by itself without."""
    data = json.loads(path.read_text())
    whole = written(formats.read(path, "aif", keep_dialogue=True))
    assert as_graph(whole) == as_graph(data)
    assert sorted(map(str, whole["locutions"])) == sorted(map(str, data["locutions"]))
    m = formats.read(path)
    assert as_graph(written(m), PROJECTED) == as_graph(data, PROJECTED)
    assert formats.carried(m, "aif") == m


@pytest.mark.skipif(not FILES, reason="the corpora are not here")
def test_corpus_is_recognised() -> None:
    """Content tells AIF from the rest."""
    for path in FILES:
        assert formats.detect(formats.Content(path.read_text(), "file")).name == "aif"
