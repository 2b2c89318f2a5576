"""What is kept of a graph beyond the words of a map, and how: for what reads graphs and what writes them.

{"label": "It rusts.", "Degree": 3, "x": 120.5}   →   extra: {"gexf": {"Degree": 3}}        the label is the claim's text
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Set
from typing import Any

from argmap.formats.common.attribute_codec import decode
from argmap.formats.common.reader_support import as_dict, own

COLOURS = {"support": "#009E73", "attack": "#D55E00", "rephrase": "#999999"}
"""The colour of each relation, where a format says how things look (Okabe & Ito 2008)."""
SHOWN = ("text", "label", "name", "content", "statement", "claim", "sentence", "shared name")
"""Where a node may have its words, the best place first."""
LOOKS = {"x", "y", "vx", "vy", "fx", "fy", "viz", "color", "size"}
"""Attributes that say how something is drawn, and are not kept."""


def beyond(data: Mapping[str, Any], known: Set[str], format: str, *, ours: bool) -> dict[str, Any]:
    """What an element says beyond a map's words, by format; `ours` is one of a file that was written from a map."""
    extra = as_dict(decode(data.get("extra"))) if ours else {}
    more = {key: _scalar(value) for key, value in data.items() if key not in known and key not in LOOKS}
    if more:
        extra[format] = {**own(extra, format), **more}
    return extra


def number(value: Any, otherwise: int) -> int:
    """A whole number, or another value in its place."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value % 1:
        return otherwise
    return int(value)


def _scalar(value: Any) -> Any:
    """An attribute as JSON holds it."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, bool | int | float | str) else json.loads(json.dumps(value, default=str))
