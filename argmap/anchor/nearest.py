"""Find the words that a misquote probably means.

A quote that is not in the text was usually copied with a slip, or the text was edited since. The
nearest words are worth showing; they are never taken silently.

    1. vote     every word of the quote votes for the blocks of the text it stands in, rare words loudest
    2. align    the best few blocks are searched for the stretch most like the quote (rapidfuzz)
    3. snap     of the stretches that begin and end at words near there, the most similar one is the answer

The votes keep it bounded: a text of a megabyte costs one index, and each quote then a few blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from argmap.anchor.fold import Folded, fold, plain
from argmap.model import Span

BLOCK = 400
"""Characters that a vote is for; about four sentences."""
CANDIDATES = 4
"""Blocks searched for one quote."""
MIN_SIMILARITY = 0.5
"""Below this, two stretches share little but letters, and nothing is shown."""
MAX_ALIGNED = 600
"""Longer quotes are found by their two ends, since alignment is quadratic."""
SNAP = 6
"""Word boundaries around an aligned end that are tried as the end."""
SNAP_REACH = 60
"""Characters around an aligned end in which they are looked for."""

_WORD = re.compile(r"\w+")
_BEGINNING = re.compile(r"(?<!\S)\S|(?<![\w'-])\w")
_ENDING = re.compile(r"\S(?!\S)|\w(?![\w'-])")


def nearest(text: str, words: str) -> tuple[Span | None, float]:
    """Find the stretch of `text` most similar to `words`, at word boundaries; `None` and 0 when nothing is alike.

    The similarity, in [0, 1], is the normalised indel similarity of the folded texts.
    """
    folded, wanted = fold(text), plain(words)
    if not wanted or not folded.text.strip():
        return None, 0.0
    if len(wanted) <= MAX_ALIGNED:
        found = _align(folded, wanted)
    else:
        half = MAX_ALIGNED // 2
        head, tail = _align(folded, wanted[:half]), _align(folded, wanted[-half:])
        if head is None or tail is None:
            return None, 0.0
        like = len(wanted) / 2 < tail[1] - head[0] < len(wanted) * 2
        found = (head[0], tail[1], (head[2] + tail[2]) / 2) if like else head
    if found is None or found[2] < MIN_SIMILARITY:
        return None, 0.0
    return folded.span(found[0], found[1]), found[2]


def _align(folded: Folded, wanted: str) -> tuple[int, int, float] | None:
    """Return start, end and similarity of the stretch of a folded text most similar to `wanted`."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    text = folded.text
    best: tuple[int, int, float] | None = None
    for start, end in _regions(text, wanted):
        region = text[start:end]
        aligned = partial_ratio_alignment(wanted, region)
        if aligned is None:
            continue
        # With a region shorter than the quote, the alignment is of the region in the quote.
        first, last = (aligned.dest_start, aligned.dest_end) if len(region) >= len(wanted) else (0, len(region))
        snapped = _snap(folded, start + first, start + last, wanted)
        if snapped and (best is None or snapped[2] > best[2]):
            best = snapped
    return best


def _regions(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches worth searching."""
    if len(text) <= 2 * BLOCK:
        yield 0, len(text)
        return
    index = _index(text)
    votes: Counter[int] = Counter()
    for word in set(_WORD.findall(wanted.lower())):
        blocks = index.get(word, ())
        for block in blocks:
            votes[block] += 1_000_000 // len(blocks)
    for block, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:CANDIDATES]:
        yield max(0, block * BLOCK - len(wanted)), min(len(text), (block + 1) * BLOCK + len(wanted))


@lru_cache(maxsize=4)
def _index(text: str) -> dict[str, list[int]]:
    """Return the blocks that each word occurs in; words in more than a tenth of a long text are left out."""
    blocks: dict[str, list[int]] = {}
    for match in _WORD.finditer(text.lower()):
        into = blocks.setdefault(match[0], [])
        block = match.start() // BLOCK
        if not into or into[-1] != block:
            into.append(block)
    common = max(50, len(text) // BLOCK // 10)
    return {word: into for word, into in blocks.items() if len(into) <= common}


def _snap(folded: Folded, start: int, end: int, wanted: str) -> tuple[int, int, float] | None:
    """Return the stretch most similar to `wanted` that begins and ends at words near `start` and `end`."""
    from rapidfuzz.fuzz import ratio

    text, even = folded.text, folded.normal.text
    # Folding takes the spaces beside marks away, so the words are those of the text before it.
    low = folded.inner(max(0, start - SNAP_REACH), end)[0]
    high = folded.inner(start, min(len(text), end + SNAP_REACH))[1]
    begun = {folded.outer(match.start()) for match in _BEGINNING.finditer(even, low, high)}
    ended = {folded.outer(match.end()) for match in _ENDING.finditer(even, low, high)}
    firsts, lasts = sorted(begun, key=lambda at: abs(at - start)), sorted(ended, key=lambda at: abs(at - end))
    scored = [
        (ratio(wanted, text[first:last]), -abs(first - start) - abs(last - end), first, last)
        for first in firsts[:SNAP]
        for last in lasts[:SNAP]
        if first < last
    ]
    if not scored:
        return None
    score, _, first, last = max(scored)
    return first, last, score / 100
