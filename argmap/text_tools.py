"""Small tools for the words that people read: counts, suggestions for misspelt words, escapes for Markdown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from unicodedata import combining, east_asian_width

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~$])|&(?=#?\w+;)")
_LINE_START = re.compile(r"^(?:([#+=-])|(\d+)([.)]))")
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def counted(number: int, noun: str) -> str:
    """Write a number with its noun.

    >>> counted(1, "claim"), counted(3000, "claim"), counted(2, "match")
    ('1 claim', '3,000 claims', '2 matches')
    """
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Give the plural of a regular noun.

    >>> plural("speech"), plural("study"), plural("essay")
    ('speeches', 'studies', 'essays')
    """
    if noun.endswith("y") and noun[-2:-1] not in ("a", "e", "o"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("ch", "sh", "s", "x")) else f"{noun}s"


QuoteStatus = Literal["checked", "unchecked", "failed"]
"""`checked`: the words stand in the text, from word to word. `unchecked`: there is no text at hand to search. `failed`: neither."""


def as_quoted(words: str, status: QuoteStatus) -> str:
    """Print a quote so that it is never taken for the text's own words unless they were found there.

    >>> as_quoted("near equals", "checked"), as_quoted("near equals", "unchecked"), as_quoted("equals", "failed")
    ('“near equals”', '“near equals” (unchecked)', 'not in the text: “equals”')
    """
    return {"checked": f"“{words}”", "unchecked": f"“{words}” (unchecked)", "failed": f"not in the text: “{words}”"}[
        status
    ]


def nearest(word: str, words: Iterable[str], least: float = 0.6) -> str | None:
    """Return the word that is most like a misspelt one; None if none is.

    `least` is the least similarity, from 0 to 1: twice the length of the longest common subsequence, by the length of
    both words.
    """
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    found = extractOne(word, list(words), scorer=ratio, score_cutoff=100 * least)
    return str(found[0]) if found else None


def did_you_mean(word: str, words: Iterable[str], otherwise: str, mark: str = '"') -> str:
    """Return a hint that names the nearest of some words, or `otherwise` if none is near."""
    near = nearest(word, words)
    return f"Did you mean {mark}{near}{mark}?" if near else otherwise


def escape_markdown(text: str) -> str:
    r"""Write a text on one line so that Markdown shows it as it is.

    >>> print(escape_markdown("1. *Not* a <b>list</b>\n# nor a heading & so on"))
    1\. \*Not\* a \<b\>list\</b\> # nor a heading & so on
    """
    line = " ".join(_UNSHOWN.sub("", text).split())
    line = _MARKDOWN.sub(lambda match: f"\\{match[0]}", line)
    return _LINE_START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", line)


@dataclass(frozen=True, slots=True)
class EvenText:
    """A text as all its copies have it: without byte order mark, with plain line ends, and none at its end."""

    text: str
    gone: tuple[int, ...]
    """Places in the original of the characters that are left out, in order; those at the end are not listed."""

    def at(self, place: int) -> int:
        """Return where a place of the original is."""
        return min(place - bisect_left(self.gone, place), len(self.text))


@lru_cache(maxsize=16)
def even(text: str) -> EvenText:
    r"""Take from a text what differs between its copies: a byte order mark, the kind of line ends, line ends at its end.

    >>> even("\ufeffa\r\nb\r\n").text, even("\ufeffa\r\nb\r\n").at(4)
    ('a\nb', 2)
    """
    gone = [0] if text.startswith("\ufeff") else []
    gone += [found.start() for found in re.finditer("\r\n", text)]
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return EvenText(plain, tuple(gone))


_CONTROLS = {
    **{code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD),
}
"""C0 controls have pictures of their own in Unicode; C1 controls and bidirectional overrides have none."""


def printable(text: str) -> str:
    r"""Make control and direction-changing characters visible; line breaks and tabs stay.

    >>> printable("a\x1b[2Jb")
    'a␛[2Jb'
    """
    return text if text.isprintable() else text.translate(_CONTROLS)


_PIECES = re.compile(r"\S+ *| +")


def cells(text: str) -> int:
    """Count the columns of a terminal that a text takes: wide characters take two, marks none."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 1 + (east_asian_width(char) in "WF") for char in text)


_NAMED = re.compile(r" *[^\s:](?:[^\s:]| (?! )){0,27} {2,}(?=\S)")


def hanging(line: str, hang: int = 2) -> int:
    """Find the column where a line goes on: under its second column if it has one, else a little to the right.

    >>> hanging("  1996  the first words"), hanging("  because: the words"), hanging("a paragraph", 0)
    (8, 4, 0)
    >>> hanging("  1996: is: near   →   2005: is: far")
    4
    """
    named = _NAMED.match(line)
    return named.end() if named else len(line) - len(line.lstrip(" ")) + hang


def wrapped(text: str, width: int, hang: int | None = None) -> list[str]:
    r"""Break lines at spaces so that none is wider than `width` columns; a longer word is cut.

    With `hang`, a line goes on where `hanging` says, if that leaves half of the width.

    >>> wrapped("  one two three\nfour", 10)
    ['  one two', 'three', 'four']
    >>> wrapped("  1996  one two three", 16, 2)
    ['  1996  one two', '        three']
    """
    rows = []
    for line in text.split("\n"):
        if len(line) <= width // 2 or cells(line) <= width:
            rows.append(line)
            continue
        under = min(hanging(line, hang), width // 2) if hang is not None else 0
        row, used = "", 0
        for piece in _PIECES.findall(line):
            size = cells(piece.rstrip(" ")) if piece.strip() else len(piece)
            if row.strip() and used + size > width:
                rows.append(row.rstrip())
                row, used = " " * under, under
            while size > width - used:
                room = width - used
                fitting = next((n for n in range(1, len(piece)) if cells(piece[: n + 1]) > room), len(piece))
                rows.append(row + piece[:fitting])
                row, used = " " * under, under
                piece = piece[fitting:]
                size = cells(piece.rstrip(" "))
            row, used = row + piece, used + cells(piece)
        rows.append(row.rstrip())
    return rows
