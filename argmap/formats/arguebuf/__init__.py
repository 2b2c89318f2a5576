"""arguebuf JSON."""

from __future__ import annotations

from argmap.formats.common.format import Content, Format, has, some
from argmap.formats.common.map_features import ALL


def _matches(content: Content) -> bool:
    """Look for atoms and schemes by their ids."""
    data = content.data
    node = some(data, "nodes")
    if node is not None:
        return has(data, nodes=dict) and ("atom" in node or "scheme" in node)
    return has(data, schemaVersion=int)


FORMAT = Format(
    "arguebuf",
    "arguebuf JSON",
    (".json", ".arguebuf.json"),
    ALL - {"relations as premises"},
    _matches,
    module="reader",
)
