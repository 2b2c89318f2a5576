"""The ways in which a file holds annotations: one, a list, a page, a collection, a graph, an export.

Only annotations become claims. What a collection or a page says of itself, and the contexts that give its words
their meaning, are kept; what it says is elsewhere is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from argmap.formats.common.reader_support import as_dict, drop_empty
from argmap.formats.web_annotation import hypothesis as hypothesis
from argmap.formats.web_annotation.vocabulary import CONTEXT, URN, as_many, iri_of, is_a

if TYPE_CHECKING:
    from argmap.formats.common.reader_support import Irregular

_CONTEXTS = (CONTEXT, CONTEXT.replace("http:", "https:"))
_OF_COLLECTION = {"@context", "type", "@type", "total", "first", "items", "argmap:map"}
_OF_PAGE = {"@context", "type", "@type", "items"}


@dataclass(slots=True)
class Container:
    """The annotations of a file, and what is told with them."""

    items: Iterator[dict[str, Any]]
    whole: dict[str, Any] = field(default_factory=dict)
    """What argmap wrote of the map beside its annotations."""
    title: str | None = None
    kept: dict[str, Any] = field(default_factory=dict)
    """What is said of the collection and its page, and the contexts, by `collection`, `page`, `context`."""


def contained(data: Any, irregular: Irregular) -> Container | None:
    """What a document holds; `None` when it holds no annotations and is no collection of them."""
    if rows := hypothesis.rows_of(data):
        return Container(map(hypothesis.annotation, rows))
    if isinstance(data, list):
        return _of_items(data, irregular) if data else None
    if not isinstance(data, dict):
        return None
    context = {"context": [value for value in as_many(data.get("@context")) if not _is_known(value)]}
    if isinstance(data.get("@graph"), list):
        held = _of_items(data["@graph"], irregular)
    elif is_a(data, "AnnotationCollection") or is_a(data.get("first"), "AnnotationPage"):
        held = _of_collection(data, irregular)
    elif is_a(data, "AnnotationPage") or isinstance(data.get("items"), list):
        held = _of_page(data, irregular)
    else:
        alone = {key: value for key, value in data.items() if key != "@context"}
        held = Container(iter([alone])) if _is_annotation(data) else None
    if held is not None:
        held.kept = drop_empty({**held.kept, **context})
    return held


def _of_items(items: list[Any], irregular: Irregular) -> Container | None:
    """The annotations among some items; each says its own context where that is not the standard's."""
    found = [_alone(item) for item in items if _is_annotation(item)]
    if others := len(items) - len(found):
        where = next((iri for item in items if not _is_annotation(item) and (iri := iri_of(item))), None)
        message = f"{others} of {len(items)} items are no annotations, or only their addresses: left out."
        irregular.add("missing-text", message, (where,) if where else ())
    return Container(iter(found)) if found or not items else None


def _of_page(page: dict[str, Any], irregular: Irregular) -> Container | None:
    held = _of_items(as_many(page.get("items")), irregular)
    if held is None or (not page.get("items") and not is_a(page, "AnnotationPage")):
        return None
    said = {key: value for key, value in page.items() if key not in _OF_PAGE and (key, value) != ("startIndex", 0)}
    if isinstance(page.get("label"), str):
        held.title = page["label"]
        del said["label"]
    for key in ("prev", "next"):
        if page.get(key):
            message = f"the annotations of another page, {iri_of(page[key]) or key}, are not in this file."
            irregular.add("missing-text", message, hint="Read that page as well.")
    held.kept = drop_empty({"page": said})
    return held


def _of_collection(data: dict[str, Any], irregular: Irregular) -> Container | None:
    """A collection with its first page, or whose items stand in it directly."""
    whole = as_dict(data.get("argmap:map"))
    first = data.get("first") if "first" in data else {"items": data.get("items", [])}
    if not isinstance(first, dict) or ("items" not in first and iri_of(first)):
        message = f"its annotations are elsewhere: they begin on the page {iri_of(first) or 'that it does not name'}."
        irregular.add("missing-text", message, hint="Read that page.")
        first = {}
    held = _of_page({"type": "AnnotationPage", **first}, irregular) or Container(iter(()))
    base = f"{URN}{whole.get('id')}"
    page = {key: value for key, value in held.kept.get("page", {}).items() if (key, value) not in _ours(base)}
    said = {key: value for key, value in data.items() if key not in _OF_COLLECTION and (key, value) not in _ours(base)}
    if not first and data.get("first"):
        said["first"] = data["first"]
    if isinstance(data.get("label"), str):
        held.title = data["label"]
        del said["label"]
    total = data.get("total")
    there = len(as_many(first.get("items")))
    if first and isinstance(total, int) and total > there:
        message = f"the collection has {total} annotations, and {there} of them are here."
        irregular.add("missing-text", message, hint="Read its other pages as well.")
    held.whole = whole
    held.kept = drop_empty({"page": page, "collection": said})
    return held


def _ours(base: str) -> tuple[tuple[str, str], ...]:
    """What is always written of a collection of our own and its page."""
    return (("id", base), ("id", f"{base}:page"), ("partOf", base), ("last", f"{base}:page"))


def _is_known(context: Any) -> bool:
    """Whether a context is the standard's, or the one that argmap writes beside it."""
    return context in _CONTEXTS or (isinstance(context, dict) and str(context.get("argmap")).startswith(URN))


def _is_annotation(item: Any) -> bool:
    return isinstance(item, dict) and (is_a(item, "Annotation") or "target" in item)


def _alone(item: dict[str, Any]) -> dict[str, Any]:
    """An annotation without a context that says nothing of its own."""
    if all(map(_is_known, as_many(item.get("@context")))):
        return {key: value for key, value in item.items() if key != "@context"}
    return item
