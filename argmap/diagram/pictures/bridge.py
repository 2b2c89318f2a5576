"""The bridge: claims of one text on the left, claims of the other on the right, and what happened between them.

    1996                                                        2005
    ┌────────────────────────────┐      ╭────────────╮      ┌────────────────────────────┐
    │ The pact is one of unequal │──────│ shifted +1 │─────▶│ The bond will become one   │
    │ partners.                  │      ╰────────────╯      │ of near equals.            │
    └────────────────────────────┘                          └────────────────────────────┘
    ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐  dropped
    ╎ A strong Japan could …     ╎  no match in 2005
    └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘

Changes are grouped by issue, the headline issue first. Each group ends with the claims of only one text. Suggested
matches are dashed and say that they are suggested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from argmap.diagram.captions import quoted
from argmap.diagram.layout.measure import PAD_X, PAD_Y, height_of, size_of, width_of
from argmap.diagram.layout.text import TextRole
from argmap.diagram.model import Arrow, Box, Diagram, Frame, Group, Key, Text
from argmap.diagram.pictures import Picture
from argmap.model import Map

if TYPE_CHECKING:
    from argmap.diff.model import Change, Diff, Side

PAD = 12.0
BOX_W = 300.0
GAP_W = 236.0
BADGE_W = 134.0
BOX_GAP = 8.0
CHANGE_GAP = 16.0
GROUP_GAP = 12.0

Where = Literal["before", "after"]


def bridge(
    diff: Diff, before: Map | None = None, after: Map | None = None, *, quotes: bool = False, title: str | None = None
) -> Diagram:
    """Build the diagram of a diff, of any number of changes: what moved, claim by claim.

    The maps give the names of issues and speakers; without them ids are shown. `quotes` shows each claim's under it.
    """
    before = before or Map(id=diff.before.id)
    after = after or Map(id=diff.after.id)
    page = _Page(diff, before, after, quotes)
    page.heads()
    for issue, changes in _by_issue(diff, before, after):
        page.group(issue, changes)
    return Diagram(
        id=f"{diff.before.id}_{diff.after.id}",
        kind="bridge",
        title=title or f"What moved between {diff.before.id} and {diff.after.id}, claim by claim",
        subtitle=(
            f"Left: claims of {diff.before.id}. Right: claims of {diff.after.id}. The word between them says what happened. "
            f"{diff.analysts_words or ''}".rstrip()
        ),
        boxes=tuple(page.boxes),
        arrows=tuple(page.arrows),
        groups=tuple(page.groups),
        legend=_legend(page.boxes, page.arrows, diff),
    )


def _by_issue(diff: Diff, before: Map, after: Map) -> Iterator[tuple[str | None, list[tuple[int, Change]]]]:
    """Changes by issue: issues of the maps in their order, then others, then changes without an issue."""
    groups: dict[str | None, list[tuple[int, Change]]] = {}
    for n, change in enumerate(diff.changes):
        groups.setdefault(change.issue, []).append((n, change))
    order = dict.fromkeys([*(shift.issue for shift in diff.shifts), *before.issues, *after.issues])
    named = [issue for issue in order if issue in groups]
    rest = [issue for issue in groups if issue not in order and issue is not None]
    yield from ((issue, groups[issue]) for issue in [*named, *rest, *([None] if None in groups else [])])


def _legend(boxes: Iterable[Box], arrows: Iterable[Arrow], diff: Diff) -> tuple[Key, ...]:
    marks = {(box.role, "silent" in box.marks) for box in boxes}
    keys = []
    for role, series, name in (("before", 0, diff.before.id), ("after", 1, diff.after.id)):
        if (role, False) in marks:
            keys.append(Key(f"claim of {name}", box=Box("", role, series=series)))  # type: ignore[arg-type]
        if (role, True) in marks:
            keys.append(
                Key(f"only in {name}", box=Box("", role, marks=("silent",), series=series))  # type: ignore[arg-type]
            )
    drawn = {arrow.role for arrow in arrows}
    if "move" in drawn:
        keys.append(Key("what happened", arrow="move"))
    if "suggested" in drawn:
        keys.append(Key("suggested by argmap, not confirmed by a person", arrow="suggested"))
    return tuple(keys)


@dataclass(slots=True)
class _Page:
    diff: Diff
    before: Map
    after: Map
    quotes: bool
    y: float = 0.0
    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    told: set[str] = field(default_factory=set)

    @property
    def right(self) -> float:
        return PAD + BOX_W + GAP_W

    def heads(self) -> None:
        """Names of the two texts, above their columns."""
        for x, name, series in ((PAD, self.diff.before.id, 0), (self.right, self.diff.after.id, 1)):
            self._words(f"head {series}", name, "headline", x, 0, BOX_W, series)
        self.y = 22.0

    def group(self, issue: str | None, changes: Sequence[tuple[int, Change]]) -> None:
        """One issue: its changes, then the claims of only one text."""
        first, top = len(self.boxes), self.y
        known = (self.before.issues.get(issue) or self.after.issues.get(issue)) if issue else None
        asked = next((shift.question for shift in self.diff.shifts if shift.issue == issue), None)
        title = (known.label or known.question) if known else asked or issue or "Other claims"
        self.y += 7
        self.y += self._words(f"{issue} title", title, "heading", PAD, self.y, 2 * BOX_W + GAP_W)
        if known and known.label:
            self.y += self._words(f"{issue} question", known.question, "small", PAD, self.y, 2 * BOX_W + GAP_W)
        self.y += 6
        paired = [(n, change) for n, change in changes if change.before and change.after]
        for n, change in paired:
            self._change(n, change)
        self._silences(issue, [item for item in changes if item not in paired])
        self.y += PAD - CHANGE_GAP
        frame = Frame(0, top, self.right + BOX_W + PAD, self.y - top)
        headline = bool(issue) and issue == next(iter(self.before.issues or self.after.issues), None)
        self.groups.append(
            Group(issue or "other", title, tuple(box.id for box in self.boxes[first:]), headline=headline, at=frame)
        )
        self.y += GROUP_GAP

    def _words(
        self, box_id: str, words: str, role: TextRole, x: float, y: float, w: float, series: int | None = None
    ) -> float:
        text = Text(words, role, series=series)
        h = height_of(text, w)
        self.boxes.append(Box(box_id, "text", (text,), series=series, at=Frame(x, y, w, h)))
        return h

    def _side(self, where: Where, side: Side, change: int, silent: bool = False) -> Box:
        """Build a claim's box, without its height on the page."""
        map_ = self.before if where == "before" else self.after
        speaker = map_.speakers.get(side.speaker) if side.speaker else None
        link = f"{map_.id}/{side.id}"
        claim = map_.claims.get(side.id)
        is_suggested = claim is not None and claim.status == "suggested"
        words = [
            *(["suggested"] if is_suggested else []),
            *(["unstated premise"] if side.implicit else []),
            *([side.commitment] if side.commitment != "asserted" else []),
            *(["hedged"] if side.force == "hedged" else []),
            *([speaker.name if speaker else side.speaker] if side.speaker else []),
            *(["again"] if link in self.told else []),
        ]
        self.told.add(link)
        text = [Text(" · ".join(words), "word")] if words else []
        text.append(Text(side.text))
        if side.condition:
            text.append(Text(f"if: {side.condition.shown}", "small"))
        if self.quotes:
            text.extend(Text(quote.shown, "quote") for quote in side.quotes)
        marks = (
            *(["silent"] if silent else []),
            *([side.commitment] if side.commitment != "asserted" else []),
            *(["implicit"] if side.implicit else []),
            *(["suggested"] if is_suggested else []),
        )
        x = PAD if where == "before" else self.right
        box = Box(
            f"change {change} {where} {side.id}",
            where,
            tuple(text),
            marks=marks,
            series=0 if where == "before" else 1,
            claim=link,
            change=change,
            hover=quoted(side.implicit, (quote.shown for quote in side.quotes)),
            at=Frame(x, 0, BOX_W, 0),
        )
        return replace(box, at=Frame(x, 0, BOX_W, size_of(box)[1]))

    def _stack(self, boxes: Iterable[Box], y: float) -> tuple[list[Box], float]:
        """Place boxes one below the other; return them and their height."""
        placed = []
        top = y
        for box in boxes:
            placed.append(replace(box, at=Frame(box.frame.x, y, box.frame.w, box.frame.h)))
            y += box.frame.h + BOX_GAP
        return placed, y - top - (BOX_GAP if placed else 0)

    def _change(self, n: int, change: Change) -> None:
        left = [self._side("before", side, n) for side in change.before]
        right = [self._side("after", side, n) for side in change.after]
        _, left_h = self._stack(left, 0)
        _, right_h = self._stack(right, 0)
        badge = self._badge(n, change)
        high = max(left_h, right_h, badge.frame.h)
        left, _ = self._stack(left, self.y + (high - left_h) / 2)
        right, _ = self._stack(right, self.y + (high - right_h) / 2)
        badge = replace(badge, at=badge.frame.moved(0, self.y + (high - badge.frame.h) / 2))
        self.boxes.extend([*left, badge, *right])
        self._wires(n, change, left, badge, right)
        self.y += high + CHANGE_GAP

    def _badge(self, n: int, change: Change) -> Box:
        """Build the box with the change word and its facets, without its height on the page."""
        suggested = change.status == "suggested"
        more = ", ".join([*(["suggested"] if suggested else []), *change.facets])
        text = [Text(change.worded.replace(" -", " −"), "badge", align="centre")]
        if more:
            text.append(Text(more, "small", align="centre"))
        w = min(BADGE_W, max(width_of(t.words, t.role) for t in text) + 4)
        h = sum(height_of(t, w) for t in text) + 2 * PAD_Y
        w += 2 * PAD_X
        return Box(
            f"change {n}",
            "suggestion" if suggested else "badge",
            tuple(text),
            change=n,
            hover=change.because,
            at=Frame(PAD + BOX_W + (GAP_W - w) / 2, 0, w, h),
        )

    def _wires(self, n: int, change: Change, left: Sequence[Box], badge: Box, right: Sequence[Box]) -> None:
        role: Literal["move", "suggested"] = "suggested" if change.status == "suggested" else "move"
        ends = [*((box, badge, False) for box in left), *((badge, box, True) for box in right)]
        for source, target, headed in ends:
            x0, y0 = source.frame.right, source.frame.middle[1]
            x1, y1 = target.frame.x, target.frame.middle[1]
            lean = (x1 - x0) * 0.5
            self.arrows.append(
                Arrow(
                    f"{source.id} to {target.id}",
                    source.id,
                    target.id,
                    role if headed else ("joint suggested" if role == "suggested" else "joint move"),
                    change=n,
                    path=((x0, y0), (x0 + lean, y0), (x1 - lean, y1), (x1, y1)),
                    curved=True,
                )
            )

    def _silences(self, issue: str | None, changes: Sequence[tuple[int, Change]]) -> None:
        """Claims of only one text: dropped on the left, new on the right."""
        dropped = [self._side("before", side, n, silent=True) for n, change in changes for side in change.before]
        new = [self._side("after", side, n, silent=True) for n, change in changes for side in change.after]
        left, left_h = self._stack(dropped, self.y)
        right, right_h = self._stack(new, self.y)
        self.boxes.extend(left)
        self.boxes.extend(right)
        if left:
            self._silence(
                f"{issue} dropped", "dropped", self.diff.after.id, left[0], [c for _, c in changes if c.before]
            )
        if right:
            self._silence(f"{issue} new", "new", self.diff.before.id, right[0], [c for _, c in changes if c.after])
        if left or right:
            self.y += max(left_h, right_h) + CHANGE_GAP

    def _silence(self, box_id: str, word: str, other: str, beside: Box, changes: Sequence[Change]) -> None:
        """Say beside the first box of a column what is known of the other text."""
        over = all(change.counterpart and change.counterpart.state == "passed-over" for change in changes)
        why = f"{other} passes over it" if over else f"no match in {other}"
        align: Literal["left", "right"] = "left" if word == "dropped" else "right"
        w = GAP_W / 2 - 14
        text = (Text(word, "badge", align=align), Text(why, "small", align=align))
        h = sum(height_of(t, w) for t in text)
        x = beside.frame.right + 10 if word == "dropped" else beside.frame.x - 10 - w
        self.boxes.append(Box(box_id, "silence", text, at=Frame(x, beside.frame.middle[1] - h / 2, w, h)))


PICTURE = Picture("bridge", "diff", "What moved, claim by claim.", bridge)
