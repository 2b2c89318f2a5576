"""Compute coefficients of agreement from counts.

    κ       two coders, the same items, chance taken off        Cohen 1960
    α       any scale, missing codes, small samples             Krippendorff 2019, section 12.3
    Dice    what both have, of what either has                  Dice 1945; as F1, van Rijsbergen 1979
    CASS    segmentation and relations in one                   Duthie, Lawrence, Budzynska & Reed 2016

Each is 1 for full agreement. A coefficient that has no meaning for the counts is `None`, never 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

Codes = Mapping[tuple[str, str], float]
"""Number of items with each pair of codes, by the first coder and by the second."""


def cohen_kappa(items: Codes) -> float | None:
    """Compute the agreement of two coders on the same items, corrected for chance (Cohen 1960).

    κ = (pₒ − pₑ) / (1 − pₑ), with pₒ the share of items coded alike and pₑ the share expected if each coder kept his own
    proportions and chose at random. `None` where there is no item, or where both use one and the same code only.

    Parameters
    ----------
    items
        Number of items with each pair of codes, by the first coder and by the second.
    """
    n = sum(items.values())
    if not n:
        return None
    observed = sum(count for (mine, yours), count in items.items() if mine == yours)
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for (mine, yours), count in items.items():
        left[mine] += count  # type: ignore[assignment]  # counts of a resample are floats
        right[yours] += count  # type: ignore[assignment]
    expected = sum(left[code] * right[code] for code in left)
    # Multiplied by n², so that whole numbers stay whole and full agreement is exactly 1.
    return None if expected == n * n else (observed * n - expected) / (n * n - expected)


def krippendorff_alpha(items: Codes, order: Sequence[str] | None = None) -> float | None:
    """Compute α of two coders on the items that both coded (Krippendorff 2019, section 12.3).

    α = 1 − Dₒ / Dₑ from the matrix of coincidences, in which each item counts from both sides. `None` where there is no
    item, or only one code is used.

    Parameters
    ----------
    items
        Number of items with each pair of codes.
    order
        The codes in their order, for ordinal data; nominal when left out.
    """
    found = disagreements(items, order)
    return None if found is None or not found[1] else 1 - found[0] / found[1]


def disagreements(items: Codes, order: Sequence[str] | None = None) -> tuple[float, float] | None:
    """Return the observed and the expected disagreement of α, each summed over all pairs of values; see `krippendorff_alpha`."""
    coincidences: Counter[tuple[str, str]] = Counter()
    for (mine, yours), count in items.items():
        coincidences[mine, yours] += count  # type: ignore[assignment]
        coincidences[yours, mine] += count  # type: ignore[assignment]
    margins: Counter[str] = Counter()
    for (mine, _), count in coincidences.items():
        margins[mine] += count
    n = margins.total()
    if n < 2:
        return None
    place: dict[str, float] = {}
    below = 0.0
    for code in order or ():
        place[code] = below + margins[code] / 2
        below += margins[code]

    def distance(one: str, other: str) -> float:
        return float((place[one] - place[other]) ** 2) if order else float(one != other)

    observed = sum(count * distance(*pair) for pair, count in coincidences.items())
    expected = sum(margins[one] * margins[other] * distance(one, other) for one in margins for other in margins)
    return observed, expected / (n - 1)


def dice(both: float, left: float, right: float) -> float | None:
    """Compute Dice's coefficient (1945), 2 · both / (left + right); the same as F1. `None` where neither has anything."""
    return 2 * both / (left + right) if left + right else None


def cass(segmentation: float | None, relations: float | None) -> float | None:
    """Compute the Combined Argument Similarity Score (Duthie, Lawrence, Budzynska & Reed 2016), in the version with κ.

    CASS = 2 · M · S / (M + S), the harmonic mean of the segmentation similarity S and of M, the mean of the figures on the
    relations of propositions and of those of the dialogue. argmap maps relations between claims and none of dialogue, so M is
    κ of the former alone; one no better than chance leaves nothing to combine: 0.
    """
    if segmentation is None or relations is None:
        return None
    if relations <= 0 or segmentation <= 0:
        return 0.0
    return 2 * relations * segmentation / (relations + segmentation)
