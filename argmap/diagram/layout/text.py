"""Measure words and break lines.

Boxes have their places before the engine draws them, so the width of their words must be known before. It is read from
the fonts that the engine draws with:

    width("junior partner", FONTS["body"])                 →  61.1 points
    lines("The arrangement is archaic.", FONTS["body"], 70) →  ("The", "arrangement is", "archaic.")

Widths are in points, 72 to an inch.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from argmap.diagram import fonts

TextRole = Literal[
    "title",
    "subtitle",
    "heading",
    "body",
    "thesis",
    "word",
    "quote",
    "small",
    "label",
    "badge",
    "headline",
    "page title",
    "page title, long",
    "page subtitle",
    "page voice",
    "page thesis",
    "page thesis, long",
    "page body",
    "page bold",
    "page italic",
    "page small",
]
"""Role of a text in a picture; the theme gives it a colour, `FONTS` a size."""


@dataclass(frozen=True, slots=True)
class Font:
    """A face and its size in points."""

    size: float
    bold: bool = False
    italic: bool = False

    @property
    def leading(self) -> float:
        """Distance from one line to the next in points, as the engine sets it."""
        return self.size * 1.2


FONTS: dict[TextRole, Font] = {
    "title": Font(21, bold=True),
    "subtitle": Font(10.5),
    "heading": Font(11, bold=True),
    "body": Font(10),
    "thesis": Font(13, bold=True),
    "word": Font(9, bold=True),
    "quote": Font(9.4, italic=True),
    "small": Font(9),
    "label": Font(9),
    "badge": Font(10, bold=True),
    "headline": Font(13, bold=True),
    # A picture that fills a page of its own: 1,200 points wide, nothing under 12.
    "page title": Font(21, bold=True),
    "page title, long": Font(18, bold=True),
    "page subtitle": Font(13),
    "page voice": Font(13, bold=True),
    "page thesis": Font(19, bold=True),
    "page thesis, long": Font(16, bold=True),
    "page body": Font(12.5),
    "page bold": Font(12.5, bold=True),
    "page italic": Font(12.5, italic=True),
    "page small": Font(12),
}

_WIDE, _USUAL_CAPITAL, _USUAL = 1000, 720, 620
"""Widths of letters that the carried fonts lack, in thousandths of the font size."""


@lru_cache(maxsize=8192)
def _char_width(char: str, bold: bool, italic: bool) -> int:
    known = fonts.widths(bold, italic).get(char)
    if char == "\u200d" or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    if known is not None:
        return known
    if is_wide(char):
        return _WIDE
    base = unicodedata.normalize("NFD", char)[0]
    if base != char:
        return _char_width(base, bold, italic)
    return _USUAL_CAPITAL if char.isupper() else _USUAL


@lru_cache(maxsize=65536)
def _units(word: str, bold: bool, italic: bool) -> int:
    """Width of a word in thousandths of the font size."""
    return sum(_char_width(char, bold, italic) for char in word)


def width(text: str, font: Font) -> float:
    """Measure a text on one line, in points."""
    face = font.bold, font.italic
    words = text.split(" ")
    units = sum(_units(word, *face) for word in words) + (len(words) - 1) * _char_width(" ", *face)
    return units * font.size / 1000


# XML forbids control characters, halves of surrogate pairs and non-characters. The embeddings and overrides of text
# direction would show words in an order that the source does not have.
_PLAIN = re.compile(r"[!-~À-ɏ‐-„…]+(?: [!-~À-ɏ‐-„…]+)*")
_UNDRAWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e]")


def drawable(text: str) -> str:
    r"""Put a text on one line, and replace characters that no picture can hold by U+FFFD.

    >>> drawable("two\nlines,  one\ttab")
    'two lines, one tab'
    >>> drawable("a NUL \0 and a lone half \ud800") == "a NUL \ufffd and a lone half \ufffd"
    True
    """
    if text.isascii() and text.isprintable():
        return text if "  " not in text and text == text.strip() else " ".join(text.split())
    if _PLAIN.fullmatch(text):
        return text
    return " ".join(_UNDRAWABLE.sub("\ufffd", text).split())


def is_right_to_left(text: str) -> bool:
    """Tell whether a text runs from right to left, by its first letter with a direction (UAX #9, rules P2 and P3).

    >>> is_right_to_left("הגשר 12"), is_right_to_left("12 bridges, הגשר")
    (True, False)
    """
    if text.isascii():
        return False
    directions = (unicodedata.bidirectional(char) for char in text)
    return next((direction != "L" for direction in directions if direction in ("L", "R", "AL")), False)


def stand_in(char: str) -> str:
    """Choose letters of the carried fonts that take no more room than a letter that they lack."""
    size = _char_width(char, False, False)
    base = unicodedata.normalize("NFD", char)[0]
    if size == 0 or base in fonts.widths():
        return base if size else ""
    return "—" if size == _WIDE else "P" if size == _USUAL_CAPITAL else "a"


_CLOSING = "、。，．」』）】〉》！？ー々：；"


def is_wide(char: str) -> bool:
    """Tell whether a character is as wide as its font is high, like those of Chinese."""
    return unicodedata.east_asian_width(char) in "WF"


def _joins(char: str) -> bool:
    """True if a character belongs to the one before it: an accent, a joiner, a skin tone."""
    return (
        char == "\u200d"
        or unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf")
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


_WHOLE = re.compile(r"[A-Za-z0-9À-ʯЀ-ӿ.,;:!?'\"()“”‘’…%$]+")
"""Words without a place for a line break."""


def _pieces(word: str) -> Iterator[str]:
    """Cut a word where a line may break: after a hyphen or dash, and between wide characters."""
    if _WHOLE.fullmatch(word):
        yield word
        return
    piece = ""
    for n, char in enumerate(word):
        if piece and not _joins(char) and word[n - 1] != "\u200d":
            last = piece[-1]
            hyphen = last in "-–—/" and char.isalpha() and len(piece) > 2
            wide = (is_wide(char) or is_wide(last)) and char not in _CLOSING and last not in "「『（【〈《"
            if hyphen or wide:
                yield piece
                piece = ""
        piece += char
    yield piece


def _cut(piece: str, font: Font, room: float) -> Iterator[str]:
    """Cut a piece that is too long for a line into parts that fit, never within one visible character."""
    part, used = "", 0
    for n, char in enumerate(piece):
        size = _char_width(char, font.bold, font.italic)
        if part and used + size > room and not _joins(char) and piece[n - 1] != "\u200d":
            yield part
            part, used = "", 0
        part += char
        used += size
    yield part


def lines(text: str, font: Font, limit: float) -> tuple[str, ...]:
    """Break a text into lines, at least one, of at most `limit` points; only a single character may be wider.

    >>> lines("The arrangement formed in 1951 consisted of unequal partners.", FONTS["body"], 150)
    ('The arrangement formed in 1951', 'consisted of unequal partners.')
    >>> lines("日米同盟は", FONTS["body"], 21)
    ('日米', '同盟', 'は')
    """
    done: list[str] = []
    words: list[str] = []
    face, room = (font.bold, font.italic), limit * 1000 / font.size
    space = _char_width(" ", *face)
    used = 0
    for word in drawable(text).split(" "):
        size = _units(word, *face)
        if used + space + size <= room and words:
            words.append(word)
            used += space + size
            continue
        first = True
        for piece in _pieces(word):
            size = _units(piece, *face)
            gap = space if first and words else 0
            if words and used + gap + size > room:
                done.append(" ".join(words))
                words, used, gap = [], 0, 0
            if size > room:
                *whole, piece = _cut(piece, font, room)
                done.extend(whole)
                size = _units(piece, *face)
            if first or not words:
                words.append(piece)
            else:
                words[-1] += piece
            used += gap + size
            first = False
    return (*done, " ".join(words))


def shorten(text: str, font: Font, limit: float) -> str:
    """Cut a text between words to fit one line of `limit` points, and mark the cut with ….

    >>> shorten("consisted of unequal partners", FONTS["body"], 110)
    'consisted of unequal…'
    """
    text = drawable(text)
    if width(text, font) <= limit:
        return text
    room = limit - width("…", font)
    first = lines(text, font, max(room, font.size))[0]
    return first.rstrip(" ,;:.–—-") + "…"
