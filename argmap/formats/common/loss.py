"""What a format can hold of a map, and what is lost on the way into it.

A format declares what it `carries` by the names in `FEATURES`. Each feature knows how to count itself in a
map and how to take itself out, and everything else follows from that:

    carried = without(m, format.carries)       the map as the format can hold it
    loss    = count(m) - count(carried)        "3 positions, 12 quotes not carried by sadface"
    test    : read(write(m)) == carried        for every format, in one test

So a declaration that claims too much fails the round trip, and one that claims too little fails it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from argmap.formats.common.map_features import BY_NAME, FEATURES, extra_names, strip_extra
from argmap.model import Map


@dataclass(frozen=True, slots=True)
class Loss:
    """What a format did not carry: how many of each feature."""

    format: str
    lost: Mapping[str, int]
    extra: frozenset[str] = frozenset()
    """What the lost extra values were, by the format that they came from: `argdown tags`."""

    def __bool__(self) -> bool:
        return bool(self.lost)

    def __str__(self) -> str:
        parts = [BY_NAME[name].counted(n) + (self._named() if name == "extra" else "") for name, n in self.lost.items()]
        return f"{', '.join(parts) or 'nothing'} not carried by {self.format}"

    def _named(self) -> str:
        names = sorted(self.extra)
        more = ["…"] if len(names) > MOST_NAMED else []
        return f" ({', '.join([*names[:MOST_NAMED], *more])})" if names else ""


MOST_NAMED = 5
"""Sorts of extra values that a line tells of."""


def without(m: Map, carries: Iterable[str], namespaces: Iterable[str] = ()) -> Map:
    """The map with every feature taken out that is not in `carries`; `extra` keeps the `namespaces` either way."""
    kept = set(carries)
    if unknown := kept - BY_NAME.keys():
        raise ValueError(f"no such feature: {', '.join(sorted(unknown))}")
    for feature in FEATURES:
        if feature.name not in kept:
            m = strip_extra(m, set(namespaces)) if feature.name == "extra" else feature.strip(m)
    return m


def loss(format: str, m: Map, *stages: Map) -> Loss:
    """What is no longer said of what `m` says, stage by stage on its way into a format.

    Taking one thing apart may double another (a support of two premises that becomes two has its note twice), and two
    of a kind lost later must not hide behind that; so each stage is compared with the one before. A later stage may
    put back what an earlier one took out.
    """
    lost = {}
    for feature in FEATURES:
        n = most = feature.count(m)
        missing = 0
        for stage in stages:
            before, n = n, feature.count(stage)
            missing = max(0, missing + before - n)
        if fewer := min(most, missing):
            lost[feature.name] = fewer
    return Loss(format, lost, frozenset(extra_names(m) - extra_names(stages[-1])))
