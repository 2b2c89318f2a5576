"""Write one paragraph on where two texts stand, what became of what the first says, and what stands in one text alone.

    In both essays Japan is a junior partner. The 2005 essay expects that Japan will become a near-equal ally, “if all goes well”.
    On “How much fish may be caught?” the 1990 programme calls for “half of it”; the 1998 programme calls for “all of it”.

A codebook may give an issue a sentence with `{is}` and `{label}`; without one the label stands behind the question that it answers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from argmap.diff.classify.shifts import AHEAD, moved
from argmap.diff.model import Change, Diff, End, Move, Shift, Side, Stand
from argmap.diff.render.matched import matched_in_words
from argmap.diff.render.words import (
    MOST,
    capped,
    closeness,
    have,
    held,
    listed,
    long_names,
    named,
    quoted,
    ranked,
    uncapped,
)
from argmap.diff.sensitivity import headline_of
from argmap.model import Id, Mode, Position
from argmap.text_tools import as_quoted, counted, plural

BECOMES: dict[Mode, str] = {"is": "is", "plan": "is to become", "will": "will become", "ought": "should become"}
"""The verb of a codebook's sentence in each mode."""
STAYS: dict[Mode, str] = {"is": "is", "plan": "is to be", "will": "will be", "ought": "should be"}
"""The same where nothing is said to be otherwise now, or where no noun follows."""
HOLDS: dict[Mode, tuple[str, str, str]] = {
    "is": ("says that", "says, hedged, that", "reports that"),
    "plan": ("reports a plan by which", "reports a plan by which perhaps", "reports a plan by which"),
    "will": ("expects that", "thinks it possible that", "reports the expectation that"),
    "ought": ("holds that", "suggests that", "reports the demand that"),
}
"""Phrases for a position in each mode: asserted, hedged, and reported."""
ANSWERS: dict[Mode, tuple[str, str, str]] = {
    "is": ("answers", "answers, hedged,", "reports the answer"),
    "plan": ("reports plans for", "reports possible plans for", "reports plans for"),
    "will": ("expects", "thinks possible", "reports the expectation of"),
    "ought": ("calls for", "suggests", "reports the demand for"),
}
"""The same for a position without a sentence in the codebook."""


def paragraph(diff: Diff) -> list[str]:
    """Write the sentences of the paragraph."""
    before, after = long_names(diff)
    if diff.empty and diff.changes:
        return [f"{capped(before)} and {after} say the same, claim by claim and relation by relation."]
    matched = [change for change in diff.changes if change.before and change.after and change.status == "accepted"]
    sentences = [*headline(diff), *_other_questions(diff), *matched_in_words(diff)]
    if not matched and not headline_of(diff.shifts):
        sentences.append(f"No claim of {before} has a confirmed match in {after}.")
    sentences += _unmatched(diff)
    if line := sensitivity_in_words(diff):
        sentences.append(line)
    return sentences


def headline(diff: Diff) -> list[str]:
    """Write the first sentences: where the two stand on the first issue on which both take a position, else their theses."""
    shift = headline_of(diff.shifts)
    return _theses(diff) if shift is None else _stands(diff, shift, shift.moves)


def sensitivity_in_words(diff: Diff) -> str | None:
    """Say in a sentence which single codings the headline hangs on; `None` where there is no headline."""
    if diff.question != "positions" or (headline_of(diff.shifts) is None and not diff.sensitivity):
        return None
    if not diff.sensitivity:
        return "No single coding would change the headline."
    claims: dict[str, dict[str, None]] = {}
    named_ = dict(zip((diff.before.id, diff.after.id), long_names(diff), strict=True))
    for coding in diff.sensitivity:
        claims.setdefault(coding.map, {})[coding.claim] = None
    told = [f"{listed(ids)} in {named_[map_]}" for map_, ids in claims.items()]
    many = sum(len(ids) for ids in claims.values())
    return (
        f"The headline hangs on {counted(many, 'claim')}; another coding of any one would change it: {'; '.join(told)}."
    )


def _stands(diff: Diff, shift: Shift, moves: Sequence[Move]) -> list[str]:
    """Say in full clauses where the two texts stand in some modes: first what they share, then each text, before first."""
    before, after = long_names(diff)
    sides = {side.id: side for side in diff.before.claims}, {side.id: side for side in diff.after.claims}
    shared: list[str] = []
    apart: tuple[list[str], list[str]] = [], []
    for move in moves:
        ends = sides[0].get(move.before or ""), sides[1].get(move.after or "")
        if _alike(move, *ends) and move.to and ends[1]:
            shared.append(_both(before, after, shift, move.mode, move.to, ends[1]))
            continue
        for clauses, position, side in zip(apart, (move.from_, move.to), ends, strict=True):
            if position:
                stand = shift.before if clauses is apart[0] else shift.after
                clauses.append(_clause(shift, move.mode, position, side, stand))
    told = [f"{name} {listed(clauses)}" for name, clauses in zip((before, after), apart, strict=True) if clauses]
    question = "" if shift.sentence else f"on “{shift.question}” "
    sentences = [f"{capped(f'{question}{clause}')}." for clause in shared]
    return [*sentences, f"{capped(question + '; '.join(told))}."] if told else sentences


def _alike(move: Move, left: Side | None, right: Side | None) -> bool:
    if not (left and right) or move.from_ != move.to or held(left) != held(right):
        return False
    return (left.condition and left.condition.exact) == (right.condition and right.condition.exact)


def _clause(shift: Shift, mode: Mode, position: Id, side: Side | None, *stands: Stand) -> str:
    how = held(side) if side else 0
    if not shift.sentence:
        return f"{ANSWERS[mode][how]} “{label(position, shift.scale)}”{_condition(side)}"
    return f"{HOLDS[mode][how]} {_sentence(shift, mode, position, *stands)}{_condition(side)}"


def _both(before: str, after: str, shift: Shift, mode: Mode, position: Id, side: Side) -> str:
    kind = before.rsplit(" ", 1)[-1]
    alike = kind == after.rsplit(" ", 1)[-1] and before.startswith("the ")
    both = f"both {plural(kind)}" if alike else f"{before} and {after}"
    if mode == "is" and held(side) == 0 and shift.sentence and alike:
        return f"in {both} {_sentence(shift, mode, position)}{_condition(side)}"
    verb, space, rest = _clause(shift, mode, position, side, shift.before, shift.after).partition(" ")
    return f"{both} {verb.removesuffix('s')}{space}{rest}"


def _sentence(shift: Shift, mode: Mode, position: Id, *stands: Stand) -> str:
    """Fill the codebook's sentence for a position, with the article that fits.

    A thing *becomes* something only if the text says that it is something else now, and only if the sentence names a thing:
    "will become a near-equal ally", but "will be open".
    """
    words, pattern = label(position, shift.scale), shift.sentence or ""
    otherwise = stands and all(stand.is_ and position not in stand.is_ for stand in stands)
    verb = (BECOMES if otherwise and re.search(r"\{is\} an? ", pattern) else STAYS)[mode]
    article = "an" if words[:1].casefold() in ("a", "e", "i", "o") else "a"
    pattern = re.sub(r"\ban? (?=\{label\})", f"{article} ", pattern)
    return pattern.replace("{is}", verb).replace("{label}", words)


def _condition(side: Side | None) -> str:
    if side is None or side.condition is None:
        return ""
    words = as_quoted(uncapped(side.condition.exact), side.condition.status)
    return f", {words}" + (" (words of another sentence)" if side.condition.apart else "")


def label(position: Id, scale: dict[Id, Position]) -> str:
    """Give the codebook's words for a position."""
    return scale[position].label if position in scale else position


def _theses(diff: Diff) -> list[str]:
    before, after = long_names(diff)
    ends = diff.before, diff.after
    if len(ends[0].thesis) == len(ends[1].thesis) == 1:
        texts = [next((quoted(side) for side in end.claims if side.id in end.thesis), "") for end in ends]
        said = [f"The thesis of {before} is {texts[0]}; that of {after} is {texts[1]}."]
        for change in diff.changes:
            tied = {side.id for side in change.before} & {*ends[0].thesis} and {side.id for side in change.after} & {
                *ends[1].thesis
            }
            if tied and change.status == "accepted":
                word = ", ".join(filter(None, (change.change, change.coming)))
                said.append(f"Between the two the word is “{word}”.")
        return said
    said = ["Neither text names a thesis."]
    if ends[0].thesis or ends[1].thesis:
        said = [f"{capped(before)} {_theses_of(ends[0])}; {after} {_theses_of(ends[1])}."]
    else:
        busiest = [(name, text) for name, end in zip((before, after), ends, strict=True) if (text := _busiest(end))]
        if busiest:
            told = listed(f"{text} in {name}" for name, text in busiest)
            said.append(f"More reasons and objections bear on {told} than on any other claim there.")
    return [*said, *_shared_questions(diff)]


def _shared_questions(diff: Diff) -> list[str]:
    if not diff.shifts:
        return []
    both = [shift for shift in diff.shifts if "none" not in (shift.before.state, shift.after.state)]
    alone = len(diff.shifts) - len(both)
    more = f" and {len(both) - 3} more" if len(both) > 3 else ""
    told = f"Both speak to {listed(f'“{shift.question}”' for shift in both[:3])}{more}"
    if not both:
        told = "They have no question in common"
    return [
        told + (f"; on {counted(alone, 'further question')} only one of them has a claim." if both and alone else ".")
    ]


def _theses_of(end: End) -> str:
    if not end.thesis:
        return "names no thesis"
    return f"has {len(end.thesis)} theses" if len(end.thesis) > 1 else "has one thesis"


def _busiest(end: End) -> str | None:
    """Quote the claim on which more relations of a text bear than on any other; two at least."""
    bearing = Counter(relation.bears_on for relation in end.relations if relation.bears_on).most_common(2)
    if not bearing or bearing[0][1] < 2 or (len(bearing) > 1 and bearing[1][1] == bearing[0][1]):
        return None
    return next((quoted(side) for side in end.claims if side.id == bearing[0][0]), None)


def _other_questions(diff: Diff) -> list[str]:
    """Say where the two stand on the other questions on which something moved: what is so first, then what is yet to come."""
    head = headline_of(diff.shifts)
    others = [shift for shift in diff.shifts if shift != head]
    now, later, ahead, unlike = [], [], [], []
    still = 0
    for shift in others:
        word = moved(shift)
        move = shift.move("is")
        if word and move and move.steps:
            now.append((shift, (move,)))
        elif word in AHEAD.values():
            ahead.append((shift, tuple(each for each in shift.moves if AHEAD.get(each.mode) == word)))
        elif word and word != "kept":
            later.append((shift, tuple(each for each in shift.moves if each.steps)))
        elif word == "kept" and _same_place(diff, shift):
            still += 1
        elif shift.before.state == shift.after.state == "position":
            unlike.append((shift, shift.moves))
    told = [each for group in (now, later, ahead, unlike) for each in group[:MOST]]
    sentences = [sentence for shift, moves in told for sentence in _stands(diff, shift, moves)]
    rest = sum(len(group) for group in (now, later, ahead, unlike)) - len(told)
    if rest:
        sentences.append(f"On {counted(rest, 'further question')} they differ as well.")
    if still:
        sentences.append(f"On {counted(still, 'further question')} they stand in the same place.")
    return sentences


def _same_place(diff: Diff, shift: Shift) -> bool:
    """Tell whether two texts stand alike in every mode: one position, held as firmly, under one condition."""
    sides = {side.id: side for side in diff.before.claims}, {side.id: side for side in diff.after.claims}
    return all(_alike(move, sides[0].get(move.before or ""), sides[1].get(move.after or "")) for move in shift.moves)


def _unmatched(diff: Diff) -> list[str]:
    """Say what stands in one text alone, by the result of the search in the other."""
    names_ = long_names(diff)
    alone = [
        [change for change in diff.changes if change.counterpart and bool(change.before) == first]
        for first in (True, False)
    ]
    unsearched = [
        bool(changes) and all(_state(change) == "not-mapped" and not _nearest(change) for change in changes)
        for changes in alone
    ]
    if all(unsearched):
        counts = f"{counted(len(alone[0]), 'claim')} of {names_[0]} and {len(alone[1])} of {names_[1]}"
        return [f"{counts} have no match in the other map, and there is no text to search."]
    return [
        sentence
        for changes, here, there, has_theses in (
            (alone[0], *names_, bool(diff.before.thesis)),
            (alone[1], *names_[::-1], bool(diff.after.thesis)),
        )
        for sentence in _unmatched_in(changes, here, there, has_theses)
    ]


def _unmatched_in(changes: Sequence[Change], here: str, there: str, has_theses: bool) -> list[str]:
    over, elsewhere, unsure = (
        [change for change in changes if _state(change) == state]
        for state in ("passed-over", "elsewhere", "not-mapped")
    )
    taken_up, unsure = _parted(unsure)
    sentences = []
    if over:
        who = _on_whose_word(over)
        nearest = ranked(over)[:1]
        first, is_thesis = named(nearest), closeness(nearest[0])[1] == 0
        which = (
            f": {first}"
            if len(over) == 1
            else f", among them the thesis {first}"
            if is_thesis
            else f"; nearest its thesis is {first}"
            if has_theses
            else f", such as {first}"
        )
        sentences.append(f"{capped(there)} passes over {counted(len(over), 'claim')} of {here}{who}{which}.")
    count = counted if not over else (lambda number, _: f"{number} more")
    of = f" of {here}" if not over else ""
    if elsewhere:
        subject = "It" if over else capped(there)
        sentences.append(f"{subject} says nearly the same as {count(len(elsewhere), 'claim')}{of} under another issue.")
    if taken_up:
        subject = "It" if over or elsewhere else capped(there)
        reader = next(change.counterpart.reader for change in taken_up if change.counterpart)
        sentences.append(
            f"{subject} takes up {count(len(taken_up), 'claim')}{of}, as {reader} reads it, without a matching claim."
        )
    if unsure:
        searched = any(_nearest(change) for change in unsure)
        result = f"the search of {there} gave no clear answer" if searched else "there is no text to search"
        if over or elsewhere or taken_up:
            sentences.append(f"For {len(unsure)} more {result}.")
        else:
            number = len(unsure)
            sentences.append(
                f"{counted(number, 'claim')} of {here} {have(number)} no match in the map of {there}, and {result}."
            )
    return sentences


def _parted(changes: Sequence[Change]) -> tuple[list[Change], list[Change]]:
    """Tell those that a language model found in the other text from those of which nothing is known."""
    parts: tuple[list[Change], list[Change]] = [], []
    for change in changes:
        parts[not (change.counterpart and change.counterpart.read_by)].append(change)
    return parts


def _on_whose_word(over: Sequence[Change]) -> str:
    """Say how many silences rest on a person, on a language model, and on the search."""
    found = [change.counterpart for change in over if change.counterpart]
    sure = sum(each.confirmed for each in found)
    readers = Counter(each.reader for each in found if each.reader)
    words = [(sure, "as a person confirmed")] if sure else []
    words += [(number, f"as {name} reads it") for name, number in readers.items()]
    searched = len(found) - sure - readers.total()
    words += [(searched, "as far as the search of its sentences shows")] if searched else []
    if len(words) == 1 and words[0][0] == len(over):
        return f", {words[0][1]}"
    return f" ({', '.join(f'{number} of them {word}' for number, word in words)})" if words else ""


def _state(change: Change) -> str | None:
    return change.counterpart.state if change.counterpart else None


def _nearest(change: Change) -> bool:
    return bool(change.counterpart and change.counterpart.nearest)
