"""Gradual strength: how strongly each claim stands, in [0, 1].

Each claim starts at its base score (`weight`, 0.5 when silent); what bears on it moves it:

    DF-QuAD            attackers and supporters each aggregate as 1 - (1 - s1)(1 - s2)…; the difference moves the base
                       towards 0 or 1 (Rago, Toni, Aurisicchio and Baroni 2016)
    quadratic energy   the sum of supporters less the sum of attackers is an energy e; the base moves by
                       e² / (1 + e²) (Potyka 2018)

A relation is as strong as its weakest source, lessened by what attacks the relation itself. Without circles one pass
in order suffices. In a circle the strengths follow ds/dt = f(s) - s from the base scores (Potyka 2018) until nothing
moves by more than `TOLERANCE`; where that does not happen in `MOST_STEPS` steps, the result says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from argmap.model import Attack
from argmap.semantics.framework import Network

Gradual = Literal["dfquad", "energy"]
BASE = 0.5
TOLERANCE = 1e-9
STEP = 0.5
MOST_STEPS = 2_000

Node = str | int
"""A claim by its id, or a relation by its index."""


@dataclass(frozen=True, slots=True)
class Strengths:
    """The strength of each claim and relation, and whether the circles among them settled."""

    values: Mapping[Node, Any]
    """Floats; arrays of one float a scenario where several were asked for."""
    converged: bool
    circular: int
    """Number of claims and relations in or behind a circle."""


def _positive(x: Any) -> Any:
    return (x + abs(x)) / 2


def _lesser(x: Any, y: Any) -> Any:
    return (x + y - abs(x - y)) / 2


def _dfquad(base: Any, attackers: Sequence[Any], supporters: Sequence[Any]) -> Any:
    against: Any = 1.0
    for strength in attackers:
        against = against * (1 - strength)
    in_favour: Any = 1.0
    for strength in supporters:
        in_favour = in_favour * (1 - strength)
    difference = against - in_favour  # (1 - in_favour) - (1 - against)
    return base + _positive(difference) * (1 - base) - _positive(-difference) * base


def _energy(base: Any, attackers: Sequence[Any], supporters: Sequence[Any]) -> Any:
    energy: Any = 0.0
    for strength in supporters:
        energy = energy + strength
    for strength in attackers:
        energy = energy - strength
    up, down = _positive(energy) ** 2, _positive(-energy) ** 2
    return base + (1 - base) * up / (1 + up) - base * down / (1 + down)


_MOVES = {"dfquad": _dfquad, "energy": _energy}


class _Solver:
    def __init__(
        self, network: Network, semantics: Gradual, weights: Mapping[str, float], rejected: Mapping[Node, Any]
    ) -> None:
        self.network = network
        self.move = _MOVES[semantics]
        self.weights = weights
        self.rejected = rejected
        self.values: dict[Node, Any] = {}

    def inputs(self, node: Node) -> list[Node]:
        into = list(self.network.into.get(node, ()))
        return [*into, *dict.fromkeys(self.network.relations[node].by)] if isinstance(node, int) else [*into]

    def base(self, node: Node) -> Any:
        return 1.0 if isinstance(node, int) else self.weights.get(node, BASE)

    def strength(self, node: Node) -> Any:
        """Compute a node's strength from the current strengths of its inputs."""
        attackers: list[Any] = []
        supporters: list[Any] = []
        for index in self.network.into.get(node, ()):
            side = attackers if isinstance(self.network.relations[index], Attack) else supporters
            side.append(self.values[index])
        value = self.move(self.base(node), attackers, supporters)
        if isinstance(node, int):
            weakest: Any = None
            for source in dict.fromkeys(self.network.relations[node].by):
                strength = self.values[source]
                weakest = strength if weakest is None else _lesser(weakest, strength)
            value = value * weakest
        return value * self.rejected[node] if node in self.rejected else value

    def order(self) -> tuple[list[Node], list[Node]]:
        """Return the nodes in an order of dependence, and those in or behind a circle."""
        nodes: list[Node] = [*self.network.claims, *self.network.relations]
        waiting: dict[Node, int] = {}
        out_of: dict[Node, list[Node]] = {}
        for node in nodes:
            inputs = self.inputs(node)
            waiting[node] = len(inputs)
            for other in inputs:
                out_of.setdefault(other, []).append(node)
        ready = [node for node in nodes if not waiting[node]]
        for node in ready:
            for other in out_of.get(node, ()):
                waiting[other] -= 1
                if not waiting[other]:
                    ready.append(other)
        done = set(ready)
        return ready, [node for node in nodes if node not in done]

    def solve(self) -> Strengths:
        ordered, circular = self.order()
        for node in ordered:
            self.values[node] = self.strength(node)
        for node in circular:
            self.values[node] = self.base(node) * self.rejected.get(node, 1.0)
        converged = not circular
        for _ in range(MOST_STEPS if circular else 0):
            moved = {node: self.strength(node) for node in circular}
            furthest = 0.0
            for node, value in moved.items():
                difference = value - self.values[node]
                furthest = max(furthest, float(_most(difference)))
                self.values[node] = self.values[node] + STEP * difference
            if furthest < TOLERANCE:
                converged = True
                break
        return Strengths(self.values, converged, len(circular))


def _most(difference: Any) -> Any:
    size = abs(difference)
    return size.max() if hasattr(size, "max") else size


def strengths(network: Network, semantics: Gradual = "dfquad", rejected: Mapping[Node, Any] | None = None) -> Strengths:
    """Compute the gradual strength of every claim and relation.

    Parameters
    ----------
    network
        From `argmap.semantics.network_of`.
    semantics
        `dfquad` or `energy` (quadratic energy).
    rejected
        Factors by claim or relation: 0 rejects it. An array holds one factor a scenario; then every strength that
        it bears on is an array of that length.

    Returns
    -------
    Strengths
        In [0, 1].
    """
    weights = {
        claim_id: weight for claim_id in network.claims if (weight := network.map_.claims[claim_id].weight) is not None
    }
    return _Solver(network, semantics, weights, rejected or {}).solve()
