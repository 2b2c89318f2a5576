"""The terms of Web Annotations, and how to look into their JSON; see `argmap.formats.web_annotation`."""

from __future__ import annotations

import re
from typing import Any

from argmap.formats.common.relation_words import relation_word
from argmap.model import RelationType

NAME = "web-annotation"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
URN = "urn:argmap:"
"""What the IRIs of our own annotations begin with."""

OWN_TERMS = f"{URN}terms#"
"""What our own terms begin with: not as our IRIs do, which a processor would then shorten to `argmap:…`."""

OURS = ("claim", "hypothesis", "map", "relation", "source")
"""Terms of our own, written `argmap:map` and so on; their values are JSON."""

WHOLE = ("id", "thesis", "codebook", "sources", "speakers", "issues", "note", "extra")
"""What of a map no annotation says."""

PLAIN = {"format": "text/plain", "purpose": "describing"}
"""What is said of the body that is a claim's text."""

_REFERENCE = re.compile(r"[^\s<>\"{}|\\^`]+")
_TAGS = re.compile(r"<[/!?]?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
_LABELS = {"bookmarking", "classifying", "identifying", "linking", "moderating", "tagging"}
"""Motivations and purposes of what is said about an annotation, or by it without words of its own (§3.3.5)."""


def as_many(value: Any) -> list[Any]:
    """One thing where a list is allowed."""
    return value if isinstance(value, list) else [] if value is None else [value]


def is_a(value: Any, *types: str) -> bool:
    """Whether a node has one of some types."""
    return isinstance(value, dict) and any(type_ in types for type_ in as_many(value.get("type", value.get("@type"))))


def is_reference(value: Any) -> bool:
    """Whether a value can stand where an IRI is wanted, whole or relative."""
    return isinstance(value, str) and _REFERENCE.fullmatch(value) is not None


def iri_of(value: Any) -> str:
    """The IRI of a node, or that is one; empty when there is none."""
    if isinstance(value, dict):
        value = value.get("id", value.get("@id"))
    return value if isinstance(value, str) else ""


def end_of(value: Any) -> str:
    """The IRI that a body or target stands for as a whole: its own, or that of the source it takes nothing out of."""
    if isinstance(value, dict) and not iri_of(value) and "selector" not in value:
        return iri_of(value.get("source"))
    return iri_of(value)


def last_word(iri: str) -> str:
    """The last part of an IRI, which people read as a name."""
    return re.split(r"[/#:?]", iri.rstrip("/#"))[-1]


def motivations(item: dict[str, Any]) -> list[str]:
    """Why an annotation was made, without the prefixes."""
    return [last_word(iri_of(value)) for value in as_many(item.get("motivation"))]


def said_by(body: Any, item: dict[str, Any]) -> str | None:
    """The words of a body, when the annotation says them: not a tag, a class, or the name of a link.

    A body without a purpose has the annotation's motivation.
    """
    if isinstance(body, str):
        return None if is_reference(body) else body
    value = body.get("value") if isinstance(body, dict) else None
    if not isinstance(value, str):
        return None
    purposes = [last_word(iri_of(purpose)) for purpose in as_many(body.get("purpose"))] or motivations(item)
    return None if purposes and set(purposes) <= _LABELS else value


def is_html(body: Any) -> bool:
    """Whether a body's words are marked up."""
    return isinstance(body, dict) and "text/html" in as_many(body.get("format"))


def without_tags(markup: str) -> str:
    """The words of HTML.

    >>> without_tags("<p>It <b>rusts</b> &amp; shakes.</p>")
    'It rusts & shakes.'
    """
    import html

    breaks = re.sub(r"<(?:br|/p|/div|/li)\b[^<>]*>", "\n", markup, flags=re.IGNORECASE)
    return html.unescape(_TAGS.sub("", breaks)).strip()


def named_relation(item: dict[str, Any]) -> tuple[RelationType | None, Any]:
    """The relation that a label or the motivation of an annotation names, and the label."""
    for body in as_many(item.get("body")):
        value = body.get("value") if isinstance(body, dict) else None
        if isinstance(value, str) and (type_ := relation_word(value)):
            return type_, body
    return next((type_ for word in motivations(item) if (type_ := relation_word(word))), None), None


def label_of(type_: RelationType) -> dict[str, str]:
    """The body that names a relation, as it is written."""
    return {"type": "TextualBody", "value": type_, "format": "text/plain", "purpose": "classifying"}


def innermost_quote(selector: Any) -> dict[str, Any] | None:
    """The words that a selector leads to, through all that refine it (§4.2.9)."""
    found = None
    for _ in range(20):
        if not isinstance(selector, dict):
            break
        exact = selector.get("exact")
        if is_a(selector, "TextQuoteSelector") and isinstance(exact, str) and exact:
            found = selector
        selector = selector.get("refinedBy")
    return found


def is_plain(selector: Any, *keys: str) -> bool:
    """Whether a selector says no more than its type and these."""
    return isinstance(selector, dict) and selector.keys() <= {"type", "@type", *keys}
