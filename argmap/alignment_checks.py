"""Find what is wrong in an alignment: ids that its maps do not have, and decisions that contradict one another.

`check` reports all of it; a diff refuses an alignment with an unknown id or a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from argmap.findings import Path
from argmap.model import Alignment, Correspondence

Side = Literal["before", "after"]


class Repeat(NamedTuple):
    """A decision that an alignment has made before."""

    at: Path
    message: str
    contradicts: bool
    """The two decisions differ."""


def unknown_ids(alignment: Alignment, side: Side, claims: Mapping[str, Any]) -> dict[str, list[Path]]:
    """Return the ids of one side that its map does not have, each with the places where it is used."""
    used: dict[str, list[Path]] = {}
    places: list[tuple[Path, tuple[str, ...]]] = [
        (("correspondences", n, side), getattr(given, side)) for n, given in enumerate(alignment.correspondences)
    ]
    for at, ids in (*places, (("silent", side), getattr(alignment.silent, side))):
        for k, claim_id in enumerate(ids):
            if claim_id not in claims:
                used.setdefault(claim_id, []).append((*at, k))
    for claim_id in getattr(alignment.read, side, ()):
        if claim_id not in claims:
            used.setdefault(claim_id, []).append(("read", side, claim_id))
    return used


def repeats(alignment: Alignment) -> Iterator[Repeat]:
    """Yield decisions on the same two claims, and claims that are both matched and left without a match.

    Suggestions decide nothing, so they may repeat a pair.
    """
    decided = [(n, each) for n, each in enumerate(alignment.correspondences) if each.status != "suggested"]
    pairs: dict[tuple[str, str], tuple[int, str]] = {}
    seen: dict[bool, dict[tuple[Side, str], int]] = {True: {}, False: {}}
    """By whether they have a match: each claim, and the first correspondence that says so."""
    for n, given in decided:
        repeated = [pair for pair in _pairs(given) if pairs.setdefault(pair, (n, given.status))[0] != n]
        if repeated:
            # One pair per correspondence is enough; one with a different decision comes first.
            before, after = next((pair for pair in repeated if pairs[pair][1] != given.status), repeated[0])
            first, status = pairs[before, after]
            other = "" if status == given.status else f" as {status}, and here as {given.status}"
            message = f'"{before}" and "{after}" are a pair already in correspondence {first + 1}{other}.'
            yield Repeat(("correspondences", n), message, status != given.status)
        if given.status == "rejected":
            continue
        has_match = bool(given.before and given.after)
        for end in _ends(given):
            seen[has_match].setdefault(end, n)
            if end in seen[not has_match] and given.status == "accepted":
                message = (
                    f'"{end[1]}" stands alone in one correspondence and has a match in another '
                    f"(see number {seen[not has_match][end] + 1})."
                )
                yield Repeat(("correspondences", n), message, False)
    for side, k, claim_id in _silent(alignment):
        if (side, claim_id) in seen[True]:
            place = seen[True][side, claim_id] + 1
            message = f'"{claim_id}" is passed over here, and has a match in correspondence {place}.'
            yield Repeat(("silent", side, k), message, True)


def _pairs(given: Correspondence) -> Iterator[tuple[str, str]]:
    return ((before, after) for before in given.before for after in given.after)


def _ends(given: Correspondence) -> Iterator[tuple[Side, str]]:
    yield from (("before", claim_id) for claim_id in given.before)
    yield from (("after", claim_id) for claim_id in given.after)


def _silent(alignment: Alignment) -> Iterator[tuple[Side, int, str]]:
    for k, claim_id in enumerate(alignment.silent.before):
        yield "before", k, claim_id
    for k, claim_id in enumerate(alignment.silent.after):
        yield "after", k, claim_id
