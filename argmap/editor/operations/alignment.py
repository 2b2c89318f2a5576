"""Edits of an alignment: what a person decides on pairs of claims."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from argmap.model import Alignment, Correspondence, Silent, replace

Side = Literal["before", "after"]


def pair(
    alignment: Alignment,
    before: list[str],
    after: list[str],
    fields: dict[Literal["status", "change", "because", "facets"], JsonValue] | None = None,
) -> Alignment:
    """Decide a pair; what is said of it before stays, and both sides are passed over no longer."""
    if not before or not after:
        raise ValueError("a pair has two sides")
    given = {name: value or () if name == "facets" else value or None for name, value in (fields or {}).items()}
    given = {"status": "accepted", **given}
    pairs = list(alignment.correspondences)
    at = next((n for n, each in enumerate(pairs) if _sides(each) == (set(before), set(after))), None)
    if at is None:
        pairs.append(Correspondence.model_validate({"before": before, "after": after, **given}))
    else:
        pairs[at] = replace(pairs[at], **given)
    silent = alignment.silent
    if given["status"] == "accepted":
        silent = Silent(
            before=tuple(each for each in silent.before if each not in before),
            after=tuple(each for each in silent.after if each not in after),
        )
    return replace(alignment, correspondences=tuple(pairs), silent=silent)


def unpair(alignment: Alignment, before: list[str], after: list[str]) -> Alignment:
    """Forget what was decided on a pair."""
    kept = [each for each in alignment.correspondences if _sides(each) != (set(before), set(after))]
    return replace(alignment, correspondences=tuple(kept))


def none_of(alignment: Alignment, side: Side, claim: str, candidates: list[str]) -> Alignment:
    """Reject all candidates of a claim."""
    for other in candidates:
        ends = ([claim], [other]) if side == "before" else ([other], [claim])
        alignment = pair(alignment, *ends, {"status": "rejected"})
    return alignment


def passed_over(alignment: Alignment, side: Side, claim: str, on: bool) -> Alignment:
    """Confirm that the other text passes over a claim, or take it back."""
    silent = [each for each in getattr(alignment.silent, side) if each != claim]
    return replace(alignment, silent=replace(alignment.silent, **{side: (*silent, claim) if on else tuple(silent)}))


def _sides(entry: Correspondence) -> tuple[set[str], set[str]]:
    return set(entry.before), set(entry.after)
