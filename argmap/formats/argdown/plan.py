"""Map → what Argdown can say of it: which relation is a line, which a premise–conclusion structure, and which is neither.

    support of A by B                       a line:  `+ [B]` below `[A]`
    support of A by B and C, or with        a premise–conclusion structure, whose title is the support's id
      an id, a scheme, a cue, a note
    attack on a support                     `<_` below the dashes of its inference
    attack on an attack, relation as reason nothing: lost, and counted

`plan` is asked twice: for the map as Argdown can hold it (`Plan.map`), and, of that map, for what to write. So what is
declared and what is written are one; planning a planned map changes nothing.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

from argmap.formats.argdown.document import SYMMETRIC
from argmap.formats.argdown.extra import NAME, NOT_HEARD, ClaimFacts, MapFacts, RelationFacts, writable_title
from argmap.formats.argdown.structures import structures_of
from argmap.formats.argdown.to_map import sketch_id
from argmap.formats.argdown.trees import grow
from argmap.formats.argdown.write_model import Arrow, ArrowKind, Plan, Structure
from argmap.ids import FreeNames
from argmap.model import Attack, Claim, FrozenDict, Map, Rephrase, Support

Value = TypeVar("Value", Claim, Support | Attack | Rephrase)


class _Line(NamedTuple):
    """A relation that is to be a line, with its facts."""

    relation: Support | Attack | Rephrase
    facts: RelationFacts

    @property
    def source(self) -> str:
        """The claim that it starts from; a line has one."""
        return self.relation.by[0]

    @property
    def target(self) -> str:
        """The claim or relation that it leads to."""
        return self.relation.target or ""


def plan(m: Map) -> Plan:
    """Plan the writing of a map."""
    return _Planner(m).plan()


class _Planner:
    """One map on its way to a plan. Each method settles one thing, in the order of `plan`."""

    def __init__(self, m: Map) -> None:
        self.m = m
        self.whole = MapFacts.of(m.extra)
        sections = len(self.whole.sections)
        self.claims = {id: ClaimFacts.of(c.extra, id, c.text, sections) for id, c in m.claims.items()}
        self.apart: list[tuple[Support, RelationFacts]] = []
        """Supports that are taken apart."""
        self.lines: list[_Line] = []
        self.structures: list[Structure] = []
        self.sketched: dict[str, str] = {}
        """Ids of what an argument told in a sentence does, where it is undercut as a whole, and that argument."""
        self.into: dict[int, tuple[Structure, int]] = {}
        """Where the lines lead that lead to a support: its structure, and which step it is."""

    def plan(self) -> Plan:
        """The plan."""
        self._tell_apart()
        self._sketches()
        self._titles()
        titles = FreeNames(facts.title or id for id, facts in self.claims.items() if facts.argument)
        self.structures = structures_of(self.apart, titles, self.m.claims)
        self._targets()
        self._symmetric()
        self._strict()
        self._heard()
        arrows, relations = self._arrows()
        parts = grow(self.claims, self.structures, arrows)
        aimed = {line.target for line in self.lines if id(line.relation) in self.into}
        return Plan(self._map(relations), self.whole, self.claims, arrows, self.structures, aimed, parts)

    def _tell_apart(self) -> None:
        """Tell supports that are taken apart from relations that are a line."""
        sections = len(self.whole.sections)
        seen: set[tuple[str, str]] = set()
        for relation in self.m.relations:
            if not relation.by or not all(claim in self.m.claims for claim in relation.by):
                continue
            line = _Line(relation, RelationFacts.of(relation.extra, sections))
            if not isinstance(relation, Support) or line.target not in self.m.claims:
                self.lines += [line] if len(relation.by) == 1 else []
            elif self._is_plain(line) and not line.facts.kept() and (line.source, line.target) not in seen:
                seen.add((line.source, line.target))
                self.lines.append(line)
            else:
                self.apart.append((relation, line.facts))
        for support, facts in self.apart:
            self._are_statements(support, facts)

    def _is_plain(self, line: _Line) -> bool:
        """Whether a line says all of it."""
        relation = line.relation
        if len(relation.by) > 1 or relation.scheme or relation.cue or relation.note:
            return False
        return relation.id is None or self._does_as_sketch(line)

    def _does_as_sketch(self, line: _Line) -> bool:
        """Whether it is something that an argument told in a sentence does, and has its id only to be undercut."""
        named = line.relation.id is not None and line.relation.id.startswith(sketch_id(line.source, line.target))
        return named and self.claims[line.source].argument

    def _are_statements(self, support: Support, facts: RelationFacts) -> None:
        """Premises and conclusions are statements."""
        for claim in (*support.by, support.target, *(claim for some in facts.premises or () for claim in some)):
            if claim in self.claims:
                self.claims[claim].argument = False

    def _sketches(self) -> None:
        """What undercuts all that an argument told in a sentence does undercuts the argument; less has to be taken apart."""
        named = [line for line in self.lines if self._does_as_sketch(line)]
        ids = {line.relation.id for line in named}
        does: dict[str, list[_Line]] = {line.source: [] for line in named}
        against: dict[str, set[str]] = {}
        for line in self.lines:
            if line.target in ids and isinstance(line.relation, Attack):
                against.setdefault(line.target, set()).add(line.source)
            elif line.source in does and line.facts.kind != "undercut":
                does[line.source].append(line)
        moved: set[int] = set()
        for argument, lines in does.items():
            attackers = [against.get(line.relation.id or "", set()) for line in lines]
            alike = bool(attackers and attackers[0]) and all(one == attackers[0] for one in attackers)
            if alike and self.claims[argument].argument and len({line.relation.id for line in lines}) == len(lines):
                self.sketched.update({line.relation.id or "": argument for line in lines})
                continue
            for line in lines:
                if isinstance(line.relation, Support) and line.relation.id and line.target in self.m.claims:
                    moved.add(id(line.relation))
                    self.apart.append((line.relation, line.facts))
                    self._are_statements(line.relation, line.facts)
        self.lines = [line for line in self.lines if id(line.relation) not in moved]

    def _titles(self) -> None:
        """No two statements and no two arguments share a title; ids go before."""
        taken = {True: set(self.m.claims), False: set(self.m.claims)}
        for facts in self.claims.values():
            fits = facts.title is None or writable_title(facts.title, argument=facts.argument)
            if not fits or facts.title in taken[facts.argument]:
                facts.title, facts.undefined = None, False
            elif facts.title is not None:
                taken[facts.argument].add(facts.title)
        for id in NOT_HEARD & self.claims.keys():
            facts = self.claims[id]
            if facts.title is None:
                facts.title, facts.undefined = f"{id} .", False
                while facts.title in taken[facts.argument]:
                    facts.title += "."

    def _targets(self) -> None:
        """Leave out the lines that lead to what cannot be pointed at."""
        steps = {r.id: (s, n) for s in reversed(self.structures) for n, r in enumerate(s.supports) if r.id is not None}
        kept = []
        for line in self.lines:
            if line.target not in self.m.claims and line.target not in self.sketched:
                structure, n = steps.get(line.target, (None, 0))
                if structure is None:
                    continue
                undercut = isinstance(line.relation, Attack) and line.facts.kind != "attack"
                if not undercut and (structure.title is None or n < len(structure.supports) - 1):
                    continue
                self.into[id(line.relation)] = (structure, n)
            if not isinstance(line.relation, Rephrase):
                kept.append(line)
        self.lines = kept

    def _symmetric(self) -> None:
        """Two halves of a contradiction are one line; half a contradiction is an attack."""
        halves: dict[tuple[str, str, str], _Line] = {}
        for line in self.lines:
            kind = line.facts.kind
            if kind in SYMMETRIC and isinstance(line.relation, Attack) and line.target in self.claims:
                halves.setdefault((kind or "", line.source, line.target), line)
        whole: set[int] = set()
        for (kind, source, target), line in halves.items():
            statements = [self.claims[source].argument, self.claims[target].argument].count(False)
            paired = (kind, target, source) in halves and source != target
            if paired and statements >= (2 if kind == "contrary" else 1):
                whole.add(id(line.relation))
        for line in self.lines:
            if line.facts.kind in SYMMETRIC and id(line.relation) not in whole:
                line.facts.kind = None

    def _strict(self) -> None:
        """In strict mode, every attack between statements is one of contraries: it holds for all or for none."""

        def one_way(line: _Line) -> bool:
            if not isinstance(line.relation, Attack) or line.facts.kind in SYMMETRIC or line.source == line.target:
                return False
            return line.target in self.claims and not (
                self.claims[line.source].argument or self.claims[line.target].argument
            )

        if self.whole.strict and any(map(one_way, self.lines)):
            self.whole.be_loose()
        if not self.whole.strict:
            for line in self.lines:
                line.facts.kind = None if line.facts.kind == "contrary" else line.facts.kind

    def _heard(self) -> None:
        """Of an attack on an argument that is also one on a premise of it, Argdown hears only the latter."""
        against: dict[str, set[str]] = {}
        for line in self.lines:
            if isinstance(line.relation, Attack) and line.target in self.claims:
                against.setdefault(line.source, set()).add(line.target)

        def heard(line: _Line) -> bool:
            structure, _ = self.into.get(id(line.relation), (None, 0))
            if structure is None or line.facts.kind != "attack" or self.claims[line.source].argument:
                return True
            premises = {numbered.claim for numbered in structure.lines if numbered.concludes is None}
            return premises.isdisjoint(against.get(line.source, ()))

        self.lines = [line for line in self.lines if heard(line)]

    def _arrows(self) -> tuple[list[Arrow], list[Support | Attack | Rephrase]]:
        """An arrow for each line, once; and the relations as they will be read."""
        arrows: list[Arrow] = []
        made: set[tuple[str, str, str]] = set()
        seen: set[tuple[str, str, str]] = set()
        relations: list[Support | Attack | Rephrase] = []
        for structure in self.structures:
            relations += map(_with_facts, structure.supports, structure.facts)
        idle = self._idle()
        for line in self.lines:
            kind, facts = self._kind(line, idle)
            if (kind, line.source, line.target) in seen:
                continue
            seen.add((kind, line.source, line.target))
            name = line.relation.id if line.relation.id in self.sketched else None
            bare = {"id": name, "scheme": None, "cue": None, "note": None, "extra": _extra(facts.kept())}
            relations.append(_with(line.relation, bare))
            source, target = line.source, self.sketched.get(line.target, line.target)
            if kind == "contradictory" and self.claims[target].argument:
                source, target = target, source
            if (kind, source, target) in made or (kind in SYMMETRIC and (kind, target, source) in made):
                continue
            made.add((kind, source, target))
            self._put(Arrow(kind, source, target), line, arrows)
        return arrows, relations

    def _put(self, arrow: Arrow, line: _Line, arrows: list[Arrow]) -> None:
        structure, n = self.into.get(id(line.relation), (None, 0))
        if structure is None:
            arrows.append(arrow)
        elif arrow.kind == "undercut":
            structure.undercuts[n].append(arrow)
        else:
            structure.arrows.append(arrow)

    def _kind(self, line: _Line, idle: set[str]) -> tuple[ArrowKind, RelationFacts]:
        """What sign a line gets, and what has to be kept for it to be read as it is."""
        if isinstance(line.relation, Support):
            return "support", RelationFacts()
        if line.facts.kind in SYMMETRIC:
            return ("contrary" if line.facts.kind == "contrary" else "contradictory"), RelationFacts(
                kind=line.facts.kind
            )
        if line.target in self.sketched:
            return "undercut", RelationFacts()
        if id(line.relation) in self.into:
            whole = line.facts.kind == "attack"
            return ("attack", RelationFacts(kind="attack")) if whole else ("undercut", RelationFacts())
        if line.facts.kind == "undercut" and line.target in idle:
            return "undercut", RelationFacts(kind="undercut")
        return "attack", RelationFacts()

    def _idle(self) -> set[str]:
        """Arguments told in a sentence that do nothing to anybody."""
        undercut = {
            id(line.relation) for line in self.lines if line.facts.kind == "undercut" or line.target in self.sketched
        }
        busy = {line.source for line in self.lines if id(line.relation) not in undercut}
        return {id for id, facts in self.claims.items() if facts.argument and id not in busy}

    def _map(self, relations: list[Support | Attack | Rephrase]) -> Map:
        claims = {
            id: _with(claim, {"extra": _extra(self.claims[id].settled().kept())}) for id, claim in self.m.claims.items()
        }
        update = {"claims": FrozenDict(claims), "relations": tuple(relations), "extra": _extra(self.whole.kept())}
        return self.m.model_copy(update=update)


def _with_facts(relation: Support | Attack | Rephrase, facts: RelationFacts) -> Support | Attack | Rephrase:
    return _with(relation, {"extra": _extra(facts.kept())})


def _with(value: Value, update: dict[str, Any]) -> Value:
    """A claim or relation with some fields changed; itself where they say so already, for copies take time."""
    if all(getattr(value, name) == item for name, item in update.items()):
        return value
    return value.model_copy(update=update)


def _extra(kept: dict[str, object]) -> FrozenDict:
    return FrozenDict({NAME: kept} if kept else {})
