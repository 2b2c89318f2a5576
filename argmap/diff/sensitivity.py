"""Find the single codings that the headline hangs on.

    1996   unequal-partners   fact   junior       the only claim that says what is
    2005   senior-junior      fact   junior       the only claim that says what is
           → another position of either would give another headline; a second claim at `junior` would make it safe

A headline that one choice of the analyst's can overturn should say so. Each position, kind and commitment of a claim on the headline
issue is changed in turn, and only what counts on that issue is worked out again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from argmap.diff.classify.scales import Scales
from argmap.diff.map_index import MapIndex, places
from argmap.diff.model import Change, Coding, Shift
from argmap.model import MODES, Claim, Commitment, Kind

Key = tuple[str | None, ...]

KINDS: tuple[Kind, ...] = ("fact", "plan", "prediction", "policy")
"""One kind for each mode."""
COMMITMENTS: tuple[Commitment, ...] = ("asserted", "reported", "conceded", "rejected", "asked")


def headline_of(shifts: Sequence[Shift]) -> Shift | None:
    """Choose the issue of the headline: the first on which both texts take a position."""
    return next((s for s in shifts if s.before.state == s.after.state == "position"), None)


def sensitivity(
    before: MapIndex, after: MapIndex, scales: Scales, shifts: Sequence[Shift], changes: Sequence[Change]
) -> tuple[Coding, ...]:
    """Find each single coding whose change would change the headline."""
    head = headline_of(shifts)
    if head is None:
        return tuple(_of_theses(before, after, changes))
    steps = list(scales.all[head.issue].scale)
    return tuple(coding for reading in (before, after) for coding in _on_issue(reading, head.issue, steps))


def _on_issue(reading: MapIndex, issue: str, steps: Sequence[str]) -> Iterator[Coding]:
    claims = reading.by_issue.get(issue, [])
    now = _leads(reading, claims)
    for n, claim in enumerate(claims):
        values: tuple[tuple[str, Sequence[str | None]], ...] = (
            ("position", (*steps, None)),
            ("kind", [kind for kind in KINDS if claim.kind and _mode(kind) != claim.mode]),
            ("commitment", COMMITMENTS),
        )
        for field, others in values:
            value = getattr(claim, field)
            instead = [
                other
                for other in others
                if other != value
                and _leads(reading, [*claims[:n], claim.model_copy(update={field: other}), *claims[n + 1 :]]) != now
            ]
            if instead:
                yield Coding(
                    map=reading.map.id,
                    claim=claim.id,
                    field=field,
                    value=value,
                    instead=tuple(instead),
                )


def _mode(kind: Kind) -> str | None:
    from argmap.model import MODE_OF_KIND

    return MODE_OF_KIND[kind]


def _leads(reading: MapIndex, claims: Sequence[Claim]) -> Key:
    """Give the position that counts in each mode."""
    placing = [claim for claim in claims if places(claim)]
    found = (min((claim for claim in placing if claim.mode == mode), key=reading.rank, default=None) for mode in MODES)
    return tuple(claim.position if claim else None for claim in found)


def _of_theses(before: MapIndex, after: MapIndex, changes: Sequence[Change]) -> Iterator[Coding]:
    """Without a shared scale the headline is the change word of the theses."""
    for change in changes:
        ends = {side.id for side in change.before}, {side.id for side in change.after}
        if change.status == "accepted" and ends[0] & {*before.map.theses} and ends[1] & {*after.map.theses}:
            yield Coding(
                map=after.map.id, claim=change.after[0].id, field="change", value=change.change, instead=("any other",)
            )
