"""A diff in plain words: one paragraph, made of the data and of nothing else.

    1996 finds “junior partner” and calls for “equal ally”; 2005 foresees “near-equal ally”: 1 step up the scale.

Only what a person accepted is told; suggestions are counted in the last sentence. Names are the ids of the maps, and
positions stand in quotation marks, since they are the analyst's labels and not the texts' words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from argmap.diff.model import Change, Diff, Facet, Shift, Side, Stand
from argmap.model import MODES, ChangeWord, Id, Mode, Position
from argmap.text_tools import counted

VERBS: dict[Mode, str] = {"is": "finds", "plan": "reports plans for", "will": "foresees", "ought": "calls for"}
WHOLE: dict[Facet, str] = {
    "reworded": "reworded",
    "moved": "moved to another conclusion",
    "split": "split",
    "merged": "merged",
    "re-grounded": "given other reasons",
    "scheme-changed": "given another scheme",
    "made-explicit": "made explicit",
    "left-implicit": "left implicit",
    "speaker-changed": "given another speaker",
}


@dataclass(frozen=True)
class Section:
    """The changes of one issue, under its heading; those of no issue stand last."""

    heading: str
    shift: Shift | None
    changes: tuple[Change, ...]


def sections(diff: Diff) -> list[Section]:
    """A diff by issue, headline first; each change once, under the issue it belongs to.

    Between maps of one text, issues on which nothing differs are left out; between texts they are part of the answer.
    """
    all_ = [
        Section(shift.question, shift, tuple(change for change in diff.changes if change.issue == shift.issue))
        for shift in diff.shifts
    ]
    found = [each for each in all_ if diff.question == "positions" or each.changes or _differs(each.shift)]
    told = {shift.issue for shift in diff.shifts}
    rest = tuple(change for change in diff.changes if change.issue not in told)
    return [*found, Section("On no issue", None, rest)] if rest else found


def _differs(shift: Shift | None) -> bool:
    return shift is not None and shift.before != shift.after


def names(diff: Diff) -> tuple[str, str]:
    """What to call the two sides: the maps' ids, unless they are the same."""
    return ("before", "after") if diff.before.id == diff.after.id else (diff.before.id, diff.after.id)


def summary(diff: Diff) -> str:
    """One paragraph on what moved."""
    sentences = {"positions": _positions, "revisions": _revisions, "annotators": _annotators}[diff.question](diff)
    by_analyst = diff.summary.get("analyst", 0)
    if by_analyst:
        words = sum(bool(change.before and change.after) and change.status == "accepted" for change in diff.changes)
        sentences.append(
            f"Of the words for {counted(words, 'matched change')}, {by_analyst} {_be(by_analyst)} the analyst's."
        )
    suggested = diff.summary.get("suggested", 0)
    if suggested:
        sentences.append(
            f"{counted(suggested, 'further match')} {_be(suggested)} suggested by argmap, confirmed by nobody, and not counted here."
        )
    return " ".join(sentences)


def stand_in_words(stand: Stand, scale: dict[Id, Position]) -> str:
    """Where a text stands, such as: is: junior partner; ought: equal ally. Labels are the codebook's words, so not in quotation marks."""
    said = (f"{mode}: {_and(_labels(stand.of(mode), scale))}" for mode in MODES if stand.of(mode))
    return "; ".join(said) or "silent"


def steps_in_words(shift: Shift) -> str:
    """Steps with their sign, taken or foreseen, or what their absence means; and the noise, where it was measured."""
    noise = "" if shift.noise is None else f"; two readers of one text are {counted(shift.noise, 'step')} apart"
    if shift.foreseen:
        return f"{shift.foreseen:+d} {_steps(shift.foreseen)}, foreseen{noise}"
    if shift.steps is None:
        return f"not on one scale{noise}"
    return ("same place" if shift.steps == 0 else f"{shift.steps:+d} {_steps(shift.steps)}") + noise


def change_in_words(change: Change) -> str:
    """The word, the steps where it is about steps, and the facets."""
    return ", ".join(
        (change.worded, *change.facets, *(f"{field} changed" for field in change.fields if field not in _TOLD))
    )


def substance_in_words(change: Change) -> str:
    """Tell what differs in substance, or that a claim is called kept though nothing can be told; else nothing."""
    found = change.substance
    if found is None or found.verdict == "same" or (found.verdict == "unclear" and change.change != "kept"):
        return ""
    return f"substance {found.verdict}: {'; '.join(found.signals)}"


def marks(side: Side) -> list[str]:
    """What must be said of a claim that is not simply the author's own: commitment, speaker, implicit."""
    said: list[str] = [side.commitment] if side.commitment != "asserted" else []
    if side.speaker:
        said.append(f"by {side.speaker}")
    if side.implicit:
        said.append("implicit, supplied by the analyst")
    return said


_TOLD = {"text", "kind", "commitment", "force", "implicit", "speaker"}
"""Fields whose change has a word or facet of its own."""


def _positions(diff: Diff) -> list[str]:
    before, after = names(diff)
    both = [shift for shift in diff.shifts if _stands(shift.before) and _stands(shift.after)]
    sentences = []
    if both:
        head = both[0]
        sentences.append(
            f"On “{head.question}”, in the words of the codebook, {before} {_does(head.before, head)}; "
            f"{after} {_does(head.after, head)}{_far(head)}."
        )
        sentences.append(_moves(both))
    said = {word: _issues_with(diff, word) for word in ("realised", "answered", "conceded", "reversed", "altered")}
    for word, told in (
        ("realised", f"What {before} called for or foretold, {after} tells as coming or done: "),
        ("answered", f"What {before} asked, missed or objected, {after} settles: "),
        ("conceded", f"What {before} only reported as an objection or rejected, {after} grants: "),
        ("reversed", "The two hold the opposite on: "),
        ("altered", "The two give another figure, date, name, direction or agent on: "),
    ):
        if said[word]:
            sentences.append(f"{told}{_and(said[word])}.")
    spoken = _spoken_of(diff)
    for here, there, side in ((before, after, 0), (after, before, 1)):
        alone = [_name(shift) for shift in diff.shifts if shift.issue in spoken[side] - spoken[1 - side]]
        if alone:
            sentences.append(f"Only {here} speaks of {_and(alone)}; {there} is silent.")
    dropped, new = diff.summary.get("dropped", 0), diff.summary.get("new", 0)
    if dropped or new:
        sentences.append(
            f"{counted(dropped, 'claim')} of {before} {_have(dropped)} no counterpart in {after}, "
            f"and {new or 'none'} of {after} in {before}."
        )
    if sentences:
        return sentences
    if diff.empty and diff.changes:
        return [f"{before} and {after} say the same, claim by claim and relation by relation."]
    if matched := sum(bool(change.before and change.after and change.status == "accepted") for change in diff.changes):
        return [
            f"{before} and {after} share no issue; {counted(matched, 'claim')} of one {_have(matched)} a match in the other."
        ]
    return [f"Nothing ties {before} and {after}: no issue is shared and no claim matched."]


def _spoken_of(diff: Diff) -> tuple[set[Id], set[Id]]:
    """The issues that each side has a claim on."""
    before = {side.issue for change in diff.changes for side in change.before if side.issue}
    after = {side.issue for change in diff.changes for side in change.after if side.issue}
    return before, after


def _revisions(diff: Diff) -> list[str]:
    if diff.empty:
        return ["Nothing changed."]
    count = diff.summary
    touched = [change for change in diff.changes if change.status == "accepted"]
    said = [counted(count[word], "claim") + f" {word}" for word in ("new", "dropped") if count.get(word)]
    main = (
        "reversed",
        "altered",
        "strengthened",
        "weakened",
        "shifted",
        "reframed",
        "realised",
        "answered",
        "conceded",
    )
    said += [f"{count[word]} {word}" for word in main if count.get(word)]
    for facet, words in WHOLE.items():
        n = sum(facet in change.facets for change in touched)
        if n:
            said.append(f"{n} {words}")
    ties = diff.relations
    sentences = [f"Of the claims, {count.get('kept', 0)} are kept."]
    if said:
        sentences.append(f"{_and(said)}.")
    if ties.dropped or ties.new:
        sentences.append(f"Relations: {ties.kept} kept, {len(ties.dropped)} dropped, {len(ties.new)} new.")
    return sentences


def _annotators(diff: Diff) -> list[str]:
    before, after = names(diff)
    count = diff.summary
    shared = sum(bool(change.before and change.after) and change.status == "accepted" for change in diff.changes)
    other = shared - count.get("kept", 0)
    ties = diff.relations
    differently = f", of which they read {other} differently" if other else ""
    alone = f"only {before} saw {count.get('dropped', 0)}, only {after} {count.get('new', 0)}"
    tied = f"{counted(ties.kept, 'relation')} {_be(ties.kept)} the same"
    return [
        f"Both saw {counted(shared, 'claim')}{differently}; {alone}.",
        f"Between claims that both saw, {tied}, {len(ties.dropped)} only in {before}, {len(ties.new)} only in {after}.",
    ]


def _moves(both: Sequence[Shift]) -> str:
    taken = [shift.steps for shift in both if shift.steps and (shift.after.is_ or not shift.before.is_)]
    up, down = sum(steps > 0 for steps in taken), sum(steps < 0 for steps in taken)
    still = sum(1 for shift in both if shift.steps == 0 and not shift.foreseen)
    coming = sum(1 for shift in both if shift.foreseen or (shift.steps and shift.before.is_ and not shift.after.is_))
    parts = [
        f"{n} {words}"
        for n, words in (
            (up, "moved up the scale"),
            (down, "moved down"),
            (coming, "moved only in what is foreseen or called for"),
            (still, "stayed"),
            (len(both) - up - down - still - coming, "cannot be counted in steps"),
        )
        if n
    ]
    if len(both) == 1:
        return "It is the one issue on which both take a stand."
    return f"Of the {len(both)} issues on which both take a stand, {_and(parts)}."


def _far(shift: Shift) -> str:
    steps = shift.foreseen or shift.steps
    if steps is None:
        return ""
    if steps == 0:
        return ": the same place on the scale"
    way = f": {counted(abs(steps), 'step')} {'up' if steps > 0 else 'down'} the scale"
    return f"{way}, foreseen and not yet taken" if shift.foreseen else way


def _steps(n: int) -> str:
    return "step" if abs(n) == 1 else "steps"


def _does(stand: Stand, shift: Shift) -> str:
    return _and(f"{VERBS[mode]} {_and(_labels(stand.of(mode), shift.scale))}" for mode in MODES if stand.of(mode))


def _labels(positions: Iterable[Id], scale: dict[Id, Position]) -> list[str]:
    return [scale[id].label if id in scale else id for id in positions]


def _issues_with(diff: Diff, word: ChangeWord | str) -> list[str]:
    issues = {change.issue for change in diff.changes if change.change == word and change.status == "accepted"}
    return [_name(shift) for shift in diff.shifts if shift.issue in issues]


def _name(shift: Shift) -> str:
    return shift.label or f"“{shift.question}”"


def _stands(stand: Stand) -> bool:
    return any(stand.of(mode) for mode in MODES)


def _and(words: Iterable[str]) -> str:
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _be(n: int) -> str:
    return "is" if n == 1 else "are"


def _have(n: int) -> str:
    return "has" if n == 1 else "have"
