"""Read and write argmap's own YAML files. Described in yaml.md."""

from __future__ import annotations

from argmap import store
from argmap.formats.common.format import Content, Reading
from argmap.model import Map


def read(content: Content) -> Reading:
    """Read the map, with the sources and the codebook beside the file."""
    text = content.text
    document = store.open_map(content.path, text) if content.path else store.parse_map(text, content.name)
    return Reading(document.value, tuple(document.findings))


def write(map_: Map) -> str:
    """Write the map as a new file."""
    return store.dumps(map_, "yaml")
