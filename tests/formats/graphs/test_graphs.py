"""Graph formats: GraphML, GEXF, node-link JSON; what other tools see, and graphs that other tools made."""

from __future__ import annotations

import json
import re
from typing import Any

import networkx as nx
import pytest

from argmap import formats
from argmap.findings import ArgmapError
from argmap.formats.common.attribute_codec import decode, encode
from argmap.formats.common.relation_words import relation_word
from argmap.model import Attack, Map, Rephrase, Support
from tests.helpers.growth import assert_linear

GRAPHS = ["graphml", "node-link"]
BRIDGE = Map.model_validate(
    {
        "id": "bridge",
        "title": "Should the bridge be closed?",
        "thesis": "close",
        "sources": {"essay": {"text": "Close the bridge. It rusts.", "url": "https://example.org"}},
        "claims": {
            "close": {"text": "Close the bridge & the road.", "kind": "policy", "quote": "Close the bridge."},
            "rust": {"text": '"It rusts", they say.', "force": "hedged", "note": "two\nlines"},
            "falls": {"text": "What rusts may fall.", "implicit": True},
            "paint": {"text": "Only paint: \x07 it is.\r\n", "commitment": "conceded"},
        },
        "relations": [
            {"support": "close", "by": ["rust", "falls"], "id": "because", "scheme": "cause to effect"},
            {"attack": "because", "by": ["paint"]},
            {"rephrase": "close", "by": ["close"]},
        ],
    }
)


def as_networkx(text: str, format_name: str) -> nx.Graph:
    """The file as networkx alone reads it."""
    match format_name:
        case "graphml":
            return nx.parse_graphml(text, force_multigraph=True)
        case _:
            return nx.node_link_graph(json.loads(text), edges="edges")


@pytest.mark.parametrize("format_name", GRAPHS)
def test_everything_is_carried(format_name: str) -> None:
    """A map comes back from a graph as it was, control characters and line breaks included."""
    text, loss = formats.dumps(BRIDGE, format_name)
    assert not loss
    assert formats.loads(text) == BRIDGE


@pytest.mark.parametrize("format_name", GRAPHS)
def test_other_tools_see_labels_and_flat_attributes(format_name: str) -> None:
    """networkx reads each file; nodes have a label to show, attributes are texts, numbers or booleans."""
    graph = as_networkx(formats.dumps(BRIDGE, format_name)[0], format_name)
    nodes = dict(graph.nodes(data=True))
    assert nodes["close"]["label"].startswith("Close the bridge &")
    assert (nodes["close"]["role"], nodes["falls"]["implicit"]) == ("thesis", True)
    assert (nodes["because"]["type"], nodes["because"]["label"]) == ("support", "cause to effect")
    assert sorted(tie for _, _, tie in graph.edges(data="tie")) == ["conclusion"] * 3 + ["premise"] * 4
    flat = [
        value for data in nodes.values() for value in data.values() if value is not None and not isinstance(value, dict)
    ]
    assert all(isinstance(value, str | int | float | bool) for value in flat)


def test_gexf_as_gephi_saves_it() -> None:
    """GraphML that was opened, measured and saved as GEXF: the argument is still there."""
    graph = as_networkx(formats.dumps(BRIDGE, "graphml")[0], "graphml")
    graph.graph.clear()
    graph.nodes["rust"]["Degree"] = 3
    m = formats.loads("\n".join(nx.generate_gexf(graph)), name="saved.gexf")
    assert m.thesis == "close"
    assert m.relations == BRIDGE.relations
    assert {node_id: claim.text for node_id, claim in m.claims.items()} == {
        node_id: c.text for node_id, c in BRIDGE.claims.items()
    }
    assert [claim.extra for claim in m.claims.values() if claim.extra] == [{"gexf": {"Degree": 3}}]


FOREIGN_GRAPHML = """\
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="l" for="node" attr.name="label" attr.type="string"/>
  <key id="t" for="edge" attr.name="relation" attr.type="string"><default>attacks</default></key>
  <key id="w" for="edge" attr.name="weight" attr.type="double"/>
  <graph edgedefault="directed">
    <node id="n 0"><data key="l">Close it.</data></node><node id="n1"><data key="l">It rusts.</data></node><node id="n2"/>
    <edge source="n1" target="n 0"><data key="t">supports</data><data key="w">0.5</data></edge>
    <edge source="n2" target="n 0"/>
  </graph>
</graphml>
"""


def test_a_foreign_graph_is_read_by_its_labels() -> None:
    """Nodes are claims by their labels, labelled edges relations; ids, weights and defaults are kept."""
    reading = formats.examine_text(FOREIGN_GRAPHML)
    m = reading.map
    assert not reading.findings
    assert {node_id: claim.text for node_id, claim in m.claims.items()} == {
        "n-0": "Close it.",
        "n1": "It rusts.",
        "n2": "n2",
    }
    assert m.claims["n-0"].extra == {"graphml": {"node_id": "n 0"}}
    assert [(type(r), r.by, r.target) for r in m.relations] == [(Support, ("n1",), "n-0"), (Attack, ("n2",), "n-0")]
    assert m.relations[0].extra == {"graphml": {"weight": 0.5}}
    assert formats.loads(formats.dumps(m, "graphml")[0]).claims == m.claims


NAMED = {
    "graphml": """\
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="id" attr.type="string"/>
  <key id="d1" for="node" attr.name="type" attr.type="string"/>
  <graph edgedefault="directed">
    <node id="a b"><data key="d0">orig</data></node>
    <node id="r 1"><data key="d0">made</data><data key="d1">CA</data></node>
    <edge source="a b" target="r 1"/><edge source="r 1" target="a b"/>
  </graph>
</graphml>
""",
    "gexf": """\
<gexf xmlns="http://gexf.net/1.3" version="1.3">
  <graph defaultedgetype="directed">
    <attributes class="node"><attribute id="0" title="id" type="string"/></attributes>
    <nodes>
      <node id="a b"><attvalues><attvalue for="0" value="orig"/></attvalues></node>
      <node id="r 1" type="CA"><attvalues><attvalue for="0" value="made"/></attvalues></node>
    </nodes>
    <edges><edge source="a b" target="r 1"/><edge source="r 1" target="a b"/></edges>
  </graph>
</gexf>
""",
    "node-link": """\
{"nodes": [{"key": "a b", "attributes": {"id": "orig"}}, {"key": "r 1", "attributes": {"id": "made", "type": "CA"}}],
 "edges": [{"source": "a b", "target": "r 1"}, {"source": "r 1", "target": "a b"}]}
""",
}


@pytest.mark.parametrize("format_name", NAMED)
def test_an_attribute_called_id_is_kept_beside_the_id_of_a_node(format_name: str) -> None:
    """Neither takes the place of the other, on claims and on relations, and both come back from a file of ours."""
    m = formats.loads(NAMED[format_name], format_name)
    (relation,) = m.relations
    assert m.claims["a-b"].extra == {format_name: {"id": "orig", "node_id": "a b"}}
    assert (relation.id, relation.extra) == ("r-1", {format_name: {"id": "made", "node_id": "r 1"}})
    if format_name in GRAPHS:
        again = formats.loads(formats.dumps(m, format_name)[0], format_name)
        assert (again.claims, again.relations) == (m.claims, m.relations)


def test_an_attribute_called_as_the_id_is_kept() -> None:
    """A node's own `node_id` stays, and its id has a name that is free."""
    m = formats.loads(NAMED["graphml"].replace('attr.name="id"', 'attr.name="node_id"'), "graphml")
    assert m.claims["a-b"].extra == {"graphml": {"node_id": "orig", "node_id-2": "a b"}}
    assert formats.loads(formats.dumps(m, "graphml")[0]).claims == m.claims


def test_attributes_of_a_node_that_is_there_twice() -> None:
    """The second has another id, and all that it says, an attribute called id included."""
    node = '<node id="a b"><data key="d0">orig</data></node>'
    reading = formats.examine_text(NAMED["graphml"].replace(node, node + node.replace("orig", "copy")), "graphml")
    assert "duplicate-id" in [finding.rule for finding in reading.findings]
    ids = {node_id: claim.extra["graphml"]["id"] for node_id, claim in reading.map.claims.items()}
    assert ids == {"a-b": "orig", "a-b-2": "copy"}


def test_attributes_of_an_edge_called_as_its_ends() -> None:
    """graphology keeps them apart: a `source` among the attributes is where the edge is from, not its end."""
    data = {
        "nodes": [{"key": "a"}, {"key": "b"}],
        "edges": [{"source": "a", "target": "b", "attributes": {"source": "Smith 2003"}}],
    }
    (relation,) = formats.loads(json.dumps(data), "node-link").relations
    assert (relation.by, relation.target) == (("a",), "b")
    assert relation.extra == {"node-link": {"source": "Smith 2003"}}


def test_a_default_belongs_to_the_key_before_it() -> None:
    """Also where that key is declared again: the last declaration counts, and what the first said is gone."""
    keys = '<key id="t" for="edge" attr.name="relation" attr.type="string"/>\n'
    first = '<key id="t" for="edge" attr.name="colour" attr.type="string"><default>red</default></key>\n'
    other = '<key id="o" for="node" attr.name="owner" attr.type="string"><default>me</default></key>\n'
    last = keys.replace("/>", "><default>attacks</default></key>")
    text = re.sub(r"  <key id=\"t\".*\n", f"{first}{other}{last}", FOREIGN_GRAPHML)
    m = formats.loads(text)
    assert [type(r) for r in m.relations] == [Support, Attack]
    assert [dict(r.extra) for r in m.relations] == [{"graphml": {"weight": 0.5}}, {}]
    assert {claim.extra["graphml"]["owner"] for claim in m.claims.values()} == {"me"}


def test_many_keys_for_many_nodes() -> None:
    """Thousands of each are read in a moment; where every node had every default, the file is refused before the memory is full."""

    def of_size(size: int) -> str:
        keys = [f'<key id="k{n}" for="node" attr.name="a{n}"><default/></key>' for n in range(size)]
        nodes = [f'<node id="n{n}"/>' for n in range(size)]
        return f"<graphml>{''.join(keys)}<graph edgedefault='directed'>{''.join(nodes)}</graph></graphml>"

    text = of_size(20_000)
    assert_linear(lambda words: formats.loads(words, "graphml"), of_size(5000), text)
    with pytest.raises(ArgmapError, match="values by default, too many for a map"):
        formats.loads(text.replace("<default/>", "<default>1</default>"), "graphml")


def test_nodes_typed_as_in_aif_are_read_as_aif_means_them() -> None:
    """I nodes are claims, RA, CA and MA nodes relations, also of relations; a second target is a relation more, with a finding."""
    nodes = [("i", "I"), (2, "I"), ("r", "RA"), ("c", "CA"), ("m", "MA")]
    edges = [(2, "r"), ("r", "i"), (2, "c"), ("c", "r"), ("c", "i"), ("i", "m"), ("m", 2)]
    data = {
        "nodes": [{"id": node_id, "type": type_, "text": f"text of {node_id}"} for node_id, type_ in nodes],
        "links": [{"source": source, "target": target} for source, target in edges],
    }
    reading = formats.examine_text(json.dumps(data))
    assert [(type(r), r.by, r.target) for r in reading.map.relations] == [
        (Support, ("2",), "i"),
        (Attack, ("2",), "r"),
        (Attack, ("2",), "i"),
        (Rephrase, ("i",), "2"),
    ]
    assert [finding.rule for finding in reading.findings] == ["two-targets"]


def test_an_undirected_graph_is_read_with_a_finding() -> None:
    """Edges without direction are read from end to end, and that is said."""
    text = FOREIGN_GRAPHML.replace('edgedefault="directed"', 'edgedefault="undirected"')
    reading = formats.examine_text(text)
    assert [finding.rule for finding in reading.findings] == ["undirected"]
    assert len(reading.map.relations) == 2


@pytest.mark.parametrize(
    ("format_name", "text"),
    [
        ("graphml", "<graphml/>"),
        ("graphml", FOREIGN_GRAPHML.replace("</edge>", "", 1)),
        ("graphml", '<!DOCTYPE g [<!ENTITY a "aaa">]><graphml><graph><node id="&a;"/></graph></graphml>'),
        ("graphml", "<graphml>" + "<graph><node>" * 150 + "</node></graph>" * 150 + "</graphml>"),
        ("gexf", "<gexf/>"),
        ("gexf", "<gexf><graph><nodes><node id='a'>"),
        ("node-link", '{"nodes": 3}'),
        ("node-link", '{"nodes": [{"id": "a"}'),
    ],
)
def test_no_graphs_are_refused_in_a_line(format_name: str, text: str) -> None:
    """What is no graph, broken, deep or hostile is one finding."""
    with pytest.raises(ArgmapError, match="unreadable") as refused:
        formats.examine_text(text, format_name)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ('<data key="l">Close', '<data key="nokey">Close', "6:20: warning: dangling-reference: no attribute 'nokey'"),
        (">0.5<", ">half<", "7:65: warning: unknown-value: 'half' is not a double"),
        ('<edge source="n2"', '<hyperedge/><edge source="n2"', "8:5: warning: unknown-element"),
        ('source="n2"', 'source="n7"', "8:5: warning: dangling-reference: no node 'n7' is there"),
        ('source="n2"', "", "8:5: warning: dangling-reference: an edge has no source"),
        ('<node id="n2"/>', '<node id="n1"/>', "6:108: warning: duplicate-id: node 'n1'"),
        ("</graph>", '</graph><graph edgedefault="directed"/>', "9:11: warning: more-graphs"),
    ],
)
def test_what_is_irregular_in_a_graph_is_named_with_its_place(old: str, new: str, finding: str) -> None:
    """A graph is read as far as it goes, with one finding a problem at its line and column."""
    reading = formats.examine_text(FOREIGN_GRAPHML.replace(old, new), name="x.graphml")
    assert str(reading.findings[0]).startswith(f"x.graphml:{finding}")
    assert reading.map.claims


def test_a_wrong_value_in_our_own_attribute_is_named() -> None:
    """An attribute edited into something a map cannot hold is refused with its claim and field."""
    text = formats.dumps(BRIDGE, "node-link")[0].replace('"kind": "policy"', '"kind": "opinion"')
    with pytest.raises(ArgmapError, match="claims/close/kind"):
        formats.loads(text)


@pytest.mark.parametrize(
    "value", ["plain", "", " padded ", '"quoted"', "[1]", "{", "a\nb", "\x07", "\ud800", ["a", {"b": 1}], 3, 0.5, True]
)
def test_values_survive_as_one_line_of_text(value: Any) -> None:
    """Anything a map holds comes back from an attribute, and is one printable line in it."""
    encoded = encode(value)
    assert decode(encoded) == value
    assert not isinstance(encoded, str) or encoded.isprintable()


@pytest.mark.parametrize(
    ("word", "type_"),
    [
        ("supports", "support"),
        ("Con", "attack"),
        ("CA", "attack"),
        ("restates", "rephrase"),
        ("cousin of", None),
        ("isSupportedBy", "support"),
        ("does not support", None),
        ("+", "support"),
        ("-", "attack"),
        ("", None),
    ],
)
def test_words_for_relations(word: str, type_: str | None) -> None:
    """A word means the relation that annotators mean by it, or none."""
    assert relation_word(word) == type_
