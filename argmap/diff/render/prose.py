"""Write a diff in plain words: sentences made by rules from modes, force, commitment and conditions only.

    In both essays Japan is a junior partner. The 2005 essay expects that Japan will become a near-equal ally, “if all goes well”.

Only accepted changes are described; suggestions are counted in the last sentence. Texts are named by year, title or author. Labels
of positions are the analyst's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from argmap.diff.classify.shifts import moved
from argmap.diff.map_index import placing
from argmap.diff.model import Change, Diff, Facet, Row, Shift, Side, Stand, Timeline
from argmap.diff.render.positions import headline, label, paragraph, sensitivity_in_words
from argmap.diff.render.words import be, closeness, listed, long_names, names, ranked
from argmap.model import MODES, FrozenDict, Id, Mode, Position
from argmap.text_tools import counted

__all__ = [
    "closeness", "headline", "long_names", "names", "ranked", "sections", "sensitivity_in_words", "summary",
]  # fmt: skip

NAMELESS: Mapping[Id, str] = FrozenDict()
WHOLE: dict[Facet, str] = {
    "reworded": "reworded",
    "moved": "moved to another conclusion",
    "split": "split",
    "merged": "merged",
    "re-grounded": "given other reasons",
    "turned": "turned to the other side",
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
    """Divide a diff by issue, headline first; each change once, matches before silences, these nearest the thesis first.

    Between maps of one text, issues on which nothing differs are left out; between texts they are part of the answer.
    """
    all_ = [
        Section(shift.question, shift, ranked(change for change in diff.changes if change.issue == shift.issue))
        for shift in diff.shifts
    ]
    found = [each for each in all_ if diff.question == "positions" or each.changes or _differs(each.shift)]
    told = {shift.issue for shift in diff.shifts}
    rest = ranked(change for change in diff.changes if change.issue not in told)
    return [*found, Section("On no issue", None, rest)] if rest else found


def _differs(shift: Shift | None) -> bool:
    return shift is not None and shift.before != shift.after


def summary(diff: Diff) -> str:
    """Write one paragraph on what moved."""
    sentences = {"positions": paragraph, "revisions": _revisions, "annotators": _annotators}[diff.question](diff)
    if by_analyst := diff.analysts_words:
        sentences.append(by_analyst)
    suggested = diff.summary.get("suggested", 0)
    if suggested:
        sentences.append(f"argmap suggests {counted(suggested, 'further match')}, not confirmed and not counted here.")
    return " ".join(sentences)


def stand_in_words(
    stand: Stand, scale: dict[Id, Position], claims: Sequence[Side], speakers: Mapping[Id, str] = NAMELESS
) -> str:
    """Say where a text stands, such as: is: junior partner; will: equal ally (if: “all goes well”).

    Parameters
    ----------
    stand
        The positions. Their labels are the codebook's words, so not in quotation marks.
    scale
        The positions of the issue.
    claims
        The text's claims on the issue. What a position hangs on, and that the text only reports or grants it, is said of the
        claim that counts.
    speakers
        Their names, by id.
    """

    def place(position: Id, mode: Mode) -> str:
        counts = placing(claims, position, mode)
        said = marks(counts, speakers) if counts else []
        return label(position, scale) + (f" ({'; '.join(said)})" if said else "")

    said = (
        f"{mode}: {listed(place(position, mode) for position in stand.of(mode))}" for mode in MODES if stand.of(mode)
    )
    return "; ".join(said) or {"none": "silent" if stand.silent else "no claim"}.get(stand.state, "no position")


def moved_in_words(shift: Shift) -> str:
    """Say what moved on an issue, and how far two readers of one text are apart, where that was measured."""
    noise = "" if shift.noise is None else f"; two readers of one text are {counted(shift.noise, 'step')} apart"
    told = moved(shift) or _not_compared(shift)
    return told + noise


def _not_compared(shift: Shift) -> str:
    """Say why nothing can be said to have moved."""
    states = shift.before.state, shift.after.state
    if "none" in states:
        return "not compared: one text has no claim"
    if "no-position" in states:
        return "not compared: no position"
    if len({move.mode for move in shift.moves}) < len(shift.moves):
        return "not compared: other speakers"
    return "not on one scale" if any(move.from_ and move.to for move in shift.moves) else "not in one mode"


def change_in_words(change: Change) -> str:
    """Give the word, the steps where it is about steps, and the facets."""
    return ", ".join(
        (change.worded, *change.facets, *(f"{field} changed" for field in change.fields if field not in _TOLD))
    )


def substance_in_words(change: Change) -> str:
    """Tell what differs in substance, or that a claim is called kept though nothing can be told; else nothing."""
    found = change.substance
    if found is None or found.verdict == "same" or (found.verdict == "unclear" and change.change != "kept"):
        return ""
    return f"substance {found.verdict}: {'; '.join(found.signals)}"


def counterpart_in_words(change: Change, other: str) -> str | None:
    """Describe the search in the other text for a claim without a match."""
    found = change.counterpart
    if found is None:
        return None
    nearest = f"“{found.nearest.exact}”" if found.nearest else ""
    if found.confirmed:
        return f"{other} passes over it, as a person confirmed"
    if found.read_by and found.state == "passed-over":
        return f"{other} passes over it, as {found.reader} reads it"
    if found.read_by:
        return f"no match in {other}; it takes this up, as {found.reader} reads it: {nearest}"
    if found.state == "passed-over":
        return f"{other} passes over it: nothing near in any of its sentences"
    if found.state == "elsewhere":
        return f"{other} says nearly the same under another issue: {nearest}"
    if not nearest:
        return f"no match in {other}; there is no text to search"
    return f"no match in {other}; nearest sentence{'' if found.nearest and found.nearest.mapped else ', unmapped'}: {nearest}"


def condition_in_words(side: Side) -> str | None:
    """Say what a claim hangs on."""
    if side.condition is None:
        return None
    return f"if: {side.condition.shown}" + (" (in another sentence)" if side.condition.apart else "")


def stands_in_words(diff: Diff, shift: Shift) -> tuple[str, str]:
    """Say where each of the two texts stands on an issue."""
    ends = (diff.before, shift.before), (diff.after, shift.after)
    before, after = (
        stand_in_words(stand, shift.scale, [side for side in end.claims if side.issue == shift.issue], end.speakers)
        for end, stand in ends
    )
    return before, after


def row_in_words(row: Row, timeline: Timeline) -> list[str]:
    """Say where each text of a timeline stands on an issue."""
    return [
        stand_in_words(standing.at, row.scale, standing.claims, end.speakers)
        for standing, end in zip(row.standings, timeline.texts, strict=True)
    ]


def marks(side: Side, speakers: Mapping[Id, str] = NAMELESS) -> list[str]:
    """List the remarks on a claim that its author does not simply assert: commitment, force, speaker, implicit, condition."""
    said: list[str] = [side.commitment] if side.commitment != "asserted" else []
    said += ["hedged"] if side.force == "hedged" else []
    if side.speaker:
        said.append(f"by {speakers.get(side.speaker, side.speaker)}")
    if side.implicit:
        said.append("implicit, supplied by the analyst")
    if hangs := condition_in_words(side):
        said.append(hangs)
    return said


_TOLD = {"text", "kind", "commitment", "force", "implicit", "speaker"}
"""Fields whose change has a word or facet of its own."""


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
        sentences.append(f"{listed(said)}.")
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
    tied = f"{counted(ties.kept, 'relation')} {be(ties.kept)} the same"
    return [
        f"Both saw {counted(shared, 'claim')}{differently}; {alone}.",
        f"Between claims that both saw, {tied}, {len(ties.dropped)} only in {before}, {len(ties.new)} only in {after}.",
    ]
