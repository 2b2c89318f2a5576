"""Issue × text: where each of several texts stands, and what happened from each to the next.

    issue      1996          2001           2005
    standing   ● junior   ─▸ (silent)    ─▸ ◐ near-equal      first seen 1996, last seen 2005

Neighbours are compared pairwise; a text that is silent on an issue breaks the chain there, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from argmap.diff.map_index import Reading
from argmap.diff.model import Diff, Row, Standing, Timeline
from argmap.findings import ArgmapError
from argmap.model import MODES, Alignment, ChangeWord, Claim, Issue, Map

TELLING: tuple[ChangeWord, ...] = (
    "reversed",
    "realised",
    "conceded",
    "answered",
    "altered",
    "strengthened",
    "weakened",
)
"""Words for a move whose two ends no single change ties, the most telling first."""


def rows(readings: Sequence[Reading], diffs: Sequence[Diff]) -> Iterator[Row]:
    """A row for each issue on which some text stands somewhere."""
    issues: dict[str, Issue] = {}
    for reading in readings:
        for id, issue in reading.map.issues.items():
            issues.setdefault(id, issue)
    for id, issue in issues.items():
        standings = [standing(reading, id) for reading in readings]
        seen = [s.map for s in standings if s.claims]
        if not seen:
            continue
        yield Row(
            issue=id,
            question=issue.question,
            label=issue.label,
            scale=issue.scale,
            standings=tuple(standings),
            first_seen=seen[0],
            last_seen=seen[-1],
            moves=tuple(move(diff, id, *readings[n : n + 2]) for n, diff in enumerate(diffs)),
        )


def standing(reading: Reading, issue: str) -> Standing:
    """Where one text stands on an issue, with the claims that put it there."""
    modes = reading.stands.get(issue, {})
    claims = [claim for mode in MODES for claim in modes.get(mode, ())]
    sides = tuple(reading.side(claim.id) for claim in sorted(claims, key=reading.rank))
    return Standing(map=reading.map.id, at=reading.stand(issue), claims=sides)


def move(diff: Diff, issue: str, before: Reading, after: Reading) -> str | None:
    """What happened on an issue between two texts, in a word or two; `None` where one of them is silent.

    Where one accepted change ties the two claims that the texts are measured by, its word. Otherwise the steps
    between the two; without steps, the most telling word of the accepted changes on the issue.
    """
    shift = next((shift for shift in diff.shifts if shift.issue == issue), None)
    ends = before.measure(issue), after.measure(issue)
    if shift is None or None in ends:
        return None
    if shift.foreseen:
        return f"foreseen {shift.foreseen:+d}"
    changes = [change for n in shift.changes if (change := diff.changes[n]).status == "accepted"]
    for change in changes:
        ids = {side.id for side in change.before}, {side.id for side in change.after}
        if all(end.id in tied for end, tied in zip(ends, ids, strict=True) if end):
            return _in_words(change.change, shift.steps, ends[1])
    if shift.steps:
        return _in_words("shifted", shift.steps, ends[1])
    said = {change.change for change in changes}
    return next((word for word in TELLING if word in said), None if shift.steps is None else "kept")


def _in_words(word: ChangeWord, steps: int | None, end: Claim | None) -> str:
    """A shift is told by what it leads to: only what *is* at the end has shifted; the rest is foreseen or called for."""
    if word != "shifted" or not steps:
        return word
    led_to = {"will": "foreseen", "ought": "called for"}.get((end and end.mode) or "is", "shifted")
    return f"{led_to} {steps:+d}"


def fitting(maps: Sequence[Map], alignments: Sequence[Alignment]) -> list[Alignment | None]:
    """The alignment of each two neighbours: the first that names only claims that they have.

    Raises
    ------
    ArgmapError
        When an alignment fits no two neighbours.
    """
    chosen: list[Alignment | None] = [None] * max(len(maps) - 1, 0)
    for alignment in alignments:
        place = next(
            (n for n, taken in enumerate(chosen) if taken is None and _fits(alignment, *maps[n : n + 2])), None
        )
        if place is None:
            raise ArgmapError(
                f"the alignment of {alignment.before} and {alignment.after} fits no two neighbours of "
                f"{', '.join(m.id for m in maps)}: give the maps in order, and one alignment for each two"
            )
        chosen[place] = alignment
    return chosen


def _fits(alignment: Alignment, before: Map, after: Map) -> bool:
    return all(
        all(id in before.claims for id in given.before) and all(id in after.claims for id in given.after)
        for given in alignment.correspondences
    )


def timeline_of(readings: Sequence[Reading], diffs: Sequence[Diff]) -> Timeline:
    """The timeline of texts whose neighbours have been compared."""
    return Timeline(texts=tuple(reading.end for reading in readings), rows=tuple(rows(readings, diffs)))
