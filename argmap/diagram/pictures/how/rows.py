"""Choose what the picture of *how* shows: the rows, their order, what only one text says, and what drove the change.

    distance     steps from each claim to its thesis, nearest way first: supports, then rephrases, then attacks
    rows         for each issue with a scale the best pair of claims in a correspondence; then others, up to ten
    order        rows whose claims support each other stand together, so that they can be drawn nested
    silences     claims of one text of which the search found nothing in the other
    drivers      reasons of the later text, among the claims that are not drawn, that speak of causes

Every choice is by rule from the maps and the diff; no claim is named by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from argmap.diagram.pictures.how.order import ordered
from argmap.diagram.pictures.how.text import Text
from argmap.model import MODES, Attack, Claim, Issue, Map, Mode, Support
from argmap.schemes import canonical

if TYPE_CHECKING:
    from argmap.diff.model import Change, Diff, Shift

MOST_ROWS, FEW_ROWS = 10, 8
MOST_DRIVERS = 4
MOST_DOTS = 3
CAUSES = ("cause to effect",)
"""A support by one of these schemes tells what drove something."""
REASONS = frozenset(
    {
        "practical reasoning",
        "danger appeal",
        "precedent",
        "consequences",
        "positive consequences",
        "negative consequences",
        "division",
        "expert opinion",
        "position to know",
    }
)
"""So does a support by one of these, on an issue without a scale."""

Word = Literal[
    "reached", "part-way", "moved back", "foreseen", "planned", "called for", "asks otherwise", "foresees otherwise"
]
DONE = ("reached", "part-way", "moved back")
COMING: dict[Mode, Word] = {"plan": "planned", "will": "foreseen", "ought": "called for"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a claim of each text, and what stands between them."""

    issue: str | None
    before: str
    after: str
    change: Change
    shift: Shift | None
    """The issue's, where it has a scale."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Claims of one text that the other passes over."""

    label: str
    claim: str
    more: int
    """Further claims on the same issue."""
    word: str | None = None
    """The change word of a claim that is matched without a position."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Everything that the picture shows."""

    before: Text
    after: Text
    diff: Diff
    headline: Shift | None
    rows: tuple[Row, ...]
    passed_over: tuple[tuple[Silence, ...], tuple[Silence, ...]]
    """Claims that only `before` makes, and only `after`; of each the search found nothing in the other text."""
    unclear: tuple[int, int]
    """Number of unmatched claims of each text for which the search gave no clear answer."""
    drivers: tuple[str, ...]
    """Claims of `after`."""

    def label(self, issue: str | None) -> str:
        """Return the short name of an issue."""
        known = issue_of(self, issue)
        return (known.label or known.question) if known else ""


def issue_of(selection: Selection, issue: str | None) -> Issue | None:
    """Return an issue from the codebook of either text."""
    if issue is None:
        return None
    return selection.before.map.issues.get(issue) or selection.after.map.issues.get(issue)


def select(diff: Diff, before: Map, after: Map) -> Selection:
    """Choose what the picture shows of a diff and its two maps."""
    left, right = Text(before), Text(after)
    headline = _headline(diff, left, right)
    rows = _rows(diff, left, right, headline)
    rows = ordered(rows, left, right, [shift.issue for shift in diff.shifts])
    drawn = {row.before for row in rows} | set(left.theses), {row.after for row in rows} | set(right.theses)
    passed = tuple(_silences(diff, text, n, rows, drawn[n]) for n, text in enumerate((left, right)))
    return Selection(
        left,
        right,
        diff,
        headline,
        tuple(rows),
        (passed[0], passed[1]),
        (_unclear(diff, 0), _unclear(diff, 1)),
        _drivers(diff, right, rows),
    )


def _headline(diff: Diff, before: Text, after: Text) -> Shift | None:
    """Choose the issue of the later thesis, else of the earlier, else the first, if it has a scale."""
    by_issue = {shift.issue: shift for shift in diff.shifts}
    for text in (after, before):
        for thesis in text.theses[:1]:
            claim = text.map.claims.get(thesis)
            shift = by_issue.get(claim.issue or "") if claim else None
            if shift is not None and shift.scale and any(shift.after.of(mode) for mode in MODES):
                return shift
    return next((shift for shift in diff.shifts if shift.scale), None)


def _pairs(diff: Diff) -> Iterator[tuple[Change, str, str]]:
    for change in diff.changes:
        if change.status != "rejected":
            yield from ((change, b.id, a.id) for b in change.before for a in change.after)


def _rows(diff: Diff, before: Text, after: Text, headline: Shift | None) -> list[Row]:
    best: dict[str | None, list[tuple[tuple[float, ...], Row]]] = {}
    with_scale = {shift.issue: shift for shift in diff.shifts if shift.scale}
    for n, (change, left, right) in enumerate(_pairs(diff)):
        one, other = before.map.claims[left], after.map.claims[right]
        if left in before.theses or right in after.theses:
            continue
        issue = one.issue if one.issue == other.issue else None
        if headline is not None and issue == headline.issue:
            continue
        row = Row(issue, left, right, change, with_scale.get(issue or ""))
        best.setdefault(issue, []).append(((*_merit(row, one, other, before, after), -n), row))
    chosen: list[tuple[tuple[float, ...], Row]] = []
    scaled = [max(rows, key=lambda item: item[0]) for issue, rows in best.items() if issue in with_scale]
    chosen += sorted(scaled, key=lambda item: item[0], reverse=True)[:MOST_ROWS]
    if len(chosen) < FEW_ROWS:
        plain = [
            max(rows, key=lambda item: item[0]) for i, rows in best.items() if i is not None and i not in with_scale
        ]
        chosen += sorted(plain, key=lambda item: item[0], reverse=True)[: FEW_ROWS - len(chosen)]
    if len(chosen) < FEW_ROWS:
        chosen += sorted(best.get(None, ()), key=lambda item: item[0], reverse=True)
    rows: list[Row] = []
    used: set[tuple[int, str]] = set()
    for _, row in chosen:
        if (0, row.before) not in used and (1, row.after) not in used and len(rows) < MOST_ROWS:
            used |= {(0, row.before), (1, row.after)}
            rows.append(row)
    return rows


def _merit(row: Row, one: Claim, other: Claim, before: Text, after: Text) -> tuple[float, ...]:
    """Rank a pair for a row; the greater the better."""
    far = before.distance.get(row.before, 50) + after.distance.get(row.after, 50)
    return (
        row.change.status == "accepted",
        before.reaches(row.before) and after.reaches(row.after),
        _is(other) and other.position is not None,
        other.position is not None,
        _is(one) and one.position is not None,
        one.position is not None,
        -far,
        (one.force == "emphatic") + (other.force == "emphatic"),
    )


def _is(claim: Claim) -> bool:
    return claim.mode == "is"


def folded_between(text: Text, claim: str, drawn: set[str]) -> int:
    """Count the claims on the way from a claim to its nearest drawn ancestor or the thesis."""
    count = 0
    for step in text.way(claim):
        if step in drawn or step in text.theses:
            return min(count, MOST_DOTS)
        count += 1
    return min(count, MOST_DOTS)


def word_of(row: Row) -> str:
    """Name what happened on a row: the analyst's word, what the positions say, or the derived word.

    Where the analyst's word is not about the scale and the texts differ on it in what is so, both are said.
    """
    change = row.change
    placed: str | None = _word_of_shift(row.shift) if row.shift else None
    if placed:
        # Only on somebody's word, or hedged: then the text does not say so outright.
        if change.after and all(side.commitment == "reported" for side in change.after):
            placed = f"{placed}, as reported"
        elif change.after and all(side.force == "hedged" for side in change.after):
            placed = f"{placed}, hedged"
    if change.rule == "analyst" and placed and placed.split(",")[0] in DONE:
        return f"{placed}, {change.change}" if change.change in ("reframed", "altered", "kept") else change.change
    return (
        change.change
        if change.rule == "analyst"
        else placed or (change.worded if change.change == "kept" else change.change)
    )


def _word_of_shift(shift: Shift) -> Word | None:
    order = {position: n for n, position in enumerate(shift.scale)}
    was = next((order[p] for p in shift.before.of("is") if p in order), None)
    now = next((order[p] for p in shift.after.of("is") if p in order), None)
    if was is not None and now is not None and now != was:
        return "moved back" if now < was else "reached" if now == len(order) - 1 else "part-way"
    for mode in ("plan", "will", "ought"):
        expected = [order[p] for p in shift.after.of(mode) if p in order]
        earlier = [order[p] for p in shift.before.of(mode) if p in order]
        if was is not None and any(e != was for e in expected):
            return COMING[mode]
        if was is None and expected and earlier and set(expected) != set(earlier):
            return "asks otherwise" if mode == "ought" else "foresees otherwise"
    return None


def answered_differently(selection: Selection) -> tuple[list[Row], int]:
    """Return the rows whose *is* differs, and how many rows have an *is* of both texts or an expectation of `after`."""
    differing, both = [], 0
    for row in selection.rows:
        if row.shift is None or not row.shift.before.of("is"):
            continue
        now = row.shift.after.of("is")
        both += any(row.shift.after.of(mode) for mode in MODES)
        if now and now[0] != row.shift.before.of("is")[0]:
            differing.append(row)
    return differing, both


def theses_differ(selection: Selection) -> tuple[str, str] | None:
    """Return the questions that the two theses answer, where they differ."""
    questions = []
    for text in (selection.before, selection.after):
        claim = text.map.claims.get(text.theses[0]) if text.theses else None
        issue = issue_of(selection, claim.issue) if claim else None
        if issue is None:
            return None
        questions.append(issue.question)
    return None if questions[0] == questions[1] else (questions[0], questions[1])


def _state(change: Change) -> str:
    return change.counterpart.state if change.counterpart else "not-mapped"


def _unclear(diff: Diff, side: int) -> int:
    found = 0
    for change in diff.changes:
        sides = (change.before, change.after)
        if sides[side] and not sides[1 - side] and _state(change) == "not-mapped":
            found += len(sides[side])
    return found


def _silences(diff: Diff, text: Text, side: int, rows: Sequence[Row], drawn: set[str]) -> tuple[Silence, ...]:
    """Choose what one text alone says, one claim an issue, the most telling first."""
    claims: dict[str | None, list[str]] = {}
    for change in diff.changes:
        sides = (change.before, change.after)
        if sides[1 - side] or not sides[side] or _state(change) != "passed-over":
            continue
        for end in sides[side]:
            claim = text.map.claims[end.id]
            if end.id not in drawn and not claim.implicit and claim.commitment not in ("conceded", "rejected"):
                claims.setdefault(claim.issue, []).append(end.id)
    objections = [c for found in claims.values() for c in found if side == 0 and _objects(text, c)]
    shown: list[tuple[tuple[float, ...], Silence]] = []
    if side == 0:
        shown += _without_position(diff, text, rows)
    named = {silence.label: n for n, (_, silence) in enumerate(shown)}
    labels = {shift.issue: shift.label or shift.question for shift in diff.shifts}
    scaled = {shift.issue for shift in diff.shifts if shift.scale}
    for issue, found in claims.items():
        plain = [c for c in found if c not in objections]
        label = labels.get(issue or "", "")
        if plain and label in named:
            place, silence = shown[named[label]]
            shown[named[label]] = place, replace(silence, more=silence.more + len(plain))
        elif plain:
            best = min(plain, key=lambda c: _silence_key(text, c, side))
            key = (
                *_silence_key(text, best, side)[:1],
                side == 1 and issue in scaled,
                *_silence_key(text, best, side)[1:],
            )
            shown.append(((*key, -len(plain)), Silence(label, best, len(plain) - 1)))
    if objections:
        nearest = min(objections, key=lambda c: text.distance.get(c, 99))
        shown.append(((9.0,), Silence("Objections", nearest, len(objections) - 1)))
    return tuple(silence for _, silence in sorted(shown, key=lambda item: item[0]))


def _without_position(diff: Diff, text: Text, rows: Sequence[Row]) -> Iterator[tuple[tuple[float, ...], Silence]]:
    """Find matched claims on issues on which only the earlier text takes a position; their change word says what became of them."""
    on_rows = {row.issue for row in rows}
    for shift in diff.shifts:
        if (
            shift.issue in on_rows
            or not any(shift.before.of(m) for m in MODES)
            or any(shift.after.of(m) for m in MODES)
        ):
            continue
        positioned = [
            (side.id, change.change)
            for change in diff.changes
            if change.after
            for side in change.before
            if side.issue == shift.issue and side.position is not None
        ]
        if positioned:
            claim_id, word = min(positioned, key=lambda item: text.distance.get(item[0], 99))
            yield (-1.0,), Silence(shift.label or shift.question, claim_id, len(positioned) - 1, word)


def _silence_key(text: Text, claim_id: str, side: int) -> tuple[float, ...]:
    claim = text.map.claims[claim_id]
    wished = claim.kind in ("policy", "plan") if side == 1 else claim.position is not None
    return (not wished, text.distance.get(claim_id, 99))


def _objects(text: Text, claim_id: str) -> bool:
    claim = text.map.claims[claim_id]
    attacks = any(isinstance(r, Attack) and claim_id in r.by for r in text.map.relations)
    return attacks and claim.commitment == "reported"


def _drivers(diff: Diff, after: Text, rows: Sequence[Row]) -> tuple[str, ...]:
    """Choose the reasons that drove the change, as the later text tells it: facts, one an issue, new claims first."""
    drawn = {row.after for row in rows} | set(after.theses)
    partners = {side.id for row in rows for side in row.change.after}
    scaled = {shift.issue for shift in diff.shifts if shift.scale}
    new = {side.id for change in diff.changes if not change.before for side in change.after}
    found: dict[str, None] = {}
    for relation in after.map.relations:
        scheme = canonical(relation.scheme or "") if isinstance(relation, Support) else None
        for source in relation.by:
            claim = after.map.claims.get(source)
            if claim is None or source in drawn or source in partners or claim.implicit or not after.reaches(source):
                continue
            if not _is(claim):
                continue  # What is yet to come has moved nothing.
            if scheme in CAUSES or (scheme in REASONS and claim.issue not in scaled):
                found[source] = None
    ranked = sorted(found, key=lambda c: (c not in new, after.distance.get(c, 99)))
    chosen: dict[str | None, str] = {}
    for claim_id in ranked:
        chosen.setdefault(after.map.claims[claim_id].issue, claim_id)
    return tuple(list(chosen.values())[:MOST_DRIVERS])
