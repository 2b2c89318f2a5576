"""Spans as miners write them: JSON lines (Prodigy, spaCy, doccano), and BIO columns."""

from __future__ import annotations

import json
import re

from argmap.formats.common.format import Content, Format

TAG = re.compile(r"[OILBESU](?:[-_:](\S+))?")
"""O, or a letter and a label; the schemes BIO, BIOES and BILOU."""
_SPANS = ("spans", "ents", "entities", "label", "labels", "relations")


def _is_jsonl(content: Content) -> bool:
    """Look for a text and spans in the first line, or in the one object of the file."""
    line, _, more = content.text.strip().partition("\n")
    try:
        first = json.loads(line) if more and line.startswith("{") and line.rstrip().endswith("}") else content.data
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and isinstance(first.get("text"), str) and any(key in first for key in _SPANS)


def _is_bio(content: Content) -> bool:
    """Look for lines with a word and a tag in the last column, of which one begins a span."""
    rows = [line.split() for line in content.head.splitlines()[:200] if line.strip()]
    tags = [row[-1] for row in rows if len(row) > 1 and row[0] != "-DOCSTART-"]
    return len(tags) > 1 and all(map(TAG.fullmatch, tags)) and any(tag[0] in "BSUI" and tag[1:] for tag in tags)


FORMATS = (
    Format(
        "prodigy",
        "JSON lines of spans (Prodigy, spaCy, doccano)",
        (".jsonl",),
        matches=_is_jsonl,
        writes=False,
        module="jsonl",
    ),
    Format(
        "bio",
        "BIO columns (CoNLL)",
        (".bio", ".iob", ".iob2", ".conll", ".tsv"),
        matches=_is_bio,
        writes=False,
        module="bio",
        order=60,
    ),
)
