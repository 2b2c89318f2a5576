"""Graphs as the tools that people use write them: yEd, Gephi, Cytoscape, igraph, D3, graphology; and what those get of ours."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from argmap import formats
from argmap.model import Attack, Map, Rephrase, Support
from tests.formats.graphs.test_graphs import BRIDGE, GRAPHS
from tests.helpers.node_tools import NODE_MODULES

YED = """\
<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml" xmlns:yed="http://www.yworks.com/xml/yed/3">
  <!--Created by yEd 3.23-->
  <key attr.name="Description" attr.type="string" for="graph" id="d0"/>
  <key for="port" id="d1" yfiles.type="portgraphics"/>
  <key attr.name="url" attr.type="string" for="node" id="d4"/>
  <key attr.name="description" attr.type="string" for="node" id="d5"/>
  <key for="node" id="d6" yfiles.type="nodegraphics"/>
  <key for="graphml" id="d7" yfiles.type="resources"/>
  <key attr.name="description" attr.type="string" for="edge" id="d9"/>
  <key for="edge" id="d10" yfiles.type="edgegraphics"/>
  <graph edgedefault="directed" id="G">
    <data key="d0" xml:space="preserve"/>
    <node id="n0">
      <data key="d5" xml:space="preserve"><![CDATA[Said in the council.]]></data>
      <data key="d6">
        <y:ShapeNode>
          <y:Geometry height="30.0" width="30.0" x="585.0" y="345.0"/>
          <y:NodeLabel alignment="center" xml:space="preserve">Close the bridge.<y:LabelModel><y:SmartNodeLabelModel distance="4.0"/></y:LabelModel></y:NodeLabel>
          <y:Shape type="rectangle"/>
        </y:ShapeNode>
      </data>
    </node>
    <node id="n1" yfiles.foldertype="group">
      <data key="d6">
        <y:ProxyAutoBoundsNode><y:Realizers active="0">
          <y:GroupNode><y:NodeLabel>Safety</y:NodeLabel></y:GroupNode>
          <y:GroupNode><y:NodeLabel>Folder 1</y:NodeLabel></y:GroupNode>
        </y:Realizers></y:ProxyAutoBoundsNode>
      </data>
      <graph edgedefault="directed" id="n1:">
        <node id="n1::n0">
          <data key="d6"><y:UMLClassNode><y:NodeLabel>It rusts.</y:NodeLabel></y:UMLClassNode></data>
        </node>
        <node id="n1::n1">
          <data key="d6"><y:ShapeNode><y:NodeLabel hasText="false"/></y:ShapeNode></data>
        </node>
      </graph>
    </node>
    <edge id="e0" source="n1::n0" target="n0">
      <data key="d10"><y:PolyLineEdge><y:EdgeLabel>supports<y:LabelModel/></y:EdgeLabel></y:PolyLineEdge></data>
    </edge>
    <edge id="e1" source="n0" target="n1::n1">
      <data key="d10"><y:BezierEdge><y:EdgeLabel>attacked by</y:EdgeLabel></y:BezierEdge></data>
    </edge>
    <edge id="e2" source="n1" target="n0">
      <data key="d10"><y:PolyLineEdge><y:EdgeLabel>see also</y:EdgeLabel></y:PolyLineEdge></data>
    </edge>
  </graph>
  <data key="d7"><y:Resources/></data>
</graphml>
"""


def test_yed() -> None:
    """What is drawn is read: labels of every shape, groups, words on edges, passive ones the other way round; a description is kept."""
    reading = formats.examine_text(YED, name="yed.graphml")
    m = reading.map
    assert {node_id: claim.text for node_id, claim in m.claims.items()} == {
        "n0": "Close the bridge.",
        "n1-n0": "It rusts.",
        "n1-n1": "n1::n1",
        "n1": "Safety",
    }
    assert m.claims["n0"].extra == {"graphml": {"description": "Said in the council."}}
    assert [(type(r), r.by, r.target) for r in m.relations] == [
        (Support, ("n1-n0",), "n0"),
        (Attack, ("n1-n1",), "n0"),
        (Support, ("n1",), "n0"),
    ]
    assert [str(finding) for finding in reading.findings] == [
        "yed.graphml:n1/n0: warning: unknown-relation: an edge says 'see also', which is not a known relation: read as a support."
    ]
    assert m.relations[2].extra == {"graphml": {"label": "see also", "edge_id": "e2"}}


def as_yed_saves(text: str) -> str:
    """A file of ours after yEd: ids of its own, no data of the graph, keys in another order."""
    root = ET.fromstring(text)  # noqa: S314 - written by the test
    ns = "{http://graphml.graphdrawing.org/xmlns}"
    graph = root.find(f"{ns}graph")
    assert graph is not None
    for data in graph.findall(f"{ns}data"):
        graph.remove(data)
    new = {node.get("id"): f"n{n}" for n, node in enumerate(graph.findall(f"{ns}node"))}
    for node in graph.findall(f"{ns}node"):
        node.set("id", new[node.get("id")])
    for edge in graph.findall(f"{ns}edge"):
        edge.set("source", new[edge.get("source")])
        edge.set("target", new[edge.get("target")])
    return ET.tostring(root, encoding="unicode")


def test_a_map_comes_back_from_yed() -> None:
    """yEd renames every node; claims and relations have their ids again, and the thesis."""
    m = formats.loads(as_yed_saves(formats.dumps(BRIDGE, "graphml")[0]))
    assert m.thesis == "close"
    assert m.claims == BRIDGE.claims
    assert m.relations == BRIDGE.relations


@pytest.mark.parametrize("format_name", GRAPHS)
def test_a_label_that_a_person_changed_is_told(format_name: str) -> None:
    """A tool shows the label, argmap reads the text: where they part, that is said."""
    text = formats.dumps(BRIDGE, format_name)[0]
    text = text.replace("What rusts may fall.", "What rusts will fall.", 1)  # the label stands before the text
    reading = formats.examine_text(text)
    told = [finding for finding in reading.findings if finding.rule == "label-differs"]
    assert [finding.message for finding in told] == [
        "the label says 'What rusts will fall.', the rest 'What rusts may fall.': the label is not read."
    ]


def test_a_claim_copied_in_yed_is_two() -> None:
    """A copy has the id of what it was copied from: both are there, the second by another id."""
    text = formats.dumps(BRIDGE, "graphml")[0]
    node = text[text.index('<node id="falls"') : text.index('<node id="paint"')]
    reading = formats.examine_text(text.replace(node, node + node.replace('id="falls"', 'id="n9"')))
    assert [node_id for node_id in reading.map.claims if node_id.startswith("falls")] == ["falls", "falls-2"]
    assert "duplicate-id" in [finding.rule for finding in reading.findings]


def test_igraph() -> None:
    """igraph gives ids of its own, makes every number a double, and writes an attribute for every node, empty or false or NaN."""
    text = formats.dumps(BRIDGE, "graphml")[0]
    text = text.replace('attr.type="long"', 'attr.type="double"')
    keys = dict(re.findall(r'<key id="(\w+)" for="node" attr.name="(\w+)"', text))
    for node_id, name in keys.items():
        empty = {"order": "NaN", "implicit": "false"}.get(name, "")
        for node in re.findall(r"<node .*?</node>", text, re.DOTALL):
            if f'key="{node_id}"' not in node:
                text = text.replace(node, node.replace("</node>", f'<data key="{node_id}">{empty}</data></node>'))
    assert formats.loads(text) == BRIDGE


GEPHI = """\
<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
  <meta lastmodifieddate="2024-05-02"><creator>Gephi 0.10.1</creator><description></description></meta>
  <graph defaultedgetype="directed" mode="static">
    <attributes class="node" mode="static">
      <attribute id="topic" title="Topic" type="string"><default>bridges</default></attribute>
      <attribute id="tags" title="Tags" type="liststring"></attribute>
      <attribute id="size_of" title="Size" type="bigdecimal"></attribute>
    </attributes>
    <nodes>
      <node id="1" label="Close it."><attvalues><attvalue for="tags" value="[a, b]"/></attvalues>
        <viz:size value="10.0"/><viz:position x="-1.5" y="2.5"/><viz:color hex="#c0c0c0"/></node>
      <node id="2" label="It rusts."><attvalues><attvalue for="topic" value="rust"/><attvalue for="size_of" value="2.5"/></attvalues></node>
      <node id="3" label="Only paint."><nodes><node id="4" label="A claim inside."/></nodes></node>
    </nodes>
    <edges>
      <edge id="0" source="2" target="1" kind="supports" weight="2.5"/>
      <edge id="1" source="3" target="2" label="rebuts" type="directed" weight="1.0"/>
      <edge id="2" source="2" target="1" kind="attacks"/>
      <edge id="3" source="4" target="3" type="undirected" label="restates"/>
      <edge id="4" source="1" target="4" type="mutual" label="-"/>
    </edges>
  </graph>
</gexf>
"""


def test_gephi() -> None:
    """Labels, kinds, parallel edges, edges of every direction, defaults, nodes in nodes and types of every sort."""
    reading = formats.examine_text(GEPHI)
    m = reading.map
    assert [claim.text for claim in m.claims.values()] == ["Close it.", "It rusts.", "A claim inside.", "Only paint."]
    assert [(type(r), r.by, r.target) for r in m.relations] == [
        (Support, ("2",), "1"),
        (Attack, ("3",), "2"),
        (Attack, ("2",), "1"),
        (Rephrase, ("4",), "3"),
        (Attack, ("1",), "4"),
        (Attack, ("4",), "1"),
    ]
    assert m.claims["1"].extra == {"gexf": {"Topic": "bridges", "Tags": "[a, b]"}}
    assert m.claims["2"].extra == {"gexf": {"Topic": "rust", "Size": 2.5}}
    assert m.claims["4"].extra == {"gexf": {"Topic": "bridges", "pid": "3"}}
    assert [r.extra["gexf"].get("edge_id") for r in m.relations] == ["0", "1", "2", "3", "4", "4"]
    assert m.relations[0].extra["gexf"]["weight"] == 2.5
    assert m.extra == {"gexf": {"creator": "Gephi 0.10.1", "lastmodifieddate": "2024-05-02"}}
    assert [str(finding) for finding in reading.findings] == [
        "<input>: warning: undirected: 1 of 6 edges have no direction: each is read from its first end to its second."
    ]


CYTOSCAPE = """\
<graphml xmlns="http://graphml.graphdrawing.org/xmlns/graphml">
  <key attr.name="name" attr.type="string" for="node" id="name"/>
  <key attr.name="SUID" attr.type="long" for="all" id="SUID"/>
  <key attr.name="interaction" attr.type="string" for="edge" id="interaction"/>
  <graph edgedefault="directed" id="debate">
    <node id="62"><data key="SUID">62</data><data key="name">Close it.</data></node>
    <node id="64"><data key="SUID">64</data><data key="name">Only paint.</data></node>
    <edge source="64" target="62"><data key="interaction">con</data></edge>
  </graph>
</graphml>
"""


def test_cytoscape() -> None:
    """Another namespace, names for labels, interactions for relations."""
    m = formats.loads(CYTOSCAPE)
    assert {node_id: claim.text for node_id, claim in m.claims.items()} == {"62": "Close it.", "64": "Only paint."}
    assert [(type(r), r.by, r.target) for r in m.relations] == [(Attack, ("64",), "62")]


@pytest.mark.parametrize(
    "data",
    [
        {"nodes": [{"id": "a", "label": "A."}, {"id": "b", "label": "B."}], "links": [{"source": "b", "target": "a"}]},
        {"nodes": [{"id": 1, "name": "A."}, {"id": "2", "name": "B."}], "edges": [{"from": 2, "to": "1"}]},
        {"nodes": [{"name": "A."}, {"name": "B."}], "links": [{"source": 1, "target": 0}]},
        {"nodes": [{"name": "A."}, {"name": "B."}], "links": [{"source": "B.", "target": "A."}]},
        {
            "nodes": [{"id": "a", "text": "A."}, {"id": "b", "text": "B.", "x": 3, "vx": 0.1}],
            "links": [{"source": {"id": "b", "text": "B."}, "target": {"id": "a", "text": "A."}, "index": 0}],
        },
        {
            "options": {"type": "directed"},
            "nodes": [{"key": "a", "attributes": {"label": "A."}}, {"key": "b", "attributes": {"label": "B."}}],
            "edges": [{"key": "e", "source": "b", "target": "a", "attributes": {"label": "supports"}}],
        },
    ],
    ids=["D3", "vis.js", "by number", "by name", "after a layout", "graphology"],
)
def test_node_link_dialects(data: dict[str, Any]) -> None:
    """Nodes by id, key, name or number; edges from source to target or from and to, by id or by the node itself."""
    reading = formats.examine_text(json.dumps(data), "node-link")
    (relation,) = reading.map.relations
    assert not reading.findings
    assert [claim.text for claim in reading.map.claims.values()] == ["A.", "B."]
    assert isinstance(relation, Support)
    assert [reading.map.claims[relation.by[0]].text, reading.map.claims[relation.target or ""].text] == ["B.", "A."]


@pytest.mark.parametrize("format_name", GRAPHS)
def test_schemes_are_called_as_the_list_calls_them(format_name: str) -> None:
    """A scheme of ours comes back as it was written, one that another tool or a person wrote as the list spells it."""
    relations = [
        {"support": "a", "by": "b", "scheme": scheme} for scheme in ("CauseToEffect", "expert opinion", "my own", '"x"')
    ]
    m = Map.model_validate({"id": "m", "claims": {"a": {"text": "A."}, "b": {"text": "B."}}, "relations": relations})
    text = formats.dumps(m, format_name)[0]
    assert formats.loads(text) == m
    edited = formats.loads(text.replace("expert opinion", "ExpertOpinion"))
    assert [r.scheme for r in edited.relations] == ["CauseToEffect", "expert opinion", "my own", '"x"']


def test_schemes_of_other_tools() -> None:
    """A scheme node names its scheme by attribute or by text, an edge by attribute."""
    nodes = [
        {"id": "a", "text": "A."},
        {"id": "b", "text": "B."},
        {"id": "r", "type": "RA", "text": "Cause To Effect"},
        {"id": "q", "type": "RA", "scheme": "ExpertOpinion"},
        {"id": "p", "type": "RA", "text": "Default Inference"},
    ]
    ends = [("b", "r"), ("r", "a"), ("b", "q"), ("q", "a"), ("b", "p"), ("p", "a")]
    edges = [{"source": source, "target": target} for source, target in ends]
    edges.append({"source": "b", "target": "a", "scheme": "argument from sign"})
    m = formats.loads(json.dumps({"nodes": nodes, "edges": edges}), "node-link")
    assert [r.scheme for r in m.relations] == ["cause to effect", "expert opinion", None, "sign"]
    assert [r.id for r in m.relations] == ["r", "q", "p", None]


def test_ids_in_xml_are_such_as_schemas_ask_for() -> None:
    """Every id is a name token, and no two edges have one id, of which Gephi would take only the first."""
    root = ET.fromstring(formats.dumps(BRIDGE, "graphml")[0])  # noqa: S314 - written by us
    for tag in ("node", "edge"):
        ids = [element.get("id", "") for element in root.iter() if element.tag.rpartition("}")[2] == tag]
        assert len(ids) == len(set(ids)) > 5
        assert all(re.fullmatch(r"[\w.:-]+", node_id) for node_id in ids)


def test_booleans_are_written_as_xml_has_them() -> None:
    """`true`, which igraph and schemas know, not `True`."""
    assert ">true</data>" in formats.dumps(BRIDGE, "graphml")[0]


GRAPHOLOGY = """
const [modules, text, name] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const take = (what) => require(modules + "/" + what);
globalThis.DOMParser = take("@xmldom/xmldom").DOMParser;
const { MultiDirectedGraph } = take("graphology");
const format = take("graphology-" + name);
const graph = format.parse(MultiDirectedGraph, text, { addMissingNodes: false });
const again = format.write ? format.write(graph) : null;
console.log(JSON.stringify({ ...graph.export(), again }));
"""


def in_graphology(text: str, format_name: str) -> dict[str, Any]:
    """A graph as graphology, the graph library of Gephi Lite and sigma.js, reads it and writes it again."""
    node = shutil.which("node")
    if node is None or not (NODE_MODULES / f"graphology-{format_name}").exists():
        pytest.skip("no graphology: npm install in tests/node")
    given = json.dumps([str(NODE_MODULES), text, format_name])
    done = subprocess.run([str(node), "-e", GRAPHOLOGY], input=given, capture_output=True, text=True, timeout=60)
    assert not done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_graphology_reads_what_we_write() -> None:
    """Every node and edge is there, with its label, its attributes by name, and its type as a type."""
    graph = in_graphology(formats.dumps(BRIDGE, "graphml")[0], "graphml")
    nodes = {node["key"]: node["attributes"] for node in graph["nodes"]}
    assert {node_id: nodes[node_id]["label"] for node_id in ("close", "because", "paint:attacks:because")} == {
        "close": "Close the bridge & the road.",
        "because": "cause to effect",
        "paint:attacks:because": "undercuts",
    }
    assert (nodes["falls"]["implicit"], nodes["close"]["role"], nodes["because"]["order"]) == (True, "thesis", 0)
    ties = sorted((edge["source"], edge["attributes"]["tie"], edge["target"]) for edge in graph["edges"])
    assert len(ties) == 7
    assert ("rust", "premise", "because") in ties
    assert ("because", "conclusion", "close") in ties
