"""Strengths equal the definitions, by hand and by a slow implementation."""

from __future__ import annotations

import random

import numpy as np
import pytest

from argmap.model import Map
from argmap.semantics import network_of, strengths
from tests.semantics.slow import slow_strengths


def debate(relations: list[dict[str, object]], claims: str) -> Map:
    return Map.model_validate(
        {"id": "debate", "claims": {name: {"text": f"{name} holds."} for name in claims}, "relations": relations}
    )


def test_dfquad_by_hand() -> None:
    """One attacker of base 0.5 halves the distance to 0; one more supporter of equal strength takes that back."""
    attacked = debate([{"attack": "a", "by": "b"}], "ab")
    assert strengths(network_of(attacked), "dfquad").values["a"] == pytest.approx(0.5 - 0.5 * 0.5)
    both = debate([{"attack": "a", "by": "b"}, {"support": "a", "by": "c"}], "abc")
    assert strengths(network_of(both), "dfquad").values["a"] == pytest.approx(0.5)
    two = debate([{"support": "a", "by": "b"}, {"support": "a", "by": "c"}], "abc")
    assert strengths(network_of(two), "dfquad").values["a"] == pytest.approx(0.5 + 0.5 * 0.75)


def test_energy_by_hand() -> None:
    """Energies 1 and -1 move a base of 0.5 by half the way; 0.5 by a fifth."""
    two = debate([{"support": "a", "by": "b"}, {"support": "a", "by": "c"}], "abc")
    assert strengths(network_of(two), "energy").values["a"] == pytest.approx(0.5 + 0.5 * 0.5)
    one = debate([{"attack": "a", "by": "b"}], "ab")
    assert strengths(network_of(one), "energy").values["a"] == pytest.approx(0.5 - 0.5 * 0.2)


def test_linked_premises_are_as_strong_as_the_weakest() -> None:
    """A support from two premises counts as its weaker premise; an undercut lessens it."""
    linked = debate([{"support": "a", "by": ["b", "c"]}, {"attack": "c", "by": "d"}], "abcd")
    weak = strengths(network_of(linked), "dfquad").values["c"]
    assert strengths(network_of(linked), "dfquad").values["a"] == pytest.approx(0.5 + 0.5 * weak)
    undercut = debate([{"support": "a", "by": "b", "id": "step"}, {"attack": "step", "by": "c"}], "abc")
    assert strengths(network_of(undercut), "dfquad").values["a"] == pytest.approx(0.5 + 0.5 * 0.5 * 0.5)


@pytest.mark.parametrize("semantics", ["dfquad", "energy"])
def test_strengths_equal_a_slow_implementation(semantics: str) -> None:
    """On random maps without circles, with linked premises and relations on relations."""
    chance = random.Random(7)  # noqa: S311 - seeded on purpose
    for _ in range(150):
        names = "abcdefgh"
        relations: list[dict[str, object]] = []
        for n in range(chance.randint(1, 9)):
            low = chance.randrange(1, len(names))
            sources = chance.sample(names[low:], chance.randint(1, min(2, len(names) - low)))
            target = chance.choice(names[:low])
            # A relation may bear on an earlier one whose sources come before its own.
            if relations and chance.random() < 0.25 and min(sources) > max(relations[-1]["by"]):  # type: ignore[call-overload]
                target = str(relations[-1]["id"])
            relations.append({chance.choice(["support", "attack"]): target, "by": sources, "id": f"r{n}"})
        network = network_of(debate(relations, names))
        expected = slow_strengths(network, semantics, {})
        found = strengths(network, semantics).values  # type: ignore[arg-type]
        assert {node: found[node] for node in expected} == pytest.approx(expected)
        assert all(0 <= value <= 1 for value in found.values())


def test_scenarios_side_by_side_equal_one_after_the_other() -> None:
    """Rejections computed as one array give what each gives alone."""
    map_ = debate(
        [
            {"support": "a", "by": ["b", "c"]},
            {"attack": "b", "by": "d"},
            {"support": "d", "by": "e"},
            {"attack": "a", "by": "f"},
        ],
        "abcdef",
    )
    network = network_of(map_)
    nodes = ["b", "c", "d", "e", "f", 0, 1]
    together = 1.0 - np.eye(len(nodes))
    side_by_side = strengths(network, "dfquad", {node: together[n] for n, node in enumerate(nodes)}).values["a"]
    alone = [strengths(network, "dfquad", {node: 0.0}).values["a"] for node in nodes]
    assert side_by_side.tolist() == pytest.approx(alone)


@pytest.mark.parametrize("semantics", ["dfquad", "energy"])
def test_circles_end(semantics: str) -> None:
    """Two that attack each other settle at equal strength; whether circles settled is told."""
    circle = debate([{"attack": "a", "by": "b"}, {"attack": "b", "by": "a"}, {"attack": "c", "by": "a"}], "abc")
    found = strengths(network_of(circle), semantics)  # type: ignore[arg-type]
    assert found.converged
    assert found.circular == 6
    assert found.values["a"] == pytest.approx(found.values["b"])


def test_removing_an_attacker_never_weakens() -> None:
    """Without one of its attackers a claim is at least as strong."""
    chance = random.Random(9)  # noqa: S311 - seeded on purpose
    for _ in range(50):
        relations: list[dict[str, object]] = [
            {chance.choice(["attack", "support"]): "a", "by": name} for name in "bcdef" if chance.random() < 0.7
        ]
        attacks = [n for n, relation in enumerate(relations) if "attack" in relation]
        if not attacks:
            continue
        network = network_of(debate(relations, "abcdef"))
        whole = strengths(network).values["a"]
        assert strengths(network, "dfquad", {chance.choice(attacks): 0.0}).values["a"] >= whole - 1e-12
