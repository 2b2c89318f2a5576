"""W3C Web Annotation in JSON-LD."""

from __future__ import annotations

from argmap.formats.common.format import Content, Format, has
from argmap.formats.common.map_features import ALL

_SIGNS = {"Annotation", "AnnotationPage", "AnnotationCollection"}
_SIGNS |= {"http://www.w3.org/ns/anno.jsonld", "https://www.w3.org/ns/anno.jsonld"}


def _matches(content: Content) -> bool:
    """Look for the types or the context of the standard, or for rows of an export of Hypothesis."""
    data = content.data
    if isinstance(data, dict):
        rows = next((data[key] for key in ("rows", "annotations", "replies") if isinstance(data.get(key), list)), None)
        if rows and has(rows[0], uri=str) and "body" not in rows[0]:
            return True
        data = data.get("@graph", data)
    first = data[0] if isinstance(data, list) and data else data
    if not isinstance(first, dict) or {"nodes", "claims"} & first.keys():
        return False
    if has(first, uri=str, target=list, user=str):
        return True
    values = (first.get("@context"), first.get("type", first.get("@type")))
    said = (item for value in values for item in (value if isinstance(value, list) else [value]))
    return any(isinstance(item, str) and item in _SIGNS for item in said)


FORMAT = Format(
    "web-annotation", "W3C Web Annotation", (".jsonld", ".annotations.json"), ALL, _matches, module="reader"
)
