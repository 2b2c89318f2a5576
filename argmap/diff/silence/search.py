"""Find the sentence of a text that is nearest to a claim, and how near it is.

    claim      Three men share a cell made for one.
    sentence   Each inmate has a room to himself.                 likeness 0.52    near
    claim      The bell tower is cracked.
    sentence   Psychiatrists are needed above all.                likeness 0.08    far: nothing nearer in the whole text

Likeness is by meaning: vectors of words that ship with argmap (`argmap.sentences.word_vectors`), and a sentence model's if there is one. All sentences
of two texts on one subject are somewhat alike. So a sentence counts less for a claim if another sentence of the claim's own text is
nearer to it: that one is what it takes up.

    score of a claim = the best over all sentences of: likeness − RIVAL × likeness to the nearest other sentence of the own text
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from argmap.sentences.word_vectors import content_stems, meanings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from argmap.sentences import Embed

    Matrix = NDArray[np.float32]

FAR = 0.06
"""Score below which nothing is near; chosen on the development pairs of `tests/diff/silence/`."""
FAR_BY_MODEL = 0.09
"""The same with a sentence model."""
NEAR = 0.35
"""Likeness from which a sentence is near, whatever its rivals."""
KNOWN = 0.6
"""Share of a claim's weight that the tables must know, so that a low score can be trusted."""
FEWEST = 3
"""Different words that a claim must have: fewer say too little to look for."""
RIVAL = 0.4
"""Part of a rival's likeness that is taken off."""
SAME = 0.6
"""Likeness from which a sentence of the own text says the same as the claim, and is no rival."""
RIVALS = 3
"""Nearest sentences of the own text that are tried as rivals."""
FIRST = 16
"""Sentences whose rivals are looked for first."""
CELLS = 1 << 22
"""Numbers of a matrix that are worked on at a time."""


@dataclass(frozen=True, slots=True)
class Query:
    """A claim to look for: its text, its quote, and the places of the own sentences that say it."""

    text: str
    quote: str
    own: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """The nearest sentence of a text."""

    place: int
    likeness: float
    """In [0, 1]."""
    far: bool
    """Nothing in the text is near, and this can be trusted."""


def find_nearest(
    queries: Sequence[Query],
    places: Sequence[str],
    own: Sequence[str],
    languages: Collection[str] = ("en",),
    embed: Embed | None = None,
) -> list[Found]:
    """Find the nearest sentence for each query.

    Parameters
    ----------
    queries
        The claims to look for.
    places
        The sentences of the text that is searched; at least one.
    own
        The sentences of the text that the queries come from.
    languages
        Languages of both texts; only English has word vectors, so in others nothing is ever far.
    embed
        Compares meanings as a sentence model has them, too.
    """
    if not queries:
        return []
    texts = [text for query in queries for text in (query.text, query.quote or query.text)]
    spaces, known = _spaces((texts, places, own), embed)
    claims, sentences, others = spaces
    rivals = _Rivals(sentences, others) if len(own) else None
    english = {language.split("-")[0] for language in languages} <= {"en"}
    bar = FAR if embed is None else FAR_BY_MODEL
    found: list[Found] = []
    rows = _rows(max(len(places), len(own)))
    for start in range(0, len(queries), rows):
        some = queries[start : start + rows]
        words, quotes = (claims[2 * start + side : 2 * (start + rows) : 2] for side in (0, 1))
        likeness = np.maximum(words @ sentences.T, quotes @ sentences.T)
        scores = likeness.copy()
        if rivals:
            same = np.maximum(words @ others.T, quotes @ others.T) >= SAME
            for n, query in enumerate(some):
                same[n, sorted(query.own)] = True
                rivals.take_off(scores[n], same[n])
        for n, (query, place) in enumerate(zip(some, scores.argmax(1), strict=True)):
            enough = len({*content_stems(query.text), *content_stems(query.quote)}) >= FEWEST
            nothing = scores[n, place] < bar and likeness[n].max() < NEAR
            far = bool(english and enough and nothing and known[2 * (start + n)] >= KNOWN)
            found.append(Found(int(place), float(np.clip(likeness[n, place], 0, 1)), far))
    return found


def _rows(columns: int) -> int:
    """Return how many rows of a matrix are worked on at a time, so that long texts take time and not memory."""
    return max(1, CELLS // max(columns, 1))


def _spaces(lists: tuple[Sequence[str], ...], embed: Embed | None) -> tuple[list[Matrix], Matrix]:
    """Give each list of sentences its rows, side by side with those of the sentence model; and the known share of the first list."""
    ends = np.cumsum([len(each) for each in lists])[:-1]
    every = [text for each in lists for text in each]
    rows, known = meanings(every)
    if embed is not None:
        model: Matrix = np.asarray(embed(every), np.float32)
        length = np.maximum(np.linalg.norm(model, axis=1, keepdims=True), 1e-9)
        rows = np.concatenate([rows, model / length], axis=1, dtype=np.float32) / np.float32(2**0.5)
    return np.split(rows, ends), known[: len(lists[0])]


class _Rivals:
    """The `RIVALS` own sentences that are nearest to each sentence, found for the few sentences that may come first."""

    def __init__(self, sentences: Matrix, own: Matrix) -> None:
        self._sentences, self._own = sentences, own
        most = min(RIVALS, len(own))
        self._places = np.full((len(sentences), most), -1, np.intp)
        self._near = np.empty((len(sentences), most), np.float32)

    def take_off(self, scores: Matrix, same: NDArray[np.bool_]) -> None:
        """Take the rivals of a claim off its scores; a sentence that no rival can bring to the front is left out.

        A rival only lowers a score, so a sentence that begins below the best score cannot come first.
        """
        best = -np.inf
        order = np.argsort(-scores, kind="stable")
        likeness = scores[order]
        scores[:] = -np.inf
        start, end = 0, FIRST
        while start < len(order) and likeness[start] >= best:
            end = min(end, int(np.searchsorted(-likeness, -best, "right")))
            some = order[start:end]
            self._find(some[self._places[some, 0] < 0])
            rival = np.where(same[self._places[some]], 0, self._near[some]).max(1)
            scores[some] = likeness[start:end] - RIVAL * np.maximum(rival, 0)
            best = max(best, scores[some].max())
            start, end = end, 2 * end

    def _find(self, some: NDArray[np.intp]) -> None:
        rows = _rows(len(self._own))
        for start in range(0, len(some), rows):
            these = some[start : start + rows]
            like = self._sentences[these] @ self._own.T
            each = np.arange(len(these))
            for n in range(self._places.shape[1]):  # three times the largest is quicker than sorting
                place = like.argmax(1)
                self._places[these, n], self._near[these, n] = place, like[each, place]
                like[each, place] = -2
