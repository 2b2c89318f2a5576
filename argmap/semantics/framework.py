"""Translate a map into an abstract argumentation framework (Dung 1995).

A map has more than attacks between arguments: supports, premises that work only together, and relations on
relations. Each is expressed with attacks between auxiliary arguments, so that every semantics for plain frameworks
applies. With necessary support (Nouioua and Risch 2011), the default:

    support c by a             "unsupported c" attacks c; a attacks "unsupported c"
    support c by a, b          the support is an argument, attacked by "not a" and by "not b"; it attacks "unsupported c"
    attack c by a              a attacks c
    attack c by a, b           the attack is an argument, attacked by "not a" and by "not b"; it attacks c
    a relation that is itself attacked or supported becomes an argument, attacked by "not a" for each source a

So a claim with supports needs one of them in force; a claim without any stands by itself until it is attacked. With
deductive support (Boella, Gabbay, van der Torre and Villata 2010), a claim that falls takes each claim that supports it
along: "not c", with the other premises, attacks each premise.

An attack by a claim that the author concedes ("A, even if B") does not defeat what the author holds; it counts in the
gradual strength, and in the framework on request.

What is lost: rephrases neither support nor attack. A circle of supports is undecided under grounded semantics, and may
hold itself up under the others.

Recursive attacks and supports follow Cayrol, Cohen and Lagasquie-Schiex (2021), "Higher-order interactions (bipolar or
not) in abstract argumentation".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from argmap.model import AnyRelation, Attack, Claim, Map, Support

SupportKind = Literal["necessary", "deductive"]
Label = Literal["in", "out", "undecided"]

SILENT_COMMITMENTS = ("rejected", "asked", "reported")
"""Claims with these commitments are not the author's own."""


@dataclass(frozen=True, slots=True)
class Framework:
    """Arguments by number, and who attacks whom.

    The first `shown` arguments are those of the map or file; the rest are auxiliary.
    """

    names: tuple[str, ...]
    attackers: tuple[tuple[int, ...], ...]
    """The attackers of each argument."""
    shown: int
    relations: Mapping[int, int] = field(default_factory=dict)
    """The arguments that stand for relations, by the relation's index in the map."""

    def attacked(self) -> list[list[int]]:
        """Return the arguments that each argument attacks."""
        attacked: list[list[int]] = [[] for _ in self.names]
        for target, sources in enumerate(self.attackers):
            for source in sources:
                attacked[source].append(target)
        return attacked


def plain_framework(names: Iterable[str], attacks: Iterable[tuple[str, str]]) -> Framework:
    """Build a framework from names and attacks alone.

    Parameters
    ----------
    names
        The arguments.
    attacks
        Pairs of attacker and attacked, both among `names`.
    """
    ordered = tuple(names)
    number = {name: n for n, name in enumerate(ordered)}
    attackers: list[dict[int, None]] = [{} for _ in ordered]
    for source, target in attacks:
        attackers[number[target]][number[source]] = None
    return Framework(ordered, tuple(map(tuple, attackers)), len(ordered))


@dataclass(frozen=True, slots=True)
class LeftAside:
    """The parts of a map that do not enter its framework."""

    claims: Mapping[str, str] = field(default_factory=dict)
    """Claims that do not speak for the author, with their commitment."""
    relations: Mapping[int, str] = field(default_factory=dict)
    """Relations, by their index in the map, with the reason."""


@dataclass(frozen=True, slots=True)
class Network:
    """The part of a map that is evaluated: its claims, and the relations between them by index."""

    map_: Map
    claims: tuple[str, ...]
    relations: Mapping[int, AnyRelation]
    """Supports and attacks whose sources and target are all there."""
    targets: Mapping[int, str | int]
    """The target of each relation: a claim's id, or the index of a relation."""
    into: Mapping[str | int, tuple[int, ...]]
    """The relations that bear on a claim or a relation."""
    granted: frozenset[int]
    """Attacks by claims that the author concedes, on what the author holds all the same: they do not defeat it."""
    left_aside: LeftAside

    def is_attack(self, index: int) -> bool:
        """Return whether a relation is an attack."""
        return isinstance(self.relations[index], Attack)


def speaks_for_author(claim: Claim) -> bool:
    """Return whether the author holds the claim: asserted or conceded."""
    return claim.commitment not in SILENT_COMMITMENTS


def network_of(map_: Map, *, all_voices: bool = False, concessions_defeat: bool = False) -> Network:
    """Choose the claims and relations of a map that are evaluated.

    Parameters
    ----------
    map_
        The map.
    all_voices
        Take claims that the text only reports, asks or rejects as arguments, too.
    concessions_defeat
        Let an objection that the author concedes defeat what it attacks. By default it weakens it only: who writes "A,
        even if B" grants B and holds A.

    Returns
    -------
    Network
        Without rephrases, relations without a target, and relations that need a claim or relation that is left aside.
    """
    aside = {} if all_voices else {k: c.commitment for k, c in map_.claims.items() if not speaks_for_author(c)}
    claims = tuple(claim_id for claim_id in map_.claims if claim_id not in aside)
    held = set(claims)
    first = _first_of_key(map_)
    kept: dict[int, AnyRelation] = {}
    reasons: dict[int, str] = {}
    for index, relation in enumerate(map_.relations):
        if not isinstance(relation, Support | Attack):
            reasons[index] = "a rephrase neither supports nor attacks"
        elif relation.target is None or (relation.target not in map_.claims and relation.target not in first):
            reasons[index] = "it has no target"
        elif not relation.by:
            reasons[index] = "it has no source"
        elif outside := [source for source in relation.by if source not in held]:
            why = "is not the author's" if outside[0] in aside else "is not a claim of the map"
            reasons[index] = f"{outside[0]} {why}"
        elif relation.target in aside:
            reasons[index] = f"{relation.target} is not the author's"
        else:
            kept[index] = relation
    _drop_hanging(map_, kept, reasons, first)
    targets = {index: _target(map_, relation, first) for index, relation in kept.items()}
    into: dict[str | int, list[int]] = {}
    for index, target in targets.items():
        into.setdefault(target, []).append(index)
    bearing = {target: tuple(indices) for target, indices in into.items()}
    granted = frozenset(
        index
        for index, relation in kept.items()
        if isinstance(relation, Attack)
        and not concessions_defeat
        and any(map_.claims[source].commitment == "conceded" for source in relation.by)
        and (claim := map_.claims.get(relation.target or "")) is not None
        and claim.commitment == "asserted"
    )
    return Network(map_, claims, kept, targets, bearing, granted, LeftAside(aside, reasons))


def _first_of_key(map_: Map) -> dict[str, int]:
    first: dict[str, int] = {}
    for index, relation in enumerate(map_.relations):
        first.setdefault(relation.key, index)
    return first


def _target(map_: Map, relation: AnyRelation, first: Mapping[str, int]) -> str | int:
    target = relation.target or ""
    return target if target in map_.claims else first[target]


def _drop_hanging(map_: Map, kept: dict[int, AnyRelation], reasons: dict[int, str], first: Mapping[str, int]) -> None:
    """Drop relations that bear on a dropped relation, as far as that leads."""
    on: dict[int, list[int]] = {}
    for index, relation in kept.items():
        if relation.target not in map_.claims:
            on.setdefault(first[relation.target or ""], []).append(index)
    gone = [index for index in on if index not in kept]
    while gone:
        for index in on.get(gone.pop(), ()):
            if kept.pop(index, None) is not None:
                reasons[index] = "it bears on a relation that is left aside"
                gone.append(index)


class _Builder:
    """Collects arguments and attacks while a network is translated."""

    def __init__(self, network: Network, support: SupportKind, explicit: bool) -> None:
        self.network = network
        self.support = support
        self.explicit = explicit
        self.names: list[str] = list(network.claims)
        self.number: dict[object, int] = {claim_id: n for n, claim_id in enumerate(network.claims)}
        self.attackers: list[dict[int, None]] = [{} for _ in self.names]

    def node(self, key: object, name: str) -> int:
        if key not in self.number:
            self.number[key] = len(self.names)
            self.names.append(name)
            self.attackers.append({})
        return self.number[key]

    def attack(self, source: int, target: int) -> None:
        self.attackers[target][source] = None

    def complement(self, claim_id: str) -> int:
        """Return the argument "not c", which c attacks."""
        known = ("not", claim_id) in self.number
        node = self.node(("not", claim_id), f"not {claim_id}")
        if not known:
            self.attack(self.number[claim_id], node)
        return node

    def relation(self, index: int) -> int:
        """Return the argument that a relation is, or the only source of one that nothing bears on."""
        relation = self.network.relations[index]
        if len(relation.by) == 1 and index not in self.network.into and not self.explicit:
            return self.number[relation.by[0]]
        known = index in self.number
        node = self.node(index, relation.key)
        # A deductive support is a step from premises to conclusion, which holds whether or not the premises do.
        if not known and not (self.support == "deductive" and isinstance(relation, Support)):
            for source in dict.fromkeys(relation.by):
                self.attack(self.complement(source), node)
        return node

    def unsupported(self, target: str | int) -> int:
        """Return the argument "unsupported t", which attacks t."""
        known = ("unsupported", target) in self.number
        node = self.node(("unsupported", target), f"unsupported {target}")
        if not known:
            self.attack(node, self.end(target))
        return node

    def end(self, target: str | int) -> int:
        return self.number[target] if isinstance(target, str) else self.relation(target)

    def add(self, index: int, relation: AnyRelation) -> None:
        target = self.network.targets[index]
        if index in self.network.granted:
            if self.explicit or index in self.network.into:
                self.relation(index)
        elif isinstance(relation, Attack):
            self.attack(self.relation(index), self.end(target))
        elif self.support == "necessary":
            self.attack(self.relation(index), self.unsupported(target))
        else:
            self.contrapose(index, relation, target)

    def contrapose(self, index: int, relation: AnyRelation, target: str | int) -> None:
        """Let each premise fall when the target falls while the other premises and the support itself hold."""
        premises = tuple(dict.fromkeys(relation.by))
        fails = None
        if self.explicit or index in self.network.into:
            step = self.relation(index)
            fails = self.node(("not", index), f"not {relation.key}")
            self.attack(step, fails)
        for premise in premises:
            against = self.node(("against", index, premise), f"{relation.key} against {premise}")
            self.attack(self.end(target), against)
            if fails is not None:
                self.attack(fails, against)
            for other in premises:
                if other != premise:
                    self.attack(self.complement(other), against)
            self.attack(against, self.number[premise])


def framework_of(network: Network, support: SupportKind = "necessary", *, explicit: bool = False) -> Framework:
    """Translate a network into a plain framework; see the module for the rules.

    Parameters
    ----------
    network
        From `network_of`.
    support
        What support means: a claim needs one of its supports (`necessary`), or a support that holds carries its
        conclusion (`deductive`).
    explicit
        Make every relation an argument of its own, also one that a plain attack could stand for.

    Returns
    -------
    Framework
        The claims of the network first, in its order.
    """
    builder = _Builder(network, support, explicit)
    for index, relation in network.relations.items():
        builder.add(index, relation)
    attackers = tuple(tuple(sources) for sources in builder.attackers)
    numbers = {index: builder.number[index] for index in network.relations if index in builder.number}
    return Framework(tuple(builder.names), attackers, len(network.claims), numbers)


def ancestors(network: Network, start: str) -> Collection[str | int]:
    """Return the claims and relations that bear on `start`, directly or through others, with `start` itself."""
    seen: dict[str | int, None] = {start: None}
    open_: list[str | int] = [start]
    while open_:
        for index in network.into.get(open_.pop(), ()):
            ends: tuple[str | int, ...] = (index, *network.relations[index].by)
            for end in ends:
                if end not in seen:
                    seen[end] = None
                    open_.append(end)
    return seen
