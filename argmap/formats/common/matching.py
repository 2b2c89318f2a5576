"""Small questions about JSON, for the `matches` of formats: half of the field writes `nodes` and `edges`.

A `matches` gets a `Content`, whose JSON is parsed once for all formats, and answers without raising.
"""

from __future__ import annotations

from typing import Any


def has(value: Any, **types: type | tuple[type, ...]) -> bool:
    """Tell whether `value` is an object with these keys, each of its type."""
    return isinstance(value, dict) and all(isinstance(value.get(key), type_) for key, type_ in types.items())


def some(value: Any, key: str) -> Any:
    """Return the first object of the list or object under `key`; `None` without one."""
    inner = value.get(key) if isinstance(value, dict) else None
    items = inner.values() if isinstance(inner, dict) else inner if isinstance(inner, list) else ()
    return next((item for item in items if isinstance(item, dict)), None)
