"""Generate unique names.

Counting up from 2 until a name is free takes quadratic time where thousands wish for the same; so each wish
goes on from its last number.
"""

from __future__ import annotations

from collections.abc import Iterable


class FreeNames:
    """A source of unique names: the name as wished, else with a number after it.

    >>> free = FreeNames(["a"])
    >>> free.name("a"), free.name("b"), free.name("a"), free.name("b", "-")
    ('a~2', 'b', 'a~3', 'b-2')
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._taken

    def take(self, name: str) -> None:
        """Mark a name as taken."""
        self._taken.add(name)

    def name(self, wish: str, sign: str = "~") -> str:
        """Return a free name and mark it as taken; `sign` stands before its number, if it needs one."""
        name = wish
        if name in self._taken:
            base = wish + sign
            n = self._last.get(base, 1)
            while name in self._taken:
                n += 1
                name = f"{base}{n}"
            self._last[base] = n
        self._taken.add(name)
        return name
