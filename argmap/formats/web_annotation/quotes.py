"""Read quotes from the targets of annotations, and the sources that these are in."""

from __future__ import annotations

from typing import Any

from argmap.formats.common.reader_support import Ids
from argmap.formats.web_annotation.vocabulary import as_many, iri_of, is_a, last_word
from argmap.model import Quote


class QuoteReader:
    """Reads quotes; `sources` are the fields of sources by their ids, and grows by those that annotations name."""

    def __init__(self, sources: dict[str, Any], base: str) -> None:
        self.sources = sources
        self.base = base
        self.source_of = {
            iri: source_id
            for source_id, fields in reversed(sources.items())
            for iri in (str(fields.get("url")), f"{base}:source:{source_id}")
        }
        self._ids = Ids(sources)

    def read(self, item: dict[str, Any]) -> list[Quote | None]:
        """Return the quote of each target of an annotation; `None` for a target that quotes nothing."""
        return [self._quote(target) if isinstance(target, dict) else None for target in as_many(item.get("target"))]

    def _quote(self, target: dict[str, Any]) -> Quote | None:
        source = self._source(target)
        for selector in as_many(target.get("selector")):
            if words := _innermost_words(selector):
                sides = {side: words[side] for side in ("prefix", "suffix") if isinstance(words.get(side), str)}
                return Quote(exact=words["exact"], source=source, **sides)
        return None

    def _source(self, target: dict[str, Any]) -> str | None:
        """Return the id of a target's source as a quote has it: `None` for the first."""
        if isinstance(target.get("argmap:source"), str):
            return str(target["argmap:source"])
        source = target.get("source")
        iri = iri_of(source)
        if not iri:
            return None
        if iri not in self.source_of:
            if iri.startswith(f"{self.base}:source:"):
                return iri.removeprefix(f"{self.base}:source:") or None
            tail = last_word(iri)
            stem = tail.rpartition(".")[0] if 1 <= len(tail.rpartition(".")[2]) <= 5 else tail
            self.source_of[iri] = self._ids.new(stem or tail or "source")
            label = source.get("label") if isinstance(source, dict) else None
            self.sources[self.source_of[iri]] = {"url": iri, "title": label if isinstance(label, str) else None}
        source_id = self.source_of[iri]
        return None if source_id == next(iter(self.sources)) else source_id


def _innermost_words(selector: Any) -> dict[str, Any] | None:
    """Return the quote selector that a selector leads to, through all that refine it (§4.2.9)."""
    found = None
    for _ in range(20):
        if not isinstance(selector, dict):
            break
        exact = selector.get("exact")
        if is_a(selector, "TextQuoteSelector") and isinstance(exact, str) and exact:
            found = selector
        selector = selector.get("refinedBy")
    return found
