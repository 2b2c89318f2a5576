"""Find what carries a thesis: how it changes when one claim or relation is rejected.

To reject a claim is to take it as `out`, or as of strength 0; to take it off the map instead would let a claim whose
only support it was stand by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from argmap import schemes
from argmap.model import Support
from argmap.semantics.framework import Framework, Label, Network, ancestors
from argmap.semantics.gradual import Gradual, Node, Strengths, strengths
from argmap.semantics.grounded import LABELS, grounded_without
from argmap.semantics.model import Effect, Objection, OpenQuestion, ThesisResult

SCENARIOS = 256
"""Number of rejections that are computed side by side."""


def result_of(
    network: Network,
    thesis: str,
    framework: Framework,
    labels: Sequence[int],
    relation_labels: Mapping[int, Label],
    strong: Strengths,
    semantics: Gradual,
) -> ThesisResult:
    """Work out what carries a thesis, a claim of the network.

    In the `framework` every relation is an argument; `labels` are its grounded labels, and `relation_labels` say
    whether each relation is in force. `strong` are the strengths with everything in place, under the gradual
    `semantics`.
    """
    bearing: list[Node] = [node for node in ancestors(network, thesis) if node != thesis]
    number = {claim_id: n for n, claim_id in enumerate(network.claims)}
    at = number[thesis]
    attacked = framework.attacked()
    weaker = _strengths_without(network, thesis, bearing, semantics)
    effects = []
    for node, strength in zip(bearing, weaker, strict=True):
        argument = number[node] if isinstance(node, str) else framework.relations[node]
        label = LABELS[grounded_without(framework, attacked, labels, argument).get(at, labels[at])]
        claim, relation = (node, None) if isinstance(node, str) else (None, node)
        effects.append(Effect(claim, relation, label, strength, strength - strong.values[thesis]))
    effects.sort(key=lambda effect: -abs(effect.change))
    stands = LABELS[labels[at]] == "in"
    return ThesisResult(
        thesis=thesis,
        label=LABELS[labels[at]],
        strength=strong.values[thesis],
        effects=tuple(effects),
        single_points=tuple(e.claim for e in effects if stands and e.claim is not None and e.label != "in"),
        lone_supports=_lone_supports(network, [thesis, *bearing]),
        objections=_objections(network, thesis, bearing, relation_labels, effects),
        questions=tuple(_questions(network, bearing)),
    )


def _strengths_without(network: Network, thesis: str, bearing: Sequence[Node], semantics: Gradual) -> list[float]:
    """Compute the strength of the thesis without each of the nodes, many rejections at a time."""
    import numpy as np

    found: list[float] = []
    for start in range(0, len(bearing), SCENARIOS):
        chunk = bearing[start : start + SCENARIOS]
        factors = 1.0 - np.eye(len(chunk))
        rejected = {node: factors[n] for n, node in enumerate(chunk)}
        value = strengths(network, semantics, rejected).values[thesis]
        found += np.broadcast_to(value, len(chunk)).tolist()
    return found


def _lone_supports(network: Network, nodes: Sequence[Node]) -> tuple[tuple[str, int], ...]:
    lone = []
    for node in nodes:
        if isinstance(node, str):
            supports = [index for index in network.into.get(node, ()) if not network.is_attack(index)]
            if len(supports) == 1:
                lone.append((node, supports[0]))
    return tuple(lone)


def sides_of(network: Network, thesis: str) -> dict[Node, int]:
    """Tell for each claim and relation that bears on a thesis whether it speaks for it (1) or against it (-1), on a shortest way."""
    side: dict[Node, int] = {thesis: 1}
    open_: list[Node] = [thesis]
    for node in open_:
        for index in network.into.get(node, ()):
            sign = -side[node] if network.is_attack(index) else side[node]
            ends: tuple[Node, ...] = (index, *network.relations[index].by)
            for end in ends:
                if end not in side:
                    side[end] = sign
                    open_.append(end)
    return side


def _objections(
    network: Network, thesis: str, bearing: Sequence[Node], labels: Mapping[int, Label], effects: Sequence[Effect]
) -> tuple[Objection, ...]:
    gain = {effect.relation: effect.change for effect in effects if effect.relation is not None}
    sides = sides_of(network, thesis)
    found = []
    for index in bearing:
        if isinstance(index, str) or not network.is_attack(index) or sides[network.targets[index]] < 0:
            continue
        relation = network.relations[index]
        target = network.targets[index]
        ends: tuple[Node, ...] = (*relation.by, index)
        answers = {
            source: None
            for end in ends
            for answer in network.into.get(end, ())
            if network.is_attack(answer)
            for source in network.relations[answer].by
        }
        name = target if isinstance(target, str) else network.relations[target].key
        found.append(
            Objection(index, relation.by, name, labels[index], tuple(answers), index in network.granted, gain[index])
        )
    return tuple(sorted(found, key=lambda o: (o.label != "in", o.label == "out", -o.gain)))


def _questions(network: Network, bearing: Sequence[Node]) -> list[OpenQuestion]:
    """List the critical questions of the supports' schemes that `questions` does not answer or dismiss."""
    found = []
    for index in bearing:
        relation = network.relations[index] if isinstance(index, int) else None
        if (
            not isinstance(relation, Support)
            or not relation.scheme
            or (scheme := schemes.named(relation.scheme)) is None
        ):
            continue
        answered = {key.casefold() for key in relation.questions}
        found += [
            OpenQuestion(int(index), scheme.name, question)
            for n, question in enumerate(scheme.questions, 1)
            if str(n) not in answered and question.casefold() not in answered
        ]
    return found
