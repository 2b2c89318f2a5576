"""Compare the relations of two maps, once their claims are matched.

A relation is the same when it is of the same type and ties the same claims. Claims are the same when they are
matched; so each side's ids are first put into common terms, a number for claims that belong together:

    before   a, b ─support─▸ c          a~x  b~y  c~z          0, 1 ─support─▸ 2
    after    y, x ─support─▸ z                                  1, 0 ─support─▸ 2     kept

A relation on a relation is put into terms of the relation it is on, from the bottom up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from argmap.diff.map_index import MapIndex
from argmap.diff.match.match_state import Match
from argmap.diff.model import Question, Tie, Ties
from argmap.grouping import Groups
from argmap.model import AnyRelation

Term = int | str
Signature = tuple[str, frozenset[Term], Term | None]


class Common:
    """Both sides in common terms."""

    def __init__(self, before: MapIndex, after: MapIndex, matches: Sequence[Match]) -> None:
        self.before, self.after = before, after
        left, right = _terms(matches)
        self.matched: set[Term] = {
            left[claim_id] for match in matches if match.before and match.after for claim_id in match.before
        }
        """The terms of claims that both sides have."""
        names: dict[Signature, Term] = {}
        same = _same_name(before, left, after, right)
        self.ties_before, self._left = _signatures(before, {**left, **same}, names)
        self.ties_after, self._right = _signatures(after, {**right, **same}, names)

    def terms_before(self, ids: Iterable[str]) -> set[Term]:
        """Claims (and relations) of `before` in common terms."""
        return {self._left.get(claim_id, claim_id) for claim_id in ids}

    def terms_after(self, ids: Iterable[str]) -> set[Term]:
        """Claims (and relations) of `after` in common terms."""
        return {self._right.get(claim_id, claim_id) for claim_id in ids}


def compare_ties(common: Common, question: Question) -> Ties:
    """Find the relations that are kept, dropped and new.

    Between revisions all are listed; otherwise those whose ends are all matched, since the others are
    dropped or new with their claims.
    """
    left, right = common.ties_before, common.ties_after

    def told(signature: Signature) -> bool:
        _, sources, target = signature
        ends = {*sources, target} if target is not None else sources
        return question == "revisions" or all(end in common.matched or isinstance(end, str) for end in ends)

    def alone(here: Sequence[Signature], there: Sequence[Signature], reading: MapIndex) -> tuple[Tie, ...]:
        spare = Counter(there)
        ties = []
        for signature, relation in zip(here, reading.map.relations, strict=True):
            if spare[signature]:
                spare[signature] -= 1
            elif told(signature):
                ties.append(_tie(relation))
        return tuple(ties)

    kept = sum((Counter(left) & Counter(right)).values())
    return Ties(kept=kept, dropped=alone(left, right, common.before), new=alone(right, left, common.after))


def _same_name(
    before: MapIndex, left: Mapping[str, Term], after: MapIndex, right: Mapping[str, Term]
) -> dict[str, Term]:
    """Relations that bear one id on both sides and share an end: the same relation, even if it was turned or moved."""
    found: dict[str, Term] = {}
    for relation in before.map.relations:
        other = after.relation(relation.id) if relation.id else None
        if other is None or other.id != relation.id or relation.id is None:
            continue
        (_, sources, target), (_, others, aim) = _signature(relation, left), _signature(other, right)
        if sources & others or (target == aim and isinstance(target, int)):
            found[relation.id] = f"called {relation.id}"
    return found


def _signatures(
    reading: MapIndex, claims: Mapping[str, Term], names: dict[Signature, Term]
) -> tuple[list[Signature], dict[str, Term]]:
    """The relations of one side in common terms, in the map's order; and all terms of that side."""
    relations = reading.map.relations
    terms: dict[str, Term] = dict(claims)
    keys = {relation.key for relation in relations}
    found: dict[int, Signature] = {}
    waiting: dict[str, list[int]] = defaultdict(list)
    ready = list(range(len(relations) - 1, -1, -1))
    while ready:
        n = ready.pop()
        relation = relations[n]
        below = next((end for end in (relation.target, *relation.by) if end in keys and end not in terms), None)
        if below is not None:
            waiting[below].append(n)
            continue
        found[n] = signature = _signature(relation, terms)
        if relation.key not in terms:
            terms[relation.key] = names.setdefault(signature, f"relation {len(names)}")
        ready.extend(waiting.pop(relation.key, ()))
    # What still waits stands in a circle of relations on relations: those are compared by their keys.
    return [found.get(n) or _signature(relation, terms) for n, relation in enumerate(relations)], terms


def _signature(relation: AnyRelation, terms: Mapping[str, Term]) -> Signature:
    target = relation.target
    return (
        relation.type,
        frozenset(terms.get(claim_id, claim_id) for claim_id in relation.by),
        None if target is None else terms.get(target, target),
    )


def _tie(relation: AnyRelation) -> Tie:
    return Tie(id=relation.key, type=relation.type, sources=relation.by, target=relation.target, scheme=relation.scheme)


def _terms(matches: Sequence[Match]) -> tuple[dict[str, Term], dict[str, Term]]:
    """Return a number for each claim of either side; matched claims, also by way of others, share one."""
    groups = Groups()
    ends = [[*((0, end) for end in match.before), *((1, end) for end in match.after)] for match in matches]
    for together in ends:
        for end in together:
            groups.connect(together[0], end)
    numbers: dict[object, int] = {}
    terms: tuple[dict[str, Term], dict[str, Term]] = ({}, {})
    for side, claim_id in (end for together in ends for end in together):
        terms[side][claim_id] = numbers.setdefault(groups.of((side, claim_id)), len(numbers))
    return terms
