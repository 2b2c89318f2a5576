"""Find the sentence of a text that is nearest to a claim, and tell whether anything is near.

    claim      Three men share a cell made for one.
    sentence   Each inmate has a room to himself.                 likeness 0.37    near
    claim      The bell tower is cracked.
    sentence   Psychiatrists are needed above all.                likeness 0.07    far: nothing nearer in the whole text

Likeness is by meaning: vectors of words that ship with argmap (`argmap.sentences.word_vectors`), and a sentence model's if there is one.
All sentences of two texts on one subject are somewhat alike. So two things are taken off: what a sentence has in common with other
sentences of the claim's own text, which it may take up instead; and what sentences of the two texts have in common at all.

    score of a claim = the best over all sentences of (likeness − RIVAL × mean likeness to the nearest own sentences) − usual likeness
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from argmap.sentences.features import unit
from argmap.sentences.word_vectors import Meanings, content_stems

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from argmap.sentences import Embed

    Matrix = NDArray[np.float32]
    Places = NDArray[np.intp]

FAR = -0.03
"""Score below which nothing is near; so low that of 160 claims that are taken up one is called silent (`tests/diff/silence/`)."""
NEAR = 0.6
"""Cosine from which a sentence is near without a closer look, which keeps long texts quick."""
KNOWN = 0.6
"""Share of a claim's weight that the tables must know, so that a low score can be trusted."""
FEWEST = 3
"""Different words that a claim must have: fewer say too little to look for."""
BY_MODEL = 0.4
"""Part that a sentence model has in the likeness."""
RIVAL = 0.5
"""Part of the rivals' likeness that is taken off."""
RIVALS = 3
"""Own sentences that count as rivals: the nearest."""
SAME = 0.6
"""Cosine from which a sentence of the own text says the same as the claim, and is no rival."""
TRIED = 24
"""Sentences that are compared word by word with a claim, those with the largest cosine."""
SAMPLE = 16, 32
"""Sentences of the own and of the other text by which the usual likeness is estimated."""
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
    search = _Search(queries, places, own, embed)
    english = {language.split("-")[0] for language in languages} <= {"en"}
    found = []
    for n, (query, cosines) in enumerate(zip(queries, search.cosines(), strict=True)):
        place, likeness, score = search.nearest(n, cosines)
        enough = len({*content_stems(query.text), *content_stems(query.quote)}) >= FEWEST
        far = score < FAR and english and enough and search.meanings.known(2 * n) >= KNOWN
        found.append(Found(place, min(max(likeness, 0.0), 1.0), far))
    return found


class _Search:
    """The claims, the sentences of the text that is searched, and those of the own text, numbered in this order."""

    def __init__(
        self, queries: Sequence[Query], places: Sequence[str], own: Sequence[str], embed: Embed | None
    ) -> None:
        texts = [text for query in queries for text in (query.text, query.quote or query.text)]
        every = [*texts, *places, *own]
        self.queries = queries
        self.meanings = Meanings(every)
        self.model = None if embed is None else unit(np.asarray(embed(every), np.float32))
        self.first, self.last = len(texts), len(texts) + len(places)
        self.rivals: dict[int, tuple[Places, Matrix]] = {}
        self.ours, self.likenesses = self._sample(len(own))

    def likeness(self, text: int, others: Sequence[int]) -> Matrix:
        """Compare a sentence with others, all by their numbers."""
        by_words = self.meanings.likeness(text, others)
        if self.model is None:
            return by_words
        mixed: Matrix = (1 - BY_MODEL) * by_words + BY_MODEL * (self.model[list(others)] @ self.model[text])
        return mixed

    def cosines(self) -> Iterator[Matrix]:
        """Yield for each claim the cosine of every sentence to its text or its quote, whichever is larger."""
        rows = self.meanings.rows
        sentences = rows[self.first : self.last].T
        step = 2 * _rows(self.last - self.first)
        for start in range(0, self.first, step):
            both = rows[start : min(start + step, self.first)] @ sentences
            yield from np.maximum(both[::2], both[1::2])

    def nearest(self, query: int, cosines: Matrix) -> tuple[int, float, float]:
        """Find the place of the nearest sentence, its likeness, and its score."""
        if (likeness := float(cosines.max())) >= NEAR:
            return int(cosines.argmax()), likeness, 1.0
        tried = np.argpartition(-cosines, TRIED)[:TRIED] if len(cosines) > TRIED else np.arange(len(cosines))
        sentences = (tried + self.first).tolist()
        alike = np.maximum(*(self.likeness(2 * query + side, sentences) for side in (0, 1)))
        scores = alike - RIVAL * np.array([self._rival(query, n) for n in sentences], np.float32)
        best = int(scores.argmax())
        return int(tried[best]), float(alike[best]), float(scores[best]) - self._usual(query)

    def _rival(self, query: int, sentence: int) -> float:
        """Compute how near a sentence is to the own sentences that do not say the same as the claim."""
        rows = self.meanings.rows
        if sentence not in self.rivals:
            cosines = rows[self.last :] @ rows[sentence]
            most = 2 * RIVALS
            near = np.argpartition(-cosines, most)[:most] if len(cosines) > most else np.arange(len(cosines))
            near += self.last
            self.rivals[sentence] = near, self.likeness(sentence, near.tolist())
        places, likeness = self.rivals[sentence]
        own = self.queries[query].own
        same = (rows[places] @ rows[2 * query : 2 * query + 2].T).max(1, initial=-1) >= SAME
        same |= np.array([n - self.last in own for n in places.tolist()], bool)
        best = np.sort(np.maximum(likeness[~same], 0))[-RIVALS:]
        return float(best.mean()) if len(best) else 0.0

    def _sample(self, own: int) -> tuple[list[int], list[float]]:
        """Take some sentences of the own text, and compute the mean likeness of each to some of the other text."""
        ours = np.linspace(0, own - 1, min(own, SAMPLE[0])).astype(int).tolist()
        theirs = np.linspace(self.first, self.last - 1, min(self.last - self.first, SAMPLE[1])).astype(int).tolist()
        return ours, [float(self.likeness(self.last + n, theirs).mean()) for n in ours]

    def _usual(self, query: int) -> float:
        """Estimate the mean likeness between sentences of the two texts, without those that say the claim; 0 if there are no others."""
        own = self.queries[query].own
        others = [likeness for n, likeness in zip(self.ours, self.likenesses, strict=True) if n not in own]
        return sum(others) / len(others) if others else 0.0


def _rows(columns: int) -> int:
    """Return how many rows of a matrix are worked on at a time, so that long texts take time and not memory."""
    return max(1, CELLS // max(columns, 1))
