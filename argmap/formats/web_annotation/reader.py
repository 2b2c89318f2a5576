"""W3C Web Annotation, in JSON-LD: claims as annotations on the words they were read from.

    {"@context": ["http://www.w3.org/ns/anno.jsonld", {"argmap": "urn:argmap:terms#", …}],
     "id": "urn:argmap:bridge", "type": "AnnotationCollection", "label": "Should the bridge be closed?", "total": 2,
     "first": {"id": "urn:argmap:bridge:page", "type": "AnnotationPage", "items": [
       {"id": "urn:argmap:bridge:claim:rust", "type": "Annotation", "motivation": "describing",
        "body": {"type": "TextualBody", "value": "It rusts.", "format": "text/plain", "purpose": "describing"},
        "target": {"type": "SpecificResource", "source": "https://example.org/bridge",
                   "selector": [{"type": "TextQuoteSelector", "exact": "it rusts", "prefix": "that "},
                                {"type": "TextPositionSelector", "start": 40, "end": 48}]}},
       {"id": "urn:argmap:bridge:relation:1", "type": "Annotation", "motivation": "linking",
        "body": ["urn:argmap:bridge:claim:rust", {"type": "TextualBody", "value": "support", "purpose": "classifying"}],
        "target": "urn:argmap:bridge:claim:close"}]}}

What the standard can say is said in its terms: words, places, links. The rest of a map (sources with their texts, kinds,
schemes, issues, …) stands in terms of argmap's own, as JSON (`@type: @json`), so that nothing is lost and other
readers pass over it. A claim without a quote is about its source as a whole, or about the map.

Annotations of any other tool are read as claims: one annotation, a list, a graph, a page, a collection with its first
page, or an export of Hypothesis. What an annotation says is its body that is no tag or class; without one, the words it
quotes; without those, its tag or address. Words are quoted through whatever refines them. A position alone is found in
the text where that is known, and where words and a position disagree the words count, with a finding. All else
(who, when, other bodies, selectors and targets, contexts) is kept and written back.

A link between two annotations is the relation that its label or motivation names, each of several reasons by itself.
A reply is a claim, and a relation only where its tag says which: nobody supports by answering. Other pages and
addresses are never fetched: a finding names them.

Source: Web Annotation Data Model, W3C Recommendation 2017 (§3 annotations, §4.2 selectors, §5 collections);
the context and the vocabulary, Web Annotation Vocabulary 2017; the Hypothesis API.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from argmap.anchor.fold import plain
from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.formats.common.format import Reading
from argmap.formats.common.offsets import Quoter
from argmap.formats.common.reader_support import (
    MOST_PARTS,
    Ids,
    Irregular,
    as_dict,
    drop_empty,
    map_id,
    too_many,
    validated,
)
from argmap.formats.web_annotation.container import Container, contained
from argmap.formats.web_annotation.vocabulary import (
    NAME,
    PLAIN,
    URN,
    WHOLE,
    as_many,
    end_of,
    innermost_quote,
    iri_of,
    is_a,
    is_html,
    is_plain,
    label_of,
    last_word,
    motivations,
    named_relation,
    said_by,
    without_tags,
)
from argmap.formats.web_annotation.writer import write
from argmap.model import Quote

if TYPE_CHECKING:
    from argmap.formats.common.format import Content

__all__ = ["read", "write"]

_TOLD = {"id", "@id", "type", "@type", "body", "bodyValue", "target", "argmap:claim", "argmap:relation"}
"""What of an annotation is read; the rest is kept."""


def read(content: Content) -> Reading:
    """The map of one annotation, or of any of the standard's ways to hold several."""
    irregular = Irregular(content.name)
    held = contained(content.json(), irregular)
    if held is None:
        hint = "It has no annotation with a type and a target."
        place = Place(content.name)
        raise ArgmapError(Finding("unreadable", "error", "no annotations: not a Web Annotation.", place, hint))
    items = list(islice(held.items, MOST_PARTS + 1))
    if len(items) > MOST_PARTS:
        raise too_many(content.name, "annotations")
    return _Reader(held, items, irregular).reading()


class _Reader:
    """Annotations on their way to a map."""

    def __init__(self, held: Container, items: list[dict[str, Any]], irregular: Irregular) -> None:
        self.held = held
        self.irregular = irregular
        self.whole: dict[str, Any] = {key: held.whole[key] for key in WHOLE if key in held.whole}
        self.base = f"{URN}{self.whole.get('id')}"
        given = as_dict(self.whole.pop("sources", None))
        self.sources: dict[str, Any] = {id: fields for id, fields in given.items() if isinstance(fields, dict)}
        self.source_ids = Ids(self.sources)
        self.source_of = {
            iri: id
            for id, fields in reversed(self.sources.items())
            for iri in (str(fields.get("url")), f"{self.base}:source:{id}")
        }
        self.quoters = {
            id: Quoter(fields["text"]) for id, fields in self.sources.items() if isinstance(fields.get("text"), str)
        }
        self.wide: dict[str, bytes] = {}
        """Texts in the units that scripts of web pages count in."""
        self.ids = Ids()
        self.words: dict[str, str] = {}
        """Ids of claims and relations by the IRIs of their annotations."""
        iris = {iri_of(item) for item in items} - {""}
        self.links = [item for item in items if self.is_link(item, iris)]
        linking = {id(item) for item in self.links}
        self.claims = [(item, self.named(item)) for item in items if id(item) not in linking]
        for item in self.links:
            fields = item.get("argmap:relation")
            name = fields.get("id") if isinstance(fields, dict) else self.ids.new(last_word(iri_of(item)) or "r1")
            if name and iri_of(item):
                self.words.setdefault(iri_of(item), str(name))

    def named(self, item: dict[str, Any]) -> str:
        """The claim's id of an annotation."""
        iri = iri_of(item)
        ours = iri.removeprefix(f"{self.base}:claim:") if self.is_ours(iri) else ""
        name = self.ids.new(ours or last_word(iri) or "a1")
        if iri in self.words:
            message = f"several annotations have this id: this one is read as {name}, and is not what others point to."
            self.irregular.add("duplicate-id", message, (iri,), hint="Give each an id of its own.")
        elif iri:
            self.words[iri] = name
        return name

    def reading(self) -> Reading:
        data: dict[str, Any] = {"id": map_id(self.irregular.file, (".jsonld", ".json"))}
        if self.held.title is not None:
            data["title"] = self.held.title
        data |= self.whole
        data["claims"] = {name: self.claim(item, name) for item, name in self.claims}
        relations = [relation for item, name in self.claims for relation in self.answers(item, name)]
        read = [(item, self.relations(item)) for item in self.links]
        data["relations"] = [*relations, *(relation for _, of in read for relation in of)]
        data["sources"] = self.sources
        kept = drop_empty({"annotations": [item for item, of in read if not of], **self.held.kept})
        if kept:
            data["extra"] = {**as_dict(data.get("extra")), NAME: kept}
        return Reading(validated(data, self.irregular.file), self.irregular.findings)

    def is_ours(self, iri: str) -> bool:
        return iri.startswith(f"{self.base}:claim:")

    def is_link(self, item: dict[str, Any], iris: set[str]) -> bool:
        """Whether an annotation ties others, and says nothing of the text itself."""
        if "argmap:relation" in item:
            return True
        if "linking" not in motivations(item) and not (motivations(item) and named_relation({**item, "body": None})[0]):
            return False
        targets = as_many(item.get("target"))
        tied = [sum(end_of(end) in iris for end in ends) for ends in (as_many(item.get("body")), targets)]
        if tied[1] and (tied[0] or tied[1] == 2):
            return True
        silent = item.get("bodyValue") is None and all(
            said_by(body, item) is None for body in as_many(item.get("body"))
        )
        return silent and not any(isinstance(target, dict) and "selector" in target for target in targets)

    def claim(self, item: dict[str, Any], name: str) -> dict[str, Any]:
        """The fields of a claim; what the model has no word for under `extra`."""
        iri = iri_of(item)
        fields = dict(as_dict(item.get("argmap:claim")))
        text, said, bodies = self.text(item)
        quotes, places, targets = self.quotes(item)
        kept = {key: value for key, value in item.items() if key not in _TOLD}
        if text is None:
            label = next((body["value"] for body in bodies if _has_words(body)), None)
            text = " … ".join(quote.exact for quote in quotes) or label
            if text is None:
                ends = (end_of(end) for end in (*bodies, *targets))
                text = next((end for end in ends if end), "")
                message = "an annotation without a text or quoted words: shown by the address it is about."
                self.irregular.add("missing-text", message, (iri or name,))
            kept["unsaid"] = text
        if iri and not self.is_ours(iri):
            kept["id"] = iri
        else:
            said = {key: value for key, value in said.items() if (key, value) not in PLAIN.items()}
            if kept.get("motivation") == "describing":
                del kept["motivation"]
        kept |= {"said": said, "bodies": bodies, "targets": targets, "places": places if any(places) else []}
        if kept := drop_empty(kept):
            fields["extra"] = {**as_dict(fields.get("extra")), NAME: kept}
        return {**fields, "text": text, "quotes": quotes}

    def text(self, item: dict[str, Any]) -> tuple[str | None, dict[str, Any], list[Any]]:
        """What an annotation says, what else is known of the body that says it, and its other bodies."""
        text = item.get("bodyValue") if isinstance(item.get("bodyValue"), str) else None
        # A bare value is a plain text (§3.2.5).
        said: dict[str, Any] = {} if text is None else {"format": "text/plain"}
        others = []
        for body in as_many(item.get("body")):
            words = said_by(body, item) if text is None else None
            if words is None or not (words.strip() or self.is_ours(iri_of(item))):
                others.append(body)
            elif is_html(body):
                text = without_tags(words)
                others.append(body)
            else:
                text = words
                said = {k: v for k, v in body.items() if k not in ("type", "value")} if isinstance(body, dict) else {}
        if text is None:
            # Of several to choose from, the first is the default (§3.2.7).
            choices = (as_many(body.get("items"))[:1] for body in others if is_a(body, "Choice"))
            text = next((words for of in choices for body in of if (words := said_by(body, item))), None)
        return text, said, others

    def quotes(self, item: dict[str, Any]) -> tuple[list[Quote], list[Any], list[Any]]:
        """The quotes of an annotation, what else is known of the place of each, and targets that are no quotes."""
        quotes: list[Quote] = []
        places: list[Any] = []
        others: list[Any] = []
        iri = iri_of(item)
        for target in as_many(item.get("target")):
            selectors = as_many(target.get("selector")) if isinstance(target, dict) else []
            words = next((found for found in map(innermost_quote, selectors) if found), None)
            position = next((s for s in selectors if is_a(s, "TextPositionSelector")), None)
            span = _span(position)
            source = self.source(target)
            quoter = self.quoters.get(source or next(iter(self.sources), ""))
            quote = None
            if words is not None:
                sides = {side: words[side] for side in ("prefix", "suffix") if isinstance(words.get(side), str)}
                quote = Quote(exact=words["exact"], source=source, **sides)
                if span and quoter:
                    self.compare(quoter.text, quote, span, iri)
            elif span and quoter:
                quote = quoter.quote(*span, source) if span[1] <= len(quoter.text) else None
                if quote is None:
                    message = (
                        f"nothing stands at {span[0]}–{span[1]} of the text, or nothing tells it apart: kept, not read."
                    )
                    self.irregular.add("span-outside", message, (iri,))
            if quote is None:
                if selectors or not self.is_whole(target, iri):
                    others.append(target)
                continue
            quotes.append(quote)
            more = [s for s in selectors if not (s is words and is_plain(s, "exact", "prefix", "suffix"))]
            if quoter and is_plain(position, "start", "end"):
                more = [s for s in more if s is not position]
            rest = {key: value for key, value in target.items() if key not in ("source", "selector", "argmap:source")}
            if rest.get("type") == "SpecificResource":
                del rest["type"]
            places.append(drop_empty({**rest, "selector": more}))
        return quotes, places, others

    def compare(self, text: str, quote: Quote, span: tuple[int, int], iri: str) -> None:
        """Say where a position leads to other words than the quote: it is the words that count."""
        # A place far longer than its words has others, and need not be looked at as a whole.
        start, end = span[0], min(span[1], span[0] + 4 * len(quote.exact) + 1000)
        found = text[start:end]
        if plain(found) == plain(quote.exact):
            return
        if text not in self.wide:
            self.wide[text] = text.encode("utf-16-le", "surrogatepass")
        if plain(self.wide[text][2 * start : 2 * end].decode("utf-16-le", "replace")) != plain(quote.exact):
            message = (
                f"at {span[0]}–{span[1]} the text says {brief(found)!r}, not {brief(quote.exact)!r}: the words count."
            )
            hint = "Was the text edited since? A position counts Unicode characters, the first being 0."
            self.irregular.add("changed-source", message, (iri,), hint=hint)

    def is_whole(self, target: Any, iri: str) -> bool:
        """Whether a target is where a claim of ours without a quote points: the first source, or the map."""
        return self.is_ours(iri) and iri_of(target) in (self.base, *self.source_of)

    def source(self, target: Any) -> str | None:
        """Which source a target is in, as a quote says it: not at all when it is the first."""
        if not isinstance(target, dict):
            return None
        if isinstance(target.get("argmap:source"), str):
            return str(target["argmap:source"])
        source = target.get("source")
        iri = iri_of(source)
        if not iri:
            return None
        if iri not in self.source_of:
            prefix = f"{self.base}:source:"
            if iri.startswith(prefix):
                return iri.removeprefix(prefix) or None
            tail = last_word(iri)
            stem = tail.rpartition(".")[0] if 1 <= len(tail.rpartition(".")[2]) <= 5 else tail
            id = self.source_of[iri] = self.source_ids.new(stem or tail or "source")
            more = {k: v for k, v in source.items() if k not in ("id", "@id")} if isinstance(source, dict) else {}
            title = more.get("label") if isinstance(more.get("label"), str) else None
            self.sources[id] = {"url": iri, "title": title, "extra": {NAME: more} if more else {}}
        id = self.source_of[iri]
        return None if id == next(iter(self.sources)) else id

    def answers(self, item: dict[str, Any], name: str) -> list[dict[str, Any]]:
        """The relations of an annotation that is about others: those that its own label names, and no others.

        In a file of ours, every relation is an annotation of its own.
        """
        if self.held.whole:
            return []
        ends = [self.words[iri] for target in as_many(item.get("target")) if (iri := end_of(target)) in self.words]
        if not ends:
            return []
        type_, _ = named_relation({**item, "body": [b for b in as_many(item.get("body")) if said_by(b, item) is None]})
        if type_ is None:
            message = (
                f"answers {', '.join(ends)}, and does not say whether for or against: no relation is made of that."
            )
            hint = "A tag `support`, `attack` or `rephrase` would say it."
            self.irregular.add("unknown-type", message, (iri_of(item) or name,), hint=hint, severity="note")
            return []
        return [{type_: end, "by": [name]} for end in ends]

    def relations(self, item: dict[str, Any]) -> list[dict[str, Any]]:
        """The relations of a link between annotations; none, with a finding, when it is no such link."""
        iri = iri_of(item)
        bodies = as_many(item.get("body"))
        type_, label = named_relation(item)
        targets = [end_of(target) for target in as_many(item.get("target"))]
        sources = [end_of(body) for body in bodies if end_of(body)]
        ours = isinstance(item.get("argmap:relation"), dict)
        if not ours and not sources and len(targets) == 2:
            # Tools that draw links give where one begins and where it ends, in this order.
            sources, targets = targets[:1], targets[1:]
        dangling = [
            end for end in (*sources, *targets) if not (end in self.words or end == self.base or self.is_ours(end))
        ]
        if type_ is None or dangling or not (targets and (sources or ours)):
            reason = "says no relation known here" if type_ is None else "ties something that is no annotation here"
            hint = "A body `support`, `attack` or `rephrase` would say it." if type_ is None else None
            self.irregular.add("unknown-type", f"the link {reason}: kept, and not read.", (iri,), hint=hint)
            return []
        kept = {
            key: value for key, value in item.items() if key not in _TOLD and (key, value) != ("motivation", "linking")
        }
        if not iri.startswith(f"{self.base}:relation:"):
            kept["id"] = iri
        kept["bodies"] = [body for body in bodies if body is not label and not end_of(body)]
        if label != label_of(type_):
            kept["label"] = label
        kept = drop_empty(kept)
        fields = item["argmap:relation"] if ours else {"id": self.words.get(iri)}
        extra = {**as_dict(fields.get("extra")), **({NAME: kept} if kept else {})}
        if ours:
            end = None if targets[0] == self.base else self.word(targets[0])
            return [{type_: end, "by": [self.word(source) for source in sources], **fields, "extra": extra}]
        # Each body is about each target by itself (§3.1), so several reasons converge.
        pairs = [(self.word(source), self.word(target)) for target in targets for source in sources]
        first, *others = ({type_: target, "by": [source]} for source, target in pairs)
        return [{**first, **fields, "extra": extra}, *others]

    def word(self, iri: str) -> str:
        return self.words.get(iri) or iri.removeprefix(f"{self.base}:claim:")


def _has_words(body: Any) -> bool:
    return isinstance(body, dict) and isinstance(body.get("value"), str) and bool(body["value"].strip())


def _span(position: Any) -> tuple[int, int] | None:
    start, end = (position.get("start"), position.get("end")) if isinstance(position, dict) else (None, None)
    return (start, end) if type(start) is int and type(end) is int and 0 <= start < end else None
