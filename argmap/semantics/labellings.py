"""Complete, preferred, stable, semi-stable and ideal labellings, by answer-set programming (clingo).

A labelling is complete when an argument is `in` exactly when all its attackers are `out`, and `out` exactly when one is
`in` (Caminada 2006). Preferred labellings have a maximal `in`, stable ones nothing undecided, semi-stable ones a
minimal undecided; the ideal labelling is the largest admissible one within every preferred.

    in(X)   :- all attackers of X are out.
    out(X)  :- some attacker of X is in.

Maximal sets come from clingo's domain heuristics (`--dom-mod=3,16 --enum=domRec`; Gebser and others 2013). The modifier
5 is never used: with it clingo returns minimal complete sets and no error.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from argmap.findings import ArgmapError
from argmap.semantics.framework import Framework, Label
from argmap.semantics.grounded import LABELS, grounded

if TYPE_CHECKING:
    import clingo

Semantics = Literal["grounded", "complete", "preferred", "stable", "semi-stable", "ideal"]
SEMANTICS: tuple[Semantics, ...] = ("grounded", "complete", "preferred", "stable", "semi-stable", "ideal")
MOST_LABELLINGS = 1_000
SECONDS = 60.0

_COMPLETE = """
1 { in(X); out(X); undec(X) } 1 :- arg(X).
:- in(X), att(Y, X), not out(Y).
:- out(X), not hit(X).
:- undec(X), hit(X).
:- undec(X), not open(X).
hit(X) :- att(Y, X), in(Y).
open(X) :- att(Y, X), undec(Y).
"""
_SHOW_IN = "#show in/1."
_STABLE = ":- undec(X), arg(X). #show in/1."
_RANGE = "range(X) :- in(X). range(X) :- out(X). #show range/1."


@dataclass(frozen=True, slots=True)
class Labelling:
    """The label of each shown argument."""

    labels: tuple[Label, ...]

    def where(self, label: Label) -> list[int]:
        """Return the arguments with that label."""
        return [argument for argument, found in enumerate(self.labels) if found == label]


@dataclass(frozen=True, slots=True)
class Labellings:
    """The labellings of a framework under one semantics."""

    semantics: Semantics
    found: tuple[Labelling, ...]
    complete: bool
    """False when a limit of time or number stopped the search: there are at least these."""

    def __str__(self) -> str:
        return f"{'' if self.complete else 'at least '}{len(self.found)} {self.semantics}"


def labellings(
    framework: Framework, semantics: Semantics, *, most: int = MOST_LABELLINGS, seconds: float = SECONDS
) -> Labellings:
    """Find the labellings of a framework.

    Parameters
    ----------
    framework
        The framework.
    semantics
        One of `SEMANTICS`. All but `grounded` need the extra `argmap[solver]`.
    most
        Greatest number of labellings.
    seconds
        Time limit.

    Returns
    -------
    Labellings
        In a stable order; `complete` is false when a limit was reached.

    Raises
    ------
    ArgmapError
        When the solver is not installed.
    """
    if semantics == "grounded":
        shown = grounded(framework)[: framework.shown]
        return Labellings("grounded", (Labelling(tuple(LABELS[n] for n in shown)),), complete=True)
    deadline = time.monotonic() + seconds
    if semantics == "semi-stable":
        found, done = _semi_stable(framework, most, deadline)
    elif semantics == "ideal":
        found, done = _ideal(framework, deadline)
    else:
        program = {"complete": _SHOW_IN, "stable": _STABLE, "preferred": _SHOW_IN}[semantics]
        flags = _MAXIMAL if semantics == "preferred" else ()
        found, done = _collect(_models(framework, program, flags, deadline), most)
    unique = sorted({labels[: framework.shown] for labels in found}, key=_order)
    return Labellings(semantics, tuple(Labelling(labels) for labels in unique), complete=done)


def accepted(
    framework: Framework, argument: int, semantics: Semantics, *, seconds: float = SECONDS
) -> tuple[bool | None, bool | None]:
    """Tell whether an argument is credulously and sceptically accepted: `in` in some labelling, and in all.

    Either is `None` where the time limit came first.
    """
    result = labellings(framework, semantics, most=MOST_LABELLINGS, seconds=seconds)
    labels = [found.labels[argument] for found in result.found]
    credulous = True if "in" in labels else (False if result.complete else None)
    sceptical = False if any(label != "in" for label in labels) else (True if result.complete else None)
    return credulous, sceptical


_MAXIMAL = ("--heuristic=Domain", "--dom-mod=3,16", "--enum-mode=domRec")

Labels = tuple[Label, ...]
_RANK = {"in": 0, "out": 1, "undecided": 2}


def _order(labels: Labels) -> tuple[int, ...]:
    return tuple(_RANK[label] for label in labels)


def _facts(framework: Framework) -> str:
    arguments = f"arg(0..{len(framework.names) - 1})." if framework.names else ""
    attacks = [f"att({source},{target})." for target, sources in enumerate(framework.attackers) for source in sources]
    return "\n".join((arguments, *attacks))


def _control(framework: Framework, program: str, flags: Iterable[str]) -> clingo.Control:
    try:
        import clingo
    except ImportError:
        raise ArgmapError("this needs a solver: pip install 'argmap[solver]'") from None
    # Warnings about atoms without rules (a framework without attacks) are no news to anyone.
    control = clingo.Control(["0", "--warn=none", *flags], logger=lambda *_: None)
    control.add("base", [], f"{_facts(framework)}\n{_COMPLETE}\n{program}")
    control.ground([("base", [])])
    return control


class _OutOfTimeError(Exception):
    """The time limit was reached."""


def _solve(control: Any, deadline: float) -> Iterator[Any]:
    with control.solve(yield_=True, async_=True) as handle:
        while True:
            handle.resume()
            # A wait may end before its time.
            while not handle.wait(max(deadline - time.monotonic(), 0)):
                if time.monotonic() >= deadline:
                    handle.cancel()
                    raise _OutOfTimeError
            model = handle.model()
            if model is None:
                return
            yield model


def _models(framework: Framework, program: str, flags: Iterable[str], deadline: float) -> Iterator[Labels]:
    """Yield labellings. What is `in` decides what is `out`: the arguments that it attacks."""
    control = _control(framework, program, flags)
    attacked = framework.attacked()
    every = program == _RANGE
    for model in _solve(control, deadline):
        labels: list[Label] = ["undecided"] * len(framework.names)
        ins = [a.arguments[0].number for a in model.symbols(atoms=every, shown=not every) if a.name == "in"]
        for argument in ins:
            labels[argument] = "in"
            for target in attacked[argument]:
                labels[target] = "out"
        yield tuple(labels)


def _collect(models: Iterator[Labels], most: int) -> tuple[list[Labels], bool]:
    """Take up to `most` labellings; say whether these are all."""
    found: list[Labels] = []
    try:
        for labels in models:
            if len(found) == most:
                return found, False
            found.append(labels)
    except _OutOfTimeError:
        return found, False
    return found, True


def _semi_stable(framework: Framework, most: int, deadline: float) -> tuple[list[Labels], bool]:
    """Find the greatest ranges first, then every complete labelling with such a range."""
    ranges, done = _collect(_models(framework, _RANGE, _MAXIMAL, deadline), most)
    found: list[Labels] = []
    for labels in ranges:
        undecided = [argument for argument, label in enumerate(labels) if label == "undecided"]
        decided = [argument for argument, label in enumerate(labels) if label != "undecided"]
        program = _SHOW_IN + "".join([f":- not undec({n})." for n in undecided] + [f":- undec({n})." for n in decided])
        more, complete = _collect(_models(framework, program, (), deadline), most - len(found))
        found += more
        if not complete:
            return found, False
    return found, done


def _ideal(framework: Framework, deadline: float) -> tuple[list[Labels], bool]:
    """Find the largest admissible set that no admissible set attacks (Dunne 2009, through credulous acceptance)."""
    control = _control(framework, _SHOW_IN, ("--enum-mode=brave",))
    credulous: set[int] = set()
    try:
        for model in _solve(control, deadline):
            credulous = {atom.arguments[0].number for atom in model.symbols(shown=True) if atom.name == "in"}
    except _OutOfTimeError:
        return [], False
    ideal = {n for n in credulous if credulous.isdisjoint(framework.attackers[n])}
    attacked = framework.attacked()
    while True:
        struck = {target for source in ideal for target in attacked[source]}
        kept = {n for n in ideal if all(attacker in struck for attacker in framework.attackers[n])}
        if kept == ideal:
            break
        ideal = kept
    struck = {target for source in ideal for target in attacked[source]}
    labels: list[Label] = [
        "in" if n in ideal else "out" if n in struck else "undecided" for n in range(len(framework.names))
    ]
    return [tuple(labels)], True
