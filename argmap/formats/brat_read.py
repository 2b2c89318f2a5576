"""From BRAT's annotations to a map; see `argmap.formats.brat`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from argmap.finding import ArgmapError, Finding, Place
from argmap.formats.brat_terms import BETWEEN, NAME, SOURCE, TYPE_OF_ROLE, VALUES, WORD_OF, is_major
from argmap.formats.flat import decode
from argmap.formats.format import Reading
from argmap.formats.kit import Ids, Irregular, drop_empty, lines_of, map_id, validated
from argmap.formats.quoting import quotes_at
from argmap.formats.relation_words import relation_word
from argmap.graph import roles
from argmap.model import Quote

if TYPE_CHECKING:
    from argmap.formats.format import Content
    from argmap.model import Map

_SPAN = re.compile(r"(T\d\S*)\t(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)\t?(.*)")
_RELATION = re.compile(r"(R\d\S*)\t(\S+)\s+[^\s:]+:(\S+)\s+[^\s:]+:(\S+)\s*")
_EQUIV = re.compile(r"\*\t(\S+)\s+(.+)")
_ATTRIBUTE = re.compile(r"([AM]\d\S*)\t(\S+)\s+(\S+)(?:\s+(.*))?")
_NOTE = re.compile(r"(#\d\S*)\t(\S+)\s+(\S+)\t?(.*)")
_OTHER = re.compile(r"(?:[A-Z#]\d\S*|\*)\t")
_NOTES = ("AnnotatorNotes", "ArgmapId", "ArgmapText")


@dataclass(slots=True)
class _Stretch:
    """A text-bound annotation on its way to a claim."""

    name: str
    type: str
    spans: list[tuple[int, int]]
    words: str
    line: int
    attributes: dict[str, str | bool] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Tie:
    """A relation on its way, from the name of one stretch to another's."""

    name: str
    type: str
    source: str
    target: str
    line: int
    kept: dict[str, Any] = field(default_factory=dict)
    note: str | None = None


def read(content: Content) -> Reading:
    """The map of an annotation file, with the text beside it."""
    irregular = Irregular(content.name)
    text = _text_beside(content, irregular)
    return _Reader(content, text, irregular).reading()


def _text_beside(content: Content, irregular: Irregular) -> str | None:
    """The text with the annotations' own name, from their own folder; `None` when it is not there."""
    if content.path is None:
        irregular.add("missing-text", "annotations alone, without their text: quotes are as they give them.")
        return None
    text = content.beside(content.path.suffix, ".txt")
    if text is None:
        irregular.add(
            "missing-text", f"{content.path.stem}.txt is not beside it: quotes are as the annotations give them."
        )
    return text.text if text else None


class _Reader:
    """One annotation file on its way to a map."""

    def __init__(self, content: Content, text: str | None, irregular: Irregular) -> None:
        self.content = content
        self.text = text
        self.irregular = irregular
        self.stretches: dict[str, _Stretch] = {}
        self.ties: list[_Tie] = []
        self.tie_of: dict[str, _Tie] = {}
        self.major: str | None = None
        """The first major claim."""
        self.quotes: dict[tuple[int, int], Quote | None] = {}
        self.kept: list[str] = []

    def reading(self) -> Reading:
        lines = [(n, line) for n, line in enumerate(lines_of(self.content), 1) if line.strip()]
        # Relations may stand before what they tie, and remarks before what they are about.
        lines = [(n, line) for n, line in lines if not self.stretch(n, line)]
        self.major = next((name for name, stretch in self.stretches.items() if is_major(stretch.type)), None)
        for take in (self.tie, self.attribute, self.note):
            lines = [(n, line) for n, line in lines if not take(n, line)]
        for n, line in lines:
            if not _OTHER.match(line):
                self.irregular.add("unknown-line", "no annotation: kept as it is, and not read.", line=n, column=1)
        if not self.stretches and all(not _OTHER.match(line) for _, line in lines):
            raise ArgmapError(Finding("unreadable", "error", "no annotations: not BRAT.", Place(self.content.name)))
        self.kept = [line for _, line in lines]
        return Reading(self.map(), self.irregular.findings)

    def note_irregular(self, rule: str, message: str, name: str, line: int) -> None:
        self.irregular.add(rule, message, (name,), line=line, column=1)

    def stretch(self, n: int, line: str) -> bool:
        match = _SPAN.fullmatch(line)
        if match is None:
            return False
        name, type_, spans, words = match.groups()
        if name in self.stretches:
            self.note_irregular("duplicate-id", f"{name} is there twice: the first is read.", name, n)
            return False
        pairs = [tuple(map(int, span.split())) for span in spans.split(";")]
        self.stretches[name] = _Stretch(name, type_, [(start, end) for start, end in pairs], words, n)
        return True

    def tie(self, n: int, line: str) -> bool:
        """Relations, equivalences, and stances to the major claim, in the order of their lines."""
        if match := _RELATION.fullmatch(line):
            name, type_, source, target = match.groups()
            return self.tied(_Tie(name, type_, source, target, n))
        if match := _EQUIV.fullmatch(line):
            first, *others = match[2].split()
            ties = [_Tie("*", match[1], other, first, n, {"line": "*"}) for other in others]
            return all(self.known(tie) for tie in ties) and all(self.tied(tie) for tie in ties)
        if (match := _ATTRIBUTE.fullmatch(line)) and match[2] == "Stance" and self.major not in (None, match[3]):
            stance = _Tie(match[1], match[4] or "", match[3], self.major or "", n, {"line": "Stance"})
            return relation_word(match[4]) is not None and self.tied(stance)
        return False

    def known(self, tie: _Tie) -> bool:
        """Whether both ends of a relation are there."""
        for end in (tie.source, tie.target):
            if end not in self.stretches:
                self.note_irregular(
                    "dangling-reference", f"{tie.name} ties {end}, which is not there.", tie.name, tie.line
                )
                return False
        return True

    def tied(self, tie: _Tie) -> bool:
        """Take a relation between known stretches whose word is known."""
        type_ = "rephrase" if tie.name == "*" else relation_word(tie.type)
        if type_ is None:
            self.note_irregular(
                "unknown-type", f"{tie.type!r} is no relation known here: kept, and not read.", tie.name, tie.line
            )
            return False
        for end in (tie.source, tie.target):
            if end not in self.stretches:
                self.note_irregular(
                    "dangling-reference", f"{tie.name} ties {end}, which is not there.", tie.name, tie.line
                )
                return False
        if tie.type != WORD_OF[type_]:
            tie.kept["type"] = tie.type
        self.ties.append(_Tie(tie.name, type_, tie.source, tie.target, tie.line, tie.kept))
        self.tie_of.setdefault(tie.name, self.ties[-1])
        return True

    def attribute(self, n: int, line: str) -> bool:
        match = _ATTRIBUTE.fullmatch(line)
        if match is None:
            return False
        _, name, of, value = match.groups()
        if of in self.stretches:
            attributes = self.stretches[of].attributes
        elif tie := self.tie_of.get(of):
            attributes = tie.kept.setdefault("attributes", {})
        else:
            return False
        if name in attributes:
            self.note_irregular("duplicate-id", f"{of} has two attributes {name}: the first is read.", of, n)
            return False
        attributes[name] = True if value is None else value
        return True

    def note(self, _n: int, line: str) -> bool:
        match = _NOTE.fullmatch(line)
        if match is None:
            return False
        _, type_, of, words = match.groups()
        if of in self.stretches and type_ in _NOTES and type_ not in self.stretches[of].notes:
            self.stretches[of].notes[type_] = _said(words)
            return True
        tie = self.tie_of.get(of)
        if tie is not None and type_ == "AnnotatorNotes" and tie.note is None:
            tie.note = _said(words)
            return True
        return False

    def map(self) -> Map:
        """The map; what BRAT says beyond it under `extra`."""
        ids = Ids()
        body = self.body()
        inside = sorted(
            {s for stretch in self.stretches.values() for s in stretch.spans if s[0] < s[1] <= len(body or "")}
        )
        self.quotes = dict(zip(inside, quotes_at(body or "", inside), strict=True))
        id_of = {name: ids.word(stretch.notes.get("ArgmapId") or name) for name, stretch in self.stretches.items()}
        claims = {id_of[name]: self.claim(stretch) for name, stretch in self.stretches.items()}
        relations = []
        for n, tie in enumerate(self.ties, 1):
            if tie.name != f"R{n}" and "line" not in tie.kept:
                tie.kept["id"] = tie.name
            relations.append(
                {
                    tie.type: id_of[tie.target],
                    "by": [id_of[tie.source]],
                    "note": tie.note,
                    "extra": {NAME: tie.kept} if tie.kept else {},
                }
            )
        data: dict[str, Any] = {
            "id": map_id(self.content.name, (".ann",)),
            "thesis": id_of.get(self.major or ""),
            "sources": {SOURCE: {"text": body}} if body else {},
            "claims": claims,
            "relations": relations,
            "extra": {NAME: {"lines": self.kept}} if self.kept else {},
        }
        role_of = roles(validated(data, self.content.name))
        for name, stretch in self.stretches.items():
            claim = claims[id_of[name]]
            kept = drop_empty(
                {
                    "id": name if "ArgmapId" not in stretch.notes and id_of[name] != name else None,
                    "type": stretch.type if stretch.type != TYPE_OF_ROLE[role_of[id_of[name]]] else None,
                    "attributes": stretch.attributes,
                }
            )
            claim["extra"] = {NAME: kept} if kept else {}
        return validated(data, self.content.name)

    def body(self) -> str | None:
        """The text without what was written below it."""
        starts = [stretch.spans[0][0] for stretch in self.stretches.values() if "Unquoted" in stretch.attributes]
        if self.text is None or not starts:
            return self.text
        return self.text[: min(starts)].removesuffix(BETWEEN)

    def claim(self, stretch: _Stretch) -> dict[str, Any]:
        """The fields of a claim; takes from the attributes what the model has a word for."""
        fields: dict[str, Any] = {}
        pieces, quotes = self.quoted(stretch)
        if stretch.attributes.pop("Unquoted", None) is None:
            fields["quotes"] = quotes
        fields["text"] = stretch.notes.get("ArgmapText", " ".join(" ".join(pieces).split()))
        fields["note"] = stretch.notes.get("AnnotatorNotes")
        for name, values in VALUES.items():
            if stretch.attributes.get(name) in values:
                fields[name.lower()] = stretch.attributes.pop(name)
        if stretch.attributes.get("Implicit") is True:
            fields["implicit"] = stretch.attributes.pop("Implicit")
        return fields

    def quoted(self, stretch: _Stretch) -> tuple[list[str], list[Quote]]:
        """The words of a stretch, piece by piece, and the quotes that anchor there."""
        given = [Quote(exact=stretch.words)] if stretch.words.strip() else []
        if self.text is None:
            return [stretch.words], given
        if any(not start < end <= len(self.text) for start, end in stretch.spans):
            message = f"{stretch.name} reaches over the end of the text of {len(self.text)} characters."
            self.note_irregular("span-outside", message, stretch.name, stretch.line)
            return [stretch.words], given
        pieces = [self.text[start:end] for start, end in stretch.spans]
        if " ".join(pieces).split() != stretch.words.split() and stretch.words:
            found = " ".join(pieces)[:60]
            message = f"{stretch.name} says {stretch.words[:60]!r}, but the text there is {found!r}."
            self.note_irregular("changed-source", message, stretch.name, stretch.line)
            return [stretch.words], given
        return pieces, [
            self.quotes.get(span) or Quote(exact=piece) for span, piece in zip(stretch.spans, pieces, strict=True)
        ]


def _said(words: str) -> str:
    """The words of a note."""
    said = decode(words)
    return said if isinstance(said, str) else words
