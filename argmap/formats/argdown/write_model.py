"""What a plan is made of: lines between claims, arguments that are taken apart, trees of statements without titles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from argmap.formats.argdown.extra import ClaimFacts, MapFacts, RelationFacts
from argmap.formats.argdown.layout import Numbered
from argmap.model import Map, Support

ArrowKind = Literal["support", "attack", "contrary", "contradictory", "undercut"]


@dataclass(slots=True, eq=False)
class Arrow:
    """A relation line between two claims, or between a claim and an argument that is taken apart."""

    kind: ArrowKind
    source: str
    target: str
    argument: str | None = None
    """Title of an argument that stands for the other end, in the line of the one end that is a claim."""
    outgoing: bool = False
    """Whether that one end is the source."""
    anchors: bool = False
    """Whether the statement at its target is told here and nowhere else."""
    written: bool = False


@dataclass(slots=True)
class Structure:
    """An argument that is taken apart: its supports, its lines, and who undercuts which inference."""

    supports: list[Support]
    facts: list[RelationFacts]
    lines: list[Numbered]
    title: str | None
    arrows: list[Arrow] = field(default_factory=list)
    """What supports or attacks it as a whole."""
    undercuts: list[list[Arrow]] = field(default_factory=list)
    """For each support."""

    @property
    def main(self) -> RelationFacts:
        """What is known of the argument as a whole."""
        return self.facts[-1]


@dataclass(slots=True, eq=False)
class Part:
    """A tree of statements without titles, told in one place."""

    anchored: bool = False
    """Whether that place is given: the line of a structure, or below an argument that one of them contradicts."""


@dataclass(slots=True)
class Plan:
    """What to write of a map, and the map that says just that."""

    map: Map
    facts: MapFacts
    claims: dict[str, ClaimFacts]
    arrows: list[Arrow]
    structures: list[Structure]
    aimed: set[str]
    """Ids of the supports that another relation points to."""
    parts: dict[str, Part]
    """The tree that a claim without a title belongs to."""
