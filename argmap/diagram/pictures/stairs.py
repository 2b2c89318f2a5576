"""The stairs: the steps of the headline, a quote on each that a text speaks of, and what each text says of them.

    protectorate ─ junior partner ─ near-equal ally
                   ● ■ - - - - - ▶ ◧  “If all goes well”

A marker stands where a text says that things are, are planned, will be or ought to be; an arc leads from what is to
what is expected, with its condition. A step that no text names is marked as the analyst's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.diagram.layout.text import FONTS, width
from argmap.diagram.model import ArrowRole, Diagram, Frame, Group, Point
from argmap.diagram.pictures import Picture
from argmap.diagram.pictures.canvas import LINE, MARGIN, SAYS, Canvas, fit, height_in, marks_on, names_of
from argmap.diagram.pictures.cited import cited, is_analysts, speaking
from argmap.diagram.pictures.how import rows as choose
from argmap.diagram.pictures.how.title import ends_of
from argmap.model import MODES, Map, Mode

if TYPE_CHECKING:
    from argmap.diff.model import Diff, Shift

W = 1000.0
TOP, MOST = 140.0, 300.0
"""Top of the highest step, and greatest height of the stairs."""
LOWEST, RISE = 112.0, 56.0
MARK = 17.0


def stairs(diff: Diff, before: Map, after: Map, *, title: str | None = None) -> Diagram:
    """Draw the headline's steps and what each text says of them."""
    selection = choose.select(diff, before, after)
    page = _Stairs(selection, names_of((diff.before, diff.after)))
    shift = selection.headline
    heading = title or (_title(shift, page.names) if shift else "The texts share no issue with a scale")
    page.heading(heading, W - 2 * MARGIN)
    question = shift.question if shift else "A scale of positions in the codebook makes this picture possible."
    page.line(question, "page subtitle", MARGIN, 46, W - 2 * MARGIN)
    page.y = 70
    if shift:
        page.steps(shift)
        page.carried(selection)
        page.key(page.names, MARGIN, page.y)
        page.y += 22
    if by_analyst := diff.analysts_words:
        page.line(by_analyst, "page small", MARGIN, page.y)
        page.y += 18
    return page.diagram(f"{before.id}_{after.id}", "stairs", heading, question, W)


def _title(shift: Shift, names: tuple[str, ...]) -> str:
    """Say where both texts stand and what the later one expects."""
    start, end, mode = ends_of(shift)
    was = next((p for p in shift.before.of("is") if p in shift.scale), None)
    now = next((p for p in shift.after.of("is") if p in shift.scale), None)
    label = shift.scale[end].label if end else ""
    if mode == "is" and was and end:
        return f"From {shift.scale[was].label} to {label}"
    move = shift.move(mode)
    hangs = ", on a condition" if move and move.condition else ""
    verb = {"plan": "plans", "will": "foresees", "ought": "calls for"}.get(mode, "")
    if was and was == now:
        both = f"{_capital(shift.scale[was].label)} in both texts"
        return f"{both}; {names[1]} {verb} {label}{hangs}" if end else both
    if start and end:
        return f"{_capital(shift.scale[start].label)}; {names[1]} {verb} {label}{hangs}"
    return shift.question


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


class _Stairs(Canvas):
    def __init__(self, selection: choose.Selection, names: tuple[str, ...]) -> None:
        super().__init__()
        self.selection = selection
        self.names = names
        self.base = TOP + LOWEST

    def steps(self, shift: Shift) -> None:
        """Draw the steps, their labels and quotes, the markers on them and the arcs between."""
        steps = list(shift.scale)
        wide = (W - 2 * MARGIN) / len(steps)
        rise = min(RISE, (MOST - LOWEST) / max(len(steps) - 1, 1))
        self.base = TOP + LOWEST + rise * (len(steps) - 1)
        tops: dict[str, Point] = {}
        for n, position in enumerate(steps):
            x, h = MARGIN + wide * n, LOWEST + rise * n
            spoken = self.step(shift, position, x, wide, h)
            tops[position] = (x + wide / 2, self.base - h)
            label = fit(shift.scale[position].label, "page voice", wide - 24, 1)
            self.line(label, "page voice", x + 12, self.base - 24)
            origin = shift.scale[position].origin
            if is_analysts(shift.scale[position]):
                self.line("the analyst's step", "page italic", x + 12, self.base - 42, wide - 24)
            elif not spoken and origin:
                # A text may name a step without taking a position on it.
                self.paragraph(
                    fit(origin, "page italic", wide - 26, 2), "page italic", x + 12, self.base - h + 10, wide - 24
                )
        places = self.marks(shift, tops)
        above: dict[float, int] = {}
        for series in (0, 1):
            self.arcs(shift, series, places, above)
        self.y = self.base + 16

    def step(self, shift: Shift, position: str, x: float, wide: float, h: float) -> bool:
        """Draw one step with the words of each text that speaks of it; tell whether one does."""
        box = self.box("stair", Frame(x + 1, self.base - h, wide - 2, h))
        self.groups.append(Group(f"step {position}", shift.scale[position].label, (box.id,)))
        y, spoken = self.base - h + 10, False
        for series, stand in enumerate((shift.before, shift.after)):
            text = (self.selection.before, self.selection.after)[series]
            for mode in MODES:
                claim = speaking(text.map, shift.issue, position, mode, text.distance)
                if position not in stand.of(mode) or claim is None:
                    continue
                spoken = True
                words = cited(text.quotations.checked(claim.id), shift.scale[position].origin)
                hangs = text.quotations.condition(claim.id)
                said = f"{self.names[series]}: {words or claim.text}" + (f", {hangs}" if hangs else "")
                room = wide - 24
                said = fit(said, "page body", room * 0.97, 2)
                if y + height_in(said, "page body", room) > self.base - (
                    44 if is_analysts(shift.scale[position]) else 26
                ):
                    continue
                at = f"{text.map.id}/{claim.id}"
                hover = "\n".join([claim.text, *text.quotations.shown(claim.id)])
                y += self.paragraph(said, "page body", x + 12, y, room, series, claim=at, hover=hover) + 3
        return spoken

    def marks(self, shift: Shift, tops: dict[str, Point]) -> dict[tuple[int, Mode], Point]:
        places: dict[tuple[int, Mode], Point] = {}
        for position, found in marks_on(tops, enumerate((shift.before, shift.after)), 1).items():
            x, top = tops[position]
            for n, (series, mode) in enumerate(found):
                at = x + (n - (len(found) - 1) / 2) * (MARK + 14)
                label = shift.scale[position].label
                self.marker(at, top - 15, series, mode, f"{self.names[series]}: {SAYS[mode]}, {label}", MARK)
                places[series, mode] = (at, top - 15)
        return places

    def arcs(self, shift: Shift, series: int, places: dict[tuple[int, Mode], Point], above: dict[float, int]) -> None:
        """Lead from what a text says is to what it plans, foresees or calls for; `above` counts the lines over each step."""
        start = places.get((series, "is"))
        for mode in MODES[1:]:
            end = places.get((series, mode))
            if end is None:
                continue
            word = f"{self.names[series]}: {SAYS[mode]}"
            condition = self.condition(shift, series, mode)
            told = f"{word}, “{condition}”" if condition else word
            w = width(told, FONTS["page bold"])
            at = min(max(end[0] - w / 2, MARGIN), W - MARGIN - w)
            lift = above[end[1]] = above.get(end[1], -1) + 1
            self.line(told, "page bold", at, end[1] - MARK - 14 - LINE * lift, series=series)
            if start is not None and abs(start[0] - end[0]) > 3 * MARK:
                role: ArrowRole = "demanded" if mode == "ought" else "coming"
                sign = 1 if end[0] > start[0] else -1
                (x0, y0), (x1, y1) = (start[0], start[1] - 12), (end[0] - sign * 13, end[1])
                self.draw(role, (x0, y0), (x0, y1), (x1 - sign * 60, y1), (x1, y1), series=series, curved=True)

    def condition(self, shift: Shift, series: int, mode: Mode) -> str | None:
        text = (self.selection.before, self.selection.after)[series]
        stand = (shift.before, shift.after)[series]
        for position in stand.of(mode)[:1]:
            claim = speaking(text.map, shift.issue, position, mode, text.distance)
            if claim is not None and claim.condition is not None:
                words = text.quotations.condition(claim.id)
                return fit(words.removeprefix("“").removesuffix("”"), "page bold", 260, 1)
        return None

    def carried(self, selection: choose.Selection) -> None:
        """Say which other questions have moved, and for which that is only expected."""
        differing, _ = choose.answered_differently(selection)
        done = [selection.label(row.issue) for row in differing]
        expected = [
            selection.label(row.issue)
            for row in selection.rows
            if row not in differing and row.shift and any(row.shift.after.of(mode) for mode in MODES[1:])
        ]
        told = []
        if done:
            told.append(f"{self.names[1]} answers these differently: {', '.join(done)}.")
        if expected:
            told.append(f"Only planned, foreseen or called for: {', '.join(expected)}.")
        for words in told:
            self.y += self.paragraph(words, "page body", MARGIN, self.y, W - 2 * MARGIN) + 4
        if questions := choose.theses_differ(selection):
            asked = [f"{name}, “{question}”" for name, question in zip(self.names, questions, strict=True)]
            words = f"The theses answer different questions: {'; '.join(asked)}"
            self.y += self.paragraph(words, "page body", MARGIN, self.y, W - 2 * MARGIN) + 4
        self.y += 6


PICTURE = Picture("stairs", "diff", "The steps of the headline, and what each text says of them.", stairs)
