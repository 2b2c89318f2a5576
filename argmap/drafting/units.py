"""Cut a text into units, each of which becomes one suggested claim: sentences, or clauses of them.

    Fares should fall, because the buses are empty.   →   "Fares should fall"  ·  "because the buses are empty"

Cutting helps with short texts and hurts with long ones, where most clauses say little alone. So only short texts are cut.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from argmap.drafting.cues import Cues, even
from argmap.sentences.split import paragraphs, split

SHORT = 12
"""Most sentences of a text that is cut into clauses."""
LEAST = 4
"""Least words of a clause."""
FEW = 3
"""Most words of an answer that says nothing without its question."""
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_STOP = re.compile(r"(?<!\s)\s*;\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of the text that becomes a claim."""

    start: int
    end: int
    paragraph: int
    sentence: int
    cut: bool = False
    """True for a clause that follows another of its sentence."""


def units(text: str, cues: Cues, skip: Iterable[tuple[int, int]] = (), *, clauses: bool | None = None) -> list[Unit]:
    """Cut a text into units.

    Parts to `skip`, such as page furniture, are left out: a sentence inside them is no unit; at its ends they are cut
    off. Sentences are cut into `clauses`; by default only in a text of at most 12 sentences.
    """
    skipped = sorted(skip)
    sentences = [
        rest for start, end in split(text, cues.language) if (rest := _outside(text, start, end, skipped)) is not None
    ]
    if clauses is None:
        clauses = len(sentences) <= SHORT
    starts = [start for start, _ in paragraphs(text)]
    sentences = list(_with_answers(text, sentences))
    found: list[Unit] = []
    for n, (start, end) in enumerate(sentences):
        pieces = list(_clauses(text, start, end, cues)) if clauses and cues.spaced else [(start, end)]
        paragraph = bisect_right(starts, start) - 1
        found += [Unit(*piece, paragraph, n, cut=k > 0) for k, piece in enumerate(pieces)]
    return found


def _with_answers(text: str, sentences: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join a question with an answer of a few words: "Is that so? Of course not."."""
    asked: tuple[int, int] | None = None
    for start, end in sentences:
        if asked and len(_WORD.findall(text[start:end])) <= FEW and "\n\n" not in text[asked[1] : start]:
            yield asked[0], end
            asked = None
            continue
        if asked:
            yield asked
        asked = (start, end) if text[start:end].endswith("?") else None
        if asked is None:
            yield start, end
    if asked:
        yield asked


def _outside(text: str, start: int, end: int, skipped: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Take the skipped parts off both ends of a sentence; `None` where no word is left."""
    at = max(bisect_right(skipped, (start, len(text) + 1)) - 1, 0)
    for first, last in skipped[at:]:
        if first >= end:
            break
        if first <= start < last:
            start = last
        elif first < end <= last:
            end = first
    words = text[start:end] if start < end else ""
    if not _WORD.search(words):
        return None
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _clauses(text: str, start: int, end: int, cues: Cues) -> Iterator[tuple[int, int]]:
    """Cut a sentence at semicolons and before cue words of clauses, where enough words stand on both sides."""
    words = even(text[start:end])
    cuts = sorted({match.end() for match in _STOP.finditer(words)} | set(_cue_places(words, cues)))
    begun = 0
    at = [match.start() for match in _WORD.finditer(words)]
    marks, opened, closed = ([n for n, char in enumerate(words) if char == mark] for mark in '"()')
    for cut in cuts:
        left, right = bisect_left(at, cut) - bisect_left(at, begun), len(at) - bisect_left(at, cut)
        outside = bisect_left(marks, cut) % 2 == 0 and bisect_left(opened, cut) == bisect_left(closed, cut)
        if min(left, right) >= LEAST and outside:
            clause = text[start + begun : start + cut].rstrip().rstrip(",;–—-").rstrip()
            yield start + begun, start + begun + len(clause)
            begun = cut
    yield start + begun, end


def _cue_places(words: str, cues: Cues) -> Iterator[int]:
    """Yield where a clause begins: at a reason, a contrast or a concession, mostly after a comma."""
    for section, comma in (
        ("because", False),
        ("but", True),
        ("although", True),
        ("unless", False),
        ("for-clause", True),
        ("therefore", True),
    ):
        for match in re.finditer(
            rf"(?P<comma>[,–—-]\s+)?(?P<cue>{cues.source(section)})(?!\s+\d)", words, re.IGNORECASE
        ):
            if match["comma"] or (not comma and match.start("cue") > 0):
                yield match.start("cue")
    for match in re.finditer(
        rf",\s+(?P<cue>{cues.source('join')})\s+(?P<next>(?:[\w'’-]+\s+){{1,5}})", words, re.IGNORECASE
    ):
        if cues.finds("finite", match["next"]):
            yield match.start("cue")
