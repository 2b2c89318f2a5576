"""Steps between two texts that may not share a codebook.

Two maps of one codebook have the same scale. Maps of different codebooks may still share an issue's id, and even then
"two steps further" means something only where both scales say so:

    before   barred – some – full          some → full: +1 on both, so +1
    after    barred – rare – some – full   barred → some: +1 here, +2 there, so unknown
"""

from __future__ import annotations

from argmap.diff.map_index import MapIndex
from argmap.model import Issue


class Scales:
    """The issues of both sides, and distances on which both agree."""

    def __init__(self, before: MapIndex, after: MapIndex) -> None:
        self._issues = [side.map.issues for side in (before, after) if side.map.issues]
        self.all: dict[str, Issue] = {}
        for issues in self._issues:
            for issue_id, issue in issues.items():
                self.all.setdefault(issue_id, issue)
        self.order = {issue_id: n for n, issue_id in enumerate(self.all)}

    def steps(self, issue: str | None, before: str | None, after: str | None) -> int | None:
        """Count the steps from one position to another; `None` if a scale lacks one of them or the scales disagree."""
        if issue is None or before is None or after is None:
            return None
        counts = {issues[issue].steps(before, after) if issue in issues else None for issues in self._issues}
        return counts.pop() if len(counts) == 1 else None

    def length(self, issue: str | None) -> int:
        """Count the positions of a scale; 0 if there is none."""
        return len(self.all[issue].scale) if issue in self.all else 0

    def notes(self, before: MapIndex, after: MapIndex) -> tuple[str, ...]:
        """Say in words what no person has looked at, and what the two codebooks do not share."""
        sides = dict.fromkeys((before, after))
        drafts = [
            f"only suggested in {side.map.id}: {words}" for side in sides if (words := side.map.awaiting_in_words)
        ]
        return (*drafts, *self._unshared(before, after))

    @staticmethod
    def _unshared(before: MapIndex, after: MapIndex) -> tuple[str, ...]:
        left, right = before.map.issues, after.map.issues
        if left == right:
            return ()
        for side in (before, after):
            if not side.map.issues and any(claim.issue for claim in side.map.claims.values()):
                return (f"{side.map.id} has no codebook, so that of the other side is used for both",)
        said = []
        for here, there, side in ((left, right, before), (right, left, after)):
            used = {claim.issue for claim in side.map.claims.values()}
            alone = [issue_id for issue_id in here if issue_id not in there and issue_id in used]
            if alone:
                said.append(f"only {side.map.id} has a place in its codebook for: {', '.join(alone)}")
        unlike = [
            issue_id
            for issue_id in left
            if issue_id in right and list(left[issue_id].scale) != list(right[issue_id].scale)
        ]
        if unlike:
            said.append(f"scales that differ, so that steps are counted only where both agree: {', '.join(unlike)}")
        return tuple(said)
