"""Dumbbells: a row for each issue, its scale from left to right, and a marker for each text and mode.

    Is there a working alliance?   ●━━━━━━━━━━▶■──────────○
                                   nothing     maturing   functioning

Rows are grouped by what happened: said to be so; foreseen, planned or called for; only one text speaks. With more than two
texts each has a column of its own, so that no line crosses another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from argmap.diagram.layout.measure import width_of
from argmap.diagram.layout.text import FONTS, TextRole, lines, width
from argmap.diagram.model import ArrowRole, Diagram, Frame, Group, Point
from argmap.diagram.pictures import Picture
from argmap.diagram.pictures.canvas import (
    LINE,
    MARGIN,
    MARKER,
    MOVES,
    SAYS,
    Canvas,
    fit,
    marks_on,
    moves_between,
    names_of,
    places_on,
)
from argmap.model import MODES, Mode

if TYPE_CHECKING:
    from argmap.diff.model import Row, Stand, Timeline

W = 1000.0
QUESTION_W = 300.0
ROW = 45.0
DOT = 5.0
GROUPS = (
    "Said to be so",
    "Foreseen, planned or called for",
    "No difference in position",
    "Only one text takes a position",
    "No text takes a position",
)


def dumbbells(timeline: Timeline, *, title: str | None = None) -> Diagram:
    """Draw where each text stands, issue by issue."""
    names = names_of(timeline.texts)
    page = _Dumbbells(names)
    rows = [row for row in timeline.rows if row.scale]
    heading = title or _title(rows, names)
    page.heading(heading, page.w - 2 * MARGIN)
    about = "Each scale runs from left to right. Filled: says it is so. Half filled: planned or foreseen. Hollow: called for."
    page.line(about, "page subtitle", MARGIN, 46, page.w - 2 * MARGIN)
    page.y = 78
    page.key(names, MARGIN, page.y)
    page.y += 30
    if page.columns:
        page.column_heads()
    for n, (group, found) in enumerate(grouped(rows)):
        if n:
            page.group(f"{group} ({len(found)})", found)
        else:
            page.headline(found[0])
    page.samples(MARGIN, page.y + 4, MOVES)
    page.line(
        "Scales are ordinal and differ between questions: read direction, not length.", "page small", 360, page.y + 4
    )
    silent = [row.label or row.question for row in timeline.rows if not row.scale]
    page.y += 26
    if silent:
        words = f"Without a scale: {', '.join(silent)}."
        page.y += page.paragraph(words, "page small", MARGIN, page.y, page.w - 2 * MARGIN) + 4
    if hanging := [*_conditions(rows, names)]:
        words = f"On a condition: {'; '.join(hanging)}."
        page.y += page.paragraph(words, "page small", MARGIN, page.y, page.w - 2 * MARGIN) + 4
    if by_analyst := timeline.analysts_words:
        page.line(by_analyst, "page small", MARGIN, page.y)
        page.y += 18
    return page.diagram("_".join(text.id for text in timeline.texts) or "empty", "dumbbells", heading, about, page.w)


def _conditions(rows: Sequence[Row], names: Sequence[str]) -> Iterator[str]:
    """Name the positions that hang on a condition, with its words."""
    from argmap.diff.map_index import placing  # a map is drawn without the machinery that compares maps

    for row in rows:
        for name, standing in zip(names, row.standings, strict=True):
            for mode in MODES:
                for position in standing.at.of(mode):
                    side = placing(standing.claims, position, mode)
                    if side and side.condition and position in row.scale:
                        yield f"{name}, “{row.scale[position].label}”: {side.condition.shown}"


def _title(rows: Sequence[Row], names: Sequence[str]) -> str:
    if not rows:
        return "The texts share no issue with a scale"
    differing, both = 0, 0
    for row in rows[1:]:
        first, *later = row.standings
        was = _first(first.at, row, ("is",))
        if was is not None and any(_first(standing.at, row) for standing in later):
            both += 1
            spots = [_first(standing.at, row, ("is",)) for standing in later]
            differing += any(spot is not None and spot != was for spot in spots)
    if not both:
        return f"Where {_listed(names)} stand"
    return f"{_listed(names)} answer {differing} of {both} {'question' if both == 1 else 'questions'} differently"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _first(stand: Stand, row: Row, modes: Sequence[Mode] = MODES) -> str | None:
    return next((p for mode in modes for p in stand.of(mode) if p in row.scale), None)


def grouped(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the headline row, then the others by what happened."""
    if not rows:
        return
    yield "", [rows[0]]
    found: dict[str, list[Row]] = {}
    for row in rows[1:]:
        found.setdefault(GROUPS[_group(row)], []).append(row)
    yield from ((name, found[name]) for name in GROUPS if name in found)


def _group(row: Row) -> int:
    speaking = [standing.at for standing in row.standings if _first(standing.at, row) is not None]
    if not speaking:
        return 4
    if len(speaking) < 2:
        return 3
    being = [spot for stand in speaking if (spot := _first(stand, row, ("is",))) is not None]
    arrived = _first(speaking[0], row, ("is",)) is None and _first(speaking[-1], row, ("is",)) is not None
    if len(set(being)) > 1 or arrived:
        return 0
    every = {p for stand in speaking for mode in MODES for p in stand.of(mode) if p in row.scale}
    return 1 if len(every) > 1 else 2


class _Dumbbells(Canvas):
    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self.names = names
        self.columns = len(names) > 2
        self.w = W if not self.columns else min(MARGIN * 2 + QUESTION_W + 170.0 * len(names), 1640.0)

    def span(self, text: int) -> tuple[float, float]:
        """Return where the scale of a text begins and ends."""
        left = MARGIN + QUESTION_W + 24
        if not self.columns:
            return left + 40, self.w - MARGIN - 70
        wide = (self.w - MARGIN - left) / len(self.names)
        return left + wide * text + 14, left + wide * (text + 1) - 22

    def column_heads(self) -> None:
        for n, name in enumerate(self.names):
            self.line(name, "page voice", self.span(n)[0], self.y, self.span(n)[1] - self.span(n)[0] + 16, series=n)
        self.y += 22

    def headline(self, row: Row) -> None:
        top = self.y
        frame_at = len(self.boxes)
        self.row(row, "page voice")
        frame = Frame(MARGIN - 8, top - 6, self.w - 2 * MARGIN + 16, self.y - top + 4)
        self.boxes.insert(frame_at, self.box("stair", frame))
        self.boxes.pop()
        self.y += 14

    def group(self, title: str, rows: Sequence[Row]) -> None:
        self.line(title, "page voice", MARGIN, self.y)
        self.box("rule", Frame(MARGIN, self.y + 20, self.w - 2 * MARGIN, 0.8))
        self.y += 30
        for row in rows:
            self.row(row, "page body")
        self.y += 10

    def row(self, row: Row, role: TextRole) -> None:
        start = len(self.boxes)
        question = lines(fit(row.question, role, QUESTION_W * 0.97, 2), FONTS[role], QUESTION_W * 0.97)
        mid = self.y + 12
        for n, line in enumerate(question):
            self.line(line, role, MARGIN, mid - 8 + LINE * n - LINE * (len(question) - 1) / 2)
        low = mid
        if self.columns:
            for text, standing in enumerate(row.standings):
                low = max(low, self.scale(row, [(text, standing.at)], mid, self.span(text)))
        else:
            low = self.scale(row, [(n, s.at) for n, s in enumerate(row.standings)], mid, self.span(0))
        ids = tuple(box.id for box in self.boxes[start:])
        self.groups.append(Group(f"issue {row.issue}", row.question, ids))
        self.y = max(low + 6, self.y + ROW)

    def scale(self, row: Row, stands: Sequence[tuple[int, Stand]], y: float, span: tuple[float, float]) -> float:
        """Draw a scale with the markers of some texts; return how far down its labels reach."""
        from argmap.diff.map_index import placing  # as above

        left, right = span
        xs = places_on(list(row.scale), left, right)
        self.box("rule", Frame(left, y - 0.7, max(right - left, 1.0), 1.4))
        here = marks_on(xs, stands)
        places: dict[tuple[int, Mode], Point] = {}
        for position, x in xs.items():
            marks = here.get(position, [])
            if not marks:
                self.box("step", Frame(x - DOT / 2, y - DOT / 2, DOT, DOT))
            for n, (series, mode) in enumerate(marks):
                at = x + (n - (len(marks) - 1) / 2) * (MARKER + 3)
                label = row.scale[position].label
                hover, claim = f"{self.names[series]}: {SAYS[mode]}, {label}", None
                if side := placing(row.standings[series].claims, position, mode):
                    claim = f"{row.standings[series].map}/{side.id}"
                    hover += f"\nif: {side.condition.shown}" if side.condition else ""
                    hover += "".join(f"\n{quote.shown}" for quote in side.quotes[:1])
                self.marker(at, y, series, mode, hover, MARKER + 1, claim)
                places.setdefault((series, mode), (at, y))
        if len(stands) == 2:
            for start, end, role in moves_between(places):
                self.move(start, end, role)
        return self.labels(row, xs, here, y + 8)

    def move(self, start: Point, end: Point, role: ArrowRole) -> None:
        gap = MARKER / 2 + 3
        if abs(end[0] - start[0]) > 2 * gap + 4:
            sign = 1 if end[0] > start[0] else -1
            self.draw(role, (start[0] + sign * gap, start[1]), (end[0] - sign * gap, end[1]))

    def labels(self, row: Row, xs: dict[str, float], here: dict[str, list[tuple[int, Mode]]], y: float) -> float:
        """Set the labels under the steps; with columns only those that a text stands on."""
        shown = [p for p in xs if p in here] if self.columns else list(xs)
        gap = (max(xs.values()) - min(xs.values())) / max(len(xs) - 1, 1) if len(xs) > 1 else 240.0
        room = max(gap - 10, 90.0)
        low, taken = y, [(-1.0, -1.0)]
        for position in shown:
            series = {s for s, _ in here.get(position, ())}
            role: TextRole = "page body" if position in here else "page small"
            if here.get(position) and all(mode != "is" for _, mode in here[position]):
                role = "page italic"
            set_ = lines(fit(row.scale[position].label, role, room, 2), FONTS[role], room)
            widest = max(width(line, FONTS[role]) for line in set_)
            x = min(max(xs[position], widest / 2 + 4), self.w - MARGIN + 14 - widest / 2)
            if any(x - widest / 2 < right + 4 and left < x + widest / 2 + 4 for left, right in taken):
                continue
            taken.append((x - widest / 2, x + widest / 2))
            for n, line in enumerate(set_):
                w = width_of(line, role)
                self.line(line, role, x - w / 2, y + LINE * n, series=next(iter(series)) if len(series) == 1 else None)
            low = max(low, y + LINE * len(set_))
        return low


PICTURE = Picture("dumbbells", "timeline", "Where each text stands on each issue, grouped by what happened.", dumbbells)
