"""Read and write a map as JSON for other programs: each claim with every key. Described in json.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import map_id, validated
from argmap.graph import roles
from argmap.model import RELATION_TYPES, Claim, Map, Quote, Span, Support, Value
from argmap.store.heads import kind_in_head

FORMAT = "argmap-map/1"
_DERIVED_OF_CLAIM = {"role"}
_DERIVED_OF_QUOTE = {"start", "end", "source_named"}
_WHOLE = ("id", "title", "thesis", "codebook", "note")


def read(content: Content) -> Reading:
    """Read the map of either form."""
    from argmap.formats.native import map_yaml

    if kind_in_head(content.head) == "map":
        return map_yaml.read(content)
    data = content.json()
    if not isinstance(data, dict):
        raise _wrong(content, (), "a map must be an object with claims and relations")
    if not isinstance(data.get("claims"), list):
        return map_yaml.read(content)
    sources = data.get("sources")
    first_source = next(iter(sources), None) if isinstance(sources, dict) else None
    claims = {}
    for n, claim in enumerate(_list(data, "claims", content)):
        if not isinstance(claim, dict) or not isinstance(claim.get("id"), str):
            raise _wrong(content, ("claims", n), "a claim must be an object with an id")
        if claim["id"] in claims:
            raise _wrong(content, ("claims", claim["id"]), "two claims have this id: each needs its own")
        claims[claim["id"]] = _claim_fields(claim, first_source)
    relations = [_relation_fields(r, content, n) for n, r in enumerate(_list(data, "relations", content))]
    rest = {k: v for k, v in data.items() if k not in ("format", "claims", "relations") and v is not None}
    rest.setdefault("id", map_id(content.name, (".json",)))
    return Reading(validated({**rest, "claims": claims, "relations": relations}, content.name))


def _list(data: dict[str, Any], key: str, content: Content) -> list[Any]:
    value = data.get(key)
    if value is not None and not isinstance(value, list):
        raise _wrong(content, (key,), f"{key} must be a list")
    return value or []


def _wrong(content: Content, at: tuple[str | int, ...], message: str) -> ArgmapError:
    return ArgmapError(Finding("invalid", "error", f"{message}.", Place(content.name, at=at)))


def _claim_fields(claim: dict[str, Any], first_source: str | None) -> dict[str, Any]:
    fields = {k: v for k, v in claim.items() if v is not None and k not in _DERIVED_OF_CLAIM}
    if isinstance(fields.get("quotes"), list):
        fields["quotes"] = [_quote_fields(quote, first_source) for quote in fields["quotes"]]
    return fields


def _quote_fields(quote: Any, first_source: str | None) -> Any:
    if not isinstance(quote, dict):
        return quote
    fields = {k: v for k, v in quote.items() if v is not None and k not in _DERIVED_OF_QUOTE}
    if fields.get("source") == first_source and not quote.get("source_named"):
        fields.pop("source", None)
    return fields


def _relation_fields(relation: Any, content: Content, n: int) -> dict[str, Any]:
    type_ = relation.get("type") if isinstance(relation, dict) else None
    if type_ not in RELATION_TYPES:
        raise _wrong(content, ("relations", n), "the type of a relation must be support, attack or rephrase")
    fields = {k: v for k, v in relation.items() if v is not None and k not in ("type", "sources", "target")}
    return {type_: relation.get("target"), "by": relation.get("sources", []), **fields}


def write(map_: Map) -> str:
    """Write the map, with claims and relations as lists."""
    from argmap import anchor

    role_of, span_of = roles(map_), anchor.spans(map_)
    data = {
        "format": FORMAT,
        **{key: getattr(map_, key) for key in _WHOLE},
        "issues": _dumped(map_, "issues"),
        "sources": _dumped(map_, "sources"),
        "speakers": _dumped(map_, "speakers"),
        "claims": [_claim(claim, role_of[key], span_of[key], map_) for key, claim in map_.claims.items()],
        "relations": [
            {"id": r.id, "type": r.type, "sources": list(r.by), "target": r.target}
            | ({"questions": dict(r.questions)} if isinstance(r, Support) and r.questions else {})
            | {"scheme": r.scheme, "cue": r.cue, **({"status": r.status} if r.status != "accepted" else {})}
            | {"note": r.note, **_extra(r)}
            for r in map_.relations
        ],
        **({"drafted_by": list(map_.drafted_by)} if map_.drafted_by else {}),
        **_extra(map_),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _dumped(map_: Map, field: str) -> dict[str, Any]:
    values: dict[str, Value] = getattr(map_, field)
    return {key: value.model_dump(mode="json", by_alias=True, exclude_defaults=True) for key, value in values.items()}


def _extra(value: Any) -> dict[str, Any]:
    return {"extra": value.model_dump(mode="json", include={"extra"})["extra"]} if value.extra else {}


def _claim(claim: Claim, role: str, spans: Sequence[Span | None], map_: Map) -> dict[str, Any]:
    fields = ("kind", "commitment", "force", "speaker", "implicit", "issue", "position")
    return {
        "id": claim.id,
        "text": claim.text,
        "role": role,
        **{field: getattr(claim, field) for field in fields},
        "quotes": [_quote(quote, span, map_) for quote, span in zip(claim.quotes, spans, strict=True)],
        **({"condition": claim.condition.model_dump(exclude_defaults=True)} if claim.condition else {}),
        **({"weight": claim.weight} if claim.weight is not None else {}),
        **({"status": claim.status} if claim.status != "accepted" else {}),
        **({"suggested": list(claim.suggested)} if claim.suggested else {}),
        "note": claim.note,
        **_extra(claim),
    }


def _quote(quote: Quote, span: Span | None, map_: Map) -> dict[str, Any]:
    first = next(iter(map_.sources), None)
    return {
        "source": quote.source or first,
        **({"source_named": True} if quote.source is not None and quote.source == first else {}),
        "exact": quote.exact,
        **{side: words for side in ("prefix", "suffix") if (words := getattr(quote, side))},
        "start": span.start if span else None,
        "end": span.end if span else None,
    }
