"""What a person has decided stands: the first step of matching.

An accepted correspondence is taken as it is, also where it ties several claims or a claim that another one ties too. A
rejected pair is never matched again. Suggestions count only where no accepted one speaks of their claims, the surest first and
each claim once, so that a file full of candidates still reads as one diff.
"""

from __future__ import annotations

from argmap.diff.match.match_state import Match, Table
from argmap.findings import ArgmapError, Finding, Place
from argmap.model import Alignment, Correspondence, Map, Silent


def pin(table: Table, alignment: Alignment) -> None:
    """Take over an alignment.

    Raises
    ------
    ArgmapError
        When it names unknown claims or decides one pair both ways, with a finding for each.
    """
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
    )


def refuse_bad(alignment: Alignment, before: Map, after: Map) -> None:
    """Refuse an alignment that cannot be meant for these maps, or contradicts itself.

    Raises
    ------
    ArgmapError
        With a finding for each problem.
    """
    findings = [*unknown_claims(alignment, before, after), *contradictions(alignment)]
    if findings:
        raise ArgmapError(findings)


def unknown_claims(alignment: Alignment, before: Map, after: Map) -> list[Finding]:
    """A finding for each claim that an alignment names and its map does not have."""
    named: list[tuple[tuple[str | int, ...], Correspondence | Silent]] = [
        (("correspondences", n), given) for n, given in enumerate(alignment.correspondences)
    ]
    findings = []
    for at, given in (*named, (("silent",), alignment.silent)):
        for key, ids, here, there in (("before", given.before, before, after), ("after", given.after, after, before)):
            for claim_id in ids:
                if claim_id not in here.claims:
                    swapped = f"; {there.id!r} has one: are the two maps swapped?" if claim_id in there.claims else ""
                    message = f"map {here.id!r}, given as {key}, has no claim {claim_id!r}{swapped}"
                    hint = "Name one of its claims, or give the maps that the alignment was made for."
                    findings.append(Finding("unknown-claim", "error", message, Place(at=(*at, key)), hint))
    return findings


def contradictions(alignment: Alignment) -> list[Finding]:
    """A finding for each pair that is both accepted and rejected, and for each claim both matched and said to be passed over."""
    decided: dict[tuple[str, str], tuple[int, Correspondence]] = {}
    findings = []
    for n, given in enumerate(alignment.correspondences):
        if given.status == "suggested":
            continue
        for pair in ((b, a) for b in given.before for a in given.after):
            first, other = decided.setdefault(pair, (n, given))
            if other.status != given.status:
                findings.append(
                    Finding(
                        "contradictory-decision",
                        "error",
                        f"{pair[0]} – {pair[1]} is {given.status} here and {other.status} in entry {first + 1}",
                        Place(at=("correspondences", n)),
                        "Keep one of the two.",
                    )
                )
    for n, given in enumerate(alignment.correspondences):
        if given.status != "accepted" or not (given.before and given.after):
            continue
        silent = (set(given.before) & set(alignment.silent.before)) | (set(given.after) & set(alignment.silent.after))
        for claim_id in sorted(silent):
            message = f"{claim_id} is matched here, and passed over under `silent`"
            place = Place(at=("correspondences", n))
            findings.append(Finding("contradictory-decision", "error", message, place, "Keep one of the two."))
    return findings
