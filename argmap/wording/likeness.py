"""How alike two sentences are: several signs, one fitted chance.

    “Japan is barred from training for wider crises.”    “Japan may not train for wider crises.”    high
    “Japan is barred from training for wider crises.”    “Joint training is to be expanded.”        low

Two sentences that say one thing seldom use the same words, and sentences of one debate share words that say little
there. So a pair is judged by signs together:

    words            cosine of word stems, rare stems weighing more
    kin              cosine of letter groups, between each of the two and the *neighbours* of the other in its own list
    letters ahead    cosine of letter groups, less that of the next best pair: a sentence that fits many fits none
    words ahead      the same for words

How rare a stem is follows from the sentences at hand and from a list that ships with argmap (`background.txt`, whose head says what it
was counted from). The weights were fitted by logistic regression, none below zero, on the training part of ArgKP (Bar-Haim et
al. 2020) by `tests/bench/argkp.py`. What comes out is the fitted chance that a person would call the two a match, in the
company of the other sentences: no model, no network, and no synonyms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from argmap.wording.background import rarity
from argmap.wording.plain import normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from argmap.wording.signs import Matrix, Pairs

WEIGHTS = {"words": 4.07, "kin": 9.82, "letters ahead": 8.77, "words ahead": 3.40}
CONSTANT = -1.75


def similarity(left: Sequence[str], right: Sequence[str], *, language: str = "english") -> NDArray[np.float32]:
    """How likely each left sentence and each right one say the same.

    Parameters
    ----------
    left, right
        Sentences. The two lists are judged together, so a score says something only beside the others.
    language
        Name of a Snowball stemmer; rarity in general is known for English only.

    Returns
    -------
    numpy.ndarray
        Scores in [0, 1]: a row a left sentence, a column a right one. Sentences with the same words score 1.
        `similarity(right, left)` is the same matrix, transposed.
    """
    from argmap.wording.signs import Pairs

    pairs = Pairs.all(len(left), len(right))
    return _chance(left, right, pairs, language).reshape(pairs.shape)


def likely(
    left: Sequence[str],
    right: Sequence[str],
    *,
    most: int = 20,
    least: float = 0.1,
    also: Iterable[tuple[int, int]] = (),
    language: str = "english",
) -> list[tuple[int, int, float]]:
    """The pairs worth a look: place in `left`, place in `right`, chance.

    Parameters
    ----------
    left, right
        Sentences, judged together as `similarity` does.
    most
        Pairs kept of each sentence, the likeliest first.
    least
        Chance below which a pair is left out.
    also
        Pairs to judge and keep whatever their chance.
    language
        Name of a Snowball stemmer.

    Notes
    -----
    Up to `WHOLE` pairs all are judged. Of larger lists only pairs that share rare stems are, so that time and
    memory grow with the sentences and not with their pairs.
    """
    import numpy as np

    from argmap.wording.signs import Pairs, rank, sharing

    wanted = set(also)
    if len(left) * len(right) <= WHOLE:
        pairs = Pairs.all(len(left), len(right))
    else:
        pairs = sharing(left, right, rarity(language), language, most).joined(wanted)
    if not len(pairs.left):
        return []
    chance = _chance(left, right, pairs, language)
    near = (rank(pairs.left, chance) < most) | (rank(pairs.right, chance) < most)
    kept = near & (chance >= least)
    if wanted:
        numbers = np.array(sorted(b * len(right) + a for b, a in wanted))
        kept |= np.isin(pairs.left * len(right) + pairs.right, numbers)
    return list(zip(pairs.left[kept].tolist(), pairs.right[kept].tolist(), chance[kept].tolist(), strict=True))


def chances(pairs: Sequence[tuple[str, str]], *, language: str = "english") -> list[float]:
    """How likely the two sentences of each pair say the same, in the company of the other pairs."""
    import numpy as np

    from argmap.wording.signs import Pairs

    count = len(pairs)
    diagonal = Pairs(np.arange(count), np.arange(count), (count, count), chosen=True)
    found: list[float] = _chance([b for b, _ in pairs], [a for _, a in pairs], diagonal, language).tolist()
    return found


WHOLE = 250_000
"""Up to so many pairs, all are judged."""


def _chance(left: Sequence[str], right: Sequence[str], pairs: Pairs, language: str) -> Matrix:
    """The fitted chance of each pair; 1 for the same words."""
    import numpy as np

    from argmap.wording.signs import SIGNS, signs

    if not len(pairs.left):
        return np.zeros(0, np.float32)
    found = signs(left, right, pairs, rarity(language), language)
    score = found @ np.array([WEIGHTS[sign] for sign in SIGNS], np.float32) + np.float32(CONSTANT)
    chance: Matrix = (1 / (1 + np.exp(-score))).astype(np.float32)
    number: dict[str, int] = {}
    names = [np.array([number.setdefault(normalise(text), len(number)) for text in side]) for side in (left, right)]
    chance[names[0][pairs.left] == names[1][pairs.right]] = 1
    return chance
