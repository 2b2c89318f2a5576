"""The attributes of a graph that readers and writers share.

{"label": "It rusts.", "Degree": 3, "x": 120.5}   →   extra: {"gexf": {"Degree": 3}}        the label is the claim's text
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Set
from typing import Any

from argmap.formats.common.attribute_codec import decode
from argmap.formats.common.reader_support import as_dict, own

SHOWN = ("text", "label", "name", "content", "statement", "claim", "sentence", "shared name")
"""Attributes that may hold the words of a node, the best first."""
LOOKS = {"x", "y", "vx", "vy", "fx", "fy", "viz", "color", "size"}
"""Attributes that say how something is drawn, and are not kept."""


def beyond(data: Mapping[str, Any], known: Set[str], name: str, *, is_argmap: bool) -> dict[str, Any]:
    """Return the `extra` of an element: its attributes that a map has no word for, under the name of the format.

    A graph that argmap wrote (`is_argmap`) has `extra` as an attribute, too.
    """
    extra = as_dict(decode(data.get("extra"))) if is_argmap else {}
    if more := {key: _scalar(value) for key, value in data.items() if key not in known and key not in LOOKS}:
        extra[name] = {**own(extra, name), **more}
    return extra


def number(value: Any, otherwise: int) -> int:
    """Return a whole number, or another value in its place."""
    is_whole = isinstance(value, int | float) and not isinstance(value, bool) and not value % 1
    return int(value) if is_whole else otherwise


def _scalar(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, bool | int | float | str) else json.loads(json.dumps(value, default=str))
