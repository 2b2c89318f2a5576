"""Read how rare stems are in general, so that even two sentences alone tell content words from fillers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from math import log

RAREST = 2.5
"""Count of a stem that is not in the list."""
GRAMMAR = 1.5
"""Weight of a group of hiragana, which Japanese uses mostly for endings and particles."""
_HIRAGANA = re.compile(r"[\u3041-\u309f]+")


class Rarity(dict[str, float]):
    """Weights by stem; an unlisted stem weighs most."""

    def __init__(self, weights: Mapping[str, float], unseen: float) -> None:
        super().__init__(weights)
        self.unseen = unseen

    def __missing__(self, stem: str) -> float:
        return min(self.unseen, GRAMMAR) if _HIRAGANA.fullmatch(stem) else self.unseen


@lru_cache(maxsize=4)
def rarity(language: str = "english") -> Rarity:
    """Read the inverse document frequencies of stems: the logarithm of all sentences over sentences with the stem.

    Without a list for the language all stems weigh the same; rarity then comes from the sentences at hand.
    """
    if language != "english":
        return Rarity({}, 1.0)
    text = resources.files(__package__).joinpath("background.txt").read_text("utf-8")
    words = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#")).split()
    return weighed(dict(zip(words[2::2], map(int, words[3::2]), strict=True)), int(words[1]))


def weighed(seen: Mapping[str, int], total: int) -> Rarity:
    """Compute weights from counts of sentences."""
    return Rarity({stem: log(total / count) for stem, count in seen.items()}, log(total / RAREST))
