"""Put a picture into an HTML page: only shapes and words, in the colours of the page's theme, with branches that unfold.

An SVG file has the colours of one theme, ids that may clash with another picture's, and `style` attributes that a
strict content policy forbids. So a picture for a page is drawn once, in codes instead of colours; each code becomes a
class that follows the page's theme:

    <path fill="#00000b"/>   ─▶   <path class="f3"/>      .f3 {fill: light-dark(#e9f2fa, #1f3040)}

Elements and attributes that are not listed below are dropped.

A large map is drawn in parts on one long sheet: the overview, and below it each branch that is folded (`folding`). The
page holds the overview as shapes and the branches as words; the viewer's script turns a branch into shapes when it is
unfolded, and moves the others aside. For that it needs the places that the layout gave: `blocks`.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from argmap.diagram.folding import FOLD_BEYOND, Folded, folded
from argmap.diagram.layout.sheet import Sheet, sheet_of
from argmap.diagram.layout.tree import Area, arranged
from argmap.diagram.model import Arrow, Box, Diagram, Frame, Group, Text
from argmap.diagram.render.dot import HEAD, svg_ids
from argmap.diagram.theme import CODED, CODES

_SVG = "{http://www.w3.org/2000/svg}"
_WORDS = re.compile(r"\S+")
ELEMENTS = frozenset(
    _WORDS.findall(
        "svg g title desc defs path polygon polyline line ellipse circle rect text tspan linearGradient radialGradient stop"
    )
)
ATTRIBUTES = frozenset(
    _WORDS.findall(
        "d points transform x y x1 y1 x2 y2 cx cy r rx ry fx fy width height offset viewBox preserveAspectRatio "
        "gradientUnits gradientTransform text-anchor direction font-size font-weight font-style text-decoration "
        "textLength lengthAdjust stroke-width stroke-dasharray stroke-linecap stroke-linejoin opacity fill-opacity "
        "stroke-opacity stop-opacity role aria-label aria-roledescription "
        "data-claim data-relation data-series data-mode data-group data-change"
    )
)
CROP_X, CROP_Y = 22.0, 12.0
"""Margins at the sides and on top of a picture that the page does not need, in points."""
COLOURS = {"fill": "f", "stroke": "s", "stop-color": "p"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{1,30}")
_CLASS = re.compile(r"[A-Za-z][\w-]*")
_OF_PALETTE = re.compile(r"[fsp]\d+")
_REFERENCE = re.compile(r"url\(#([^)\s]+)\)")


@dataclass(slots=True)
class Palette:
    """The pairs of colours in use, each with a class."""

    classes: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def of(self, what: str, light: str, dark: str) -> str:
        """Class of a pair of colours; `what` is `fill`, `stroke` or `stop-color`."""
        return self.classes.setdefault((what, light, dark), f"{COLOURS[what]}{len(self.classes)}")

    def css(self) -> str:
        """Style rules of all classes."""
        return "\n".join(
            f".{name}{{{what}:{light if light == dark else f'light-dark({light},{dark})'}}}"
            for (what, light, dark), name in self.classes.items()
        )


@dataclass(frozen=True, slots=True)
class PartPlaces:
    """Places of one part of a picture."""

    root: str | None
    below: Mapping[str, int]
    boxes: Mapping[str, Box]
    groups: Mapping[str, Group]
    arrows: Mapping[str, Arrow]
    """By the box from which they lead."""
    areas: Mapping[str, Area]


@dataclass(frozen=True, slots=True)
class Plan:
    """A sheet with all parts of a picture for a page, and the part of each shape."""

    sheet: Sheet
    wide: float
    high: float
    """Size of the overview, in points."""
    parts: tuple[PartPlaces, ...]
    part_of: Mapping[str, int]
    """Part of each element, by its id in the SVG."""


@dataclass(frozen=True, slots=True)
class Inlined:
    """A picture as an `svg` element, with what the viewer's script needs to fold and unfold it."""

    svg: str
    wide: float
    high: float
    parts: list[dict[str, Any]]


def plan_of(diagram: Diagram, beyond: int = FOLD_BEYOND) -> Plan:
    """Lay out a picture for a page, in parts if a map has more than `beyond` claims."""
    if diagram.is_placed or diagram.direction in ("up", "left"):
        sheet = sheet_of(diagram)
        return Plan(sheet, sheet.w, sheet.h, (), dict.fromkeys(svg_ids(sheet), 0))
    cut = folded(diagram, beyond)
    first = sheet_of(cut.parts[0].diagram)
    parts = [_places(None, cut, first.diagram, first.areas)]
    boxes: list[tuple[Box, ...]] = [(*first.boxes, *_signs(cut, parts[0]))]
    arrows, groups, y, wide = [first.arrows], [first.groups], first.h, first.w
    for n, part in enumerate(cut.parts[1:], 1):
        places = arranged(part.diagram, centred=False)
        body = places.placed((0.0, y))
        moved = {key: replace(area, frame=area.frame.moved(0.0, y)) for key, area in places.areas.items()}
        parts.append(_places(part.root, cut, body, moved))
        # The root is drawn in another part; arrows end at a point in its place.
        shown = (Box(box.id, "text", at=box.at) if box.id == part.root else box for box in body.boxes)
        boxes.append(tuple(replace(box, id=f"{n} {box.id}") for box in shown))
        arrows.append(
            tuple(replace(a, id=f"{n} {a.id}", source=f"{n} {a.source}", target=f"{n} {a.target}") for a in body.arrows)
        )
        groups.append(tuple(replace(group, id=f"{n} {group.id}") for group in body.groups if group.key != part.root))
        y, wide = y + places.h + 10.0, max(wide, places.w)
    sheet = Sheet(first.diagram, wide, y, tuple(chain(*boxes)), tuple(chain(*arrows)), tuple(chain(*groups)))
    numbers = [[n] * len(shapes) for kind in (groups, boxes, arrows) for n, shapes in enumerate(kind)]
    part_of = dict(zip(svg_ids(sheet), (n for run in numbers for n in run), strict=True))
    room = 14.0 if len(parts) > 1 else 0.0  # for signs and buttons beside the last boxes
    return Plan(sheet, first.w + room, first.h, tuple(parts), part_of)


def _places(root: str | None, cut: Folded, body: Diagram, areas: Mapping[str, Area]) -> PartPlaces:
    return PartPlaces(
        root,
        cut.below,
        {box.id: box for box in body.boxes},
        {group.key: group for group in body.groups},
        {arrow.source: arrow for arrow in body.arrows},
        areas,
    )


def _signs(cut: Folded, overview: PartPlaces) -> Iterator[Box]:
    """Say beside each folded box how many claims are below it; the viewer's script replaces these signs by buttons."""
    for part in cut.parts[1:]:
        if part.root is None or part.root not in overview.areas:
            continue
        frame = overview.boxes[part.root].frame if part.root in overview.boxes else overview.areas[part.root].frame
        words = Text(f"+{cut.below[part.root]:,}", "small", align="centre")
        yield Box(f"sign {part.root}", "folded", (words,), at=Frame(frame.right - 7, frame.middle[1] - 8, 32.0, 16.0))


def inline(
    svg: bytes, plan: Plan, name: str, title: str, palette: Palette, first: int = 0, *, crop: bool = True
) -> Inlined:
    """Turn a picture that was drawn in codes into an `svg` element for a page, and the branches that are folded.

    `svg` is the sheet of the `plan`, drawn in the theme `CODED`. A box that shows a claim gets `data-claims`, can be
    reached by keyboard and has a label for screen readers; the whole has `title` for one. `name` begins the ids of
    elements and is unique on the page; the `palette` collects the colours in use; `first` is the number of the
    picture's first change on the page; `crop` cuts the margins.
    """
    drawing = ET.fromstring(svg)  # noqa: S314 - drawn by argmap itself
    prefix = f"pic:{name}"  # map ids have no colon, so nothing clashes
    ids = [element.get("id") for element in drawing.iter()]
    names = {name: f"{prefix}:{n}" for n, name in enumerate(filter(None, ids))}
    shapes = drawing.find(f"{_SVG}g[@class='graph']")
    drawn = [shape.get("id", "") for shape in (shapes if shapes is not None else ()) if shape.tag == f"{_SVG}g"]
    clean = _cleaned(drawing, palette, names)
    for shape in clean.iter("g"):
        if claim := shape.attrib.pop("data-claim", None):
            label = _label(shape)
            shape.attrib |= {"data-claims": claim, "role": "button", "tabindex": "-1", "aria-label": label}
        if change := shape.get("data-change"):
            shape.set("data-change", str(int(change) + first))
    inner = clean.find("g[@class='graph']")
    found = (
        dict(zip(drawn, [child for child in inner if child.tag == "g"], strict=True))
        if plan.parts and inner is not None
        else {}
    )
    parts = list(_parts(plan, found))
    if inner is not None and plan.parts:
        for element_id, shape in found.items():
            if plan.part_of.get(element_id):
                inner.remove(shape)
        ground = inner.find("polygon")
        if ground is not None:
            inner.remove(ground)
        clean.set("viewBox", f"0 0 {plan.wide:g} {plan.high:g}")
    wide, high = plan.wide, plan.high
    if crop and not plan.parts:
        wide, high = _crop(clean)
    clean.attrib |= {"id": prefix, "role": "group", "aria-label": title}
    clean.attrib.pop("aria-roledescription", None)
    return Inlined(ET.tostring(clean, encoding="unicode"), wide, high, parts)


def _parts(plan: Plan, found: Mapping[str, ET.Element]) -> Iterator[dict[str, Any]]:
    """Places of all parts for the viewer's script, and the shapes of those that are folded."""
    numbers: dict[str, int] = {}
    elements: dict[str, str] = {}
    for element_id, shape in svg_ids(plan.sheet).items():
        elements[shape.key if isinstance(shape, Group) else shape.id] = element_id
    held: list[list[str]] = [[] for _ in plan.parts]
    for element_id in found:
        if element_id in plan.part_of:
            held[plan.part_of[element_id]].append(element_id)
    for n, part in enumerate(plan.parts):
        order = {element_id: k for k, element_id in enumerate(held[n])}
        mark = f"{n} " if n else ""

        def at(shape_id: str, order: dict[str, int] = order, mark: str = mark) -> int | None:
            return order.get(elements.get(f"{mark}{shape_id}", ""))

        def frame(f: Frame) -> list[float]:
            return [round(f.x, 1), round(f.y - plan.sheet.h, 1), round(f.w, 1), round(f.h, 1)]

        blocks = []
        above = part.root or ""
        for key, area in part.areas.items():
            if n and key in ("", above):
                continue
            numbers[key] = len(numbers)
            block: dict[str, Any] = {"at": frame(area.frame), "column": area.column}
            if area.parent is not None:
                block["in"] = numbers[area.parent]
            if key in part.boxes:
                box, arrow = part.boxes[key], part.arrows.get(key)
                block |= {"box": frame(box.frame), "shapes": [at(key)]}
                if box.claim and box.role != "again":
                    block["claim"] = box.claim
                if arrow and arrow.path:
                    points = [[round(x, 1), round(y - plan.sheet.h, 1)] for x, y in arrow.path]
                    stroke = CODED.of_arrow(arrow)
                    short = round(HEAD * stroke.size, 1) if stroke.head != "none" else 0
                    block |= {"arrow": at(arrow.id), "line": points, "lane": area.lane, "short": short}
            elif key in part.groups:
                title = part.areas[key].frame
                block |= {"box": frame(Frame(title.x, title.y, title.w, 22.0)), "panel": True}
                group = part.groups[key]
                panel = order.get(elements.get(group.key, ""))
                block["shapes"] = [k for k in (panel, at(f"title of {group.id}")) if k is not None]
            if part.below.get(key):
                block["below"] = part.below[key]
            blocks.append(block)
        told: dict[str, Any] = {"blocks": blocks}
        if not n:
            signs = (at(f"sign {further.root}") for further in plan.parts[1:])
            told["sideways"] = plan.sheet.diagram.direction == "right"
            told["signs"] = [sign for sign in signs if sign is not None]
        else:
            told["under"] = numbers[above]
            told["at"] = frame(part.areas[above].frame)
            told["box"] = frame(part.boxes[above].frame) if above in part.boxes else told["at"]
            together = ET.Element("g")
            together.extend(found[element_id] for element_id in held[n])
            told["svg"] = ET.tostring(together, encoding="unicode").removeprefix("<g>").removesuffix("</g>")
        yield told


def _colours(element: ET.Element, palette: Palette) -> Iterator[str]:
    """Classes for the colours of an element; references to gradients are renamed elsewhere."""
    looks = _looks(element)
    for what in COLOURS:
        value = looks.get(what, "")
        if value in CODES:
            light, dark, _ = CODES[value]
            yield palette.of(what, light, dark)
        elif _COLOUR.fullmatch(value):
            yield palette.of(what, value, value)


def _looks(element: ET.Element) -> dict[str, str]:
    """Attributes of an element, with those written inside `style`."""
    styled = (part.partition(":") for part in element.get("style", "").split(";"))
    return {**element.attrib, **{name.strip(): value.strip() for name, sign, value in styled if sign}}


def _cleaned(element: ET.Element, palette: Palette, names: dict[str, str]) -> ET.Element:
    """Copy only what is allowed; rename ids."""
    copy = ET.Element(element.tag.removeprefix(_SVG))
    looks = _looks(element)
    for name, value in looks.items():
        if name in ATTRIBUTES and not (copy.tag == "svg" and name in ("width", "height")):
            copy.set(name, value)
    for what in ("fill", "stroke"):
        if (gradient := _REFERENCE.fullmatch(looks.get(what, ""))) and gradient[1] in names:
            copy.set(what, f"url(#{names[gradient[1]]})")
    if copy.tag in ("linearGradient", "radialGradient"):
        copy.set("id", names.get(element.get("id", ""), ""))
    classes = [word for word in element.get("class", "").split() if _CLASS.fullmatch(word)]
    classes += _colours(element, palette)
    if classes:
        copy.set("class", " ".join(classes))
    if copy.tag in ("text", "tspan", "title", "desc"):
        copy.text = element.text
        copy.tail = " "  # keeps the last word of a line apart from the first of the next
    for child in element:
        if isinstance(child.tag, str) and child.tag.removeprefix(_SVG) in ELEMENTS:
            copy.append(_cleaned(child, palette, names))
    if copy.tag == "svg":
        copy.set("xmlns", "http://www.w3.org/2000/svg")
    return copy


def _label(box: ET.Element) -> str:
    """Label of a box for screen readers: its words, then its roles."""
    words = " ".join(text.text for text in box.iter("text") if text.text)
    words = words or " ".join(title.text for title in box.iter("title") if title.text)
    roles = [word.replace("_", " ") for word in box.get("class", "").split() if not _OF_PALETTE.fullmatch(word)]
    return f"{words} ({', '.join(roles[1:])})" if roles[1:] else words


def _crop(svg: ET.Element) -> tuple[float, float]:
    """Cut margins, which a picture in the page's column does not need; return the size that is left."""
    x, y, w, h = map(float, (svg.get("viewBox") or "0 0 1 1").split())
    svg.set("viewBox", f"{x + CROP_X:g} {y + CROP_Y:g} {w - 2 * CROP_X:g} {h - CROP_Y:g}")
    return w - 2 * CROP_X, h - CROP_Y
