"""From a map to Web Annotations; see `argmap.formats.web_annotation`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from argmap import anchor
from argmap.formats.kit import drop_empty
from argmap.formats.markup import own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmap.model import Attack, Claim, Map, Quote, Rephrase, Span, Support

NAME = "web-annotation"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
URN = "urn:argmap:"
OURS = {"map", "claim", "relation", "source"}
"""Terms of our own, written `argmap:map` and so on; their values are JSON."""

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+")
_STANDARD = {"id", "type", "motivation", "body", "bodyValue", "target", "@context", "@id", "@type"}
WHOLE = ("id", "thesis", "codebook", "sources", "speakers", "issues", "note", "extra")


def write(m: Map) -> str:
    """The map as a collection of annotations."""
    return json.dumps(_Writer(m).collection(), ensure_ascii=False, indent=1) + "\n"


class _Writer:
    """A map on its way to annotations."""

    def __init__(self, m: Map) -> None:
        self.m = m
        self.base = f"{URN}{m.id}"
        self.iris = {
            relation.id: f"{self.base}:relation:{n}" for n, relation in enumerate(m.relations, 1) if relation.id
        }
        self.iris |= {id: self.iri_of(claim) for id, claim in m.claims.items()}
        self.sources: dict[str, str] = {}
        for id, source in m.sources.items():
            usable = source.url and _IRI.fullmatch(source.url) and source.url not in self.sources.values()
            self.sources[id] = source.url if usable and source.url else f"{self.base}:source:{id}"

    def iri_of(self, claim: Claim) -> str:
        kept = own(claim.extra, NAME).get("id")
        return kept if isinstance(kept, str) and _IRI.fullmatch(kept) else f"{self.base}:claim:{claim.id}"

    def collection(self) -> dict[str, Any]:
        spans = anchor.spans(self.m)
        items = [self.claim(claim, spans[id]) for id, claim in self.m.claims.items()]
        items += [self.relation(n, relation) for n, relation in enumerate(self.m.relations, 1)]
        kept = own(self.m.extra, NAME).get("annotations")
        items += [item for item in kept if isinstance(item, dict)] if isinstance(kept, list) else []
        data = self.m.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        whole = {key: data[key] for key in WHOLE if key in data}
        _drop_said(whole, "annotations")
        return {
            "@context": [CONTEXT, {"argmap": URN, **{f"argmap:{term}": {"@type": "@json"} for term in sorted(OURS)}}],
            "id": self.base,
            "type": "AnnotationCollection",
            **({} if self.m.title is None else {"label": self.m.title}),
            "total": len(items),
            "argmap:map": whole,
            "first": {"id": f"{self.base}:page", "type": "AnnotationPage", "startIndex": 0, "items": items},
        }

    def claim(self, claim: Claim, spans: Sequence[Span | None]) -> dict[str, Any]:
        data = claim.model_dump(mode="json", exclude_defaults=True, exclude={"text", "quotes"})
        kept = own(claim.extra, NAME)
        positions = kept.get("positions")
        targets: list[Any] = [self.target(quote, span) for quote, span in zip(claim.quotes, spans, strict=True)]
        if isinstance(positions, list) and len(positions) == len(targets):
            for target, position in zip(targets, positions, strict=True):
                if isinstance(position, dict) and len(target["selector"]) == 1:
                    target["selector"].append(position)
        targets += kept["targets"] if isinstance(kept.get("targets"), list) else []
        bodies: list[Any] = [
            {"type": "TextualBody", "value": claim.text, "format": "text/plain", "purpose": "describing"},
            *(kept["bodies"] if isinstance(kept.get("bodies"), list) else []),
        ]
        _drop_said(data, *kept)
        more = {key: value for key, value in kept.items() if key not in _STANDARD | {"positions", "targets", "bodies"}}
        whole = next(iter(self.sources.values()), self.base)
        return {
            **more,
            "id": self.iris[claim.id],
            "type": "Annotation",
            "motivation": kept.get("motivation", "describing"),
            "body": bodies[0] if len(bodies) == 1 else bodies,
            "target": whole if not targets else targets[0] if len(targets) == 1 else targets,
            **({"argmap:claim": data} if data else {}),
        }

    def target(self, quote: Quote, span: Span | None) -> dict[str, Any]:
        """The place of a quote: by its words, and by its position where it stands at one."""
        words = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
        selectors: list[dict[str, Any]] = [{"type": "TextQuoteSelector", **drop_empty(words)}]
        if span:
            selectors.append({"type": "TextPositionSelector", "start": span.start, "end": span.end})
        of = quote.source or next(iter(self.sources), "")
        return {
            "type": "SpecificResource",
            "source": self.sources.get(of, f"{self.base}:source:{of}"),
            "selector": selectors,
            **({"argmap:source": quote.source} if quote.source else {}),
        }

    def relation(self, n: int, relation: Support | Attack | Rephrase) -> dict[str, Any]:
        data = relation.model_dump(mode="json", exclude_defaults=True, exclude={"target", "by"})
        word = {"type": "TextualBody", "value": relation.type, "format": "text/plain", "purpose": "classifying"}
        return {
            "id": f"{self.base}:relation:{n}",
            "type": "Annotation",
            "motivation": "linking",
            "body": [*(self.end(source) for source in relation.by), word],
            "target": self.base if relation.target is None else self.end(relation.target),
            "argmap:relation": data,
        }

    def end(self, id: str) -> str:
        return self.iris.get(id, f"{self.base}:claim:{id}")


def _drop_said(fields: dict[str, Any], *said: str) -> None:
    """Take out of `extra` what the annotation itself says."""
    if NAME not in fields.get("extra", {}):
        return
    rest = {key: value for key, value in own(fields["extra"], NAME).items() if key not in said}
    extra = {**{key: value for key, value in fields["extra"].items() if key != NAME}, **({NAME: rest} if rest else {})}
    fields.pop("extra")
    if extra:
        fields["extra"] = extra
