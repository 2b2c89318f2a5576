"""Change points: false alarms and detection by number of texts, and the time of a search.

python -m tests.bench.trends [SERIES]

Each series has three positions and random dates over 20 years. A text's position is a point on a line from 0 to 1, with a normal
error, cut into three. `clear` has a standard deviation of 0.15 (before a break 4 of 5 texts stand apart from those after), `faint`
of 0.3.

flat    the same point at all times
break   0.25 before the middle, 0.75 after
drift   from 0.1 to 0.9
sticky  no common change: four authors who each keep a position and change it at random, on average after ten texts
authors no common change: four authors with positions of their own that never move, and who write at random times
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import date

import numpy as np

from argmap.corpus.over_time.breaks import LEVEL, find
from argmap.corpus.over_time.dates import Days

LENGTHS = (12, 20, 40, 80, 160)
SHUFFLES = 199
POSITIONS = 3


def series(kind: str, texts: int, error: float, random: np.random.Generator) -> tuple[list[int], list[Days], list[str]]:
    """Make a series of positions, with dates and authors."""
    at = np.sort(random.random(texts))
    who = random.integers(0, 4, texts)
    if kind in ("sticky", "authors"):
        holds = random.integers(0, POSITIONS, 4)
        steps = []
        for author in who:
            if kind == "sticky" and random.random() < 0.1:
                holds[author] = random.integers(0, POSITIONS)
            steps.append(int(holds[author]))
    else:
        line = {
            "flat": np.full(texts, 0.5),
            "break": np.where(np.arange(texts) < texts // 2, 0.25, 0.75),
            "drift": 0.1 + 0.8 * at,
        }
        steps = (
            np.clip(np.floor(POSITIONS * (line[kind] + error * random.normal(size=texts))), 0, POSITIONS - 1)
            .astype(int)
            .tolist()
        )
    days = [date.fromordinal(730_000 + int(7_300 * each)) for each in at]
    return steps, [Days(day, day) for day in days], [f"author {n}" for n in who]


def main() -> None:
    """Print the rates, and the time of a search."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"{count} series each, {SHUFFLES} shuffles; in percent: none / break / drift / one of the two")
    kinds = [(kind, error) for error in (0.15, 0.3) for kind in ("flat", "break", "drift")]
    for kind, error in [*kinds, ("sticky", 0.0), ("authors", 0.0)]:
        cells = []
        for texts in LENGTHS:
            random = np.random.default_rng(texts)
            found = Counter(
                find(*series(kind, texts, error, random)[:2], shuffles=SHUFFLES).verdict for _ in range(count)
            )
            found["none"] += found["one position"]
            cells.append(
                " / ".join(f"{100 * found[word] / count:.0f}" for word in ("none", "break", "drift", "break or drift"))
            )
        print(
            f"{kind} {error or '':<4} " + " | ".join(f"{n}: {cell}" for n, cell in zip(LENGTHS, cells, strict=True)),
            flush=True,
        )
    print("with the authors known: found / of them told as a change of several authors", flush=True)
    for kind, error in (("break", 0.15), ("break", 0.3), ("drift", 0.15), ("sticky", 0.0), ("authors", 0.0)):
        cells = []
        for texts in LENGTHS[1:]:
            random = np.random.default_rng(texts)
            searches = [find(*series(kind, texts, error, random), shuffles=SHUFFLES) for _ in range(count)]
            found_ = [each for each in searches if each.p is not None and each.p <= LEVEL]
            together = [each for each in found_ if each.p_within is not None and each.p_within <= LEVEL]
            cells.append(f"{100 * len(found_) / count:.0f} / {100 * len(together) / count:.0f}")
        print(
            f"{kind} {error or '':<4} "
            + " | ".join(f"{n}: {cell}" for n, cell in zip(LENGTHS[1:], cells, strict=True)),
            flush=True,
        )
    for texts in (40, 300, 1000):
        given = series("flat", texts, 0.15, np.random.default_rng(1))
        start = time.process_time()
        find(*given)
        print(
            f"a search of {texts} texts with 999 shuffles: {time.process_time() - start:.1f} s of processor time",
            flush=True,
        )


if __name__ == "__main__":
    main()
