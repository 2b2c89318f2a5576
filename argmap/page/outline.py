"""A map told in prose: all that its picture says, for who cannot see it or would rather read.

    near-equals.
      Because, taken together:  three-stages · side-by-side · deciding-together (unstated premise)
      Against it, “even if”:    us-power-overshadows (conceded)

A map is a graph and prose is a line, so each claim is told in full once, at its first place, and named
elsewhere. What lies deeper than `DEPTH` is told further down, under a heading of its own; circles end by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from argmap import graph
from argmap.model import AnyRelation, Map
from argmap.page.phrases import ROLE_OF_ATTACK

DEPTH = 7
"""Levels of one tree; more are hard to follow, and no screen is wide enough."""


@dataclass(slots=True)
class Entry:
    """A claim; `told` when this is the one place that tells it in full."""

    claim: str
    told: bool = False
    steps: list[Step] = field(default_factory=list)
    later: bool = False
    """Its own reasons stand further down."""


@dataclass(slots=True)
class Step:
    """A relation seen from its target: `lead` says what it does, `items` do it."""

    lead: str
    type: str
    items: list[Entry]
    scheme: str | None = None
    cue: str | None = None
    steps: list[Step] = field(default_factory=list)
    """Relations on this relation."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A map as trees: the thesis and what leads to it, long branches by themselves, then what stands apart."""

    thesis: Entry | None
    branches: tuple[Entry, ...]
    apart: tuple[Entry, ...]
    loose: tuple[Step, ...]
    """Relations without a target, or with one that is not in the map."""


def outline_of(m: Map) -> Outline:
    """Tell the map; linear in claims and relations."""
    teller = _Teller(m)
    thesis = teller.tree(m.thesis) if m.thesis in m.claims and m.thesis else None
    branches = list(teller.waiting_ones())
    apart = []
    for id in _tops_first(m):
        if id not in teller.told:
            apart.append(teller.tree(id))
            apart.extend(teller.waiting_ones())
    loose = [teller.step(r, 1) for r in m.relations if r.target is None or not teller.knows(r.target)]
    return Outline(thesis, tuple(branches), tuple(apart), tuple(loose))


def _tops_first(m: Map) -> Iterator[str]:
    """Claims that are reasons for nothing, then the rest (circles have no top)."""
    below = {source for relation in m.relations for source in relation.by if relation.target is not None}
    yield from (id for id in m.claims if id not in below)
    yield from m.claims


class _Teller:
    def __init__(self, m: Map) -> None:
        self.map = m
        self.tied = graph.ties(m)
        self.kinds = graph.attack_kinds(m)
        self.keys = {relation.key for relation in m.relations}
        self.told: set[str] = set()
        self._waiting: list[str] = []
        self._walked: set[int] = set()

    def knows(self, id: str) -> bool:
        return id in self.map.claims or id in self.keys

    def waiting_ones(self) -> Iterator[Entry]:
        """The branches that were too deep, each as a tree of its own; telling one may leave more waiting."""
        while self._waiting:
            yield self.tree(self._waiting.pop(0), again=True)

    def tree(self, id: str, *, again: bool = False) -> Entry:
        return self._entry(id, 0, again=again)

    def _entry(self, id: str, level: int, *, again: bool = False) -> Entry:
        if id in self.told and not again:
            return Entry(id)
        entry = Entry(id, told=id in self.map.claims and not again)
        self.told.add(id)
        if level >= DEPTH and self.tied.into.get(id):
            entry.later = True
            self._waiting.append(id)
            return entry
        entry.steps = self._steps(id, level)
        return entry

    def _steps(self, target: str, level: int) -> list[Step]:
        return [self.step(relation, level + 1) for relation in self.tied.into.get(target, ())]

    def step(self, relation: AnyRelation, level: int) -> Step:
        told = Step(self._lead(relation), relation.type, [], relation.scheme, relation.cue)
        told.items = [self._entry(source, level) for source in relation.by]
        # A relation may be its own target's target: each is walked once.
        if id(relation) not in self._walked and relation.key in self.tied.into:
            self._walked.add(id(relation))
            told.steps = self._steps(relation.key, level) if level < DEPTH else []
        return told

    def _lead(self, relation: AnyRelation) -> str:
        if relation.type == "attack":
            return ROLE_OF_ATTACK[self.kinds[relation.key]]
        if relation.type == "rephrase":
            return "Said again"
        return "Because, taken together" if len(relation.by) > 1 else "Because"
