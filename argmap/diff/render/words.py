"""Names, lists and verbs for sentences about a diff."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from argmap.diff.model import Change, Diff, Side
from argmap.text_tools import as_quoted

MOST = 2
"""Claims that a sentence names."""


def ranked(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Order changes: matches first, then claims of one text alone, nearest its thesis first."""
    return tuple(sorted(changes, key=closeness))


def closeness(change: Change) -> tuple[bool, int]:
    """Sort key of a change: whether one side is empty, and how far from the thesis that claim stands."""
    if change.before and change.after:
        return False, 0
    far = 1 << 30
    return True, min(
        (side.distance if side.distance is not None else far for side in (*change.before, *change.after)), default=far
    )


def names(diff: Diff) -> tuple[str, str]:
    """Give the short names of the two sides: the maps' ids, unless they are the same."""
    return ("before", "after") if diff.before.id == diff.after.id else (diff.before.id, diff.after.id)


def long_names(diff: Diff) -> tuple[str, str]:
    """Give the names of the two sides for sentences."""
    short = names(diff)
    return diff.before.name or short[0], diff.after.name or short[1]


def named(changes: Sequence[Change], most: int = MOST, *, differ: bool = False, commitments: bool = True) -> str:
    """Name changes by their claims: that of before and, where the two say it otherwise, that of after.

    Parameters
    ----------
    changes
        What is named.
    most
        Changes that are named; of more the number is told.
    differ
        The two sides contradict each other; then the words that show it are named, too.
    commitments
        Say of each claim that its text reports, grants or rejects it. Not where the sentence around says so.
    """
    told = []
    for change in changes[:most]:
        left, right = (
            quoted(sides[0], commitments=commitments) if sides else "" for sides in (change.before, change.after)
        )
        tie = "against" if differ else "→"
        both = f"{left} {tie} {right}" if left and right and left != right else left or right
        signals = change.substance.signals if differ and change.substance else ()
        shown = [signal for signal in signals if not signal.startswith(("modal", "not known", "hardly"))][:MOST]
        told.append(both + (f" ({', '.join(shown)})" if shown else ""))
    more = f", and {len(changes) - most} more" if len(changes) > most else ""
    return "; ".join(told) + more


def quoted(side: Side, *, commitments: bool = True) -> str:
    """Quote a claim, with what its own words do not say: that the author does not simply assert it, and what it hangs on."""
    text = bare(side.text)
    asks = side.commitment == "asked" and text.endswith("?")
    said: list[str] = [side.commitment] if commitments and side.commitment != "asserted" and not asks else []
    if side.condition and side.condition.exact.casefold() not in text.casefold():
        apart = ", words of another sentence" if side.condition.apart else ""
        said.append(as_quoted(uncapped(side.condition.exact), side.condition.status) + apart)
    return f"“{text}” ({'; '.join(said)})" if said else f"“{text}”"


def held(side: Side) -> int:
    """Return how a text holds a claim: 0 asserted, 1 hedged, 2 reported."""
    if side.commitment == "reported":
        return 2
    return 1 if side.force == "hedged" else 0


def bare(text: str) -> str:
    """Give a sentence without its full stop."""
    return " ".join(text.split()).rstrip(".")


def capped(text: str) -> str:
    """Begin a sentence; an id stays as it is."""
    return (
        text[:1].upper() + text[1:]
        if text.startswith(("the ", "both ", "in ", "what ", "they ", "on ", "for "))
        else text
    )


def uncapped(text: str) -> str:
    """Write the first letter small, unless it begins an abbreviation or a name of one letter."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[:2] == "I " or text[1:2] == " " else text


def listed(words: Iterable[str], joined: str = "and") -> str:
    """Join words by commas and *and*, or another word."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} {joined} {last}" if most else last


def be(n: int) -> str:
    """Conjugate *be* for a number of things."""
    return "is" if n == 1 else "are"


def have(n: int) -> str:
    """Conjugate *have* for a number of things."""
    return "has" if n == 1 else "have"
