"""Apply an alignment: the decisions of a person stand. This is the first step of matching.

An accepted correspondence is taken as it is, even if it has several claims or a claim that another one has too. A
rejected pair is never matched again. Suggestions count only for claims without an accepted correspondence, the surest first
and each claim once, so that a file full of candidates still gives one diff.
"""

from __future__ import annotations

from argmap.alignment_checks import Side, repeats, unknown_ids
from argmap.diff.match.match_state import Match, Table
from argmap.findings import ArgmapError, Finding, Place
from argmap.model import Alignment, Correspondence, Map, Silent


def pin(table: Table, alignment: Alignment) -> None:
    """Take over an alignment; raise ArgmapError for each unknown claim and each pair decided both ways."""
    refuse_bad(alignment, table.before.map, table.after.map)
    for given in alignment.correspondences:
        if given.status == "rejected":
            table.forbidden.update((b, a) for b in given.before for a in given.after)
    for given in alignment.correspondences:
        if given.status == "accepted":
            table.settle(_match(given))
    for claim_id in alignment.silent.before:
        if claim_id in table.free_before:
            table.settle(Match((claim_id,), (), "analyst"))
    for claim_id in alignment.silent.after:
        if claim_id in table.free_after:
            table.settle(Match((), (claim_id,), "analyst"))
    suggested = [given for given in alignment.correspondences if given.status == "suggested"]
    for given in sorted(suggested, key=lambda given: -(given.confidence or 0)):
        pairs = {(b, a) for b in given.before for a in given.after}
        free = table.free_before.keys() >= set(given.before) and table.free_after.keys() >= set(given.after)
        if free and not pairs & table.forbidden:
            table.settle(_match(given))


def _match(given: Correspondence) -> Match:
    return Match(
        given.before,
        given.after,
        basis="analyst" if given.status == "accepted" else "wording",
        status=given.status,
        confidence=1.0 if given.confidence is None else given.confidence,
        evidence=given.evidence,
        word=given.change,
        because=given.because,
        facets=given.facets,
    )


def among(alignment: Alignment, before: Map, after: Map) -> Alignment:
    """Keep what an alignment says of the claims of two parts of its maps."""

    def kept(given: Correspondence | Silent) -> dict[str, tuple[str, ...]]:
        sides = {"before": (given.before, before), "after": (given.after, after)}
        return {side: tuple(name for name in names if name in map_.claims) for side, (names, map_) in sides.items()}

    parts = [(given, kept(given)) for given in alignment.correspondences]
    return alignment.model_copy(
        update={
            "correspondences": tuple(
                given.model_copy(update=part)
                for given, part in parts
                if all(bool(part[side]) == bool(getattr(given, side)) for side in part)
            ),
            "silent": alignment.silent.model_copy(update=kept(alignment.silent)),
        }
    )


def refuse_bad(alignment: Alignment, before: Map, after: Map) -> None:
    """Refuse an alignment that does not fit these maps, or contradicts itself, with a finding for each problem."""
    findings = [*unknown_claims(alignment, before, after), *contradictions(alignment)]
    if findings:
        raise ArgmapError(findings)


def unknown_claims(alignment: Alignment, before: Map, after: Map) -> list[Finding]:
    """Return a finding for each claim that an alignment names and its map does not have."""
    findings = []
    sides: tuple[tuple[Side, Map, Map], ...] = (("before", before, after), ("after", after, before))
    for side, here, there in sides:
        for claim_id, places in unknown_ids(alignment, side, here.claims).items():
            swapped = f"; {there.id!r} has one: are the two maps swapped?" if claim_id in there.claims else ""
            message = f"map {here.id!r}, given as {side}, has no claim {claim_id!r}{swapped}"
            hint = "Name one of its claims, or give the maps that the alignment was made for."
            findings += [Finding("unknown-claim", "error", message, Place(at=at[:-1]), hint) for at in places]
    return findings


def contradictions(alignment: Alignment) -> list[Finding]:
    """Return a finding for each pair both accepted and rejected, and each claim both matched and passed over."""
    return [
        Finding("decided-twice", "error", repeat.message, Place(at=repeat.at), "Keep one of the two.")
        for repeat in repeats(alignment)
        if repeat.contradicts
    ]
