"""Dates that are as precise as they are known: 2005, 2005-03, 2005-03-07.

Each is a stretch of days, from its first to its last. One date is earlier than another only if its last day is before the other's
first; of 2005 and 2005-03 nobody knows the order.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?")


class Days(NamedTuple):
    """The first and the last day that a date may mean."""

    first: date
    last: date

    @property
    def middle(self) -> date:
        """The day in the middle."""
        return date.fromordinal((self.first.toordinal() + self.last.toordinal()) // 2)


def days_of(written: str) -> Days | None:
    """Return the days that a date may mean; `None` if it is not a date of ISO 8601.

    >>> days_of("2005-02"), days_of("spring 2005")
    (Days(first=datetime.date(2005, 2, 1), last=datetime.date(2005, 2, 28)), None)
    """
    found = _DATE.fullmatch(written.strip())
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last = first if day else date(first.year, month or 12, monthrange(first.year, month or 12)[1])
    except ValueError:
        return None
    return Days(first, last)


def dividing(dates: Sequence[Days]) -> list[int]:
    """List the places of a series where all dates before are certainly earlier than all after.

    The dates are in the order of their first days; a place is the number of dates before it, from 1 to n - 1.

    >>> dividing([days_of(each) for each in ("2004", "2005", "2005-03", "2006-01")])
    [1, 3]
    """
    places, last = [], date.min
    for n, each in enumerate(dates):
        if n and last < each.first:
            places.append(n)
        last = max(last, each.last)
    return places
