"""The terms of Web Annotations, and functions that look into their JSON."""

from __future__ import annotations

import re
from typing import Any

from argmap.formats.aif.highlights import strip
from argmap.formats.common.relation_words import relation_word
from argmap.model import RelationType

NAME = "web-annotation"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
URN = "urn:argmap:"
"""Start of the IRIs of argmap's own annotations."""
OWN_TERMS = f"{URN}terms#"
"""Start of argmap's own terms; unlike that of its IRIs, which a processor would then shorten to `argmap:…`."""
TERMS = ("claim", "hypothesis", "map", "relation", "source")
"""Terms of argmap's own, written `argmap:map` and so on; their values are JSON."""
WHOLE = ("id", "thesis", "codebook", "sources", "speakers", "issues", "drafted_by", "note", "extra")
"""Fields of a map that no annotation says."""
PLAIN = {"format": "text/plain", "purpose": "describing"}
"""Properties of the body that is a claim's text."""

_REFERENCE = re.compile(r"[^\s<>\"{}|\\^`]+")
_LABELS = {"bookmarking", "classifying", "identifying", "linking", "moderating", "tagging"}
"""Motivations and purposes of bodies that name or link, and say nothing in words of their own (§3.3.5)."""


def as_many(value: Any) -> list[Any]:
    """Return a list, also where one thing stands in its place."""
    return value if isinstance(value, list) else [] if value is None else [value]


def is_a(value: Any, *types: str) -> bool:
    """Return whether a node has one of some types."""
    return isinstance(value, dict) and any(type_ in types for type_ in as_many(value.get("type", value.get("@type"))))


def is_reference(value: Any) -> bool:
    """Return whether a value can stand where an IRI is wanted, whole or relative."""
    return isinstance(value, str) and _REFERENCE.fullmatch(value) is not None


def iri_of(value: Any) -> str:
    """Return the IRI of a node, or the value that is one; empty when there is none."""
    if isinstance(value, dict):
        value = value.get("id", value.get("@id"))
    return value if isinstance(value, str) else ""


def end_of(value: Any) -> str:
    """Return the IRI that a body or target stands for as a whole: its own, or that of its source if it selects nothing."""
    if isinstance(value, dict) and not iri_of(value) and "selector" not in value:
        return iri_of(value.get("source"))
    return iri_of(value)


def last_word(iri: str) -> str:
    """Return the last part of an IRI, which people read as a name."""
    return re.split(r"[/#:?]", iri.rstrip("/#"))[-1]


def motivations(item: dict[str, Any], key: str = "motivation") -> list[str]:
    """Return why an annotation was made, or the purpose of a body, without prefixes."""
    return [last_word(iri_of(value)) for value in as_many(item.get(key))]


def said_by(body: Any, item: dict[str, Any]) -> str | None:
    """Return the words of a body, unless it is a tag, a class, or the name of a link.

    A body without a purpose has the annotation's motivation.
    """
    if isinstance(body, str):
        return None if is_reference(body) else body
    value = body.get("value") if isinstance(body, dict) else None
    if not isinstance(value, str):
        return None
    if (purposes := motivations(body, "purpose") or motivations(item)) and set(purposes) <= _LABELS:
        return None
    return strip(value)[0].strip() if "text/html" in as_many(body.get("format")) else value


def speaking_body(item: dict[str, Any]) -> tuple[Any, str | None]:
    """Return the body that says what an annotation says, and its words; of a choice, the first is the default (§3.2.7)."""
    if isinstance(item.get("bodyValue"), str):
        return None, item["bodyValue"]
    bodies = as_many(item.get("body"))
    choices = ((body, choice) for body in bodies if is_a(body, "Choice") for choice in as_many(body.get("items"))[:1])
    spoken = ((whole, said_by(body, item)) for whole, body in (*((body, body) for body in bodies), *choices))
    return next(((body, words) for body, words in spoken if words and words.strip()), (None, None))


def text_of(item: dict[str, Any], quoted: list[str]) -> tuple[str, bool]:
    """Return the text of an annotation's claim, and whether it is more than an address.

    It is what a body says, or else the words that are quoted, a tag, or the address of a body or target.
    """
    bodies = as_many(item.get("body"))
    labels = (body["value"] for body in bodies if isinstance(body, dict) and isinstance(body.get("value"), str))
    text = speaking_body(item)[1] or " … ".join(quoted) or next((label for label in labels if label.strip()), None)
    if text is not None:
        return text, True
    return next(filter(None, (end_of(end) for end in (*bodies, *as_many(item.get("target"))))), ""), False


def named_relation(item: dict[str, Any]) -> RelationType | None:
    """Return the relation that a label or the motivation of an annotation names."""
    values = (body.get("value") for body in as_many(item.get("body")) if isinstance(body, dict))
    words = (*(value for value in values if isinstance(value, str)), *motivations(item))
    return next((type_ for word in words if (type_ := relation_word(word))), None)


def label_of(type_: RelationType) -> dict[str, str]:
    """Return the body that names a relation, as it is written."""
    return {"type": "TextualBody", "value": type_, "format": "text/plain", "purpose": "classifying"}
