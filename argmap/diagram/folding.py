"""Fold a large picture: the overview keeps what is near the top, and each cut branch becomes a diagram of its own.

    thesis                     thesis                        b
    ├─ a ── 40 claims    →     ├─ a (+40)          and       ├─ …  drawn once somebody unfolds b
    └─ b ── 900 claims         └─ b (+900)                   └─ …

Each branch holds its root again, so that it can be laid out by itself and then put in the root's place. A box that is
laid out is known by its *area*: the rectangle of the box and all below it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from argmap.diagram.model import Box, Diagram, Group

FOLD_BEYOND = 300
"""A picture of more claims starts folded."""
MOST = 80
"""Boxes of the overview or of one branch, about."""
FEW = 2
"""A branch of so few boxes is not folded; a sign that it is folded would take as much room."""


@dataclass(frozen=True, slots=True)
class Part:
    """The overview of a picture, or a branch."""

    diagram: Diagram
    root: str | None = None
    """Box under which a branch hangs, or key of its group; `None` for the overview."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A picture in parts, the overview first."""

    parts: tuple[Part, ...]
    below: Mapping[str, int]
    """For each box, and each key of a group, the number of claims below it."""


def folded(diagram: Diagram, beyond: int = FOLD_BEYOND, most: int = MOST) -> Folded:
    """Cut a diagram of many claims into an overview and branches, in time linear in its shapes.

    No box may have more than one arrow out of it, and there may be no circle. A diagram with no more claims than
    `beyond` stays whole. A part has about `most` boxes, but all boxes directly below one box stay together. Every box
    and arrow is in exactly one part, roots of branches apart.
    """
    cutter = _Cutter(diagram, most)
    whole = (Part(diagram),)
    return Folded(whole if sum(map(_counts, diagram.boxes)) <= beyond else tuple(cutter.parts()), cutter.below)


def _counts(box: Box) -> bool:
    return box.claim is not None and box.role != "again"


class _Cutter:
    def __init__(self, diagram: Diagram, most: int) -> None:
        self.diagram, self.most = diagram, most
        self.boxes = {box.id: box for box in diagram.boxes}
        self.arrow_of = {arrow.source: arrow for arrow in diagram.arrows}
        self.kids: dict[str, list[str]] = {}
        for arrow in diagram.arrows:
            self.kids.setdefault(arrow.target, []).append(arrow.source)
        self.tops = [box.id for box in diagram.boxes if box.id not in self.arrow_of]
        self.below = self._below()

    def _below(self) -> dict[str, int]:
        order, stack = [], list(self.tops)
        while stack:
            node = stack.pop()
            order.append(node)
            stack.extend(self.kids.get(node, ()))
        below: dict[str, int] = {}
        for node in reversed(order):
            below[node] = sum(below[kid] + _counts(self.boxes[kid]) for kid in self.kids.get(node, ()))
        for group in self.diagram.groups:
            below[group.key] = sum(below[box_id] + _counts(self.boxes[box_id]) for box_id in group.boxes)
        return below

    def parts(self) -> list[Part]:
        """Cut from the top down; branches that are cut wait for their turn."""
        groups = self._groups()
        held = {box_id: group for group in groups for box_id in group.boxes}
        closed = {group.id for group in groups if len(group.boxes) > self.most}
        free = [top for top in self.tops if top not in held or held[top].id not in closed]
        shown, cut = self._spread(free)
        parts = [self._part(shown, groups)]
        for group in groups:
            if group.id in closed:
                inside, further = self._spread(list(group.boxes))
                parts.append(self._part(inside, [group], group.key))
                cut += further
        waiting = deque(cut)
        while waiting:
            root = waiting.popleft()
            inside, further = self._spread([root], root)
            parts.append(self._part(inside, (), root))
            waiting.extend(further)
        self.below |= {group.key: sum(self.below[b] + _counts(self.boxes[b]) for b in group.boxes) for group in groups}
        return parts

    def _groups(self) -> list[Group]:
        """Groups of the diagram; where very many boxes stand alone, those beyond the first are a group too."""
        groups = list(self.diagram.groups)
        held = {box_id for group in groups for box_id in group.boxes}
        alone = [top for top in self.tops if top not in held]
        if len(alone) > self.most:
            groups.append(Group("more", f"{len(alone) - self.most:,} more", tuple(alone[self.most :])))
        return groups

    def _spread(self, seeds: Sequence[str], root: str | None = None) -> tuple[list[str], list[str]]:
        """Boxes to show, level by level as long as there is room, and those whose branches are cut."""
        shown, cut, queue = list(seeds), [], deque(seeds)
        while queue:
            node = queue.popleft()
            kids = self.kids.get(node, [])
            few = len(kids) <= FEW and all(not self.kids.get(kid) for kid in kids)
            if node == root or few or self.boxes[node].role == "junction" or len(shown) + len(kids) <= self.most:
                shown += kids
                queue += kids
            elif kids:
                cut.append(node)
        return shown, cut

    def _part(self, shown: Sequence[str], groups: Sequence[Group], root: str | None = None) -> Part:
        inside, whole = {*shown}, self.diagram
        boxes = tuple(box for box in whole.boxes if box.id in inside)
        arrows = tuple(
            arrow
            for arrow in whole.arrows
            if arrow.source in inside and arrow.target in inside and arrow.source != root
        )
        kept = tuple(replace(group, boxes=tuple(b for b in group.boxes if b in inside)) for group in groups)
        return Part(replace(whole, boxes=boxes, arrows=arrows, groups=kept), root)
