r"""Compare words without regard to typography: line breaks, curly quotes, long dashes.

A quote typed by hand rarely keeps the typography of the page it came from. Folding writes both
the same way, and remembers where each character stood, so that what is found in the folded text
can be shown in the real one:

    text     near equals”  —  he\n said…
    folded   near equals" - he said...
    span(13, 17) of the folded text, "- he", is span(14, 19) of the text

Case, letters and accents are never folded: they are the words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from argmap.model import Span

_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_ALIKE = str.maketrans(
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys("‘’‚‛′`´ʼ", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
)
_HIDDEN = "[\u00ad\u200b-\u200d\u2060\ufeff]"
"""Soft hyphens, joiners and other characters of no width."""
_UNEVEN = re.compile(
    f"(?P<space> (?:{_HIDDEN}* )+)|(?P<dash>-(?:{_HIDDEN}*-)+)|(?P<dots>…)"
    f"|(?P<accent>[^\\W\\d_](?:{_HIDDEN}*[\u0300-\u036f])+)|(?P<nothing>{_HIDDEN}+)"
)
_WRITTEN = {"space": " ", "dash": "-", "dots": "...", "nothing": ""}


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, with the positions of its pieces in the original."""

    text: str
    cuts: tuple[int, ...]
    """Start of each piece in the folded text; a piece is as long as its original, or stands for all of it."""
    starts: tuple[int, ...]
    """Start of each piece in the original."""
    ends: tuple[int, ...]
    """End of each piece in the original."""
    whole: tuple[bool, ...]
    """True for each piece that stands for all of its original."""

    def span(self, start: int, end: int) -> Span:
        """Return the span in the original of `text[start:end]`; `start` < `end`."""
        first, last = bisect_right(self.cuts, start) - 1, bisect_right(self.cuts, end - 1) - 1
        return Span(
            start=self.starts[first] + (0 if self.whole[first] else start - self.cuts[first]),
            end=self.ends[last] if self.whole[last] else self.starts[last] + end - self.cuts[last],
        )

    def offset(self, original: int) -> int:
        """Return the position in the folded text of a character of the original."""
        piece = max(bisect_right(self.starts, original) - 1, 0)
        return self.cuts[piece] + (0 if self.whole[piece] else original - self.starts[piece])


@lru_cache(maxsize=8)
def fold(text: str) -> Folded:
    """Write `text` with plain spaces, quotes, dashes and dots. Linear."""
    even = text.translate(_ALIKE)
    out: list[str] = []
    pieces: list[tuple[int, int, int, bool]] = []
    done = length = 0
    for match in _UNEVEN.finditer(even):
        start, end = match.span()
        written = _written(match)
        pieces += [(length, done, start, False), (length + start - done, start, end, True)]
        out += [even[done:start], written]
        length += start - done + len(written)
        done = end
    out.append(even[done:])
    pieces.append((length, done, len(text), False))
    cuts, starts, ends, whole = zip(*pieces, strict=True)
    return Folded("".join(out), cuts, starts, ends, whole)


def plain(words: str) -> str:
    """Fold `words`, and strip the spaces around them."""
    return _UNEVEN.sub(_written, words.translate(_ALIKE)).strip(" ")


def _written(match: re.Match[str]) -> str:
    """Write an uneven piece."""
    kind = match.lastgroup or ""
    return unicodedata.normalize("NFC", re.sub(_HIDDEN, "", match[0])) if kind == "accent" else _WRITTEN[kind]
