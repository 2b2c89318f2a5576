"""What moved between two maps: matches → changes → shifts.

One engine answers three questions, and what the two maps are to each other says which:

    revisions    two versions of one map     what did the analyst change?
    annotators   two maps of one text        where do two analysts differ?
    positions    maps of two texts           what moved from one text to the other?

`compare` is the whole of it in a few lines; each step has a room of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from argmap import sentences
from argmap.diff.agreements import Agreement, agreement, with_noise
from argmap.diff.classify.changes import changes_of, counted, goes_without_saying, worth_telling
from argmap.diff.classify.relations import Common, compare_ties
from argmap.diff.classify.scales import Scales
from argmap.diff.classify.shifts import shifts_of
from argmap.diff.map_index import Reading
from argmap.diff.match.steps import match, question_of
from argmap.diff.model import Diff, Question, Timeline
from argmap.diff.patches import apply, patch
from argmap.diff.suggest import Card, Decision, align, conversation, review
from argmap.diff.timelines import fitting, timeline_of
from argmap.findings import ArgmapError
from argmap.model import Alignment, Map
from argmap.sentences import Embed

__all__ = [
    "Agreement",
    "Card",
    "Decision",
    "agreement",
    "align",
    "apply",
    "compare",
    "conversation",
    "embedder",
    "review",
    "timeline",
    "with_noise",
]


def compare(
    before: Map,
    after: Map,
    alignment: Alignment | None = None,
    *,
    question: Question | None = None,
    suggest: bool | None = None,
    embed: Embed | None = None,
) -> Diff:
    """What moved from `before` to `after`.

    Parameters
    ----------
    before, after
        The maps; swapping them mirrors the diff.
    alignment
        Which claims answer to which, as a person decided; what it rejects is never matched.
    question
        What the maps are to each other; found out from their ids and sources when left out.
    suggest
        Whether claims of two texts are matched by likeness, as `suggested`. When left out: only where there is
        no alignment, since what a person left unmatched is meant to show as silence.
    embed
        Judges likeness by meaning as well as by words; `embedder` makes one of a sentence model.

    Raises
    ------
    ArgmapError
        When the alignment names unknown claims, or decides one pair both ways.
    """
    question = question or question_of(before, after)
    if suggest is None:
        suggest = alignment is None or question != "positions"
    return _compare(Reading(before), Reading(after), alignment, question, suggest, embed)


def timeline(maps: Sequence[Map], alignments: Sequence[Alignment] = ()) -> Timeline:
    """Where each text stands on each issue, in the order given.

    Parameters
    ----------
    maps
        Two or more, the earliest first.
    alignments
        For neighbouring maps, in any order; neighbours without one are compared by their stands alone.

    Raises
    ------
    ArgmapError
        When an alignment fits no two neighbours.
    """
    readings = [Reading(m) for m in maps]
    diffs = []
    for n, given in enumerate(fitting(maps, alignments)):
        question = question_of(maps[n], maps[n + 1])
        # What is only suggested moves nothing.
        diffs.append(_compare(readings[n], readings[n + 1], given, question, suggest=question != "positions"))
    return timeline_of(readings, diffs)


def embedder(model: str, *, download: bool = False) -> Embed:
    """A sentence model, for `compare` and `align` to judge by meaning as well.

    Parameters
    ----------
    model
        A folder with a saved sentence-transformers model, the name of an installed package that carries one, or a name on
        the Hugging Face hub.
    download
        Whether the hub may be asked for a model that is not on this machine.

    Raises
    ------
    ArgmapError
        When the extra `argmap[semantic]` is not installed, or there is no such model and none may be downloaded.
    """
    try:
        return sentences.embedder(model, download=download)
    except (ValueError, OSError) as problem:
        raise ArgmapError(str(problem).splitlines()[0]) from None


def _compare(
    before: Reading,
    after: Reading,
    alignment: Alignment | None,
    question: Question,
    suggest: bool,
    embed: Embed | None = None,
) -> Diff:
    """The pipeline: match, put both sides into common terms, name each change, then what they mean together."""
    matches = match(before, after, question, alignment, suggest=suggest, embed=embed)
    common, scales = Common(before, after, matches), Scales(before, after)
    changes = changes_of(worth_telling(matches, common, question), common, scales, question)
    told = [change for change in changes if question != "revisions" or not goes_without_saying(change)]
    return Diff(
        question=question,
        before=before.end,
        after=after.end,
        changes=tuple(told),
        shifts=shifts_of(before, after, scales, told),
        relations=compare_ties(common, question),
        summary=counted(changes),
        notes=scales.notes(before, after),
        patch=patch(before.map, after.map, matches) if question == "revisions" else None,
    )
