"""Grounded labelling in linear time.

An argument is `in` when all its attackers are `out`, and `out` when one is `in`; what no such step reaches is
`undecided` (Caminada 2006; Modgil and Caminada 2009, algorithm 1, with counters).
"""

from __future__ import annotations

from collections.abc import Sequence

from argmap.semantics.framework import Framework, Label

UNDECIDED, IN, OUT = 0, 1, 2
LABELS: tuple[Label, ...] = ("undecided", "in", "out")


def grounded(framework: Framework) -> list[int]:
    """Label every argument of a framework under grounded semantics: `UNDECIDED`, `IN` or `OUT`."""
    labels = [UNDECIDED] * len(framework.names)
    waiting = [len(sources) for sources in framework.attackers]
    free = [argument for argument, count in enumerate(waiting) if not count]
    _spread(labels, waiting, framework.attacked(), free, [])
    return labels


def grounded_without(
    framework: Framework, attacked: Sequence[Sequence[int]], labels: Sequence[int], rejected: int
) -> dict[int, int]:
    """Label again what may change when one argument is rejected: it is `out`, whatever attacks it.

    Return the new labels of the arguments that `rejected` reaches; all others keep theirs, the grounded `labels`.
    """
    reached = {rejected: UNDECIDED}
    open_ = [rejected]
    while open_:
        for target in attacked[open_.pop()]:
            if target not in reached:
                reached[target] = UNDECIDED
                open_.append(target)
    waiting: dict[int, int] = {}
    outs = [rejected]
    reached[rejected] = OUT
    for argument in reached:
        outside = [labels[source] for source in framework.attackers[argument] if source not in reached]
        waiting[argument] = len(framework.attackers[argument]) - outside.count(OUT)
        if IN in outside and argument != rejected:
            reached[argument] = OUT
            outs.append(argument)
    free = [argument for argument, count in waiting.items() if not count and reached[argument] == UNDECIDED]
    _spread(reached, waiting, attacked, free, outs)
    return reached


def _spread(
    labels: list[int] | dict[int, int],
    waiting: list[int] | dict[int, int],
    attacked: Sequence[Sequence[int]],
    ins: list[int],
    outs: list[int],
) -> None:
    """Carry labels along attacks until nothing changes.

    `waiting` counts the attackers that are not out, `ins` holds arguments without any, and `outs` arguments that are
    out and have not been told to those that they attack.
    """
    while ins or outs:
        if outs:
            for target in attacked[outs.pop()]:
                waiting[target] -= 1
                if not waiting[target] and labels[target] == UNDECIDED:
                    ins.append(target)
            continue
        argument = ins.pop()
        if labels[argument] != UNDECIDED:
            continue
        labels[argument] = IN
        for target in attacked[argument]:
            if labels[target] == UNDECIDED:
                labels[target] = OUT
                outs.append(target)
