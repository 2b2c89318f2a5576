"""A diagram in words, for screen readers, for people who cannot see the picture, and for tests.

    map 1996: US and Japan Must Forge a True Military Alliance
      [thesis] The US and Japan must forge a true military alliance.
        ← support (sign)
          [supporting point · reported] …

It has no coordinates: two pictures with the same outline say the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from argmap.diagram.layout.text import drawable
from argmap.diagram.model import Arrow, Box, Diagram, Group


def words_of(box: Box) -> str:
    """Words in a box, on one line."""
    if not box.text and box.hover:
        return drawable(box.hover.splitlines()[0])
    return drawable(" / ".join(text.words for text in box.text if text.words))


def sentence(shape: Box | Arrow | Group) -> str:
    """Describe a shape in one phrase."""
    if isinstance(shape, Group):
        return shape.title
    if isinstance(shape, Arrow):
        return f"{shape.role}: {shape.label}" if shape.label else shape.role
    # A word on top already says that a claim is the thesis, or reported, and by whom.
    told = bool(shape.text) and shape.text[0].role == "word"
    kind = shape.role if told else ", ".join([shape.role, *shape.marks])
    words = words_of(shape).removeprefix(f"{shape.role} / ")
    return f"{kind}: {words}" if words else kind


def outline(diagram: Diagram) -> str:
    """Describe a diagram in words: its groups, boxes and arrows, each box below the target of its arrow.

    Lines are indented; legend and notes stand at the end.
    """
    lines = [f"{diagram.kind} {diagram.id}: {drawable(diagram.title)}"]
    if diagram.subtitle:
        lines.append(f"  {drawable(diagram.subtitle)}")
    lines += _Outline(diagram).lines()
    if diagram.legend:
        lines.append("  legend: " + "; ".join(key.meaning for key in diagram.legend))
    lines.extend(f"  note: {drawable(note)}" for note in diagram.notes)
    return "\n".join(lines) + "\n"


class _Outline:
    def __init__(self, diagram: Diagram) -> None:
        self.boxes = {box.id: box for box in diagram.boxes if box.role != "rule"}
        self.groups = diagram.groups
        self.into: dict[str, list[Arrow]] = defaultdict(list)
        for arrow in diagram.arrows:
            self.into[arrow.target].append(arrow)
        self.sources = {arrow.source for arrow in diagram.arrows}
        self.told: set[str] = set()

    def lines(self) -> Iterator[str]:
        """Boxes that lead nowhere with all that leads to them, then boxes in circles."""
        group_of = {box_id: group for group in self.groups for box_id in group.boxes}
        shown: set[str] = set()
        for box_id in self.boxes:
            group = group_of.get(box_id)
            if box_id in self.sources or box_id in self.told:
                continue
            if group is None:
                yield from self._tree(box_id, 1)
            elif group.id not in shown:
                shown.add(group.id)
                yield f"  == {drawable(group.title)}"
                for member in group.boxes:
                    if member in self.boxes and member not in self.sources and member not in self.told:
                        yield from self._tree(member, 2)
        for box_id in self.boxes:
            if box_id not in self.told:
                yield from self._tree(box_id, 1)

    def _tree(self, top: str, depth: int) -> Iterator[str]:
        """A box and all that leads to it."""
        stack: list[tuple[str, int, Arrow | None]] = [(top, depth, None)]
        while stack:
            box_id, depth, arrow = stack.pop()
            box = self.boxes[box_id]
            label = f" ({drawable(arrow.label)})" if arrow and arrow.label else ""
            way = f"{arrow.role}{label} ← " if arrow else ""
            again = " (above)" if box_id in self.told else ""
            marks = " · ".join([box.role, *box.marks])
            words = words_of(box)
            yield f"{'  ' * depth}{way}[{marks}]{f' {words}' if words else ''}{again}"
            if not again:
                self.told.add(box_id)
                stack.extend((a.source, depth + 1, a) for a in reversed(self.into[box_id]))
