"""Premises and conclusions, numbered: from the supports of an argument to its lines, and back.

    step 1: c by p, q                  (1) p   (2) q   ----   (3) c
    step 2: d by c, r                  (4) r   ----   (5) d

Left alone, an inference uses the conclusion before it and every premise since; any other choice has to be said, as
`{uses: [1, 4]}`. That is Argdown's own rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from argmap.formats.argdown.document import Inferred, Line


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


def steps_of(
    lines: Sequence[Line], claims: Sequence[str]
) -> tuple[list[Step], list[list[str]], list[tuple[Inferred, object]]]:
    """What rests on what in some lines, given the id of each line's claim.

    Returns
    -------
    tuple
        The steps; the premises before each; and what an inference says that it uses and that is no line.
    """
    steps: list[Step] = []
    premises: list[list[str]] = [[]]
    in_vain: list[tuple[Inferred, object]] = []
    for line, claim in zip(lines, claims, strict=True):
        if line.inference is None:
            premises[-1].append(claim)
            continue
        uses = _uses(line.inference, line)
        wrong = [n for n in uses if not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= len(claims)]
        in_vain += [(line.inference, n) for n in wrong[:1]]
        by = [] if wrong else [claims[n - 1] for n in uses]
        steps.append(Step(claim, tuple(by or default_by(steps[-1].conclusion if steps else None, premises[-1]))))
        premises.append([])
    return steps, premises[:-1], in_vain


def _uses(inferred: Inferred, line: Line) -> list[Any]:
    said = (data.get(key) for key in ("uses", "from") for data in (inferred.data, line.data))
    return next((value for value in said if isinstance(value, list)), [])


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
