"""Match the claims of two maps of one text one to one.

    text      …… we ought to close the square to cars, and soon ……
    first         └──────── close-square ────────┘
    second            └── ban-cars ──────────────────┘      19 of 24 and of 29 characters: half of each

Every rule is symmetric and asks nothing about ids or the order of the claims: claims are put into an order of their
own (by place, then by content), and of all one-to-one matchings the one with the largest overlap is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from argmap import graph, sentences
from argmap.diff.agreements.model import Rule
from argmap.diff.agreements.unitizing import Labelled, flat
from argmap.diff.map_index import MapIndex
from argmap.diff.match.assignment import assign
from argmap.diff.match.spans import SAME, Place, overlaps, own_places
from argmap.grouping import merge_places
from argmap.model import Claim, Map
from argmap.text_tools import even

LABELS = {"thesis": "MajorClaim", "claim": "Claim", "supporting point": "Premise"}
"""Names for roles in corpora (Stab & Gurevych 2017)."""
SAME_LABEL = 1e-3
"""Bonus for claims of one label, which decides where several claims stand in one place."""


@dataclass(frozen=True)
class Coder:
    """One analyst's map, with its claims in an order that neither ids nor the file decide."""

    index: MapIndex
    only: frozenset[str] = frozenset()
    """Labels of the claims that count; all when empty."""
    spaceless: bool = False
    """Count characters without spaces, since tools that cut a text into words write it with other spaces."""

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label of each claim: the type that its file gives it, or else its role, by the names of corpora."""
        roles = graph.roles(self.index.map)
        return {
            claim_id: _type_of(claim) or LABELS[roles[claim_id]] for claim_id, claim in self.index.map.claims.items()
        }

    @cached_property
    def places(self) -> dict[str, list[Place]]:
        """The places of each claim with words in a text."""
        found = own_places(self.index)
        if self.spaceless:
            found = {claim_id: list(filter(None, map(self._squeezed, places))) for claim_id, places in found.items()}
        return {claim_id: merge_places(places) for claim_id, places in found.items() if places}

    def _squeezed(self, place: Place) -> Place | None:
        text, start, end = place
        name, at = self._spaces[text]
        return (name, at(start), at(end)) if at(start) < at(end) else None

    @cached_property
    def _spaces(self) -> dict[str, tuple[str, Callable[[int], int]]]:
        """For each text, its name without spaces, and where a place is then."""
        found: dict[str, tuple[str, Callable[[int], int]]] = {}
        for source in self.index.map.sources.values():
            if source.text:
                text = even(source.text).text
                gone = [match.start() for match in re.finditer(r"\s", text)]
                found[str(source.fingerprint)] = ("".join(text.split()), partial(_without, gone))
        return found

    @cached_property
    def texts(self) -> dict[str, str]:
        """The texts by their fingerprints; without spaces, each is its own name."""
        if self.spaceless:
            return {name: name for name, _ in self._spaces.values()}
        sources = self.index.map.sources.values()
        return {str(source.fingerprint): even(source.text).text for source in sources if source.text}

    @cached_property
    def claims(self) -> list[str]:
        """The claims that count, in their own order."""
        kept = [claim_id for claim_id in self.index.map.claims if not self.only or self.labels[claim_id] in self.only]
        return sorted(kept, key=self._rank)

    def units(self, text: str) -> list[Labelled]:
        """The stretches of a text that are claims, with labels, without overlaps."""
        return flat(
            (start, end, self.labels[claim_id]) for claim_id in self.claims for start, end in self.at(claim_id, text)
        )

    def at(self, claim_id: str, text: str) -> list[tuple[int, int]]:
        """The places of a claim in a text."""
        return [(start, end) for name, start, end in self.places.get(claim_id, ()) if name == text]

    @cached_property
    def _ties(self) -> dict[str, list[str]]:
        """The ties of each claim, told by places and words, so that claims of one place can be told apart."""
        map_ = self.index.map
        relations = {relation.key: relation for relation in map_.relations}

        def end(key: str | None, depth: int = 3) -> str:
            if key in map_.claims:
                return f"{self.places.get(key, [])} {sentences.normalise(map_.claims[key].text)}"
            if key not in relations or not depth:
                return ""
            on = relations[key]
            return f"{on.type} {sorted(end(each, 0) for each in on.by)} {end(on.target, depth - 1)}"

        found: dict[str, list[str]] = defaultdict(list)
        for relation in map_.relations:
            for claim_id in relation.by:
                found[claim_id].append(f"{relation.type} {end(relation.target)}")
            for claim_id in relation.by if relation.target else ():
                found[relation.target or ""].append(f"by {relation.type} {end(claim_id)}")
        return {claim_id: sorted(ties) for claim_id, ties in found.items()}

    def _rank(self, claim_id: str) -> tuple[Any, ...]:
        claim = self.index.map.claims[claim_id]
        codes = (claim.kind, claim.issue, claim.position, claim.commitment, claim.force, self.index.voice(claim))
        return (
            self.places.get(claim_id, []),
            sentences.normalise(claim.text),
            self.labels[claim_id],
            repr(codes),
            self._ties.get(claim_id, []),
        )


def _without(gone: Sequence[int], place: int) -> int:
    """Move a place to where it is without the characters at some others."""
    return place - bisect_left(gone, place)


@dataclass(frozen=True)
class Pairing:
    """Two analysts of one text, and the claims that both have."""

    left: Coder
    right: Coder
    rule: Rule = "argmap"

    @cached_property
    def texts(self) -> list[str]:
        """The texts that both read."""
        return sorted(self.left.texts.keys() & self.right.texts.keys())

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """The matched claims, under the rule of this pairing."""
        return self.by(self.rule)

    @cached_property
    def _known(self) -> dict[Rule, list[tuple[str, str]]]:
        return {}

    def by(self, rule: Rule) -> list[tuple[str, str]]:
        """Return the matched claims under a rule, in their own order."""
        if rule not in self._known:
            self._known[rule] = self._matched(rule)
        return self._known[rule]

    def _matched(self, rule: Rule) -> list[tuple[str, str]]:
        scored = [
            (b, a, score * (1 - SAME_LABEL) + SAME_LABEL * (self.left.labels[b] == self.right.labels[a]))
            for b, a, score in (*self._overlapping(rule), *self._alike)
        ]
        order = ({c: n for n, c in enumerate(self.left.claims)}, {c: n for n, c in enumerate(self.right.claims)})
        chosen = assign([(order[0][b], order[1][a], score) for b, a, score in scored])
        return sorted(((scored[n][0], scored[n][1]) for n in chosen), key=lambda pair: order[0][pair[0]])

    @cached_property
    def _shared(self) -> dict[tuple[str, str], int]:
        sides = [
            {
                c: [place for place in coder.places[c] if place[0] in self.texts]
                for c in coder.claims
                if c in coder.places
            }
            for coder in (self.left, self.right)
        ]
        return overlaps(*sides)

    def _overlapping(self, rule: Rule) -> Iterable[tuple[str, str, float]]:
        """The pairs of claims that may match by their places, each with its score in [0, 1]."""
        found = []
        for (b, a), shared in sorted(self._shared.items()):
            sizes = [
                sum(end - start for _, start, end in places) for places in (self.left.places[b], self.right.places[a])
            ]
            if SCORES[rule](shared, *sizes):
                found.append((b, a, 2 * shared / sum(sizes)))
        if rule != "argmap":
            return found
        # Wording decides only where a claim has several candidates.
        rivals = Counter(end for b, a, _ in found for end in (("left", b), ("right", a)))
        several = [n for n, (b, a, _) in enumerate(found) if rivals["left", b] > 1 or rivals["right", a] > 1]
        said = self.left.index.map.claims, self.right.index.map.claims
        texts = [(said[0][found[n][0]].text, said[1][found[n][1]].text) for n in several]
        forth, back = sentences.chances(texts), sentences.chances([(a, b) for b, a in texts])
        for n, one, other in zip(several, forth, back, strict=True):
            b, a, overlap = found[n]
            found[n] = (b, a, round(0.75 * overlap + 0.125 * (one + other), 6))
        return found

    @cached_property
    def _alike(self) -> list[tuple[str, str, float]]:
        """Claims of the same wording of which one has no place in a text that both read."""
        wordings: dict[str, list[str]] = defaultdict(list)
        for a in self.right.claims:
            wordings[sentences.normalise(self.right.index.map.claims[a].text)].append(a)
        placed = [
            {c for c in coder.claims if any(place[0] in self.texts for place in coder.places.get(c, ()))}
            for coder in (self.left, self.right)
        ]
        return [
            (b, a, 1.0)
            for b in self.left.claims
            for a in wordings.get(sentences.normalise(self.left.index.map.claims[b].text), ())
            if b not in placed[0] or a not in placed[1]
        ]


SCORES: dict[Rule, Callable[[int, int, int], bool]] = {
    "exact": lambda shared, left, right: shared == left == right,
    "half": lambda shared, left, right: 2 * shared >= max(left, right),
    "argmap": lambda shared, left, right: 2 * shared >= SAME * (left + right),
}
"""The test of each rule, by the characters that both claims have and those of either."""


def pairing(a: Map, b: Map, rule: Rule = "argmap", only: Collection[str] = ()) -> Pairing:
    """Match the claims of two maps of one text; see `argmap.diff.agreement`."""
    chosen = frozenset(only)
    return Pairing(Coder(MapIndex(a), chosen), Coder(MapIndex(b), chosen), rule)


def _type_of(claim: Claim) -> str | None:
    """The type or label that a file of another format gives a claim."""
    for kept in claim.extra.values():
        if isinstance(kept, dict):
            for key in ("type", "label"):
                if isinstance(said := kept.get(key), str) and said:
                    return said
    return None


@dataclass(frozen=True)
class Edges:
    """The relations of both maps in common terms: one number for matched claims, another for each other claim."""

    left: dict[tuple[Any, Any], str]
    """Type by source and target; the target is a claim, or a relation as the set of its ends."""
    right: dict[tuple[Any, Any], str]
    typed: tuple[set[tuple[Any, Any, str]], set[tuple[Any, Any, str]]]
    """Source, target and type of each premise of each relation."""
    linked: tuple[set[frozenset[int]], set[frozenset[int]]]
    """Pairs of premises of one relation."""
    whole: tuple[Counter[Any], Counter[Any]]
    """Relations with all their premises."""
    claims: int
    """Claims that count as items."""


def edges(found: Pairing, *, everything: bool) -> Edges:
    """Put the relations of both maps into common terms: those between shared claims, or with `everything` all of them."""
    pairs = found.pairs
    terms = ({b: n for n, (b, _) in enumerate(pairs)}, {a: n for n, (_, a) in enumerate(pairs)})
    number = len(pairs)
    if everything:
        for side, coder in enumerate((found.left, found.right)):
            for claim_id in coder.claims:
                if claim_id not in terms[side]:
                    terms[side][claim_id] = number
                    number += 1
    sides = [_edges_of(coder.index.map, terms[side]) for side, coder in enumerate((found.left, found.right))]
    (one, one_linked, one_whole), (other, other_linked, other_whole) = sides
    return Edges(
        left=_dominant(one),
        right=_dominant(other),
        typed=(one, other),
        linked=(one_linked, other_linked),
        whole=(one_whole, other_whole),
        claims=number,
    )


def _dominant(typed: set[tuple[Any, Any, str]]) -> dict[tuple[Any, Any], str]:
    """The type between two ends; of several, the first in the alphabet, so that order says nothing."""
    found: dict[tuple[Any, Any], str] = {}
    for source, target, type_ in typed:
        found[source, target] = min(type_, found.get((source, target), type_))
    return found


def _edges_of(map_: Map, terms: dict[str, int]) -> tuple[set[tuple[Any, Any, str]], set[frozenset[int]], Counter[Any]]:
    relations = {relation.key: relation for relation in reversed(map_.relations)}
    named: dict[str, Any] = {}

    def term(key: str | None, above: Sequence[str] = ()) -> Any:
        """The term of a claim or a relation; `None` where an end is not among the claims that count."""
        if key is None or key in map_.claims:
            return terms.get(key or "")
        if key not in relations or key in above:
            return None
        if key not in named:
            relation = relations[key]
            target = term(relation.target, (*above, key)) if len(above) < _DEEPEST else None
            sources = [terms.get(claim_id) for claim_id in relation.by]
            ends = None if target is None or not sources or None in sources else (frozenset(sources), target)
            named[key] = ends
        return named[key]

    found: set[tuple[Any, Any, str]] = set()
    linked: set[frozenset[int]] = set()
    whole: Counter[Any] = Counter()
    for relation in map_.relations:
        target = term(relation.target)
        sources = [terms[claim_id] for claim_id in relation.by if claim_id in terms]
        if target is None:
            continue
        type_ = "answer" if relation.is_answer else relation.type
        found.update((source, target, type_) for source in sources if source != target)
        if len(sources) == len(relation.by):
            linked.update(frozenset((one, other)) for one in sources for other in sources if one < other)
            whole[type_, frozenset(sources), target] += 1
    return found, linked, whole


_DEEPEST = 50
"""Relations on relations beyond which no more are followed."""
