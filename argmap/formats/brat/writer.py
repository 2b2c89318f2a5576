"""Write a map as BRAT's annotations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import count
from typing import Any, TypeGuard

from argmap import anchor
from argmap.anchor.quoter import quotes_at
from argmap.formats.brat import vocabulary as brat
from argmap.formats.brat.vocabulary import NAME, SOURCE, Spans, is_major, joined, pieces
from argmap.formats.common.attribute_codec import encode
from argmap.formats.common.format import Written
from argmap.formats.common.reader_support import as_list, as_word, own
from argmap.formats.common.relation_words import is_passive, relation_word
from argmap.graph import roles
from argmap.model import AnyRelation, Claim, FrozenDict, Map, Source


def carried(map_: Map, original: Map) -> Map:
    """Return `map_` with one text, the quotes found in it, and no note on the map as a whole."""
    # A byte order mark at its start would not come back.
    texts = {source_id: (source.text or "").lstrip("\ufeff") for source_id, source in map_.sources.items()}
    name = next((source_id for source_id, text in texts.items() if text), None)
    text = texts.get(name or "", "")
    sources = {s: source.model_copy(update={"text": texts[s]}) for s, source in original.sources.items()}
    placed = anchor.spans(original.model_copy(update={"sources": FrozenDict(sources)}))
    first = next(iter(map_.sources), None)

    def spans_of(claim: Claim) -> Spans:
        quoted = zip(claim.quotes, placed[claim.id], strict=True)
        here = (span for quote, span in quoted if span and (quote.source or first) == name)
        return joined(text, (piece for span in here for piece in pieces(text, span.start, span.end)))

    spans = {claim_id: spans_of(claim) for claim_id, claim in map_.claims.items()}
    every = sorted({span for stretches in spans.values() for span in stretches})
    quote_of = dict(zip(every, quotes_at(text, every), strict=True))
    claims = {
        claim_id: claim.model_copy(update={"quotes": tuple(filter(None, map(quote_of.get, spans[claim_id])))})
        for claim_id, claim in map_.claims.items()
    }
    return map_.model_copy(
        update={
            "note": None,
            "thesis": map_.thesis if map_.thesis in map_.claims else None,
            "sources": FrozenDict({SOURCE: Source(text=text)} if text else {}),
            "claims": FrozenDict(claims),
        }
    )


def write(map_: Map) -> Written:
    """Write the annotations of a map, and its text beside them."""
    return _BratWriter(map_).written()


class _BratWriter:
    """Writes claims and relations as lines."""

    def __init__(self, map_: Map) -> None:
        self.map = map_
        self.text = map_.sources[SOURCE].text or "" if SOURCE in map_.sources else ""
        self.whole = self.text
        """The text, with the claims that have no quote below it."""
        lines = as_list(own(map_.extra, NAME).get("lines"))
        self.kept = [_one_line(line) for line in lines if isinstance(line, str)]
        self.taken = {line.partition("\t")[0] for line in self.kept}
        self.numbers = {sign: _free(sign, self.taken) for sign in "A#"}
        self.names = dict(zip(map_.claims, _named(map_.claims.values(), "T", self.taken), strict=True))
        self.lines: list[str] = []

    def written(self) -> Written:
        """Return the lines and the text."""
        spans, types = self._places(), self._types()
        words = {claim_id: " ".join(self.whole[a:b] for a, b in stretches) for claim_id, stretches in spans.items()}
        for claim_id in self._order(types):
            places = ";".join(f"{start} {end}" for start, end in spans[claim_id])
            self.lines.append(f"{self.names[claim_id]}\t{types[claim_id]} {places}\t{words[claim_id]}")
        named = dict(zip(_named(self.map.relations, "R", self.taken), self.map.relations, strict=True))
        for name, relation in named.items():
            self._add_relation(name, relation)
        for claim_id, claim in self.map.claims.items():
            self._add_attributes(claim, is_unquoted=spans[claim_id][0][0] >= len(self.text))
            self._add_notes(claim, " ".join(words[claim_id].split()))
        for name, relation in named.items():
            if relation.note is not None:
                self._add_note("AnnotatorNotes", name, relation.note)
        return Written("\n".join([*self.lines, *self.kept, ""]), {".txt": self.whole})

    def _places(self) -> dict[str, Spans]:
        """Return where each claim stands: in the text, or on a line of its own below it."""
        places = {}
        parts = [self.text]
        end = len(self.text)
        for claim_id, spans in anchor.spans(self.map).items():
            places[claim_id] = [piece for span in spans if span for piece in pieces(self.text, span.start, span.end)]
            if not places[claim_id]:
                line = " ".join(self.map.claims[claim_id].text.split()) or "…"
                between = (brat.BETWEEN if self.text else "") if len(parts) == 1 else "\n"
                start = end + len(between)
                end = start + len(line)
                places[claim_id] = [(start, end)]
                parts += [between, line]
        self.whole = "".join(parts)
        return places

    def _types(self) -> dict[str, str]:
        """Return the type of each claim: the one it was read with, unless it has become the major claim or ceased to be."""
        types = {}
        for claim_id, role in roles(self.map).items():
            kept = own(self.map.claims[claim_id].extra, NAME).get("type")
            fits = _is_word(kept) and (is_major(kept) if role == "thesis" else self.map.thesis or not is_major(kept))
            types[claim_id] = str(kept) if fits else brat.TYPE_OF_ROLE[role]
        return types

    def _order(self, types: dict[str, str]) -> list[str]:
        """Return the claims in their order; the thesis first where another major claim would be taken for it."""
        ids = list(self.map.claims)
        first = next((claim_id for claim_id in ids if is_major(types[claim_id])), None)
        return ids if first in (None, self.map.thesis) else sorted(ids, key=lambda each: each != self.map.thesis)

    def _add_relation(self, name: str, relation: AnyRelation) -> None:
        kept = own(relation.extra, NAME)
        word = kept.get("type")
        if not _is_word(word) or relation_word(word) != relation.type or is_passive(word):
            word = brat.WORD_OF[relation.type]
        ends = f"Arg1:{self.names[relation.by[0]]} Arg2:{self.names[relation.target or '']}"
        self.lines.append(f"{name}\t{word} {ends}")
        self._add_values(name, own(kept, "attributes"))

    def _add_attributes(self, claim: Claim, *, is_unquoted: bool) -> None:
        """Add the attributes that the model has a word for, then those that were read beyond it."""
        values: dict[str, Any] = {name: getattr(claim, name.lower()) for name in brat.VALUES}
        values = {name: value for name, value in values.items() if value not in (None, "asserted", "plain")}
        values |= {name: True for name, is_set in (("Implicit", claim.implicit), ("Unquoted", is_unquoted)) if is_set}
        self._add_values(self.names[claim.id], {**own(own(claim.extra, NAME), "attributes"), **values})

    def _add_values(self, about: str, values: dict[str, Any]) -> None:
        for name, value in values.items():
            if _is_word(name) and (value is True or (isinstance(value, str) and value.strip())):
                said = "" if value is True else f" {_one_line(value)}"
                self.lines.append(f"{next(self.numbers['A'])}\t{name} {about}{said}")

    def _add_notes(self, claim: Claim, words: str) -> None:
        name = self.names[claim.id]
        if as_word(name) != claim.id:
            self._add_note("ArgmapId", name, claim.id)
        if claim.text != words:
            self._add_note("ArgmapText", name, claim.text)
        if claim.note is not None:
            self._add_note("AnnotatorNotes", name, claim.note)

    def _add_note(self, type_: str, about: str, words: str) -> None:
        self.lines.append(f"{next(self.numbers['#'])}\t{type_} {about}\t{encode(words)}")


def _named(values: Collection[Claim | AnyRelation], letter: str, kept: set[str]) -> list[str]:
    """Name each value as it was named when it was read, or else by the next number that nothing has, `kept` lines included."""
    read: dict[str, int] = {}
    for at, value in enumerate(values, 1):
        name = own(value.extra, NAME).get("id", value.id)
        if isinstance(name, str) and re.fullmatch(rf"{letter}\d\S*", name):
            read.setdefault(name, at)
    name_at, taken = {at: name for name, at in read.items()}, {*read, *kept}
    return [name_at.get(at) or next(_free(letter, taken, at)) for at, _ in enumerate(values, 1)]


def _free(letter: str, taken: set[str], start: int = 1) -> Iterator[str]:
    """Generate names of a letter and a number, from `start` on, that are not taken."""
    for n in count(start):
        if (name := f"{letter}{n}") not in taken:
            taken.add(name)
            yield name


def _is_word(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and re.fullmatch(r"\S+", value) is not None


def _one_line(words: str) -> str:
    return re.sub(r"[\r\n]", " ", words)
