"""What stands ahead in a text, found once.

[a [b [c …        is there a `]`?        asked anew from each bracket, that takes quadratic time
"""

from __future__ import annotations

from collections.abc import Callable


class Ahead:
    """Where something next stands at or after an offset. Asked with growing offsets, it looks at each character once."""

    def __init__(self, find: Callable[[int], int]) -> None:
        self._find = find
        self._since = 0
        self._found = -2

    def __call__(self, offset: int) -> int:
        """Its offset, or -1."""
        if offset < self._since or (self._found < offset and self._found != -1):
            self._since, self._found = offset, self._find(offset)
        return self._found
