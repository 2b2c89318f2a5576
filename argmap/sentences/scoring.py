"""Score how alike two sentences are: several features, one fitted probability.

    “Japan is barred from training for wider crises.”    “Japan may not train for wider crises.”    high
    “Japan is barred from training for wider crises.”    “Joint training is to be expanded.”        low

Two sentences that say the same seldom use the same words, and all sentences of a debate share words that say little
there. So several features judge a pair together:

    letters          cosine of letter groups, rare groups weighing more
    by kin           cosine between one of the two and the sentences nearest to the other in its own list
    … ahead          a feature minus that of the next best pair: a sentence that fits many fits none
    associates       stems that often stand in for each other, such as “expensive” and “cost” (`associates.txt`)
    senses ahead     cosine of the sums of word vectors (`word_vectors.py`), minus that of the next best pair
    meaning ahead    cosine of a sentence model's vectors, minus that of the next best pair, if `embed` is given

Letters and words (stems) have both. Rarity of a stem comes from the sentences at hand and from a list that ships with argmap (`background.txt`; its head names
the corpus). `tests/bench/argkp.py` fitted the weights by logistic regression, none below zero, on the training part of ArgKP
(Bar-Haim et al. 2020); features whose weight became zero were removed. If one list is much longer than the other, similar sentences of
it share their scores (`Company.shared`). The result is the fitted probability that a person calls the two a match among these
other sentences. Without `embed` it needs no model and no network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from argmap.sentences.idf import rarity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from argmap.sentences.features import Company, Matrix, Pairs

Embed = Callable[[Sequence[str]], "NDArray[np.floating]"]
"""Gives a vector for each sentence; similar meanings point in similar directions."""

WEIGHTS = {
    "letters": 4.54,
    "letters ahead": 3.11,
    "letters by kin ahead": 12.80,
    "words": 0.72,
    "words ahead": 0.52,
    "words by kin ahead": 9.44,
    "associates": 1.80,
    "senses ahead": 4.16,
}
CONSTANT = -0.72
MEANING_WEIGHTS = {
    "letters": 4.40,
    "letters ahead": 1.80,
    "letters by kin ahead": 12.09,
    "words": 0.49,
    "words ahead": 0.57,
    "words by kin ahead": 8.31,
    "associates": 1.88,
    "senses ahead": 3.00,
    "meaning ahead": 3.44,
}
MEANING_CONSTANT = -0.56
"""The same with a sentence model, fitted with all-MiniLM-L6-v2."""


def similarity(
    left: Sequence[str], right: Sequence[str], *, language: str = "english", embed: Embed | None = None
) -> NDArray[np.float32]:
    """Score how likely each left sentence and each right one say the same.

    Parameters
    ----------
    left, right
        Sentences. The lists are judged together, so a score means something only beside the others.
    language
        Name of a Snowball stemmer; general rarity is known for English only.
    embed
        Also judge by meaning; `argmap.sentences.embedder` makes one from a model.

    Returns
    -------
    numpy.ndarray
        Scores in [0, 1], one row for each left sentence, one column for each right one. Equal sentences score 1.
        `similarity(right, left)` is the same matrix, transposed.
    """
    import numpy as np

    from argmap.sentences.features import Pairs

    pairs = Pairs.all(len(left), len(right))
    if not len(pairs.left):
        return np.zeros(pairs.shape, np.float32)
    return _chance(_company(left, right, language, embed), pairs).reshape(pairs.shape)


def likely(
    left: Sequence[str],
    right: Sequence[str],
    *,
    most: int = 20,
    least: float = 0.1,
    wanted: Iterable[tuple[int, int]] = (),
    language: str = "english",
    embed: Embed | None = None,
) -> list[tuple[int, int, float]]:
    """Find the pairs worth a look: index in `left`, index in `right`, score.

    Parameters
    ----------
    left, right
        Sentences, judged together as `similarity` does.
    most
        Pairs kept for each sentence, the likeliest first.
    least
        Score below which a pair is left out.
    wanted
        Pairs to judge and keep whatever their score.
    language, embed
        As in `similarity`.

    Notes
    -----
    Up to `WHOLE` pairs, all are judged. In larger lists only pairs that share rare stems, or are nearest in meaning, are judged,
    so time and memory grow with the sentences and not with their pairs.
    """
    import numpy as np

    from argmap.sentences.features import Pairs, nearest, rank, sharing

    chosen = set(wanted)
    if not left or not right:
        return []
    company = _company(left, right, language, embed)
    if len(left) * len(right) <= WHOLE:
        pairs = Pairs.all(len(left), len(right))
    else:
        if company.meanings is not None:
            close = nearest(*company.meanings, most)
            chosen |= set(zip(close.left.tolist(), close.right.tolist(), strict=True))
        pairs = sharing(left, right, rarity(language), language, most).joined(chosen)
    if not len(pairs.left):
        return []
    chance = _chance(company, pairs)
    near = (rank(pairs.left, chance) < most) | (rank(pairs.right, chance) < most)
    kept = near & (chance >= least)
    if chosen:
        numbers = np.array(sorted(b * len(right) + a for b, a in chosen))
        kept |= np.isin(pairs.left * len(right) + pairs.right, numbers)
    return list(zip(pairs.left[kept].tolist(), pairs.right[kept].tolist(), chance[kept].tolist(), strict=True))


def chances(pairs: Sequence[tuple[str, str]], *, language: str = "english", embed: Embed | None = None) -> list[float]:
    """Score how likely the two sentences of each pair say the same, among the other pairs."""
    import numpy as np

    from argmap.sentences.features import Pairs

    count = len(pairs)
    diagonal = Pairs(np.arange(count), np.arange(count), (count, count), chosen=True)
    if not pairs:
        return []
    company = _company([b for b, _ in pairs], [a for _, a in pairs], language, embed)
    found: list[float] = _chance(company, diagonal).tolist()
    return found


WARY = 5.0
"""Over the number of sentences: taken off the log-odds, since among few sentences common words look rare."""
WHOLE = 250_000
"""Number of pairs up to which all are judged."""


def _company(left: Sequence[str], right: Sequence[str], language: str, embed: Embed | None) -> Company:
    import numpy as np

    from argmap.sentences.associates import associates
    from argmap.sentences.features import Company
    from argmap.sentences.word_vectors import senses

    meanings = None if embed is None else np.asarray(embed([*left, *right]), np.float32)
    sums = senses([*left, *right]) if language == "english" else None
    return Company(left, right, rarity(language), language, meanings, associates(language), sums)


def _chance(company: Company, pairs: Pairs) -> Matrix:
    """Compute the fitted probability of each pair; 1 for equal sentences."""
    import numpy as np

    weights, constant = (WEIGHTS, CONSTANT) if company.meanings is None else (MEANING_WEIGHTS, MEANING_CONSTANT)
    wary = WARY / max(sum(pairs.shape), 1)
    score = company.signs(pairs) @ np.array(list(weights.values()), np.float32) + np.float32(constant - wary)
    chance = company.shared(pairs, (1 / (1 + np.exp(-score))).astype(np.float32))
    chance[company.equal(pairs)] = 1
    return chance
