"""Read W3C Web Annotations as claims on the words that they annotate. Described in web-annotation.md."""

from __future__ import annotations

from typing import Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.common import reader_support as support
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import Irregular, as_dict, as_list, drop_empty
from argmap.formats.web_annotation import vocabulary as oa
from argmap.formats.web_annotation.container import Container, contained
from argmap.formats.web_annotation.quotes import QuoteReader
from argmap.formats.web_annotation.writer import write

__all__ = ["read", "write"]

_PLAIN_KEYS = {"id", "@id", "type", "@type", "motivation", "body", "value", "format", "purpose", "target"}
_PLAIN_KEYS |= {"source", "selector", "exact", "prefix", "suffix", "start", "end", "argmap:source"}
"""Keys of annotations as argmap writes them."""
_OF_LINKS = {"id", "@id", "type", "@type", "body", "bodyValue", "target", "argmap:relation"}


def read(content: Content) -> Reading:
    """Read a map from one annotation, or from any of the standard's ways to hold several."""
    irregular = Irregular(content.name)
    held = contained(content.json(), irregular)
    if held is None:
        message, hint = "no annotations: not a Web Annotation.", "It has no annotation with a type and a target."
        raise ArgmapError(Finding("unreadable", "error", message, Place(content.name), hint))
    if len(held.items) > support.MOST_PARTS:
        raise support.too_many(content.name, "annotations")
    return _AnnotationReader(held, irregular).reading()


class _AnnotationReader:
    """Reads annotations as the claims and relations of a map."""

    def __init__(self, held: Container, irregular: Irregular) -> None:
        self.held = held
        self.irregular = irregular
        self.whole: dict[str, Any] = {key: held.whole[key] for key in oa.WHOLE if key in held.whole}
        self.base = f"{oa.URN}{self.whole.get('id')}"
        given = as_dict(self.whole.pop("sources", None)).items()
        self.quotes = QuoteReader({key: fields for key, fields in given if isinstance(fields, dict)}, self.base)
        self.ids = support.Ids()
        self.words: dict[str, str] = {}
        """Ids of claims and relations by the IRIs of their annotations."""
        iris = {oa.iri_of(item) for item in held.items} - {""}
        self.links = [item for item in held.items if self._is_link(item, iris)]
        linking = {id(item) for item in self.links}
        self.claims = [(item, self._name(item)) for item in held.items if id(item) not in linking]
        for item in self.links:
            fields = item.get("argmap:relation")
            name = fields.get("id") if isinstance(fields, dict) else self.ids.new(oa.last_word(oa.iri_of(item)) or "r1")
            if name and oa.iri_of(item):
                self.words.setdefault(oa.iri_of(item), str(name))

    def _name(self, item: dict[str, Any]) -> str:
        """Return the id of an annotation's claim."""
        iri = oa.iri_of(item)
        own = iri.removeprefix(f"{self.base}:claim:") if self._is_own(iri) else ""
        name = self.ids.new(own or oa.last_word(iri) or "a1")
        if iri in self.words:
            message = f"several annotations have this id: this one is read as {name}, and links mean the first."
            self.irregular.add("duplicate-id", message, (iri,), hint="Give each its own id.")
        elif iri:
            self.words[iri] = name
        return name

    def reading(self) -> Reading:
        """Return the map and the findings."""
        data: dict[str, Any] = {"id": support.map_id(self.irregular.file, (".jsonld", ".json"))}
        collection = dict(as_dict(self.held.kept.get("collection")))
        if isinstance(collection.get("label"), str):
            data["title"] = collection.pop("label")
        data |= self.whole
        data["claims"] = {name: self._claim(item, name) for item, name in self.claims}
        answers = [relation for item, name in self.claims for relation in self._answers(item, name)]
        read = [(item, self._relations(item)) for item in self.links]
        data["relations"] = [*answers, *(relation for _, relations in read for relation in relations)]
        data["sources"] = self.quotes.sources
        told_apart = self.quotes.told_apart(self.irregular)
        for claim in data["claims"].values():
            claim["quotes"] = [told_apart.get(id(quote), quote) for quote in claim["quotes"]]
        unread = [item for item, relations in read if not relations]
        if kept := drop_empty({**self.held.kept, "collection": collection, "annotations": unread}):
            data["extra"] = {**as_dict(data.get("extra")), oa.NAME: kept}
        return Reading(support.validated(data, self.irregular.file), self.irregular.findings)

    def _is_own(self, iri: str) -> bool:
        return iri.startswith(f"{self.base}:claim:")

    def _is_link(self, item: dict[str, Any], iris: set[str]) -> bool:
        """Return whether an annotation links others, and says nothing of the text itself."""
        if "argmap:relation" in item:
            return True
        motivations = oa.motivations(item)
        if "linking" not in motivations and not (motivations and oa.named_relation({"motivation": motivations})):
            return False
        targets, bodies = oa.as_many(item.get("target")), oa.as_many(item.get("body"))
        linked = sum(oa.end_of(target) in iris for target in targets)
        if linked and (linked == 2 or any(oa.end_of(body) in iris for body in bodies)):
            return True
        is_silent = item.get("bodyValue") is None and all(oa.said_by(body, item) is None for body in bodies)
        return is_silent and not any(isinstance(target, dict) and "selector" in target for target in targets)

    def _claim(self, item: dict[str, Any], name: str) -> dict[str, Any]:
        """Return the fields of a claim; the annotation is kept, unless argmap wrote it just so."""
        iri, fields = oa.iri_of(item), dict(as_dict(item.get("argmap:claim")))
        quotes = [quote for quote in self.quotes.read(item) if quote]
        is_plain = self._is_own(iri) and self._is_plain(item)
        text, has_words = oa.text_of(item, [quote.exact for quote in quotes])
        if is_plain:
            text = item["body"]["value"]
        elif not has_words:
            message = "an annotation without a text or quoted words: shown by the address it is about."
            self.irregular.add("missing-text", message, (iri or name,))
        foreign = {key: value for key, value in item.items() if key not in ("id", "@id", "argmap:claim")}
        kept = {"annotation": None if is_plain else foreign, "id": None if self._is_own(iri) else iri}
        if kept := drop_empty(kept):
            fields["extra"] = {**as_dict(fields.get("extra")), oa.NAME: kept}
        return {**fields, "text": text, "quotes": quotes}

    def _is_plain(self, item: dict[str, Any]) -> bool:
        """Return whether an annotation is just what writing would make of its claim."""
        body, own = item.get("body"), (self.base, *self.quotes.source_of)
        return (
            _keys({key: value for key, value in item.items() if key != "argmap:claim"}) <= _PLAIN_KEYS
            and item.get("motivation") == "describing"
            and isinstance(body, dict)
            and body.items() >= oa.PLAIN.items()
            and isinstance(body.get("value"), str)
            and all(isinstance(target, dict) or target in own for target in oa.as_many(item.get("target")))
        )

    def _answers(self, item: dict[str, Any], name: str) -> list[dict[str, Any]]:
        """Return the relations of a claim that is about others: those that its own label names.

        In a file that argmap wrote, every relation is an annotation of its own.
        """
        ends = [self.words[end] for end in map(oa.end_of, oa.as_many(item.get("target"))) if end in self.words]
        if self.held.whole:
            return []
        labels = [body for body in oa.as_many(item.get("body")) if oa.said_by(body, item) is None]
        type_ = oa.named_relation({**item, "body": labels})
        if not ends:
            if "replying" in oa.motivations(item):
                message = f"replies to an annotation that is not here: its {type_ or 'answer'} is kept, and not read."
                self.irregular.add("dangling-reference", message, (oa.iri_of(item) or name,))
            return []
        if type_ is None:
            message = f"answers {', '.join(ends)}, and does not say whether for or against: not read as a relation."
            hint = "A tag `support`, `attack` or `rephrase` would say it."
            self.irregular.add("unknown-type", message, (oa.iri_of(item) or name,), hint=hint, severity="note")
            return []
        return [{type_: end, "by": [name]} for end in ends]

    def _relations(self, item: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the relations of a link between annotations; none, with a finding, when it is not such a link."""
        iri, bodies = oa.iri_of(item), oa.as_many(item.get("body"))
        type_ = oa.named_relation(item)
        targets = [oa.end_of(target) for target in oa.as_many(item.get("target"))]
        sources = [oa.end_of(body) for body in bodies if oa.end_of(body)]
        is_own = isinstance(item.get("argmap:relation"), dict)
        if not is_own and not sources and len(targets) == 2:
            # Tools that draw links give where one begins and where it ends, in this order.
            sources, targets = targets[:1], targets[1:]
        is_known = all(end in self.words or end == self.base or self._is_own(end) for end in (*sources, *targets))
        if type_ is None or not is_known or not (targets and (sources or is_own)):
            reason, hint = "links something that is not an annotation here", None
            if type_ is None:
                reason = "does not name a known relation"
                hint = "A body `support`, `attack` or `rephrase` would say it."
            self.irregular.add("unknown-type", f"the link {reason}: kept, and not read.", (iri,), hint=hint)
            return []
        kept = {k: v for k, v in item.items() if k not in _OF_LINKS and (k, v) != ("motivation", "linking")}
        kept |= {
            "id": None if iri.startswith(f"{self.base}:relation:") else iri,
            "bodies": [body for body in bodies if not oa.end_of(body) and body != oa.label_of(type_)],
        }
        fields = item["argmap:relation"] if is_own else {"id": self.words.get(iri)}
        extra = {**as_dict(fields.get("extra")), **({oa.NAME: kept} if (kept := drop_empty(kept)) else {})}
        if is_own:
            end = None if targets[0] == self.base else self._word(targets[0])
            return [{type_: end, "by": [self._word(source) for source in sources], **fields, "extra": extra}]
        # Each body is about each target by itself (§3.1), so several reasons converge.
        pairs = [(self._word(source), self._word(target)) for target in targets for source in sources]
        first, *others = ({type_: target, "by": [source]} for source, target in pairs)
        return [{**first, **fields, "extra": extra}, *others]

    def _word(self, iri: str) -> str:
        return self.words.get(iri) or iri.removeprefix(f"{self.base}:claim:")


def _keys(value: Any) -> set[str]:
    """Return all keys in an object, however deep it is nested."""
    found, waiting = set[str](), [value]
    while waiting:
        each = waiting.pop()
        found |= each.keys() if isinstance(each, dict) else set()
        waiting += each.values() if isinstance(each, dict) else as_list(each)
    return found
