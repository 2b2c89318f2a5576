"""Our own file format, as YAML: the store reads and writes it, with places and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap import store
from argmap.formats.format import Reading

if TYPE_CHECKING:
    from argmap.formats.format import Content
    from argmap.model import Map


def read(content: Content) -> Reading:
    """The map; sources and codebook beside a file are filled in."""
    document = store.open_map(content.path) if content.path else store.parse_map(content.text, content.name)
    return Reading(document.value, tuple(document.findings))


def write(m: Map) -> str:
    """The map as a new file."""
    return store.dumps(m, "yaml")
