"""A map in prose: everything its picture says, for readers who cannot see the picture or prefer text.

    near-equals.
      Because, taken together:  three-stages · side-by-side · deciding-together (unstated premise)
      Against it:               us-power-overshadows (conceded)

A map is a graph and prose is a line. So each claim is told in full once, at its first place, and only named
elsewhere. Branches deeper than `DEPTH` continue under a heading of their own; circles end where they began.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from argmap import graph
from argmap.model import AnyRelation, Map
from argmap.page.phrases import lead_of

DEPTH = 7
"""Levels of one tree. Deeper trees are hard to follow and too wide for a screen."""


@dataclass(slots=True)
class Entry:
    """A claim at one place of the outline."""

    claim: str
    told: bool = False
    """True at the one place that tells the claim in full."""
    steps: list[Step] = field(default_factory=list)
    later: bool = False
    """True when its own reasons follow further down."""


@dataclass(slots=True)
class Step:
    """A relation seen from its target: `lead` introduces it, `items` are its sources."""

    lead: str
    type: str
    items: list[Entry]
    scheme: str | None = None
    cue: str | None = None
    steps: list[Step] = field(default_factory=list)
    """Relations that target this relation."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A map as trees: the thesis, branches that were too deep, then the other claims."""

    theses: tuple[Entry, ...]
    branches: tuple[Entry, ...]
    apart: tuple[Entry, ...]
    loose: tuple[Step, ...]
    """Relations without a target, or with a target that is not in the map."""


def outline_of(map_: Map) -> Outline:
    """Turn a map into an outline, in time linear in its claims and relations."""
    writer = _Writer(map_)
    theses = tuple([writer.tree(thesis) for thesis in map_.theses if thesis in map_.claims])
    branches = list(writer.postponed())
    apart = []
    for claim_id in _tops_first(map_):
        if claim_id not in writer.told:
            apart.append(writer.tree(claim_id))
            apart.extend(writer.postponed())
    loose = [writer.step(r, 1) for r in map_.relations if r.target is None or not writer.knows(r.target)]
    return Outline(theses, tuple(branches), tuple(apart), tuple(loose))


def _tops_first(map_: Map) -> Iterator[str]:
    """Claims that support nothing first, then the rest, because a circle has no top."""
    below = {source for relation in map_.relations for source in relation.by if relation.target is not None}
    yield from (claim_id for claim_id in map_.claims if claim_id not in below)
    yield from map_.claims


class _Writer:
    def __init__(self, map_: Map) -> None:
        self.map = map_
        self.into = graph.ties(map_).into
        self.kinds = graph.attack_kinds(map_)
        self.keys = {relation.key for relation in map_.relations}
        self.told: set[str] = set()
        self._waiting: list[str] = []
        self._walked: set[int] = set()

    def knows(self, node: str) -> bool:
        return node in self.map.claims or node in self.keys

    def postponed(self) -> Iterator[Entry]:
        """Branches that were too deep, each as a tree of its own; each may postpone more."""
        while self._waiting:
            yield self.tree(self._waiting.pop(0), again=True)

    def tree(self, node: str, *, again: bool = False) -> Entry:
        return self._entry(node, 0, again=again)

    def _entry(self, node: str, level: int, *, again: bool = False) -> Entry:
        if node in self.told and not again:
            return Entry(node)
        entry = Entry(node, told=node in self.map.claims and not again)
        self.told.add(node)
        if level >= DEPTH and self.into.get(node):
            entry.later = True
            self._waiting.append(node)
        else:
            entry.steps = self._steps(node, level)
        return entry

    def _steps(self, target: str, level: int) -> list[Step]:
        return [self.step(relation, level + 1) for relation in self.into.get(target, ())]

    def step(self, relation: AnyRelation, level: int) -> Step:
        step = Step(lead_of(relation, self.kinds), relation.type, [], relation.scheme, relation.cue)
        step.items = [self._entry(source, level) for source in relation.by]
        # Relations may target one another in a circle: each is walked once.
        if id(relation) not in self._walked and relation.key in self.into:
            self._walked.add(id(relation))
            step.steps = self._steps(relation.key, level) if level < DEPTH else []
        return step
