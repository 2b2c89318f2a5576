"""The ledger: a row for each issue, the words of one text against those of the other, and how far each is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.diagram.model import Arrow, ArrowRole, Diagram, Frame, Group
from argmap.diagram.pictures import Picture
from argmap.diagram.pictures.canvas import LINE, MARGIN, Canvas, fit, names_of
from argmap.diagram.pictures.cited import cited
from argmap.diagram.pictures.how import rows as choose
from argmap.diagram.pictures.how.text import Text as Side
from argmap.model import MODE_OF_KIND, Map

if TYPE_CHECKING:
    from argmap.diff.model import Change, Diff, Shift

W = 1200.0
LEFT, MIDDLE, RIGHT, COUNT = MARGIN, 508.0, 640.0, 1074.0
QUOTE_W = MIDDLE - LEFT - 20
SQUARE = 9.0
MOST_SQUARES = 12


def ledger(diff: Diff, before: Map, after: Map, *, title: str | None = None) -> Diagram:
    """Draw a row for each issue: quote against quote."""
    names = names_of((diff.before, diff.after))
    page = _Ledger(diff, Side(before), Side(after), names)
    heading = title or f"{names[0]} and {names[1]}, question by question"
    page.heading(heading, W - 2 * MARGIN)
    about = "For each question the words of either text that say most, what became of them, and how many claims are matched."
    page.line(about, "page subtitle", MARGIN, 46, W - 2 * MARGIN)
    page.y = 80
    page.heads()
    for shift in diff.shifts:
        page.row(shift)
    words = "Filled: claims that are matched. Hollow: claims that one text alone makes, as far as the maps say."
    page.line(words, "page small", MARGIN, page.y + 6)
    if by_analyst := diff.analysts_words:
        page.y += 17
        page.line(by_analyst, "page small", MARGIN, page.y + 6)
    return page.diagram(f"{before.id}_{after.id}", "ledger", heading, about, W, 34)


class _Ledger(Canvas):
    def __init__(self, diff: Diff, before: Side, after: Side, names: tuple[str, ...]) -> None:
        super().__init__()
        self.diff, self.before, self.after, self.names = diff, before, after, names

    def heads(self) -> None:
        self.line(self.names[0], "page voice", LEFT, self.y, series=0)
        self.line(self.names[1], "page voice", RIGHT, self.y, series=1)
        self.line("claims", "page voice", COUNT, self.y)
        self.y += 22

    def row(self, shift: Shift) -> None:
        changes = [self.diff.changes[n] for n in shift.changes]
        left, right, change = self.best(shift, changes)
        start = len(self.boxes)
        self.box("rule", Frame(LEFT, self.y, W - 2 * MARGIN, 0.8))
        self.line(shift.question, "page small", LEFT, self.y + 5, MIDDLE - LEFT)
        y = self.y + 22
        low = y + LINE
        for series, x in enumerate((LEFT, RIGHT)):
            low = max(low, self.said(shift, series, (left, right)[series], x, y))
        if change is not None:
            row = choose.Row(shift.issue, "", "", change, shift if shift.scale else None)
            word = choose.word_of(row)
            word += ", suggested" if change.status == "suggested" else ""
            self.line(word, "page bold", MIDDLE, self.y + 5, COUNT - MIDDLE - 10)
            role: ArrowRole = "suggested" if change.status == "suggested" else "move" if _is(change) else "coming"
            number = self.diff.changes.index(change)
            ends = self.point(MIDDLE, y + 8), self.point(RIGHT - 24, y + 8)
            path = ((MIDDLE, y + 8), (RIGHT - 24, y + 8))
            self.arrows.append(Arrow(self.id("line"), *ends, role, change=number, path=path, hover=change.because))
        self.squares(shift, changes, y)
        self.groups.append(Group(f"issue {shift.issue}", shift.question, tuple(box.id for box in self.boxes[start:])))
        self.y = low + 8

    def best(self, shift: Shift, changes: list[Change]) -> tuple[str | None, str | None, Change | None]:
        """Choose the pair that says most: positioned and near the theses; else the nearest claim of either text."""
        every = [(b, a, change) for change in changes for b in change.before for a in change.after]
        pairs = [(b.id, a.id, change) for b, a, change in every if b.issue == a.issue == shift.issue]
        # A counterpart may stand under another question.
        pairs = pairs or [(b.id, a.id, change) for b, a, change in every if shift.issue in (b.issue, a.issue)]
        if pairs:
            return min(pairs, key=lambda pair: self.rank(pair[0], pair[1]))
        alone = [self.nearest(text, shift.issue) for text in (self.before, self.after)]
        return alone[0], alone[1], None

    def nearest(self, text: Side, issue: str) -> str | None:
        claims = [c for c, claim in text.map.claims.items() if claim.issue == issue and not claim.implicit]
        return min(claims, key=lambda c: (text.map.claims[c].position is None, text.distance.get(c, 99)), default=None)

    def rank(self, before: str, after: str) -> tuple[float, ...]:
        one, other = self.before.map.claims[before], self.after.map.claims[after]
        far = self.before.distance.get(before, 50) + self.after.distance.get(after, 50)
        return (other.position is None, one.position is None, other.mode != "is", far)

    def said(self, shift: Shift, series: int, claim_id: str | None, x: float, y: float) -> float:
        text = (self.before, self.after)[series]
        if claim_id is None:
            stand = (shift.before, shift.after)[series]
            claims = any(claim.issue == shift.issue for claim in text.map.claims.values())
            words = (
                "no claim in the map" if not claims else "takes no position" if stand.state == "no-position" else "—"
            )
            self.line(words, "page italic", x, y)
            return y + LINE
        claim = text.map.claims[claim_id]
        words = cited(text.quotations.checked(claim_id), None)
        shown = words or (f"{claim.text} (unstated)" if claim.implicit or not claim.quotes else claim.text)
        hangs = text.quotations.condition(claim_id)
        words, shown = (f"{words}, {hangs}" if words else "", f"{shown}, {hangs}") if hangs else (words, shown)
        room = QUOTE_W if series == 0 else COUNT - RIGHT - 20
        shown = fit(shown, "page body", room * 0.97, 2)
        if words and shown.endswith("…"):
            shown += "”"
        at = f"{text.map.id}/{claim_id}"
        return y + self.paragraph(shown, "page body", x, y, room, series, claim=at, hover=claim.text)

    def squares(self, shift: Shift, changes: list[Change], y: float) -> None:
        """Count the claims on the issue: matched, only before's, only after's."""
        matched = sum(
            side.issue == shift.issue for change in changes if change.before and change.after for side in change.before
        )
        only = [[c.before for c in changes if not c.after], [c.after for c in changes if not c.before]]
        alone = [sum(side.issue == shift.issue for sides in found for side in sides) for found in only]
        x = COUNT
        for number, series in ((matched, None), (alone[0], 0), (alone[1], 1)):
            for _ in range(min(number, MOST_SQUARES)):
                if x > W - MARGIN - SQUARE:
                    break
                self.box("tally", Frame(x, y + 2, SQUARE - 2, SQUARE + 3), series=series)
                x += SQUARE
            if number:
                x += 4


def _is(change: Change) -> bool:
    return any(side.kind and MODE_OF_KIND[side.kind] == "is" for side in change.after)


PICTURE = Picture("ledger", "diff", "Quote against quote, a row for each issue.", ledger)
