"""A map's relations as a picture needs them: by number, for a key may come twice, and with steps that are themselves attacked."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence

from argmap.model import AnyRelation, Map


class Web:
    """What leads to what in a map, made once for many walks.

    A relation is known by its place in the map. Its target is a claim, another relation (by its key), or nothing that
    is there; all three occur in real corpora, and so do circles of each.
    """

    def __init__(self, m: Map) -> None:
        self.map = m
        self.claims = m.claims
        self.relations: Sequence[AnyRelation] = m.relations
        self.step: dict[str, int] = {}
        """Relations by key; the first bears it where several do, and a claim of that name goes before."""
        for n, relation in enumerate(m.relations):
            if relation.key not in m.claims:
                self.step.setdefault(relation.key, n)
        self._into: dict[str | int, list[int]] = defaultdict(list)
        self._out_of: dict[str, list[int]] = defaultdict(list)
        for n, relation in enumerate(m.relations):
            if relation.target in m.claims:
                self._into[relation.target].append(n)
            elif relation.target in self.step:
                self._into[self.step[relation.target]].append(n)
            for source in dict.fromkeys(relation.by):
                self._out_of[source].append(n)

    def into(self, node: str | int) -> Sequence[int]:
        """Relations whose target is a claim, or a relation by its number."""
        return self._into.get(node, ())

    def out_of(self, claim: str) -> Sequence[int]:
        """Relations of which a claim is a source."""
        return self._out_of.get(claim, ())

    def under(self, node: str | int) -> Iterator[int]:
        """Relations into a claim or relation, those into these, and so on; each once, the nearest first."""
        queue, seen = deque(self.into(node)), set(self.into(node))
        while queue:
            n = queue.popleft()
            yield n
            fresh = [further for further in self.into(n) if further not in seen]
            seen.update(fresh)
            queue.extend(fresh)

    def head(self, n: int) -> str | int:
        """The claim that a relation leads to in the end, through the relations it targets; or the relation that leads nowhere."""
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
