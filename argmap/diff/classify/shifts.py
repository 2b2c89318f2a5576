"""Summarise the changes on each issue, mode by mode.

    1996   is: junior partner                             ought: equal ally
    2005   is: junior partner   will: near-equal ally
           is   junior → junior, 0 steps
           will – → near-equal, "if all goes well"
           ought equal → –

A text may say what is, what is planned, what will be and what ought to be. Each mode is compared with itself only: from
*is* to *will be* is not a step but a forecast. `argmap.diff.map_index` says which of several positions in one mode counts.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from argmap.diff.classify.scales import Scales
from argmap.diff.map_index import MapIndex
from argmap.diff.model import Change, Move, Shift
from argmap.model import MODES, Claim, Mode

AHEAD: dict[Mode, str] = {"plan": "planned", "will": "foreseen", "ought": "called for"}
"""Words for what a text says, where it does not say that it is so."""


def shifts_of(
    before: MapIndex,
    after: MapIndex,
    scales: Scales,
    changes: Sequence[Change],
    silences: tuple[Set[str], Set[str]] = (frozenset(), frozenset()),
) -> tuple[Shift, ...]:
    """Give a shift for each issue on which a text has a claim or a change happened, headline first."""
    carried: dict[str, list[int]] = {}
    for n, change in enumerate(changes):
        for name in dict.fromkeys(side.issue for side in (*change.before, *change.after) if side.issue):
            carried.setdefault(name, []).append(n)
    spoken = before.by_issue.keys() | after.by_issue.keys() | carried.keys()
    return tuple(
        Shift(
            issue=name,
            question=issue.question,
            label=issue.label,
            scale=issue.scale,
            sentence=issue.sentence,
            before=before.stand(name, silent=name in silences[0]),
            after=after.stand(name, silent=name in silences[1]),
            moves=moves_on(before, after, scales, name),
            changes=tuple(carried.get(name, ())),
        )
        for name, issue in scales.all.items()
        if name in spoken
    )


def moves_on(before: MapIndex, after: MapIndex, scales: Scales, issue: str) -> tuple[Move, ...]:
    """Compare the positions that count on an issue, mode by mode."""
    moves = []
    for mode in MODES:
        for left, right in _compared(before, after, issue, mode):
            hangs = after.conditions.get(right.id) if right else before.conditions.get(left.id) if left else None
            ends = left.position if left else None, right.position if right else None
            moves.append(
                Move(
                    mode=mode,
                    from_=ends[0],
                    to=ends[1],
                    steps=scales.steps(issue, *ends),
                    condition=hangs.exact if hangs else None,
                    apart=bool(hangs and hangs.apart),
                    before=left.id if left else None,
                    after=right.id if right else None,
                )
            )
    return tuple(moves)


def _compared(
    before: MapIndex, after: MapIndex, issue: str, mode: Mode
) -> list[tuple[Claim, Claim | None] | tuple[None, Claim]]:
    """Choose the claims to compare: those that count, or of two named speakers those of one who speaks on both sides.

    Where no speaker is on both sides, nobody moved: each claim stands by itself.
    """
    left, right = before.lead(issue, mode), after.lead(issue, mode)
    if left is None or right is None:
        return [(left, right)] if left else [(None, right)] if right else []
    if None in (before.voice(left), after.voice(right)) or before.voice(left) == after.voice(right):
        return [(left, right)]
    lefts, rights = before.stands[issue][mode], after.stands[issue][mode]
    same = ((one, other) for one in lefts for other in rights if before.voice(one) == after.voice(other))
    pair = next(same, None)
    return [pair] if pair else [(left, None), (None, right)]


def moved(shift: Shift) -> str | None:
    """Tell in a word or two what moved on an issue; `None` where the two cannot be compared.

    The mode *is* comes first. If it stayed or one text lacks it, the plans, forecasts and calls of the later text alone come
    next, and then moves in another mode.
    """
    now = shift.move("is")
    if now and now.steps:
        return f"shifted {now.steps:+d}"
    for mode, word in AHEAD.items():
        move = shift.move(mode)
        if now and now.from_ and move and move.to and not move.from_ and move.to not in (now.from_, now.to):
            return word
    compared = [move for move in shift.moves if move.from_ and move.to]
    for move in compared:
        if move.mode != "is" and move.steps:
            return f"{AHEAD[move.mode]} {move.steps:+d}"
    if any(move.steps == 0 for move in compared):
        return "kept"
    return None
