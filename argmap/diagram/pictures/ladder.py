"""The ladder: one row for each issue, with its scale and the position of each text.

    What kind of partner is Japan?     protectorate ── junior partner ── near-equal ally ── equal ally    shifted +1
    1996 “consisted of unequal…”                             ●───────────────▶◧
    2005 “more nearly equals…”

The shape (and hue) of a marker tells the text; its filling tells the mode: full *is*, half *will be*, hollow *should
be*. Markers on one position stand side by side. Texts without a claim on an issue are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from argmap.diagram.layout.measure import PAD_X, PAD_Y, SLACK, height_of, width_of
from argmap.diagram.layout.text import FONTS, TextRole, shorten, width
from argmap.diagram.model import Arrow, ArrowRole, Box, Diagram, Frame, Group, Key, Point, Text
from argmap.diagram.pictures import Picture
from argmap.model import MODE_OF_KIND, MODES, Mode, Position

if TYPE_CHECKING:
    from argmap.diff.model import Row, Side, Standing, Timeline

BEING: dict[Mode, str] = {"is": "is", "plan": "is planned", "will": "will be", "ought": "should be"}
SAYS: dict[Mode, str] = {mode: f"says it {being}" for mode, being in BEING.items()}

PAD = 12.0
QUESTION_W = 232.0
ENDS = ' .,;:"”“'
"""Characters that are cut from the end of a cited passage."""
QUOTE_W = 256.0
SCALE_X = 335.0
LABEL_W = 124.0
STEP_W = 112.0
"""Smallest distance between neighbouring steps of a scale."""
SCALE_W = 364.0
BADGE_GAP = 64.0
BADGE_W = 96.0
PAIR_W = 84.0
"""Room for `1996 → 2005` before a badge, if there are more than two texts."""
MOVE_H = 27.0
"""Distance between the badges of a row."""
ROW_GAP = 10.0
MARKER, HEADLINE_MARKER = 13.0, 17.0
STEP = 5.0
NAME_H = 12.0
"""Height of a marker's name."""
ARC = 21.0
"""Height of an arrow above its scale."""


def ladder(timeline: Timeline, *, title: str | None = None) -> Diagram:
    """Build the diagram of a timeline: where each text stands, issue by issue.

    Parameters
    ----------
    timeline
        Two texts or more; the first row is the headline.
    title
        Another title than the one of the headline row.

    Returns
    -------
    Diagram
        Boxes and arrows with their places.
    """
    names = [text.id for text in timeline.texts]
    page = _Page(names, scale_w=_scale_width(timeline))
    for n, row in enumerate(timeline.rows):
        page.row(row, headline=n == 0)
    return Diagram(
        id="_".join(text.id for text in timeline.texts) or "empty",
        kind="ladder",
        title=title or _title(timeline),
        subtitle=_subtitle(timeline),
        boxes=tuple(page.boxes),
        arrows=tuple(page.arrows),
        groups=tuple(page.groups),
        legend=_legend(names, page.boxes, page.arrows),
        notes=_notes(timeline),
    )


Spot = tuple[Mode, str]
"""A mode and a position: the text says that it is, will be or should be there."""


def _main(standing: Standing) -> Spot | None:
    """Main position of a text: what it says is, else will be, else should be."""
    return next(((mode, standing.at.of(mode)[0]) for mode in MODES if standing.at.of(mode)), None)


def _telling(row: Row) -> dict[int, Spot]:
    """For each text on a row's scale, the position that is new in it.

    Usually its main position. If that is the position of the text before and the text foresees another one, the foreseen
    position.
    """
    telling: dict[int, Spot] = {}
    stood: Spot | None = None
    expected: tuple[str, ...] = ()
    for n, standing in enumerate(row.standings):
        main = _main(standing)
        if main is None or main[1] not in row.scale:
            continue
        coming = [position for position in standing.at.will if position != main[1] and position in row.scale]
        moves_on = main == stood and main[0] == "is" and coming and coming[0] not in expected
        telling[n] = ("will", coming[0]) if moves_on else main
        stood, expected = main, standing.at.will
    return telling


def _title(timeline: Timeline) -> str:
    """Title from the position of the first text to that of the last, or towards the one that it foresees."""
    if not timeline.rows:
        return "Nothing to compare"
    row = timeline.rows[0]
    spots = list(_telling(row).values())
    if len(spots) > 1 and spots[0][1] != spots[-1][1]:
        way = "to" if spots[-1][0] == "is" else "towards"
        return f"From {row.scale[spots[0][1]].label} {way} {row.scale[spots[-1][1]].label}"
    return row.question


def _subtitle(timeline: Timeline) -> str:
    told = []
    for text in timeline.texts:
        about = ", ".join(part for part in (f"“{text.title}”" if text.title else "", text.date or "") if part)
        told.append(f"{text.id} ({about})" if about and about != text.id else text.id)
    return f"Where each text stands, issue by issue: {', '.join(told)}."


def _legend(names: Sequence[str], boxes: Sequence[Box], arrows: Sequence[Arrow]) -> tuple[Key, ...]:
    texts = [Key(name, box=Box("", "marker", series=n, mode="is")) for n, name in enumerate(names)]
    used = {box.mode for box in boxes if box.role == "marker"}
    says = (Key(SAYS[mode], box=Box("", "marker", mode=mode)) for mode in MODES if mode in used)
    drawn = {arrow.role for arrow in arrows}
    ways: tuple[tuple[ArrowRole, str], ...] = (("move", "has moved"), ("coming", "foreseen or called for"))
    return (*texts, *says, *(Key(meaning, arrow=role) for role, meaning in ways if role in drawn))


def _notes(timeline: Timeline) -> tuple[str, ...]:
    """List the texts that the scale labels come from: one by one for the headline; other labels show it on hover."""
    notes = ["The labels on the scales are the analyst’s words. Only words in quotation marks come from the texts."]
    told = [_origin(position) for position in timeline.rows[0].scale.values()] if timeline.rows else []
    notes += [f"{origin}." for origin in told if origin]
    if any(position.origin for row in timeline.rows[1:] for position in row.scale.values()):
        notes.append("The codebook gives the words behind the other labels.")
    return tuple(notes)


def _origin(position: Position) -> str | None:
    return f"{position.label}: {position.origin}" if position.origin else None


def _scale_width(timeline: Timeline) -> float:
    longest = max((len(row.scale) for row in timeline.rows), default=2)
    return max(SCALE_W, STEP_W * (longest - 1))


@dataclass(slots=True)
class _Page:
    names: Sequence[str]
    scale_w: float
    y: float = 0.0
    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def width(self) -> float:
        return SCALE_X + self.scale_w + BADGE_GAP + (PAIR_W if len(self.names) > 2 else 0.0) + BADGE_W + PAD

    def row(self, row: Row, headline: bool) -> None:
        """Add one issue below the others."""
        first, at = len(self.boxes), self.y
        marker = HEADLINE_MARKER if headline else MARKER
        text_h = self._question(row, headline, at + PAD)
        moves = [move for move in row.moves if move]
        tallest = max((len(names) for names in self._fallen(row).values()), default=1)
        arcs = ARC + 5.0 * max(0, len(self.names) - 2) + (NAME_H * tallest if headline else 0.0)
        tall = self._height(tallest, row, marker) if row.scale else marker
        line_y = at + PAD + arcs + tall / 2 + 4
        labels_h = self._scale(row, headline, line_y, marker) if row.scale else 0.0
        badges_h = len(moves) * MOVE_H
        badges_y = max(line_y if row.scale else at + PAD + text_h / 2, at + PAD + badges_h / 2)
        low = max(at + PAD + text_h, line_y + tall / 2 + labels_h if row.scale else 0, badges_y + badges_h / 2)
        self._badges(row, badges_y)
        frame = Frame(0.0, at, self.width, low - at + PAD * (1.0 if headline else 0.6))
        if not headline:
            self.boxes.append(
                Box(
                    f"{row.issue} rule",
                    "rule",
                    marks=("faint",),
                    at=Frame(PAD, frame.bottom, self.width - 2 * PAD, 0.8),
                )
            )
        ids = tuple(box.id for box in self.boxes[first:])
        self.groups.append(Group(row.issue, row.question, ids, headline, frame if headline else None))
        self.y = frame.bottom + (ROW_GAP if headline else 2.0)

    def _words(
        self, box_id: str, text: Text, x: float, y: float, w: float, claim: str | None = None, hover: str | None = None
    ) -> float:
        """Add words; return their height."""
        h = height_of(text, w)
        self.boxes.append(
            Box(box_id, "text", (text,), series=text.series, claim=claim, hover=hover, at=Frame(x, y, w, h))
        )
        return h

    def _question(self, row: Row, headline: bool, y: float) -> float:
        top = y
        role: TextRole = "headline" if headline else "question"
        y += self._words(f"{row.issue} question", Text(row.question, role), PAD, y, QUESTION_W) + 3
        telling = _telling(row)
        for n, standing in enumerate(row.standings):
            name = self.names[n]
            said = _said(row, standing, telling.get(n))
            if said is None:
                spoken = {"none": "no claim", "no-position": "no position", "position": "no quote"}
                nothing = "silent" if standing.at.silent else spoken[standing.at.state]
                words, role, claim = f"{name}: {nothing} on this issue", "small", None
            else:
                font = FONTS["quote"]
                room = QUOTE_W * SLACK - width(f"{name} “”", font)
                side, exact = said
                words, role, claim = f"{name} “{shorten(exact, font, room)}”", "quote", f"{standing.map}/{side.id}"
            text = Text(words, role, series=n if said else None)
            y += self._words(f"{row.issue} {name} says", text, PAD, y, QUOTE_W, claim) + 2
        return y - top

    def _x(self, row: Row, position: str) -> float:
        order = list(row.scale)
        return SCALE_X + (
            self.scale_w * order.index(position) / (len(order) - 1) if len(order) > 1 else self.scale_w / 2
        )

    def _step_w(self, row: Row) -> float:
        return self.scale_w / max(1, len(row.scale) - 1)

    def _room(self, row: Row) -> float:
        """Width of a step's label."""
        return min(self._step_w(row) - 8, LABEL_W)

    def _fallen(self, row: Row) -> dict[str, list[tuple[int, Mode]]]:
        """Texts at each position, with their modes."""
        fallen: dict[str, list[tuple[int, Mode]]] = {}
        for n, standing in enumerate(row.standings):
            for mode in MODES:
                for position in standing.at.of(mode):
                    if position in row.scale:
                        fallen.setdefault(position, []).append((n, mode))
        return fallen

    def _abreast(self, row: Row, marker: float) -> int:
        return max(1, int((self._room(row) + 3) // (marker + 3)))

    def _rows_of(self, count: int, row: Row, marker: float) -> int:
        return -(-count // self._abreast(row, marker))

    def _height(self, count: int, row: Row, marker: float) -> float:
        """Height of several markers on one position."""
        return self._rows_of(max(count, 1), row, marker) * (marker + 2) - 2

    def _scale(self, row: Row, headline: bool, y: float, marker: float) -> float:
        """Add the line, its steps, markers and labels; return the height of the labels."""
        xs = [self._x(row, position) for position in row.scale]
        self.boxes.append(Box(f"{row.issue} scale", "rule", at=Frame(xs[0], y - 1.1, xs[-1] - xs[0], 2.2)))
        fallen = self._fallen(row)
        places: dict[tuple[int, Mode, str], Point] = {}
        lifts: dict[str, float] = {}
        for position in row.scale:
            here = fallen.get(position, [])
            places.update(self._markers(row, position, here, y, marker))
            tall = self._height(len(here), row, marker) / 2
            if headline:
                self._names(row, position, here, y - tall - 2)
            lifts[position] = tall + 3 + (NAME_H * len(here) if headline else 0)
        self._moves(row, places, lifts)
        role: TextRole = "headline step" if headline else "step"
        room = self._room(row)
        top = y + max((self._height(len(here), row, marker) for here in fallen.values()), default=marker) / 2 + 5
        high = 0.0
        for position, step in row.scale.items():
            text = Text(step.label, role, align="centre")
            x = self._x(row, position) - room / 2
            high = max(high, self._words(f"{row.issue} {position} label", text, x, top, room, hover=_origin(step)))
        return high + 5

    def _markers(
        self, row: Row, position: str, here: Sequence[tuple[int, Mode]], y: float, marker: float
    ) -> Iterator[tuple[tuple[int, Mode, str], Point]]:
        x = self._x(row, position)
        if not here:
            frame = Frame(x - STEP / 2, y - STEP / 2, STEP, STEP)
            self.boxes.append(Box(f"{row.issue} {position} step", "step", at=frame))
            return
        abreast = self._abreast(row, marker)
        tall = self._rows_of(len(here), row, marker)
        for n, (text, mode) in enumerate(here):
            line, place = divmod(n, abreast)
            wide = min(abreast, len(here) - line * abreast)
            at_x = x + (place - (wide - 1) / 2) * (marker + 3)
            at_y = y + (line - (tall - 1) / 2) * (marker + 2)
            standing = row.standings[text]
            side = next((c for c in standing.claims if c.position == position and _mode(c) == mode), None)
            hover = f"{self.names[text]} {SAYS[mode]}: {row.scale[position].label}"
            if side and side.quotes:
                hover += f"\n“{side.quotes[0].exact}”"
            self.boxes.append(
                Box(
                    f"{row.issue} {self.names[text]} {mode} {position}",
                    "marker",
                    series=text,
                    mode=mode,
                    claim=f"{standing.map}/{side.id}" if side else None,
                    hover=hover,
                    at=Frame(at_x - marker / 2, at_y - marker / 2, marker, marker),
                )
            )
            yield (text, mode, position), (at_x, at_y)

    def _names(self, row: Row, position: str, here: Sequence[tuple[int, Mode]], y: float) -> None:
        """Add names above the headline's markers: the text and the mode."""
        for n, (text, mode) in enumerate(reversed(here)):
            words = Text(f"{self.names[text]}: {BEING[mode]}", "word", series=text, align="centre")
            room = self._room(row)
            x = self._x(row, position) - room / 2
            self._words(f"{row.issue} {position} name {n}", words, x, y - NAME_H * (n + 1), room)

    def _moves(self, row: Row, places: dict[tuple[int, Mode, str], Point], lifts: dict[str, float]) -> None:
        """Add arrows from the position of each text to that of the next text with a position."""
        stood: dict[int, Spot] = {n: main for n, s in enumerate(row.standings) if (main := _main(s))}
        telling = _telling(row)
        for n, (earlier, later) in enumerate(pairwise(telling)):
            (mode, position), (later_mode, later_position) = stood[earlier], telling[later]
            if position == later_position:
                continue
            (x0, y0), (x1, y1) = places[earlier, mode, position], places[later, later_mode, later_position]
            lean = (x1 - x0) * 0.16
            y0, y1 = y0 - lifts[position], y1 - lifts[later_position]
            top = min(y0, y1) - ARC - 5.0 * n
            self.arrows.append(
                Arrow(
                    f"{row.issue} {self.names[earlier]} to {self.names[later]}",
                    f"{row.issue} {self.names[earlier]} {mode} {position}",
                    f"{row.issue} {self.names[later]} {later_mode} {later_position}",
                    "move" if later_mode == "is" else "coming",
                    path=((x0, y0), (x0 + lean, top), (x1 - lean, top), (x1, y1)),
                    curved=True,
                    hover=f"from {row.scale[position].label} to {row.scale[later_position].label}",
                )
            )

    def _badges(self, row: Row, y: float) -> None:
        """Add the words for what happened from each text to the next."""
        moves = [(n, move) for n, move in enumerate(row.moves) if move]
        h = FONTS["badge"].leading + 2 * PAD_Y
        y -= MOVE_H * (len(moves) - 1) / 2
        for n, move in moves:
            x = SCALE_X + self.scale_w + BADGE_GAP
            if len(self.names) > 2:
                pair = Text(f"{self.names[n]} → {self.names[n + 1]}", "small")
                self._words(f"{row.issue} move {n} between", pair, x, y - FONTS["small"].leading / 2, PAIR_W)
                x += PAIR_W
            w = width_of(move, "badge") + 2 * PAD_X + 6
            text = (Text(move, "badge", align="centre"),)
            self.boxes.append(Box(f"{row.issue} move {n}", "badge", text, at=Frame(x, y - h / 2, w, h)))
            y += MOVE_H


def _mode(side: Side) -> Mode | None:
    return MODE_OF_KIND[side.kind] if side.kind else None


def _said(row: Row, standing: Standing, spot: Spot | None) -> tuple[Side, str] | None:
    """Quote that shows a text's position, from the words on that the scale's label cites."""
    quoted = [side for side in standing.claims if side.quotes]
    if not quoted:
        return None
    side = next((c for c in quoted if spot and c.position == spot[1] and _mode(c) == spot[0]), quoted[0])
    exact = side.quotes[0].exact
    origin = row.scale[spot[1]].origin if spot else None
    for cited in re.findall(r"[“\"]([^“”\"]+)[”\"]", origin or ""):
        at = exact.find(cited)
        if at > 0:
            return side, "…" + exact[at:].rstrip(ENDS)
    return side, exact.rstrip(ENDS)


PICTURE = Picture("ladder", "timeline", "Where each text stands, issue by issue.", ladder)
