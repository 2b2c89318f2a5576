"""Merge what two people changed in one file, entry by entry.

    read        a: 1   b: 2   c: 3
    theirs      a: 1   b: 9   c: 3   d: 4     in the file now
    ours        a: 7   b: 2                   to be saved
    merged      a: 7   b: 9          d: 4

Both changed one entry in different ways: that is a conflict, and nothing is merged.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from argmap.findings import Path, brief
from argmap.store.plain_data import same

_ABSENT = object()


class ConflictError(Exception):
    """Two changes of one entry; `path` leads to it."""

    def __init__(self, path: Path, theirs: Any, ours: Any) -> None:
        super().__init__()
        self.path, self.theirs, self.ours = path, _shown(theirs), _shown(ours)


def _shown(value: Any) -> str:
    return "left out" if value is _ABSENT else brief(json.dumps(value, ensure_ascii=False))


def merged(base: Any, theirs: Any, ours: Any, path: Path = ()) -> Any:
    """Return the data with the changes of both since `base`; raise ConflictError if they changed one entry differently."""
    if _equal(base, ours) or _equal(theirs, ours):
        return theirs
    if _equal(base, theirs):
        return ours
    if isinstance(theirs, dict) and isinstance(ours, dict):
        return _keys(base if isinstance(base, dict) else {}, theirs, ours, path)
    if isinstance(theirs, list) and isinstance(ours, list):
        return _items(base if isinstance(base, list) else [], theirs, ours, path)
    raise ConflictError(path, theirs, ours)


def _equal(left: Any, right: Any) -> bool:
    if left is _ABSENT or right is _ABSENT:
        return left is right
    return same(left, right)


def _keys(base: dict[str, Any], theirs: dict[str, Any], ours: dict[str, Any], path: Path) -> dict[str, Any]:
    found = {}
    for key in _order(list(base), list(theirs), list(ours)):
        values = [side.get(key, _ABSENT) for side in (base, theirs, ours)]
        value = merged(values[0], values[1], values[2], (*path, key))
        if value is not _ABSENT:
            found[key] = value
    return found


def _items(base: list[Any], theirs: list[Any], ours: list[Any], path: Path) -> list[Any]:
    """Merge lists as sets of entries; a pair of claims is one entry, however it was decided."""
    name = _name_of_pair if path[-1:] == ("correspondences",) else _name
    sides = [_by_name(side, name) for side in (base, theirs, ours)]
    places = {key: n for n, key in enumerate(sides[1])}
    found = []
    for key in _order(*map(list, sides)):
        values = [side.get(key, _ABSENT) for side in sides]
        if values[0] is _ABSENT and (settled := _decided(*values[1:])) is not None:
            found.append(settled)
            continue
        try:
            value = merged(values[0], values[1], values[2], (*path, places.get(key, 0)))
        except ConflictError:
            value = _decided(*values[1:])
            if value is None:
                raise
        if value is not _ABSENT:
            found.append(value)
    if name is _name:
        _refuse_rival_changes(sides[0], sides[1], sides[2], path)
    return found


def _by_name(items: list[Any], name: Callable[[Any], str]) -> dict[str, Any]:
    times: Counter[str] = Counter()
    found: dict[str, Any] = {}
    for item in items:
        key = name(item)
        found[f"{key} {times[key]}"] = item
        times[key] += 1
    return found


def _name(item: Any) -> str:
    return json.dumps(item)


def _name_of_pair(item: Any) -> str:
    return json.dumps([item.get("before"), item.get("after")] if isinstance(item, dict) else item)


def _decided(theirs: Any, ours: Any) -> Any:
    """Return the pair that a person decided, if the other one is a suggestion; `None` if that settles nothing."""

    def is_open(pair: Any) -> bool:
        return pair is _ABSENT or (isinstance(pair, dict) and pair.get("status") == "suggested")

    if is_open(theirs) == is_open(ours):
        return None
    return theirs if is_open(ours) else ours


def _refuse_rival_changes(base: dict[str, Any], theirs: dict[str, Any], ours: dict[str, Any], path: Path) -> None:
    """Refuse two changes of one entry of a list, each of which looks like one entry less and another one more."""
    gone = {_likeness(item) for key, item in base.items() if key not in theirs and key not in ours} - {None}
    come = [
        {_likeness(item): (key, item) for key, item in reversed(side.items()) if key not in base}
        for side in (theirs, ours)
    ]
    for like in gone & come[0].keys() & come[1].keys():
        (key, item), (_, other) = come[0][like], come[1][like]
        if not same(item, other):
            raise ConflictError((*path, list(theirs).index(key)), item, other)


def _likeness(item: Any) -> str | None:
    """Return what an entry keeps when it is edited: the first field of a relation, such as its target."""
    return json.dumps(next(iter(item.items()))) if isinstance(item, dict) and item else None


def _order(base: list[str], theirs: list[str], ours: list[str]) -> list[str]:
    """Return all keys in the order of the side that changed it; the other side's own follow their neighbours."""
    old = set(base)
    common = [key for key in theirs if key in old]
    kept = set(common)
    moved = common != [key for key in base if key in kept]
    first, second = (theirs, ours) if moved else (ours, theirs)
    known = set(first)
    following: dict[str | None, list[str]] = {}
    before = None
    for key in second:
        if key in known:
            before = key
        else:
            following.setdefault(before, []).append(key)
    return [key for at in (None, *first) for key in ((at,) if at is not None else ()) + tuple(following.get(at, ()))]
