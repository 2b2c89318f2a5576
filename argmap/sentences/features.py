"""Compute the features by which two sentences look alike, for all pairs of two lists or for chosen ones.

Sentences become vectors in a common space, one column for each letter group or stem, weighted by rarity. Similar sentences
point in similar directions, so one product of two matrices judges all pairs. Spaces wider than `WIDTH` are folded (Weinberger et
al. 2009: signed hashing); that keeps angles within a percent or two and bounds memory.

    left  ──┐                         ┌─ letters          each pair by itself
            ├── common space ── pairs ┼─ of kin           by the sentences of one list that are nearest to the other's
    right ──┘                         ├─ … ahead          by the pairs that compete with it
                                      ├─ associates       by stems that often stand in for each other
                                      └─ senses           by vectors of words, whatever the words

A sentence may stand in both lists. It counts once when rarity is computed, competes with no other pair, and is not its own kin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, pairwise
from math import log
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from argmap.sentences.normal_form import normalise
from argmap.sentences.stems import stems_of, words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from argmap.sentences.associates import Associates

    Matrix = NDArray[np.float32]
    Indices = NDArray[np.intp]
    Flags = NDArray[np.bool_]

Number = TypeVar("Number", bound="np.generic")

SIGNS = (
    "letters",
    "letters ahead",
    "letters by kin ahead",
    "words",
    "words ahead",
    "words by kin ahead",
    "associates",
    "senses ahead",
)
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
ALOOF = 0.3
"""Over the length of a list: added to the sum of squared likenesses, since the nearest of few need not be near."""
ALL = np.float32(0.999)
"""Share from which a sentence is all the kin that another one has."""


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

    @property
    def own(self) -> float:
        """Weight of what is said from the right list's side: the longer the left list, the more it matters there."""
        return self.shape[0] / max(sum(self.shape), 1)

    def ahead(self, sign: Matrix, taken: tuple[Flags, Flags]) -> Matrix:
        """Compute by how much each pair beats the best other pair of the same sentence.

        The longer list competes less, because many of its sentences may correspond to one of the shorter. A sentence that also
        stands in the other list is `taken`: its pairs are nobody's rivals.
        """
        rows, columns = self.shape
        own = np.float32(self.own)
        open_left, open_right = ~taken[0][self.left], ~taken[1][self.right]
        return own * _lead(sign, self.left, rows, open_right) + (1 - own) * _lead(sign, self.right, columns, open_left)


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


class Company:
    """Two lists of sentences in common spaces, so that each pair is judged beside all others.

    `rarity` is the general weight of each stem, `language` the name of a Snowball stemmer. `meanings` and `senses` are
    vectors for each sentence, left ones first, of a sentence model and of words; `associates` know which stems often
    stand in for each other, if that is known for the language.
    """

    def __init__(
        self,
        left: Sequence[str],
        right: Sequence[str],
        rarity: Mapping[str, float],
        language: str = "english",
        meanings: Matrix | None = None,
        associates: Associates | None = None,
        senses: Matrix | None = None,
    ) -> None:
        both = (*left, *right)
        self.middle = len(left)
        self.texts, self.rarity, self.language = (left, right), rarity, language
        number: dict[str, int] = {}
        self.names = self._sides(np.array([number.setdefault(normalise(text), len(number)) for text in both], np.intp))
        self.taken = np.isin(self.names[0], self.names[1]), np.isin(self.names[1], self.names[0])
        once = np.unique(np.concatenate(self.names), return_index=True)[1]
        stems = [dict.fromkeys(stems_of(text, language), 1.0) for text in both]
        self.letters = self._sides(unit(_space([_letters(text) for text in both], once)))
        self.words = self._sides(unit(_space(stems, once, rarity)))
        self.associates = None if associates is None else self._sides(associates.vectors(stems))
        self.turn = None if associates is None else associates.turn
        self.meanings = None if meanings is None else self._sides(unit(_centred(meanings)))
        self.senses = None if senses is None else self._sides(unit(_centred(senses)))

    def signs(self, pairs: Pairs) -> Matrix:
        """Compute the features of each pair: one column each, in the order of `SIGNS`, then `MEANING_SIGNS` if there are meanings."""
        near = [
            sharing(side, side, self.rarity, self.language, NEIGHBOURS + 1) if pairs.chosen else None
            for side in self.texts
        ]
        found = []
        for space in (self.letters, self.words):
            plain = pairs.dot(*space)
            by_kin = _by_kin(pairs, plain, space, near, self.names)
            found += [plain, pairs.ahead(plain, self.taken), pairs.ahead(by_kin, self.taken)]
        if self.associates is None or self.turn is None:
            found.append(np.zeros(len(pairs.left), np.float32))
        else:
            found.append(pairs.dot(self.associates[0] * self.turn, self.associates[1]))
        if self.senses is None:
            found.append(np.zeros(len(pairs.left), np.float32))
        else:
            found.append(pairs.ahead(pairs.dot(*self.senses), self.taken))
        if self.meanings is not None:
            found.append(pairs.ahead(pairs.dot(*self.meanings), self.taken))
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

    def equal(self, pairs: Pairs) -> Flags:
        """Tell for each pair whether the two are one sentence, typography aside."""
        same: Flags = self.names[0][pairs.left] == self.names[1][pairs.right]
        return same

    def _sides(self, space: NDArray[Number]) -> tuple[NDArray[Number], NDArray[Number]]:
        return space[: self.middle], space[self.middle :]


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


def _space(bags: Sequence[Mapping[str, float]], once: Indices, rarity: Mapping[str, float] | None = None) -> Matrix:
    """Bags of features as rows of one matrix, each feature weighted by how rare it is in general and in the bags `once`."""
    seen = Counter(feature for n in once for feature in bags[n])
    column = {feature: n for n, feature in enumerate(sorted(seen))}
    width = min(len(column), WIDTH) or 1
    weight = {
        feature: (log((len(once) + 1) / (count + 1)) + 1) * (rarity[feature] if rarity else 1)
        for feature, count in seen.items()
    }
    rows = np.repeat(np.arange(len(bags)), [len(bag) for bag in bags])
    turn, place = np.divmod(np.array([column[feature] for bag in bags for feature in bag], np.intp), width)
    amounts = np.array([amount * weight[feature] for bag in bags for feature, amount in bag.items()], np.float32)
    space = np.zeros((len(bags), width), np.float32)
    np.add.at(space, (rows, place), np.where(turn % 2, -amounts, amounts))
    return space


def _by_kin(
    pairs: Pairs,
    plain: Matrix,
    space: tuple[Matrix, Matrix],
    near: Sequence[Pairs | None],
    names: tuple[Indices, Indices],
) -> Matrix:
    """Compare each sentence with those that are nearest to the other one in the other's list, itself left out; both ways."""
    total = np.zeros(len(pairs.left), np.float32)
    ends = pairs.left, pairs.right
    for side, other in ((0, 1), (1, 0)):
        kin = _likes(space[side], near[side])
        if pairs.chosen:
            seen = pairs.dot(kin.mean, space[1]) if side == 0 else pairs.dot(space[0], kin.mean)
        else:
            # The likeness to a mean of sentences is the mean of the likenesses: no wide matrix is multiplied again.
            across = plain.reshape(pairs.shape)
            seen = np.ravel(kin.share @ across if side == 0 else across @ kin.share.T)
        twin = _first_place(names[side], names[other])[ends[other]]
        share = np.where(twin >= 0, kin.shares(ends[side], np.maximum(twin, 0)), 0)
        total += np.where(share < ALL, (seen - share) / np.maximum(1 - share, 1 - ALL), 0)
    return total / np.float32(2)


def _first_place(names: Indices, wanted: Indices) -> Indices:
    """Find the first place of each wanted name, -1 where there is none."""
    known, first = np.unique(names, return_index=True)
    if not len(known):
        return np.full(len(wanted), -1)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[at] == wanted, first[at], -1)


@dataclass(frozen=True)
class Kin:
    """For each sentence the mean of those most like it in its list (large lists only), and their shares in it."""

    mean: Matrix
    share: Matrix
    """A table of all by all, or one value for each of `near`."""
    near: Pairs | None

    def shares(self, row: Indices, column: Indices) -> Matrix:
        """Look up the share of a sentence in another one's mean."""
        if self.near is None:
            found: Matrix = self.share[row, column]
            return found
        if not len(self.share):
            return np.zeros(len(row), np.float32)
        wide = len(self.mean)
        keys, wanted = self.near.left * wide + self.near.right, row * wide + column
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[at] == wanted, self.share[at], np.float32(0))


def _likes(space: Matrix, near: Pairs | None) -> Kin:
    """Compute the kin of each sentence: in small lists all are compared, in large ones those `near` each."""
    if near is None:
        shares = _weights_of_likes(np.maximum(space @ space.T, 0), ALOOF / max(len(space), 1))
        return Kin(space, shares, None)
    likeness = np.maximum(near.dot(space, space), 0)
    likeness[near.left == near.right] = 0
    shares = _shares(near.left, likeness, len(space))
    return Kin(_means(near, shares, space), shares, near)


def _shares(group: Indices, likeness: Matrix, groups: int) -> Matrix:
    """Weigh the likeliest pairs of each group: the squared likeness, summing to one."""
    squares = np.where(rank(group, likeness) < NEIGHBOURS, likeness, 0) ** 2
    total = np.bincount(group, squares, groups) + ALOOF / max(groups, 1)
    shares: Matrix = (squares / total[group]).astype(np.float32)
    return shares


def _means(pairs: Pairs, shares: Matrix, space: Matrix) -> Matrix:
    """Compute for each sentence the mean of those that it is paired with, by their shares."""
    mean = np.zeros((pairs.shape[0], space.shape[1]), np.float32)
    some = np.flatnonzero(shares)
    some = some[np.argsort(pairs.left[some], kind="stable")]
    starts = np.searchsorted(pairs.left[some], np.arange(len(mean) + 1))
    for n, (start, end) in enumerate(pairwise(starts)):
        if start < end:
            mean[n] = shares[some[start:end]] @ space[pairs.right[some[start:end]]]
    return mean


def _weights_of_likes(like: Matrix, aloof: float = 1e-9) -> Matrix:
    """Weigh for each sentence those most like it: the squared similarity, summing to one."""
    like = like.copy()
    np.fill_diagonal(like, 0)
    if len(like) > NEIGHBOURS:
        like[like < np.partition(like, -NEIGHBOURS, axis=1)[:, [-NEIGHBOURS]]] = 0
    like **= 2
    weights: Matrix = like / (like.sum(1, keepdims=True) + np.float32(aloof))
    return weights


def _centred(meanings: Matrix) -> Matrix:
    """Subtract from meanings what all sentences share, the subject of the debate; less of it if there are few."""
    count = len(meanings)
    shift = meanings.mean(0, keepdims=True) * np.float32(count / (count + FEW))
    centred: Matrix = meanings - shift
    return centred


def _lead(sign: Matrix, group: Indices, groups: int, open_: Flags) -> Matrix:
    """Compute by how much each value beats the best other open one of its group; beating few means less."""
    rivals = np.where(open_, sign, 0).astype(np.float32)
    best = np.zeros(groups, np.float32)
    np.maximum.at(best, group, rivals)
    champion = np.full(groups, len(sign))
    top = np.flatnonzero(open_ & (rivals == best[group]))
    np.minimum.at(champion, group[top], top)
    champion = champion[champion < len(sign)]
    others = rivals.copy()
    others[champion] = 0
    second = np.zeros(groups, np.float32)
    np.maximum.at(second, group, others)
    rival = best[group]
    rival[champion] = second[group[champion]]
    size = np.bincount(group, minlength=groups)[group]
    lead: Matrix = (sign - rival) * (size / (1 + size)).astype(np.float32)
    return lead


def rank(group: Indices, amount: NDArray[Any]) -> Indices:
    """Rank each value within its group, the largest first, the earlier first among equals."""
    order = np.lexsort((-amount, group))
    first = np.flatnonzero(np.diff(group[order], prepend=-1))
    ranks = np.empty(len(group), np.intp)
    ranks[order] = np.arange(len(group)) - np.repeat(first, np.diff(np.append(first, len(group))))
    return ranks
