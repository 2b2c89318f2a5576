"""The engine's SVG made into one of ours: classes for roles, links to claims, words for screen readers.

    <g id="node7" class="node">                 <g id="map_1996_n7" class="box supporting_point reported"
      <title>unequal-partners</title>     →        data-claim="1996/unequal-partners" role="img" aria-label="…">
                                                  <title>“consisted of unequal partners”</title>

Nothing of a map reaches the SVG but as text or attribute values set through an XML tree, so no map can write markup.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from argmap.diagram.as_text import sentence
from argmap.diagram.dot import prefix_of, svg_ids
from argmap.diagram.shapes import Arrow, Box, Group
from argmap.diagram.sheet import Sheet
from argmap.diagram.text import drawable
from argmap.diagram.theme import FONT_STACK
from argmap.finding import ArgmapError

_SVG = "http://www.w3.org/2000/svg"
ET.register_namespace("", _SVG)


def check_arrows(svg: bytes, sheet: Sheet) -> None:
    """Count the arrows of a picture against the diagram's.

    Raises
    ------
    ArgmapError
        When one is missing.
    """
    drawn = svg.count(b'class="edge"')
    if drawn != len(sheet.arrows):
        raise ArgmapError(
            f"the layout engine drew {drawn} of {len(sheet.arrows)} arrows; please report this map as a bug of argmap"
        )


def finished(svg: bytes, sheet: Sheet) -> bytes:
    """The SVG with classes, `data-claim`, `data-relation`, titles and descriptions."""
    root = ET.fromstring(svg)  # noqa: S314 - the engine's own output, never a user's file
    known = svg_ids(sheet)
    drawing = root[0]
    _describe(root, sheet)
    for group in list(drawing):
        shape = known.get(group.get("id", ""))
        if group.tag != f"{{{_SVG}}}g":
            continue
        for title in group.findall(f"{{{_SVG}}}title"):
            group.remove(title)
        if shape is None:
            group.set("class", "furniture")
        else:
            _name(group, shape)
    for title in drawing.findall(f"{{{_SVG}}}title"):
        drawing.remove(title)
    drawing.attrib.pop("id", None)
    for element in root.iter(f"{{{_SVG}}}text"):
        element.attrib.pop("font-family", None)
        element.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _describe(root: ET.Element, sheet: Sheet) -> None:
    diagram, prefix = sheet.diagram, prefix_of(sheet)
    root.set("font-family", FONT_STACK)
    root.set("class", f"argmap {diagram.kind}")
    root.set("id", prefix)
    root.set("role", "graphics-document")
    root.set("aria-roledescription", diagram.kind)
    root.set("aria-labelledby", f"{prefix}_title {prefix}_desc")
    desc = ET.Element(f"{{{_SVG}}}desc", {"id": f"{prefix}_desc"})
    desc.text = drawable(" ".join([diagram.subtitle, *diagram.notes]))
    title = ET.Element(f"{{{_SVG}}}title", {"id": f"{prefix}_title"})
    title.text = drawable(diagram.title)
    root.insert(0, desc)
    root.insert(0, title)


def _name(element: ET.Element, shape: Box | Arrow | Group) -> None:
    classes, data, hover = _about(shape)
    element.set("class", " ".join(classes))
    for name, value in data.items():
        if value is not None:
            element.set(f"data-{name}", drawable(str(value)))
    words = drawable(sentence(shape))
    if words and "furniture" not in classes:
        element.set("role", "graphics-symbol")
        element.set("aria-label", words)
    if hover:
        title = ET.Element(f"{{{_SVG}}}title")
        title.text = drawable(hover)
        element.insert(0, title)


def _about(shape: Box | Arrow | Group) -> tuple[list[str], Mapping[str, str | int | None], str | None]:
    if isinstance(shape, Group):
        return ["group"], {"group": shape.id}, None
    if isinstance(shape, Arrow):
        return ["arrow", _word(shape.role)], {"relation": shape.relation, "change": shape.change}, shape.hover
    plain = shape.role in ("text", "rule") and not shape.claim
    classes = ["furniture" if plain else "box", _word(shape.role), *map(_word, shape.marks)]
    data = {"claim": shape.claim, "change": shape.change, "series": shape.series, "mode": shape.mode}
    return classes, data, shape.hover


def _word(role: str) -> str:
    return role.replace(" ", "_")
