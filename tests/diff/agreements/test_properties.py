"""Figures of agreement are symmetric, 1 for equal maps, at most 1, and unmoved by ids and order."""

from __future__ import annotations

import random
from typing import Any

import pytest

from argmap.diff import agreement
from argmap.model import Map

TEXT = " ".join(f"w{n:02}" for n in range(30))


class Analyst:
    """Made-up claims that overlap, repeat and undercut, to be written down with any ids in any order."""

    def __init__(self, chance: random.Random) -> None:
        self.units = []
        for _ in range(chance.randint(0, 8)):
            start = chance.randint(0, 26)
            self.units.append(
                (start, start + chance.randint(1, 4), chance.choice("AB"), chance.choice(["fact", "value", None]))
            )
        self.units += self.units[:1] if chance.random() < 0.5 else []
        some = range(len(self.units)) if len(self.units) > 1 else range(0)
        self.ties = [(chance.choice(["support", "attack"]), chance.choice(some), chance.choice(some)) for _ in some]
        self.undercuts = [(chance.randrange(len(self.ties)), chance.choice(some)) for _ in range(2) if self.ties]

    def map(self, name: str, order: int) -> Map:
        claims = {
            f"{name}{n}": {
                "text": (words := TEXT[start * 4 : end * 4 - 1]),
                "quote": words,
                "kind": kind,
                "extra": {"made-up": {"label": label}},
            }
            for n, (start, end, label, kind) in list(enumerate(self.units))[::order]
        }
        ties: list[dict[str, Any]] = [
            {type_: f"{name}{target}", "by": [f"{name}{source}"], "id": f"{name}r{n}"}
            for n, (type_, source, target) in enumerate(self.ties)
            if source != target
        ]
        known = {tie["id"] for tie in ties}
        ties += [{"attack": f"{name}r{n}", "by": [f"{name}{by}"]} for n, by in self.undercuts if f"{name}r{n}" in known]
        return Map.model_validate(
            {"id": name, "sources": {"t": {"text": TEXT}}, "claims": claims, "relations": ties[::order]}
        )


@pytest.mark.parametrize("rule", ["exact", "half", "argmap"])
def test_properties(rule: Any) -> None:
    """Of 50 made-up pairs with claims in one place, undercuts and repeated relations, whatever the rule."""
    for seed in range(50):
        chance = random.Random(seed)  # noqa: S311  # made up, not secret
        one, other = Analyst(chance), Analyst(chance)
        forth = agreement(one.map("a", 1), other.map("b", 1), rule=rule).figures
        back = agreement(other.map("y", -1), one.map("x", -1), rule=rule).figures
        assert forth.keys() == back.keys()
        for name, figure in forth.items():
            assert figure.value is None or figure.value <= 1 + 1e-12, (seed, name)
            assert back[name].value == (None if figure.value is None else pytest.approx(figure.value, abs=1e-9)), (
                seed,
                name,
            )
        itself = agreement(one.map("a", 1), one.map("x", -1), rule=rule).figures
        assert {figure.value for figure in itself.values()} <= {1.0, None}, seed
