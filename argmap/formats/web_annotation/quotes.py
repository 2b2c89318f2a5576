"""Read quotes from the targets of annotations, and the sources that these are in."""

from __future__ import annotations

from typing import Any

from argmap.anchor.counts import settled
from argmap.anchor.quoter import Quoter
from argmap.formats.common.reader_support import Ids, Irregular, as_dict
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
        self._places: list[tuple[str, Quote, int, int]] = []

    def read(self, item: dict[str, Any]) -> list[Quote | None]:
        """Return the quote of each target of an annotation; `None` for a target that quotes nothing."""
        return [self._quote(target) if isinstance(target, dict) else None for target in as_many(item.get("target"))]

    def _quote(self, target: dict[str, Any]) -> Quote | None:
        source = self._source(target)
        for selector in as_many(target.get("selector")):
            if words := _innermost_words(selector):
                sides = {side: words[side] for side in ("prefix", "suffix") if isinstance(words.get(side), str)}
                quote = Quote(exact=words["exact"], source=source, **sides)
                self._note_place(quote, target)
                return quote
        return None

    def _note_place(self, quote: Quote, target: dict[str, Any]) -> None:
        """Note where a quote stands, if the target says so."""
        for selector in as_many(target.get("selector")):
            steps = [selector, selector.get("refinedBy")] if isinstance(selector, dict) else []
            for each in (step for step in steps if isinstance(step, dict) and is_a(step, "TextPositionSelector")):
                start, end = each.get("start"), each.get("end")
                if type(start) is int and type(end) is int:
                    self._places.append((quote.source or next(iter(self.sources), ""), quote, start, end))
                    return

    def told_apart(self, irregular: Irregular) -> dict[int, Quote]:
        """Return the quotes that need the words around them to be found at their places, by the identity of the quote read."""
        found: dict[int, Quote] = {}
        for source_id, fields in self.sources.items():
            text = fields.get("text")
            here = [place for place in self._places if place[0] == source_id] if isinstance(text, str) else []
            if not here or not isinstance(text, str):
                continue
            count = settled(text, [([(start, end)], quote.exact) for _, quote, start, end in here])
            irregular.add_each(count.findings, ("sources", source_id))
            quoter = Quoter(text)
            for _, quote, start, end in here:
                if not (quote.prefix or quote.suffix) and count.has([(start, end)], quote.exact):
                    found[id(quote)] = quoter.quote(*count.place(start, end), quote.source) or quote
        return found

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
            label, text = (as_dict(source).get(key) for key in ("label", "value"))
            fields = {"url": iri, "title": label if isinstance(label, str) else None}
            self.sources[self.source_of[iri]] = fields | ({"text": text} if isinstance(text, str) else {})
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
