"""What the changes on one issue mean together.

    1996   junior partner ●━━━━━━━━━━━━━━━━━━○ equal ally         is …, ought to be …
    2005                          ◐ near-equal ally               will be …
                          └─ +1 ─▸┘

Steps run from where `before` says that things *are* to where `after` does; a text that says only what will be is
measured by that, and one that says only what ought to be, by that. `argmap.diff.readings` says which of several
positions in one mode counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from argmap.diff.readings import Reading
from argmap.diff.result import Change, Shift
from argmap.diff.scales import Scales


def shifts_of(before: Reading, after: Reading, scales: Scales, changes: Sequence[Change]) -> tuple[Shift, ...]:
    """A shift for each issue on which a text stands somewhere or a change happened, headline first."""
    carried: dict[str, list[int]] = {}
    for n, change in enumerate(changes):
        for name in dict.fromkeys(side.issue for side in (*change.before, *change.after) if side.issue):
            carried.setdefault(name, []).append(n)
    shifts = []
    for id, issue in scales.all.items():
        ends = before.measure(id), after.measure(id)
        if not any(ends) and id not in carried:
            continue
        shifts.append(
            Shift(
                issue=id,
                question=issue.question,
                label=issue.label,
                scale=issue.scale,
                steps=scales.steps(id, *(claim.position if claim else None for claim in ends)),
                before=before.stand(id),
                after=after.stand(id),
                changes=tuple(carried.get(id, ())),
            )
        )
    return tuple(shifts)
