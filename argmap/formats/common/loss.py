"""Compute what a format can hold of a map, and what it loses.

A format declares what it `carries` by the names in `FEATURES`. Each feature can count itself in a map and take itself
out, and everything else follows from that:

    carried = without(map_, format.carries)       the map as the format can hold it
    loss    = count(map_) - count(carried)        "3 positions, 12 quotes not carried by sadface"
    test    : read(write(map_)) == carried        for every format, in one test

So a declaration that claims too much fails the round trip, and one that claims too little fails it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from argmap.formats.common.map_features import BY_NAME, FEATURES, extra_names, strip_extra
from argmap.model import FrozenDict, Map

_MOST_NAMED = 5
"""Sorts of extra values that a message names."""


@dataclass(frozen=True, slots=True)
class Loss:
    """The features that a format did not carry, with their numbers."""

    format: str
    lost: Mapping[str, int]
    extra: frozenset[str] = frozenset()
    """The lost extra values, each with the format that it came from: `argdown tags`."""

    def __bool__(self) -> bool:
        return bool(self.lost)

    def __str__(self) -> str:
        parts = [BY_NAME[name].counted(n) + (self._named() if name == "extra" else "") for name, n in self.lost.items()]
        return f"{', '.join(parts) or 'nothing'} not carried by {self.format}"

    def _named(self) -> str:
        names = sorted(self.extra)
        more = ["…"] if len(names) > _MOST_NAMED else []
        return f" ({', '.join([*names[:_MOST_NAMED], *more])})" if names else ""


def without(map_: Map, carries: Iterable[str], namespaces: Iterable[str] = ()) -> Map:
    """Return the map without the features that are not in `carries`; `extra` keeps the `namespaces` either way."""
    kept = set(carries)
    if unknown := kept - BY_NAME.keys():
        raise ValueError(f"no such feature: {', '.join(sorted(unknown))}")
    for feature in FEATURES:
        if feature.name not in kept:
            map_ = strip_extra(map_, set(namespaces)) if feature.name == "extra" else feature.strip(map_)
    return map_


def loss(name: str, map_: Map, *stages: Map) -> Loss:
    """Count what is lost of a map, stage by stage, on its way into the format of that name.

    Splitting one thing may double another (the note of a support with two premises occurs twice after splitting), and
    that must not hide a later loss. So each stage is compared with the one before. A later stage may put back what an
    earlier one took out.
    """
    lost = {}
    for feature in FEATURES:
        n = most = feature.count(map_)
        missing = 0
        for stage in stages:
            before, n = n, feature.count(stage)
            missing = max(0, missing + before - n)
        if fewer := min(most, missing):
            lost[feature.name] = fewer
    return Loss(name, lost, frozenset(extra_names(map_) - extra_names(stages[-1])))


def one_line(map_: Map, _original: Map) -> Map:
    """Return the map with texts of one line, and with the id as the text of a claim that has none."""
    claims = {c.id: c.model_copy(update={"text": " ".join(c.text.split()) or c.id}) for c in map_.claims.values()}
    return map_.model_copy(update={"claims": FrozenDict(claims)})
