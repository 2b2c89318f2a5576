r"""Words and the marks in them: what a sentence says, how it is set, and how to write it so that it says the same again.

    we **must** act. #urgent     ──▶  "we must act."   bold 3–7   tag "urgent", which stands behind the text
    p<0.05 and [so] on           ◀──  "p\<0.05 and \[so] on"

Argdown drops what marks the text (`**`), but leaves tags and mentions in it. A claim's text has neither marks nor the tags at
its end; where it has marks, tags or mentions inside, the text as marked is kept beside it (`markup`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lark import Token

from argmap.formats.argdown import parser
from argmap.formats.argdown.shortcodes import SHORTCODES
from argmap.formats.argdown.syntax import SPACE

_BLANK = " \t\r\n\x0b\x0c"
_BLANKS = re.compile(f"[{_BLANK}]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_PLAIN = frozenset({"TEXT", "NEWLINE"})
_MARKS = {"bold": ("**", "__"), "italic": ("_", "*")}
_ANYWHERE = r"[\\\[{]|/(?=[/*])|=(?===)|(?<==)=(?==)|(?<===)="
_AMONG_MARKS = re.compile(_ANYWHERE + "|[<#*_]")
_ALONE = re.compile(_ANYWHERE + rf"|[*_](?![{SPACE}])|\#(?! |\Z)")
_OPENING = re.compile(r"<(?=!--|\Z)")
_FIRST = re.compile(r"[' ]*(?:[+\-><*_]|\(\d|#+(?: |\Z))")
_NUMBERED = re.compile(rf"([' ]*[0-9]+)\.(?=[{SPACE}]|\Z)")
_MAY_BE_SIGN = re.compile(rf"\\. *|\.[^{SPACE}]+?\.|:[^{SPACE}]+?:")
_TAG_WORD = re.compile(r"[a-zA-Z0-9\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]+")


class Range(NamedTuple):
    """A stretch of a text that is marked: `start` ≤ i < `end`. `value` is a tag, an address or a title."""

    type: str
    start: int
    end: int
    value: str = ""


@dataclass(slots=True)
class Wording:
    """A text as it reads, and what is marked in it."""

    text: str = ""
    ranges: list[Range] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    """All its tags, those behind the text too."""


def worded(tokens: Sequence[Token], *, tags_in_text: bool = True) -> Wording:
    """What the tokens of a sentence say."""
    if all(token.type in _PLAIN for token in tokens):
        return tidy("".join(" " if token.type == "NEWLINE" else token for token in tokens), (), ())
    pieces: list[str] = []
    ranges: list[Range] = []
    tags: list[str] = []
    open_: list[int] = []
    at = 0
    last = len(tokens) - 1
    for n, token in enumerate(tokens):
        piece, start = str(token), at
        match token.type:
            case "NEWLINE":
                # A line break parts words; before the end of a stretch in bold it parts nothing.
                piece = " " if n < last and not tokens[n + 1].type.endswith("_END") else ""
            case "BOLD_START" | "ITALIC_START":
                open_.append(at)
                piece = ""
            case "BOLD_END" | "ITALIC_END":
                ranges.append(Range("bold" if token.type[0] == "B" else "italic", open_.pop(), at))
            case "LINK":
                words, _, address = token.partition("](")
                piece = words[1:] + token[len(token.rstrip(" \t")) :].replace("\t", "")
                ranges.append(Range("link", at, at + len(words) - 1, address.rstrip(" \t")[:-1]))
            case "TAG":
                word = token[1:].rstrip(" \t").removeprefix("(").removesuffix(")")
                tags.append(word)
                piece = piece if tags_in_text else ""
                if piece:
                    ranges.append(Range("tag", at, at + len(piece.rstrip(" \t")), word))
            case "MENTION":
                bare = piece.rstrip(" \t")
                ranges.append(Range("mention", at, at + len(bare), bare[2:-1]))
        pieces.append(piece)
        at = start + len(piece)
    return tidy("".join(pieces), ranges, tags)


def tidy(text: str, ranges: Sequence[Range], tags: Iterable[str]) -> Wording:
    """Blanks made one, tags at the end taken off; what is marked still stands where it stood."""
    if not ranges:
        return Wording(_BLANKS.sub(" ", text).strip(" "), [], list(dict.fromkeys(tags)))
    kept = sorted((r for r in ranges if 0 <= r.start < r.end <= len(text)), key=lambda r: (r.start, -r.end))
    size = len(text.rstrip(_BLANK))
    ends = {r.end: r.start for r in kept if r.type == "tag"}
    while size in ends:
        size = len(text[: ends[size]].rstrip(_BLANK))
    kept = [r for r in kept if r.end <= size]
    places: dict[int, int] = {}
    plain = _tidied(text[:size], {place for r in kept for place in (r.start, r.end)}, places)
    moved = [r._replace(start=places[r.start], end=places[r.end]) for r in kept]
    return Wording(plain, [r for r in moved if r.start < r.end], list(dict.fromkeys(tags)))


def _tidied(text: str, wanted: set[int], places: dict[int, int]) -> str:
    """The text with blanks made one; `places` learns where each wanted offset went."""
    pieces: list[str] = []
    size = done = 0
    queue = sorted(wanted, reverse=True)
    for blank in [*_BLANKS.finditer(text), None]:
        start, end = blank.span() if blank else (len(text), len(text))
        while queue and queue[-1] <= start:
            places[queue[-1]] = size + queue[-1] - done
            queue.pop()
        pieces.append(text[done:start])
        size += start - done
        if blank and start > 0 and end < len(text):
            pieces.append(" ")
            size += 1
        while queue and queue[-1] <= end:
            places[queue.pop()] = size
        done = end
    return "".join(pieces)


def visible(text: str) -> str:
    """The text as a line of Argdown can show it: blanks made one, no control characters."""
    return _BLANKS.sub(" ", _CONTROL.sub("", text)).strip(" ")


def escape(text: str, *, among_marks: bool = False) -> str:
    r"""Write a visible text so that each character stands for itself, wherever in a line it stands.

    Parameters
    ----------
    text
        The text; blanks in it are single spaces.
    among_marks
        Whether it stands between marks, or before a tag, which signs in it could close.

    >>> escape("p<0.05, we [really] mean *it* :heart:")
    'p<0.05, we \\[really] mean \\*it* \\:heart:'
    >>> escape("1. no list"), escape("- no attack"), escape("a.b.c"), escape("0<p and p>1")
    ('1\\. no list', '\\- no attack', 'a.b.c', '0\\<p and p>1')
    """
    text = (_AMONG_MARKS if among_marks else _ALONE).sub(r"\\\g<0>", text)
    if not among_marks:
        # Before the last `>` a `<` could open a title, behind it only a comment or a line of its own.
        closed = text.rfind(">") + 1
        text = text[:closed].replace("<", "\\<") + _OPENING.sub(r"\\<", text[closed:])
    if _FIRST.match(text):
        text = "\\" + text
    text = _NUMBERED.sub(r"\1\\.", text, count=1) if _NUMBERED.match(text) else text
    pieces, at = [], 0
    while found := _MAY_BE_SIGN.search(text, at):
        sign = found[0]
        if sign[0] != "\\" and (sign in SHORTCODES or "\\" in sign):
            pieces.append(text[at : found.start()] + "\\" + sign[0])
            at = found.start() + 1
        else:
            pieces.append(text[at : found.end()])
            at = found.end()
    return "".join(pieces) + text[at:]


def markup(wording: Wording) -> str | None:
    """The text with its marks, in one spelling (`**bold**`, `_italics_`); `None` where Argdown cannot mark it so."""
    if not wording.ranges:
        return escape(wording.text)
    written = _marked(wording)
    return written if rendered(written) == (wording.text, wording.ranges) else None


def rendered(written: str) -> tuple[str, list[Range]] | None:
    """What a text with marks says, and what is marked in it; `None` where it is no such text."""
    tokens = parser.inline(written)
    if tokens is None or any(token.type == "NEWLINE" for token in tokens):
        return None
    wording = worded(tokens)
    return wording.text, wording.ranges


def _marked(wording: Wording) -> str:
    text, pieces, at = wording.text, [], 0
    open_: list[tuple[Range, str]] = []

    def close_before(place: int) -> None:
        nonlocal at
        while open_ and open_[-1][0].end <= place:
            range_, mark = open_.pop()
            pieces.append(escape(text[at : range_.end], among_marks=True) + mark)
            at = range_.end

    for range_ in wording.ranges:
        close_before(range_.start)
        if range_.start < at:
            continue
        pieces.append(escape(text[at : range_.start], among_marks=True))
        at = range_.start
        if range_.type in _MARKS:
            first, second = _MARKS[range_.type]
            inside = open_[-1][1] if open_ else ""
            # `__` would be bold, so italics in italics take the other sign.
            mark = second if inside == first else first
            open_.append((range_, mark))
            pieces.append(mark)
        else:
            words = text[at : range_.end]
            pieces.append(f"[{words}]({range_.value})" if range_.type == "link" else words)
            at = range_.end
    close_before(len(text))
    return "".join(pieces) + escape(text[at:], among_marks=True)


def tag(word: str) -> str | None:
    """A tag as it is written; `None` for a word that can be none."""
    if _TAG_WORD.fullmatch(word):
        return f"#{word}"
    if not word or ")" in word or "\n" in word or "\r" in word or word != visible(word):
        return None
    return f"#({word})"


def inner_tags(wording: Wording) -> list[str]:
    """The tags that stand in the text, and not behind it."""
    return [r.value for r in wording.ranges if r.type == "tag"]
