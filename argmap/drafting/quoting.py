"""Quote words of a text, with a few words around them where they stand at several places.

`argmap.anchor.selector` tells any two places apart, however many words that takes. In a text that repeats itself thousands of
times that takes minutes; a draft may leave such a place out instead.
"""

from __future__ import annotations

import re
from itertools import islice

from argmap.anchor.search import Searchable
from argmap.model import Passage, Quote, Source, Span

SIZES = (1, 2, 4, 8, 16)
"""Words before or after that are tried."""
LONG, FEW_WORDS = 160, 16
"""A passage of more characters and words is given by its ends."""


def quote_at(text: str, start: int, end: int, source: str | None = None) -> Quote:
    """Quote a place of a text.

    Raise ValueError if the place is empty, or 16 words around it do not tell it from another.
    """
    exact = text[start:end]
    if not exact.strip():
        raise ValueError(f"there are no words at {start} to {end}")
    if _is_unique(text, exact):
        return Quote(exact=exact, source=source)
    for size in SIZES:
        first = _words_before(text, start, size)
        last = _words_after(text, end, size)
        for at, to in ((first, end), (start, last), (first, last)):
            if not _is_unique(text, text[at:to]):
                continue
            prefix, suffix = " ".join(text[at:start].split()), " ".join(text[end:to].split())
            quote = Quote(exact=exact, prefix=prefix, suffix=suffix, source=source)
            if len(list(islice(Searchable(text).places(quote), 2))) == 1:
                return quote
    raise ValueError(f"nothing tells {exact!r} at {start} from the same words elsewhere")


def passage_of(text: str, start: int, end: int, reason: str) -> Passage:
    """Set a part of a text aside, by its words, or by its first and last words where it is long. Raises as `quote_at`."""
    from argmap import anchor

    words = [match.span() for match in re.finditer(r"\S+", text[start:end])]
    if end - start > LONG and len(words) > FEW_WORDS:
        first = quote_at(text, start, start + words[6][1])
        last = Quote(exact=text[start + words[-7][0] : end])
        long = Passage.model_validate({"from": first, "to": last, "reason": reason})
        if anchor.passage_span(Source(text=text), long) == Span(start=start, end=end):
            return long
    return Passage(quote=quote_at(text, start, end), reason=reason)


def _is_unique(text: str, words: str) -> bool:
    return text.find(words, text.find(words) + 1) < 0


def _words_before(text: str, at: int, size: int) -> int:
    """Return where some words before a place begin; scripts without spaces are taken in pieces."""
    words = [match.start() for match in re.finditer(r"\S{1,20}", text[max(0, at - 25 * size) : at])]
    return max(0, at - 25 * size) + words[-size:][0] if words else at


def _words_after(text: str, at: int, size: int) -> int:
    words = [match.end() for match in re.finditer(r"\S{1,20}", text[at : at + 25 * size])]
    return at + words[:size][-1] if words else at
