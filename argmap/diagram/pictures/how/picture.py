"""The picture of *how*: the reasons of one text, those of the other, and what happened to each question between them.

    before's reasons          the question, its scale            after's reasons
    run up to its thesis      and what happened                  run up to its thesis

Below stand the claims that the other text passes over, and at the foot what drove it, as the later text tells it. The
page is A4 landscape, 1,200 points wide; nothing on it is smaller than 12 points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from argmap.diagram.layout.measure import PAD_X, width_of
from argmap.diagram.layout.text import FONTS, TextRole, lines
from argmap.diagram.model import ArrowRole, Box, Diagram, Frame, Group, Point
from argmap.diagram.pictures.canvas import LINE, MARGIN, MOVES, SAYS, fit, height_in, marks_on, names_of
from argmap.diagram.pictures.how import rows as choose
from argmap.diagram.pictures.how.order import parents
from argmap.diagram.pictures.how.rows import Row, Silence
from argmap.diagram.pictures.how.text import Text
from argmap.diagram.pictures.how.ties import DOT, LEFT, RIGHT, Ties
from argmap.diagram.pictures.how.title import title_of
from argmap.model import MODES, Claim, Map, Mode

if TYPE_CHECKING:
    from argmap.diff.model import Diff, End

W, MOST_H = 1200.0, 848.0
TRUNKS = (34.0, 1166.0)
THESES = (68.0, 164.0)
ROWS_TOP, MOST_PITCH, LEAST_PITCH, GAP = 180.0, 48.0, 40.0, 5.5
INDENT = 26.0
PANELS = (58.0, 598.0), (614.0, 1142.0)
PANEL_LINES = 8
VERBS: dict[Mode, str] = {"is": "says", "plan": "plans", "will": "foresees", "ought": "demands"}


def how(diff: Diff, before: Map, after: Map, *, title: str | None = None) -> Diagram:
    """Draw how one text's position became the other's."""
    selection = choose.select(diff, before, after)
    page = _Page(selection, names_of((diff.before, diff.after)))
    heading = title or title_of(selection, page.names)
    page.write(heading)
    return page.diagram(f"{before.id}_{after.id}", "how", heading, page.subtitle, W)


def _described(name: str, end: End) -> str:
    return f"{name} (“{end.title}”)" if end.title and end.title != name else name


class _Page(Ties):
    @property
    def subtitle(self) -> str:
        before, after = (_described(*pair) for pair in zip(self.names, self.ends, strict=True))
        return f"{before} on the left, {after} on the right; between them each question, and what each text says of it."

    @property
    def ends(self) -> tuple[End, End]:
        """The two texts."""
        return self.selection.diff.before, self.selection.diff.after

    # --- parts -----------------------------------------------------------------------------------------------------

    def write(self, heading: str) -> None:
        """Set everything from the title down."""
        self.heading(heading, W - 2 * MARGIN)
        self.line(self.subtitle, "page subtitle", MARGIN, 45, W - 2 * MARGIN)
        self.theses()
        self.stairs()
        bottom = self.rows()
        self.y = bottom + 4
        self.silences()
        self.drivers()
        self.legend()

    def map_of(self, series: int) -> Map:
        return (self.selection.before, self.selection.after)[series].map

    def hover(self, series: int, claim_id: str) -> str:
        text = (self.selection.before, self.selection.after)[series]
        claim, quote = text.map.claims[claim_id], "\n".join(text.quotations.shown(claim_id))
        return f"{self.names[series]}: {claim.text}" + (f"\n{quote}" if quote else "")

    def theses(self) -> None:
        for series, (left, right) in enumerate((LEFT, RIGHT)):
            text = (self.selection.before, self.selection.after)[series]
            x = left - 34 if series == 0 else left
            frame = Frame(x, THESES[0], right - left + 34, THESES[1] - THESES[0])
            claim = next((text.map.claims[t] for t in text.theses if t in text.map.claims), None)
            name = self.names[series]
            if claim is None:
                self.box("reason", frame, series=series, marks=("thesis", "dashed"))
                self.line(name, "page voice", x + 14, THESES[0] + 10, series=series)
                self.line("The map names no thesis.", "page body", x + 14, THESES[0] + 40)
                continue
            dashed = ("dashed",) if _is_dashed(claim) else ()
            at = f"{text.map.id}/{claim.id}"
            box = self.box(
                "reason", frame, series=series, marks=("thesis", *dashed), claim=at, hover=self.hover(series, claim.id)
            )
            self.groups.append(Group(f"thesis {series}", claim.text, (box.id,)))
            verb = VERBS[claim.mode or "is"]
            more = f" (and {len(text.theses) - 1} more theses)" if len(text.theses) > 1 else ""
            used = self.line(f"{name} {verb}{more}", "page voice", x + 14, THESES[0] + 9, 220, series=series)
            words = text.quotations.condition(claim.id)
            if words:
                room = frame.w - used - 60
                words = fit(words, "page italic", room, 1) if width_of(words, "page italic") > room else words
                w = width_of(words, "page italic") + 20
                pill = Frame(frame.right - w - 10, THESES[0] + 6, w, 22)
                self.box("pill", pill, series=series, marks=("dashed",))
                self.line(words, "page italic", pill.x + 10, pill.y + 3.5, series=series)
            room = frame.w - 28
            sizes: tuple[tuple[TextRole, int], ...] = (("page thesis", 2), ("page thesis, long", 3), ("page voice", 3))
            for role, most in sizes:
                words = fit(claim.text, role, room * 0.97, most)
                if not words.endswith("…"):
                    break
            self.paragraph(words, role, x + 14, THESES[0] + 36, room)

    def stairs(self) -> None:
        """Draw the headline's steps between the theses, with what each text says of them."""
        shift = self.selection.headline
        if shift is None or len(shift.scale) < 2:
            return
        steps = list(shift.scale)
        left, right, base = 438.0, 762.0, THESES[1]
        wide = (right - left) / len(steps)
        rise = min(16.0, 44.0 / max(len(steps) - 1, 1))
        tops = {}
        for n, position in enumerate(steps):
            h = 26.0 + rise * n
            x = left + wide * n
            self.box("stair", Frame(x + 1, base - h, wide - 2, h))
            role: TextRole = "page small"
            words = fit(shift.scale[position].label, role, wide - 8, 2)
            set_ = lines(words, FONTS[role], (wide - 8) * 0.97)
            for m, line in enumerate(set_):
                w = width_of(line, role)
                self.line(line, role, x + wide / 2 - w / 2, base - 3 - LINE * (len(set_) - m))
            tops[position] = (x + wide / 2, base - max(h, LINE * len(set_) + 4))
        places: dict[tuple[int, Mode], Point] = {}
        for position, marks in marks_on(shift.scale, enumerate((shift.before, shift.after)), 1).items():
            x, top = tops[position]
            for n, (series, mode) in enumerate(marks):
                at = x + (n - (len(marks) - 1) / 2) * 18
                self.marker(
                    at, top - 11, series, mode, f"{self.names[series]}: {SAYS[mode]}, {shift.scale[position].label}", 13
                )
                places[series, mode] = (at, top - 11)
        for series in (0, 1):
            start = places.get((series, "is"))
            for mode in MODES[1:]:
                end = places.get((series, mode))
                if start and end and abs(start[0] - end[0]) > 30:
                    role_: ArrowRole = "demanded" if mode == "ought" else "coming"
                    (x0, y0), (x1, y1) = (start[0], start[1] - 9), (end[0] - 9, end[1] - 4)
                    top = min(y0, y1) - 16
                    self.draw(role_, (x0, y0), (x0 + 8, top), (x1 - 22, top), (x1, y1), series=series, curved=True)

    def rows(self) -> float:
        """Draw the rows; return where they end."""
        selection = self.selection
        rows = selection.rows
        if not rows:
            words = "No claim of one text is aligned with a claim of the other; `argmap align` suggests pairs."
            self.line(words, "page body", LEFT[0], ROWS_TOP)
            return ROWS_TOP + 30
        pitch = max(LEAST_PITCH, min(MOST_PITCH, (MOST_H - ROWS_TOP - self.below()) / len(rows)))
        tall = pitch - GAP
        nested = parents(rows, selection.before, selection.after)
        frames: list[list[Frame]] = [[], []]
        for n in range(len(rows)):
            y = ROWS_TOP + pitch * n
            for series, (left, right) in enumerate((LEFT, RIGHT)):
                inset = INDENT if nested[series][n] is not None else 0.0
                x = left + inset if series == 0 else left
                frames[series].append(Frame(x, y, right - left - inset, tall))
        for n, row in enumerate(rows):
            self.tie(row, ROWS_TOP + pitch * n, tall)
            boxes = [
                self.reason(series, claim, frames[series][n]) for series, claim in enumerate((row.before, row.after))
            ]
            label = selection.label(row.issue) or row.change.change
            self.groups.append(Group(f"row {n + 1}", f"{label}: {choose.word_of(row)}", tuple(box.id for box in boxes)))
        self.stems(rows, frames, nested)
        return ROWS_TOP + pitch * len(rows)

    def below(self) -> float:
        """Measure what stands below the rows."""
        selection = self.selection
        high = 0.0
        for found, unclear in zip(selection.passed_over, selection.unclear, strict=True):
            listed = min(len(found), PANEL_LINES) + (len(found) > PANEL_LINES)
            high = max(high, (19.0 + LINE * listed + 2 if found else 0.0) + (LINE if unclear else 0.0))
        return 4 + high + 4 + (19 + 3 * LINE + 14 if selection.drivers else 0.0) + 42

    def reason(self, series: int, claim_id: str, frame: Frame) -> Box:
        text = (self.selection.before, self.selection.after)[series]
        claim = text.map.claims[claim_id]
        others = [c for c in text.on_issue(claim.issue) if c != claim_id] if claim.issue else []
        marks = ("dashed",) if _is_dashed(claim) else ()
        box = self.box(
            "reason",
            frame,
            series=series,
            marks=marks,
            claim=f"{text.map.id}/{claim_id}",
            hover=self.hover(series, claim_id),
        )
        room = frame.w - 2 * PAD_X - (26 if others else 0)
        words = self.reason_in_words(text, claim, room * 0.97)
        y = frame.y + (frame.h - height_in(words, "page body", room)) / 2
        self.paragraph(words, "page body", frame.x + PAD_X, y, room)
        if others:
            count_ = f"+{len(others)}"
            self.line(
                count_,
                "page bold",
                frame.right - 6 - width_of(count_, "page bold"),
                frame.y + frame.h / 2 - 7.5,
                series=series,
            )
        return box

    @staticmethod
    def reason_in_words(text: Text, claim: Claim, room: float) -> str:
        """Write a claim on two lines, with what must be said of it: that it is an objection, whose it is, and what it hangs on."""
        speaker = text.map.speakers.get(claim.speaker or "")
        must = [
            "an objection" if claim.id in text.against else "",
            claim.commitment if claim.commitment in ("conceded", "rejected") else "",
            f"if: {text.quotations.condition(claim.id)}" if claim.condition else "",
        ]
        must = [words for words in must if words]
        words = fit(claim.text, "page body", room, 2)
        for said in ([*must, speaker.name] if speaker else must, must):
            whole = f"{words} ({'; '.join(said)})" if said else words
            if whole == words or (not words.endswith("…") and len(lines(whole, FONTS["page body"], room)) <= 2):
                return whole
        return f"{fit(claim.text, 'page body', room, 1)}\n({fit('; '.join(must), 'page body', room - 8, 1)})"

    def stems(
        self, rows: Sequence[Row], frames: list[list[Frame]], nested: tuple[list[int | None], list[int | None]]
    ) -> None:
        """Draw the lines from each claim to its ancestor or to the trunk, with a dot for each folded reason."""
        for series, trunk in enumerate(TRUNKS):
            text = (self.selection.before, self.selection.after)[series]
            drawn = {row.before if series == 0 else row.after for row in rows}
            lowest = None
            for n, row in enumerate(rows):
                claim = row.before if series == 0 else row.after
                if claim not in text.distance:
                    continue
                frame = frames[series][n]
                y = frame.y + frame.h / 2
                edge = frame.x if series == 0 else frame.right
                dots = choose.folded_between(text, claim, drawn - {claim})
                parent = nested[series][n]
                if parent is None:
                    self.draw("stem", (edge, y), (trunk, y), series=series)
                    lowest = y
                    span = (edge, trunk)
                else:
                    over = frames[series][parent]
                    x = edge - 16 if series == 0 else edge + 16
                    end = over.bottom + 1 if parent < n else over.y - 1
                    self.draw("nested", (edge, y), (x, y), (x, end), series=series)
                    span = (edge, x)
                for dot in range(dots):
                    direction = -1 if series == 0 else 1
                    at = span[0] + direction * (5 + 6 * dot)
                    self.box("step", Frame(at - DOT / 2, y - DOT / 2, DOT, DOT), series=series)
            if lowest is not None:
                self.draw("trunk", (trunk, lowest), (trunk, THESES[1] + 2), series=series)

    def silences(self) -> None:
        """List what one text says and the other passes over."""
        before, after = self.names
        start = self.y
        deepest = start
        for series, (left, right) in enumerate(PANELS):
            text = (self.selection.before, self.selection.after)[series]
            found = self.selection.passed_over[series]
            other = (after, before)[series]
            passed = sum(s.more + (s.word is None) for s in found)
            y = start
            if found:
                heading = f"Only {self.names[series]} takes a stand"
                if passed:
                    total = len(text.map.claims)
                    heading = f"Said in {self.names[series]}, passed over in {other} ({passed} of {total} claims)"
                self.line(heading, "page voice", left, y, right - left, series=series)
                y += 19
                y = self.panel(series, found, left, right, y)
            unclear = self.selection.unclear[series]
            if unclear:
                which, has, them = ("claim", "has", "it") if unclear == 1 else ("claims", "have", "them")
                more = f"more {which}" if found else which
                words = f"{unclear} {more} of {self.names[series]} {has} no match; whether {other} speaks of {them} is not clear."
                self.line(words, "page small", left, y, right - left)
                y += LINE
            deepest = max(deepest, y)
        self.y = deepest + 4

    def panel(self, series: int, found: Sequence[Silence], left: float, right: float, y: float) -> float:
        for n, silence in enumerate(found):
            claim = self.map_of(series).claims[silence.claim]
            tail = f"+{silence.more}" if silence.more else ""
            label_w = width_of(silence.label, "page bold") if silence.label else 0.0
            tail_w = width_of(tail, "page bold") + 8 if tail else 0.0
            word_w = width_of(silence.word, "page italic") + 8 if silence.word else 0.0
            room = right - left - label_w - 8 - tail_w - word_w
            if n == PANEL_LINES:
                rest = [f"{s.label} {s.more + 1}" for s in found[n:] if s.label]
                self.line(f"also: {', '.join(rest)}", "page small", left, y, right - left)
                return y + LINE + 2
            if silence.label:
                self.line(silence.label, "page bold", left, y)
            words = fit(claim.text, "page body", room * 0.97, 1)
            at = f"{self.map_of(series).id}/{silence.claim}"
            x = left + label_w + 8
            x += self.line(words, "page body", x, y, claim=at, hover=self.hover(series, silence.claim)) + 6
            if tail:
                x += self.line(tail, "page bold", x, y, series=series) + 6
            if silence.word:
                self.line(silence.word, "page italic", x, y)
            y += LINE
        return y + 2

    def drivers(self) -> None:
        """Set at the foot what drove it, as the later text tells it."""
        chosen = self.selection.drivers
        if not chosen:
            return
        self.line(f"What drove it, as {self.names[1]} tells it", "page voice", LEFT[0], self.y, series=1)
        self.y += 19
        tall = 3 * LINE + 8
        frame = Frame(LEFT[0], self.y, RIGHT[1] - LEFT[0], tall)
        strip = self.box("strip", frame, series=1)
        wide = frame.w / len(chosen)
        for n, claim_id in enumerate(chosen):
            claim = self.map_of(1).claims[claim_id]
            words = fit(claim.text, "page body", (wide - 24) * 0.97, 3)
            x = frame.x + wide * n
            y = frame.y + (tall - height_in(words, "page body", wide - 24)) / 2
            at, hover = f"{self.map_of(1).id}/{claim_id}", self.hover(1, claim_id)
            self.paragraph(words, "page body", x + 12, y, wide - 24, claim=at, hover=hover)
            if n:
                self.draw("stem", (x, frame.y + 8), (x, frame.bottom - 8), series=1)
        self.groups.append(Group("drivers", f"What drove it, as {self.names[1]} tells it", (strip.id,)))
        self.y = frame.bottom + 6

    def legend(self) -> None:
        """Say what the marks mean, of those that are drawn."""
        x = self.key(self.names, LEFT[0], self.y)
        self.samples(x, self.y, MOVES)
        if by_analyst := self.selection.diff.analysts_words:
            self.line(by_analyst, "page small", RIGHT[1] - width_of(by_analyst, "page small"), self.y)
        self.y += 17
        told = ["Dashed box: called for, planned or foreseen"]
        if any(arrow.role == "nested" for arrow in self.arrows):
            told.append("indented: a reason for the box that its line leads to, or an objection to it")
        if any(box.role == "step" and box.series is not None for box in self.boxes):
            told.append("dots on a line: reasons left out")
        if any(text.words.startswith("+") for box in self.boxes for text in box.text):
            told.append("+3: more claims on the question")
        told.append("italic: not yet so")
        self.line("; ".join(told) + ".", "page small", LEFT[0], self.y, RIGHT[1] - LEFT[0])
        self.y += 17


def _is_dashed(claim: Claim) -> bool:
    """Tell whether a claim is a call, a plan or a forecast, and not a fact or a value."""
    return claim.kind in ("policy", "plan", "prediction")
