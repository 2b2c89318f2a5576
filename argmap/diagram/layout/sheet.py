"""Put a diagram on a sheet with its title, legend and notes, all as shapes with places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from argmap.diagram.layout.blocks import PANEL_PAD
from argmap.diagram.layout.measure import SLACK, height_of, width_of
from argmap.diagram.layout.text import FONTS, TextRole, drawable, shorten
from argmap.diagram.layout.tree import PAGE, Area, arranged
from argmap.diagram.model import Arrow, Box, Diagram, Frame, Group, Key, Point, Text

MARGIN = 22.0
MIN_WIDTH = 520.0
WIDEST_LINE = 1100.0
"""Longest line of words; longer ones are hard to read."""
LINE_GAP = 5.0
SAMPLE_W, SAMPLE_H = 24.0, 13.0
MARKER = 12.0
KEY_GAP = 18.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """All shapes of a page of `w` by `h` points, in drawing order."""

    diagram: Diagram
    w: float
    h: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    groups: tuple[Group, ...]
    areas: Mapping[str, Area] = field(default_factory=dict)
    """Room of each box or group with all below it; empty for shapes that had places."""


def words_of(sheet: Sheet) -> str:
    """Collect all words on a sheet."""
    words = [text.words for box in sheet.boxes for text in box.text]
    return drawable(" ".join([*words, *(arrow.label for arrow in sheet.arrows if arrow.label)]))


def sheet_of(diagram: Diagram, page: float = PAGE) -> Sheet:
    """Lay out a diagram for a page of some width over height; add title, legend and notes. Given places stay."""
    if diagram.page is not None:
        return Sheet(diagram, *diagram.page, diagram.boxes, diagram.arrows, diagram.groups)
    layout = _Pinned(diagram) if diagram.is_placed else arranged(diagram, page)
    furniture = _Furniture(max(layout.w, MIN_WIDTH))
    furniture.write(diagram.title, "title", gap=LINE_GAP)
    furniture.write(diagram.subtitle, "subtitle", gap=10.0)
    furniture.keys(diagram.legend)
    origin = MARGIN, furniture.y
    body = layout.placed(origin)
    furniture.y += layout.h + (14.0 if diagram.notes else 0.0)
    for note in diagram.notes:
        furniture.write(note, "small", gap=3.0)
    return Sheet(
        body,
        furniture.inner + 2 * MARGIN,
        furniture.y + MARGIN - 6,
        (*(() if diagram.is_placed else _titles(body)), *body.boxes, *furniture.boxes),
        (*body.arrows, *furniture.arrows),
        body.groups,
        {key: replace(area, frame=area.frame.moved(*origin)) for key, area in layout.areas.items()},
    )


@dataclass(frozen=True, slots=True)
class _Pinned:
    """A diagram whose shapes have places."""

    diagram: Diagram
    areas: Mapping[str, Area] = field(default_factory=dict)

    @property
    def _frames(self) -> list[Frame]:
        return [*(box.frame for box in self.diagram.boxes), *(group.at for group in self.diagram.groups if group.at)]

    @property
    def w(self) -> float:
        return max((frame.right for frame in self._frames), default=0.0)

    @property
    def h(self) -> float:
        return max((frame.bottom for frame in self._frames), default=0.0)

    def placed(self, origin: Point) -> Diagram:
        """Return the diagram, moved."""
        dx, dy = origin
        moved = self.diagram
        return replace(
            moved,
            boxes=tuple(replace(box, at=box.frame.moved(dx, dy)) for box in moved.boxes),
            arrows=tuple(replace(a, path=tuple((x + dx, y + dy) for x, y in a.path or ())) for a in moved.arrows),
            groups=tuple(replace(group, at=group.at.moved(dx, dy)) if group.at else group for group in moved.groups),
        )


def _titles(diagram: Diagram) -> list[Box]:
    """Titles of groups, in the strips that `arranged` leaves for them."""
    font, titles = FONTS["heading"], []
    for group in diagram.groups:
        if group.at and drawable(group.title):
            room = group.at.w - 2 * PANEL_PAD
            title = Text(shorten(group.title, font, room * SLACK), "heading")
            # A diagram that grows upwards is mirrored, with its panels.
            y = group.at.bottom - 5 - font.leading if diagram.direction == "up" else group.at.y + 5
            at = Frame(group.at.x + PANEL_PAD, y, room, font.leading)
            titles.append(Box(f"title of {group.id}", "text", (title,), at=at))
    return titles


class _Furniture:
    """Title, legend and notes, from the top down."""

    def __init__(self, inner: float) -> None:
        self.inner = inner
        self.y = MARGIN
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []
        self._names = (f"furniture {n}" for n in count(1))

    def write(self, words: str, role: TextRole, gap: float) -> None:
        """Write words across the sheet."""
        if not drawable(words):
            return
        text, wide = Text(words, role), min(self.inner, WIDEST_LINE)
        high = height_of(text, wide)
        self.boxes.append(Box(next(self._names), "text", (text,), at=Frame(MARGIN, self.y, wide, high)))
        self.y += high + gap

    def keys(self, legend: tuple[Key, ...]) -> None:
        """Write the legend in as many rows as it needs."""
        if not legend:
            self.y += 6
            return
        x, row = MARGIN, 18.0
        for key in legend:
            label = width_of(key.meaning, "small")
            sample = MARKER if key.box and key.box.role in ("marker", "junction") else SAMPLE_W
            needed = sample + 5 + label
            if x > MARGIN and x + needed > MARGIN + self.inner:
                x, self.y = MARGIN, self.y + row
            self._key(key, x, self.y + row / 2, sample, label)
            x += needed + KEY_GAP
        self.y += row + 10

    def _key(self, key: Key, x: float, middle: float, sample: float, label: float) -> None:
        if key.box:
            w, h = (sample, SAMPLE_H) if sample > MARKER else (MARKER, MARKER)
            if key.box.role == "junction":
                w = h = 8.0
            frame = Frame(x + (sample - w) / 2, middle - h / 2, w, h)
            self.boxes.append(replace(key.box, id=next(self._names), text=(), at=frame))
        if key.arrow:
            ends = [next(self._names), next(self._names)]
            points = ((x, middle), (x + sample, middle))
            for name, (px, py) in zip(ends, points, strict=True):
                self.boxes.append(Box(name, "text", at=Frame(px, py, 0, 0)))
            self.arrows.append(Arrow(next(self._names), ends[0], ends[1], key.arrow, path=points))
        high = FONTS["small"].leading
        self.boxes.append(
            Box(
                next(self._names),
                "text",
                (Text(key.meaning, "small", series=key.box.series if key.box else None),),
                at=Frame(x + sample + 5, middle - high / 2, label, high),
            )
        )
