"""Time limits: each ends what it is set for, and nothing else."""

from __future__ import annotations

import pytest

from argmap import limits


def for_ever() -> None:
    while True:
        pass


def test_limits_one_after_another_and_inside_each_other() -> None:
    """One thread watches them all: a limit that was kept ends nothing later, and the inner of two ends first."""
    for _ in range(100):
        with limits.time(0.01):
            pass
    with limits.time(60):
        with pytest.raises(limits.OutOfTimeError), limits.time(0.05):
            for_ever()
        with limits.time(30):
            pass
    with pytest.raises(limits.OutOfTimeError), limits.time(0.05):
        for_ever()
    with limits.time(None):
        pass
