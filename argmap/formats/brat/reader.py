"""BRAT standoff: annotations in an `.ann`, beside the text in a `.txt` that they count characters of.

    T1  MajorClaim 0 17   Close the bridge.          a stretch of the text: a claim with its quote
    T2  Premise 18 27;40 46   It rusts, badly.       in two pieces: two quotes
    R1  supports Arg1:T2 Arg2:T1                     a relation, from Arg1 to Arg2
    A1  Stance T3 For                                a claim's side to the major claim: a relation as well
    A2  Kind T2 fact                                 an attribute: Kind, Commitment, Force, Implicit are ours
    *   Equiv T1 T4                                  says the same: a rephrase
    #1  AnnotatorNotes T2   Irony?                   a remark
    (tabs between the columns)

BRAT cuts a stretch where its line breaks, and so is it written; pieces that nothing but a line break parts are read as
one quote. Where the text's line ends are others than those that were counted (git changes them), the counted ones are
taken, with a finding; where words and place disagree, the words count.

The first MajorClaim is the thesis, any other stays a claim of its own, and a stance is to the first. Types and
attributes of other schemes, events and normalizations are kept and written back. Ends that are called otherwise (Source and
Target, Premise and Conclusion) are read by their names. Two notes of our own say what BRAT
has no place for: `ArgmapId` where an id is no T and number, `ArgmapText` where the claim is not in the text's words. A
claim without a quote is written below the text and marked `Unquoted`, so that the text above it stays as it was.

The format has no place for: undercuts and other relations on relations, linked premises (each is written as a
relation of its own), schemes, cues, a second source, where the text is from, quotes that are not found in it,
speakers, issues, title.

Source: brat.nlplab.org/standoff.html; the types as in Stab & Gurevych 2017, Parsing argumentation structures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from argmap.findings import ArgmapError, Finding, Place, brief
from argmap.formats.brat.vocabulary import (
    BETWEEN,
    ENDS,
    NAME,
    SOURCE,
    TYPE_OF_ROLE,
    VALUES,
    WORD_OF,
    is_major,
    joined,
    leads_back,
)
from argmap.formats.brat.writer import carried, write
from argmap.formats.common.attribute_codec import decode
from argmap.formats.common.format import Reading
from argmap.formats.common.offsets import quotes_at
from argmap.formats.common.reader_support import Ids, Irregular, drop_empty, lines_of, map_id, validated
from argmap.formats.common.relation_words import relation_word
from argmap.graph import roles
from argmap.model import Quote

if TYPE_CHECKING:
    from argmap.formats.common.format import Content
    from argmap.model import Map

__all__ = ["carried", "read", "write"]

_SPAN = re.compile(r"(T\d\S*)\t(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)\t?(.*)")
_RELATION = re.compile(r"(R\d\S*)\t(\S+)\s+([^\s:]+):(\S+)\s+([^\s:]+):(\S+)\s*")
_EQUIV = re.compile(r"\*\t(\S+)\s+(.+)")
_ATTRIBUTE = re.compile(r"([AM]\d\S*)\t(\S+)\s+(\S+)(?:\s+(.*))?")
_NOTE = re.compile(r"(#\d\S*)\t(\S+)\s+(\S+)\t?(.*)")
_OTHER = re.compile(r"(?:[A-SU-Z#]\d\S*|\*)\t")
_UNTABBED = re.compile(r"(?:[TRAMEN#]\d+|\*) +\S")
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

    def cut(self, text: str) -> list[str]:
        """Its pieces of a text."""
        return [text[start:end] for start, end in self.spans]

    def fits(self, text: str) -> bool:
        """Whether a text has the words there that its line gives; spaces between them aside, as BRAT's versions differ."""
        # Of a place far longer than its words, the words need not be looked at.
        near = sum(end - start for start, end in self.spans) <= 2 * len(self.words) + 1000
        return near and _unspaced(self.cut(text)) == _unspaced([self.words])


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
    hint = "Put the text beside its annotations, with the same name."
    if content.path is None:
        irregular.add("missing-text", "annotations alone, without their text: quotes are as they give them.", hint=hint)
        return None
    text = content.beside(content.path.suffix, ".txt")
    if text is None:
        message = f"{content.path.stem}.txt is not beside it: quotes are as the annotations give them."
        irregular.add("missing-text", message, hint=hint)
        return None
    irregular.take(text.findings)
    return text.text


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
        self.settle_line_ends()
        self.major = next((name for name, stretch in self.stretches.items() if is_major(stretch.type)), None)
        for take in (self.tie, self.attribute, self.note):
            lines = [(n, line) for n, line in lines if not take(n, line)]
        for n, line in lines:
            if not _OTHER.match(line) and not _SPAN.fullmatch(line):
                hint = "Tabs part the columns of an annotation." if _UNTABBED.match(line) else None
                if hint is None and line.startswith("T"):
                    hint = "A type and two numbers belong between its tabs: `T1<tab>Claim 0 17<tab>Close the bridge.`"
                message = "no annotation: kept as it is, and not read."
                self.irregular.add("unknown-line", message, line=n, column=1, hint=hint)
        if not self.stretches and all(not _OTHER.match(line) for _, line in lines):
            if lines or self.text is None:
                hint = "Its lines are like `T1<tab>Claim 0 17<tab>Close the bridge.`"
                place = Place(self.content.name)
                raise ArgmapError(Finding("unreadable", "error", "no annotations: not BRAT.", place, hint))
            self.irregular.add("missing-text", "nothing is annotated here yet.", severity="note")
        self.kept = [line for _, line in lines]
        return Reading(self.map(), self.irregular.findings)

    def note_irregular(self, rule: str, message: str, name: str, line: int, hint: str | None = None) -> None:
        self.irregular.add(rule, message, (name,), line=line, column=1, hint=hint)

    def settle_line_ends(self) -> None:
        """Take the text with the line ends that the annotations count, where a tool has changed those since.

        Git on Windows gives every line of a corpus another end, and so moves every place in it.
        """
        if self.text is None or "\n" not in self.text:
            return
        plain = self.text.replace("\r\n", "\n")
        other = plain if plain != self.text else plain.replace("\n", "\r\n")
        if self.fitting(other) > self.fitting(self.text):
            counted = "one character" if other == plain else "two characters"
            message = (
                f"the annotations count the end of a line as {counted}, as it is not in the text: read as they count."
            )
            hint = "Save the text with the line ends that it was annotated with; in git, set `*.txt -text`."
            self.irregular.add("changed-source", message, hint=hint)
            self.text = other

    def fitting(self, text: str) -> int:
        """How many stretches have the words that they say in a text."""
        return sum(stretch.fits(text) for stretch in self.stretches.values() if stretch.words)

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
            name, type_, first, source, second, target = match.groups()
            if leads_back(type_, (first, second)):
                source, target = target, source
            kept = {"ends": [first, second]} if [first, second] != ENDS else {}
            return self.tied(_Tie(name, type_, source, target, n, kept))
        if match := _EQUIV.fullmatch(line):
            first, *others = match[2].split()
            ties = [_Tie("*", match[1], other, first, n, {"line": "*"}) for other in others]
            return bool(ties) and all(self.known(tie) for tie in ties) and all(self.tied(tie) for tie in ties)
        if (match := _ATTRIBUTE.fullmatch(line)) and match[2] == "Stance" and self.major not in (None, match[3]):
            stance = _Tie(match[1], match[4] or "", match[3], self.major or "", n, {"line": "Stance"})
            return relation_word(match[4]) is not None and self.tied(stance)
        return False

    def known(self, tie: _Tie) -> bool:
        """Whether both ends of a relation are there."""
        for end in (tie.source, tie.target):
            if end not in self.stretches:
                message = f"{tie.name} ties {brief(end)}, which is no stretch of the text here: kept, and not read."
                self.note_irregular("dangling-reference", message, tie.name, tie.line)
                return False
        return True

    def tied(self, tie: _Tie) -> bool:
        """Take a relation between known stretches whose word is known."""
        type_ = "rephrase" if tie.name == "*" else relation_word(tie.type)
        if type_ is None:
            message = f"{brief(tie.type)!r} is no relation known here: kept, and not read."
            hint = "Those known are supports, attacks, rephrases, and words like them."
            self.note_irregular("unknown-type", message, tie.name, tie.line, hint)
            return False
        if not self.known(tie):
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
        for stretch in self.stretches.values():
            if all(start < end <= len(self.text or "") for start, end in stretch.spans):
                stretch.spans = joined(self.text or "", stretch.spans)
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
        words = _apart(stretch)
        given = [Quote(exact=piece) for piece in words if piece.strip()]
        if self.text is None:
            return words, given
        hint = "Was the text edited after it was annotated? Annotate the words again, or bring the old text back."
        if any(not start < end <= len(self.text) for start, end in stretch.spans):
            message = f"{stretch.name} is at no place of a text of {len(self.text)} characters: its words count."
            self.note_irregular("span-outside", message, stretch.name, stretch.line, hint)
            return words, given
        pieces = stretch.cut(self.text)
        if stretch.words and not stretch.fits(self.text):
            found = brief(" ".join(piece[:100] for piece in pieces[:3]))
            message = f"{stretch.name} says {brief(stretch.words)!r}, but the text there is {found!r}: its words count."
            self.note_irregular("changed-source", message, stretch.name, stretch.line, hint)
            return words, given
        return pieces, [
            self.quotes.get(span) or Quote(exact=piece) for span, piece in zip(stretch.spans, pieces, strict=True)
        ]


def _apart(stretch: _Stretch) -> list[str]:
    """The words of a stretch as its line gives them, cut into its pieces where their lengths tell how."""
    lengths = [end - start for start, end in stretch.spans]
    if sum(lengths) + len(lengths) - 1 != len(stretch.words):
        return [stretch.words]
    words, at = [], 0
    for length in lengths:
        words.append(stretch.words[at : at + length])
        at += length + 1
    return words


def _unspaced(pieces: list[str]) -> str:
    """The words of some pieces without any space."""
    return "".join("".join(pieces).split())


def _said(words: str) -> str:
    """The words of a note."""
    said = decode(words)
    return said if isinstance(said, str) else words
