"""Turn roles into looks. No other module knows colours.

A look never depends on colour alone: each difference in hue is also a difference in dash, width, head, shape or word,
so that a picture can still be read in greyscale. `print` has no colours at all.

Hues: Okabe & Ito 2008, "Color Universal Design", darkened for words, so that every word has a contrast of at least
4.5 : 1 on its ground (WCAG 2.2, success criterion 1.4.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from argmap.diagram.layout.text import TextRole
from argmap.diagram.model import Arrow, ArrowRole, Box, BoxRole

ThemeName = Literal["light", "dark", "print"]

SHAPES = ("circle", "square", "diamond", "triangle", "pentagon", "hexagon", "invtriangle", "star")
"""Markers of the compared texts, in order."""
FONT_STACK = 'Arial, "Liberation Sans", Helvetica, "Noto Sans", "Noto Sans CJK JP", sans-serif'


@dataclass(frozen=True, slots=True)
class Look:
    """Look of a box, in Graphviz's terms."""

    fill: str
    line: str
    width: float = 1.0
    style: str = "solid"
    rounded: bool = False
    shape: str = "box"
    double: bool = False
    angle: int = 0
    """Direction in which two fills meet, in degrees: 0 left and right, 90 below and above."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """Look of an arrow, in Graphviz's terms."""

    line: str
    width: float = 1.3
    style: str = "solid"
    head: str = "normal"
    size: float = 0.7


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of looks.

    `series` holds three colours for each compared text: for lines, for words, and for fills.
    """

    name: ThemeName
    paper: str
    ink: str
    muted: str
    panel: str
    headline_panel: str
    rule: str
    boxes: Mapping[str, Look]
    strokes: Mapping[ArrowRole, Stroke]
    series: tuple[tuple[str, str, str], ...]

    def of_box(self, box: Box) -> Look:
        """Look of a box, from its role, marks and series."""
        if box.series is not None and box.role in ("before", "after"):
            line, _, pale = self.series[box.series % len(self.series)]
            silent = "silent" in box.marks
            style = "dashed" if silent or "suggested" in box.marks else "solid"
            return Look(self.paper if silent else pale, line, 1.2, style, rounded=True)
        if box.role == "marker":
            line = self.muted if box.series is None else self.series[box.series % len(self.series)][0]
            fill = {
                "is": line,
                "plan": f"{line};0.5:{self.paper}",
                "will": f"{line};0.5:{self.paper}",
                "ought": self.paper,
                None: line,
            }[box.mode]
            shape, angle = SHAPES[(box.series or 0) % len(SHAPES)], 90 if box.mode == "plan" else 0
            return Look(fill, line, 1.8, shape=shape, angle=angle)
        if box.role == "tally":
            line = self.ink if box.series is None else self.series[box.series % len(self.series)][0]
            return Look(line if box.series is None else self.paper, line, 1.2)
        if box.series is not None and box.role in ("reason", "pill", "strip", "step"):
            line, _, pale = self.series[box.series % len(self.series)]
            if box.role == "step":
                return Look(line, line, 0.6, shape="circle")
            fill = pale if box.role == "strip" else self.paper
            width = 2.4 if "thesis" in box.marks else 1.4
            return Look(fill, line, width, "dashed" if "dashed" in box.marks else "solid", rounded=True)
        look = next((self.boxes[mark] for mark in box.marks if mark in self.boxes), self.boxes[box.role])
        return replace(look, style="dashed", width=min(look.width, 1.1)) if "suggested" in box.marks else look

    def of_arrow(self, arrow: Arrow) -> Stroke:
        """The look of an arrow, from its role."""
        stroke = self.strokes[arrow.role]
        if arrow.suggested:
            stroke = replace(stroke, style="dashed", width=0.9)
        if arrow.series is None:
            return stroke
        return replace(stroke, line=self.series[arrow.series % len(self.series)][0])

    def ink_of(self, role: TextRole, series: int | None = None) -> str:
        """Colour of words."""
        if series is not None:
            return self.series[series % len(self.series)][1]
        quiet = ("subtitle", "small", "quote", "label", "page subtitle", "page small")
        return self.muted if role in quiet else self.ink


def _mixed(first: str, second: str, share: float) -> str:
    """Mix two colours: the first at 0, the second at 1."""
    pairs = ((int(first[n : n + 2], 16), int(second[n : n + 2], 16)) for n in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _theme(
    name: ThemeName,
    *,
    paper: str,
    ink: str,
    muted: str,
    panel: str,
    headline_panel: str,
    rule: str,
    faint: str,
    claim: str,
    point: str,
    thesis: str,
    claim_line: str,
    point_line: str,
    support: str,
    attack: str,
    rephrase: str,
    stands: str,
    falls: str,
    undecided: str,
    strong: str,
    series: tuple[tuple[str, str, str], ...],
) -> Theme:
    plain = Look(point, point_line, 0.8)
    quiet = Look(paper, muted, 0.7, rounded=True)
    boxes: dict[BoxRole | str, Look] = {
        "thesis": Look(thesis, ink, 2.2, double=True),
        "claim": Look(claim, claim_line, 1.5, rounded=True),
        "supporting point": plain,
        "unstated premise": Look(paper, claim_line, 1.1, "dashed"),
        "junction": Look(support, support, 1, shape="circle"),
        "junction attack": Look(attack, attack, 1, shape="circle"),
        "junction rephrase": Look(rephrase, rephrase, 1, shape="circle"),
        "again": Look(paper, muted, 0.8, "dotted", rounded=True),
        "folded": quiet,
        "missing": Look(paper, attack, 1.0, "dotted"),
        "before": plain,
        "after": plain,
        "badge": Look(paper, ink, 1.1, rounded=True),
        "suggestion": Look(paper, muted, 1.1, "dashed", rounded=True),
        "marker": Look(ink, ink),
        "step": Look(muted, muted, 0.6, shape="circle"),
        "silence": Look("none", "none", 0, shape="none"),
        "text": Look("none", "none", 0, shape="none"),
        "reason": plain,
        "pill": plain,
        "strip": plain,
        "tally": plain,
        "band": Look(panel, panel, 0),
        "stair": Look(headline_panel, headline_panel, 0),
        "rule": Look(rule, rule, 0),
        "faint": Look(faint, faint, 0),
        "focus": Look(thesis, attack, 2.6, rounded=True),
        # a map coloured by its evaluation
        "label in": Look(stands, support, 1.8, rounded=True),
        "label undecided": Look(undecided, muted, 1.3, "dashed", rounded=True),
        "label out": Look(falls, attack, 1.3, "dotted", rounded=True),
        "not counted": Look(paper, muted, 0.6, "dotted", rounded=True),
        **{
            f"strength {band}": Look(_mixed(paper, strong, band / 4), claim_line, 0.6 + 0.5 * band, rounded=True)
            for band in range(5)
        },
    }
    strokes: dict[ArrowRole, Stroke] = {
        "support": Stroke(support, 1.5),
        "attack": Stroke(attack, 1.5, "dashed", "tee", 1.0),
        "rephrase": Stroke(rephrase, 1.5, "dotted", "vee", 0.6),
        "answer": Stroke(claim_line, 1.3, size=0.7),
        "joint support": Stroke(support, 1.5, head="none"),
        "joint attack": Stroke(attack, 1.5, "dashed", "none"),
        "joint rephrase": Stroke(rephrase, 1.5, "dotted", "none"),
        "move": Stroke(ink, 1.2, size=0.8),
        "coming": Stroke(ink, 1.2, "dashed", size=0.8),
        "joint move": Stroke(ink, 1.2, head="none"),
        "suggested": Stroke(muted, 1.1, "dashed", size=0.8),
        "joint suggested": Stroke(muted, 1.1, "dashed", "none"),
        "folded": Stroke(muted, 0.9, "dotted", "none"),
        "trunk": Stroke(ink, 2.2, size=0.8),
        "stem": Stroke(ink, 1.3, head="none"),
        "nested": Stroke(ink, 1.3, size=0.6),
        "kept": Stroke(ink, 1.4, size=0.7),
        "demanded": Stroke(ink, 2.0, "dotted", size=0.8),
    }
    return Theme(name, paper, ink, muted, panel, headline_panel, rule, boxes, strokes, series)


_THEME_NAMES: tuple[ThemeName, ...] = ("light", "dark", "print")
_COLOURS: Mapping[str, tuple[str, str, str]] = {
    "paper": ("#ffffff", "#14171c", "#ffffff"),
    "ink": ("#1b1d23", "#eef1f4", "#000000"),
    "muted": ("#565d66", "#aab3bd", "#404040"),
    "panel": ("#f7f9fb", "#1c2128", "#f4f4f4"),
    "headline_panel": ("#eef4f9", "#202833", "#ececec"),
    "rule": ("#c3ced6", "#46515c", "#a8a8a8"),
    "faint": ("#e6ebef", "#2b323a", "#d4d4d4"),
    "claim": ("#e9f2fa", "#1f3040", "#e8e8e8"),
    "point": ("#ffffff", "#181c22", "#ffffff"),
    "thesis": ("#fdf3d6", "#3a3215", "#ffffff"),
    "claim_line": ("#3d5a75", "#8fb7dc", "#000000"),
    "point_line": ("#5b6770", "#8a96a1", "#404040"),
    "support": ("#00795a", "#35c79b", "#000000"),
    "attack": ("#c04a00", "#ff8a47", "#000000"),
    "rephrase": ("#6b7178", "#a9b0b8", "#606060"),
    "stands": ("#e3f4ec", "#12302a", "#ffffff"),
    "falls": ("#fbe9de", "#37230f", "#e4e4e4"),
    "undecided": ("#faf5dd", "#33300f", "#f2f2f2"),
    "strong": ("#bdd9ef", "#1b3f5e", "#cfcfcf"),
}
"""Colours of each theme, in the order of their names."""
_SERIES: Mapping[ThemeName, tuple[tuple[str, str, str], ...]] = {
    "light": (
        ("#0072b2", "#00639b", "#e8f2fb"),
        ("#d55e00", "#b24e00", "#fdf0e6"),
        ("#009e73", "#00735a", "#e6f6f0"),
        ("#cc79a7", "#a0457a", "#faeef5"),
        ("#8a6d00", "#735b00", "#faf5dd"),
        ("#5a4fcf", "#4a40b5", "#eeecfb"),
    ),
    "dark": (
        ("#56b4e9", "#7cc6f0", "#16283a"),
        ("#ff8a3d", "#ffa568", "#37230f"),
        ("#2fc79a", "#5cd7b2", "#11302a"),
        ("#e39ac4", "#ecb4d4", "#37202e"),
        ("#f0e442", "#f0e442", "#33300f"),
        ("#a79fff", "#bbb5ff", "#25213f"),
    ),
    "print": (
        ("#000000", "#000000", "#ffffff"),
        ("#6a6a6a", "#404040", "#efefef"),
        ("#303030", "#202020", "#ffffff"),
        ("#808080", "#404040", "#efefef"),
        ("#101010", "#101010", "#ffffff"),
        ("#909090", "#404040", "#efefef"),
    ),
}

THEMES: Mapping[ThemeName, Theme] = {
    name: _theme(name, series=_SERIES[name], **{role: colours[n] for role, colours in _COLOURS.items()})
    for n, name in enumerate(_THEME_NAMES)
}

CODES: Mapping[str, tuple[str, ...]] = {
    f"#{n:06x}": colours
    for n, colours in enumerate(
        [
            *_COLOURS.values(),
            *(pair for series in zip(*_SERIES.values(), strict=True) for pair in zip(*series, strict=True)),
        ],
        1,
    )
}
"""A code for each colour of the themes, and the colours that it stands for, in the order of the themes' names."""
_CODE_OF = list(CODES)
CODED = _theme(
    "light",
    series=tuple(tuple(_CODE_OF[n : n + 3]) for n in range(len(_COLOURS), len(CODES), 3)),  # type: ignore[misc]
    **dict(zip(_COLOURS, CODES, strict=False)),
)
"""A theme of codes instead of colours: what is drawn in it can be shown in any theme."""
