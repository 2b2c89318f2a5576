"""Place a map's boxes and arrows: the thesis on top, its reasons below.

Each arrow leaves its box at the left, runs up a lane beside its column, and ends at the box above. Arrows of one kind
share a lane; supports and attacks have different ones. No line crosses a box, because a claim is drawn once and only
named elsewhere (see `pictures.map`), and each subtree has an area of its own (see `blocks`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from argmap.diagram.layout.blocks import (
    HEAD_GAP,
    KINDS,
    LANE,
    LANES_LEFT,
    SIDE_LANE,
    Block,
    Shape,
    band,
    block_of,
    column_width,
    indent,
    is_beside,
    lanes,
)
from argmap.diagram.layout.measure import DOT, LABEL_STRIP, width_of
from argmap.diagram.model import Arrow, Diagram, Frame, Point

PAGE = 1.5
"""Width over height of a picture: between a screen's 1.6 and a landscape page's 1.41."""


def arranged(diagram: Diagram, page: float = PAGE, *, centred: bool = True) -> Arrangement:
    """Find places for the shapes of a diagram, for a page of some width over height.

    No box may have more than one arrow out of it, and there may be no circle. `centred` sets the thesis over the middle
    of its columns.
    """
    sideways = diagram.direction in ("right", "left")
    root = block_of(diagram, sideways=sideways)
    best = min(root.shapes, key=lambda shape: (max(shape.w / page, shape.h), shape.w + shape.h))
    arrangement = Arrangement(diagram, sideways, best.w, best.h, centred)
    arrangement.set(root, best)
    return arrangement


@dataclass(frozen=True, slots=True)
class Area:
    """Room of a box or panel with all below it."""

    frame: Frame
    parent: str | None
    """Box or group above it; empty for the root, which holds all; `None` for the root itself."""
    column: int = 0
    """Column below its parent, from the left."""
    lane: int = 0
    """Lane of its arrow beside the column."""


@dataclass(slots=True)
class Arrangement:
    """Places of a diagram's shapes in a rectangle of `w` by `h` points."""

    diagram: Diagram
    sideways: bool
    w: float
    h: float
    centred: bool = True
    boxes: dict[str, Frame] = field(default_factory=dict)
    panels: dict[str, Frame] = field(default_factory=dict)
    paths: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    labels: dict[str, Point] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    """By box or group; the root is named by the empty word."""

    def set(self, root: Block, shape: Shape) -> None:
        """Place a block and everything below it from (0, 0) on."""
        self.areas[root.key] = Area(Frame(0.0, 0.0, shape.w, shape.h), None)
        stack = [(root, shape)]
        while stack:
            block, shape = stack.pop()
            area = self.areas[block.key].frame
            self._head(block, shape, area.x, area.y)
            stack.extend(self._columns(block, shape, area.x + block.pad, area.y))

    def _head(self, block: Block, shape: Shape, x: float, y: float) -> None:
        if block.group:
            self.panels[block.group.id] = Frame(x, y, shape.w, shape.h)
        if not block.box:
            return
        if block.is_junction:
            frame = Frame(x, y + (LABEL_STRIP - DOT) / 2, DOT, DOT)
        else:
            frame = Frame(x, y + block.strip, block.w, block.h)
        if self.centred and block.box.role == "thesis" and len(shape.columns) > 1 and not self.sideways:
            frame = frame.moved((shape.w - block.w) / 2, 0)
        self.boxes[block.box.id] = frame
        if block.arrow and block.label:
            self.labels[block.arrow.id] = (x + (block.side if block.is_junction else 1), y + LABEL_STRIP / 2)

    def _columns(self, block: Block, shape: Shape, x: float, y: float) -> list[tuple[Block, Shape]]:
        """Place the children of a block and their arrows."""
        if not shape.columns:
            return []
        head_w, head_h = block.head()
        free = band(block, shape.columns, self.sideways)
        if is_beside(block, self.sideways):
            x, y = x + head_w + HEAD_GAP, y + free
        else:
            y += head_h + free
        children = []
        for number, column in enumerate(shape.columns):
            child_x, child_y, order = x + indent(block, column), y, lanes(column)
            # Arrows into one side share it evenly; beside other columns they keep to the top.
            few = len(order) if len(shape.columns) == 1 else None
            for child, child_shape in column:
                children.append((child, child_shape))
                lane = order[KINDS[child.arrow.role]] if child.arrow else 0
                frame = Frame(child_x, child_y, child_shape.w, child_shape.h)
                self.areas[child.key] = Area(frame, block.key, number, lane)
                if child.arrow and block.box:
                    self._wire(block, child, child.arrow, (child_x, child_y), x + LANES_LEFT + LANE * lane, lane, few)
                child_y += child_shape.h + block.gap
            x += column_width(block, column) + block.column_gap
        return children

    def _wire(
        self, parent: Block, child: Block, arrow: Arrow, place: Point, x: float, lane: int, few: int | None
    ) -> None:
        """Route a child's arrow: out at its left, up its lane at `x`, into its parent."""
        assert parent.box  # noqa: S101 - the caller has checked
        home = self.boxes[parent.box.id]
        out = place[1] + (LABEL_STRIP / 2 if child.is_junction else child.strip + child.h / 2)
        if parent.is_junction:
            way = self._into_junction(home, x, lane, joint=arrow.role.startswith("joint"))
        elif self.sideways:
            apart = 1.6 * LANE * (lane - (few - 1) / 2) if few else 0.0
            port = home.middle[1] + apart if few else home.y + min(home.h / 2, 8.0 + LANE * lane)
            way = [(x, port), (home.right, port)]
        elif home.x + 4 <= x <= home.right - 6:
            way = [(x, home.bottom)]
        else:
            level = home.bottom + HEAD_GAP - 2 + LANE * lane
            centred = parent.box.role == "thesis"
            port = home.middle[0] + 2 * LANE * lane if centred else home.right - 12 - 2 * LANE * lane
            way = [(x, level), (port, level), (port, home.bottom)]
        self.paths[arrow.id] = ((place[0], out), (way[0][0], out), *way)

    @staticmethod
    def _into_junction(home: Frame, x: float, lane: int, *, joint: bool) -> list[Point]:
        """Route an arrow into a junction: premises from below, arrows at the step itself from the right."""
        middle, level = home.middle, home.bottom + 6.0 + LANE * lane
        port = middle[0] if joint else home.right + SIDE_LANE / 2
        end = [(port, home.bottom)] if joint else [(port, middle[1]), (home.right, middle[1])]
        near = x < home.right + SIDE_LANE + LANE
        return end if near else [(x, level), (port, level), *end]

    def placed(self, origin: Point) -> Diagram:
        """Return the diagram with places, moved to `origin`, mirrored if it grows up or to the left."""
        diagram, (dx, dy) = self.diagram, origin
        up, leftwards = diagram.direction == "up", diagram.direction == "left"

        def at(point: Point) -> Point:
            x, y = point
            return (dx + (self.w - x if leftwards else x), dy + (self.h - y if up else y))

        def frame(f: Frame) -> Frame:
            x, y = at((f.right if leftwards else f.x, f.bottom if up else f.y))
            return Frame(x, y, f.w, f.h)

        def wired(arrow: Arrow) -> Arrow:
            label = self.labels.get(arrow.id)
            if label and leftwards:  # words still run to the right
                label = (label[0] + width_of(arrow.label or "", "label"), label[1])
            path = tuple(map(at, self.paths[arrow.id]))
            return replace(arrow, path=path, label_at=at(label) if label else None)

        return replace(
            diagram,
            boxes=tuple(replace(box, at=frame(self.boxes[box.id])) for box in diagram.boxes),
            arrows=tuple(map(wired, diagram.arrows)),
            groups=tuple(replace(g, at=frame(self.panels[g.id])) for g in diagram.groups if g.id in self.panels),
        )
