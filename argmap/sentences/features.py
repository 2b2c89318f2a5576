"""Compute the features by which two sentences look alike, for all pairs of two lists or for chosen ones.

Sentences become vectors in a common space, one column for each letter group or stem, weighted by rarity. Similar sentences
point in similar directions, so one product of two matrices judges all pairs. Spaces wider than `WIDTH` are folded (Weinberger et
al. 2009: signed hashing); that keeps angles within a percent or two and bounds memory.

    left  ──┐                         ┌─ words            each pair by itself
            ├── common space ── pairs ┼─ kin              by the sentences like the two
    right ──┘                         └─ … ahead          by the pairs that compete with it
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, pairwise
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Indices = NDArray[np.intp]

SIGNS = ("words", "kin", "letters ahead", "words ahead")
MEANING_SIGNS = ("meaning ahead",)
WIDTH = 4096
NEIGHBOURS = 10
SPREADS = 5
FEW = 20
"""Number of sentences from which about half of their common meaning counts as the subject."""
CROWD = 100
"""A stem in more sentences than this brings no two of them together."""
RAREST = 5
"""Number of rarest stems of a sentence that also count in pairs."""
LETTER_GROUPS = (3, 4, 5)
_WORD = re.compile(r"\w+(?:'\w+)?")


@dataclass(frozen=True)
class Pairs:
    """The pairs to judge: row `left[n]` with row `right[n]`; all pairs unless `chosen`."""

    left: Indices
    right: Indices
    shape: tuple[int, int]
    chosen: bool

    @classmethod
    def all(cls, rows: int, columns: int) -> Pairs:
        """Pair every left sentence with every right one, row by row."""
        left, right = np.divmod(np.arange(rows * columns), max(columns, 1))
        return cls(left, right, (rows, columns), chosen=False)

    def joined(self, others: set[tuple[int, int]]) -> Pairs:
        """Add other pairs; each pair once, in order."""
        wide = max(self.shape[1], 1)
        numbers = np.array(sorted(b * wide + a for b, a in others), np.intp)
        left, right = np.divmod(np.union1d(self.left * wide + self.right, numbers), wide)
        return Pairs(left, right, self.shape, chosen=True)

    def dot(self, left: Matrix, right: Matrix) -> Matrix:
        """Multiply the two rows of each pair."""
        if not self.chosen:
            return np.ravel(left @ right.T)
        (dense, at), (sparse, of) = (left, self.left), (right, self.right)
        if _most_filled(left) < _most_filled(right):
            (dense, at), (sparse, of) = (sparse, of), (dense, at)
        columns, values = _filled(sparse)
        found = np.empty(len(self.left), np.float32)
        for start in range(0, len(found), 2048):
            here, there = at[start : start + 2048], of[start : start + 2048]
            found[start : start + 2048] = (dense[here[:, None], columns[there]] * values[there]).sum(1)
        return found

    def ahead(self, sign: Matrix) -> Matrix:
        """Compute by how much each pair beats the best other pair of the same sentence.

        The longer list competes less, because many of its sentences may correspond to one of the shorter.
        """
        rows, columns = self.shape
        own = rows / max(rows + columns, 1)
        lead = own * _lead(sign, self.left, rows) + (1 - own) * _lead(sign, self.right, columns)
        return lead.astype(np.float32)


def _most_filled(space: Matrix) -> int:
    """Count the columns that the fullest row uses."""
    return int(np.count_nonzero(space, axis=1).max(initial=1))


def _filled(space: Matrix) -> tuple[Indices, Matrix]:
    """List the columns that each row uses and their values, each list filled up with zeros to the longest."""
    rows, columns = np.nonzero(space)
    places = np.arange(len(rows)) - np.searchsorted(rows, np.arange(len(space)))[rows]
    used = np.zeros((len(space), _most_filled(space)), np.intp)
    values = np.zeros(used.shape, np.float32)
    used[rows, places] = columns
    values[rows, places] = space[rows, columns]
    return used, values


def words_of(text: str) -> list[str]:
    """List the words of a sentence in lower case."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("’", "'"))


@lru_cache(maxsize=1 << 14)
def stems_of(text: str, language: str) -> tuple[str, ...]:
    """List the stems of a sentence's words."""
    return tuple(_stem(word, language) for word in words_of(text))


class Company:
    """Two lists of sentences in common spaces, so that each pair is judged beside all others.

    Parameters
    ----------
    left, right
        The sentences.
    rarity
        General weight of each stem.
    language
        Name of a Snowball stemmer.
    meanings
        A vector for each sentence, left ones first, if a sentence model is used.
    """

    def __init__(
        self,
        left: Sequence[str],
        right: Sequence[str],
        rarity: Mapping[str, float],
        language: str = "english",
        meanings: Matrix | None = None,
    ) -> None:
        self.texts = left, right
        self.rarity, self.language = rarity, language
        both = (*left, *right)
        self.letters = self._sides(unit(_space([_letters(text) for text in both])))
        stems = [dict.fromkeys(stems_of(text, language), 1.0) for text in both]
        self.words = self._sides(unit(_space(stems, rarity)))
        self.meanings = None if meanings is None else self._sides(unit(_centred(meanings)))

    def signs(self, pairs: Pairs) -> Matrix:
        """Compute the features of each pair: one column each, in the order of `SIGNS`, then `MEANING_SIGNS` if there are meanings."""
        by_letters, by_words = pairs.dot(*self.letters), pairs.dot(*self.words)
        if pairs.chosen:
            kin = _kin(pairs, self.letters, [self._near(side) for side in self.texts])
        else:
            # The likeness to a mean of sentences is the mean of the likenesses, so all products of wide matrices are these three.
            across = by_letters.reshape(pairs.shape)
            weights = [_weights_of_likes(like) for like in self.likes]
            both: Matrix = weights[0] @ across + across @ weights[1].T
            kin = np.ravel(both) / np.float32(2)
        found = [by_words, kin, pairs.ahead(by_letters), pairs.ahead(by_words)]
        if self.meanings is not None:
            found.append(pairs.ahead(pairs.dot(*self.meanings)))
        return np.stack(found, axis=1)

    def shared(self, pairs: Pairs, chance: Matrix) -> Matrix:
        """Spread scores among similar sentences of the longer list.

        If one list is much longer, several of its sentences correspond to one of the shorter, and those are similar. So each takes
        over a part of the scores of those like it, up to half (Zhou et al. 2004, label spreading). Between lists of one
        length nothing is spread.
        """
        rows, columns = pairs.shape
        part = np.float32(abs(rows - columns) / (rows + columns) / 2)
        if pairs.chosen or not part:
            return chance
        side = 0 if rows > columns else 1
        like = self.likes[side]
        if self.meanings is not None:
            like = like * np.maximum(self.meanings[side] @ self.meanings[side].T, 0)
        likes = _weights_of_likes(like)
        own = chance.reshape(pairs.shape) if side == 0 else chance.reshape(pairs.shape).T
        spread = own
        for _ in range(SPREADS):
            spread = (1 - part) * own + part * (likes @ spread)
        return np.ravel(spread if side == 0 else spread.T)

    @cached_property
    def likes(self) -> tuple[Matrix, Matrix]:
        """Measure how alike the sentences of each list are among themselves, by letters."""
        left, right = (np.maximum(side @ side.T, 0) for side in self.letters)
        return left, right

    def _near(self, side: Sequence[str]) -> Pairs:
        return sharing(side, side, self.rarity, self.language, NEIGHBOURS + 1)

    def _sides(self, space: Matrix) -> tuple[Matrix, Matrix]:
        return space[: len(self.texts[0])], space[len(self.texts[0]) :]


def unit(space: Matrix) -> Matrix:
    """Scale rows to length one; empty rows stay empty."""
    length = np.maximum(np.linalg.norm(space, axis=1, keepdims=True), 1e-9)
    rows: Matrix = (space / length).astype(np.float32)
    return rows


def sharing(left: Sequence[str], right: Sequence[str], rarity: Mapping[str, float], language: str, most: int) -> Pairs:
    """Find for each sentence of either list the `most` of the other that share its rarest stems.

    Cost grows with the sentences and not with their pairs, because a stem of more than `CROWD` sentences is ignored. In a debate
    of few words every stem is common; so each two of a sentence's rarest stems count as one more feature.
    """
    here = [_marks(text, rarity, language) for text in left]
    there = here if right is left else [_marks(text, rarity, language) for text in right]
    holders: dict[object, list[int]] = {}
    for n, marks in enumerate(there):
        for mark in marks:
            holders.setdefault(mark, []).append(n)
    few = {mark: np.array(held, np.intp) for mark, held in holders.items() if len(held) <= CROWD}
    shared = [(n, few[mark], weight) for n, marks in enumerate(here) for mark, weight in marks.items() if mark in few]
    sizes = [len(held) for _, held, _ in shared]
    weights = [weight * log(1 + len(there) / len(held)) for _, held, weight in shared]
    rows = np.repeat(np.array([n for n, _, _ in shared], np.intp), sizes)
    columns = np.concatenate([held for _, held, _ in shared]) if shared else rows
    wide = max(len(right), 1)
    keys, place = np.unique(rows * wide + columns, return_inverse=True)
    amount = np.bincount(place, np.repeat(np.array(weights), sizes), len(keys))
    row, column = np.divmod(keys, wide)
    kept = (rank(row, amount) < most) | (rank(column, amount) < most)
    return Pairs(row[kept], column[kept], (len(left), len(right)), chosen=True)


def _marks(text: str, rarity: Mapping[str, float], language: str) -> dict[object, float]:
    """Weigh the stems of a sentence and the pairs of its rarest ones."""
    stems = dict.fromkeys(stems_of(text, language))
    rarest = sorted(sorted(stems), key=lambda stem: -rarity[stem])[:RAREST]
    marks: dict[object, float] = {stem: rarity[stem] for stem in stems}
    marks |= {pair: rarity[pair[0]] + rarity[pair[1]] for pair in combinations(sorted(rarest), 2)}
    return marks


def nearest(left: Matrix, right: Matrix, most: int) -> Pairs:
    """Find for each row of either side the `most` of the other with the nearest direction, block by block."""
    pairs: set[tuple[int, int]] = set()
    for here, there, turned in ((left, right, False), (right, left, True)):
        for start in range(0, len(here), 512):
            like = here[start : start + 512] @ there.T
            top = np.argpartition(-like, min(most, len(there)) - 1, axis=1)[:, :most]
            found = [(start + n, int(m)) for n, row in enumerate(top) for m in row]
            pairs.update((m, n) for n, m in found) if turned else pairs.update(found)
    empty = np.zeros(0, np.intp)
    return Pairs(empty, empty, (len(left), len(right)), chosen=True).joined(pairs)


@lru_cache(maxsize=1 << 12)
def _letters(text: str) -> dict[str, float]:
    """Count the groups of letters in a sentence's words, sublinearly."""
    counts = Counter(group for word in words_of(text) for group in _groups(word))
    return {group: 1 + log(count) for group, count in counts.items()}


@lru_cache(maxsize=1 << 16)
def _groups(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(padded[n : n + size] for size in LETTER_GROUPS for n in range(len(padded) - size + 1))


@lru_cache(maxsize=1 << 16)
def _stem(word: str, language: str) -> str:
    return _stemmer(language).stemWord(word)  # type: ignore[no-any-return]


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Any:
    import Stemmer

    return Stemmer.Stemmer(language)


def _space(bags: Sequence[Mapping[str, float]], rarity: Mapping[str, float] | None = None) -> Matrix:
    """Bags of features as rows of one matrix, each feature weighted by how rare it is here and in general."""
    seen = Counter(feature for bag in bags for feature in bag)
    column = {feature: n for n, feature in enumerate(sorted(seen))}
    width = min(len(column), WIDTH) or 1
    weight = {
        feature: (log((len(bags) + 1) / (count + 1)) + 1) * (rarity[feature] if rarity else 1)
        for feature, count in seen.items()
    }
    rows = np.repeat(np.arange(len(bags)), [len(bag) for bag in bags])
    turn, place = np.divmod(np.array([column[feature] for bag in bags for feature in bag], np.intp), width)
    amounts = np.array([amount * weight[feature] for bag in bags for feature, amount in bag.items()], np.float32)
    space = np.zeros((len(bags), width), np.float32)
    np.add.at(space, (rows, place), np.where(turn % 2, -amounts, amounts))
    return space


def _kin(pairs: Pairs, sides: tuple[Matrix, Matrix], near: Sequence[Pairs]) -> Matrix:
    """Compare each sentence with the sentences like the other one, both ways."""
    left, right = sides
    both: Matrix = pairs.dot(_likes(left, near[0]), right) + pairs.dot(left, _likes(right, near[1]))
    return both / np.float32(2)


def _likes(space: Matrix, near: Pairs) -> Matrix:
    """Compute for each sentence the mean of those most like it, of those `near`."""
    mean = np.zeros_like(space)
    likeness = np.maximum(near.dot(space, space), 0) ** 2
    likeness[near.left == near.right] = 0
    likeness[rank(near.left, likeness) >= NEIGHBOURS] = 0
    starts = np.searchsorted(near.left, np.arange(len(space) + 1))
    for n, (start, end) in enumerate(pairwise(starts)):
        weights = likeness[start:end]
        like = np.flatnonzero(weights)
        if len(like):
            mean[n] = (weights[like] / weights.sum()) @ space[near.right[start:end][like]]
    return mean


def _weights_of_likes(like: Matrix) -> Matrix:
    """Weigh for each sentence those most like it: the squared similarity, summing to one."""
    like = like.copy()
    np.fill_diagonal(like, 0)
    if len(like) > NEIGHBOURS:
        like[like < np.partition(like, -NEIGHBOURS, axis=1)[:, [-NEIGHBOURS]]] = 0
    like **= 2
    weights: Matrix = like / np.maximum(like.sum(1, keepdims=True), np.float32(1e-9))
    return weights


def _centred(meanings: Matrix) -> Matrix:
    """Subtract from meanings what all sentences share, the subject of the debate; less of it if there are few."""
    count = len(meanings)
    shift = meanings.mean(0, keepdims=True) * np.float32(count / (count + FEW))
    centred: Matrix = meanings - shift
    return centred


def _lead(sign: Matrix, group: Indices, groups: int) -> Matrix:
    """Compute by how much each value beats the best other value of its group; for a lone value nothing is subtracted."""
    best = np.zeros(groups, np.float32)
    np.maximum.at(best, group, sign)
    champion = np.full(groups, len(sign))
    top = np.flatnonzero(sign == best[group])
    np.minimum.at(champion, group[top], top)
    champion = champion[champion < len(sign)]
    others = sign.copy()
    others[champion] = 0
    second = np.zeros(groups, np.float32)
    np.maximum.at(second, group, others)
    rival = best[group]
    rival[champion] = second[group[champion]]
    return sign - rival


def rank(group: Indices, amount: NDArray[Any]) -> Indices:
    """Rank each value within its group, the largest first, the earlier first among equals."""
    order = np.lexsort((-amount, group))
    first = np.flatnonzero(np.diff(group[order], prepend=-1))
    ranks = np.empty(len(group), np.intp)
    ranks[order] = np.arange(len(group)) - np.repeat(first, np.diff(np.append(first, len(group))))
    return ranks
