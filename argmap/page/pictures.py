"""A drawn picture made part of the page: nothing but shapes and words, in the page's own colours.

The renderer's SVG is a file of its own, with one theme's colours, ids that clash with another picture's and
`style` attributes that a strict content policy forbids. Drawn twice, light and dark, the two differ in colours
alone; walked side by side, each pair of colours becomes a class that follows the page's theme:

    light  <path fill="#e9f2fa"/>  ┐
                                   ├─▶  <path class="f3"/>      .f3 {fill: light-dark(#e9f2fa, #1f3040)}
    dark   <path fill="#1f3040"/>  ┘

What is not on the lists below does not get through, whoever drew it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from argmap.findings import ArgmapError


def _listed(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", words))


_SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = _listed(
    "svg g title desc defs path polygon polyline line ellipse circle rect text tspan linearGradient radialGradient stop"
)
ATTRIBUTES = _listed(
    "d points transform x y x1 y1 x2 y2 cx cy r rx ry fx fy width height offset viewBox preserveAspectRatio gradientUnits "
    "gradientTransform text-anchor font-size font-weight font-style text-decoration textLength lengthAdjust "
    "stroke-width stroke-dasharray stroke-linecap stroke-linejoin opacity fill-opacity stroke-opacity stop-opacity "
    "role aria-label aria-roledescription data-claim data-relation data-series data-mode data-group data-change"
)
CROP = 20.0
"""Points of a sheet's margin that are its own, leaving two for the width of lines."""
COLOURS = {"fill": "f", "stroke": "s", "stop-color": "p"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{1,30}")
_CLASS = re.compile(r"[A-Za-z][\w-]*")
_OF_PALETTE = re.compile(r"[fsp]\d+")
_REFERENCE = re.compile(r"url\(#([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn diagram, and the files in which it lies beside the page."""

    name: str
    """Its file's name without the ending; unique in the report."""
    kind: Literal["map", "bridge", "ladder"]
    title: str
    light: bytes
    """SVG."""
    dark: bytes
    """The same in dark colours."""
    of: tuple[str, ...]
    """The maps that it shows."""
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class Palette:
    """Pairs of colours in use, and the style rules that they make."""

    classes: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def of(self, what: str, light: str, dark: str) -> str:
        """The class of a pair of colours."""
        return self.classes.setdefault((what, light, dark), f"{COLOURS[what]}{len(self.classes)}")

    def css(self) -> str:
        """The rules."""
        return "\n".join(
            f".{name}{{{what}:{light if light == dark else f'light-dark({light},{dark})'}}}"
            for (what, light, dark), name in self.classes.items()
        )


def inline(picture: Picture, palette: Palette, first: int = 0) -> str:
    """The picture as an `svg` element for the page.

    Boxes that stand for a claim bear `data-claims`, can be reached by keyboard and say what they are.

    Parameters
    ----------
    first
        The page's number of the picture's first change: several diffs on a page count on.

    Raises
    ------
    ArgmapError
        When the two drawings are not the same picture.
    """
    light, dark = _parsed(picture.light), _parsed(picture.dark)
    prefix = f"pic:{picture.name}"  # no id of a map has a colon, so nothing clashes
    ids = (element.get("id", "") for element in light.iter())
    names = {old_id: f"{prefix}:{n}" for n, old_id in enumerate(ids) if old_id}
    pairs = zip(light.iter(), dark.iter(), strict=True)
    try:
        colours = {id(left): dict(_colours(left, right, palette)) for left, right in pairs}
    except ValueError as unlike:
        raise ArgmapError(f"{picture.name}: drawn light and dark, it is not the same picture") from unlike
    made = _cleaned(light, colours, names)
    made.set("id", prefix)
    for box in made.iter("g"):
        if claim := box.get("data-claim"):
            box.attrib.pop("data-claim")
            box.set("data-claims", claim)
            box.set("role", "button")
            box.set("tabindex", "-1")
            box.set("aria-label", _spoken(box))
    for shape in made.iter("g"):
        if change := shape.get("data-change"):
            shape.set("data-change", str(int(change) + first))
    if picture.kind == "ladder":
        _crop(made)
    made.set("role", "group")
    made.set("aria-label", picture.title)
    made.attrib.pop("aria-roledescription", None)
    return ET.tostring(made, encoding="unicode")


def size_of(picture: Picture) -> tuple[float, float]:
    """Width and height, in the picture's own units."""
    numbers = re.search(rb'viewBox="[\d.\-]+ [\d.\-]+ ([\d.]+) ([\d.]+)"', picture.light)
    return (float(numbers[1]), float(numbers[2])) if numbers else (1.0, 1.0)


def _parsed(svg: bytes) -> ET.Element:
    from defusedxml.ElementTree import fromstring

    root: ET.Element = fromstring(svg)
    return root


def _colours(light: ET.Element, dark: ET.Element, palette: Palette) -> Iterator[tuple[str, str]]:
    """Class of each colour of an element; a reference to a gradient is left to be renamed."""
    if light.tag != dark.tag:
        raise ValueError(light.tag)
    left, right = _looks(light), _looks(dark)
    for what in COLOURS:
        pair = left.get(what), right.get(what)
        if pair[0] and pair[1] and all(value and _COLOUR.fullmatch(value) for value in pair):
            yield what, palette.of(what, pair[0], pair[1])


def _looks(element: ET.Element) -> dict[str, str]:
    """Attributes, with those written as `style`."""
    styled = (part.partition(":") for part in element.get("style", "").split(";"))
    return {**element.attrib, **{name.strip(): value.strip() for name, sign, value in styled if sign}}


def _cleaned(element: ET.Element, colours: dict[int, dict[str, str]], names: dict[str, str]) -> ET.Element:
    """A copy that holds only what is allowed, ids renamed."""
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
    classes += colours.get(id(element), {}).values()
    if classes:
        copy.set("class", " ".join(classes))
    if copy.tag in ("text", "tspan", "title", "desc"):
        copy.text = element.text
        copy.tail = " "  # or the last word of a line and the first of the next would be one
    for child in element:
        if isinstance(child.tag, str) and child.tag.removeprefix(_SVG) in ELEMENTS:
            copy.append(_cleaned(child, colours, names))
    if copy.tag == "svg":
        copy.set("xmlns", "http://www.w3.org/2000/svg")
    return copy


def _spoken(box: ET.Element) -> str:
    """What a screen reader says of a box: the words on it, then what it is."""
    words = " ".join(text.text for text in box.iter("text") if text.text)
    kinds = [word.replace("_", " ") for word in box.get("class", "").split() if not _OF_PALETTE.fullmatch(word)]
    return f"{words} ({', '.join(kinds[1:])})" if kinds[1:] else words


def _crop(svg: ET.Element) -> None:
    """Take off the sheet's margins: a picture that stands in the page's own column needs none."""
    x, y, w, h = map(float, (svg.get("viewBox") or "0 0 1 1").split())
    svg.set("viewBox", f"{x + CROP:g} {y + CROP:g} {w - 2 * CROP:g} {h - 2 * CROP:g}")
