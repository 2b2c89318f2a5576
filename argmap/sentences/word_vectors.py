"""Say how near two sentences are in meaning, without a model: word vectors that ship with argmap.

    “Each inmate has a room to himself.”     inmate ~ prisoner, room ~ cell     near “Three men share a cell made for one.”
    “The computers date from 1995.”          no such words                      far

Two tables know words that stand for one matter. `word_vectors.npz` has 96 numbers for each of 16,000 English stems, distilled once
from a sentence model and two thesauri (`tests/bench/word_vectors.py` makes it and names its sources), and tuned on claims and the
sentences that take them up (`tests/bench/tune_vectors.py`). `concepts.txt` is our own list
of everyday matters, a line each, for words that belong together in public debate. A sentence is the sum of its words' rows, rare words
weighing more, scaled to length one; a product of two such rows says how near two sentences are (Arora et al. 2017).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from argmap.sentences.features import unit
from argmap.sentences.stems import stems_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Indices = NDArray[np.intp]

CONCEPT = 1.3
"""Weight of the concepts of a word beside its vector."""
FEW_WORDS = 2000
"""Number of different words up to which all are compared at once."""
LEVELS = 200.0
"""A word's weight of 1, as the file stores it."""


_GRAMMAR = """
a an the of to in on at by for with from as is are was were be been being am do doe did done has have had will would
shall should can could may might must ought and or but nor not no it he she they them their his her him we us our you
your i me my this that these those there here who whom whose which what when where whi how all ani some each everi both
than then so if while becaus sinc until though although too veri more most much mani few less least onli also just even
yet still again ever never now onc such other anoth same own out up down off over under into onto about after befor
between through dure without within upon
"""
GRAMMAR = frozenset(_GRAMMAR.split())
"""Stems of words that say nothing of the matter."""


@dataclass(frozen=True)
class WordVectors:
    """The table of one language."""

    places: Mapping[str, int]
    """Row of each stem; irregular forms share the row of their lemma."""
    lemmas: Mapping[str, str]
    """The first stem of the same row, for all others of it."""
    table: Matrix
    """A row of small integers for each word; only its direction counts."""
    weights: Matrix
    concepts: Mapping[str, tuple[int, ...]]
    """The lines of the list in which a stem stands."""
    shares: Matrix
    """Weight of each line: the shorter, the more a word of it says."""

    def vectors(self, stems: Sequence[str]) -> Matrix:
        """Look up a vector of length one for each stem, zero where it is unknown."""
        known = np.array([self.places.get(stem, -1) for stem in stems], np.intp)
        rows = unit(self.table[known].astype(np.float32))
        rows[known < 0] = 0
        return rows

    def words(self, stems: Sequence[str]) -> Matrix:
        """Make a row of length one for each stem: its vector, then its concepts; zero where both are unknown."""
        concepts = np.zeros((len(stems), len(self.shares)), np.float32)
        for n, stem in enumerate(stems):
            if lines := self.concepts.get(self.lemmas.get(stem, stem)):
                found = self.shares[list(lines)]
                concepts[n, list(lines)] = CONCEPT * found / np.linalg.norm(found)
        return unit(np.concatenate([self.vectors(stems), concepts], axis=1, dtype=np.float32))

    def weight(self, stem: str) -> float:
        """Weigh a stem by how much it says of the matter; 0.2 to 1.3."""
        place = self.places.get(stem)
        return 1.0 if place is None else float(self.weights[place])


class Meanings:
    """The meanings of English sentences."""

    def __init__(self, texts: Sequence[str]) -> None:
        tables = word_vectors()
        self._bags, number = _bags(texts)
        words = tables.words(list(number))
        self._words = words[:, words.any(0)]
        self._alike = self._words @ self._words.T if len(words) <= FEW_WORDS else None
        self._weights = np.array([tables.weight(stem) for stem in number], np.float32)
        self.rows: Matrix = unit(_sums(self._bags, self._weights, self._words))
        """A row of length one for each sentence, zero if no word of it is known."""

    def known(self, text: int) -> float:
        """Compute the share of a sentence's weight that known words have, in [0, 1]."""
        bag = self._bags[text]
        weights = self._weights[bag]
        return float(weights @ np.any(self._words[bag], axis=1) / max(weights.sum(), 1e-9))

    def likeness(self, text: int, others: Sequence[int]) -> Matrix:
        """Compare a sentence with others, all by their places; return a number in [-1, 1] for each of these.

        Likeness is the mean of three numbers: the cosine of both rows, and how much of each sentence the other covers.
        A sentence is covered if each of its words has a near word in the other, rare words weighing more (Mihalcea,
        Corley and Strapparava 2006).
        """
        found = np.zeros(len(others), np.float32)
        bag = self._bags[text]
        full = [n for n, other in enumerate(others) if len(self._bags[other])]
        if not len(bag) or not full:
            return found
        bags = [self._bags[others[n]] for n in full]
        words = np.concatenate(bags)
        starts = np.cumsum([0, *(len(each) for each in bags[:-1])])
        near = self._words[bag] @ self._words[words].T if self._alike is None else self._alike[bag[:, None], words]
        near[bag[:, None] == words] = 1  # the same word, whether the tables know it or not
        own, their = self._weights[bag], self._weights[words]
        covered = own @ np.maximum(np.maximum.reduceat(near, starts, axis=1), 0) / max(own.sum(), np.float32(1e-9))
        covering = np.add.reduceat(their * np.maximum(near.max(0), 0), starts)
        covering /= np.maximum(np.add.reduceat(their, starts), np.float32(1e-9))
        cosine = self.rows[[others[n] for n in full]] @ self.rows[text]
        found[full] = (cosine + covered + covering) / 3
        return found


def senses(texts: Sequence[str]) -> Matrix:
    """Compute the sum of word vectors of each sentence, scaled to length one; concepts do not count, so rows are short."""
    tables = word_vectors()
    bags, number = _bags(texts)
    weights = np.array([tables.weight(stem) for stem in number], np.float32)
    return unit(_sums(bags, weights, tables.vectors(list(number))))


def _bags(texts: Sequence[str]) -> tuple[list[Indices], dict[str, int]]:
    """Number the stems of all sentences; a sentence becomes the numbers of its stems."""
    number: dict[str, int] = {}
    bags = [np.array([number.setdefault(stem, len(number)) for stem in content_stems(text)], np.intp) for text in texts]
    return bags, number


def _sums(bags: Sequence[Indices], weights: Matrix, words: Matrix) -> Matrix:
    rows = [weights[bag] @ words[bag] for bag in bags]
    return np.stack(rows) if rows else np.zeros((0, words.shape[1]), np.float32)


@lru_cache(maxsize=1 << 17)
def content_stems(text: str) -> tuple[str, ...]:
    """List the stems of a sentence that say what it is about: letters only, accents folded, no grammatical words."""
    plain = text
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text.replace("’", "'"))
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    stems = [stem.removesuffix("'s") for stem in stems_of(plain, "english")]
    return tuple(stem for stem in stems if stem.isalpha() and len(stem) > 1 and stem not in GRAMMAR)


@lru_cache(maxsize=1)
def word_vectors() -> WordVectors:
    """Read the tables."""
    folder = resources.files(__package__)
    with resources.as_file(folder.joinpath("word_vectors.npz")) as path, np.load(path) as file:
        stems = file["stems"].tobytes().decode("ascii").split("\n")
        places = dict(zip(stems, file["rows"].tolist(), strict=True))
        table, weights = file["table"], file["weights"] / np.float32(LEVELS)
    lines = [
        line for line in folder.joinpath("concepts.txt").read_text("utf-8").splitlines() if line[:1] not in ("", "#")
    ]
    first: dict[int, str] = {}
    lemmas = {stem: lemma for stem, place in places.items() if (lemma := first.setdefault(place, stem)) != stem}
    members = [tuple(dict.fromkeys(lemmas.get(stem, stem) for stem in content_stems(line))) for line in lines]
    concepts: dict[str, list[int]] = defaultdict(list)
    for n, stems_of_line in enumerate(members):
        for stem in stems_of_line:
            concepts[stem].append(n)
    shares = np.array([len(each) or 1 for each in members], np.float32) ** np.float32(-0.5)
    return WordVectors(places, lemmas, table, weights, {stem: tuple(found) for stem, found in concepts.items()}, shares)
