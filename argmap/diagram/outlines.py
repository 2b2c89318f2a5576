"""A diagram as words: for tests read by eye, for screen readers, and for whoever cannot see the picture.

    map 1996: US and Japan Must Forge a True Military Alliance
      [thesis] The US and Japan must forge a true military alliance.
        ← support (sign)
          [supporting point · reported] …

Never a coordinate: two pictures with the same outline say the same.
"""

from __future__ import annotations

from collections import defaultdict

from argmap.diagram.layout.text import drawable
from argmap.diagram.model import Arrow, Box, Diagram, Group


def words_of(box: Box) -> str:
    """The words in a box, on one line."""
    if not box.text and box.hover:
        return drawable(box.hover.splitlines()[0])
    return drawable(" / ".join(text.words for text in box.text if text.words))


def sentence(shape: Box | Arrow | Group) -> str:
    """What a shape says, in one phrase."""
    if isinstance(shape, Group):
        return shape.title
    if isinstance(shape, Arrow):
        return f"{shape.role}: {shape.label}" if shape.label else shape.role
    # A word on top says already that a claim is the thesis, or reported, and by whom.
    told = bool(shape.text) and shape.text[0].role == "word"
    kind = shape.role if told else ", ".join([shape.role, *shape.marks])
    words = words_of(shape).removeprefix(f"{shape.role} / ")
    return f"{kind}: {words}" if words else kind


def outline(diagram: Diagram) -> str:
    """The picture in words: its groups, boxes and arrows, each box below what its arrow leads to."""
    lines = [f"{diagram.kind} {diagram.id}: {drawable(diagram.title)}"]
    if diagram.subtitle:
        lines.append(f"  {drawable(diagram.subtitle)}")
    into: dict[str, list[Arrow]] = defaultdict(list)
    boxes = {box.id: box for box in diagram.boxes}
    for arrow in diagram.arrows:
        into[arrow.target].append(arrow)
    heads = {arrow.source for arrow in diagram.arrows}
    group_of = {id: group for group in diagram.groups for id in group.boxes}
    told: set[str] = set()

    def tell(box: Box, depth: int, arrow: Arrow | None) -> None:
        stack = [(box, depth, arrow)]
        while stack:
            box, depth, arrow = stack.pop()
            pad = "  " * depth
            way = f"{arrow.role}{f' ({drawable(arrow.label)})' if arrow.label else ''} ← " if arrow else ""
            again = " (above)" if box.id in told else ""
            marks = " · ".join([box.role, *box.marks])
            words = words_of(box)
            lines.append(f"{pad}{way}[{marks}]{f' {words}' if words else ''}{again}")
            if not again:
                told.add(box.id)
                stack.extend((boxes[a.source], depth + 1, a) for a in reversed(into[box.id]))

    shown: set[str] = set()
    for box in diagram.boxes:
        if box.id in heads or box.id in told or box.role == "rule":
            continue
        group = group_of.get(box.id)
        if group is None:
            tell(box, 1, None)
        elif group.id not in shown:
            shown.add(group.id)
            lines.append(f"  == {drawable(group.title)}")
            for member in group.boxes:
                if member not in heads and member not in told and member in boxes and boxes[member].role != "rule":
                    tell(boxes[member], 2, None)
    for box in diagram.boxes:  # boxes in circles
        if box.id not in told and box.role != "rule":
            tell(box, 1, None)
    if diagram.legend:
        lines.append("  legend: " + "; ".join(key.meaning for key in diagram.legend))
    lines.extend(f"  note: {drawable(note)}" for note in diagram.notes)
    return "\n".join(lines) + "\n"
