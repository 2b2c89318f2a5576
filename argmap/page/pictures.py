"""Put a drawn picture into the page: only shapes and words, in the colours of the page's theme.

An SVG file has the colours of one theme, ids that may clash with another picture's, and `style` attributes that a
strict content policy forbids. So each picture is drawn twice, light and dark. The two differ only in colours; each
pair of colours becomes a class that follows the page's theme:

    light  <path fill="#e9f2fa"/>  ┐
                                   ├─▶  <path class="f3"/>      .f3 {fill: light-dark(#e9f2fa, #1f3040)}
    dark   <path fill="#1f3040"/>  ┘

Elements and attributes that are not listed below are dropped.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field

from argmap.findings import ArgmapError

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


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A drawn diagram and its files beside the page."""

    name: str
    """File name without suffix; unique in the report."""
    kind: str
    """The name of the picture: `map`, `stairs`, `how` …"""
    title: str
    light: bytes
    """SVG in light colours; empty for a picture that is only a file beside the page."""
    dark: bytes
    """The same SVG in dark colours."""
    of: tuple[str, ...]
    """Ids of the maps that it shows."""
    files: tuple[str, ...] = ()


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


def inline(picture: PagePicture, palette: Palette, first: int = 0) -> str:
    """Turn a picture into an `svg` element for the page.

    A box that shows a claim gets `data-claims`, can be reached by keyboard and has a label for screen readers.

    Parameters
    ----------
    picture
        The picture in light and dark.
    palette
        Collects the pairs of colours.
    first
        Number of the picture's first change on the page.

    Returns
    -------
    str
        The element.

    Raises
    ------
    ArgmapError
        If the two drawings differ in more than colours.
    """
    light, dark = _parsed(picture.light), _parsed(picture.dark)
    prefix = f"pic:{picture.name}"  # map ids have no colon, so nothing clashes
    ids = filter(None, (element.get("id") for element in light.iter()))
    names = {name: f"{prefix}:{n}" for n, name in enumerate(ids)}
    try:
        colours = {
            id(left): dict(_colours(left, right, palette))
            for left, right in zip(light.iter(), dark.iter(), strict=True)
        }
    except ValueError as unlike:
        raise ArgmapError(f"{picture.name}: the light and the dark drawing differ in more than colours") from unlike
    svg = _cleaned(light, colours, names)
    for shape in svg.iter("g"):
        if claim := shape.attrib.pop("data-claim", None):
            label = _label(shape)
            shape.attrib |= {"data-claims": claim, "role": "button", "tabindex": "-1", "aria-label": label}
        if change := shape.get("data-change"):
            shape.set("data-change", str(int(change) + first))
    if picture.kind != "map":
        _crop(svg)
    svg.attrib |= {"id": prefix, "role": "group", "aria-label": picture.title}
    svg.attrib.pop("aria-roledescription", None)
    return ET.tostring(svg, encoding="unicode")


def size_of(picture: PagePicture) -> tuple[float, float]:
    """Width and height of a picture in its own units."""
    numbers = re.search(rb'viewBox="[\d.\-]+ [\d.\-]+ ([\d.]+) ([\d.]+)"', picture.light)
    return (float(numbers[1]), float(numbers[2])) if numbers else (1.0, 1.0)


def _parsed(svg: bytes) -> ET.Element:
    from defusedxml.ElementTree import fromstring

    root: ET.Element = fromstring(svg)
    return root


def _colours(light: ET.Element, dark: ET.Element, palette: Palette) -> Iterator[tuple[str, str]]:
    """Class of each colour of an element; references to gradients are renamed elsewhere."""
    if light.tag != dark.tag:
        raise ValueError(light.tag)
    left, right = _looks(light), _looks(dark)
    for what in COLOURS:
        pair = left.get(what), right.get(what)
        if pair[0] and pair[1] and all(value and _COLOUR.fullmatch(value) for value in pair):
            yield what, palette.of(what, pair[0], pair[1])


def _looks(element: ET.Element) -> dict[str, str]:
    """Attributes of an element, with those written inside `style`."""
    styled = (part.partition(":") for part in element.get("style", "").split(";"))
    return {**element.attrib, **{name.strip(): value.strip() for name, sign, value in styled if sign}}


def _cleaned(element: ET.Element, colours: dict[int, dict[str, str]], names: dict[str, str]) -> ET.Element:
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
    classes += colours.get(id(element), {}).values()
    if classes:
        copy.set("class", " ".join(classes))
    if copy.tag in ("text", "tspan", "title", "desc"):
        copy.text = element.text
        copy.tail = " "  # keeps the last word of a line apart from the first of the next
    for child in element:
        if isinstance(child.tag, str) and child.tag.removeprefix(_SVG) in ELEMENTS:
            copy.append(_cleaned(child, colours, names))
    if copy.tag == "svg":
        copy.set("xmlns", "http://www.w3.org/2000/svg")
    return copy


def _label(box: ET.Element) -> str:
    """Label of a box for screen readers: its words, then its roles."""
    words = " ".join(text.text for text in box.iter("text") if text.text)
    words = words or " ".join(title.text for title in box.iter("title") if title.text)
    roles = [word.replace("_", " ") for word in box.get("class", "").split() if not _OF_PALETTE.fullmatch(word)]
    return f"{words} ({', '.join(roles[1:])})" if roles[1:] else words


def _crop(svg: ET.Element) -> None:
    """Cut margins, which a picture in the page's column does not need."""
    x, y, w, h = map(float, (svg.get("viewBox") or "0 0 1 1").split())
    svg.set("viewBox", f"{x + CROP_X:g} {y + CROP_Y:g} {w - 2 * CROP_X:g} {h - CROP_Y:g}")
