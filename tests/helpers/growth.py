"""Does work grow in line with its input? Asked by the ratio of two processor times, so that no machine is too slow."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

FACTOR = 4
"""How much larger the second input is: linear work takes 4 times as long, quadratic work 16 times."""
MOST = 10
ATTEMPTS = 4
"""The best of several, since other work on the machine only ever adds time."""


def assert_linear(run: Callable[[Any], object], small: Any, large: Any) -> None:
    """Fail if `large`, which is `FACTOR` times as large as `small`, takes more than `MOST` times as long."""
    ratios = []
    for _ in range(ATTEMPTS):
        base = _processor_time(run, small)
        ratios.append(_processor_time(run, large) / max(base, 0.002))
        if ratios[-1] <= MOST:
            return
    raise AssertionError(f"{FACTOR} times the input took {min(ratios):.1f} times as long")


def _processor_time(run: Callable[[Any], object], given: Any) -> float:
    start = time.process_time()
    run(given)
    return time.process_time() - start
