"""Write a map as Web Annotations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from argmap import anchor
from argmap.formats.common.reader_support import as_list, drop_empty, own
from argmap.formats.web_annotation import vocabulary as oa
from argmap.formats.web_annotation.quotes import QuoteReader
from argmap.model import AnyRelation, Claim, Map, Quote, Span


def write(map_: Map) -> str:
    """Write a map as a collection of annotations."""
    return json.dumps(_AnnotationWriter(map_).collection(), ensure_ascii=False, indent=1) + "\n"


class _AnnotationWriter:
    """Writes claims and relations as annotations."""

    def __init__(self, map_: Map) -> None:
        self.map = map_
        self.base = f"{oa.URN}{map_.id}"
        self.taken: set[str] = set()
        self.claim_iris = {key: self._iri(claim.extra, f"claim:{key}") for key, claim in map_.claims.items()}
        self.relation_iris = [self._iri(r.extra, f"relation:{n}") for n, r in enumerate(map_.relations, 1)]
        self.iris = {r.id: iri for r, iri in zip(map_.relations, self.relation_iris, strict=True) if r.id}
        self.iris |= self.claim_iris
        self.sources: dict[str, str] = {}
        for source_id, source in map_.sources.items():
            is_usable = oa.is_reference(source.url) and source.url not in self.sources.values()
            self.sources[source_id] = source.url if is_usable and source.url else f"{self.base}:source:{source_id}"
        fields = {source_id: {"url": s.url} for source_id, s in map_.sources.items()}
        self.quotes = QuoteReader(fields, self.base)

    def _iri(self, extra: Any, otherwise: str) -> str:
        """Return the IRI that an annotation was read with, or one of argmap's where another annotation has that."""
        kept = own(extra, oa.NAME).get("id")
        iri = str(kept) if oa.is_reference(kept) and kept not in self.taken else f"{self.base}:{otherwise}"
        self.taken.add(iri)
        return iri

    def collection(self) -> dict[str, Any]:
        """Return the collection with its one page."""
        kept = own(self.map.extra, oa.NAME)
        spans = anchor.spans(self.map)
        items = [self._claim(claim, spans[claim_id]) for claim_id, claim in self.map.claims.items()]
        items += map(self._relation, self.map.relations, self.relation_iris)
        items += [item for item in as_list(kept.get("annotations")) if isinstance(item, dict)]
        data = _without_own(self.map.model_dump(mode="json", by_alias=True, exclude_defaults=True))
        terms = {f"argmap:{term}": {"@type": "@json"} for term in oa.TERMS}
        name = own(kept, "collection").get("id", self.base)
        page = {"id": f"{self.base}:page", "type": "AnnotationPage", "partOf": name, "startIndex": 0, "items": items}
        return {
            "@context": [oa.CONTEXT, *as_list(kept.get("context")), {"argmap": oa.OWN_TERMS, **terms}],
            "id": self.base,
            **({} if self.map.title is None else {"label": self.map.title}),
            **own(kept, "collection"),
            "type": "AnnotationCollection",
            "total": len(items),
            "argmap:map": {key: data[key] for key in oa.WHOLE if key in data},
            "first": page,
            "last": page["id"],
        }

    def _claim(self, claim: Claim, spans: Sequence[Span | None]) -> dict[str, Any]:
        """Return the annotation that was kept of a claim while it says the same, or else a new one."""
        data = _without_own(claim.model_dump(mode="json", exclude_defaults=True, exclude={"text", "quotes"}))
        iri = self.claim_iris[claim.id]
        kept = own(own(claim.extra, oa.NAME), "annotation")
        quotes = self.quotes.read(kept)
        quoted = [quote for quote in quotes if quote]
        if kept and (*quoted,) == claim.quotes and oa.text_of(kept, [quote.exact for quote in quoted])[0] == claim.text:
            item = kept
        else:
            bodies = [{"type": "TextualBody", "value": claim.text, **oa.PLAIN}]
            bodies += [body for body in oa.as_many(kept.get("body")) if body is not oa.speaking_body(kept)[0]]
            places: list[Any] = list(map(self._target, claim.quotes, spans))
            places += [t for t, quote in zip(oa.as_many(kept.get("target")), quotes, strict=True) if quote is None]
            places = places or [next(iter(self.sources.values()), self.base)]
            motivation = {} if kept else {"motivation": "describing"}
            item = {**motivation, **kept, "body": _one(bodies), "target": _one(places)}
            item.pop("bodyValue", None)
        return {"id": iri, "type": "Annotation", **item, **({"argmap:claim": data} if data else {})}

    def _target(self, quote: Quote, span: Span | None) -> dict[str, Any]:
        """Return the place of a quote: its words, and its position where it stands at one."""
        words = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
        selectors: list[Any] = [{"type": "TextQuoteSelector", **drop_empty(words)}]
        if span:
            selectors.append({"type": "TextPositionSelector", "start": span.start, "end": span.end})
        source_id = quote.source or next(iter(self.sources), "")
        return {
            "type": "SpecificResource",
            "source": self.sources.get(source_id, f"{self.base}:source:{source_id}"),
            "selector": selectors,
            **({"argmap:source": quote.source} if quote.source else {}),
        }

    def _relation(self, relation: AnyRelation, iri: str) -> dict[str, Any]:
        data = _without_own(relation.model_dump(mode="json", exclude_defaults=True, exclude={"target", "by"}))
        kept = own(relation.extra, oa.NAME)
        bodies = as_list(kept.get("bodies"))
        if oa.named_relation({"body": bodies}) != relation.type:
            bodies = [oa.label_of(relation.type), *(each for each in bodies if not oa.named_relation({"body": each}))]
        return {
            "motivation": "linking",
            **{key: value for key, value in kept.items() if key != "bodies"},
            "id": iri,
            "type": "Annotation",
            "body": [*map(self._end, relation.by), *bodies],
            "target": self.base if relation.target is None else self._end(relation.target),
            "argmap:relation": data,
        }

    def _end(self, end: str) -> str:
        return self.iris.get(end, f"{self.base}:claim:{end}")


def _one(values: list[Any]) -> Any:
    """Return one thing without a list around it."""
    return values[0] if len(values) == 1 else values


def _without_own(fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields without what the annotations themselves say under `extra`."""
    extra = {key: value for key, value in fields.pop("extra", {}).items() if key != oa.NAME}
    return {**fields, "extra": extra} if extra else fields
