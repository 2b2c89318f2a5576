"""Roles become looks, here and nowhere else.

A look never rests on colour alone: every difference that a hue shows is also shown by a dash, a width, a
head, a shape or a word, so that a map photocopied in grey still reads. `print` is that photocopy.

Hues: Okabe & Ito 2008, "Color Universal Design", darkened where words are set in them, so that every word
reaches a contrast of 4.5 : 1 on its ground (WCAG 2.2, success criterion 1.4.3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from argmap.diagram.layout.text import TextRole
from argmap.diagram.model import Arrow, ArrowRole, Box, BoxRole

ThemeName = Literal["light", "dark", "print"]

SHAPES = ("circle", "square", "diamond", "triangle", "pentagon", "hexagon")
"""Markers of the compared texts, in their order."""
FONT_STACK = 'Arial, "Liberation Sans", Helvetica, "Noto Sans", "Noto Sans CJK JP", sans-serif'


@dataclass(frozen=True, slots=True)
class Look:
    """How a box looks: Graphviz's words for its shape, fill, line, and dash."""

    fill: str
    line: str
    width: float = 1.0
    style: str = "solid"
    rounded: bool = False
    shape: str = "box"
    double: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """How an arrow looks."""

    line: str
    width: float = 1.3
    style: str = "solid"
    head: str = "normal"
    size: float = 0.7


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of looks.

    `series` holds, for each compared text in turn, a hue for lines, a darker one for words, and a pale one for fills.
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
        """The look of a box, from its role, its marks and its series."""
        if box.series is not None and box.role in ("before", "after"):
            line, _, pale = self.series[box.series % len(self.series)]
            silent = "silent" in box.marks
            return Look(self.paper if silent else pale, line, 1.2, "dashed" if silent else "solid", rounded=True)
        if box.role == "marker":
            line = self.muted if box.series is None else self.series[box.series % len(self.series)][0]
            fill = {
                "is": line,
                "plan": f"{line};0.25:{self.paper}",
                "will": f"{line};0.5:{self.paper}",
                "ought": self.paper,
                None: line,
            }[box.mode]
            return Look(fill, line, 1.8, shape=SHAPES[(box.series or 0) % len(SHAPES)])
        look = next((self.boxes[mark] for mark in box.marks if mark in self.boxes), None)
        return look or self.boxes[box.role]

    def of_arrow(self, arrow: Arrow) -> Stroke:
        """The look of an arrow, from its role."""
        return self.strokes[arrow.role]

    def ink_of(self, role: TextRole, series: int | None = None) -> str:
        """The colour of words."""
        if series is not None:
            return self.series[series % len(self.series)][1]
        return self.muted if role in ("subtitle", "small", "quote", "label", "step") else self.ink


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
        "rule": Look(rule, rule, 0),
        "faint": Look(faint, faint, 0),
        "focus": Look(thesis, attack, 2.6, rounded=True),
    }
    strokes: dict[ArrowRole, Stroke] = {
        "support": Stroke(support, 1.5),
        "attack": Stroke(attack, 1.5, "dashed", "tee", 1.0),
        "rephrase": Stroke(rephrase, 1.5, "dotted", "vee", 0.6),
        "joint support": Stroke(support, 1.5, head="none"),
        "joint attack": Stroke(attack, 1.5, "dashed", "none"),
        "joint rephrase": Stroke(rephrase, 1.5, "dotted", "none"),
        "move": Stroke(ink, 1.2, size=0.8),
        "coming": Stroke(ink, 1.2, "dashed", size=0.8),
        "joint move": Stroke(ink, 1.2, head="none"),
        "suggested": Stroke(muted, 1.1, "dashed", size=0.8),
        "joint suggested": Stroke(muted, 1.1, "dashed", "none"),
        "folded": Stroke(muted, 0.9, "dotted", "none"),
    }
    return Theme(name, paper, ink, muted, panel, headline_panel, rule, boxes, strokes, series)


THEMES: Mapping[ThemeName, Theme] = {
    "light": _theme(
        "light",
        paper="#ffffff",
        ink="#1b1d23",
        muted="#565d66",
        panel="#f7f9fb",
        headline_panel="#eef4f9",
        rule="#c3ced6",
        faint="#e6ebef",
        claim="#e9f2fa",
        point="#ffffff",
        thesis="#fdf3d6",
        claim_line="#3d5a75",
        point_line="#5b6770",
        support="#00795a",
        attack="#c04a00",
        rephrase="#6b7178",
        series=(
            ("#0072b2", "#00639b", "#e8f2fb"),
            ("#d55e00", "#b24e00", "#fdf0e6"),
            ("#009e73", "#00735a", "#e6f6f0"),
            ("#cc79a7", "#a0457a", "#faeef5"),
            ("#8a6d00", "#735b00", "#faf5dd"),
            ("#5a4fcf", "#4a40b5", "#eeecfb"),
        ),
    ),
    "dark": _theme(
        "dark",
        paper="#14171c",
        ink="#eef1f4",
        muted="#aab3bd",
        panel="#1c2128",
        headline_panel="#202833",
        rule="#46515c",
        faint="#2b323a",
        claim="#1f3040",
        point="#181c22",
        thesis="#3a3215",
        claim_line="#8fb7dc",
        point_line="#8a96a1",
        support="#35c79b",
        attack="#ff8a47",
        rephrase="#a9b0b8",
        series=(
            ("#56b4e9", "#7cc6f0", "#16283a"),
            ("#ff8a3d", "#ffa568", "#37230f"),
            ("#2fc79a", "#5cd7b2", "#11302a"),
            ("#e39ac4", "#ecb4d4", "#37202e"),
            ("#f0e442", "#f0e442", "#33300f"),
            ("#a79fff", "#bbb5ff", "#25213f"),
        ),
    ),
    "print": _theme(
        "print",
        paper="#ffffff",
        ink="#000000",
        muted="#404040",
        panel="#f4f4f4",
        headline_panel="#ececec",
        rule="#a8a8a8",
        faint="#d4d4d4",
        claim="#e8e8e8",
        point="#ffffff",
        thesis="#ffffff",
        claim_line="#000000",
        point_line="#404040",
        support="#000000",
        attack="#000000",
        rephrase="#606060",
        series=(
            ("#000000", "#000000", "#ffffff"),
            ("#6a6a6a", "#404040", "#efefef"),
            ("#303030", "#202020", "#ffffff"),
            ("#808080", "#404040", "#efefef"),
            ("#101010", "#101010", "#ffffff"),
            ("#909090", "#404040", "#efefef"),
        ),
    ),
}
