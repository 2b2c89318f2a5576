"""Find the shapes that a map can take: each box with its reasons below it, in one or more columns.

A layered drawing puts all reasons of one depth on one row, so maps of real texts, broad and shallow, become ribbons:
ninety claims of an essay are 67 inches wide and 16 high. A written outline becomes a tower instead. Between them are
many shapes:

    ┌─────┐              ┌─────┐
    │  a  │              │  a  │
    └▲────┘              └▲──▲─┘
     ├─ b                 │  └──────┐
     ├─ c       or        ├─ b      ├─ d      or …
     ├─ d                 └─ c      └─ e
     └─ e

Each subtree keeps its best shapes (none is both wider and taller than another), and a parent combines the shapes of its
children. At the root, `tree` takes the shape that fits the page best. Floor plans of chips are sized the same way:
Stockmeyer 1983, "Optimal orientations of cells in slicing floorplan designs", Information and Control 57. Time is linear
in boxes, unless a box has very many reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf, isqrt

from argmap.diagram.layout.measure import DOT, LABEL_STRIP, TITLE_STRIP, WRAP, size_of, width_of
from argmap.diagram.model import ARROW_ROLES, Arrow, Box, Diagram, Group

MAX_SHAPES = 16
"""Number of shapes kept for a subtree."""
TRIES = 20
"""Number of heights tried for the columns below a box."""
MANY = 300
"""From this many boxes on, fewer heights are tried: many small parts fit together anyway."""
TRIES_OF_MANY = 10
MIN_TRIES = 5
FEW_PREMISES = 8
"""Up to this many linked premises stay in one column, which shows best that they are linked."""
MAX_CAPS = 24
"""Number of widths tried for a column."""
FEW_COLUMNS = 12
"""A box has at most this many columns, or the square root of the number of its reasons, if that is more."""
MAX_RUN = 60
"""Number of boxes that a column may hold."""

SIBLING_GAP = 10.0
COLUMN_GAP = 16.0
PANEL_GAP = 18.0
HEAD_GAP = 16.0
"""Room below a box for arrowheads."""
LANE = 7.0
"""Distance between parallel lines."""
SIDE_LANE = 10.0
"""Room beside a junction for a line that ends there."""
LANES_LEFT = 5.0
"""Distance from a column's edge to its first line."""
PANEL_PAD = 12.0


@dataclass(slots=True, eq=False)
class Block:
    """A box, a group's panel, or the root; and the blocks below it."""

    box: Box | None = None
    group: Group | None = None
    arrow: Arrow | None = None
    """Arrow from its box to the box above."""
    w: float = 0.0
    h: float = 0.0
    """Size of the box itself."""
    below: list[Block] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Id of its box or group; empty for the root."""
        return self.box.id if self.box else self.group.key if self.group else ""

    @property
    def is_junction(self) -> bool:
        """True for a point where premises meet; its label is beside it."""
        return self.box is not None and self.box.role == "junction"

    @property
    def side(self) -> float:
        """Room between a junction and its label, for arrows at the step itself."""
        has_arrows = any(child.arrow and not child.arrow.role.startswith("joint") for child in self.below)
        return DOT + 4.0 + (SIDE_LANE if has_arrows else 0.0)

    @property
    def label(self) -> str:
        """Label of its arrow."""
        return (self.arrow.label or "") if self.arrow else ""

    @property
    def strip(self) -> float:
        """Room above its box for the label of its arrow."""
        return LABEL_STRIP if self.label and not self.is_junction else 0.0

    @property
    def gap(self) -> float:
        """Room between blocks in a column below it."""
        return PANEL_GAP if self.box is None else SIBLING_GAP

    @property
    def column_gap(self) -> float:
        """Room between columns below it."""
        return PANEL_GAP if self.box is None else COLUMN_GAP

    @property
    def pad(self) -> float:
        """Room between a panel's edge and its content."""
        return PANEL_PAD if self.group else 0.0

    def head(self) -> tuple[float, float]:
        """Size of what is above (or beside) its columns: the box or junction with its label, or the title."""
        word = width_of(self.label, "label") if self.label else 0.0
        if self.group:
            return min(width_of(self.group.title, "heading"), WRAP), TITLE_STRIP
        if self.is_junction:
            return self.side + 2 + word, LABEL_STRIP
        return max(self.w, word + 4), self.h + self.strip


Column = tuple[tuple["Block", "Shape"], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of a block: its size, and its columns of children, each in one of its shapes."""

    w: float
    h: float
    columns: tuple[Column, ...] = ()


def block_of(diagram: Diagram, *, sideways: bool) -> Block:
    """Put all boxes of a diagram under one root, and find the shapes of each block, sorted by width.

    No box may have more than one arrow out of it, and there may be no circle. `sideways` puts columns beside a box, not
    below it.
    """
    root = _forest(diagram)
    order, stack = [], [root]
    while stack:
        block = stack.pop()
        order.append(block)
        stack.extend(block.below)
    tries = TRIES if len(order) < MANY else TRIES_OF_MANY
    for block in reversed(order):
        block.shapes = _shapes_of(block, sideways, tries if block.box or block.group else 4 * TRIES)
    return root


def _forest(diagram: Diagram) -> Block:
    blocks: dict[str, Block] = {}
    for box in diagram.boxes:
        w, h = size_of(box)
        blocks[box.id] = Block(box, w=w, h=h)
    for arrow in diagram.arrows:
        blocks[arrow.source].arrow = arrow
        blocks[arrow.target].below.append(blocks[arrow.source])
    root = Block()
    group_of = {box_id: group for group in diagram.groups for box_id in group.boxes}
    panels: dict[str, Block] = {}
    for box_id, block in blocks.items():
        if block.arrow:
            continue
        group = group_of.get(box_id)
        if group is None:
            root.below.append(block)
            continue
        if group.id not in panels:
            panels[group.id] = Block(group=group)
            root.below.append(panels[group.id])
        panels[group.id].below.append(block)
    root.below.extend(Block(group=group) for group in diagram.groups if not group.boxes)
    return root


def _shapes_of(block: Block, sideways: bool, tries: int) -> list[Shape]:
    """Best shapes of a block, given those of its children."""
    if not block.below:
        head_w, head_h = block.head()
        return [Shape(head_w + 2 * block.pad, head_h + block.pad)]
    options = _Options.of(block)
    few = FEW_PREMISES if block.is_junction else 1
    ways = list(options.columns(tries)) if len(block.below) > few else []
    return _best(_shape(block, columns, sideways) for columns in ways or options.one_column())


@dataclass(slots=True)
class _Options:
    """The children of a block, with the lowest shape of each for several widths."""

    block: Block
    caps: Sequence[float]
    """Widths of the children's shapes, ascending."""
    lowest: Sequence[Sequence[Shape | None]]
    """By cap, then by child: the lowest shape that is not wider."""
    height: Sequence[Sequence[float]]
    """By cap: sums of the heights of the first n children with gaps; infinite where one does not fit."""

    @classmethod
    def of(cls, block: Block) -> _Options:
        """Look up the shapes of all children once."""
        caps = sorted({shape.w for child in block.below for shape in child.shapes})
        if len(caps) > MAX_CAPS:
            caps = [*caps[:: -(-len(caps) // MAX_CAPS)], caps[-1]]
        lowest, height = [], []
        for cap in caps:
            # Shapes are sorted from narrow and high to wide and low: the last that fits is the lowest.
            row = [next((s for s in reversed(child.shapes) if s.w <= cap), None) for child in block.below]
            sums = [0.0]
            for shape in row:
                sums.append(sums[-1] + (shape.h + block.gap if shape else inf))
            lowest.append(row)
            height.append(sums)
        return cls(block, caps, lowest, height)

    def one_column(self) -> Iterator[tuple[Column, ...]]:
        """All children in one column, for each width."""
        for n, sums in enumerate(self.height):
            if sums[-1] < inf:
                yield (self._run(n, 0, len(self.block.below)),)

    def columns(self, tries: int) -> Iterator[tuple[Column, ...]]:
        """The narrowest columns for each of `tries` heights."""
        widest = self.lowest[-1]
        least = max(shape.h for shape in widest if shape)
        most = max(sums[-1] for sums in self.height if sums[-1] < inf)
        # With very many reasons for one claim, fewer tries are enough for something like a square.
        tries = tries if len(self.block.below) < MANY else MIN_TRIES
        known: set[tuple[tuple[int, int, int], ...]] = set()
        for n in range(tries):
            runs = self._narrowest(least * (most / least) ** (n / (tries - 1)) + 0.01)
            if runs and runs not in known:
                known.add(runs)
                yield tuple(self._run(*run) for run in runs)

    def _run(self, cap: int, first: int, end: int) -> Column:
        shapes = self.lowest[cap][first:end]
        return tuple((child, shape) for child, shape in zip(self.block.below[first:end], shapes, strict=True) if shape)

    def _narrowest(self, limit: float) -> tuple[tuple[int, int, int], ...]:
        """Find the narrowest columns no higher than `limit`: cap, first child and end of each.

        Works from the last child back: the narrowest columns for the children from the nth on.
        """
        count, room = len(self.block.below), limit + self.block.gap
        most = max(FEW_COLUMNS, isqrt(count) + 1)
        longest = max(MAX_RUN, -(-count // most))
        best: list[tuple[float, int, tuple[int, int, int]]] = [(inf, 0, (0, 0, 0))] * count + [(0.0, 0, (0, 0, 0))]
        for first in range(count - 1, -1, -1):
            cap = 0
            for end in range(first + 1, min(count, first + longest) + 1):
                while cap < len(self.caps) and not self.height[cap][end] - self.height[cap][first] <= room:
                    cap += 1
                if cap == len(self.caps):
                    break
                rest_w, rest_n, _ = best[end]
                wide = self.caps[cap] + COLUMN_GAP + 2 * LANE + rest_w
                if rest_n < most and (wide, rest_n + 1) < best[first][:2]:
                    best[first] = wide, rest_n + 1, (cap, first, end)
        runs, at = [], 0
        while at < count:
            if best[at][0] == inf:
                return ()
            runs.append(best[at][2])
            at = best[at][2][2]
        return tuple(runs)


def _shape(block: Block, columns: tuple[Column, ...], sideways: bool) -> Shape:
    head_w, head_h = block.head()
    across = sum(column_width(block, column) for column in columns) + block.column_gap * (len(columns) - 1)
    high = max(sum(shape.h for _, shape in column) + block.gap * (len(column) - 1) for column in columns)
    if is_beside(block, sideways):
        return Shape(head_w + HEAD_GAP + across, max(head_h, high + band(block, columns, sideways)), columns)
    return Shape(
        max(head_w, across) + 2 * block.pad, head_h + band(block, columns, sideways) + high + block.pad, columns
    )


def is_beside(block: Block, sideways: bool) -> bool:
    """True if a block's columns are beside its box."""
    return sideways and block.box is not None and not block.is_junction


def band(block: Block, columns: Sequence[Column], sideways: bool) -> float:
    """Free height above a block's columns, for arrowheads and for lines of other columns."""
    if block.box is None:
        return 0.0
    if block.is_junction:
        return 4.0 if len(columns) == 1 else 4.0 + LANE * len(lanes(pair for column in columns for pair in column))
    used = LANE * len(lanes(pair for column in columns for pair in column)) if len(columns) > 1 else 0.0
    return used if sideways else HEAD_GAP + used


def column_width(block: Block, column: Column) -> float:
    """Width of a column below a block with its lines."""
    return indent(block, column) + max(shape.w for _, shape in column)


def indent(block: Block, column: Column) -> float:
    """Room at the left of a column for the lines of its arrows."""
    return LANES_LEFT + 6.0 + LANE * len(lanes(column)) if block.box else 0.0


def lanes(column: Iterable[tuple[Block, Shape]]) -> dict[str, int]:
    """Lane beside a column for each kind of arrow, counted from the left."""
    kinds = dict.fromkeys(KINDS[block.arrow.role] for block, _ in column if block.arrow)
    return {kind: n for n, kind in enumerate(kinds)}


KINDS = {role: role.removeprefix("joint ") for role in ARROW_ROLES}
"""Kind of an arrow, to a box or to a junction."""


def _best(shapes: Iterable[Shape]) -> list[Shape]:
    """Keep shapes that no other beats in both width and height, at most `MAX_SHAPES`."""
    front: list[Shape] = []
    for shape in sorted(shapes, key=lambda shape: (shape.w, shape.h)):
        if not front or shape.h < front[-1].h - 0.5:
            front.append(shape)
    if len(front) <= MAX_SHAPES:
        return front
    step = (len(front) - 1) / (MAX_SHAPES - 1)
    return [front[round(n * step)] for n in range(MAX_SHAPES)]
