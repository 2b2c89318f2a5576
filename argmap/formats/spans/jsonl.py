"""Read JSON lines of spans: a text a line, with the places of its spans in it. Described in prodigy.md."""

from __future__ import annotations

import json
from typing import Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import Irregular, as_dict, as_list, lines_of
from argmap.formats.spans.texts import Span, Text, reading


def read(content: Content) -> Reading:
    """Read the map of all texts in a file."""
    irregular = Irregular(content.name)
    texts = []
    for line, record in _records(content):
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            irregular.add("missing-text", "this line has no text: left out.", line=line)
        elif record.get("answer") in ("reject", "ignore"):
            irregular.add("rejected", f"the answer is {record['answer']}: left out.", line=line, severity="note")
        else:
            texts.append(_text(record, line, irregular))
    if not texts:
        raise ArgmapError(Finding("unreadable", "error", "no line has a text with spans.", Place(content.name)))
    return reading(texts, "prodigy", (".jsonl",), irregular)


def _records(content: Content) -> list[tuple[int, Any]]:
    if content.data is not None:  # one object or list, over any number of lines
        return [(1, record) for record in (content.data if isinstance(content.data, list) else [content.data])]
    found = []
    for n, line in enumerate(lines_of(content), 1):
        if line.strip():
            try:
                found.append((n, json.loads(line)))
            except (ValueError, RecursionError):
                raise ArgmapError(
                    Finding("unreadable", "error", "this line is not JSON.", Place(content.name, n))
                ) from None
    return found


def _text(record: dict[str, Any], line: int, irregular: Irregular) -> Text:
    meta = as_dict(record.get("meta"))
    name = next((str(each) for each in (record.get("id"), meta.get("id"), meta.get("doc_id")) if each is not None), "")
    text = Text(record["text"], line, name)
    lists: list[Any] = [record.get(key) for key in ("spans", "ents", "entities", "label", "labels")]
    lists += as_dict(record.get("spans")).values()  # spaCy's groups of spans
    named: dict[str, Span] = {}
    for item in (item for each in lists for item in as_list(each)):
        if (span := _span(item)) is None:
            irregular.add("odd-offset", "a span has no start and end: left out.", line=line)
            continue
        label = item[2] if isinstance(item, list) else item.get("label") or item.get("type")
        text.spans[span, str(label) if label else None] = None
        if isinstance(item, dict) and "id" in item:
            named[str(item["id"])] = span
    tokens = [_span(token) for token in as_list(record.get("tokens"))]
    for relation in map(as_dict, as_list(record.get("relations"))):
        ends = []
        for key, other in (("head", "from_id"), ("child", "to_id")):
            span = _span(given := as_dict(relation.get(f"{key}_span")))
            if span and all(span != each for each, _ in text.spans):
                text.spans[span, str(given["label"]) if given.get("label") else None] = None
            ends.append(span or named.get(str(relation.get(other))) or _around(relation.get(key), tokens, text))
        label = str(relation.get("label") or relation.get("type") or "")
        text.relations.append((label, ends[0] or (-1, -1), ends[1] or (-1, -1)))
    return text


def _span(item: Any) -> Span | None:
    """Return the start and the end of a span, however spelt."""
    if isinstance(item, list):
        item = dict(zip(("start", "end", "label"), item, strict=False)) if len(item) > 2 else None
    start, end = (as_dict(item).get(key, as_dict(item).get(f"{key}_offset")) for key in ("start", "end"))
    return (start, end) if type(start) is int and type(end) is int else None


def _around(token: Any, tokens: list[Span | None], text: Text) -> Span | None:
    """Return the span that a token, given by its number, is in."""
    place = tokens[token] if type(token) is int and 0 <= token < len(tokens) else None
    return next((span for span, _ in text.spans if place and span[0] <= place[0] < span[1]), None)
