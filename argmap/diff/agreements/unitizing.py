"""Compute the agreement on the stretches of a text that are claims.

    first    ──[ Claim    ]─────[ Premise ]──
    second   ────[ Claim    ]───────────────
               └── both mark something here ──┘

    αU      one kind of unit: differences of starts and ends, squared        Krippendorff 1995; 2004, pp. 251–256
    uα      units and their labels, and the gaps between, character by character
    |uα     the same, without labels: units against gaps                     Krippendorff, Mathet, Bouvry &
    cuα     the labels, where both mark something                            Widlöcher 2016; Krippendorff 2019,
    (k)uα   the same, one label                                              section 12.6

Units and the length of the text are both counted in characters. All counts of one text can be added to those of another, as if
the texts stood one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Unit = tuple[int, int]
"""The start and the end (not included) of one claim's stretch of a text."""
Labelled = tuple[int, int, str]
"""A unit with its label."""
GAP = ""
"""The label of what nobody marks."""
DRAWS = 1000
Counts = Counter[Any]


def krippendorff_alpha_u(observers: Sequence[Sequence[Unit]], length: int) -> float | None:
    """Compute the agreement on the places of units in a continuum, corrected for chance (Krippendorff 1995; 2004, pp. 251–256), for one kind of unit.

    αU = 1 − Dₒ / Dₑ. Two units that overlap differ by (difference of starts)² + (difference of ends)², a unit inside a gap
    of the other observer by its length squared; all else by nothing. `None` where nobody marks a unit, or chance cannot err.

    Parameters
    ----------
    observers
        The units of each observer, in any order; those of one observer must not overlap.
    length
        Length of the continuum, which starts at 0, in the units' own measure.
    """
    return alpha_u(count_units(observers, length))


def count_units(observers: Sequence[Sequence[Unit]], length: int) -> Counts:
    """Count what αU is computed from; the counts of several texts can be added."""
    stretches = [_sections(units, length) for units in observers]
    count = len(observers)
    counts: Counts = Counter({"observers": count, "length": length})
    pairs = ((i, j) for i in range(count) for j in range(count) if i != j)
    counts["observed"] = sum(_distance(g, h) for i, j in pairs for g, h in _meeting(stretches[i], stretches[j]))
    counts.update(("unit", end - start) for units in observers for start, end in units)
    counts.update(("gap", end - start) for sections in stretches for start, end, marked in sections if not marked)
    return counts


def alpha_u(counts: Mapping[Any, float], observers: int = 2) -> float | None:
    """Compute αU from the counts of one text or several; see `krippendorff_alpha_u`."""
    length = counts.get("length", 0)
    sizes = [(key[1], n) for key, n in counts.items() if key[0] == "unit" and n]
    gaps = [(key[1], n) for key, n in counts.items() if key[0] == "gap" and n]
    units = sum(n for _, n in sizes)
    chance = sum(
        n
        * (
            (units - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
            + size**2 * sum(m * (gap - size + 1) for gap, m in gaps if gap >= size)
        )
        for size, n in sizes
    )
    pairs = observers * length * (observers * length - 1) - sum(n * size * (size - 1) for size, n in sizes)
    expected = 2 / length * chance / pairs if length and pairs else 0
    observed = counts.get("observed", 0) / (observers * (observers - 1) * length**2 or 1)
    return None if not expected else 1 - observed / expected


def count_coincidences(observers: Sequence[Sequence[Labelled]], length: int) -> Counts:
    """Count the characters on which labels meet, and the squares of lengths of units, for the family of 2016.

    Parameters
    ----------
    observers
        The units of each observer with their labels; those of one observer must not overlap. A text that nobody marks is a gap.
    length
        Length of the text.
    """
    segments = [_segments(units, length) for units in observers]
    counts: Counts = Counter()
    for i, mine in enumerate(segments):
        inside: Counter[tuple[int, int]] = Counter()
        for j, yours in enumerate(segments):
            for start, end, one, other, at in _intersections(mine, yours) if i != j else ():
                counts["met", one, other, end - start] += 1
                if one != GAP and other != GAP:
                    inside[at, j] += end - start
        for start, end, label in mine:
            # A gap has no structure: each of its characters stands for itself.
            counts["square", label] += (end - start) ** 2 if label != GAP else end - start
        for (at, _), shared in inside.items():
            counts["inner", mine[at][2]] += shared**2
    return counts


def alpha_family(counts: Mapping[Any, float], which: str = "u", observers: int = 2) -> float | None:
    """Compute one coefficient of the family of Krippendorff, Mathet, Bouvry and Widlöcher (2016).

    Each is 1 − Dₒ / Dₑ from coincidences of labels. `None` where it has no meaning: nothing marked or nothing unmarked for
    `|u`, and one label alone for `cu` and a label.

    Parameters
    ----------
    counts
        From `count_coincidences`, of one text or several.
    which
        `u`, `|u`, `cu`, or `u:LABEL`.
    observers
        Number of observers.
    """
    observed, expected = _tables(counts, observers, inner=which not in ("u", "|u"))
    return _alpha(observed, expected, which)


def interval(counts: Mapping[Any, float], which: str = "u", observers: int = 2) -> tuple[float, float] | None:
    """Compute a 95 % interval of a coefficient of the family from one text.

    The meetings of two segments are drawn anew 1,000 times, as many as there are, each with its length; the expected
    disagreement stays: a bootstrap of our own, in the spirit of Hayes & Krippendorff (2007), who draw units of one length.
    The same counts always give the same interval.
    """
    import numpy as np

    inner = which not in ("u", "|u")
    _, expected = _tables(counts, observers, inner=inner)
    meetings: Counts = Counter()
    for key, n in counts.items():
        if key[0] == "met" and not (inner and GAP in key[1:3]):
            meetings[(*sorted(key[1:3]), key[3])] += round(n)  # each meeting is counted from both sides
    number = round(meetings.total() / 2)
    due, chance = _due(expected, which)
    if not number or chance <= _LEAST:
        return None
    segments = sorted(meetings)
    odds = np.array([meetings[each] for each in segments]) / meetings.total()
    drawn = np.random.default_rng(2016).multinomial(number, odds, size=DRAWS)  # a fixed seed: equal input, equal output
    sizes = np.array([size for _, _, size in segments])
    unlike = drawn @ (sizes * np.array([_differ(one, other, which) for one, other, _ in segments]))
    label = which.removeprefix("u:")
    part = np.array([(one == label) + (other == label) for one, other, _ in segments]) if due is not None else 2
    of_it = drawn @ (sizes * part)
    if due is None:
        length = sum(key[2] * n for key, n in meetings.items()) / (observers - 1)
        values = 1 - 2 * unlike / of_it * length / chance
    else:
        values = 1 - due / chance * unlike[of_it > 0] / of_it[of_it > 0]
    return percentiles(values.tolist())


def percentiles(values: Iterable[float]) -> tuple[float, float] | None:
    """Return the 2.5th and the 97.5th percentile, by the nearest rank; `None` without values."""
    ordered = sorted(values)
    if not ordered:
        return None
    low = max(round(0.025 * len(ordered)) - 1, 0)
    return ordered[low], ordered[len(ordered) - 1 - low]


def _tables(
    counts: Mapping[Any, float], observers: int, *, inner: bool
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """The observed and the expected coincidences (equations 1 and 4; with `inner`, of what both mark: equation 10)."""
    observed: Counter[tuple[str, str]] = Counter()
    for key, n in counts.items():
        if key[0] == "met" and not (inner and GAP in key[1:3]):
            observed[key[1], key[2]] += key[3] * n / (observers - 1)
    margins: Counter[str] = Counter()
    for (one, _), n in observed.items():
        margins[one] += n
    total = margins.total()
    kind, share = ("inner", observers - 1) if inner else ("square", 1)
    own = {label: counts.get((kind, label), 0) / share for label in margins}
    rest = total - sum(own.values()) / total if total else 0
    expected: Counter[tuple[str, str]] = Counter()
    for one in margins if rest > 0 else ():
        for other in margins:
            expected[one, other] = (margins[one] * margins[other] - (own[one] if one == other else 0)) / rest  # type: ignore[assignment]
    return observed, expected


def _alpha(observed: Counter[tuple[str, str]], expected: Counter[tuple[str, str]], which: str) -> float | None:
    """1 − Dₒ / Dₑ of one member of the family (equations 5, 6, 11 and 13)."""
    due, chance = _due(expected, which)
    label = which.removeprefix("u:")
    met = sum(n for (one, _), n in observed.items() if one == label) if due is not None else 1
    if chance <= _LEAST or not met:
        return None
    unlike = sum(
        n for (one, other), n in observed.items() if _differ(one, other, which) and (due is None or one == label)
    )
    return 1 - unlike / chance if due is None else 1 - due / met * unlike / chance


def _due(expected: Counter[tuple[str, str]], which: str) -> tuple[float | None, float]:
    """The expected coincidences of one label (`None` for all together), and those of unlike labels."""
    label = which.removeprefix("u:") if which.startswith("u:") else None
    mine = {pair: n for pair, n in expected.items() if label in (None, pair[0])}
    return (None if label is None else sum(mine.values())), sum(n for pair, n in mine.items() if _differ(*pair, which))


def _differ(one: str, other: str, which: str) -> bool:
    """Tell whether two labels are a disagreement for a member of the family."""
    if which == "|u":
        return (one == GAP) != (other == GAP)
    return one != other and (not which.startswith("u:") or which.removeprefix("u:") in (one, other))


_LEAST = 1e-9
"""Expected characters below which chance cannot err, and rounding is all there is."""


def flat(units: Iterable[Labelled]) -> list[Labelled]:
    """Return units that do not overlap: where two do, the text belongs to the one that starts first, of those to the longer.

    >>> flat([(0, 9, "Claim"), (3, 5, "Premise"), (7, 12, "Claim")])
    [(0, 9, 'Claim'), (9, 12, 'Claim')]
    """
    found: list[Labelled] = []
    at = 0
    for start, end, label in sorted(units, key=lambda unit: (unit[0], -unit[1], unit[2])):
        if end > max(start, at):
            found.append((max(start, at), end, label))
            at = end
    return found


def _segments(units: Sequence[Labelled], length: int) -> list[Labelled]:
    """All of a text, as units and the gaps between."""
    found: list[Labelled] = []
    at = 0
    for start, end, label in sorted(units):
        if start > at:
            found.append((at, start, GAP))
        found.append((start, end, label))
        at = end
    if at < length:
        found.append((at, length, GAP))
    return found


def _intersections(mine: Sequence[Labelled], yours: Sequence[Labelled]) -> Iterable[tuple[int, int, str, str, int]]:
    """The meetings of segments of two observers: start, end, both labels, and the place of the first's segment in its list."""
    n = m = 0
    while n < len(mine) and m < len(yours):
        start, end = max(mine[n][0], yours[m][0]), min(mine[n][1], yours[m][1])
        if start < end:
            yield start, end, mine[n][2], yours[m][2], n
        if mine[n][1] <= yours[m][1]:
            n += 1
        else:
            m += 1


def _sections(units: Iterable[Unit], length: int) -> list[tuple[int, int, bool]]:
    """The whole continuum as units (marked) and the gaps between them."""
    return [(start, end, label != GAP) for start, end, label in _segments([(*unit, "unit") for unit in units], length)]


def _meeting(
    left: Sequence[tuple[int, int, bool]], right: Sequence[tuple[int, int, bool]]
) -> Iterable[tuple[tuple[int, int, bool], tuple[int, int, bool]]]:
    """Sections of two observers that share a stretch."""
    n = m = 0
    while n < len(left) and m < len(right):
        yield left[n], right[m]
        if left[n][1] <= right[m][1]:
            n, m = n + 1, m + (left[n][1] == right[m][1])
        else:
            m += 1


def _distance(g: tuple[int, int, bool], h: tuple[int, int, bool]) -> int:
    """Compute how much a section of one observer differs from one of another; each pair counts from both sides."""
    (start, end, marked), (other_start, other_end, other_marked) = g, h
    if marked and other_marked:
        return (start - other_start) ** 2 + (end - other_end) ** 2
    if marked and other_start <= start and end <= other_end:
        return (end - start) ** 2
    if other_marked and start <= other_start and other_end <= end:
        return (other_end - other_start) ** 2
    return 0
