"""What the changes on one issue mean together.

    1996   junior partner ●━━━━━━━━━━━━━━━━━━○ equal ally         is …, ought to be …
    2005                          ◐ near-equal ally               will be …
                          └─ +1 ─▸┘

Steps run from where `before` says that things *are* to where `after` does; a text that says only what will be is
measured by that, and one that says only what ought to be, by that. Where both find things at one place, and only
`after` foresees another, nothing has moved but something is coming: those steps are told apart, as *foreseen*.
`argmap.diff.map_index` says which of several positions in one mode counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from argmap.diff.classify.scales import Scales
from argmap.diff.map_index import Reading
from argmap.diff.model import Change, Shift


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
                foreseen=foreseen(before, after, scales, id),
                before=before.stand(id),
                after=after.stand(id),
                changes=tuple(carried.get(id, ())),
            )
        )
    return tuple(shifts)


def foreseen(before: Reading, after: Reading, scales: Scales, issue: str) -> int | None:
    """Steps that only `after` expects to be taken, when both find things at one place now; `None` when there are none."""
    now, then, later = before.measure(issue), after.measure(issue), after.foreseen(issue)
    if not (now and then and later) or (now.mode, then.mode) != ("is", "is") or now.position != then.position:
        return None
    expected = before.foreseen(issue)
    if expected and expected.position == later.position:
        return None
    return scales.steps(issue, then.position, later.position) or None
