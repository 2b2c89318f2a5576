"""How wide words are, and where lines break.

A picture with pinned boxes must know the width of its words before the engine draws them, and asking
the engine costs a process a question. Arial, Helvetica and Liberation Sans share their widths, which
have stood in print since 1985, so a table answers:

    width("junior partner", FONTS["body"])                 →  61.1 points
    lines("The arrangement is archaic.", FONTS["body"], 70) →  ("The", "arrangement is", "archaic.")

Widths are in points, 72 to an inch. Where a machine has other fonts, boxes grow to hold their words.

Source of the widths: Adobe Font Metrics for Helvetica and Helvetica-Bold, in thousandths of the font size.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

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
    "question",
    "step",
    "headline step",
]
"""What a piece of text is in a picture; the theme gives it a colour, `FONTS` a size."""


@dataclass(frozen=True, slots=True)
class Font:
    """A face of the one family, `size` in points."""

    size: float
    bold: bool = False
    italic: bool = False

    @property
    def leading(self) -> float:
        """From one line to the next, in points, as the engine sets it."""
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
    "question": Font(11.2, bold=True),
    "step": Font(9.5),
    "headline step": Font(10.5, bold=True),
}

_REGULAR = {
    191: "'",
    222: "ijl",
    260: "|",
    278: " !,./:;I[\\]ft·",
    333: "()-`r{}“”„",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu–«»€§",
    584: "+<=>~×±",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…→←",
    1015: "@",
    223: "‘’",
}
_BOLD = {
    238: "'",
    278: " ,./I\\ijl|‘’·",
    333: "!()-:;[]`ft",
    389: "*r{}",
    474: '"',
    500: "z“”„",
    556: "#$0123456789J_aceksvxy–«»€§",
    584: "+<=>^~×±",
    611: "?FLTZbdghnopqu",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    833: "M",
    889: "%m",
    944: "W",
    975: "@",
    1000: "—…→←",
}
_TABLE = {
    bold: {char: size for size, chars in table.items() for char in chars}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}
_WIDE, _USUAL_CAPITAL, _USUAL = 1000, 720, 600


@lru_cache(maxsize=4096)
def _char_width(char: str, bold: bool) -> int:
    known = _TABLE[bold].get(char)
    if known is not None:
        return known
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return _WIDE
    base = unicodedata.normalize("NFD", char)[0]
    if base != char:
        return _char_width(base, bold)
    return _USUAL_CAPITAL if char.isupper() else _USUAL


@lru_cache(maxsize=65536)
def _units(word: str, bold: bool) -> int:
    """Width of a word in thousandths of the font size; texts say the same words again and again."""
    return sum(_char_width(char, bold) for char in word)


def width(text: str, font: Font) -> float:
    """How wide `text` is on one line, in points."""
    words = text.split(" ")
    units = sum(_units(word, font.bold) for word in words) + (len(words) - 1) * _char_width(" ", font.bold)
    return units * font.size / 1000


# Control characters, halves of surrogate pairs and non-characters cannot stand in XML; the embeddings and
# overrides of text direction would show words in an order that the source does not have.
_PLAIN = re.compile(r"[!-~À-ɏ‐-„…]+(?: [!-~À-ɏ‐-„…]+)*")
_UNDRAWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e]")


def drawable(text: str) -> str:
    r"""The text as a picture can carry it: one line, and U+FFFD for what no picture can show.

    >>> drawable("two\nlines,  one\ttab")
    'two lines, one tab'
    >>> drawable("a NUL \0 and a lone half \ud800") == "a NUL \ufffd and a lone half \ufffd"
    True
    """
    if _PLAIN.fullmatch(text):
        return text
    return " ".join(_UNDRAWABLE.sub("\ufffd", text).split())


_CLOSING = "、。，．」』）】〉》！？ー々：；"


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _joins(char: str) -> bool:
    """Whether a character belongs to the one before it: an accent, a joiner, a skin tone."""
    return (
        char == "\u200d"
        or unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf")
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


_WHOLE = re.compile(r"[A-Za-z0-9À-ʯЀ-ӿ.,;:!?'\"()“”‘’…%$]+")
"""Words in which no line breaks."""


def _pieces(word: str) -> Iterator[str]:
    """A word cut where a line may break: after a hyphen or dash, and between wide characters."""
    if _WHOLE.fullmatch(word):
        yield word
        return
    piece = ""
    for n, char in enumerate(word):
        if piece and not _joins(char) and word[n - 1] != "\u200d":
            last = piece[-1]
            hyphen = last in "-–—/" and char.isalpha() and len(piece) > 2
            wide = (_is_wide(char) or _is_wide(last)) and char not in _CLOSING and last not in "「『（【〈《"
            if hyphen or wide:
                yield piece
                piece = ""
        piece += char
    yield piece


def _cut(piece: str, bold: bool, room: float) -> Iterator[str]:
    """A piece too long for a line, in parts that fit, never within one visible character."""
    part, used = "", 0
    for n, char in enumerate(piece):
        size = _char_width(char, bold)
        if part and used + size > room and not _joins(char) and piece[n - 1] != "\u200d":
            yield part
            part, used = "", 0
        part += char
        used += size
    yield part


@lru_cache(maxsize=16384)
def lines(text: str, font: Font, limit: float) -> tuple[str, ...]:
    """`text` broken into lines no wider than `limit` points; always at least one.

    >>> lines("The arrangement formed in 1951 consisted of unequal partners.", FONTS["body"], 150)
    ('The arrangement formed in 1951', 'consisted of unequal partners.')
    >>> lines("日米同盟は", FONTS["body"], 21)
    ('日米', '同盟', 'は')
    """
    done: list[str] = []
    words: list[str] = []
    bold, room = font.bold, limit * 1000 / font.size
    space = _char_width(" ", bold)
    used = 0
    for word in drawable(text).split(" "):
        size = _units(word, bold)
        if used + space + size <= room and words:
            words.append(word)
            used += space + size
            continue
        first = True
        for piece in _pieces(word):
            size = _units(piece, bold)
            gap = space if first and words else 0
            if words and used + gap + size > room:
                done.append(" ".join(words))
                words, used, gap = [], 0, 0
            if size > room:
                *whole, piece = _cut(piece, bold, room)
                done.extend(whole)
                size = _units(piece, bold)
            if first or not words:
                words.append(piece)
            else:
                words[-1] += piece
            used += gap + size
            first = False
    return (*done, " ".join(words))


def shorten(text: str, font: Font, limit: float) -> str:
    """`text` on one line no wider than `limit`, cut between words with … where it is longer.

    >>> shorten("consisted of unequal partners", FONTS["body"], 110)
    'consisted of unequal…'
    """
    text = drawable(text)
    if width(text, font) <= limit:
        return text
    room = limit - width("…", font)
    first = lines(text, font, max(room, font.size))[0]
    return first.rstrip(" ,;:.–—-") + "…"
