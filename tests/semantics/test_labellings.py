"""Labellings equal those found by trying every assignment, and those of another package."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from argmap.semantics import SEMANTICS, accepted, grounded, labellings, plain_framework
from argmap.semantics.grounded import IN, LABELS, OUT, grounded_without
from tests.semantics.slow import brute_force

pytest.importorskip("clingo")


def random_framework(chance: random.Random, most: int) -> tuple[int, list[tuple[int, int]]]:
    size = chance.randint(1, most)
    density = chance.choice([0.08, 0.2, 0.35, 0.5])
    return size, [(a, b) for a in range(size) for b in range(size) if chance.random() < density]


def framework_of(size: int, attacks: list[tuple[int, int]]):
    return plain_framework(map(str, range(size)), [(str(a), str(b)) for a, b in attacks])


@pytest.mark.parametrize("seed", range(8))
def test_labellings_equal_brute_force(seed: int) -> None:
    """On random frameworks of up to six arguments every semantics gives what its definition gives."""
    chance = random.Random(seed)  # noqa: S311 - seeded on purpose
    for _ in range(60):
        size, attacks = random_framework(chance, 6)
        expected = brute_force(size, attacks)
        for semantics in SEMANTICS:
            found = labellings(framework_of(size, attacks), semantics)
            assert found.complete
            assert {labelling.labels for labelling in found.found} == expected[semantics], (semantics, size, attacks)


@pytest.mark.parametrize("seed", range(2))
def test_larger_frameworks_equal_brute_force(seed: int) -> None:
    """The same with eight arguments, where semi-stable and preferred come apart."""
    chance = random.Random(100 + seed)  # noqa: S311 - seeded on purpose
    for _ in range(6):
        size, attacks = 8, [(a, b) for a in range(8) for b in range(8) if chance.random() < 0.22]
        expected = brute_force(size, attacks)
        for semantics in SEMANTICS:
            found = labellings(framework_of(size, attacks), semantics)
            assert {labelling.labels for labelling in found.found} == expected[semantics]


def test_labellings_equal_those_of_another_package() -> None:
    """Frameworks of 9 to 12 arguments, with the extensions that python-argumentation 2.0.2 (MIT) found for them."""
    cases = json.loads(Path(__file__).with_name("frameworks.json").read_text("utf-8"))
    assert len(cases) == 40
    for case in cases:
        framework = framework_of(case["arguments"], case["attacks"])
        for semantics in SEMANTICS:
            found = sorted(labelling.where("in") for labelling in labellings(framework, semantics).found)
            assert found == case["in"][semantics], (semantics, case)


def test_grounded_is_within_every_complete_labelling() -> None:
    """What grounded accepts is accepted by each complete labelling."""
    chance = random.Random(5)  # noqa: S311 - seeded on purpose
    for _ in range(100):
        framework = framework_of(*random_framework(chance, 9))
        sure = {n for n, label in enumerate(grounded(framework)) if label == IN}
        for labelling in labellings(framework, "complete").found:
            assert sure <= set(labelling.where("in"))


def test_rejecting_one_argument_is_told_without_starting_over() -> None:
    """The labels after a rejection equal those of a framework in which the argument attacks itself out of the way."""
    chance = random.Random(11)  # noqa: S311 - seeded on purpose
    for _ in range(300):
        size, attacks = random_framework(chance, 9)
        framework = framework_of(size, attacks)
        labels, attacked = grounded(framework), framework.attacked()
        gone = chance.randrange(size)
        again = [grounded_without(framework, attacked, labels, gone).get(n, labels[n]) for n in range(size)]
        struck = [(a, b) for a, b in attacks if b != gone] + [(size, gone)]
        assert again == grounded(framework_of(size + 1, struck))[:size]
        assert again[gone] == OUT


def test_unattacked_arguments_stand_and_names_do_not_matter() -> None:
    """Whoever nobody attacks is in; renaming and reordering arguments permutes the labels."""
    chance = random.Random(3)  # noqa: S311 - seeded on purpose
    for _ in range(50):
        size, attacks = random_framework(chance, 7)
        order = list(range(size))
        chance.shuffle(order)
        moved = [(order[a], order[b]) for a, b in attacks]
        labels, other = grounded(framework_of(size, attacks)), grounded(framework_of(size, moved))
        assert [other[order[n]] for n in range(size)] == labels
        free = set(range(size)) - {b for _, b in attacks}
        assert all(labels[n] == IN for n in free)


def test_what_is_not_connected_does_not_matter() -> None:
    """The labels of a framework are the same beside another that it does not touch."""
    chance = random.Random(4)  # noqa: S311 - seeded on purpose
    for _ in range(50):
        size, attacks = random_framework(chance, 6)
        other_size, other = random_framework(chance, 6)
        both = attacks + [(a + size, b + size) for a, b in other]
        alone = [LABELS[n] for n in grounded(framework_of(size, attacks))]
        assert [LABELS[n] for n in grounded(framework_of(size + other_size, both))][:size] == alone


def test_two_that_attack_each_other() -> None:
    """Nixon's diamond: undecided when grounded, one or the other when preferred, neither sceptically."""
    framework = plain_framework(["pacifist", "hawk"], [("pacifist", "hawk"), ("hawk", "pacifist")])
    assert labellings(framework, "grounded").found[0].labels == ("undecided", "undecided")
    assert {labels.labels for labels in labellings(framework, "preferred").found} == {("in", "out"), ("out", "in")}
    assert accepted(framework, 0, "preferred") == (True, False)


def test_limits_are_told() -> None:
    """Where there are more labellings than asked for, the result says that there are at least these."""
    pairs = [(f"{n}{side}", f"{n}{other}") for n in range(12) for side, other in ("ab", "ba")]
    framework = plain_framework([f"{n}{side}" for n in range(12) for side in "ab"], pairs)
    found = labellings(framework, "preferred", most=10)
    assert len(found.found) == 10
    assert not found.complete
    assert str(found) == "at least 10 preferred"
    assert not labellings(framework, "preferred", seconds=0).complete


def test_an_empty_framework_has_one_labelling() -> None:
    """No arguments: one labelling, with nothing in it."""
    for semantics in SEMANTICS:
        assert [labels.labels for labels in labellings(plain_framework([], []), semantics).found] == [()]
