"""Sizes of boxes: their words, wrapped, and the room around them. Layout and renderers both ask here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from argmap.diagram.layout.text import FONTS, Font, TextRole, drawable, is_right_to_left, lines, width
from argmap.diagram.model import Box, Text

WRAP = 170.0
"""Width of a claim's words in points: about 34 characters."""
THESIS_WRAP = 330.0
PAD_X, PAD_Y = 8.0, 5.5
LABEL_STRIP = 13.0
"""Height of the line above a reason that names its scheme."""
TITLE_STRIP = 22.0
"""Height of a group's title."""
PERIPHERY = 4.0
"""Distance of a thesis's second outline, as Graphviz draws it."""
DOT = 8.0
"""Diameter of a junction."""

WORDS = ("text", "silence")
"""Boxes without an outline, which need no room around their words."""

QUOTE_GAP = 3.0
"""Room between a statement and its quote."""
SLACK = 0.97
"""Share of its room that a line may fill: the engine rounds letters to whole pixels, up to 3 % wider."""

_LONG, _VERY_LONG = 260, 700


@dataclass(frozen=True, slots=True)
class Lines:
    """A paragraph as it is set: its lines and its font."""

    lines: tuple[str, ...]
    font: Font
    text: Text
    above: float = 0.0
    """Room above it."""
    right_to_left: bool = False

    @property
    def height(self) -> float:
        """Height in points, with the room above."""
        return len(self.lines) * self.font.leading + self.above

    @property
    def align(self) -> str:
        """Side to which its lines are set; a text from right to left starts at the right."""
        return "right" if self.right_to_left and self.text.align == "left" else self.text.align


def wrap_of(box: Box) -> float:
    """Width of a box's words in points; a long statement gets wider lines, so that it does not become a column."""
    if box.at is not None:
        border = 2 * PERIPHERY if box.role == "thesis" else 0.0
        return max(box.at.w - 2 * PAD_X - border, 20.0) if box.role not in WORDS else box.at.w
    if box.role == "thesis":
        return THESIS_WRAP
    length = sum(len(text.words) for text in box.text)
    return WRAP if length <= _LONG else WRAP * 1.5 if length <= _VERY_LONG else WRAP * min(6, (length / _LONG) ** 0.5)


def set_text(box: Box) -> tuple[Lines, ...]:
    """Break the paragraphs of a box into lines."""
    return _set(box.text, wrap_of(box) * SLACK) if box.text else ()


@lru_cache(maxsize=16384)
def _set(texts: tuple[Text, ...], limit: float) -> tuple[Lines, ...]:
    shown = [text for text in texts if drawable(text.words)]
    return tuple(
        Lines(
            lines(text.words, FONTS[text.role], limit),
            FONTS[text.role],
            text,
            QUOTE_GAP if n and text.role == "quote" else 0.0,
            is_right_to_left(text.words),
        )
        for n, text in enumerate(shown)
    )


def height_of(text: Text, wide: float) -> float:
    """Height of a paragraph that is `wide` points wide."""
    font = FONTS[text.role]
    return len(lines(text.words, font, wide * SLACK)) * font.leading


def width_of(words: str, role: TextRole) -> float:
    """Width of a box whose words stay on one line."""
    return width(words, FONTS[role]) / SLACK + 0.5


def size_of(box: Box) -> tuple[float, float]:
    """Width and height of a box in points."""
    if box.role == "junction":
        return DOT, DOT
    paragraphs = set_text(box)
    h = sum(paragraph.height for paragraph in paragraphs)
    if box.role in ("again", "folded", "badge", "suggestion"):
        w = max((width(line, p.font) for p in paragraphs for line in p.lines), default=0.0) / SLACK + 0.5
    else:
        w = wrap_of(box)
    border = 2 * PERIPHERY if box.role == "thesis" else 0.0
    return w + 2 * PAD_X + border, h + 2 * PAD_Y + border
