"""From a map to BRAT's annotations; see `argmap.formats.brat`."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any

from argmap import anchor
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
    pieces,
)
from argmap.formats.common.attribute_codec import encode
from argmap.formats.common.format import Written
from argmap.formats.common.offsets import quotes_at
from argmap.formats.common.reader_support import as_list, as_word, own
from argmap.formats.common.relation_words import relation_word
from argmap.graph import roles
from argmap.model import FrozenDict, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.model import AnyRelation, Claim, Map


def carried(m: Map, whole: Map) -> Map:
    """One text, quotes that are found in it, and no remark on the map as a whole."""
    # A byte order mark at its start would not come back.
    texts = {id: (source.text or "").lstrip("\ufeff") for id, source in m.sources.items()}
    name = next((id for id, text in texts.items() if text), None)
    text = texts.get(name or "", "")
    placed = whole.model_copy(
        update={
            "sources": FrozenDict({id: s.model_copy(update={"text": texts[id]}) for id, s in whole.sources.items()})
        }
    )
    spans = {
        id: joined(
            text,
            (
                piece
                for quote, span in zip(m.claims[id].quotes, of, strict=True)
                if span is not None and (quote.source or next(iter(m.sources))) == name
                for piece in pieces(text, span.start, span.end)
            ),
        )
        for id, of in anchor.spans(placed).items()
    }
    every = sorted({span for of in spans.values() for span in of})
    quote_of = dict(zip(every, quotes_at(text, every), strict=True))

    def found(claim: Claim) -> Claim:
        quotes = (quote_of[span] for span in spans[claim.id])
        return claim.model_copy(update={"quotes": tuple(quote for quote in quotes if quote)})

    return m.model_copy(
        update={
            "note": None,
            "thesis": m.thesis if m.thesis in m.claims else None,
            "sources": FrozenDict({SOURCE: Source(text=text)} if text else {}),
            "claims": FrozenDict({id: found(claim) for id, claim in m.claims.items()}),
        }
    )


def write(m: Map) -> Written:
    """The annotations of a map, and its text beside them."""
    return _Writer(m).written()


class _Writer:
    """A map on its way to annotations."""

    def __init__(self, m: Map) -> None:
        self.m = m
        self.text = m.sources[SOURCE].text or "" if SOURCE in m.sources else ""
        self.whole = self.text
        """The text, with the claims that have no quote below it."""
        lines = as_list(own(m.extra, NAME).get("lines"))
        self.kept = [_one_line(line) for line in lines if isinstance(line, str)]
        taken = {line.partition("\t")[0] for line in self.kept}
        self.numbers = {sign: _free(sign, taken) for sign in "A#"}
        self.names = dict(zip(m.claims, _named(m.claims.values(), "T", taken), strict=True))
        self.relations = list(zip(m.relations, _named(m.relations, "R", taken), strict=True))
        self.lines: list[str] = []

    def written(self) -> Written:
        spans = self.places()
        types = self.types()
        words = {id: " ".join(self.whole[start:end] for start, end in of) for id, of in spans.items()}
        for id in self.order(types):
            places = ";".join(f"{start} {end}" for start, end in spans[id])
            self.lines.append(f"{self.names[id]}\t{types[id]} {places}\t{words[id]}")
        names = [self.tie(relation, name) for relation, name in self.relations]
        for id, claim in self.m.claims.items():
            self.attributes(claim, unquoted=spans[id][0][0] >= len(self.text))
            self.notes(claim, " ".join(words[id].split()))
        for (relation, _), name in zip(self.relations, names, strict=True):
            if relation.note is not None:
                self.note("AnnotatorNotes", name, relation.note)
        return Written("\n".join([*self.lines, *self.kept, ""]), {".txt": self.whole})

    def places(self) -> dict[str, list[tuple[int, int]]]:
        """Where each claim stands: in the text, or on a line of its own below it."""
        places = {}
        parts = [self.text]
        end = len(self.text)
        for id, of in anchor.spans(self.m).items():
            places[id] = [piece for span in of if span for piece in pieces(self.text, span.start, span.end)]
            if not places[id]:
                line = " ".join(self.m.claims[id].text.split()) or "…"
                between = (BETWEEN if self.text else "") if len(parts) == 1 else "\n"
                start = end + len(between)
                end = start + len(line)
                places[id] = [(start, end)]
                parts += [between, line]
        self.whole = "".join(parts)
        return places

    def types(self) -> dict[str, str]:
        """The type of each claim: as it was read, unless what it does has changed from or to the major claim."""
        types = {}
        for id, role in roles(self.m).items():
            kept = own(self.m.claims[id].extra, NAME).get("type")
            fits = isinstance(kept, str) and re.fullmatch(r"\S+", kept) and (role != "thesis" or is_major(kept))
            fits = fits and (self.m.thesis is not None or not is_major(str(kept)))
            types[id] = str(kept) if fits else TYPE_OF_ROLE[role]
        return types

    def order(self, types: dict[str, str]) -> list[str]:
        """The claims in their order; the thesis first where another major claim would be taken for it."""
        ids = list(self.m.claims)
        first = next((id for id in ids if is_major(types[id])), None)
        return ids if first in (None, self.m.thesis) else sorted(ids, key=lambda other: other != self.m.thesis)

    def line(self, relation: AnyRelation) -> str | None:
        """The other kind of line that a relation was read from, if it still can be."""
        kept = own(relation.extra, NAME).get("line")
        stance = (
            kept == "Stance" and relation.target == self.m.thesis not in relation.by and relation.type != "rephrase"
        )
        # A line of equivalence has no name that a remark could be about.
        alike = kept == "*" and relation.type == "rephrase" and relation.note is None
        return kept if stance or alike else None

    def tie(self, relation: AnyRelation, name: str) -> str:
        """Write a relation; gives the name it has there."""
        kept = own(relation.extra, NAME).get("type")
        same = isinstance(kept, str) and re.fullmatch(r"\S+", kept) and relation_word(kept) == relation.type
        source, target = self.names[relation.by[0]], self.names[relation.target or ""]
        match self.line(relation):
            case "Stance":
                stance = kept if same else "For" if relation.type == "support" else "Against"
                name = next(self.numbers["A"])
                self.lines.append(f"{name}\tStance {source} {stance}")
            case "*":
                self.lines.append(f"*\t{kept if same else 'Equiv'} {target} {source}")
            case _:
                word = str(kept) if same else WORD_OF[relation.type]
                ends = _ends(own(relation.extra, NAME).get("ends"))
                tied = (target, source) if leads_back(word, ends) else (source, target)
                self.lines.append(f"{name}\t{word} {ends[0]}:{tied[0]} {ends[1]}:{tied[1]}")
                self.attribute(name, own(own(relation.extra, NAME), "attributes"))
        return name

    def attributes(self, claim: Claim, *, unquoted: bool) -> None:
        """What the model has a word for, then what was read beyond it."""
        values: dict[str, Any] = {name: getattr(claim, name.lower()) for name in VALUES}
        values = {name: value for name, value in values.items() if value not in (None, "asserted", "plain")}
        values |= {name: True for name, holds in (("Implicit", claim.implicit), ("Unquoted", unquoted)) if holds}
        self.attribute(self.names[claim.id], {**own(own(claim.extra, NAME), "attributes"), **values})

    def attribute(self, of: str, values: dict[str, Any]) -> None:
        for name, value in values.items():
            if re.fullmatch(r"\S+", name) and (value is True or (isinstance(value, str) and value.strip())):
                said = "" if value is True else f" {_one_line(value)}"
                self.lines.append(f"{next(self.numbers['A'])}\t{name} {of}{said}")

    def notes(self, claim: Claim, words: str) -> None:
        name = self.names[claim.id]
        if as_word(name) != claim.id:
            self.note("ArgmapId", name, claim.id)
        if claim.text != words:
            self.note("ArgmapText", name, claim.text)
        if claim.note is not None:
            self.note("AnnotatorNotes", name, claim.note)

    def note(self, type_: str, of: str, words: str) -> None:
        self.lines.append(f"{next(self.numbers['#'])}\t{type_} {of}\t{encode(words)}")


def _ends(kept: Any) -> list[str]:
    """What the ends of a relation are called."""
    fits = isinstance(kept, list) and len(kept) == 2 and all(re.fullmatch(r"[^\s:]+", str(name)) for name in kept)
    return [str(name) for name in kept] if fits else ENDS


def _named(values: Iterable[Claim | AnyRelation], letter: str, kept: set[str]) -> list[str]:
    """A name each: the one it was read with, else the next number that neither another nor a `kept` line has."""
    values = list(values)
    read: list[str | None] = []
    taken: set[str] = set()
    for value in values:
        name = own(value.extra, NAME).get("id", value.id)
        if isinstance(name, str) and re.fullmatch(rf"{letter}\d\S*", name) and name not in taken:
            read.append(name)
            taken.add(name)
        else:
            read.append(None)
    taken |= kept
    return [name or next(_free(letter, taken, at)) for at, name in enumerate(read, 1)]


def _free(letter: str, taken: set[str], start: int = 1) -> Iterator[str]:
    """Names of a letter and a number, from `start` on, that are not taken; taken once they are given."""
    for n in count(start):
        if (name := f"{letter}{n}") not in taken:
            taken.add(name)
            yield name


def _one_line(words: str) -> str:
    return re.sub(r"[\r\n]", " ", words)
