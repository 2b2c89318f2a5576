"""From a map to Web Annotations; see `argmap.formats.web_annotation`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from argmap import anchor
from argmap.formats.common.reader_support import as_dict, as_list, drop_empty, own
from argmap.formats.common.relation_words import relation_word
from argmap.formats.web_annotation.vocabulary import (
    CONTEXT,
    NAME,
    OURS,
    OWN_TERMS,
    PLAIN,
    URN,
    WHOLE,
    is_a,
    is_reference,
    label_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmap.model import AnyRelation, Claim, Map, Quote, Span

_SAID = {"id", "said", "unsaid", "bodies", "targets", "places", "label", "body", "bodyValue", "target", "type"}
"""What is kept of an annotation and has its own place when it is written; all else stands in it as it stood."""


def write(m: Map) -> str:
    """The map as a collection of annotations."""
    return json.dumps(_Writer(m).collection(), ensure_ascii=False, indent=1) + "\n"


class _Writer:
    """A map on its way to annotations."""

    def __init__(self, m: Map) -> None:
        self.m = m
        self.base = f"{URN}{m.id}"
        self.taken: set[str] = set()
        self.claim_iris = {id: self.iri_of(claim.extra, f"claim:{id}") for id, claim in m.claims.items()}
        self.relation_iris = [self.iri_of(r.extra, f"relation:{n}") for n, r in enumerate(m.relations, 1)]
        self.iris = {r.id: iri for r, iri in zip(m.relations, self.relation_iris, strict=True) if r.id}
        self.iris |= self.claim_iris
        self.sources: dict[str, str] = {}
        for id, source in m.sources.items():
            usable = is_reference(source.url) and source.url not in self.sources.values()
            self.sources[id] = source.url if usable and source.url else f"{self.base}:source:{id}"

    def iri_of(self, extra: Any, otherwise: str) -> str:
        """The IRI that an annotation was read with, where no other has it, or one of our own."""
        kept = own(extra, NAME).get("id")
        usable = isinstance(kept, str) and is_reference(kept) and kept not in self.taken
        iri = str(kept) if usable else f"{self.base}:{otherwise}"
        self.taken.add(iri)
        return iri

    def collection(self) -> dict[str, Any]:
        kept = own(self.m.extra, NAME)
        spans = anchor.spans(self.m)
        items = [self.claim(claim, spans[id]) for id, claim in self.m.claims.items()]
        items += map(self.relation, self.m.relations, self.relation_iris)
        items += [item for item in as_list(kept.get("annotations")) if isinstance(item, dict)]
        data = self.m.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        whole = {key: data[key] for key in WHOLE if key in data}
        _drop_said(whole)
        page = {"id": f"{self.base}:page", "partOf": self.base, "startIndex": 0, **own(kept, "page")}
        terms = {f"argmap:{term}": {"@type": "@json"} for term in OURS}
        return {
            "@context": [CONTEXT, *as_list(kept.get("context")), {"argmap": OWN_TERMS, **terms}],
            "id": self.base,
            **({} if self.m.title is None else {"label": self.m.title}),
            "last": page["id"],
            **own(kept, "collection"),
            "type": "AnnotationCollection",
            "total": len(items),
            "argmap:map": whole,
            "first": {**page, "type": "AnnotationPage", "items": items},
        }

    def claim(self, claim: Claim, spans: Sequence[Span | None]) -> dict[str, Any]:
        data = claim.model_dump(mode="json", exclude_defaults=True, exclude={"text", "quotes"})
        _drop_said(data)
        kept = own(claim.extra, NAME)
        iri = self.claim_iris[claim.id]
        places = as_list(kept.get("places"))
        if len(places) != len(claim.quotes):
            places = [{}] * len(claim.quotes)
        targets: list[Any] = [*map(self.target, claim.quotes, spans, places), *as_list(kept.get("targets"))]
        said = {**({} if iri == kept.get("id") else PLAIN), **own(kept, "said")}
        bodies = [{"type": "TextualBody", "value": claim.text, **said}, *as_list(kept.get("bodies"))]
        if kept.get("unsaid") == claim.text:
            del bodies[0]
        return {
            "id": iri,
            "type": "Annotation",
            **({} if iri == kept.get("id") else {"motivation": "describing"}),
            **{key: value for key, value in kept.items() if key not in _SAID},
            **({"body": _one(bodies)} if bodies else {}),
            "target": _one(targets or [next(iter(self.sources.values()), self.base)]),
            **({"argmap:claim": data} if data else {}),
        }

    def target(self, quote: Quote, span: Span | None, place: Any) -> dict[str, Any]:
        """The place of a quote: by its words, by its position where it stands at one, and what else was read of it."""
        words = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
        selectors: list[Any] = [{"type": "TextQuoteSelector", **drop_empty(words)}]
        if span:
            selectors.append({"type": "TextPositionSelector", "start": span.start, "end": span.end})
        selectors += [
            s for s in as_list(as_dict(place).get("selector")) if not (span and is_a(s, "TextPositionSelector"))
        ]
        of = quote.source or next(iter(self.sources), "")
        return {
            "type": "SpecificResource",
            **as_dict(place),
            "source": self.whole_source(of),
            "selector": selectors,
            **({"argmap:source": quote.source} if quote.source else {}),
        }

    def whole_source(self, id: str) -> Any:
        """The IRI of a source, with what was read of it beside."""
        iri = self.sources.get(id, f"{self.base}:source:{id}")
        more = own(self.m.sources[id].extra, NAME) if id in self.m.sources else {}
        return {"id": iri, **more} if more else iri

    def relation(self, relation: AnyRelation, iri: str) -> dict[str, Any]:
        data = relation.model_dump(mode="json", exclude_defaults=True, exclude={"target", "by"})
        _drop_said(data)
        kept = own(relation.extra, NAME)
        label = own(kept, "label")
        if relation_word(label.get("value")) != relation.type:
            label = label_of(relation.type)
        return {
            "id": iri,
            "type": "Annotation",
            "motivation": "linking",
            **{key: value for key, value in kept.items() if key not in _SAID},
            "body": [*map(self.end, relation.by), label, *as_list(kept.get("bodies"))],
            "target": self.base if relation.target is None else self.end(relation.target),
            "argmap:relation": data,
        }

    def end(self, id: str) -> str:
        return self.iris.get(id, f"{self.base}:claim:{id}")


def _one(values: list[Any]) -> Any:
    """One thing without a list around it."""
    return values[0] if len(values) == 1 else values


def _drop_said(fields: dict[str, Any]) -> None:
    """Take out of `extra` what the annotations themselves say."""
    if NAME in fields.get("extra", {}):
        fields["extra"] = {key: value for key, value in fields["extra"].items() if key != NAME}
        if not fields["extra"]:
            del fields["extra"]
