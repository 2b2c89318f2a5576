"""Tokens of a sentence → its words, the marks in them, and its tags.

    we **must** act. #urgent     →  "we must act."   mark bold "must"   tag "urgent"

Argdown drops the signs of bold, italics and links, but leaves tags and mentions in the text. Here tags at the end leave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lark import Token

from argmap.formats.argdown.syntax import BLANKS

_BLANK = " \t\r\n\x0b\x0c"
_PLAIN = frozenset({"TEXT", "NEWLINE"})


class Range(NamedTuple):
    """A marked stretch of a text, `start` ≤ i < `end`; `value` is the address of a link."""

    type: str
    start: int
    end: int
    value: str = ""


@dataclass(slots=True)
class Wording:
    """A text as it reads, and what is marked in it."""

    text: str = ""
    marks: list[list[str]] = field(default_factory=list)
    """Bold, italics and links: the mark, its words, and for a link the address."""
    tags: list[str] = field(default_factory=list)


def worded(tokens: Sequence[Token], *, tags_in_text: bool = True) -> Wording:
    """Put the tokens of a sentence together."""
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
                tags.append(token[1:].rstrip(" \t").removeprefix("(").removesuffix(")"))
                piece = piece if tags_in_text else ""
                if piece:
                    ranges.append(Range("tag", at, at + len(piece.rstrip(" \t"))))
        pieces.append(piece)
        at = start + len(piece)
    return tidy("".join(pieces), ranges, tags)


def tidy(text: str, ranges: Sequence[Range], tags: Iterable[str]) -> Wording:
    """Make runs of blanks one, and take tags off the end of a text."""
    size = len(text.rstrip(_BLANK))
    ends = {r.end: r.start for r in ranges if r.type == "tag"}
    while size in ends:
        size = len(text[: ends[size]].rstrip(_BLANK))
    marked = sorted(
        (r for r in ranges if r.type != "tag" and 0 <= r.start < r.end <= size), key=lambda r: (r.start, -r.end)
    )
    words = [(r.type, _squeezed(text[r.start : r.end]), r.value) for r in marked]
    marks = [[part for part in mark if part] for mark in words if mark[1]]
    return Wording(_squeezed(text[:size]), marks, list(dict.fromkeys(tags)))


def _squeezed(text: str) -> str:
    return BLANKS.sub(" ", text).strip(" ")
