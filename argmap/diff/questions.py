"""Ask a person about one claim after another, until each suggestion is decided.

`align` proposes pairs; a person thinks in claims: "which of these says what this one says, or does none?" So each question is about one
claim, with all its candidates. The surest come first, then claims without a candidate, of either text. An answer
takes a candidate, names another claim, or says that there is none, or that the other text passes over it. Taking one drops its rivals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from argmap.diff.classify.change_words import word_for
from argmap.diff.classify.pair import Pair
from argmap.diff.classify.relations import Common
from argmap.diff.classify.scales import Scales
from argmap.diff.map_index import MapIndex
from argmap.diff.match.apply_alignment import refuse_bad
from argmap.diff.match.steps import question_of
from argmap.diff.model import Side
from argmap.model import Alignment, ChangeWord, Correspondence, Id, Map, Silent, replace

Key = tuple[Literal["before", "after"], tuple[Id, ...]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A suggestion for the claim in question."""

    suggestion: Correspondence
    claims: tuple[Side, ...]
    """The claims of the other text."""
    word: ChangeWord
    """The change word that argmap would choose."""
    rule: str


@dataclass(frozen=True, slots=True)
class Card:
    """A question about one claim (or several that were suggested as one)."""

    number: int
    """Its place among the questions, from 1."""
    total: int
    side: Literal["before", "after"]
    """The text that the claim is from."""
    claims: tuple[Side, ...]
    candidates: tuple[Candidate, ...]
    """The likeliest first; empty for a claim for which nothing was suggested."""
    ids: tuple[Id, ...]
    """All claims of the other text that may be named."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The person's answer.

    `accept` takes a candidate, or the claim named in `claim_id`. `none` rejects all candidates. `passed-over` does so, too, and says
    that the other text passes over the claim. `reject-below` rejects every open suggestion less sure than `bar`, of any claim. `undo`
    takes back the last answer. `skip` leaves the question open; `stop` ends the review.
    """

    verb: Literal["accept", "none", "passed-over", "reject-below", "undo", "skip", "stop"]
    candidate: int = 0
    """Place of the accepted candidate, from 0."""
    claim_id: Id | None = None
    """A claim of the other text, instead of a candidate."""
    word: ChangeWord | None = None
    """The person's word for the change, if it differs."""
    because: str | None = None
    bar: float = 0.0


def review(
    before: Map,
    after: Map,
    alignment: Alignment,
    ask: Callable[[Card], Decision],
    save: Callable[[Alignment], None] = lambda _: None,
) -> Alignment:
    """Ask one question for each open claim, surest first, and save after each answer.

    Parameters
    ----------
    before, after, alignment
        What `align` was given and gave.
    ask
        Shows a card and returns the decision; `conversation` makes one of a terminal's input and output.
    save
        Takes the alignment after each answer, so that nothing is lost when the review breaks off.

    Returns
    -------
    Alignment
        With all decisions made.

    Raises
    ------
    ArgmapError
        When the alignment names unknown claims, or decides one pair both ways.
    """
    refuse_bad(alignment, before, after)
    readings = MapIndex(before), MapIndex(after)
    asked: tuple[Key, ...] = ()
    history: list[tuple[Alignment, tuple[Key, ...]]] = []
    while open_ := [key for key in _open(before, after, alignment) if key not in asked]:
        key = open_[0]
        decision = ask(_card(readings, alignment, key, len(asked) + 1, len(asked) + len(open_)))
        if decision.verb == "stop":
            break
        if decision.verb == "undo":
            if history:
                alignment, asked = history.pop()
                save(alignment)
            continue
        history.append((alignment, asked))
        if decision.verb != "reject-below":
            asked = (*asked, key)
        decided = _decide(alignment, key, decision)
        if decided != alignment:
            alignment = decided
            save(alignment)
    return alignment


def _open(before: Map, after: Map, alignment: Alignment) -> list[Key]:
    """List what is to be asked: claims with candidates, surest first, then claims of either text without one."""
    chances: dict[tuple[Id, ...], float] = {}
    for given in _suggested(alignment):
        chances[given.before] = max(chances.get(given.before, 0.0), given.confidence or 0.0)
    silent = alignment.passed_over
    taken = [given for given in alignment.correspondences if given.status != "rejected"]
    known = (
        {*silent.before, *(claim_id for given in taken for claim_id in given.before)},
        {*silent.after, *(claim_id for given in taken for claim_id in given.after)},
    )
    keys: list[Key] = [("before", ids) for ids in sorted(chances, key=lambda ids: -chances[ids])]
    keys += [("before", (claim_id,)) for claim_id in before.claims if claim_id not in known[0]]
    return keys + [("after", (claim_id,)) for claim_id in after.claims if claim_id not in known[1]]


def _suggested(alignment: Alignment, key: Key | None = None) -> list[Correspondence]:
    """Give the open suggestions, of one claim or of all, the likeliest first."""
    found = [
        given
        for given in alignment.correspondences
        if given.status == "suggested" and (key is None or (key[0] == "before" and given.before == key[1]))
    ]
    return sorted(found, key=lambda given: -(given.confidence or 0.0))


def _card(readings: tuple[MapIndex, MapIndex], alignment: Alignment, key: Key, number: int, total: int) -> Card:
    here, there = readings if key[0] == "before" else readings[::-1]
    common, scales = Common(*readings, matches=()), Scales(*readings)
    question = question_of(readings[0].map, readings[1].map)
    candidates = []
    for given in _suggested(alignment, key):
        claims = [
            tuple(reading.map.claims[claim_id] for claim_id in ids)
            for reading, ids in zip(readings, (given.before, given.after), strict=True)
        ]
        rule = word_for(Pair(claims[0], claims[1], common, scales, question))
        candidates.append(
            Candidate(
                given,
                tuple(there.side(claim_id) for claim_id in given.after),
                given.change or rule.word,
                "analyst" if given.change else rule.name,
            )
        )
    claims_ = tuple(here.side(claim_id) for claim_id in key[1])
    return Card(number, total, key[0], claims_, tuple(candidates), tuple(there.map.claims))


def _decide(alignment: Alignment, key: Key, decision: Decision) -> Alignment:
    """Give the alignment with an answer in it."""
    if decision.verb == "reject-below":
        low = [given for given in _suggested(alignment) if (given.confidence or 0.0) < decision.bar]
        return _with_status(alignment, low, decision, "rejected")
    mine = _suggested(alignment, key)
    if decision.verb == "accept":
        return _accept(alignment, key, mine, decision)
    if decision.verb in ("none", "passed-over"):
        rejected = _with_status(alignment, mine, decision, "rejected")
        if decision.verb == "none":
            return rejected
        side = alignment.silent.before if key[0] == "before" else alignment.silent.after
        ids = (*side, *(claim_id for claim_id in key[1] if claim_id not in side))
        silent = {"before": alignment.silent.before, "after": alignment.silent.after, key[0]: ids}
        return replace(rejected, silent=Silent(**silent))
    return alignment


def _with_status(
    alignment: Alignment, given: Sequence[Correspondence], decision: Decision, status: Literal["accepted", "rejected"]
) -> Alignment:
    entries = (
        replace(
            each,
            status=status,
            change=decision.word or each.change,
            because=decision.because or each.because,
        )
        if any(each is one for one in given)
        else each
        for each in alignment.correspondences
    )
    return replace(alignment, correspondences=tuple(entries))


def _accept(alignment: Alignment, key: Key, mine: list[Correspondence], decision: Decision) -> Alignment:
    named = decision.claim_id
    if named is None:
        taken = mine[decision.candidate]
    else:
        found = next((given for given in mine if given.after == (named,)), None)
        sides = (key[1], (named,)) if key[0] == "before" else ((named,), key[1])
        taken = found or Correspondence(before=sides[0], after=sides[1], status="suggested")
        if found is None:
            alignment = replace(alignment, correspondences=(*alignment.correspondences, taken))
            taken = alignment.correspondences[-1]
    decided = _with_status(alignment, [taken], decision, "accepted")
    ends = {*taken.before}, {*taken.after}
    kept = tuple(
        given
        for given in decided.correspondences
        if given.status != "suggested" or not (ends[0] & {*given.before} or ends[1] & {*given.after})
    )
    return replace(decided, correspondences=kept)
