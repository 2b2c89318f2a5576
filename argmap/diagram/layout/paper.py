"""A diagram on sheets of paper: on one where it stays legible, else on as many as it takes.

Shrinking until it fits is no answer: ninety claims on A4 come out in 3-point type. Here nothing is set smaller
than 7 points. What does not fit is split where the argument splits:

    page 1   thesis ◄─ claim ◄─ [page 2: the US and Japan have …]
    page 2   from page 1: the US and Japan have … ◄─ its reasons

A map is cut into subtrees, as few as fill the pages (Kundu & Misra 1977, "A linear tree partitioning algorithm",
SIAM Journal on Computing 6). Bridges and ladders are cut between their rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from argmap.diagram.captions import shortened
from argmap.diagram.layout.measure import size_of
from argmap.diagram.layout.sheet import Sheet, sheet_of
from argmap.diagram.layout.text import FONTS
from argmap.diagram.legend import legend_of
from argmap.diagram.model import Arrow, Box, Diagram, Frame, Group, Text
from argmap.findings import ArgmapError

Paper = Literal["a4", "a3"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
SIZES: Mapping[Paper, tuple[float, float]] = {"a4": (595.28, 841.89), "a3": (841.89, 1190.55)}
"""Short and long side in points (ISO 216)."""

SMALLEST_TYPE = 7.0
"""Points; print below this is not read."""
MIN_SCALE = SMALLEST_TYPE / min(font.size for font in FONTS.values())
FILL = 0.62
"""Share of a page that boxes and the room around them may take, to begin with."""
ROUND = (26.0, 24.0)
"""Room that a box takes beside and below itself in a layout, in points."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet, and how much it is shrunk to fit the paper."""

    sheet: Sheet
    scale: float


def pages_of(diagram: Diagram, paper: Paper) -> tuple[Page, ...]:
    """The diagram on pages of one paper size, upright or across, whichever shows it larger.

    Raises
    ------
    ArgmapError
        When a single box is too large for a page at the smallest legible size.
    """
    if diagram.is_placed:
        return _rows(diagram, paper)
    whole = _best(diagram, paper)
    if whole.scale >= MIN_SCALE:
        return (whole,)
    share = FILL
    while share > 0.08:
        parts = _parts(diagram, paper, _capacity(paper) * share)
        if parts is not None:
            return tuple(_best(part, paper) for part in parts)
        share *= 0.85
    raise ArgmapError(
        f"a claim of {diagram.title!r} is too long for {paper.upper()} at {SMALLEST_TYPE:g} points: use larger paper, or none"
    )


def _capacity(paper: Paper) -> float:
    """Area of a page in the picture's own points, at the smallest scale."""
    short, long = SIZES[paper]
    return short * long / MIN_SCALE**2


def _best(diagram: Diagram, paper: Paper) -> Page:
    """One page, upright or across."""
    short, long = SIZES[paper]
    return max(
        (_fitted(sheet_of(diagram, w / h), w, h) for w, h in ((long, short), (short, long))), key=lambda p: p.scale
    )


def _fitted(sheet: Sheet, w: float, h: float) -> Page:
    """A sheet made as large as the paper, in its own points."""
    scale = min(w / sheet.w, h / sheet.h, 1.0)
    return Page(replace(sheet, w=w / scale, h=h / scale), scale)


# Maps: subtrees


def _parts(diagram: Diagram, paper: Paper, capacity: float) -> list[Diagram] | None:
    """The map cut into parts of a page each; every part holds whole subtrees. `None` when a part is too large."""
    tree = _Tree.of(diagram)
    cuts = tree.cuts(capacity)
    units = [tree.unit(top, cuts) for top in tree.order if top in cuts or top not in tree.up]
    pages: list[list[list[str]]] = []
    for unit in units:
        if not _fits(diagram, tree, [unit], paper):
            return None
        roomy = next((page for page in pages if _fits(diagram, tree, [*page, unit], paper)), None)
        if roomy is None:
            pages.append([unit])
        else:
            roomy.append(unit)
    page_of = {id: n for n, page in enumerate(pages, 1) for unit in page for id in unit}
    return [_part(diagram, tree, _joined(page), page_of, n, len(pages)) for n, page in enumerate(pages, 1)]


def _joined(units: Iterable[list[str]]) -> list[str]:
    return [id for unit in units for id in unit]


def _fits(diagram: Diagram, tree: _Tree, units: Sequence[list[str]], paper: Paper) -> bool:
    short, long = SIZES[paper]
    ids = _joined(units)
    if sum(tree.area[id] for id in ids) > short * long / MIN_SCALE**2:
        return False
    nowhere = dict.fromkeys(tree.area, 99) | dict.fromkeys(ids, 98)
    return _best(_part(diagram, tree, ids, nowhere, 98, 99), paper).scale >= MIN_SCALE


@dataclass(frozen=True, slots=True)
class _Tree:
    """What hangs on what."""

    boxes: Mapping[str, Box]
    up: Mapping[str, Arrow]
    below: Mapping[str, Sequence[str]]
    order: Sequence[str]
    """Boxes from each top down."""
    area: Mapping[str, float]
    """What a box takes of a page, with the room around it."""

    @classmethod
    def of(cls, diagram: Diagram) -> _Tree:
        """The tree of a diagram's arrows."""
        boxes = {box.id: box for box in diagram.boxes}
        below: dict[str, list[str]] = defaultdict(list)
        for arrow in diagram.arrows:
            below[arrow.target].append(arrow.source)
        up = {arrow.source: arrow for arrow in diagram.arrows}
        order, stack = [], [id for id in reversed(boxes) if id not in up]
        while stack:
            id = stack.pop()
            order.append(id)
            stack.extend(reversed(below.get(id, ())))
        sizes = {id: size_of(box) for id, box in boxes.items()}
        return cls(boxes, up, below, order, {id: (w + ROUND[0]) * (h + ROUND[1]) for id, (w, h) in sizes.items()})

    def cuts(self, capacity: float) -> set[str]:
        """Claims whose subtrees go to pages of their own, so that no part is larger than `capacity`."""
        weight: dict[str, float] = {}
        cuts: set[str] = set()
        for id in reversed(self.order):
            weight[id] = self.area[id] + sum(weight[child] for child in self.below.get(id, ()))
            claims: list[str] = []
            for child in self.below.get(id, ()):
                claims.extend(self.below.get(child, ()) if self.boxes[child].role == "junction" else [child])
            for child in sorted(claims, key=lambda child: -weight[child]):
                if weight[id] <= capacity:
                    break
                if child not in cuts and self.boxes[child].claim and self.below.get(child):
                    cuts.add(child)
                    weight[id] -= weight[child] - self.area[child]
        return cuts

    def unit(self, top: str, cuts: set[str]) -> list[str]:
        """A subtree without the subtrees that are cut from it."""
        unit, stack = [], [top]
        while stack:
            id = stack.pop()
            unit.append(id)
            stack.extend(child for child in reversed(self.below.get(id, ())) if child not in cuts)
        return unit


def _part(diagram: Diagram, tree: _Tree, ids: Sequence[str], page_of: Mapping[str, int], n: int, count: int) -> Diagram:
    """One page's diagram: its boxes, stubs for subtrees on other pages, and where the page hangs on."""
    here = set(ids)
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    for box in diagram.boxes:
        arrow = tree.up.get(box.id)
        if box.id in here:
            boxes.append(_told(box, n, tree, page_of, diagram))
        elif arrow and arrow.target in here:
            text = (Text(f"page {page_of[box.id]}", "word"), Text(shortened(_statement(box)), "small"))
            boxes.append(Box(box.id, "again", text, claim=box.claim, hover=box.hover))
        if arrow and arrow.target in here:
            arrows.append(arrow)
    groups = [replace(g, boxes=tuple(id for id in g.boxes if id in here)) for g in diagram.groups]
    return replace(
        diagram,
        id=f"{diagram.id}_{n}",
        title=f"{diagram.title} ({n} of {count})",
        boxes=tuple(boxes),
        arrows=tuple(arrows),
        groups=tuple(group for group in groups if group.boxes),
        legend=legend_of(boxes, arrows),
    )


def _statement(box: Box) -> str:
    return next((text.words for text in box.text if text.role in ("body", "thesis")), "")


def _told(box: Box, n: int, tree: _Tree, page_of: Mapping[str, int], diagram: Diagram) -> Box:
    """A box that says from which page it comes, or on which page what it points to stands."""
    arrow = tree.up.get(box.id)
    if arrow and page_of[arrow.target] != n:
        return replace(box, text=(Text(f"from page {page_of[arrow.target]}", "word"), *box.text))
    if box.role == "again" and box.text:
        full = next((b.id for b in diagram.boxes if b.claim == box.claim and b.role != "again"), None)
        if full and page_of.get(full, n) != n:
            first = replace(box.text[0], words=f"{box.text[0].words}, page {page_of[full]}")
            return replace(box, text=(first, *box.text[1:]))
    return box


# Bridges and ladders: rows


def _rows(diagram: Diagram, paper: Paper) -> tuple[Page, ...]:
    """A placed diagram cut between its rows; upright where its width allows, else across."""
    short, long = SIZES[paper]
    sheet = sheet_of(diagram)
    w, h = (short, long) if short / sheet.w >= MIN_SCALE else (long, short)
    scale = min(w / sheet.w, 1.0)
    if scale < MIN_SCALE:
        raise ArgmapError(
            f"{diagram.title!r} is too wide for {paper.upper()} at {SMALLEST_TYPE:g} points: use larger paper, or none"
        )
    if sheet.h * scale <= h:
        return (_fitted(sheet, w, h),)
    around = sheet_of(replace(diagram, title=f"{diagram.title} (10 of 10)", notes=())).h - _lowest(diagram)
    room = h / scale - around
    parts = [_slice(diagram, *span) for span in _slices(diagram, room)]
    if diagram.notes:
        noted = replace(parts[-1], notes=diagram.notes)
        if sheet_of(noted).h * scale <= h:
            parts[-1] = noted
        else:
            parts.append(replace(diagram, boxes=(), arrows=(), groups=(), legend=(), notes=diagram.notes))
    named = [
        replace(part, id=f"{diagram.id}_{n}", title=f"{diagram.title} ({n} of {len(parts)})")
        for n, part in enumerate(parts, 1)
    ]
    return tuple(_fitted(sheet_of(part), w, h) for part in named)


def _lowest(diagram: Diagram) -> float:
    frames = [*(box.frame for box in diagram.boxes), *(group.at for group in diagram.groups if group.at)]
    return max((frame.bottom for frame in frames), default=0.0)


def _slices(diagram: Diagram, room: float) -> Iterator[tuple[float, float]]:
    """From where to where each page shows the picture: as much as fits, cut where nothing stands."""
    boxes = [(box.frame.y, box.frame.bottom + (KEEP_WITH_NEXT if _is_title(box) else 0.0)) for box in diagram.boxes]
    # No cut between boxes that an arrow joins: the arrow would be on neither page.
    heights = [[y for _, y in arrow.path] for arrow in diagram.arrows if arrow.path]
    spans = sorted(boxes + [(min(ys), max(ys)) for ys in heights])
    breaks, low = [], spans[0][0] if spans else 0.0
    for top, bottom in spans:
        if top > low + 1.0:
            breaks.append((low + top) / 2)
        low = max(low, bottom)
    start = 0.0
    for cut, following in zip(breaks, [*breaks[1:], low], strict=True):
        if following - start > room and cut > start:
            yield start, cut
            start = cut
    yield start, low + 1.0


KEEP_WITH_NEXT = 36.0
"""A title is not parted from what stands this close below it."""


def _is_title(box: Box) -> bool:
    return any(text.role in ("heading", "headline", "question") for text in box.text)


def _slice(diagram: Diagram, top: float, bottom: float) -> Diagram:
    """What stands between two heights, moved to the top."""
    boxes = [replace(b, at=b.frame.moved(0, -top)) for b in diagram.boxes if top <= b.frame.middle[1] < bottom]
    here = {box.id for box in boxes}
    arrows = [
        replace(a, path=tuple((x, y - top) for x, y in a.path or ()))
        for a in diagram.arrows
        if {a.source, a.target} <= here
    ]
    groups = [_clipped(group, top, bottom, here) for group in diagram.groups]
    return replace(
        diagram,
        boxes=tuple(boxes),
        arrows=tuple(arrows),
        groups=tuple(group for group in groups if group.boxes),
        notes=(),
    )


def _clipped(group: Group, top: float, bottom: float, here: set[str]) -> Group:
    boxes = tuple(id for id in group.boxes if id in here)
    if group.at is None:
        return replace(group, boxes=boxes)
    upper, lower = max(group.at.y, top), min(group.at.bottom, bottom)
    return replace(group, boxes=boxes, at=Frame(group.at.x, upper - top, group.at.w, max(lower - upper, 1.0)))
