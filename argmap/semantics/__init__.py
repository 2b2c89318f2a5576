"""Evaluate the argument of a map: which claims stand, how strongly, and what carries the thesis.

    map ─ network_of ─ framework_of ─ grounded, labellings      which claims stand together
                    └─ strengths                                how strongly each stands
                    └─ carriers                                 what the thesis rests on

`evaluate` does all of it. What it finds is about the map: a claim that nothing attacks stands, true or not.
"""

from __future__ import annotations

from collections.abc import Sequence

from argmap.findings import ArgmapError
from argmap.model import Map
from argmap.semantics.carriers import result_of, sides_of
from argmap.semantics.framework import (
    Framework,
    Label,
    Network,
    SupportKind,
    framework_of,
    network_of,
    plain_framework,
    speaks_for_author,
)
from argmap.semantics.gradual import Gradual, strengths
from argmap.semantics.grounded import LABELS, grounded
from argmap.semantics.labellings import (
    MOST_LABELLINGS,
    SECONDS,
    SEMANTICS,
    Labellings,
    Semantics,
    accepted,
    labellings,
)
from argmap.semantics.model import Evaluation, LabellingSet, Objection, ThesisResult
from argmap.semantics.words import CAUTION, LEAST_CHANGE, Sentence, Words, sentences, to_json
from argmap.text_tools import did_you_mean

__all__ = [
    "CAUTION",
    "LABELS",
    "LEAST_CHANGE",
    "SEMANTICS",
    "Evaluation",
    "Framework",
    "Labellings",
    "Network",
    "Objection",
    "Sentence",
    "ThesisResult",
    "Words",
    "accepted",
    "evaluate",
    "framework_of",
    "grounded",
    "labellings",
    "network_of",
    "plain_framework",
    "sentences",
    "sides_of",
    "speaks_for_author",
    "strengths",
    "to_json",
]


def evaluate(
    map_: Map,
    semantics: Sequence[Semantics] = ("grounded",),
    *,
    support: SupportKind = "necessary",
    gradual: Gradual = "dfquad",
    all_voices: bool = False,
    concessions_defeat: bool = False,
    claim: str | None = None,
    most: int = MOST_LABELLINGS,
    seconds: float = SECONDS,
) -> Evaluation:
    """Evaluate the argument of a map.

    Parameters
    ----------
    map_
        The map.
    semantics
        Which labellings to list. Labels, and what carries the thesis, always follow grounded semantics.
    support
        What support means: a claim with supports needs one of them (`necessary`), or a support carries its conclusion
        (`deductive`).
    gradual
        How strengths are computed: `dfquad` or `energy`.
    all_voices
        Evaluate claims that the text only reports, asks or rejects, too.
    concessions_defeat
        Let an objection that the author concedes defeat what it attacks; by default it only weakens it.
    claim
        Tell what carries this claim, instead of the thesis.
    most, seconds
        Limits for each of the `semantics`.

    Returns
    -------
    Evaluation
        About the map as it stands, and not about the world.

    Raises
    ------
    ArgmapError
        When a semantics or the claim is unknown, or a semantics needs a solver that is not installed.
    """
    if claim is not None and claim not in map_.claims:
        hint = did_you_mean(claim, map_.claims, "`argmap stats` counts them.")
        raise ArgmapError(f"the map {map_.id} has no claim {claim!r}. {hint}")
    if unknown := [name for name in semantics if name not in SEMANTICS]:
        raise ArgmapError(f"there is no semantics {unknown[0]}; choose from {', '.join(SEMANTICS)}")
    network = network_of(map_, all_voices=all_voices, concessions_defeat=concessions_defeat)
    explicit = framework_of(network, support, explicit=True)
    numbers = grounded(explicit)
    labels: dict[str, Label] = {claim_id: LABELS[numbers[n]] for n, claim_id in enumerate(network.claims)}
    in_force = {
        index: _weakest([LABELS[numbers[argument]], *(labels[source] for source in network.relations[index].by)])
        for index, argument in explicit.relations.items()
    }
    strong = strengths(network, gradual)
    theses = tuple(
        result_of(network, thesis, explicit, numbers, in_force, strong, gradual)
        for thesis in ([claim] if claim is not None else map_.theses)
        if thesis in labels
    )
    found = {}
    framework = framework_of(network, support)
    for name in dict.fromkeys(semantics):
        result = labellings(framework, name, most=most, seconds=seconds)
        sets = tuple(dict(zip(network.claims, labelling.labels, strict=True)) for labelling in result.found)
        found[name] = LabellingSet(sets, result.complete)
    return Evaluation(
        map_id=map_.id,
        claim=claim,
        title=map_.title,
        support=support,
        gradual=gradual,
        all_voices=all_voices,
        labels=labels,
        relation_labels=in_force,
        strengths={claim_id: strong.values[claim_id] for claim_id in network.claims},
        converged=strong.converged,
        implicit=tuple(claim_id for claim_id in network.claims if map_.claims[claim_id].implicit),
        left_aside=network.left_aside,
        theses=theses,
        labellings=found,
        map_=map_,
    )


def _weakest(labels: Sequence[Label]) -> Label:
    """A relation is in force when it and all its sources are `in`, and fails when one is `out`."""
    return "out" if "out" in labels else "undecided" if "undecided" in labels else "in"
