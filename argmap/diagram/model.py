"""A picture as boxes, arrows, groups and a legend, each with a role and without a look.

A map, a diff and a timeline all become one `Diagram`, and renderers know only this:

    Map      ─ of_map ─┐                      ┌─ dot ─ engine ─ SVG, PNG, PDF
    Diff     ─ bridge ─┼─ Diagram ─ placed ───┤
    Timeline ─ dumbbells ─┘  │                └─ mermaid · JSON · outline

A shape has a *role* ("supporting point", "attack") and no colour; `theme` turns roles into looks. Bridges and dumbbells
place their own shapes; `layout.tree` places those of a map. Places are in points (72 to an inch) from the top left
corner, with y downwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal, get_args

from argmap.diagram.layout.text import TextRole
from argmap.model import Mode

BoxRole = Literal[
    # an argument map
    "thesis",
    "claim",
    "supporting point",
    "unstated premise",
    "junction",
    "again",
    "folded",
    "missing",
    # a bridge
    "before",
    "after",
    "badge",
    "suggestion",
    # a row of dumbbells
    "marker",
    "step",
    "silence",
    # a picture on a page of its own
    "reason",
    "pill",
    "strip",
    "band",
    "stair",
    "tally",
    # any picture
    "text",
    "rule",
]
ArrowRole = Literal[
    "support",
    "attack",
    "rephrase",
    "answer",
    "joint support",
    "joint attack",
    "joint rephrase",
    "folded",
    "move",
    "joint move",
    "coming",
    "suggested",
    "joint suggested",
    # a picture on a page of its own
    "trunk",
    "stem",
    "nested",
    "kept",
    "demanded",
]
Direction = Literal["down", "up", "right", "left"]

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle: left, top, width and height, in points."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.h

    @property
    def middle(self) -> Point:
        """Centre."""
        return self.x + self.w / 2, self.y + self.h / 2

    def moved(self, dx: float, dy: float) -> Frame:
        """Move the rectangle."""
        return Frame(self.x + dx, self.y + dy, self.w, self.h)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of a box: words and their role."""

    words: str
    role: TextRole = "body"
    series: int | None = None
    """Number of the text that speaks, from 0."""
    align: Literal["left", "centre", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Box:
    """A shape with an outline, or words alone (`role="text"`)."""

    id: str
    role: BoxRole
    text: tuple[Text, ...] = ()
    marks: tuple[str, ...] = ()
    """Further properties: reported, conceded, rejected, asked, implicit, suggested, focus."""
    series: int | None = None
    """Index of the compared text that it belongs to, from 0."""
    mode: Mode | None = None
    """For a marker: does the text say that it is, will be or ought to be so?"""
    claim: str | None = None
    """Map and claim that it shows, as `1996/unequal-partners`."""
    change: int | None = None
    """Number of the change that it shows, in the order of the diff."""
    hover: str | None = None
    """Text on hover: its quote and place."""
    at: Frame | None = None

    @property
    def frame(self) -> Frame:
        """Its place; raises ValueError before it has one."""
        if self.at is None:
            raise ValueError(f"box {self.id!r} has no place yet")
        return self.at


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line from one box to another."""

    id: str
    source: str
    target: str
    role: ArrowRole
    label: str | None = None
    relation: str | None = None
    """Map and relation that it shows, as `1996/reason>conclusion`."""
    change: int | None = None
    hover: str | None = None
    series: int | None = None
    """Index of the compared text that it belongs to, from 0."""
    suggested: bool = False
    """Drafted, and no person has looked at it."""
    path: tuple[Point, ...] | None = None
    """Corners of the line from source to target; if `curved`, points of cubic Béziers."""
    curved: bool = False
    label_at: Point | None = None
    """Left end of the label, at the middle of its height."""


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes that belong together under a title."""

    id: str
    title: str
    boxes: tuple[str, ...] = ()
    headline: bool = False
    at: Frame | None = None

    @property
    def key(self) -> str:
        """A name that no box has."""
        return f"panel {self.id}"


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend: a sample of a box or arrow, and what it means."""

    meaning: str
    box: Box | None = None
    arrow: ArrowRole | None = None


@dataclass(frozen=True, slots=True)
class Diagram:
    """A picture. `argmap.diagram.draw` draws it; `to_json` gives its neutral form."""

    id: str
    kind: str
    """Name of the picture: `map`, `bridge`, `dumbbells` …"""
    title: str
    subtitle: str = ""
    boxes: tuple[Box, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    groups: tuple[Group, ...] = ()
    legend: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()
    direction: Direction = "down"
    page: tuple[float, float] | None = None
    """Width and height of a picture that holds its own title and legend, in points."""

    @property
    def is_placed(self) -> bool:
        """True if every box has a place."""
        return all(box.at for box in self.boxes)

    def box(self, box_id: str) -> Box:
        """Find a box by its id; raises KeyError if there is none."""
        return {box.id: box for box in self.boxes}[box_id]

    def to_json(self) -> str:
        """Write the diagram as JSON, `argmap-diagram/1`; fields at their default are left out."""
        return json.dumps({"format": "argmap-diagram/1", **_plain(self)}, ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        pairs: Iterator[tuple[str, Any, Any]] = ((f.name, getattr(value, f.name), f.default) for f in fields(value))
        return {name: _plain(item) for name, item, default in pairs if item != default}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return round(value, 2) if isinstance(value, float) else value


BOX_ROLES: tuple[BoxRole, ...] = get_args(BoxRole)
ARROW_ROLES: tuple[ArrowRole, ...] = get_args(ArrowRole)

__all__ = [
    "ARROW_ROLES",
    "BOX_ROLES",
    "Arrow",
    "ArrowRole",
    "Box",
    "BoxRole",
    "Diagram",
    "Direction",
    "Frame",
    "Group",
    "Key",
    "Point",
    "Text",
    "TextRole",
]
