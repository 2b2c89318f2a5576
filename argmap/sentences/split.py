"""Split a text into sentences.

Sentence boundaries come from sentencex (rules for some 300 languages); paragraphs are ours. A line break
ends a paragraph, except where it was only put in to keep lines short:

    the next word would not have      ← "fitted" is too long for this line: the sentence goes on
    fitted on the line before it.
    A heading                         ← "The" would have fitted: a new paragraph
    The text goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

MAX_LINE = 120
"""A text with longer lines was not broken to fit a page."""

_LINE = re.compile(r"[^\r\n]+")


def split(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """Split a text into sentences.

    Parameters
    ----------
    text : str
        Paragraphs stand on lines of their own or have blank lines between them.
    language : str, optional
        BCP 47 code; English when left out.

    Returns
    -------
    list of (int, int)
        Start and end of each sentence, in the order of the text, without the space around it.
    """
    from sentencex import get_sentence_boundaries

    code = (language or "en").split("-")[0].lower()
    found: list[tuple[int, int]] = []
    for start, end in paragraphs(text):
        # A wrapped sentence is one sentence: sentencex sees a space where the line was broken.
        paragraph = re.sub(r"[\r\n\u2028\x85]", " ", text[start:end])
        for piece in get_sentence_boundaries(code, paragraph):
            words = paragraph[piece["start_index"] : piece["end_index"]]
            if words.strip():
                first = start + piece["start_index"] + len(words) - len(words.lstrip())
                found.append((first, first + len(words.strip())))
    return found


@lru_cache(maxsize=8)
def split_once(text: str, language: str | None = None) -> tuple[tuple[int, int], ...]:
    """Split as `split` does, and remember it: several questions are asked of the sentences of a text."""
    return tuple(split(text, language))


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a text, which no sentence crosses, as start and end."""
    lines = [match.span() for match in _LINE.finditer(text)]
    width = max((end - start for start, end in lines), default=0)
    begun = lines[0][0] if lines else 0
    for (start, end), (following, after) in pairwise(lines):
        word = text[following:after].split(maxsplit=1)
        goes_on = (
            width <= MAX_LINE
            and text.count("\n", end, following) <= 1
            and word
            and end - start + 1 + len(word[0]) > width
        )
        if not goes_on:
            yield begun, end
            begun = following
    if lines:
        yield begun, lines[-1][1]
