"""Find change points in a series of positions, and tell a break from a drift and from chance.

    positions      A A B A A A A A B A A C B C C C B C C C C
    division                            ┆
    shuffled       in 1 of 1,000 orders of the same texts a division is as good: more than chance

1. Positions are ordinal, so only their ranks count (ties share the middle rank). `ruptures` finds the division in two whose ranks
   differ most (the rank statistic of Lung-Yut-Fong, Lévy-Leduc and Cappé 2015, "Homogeneity and change-point detection tests for
   multivariate data using rank statistics"; ruptures: Truong, Oudre and Vayatis 2020, "Selective review of offline change point
   detection methods").
2. The texts are shuffled, and the best division of each order is found in the same way. The division counts if at most 5 % of the
   orders have as good a one. Then each side is searched alike (Matteson and James 2014, "A nonparametric approach for multiple
   change point analysis of multivariate data"). So no penalty has to be chosen.
3. A drift divides well, too. So steps at the change points and a line over the dates are both fitted to the ranks, and compared by
   BIC (Schwarz 1978). Only a difference of 6 or more is "strong" (Raftery 1995); below, the texts do not tell which of the two it is.

4. Shuffling takes the texts as independent, which texts of one author are not: people keep their positions for years. So in a second
   test the positions of each author are turned round in time: the last become the first, by a random number of texts. That keeps who
   holds what, and how long, and takes away only that several change at once (time-shifted surrogates: Lancaster and others 2018,
   "Surrogate data for hypothesis testing of physical systems").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import inf, log
from typing import TYPE_CHECKING, Any

from argmap.corpus.over_time.dates import Days, dividing
from argmap.corpus.over_time.model import Verdict
from argmap.findings import ArgmapError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ranks = NDArray[np.float64]

LEAST_TEXTS = 12
"""Texts in one mode below which no change point is looked for; see the detection rates in the documentation."""
LEAST_SIDE = 5
"""Texts on each side of a change point."""
SHUFFLES = 999
LEVEL = 0.05
SEED = 1
STRONG = 6.0
"""Difference of BIC below which two fits are not told apart."""


@dataclass(frozen=True, slots=True)
class Split:
    """A place in the series where it changes."""

    at: int
    """Number of texts before it."""
    p: float
    """Share of shuffled orders that have as good a division."""
    p_within: float | None
    """The same with each author's positions turned round in time; `None` if nobody has texts on both sides."""


@dataclass(frozen=True, slots=True)
class Found:
    """The result of the search in one series."""

    verdict: Verdict
    p: float | None = None
    p_within: float | None = None
    splits: tuple[Split, ...] = field(default=())
    bic_steps: float | None = None
    bic_line: float | None = None


def find(
    steps: Sequence[int],
    dates: Sequence[Days],
    voices: Sequence[str | None] = (),
    *,
    shuffles: int = SHUFFLES,
    progress: Callable[[int, int], None] | None = None,
) -> Found:
    """Find the change points of a series of texts in the order of their dates, by their positions on the scale.

    `voices` are the authors; nobody is known when left out. Each division is held against a number of `shuffles`,
    shuffled orders; `progress` is called after each with the number of those tried and of all, and a series that is
    divided is searched again. Raise ArgmapError if there is something to search, and ruptures is not installed.
    """
    import numpy as np

    if len(steps) < LEAST_TEXTS:
        return Found("too few")
    if len(set(steps)) == 1:
        return Found("one position")
    places = dividing(dates)
    if not any(LEAST_SIDE <= place <= len(steps) - LEAST_SIDE for place in places):
        return Found("too coarse")
    values = np.asarray(steps)
    persons = np.unique([voice or "" for voice in voices], return_inverse=True)[1] if voices else None
    first: tuple[float | None, float | None] | None = None
    splits: list[Split] = []
    waiting = [(0, len(steps))]
    while waiting:
        start, end = waiting.pop()
        inside = [place - start for place in places if start < place < end]
        at, p, p_within = _tested(
            values[start:end], inside, persons[start:end] if persons is not None else None, shuffles, progress
        )
        first = first or (p, p_within)
        if at is not None and p <= LEVEL:
            splits.append(Split(start + at, p, p_within))
            waiting += [(start, start + at), (start + at, end)]
    if not splits:
        return Found("none", *(first or ()))
    splits.sort(key=lambda split: split.at)
    steps_, line = _fits(midranks(values), [split.at for split in splits], dates)
    verdict: Verdict = "break or drift" if abs(steps_ - line) < STRONG else "break" if steps_ < line else "drift"
    return Found(verdict, *(first or (None, None)), tuple(splits), round(steps_, 1), round(line, 1))


def midranks(values: NDArray[Any]) -> Ranks:
    """Rank values; those that are equal share the middle of their ranks.

    >>> midranks(__import__("numpy").array([3, 1, 3, 9])).tolist()
    [2.5, 1.0, 2.5, 4.0]
    """
    import numpy as np

    _, at, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2)[at], np.float64)


def _tested(
    values: NDArray[Any],
    places: list[int],
    persons: NDArray[Any] | None,
    shuffles: int,
    progress: Callable[[int, int], None] | None,
) -> tuple[int | None, float, float | None]:
    """Find the best division of some texts; return its place and the shares of shuffles that have as good a one."""
    import numpy as np

    if not any(LEAST_SIDE <= place <= len(values) - LEAST_SIDE for place in places) or len(np.unique(values)) == 1:
        return None, 1.0, None
    ranks = midranks(values)
    ranks -= ranks.mean()
    search = _Search(places, len(values))
    gain, at = search.best(ranks)
    random = np.random.default_rng(SEED)

    def share(orders: Iterable[Any]) -> float:
        good = 0
        for n, order in enumerate(orders, 1):
            good += search.best(ranks[order])[0] >= gain - 1e-9
            if progress:
                progress(n, shuffles)
        return round((1 + good) / (1 + shuffles), 4)

    p = share(random.permutation(len(ranks)) for _ in range(shuffles))
    if p > LEVEL or persons is None or not set(persons[:at].tolist()) & set(persons[at:].tolist()):
        return at, p, None
    own = [np.flatnonzero(persons == person) for person in np.unique(persons)]

    def turned() -> Any:
        order = np.arange(len(ranks))
        for texts in own:
            order[texts] = np.roll(texts, int(random.integers(len(texts))))
        return order

    return at, p, share(turned() for _ in range(shuffles))


class _Search:
    """The search for the best division of a series at certain places, by ruptures."""

    def __init__(self, places: list[int], texts: int) -> None:
        import numpy as np

        try:
            from ruptures import Dynp
            from ruptures.base import BaseCost
        except ImportError:
            raise ArgmapError("change points need ruptures: pip install 'argmap[trends]'") from None

        starts, ends = [0, *places], [*places, texts]
        counts = np.concatenate([[0], ends]).tolist()

        class RankCost(BaseCost):  # type: ignore[misc]
            """Cost of a stretch: less, the further its mean rank lies from that of all; infinite for a stretch too short."""

            model = "midranks"
            min_size = 1

            def fit(self, signal: Any) -> RankCost:
                self.signal = signal
                self.sums = np.concatenate([[0.0], np.cumsum(signal)]).tolist()
                return self

            def error(self, start: int, end: int) -> float:
                texts = counts[end] - counts[start]
                return -((self.sums[end] - self.sums[start]) ** 2) / texts if texts >= LEAST_SIDE else inf

        self._starts, self._ends, self._cost = starts, ends, RankCost()
        self._search = Dynp(custom_cost=self._cost, min_size=1, jump=1)

    def best(self, ranks: Ranks) -> tuple[float, int]:
        """Return how much the best division explains, and the number of texts before it."""
        import numpy as np

        stretches = self._search.fit(np.add.reduceat(ranks, self._starts)).predict(n_bkps=1)
        return -self._cost.sum_of_costs(stretches), self._ends[stretches[0] - 1]


def _fits(ranks: Ranks, splits: Sequence[int], dates: Sequence[Days]) -> tuple[float, float]:
    """Return BIC of steps at the change points and of a line over the dates, both fitted to the ranks by least squares."""
    import numpy as np

    n = len(ranks)
    stretches = np.split(ranks, list(splits))
    steps = sum(float(((each - each.mean()) ** 2).sum()) for each in stretches)
    days = np.array([each.middle.toordinal() for each in dates], np.float64)
    days -= days.mean()
    slope = float(days @ ranks) / float(days @ days)
    line = float(((ranks - ranks.mean() - slope * days) ** 2).sum())
    least = 1e-6 * float(ranks.var())

    def bic(squares: float, parameters: int) -> float:
        return n * log(max(squares / n, least)) + parameters * log(n)

    return bic(steps, 2 * len(splits) + 1), bic(line, 2)
