"""A map → arggraph XML, with what the file that it came from said beyond it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from argmap.formats.arggraph.units import (
    ATTRIBUTE,
    EXAMPLE,
    IMPLICIT,
    NAME,
    RESERVED,
    name,
    original,
    sides_of,
    units_of,
)
from argmap.formats.common.reader_support import as_list, own
from argmap.formats.common.xml_reader import attribute, escape
from argmap.model import Map, Support


def carried(m: Map, whole: Map) -> Map:
    """Of the schemes, only the example has an edge type; of what a claim can be, whether it is implicit."""

    def plain(relation: Any) -> Any:
        return relation if relation.scheme in (None, EXAMPLE) else relation.model_copy(update={"scheme": None})

    claims = {
        id: claim.model_copy(update={"implicit": True}) if whole.claims[id].implicit else claim
        for id, claim in m.claims.items()
    }
    return m.model_copy(update={"claims": type(m.claims)(claims), "relations": tuple(map(plain, m.relations))})


def write(m: Map) -> str:
    """The map as an arggraph."""
    head = {"id": name(m.id), **{key: value for key, value in own(m.extra, NAME).items() if key not in RESERVED}}
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", f"<arggraph{_attributes(head)}>"]
    lines += (f"  {element}" for element in _Writer(m).elements())
    return "\n".join([*lines, "</arggraph>", ""])


class _Writer:
    """One map on its way to a file."""

    def __init__(self, m: Map) -> None:
        self.m = m
        self.kept = own(m.extra, NAME)
        self.units = units_of(m)
        self.names = {id: original(claim.extra, name(id)) for id, claim in m.claims.items()}
        self.names |= {r.id: name(r.id) for r in m.relations if r.id and r.id not in m.claims}
        self.more = own(self.kept, "attributes")

    def elements(self) -> Iterator[str]:
        """Units, joints, claims, and the edges between them."""
        unsaid = {edu for id, claim in self.m.claims.items() if claim.implicit for edu in self.units.inside(id)}
        for id, text in self.units.edus.items():
            implicit = {IMPLICIT: "true"} if id in unsaid else {}
            spaced = {} if " ".join(text.split()) == text else {"xml:space": "preserve"}
            yield f"<edu{self.attributes({'id': id, **implicit, **spaced})}>{escape(text)}</edu>"
        for id in self.units.joints:
            yield f"<joint{self.attributes({'id': id})}/>"
        sides = sides_of(self.m)
        for id, claim in self.m.claims.items():
            side = own(claim.extra, NAME).get("type")
            yield f"<adu{self.attributes({'id': self.names[id], 'type': side if isinstance(side, str) else sides[id]})}/>"
        yield from self.edges()
        for fields in as_list(self.kept.get("edges")):
            if isinstance(fields, dict):
                yield f"<edge{_attributes({key: str(value) for key, value in fields.items()})}/>"

    def edges(self) -> Iterator[str]:
        """What is a part of what, and what argues for or against what."""
        segments = self.units.segments(self.names)
        edges = [name(relation.id) if relation.id else f"_r{n}" for n, relation in enumerate(self.m.relations, 1)]
        added = sum(len(relation.by[1:]) for relation in self.m.relations)
        ids = iter(self.ids(len(segments), added, {*edges, *self.units.edus, *self.units.joints}))
        for source, target in segments:
            yield self.edge(next(ids), source, target, "seg")
        for edge, relation in zip(edges, self.m.relations, strict=True):
            if isinstance(relation, Support):
                type_ = "exa" if relation.scheme == EXAMPLE else "sup"
            else:
                type_ = "reb" if relation.target in self.m.claims else "und"
            first, *others = relation.by
            yield self.edge(edge, self.names[first], self.names[relation.target or ""], type_)
            for source in others:
                yield self.edge(next(ids), self.names[source], edge, "add")

    def ids(self, segments: int, added: int, taken: set[str]) -> list[str]:
        """Ids of the edges that are no relations: those that were read, as long as they fit, else numbers."""
        kept = self.kept.get("ids")
        ids = kept.split() if isinstance(kept, str) else []
        taken |= {self.names[id] for id in self.m.claims}
        if len(ids) == len(set(ids)) == segments + added and taken.isdisjoint(ids):
            return ids
        return [*(f"_s{n + 1}" for n in range(segments)), *(f"_a{n + 1}" for n in range(added))]

    def edge(self, id: str, source: str, target: str, type_: str) -> str:
        return f"<edge{self.attributes({'id': id, 'src': source, 'trg': target, 'type': type_})}/>"

    def attributes(self, values: dict[str, str]) -> str:
        """The attributes of an element: its own, and those that it had when it was read."""
        return _attributes({**own(self.more, values["id"]), **values})


def _attributes(values: Mapping[str, Any]) -> str:
    said = ((key, value) for key, value in values.items() if isinstance(value, str) and ATTRIBUTE.fullmatch(key))
    return "".join(f' {key}="{attribute(value)}"' for key, value in said)
