"""How values by the hundred thousand are made without Python stopping to look through them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep Python from looking for garbage: a map that grows has none, and the looking takes two thirds of the time.

    Also a decorator, for what makes a map and lets it go again.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
