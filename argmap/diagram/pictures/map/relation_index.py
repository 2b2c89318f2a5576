"""Index a map's relations for its picture: by number, because two may have the same key."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence

from argmap.model import AnyRelation, Map


class RelationIndex:
    """The relations of a map by their ends.

    A relation is known by its place in the map. Its target is a claim, another relation (by its key), or missing. All
    three occur in real corpora, and so do circles.
    """

    def __init__(self, map_: Map) -> None:
        self.map = map_
        self.claims = map_.claims
        self.relations: Sequence[AnyRelation] = map_.relations
        self.step: dict[str, int] = {}
        """Relations by key. The first of several with one key counts; a claim of the same name comes first."""
        for n, relation in enumerate(map_.relations):
            if relation.key not in map_.claims:
                self.step.setdefault(relation.key, n)
        self._into: dict[str | int, list[int]] = defaultdict(list)
        self._out_of: dict[str, list[int]] = defaultdict(list)
        for n, relation in enumerate(map_.relations):
            if relation.target in map_.claims:
                self._into[relation.target].append(n)
            elif relation.target in self.step:
                self._into[self.step[relation.target]].append(n)
            for source in dict.fromkeys(relation.by):
                self._out_of[source].append(n)

    def into(self, node: str | int) -> Sequence[int]:
        """Relations whose target is this claim or relation."""
        return self._into.get(node, ())

    def out_of(self, claim: str) -> Sequence[int]:
        """Relations that have this claim as a source."""
        return self._out_of.get(claim, ())

    def under(self, node: str | int) -> Iterator[int]:
        """Relations into a claim or relation, relations into these, and so on; each once, the nearest first."""
        queue, seen = deque(self.into(node)), set(self.into(node))
        while queue:
            n = queue.popleft()
            yield n
            fresh = [further for further in self.into(n) if further not in seen]
            seen.update(fresh)
            queue.extend(fresh)

    def head(self, n: int) -> str | int:
        """Claim that a relation leads to through other relations; or the relation that leads to no claim."""
        seen = {n}
        while True:
            target = self.relations[n].target
            if target in self.claims:
                return str(target)
            following = self.step.get(target) if target is not None else None
            if following is None or following in seen:
                return n if following is None else min(seen)
            seen.add(following)
            n = following
