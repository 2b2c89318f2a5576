"""Slow and independent implementations of the semantics, by their definitions."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

from argmap.model import Attack
from argmap.semantics import Network

Labels = tuple[str, ...]


def brute_force(size: int, attacks: list[tuple[int, int]]) -> dict[str, set[Labels]]:
    """All labellings of a framework of up to eight arguments, by trying every assignment of three labels."""
    attackers: list[list[int]] = [[] for _ in range(size)]
    for source, target in attacks:
        attackers[target].append(source)

    def is_complete(labels: Labels) -> bool:
        for argument, label in enumerate(labels):
            around = [labels[source] for source in attackers[argument]]
            due = "out" if "in" in around else "in" if all(found == "out" for found in around) else "undecided"
            if label != due:
                return False
        return True

    complete = [labels for labels in product(("in", "out", "undecided"), repeat=size) if is_complete(labels)]

    def where(labels: Labels, label: str) -> frozenset[int]:
        return frozenset(n for n, found in enumerate(labels) if found == label)

    ins = {labels: where(labels, "in") for labels in complete}
    undecided = {labels: where(labels, "undecided") for labels in complete}
    preferred = {a for a in complete if not any(ins[a] < ins[b] for b in complete)}
    shared = frozenset.intersection(*(ins[labels] for labels in preferred))
    ideal = next(
        chosen
        for number in range(len(shared), -1, -1)
        for chosen in map(set, combinations(sorted(shared), number))
        if all(chosen.isdisjoint(attackers[n]) for n in chosen)
        and all(not chosen.isdisjoint(attackers[m]) for n in chosen for m in attackers[n])
    )
    struck = {target for source, target in attacks if source in ideal}
    return {
        "complete": set(complete),
        "grounded": {a for a in complete if all(ins[a] <= ins[b] for b in complete)},
        "preferred": preferred,
        "stable": {a for a in complete if not undecided[a]},
        "semi-stable": {a for a in complete if not any(undecided[b] < undecided[a] for b in complete)},
        "ideal": {tuple("in" if n in ideal else "out" if n in struck else "undecided" for n in range(size))},
    }


def slow_strengths(network: Network, semantics: str, weights: dict[str, float]) -> dict[Any, float]:
    """Strengths of a network without circles, by plain recursion over the definitions."""

    def strength(node: Any) -> float:
        pro, con = [], []
        for index in network.into.get(node, ()):
            (con if isinstance(network.relations[index], Attack) else pro).append(strength(index))
        base = 1.0 if isinstance(node, int) else weights.get(node, 0.5)
        if semantics == "dfquad":
            value = _dfquad(base, con, pro)
        else:
            energy = sum(pro) - sum(con)
            share = energy**2 / (1 + energy**2)
            value = base + (1 - base) * share if energy > 0 else base - base * share
        return (
            value * min(strength(source) for source in network.relations[node].by) if isinstance(node, int) else value
        )

    return {node: strength(node) for node in (*network.claims, *network.relations)}


def _dfquad(base: float, attackers: list[float], supporters: list[float]) -> float:
    def together(values: list[float]) -> float:
        total = 0.0
        for value in values:
            total = total + value - total * value
        return total

    against, in_favour = together(attackers), together(supporters)
    if against >= in_favour:
        return base - base * (against - in_favour)
    return base + (1 - base) * (in_favour - against)
