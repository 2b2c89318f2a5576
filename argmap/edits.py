"""Maps are frozen; an edit takes one and returns a changed one, with all ends following.

    a ─support─▸ b        rename(m, {"b": "c"})  →  a ─support─▸ c
                          drop(m, "a")           →  b, and no relation that has no source left

Nothing here looks at what is edited: an edit that makes a map wrong is found by `argmap.check`, like any other mistake.
"""

from __future__ import annotations

from collections.abc import Mapping

from argmap.model import AnyRelation, Claim, Map, replace


def rename(m: Map, names: Mapping[str, str]) -> Map:
    """The map with claims under new ids, in relations and thesis too.

    Parameters
    ----------
    m
        The map.
    names
        New ids by old ones; claims that are left out keep theirs.

    Raises
    ------
    ValueError
        When two claims would bear one id, or a new id is none (pydantic.ValidationError is a ValueError).
    """
    claims = {}
    for id, claim in m.claims.items():
        new = names.get(id, id)
        if new in claims:
            raise ValueError(f"two claims would be called {new!r}: rename the other one as well")
        claims[new] = claim if new == id else replace(claim, id=new)
    relations = tuple(renamed(relation, names) for relation in m.relations)
    return replace(m, claims=claims, relations=relations, thesis=renamed_thesis(m, names))


def renamed_thesis(m: Map, names: Mapping[str, str]) -> str | tuple[str, ...] | None:
    """Rename the theses of a map; what it does not name stays unnamed."""
    if isinstance(m.thesis, tuple):
        return tuple(names.get(claim_id, claim_id) for claim_id in m.thesis)
    return m.thesis and names.get(m.thesis, m.thesis)


def renamed(relation: AnyRelation, names: Mapping[str, str]) -> AnyRelation:
    """The relation between the same claims under their new ids."""
    by = tuple(names.get(id, id) for id in relation.by)
    target = relation.target and names.get(relation.target, relation.target)
    return relation if (by, target) == (relation.by, relation.target) else replace(relation, by=by, target=target)


def add(m: Map, claim: Claim, *, at: int | None = None) -> Map:
    """The map with one more claim, last or before the claim at place `at`.

    Raises
    ------
    ValueError
        When there is a claim of that id already.
    """
    if claim.id in m.claims:
        raise ValueError(f"there is a claim {claim.id!r} already: give the new one another id, or use change()")
    claims = list(m.claims.values())
    claims.insert(len(claims) if at is None else at, claim)
    return replace(m, claims={each.id: each for each in claims})


def drop(m: Map, id: str) -> Map:
    """The map without a claim, without its part in relations, and without relations that lose an end by it.

    Raises
    ------
    KeyError
        When there is no such claim.
    """
    claims = {each: claim for each, claim in m.claims.items() if each != id}
    if len(claims) == len(m.claims):
        raise KeyError(id)
    relations, gone = list(m.relations), {id}
    theses = tuple(each for each in m.theses if each != id)
    thesis = m.thesis if len(theses) == len(m.theses) else theses or None
    while gone:
        kept, lost = [], set()
        for relation in relations:
            by = tuple(source for source in relation.by if source not in gone)
            if relation.target in gone or (relation.by and not by):
                lost.add(relation.key)
            else:
                kept.append(relation if by == relation.by else replace(relation, by=by))
        relations, gone = kept, lost
    return replace(m, claims=claims, relations=tuple(relations), thesis=thesis)


def change(m: Map, id: str, **fields: object) -> Map:
    """The map with some fields of a claim changed, such as `change(m, "plan", force="hedged")`.

    Raises
    ------
    KeyError
        When there is no such claim.
    pydantic.ValidationError
        When a field does not fit.
    """
    claim = replace(m.claims[id], **fields)
    return replace(m, claims={each: claim if each == id else other for each, other in m.claims.items()})


def reword(m: Map, id: str, text: str) -> Map:
    """The map with a claim put in other words.

    Raises
    ------
    KeyError
        When there is no such claim.
    """
    return change(m, id, text=text)


def tie(m: Map, relation: AnyRelation) -> Map:
    """The map with one more relation."""
    return replace(m, relations=(*m.relations, relation))


def untie(m: Map, key: str) -> Map:
    """The map without the relation of that id or key, and without relations on it.

    Raises
    ------
    KeyError
        When there is no such relation.
    """
    gone = {key}
    relations = list(m.relations)
    while gone:
        kept = [relation for relation in relations if relation.key not in gone and relation.target not in gone]
        lost = {relation.key for relation in relations if relation.target in gone}
        if len(kept) == len(relations):
            break
        relations, gone = kept, lost
    if len(relations) == len(m.relations):
        raise KeyError(key)
    return replace(m, relations=tuple(relations))
