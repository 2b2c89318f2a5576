"""Remember every change of a file, so that each can be undone for ever, also when others change the file meanwhile.

A change is one splice: these bytes at this place became those. To undo a splice, its place is followed through the later
ones; where a later one touched the same bytes, undoing would lose that change, and is refused:

    a b c ──1: b→X──▶ a X c ──2: a→Y──▶ Y X c        undo 1: Y b c
    a b c ──1: b→X──▶ a X c ──2: X→Y──▶ a Y c        undo 1: refused, unless 2 is undone first

A splice that undoes another cancels it, and neither counts for the ones before. When everything is undone, the bytes are
as they were. Positions as in Ellis & Gibbs 1989 (operational transformation), without concurrent operations.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Splice:
    """Bytes `old` at `start` became `new`."""

    start: int
    old: bytes
    new: bytes

    @property
    def grows(self) -> int:
        """The number of bytes that it adds."""
        return len(self.new) - len(self.old)

    def applied(self, data: bytes) -> bytes:
        """Return data with the splice made."""
        return data[: self.start] + self.new + data[self.start + len(self.old) :]

    def reversed(self) -> Splice:
        """Return the splice that undoes this one at the same place."""
        return Splice(self.start, self.new, self.old)


class OverlapError(Exception):
    """A later change touched the same bytes."""


def between(before: bytes, after: bytes) -> Splice:
    """Return the shortest splice that turns `before` into `after`."""
    most = min(len(before), len(after))
    start = _common(before, after, most)
    end = _common(before[start:][::-1], after[start:][::-1], most - start)
    return Splice(start, before[start : len(before) - end], after[start : len(after) - end])


def _common(left: bytes, right: bytes, most: int) -> int:
    """Count the equal bytes at the start, by halving: comparing slices is fast."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        low, most = (middle, most) if left[low:middle] == right[low:middle] else (low, middle - 1)
    return low


def version_of(data: bytes) -> str:
    """Return the name of a state of a file."""
    return hashlib.sha256(data).hexdigest()


@dataclass(slots=True)
class FileHistory:
    """All states of one file since it was first read."""

    data: bytes
    splices: list[Splice] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    cancelled: dict[int, int] = field(default_factory=dict)
    """Number of the splice that undid a splice."""

    def __post_init__(self) -> None:
        self.versions.append(version_of(self.data))

    @property
    def version(self) -> str:
        """The name of the state now."""
        return self.versions[-1]

    def see(self, data: bytes) -> int | None:
        """Record the bytes of the file now; return the number of the change, None if there is none."""
        if data == self.data:
            return None
        self.splices.append(between(self.data, data))
        self.versions.append(version_of(data))
        self.data = data
        return len(self.splices) - 1

    def at(self, version: str) -> bytes | None:
        """Return the bytes of an earlier state; None if this session never saw it."""
        if version not in self.versions:
            return None
        n = len(self.versions) - 1 - self.versions[::-1].index(version)
        data = self.data
        for splice in reversed(self.splices[n:]):
            data = splice.reversed().applied(data)
        return data

    def without(self, number: int) -> bytes:
        """Return the bytes now without one change; raise OverlapError if a later change touched the same bytes."""
        undone = self.splices[number].reversed()
        start, end = undone.start, undone.start + len(undone.old)
        for later in self._effective(number + 1):
            if later.start + len(later.old) <= start and later.start < start:
                start, end = start + later.grows, end + later.grows
            elif later.start < end or later.start == start:
                raise OverlapError
        return replace(undone, start=start).applied(self.data)

    def cancel(self, number: int, by: int) -> None:
        """Note that a splice undid another one; what that one had undone itself counts again."""
        for first, second in list(self.cancelled.items()):
            if second == number:
                del self.cancelled[first]
        self.cancelled[number] = by

    def _effective(self, first: int) -> list[Splice]:
        """Return the splices from a number on, without those that cancel each other."""
        kept: dict[int, Splice] = dict(enumerate(self.splices[first:], first))
        for second, one in sorted((second, one) for one, second in self.cancelled.items() if one >= first):
            gone = kept.pop(one)
            start = gone.start
            for n in sorted(n for n in kept if one < n < second):
                if kept[n].start >= start:
                    kept[n] = replace(kept[n], start=kept[n].start - gone.grows)
                else:
                    start += kept[n].grows
            del kept[second]
        return [kept[n] for n in sorted(kept)]
