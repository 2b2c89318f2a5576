"""What a picture says, before anyone decides how it looks: boxes, arrows, groups, and a legend, by role.

A map, a diff and a timeline all become one `Diagram`; renderers are written once, against this:

    Map      ─ of_map ─┐                      ┌─ dot ─ engine ─ SVG, PNG, PDF
    Diff     ─ bridge ─┼─ Diagram ─ placed ───┤
    Timeline ─ ladder ─┘     │                └─ mermaid · JSON · outline

A shape knows *roles* ("supporting point", "attack"), never colours; `theme` turns roles into looks.
Ladders and bridges know where their shapes stand; a map's are placed by `tree`. Places are in points
(72 to an inch) from the top left corner, y downwards.
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
    # a ladder
    "marker",
    "step",
    "silence",
    # any picture
    "text",
    "rule",
]
ArrowRole = Literal[
    "support",
    "attack",
    "rephrase",
    "joint support",
    "joint attack",
    "joint rephrase",
    "folded",
    "move",
    "joint move",
    "coming",
    "suggested",
    "joint suggested",
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
        """Its right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.h

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.w / 2, self.y + self.h / 2

    def moved(self, dx: float, dy: float) -> Frame:
        """The same rectangle elsewhere."""
        return Frame(self.x + dx, self.y + dy, self.w, self.h)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of a box: words, and what they are."""

    words: str
    role: TextRole = "body"
    series: int | None = None
    """Which of the compared texts speaks, from 0."""
    align: Literal["left", "centre", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Box:
    """Something with an outline, or words that stand alone (`role="text"`)."""

    id: str
    role: BoxRole
    text: tuple[Text, ...] = ()
    marks: tuple[str, ...] = ()
    """What more is true of it, as words: reported, conceded, rejected, asked, implicit, focus."""
    series: int | None = None
    """Which of the compared texts it belongs to, from 0."""
    mode: Mode | None = None
    """For a marker: whether the text says that it is, will be or ought to be so."""
    claim: str | None = None
    """Map and claim it stands for, as `1996/unequal-partners`."""
    change: int | None = None
    """Which change of the diff it shows, by its place there."""
    hover: str | None = None
    """What to say of it on request: its quote, and where it stands."""
    at: Frame | None = None

    @property
    def frame(self) -> Frame:
        """Where it stands.

        Raises
        ------
        ValueError
            When nobody has placed it yet.
        """
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
    """Map and relation it stands for, as `1996/reason>conclusion`."""
    change: int | None = None
    hover: str | None = None
    path: tuple[Point, ...] | None = None
    """Corners of the line from source to target; with `curved`, the points of its cubic Béziers."""
    curved: bool = False
    label_at: Point | None = None
    """Left end of the label's line of writing."""


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes that belong together under a title."""

    id: str
    title: str
    boxes: tuple[str, ...] = ()
    headline: bool = False
    at: Frame | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend: a sample of a box or arrow, and what it means."""

    meaning: str
    box: Box | None = None
    arrow: ArrowRole | None = None


@dataclass(frozen=True, slots=True)
class Diagram:
    """A picture in words. `argmap.diagram.render` draws it; `to_json` is its neutral form."""

    id: str
    kind: Literal["map", "bridge", "ladder"]
    title: str
    subtitle: str = ""
    boxes: tuple[Box, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    groups: tuple[Group, ...] = ()
    legend: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()
    direction: Direction = "down"

    @property
    def is_placed(self) -> bool:
        """Whether every box knows where it stands."""
        return all(box.at for box in self.boxes)

    def box(self, id: str) -> Box:
        """The box of that id.

        Raises
        ------
        KeyError
            When there is none.
        """
        for box in self.boxes:
            if box.id == id:
                return box
        raise KeyError(id)

    def to_json(self) -> str:
        """The diagram as JSON, `argmap-diagram/1`; fields at their default are left out."""
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
