"""Read BRAT standoff: lines of annotations that count the characters of a text. Described in brat.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from argmap.anchor.counts import Count, settled
from argmap.anchor.quoter import quotes_at
from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.formats.brat.vocabulary import BETWEEN, NAME, SOURCE, TYPE_OF_ROLE, VALUES, WORD_OF, is_major, joined
from argmap.formats.brat.writer import carried, write
from argmap.formats.common.attribute_codec import decode
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.reader_support import Ids, Irregular, drop_empty, lines_of, map_id, text_beside, validated
from argmap.formats.common.relation_words import is_passive, relation_word
from argmap.model import Map, Quote

__all__ = ["carried", "read", "write"]

_SPAN = re.compile(r"(T\d\S*)\t(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)\t?(.*)")
_RELATION = re.compile(r"(R\d\S*)\t(\S+)\s+([^\s:]+):(\S+)\s+([^\s:]+):(\S+)\s*")
_EQUIV = re.compile(r"\*\t(\S+)\s+(.+)")
_ATTRIBUTE = re.compile(r"([AM]\d\S*)\t(\S+)\s+(\S+)(?:\s+(.*))?")
_NOTE = re.compile(r"(#\d\S*)\t(\S+)\s+(\S+)\t?(.*)")
_OTHER = re.compile(r"(?:[A-SU-Z#]\d\S*|\*)\t")
_NOTES = ("AnnotatorNotes", "ArgmapId", "ArgmapText")
_PREMISES = {"premise", "reason", "evidence", "attacker", "supporter"}
_CONCLUSIONS = {"conclusion", "claim", "majorclaim", "thesis", "hypothesis", "attacked", "supported"}
_FROM = {"arg1", "source", "src", "from", "start", "subject"}
_TO = {"arg2", "target", "tgt", "trg", "to", "end", "object"}
"""Names that annotation schemes give the ends of a relation: by what stands there, or by where it leads."""
_LOOKS = "Its lines are like `T1<tab>Claim 0 17<tab>Close the bridge.`, with tabs between the columns."
_EDITED = "Was the text edited after it was annotated? Annotate the words again, or bring the old text back."


@dataclass(slots=True)
class _Stretch:
    """A text-bound annotation, which becomes a claim."""

    name: str
    type: str
    spans: list[tuple[int, int]]
    words: str
    line: int
    attributes: dict[str, str | bool] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def parts(self) -> list[str]:
        """Return the words of the line, cut into its pieces where their lengths tell how."""
        lengths = [end - start for start, end in self.spans]
        if sum(lengths) + len(lengths) - 1 != len(self.words):
            return [self.words]
        starts = accumulate((length + 1 for length in lengths), initial=0)
        return [self.words[start : start + length] for start, length in zip(starts, lengths, strict=False)]


@dataclass(slots=True)
class _Relation:
    """A relation from one stretch to another, by their names."""

    name: str
    type: str
    source: str
    target: str
    word: str | None
    """The word for its type, if another than BRAT's usual one."""
    attributes: dict[str, str | bool] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def read(content: Content) -> Reading:
    """Read a map from an annotation file, with the text beside it."""
    irregular, ending = Irregular(content.name), content.path.suffix if content.path else ""
    text = text_beside(content, ending, irregular, "quotes are as the annotations give them")
    return _BratReader(content, text, irregular).reading()


class _BratReader:
    """Reads the lines of one annotation file."""

    def __init__(self, content: Content, text: str | None, irregular: Irregular) -> None:
        self.content = content
        self.text = text
        self.irregular = irregular
        self.stretches: dict[str, _Stretch] = {}
        self.relations: list[_Relation] = []
        self.named: dict[str, _Stretch | _Relation] = {}
        self.major: str | None = None
        """The first major claim."""

    def reading(self) -> Reading:
        """Return the map and the findings."""
        lines = [(n, line) for n, line in enumerate(lines_of(self.content), 1) if line.strip()]
        # Relations may stand before their ends, and notes before what they are about.
        lines = [(n, line) for n, line in lines if not self._take_stretch(n, line)]
        self._settle_count()
        self.major = next((name for name, stretch in self.stretches.items() if is_major(stretch.type)), None)
        self.named.update(self.stretches)
        for take in (self._take_relation, self._take_attribute, self._take_note):
            lines = [(n, line) for n, line in lines if not take(n, line)]
        for n, line in lines:
            if not _OTHER.match(line) and not _SPAN.fullmatch(line):
                self._note("unknown-line", "not an annotation: kept as it is, and not read.", None, n, _LOOKS)
        if not self.stretches and all(not _OTHER.match(line) for _, line in lines):
            if lines or self.text is None:
                place = Place(self.content.name)
                raise ArgmapError(Finding("unreadable", "error", "no annotations: not BRAT.", place, _LOOKS))
            self.irregular.add("missing-text", "nothing is annotated here yet.", severity="note")
        return Reading(self._map([line for _, line in lines]), self.irregular.findings)

    def _note(self, rule: str, message: str, name: str | None, line: int, hint: str | None = None) -> None:
        self.irregular.add(rule, message, (name,) if name else (), line=line, column=1, hint=hint)

    def _settle_count(self) -> None:
        """Write the places as characters of the text, whatever the annotations count."""
        if self.text is None:
            return
        given = [(stretch.spans, stretch.words) for stretch in self.stretches.values()]
        count = settled(self.text, given)
        self.irregular.add_each(count.findings)
        for stretch in self.stretches.values():
            stretch.spans = [count.place(*span) for span in stretch.spans]

    def _take_stretch(self, n: int, line: str) -> bool:
        match = _SPAN.fullmatch(line)
        if match is None:
            return False
        name, type_, spans, words = match.groups()
        if name in self.stretches:
            self._note("duplicate-id", f"{name} occurs twice: the first is read.", name, n)
            return False
        places = [(int(start), int(end)) for start, end in (span.split() for span in spans.split(";"))]
        self.stretches[name] = _Stretch(name, type_, places, words, n)
        return True

    def _take_relation(self, n: int, line: str) -> bool:
        """Take relations, equivalences, and stances to the major claim, in the order of their lines."""
        if match := _RELATION.fullmatch(line):
            name, word, first, source, second, target = match.groups()
            if _leads_back(word, (first, second)):
                source, target = target, source
            return self._relate(n, name, word, relation_word(word), [(source, target)])
        if match := _EQUIV.fullmatch(line):
            first, *others = match[2].split()
            return bool(others) and self._relate(n, "*", "", "rephrase", [(other, first) for other in others])
        match = _ATTRIBUTE.fullmatch(line)
        if match and match[2] == "Stance" and self.major not in (None, match[3]) and (type_ := relation_word(match[4])):
            return self._relate(n, match[1], "", type_, [(match[3], self.major or "")])
        return False

    def _relate(self, n: int, name: str, word: str, type_: str | None, pairs: list[tuple[str, str]]) -> bool:
        """Take relations of known words between known stretches."""
        if type_ is None:
            message = f"{brief(word)!r} is not a relation known here: kept, and not read."
            hint = "Those known are supports, attacks, rephrases, and words like them."
            self._note("unknown-type", message, name, n, hint)
            return False
        if missing := next((end for pair in pairs for end in pair if end not in self.stretches), None):
            message = f"{name} ties {brief(missing)}, which is not a stretch of the text here: kept, and not read."
            self._note("dangling-reference", message, name, n)
            return False
        for source, target in pairs:
            odd = word if word not in ("", WORD_OF[type_]) else None
            self.relations.append(_Relation(name, type_, source, target, odd))
            self.named.setdefault(name, self.relations[-1])
        return True

    def _take_attribute(self, n: int, line: str) -> bool:
        match = _ATTRIBUTE.fullmatch(line)
        bearer = self.named.get(match[3]) if match else None
        if match is None or bearer is None:
            return False
        _, name, about, value = match.groups()
        if name in bearer.attributes:
            self._note("duplicate-id", f"{about} has two attributes {name}: the first is read.", about, n)
            return False
        bearer.attributes[name] = True if value is None else value
        return True

    def _take_note(self, _n: int, line: str) -> bool:
        match = _NOTE.fullmatch(line)
        bearer = self.named.get(match[3]) if match else None
        if match is None or bearer is None or match[2] in bearer.notes:
            return False
        if match[2] not in (_NOTES if isinstance(bearer, _Stretch) else _NOTES[:1]):
            return False
        bearer.notes[match[2]] = said if isinstance(said := decode(match[4]), str) else match[4]
        return True

    def _map(self, unread: list[str]) -> Map:
        """Return the map; what BRAT says beyond it stands under `extra`."""
        ids, text = Ids(), self.text or ""
        starts = [stretch.spans[0][0] for stretch in self.stretches.values() if "Unquoted" in stretch.attributes]
        body = text[: min(starts)].removesuffix(BETWEEN) if text and starts else text
        for stretch in self.stretches.values():
            if all(start < end <= len(text) for start, end in stretch.spans):
                stretch.spans = joined(text, stretch.spans)
        spans = (span for stretch in self.stretches.values() for span in stretch.spans)
        inside = sorted({span for span in spans if span[0] < span[1] <= len(body)})
        self.quotes = dict(zip(inside, quotes_at(body, inside), strict=True))
        id_of = {name: ids.word(stretch.notes.get("ArgmapId") or name) for name, stretch in self.stretches.items()}
        relations = []
        for n, relation in enumerate(self.relations, 1):
            name = relation.name if relation.name.startswith("R") and relation.name != f"R{n}" else None
            kept = drop_empty({"type": relation.word, "attributes": relation.attributes, "id": name})
            ends = {relation.type: id_of[relation.target], "by": [id_of[relation.source]]}
            note = relation.notes.get("AnnotatorNotes")
            relations.append({**ends, "note": note, "extra": {NAME: kept} if kept else {}})
        supports = [relation for relation in self.relations if relation.type == "support"]
        points = {each.source for each in supports} - {each.target for each in supports}
        claims = {}
        for name, stretch in self.stretches.items():
            role = "thesis" if name == self.major else "supporting point" if name in points else "claim"
            fields = self._claim(stretch)  # takes the attributes that it knows
            kept = {
                "id": name if "ArgmapId" not in stretch.notes and id_of[name] != name else None,
                "type": stretch.type if stretch.type != TYPE_OF_ROLE[role] else None,
                "attributes": stretch.attributes,
            }
            claims[id_of[name]] = {**fields, "extra": {NAME: kept} if (kept := drop_empty(kept)) else {}}
        data: dict[str, Any] = {
            "id": map_id(self.content.name, (".ann",)),
            "thesis": id_of.get(self.major or ""),
            "sources": {SOURCE: {"text": body}} if body else {},
            "claims": claims,
            "relations": relations,
            "extra": {NAME: {"lines": unread}} if unread else {},
        }
        return validated(data, self.content.name)

    def _claim(self, stretch: _Stretch) -> dict[str, Any]:
        """Return the fields of a claim, and take from the attributes those that the model has a word for."""
        fields: dict[str, Any] = {}
        parts, quotes = self._quoted(stretch)
        if stretch.attributes.pop("Unquoted", None) is None:
            fields["quotes"] = quotes
        fields["text"] = stretch.notes.get("ArgmapText", " ".join(" ".join(parts).split()))
        fields["note"] = stretch.notes.get("AnnotatorNotes")
        for name, values in VALUES.items():
            if stretch.attributes.get(name) in values:
                fields[name.lower()] = stretch.attributes.pop(name)
        if stretch.attributes.get("Implicit") is True:
            fields["implicit"] = stretch.attributes.pop("Implicit")
        return fields

    def _quoted(self, stretch: _Stretch) -> tuple[list[str], list[Quote]]:
        """Return the words of a stretch, piece by piece, and the quotes that anchor there."""
        given = stretch.parts()
        quotes = [Quote(exact=part) for part in given if part.strip()]
        if self.text is None:
            return given, quotes
        if any(not start < end <= len(self.text) for start, end in stretch.spans):
            message = f"{stretch.name} is outside the text of {len(self.text)} characters: its words count."
            self._note("span-outside", message, stretch.name, stretch.line, _EDITED)
            return given, quotes
        parts = [self.text[start:end] for start, end in stretch.spans]
        if stretch.words and not Count(self.text).has(stretch.spans, stretch.words):
            found = brief(" ".join(part[:100] for part in parts[:3]))
            message = f"{stretch.name} says {brief(stretch.words)!r}, but the text there is {found!r}: its words count."
            self._note("changed-source", message, stretch.name, stretch.line, _EDITED)
            return given, quotes
        found_quotes = (self.quotes.get(span) for span in stretch.spans)
        return parts, [quote or Quote(exact=part) for quote, part in zip(found_quotes, parts, strict=True)]


def _leads_back(word: str, ends: Sequence[str]) -> bool:
    """Return whether a relation leads from its second end to its first: by their names where these tell, else by its word.

    >>> _leads_back("attacks", ("Arg1", "Arg2")), _leads_back("attacks", ("Target", "Source"))
    (False, True)
    >>> _leads_back("attackedBy", ("Arg1", "Arg2")), _leads_back("attackedBy", ("Attacker", "Attacked"))
    (True, False)
    """
    names = [re.sub(r"[^a-z0-9]", "", name.casefold()) for name in ends]
    for starts, leads_to, turned in ((_PREMISES, _CONCLUSIONS, False), (_FROM, _TO, is_passive(word))):
        first, second = (True if name in leads_to else False if name in starts else None for name in names)
        if first != second:
            return turned != (not second if first is None else first)
    return is_passive(word)
