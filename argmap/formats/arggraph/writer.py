"""Write a map as arggraph XML, with what the file that it came from said beyond it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from argmap.formats.arggraph.units import EXAMPLE, IMPLICIT, NAME, name, name_of, sides_of, units_of
from argmap.formats.common.reader_support import as_list, own
from argmap.formats.common.xml_reader import attribute, escape
from argmap.model import Map, Support

_ATTRIBUTE = re.compile(r"(?:xml:)?[A-Za-z_][\w.\-]*")
RESERVED = frozenset({"id", "edus", "joints", "edges", IMPLICIT})
"""Keys under a map's `extra` that are not attributes of the root."""


def carried(map_: Map, original: Map) -> Map:
    """Return `map_` with only the schemes and claim fields of the format: the example, and implicit claims."""

    def plain(relation: Any) -> Any:
        return relation if relation.scheme in (None, EXAMPLE) else relation.model_copy(update={"scheme": None})

    claims = {
        claim_id: claim.model_copy(update={"implicit": True}) if original.claims[claim_id].implicit else claim
        for claim_id, claim in map_.claims.items()
    }
    return map_.model_copy(update={"claims": type(map_.claims)(claims), "relations": tuple(map(plain, map_.relations))})


def write(map_: Map) -> str:
    """Write a map as an arggraph."""
    kept = {key: value for key, value in own(map_.extra, NAME).items() if key not in RESERVED}
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", f"<arggraph{_attributes(id=name(map_.id), **kept)}>"]
    lines += (f"  {element}" for element in _elements(map_))
    return "\n".join([*lines, "</arggraph>", ""])


def _elements(map_: Map) -> Iterator[str]:
    """Write units, joints, claims, and the edges between them."""
    units, sides = units_of(map_), sides_of(map_)
    implicit = {edu for claim in map_.claims.values() if claim.implicit for edu in units.inside(units.of[claim.id])}
    implicit.update(str(edu) for edu in as_list(own(map_.extra, NAME).get(IMPLICIT)))
    for edu, text in units.edus.items():
        said = {IMPLICIT: "true"} if edu in implicit else {}
        spaced = {} if " ".join(text.split()) == text else {"xml:space": "preserve"}
        yield f"<edu{_attributes(id=edu, **said, **spaced)}>{escape(text)}</edu>"
    for joint in units.joints:
        yield f"<joint{_attributes(id=joint)}/>"
    names = {claim_id: name_of(claim, claim_id) for claim_id, claim in map_.claims.items()}
    for claim_id, claim in map_.claims.items():
        side = own(claim.extra, NAME).get("type")
        yield f"<adu{_attributes(id=names[claim_id], type=side if isinstance(side, str) else sides[claim_id])}/>"
    names |= {r.id: name(r.id) for r in map_.relations if r.id and r.id not in names}
    segments = [(edu, joint) for joint, edus in units.joints.items() for edu in edus]
    segments += [(part, names[claim_id]) for claim_id, parts in units.of.items() for part in parts]
    for n, (source, target) in enumerate(segments, 1):
        yield _edge(f"_s{n}", source, target, "seg")
    added = count(1)
    for n, relation in enumerate(map_.relations, 1):
        edge = name(relation.id) if relation.id else f"_r{n}"
        type_ = "reb" if relation.target in map_.claims else "und"
        if isinstance(relation, Support):
            type_ = "exa" if relation.scheme == EXAMPLE else "sup"
        first, *others = relation.by
        yield _edge(edge, names[first], names[relation.target or ""], type_)
        for source in others:
            yield _edge(f"_a{next(added)}", names[source], edge, "add")
    for fields in as_list(own(map_.extra, NAME).get("edges")):
        if isinstance(fields, dict):
            yield f"<edge{_attributes(**{str(key): str(value) for key, value in fields.items()})}/>"


def _edge(edge: str, source: str, target: str, type_: str) -> str:
    return f"<edge{_attributes(id=edge, src=source, trg=target, type=type_)}/>"


def _attributes(**values: Any) -> str:
    said = ((key, value) for key, value in values.items() if isinstance(value, str) and _ATTRIBUTE.fullmatch(key))
    return "".join(f' {key}="{attribute(value)}"' for key, value in said)
