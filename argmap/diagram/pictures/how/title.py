"""Say in the title of the picture of *how* what moved, from the data alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.diagram.pictures.how.rows import Selection, answered_differently
from argmap.model import Mode

if TYPE_CHECKING:
    from argmap.diff.model import Shift

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

BECOMES: dict[Mode, str] = {"is": "became", "plan": "is to become", "will": "is to become", "ought": "should become"}
UNDER_A_CONDITION: dict[Mode, str] = {
    "is": "became, on a condition,",
    "plan": "may become",
    "will": "may become",
    "ought": "should, on a condition, become",
}


def title_of(selection: Selection, names: tuple[str, ...]) -> str:
    """Say what moved, from the data alone."""
    differing, both = answered_differently(selection)
    told = ""
    if both:
        number = len(differing)
        share = "one question" if both == 1 else f"{_number(number)} of {_number(both)} questions"
        told = f": {share} {'is' if number == 1 else 'are'} answered differently" if number or both > 1 else ""
    headline = selection.headline
    if headline is None:
        return f"From {names[0]} to {names[1]}{told}"
    start, end, how_ = ends_of(headline)
    if start is None or end is None or start == end:
        return f"From {names[0]} to {names[1]}{told}"
    move = headline.move(how_)
    verb = (UNDER_A_CONDITION if move and move.condition else BECOMES)[how_]
    only = {"plan": "planned", "will": "foreseen", "ought": "called for"}.get(how_)
    label = (headline.label or headline.question).rstrip("?")
    last = f"; {label.lower()} itself is only {only}" if only and told else ""
    return f"How “{headline.scale[start].label}” {verb} “{headline.scale[end].label}”{told}{last}"


def ends_of(shift: Shift) -> tuple[str | None, str | None, Mode]:
    """Find where the headline starts, where it leads, and in which mode."""
    was = next((p for p in (*shift.before.of("is"), *shift.after.of("is")) if p in shift.scale), None)
    now = next((p for p in shift.after.of("is") if p in shift.scale), None)
    if was is not None and now is not None and now != was:
        return was, now, "is"
    for mode in ("plan", "will", "ought"):
        # Of several positions in one mode the first counts, as in every sentence.
        expected = next((p for p in shift.after.of(mode)[:1] if p in shift.scale and p != was), None)
        if expected is not None:
            return was, expected, mode
    return was, None, "is"


def _number(n: int) -> str:
    return _NUMBERS[n] if n < len(_NUMBERS) else str(n)
