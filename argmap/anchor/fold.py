r"""Compare words without regard to typography: line breaks, curly quotes, long dashes, ligatures.

A quote typed by hand rarely keeps the typography of the page it came from. Folding writes both
the same way, and remembers where each character stood, so that what is found in the folded text
can be shown in the real one:

    text     the ﬁrst  “near  equals” — a govern-\nment
    normal   the first  “near  equals” — a govern-\nment      NFKC, without characters that nobody sees
    folded   the first'near equals'-a govern?ment             one mark of each kind, no space beside marks

Three signs of the folded text stand for more than one reading. `'` is any quotation mark. The hyphen at a line's end
(`?` above) may belong to the word or not, and so may a line break between two Korean syllables: `matches` tries both.

Case, letters, accents and figures are never folded: they are the words. So a raised digit stays one after a digit:
"10²" is not "102".

Sources: Unicode Standard Annexes 15 (normalisation forms) and 29 (grapheme clusters).
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from argmap.model import Span

HYPHEN, SPACE = "\ufdd0", "\ufdd1"
"""Signs for a hyphen or a space that is there or not. Unicode has no characters at these places."""
_LOOSE = str.maketrans(dict.fromkeys(f" -{HYPHEN}{SPACE}"))
_MAYBE = {HYPHEN: "-", SPACE: " "}

_BREAK = r"\n\r\x0b\x0c\x85\u2028\u2029"
_DASHES = "-\u2010-\u2015\u2212\u2e3a\u2e3b\u058a\u1806"
_SINGLE = "'‘’‚‛′`´ʼʹ‹›"
_DOUBLE = '"“”„‟«»″〝〞〟「」『』❝❞'
_MARK = r"[\p{P}\p{Sc}`´--[_]]"
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Yi}ー々〆]"
_ALIKE = str.maketrans(dict.fromkeys("\u2044\u2215", "/"))
_UNSEEN = regex.compile(r"(?V1)[\p{DI}\u0640--[\U000e0020-\U000e007f]]")
"""Characters that Unicode lets a program ignore (joiners, marks of direction, variation selectors), and the Arabic stretcher."""
_PIECE = regex.compile(r"(?:[\x00-\x7f](?=[\x00-\x7f]|\Z))+|\X")
_SHOWN_HYPHEN = regex.compile(rf"\u00ad(?=\s*?[{_BREAK}]\s*+\p{{L}})")
_RAISED = "⁺⁻⁼⁽⁾₊₋₌₍₎"
_UNEVEN = regex.compile(
    rf"""(?xV1)
      (?P<gap>    \s{{2,}}+ | \ (?: (?<={_MARK}\ ) | (?={_MARK}) ) | [^\S\ ] | (?<={_UNSPACED})\ (?={_UNSPACED}) )
    | (?P<hyphen> (?<=[\p{{L}}\p{{M}}]) [-\u2010\u2011\u00ac] \s*?[{_BREAK}]\s*+ (?=\p{{L}}) )
    | (?P<dash>   [{_DASHES}] (?:\s*+[{_DASHES}])*+ )
    | (?P<dots>   \. (?:\s*+\.){{2,}}+ )
    | (?P<quote>  [{_DOUBLE}{_SINGLE}] (?:\s*+[{_DOUBLE}{_SINGLE}])*+ )
    """
)
_MARKED, _WITHOUT_SPACES, _KOREAN, _BROKEN = (
    regex.compile(rf"(?V1){pattern}") for pattern in (_MARK, _UNSPACED, r"\p{Hangul}", f"[{_BREAK}]")
)
_IN_NUMBERS = frozenset(".,:/'’")


@dataclass(frozen=True, slots=True)
class Normal:
    """A text without ligatures and unseen characters, with the places of its characters in the original."""

    text: str
    starts: array[int] | None = None
    """The start of each character in the original; None when nothing changed."""
    ends: array[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """Return the span in the original of `text[start:end]`; `start` < `end`."""
        if self.starts is None or self.ends is None:
            return Span(start=start, end=end)
        return Span(start=self.starts[start], end=self.ends[end - 1])

    def offset(self, original: int) -> int:
        """Return the position of the first character at or after one of the original."""
        return original if self.starts is None else bisect_left(self.starts, original)

    def splits(self, original: int) -> bool:
        """Return whether a place in the original is inside one character of this text, such as between letter and accent."""
        if self.starts is None or self.ends is None:
            return False
        last = bisect_left(self.starts, original) - 1
        return last >= 0 and original < self.ends[last]


@dataclass(frozen=True)
class Folded:
    """A folded text, with the positions of its pieces in the normal one."""

    text: str
    normal: Normal
    cuts: tuple[int, ...]
    """Start of each piece in the folded text; a piece is as long as its original, or stands for all of it."""
    starts: tuple[int, ...]
    """Start of each piece in the normal text."""
    ends: tuple[int, ...]
    """End of each piece in the normal text."""
    whole: tuple[bool, ...]
    """True for each piece that stands for all of its original."""

    def inner(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end in the normal text of `text[start:end]`; `start` < `end`."""
        first, last = bisect_right(self.cuts, start) - 1, bisect_right(self.cuts, end - 1) - 1
        begin = self.starts[first] + (0 if self.whole[first] else start - self.cuts[first])
        stop = self.ends[last] if self.whole[last] else self.starts[last] + end - self.cuts[last]
        return begin, stop

    def span(self, start: int, end: int) -> Span:
        """Return the span in the original of `text[start:end]`; `start` < `end`."""
        return self.normal.span(*self.inner(start, end))

    def offset(self, original: int) -> int:
        """Return the position in the folded text of a character of the original."""
        return self.outer(self.normal.offset(original))

    def outer(self, at: int) -> int:
        """Return the position in the folded text of a character of the normal one."""
        piece = max(bisect_right(self.starts, at) - 1, 0)
        return self.cuts[piece] + (0 if self.whole[piece] else at - self.starts[piece])

    @cached_property
    def loose(self) -> tuple[str, list[int]]:
        """The text without spaces and hyphens, and where each of its characters stands in `text`."""
        kept = [at for at, character in enumerate(self.text) if ord(character) not in _LOOSE]
        return self.text.translate(_LOOSE), kept


@lru_cache(maxsize=8)
def normal(text: str) -> Normal:
    """Write a text in the normal form NFKC, without characters that nobody sees. Linear."""
    if text.isascii():
        return Normal(text)
    out: list[str] = []
    widths: list[tuple[int, int, int]] = []  # characters written, start, end
    hyphens = {match.start() for match in _SHOWN_HYPHEN.finditer(text)}
    at = 0
    for line in text.splitlines(keepends=True):
        if unicodedata.is_normalized("NFKC", line) and not _UNSEEN.search(line):
            out.append(line)
            at += len(line)
            continue
        for match in _PIECE.finditer(line):
            piece = match[0]
            if not piece.isascii():
                after = line[match.end() : match.end() + 1]
                start = at + match.start()
                written = "-" if start in hyphens else _normal_piece(piece, out[-1][-1:] if out else "", after)
                if written != piece:
                    widths.append((len(written), start, start + len(piece)))
                piece = written
            if piece:
                out.append(piece)
        at += len(line)
    if not widths:
        return Normal(text)
    starts, ends, done = array("I"), array("I"), 0
    for width, start, end in (*widths, (0, len(text), len(text))):
        starts.extend(range(done, start))
        ends.extend(range(done + 1, start + 1))
        starts.extend([start] * width)
        ends.extend([end] * width)
        done = end
    return Normal("".join(out), starts, ends)


def _normal_piece(piece: str, before: str, after: str) -> str:
    """Write a letter with its marks; a raised or circled digit beside a digit stays, since it would change the figure."""
    seen = _UNSEEN.sub("", piece)
    composed, compatible = unicodedata.normalize("NFC", seen), unicodedata.normalize("NFKC", seen)
    if compatible == composed or not compatible:
        return composed
    is_figure = not seen[0].isdecimal() and (
        (compatible[0].isdigit() and (before.isnumeric() or before in (*_RAISED,)))
        or (compatible[-1].isdigit() and after.isnumeric())
    )
    # A spacing accent would become a space.
    is_accent = compatible[0] == " " and len(compatible) > 1
    return composed if is_figure or is_accent or seen in _RAISED else compatible


@lru_cache(maxsize=8)
def fold(text: str) -> Folded:
    """Write `text` with plain spaces, quotes, dashes and dots. Linear."""
    even = normal(text)
    out: list[str] = []
    pieces: list[tuple[int, int, int, bool]] = []
    done = length = 0
    for match in _UNEVEN.finditer(even.text):
        start, end = match.span()
        written = _written(match)
        pieces += [(length, done, start, False), (length + start - done, start, end, True)]
        out += [even.text[done:start], written]
        length += start - done + len(written)
        done = end
    out.append(even.text[done:])
    pieces.append((length, done, len(even.text), False))
    cuts, starts, ends, whole = zip(*pieces, strict=True)
    return Folded("".join(out).translate(_ALIKE), even, cuts, starts, ends, whole)


def plain(words: str) -> str:
    """Fold `words`, and strip the spaces around them."""
    return str(_UNEVEN.sub(_written, normal(words).text)).translate(_ALIKE).strip(" ")


def _written(match: regex.Match[str]) -> str:
    """Write an uneven piece."""
    kind, text = match.lastgroup, match.string
    start, end = match.span()
    if kind == "gap":
        return _gap(text, start, end)
    if kind == "quote":
        # After a digit, one stroke is feet or minutes, and two are inches or seconds.
        is_measure = start and text[start - 1].isdigit() and (match[0] not in _SINGLE)
        return '"' if is_measure else "'"
    return {"hyphen": HYPHEN, "dash": "-", "dots": "..."}[kind or ""]


def _gap(text: str, start: int, end: int) -> str:
    """Write a run of spaces: nothing beside a mark or between characters of scripts without spaces."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if not before or not after:
        return " "
    if _MARKED.match(before) or _MARKED.match(after):
        # "3, 500" are two figures, and "3,500" is one.
        two_figures = (before in _IN_NUMBERS and after.isdigit() and text[max(0, start - 2)].isdigit()) or (
            after in _IN_NUMBERS and before.isdigit() and text[end + 1 : end + 2].isdigit()
        )
        return " " if two_figures else ""
    if _WITHOUT_SPACES.match(before) and _WITHOUT_SPACES.match(after):
        return ""
    if _KOREAN.match(before) and _KOREAN.match(after) and _BROKEN.search(text, start, end):
        return SPACE
    return " "


def loosened(folded: str) -> str:
    """Return a folded text without spaces and hyphens."""
    return folded.translate(_LOOSE)


def matches(text: str, start: int, words: str) -> int | None:
    """Return where `words` end if they stand at `start` of a folded text, whatever its hyphens at line ends mean."""
    at, n = start, 0
    while n < len(words):
        here, wanted = text[at : at + 1], words[n]
        if here == wanted or _MAYBE.get(here) == wanted or (here and _MAYBE.get(wanted) == here):
            at, n = at + 1, n + 1
        elif here in _MAYBE:
            at += 1
        elif wanted in _MAYBE:
            n += 1
        else:
            return None
    return at
