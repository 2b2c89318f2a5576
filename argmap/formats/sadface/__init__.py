"""SADFace JSON."""

from __future__ import annotations

from argmap.formats.aif import CARRIES
from argmap.formats.common.format import Content, Format, has, some


def _matches(content: Content) -> bool:
    """Look for atoms and schemes, or for none at all beside `edges` and `resources`."""
    data = content.data
    node = some(data, "nodes")
    if node is not None:
        types = ("atom", "scheme", "inference", "conflict")
        return has(data, nodes=list, edges=list) and node.get("type") in types and "id" in node
    return has(data, nodes=list, edges=list, resources=list)


FORMAT = Format(
    "sadface",
    "SADFace",
    (".json", ".sadface.json", ".sadface"),
    CARRIES - {"answers", "attack schemes", "speakers"} | {"titles", "theses", "sources", "quotes"},
    _matches,
    module="reader",
)
