"""Edits of relations. A relation is named by its number in the file, since two may have the same ends."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from argmap import edits
from argmap.drafting import claim_id_of
from argmap.ids import FreeNames
from argmap.model import RELATION_CLASSES, AnyRelation, Map, replace

Number = Annotated[int, Field(ge=0)]


def connect(
    map_: Map,
    how: Literal["support", "attack", "rephrase", "linked"],
    by: str,
    claim: str | None = None,
    relation: Number | None = None,
) -> Map:
    """Tie a claim to a claim or to a relation; `linked` joins the reasons of a relation."""
    if (claim is None) == (relation is None):
        raise ValueError("name a claim or a relation")
    if by not in map_.claims:
        raise KeyError(by)
    if claim is not None:
        if claim == by:
            raise ValueError("a claim is no reason for itself")
        if how == "linked":
            raise ValueError("a reason is linked with the reasons of a relation")
        new = RELATION_CLASSES[how].model_validate({"target": claim, "by": (by,)})
        if any(each.type == new.type and (each.target, each.by) == (claim, (by,)) for each in map_.relations):
            raise ValueError("this relation is in the map already")
        return edits.tie(map_, new)
    assert relation is not None  # noqa: S101 - for the type checker
    about = map_.relations[relation]
    if how == "linked":
        if by == about.target or by in about.by:
            raise ValueError("this claim is an end of the relation already")
        return _with_relation(map_, relation, replace(about, by=(*about.by, by)))
    if not about.id:
        about = replace(about, id=new_id(f"{'-'.join(about.by[:1])} {about.type}", map_))
        map_ = _with_relation(map_, relation, about)
    return edits.tie(map_, RELATION_CLASSES[how].model_validate({"target": about.id, "by": (by,)}))


def change_relation(
    map_: Map, relation: Number, fields: dict[Literal["type", "scheme", "cue", "note", "by", "target"], JsonValue]
) -> Map:
    """Change a relation: its type, scheme, cue, note or ends."""
    now = map_.relations[relation]
    given = {name: value or None for name, value in fields.items() if name != "type"}
    kind = RELATION_CLASSES[fields.get("type", now.type)]  # type: ignore[index]  # KeyError: it has no such type
    values = {name: getattr(now, name) for name in type(now).model_fields if name in kind.model_fields}
    return _with_relation(map_, relation, kind.model_validate({**values, **given}))


def unlink(map_: Map, relation: Number, by: str) -> Map:
    """Take one reason out of a relation; the last one takes the relation along."""
    now = map_.relations[relation]
    left = tuple(each for each in now.by if each != by)
    return _with_relation(map_, relation, replace(now, by=left)) if left else drop_relation(map_, relation)


def drop_relation(map_: Map, relation: Number) -> Map:
    """Drop a relation, and relations about it."""
    gone = map_.relations[relation]
    if sum(each.key == gone.key for each in map_.relations) == 1:
        return edits.untie(map_, gone.key)
    return replace(map_, relations=(*map_.relations[:relation], *map_.relations[relation + 1 :]))


def _with_relation(map_: Map, number: Number, relation: AnyRelation) -> Map:
    return replace(map_, relations=(*map_.relations[:number], relation, *map_.relations[number + 1 :]))


def accept_relation(map_: Map, relation: Number) -> Map:
    """Accept a suggested relation."""
    return _with_relation(map_, relation, replace(map_.relations[relation], status="accepted"))


def new_id(text: str, map_: Map) -> str:
    """Make an id of the first words of a claim that say something."""
    return FreeNames(taken(map_)).name(claim_id_of(text) or "claim", "-")


def taken(map_: Map) -> list[str]:
    """List the ids that no new claim or relation can have."""
    return [*map_.claims, *(relation.id for relation in map_.relations if relation.id), "none"]
