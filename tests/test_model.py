"""What a map is: frozen values, derived roles, and the way to networkx and back."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys

import networkx as nx
import pytest
from hypothesis import given
from pydantic import ValidationError

from argmap import graph
from argmap.model import Claim, Issue, Map, Passage, Quote, replace
from argmap.stats import survey
from tests.helpers.map_strategies import maps

TINY = Map.model_validate(
    {
        "id": "tiny",
        "thesis": "top",
        "claims": {
            "top": {"text": "The bridge should be rebuilt.", "kind": "policy"},
            "old": {"text": "The bridge is old.", "kind": "fact", "quote": "an old bridge"},
            "rust": {"text": "The bridge rusts.", "quote": [{"exact": "rust", "prefix": "red "}, "flakes"]},
            "paint": {"text": "Paint would do."},
            "cheap": {"text": "Paint is cheap only at first."},
            "aside": {"text": "The river is wide."},
        },
        "relations": [
            {"support": "top", "by": ["old"], "scheme": "practical reasoning", "id": "main"},
            {"support": "old", "by": "rust"},
            {"attack": "main", "by": ["paint"]},
            {"attack": "rust", "by": ["cheap"]},
            {"attack": None, "by": ["cheap"]},
        ],
    }
)


def test_a_map_is_frozen_all_the_way_down() -> None:
    """Neither a field nor an entry of a map can be changed in place."""
    with pytest.raises(ValidationError):
        TINY.thesis = "old"  # type: ignore[misc]
    with pytest.raises(TypeError, match="frozen"):
        TINY.claims["new"] = TINY.claims["top"]
    with pytest.raises(TypeError, match="frozen"):
        TINY.claims.update({})


def test_a_map_survives_copying_and_pickling() -> None:
    """Maps cross processes and copies unchanged, and equal maps hash alike."""
    for twin in (copy.deepcopy(TINY), pickle.loads(pickle.dumps(TINY))):  # noqa: S301  # our own bytes
        assert twin == TINY
        assert hash(twin) == hash(TINY)


def test_roles_follow_from_the_relations() -> None:
    """The thesis is named; a reason without reasons is a supporting point; everything else is a claim."""
    assert graph.roles(TINY) == {
        "top": "thesis",
        "old": "claim",
        "rust": "supporting point",
        "paint": "claim",
        "cheap": "claim",
        "aside": "claim",
    }


def test_attack_kinds_follow_from_the_target() -> None:
    """On a relation an attack undercuts, on a mere premise it undermines."""
    assert list(graph.attack_kinds(TINY).values()) == ["undercut", "undermine", "undercut"]
    rebutted = replace(TINY, relations=(*TINY.relations[:2], {"attack": "old", "by": ["paint"]}))
    assert list(graph.attack_kinds(rebutted).values()) == ["rebut"]


def test_depths_walk_through_attacks_on_relations() -> None:
    """An attacker of a support stands as deep as that support's premises; what is not tied is left out."""
    assert graph.depths(TINY) == {"top": 0, "old": 1, "paint": 1, "rust": 2, "cheap": 3}
    assert graph.depths(replace(TINY, thesis=None)) == {}


def test_the_shortest_way_down_may_lead_over_a_relation() -> None:
    """What attacks a support of the thesis is one step away, though the relation is come to first and its premises too."""
    m = Map.model_validate(
        {
            "id": "m",
            "thesis": "t",
            "claims": {claim_id: {"text": claim_id} for claim_id in "tax"},
            "relations": [
                {"support": "t", "by": "a", "id": "r"},
                {"support": "a", "by": "x"},
                {"attack": "r", "by": "x"},
            ],
        }
    )
    assert graph.depths(m) == {"t": 0, "a": 1, "x": 1}
    assert [(step.node, step.depth, step.above) for step in graph.descent(m)] == [
        ("t", 0, None),
        ("r", 0, "t"),
        ("x!r", 0, "r"),
        ("a", 1, "t"),
        ("x>a", 1, "a"),
        ("x", 1, "r"),
    ]
    assert survey(m).balance == (1, 1)


def test_adrift_and_circles() -> None:
    """A claim tied to nothing is adrift; claims that support one another are a circle, in the map's order."""
    assert graph.adrift(TINY) == ["aside"]
    circle = replace(TINY, relations=(*TINY.relations, {"support": "rust", "by": ["top"]}))
    assert graph.support_circles(circle) == [["top", "old", "rust"]]
    assert graph.support_circles(TINY) == []


def test_networkx_and_back_without_loss() -> None:
    """The typed graph holds every field, dangling ends as missing nodes, and gives the map back equal."""
    typed = graph.to_networkx(TINY)
    assert isinstance(typed, nx.MultiDiGraph)
    assert typed.nodes["top"] == {
        "type": "claim",
        "role": "thesis",
        "text": "The bridge should be rebuilt.",
        "kind": "policy",
    }
    assert typed.nodes["main"]["type"] == "support"
    assert list(typed.edges("old", data="type")) == [("old", "main", "premise")]
    assert graph.from_networkx(typed) == TINY
    dangling = replace(TINY, relations=({"support": "nowhere", "by": ["top", "gone"]},))
    assert graph.to_networkx(dangling).nodes["gone"] == {"type": "missing"}
    assert graph.from_networkx(graph.to_networkx(dangling)) == dangling


def test_a_foreign_graph_is_refused_with_its_node() -> None:
    """A node without a known type is named in the error."""
    with pytest.raises(ValueError, match="'x' has type None"):
        graph.from_networkx(nx.MultiDiGraph([("x", "y")]))
    foreign: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    foreign.add_node("r", type="support")
    foreign.add_edge("a", "r")
    with pytest.raises(ValueError, match="node 'r' has no order"):
        graph.from_networkx(foreign)


def test_short_forms_of_the_file() -> None:
    """One quote may be a plain string, one premise a plain id, a position a plain label."""
    assert TINY.claims["old"].quotes == (Quote(exact="an old bridge"),)
    assert TINY.relations[1].by == ("rust",)
    issue = Issue.model_validate(
        {"question": "How far?", "scale": {"near": "near", "far": {"label": "far", "origin": "1996"}}}
    )
    assert [p.label for p in issue.scale.values()] == ["near", "far"]
    assert (issue.steps("near", "far"), issue.steps("far", "near"), issue.steps("near", "off")) == (1, -1, None)


def test_modes_follow_from_kinds() -> None:
    """Facts, causes and definitions say what is; predictions what will be; values and policies what ought to be."""
    kinds = ["fact", "cause", "definition", "prediction", "value", "policy", None]
    assert [Claim.model_validate({"id": "x", "text": "x", "kind": k}).mode for k in kinds] == [
        "is",
        "is",
        "is",
        "will",
        "ought",
        "ought",
        None,
    ]


def test_a_claim_cannot_bear_another_id_than_its_key() -> None:
    """An id inside a claim that contradicts its key is refused with both names."""
    with pytest.raises(ValidationError, match="'a' has another id, 'b'"):
        Map.model_validate({"id": "m", "claims": {"a": {"text": "A", "id": "b"}}})


@given(maps())
def test_any_map_goes_to_networkx_and_back(m: Map) -> None:
    """Whatever a map holds, the typed graph gives it back equal."""
    assert graph.from_networkx(graph.to_networkx(m)) == m


@pytest.mark.parametrize(
    "given", [{"quote": "a", "from": "b"}, {"from": "b"}, {"quote": "a", "from": "b", "to": "c"}, {}]
)
def test_a_passage_is_one_quote_or_from_one_to_another(given: dict[str, str]) -> None:
    """Anything else would be read in two ways."""
    with pytest.raises(ValidationError, match="give either `quote`, or `from` and `to`"):
        Passage.model_validate({**given, "reason": "advertisement"})


@pytest.mark.parametrize("line", ["from argmap.model import Map", "import argmap; Map = argmap.Map"])
def test_a_map_is_a_picture_in_a_notebook(line: str) -> None:
    """The model does not know what draws; the face provides it, whichever module is imported first."""
    program = f"{line}\nprint(Map(id='x', claims={{'a': {{'text': 'It rains.'}}}})._repr_svg_())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert "It rains." in done.stdout
    assert "<svg" in done.stdout
