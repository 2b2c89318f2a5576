"""Make a map of texts with labelled spans and relations between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from argmap.anchor.quoter import Quoter
from argmap.findings import brief
from argmap.formats.brat.vocabulary import is_major
from argmap.formats.common.format import Reading
from argmap.formats.common.reader_support import Ids, Irregular, as_word, drop_empty, map_id, validated
from argmap.formats.common.relation_words import is_passive, relation_word

Span = tuple[int, int]


@dataclass(slots=True)
class Text:
    """One text of a file: its spans with labels, and relations as label, source and target."""

    text: str
    line: int
    name: str = ""
    spans: dict[tuple[Span, str | None], None] = field(default_factory=dict)
    """Spans with their labels; one place may have several."""
    relations: list[tuple[str, Span, Span]] = field(default_factory=list)


def reading(texts: Sequence[Text], namespace: str, suffixes: Sequence[str], irregular: Irregular) -> Reading:
    """Make a map with a source for each text, a claim for each span, and its label under `extra`."""
    names, ids, claims, relations = Ids(), Ids(), dict[str, Any](), list[dict[str, Any]]()
    sources: dict[str, Any] = {}
    thesis: list[str] = []
    for text in texts:
        source = names.new(as_word(text.name or "text"))
        sources[source] = {"text": text.text}
        quoter, word = Quoter(text.text), dict[Span, str]()
        for span, label in text.spans:
            quote = (
                quoter.trimmed(*span, source if len(texts) > 1 else None)
                if 0 <= span[0] < span[1] <= len(text.text)
                else None
            )
            if quote is None:
                message = (
                    f"the span {span[0]}–{span[1]} has no words in a text of {len(text.text)} characters: left out."
                )
                irregular.add("span-outside", message, line=text.line)
                continue
            claim_id = ids.new(f"T{len(claims) + 1}")
            word.setdefault(span, claim_id)
            kept = drop_empty({"label": label})
            claims[claim_id] = {
                "text": " ".join(quote.exact.split()),
                "quotes": [quote],
                "extra": {namespace: kept} if kept else {},
            }
            if label and is_major(label):
                thesis.append(claim_id)
        for label, *ends in text.relations:
            type_, (first, second) = relation_word(label), reversed(ends) if is_passive(label) else ends
            if type_ is None or first not in word or second not in word:
                why = "is not a relation known here" if type_ is None else "does not tie spans of the text"
                irregular.add("unknown-type", f"{brief(label)!r} {why}: left out.", line=text.line)
                continue
            relations.append({type_: word[second], "by": [word[first]]})
    fields = {"sources": sources, "claims": claims, "relations": relations, "thesis": thesis or None}
    return Reading(validated({"id": map_id(irregular.file, suffixes), **fields}, irregular.file), irregular.findings)
