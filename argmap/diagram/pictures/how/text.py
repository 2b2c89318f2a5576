"""One of the two texts of a picture: its map, and how far each claim is from the thesis."""

from __future__ import annotations

from collections import deque
from functools import cached_property

from argmap.diagram.captions import Quotations
from argmap.graph import bears_on
from argmap.model import Map, Rephrase, Support


class Text:
    """A map, and the nearest way from each claim to its thesis: over supports, then rephrases, then attacks."""

    def __init__(self, map_: Map) -> None:
        self.map = map_
        self.theses = map_.theses
        self.distance: dict[str, int] = {}
        self.next: dict[str, str] = {}
        """The next claim on the way to the thesis."""
        self.against: set[str] = set()
        """Claims that are objections to the next one."""
        self._walk()

    def _walk(self) -> None:
        into: dict[str, list[tuple[int, str]]] = {}
        relations = {relation.key: relation for relation in self.map.relations}
        for relation in self.map.relations:
            rank = 0 if isinstance(relation, Support) else 1 if isinstance(relation, Rephrase) else 2
            target = bears_on(relation.target, self.map.claims, relations)
            if target is not None:
                into.setdefault(target, []).extend((rank, source) for source in relation.by)
        self.distance = {thesis: 0 for thesis in self.theses if thesis in self.map.claims}
        open_ = deque(self.distance)
        while open_:
            claim_id = open_.popleft()
            for rank, source in sorted(into.get(claim_id, ()), key=lambda item: item[0]):
                if source not in self.distance and source in self.map.claims:
                    if rank == 2:
                        self.against.add(source)
                    self.distance[source] = self.distance[claim_id] + 1
                    self.next[source] = claim_id
                    open_.append(source)

    @cached_property
    def quotations(self) -> Quotations:
        """The quotes of the claims, each with its place in the text."""
        return Quotations(self.map)

    def way(self, claim_id: str) -> list[str]:
        """Return the claims from the next one on the way to the thesis up to the thesis."""
        way = []
        while claim_id in self.next:
            claim_id = self.next[claim_id]
            way.append(claim_id)
        return way

    def on_issue(self, issue: str | None) -> list[str]:
        """Return the claims on an issue that reach the thesis; all claims if there is no thesis."""
        return [c for c, claim in self.map.claims.items() if claim.issue == issue and self.reaches(c)]

    def reaches(self, claim_id: str) -> bool:
        """Tell whether a claim leads to the thesis; yes for every claim if there is no thesis."""
        return claim_id in self.distance or not self.distance
