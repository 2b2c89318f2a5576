"""Turn a value into the plain data of its file, without defaults, in the order in which people write it.

Data of other files are left out: a text that has a `path`, the issues of a `codebook`.
"""

from __future__ import annotations

import math
from typing import Any

from argmap.findings import ArgmapError
from argmap.model import RELATION_TYPES, Alignment, Codebook, Map
from argmap.store.yaml_reader import MAX_DEPTH

_RELATION_ORDER = (*RELATION_TYPES, "by", "scheme", "questions", "cue", "status", "id", "note", "extra")


def to_data(value: Map | Codebook | Alignment) -> dict[str, Any]:
    """Return the plain data (dict, list, str, int, float, bool, None) of a value's file.

    Raises
    ------
    ArgmapError
        When an `extra` holds a value that no file can hold: infinite numbers, half characters, endless nesting.
    """
    data: dict[str, Any] = value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if isinstance(value, Map):
        data = {"argmap": value.argmap, **data}
        if value.thesis == () and "none" not in value.claims:
            data["thesis"] = "none"
        for source_id, source in data.get("sources", {}).items():
            if value.sources[source_id].path is not None:
                source.pop("text", None)
            for passage in (*source.get("excluded", ()), *source.get("non_argumentative", ())):
                _drop_empty(passage)
            _drop_empty(source)
        for claim in data.get("claims", {}).values():
            _drop_empty(claim)
        if value.codebook is not None:
            data.pop("issues", None)
        if "relations" in data:
            data["relations"] = [{key: r[key] for key in _RELATION_ORDER if key in r} for r in data["relations"]]
    else:
        version = "argmap-codebook" if isinstance(value, Codebook) else "argmap-alignment"
        data = {version: value.version, **data}
    for issue in data.get("issues", {}).values():
        if "scale" in issue:
            scale = issue["scale"].items()
            issue["scale"] = {key: step["label"] if list(step) == ["label"] else step for key, step in scale}
    _check(data, 0)
    return data


def same(left: Any, right: Any) -> bool:
    """Tell whether two values read the same: the order of ids counts, and 1 is not `true`."""
    if isinstance(left, dict) and isinstance(right, dict):
        return list(left) == list(right) and all(same(value, right[key]) for key, value in left.items())
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return type(left) is type(right) and bool(left == right)


def _drop_empty(data: dict[str, Any]) -> None:
    """Remove empty quotes: pydantic does not exclude the default of a field with its own serializer."""
    for key in ("quote", "from", "to", "dated_by"):
        if key in data and data[key] in (None, []):
            del data[key]


def _check(data: Any, depth: int) -> None:
    """Refuse data that could be written but not read again."""
    if depth > MAX_DEPTH:
        raise ArgmapError(f"this cannot be written: it is nested more than {MAX_DEPTH} levels deep.")
    if isinstance(data, dict):
        for key, value in data.items():
            _check(key, depth)
            _check(value, depth + 1)
    elif isinstance(data, list):
        for value in data:
            _check(value, depth + 1)
    elif isinstance(data, float) and not math.isfinite(data):
        raise ArgmapError(f"this cannot be written: {data} is not a number that a file can hold.")
    elif isinstance(data, int) and abs(data) >= 10**300:
        raise ArgmapError("this cannot be written: it holds a number of more than 300 digits.")
    elif isinstance(data, str) and not data.isascii():
        try:
            data.encode("utf-8")
        except UnicodeEncodeError as error:
            raise ArgmapError(f"this cannot be written: {error.reason} ({data[error.start]!r}).") from None
