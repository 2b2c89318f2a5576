"""Draw what stands between the two claims of a row: the question, its scale, and what happened on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.diagram.layout.measure import width_of
from argmap.diagram.layout.text import FONTS, TextRole, width
from argmap.diagram.model import ArrowRole, Frame, Point
from argmap.diagram.pictures.canvas import MARKER, SAYS, Canvas, fit, marks_on, moves_between, places_on
from argmap.diagram.pictures.how.rows import Row, Selection, word_of
from argmap.model import Mode

if TYPE_CHECKING:
    from argmap.diff.model import Shift

LEFT, RIGHT = (58.0, 424.0), (776.0, 1142.0)
"""Left and right edges of the boxes of either text."""
SCALE = (454.0, 746.0)
DOT = 5.0


class Ties(Canvas):
    """The middle of the picture."""

    def __init__(self, selection: Selection, names: tuple[str, ...]) -> None:
        super().__init__()
        self.selection = selection
        self.names = names

    def tie(self, row: Row, y: float, tall: float) -> None:
        """Draw what stands between the two claims of a row: the question, its scale, and what happened."""
        self.box("band", Frame(LEFT[1] + 3, y, RIGHT[0] - LEFT[1] - 6, tall))
        label, word = self.selection.label(row.issue), word_of(row)
        if row.change.status == "suggested":
            word += ", suggested"
        top = y + max(0.0, tall - 37) / 3
        self.title(label, word, top - 1.5)
        mid = top + 19
        if row.shift is None:
            role: ArrowRole = "suggested" if row.change.status == "suggested" else "kept"
            self.draw(role, (LEFT[1] + 4, mid + 4), (RIGHT[0] - 6, mid + 4), change=None)
            return
        self.scale(row.shift, mid, row.change.status == "suggested")

    def title(self, label: str, word: str, y: float) -> None:
        """Set the name of the question and what happened, in the middle."""
        middle = (LEFT[1] + RIGHT[0]) / 2
        room = RIGHT[0] - LEFT[1] - 16
        right = width(word, FONTS["page body"])
        if not label:
            self.line(word, "page body", middle - right / 2, y)
            return
        label = fit(label, "page bold", room - right - 14, 1)
        label += "" if label.endswith(("?", "…")) else ":"
        left = width(label, FONTS["page bold"])
        x = middle - (left + 4 + right) / 2
        self.line(label, "page bold", x, y)
        self.line(word, "page body", x + left + 4, y)

    def scale(self, shift: Shift, y: float, suggested: bool) -> None:
        """Draw the scale of the question, with a marker for each text and mode, and the moves between them."""
        xs = places_on(list(shift.scale), *SCALE)
        self.box("rule", Frame(SCALE[0], y - 0.7, SCALE[1] - SCALE[0], 1.4))
        here = marks_on(xs, enumerate((shift.before, shift.after)))
        places: dict[tuple[int, Mode], Point] = {}
        for position, x in xs.items():
            marks = here.get(position, [])
            if not marks:
                self.box("step", Frame(x - DOT / 2, y - DOT / 2, DOT, DOT))
            # An arrow ends before the first marker of a step and starts behind its last.
            half = (len(marks) - 1) / 2 * (MARKER + 2)
            for n, (series, mode) in enumerate(marks):
                what = f"{self.names[series]}: {SAYS[mode]}, {shift.scale[position].label}"
                self.marker(x - half + n * (MARKER + 2), y, series, mode, what)
                places.setdefault((series, mode), (x, half))
        for start, end, role in moves_between(places):
            self.move(start, end, y, "suggested" if suggested else role)
        self.labels(shift, xs, here, y + 6)

    def move(self, start: Point, end: Point, y: float, role: ArrowRole) -> None:
        """Draw an arrow: a solid one between what both say is so, a dashed one to what is expected beyond."""
        gap = MARKER / 2 + 2
        if end[0] != start[0]:
            sign = 1 if end[0] > start[0] else -1
            self.draw(role, (start[0] + sign * (start[1] + gap), y), (end[0] - sign * (end[1] + gap), y))

    def labels(self, shift: Shift, xs: dict[str, float], here: dict[str, list[tuple[int, Mode]]], y: float) -> None:
        """Set the labels under their markers, the ends first; one that would collide is left out."""
        steps = list(xs)
        order = [steps[0], steps[-1], *steps[1:-1]] if len(steps) > 1 else steps
        taken: list[tuple[float, float]] = []
        for position in dict.fromkeys(order):
            marks = here.get(position, [])
            series = marks[0][0] if len({s for s, _ in marks}) == 1 else None
            role: TextRole = "page italic" if marks and all(mode != "is" for _, mode in marks) else "page body"
            words = fit(shift.scale[position].label, role, 170, 1)
            w = width_of(words, role)
            x = xs[position] - w / 2
            x = min(max(x, LEFT[1] + 6), RIGHT[0] - 6 - w)
            for moved in (x, x - 14, x + 14, x - 28, x + 28):
                if not any(moved < right + 6 and left < moved + w + 6 for left, right in taken):
                    x = moved
                    break
            else:
                continue
            if not marks and len(steps) > 3:
                continue
            taken.append((x, x + w))
            self.line(words, role if marks else "page small", x, y, series=series)
