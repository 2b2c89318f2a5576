"""Lay a plot out, from top to bottom, and draw it with Matplotlib. All sizes are pixels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from argmap.corpus.over_time import words
from argmap.corpus.over_time.dates import Days, days_of
from argmap.corpus.over_time.model import ChangePoint, Point, Series, Trends
from argmap.diagram.layout.text import Font, drawable, lines, shorten, width
from argmap.diagram.theme import SHAPES, Theme
from argmap.model import Mode

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MARGIN = 18.0
MARK = 9.0
"""Width of a mark."""
GAP = 11.0
"""Distance of marks that would lie upon one another."""
NAMED = 7
"""Persons with marks of their own, if there are more than `NAMED` + 1; the others share one."""
LONGEST_NAME = 300.0
MOST_LINES = 80
"""Points up to which each person's marks are joined, and inexact dates are drawn."""
TITLE, HEAD, BODY, SMALL = Font(18, bold=True), Font(13.5, bold=True), Font(13), Font(12)
SILENT = {"no-position": "takes no position", "none": "no claim on it"}
"""Lanes of texts without a position, by their state."""
_MARKERS = dict(zip(SHAPES, "osD^phv*", strict=True))
FILLS: dict[Mode, str] = {"is": "full", "plan": "bottom", "will": "left", "ought": "none"}
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class _Voice:
    """Look of a person's marks."""

    name: str
    marker: str
    line: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class _Lane:
    """A position of a panel, with its marks: places in `points`, and their offsets up or down in steps of `GAP`."""

    label: tuple[str, ...]
    marks: Mapping[int, int]
    high: float


class Sheet:
    """The layout of a plot, from top to bottom, in pixels."""

    def __init__(self, found: Trends, wide: float, theme: Theme) -> None:
        self.found, self.wide, self.theme = found, wide, theme
        self.narrow = wide < 640
        labels = [width(label, BODY) for label in (*map(found.label_of, found.scale), *SILENT.values())]
        self.left = MARGIN if self.narrow else MARGIN + min(max(labels), wide * 0.22) + 14
        self.right = wide - MARGIN - 6
        days = [days_of(text.date) for text in found.texts]
        self.days: dict[str, Days] = {t.map: d for t, d in zip(found.texts, days, strict=True) if d}
        first = min(each.first.toordinal() for each in self.days.values())
        last = max(each.last.toordinal() for each in self.days.values())
        room = max((last - first) * 0.02, 1.0)
        self.first, self.last = first - room, last + room
        self.voices = self._voices()
        self.exact = len(found.points) > MOST_LINES
        self.drawn: list[tuple[Any, ...]] = []
        self.panels: list[tuple[float, float]] = []
        self.y = MARGIN

    def _voices(self) -> dict[str | None, _Voice]:
        counts = Counter(point.voice for point in self.found.points if point.voice)
        ranked = sorted(counts, key=lambda name: (-counts[name], name))
        own = ranked if len(ranked) <= NAMED + 1 else ranked[:NAMED]
        series = self.theme.series
        looks: dict[str | None, _Voice] = {
            name: _Voice(name, _MARKERS[SHAPES[n % len(SHAPES)]], series[n % len(series)][0])
            for n, name in enumerate(sorted(own))
        }
        rest = [name for name in ranked if name not in looks]
        if rest:
            looks |= dict.fromkeys(rest, _Voice(f"{len(rest)} others", "o", self.theme.muted, small=True))
        if any(point.voice is None for point in self.found.points):
            looks[None] = _Voice("no name given", "o", self.theme.muted, small=True)
        return looks

    def x(self, day: float) -> float:
        """Return the place of a day."""
        return self.left + (day - self.first) / (self.last - self.first) * (self.right - self.left)

    def figure(self) -> Figure:
        """Lay everything out, and draw it on one figure of the right height."""
        found = self.found
        room = self.wide - 2 * MARGIN
        self._words(found.question, TITLE, room, self.theme.ink)
        self._words(words.texts_in_words(found), SMALL, room, self.theme.muted)
        self.y += 8
        self._legend()
        for series in found.series:
            self._panel(series)
        self._silent()
        self._axis()
        self._words(
            "A scale is an order, not a measure: read the lane, not the distance.", SMALL, room, self.theme.muted
        )
        if found.notes:
            told = "; ".join(note.message for note in found.notes)
            self._words(f"Left out or doubtful: {told}.", SMALL, room, self.theme.muted)
        self.y += MARGIN - 6
        return self._rendered()

    def _words(self, text: str, font: Font, room: float, colour: str, x: float = MARGIN) -> None:
        for line in lines(text, font, room):
            self.drawn.append(("text", x, self.y, line, font, colour, "left"))
            self.y += font.leading * 1.08
        self.y += 3

    def _legend(self) -> None:
        """Explain the signs that the plot contains, and no others."""
        found, theme = self.found, self.theme
        modes = {point.mode for point in found.points}
        mode: Mode = next(iter(modes)) if len(modes) == 1 else "is"
        entries: list[tuple[str, Any]] = [(voice.name, voice) for voice in dict.fromkeys(self.voices.values())]
        if any(point.condition for point in found.points):
            entries.append(("hangs on a condition", "condition"))
        if not self.exact and any(self._is_inexact(point.map) for point in found.points):
            entries.append(("date known to the year or month", "inexact"))
        if any(len(series.periods) > 1 for series in found.series):
            entries.append(("median position of a period", "middle"))
        if any(series.change_points for series in found.series):
            entries.append(("change point", "change"))
        x, y = MARGIN, self.y + 8
        for name, sign in entries:
            name = shorten(name, BODY, min(self.wide - 2 * MARGIN - 24, LONGEST_NAME))
            needed = 24 + width(name, BODY) + 18
            if x > MARGIN and x + needed - 18 > self.wide - MARGIN:
                x, y = MARGIN, y + 21
            at = x + 8
            if isinstance(sign, _Voice):
                self.drawn.append(("mark", at, y, sign, mode, None))
            elif sign == "condition":
                self.drawn.append(("mark", at, y - 2, _Voice("", "o", theme.muted), mode, None))
                self.drawn.append(("bar", at, y - 2, theme.ink))
            elif sign == "inexact":
                self.drawn.append(("span", at - 9, at + 9, y, theme.muted))
            elif sign == "middle":
                self.drawn.append(("band", at - 9, y - 6, 18, 12, theme.boxes["thesis"].fill))
            else:
                self.drawn.append(("line", [(at, y - 8), (at, y + 8)], theme.ink, 1.4, "dashed"))
            self.drawn.append(("text", x + 24, y - 5, name, BODY, theme.ink, "left"))
            x += needed
        self.y = y + 20

    def _panel(self, series: Series) -> None:
        found, theme = self.found, self.theme
        self.y += 14
        self.drawn.append(("mark", MARGIN + 6, self.y + 6.5, _Voice("", "o", theme.ink), series.mode, None))
        self._words(words.heading(series), HEAD, self.wide - 2 * MARGIN - 18, theme.ink, MARGIN + 18)
        self._words(words.short_verdict(found, series), SMALL, self.wide - 2 * MARGIN, theme.muted)
        self.y += 16 if series.change_points else 4
        top = self.y
        own = [(n, point) for n, point in enumerate(found.points) if point.mode == series.mode]
        centre: dict[str, tuple[float, float]] = {}
        for position in reversed(found.scale):
            lane = self._lane(position, [(n, point) for n, point in own if point.position == position])
            centre[position] = self._labelled(lane.label, lane.high)
            middle = self.y - lane.high / 2
            for n, offset in lane.marks.items():
                self._point(n, found.points[n], middle + offset * GAP)
        self._middles(series, centre)
        if not self.exact:
            self._joined(own)
        for change in series.change_points:
            self._change(change, top)
        self.panels.append((top, self.y))

    def _lane(self, position: str, own: Sequence[tuple[int, Point]]) -> _Lane:
        """Place marks so that none lies upon another: each as near to the middle of its lane as there is room."""
        ends: dict[int, float] = {}
        marks: dict[int, int] = {}
        for n, point in sorted(own, key=lambda each: self.x(self.days[each[1].map].middle.toordinal())):
            at = self.x(self.days[point.map].middle.toordinal())
            offset = next(o for k in range(len(own) + 1) for o in (k, -k) if ends.get(o, -1e9) + MARK + 2 <= at)
            ends[offset] = at
            marks[n] = offset
        levels = max((abs(offset) for offset in marks.values()), default=0)
        label = lines(
            self.found.label_of(position), BODY, self.left - MARGIN - 10 if not self.narrow else self.wide - 2 * MARGIN
        )
        high = max(24.0 if self.narrow else 30.0, (2 * levels + 1) * GAP + (8 if self.narrow else 16))
        return _Lane(label, marks, high if self.narrow else max(high, len(label) * BODY.leading + 8))

    def _labelled(self, label: Sequence[str], high: float) -> tuple[float, float]:
        """Draw the rule and the label of a lane, move below it, and return its top and bottom."""
        theme = self.theme
        if self.narrow:
            for line in label:
                self.drawn.append(("text", MARGIN, self.y + 3, line, SMALL, theme.ink, "left"))
                self.y += SMALL.leading
        top = self.y
        self.y += high
        self.drawn.append(("line", [(self.left, self.y), (self.right, self.y)], theme.rule, 0.8, "solid"))
        if not self.narrow:
            start = top + high / 2 - len(label) * BODY.leading / 2 + 3
            for n, line in enumerate(label):
                self.drawn.append(("text", self.left - 10, start + n * BODY.leading, line, BODY, theme.ink, "right"))
        return top, self.y

    def _point(self, n: int, point: Point, y: float) -> None:
        days = self.days[point.map]
        x = self.x(days.middle.toordinal())
        if not self.exact and self._is_inexact(point.map):
            ends = self.x(days.first.toordinal()), self.x(days.last.toordinal() + 1)
            self.drawn.append(("span", *ends, y, self.theme.muted))
        self.drawn.append(("mark", x, y, self.voices[point.voice], point.mode, n))
        if point.condition:
            self.drawn.append(("bar", x, y, self.theme.ink))

    def _is_inexact(self, map_: str) -> bool:
        days = self.days[map_]
        if days.first == days.last:
            return False
        return self.x(days.last.toordinal() + 1) - self.x(days.first.toordinal()) > MARK

    def _middles(self, series: Series, lanes: Mapping[str, tuple[float, float]]) -> None:
        """Shade the lane of the text in the middle of each of several periods."""
        if len(series.periods) < 2:
            return
        ends = [(days_of(period.first), days_of(period.last)) for period in series.periods]
        middles = [
            (was.last.toordinal() + now.first.toordinal()) / 2 for (_, was), (now, _) in pairwise(ends) if was and now
        ]
        first, last = ends[0][0], ends[-1][1]
        if not first or not last:
            return
        bounds = [self.x(day) for day in (first.first.toordinal(), *middles, last.last.toordinal())]
        bounds[0], bounds[-1] = bounds[0] - 7, bounds[-1] + 7
        for period, (left, right) in zip(series.periods, pairwise(bounds), strict=True):
            for position in period.median:
                top, bottom = lanes[position]
                self.drawn.append(
                    ("band", left, top + 1, right - left, bottom - top - 2, self.theme.boxes["thesis"].fill)
                )

    def _joined(self, own: Sequence[tuple[int, Point]]) -> None:
        """Join the marks of each person, in the order of the dates."""
        at = {item[5]: (item[1], item[2]) for item in self.drawn if item[0] == "mark" and item[5] is not None}
        for voice in self.voices.values():
            path = [at[n] for n, point in own if self.voices[point.voice] is voice]
            if len(path) > 1 and not voice.small:
                self.drawn.append(("line", path, voice.line, 0.7, "solid"))

    def _change(self, change: ChangePoint, top: float) -> None:
        before, after = days_of(change.last_before), days_of(change.first_after)
        if before and after:
            x = self.x((before.last.toordinal() + after.first.toordinal()) / 2)
            self.drawn.append(("line", [(x, top - 3), (x, self.y)], self.theme.ink, 1.4, "dashed"))
            label = f"{change.last_before} – {change.first_after}"
            half = width(label, SMALL) / 2
            at = min(max(x, MARGIN + half), self.wide - MARGIN - half)
            self.drawn.append(("text", at, top - 16, label, SMALL, self.theme.ink, "centre"))

    def _silent(self) -> None:
        """Show the texts that take no position, in lanes of their own."""
        for state, label in SILENT.items():
            silent = [text for text in self.found.texts if text.state == state]
            if silent:
                self.y += 10
                room = self.wide if self.narrow else self.left - MARGIN - 10
                top, bottom = self._labelled(lines(label, BODY, room), 26.0)
                self.panels.append((top, bottom))
                for text in silent:
                    x = self.x(self.days[text.map].middle.toordinal())
                    self.drawn.append(("cross", x, (top + bottom) / 2, self.theme.muted))

    def _axis(self) -> None:
        """Write the dates."""
        from matplotlib import dates as typeless

        dates: Any = typeless
        locator = dates.AutoDateLocator(
            minticks=2, maxticks=max(3, int((self.right - self.left) / (60 if self.narrow else 75)))
        )
        first, last = (dates.num2date(day - _EPOCH) for day in (self.first, self.last))
        ticks = [tick for tick in locator.tick_values(first, last) if self.first <= tick + _EPOCH <= self.last]
        formatter = dates.ConciseDateFormatter(locator)
        labels = formatter.format_ticks(ticks)
        self.y += 4
        for tick, label in zip(ticks, labels, strict=True):
            x = self.x(tick + _EPOCH)
            self.drawn.append(("line", [(x, self.y - 4), (x, self.y + 1)], self.theme.muted, 1.0, "solid"))
            self.drawn += [("grid", x, top, bottom, self.theme.boxes["faint"].fill) for top, bottom in self.panels]
            self.drawn.append(("text", x, self.y + 3, label, SMALL, self.theme.ink, "centre"))
        self.y += 24
        if year := formatter.get_offset():
            self.drawn.append(("text", self.right, self.y - 4, year, SMALL, self.theme.ink, "right"))
            self.y += 16

    def _rendered(self) -> Figure:
        from matplotlib.figure import Figure

        figure = Figure(figsize=(self.wide / 72, self.y / 72), dpi=72)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, self.wide)
        axes.set_ylim(self.y, 0)
        axes.axis("off")
        for name, *details in self.drawn:
            getattr(self, f"_draw_{name}")(axes, *details)
        return figure

    def _draw_text(self, axes: Axes, x: float, y: float, line: str, font: Font, colour: str, align: str) -> None:
        weight = "bold" if font.bold else "normal"
        axes.text(
            x,
            y,
            drawable(line),
            fontsize=font.size,
            weight=weight,
            color=colour,
            ha="center" if align == "centre" else align,
            va="top",
            zorder=6,
        )

    def _draw_line(self, axes: Axes, path: Sequence[tuple[float, float]], colour: str, wide: float, style: str) -> None:
        axes.plot(
            *zip(*path, strict=True), color=colour, linewidth=wide, linestyle=style, zorder=2, solid_capstyle="butt"
        )

    def _draw_grid(self, axes: Axes, x: float, top: float, bottom: float, colour: str) -> None:
        axes.plot([x, x], [top, bottom], color=colour, linewidth=0.8, zorder=0)

    def _draw_span(self, axes: Axes, left: float, right: float, y: float, colour: str) -> None:
        path = [(left, y - 3.5), (left, y + 3.5), (left, y), (right, y), (right, y - 3.5), (right, y + 3.5)]
        self._draw_line(axes, path, colour, 0.9, "solid")

    def _draw_band(self, axes: Axes, x: float, y: float, wide: float, high: float, colour: str) -> None:
        from matplotlib.patches import Rectangle

        axes.add_patch(
            Rectangle((x, y), wide, high, facecolor=colour, edgecolor=self.theme.rule, linewidth=0.6, zorder=1)
        )

    def _draw_bar(self, axes: Axes, x: float, y: float, colour: str) -> None:
        axes.plot(
            [x - 5, x + 5], [y + MARK / 2 + 2.5] * 2, color=colour, linewidth=1.6, zorder=5, solid_capstyle="butt"
        )

    def _draw_cross(self, axes: Axes, x: float, y: float, colour: str) -> None:
        axes.plot([x], [y], marker="x", markersize=6, markeredgewidth=1.4, color=colour, zorder=4)

    def _draw_mark(self, axes: Axes, x: float, y: float, voice: _Voice, mode: Mode, n: int | None) -> None:
        size = 6.0 if voice.small else {"*": 11.0, "D": 7.6, "s": 8.2}.get(voice.marker, 9.0)
        fill = FILLS[mode]
        (mark,) = axes.plot(
            [x],
            [y],
            marker=voice.marker,
            markersize=size,
            fillstyle="full" if fill == "none" else fill,
            markerfacecolor=self.theme.paper if fill == "none" else voice.line,
            markerfacecoloralt=self.theme.paper,
            markeredgecolor=voice.line,
            markeredgewidth=1.5,
            linestyle="none",
            zorder=4,
        )
        if n is not None:
            mark.set_gid(f"point-of-{n}")
