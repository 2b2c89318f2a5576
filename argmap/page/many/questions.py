"""Many texts on an issue, over time: for each mode a panel, in it a lane for each position of the scale.

    ● says it is                    ○ says it should be
      rebuild it  ▁▂▁▁▃▅▂▇  80        rebuild it  ▂▁▃▁▂▁▁▂  66
      change it   ▃▂▂▁▁▁▁▁  51        change it   ▁▁▁▂▁▁▁▁  29
                  1990   2025                     1990   2025

Modes are never mixed: that something is so, and that it ought to be so, are two findings. Texts have a mark each where all of
an issue fit side by side; else they are counted in bars. All panels of a report have one time axis, and all bars of an issue one height for one text.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from argmap.model import MODES, Mode
from argmap.page.many.names import page_name
from argmap.page.many.records import Question, Text
from argmap.page.phrases import SAYS, date_in_words

STEP, END = 3.2, 98.5
"""Room of a mark, and the place of the last, in percent."""
LEAST_BARS, MOST_BARS, TEXTS_A_BAR = 8, 36, 3
ON_A_PAGE = 1000
"""Texts on an issue whose table surely is on one page, so that a bar can lead to a row."""
LEFT = 2.0
"""Place where dated marks begin, in percent; texts without a date stand at the right end."""
UNDATED = 88.0
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z")


def claim_at(text: Text, claim: str) -> str:
    """Address of a claim in the report."""
    return f"{text.page}#claim={quote(text.id)}/{quote(claim)}"


def years(date: str | None) -> float | None:
    """Turn a date into years; the middle of what it may mean.

    >>> years("1996"), years("1996-07"), years("spring 1996")
    (1996.5, 1996.5416666666667, None)
    """
    found = _DATE.match(date or "")
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or month is None:
        return (year or 0) + 0.5
    return year + (month - 1) / 12 + ((day - 1) / 365 if day else 1 / 24)


@dataclass(frozen=True, slots=True)
class Axis:
    """The time axis of a report."""

    first: str | None
    last: str | None
    """First and last date; `None` where no text has one."""
    has_undated: bool

    @classmethod
    def of(cls, texts: Iterable[Text]) -> Axis:
        """Span the dates of some texts."""
        dates = [(years(text.date), text.date) for text in texts]
        known = [date for at, date in sorted((at, date) for at, date in dates if at is not None)]
        return cls(known[0] if known else None, known[-1] if known else None, len(known) < len(dates))

    def at(self, date: str | None) -> float:
        """Place of a date, in percent."""
        found, first, last = years(date), years(self.first), years(self.last)
        if first is None or last is None:
            return LEFT
        if found is None:
            return UNDATED
        return LEFT + self.wide * ((found - first) / (last - first) if last > first else 0.5)

    @property
    def wide(self) -> float:
        """Width of the dated part, in percent."""
        return 80.0 if self.has_undated else 96.0

    @property
    def ticks(self) -> list[tuple[float, str, str]]:
        """Places and words under the axis, with their anchors: years, or more exact dates within one year."""
        undated = [(100.0, "no date", "end")] if self.has_undated else []
        if self.first is None or self.last is None:
            return [(LEFT, "no date", "start")]
        first, last = self.first[:4], self.last[:4]
        if first == last:
            first, last = (date_in_words(date) or date for date in (self.first, self.last))
        if self.at(self.first) == self.at(self.last):
            return [(LEFT + self.wide / 2, first, "middle"), *undated]
        return [(LEFT, first, "start"), (LEFT + self.wide, last, "end"), *undated]


@dataclass(frozen=True, slots=True)
class Mark:
    """A text, or a bar of several, at one position."""

    x: float
    """In percent, of the middle."""
    wide: float
    high: float
    """Both of a bar, in percent; 0 for a mark."""
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A position in one mode."""

    label: str
    texts: int
    marks: tuple[Mark, ...]

    @property
    def outline(self) -> str:
        """All its bars as one path in a box of 100 × 100."""
        return "".join(
            f"M{mark.x - mark.wide / 2:.1f} 100v-{mark.high:.0f}h{mark.wide:.1f}v{mark.high:.0f}z"
            for mark in self.marks
        )


@dataclass(frozen=True, slots=True)
class Panel:
    """A mode: its positions, the last step of the scale on top."""

    mode: str
    says: str
    texts: int
    lanes: tuple[Lane, ...]
    bars: bool


Stand = tuple[Text, dict[str, tuple[tuple[str, str, str], ...]]]
"""A text, and for each mode its positions with their claims and conditions."""


Taking = tuple[Text, str, str]
"""A text that takes a position, with the claim that does and its condition."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An issue, and the texts that have claims on it."""

    number: int
    question: Question
    page: str
    stands: tuple[Stand, ...]
    """Texts that take a position, by date."""
    others: tuple[tuple[Text, str], ...]
    """Texts with claims and no position, each with its first claim."""
    panels: tuple[Panel, ...] = ()

    @property
    def texts(self) -> int:
        """Number of texts with a claim on it."""
        return len(self.stands) + len(self.others)

    @property
    def span(self) -> str:
        """First and last date."""
        dates = [date for text, _ in self.stands if (date := date_in_words(text.date)) and years(text.date)]
        return " to ".join(dict.fromkeys((dates[0], dates[-1]))) if dates else ""


def asked(texts: Sequence[Text]) -> list[Asked]:
    """Gather the issues on which at least two texts have a claim, those on which most texts take a position first."""
    axis = Axis.of(texts)
    questions: dict[tuple[str, str, tuple[str, ...]], Question] = {}
    stands: dict[tuple[str, str, tuple[str, ...]], list[Stand]] = defaultdict(list)
    others: dict[tuple[str, str, tuple[str, ...]], list[tuple[Text, str]]] = defaultdict(list)
    for text in texts:
        for question in text.questions:
            key = question.identity
            questions.setdefault(key, question)
            modes = {mode: at for mode, at in text.stands.get(question.key, {}).items() if at}
            if modes:
                stands[key].append((text, modes))
            elif question.key in text.others:
                others[key].append((text, text.others[question.key]))
    found = [key for key in questions if len(stands[key]) + len(others[key]) > 1]
    found.sort(key=lambda key: (-len(stands[key]), -len(others[key])))
    return [
        Asked(
            n,
            questions[key],
            page := f"issues/{_name(key)}.html",
            tuple(stands[key]),
            tuple(others[key]),
            tuple(_panels(questions[key], stands[key], axis, page)),
        )
        for n, key in enumerate(found)
    ]


def _name(key: tuple[str, str, tuple[str, ...]]) -> str:
    """Name the page of an issue by all that tells it from another; it ends with a part of a hash."""
    digest = hashlib.sha256(repr(key).encode("utf-8", "replace")).hexdigest()[:8]
    return f"{page_name(key[0] + '.yaml').removesuffix('.yaml')[:40]}-{digest}"


def _panels(question: Question, stands: Sequence[Stand], axis: Axis, page: str) -> Iterable[Panel]:
    rows = {text.path: n for n, (text, _) in enumerate(stands)}
    held: dict[Mode, dict[str, list[Taking]]] = {}
    for mode in MODES:
        for text, modes in stands:
            for position, claim, condition in modes.get(mode, ()):
                held.setdefault(mode, {}).setdefault(position, []).append((text, claim, condition))
    bars = not all(_fit(of, axis) for lanes in held.values() for of in lanes.values())
    count = min(MOST_BARS, max(LEAST_BARS, len(stands) // TEXTS_A_BAR))
    binned = {
        (mode, position): _bins(of, axis, count)
        for mode, lanes in held.items()
        for position, of in lanes.items()
        if bars
    }
    tallest = max((len(of) for found in binned.values() for of in found.values()), default=1)
    for mode in held:
        lanes = held[mode]
        # A position that is not on the scale comes last; the map's own check tells of it.
        steps = [*reversed([*question.scale]), *(position for position in lanes if position not in question.scale)]
        shown = []
        for step in steps:
            of = lanes.get(step, [])
            label = question.scale.get(step, step)
            at = _bars(binned.get((mode, step), {}), tallest, label, rows, page) if bars else _marks(of, axis)
            shown.append(Lane(label, len(of), tuple(at)))
        taking = len({text.path for of in lanes.values() for text, _, _ in of})
        yield Panel(mode, SAYS[mode], taking, tuple(shown), bars)


def _places(of: Sequence[Taking], axis: Axis) -> list[float]:
    """Places of marks: texts of one day stand side by side."""
    found = [-STEP]
    for text, _, _ in of:
        found.append(max(axis.at(text.date), found[-1] + STEP))
    return found[1:]


def _fit(of: Sequence[Taking], axis: Axis) -> bool:
    """Tell whether each mark of a lane has room near its date."""
    return all(
        place <= END and (place - (true := axis.at(text.date)) <= 1.01 * STEP or true >= UNDATED or not axis.first)
        for (text, _, _), place in zip(of, _places(of, axis), strict=True)
    )


Bin = tuple[float, float]
"""The middle and the width of a bar, in percent."""


def _bins(of: Sequence[Taking], axis: Axis, bars: int) -> dict[Bin, list[Text]]:
    """Texts by their bar, of so many for the dated part; those without a date are in the last."""
    found: dict[Bin, list[Text]] = defaultdict(list)
    step = axis.wide / bars
    for text, _, _ in of:
        n = min(int((axis.at(text.date) - LEFT) / step), bars - 1)
        undated = years(text.date) is None and axis.first is not None
        found[UNDATED + 5 if undated else LEFT + step * (n + 0.5), step * 0.8].append(text)
    return dict(sorted(found.items()))


def _bars(found: dict[Bin, list[Text]], tallest: int, label: str, rows: dict[str, int], page: str) -> Iterable[Mark]:
    for (x, wide), of in found.items():
        dates = dict.fromkeys(date_in_words(text.date) or "no date" for text in (of[0], of[-1]))
        words = f"{' to '.join(dates)}: {len(of):,} × {label}"
        row = f"#t{rows[of[0].path]}" if len(rows) <= ON_A_PAGE else ""
        yield Mark(x, wide, 100 * len(of) / tallest, words, page + row)


def _marks(of: Sequence[Taking], axis: Axis) -> Iterable[Mark]:
    for (text, claim, condition), place in zip(of, _places(of, axis), strict=True):
        words = ", ".join(filter(None, (date_in_words(text.date) or "no date", text.name, condition)))
        yield Mark(place, 0, 0, words, claim_at(text, claim))
