"""Find the annotations of a file: one, a list, a page, a collection, a graph, or an export of Hypothesis."""

from __future__ import annotations

from typing import Any, NamedTuple

from argmap.formats.common.reader_support import Irregular, as_dict, drop_empty
from argmap.formats.web_annotation import hypothesis
from argmap.formats.web_annotation.vocabulary import CONTEXT, URN, as_many, iri_of, is_a

_CONTEXTS = (CONTEXT, CONTEXT.replace("http:", "https:"))
_FORM = ("type", "@type", "@context", "@graph", "total", "first", "last", "items", "argmap:map")
_FORM_OF_PAGES = (*_FORM, "id", "@id", "partOf", "startIndex", "prev", "next")


class Container(NamedTuple):
    """The annotations of a file, what argmap wrote of the map beside them, and what is kept of the collection."""

    items: list[dict[str, Any]]
    whole: dict[str, Any]
    kept: dict[str, Any]


def contained(data: Any, irregular: Irregular) -> Container | None:
    """Return what a document holds; `None` when that is neither annotations nor a collection of them."""
    if rows := hypothesis.rows_of(data):
        return Container([hypothesis.annotation(row) for row in rows], {}, {})
    if isinstance(data, list):
        return Container(_annotations(data, irregular), {}, {}) if any(map(_is_annotation, data)) else None
    if not isinstance(data, dict):
        return None
    context = [value for value in as_many(data.get("@context")) if not _is_known(value)]
    if _is_annotation(data):
        return Container([_without_context(data)], {}, drop_empty({"context": context}))
    first = data.get("first")
    page = first if isinstance(first, dict) else data
    listed = page.get("items", data.get("@graph"))
    is_collection = is_a(data, "AnnotationCollection", "AnnotationPage") or is_a(first, "AnnotationPage")
    if not is_collection and not (isinstance(listed, list) and any(map(_is_annotation, listed))):
        return None
    items = as_many(listed)
    _note_elsewhere(data, page, items, irregular)
    whole = as_dict(data.get("argmap:map"))
    said = {key: value for key, value in page.items() if key not in _FORM_OF_PAGES}
    said |= {key: value for key, value in data.items() if key not in (_FORM_OF_PAGES if page is data else _FORM)}
    if said.get("id") == f"{URN}{whole.get('id')}":
        del said["id"]
    return Container(_annotations(items, irregular), whole, drop_empty({"collection": said, "context": context}))


def _note_elsewhere(data: dict[str, Any], page: dict[str, Any], items: list[Any], irregular: Irregular) -> None:
    """Note annotations that are on other pages; no address is ever fetched."""
    first, total = data.get("first"), data.get("total")
    others = [iri_of(page[key]) or key for key in ("prev", "next") if page.get(key)]
    if first and not isinstance(first, dict):
        others = [iri_of(first) or "a page that it does not name"]
    if others or (isinstance(total, int) and total > len(items)):
        where = f", on {' and '.join(others)}" if others else ""
        message = f"{len(items)} annotations are here; others are not in this file{where}: left out."
        irregular.add("missing-text", message, hint="Read the other pages as well.")


def _annotations(items: list[Any], irregular: Irregular) -> list[dict[str, Any]]:
    """Return the annotations among some items; each has its own context only where that is not the standard's."""
    if others := [item for item in items if not _is_annotation(item)]:
        where = next((iri for item in others if (iri := iri_of(item))), None)
        message = f"{len(others)} of {len(items)} items are not annotations, or only their addresses: left out."
        irregular.add("missing-text", message, (where,) if where else ())
    found = filter(_is_annotation, items)
    return [_without_context(each) if all(map(_is_known, as_many(each.get("@context")))) else each for each in found]


def _without_context(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != "@context"}


def _is_known(context: Any) -> bool:
    """Return whether a context is the standard's, or the one that argmap writes beside it."""
    return context in _CONTEXTS or (isinstance(context, dict) and str(context.get("argmap")).startswith(URN))


def _is_annotation(item: Any) -> bool:
    return isinstance(item, dict) and (is_a(item, "Annotation") or "target" in item)
