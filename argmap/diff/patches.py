"""Patches: the exact edits that turn one revision into the next, and applying them.

A diff tells a reader what happened; a patch tells a program. Both lists of a map, claims and relations, are told anew from
start to end: stretches copied from the old list, and between them what is new or changed, written out.

    before   a b c d          [0, 2]  {id: x, …}  [3, 4]
    after    a b x d          copy a b, write x, copy d

A changed claim is written out whole: that is longer than naming its fields, and cannot be misread.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from argmap import edits
from argmap.diff.match.match_state import Match
from argmap.diff.model import Diff, Patch
from argmap.findings import ArgmapError
from argmap.model import AnyRelation, Claim, Map, Value, replace

LISTS = ("claims", "relations")


def patch(before: Map, after: Map, matches: Sequence[Match]) -> Patch:
    """Make the patch from one revision to the next; `matches` shows which claims are only renamed."""
    renamed = _names(matches)
    old = edits.rename(before, renamed) if _rename_fits(before, renamed) else before
    if old is before:
        renamed = {}
    fields = {
        name: _json(getattr(after, name))
        for name in Map.model_fields
        if name not in LISTS and getattr(old, name) != getattr(after, name)
    }
    return Patch(
        of=digest(before),
        fields=fields,
        renamed=renamed,
        claims=_told(list(old.claims.values()), list(after.claims.values()), _claim),
        relations=_told(old.relations, after.relations, _relation),
    )


def apply(diff: Diff, before: Map) -> Map:
    """Apply a patch to the earlier revision; return the later one.

    Raises
    ------
    ArgmapError
        When the diff holds no patch (it does not compare revisions), or was made from another version of the map.
    """
    given = diff.patch
    if given is None:
        raise ArgmapError(
            f"the diff of {diff.before.id} and {diff.after.id} holds no patch: they are not revisions of one map"
        )
    if given.of != digest(before):
        raise ArgmapError(f"the diff was made from another version of {diff.before.id}: give the map as it was then")
    old = edits.rename(before, given.renamed)
    claims = _followed(given.claims, list(old.claims.values()))
    return replace(
        old,
        **given.fields,
        claims={claim["id"] if isinstance(claim, dict) else claim.id: claim for claim in claims},
        relations=tuple(_followed(given.relations, old.relations)),
    )


def digest(m: Map) -> str:
    """SHA-256 over all that a map holds, so that a patch is not applied to another version."""
    held = {name: _json(getattr(m, name)) for name in Map.model_fields if name != "claims"}
    held["claims"] = [_claim(claim) for claim in m.claims.values()]
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()


def _names(matches: Iterable[Match]) -> dict[str, str]:
    """New ids by old ones; of a split or merged claim, the first on each side."""
    return {
        match.before[0]: match.after[0]
        for match in matches
        if match.before and match.after and match.before[0] != match.after[0]
    }


def _rename_fits(before: Map, names: Mapping[str, str]) -> bool:
    """Tell whether no two claims would have one id: a dropped claim may still have the new id of another."""
    ids = [names.get(claim_id, claim_id) for claim_id in before.claims]
    return len(set(ids)) == len(ids)


def _told(old: Sequence[Any], new: Sequence[Any], write: Callable[[Any], dict[str, Any]]) -> tuple[Any, ...]:
    """The new list as stretches of the old one and items written out."""
    places: dict[str, list[int]] = defaultdict(list)
    for n, item in enumerate(old):
        places[_key(write(item))].append(n)
    told: list[Any] = []
    for item in new:
        written = write(item)
        known = places.get(_key(written))
        if not known:
            told.append(written)
            continue
        goes_on = bool(told) and isinstance(told[-1], tuple) and told[-1][1] in known
        if goes_on:
            told[-1] = (told[-1][0], told[-1][1] + 1)
        else:
            told.append((known[0], known[0] + 1))
    return tuple(told)


def _followed(told: Iterable[Any], old: Sequence[Any]) -> Iterable[Any]:
    """Return the list that a patch describes."""
    for item in told:
        if isinstance(item, dict):
            yield dict(item)
        else:
            yield from old[item[0] : item[1]]


def _claim(claim: Claim) -> dict[str, Any]:
    return {"id": claim.id, **claim.model_dump(mode="json", by_alias=True, exclude_defaults=True)}


def _relation(relation: AnyRelation) -> dict[str, Any]:
    return relation.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _key(written: dict[str, Any]) -> str:
    return json.dumps(written, sort_keys=True)


def _json(value: Any) -> Any:
    """A field of a map as JSON has it."""
    if isinstance(value, Value):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if isinstance(value, dict):
        return {key: _json(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_json(item) for item in value]
    return value
