"""The results of an evaluation: plain frozen values, ready for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from argmap.model import Map
from argmap.semantics.framework import Label, LeftAside, SupportKind
from argmap.semantics.gradual import Gradual
from argmap.semantics.labellings import Semantics
from argmap.text_tools import escape_markdown


@dataclass(frozen=True, slots=True)
class Effect:
    """The change of a thesis when one claim or relation is rejected."""

    claim: str | None
    """The claim, or `None` for a relation."""
    relation: int | None
    """The index of the relation in the map, or `None` for a claim."""
    label: Label
    """The label of the thesis without it."""
    strength: float
    """The strength of the thesis without it, in [0, 1]."""
    change: float
    """That strength less the strength with it: negative where it carries the thesis, positive where it objects."""


@dataclass(frozen=True, slots=True)
class Objection:
    """An attack that bears on the thesis, directly or through what it rests on."""

    relation: int
    """The index of the attack in the map."""
    claims: tuple[str, ...]
    """The attacking claims."""
    target: str
    """The claim that is attacked; for an attack on a relation, the claim or relation by its key."""
    label: Label
    """`in` if the attack is in force, `out` if it is answered, `undecided` if it is open."""
    answers: tuple[str, ...]
    """Claims that attack the attacking claims or the attack itself."""
    granted: bool
    """The author concedes it and holds the target all the same, so that it weakens the target and does not defeat it."""
    gain: float
    """Gain in strength of the thesis if the attack failed."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A critical question of a support's scheme that the map does not answer."""

    relation: int
    scheme: str
    question: str


@dataclass(frozen=True, slots=True)
class ThesisResult:
    """The support and the objections of one thesis."""

    thesis: str
    label: Label
    strength: float
    effects: tuple[Effect, ...]
    """One for each claim and relation that bears on the thesis, the strongest change first."""
    single_points: tuple[str, ...]
    """Claims without which the thesis falls, though it stands with them."""
    lone_supports: tuple[tuple[str, int], ...]
    """Claims that rest on one support alone, with the index of that support."""
    objections: tuple[Objection, ...]
    """The strongest first, those in force before the others."""
    questions: tuple[OpenQuestion, ...]


@dataclass(frozen=True, slots=True)
class LabellingSet:
    """The labellings of the claims under one semantics."""

    found: tuple[Mapping[str, Label], ...]
    complete: bool
    """False where a limit was reached: there are at least these."""


@dataclass(frozen=True, slots=True, repr=False)
class Evaluation:
    """The evaluation of the argument of a map."""

    map_id: str
    title: str | None
    claim: str | None
    """The claim that was asked about, instead of the thesis."""
    support: SupportKind
    gradual: Gradual
    all_voices: bool
    labels: Mapping[str, Label]
    """Grounded label of each claim that was evaluated."""
    relation_labels: Mapping[int, Label]
    """The status of each evaluated relation, by its index in the map."""
    strengths: Mapping[str, float]
    """Gradual strength of each claim that was evaluated, in [0, 1]."""
    converged: bool
    """False where the strengths of claims in circles did not settle."""
    implicit: tuple[str, ...]
    """Unstated premises of the analyst's among the claims."""
    left_aside: LeftAside
    theses: tuple[ThesisResult, ...]
    labellings: Mapping[Semantics, LabellingSet] = field(default_factory=dict)
    """The semantics that were asked for."""
    map_: Map | None = field(default=None, compare=False)
    """The map that was evaluated."""

    def __repr__(self) -> str:
        told = ", ".join(f"{r.thesis} {r.label}, strength {r.strength:.2f}" for r in self.theses) or "no thesis"
        return f"Evaluation({self.map_id!r}: {told}; {len(self.labels)} claims)"

    def _repr_markdown_(self) -> str | None:
        """Show the findings in a notebook."""
        from argmap.semantics.words import sentences

        if self.map_ is None:
            return None
        return "\n".join(
            f"- {escape_markdown(sentence.text)}" for sentence in sentences(self, self.map_, options=False)
        )
