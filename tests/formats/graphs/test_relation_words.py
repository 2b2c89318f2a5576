"""Graphs from elsewhere: what their words, numbers and types say about who supports and who attacks."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx
import pytest

from argmap import formats
from argmap.findings import ArgmapError
from argmap.formats.common.format import Reading
from argmap.model import Map
from tests.helpers.growth import assert_linear

CLOSE = {"id": "a", "label": "Close the bridge."}
COSTS = {"id": "b", "label": "Closing costs money."}


def read(nodes: list[Any], *edges: dict[str, Any], **more: Any) -> Reading:
    """A graph in node-link JSON, which comes back from a file of ours as it was read."""
    reading = formats.examine_text(json.dumps({"nodes": nodes, "links": edges, **more}), "node-link")
    again = formats.loads(formats.dumps(reading.map, "node-link")[0])
    assert (again.claims, again.relations, again.extra) == (
        reading.map.claims,
        reading.map.relations,
        reading.map.extra,
    )
    return reading


def edge(**says: Any) -> dict[str, Any]:
    """An edge from Costs to Close."""
    return {"source": "b", "target": "a", **says}


def ties(m: Map) -> list[tuple[str, tuple[str, ...], str | None]]:
    """Type, premises and target of each relation."""
    return [(r.type, r.by, r.target) for r in m.relations]


def said(reading: Reading) -> list[str]:
    """The findings, without the name of the file."""
    return [str(finding).removeprefix("<input>:").strip() for finding in reading.findings]


@pytest.mark.parametrize(
    "says",
    [
        {"stance": "con"},
        {"Stance": "Con"},
        {"stance": "negative"},
        {"stance": -1},
        {"relation_type": "attack"},
        {"relationType": "attacks"},
        {"relation": "CON"},
        {"polarity": "neg"},
        {"polarity": "-0.4"},
        {"sign": -1},
        {"sign": "−1"},
        {"sign": "-"},
        {"label": "does not support"},
        {"key": "attacks"},
    ],
)
def test_an_edge_that_says_it_is_an_attack_is_one(says: dict[str, Any]) -> None:
    """Whichever attribute says so, in a word or in a number."""
    reading = read([CLOSE, COSTS], edge(**says))
    assert ties(reading.map) == [("attack", ("b",), "a")]
    assert not reading.findings


@pytest.mark.parametrize("says", [{"stance": "pro"}, {"polarity": 0.5}, {"sign": "+"}, {"sign": 1}, {"weight": 2}, {}])
def test_an_edge_that_says_nothing_against_is_a_support(says: dict[str, Any]) -> None:
    """So is one that says so."""
    reading = read([CLOSE, COSTS], edge(**says))
    assert ties(reading.map) == [("support", ("b",), "a")]
    assert not reading.findings


def test_graphml_edges_say_what_they_are() -> None:
    """Stances and signs are read from GraphML, too, its numbers as numbers."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from([("a", {"label": "Close."}), ("b", {"label": "Costs."})])
    for says in ({"stance": "con"}, {"relation_type": "attack"}, {"sign": -1}, {"weight": -0.5}):
        graph.add_edge("b", "a", **says)
    reading = formats.examine_text("\n".join(nx.generate_graphml(graph)), "graphml")
    assert ties(reading.map) == [("attack", ("b",), "a")] * 4
    assert [finding.rule for finding in reading.findings] == ["negative-weight"]


def test_negative_weights_are_told_once() -> None:
    """Without a word they make attacks, which one note says for the whole file; a word counts before them."""
    reading = read(
        [CLOSE, COSTS],
        edge(weight=-1),
        edge(value=-0.5),
        edge(weight=-2, label="see also"),
        edge(weight=-1, label="pro"),
    )
    assert [r.type for r in reading.map.relations] == ["attack", "attack", "attack", "support"]
    assert reading.map.relations[0].extra == {"node-link": {"weight": -1}}
    assert said(reading) == [
        "b/a: warning: unknown-relation: an edge says 'see also', which is not a known relation: read as an attack.",
        "note: negative-weight: edges of negative weight that name no relation are read as attacks: 3, the first '-1'.",
    ]


def test_where_words_part_an_attack_counts() -> None:
    """An edge called a support by one attribute and con by another is an attack, which is told."""
    reading = read([CLOSE, COSTS], edge(label="supports", stance="con"))
    assert ties(reading.map) == [("attack", ("b",), "a")]
    assert reading.map.relations[0].extra == {"node-link": {"label": "supports"}}
    assert said(reading) == [
        "b/a: warning: unclear-relation: an edge says 'supports' and 'con', which disagree: read as an attack."
    ]


def test_attributes_of_edges_are_kept() -> None:
    """Also those that have names of ours, and the ids that XML has beside the attributes."""
    says = {"id": "e1", "key": "k", "order": 3, "tie": "strong", "edge_id": "x"}
    (relation,) = read([CLOSE, COSTS], edge(**says)).map.relations
    assert relation.extra == {"node-link": says}
    graphml = """\
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="t" for="edge" attr.name="tie" attr.type="string"/>
  <graph edgedefault="directed">
    <node id="a"/><node id="b"/><edge id="e7" source="b" target="a"><data key="t">strong</data></edge>
  </graph>
</graphml>
"""
    m = formats.loads(graphml)
    assert m.relations[0].extra == {"graphml": {"edge_id": "e7", "tie": "strong"}}
    assert formats.loads(formats.dumps(m, "graphml")[0]).relations == m.relations


def test_a_number_that_tells_parallel_edges_apart_is_not_kept() -> None:
    """networkx gives each edge of a multigraph a key, which says nothing unless somebody chose it."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph([("b", "a"), ("b", "a")])
    graph.add_edge("b", "a", key="attacks")
    m = formats.loads(json.dumps(nx.node_link_data(graph, edges="links")), "node-link")
    assert [(r.type, dict(r.extra)) for r in m.relations] == [("support", {}), ("support", {}), ("attack", {})]


def test_adjacency_data_of_networkx_is_refused() -> None:
    """Its other form is named, not read as a graph without edges."""
    graph = nx.DiGraph([("b", "a")])
    with pytest.raises(ArgmapError, match="node_link_data"):
        formats.examine_text(json.dumps(nx.adjacency_data(graph)), name="bridge.json")


def test_what_a_document_says_beside_its_nodes_is_kept() -> None:
    """Its title and licence, under the map's extra."""
    m = read([CLOSE, COSTS], edge(), title="Bridges", licence="CC0", directed=True).map
    assert m.extra == {"node-link": {"title": "Bridges", "licence": "CC0"}}


def test_a_node_called_attack_with_words_is_a_claim() -> None:
    """It attacks what it leads to, be that such a claim itself or a relation; its type is kept."""
    nodes = [
        {"id": "a", "text": "Close the bridge"},
        {"id": "b", "text": "Closing costs money", "type": "attack"},
        {"id": "c", "text": "Not much", "type": "attack"},
        {"id": "d", "text": "It rusts", "type": "support"},
        {"id": "r", "type": "RA"},
        {"id": "e", "text": "Only paint does", "type": "attack"},
        {"id": "f", "text": "Nobody knows", "type": "attack"},
    ]
    ends = [("b", "a"), ("c", "b"), ("d", "r"), ("r", "a"), ("e", "r")]
    reading = read(nodes, *({"source": source, "target": target} for source, target in ends))
    assert [claim.text for claim in reading.map.claims.values()] == [
        "Close the bridge",
        "Closing costs money",
        "Not much",
        "It rusts",
        "Only paint does",
        "Nobody knows",
    ]
    assert sorted(ties(reading.map), key=str) == [
        ("attack", ("b",), "a"),
        ("attack", ("c",), "b"),
        ("attack", ("e",), "r"),
        ("support", ("d",), "a"),
    ]
    assert reading.map.claims["f"].extra == {"node-link": {"type": "attack"}}
    assert [finding.rule for finding in reading.findings] == ["called-objection"]


def test_a_claim_called_attack_may_say_otherwise() -> None:
    """An edge of it that says it supports does so, which is told."""
    reading = read([CLOSE, {**COSTS, "type": "attack"}], edge(label="supports"))
    assert ties(reading.map) == [("support", ("b",), "a")]
    assert said(reading) == [
        "b/a: warning: unclear-relation: an edge says 'support' and 'attack', which disagree: read as a support."
    ]


@pytest.mark.parametrize("label", ["attacks", "Default Conflict"])
def test_a_word_for_the_relation_is_none_of_its_own(label: str) -> None:
    """A node without premises that only says what it is stays a relation."""
    m = read([CLOSE, {"id": "r", "type": "attack", "label": label}], {"source": "r", "target": "a"}).map
    assert (list(m.claims), ties(m)) == (["a"], [("attack", (), "a")])


def test_edges_of_a_node_called_con_are_attacks() -> None:
    """Unless they say otherwise, which is told; one note tells of all that do not."""
    nodes = [CLOSE, {**COSTS, "type": "con"}, {"id": "c", "text": "Who pays?", "kind": "Counter-Argument"}]
    reading = read(nodes, edge(), {"source": "c", "target": "a"}, {"source": "c", "target": "b", "label": "supports"})
    assert [r.type for r in reading.map.relations] == ["attack", "attack", "support"]
    assert said(reading) == [
        "c/b: warning: unclear-relation: an edge says 'support' and 'attack', which disagree: read as a support.",
        "note: called-objection: edges of nodes called objections that name no relation are read as attacks: 2, the first 'b'.",
    ]


def test_a_conflict_without_words_is_a_relation() -> None:
    """With words it is a claim, as conflicts and inferences are in some graphs."""
    ends = [{"source": "b", "target": "x"}, {"source": "x", "target": "a"}]
    assert ties(read([CLOSE, COSTS, {"id": "x", "type": "conflict"}], *ends).map) == [("attack", ("b",), "a")]
    m = read([CLOSE, COSTS, {"id": "x", "type": "inference", "text": "It is dear."}], *ends).map
    assert ties(m) == [("support", ("b",), "x"), ("support", ("x",), "a")]


AIF: list[dict[str, Any]] = [
    {"id": "1", "type": "I", "text": "A"},
    {"id": "2", "type": "I", "text": "B"},
    {"id": "3", "type": "RA", "text": "Default Inference"},
    {"id": "4", "type": "L", "text": "Bob : B"},
    {"id": "5", "type": "YA", "text": "Asserting"},
    {"id": "6", "type": "L", "text": "Ann : A"},
    {"id": "7", "type": "TA", "text": "Default Transition"},
]
AIF_EDGES = [("2", "3"), ("3", "1"), ("4", "5"), ("5", "2"), ("6", "7"), ("7", "4")]


def test_the_dialogue_in_a_graph_is_left_out() -> None:
    """L-, YA- and TA-nodes are not claims; that they go, and the speakers with them, is a finding."""
    m = read(AIF, *({"source": source, "target": target} for source, target in AIF_EDGES))
    assert list(m.map.claims) == ["1", "2"]
    assert ties(m.map) == [("support", ("2",), "1")]
    (finding,) = said(m)
    assert finding == (
        "warning: dialogue: 4 nodes (L, YA, TA) of the dialogue are left out, with their edges and speakers. "
        "Convert the AIF file itself to keep the speakers."
    )


def test_an_l_in_another_graph_is_a_claim() -> None:
    """Only beside types that nobody but AIF has is it a locution."""
    m = read([{**CLOSE, "type": "S"}, {**COSTS, "type": "L"}], edge()).map
    assert list(m.claims) == ["a", "b"]


def test_attributes_of_the_edges_of_a_relation_are_left_out() -> None:
    """They are named in one finding."""
    edges = [{"source": "2", "target": "3", "weight": 0.7}, {"source": "3", "target": "1", "sure": 0.9}]
    reading = read(AIF[:3], *edges)
    assert [r.extra for r in reading.map.relations] == [{"node-link": {"text": "Default Inference"}}]
    assert [finding.message for finding in reading.findings] == [
        "attributes of edges to or from relations are left out: weight, sure."
    ]


GEXF = """\
<gexf xmlns="http://gexf.net/1.3" version="1.3">
  <meta lastmodifieddate="2024-05-02">
    <creator>Ann Lee</creator><keywords>bridges, rust</keywords><description>{description}</description>
  </meta>
  <graph defaultedgetype="directed"><nodes><node id="a" label="Close."/><node id="b" label="Costs."/></nodes>
    <edges><edge id="7" source="b" target="a"/></edges></graph>
</gexf>
"""


@pytest.mark.parametrize("description", ["What was said\n\nin 2024.", "2024", "[a, b]", '["a"]'])
def test_what_gexf_says_of_itself_is_kept(description: str) -> None:
    """Creator, keywords and description are in the map's extra."""
    m = formats.loads(GEXF.format(description=description))
    assert m.extra == {
        "gexf": {
            "creator": "Ann Lee",
            "keywords": "bridges, rust",
            "description": description,
            "lastmodifieddate": "2024-05-02",
        }
    }


def test_a_large_graph_is_read_in_a_moment() -> None:
    """Edges with words of every sort do not take long each."""

    def text(size: int) -> str:
        nodes = [{"id": n, "label": f"Claim {n}.", "type": "con" if n % 2 else "I"} for n in range(size)]
        edges = [{"source": n, "target": n - 1, "weight": -n, "Stance": "con" if n % 3 else ""} for n in range(1, size)]
        return json.dumps({"nodes": nodes, "links": edges})

    assert {r.type for r in formats.loads(text(1000), "node-link").relations} == {"attack"}
    assert_linear(lambda words: formats.loads(words, "node-link"), text(3000), text(12_000))


def test_a_relationship_is_a_relation() -> None:
    """Graph databases call it so."""
    graph = {"nodes": [{"id": "a"}, {"id": "b"}], "links": [{"source": "b", "target": "a", "relationship": "attacks"}]}
    assert [relation.type for relation in formats.loads(json.dumps(graph), "node-link").relations] == ["attack"]
