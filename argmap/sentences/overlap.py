"""Find the words that two sentences share, and how much of one sentence others cover."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import fsum

from argmap.sentences.idf import rarity

FILLER = 3.0
"""Rarity (natural logarithm) below which a stem is too common to be evidence."""


def shared_words(left: str, right: str, most: int = 5, language: str = "english") -> list[str]:
    """List the words of `left` that `right` has too, in any inflection, the rarest first.

    >>> shared_words("Japan is barred from training for wars.", "Training for a war is barred.")
    ['barred', 'training', 'wars']
    """
    from argmap.sentences.stems import stems_of, words_of

    weights = rarity(language)
    there = set(stems_of(right, language))
    words = dict(zip(stems_of(left, language), words_of(left), strict=True))
    shared = [(weights[stem], word) for stem, word in words.items() if stem in there and weights[stem] >= FILLER]
    return [word for _, word in sorted(shared, key=lambda item: -item[0])[:most]]


def cover(sentence: str, parts: Iterable[str], language: str = "english") -> float:
    """Compute the share of a sentence's weight that the parts cover together, in [0, 1]; rare stems weigh more.

    >>> round(cover("The bus is late and full.", ["A late bus."]), 1)
    0.6
    """
    weights = rarity(language)
    held = {stem for part in parts for stem in _stems(part, language)}
    stems = _stems(sentence, language)
    # Exact sums: the order of a set must not show in the last digit.
    total = fsum(weights[stem] for stem in stems)
    return fsum(weights[stem] for stem in stems & held) / total if total else 0.0


def covered_by(sentence: str, others: Iterable[str], least: float, language: str = "english") -> list[int]:
    """List the places of the sentences that cover at least a share of a sentence's weight each.

    >>> covered_by("A late bus.", ["The bus is late and full.", "The ferry is late."], least=0.7)
    [0]
    """
    weights = rarity(language)
    own = {stem: weights[stem] for stem in _stems(sentence, language)}
    enough = least * fsum(own.values()) - 1e-9
    return [
        n for n, other in enumerate(others) if sum(own[stem] for stem in own.keys() & _stems(other, language)) >= enough
    ]


@lru_cache(maxsize=1 << 14)
def _stems(text: str, language: str) -> frozenset[str]:
    from argmap.sentences.stems import stems_of

    return frozenset(stems_of(text, language))
