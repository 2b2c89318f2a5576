"""Match the entries of a new collection with those of the old one, so that text and comments stay with them.

old keys   trust, bases, dogs          old items   A, B, C
new keys   bases, hounds, trust        new items   C, A, B'
           │      │       │                        │  │  └─ stands in the place of B: changed
           same   same value: renamed              └──┴──── the same, moved
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from argmap.findings import Path
from argmap.model import RELATION_TYPES
from argmap.store.locations import ALSO

_RELATION_KEYS: frozenset[str] = frozenset(RELATION_TYPES)


def origins_of_keys(at: dict[str, int], old: dict[str, Any], new: dict[str, Any], path: Path) -> dict[str, int | None]:
    """Return for each new key the number of the old entry with that key, or with its value under another key."""
    origins = {key: next((at[name] for name in (key, *ALSO.get(key, ())) if name in at), None) for key in new}
    taken = set(origins.values())
    gone = {name: n for name, n in at.items() if n not in taken and name in old}
    by_value = {json.dumps(old[name]): name for name in reversed(gone)} if by_id(path) else {}
    for key in [key for key, origin in origins.items() if origin is None]:
        if key in _RELATION_KEYS:
            before = next((name for name in gone if name in _RELATION_KEYS), None)
        else:
            before = by_value.pop(json.dumps(new[key]), None)
        if before is not None:
            origins[key] = gone.pop(before)
    return origins


def origins_of_items(old: list[Any], new: list[Any]) -> list[int | None]:
    """Return for each new item the number of the equal old item, or of the old item in its place."""
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for n, item in enumerate(old):
        places[json.dumps(item)].append(n)
    origins: list[int | None] = []
    for item in new:
        equal = places[json.dumps(item)]
        origins.append(equal.popleft() if equal else None)
    taken = set(origins)
    fixed = [(n, origins[n] or 0) for n in sorted(longest_rise(origins))]
    for (n, map_), (next_n, next_m) in pairwise([(-1, -1), *fixed, (len(new), len(old))]):
        gone = [k for k in range(map_ + 1, next_m) if k not in taken]
        come = [k for k in range(n + 1, next_n) if origins[k] is None]
        if len(gone) == len(come):
            origins[n + 1 : next_n] = _filled(origins[n + 1 : next_n], gone)
        else:
            like = {json.dumps(_first(old[k])): k for k in reversed(gone)}
            for k in come:
                origins[k] = like.pop(json.dumps(_first(new[k])), None)
    return origins


def _filled(origins: list[int | None], with_: list[int]) -> list[int | None]:
    rest = iter(with_)
    return [next(rest) if origin is None else origin for origin in origins]


def _first(item: Any) -> Any:
    """Return what identifies an item of a list: for a relation, its type and its target."""
    return next(iter(item.items()), None) if isinstance(item, dict) else item


def longest_rise(numbers: Sequence[int | None]) -> set[int]:
    """Return the positions of a longest increasing subsequence (patience sorting; Fredman 1975)."""
    tops: list[int] = []
    at_top: list[int] = []
    below: dict[int, int | None] = {}
    for n, number in enumerate(numbers):
        if number is None:
            continue
        pile = bisect_left(tops, number)
        below[n] = at_top[pile - 1] if pile else None
        tops[pile : pile + 1] = [number]
        at_top[pile : pile + 1] = [n]
    rise: set[int] = set()
    here = at_top[-1] if at_top else None
    while here is not None:
        rise.add(here)
        here = below[here]
    return rise


def by_id(path: Path) -> bool:
    """Tell whether the keys at a path are ids (or any keys, in an `extra`): their order counts, that of fields does not."""
    if not path:
        return False
    return (
        (len(path) == 1 and path[0] in ("sources", "speakers", "claims", "issues"))
        or (len(path) == 3 and path[0] == "issues")
        or "extra" in (path[0], *path[2:3])
    )
