r"""Split a text into words, in every script.

A run of `\w` is no word in most scripts: Hindi words fall apart at their vowel signs, and a Japanese sentence is one
run. Unicode Standard Annex 29 (§4) says where words end, and the package `regex` implements it. Scripts without spaces
give one word for each character, but katakana gives runs:

    can't · 3,000 · 1.5          हिन्दी · में          同 · 盟 · は · アメリカ
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

_WORD = regex.compile(r"(?wsV1)[\p{L}\p{N}].*?\b")


def word_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield start and end of each word, in code points.

    Parameters
    ----------
    text : str
    start, end : int
        The stretch of the text to look at; all of it when left out.
    """
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        yield match.span()
