"""How rare a stem is in general, so that two sentences alone can tell a telling word from a filler."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from math import log

RAREST = 2.5
"""A stem that the list does not have counts as seen this often."""


class Rarity(dict[str, float]):
    """Weight by stem; a stem that is not listed weighs most."""

    def __init__(self, weights: Mapping[str, float], unseen: float) -> None:
        super().__init__(weights)
        self.unseen = unseen

    def __missing__(self, stem: str) -> float:
        return self.unseen


@lru_cache(maxsize=4)
def rarity(language: str = "english") -> Rarity:
    """Inverse document frequencies of stems: the logarithm of sentences in all to sentences with the stem.

    Without a list for the language all stems weigh the same, and rarity follows from the sentences at hand alone.
    """
    if language != "english":
        return Rarity({}, 1.0)
    lines = resources.files(__package__).joinpath("background.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    total = int(rows[0][1])
    return weighed({stem: int(count) for stem, count in rows[1:]}, total)


def weighed(seen: Mapping[str, int], total: int) -> Rarity:
    """Weights from counts of sentences."""
    return Rarity({stem: log(total / count) for stem, count in seen.items()}, log(total / RAREST))
