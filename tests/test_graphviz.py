"""A map as a graph of the graphviz package, to change and to render."""

from __future__ import annotations

import pygraphviz
import pytest
from hypothesis import given, settings

from argmap.graph import to_graphviz
from argmap.model import Map
from tests.helpers.map_strategies import maps

BUS = Map.model_validate(
    {
        "id": "bus",
        "thesis": "run",
        "claims": {
            "run": {"text": "The town should run its buses until two in the morning, every day.", "kind": "policy"},
            "late": {"text": "People work late."},
            "walk": {"text": "Nobody should walk home alone.", "implicit": True},
            "cost": {"text": r"<b>It costs \N a million.</b>"},
        },
        "relations": [
            {"support": "run", "by": ["late", "walk"], "scheme": "practical reasoning", "id": "need"},
            {"attack": "run", "by": "cost"},
            {"attack": "need", "by": "cost"},
            {"rephrase": "late", "by": "nobody"},
        ],
    }
)


def test_roles_and_relations_are_attributes() -> None:
    """Linked premises meet in a point, which an undercut leads to; attacks are dashed; a missing end says so."""
    graph = pygraphviz.AGraph(string=to_graphviz(BUS).source)
    assert {node: node.attr["role"] for node in graph.nodes()} == {
        "run": "thesis",
        "late": "supporting point",
        "walk": "supporting point",
        "cost": "claim",
        "support-1": "relation",
        "nobody": "missing",
    }
    edges = {(start, end): graph.get_edge(start, end).attr for start, end in graph.edges()}
    assert {ends: attributes["type"] for ends, attributes in edges.items()} == {
        ("late", "support-1"): "support",
        ("walk", "support-1"): "support",
        ("support-1", "run"): "support",
        ("cost", "run"): "attack",
        ("cost", "support-1"): "attack",
        ("nobody", "late"): "rephrase",
    }
    assert edges["cost", "run"]["style"] == "dashed"
    assert edges["cost", "support-1"]["kind"] == "undercut"
    assert edges["support-1", "run"]["label"] == "practical reasoning"


def test_a_text_is_shown_as_it_is() -> None:
    """What Graphviz would take for HTML or for an escape is drawn as written, wrapped into lines."""
    svg = pygraphviz.AGraph(string=to_graphviz(BUS).source).draw(format="svg", prog="dot").decode()
    assert "&lt;b&gt;It costs \\N a million.&lt;/b&gt;" in svg
    assert "The town should run its buses" in svg
    assert "buses until two in the morning, every day." not in svg


def test_it_can_be_changed() -> None:
    """It is a graph of the package itself, with all its methods."""
    graph = to_graphviz(BUS)
    graph.attr("node", fillcolor="white")
    graph.edge("late", "cost", label="my own")
    assert "my own" in graph.source


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@settings(max_examples=40)
@given(m=maps())
def test_every_claim_is_a_node(m: Map) -> None:
    """Of any map Graphviz reads all claims, and an edge for each premise and conclusion."""
    graph = pygraphviz.AGraph(string=to_graphviz(m).source)
    claims = [node for node in graph.nodes() if node.attr["role"] not in ("relation", "missing")]
    assert sorted(claims) == sorted(m.claims)
    targets = {relation.target for relation in m.relations}
    expected = sum(
        1
        if len(relation.by) == 1 and relation.target is not None and relation.key not in targets
        else len(relation.by) + (relation.target is not None)
        for relation in m.relations
    )
    assert len(graph.edges()) == expected
