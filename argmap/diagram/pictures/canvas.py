"""Compose a picture that fills a page of its own: words, markers and lines at places.

Such pictures are up to 1,200 points wide and set nothing smaller than 12 points. They hold their own title and legend.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from argmap.diagram.layout.measure import width_of
from argmap.diagram.layout.text import FONTS, TextRole, lines, width
from argmap.diagram.model import Arrow, ArrowRole, Box, BoxRole, Diagram, Frame, Group, Point, Text
from argmap.model import MODES, Mode

if TYPE_CHECKING:
    from argmap.diff.model import End, Stand

SAYS: dict[Mode, str] = {"is": "says it is so", "plan": "planned", "will": "foreseen", "ought": "called for"}
MARGIN = 24.0
LINE = 14.4
MARKER = 11.0
TRAILING = frozenset(
    "a an the of to in on at by for from with and or but nor as than that which who is are was be".split()  # noqa: SIM905
)
"""Words that no shortened text ends with."""


def fit(text: str, role: TextRole, room: float, most: int) -> str:
    """Shorten a text to `most` lines of `room` points.

    The whole text if it fits; else its first clauses, if these fill three quarters of the room; else whole words
    without trailing function words, and an ellipsis.
    """
    font = FONTS[role]
    text = " ".join(text.split()).rstrip(".")
    if len(lines(text, font, room)) <= most:
        return text
    clauses = re.split(r"(?<=[,;:—–])\s+", text)
    for end in range(len(clauses) - 1, 0, -1):
        run = " ".join(clauses[:end]).rstrip(",;:—– ")
        if len(lines(run + " …", font, room)) <= most:
            if width(run, font) >= 0.75 * room * most * 0.9:
                return run + " …"
            break
    words = text.split(" ")
    low, high = 1, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if len(lines(" ".join(words[:middle]) + " …", font, room)) <= most:
            low = middle
        else:
            high = middle - 1
    kept = words[:low]
    while len(kept) > 1 and kept[-1].strip(",;:").lower() in TRAILING:
        kept.pop()
    return " ".join(kept).rstrip(",;:—– ") + " …"


def height_in(words: str, role: TextRole, room: float) -> float:
    """Measure a paragraph of `room` points."""
    return FONTS[role].leading * len(lines(words, FONTS[role], room * 0.97))


def names_of(ends: Sequence[End]) -> tuple[str, ...]:
    """Name the compared texts: by their years where these all differ, else by their ids, else by their order."""
    for names in ([(end.date or "")[:4] for end in ends], [end.id for end in ends]):
        if all(names) and len(set(names)) == len(names):
            return tuple(names)
    return ("before", "after") if len(ends) == 2 else tuple(f"{end.id} ({n})" for n, end in enumerate(ends, 1))


def marks_on(
    scale: Collection[str], stands: Iterable[tuple[int, Stand]], most: int | None = None
) -> dict[str, list[tuple[int, Mode]]]:
    """Gather which texts stand on each step of a scale, and in which mode; `most` positions of a text in a mode count."""
    found: dict[str, list[tuple[int, Mode]]] = {}
    for series, stand in stands:
        for mode in MODES:
            for position in stand.of(mode)[:most]:
                if position in scale:
                    found.setdefault(position, []).append((series, mode))
    return found


def places_on(scale: Sequence[str], left: float, right: float) -> dict[str, float]:
    """Spread the steps of a scale evenly from left to right; a single one stands in the middle."""
    last = len(scale) - 1
    return {step: left + (right - left) * (n / last if last else 0.5) for n, step in enumerate(scale)}


def moves_between(places: Mapping[tuple[int, Mode], Point]) -> Iterator[tuple[Point, Point, ArrowRole]]:
    """Yield the moves from one text to another: between what both say is so, and on to what is expected furthest ahead."""
    was, now = places.get((0, "is")), places.get((1, "is"))
    if was is not None and now is not None:
        yield was, now, "move"
    # Like is compared with like: what was only expected has not moved to what is.
    start = was if now is None else now
    ahead = [places[1, mode] for mode in MODES[1:] if (1, mode) in places]
    if start is not None and ahead and (max(ahead)[0] > start[0] or now is None):
        yield start, max(ahead), "coming"


@dataclass
class Canvas:
    """The shapes of a picture while it is composed."""

    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    y: float = 0.0
    """The lower end of the picture so far."""

    def __post_init__(self) -> None:
        self._ids = count(1)

    def line(
        self,
        words: str,
        role: TextRole,
        x: float,
        y: float,
        room: float | None = None,
        *,
        series: int | None = None,
        claim: str | None = None,
        hover: str | None = None,
    ) -> float:
        """Set one line of words at a place; return the width it takes."""
        if room is not None:
            words = fit(words, role, room, 1) if width_of(words, role) > room else words
        w, h = width_of(words, role), FONTS[role].leading
        text = Text(words, role, series=series)
        box = Box(self.id("words"), "text", (text,), series=series, claim=claim, hover=hover, at=Frame(x, y, w, h))
        self.boxes.append(box)
        return width(words, FONTS[role])

    def diagram(self, name: str, kind: str, title: str, subtitle: str, width: float, below: float = 8) -> Diagram:
        """Return the picture as it is now, `width` points wide, with some points `below` it."""
        parts = tuple(self.boxes), tuple(self.arrows), tuple(self.groups)
        return Diagram(name, kind, title, subtitle, *parts, page=(width, self.y + below))

    def id(self, kind: str) -> str:
        """Return a new id for a shape."""
        return f"{kind} {next(self._ids)}"

    def point(self, x: float, y: float) -> str:
        """Set an unseen end for a line."""
        name = self.id("end")
        self.boxes.append(Box(name, "text", at=Frame(x, y, 0, 0)))
        return name

    def draw(
        self, role: ArrowRole, *path: Point, series: int | None = None, curved: bool = False, **about: object
    ) -> None:
        """Draw a line along a path; `about` holds further fields of the arrow."""
        source, target = self.point(*path[0]), self.point(*path[-1])
        self.arrows.append(
            Arrow(self.id("line"), source, target, role, series=series, path=path, curved=curved, **about)  # type: ignore[arg-type]
        )

    def box(self, role: BoxRole, frame: Frame, *text: Text, series: int | None = None, **about: object) -> Box:
        """Set a box at a place; `about` holds further fields of the box."""
        made = Box(self.id(role), role, text, series=series, at=frame, **about)  # type: ignore[arg-type]
        self.boxes.append(made)
        return made

    def paragraph(
        self, words: str, role: TextRole, x: float, y: float, room: float, series: int | None = None, **about: object
    ) -> float:
        """Set a paragraph; return its height. `about` holds further fields of its box."""
        h = height_in(words, role, room)
        self.box("text", Frame(x, y, room, h), Text(words, role, series=series), series=series, **about)
        return h

    def marker(
        self, x: float, y: float, series: int, mode: Mode, hover: str, size: float = MARKER, claim: str | None = None
    ) -> None:
        """Set a marker around a point: its shape tells the text, its filling the mode."""
        frame = Frame(x - size / 2, y - size / 2, size, size)
        self.box("marker", frame, series=series, mode=mode, hover=hover, claim=claim)

    def heading(self, words: str, room: float) -> None:
        """Set the title across the page, smaller where it is long."""
        role: TextRole = "page title" if width_of(words, "page title") <= room else "page title, long"
        self.line(words, role, MARGIN, 18, room)

    def key(self, names: tuple[str, ...], x: float, y: float) -> float:
        """Say what the markers that are drawn mean; return where the line ends."""
        modes = [mode for mode in MODES if any(box.role == "marker" and box.mode == mode for box in self.boxes)]
        for series, name in enumerate(names):
            self.marker(x + 6, y + 8, series, "is", name)
            x += 16 + self.line(name, "page bold", x + 16, y, series=series) + 14
        for mode in modes:
            for series in range(min(len(names), 2)):
                self.marker(x + 6, y + 8, series, mode, SAYS[mode])
                x += 15
            x += self.line(SAYS[mode], "page small", x + 2, y) + 16
        return x

    def samples(self, x: float, y: float, samples: tuple[tuple[ArrowRole, str], ...]) -> float:
        """Say what the lines that are drawn mean; return where the line ends."""
        drawn = {arrow.role for arrow in self.arrows}
        for role, meaning in samples:
            if role in drawn:
                self.draw(role, (x, y + 8), (x + 28, y + 8))
                x += 34
                x += self.line(meaning, "page small", x, y) + 16
        return x


MOVES: tuple[tuple[ArrowRole, str], ...] = (
    ("move", "said to be so"),
    ("coming", "not yet so"),
    ("suggested", "suggested, not confirmed"),
)
