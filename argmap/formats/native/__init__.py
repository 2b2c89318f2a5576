"""argmap's own YAML and JSON."""

from __future__ import annotations

import re

from argmap.formats.common.format import Content, Format, has
from argmap.formats.common.map_features import ALL


def _is_yaml(content: Content) -> bool:
    """Look for `argmap: 1` at the start of a line; not below `===`, where Argdown keeps it."""
    head = content.head
    return not head.lstrip().startswith("===") and re.search(r"^argmap:\s", head, re.MULTILINE) is not None


def _is_json(content: Content) -> bool:
    """Look for the keys of the YAML, or for the format's name."""
    from argmap.store.heads import kind_in_head

    if kind_in_head(content.head) == "map":
        return True
    data = content.data
    return has(data, argmap=int) or (has(data, format=str) and data["format"].startswith("argmap-map/"))


FORMATS = (
    Format("yaml", "argmap YAML", (".yaml", ".yml"), ALL, _is_yaml, module="map_yaml", order=0),
    Format("json", "argmap JSON", (".json",), ALL, _is_json, module="map_json", order=1),
)
