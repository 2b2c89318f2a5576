"""From Web Annotations to a map; see `argmap.formats.web_annotation`."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from argmap import anchor
from argmap.finding import ArgmapError, Finding, Place
from argmap.formats.format import Reading
from argmap.formats.kit import MOST_PARTS, Ids, Irregular, drop_empty, map_id, too_many, validated
from argmap.formats.relation_words import relation_word
from argmap.formats.web_annotation_write import NAME, URN, WHOLE
from argmap.model import Quote, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.formats.format import Content

_SAYS = ("describing", "commenting", "highlighting", "editing", "replying", "questioning", "assessing")
"""Purposes of a body that make it the annotation's text; tags and classes are something else."""

_KNOWN = {"@context", "id", "@id", "type", "@type", "body", "bodyValue", "target", "argmap:claim"}


def read(content: Content) -> Reading:
    """The map of one annotation, or of any of the standard's ways to hold several."""
    return _Reader(content.json(), content.name).reading()


class _Reader:
    """Annotations on their way to a map."""

    def __init__(self, data: Any, name: str) -> None:
        self.name = name
        self.irregular = Irregular(name)
        self.items = list(islice(_annotations(data), MOST_PARTS + 1))
        if len(self.items) > MOST_PARTS:
            raise too_many(name, "annotations")
        if not self.items and not _is(data, "AnnotationCollection", "AnnotationPage"):
            raise ArgmapError(Finding("unreadable", "error", "no annotations: not a Web Annotation.", Place(name)))
        whole = data.get("argmap:map") if isinstance(data, dict) else None
        self.whole: dict[str, Any] = (
            {key: whole[key] for key in WHOLE if key in whole} if isinstance(whole, dict) else {}
        )
        self.title = data.get("label") if isinstance(data, dict) else None
        self.base = f"{URN}{self.whole.get('id')}"
        self.ids = Ids()
        self.words: dict[str, str] = {}
        """Ids of claims and relations by the IRIs of their annotations."""
        self.sources: dict[str, Any] = {}
        self.source_ids = Ids()
        self.source_of: dict[str, str] = {}
        self.texts: dict[str, Source] = {}

    def reading(self) -> Reading:
        self.known_sources()
        links = [item for item in self.items if self.is_link(item)]
        claims = [item for item in self.items if not self.is_link(item)]
        for item in claims:
            iri = _iri(item)
            ours = iri.removeprefix(f"{self.base}:claim:") if iri.startswith(f"{self.base}:claim:") else None
            tail = re.split(r"[/#:?]", iri.rstrip("/#"))[-1]
            if iri in self.words:
                self.irregular.add("duplicate-id", "several annotations have this id.", (iri,))
                item["id"] = iri = f"{iri}#{len(self.words)}"
            self.words[iri] = self.ids.new(ours or tail or "a1")
        for n, item in enumerate(links, 1):
            fields = item.get("argmap:relation")
            id = fields.get("id") if isinstance(fields, dict) else None
            self.words.setdefault(_iri(item), str(id) if id else f"{self.base}:relation:{n}")
        data: dict[str, Any] = {"id": map_id(self.name, (".jsonld", ".json"))}
        if isinstance(self.title, str):
            data["title"] = self.title
        data |= self.whole
        data["claims"] = {self.words[_iri(item)]: self.claim(item) for item in claims}
        read = [(item, self.relation(item)) for item in links]
        kept = [item for item, relation in read if relation is None]
        data["relations"] = [relation for _, relation in read if relation is not None]
        data["sources"] = self.sources
        if kept:
            data["extra"] = {**data.get("extra", {}), NAME: {"annotations": kept}}
        return Reading(validated(data, self.name), self.irregular.findings)

    def known_sources(self) -> None:
        """The sources that a map of ours brought along, by id and by IRI."""
        given = self.whole.pop("sources", None)
        for id, fields in given.items() if isinstance(given, dict) else ():
            if not isinstance(fields, dict):
                continue
            self.sources[id] = fields
            self.source_of.setdefault(str(fields.get("url")), id)
            self.source_of[f"{self.base}:source:{id}"] = id
            if isinstance(fields.get("text"), str):
                self.texts[id] = Source(text=fields["text"])

    def is_link(self, item: dict[str, Any]) -> bool:
        """Whether an annotation ties others, and says nothing itself."""
        if "argmap:relation" in item:
            return True
        return "linking" in _listed(item.get("motivation")) and any(
            _iri(target) for target in _listed(item.get("target"))
        )

    def claim(self, item: dict[str, Any]) -> dict[str, Any]:
        """The fields of a claim; what the model has no word for under `extra`."""
        iri = _iri(item)
        fields = item.get("argmap:claim")
        fields = dict(fields) if isinstance(fields, dict) else {}
        text, bodies = self.text(item)
        quotes, positions, targets = self.quotes(item)
        if text is None:
            text = " … ".join(quote.exact for quote in quotes)
            if not text:
                self.irregular.add("missing-text", "an annotation without a text or quoted words.", (iri,))
        kept = {key: value for key, value in item.items() if key not in _KNOWN}
        if kept.get("motivation") == "describing":
            del kept["motivation"]
        if iri and not iri.startswith(f"{self.base}:claim:"):
            kept["id"] = iri
        kept |= {"bodies": bodies, "targets": targets, "positions": positions if any(positions) else []}
        if kept := drop_empty(kept):
            extra = fields.get("extra")
            fields["extra"] = {**(extra if isinstance(extra, dict) else {}), NAME: kept}
        return {**fields, "text": text, "quotes": quotes}

    def text(self, item: dict[str, Any]) -> tuple[str | None, list[Any]]:
        """What an annotation says, and its other bodies."""
        text = item.get("bodyValue") if isinstance(item.get("bodyValue"), str) else None
        others = []
        for body in _listed(item.get("body")):
            value = body.get("value") if isinstance(body, dict) else None
            if text is None and isinstance(value, str) and _is_said(body):
                text = value
            else:
                others.append(body)
        return text, others

    def quotes(self, item: dict[str, Any]) -> tuple[list[Quote], list[Any], list[Any]]:
        """The quotes of an annotation, their positions where no text can tell them, and targets that are neither."""
        quotes: list[Quote] = []
        positions: list[Any] = []
        others: list[Any] = []
        for target in _listed(item.get("target")):
            selectors = _listed(target.get("selector")) if isinstance(target, dict) else []
            words = next((s for s in selectors if _is(s, "TextQuoteSelector") and s.get("exact")), None)
            position = next((s for s in selectors if _is(s, "TextPositionSelector")), None)
            span = _span(position)
            id = self.source(target)
            text = self.texts.get(id or next(iter(self.sources), ""))
            if words is not None and isinstance(words["exact"], str):
                sides = {side: words[side] for side in ("prefix", "suffix") if isinstance(words.get(side), str)}
                quotes.append(Quote(exact=words["exact"], source=id, **sides))
                positions.append(None if text else position)
            elif span and text and (quote := _select(text, span, id)):
                quotes.append(quote)
                positions.append(None)
            elif selectors or not self.is_whole(target):
                others.append(target)
        return quotes, positions, others

    def is_whole(self, target: Any) -> bool:
        """Whether a target is a source as a whole, or the map: what is said where there is no quote."""
        return _iri(target) in (self.base, *self.source_of)

    def source(self, target: Any) -> str | None:
        """Which source a target is in, as a quote says it: not at all when it is the first."""
        if isinstance(target, dict) and isinstance(target.get("argmap:source"), str):
            return str(target["argmap:source"])
        source = target.get("source") if isinstance(target, dict) else None
        iri = _iri(source)
        if not iri:
            return None
        if iri not in self.source_of:
            prefix = f"{self.base}:source:"
            if iri.startswith(prefix):
                return iri.removeprefix(prefix) or None
            tail = re.split(r"[/#:?]", iri.rstrip("/#"))[-1]
            id = self.source_of[iri] = self.source_ids.new(re.sub(r"\.\w{1,5}$", "", tail) or "source")
            self.sources[id] = {"url": iri}
        id = self.source_of[iri]
        return None if id == next(iter(self.sources)) else id

    def relation(self, item: dict[str, Any]) -> dict[str, Any] | None:
        """The relation of a link between annotations; `None`, with a finding, when it is none."""
        iri = _iri(item)
        bodies = _listed(item.get("body"))
        values = [body["value"] for body in bodies if isinstance(body, dict) and isinstance(body.get("value"), str)]
        type_ = next((word for value in values if (word := relation_word(value))), None)
        targets = [_iri(target) for target in _listed(item.get("target"))]
        ends = [_iri(body) for body in bodies if _iri(body)]
        fields = item.get("argmap:relation")
        if type_ is None or any(end not in self.words and not self.is_ours(end) for end in (*ends, *targets)):
            reason = "says no relation known here" if type_ is None else "ties something that is no annotation here"
            self.irregular.add("unknown-type", f"the link {reason}: kept, and not read.", (iri,))
            return None
        target = targets[0] if targets else self.base
        more = dict(fields) if isinstance(fields, dict) else {}
        end = None if target == self.base else self.word(target)
        return {type_: end, "by": [self.word(source) for source in ends], **more}

    def is_ours(self, iri: str) -> bool:
        return iri == self.base or iri.startswith(f"{self.base}:claim:")

    def word(self, iri: str) -> str:
        return self.words.get(iri) or iri.removeprefix(f"{self.base}:claim:")


def _annotations(data: Any) -> Iterable[dict[str, Any]]:
    """The annotations of a document, whichever way it holds them."""
    if isinstance(data, list):
        items = data
    elif _is(data, "AnnotationCollection"):
        return _annotations(data.get("first"))
    elif isinstance(data, dict) and isinstance(data.get("items"), list):
        items = data["items"]
    else:
        items = [data]
    return (item for item in items if isinstance(item, dict) and (_is(item, "Annotation") or "target" in item))


def _is(value: Any, *types: str) -> bool:
    """Whether a node has one of some types."""
    return isinstance(value, dict) and any(t in types for t in _listed(value.get("type", value.get("@type"))))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _is_said(body: dict[str, Any]) -> bool:
    """Whether a body is the annotation's text, by its purpose."""
    return "purpose" not in body or any(purpose in _SAYS for purpose in _listed(body["purpose"]))


def _iri(value: Any) -> str:
    """The IRI of a node, or that is one; empty when there is none."""
    if isinstance(value, dict):
        value = value.get("id", value.get("@id"))
    return value if isinstance(value, str) else ""


def _span(position: Any) -> Span | None:
    start, end = (position.get("start"), position.get("end")) if isinstance(position, dict) else (None, None)
    if type(start) is int and type(end) is int and 0 <= start < end:
        return Span(start=start, end=end)
    return None


def _select(source: Source, span: Span, id: str | None) -> Quote | None:
    try:
        return anchor.selector(source.text or "", span, id)
    except ValueError:
        return None
