"""Compare two maps: matches → changes → shifts.

One engine answers three questions; the relation of the two maps decides which:

    revisions    two versions of one map     what did the analyst change?
    annotators   two maps of one text        where do two analysts differ?
    positions    maps of two texts           what moved from one text to the other?

`compare` shows all steps in a few lines; each step has its own folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from argmap import sentences
from argmap.diff.classify.changes import Counterparts, changes_of, counted, goes_without_saying, worth_telling
from argmap.diff.classify.relations import Common, compare_ties
from argmap.diff.classify.scales import Scales
from argmap.diff.classify.shifts import shifts_of
from argmap.diff.map_index import MapIndex
from argmap.diff.match.steps import match, question_of
from argmap.diff.model import Diff, Question, Timeline
from argmap.diff.names import names_of
from argmap.diff.sensitivity import sensitivity
from argmap.diff.silence import counterparts, silent_issues
from argmap.diff.timelines import by_date, fitting, timeline_of
from argmap.findings import ArgmapError
from argmap.model import Alignment, Map
from argmap.sentences import Embed

if TYPE_CHECKING:
    from argmap.diff.agreements import Agreement, agreement, with_noise
    from argmap.diff.agreements.scores import score
    from argmap.diff.patches import apply
    from argmap.diff.questions import Candidate, Card, Decision, review
    from argmap.diff.render.dialogue import conversation
    from argmap.diff.suggest import LEAST, align

__all__ = [
    "LEAST",
    "Agreement",
    "Candidate",
    "Card",
    "Decision",
    "agreement",
    "align",
    "apply",
    "compare",
    "conversation",
    "embedder",
    "review",
    "score",
    "timeline",
    "with_noise",
]


_LATER = {
    "Agreement": "agreements",
    "agreement": "agreements",
    "with_noise": "agreements",
    "score": "agreements.scores",
    "apply": "patches",
    "Candidate": "questions",
    "Card": "questions",
    "Decision": "questions",
    "review": "questions",
    "conversation": "render.dialogue",
    "LEAST": "suggest",
    "align": "suggest",
}
"""Names that most comparisons do not need, with the module that has them."""


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


def compare(
    before: Map,
    after: Map,
    alignment: Alignment | None = None,
    *,
    question: Question | None = None,
    suggest: bool | None = None,
    embed: Embed | None = None,
) -> Diff:
    """Compare two maps and tell what moved from `before` to `after`.

    Parameters
    ----------
    before, after
        The maps; swapping them mirrors the diff.
    alignment
        Correspondences that a person decided; rejected pairs are never matched.
    question
        The relation of the maps; derived from their ids and sources when left out.
    suggest
        Match claims of two texts by likeness, as `suggested`. When left out: only without an alignment, since
        a claim that a person left unmatched should show as silence.
    embed
        Compares meanings as well as words; `embedder` makes one from a sentence model.

    Returns
    -------
    Diff

    Raises
    ------
    ArgmapError
        When the alignment names unknown claims, or decides one pair both ways.
    """
    question = question or question_of(before, after)
    if suggest is None:
        suggest = alignment is None or question != "positions"
    return _compare(MapIndex(before), MapIndex(after), alignment, question, suggest, embed)


def timeline(maps: Sequence[Map], alignments: Sequence[Alignment] = (), diffs: Sequence[Diff] = ()) -> Timeline:
    """Tell where each text stands on each issue, in the order of the texts' dates.

    Parameters
    ----------
    maps
        Two or more. They are sorted by date; if one has no date, the given order stays.
    alignments
        For neighbouring maps, in any order; neighbours without one are compared by their stands alone.
    diffs
        Comparisons of these maps with these alignments; what is here is not compared again.

    Returns
    -------
    Timeline

    Raises
    ------
    ArgmapError
        When an alignment fits no two neighbours.
    """
    maps = by_date(maps)
    readings = [MapIndex(map_) for map_ in maps]
    known = {(diff.before.id, diff.after.id, diff.question): diff for diff in diffs}
    between = []
    for n, given in enumerate(fitting(maps, alignments)):
        question = question_of(maps[n], maps[n + 1])
        made = known.get((maps[n].id, maps[n + 1].id, question)) if given else None
        # Suggested matches move nothing.
        between.append(made or _compare(readings[n], readings[n + 1], given, question, suggest=question != "positions"))
    return timeline_of(readings, between)


def embedder(model: str, *, download: bool = False) -> Embed:
    """Load a sentence model, so that `compare` and `align` compare meanings as well as words.

    Parameters
    ----------
    model
        A folder with a saved sentence-transformers model, the name of an installed package that carries one, or a name on
        the Hugging Face hub.
    download
        Allow a download from the hub if the model is not on this machine.

    Returns
    -------
    callable
        Returns a row of numbers for each sentence.

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
    before: MapIndex,
    after: MapIndex,
    alignment: Alignment | None,
    question: Question,
    suggest: bool,
    embed: Embed | None = None,
) -> Diff:
    """Match, put both sides into common terms, name each change, then group the changes by issue."""
    matches = match(before, after, question, alignment, suggest=suggest, embed=embed)
    common, scales = Common(before, after, matches), Scales(before, after)
    found: Counterparts = ({}, {})
    read = alignment.read if alignment else None
    if question == "positions":
        alone = [match for match in worth_telling(matches, common, question) if not (match.before and match.after)]
        found = (
            counterparts(before, after, [each for each in alone if each.before], before=True, read=read, embed=embed),
            counterparts(after, before, [each for each in alone if each.after], before=False, read=read, embed=embed),
        )
    silences = silent_issues(after, before, found[1]), silent_issues(before, after, found[0])
    changes = changes_of(worth_telling(matches, common, question), common, scales, question, found)
    told = [change for change in changes if question != "revisions" or not goes_without_saying(change)]
    shifts = shifts_of(before, after, scales, told, silences)
    names = names_of(before.map, after.map)
    edits = None
    if question == "revisions":
        from argmap.diff.patches import patch

        edits = patch(before.map, after.map, matches)
    return Diff(
        question=question,
        before=before.whole_end(names[0]),
        after=after.whole_end(names[1]),
        changes=tuple(told),
        shifts=shifts,
        relations=compare_ties(common, question),
        sensitivity=sensitivity(before, after, scales, shifts, told) if question == "positions" else (),
        summary=counted(changes),
        notes=scales.notes(before, after),
        patch=edits,
    )
