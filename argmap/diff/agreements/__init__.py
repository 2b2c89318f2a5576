"""Measure how far analysts of one text agree.

    pairing.py        the claims that are the same    unitizing.py   αU and its family
    coefficients.py   κ, α, Dice, CASS                boundaries.py  S, B
    measures.py       the table of all figures        corpora.py     folders, several analysts
    scores.py         a miner's maps against gold

The distance between two readers of one text is also the *noise floor* of a comparison of two texts: a smaller shift may
come from the readers and not from the texts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from argmap.diff.agreements import counting, measures
from argmap.diff.agreements.boundaries import boundary_similarity, segmentation_similarity
from argmap.diff.agreements.coefficients import cass, cohen_kappa, krippendorff_alpha
from argmap.diff.agreements.model import RULES, Agreement, Reads, Rule
from argmap.diff.agreements.pairing import Pairing, pairing
from argmap.diff.agreements.unitizing import krippendorff_alpha_u
from argmap.diff.classify.scales import Scales
from argmap.diff.classify.shifts import moves_on
from argmap.diff.map_index import MapIndex
from argmap.diff.model import Diff
from argmap.model import Map, replace
from argmap.text_tools import counted

__all__ = [
    "Agreement",
    "agreement",
    "boundary_similarity",
    "cass",
    "cohen_kappa",
    "krippendorff_alpha",
    "krippendorff_alpha_u",
    "measured",
    "segmentation_similarity",
    "with_noise",
]


def agreement(a: Map, b: Map, *, rule: Rule = "argmap", only: Collection[str] = ()) -> Agreement:
    """Measure how far two analysts of one text agree.

    Parameters
    ----------
    a, b
        Their maps, in any order: all figures stay the same when they are swapped.
    rule
        Claims match one to one if they have the same characters of the text (`exact`), at least half of the characters of
        each (`half`), or an overlap of half by Dice, where wording decides between several (`argmap`).
    only
        Labels of the claims to count, such as `Premise`; all when left out.

    Returns
    -------
    Agreement
        Each figure with its number of items and its source.
    """
    found = pairing(a, b, rule, only)
    return measured(found, counting.tally(found))


def measured(found: Pairing, tally: counting.Tally) -> Agreement:
    """Compute the figures of two maps of one text from their counts."""
    shared = len(found.pairs)
    return Agreement(
        before=found.left.index.end,
        after=found.right.index.end,
        rule=found.rule,
        rule_says=RULES[found.rule],
        only=tuple(sorted(found.left.only)),
        shared=shared,
        only_before=len(found.left.claims) - shared,
        only_after=len(found.right.claims) - shared,
        figures={name: measures.figure(name, tally[name], alone=True) for name in measures.in_order(tally)},
        notes=tuple(_notes(found)),
        reads=tuple(_reads(found.left.index, found.right.index)),
    )


def with_noise(diff: Diff, floor: Agreement) -> Diff:
    """Return a diff in which each shift has the distance between two readers of one text on its issue.

    Parameters
    ----------
    diff
        A diff of positions.
    floor
        The agreement of two analysts of one of the texts, or of a similar one, under the same codebook.
    """
    steps = {read.issue: abs(read.steps) for read in floor.reads if read.steps is not None}
    return replace(diff, shifts=tuple(replace(shift, noise=steps.get(shift.issue)) for shift in diff.shifts))


def _notes(found: Pairing) -> Iterable[str]:
    """Say what the figures leave out."""
    if not found.texts:
        yield "no text is shared, so claims match by wording alone, and figures on the text are left out"
    for coder in (found.left, found.right):
        outside = [c for c in coder.claims if not any(place[0] in found.texts for place in coder.places.get(c, ()))]
        if found.texts and outside:
            yield f"{coder.index.map.id}: {counted(len(outside), 'claim')} without a place in the text"
        stretches = sum(len(coder.at(c, text)) for text in found.texts for c in coder.claims)
        units = sum(len(coder.units(text)) for text in found.texts)
        if units < stretches:
            yield (
                f"{coder.index.map.id}: {counted(stretches - units, 'stretch')} inside others; αU, S and B take what "
                f"overlaps as one unit, uα gives it to the unit that starts first"
            )
    for variable, n in counting.uncoded(found).items():
        yield f"{variable}: {counted(n, 'shared claim')} coded by one analyst only, counted as missing"


def _reads(before: MapIndex, after: MapIndex) -> Iterable[Reads]:
    scales = Scales(before, after)
    for issue in scales.all:
        moves = moves_on(before, after, scales, issue)
        if moves:
            steps = next((move.steps for move in moves if move.from_ and move.to), None)
            yield Reads(issue=issue, before=before.stand(issue), after=after.stand(issue), steps=steps)
