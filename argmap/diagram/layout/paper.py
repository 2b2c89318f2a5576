"""Put a diagram on paper: on one page if it stays legible, else on as many as needed.

Shrinking does not help: ninety claims on one A4 page would be in 3-point type. Here nothing is smaller than 7 points.
What does not fit is split where the argument splits:

    page 1   thesis ◄─ claim ◄─ [page 2: the US and Japan have …]
    page 2   from page 1: the US and Japan have … ◄─ its reasons

A map is cut into as few subtrees as possible (Kundu & Misra 1977, "A linear tree partitioning algorithm", SIAM Journal
on Computing 6). Bridges and dumbbells are cut between rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
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
"""Smallest type in points; smaller print is hard to read."""
MIN_SCALE = SMALLEST_TYPE / min(font.size for font in FONTS.values())
FILL = 0.62
"""Share of a page that boxes and the room around them may take at first."""
ROUND = (26.0, 24.0)
"""Room that a layout needs beside and below a box, in points."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet, and the factor by which it is shrunk to fit the paper."""

    sheet: Sheet
    scale: float


def pages_of(diagram: Diagram, paper: Paper) -> tuple[Page, ...]:
    """Put a diagram on pages of one paper size, a4 or a3, portrait or landscape, whichever shows it larger.

    Raise ArgmapError if a single box is too large for a page at the smallest legible size.
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
        f"a claim of {diagram.title!r} is too long for {paper.upper()} at {SMALLEST_TYPE:g} points: use larger paper, or leave out --paper"
    )


def _capacity(paper: Paper) -> float:
    """Area of a page in the picture's own points at the smallest scale."""
    short, long = SIZES[paper]
    return short * long / MIN_SCALE**2


def _best(diagram: Diagram, paper: Paper) -> Page:
    """One page, portrait or landscape."""
    short, long = SIZES[paper]
    return max(
        (_fitted(sheet_of(diagram, w / h), w, h) for w, h in ((long, short), (short, long))), key=lambda p: p.scale
    )


def _fitted(sheet: Sheet, w: float, h: float) -> Page:
    """Make a sheet as large as the paper, in its own points."""
    scale = min(w / sheet.w, h / sheet.h, 1.0)
    return Page(replace(sheet, w=w / scale, h=h / scale), scale)


# Maps: subtrees


def _parts(diagram: Diagram, paper: Paper, capacity: float) -> list[Diagram] | None:
    """Cut a map into parts for a page each, of whole subtrees. `None` if a part is too large."""
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
    page_of = {box_id: n for n, page in enumerate(pages, 1) for unit in page for box_id in unit}
    return [_part(diagram, tree, [*chain(*page)], page_of, n, len(pages)) for n, page in enumerate(pages, 1)]


def _fits(diagram: Diagram, tree: _Tree, units: Sequence[list[str]], paper: Paper) -> bool:
    ids = [*chain(*units)]
    if sum(tree.area[box_id] for box_id in ids) > _capacity(paper):
        return False
    nowhere = dict.fromkeys(tree.area, 99) | dict.fromkeys(ids, 98)
    return _best(_part(diagram, tree, ids, nowhere, 98, 99), paper).scale >= MIN_SCALE


@dataclass(frozen=True, slots=True)
class _Tree:
    """The tree of a map's boxes."""

    boxes: Mapping[str, Box]
    up: Mapping[str, Arrow]
    below: Mapping[str, Sequence[str]]
    order: Sequence[str]
    """Boxes from the top of each tree down."""
    area: Mapping[str, float]
    """Area of each box with the room around it."""

    @classmethod
    def of(cls, diagram: Diagram) -> _Tree:
        """Build the tree from a diagram's arrows."""
        boxes = {box.id: box for box in diagram.boxes}
        below: dict[str, list[str]] = defaultdict(list)
        for arrow in diagram.arrows:
            below[arrow.target].append(arrow.source)
        up = {arrow.source: arrow for arrow in diagram.arrows}
        order, stack = [], [box_id for box_id in reversed(boxes) if box_id not in up]
        while stack:
            order.append(stack.pop())
            stack.extend(reversed(below.get(order[-1], ())))
        sizes = {box_id: size_of(box) for box_id, box in boxes.items()}
        area = {box_id: (w + ROUND[0]) * (h + ROUND[1]) for box_id, (w, h) in sizes.items()}
        return cls(boxes, up, below, order, area)

    def cuts(self, capacity: float) -> set[str]:
        """Choose claims whose subtrees get pages of their own, so that no part is larger than `capacity`."""
        weight: dict[str, float] = {}
        cuts: set[str] = set()
        for box_id in reversed(self.order):
            weight[box_id] = self.area[box_id] + sum(weight[child] for child in self.below.get(box_id, ()))
            claims: list[str] = []
            for child in self.below.get(box_id, ()):
                claims.extend(self.below.get(child, ()) if self.boxes[child].role == "junction" else [child])
            for child in sorted(claims, key=lambda child: -weight[child]):
                if weight[box_id] <= capacity:
                    break
                if child not in cuts and self.boxes[child].claim and self.below.get(child):
                    cuts.add(child)
                    weight[box_id] -= weight[child] - self.area[child]
        return cuts

    def unit(self, top: str, cuts: set[str]) -> list[str]:
        """List a subtree without the subtrees that are cut from it."""
        unit, stack = [], [top]
        while stack:
            unit.append(stack.pop())
            stack.extend(child for child in reversed(self.below.get(unit[-1], ())) if child not in cuts)
        return unit


def _part(diagram: Diagram, tree: _Tree, ids: Sequence[str], page_of: Mapping[str, int], n: int, count: int) -> Diagram:
    """Build the diagram of one page: its boxes, and stubs for subtrees on other pages."""
    here = set(ids)
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    for box in diagram.boxes:
        arrow = tree.up.get(box.id)
        if box.id in here:
            boxes.append(_with_page(box, n, tree, page_of, diagram))
        elif arrow and arrow.target in here:
            statement = next((text.words for text in box.text if text.role in ("body", "thesis")), "")
            text = (Text(f"page {page_of[box.id]}", "word"), Text(shortened(statement), "small"))
            boxes.append(Box(box.id, "again", text, claim=box.claim, hover=box.hover))
        if arrow and arrow.target in here:
            arrows.append(arrow)
    groups = [replace(g, boxes=tuple(box_id for box_id in g.boxes if box_id in here)) for g in diagram.groups]
    return replace(
        diagram,
        id=f"{diagram.id}_{n}",
        title=f"{diagram.title} ({n} of {count})",
        boxes=tuple(boxes),
        arrows=tuple(arrows),
        groups=tuple(group for group in groups if group.boxes),
        legend=legend_of(boxes, arrows),
    )


def _with_page(box: Box, n: int, tree: _Tree, page_of: Mapping[str, int], diagram: Diagram) -> Box:
    """Add the page from which a box comes, or the page of the box to which it points."""
    arrow = tree.up.get(box.id)
    if arrow and page_of[arrow.target] != n:
        return replace(box, text=(Text(f"from page {page_of[arrow.target]}", "word"), *box.text))
    if box.role == "again" and box.text:
        full = next((b.id for b in diagram.boxes if b.claim == box.claim and b.role != "again"), None)
        if full and page_of.get(full, n) != n:
            first = replace(box.text[0], words=f"{box.text[0].words}, page {page_of[full]}")
            return replace(box, text=(first, *box.text[1:]))
    return box


# Bridges and dumbbells: rows


def _rows(diagram: Diagram, paper: Paper) -> tuple[Page, ...]:
    """Cut a placed diagram between its rows; portrait if its width allows, else landscape."""
    short, long = SIZES[paper]
    sheet = sheet_of(diagram)
    w, h = (short, long) if short / sheet.w >= MIN_SCALE else (long, short)
    scale = min(w / sheet.w, 1.0)
    if scale < MIN_SCALE:
        raise ArgmapError(
            f"{diagram.title!r} is too wide for {paper.upper()} at {SMALLEST_TYPE:g} points: use larger paper, or leave out --paper"
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
    """Choose the top and bottom of each page: as much as fits, cut in empty space."""
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
"""A title stays with what is this close below it."""


def _is_title(box: Box) -> bool:
    return any(text.role in ("heading", "headline") for text in box.text)


def _slice(diagram: Diagram, top: float, bottom: float) -> Diagram:
    """Take what is between two heights, and move it to the top."""
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
    boxes = tuple(box_id for box_id in group.boxes if box_id in here)
    if group.at is None:
        return replace(group, boxes=boxes)
    upper, lower = max(group.at.y, top), min(group.at.bottom, bottom)
    return replace(group, boxes=boxes, at=Frame(group.at.x, upper - top, group.at.w, max(lower - upper, 1.0)))
