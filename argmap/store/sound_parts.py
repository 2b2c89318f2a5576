"""Read those parts of a faulty map that are sound, so that the rules find their mistakes in the same pass.

A claim with a misspelt key is left out, and so are references to it; a misquote in the next claim is still found.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from argmap.findings import ArgmapError
from argmap.model import Map
from argmap.store.documents import Document, read_data, with_surroundings
from argmap.store.locations import Places

_ENTRIES = ("sources", "speakers", "claims", "issues", "relations")
"""Fields of a map whose entries are left out one by one."""
_NEEDED = frozenset({"argmap", "id", "sources", "claims", "codebook", "issues", "speakers"})
"""Fields without which the rules would find what is not wrong."""


@dataclass(frozen=True, slots=True)
class SoundPart:
    """A map without its faulty entries."""

    document: Document[Map]
    left_out: frozenset[str]
    """Ids of entries, and top-level keys, that are left out."""
    lacks_a_key: bool
    """True if a top-level key is left out, which may have been meant for another."""


def sound_part(path: str | os.PathLike[str], text: str) -> SoundPart | None:
    """Return the sound part of a map; None if the whole is too broken, or not a map."""
    try:
        reading = read_data(text, os.fspath(path))
    except ArgmapError:
        return None
    if not isinstance(reading.data, dict) or "argmap" not in reading.data or reading.removed & _NEEDED:
        return None
    data = {key: value for key, value in reading.data.items() if value is not None}
    left_out = set(reading.removed)
    order: dict[str, list[int]] = {"relations": list(range(len(data.get("relations") or ())))}
    for _ in range(3):
        try:
            value = Map.model_validate(data)
        except ValidationError as error:
            if not _drop(data, error, left_out, order):
                return None
            continue
        places = Places(os.fspath(path), reading.places.nodes, order)
        document = Document(value, os.fspath(path), text, places)
        lacks_a_key = len(data) < len([each for each in reading.data.values() if each is not None])
        return SoundPart(with_surroundings(document), frozenset(left_out), lacks_a_key or "thesis" in left_out)
    return None


def _drop(data: dict[str, Any], error: ValidationError, left_out: set[str], order: dict[str, list[int]]) -> bool:
    """Drop the entries that an error is about; return False if it is about the map as a whole."""
    entries: dict[str, set[str | int]] = {}
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        field, *rest = detail["loc"] or ("",)
        if field in _ENTRIES and rest and isinstance(data.get(str(field)), dict | list):
            entries.setdefault(str(field), set()).add(rest[0])
        elif field in _NEEDED or field not in data:
            return False
        else:
            del data[str(field)]
            left_out.add(str(field))
    for field, names in entries.items():
        held = data[field]
        if isinstance(held, Mapping):
            left_out |= {str(name) for name in names}
            data[field] = {key: value for key, value in held.items() if key not in names}
        else:
            left_out |= {
                str(held[n]["id"])
                for n in names
                if isinstance(n, int) and isinstance(held[n], dict) and "id" in held[n]
            }
            order[field] = [n for k, n in enumerate(order[field]) if k not in names]
            data[field] = [value for k, value in enumerate(held) if k not in names]
    return True
