"""Compare several texts issue by issue: the stand of each, and the change from each to the next.

    issue      1996          2001           2005
    standing   ● junior   ─▸ (no claim)  ─▸ ◐ near-equal      first seen 1996, last seen 2005

Neighbours are compared pairwise, by the same moves as a diff of the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from argmap.diff.classify.shifts import moved
from argmap.diff.map_index import MapIndex
from argmap.diff.model import Diff, Row, Standing, Timeline
from argmap.findings import ArgmapError
from argmap.model import MODES, Alignment, ChangeWord, Issue, Map

TELLING: tuple[ChangeWord, ...] = (
    "reversed",
    "realised",
    "conceded",
    "answered",
    "open",
    "altered",
    "strengthened",
    "weakened",
)
"""Change words for an issue on which no mode can be compared, the most informative first."""


def rows(readings: Sequence[MapIndex], diffs: Sequence[Diff]) -> Iterator[Row]:
    """Give a row for each issue on which some text has a claim."""
    issues: dict[str, Issue] = {}
    for reading in readings:
        for issue_id, issue in reading.map.issues.items():
            issues.setdefault(issue_id, issue)
    for issue_id, issue in issues.items():
        standings = [standing(reading, issue_id, _is_silent(n, issue_id, diffs)) for n, reading in enumerate(readings)]
        seen = [each.map for each in standings if each.at.state != "none"]
        if seen:
            yield Row(
                issue=issue_id,
                question=issue.question,
                label=issue.label,
                scale=issue.scale,
                standings=tuple(standings),
                first_seen=seen[0],
                last_seen=seen[-1],
                moves=tuple(move(diff, issue_id) for diff in diffs),
            )


def _is_silent(n: int, issue: str, diffs: Sequence[Diff]) -> bool:
    """Tell whether every comparison of a text with a neighbour found it silent on an issue."""
    found = [
        (shift.before if end == n else shift.after).silent
        for end, diff in ((n - 1, diffs[n - 1] if n else None), (n, diffs[n] if n < len(diffs) else None))
        for shift in (diff.shifts if diff else ())
        if shift.issue == issue
    ]
    return bool(found) and all(found)


def standing(reading: MapIndex, issue: str, silent: bool = False) -> Standing:
    """Tell where one text stands on an issue, with the claims that put it there, or else all of its claims on it."""
    modes = reading.stands.get(issue, {})
    claims = [claim for mode in MODES for claim in modes.get(mode, ())] or reading.by_issue.get(issue, [])
    sides = tuple(reading.side(claim.id) for claim in sorted(claims, key=reading.rank))
    return Standing(map=reading.map.id, at=reading.stand(issue, silent=silent), claims=sides)


def move(diff: Diff, issue: str) -> str | None:
    """Tell what happened on an issue between two texts, in a word or two; `None` where nothing can be said.

    The word of an accepted change that ties the claims that count in one mode comes first, then the moves of the diff, then the
    most telling word of the accepted changes on the issue.
    """
    shift = next((shift for shift in diff.shifts if shift.issue == issue), None)
    if shift is None or "none" in (shift.before.state, shift.after.state):
        return None
    changes = [change for n in shift.changes if (change := diff.changes[n]).status == "accepted"]
    told = moved(shift)
    for change in changes:
        ids = {side.id for side in change.before}, {side.id for side in change.after}
        first = next((each.before for each in shift.moves if each.before), None)
        last = next((each.after for each in shift.moves if each.after), None)
        if first in ids[0] and last in ids[1] and change.change in TELLING:
            return change.change
    if told:
        return told
    said = {change.change for change in changes}
    return next((word for word in TELLING if word in said), None)


def by_date(maps: Sequence[Map]) -> list[Map]:
    """Order maps by the dates of their texts; where one has no date, the order given stays."""
    return sorted(maps, key=lambda map_: map_.date or "") if all(map_.date for map_ in maps) else list(maps)


def fitting(maps: Sequence[Map], alignments: Sequence[Alignment]) -> list[Alignment | None]:
    """Find the alignment of each two neighbours: the first that names only claims that they have.

    Raise ArgmapError if an alignment fits no two neighbours.
    """
    chosen: list[Alignment | None] = [None] * max(len(maps) - 1, 0)
    for alignment in alignments:
        place = next(
            (n for n, taken in enumerate(chosen) if taken is None and _fits(alignment, *maps[n : n + 2])), None
        )
        if place is None:
            raise ArgmapError(
                f"the alignment of {alignment.before} and {alignment.after} fits no two neighbours of "
                f"{', '.join(map_.id for map_ in maps)}, in the order of their dates: give one alignment for each two"
            )
        chosen[place] = alignment
    return chosen


def _fits(alignment: Alignment, before: Map, after: Map) -> bool:
    named = [(given.before, given.after) for given in alignment.correspondences]
    named.append((alignment.silent.before, alignment.silent.after))
    return all(before.claims.keys() >= {*left} and after.claims.keys() >= {*right} for left, right in named)


def timeline_of(readings: Sequence[MapIndex], diffs: Sequence[Diff]) -> Timeline:
    """Make the timeline of texts whose neighbours have been compared."""
    return Timeline(
        texts=tuple(reading.end for reading in readings),
        rows=tuple(rows(readings, diffs)),
        matched=sum(
            bool(change.before and change.after) and change.status == "accepted"
            for diff in diffs
            for change in diff.changes
        ),
        analyst=sum(diff.summary.get("analyst", 0) for diff in diffs),
    )
