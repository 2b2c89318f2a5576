"""Premises and conclusions, numbered: from the supports of an argument to its lines, and back.

    step 1: c by p, q                  (1) p   (2) q   ----   (3) c
    step 2: d by c, r                  (4) r   ----   (5) d

Left alone, an inference uses the conclusion before it and every premise since; any other choice has to be said, as
`{uses: [1, 4]}`. That is Argdown's own rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One inference: claim ids of its conclusion and of what it rests on."""

    conclusion: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line: a claim, and for a conclusion the numbers of the lines that it uses, where they have to be said."""

    claim: str
    concludes: int | None = None
    """Index of the step whose conclusion it is."""
    uses: tuple[int, ...] | None = None


def default_by(conclusion_before: str | None, premises: Sequence[str]) -> list[str]:
    """What an inference uses when nothing is said."""
    return ([] if conclusion_before is None else [conclusion_before]) + list(premises)


def derived_premises(steps: Sequence[Step]) -> list[list[str]]:
    """The premises before each inference: each one where it is first needed."""
    seen: set[str] = set()
    premises = []
    for n, step in enumerate(steps):
        fresh = list(step.by) if n == 0 else [claim for claim in dict.fromkeys(step.by) if claim not in seen]
        premises.append(fresh)
        seen.update((*step.by, step.conclusion))
    return premises


def numbered(steps: Sequence[Step], premises: Sequence[Sequence[str]]) -> list[Numbered] | None:
    """The lines of some steps with these premises; `None` when a step rests on what is not among them."""
    order = [
        (claim, n if claim is None else None)
        for n, some in enumerate(premises)
        for claim in (*some, None)  # None: the conclusion
    ]
    where: dict[str, int] = {}
    for number, (claim, n) in enumerate(order, 1):
        where.setdefault(steps[n].conclusion if n is not None else str(claim), number)
    lines: list[Numbered] = []
    before: str | None = None
    for claim, n in order:
        if n is None:
            lines.append(Numbered(str(claim)))
            continue
        step = steps[n]
        uses = None
        if list(step.by) != default_by(before, premises[n]):
            if not all(premise in where for premise in step.by):
                return None
            uses = tuple(where[premise] for premise in step.by)
        lines.append(Numbered(step.conclusion, n, uses))
        before = step.conclusion
    return lines
