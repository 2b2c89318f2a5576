"""Edit maps: each function takes a frozen map and returns a changed one, with its references adjusted.

    a ─support─▸ b        rename(m, {"b": "c"})  →  a ─support─▸ c
                          drop(m, "a")           →  b, and no relation that has no source left

These functions do not check the result: `argmap.check` finds the mistakes of an edit, like any other.
"""

from __future__ import annotations

from collections.abc import Mapping

from argmap.model import AnyRelation, Claim, Map, replace


def rename(map_: Map, names: Mapping[str, str]) -> Map:
    """Return the map with claims under new ids, in relations and thesis too.

    Parameters
    ----------
    map_
        The map.
    names
        New ids by old ones; claims that are left out keep theirs.

    Raises
    ------
    ValueError
        When two claims would have one id, or a new id is not valid (pydantic.ValidationError is a ValueError).
    """
    claims = {}
    for claim_id, claim in map_.claims.items():
        new = names.get(claim_id, claim_id)
        if new in claims:
            raise ValueError(f"two claims would be called {new!r}: rename the other one as well")
        claims[new] = claim if new == claim_id else replace(claim, id=new)
    relations = tuple(renamed(relation, names) for relation in map_.relations)
    return replace(map_, claims=claims, relations=relations, thesis=renamed_thesis(map_, names))


def renamed_thesis(map_: Map, names: Mapping[str, str]) -> str | tuple[str, ...] | None:
    """Rename the theses of a map; what it does not name stays unnamed."""
    if isinstance(map_.thesis, tuple):
        return tuple(names.get(claim_id, claim_id) for claim_id in map_.thesis)
    return map_.thesis and names.get(map_.thesis, map_.thesis)


def renamed(relation: AnyRelation, names: Mapping[str, str]) -> AnyRelation:
    """Return the relation between the same claims under their new ids."""
    by = tuple(names.get(claim_id, claim_id) for claim_id in relation.by)
    target = relation.target and names.get(relation.target, relation.target)
    return relation if (by, target) == (relation.by, relation.target) else replace(relation, by=by, target=target)


def add(map_: Map, claim: Claim, *, at: int | None = None) -> Map:
    """Return the map with one more claim, at the end or before the claim at index `at`.

    Raises
    ------
    ValueError
        When there is a claim of that id already.
    """
    if claim.id in map_.claims:
        raise ValueError(f"there is a claim {claim.id!r} already: give the new one another id, or use change()")
    claims = list(map_.claims.values())
    claims.insert(len(claims) if at is None else at, claim)
    return replace(map_, claims={each.id: each for each in claims})


def drop(map_: Map, claim_id: str) -> Map:
    """Return the map without a claim, without its part in relations, and without relations that lose an end.

    Raises
    ------
    KeyError
        When there is no such claim.
    """
    claims = {each: claim for each, claim in map_.claims.items() if each != claim_id}
    if len(claims) == len(map_.claims):
        raise KeyError(claim_id)
    relations, gone = list(map_.relations), {claim_id}
    theses = tuple(each for each in map_.theses if each != claim_id)
    thesis = map_.thesis if len(theses) == len(map_.theses) else theses or None
    while gone:
        kept, lost = [], set()
        for relation in relations:
            by = tuple(source for source in relation.by if source not in gone)
            if relation.target in gone or (relation.by and not by):
                lost.add(relation.key)
            else:
                kept.append(relation if by == relation.by else replace(relation, by=by))
        relations, gone = kept, lost
    return replace(map_, claims=claims, relations=tuple(relations), thesis=thesis)


def change(map_: Map, claim_id: str, **fields: object) -> Map:
    """Return the map with some fields of a claim changed, such as `change(map_, "plan", force="hedged")`.

    Raises
    ------
    KeyError
        When there is no such claim.
    pydantic.ValidationError
        When a field does not fit.
    """
    claim = replace(map_.claims[claim_id], **fields)
    return replace(map_, claims={each: claim if each == claim_id else other for each, other in map_.claims.items()})


def reword(map_: Map, claim_id: str, text: str) -> Map:
    """Return the map with a claim in other words.

    Raises
    ------
    KeyError
        When there is no such claim.
    """
    return change(map_, claim_id, text=text)


def tie(map_: Map, relation: AnyRelation) -> Map:
    """Return the map with one more relation."""
    return replace(map_, relations=(*map_.relations, relation))


def untie(map_: Map, key: str) -> Map:
    """Return the map without the relation of that id or key, and without relations about it.

    Raises
    ------
    KeyError
        When there is no such relation.
    """
    gone = {key}
    relations = list(map_.relations)
    while gone:
        kept = [relation for relation in relations if relation.key not in gone and relation.target not in gone]
        lost = {relation.key for relation in relations if relation.target in gone}
        if len(kept) == len(relations):
            break
        relations, gone = kept, lost
    if len(relations) == len(map_.relations):
        raise KeyError(key)
    return replace(map_, relations=tuple(relations))
