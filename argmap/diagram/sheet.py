"""A diagram on its sheet: body, title, legend and notes, all as shapes with places, ready for any renderer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count

from argmap.diagram.measure import SLACK, height_of, width_of
from argmap.diagram.shapes import Arrow, Box, Diagram, Frame, Group, Key, Point, Text
from argmap.diagram.text import FONTS, TextRole, drawable, shorten
from argmap.diagram.tree import PAGE, PANEL_PAD, placed

MARGIN = 22.0
MIN_WIDTH = 520.0
LINE_GAP = 5.0
SAMPLE_W, SAMPLE_H = 24.0, 13.0
MARKER = 12.0
KEY_GAP = 18.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on a page of `w` by `h` points, in drawing order."""

    diagram: Diagram
    w: float
    h: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    groups: tuple[Group, ...]


def sheet_of(diagram: Diagram, page: float = PAGE) -> Sheet:
    """Lay out what has no place yet, and add title, legend and notes.

    Parameters
    ----------
    page
        Width over height that the picture should come near.
    """
    body = diagram if diagram.is_placed else placed(diagram, page)
    frames = [box.at for box in body.boxes if box.at] + [group.at for group in body.groups if group.at]
    body_w = max((frame.right for frame in frames), default=0.0)
    label_ends = [
        arrow.label_at[0] + width_of(arrow.label, "label") for arrow in body.arrows if arrow.label_at and arrow.label
    ]
    inner = max([body_w, MIN_WIDTH, *label_ends])
    furniture = _Furniture(inner)
    furniture.write(body.title, "title", gap=LINE_GAP)
    furniture.write(body.subtitle, "subtitle", gap=10.0)
    furniture.keys(body.legend)
    dx, dy = MARGIN, furniture.y
    furniture.y += max((frame.bottom for frame in frames), default=0.0) + (14.0 if body.notes else 0.0)
    for note in body.notes:
        furniture.write(note, "small", gap=3.0)
    return Sheet(
        body,
        inner + 2 * MARGIN,
        furniture.y + MARGIN - 6,
        tuple(replace(box, at=box.at.moved(dx, dy)) for box in (*_titles(body), *body.boxes) if box.at)
        + tuple(furniture.boxes),
        tuple(_moved(arrow, dx, dy) for arrow in body.arrows) + tuple(furniture.arrows),
        tuple(replace(group, at=group.at.moved(dx, dy)) for group in body.groups if group.at),
    )


def _titles(diagram: Diagram) -> list[Box]:
    """Titles of a map's groups, in the strips that its layout leaves for them."""
    if diagram.kind != "map":
        return []
    font, titles = FONTS["heading"], []
    for group in diagram.groups:
        if group.at and drawable(group.title):
            room = group.at.w - 2 * PANEL_PAD
            title = Text(shorten(group.title, font, room * SLACK), "heading")
            # A map that grows upwards is a mirror image, and so are its panels.
            y = group.at.bottom - 5 - font.leading if diagram.direction == "up" else group.at.y + 5
            at = Frame(group.at.x + PANEL_PAD, y, room, font.leading)
            titles.append(Box(f"title of {group.id}", "text", (title,), at=at))
    return titles


def _moved(arrow: Arrow, dx: float, dy: float) -> Arrow:
    def at(point: Point) -> Point:
        return point[0] + dx, point[1] + dy

    return replace(
        arrow,
        path=tuple(map(at, arrow.path)) if arrow.path else None,
        label_at=at(arrow.label_at) if arrow.label_at else None,
    )


class _Furniture:
    """What stands around the body, written from the top down."""

    def __init__(self, inner: float) -> None:
        self.inner = inner
        self.y = MARGIN
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []
        self._names = (f"furniture {n}" for n in count(1))

    def write(self, words: str, role: TextRole, gap: float) -> None:
        """A line or more of words across the sheet."""
        if not drawable(words):
            return
        text = Text(words, role)
        high = height_of(text, self.inner)
        self.boxes.append(Box(next(self._names), "text", (text,), at=Frame(MARGIN, self.y, self.inner, high)))
        self.y += high + gap

    def keys(self, legend: tuple[Key, ...]) -> None:
        """The legend, in as many rows as it needs."""
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
