"""The engine's SVG made into one of ours: classes for roles, links to claims, words for screen readers.

    <g id="map_1996_n7" class="node">           <g id="map_1996_n7" class="box supporting_point reported"
    <title>unequal-partners</title>       →       data-claim="1996/unequal-partners" role="graphics-symbol" aria-label="…">
                                                <title>“consisted of unequal partners”</title>

The engine writes one element a line in one order, so it is read line by line: an XML tree of a large map takes as long
to build as the picture to draw. Whatever comes from a map is escaped here, and nothing else of it gets in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from argmap.diagram.layout.sheet import Sheet
from argmap.diagram.layout.text import drawable
from argmap.diagram.model import Arrow, Box, Group
from argmap.diagram.outlines import sentence
from argmap.diagram.render.dot import prefix_of, svg_ids
from argmap.diagram.theme import FONT_STACK
from argmap.findings import ArgmapError

_COMMENT = re.compile(r"<!--.*?-->\n?|<!DOCTYPE.*?>\n", re.DOTALL)
_ELEMENT = re.compile(r'<g id="(\w+)" class="(?:node|edge|cluster)">\n<title>[^<]*</title>\n')
_OPENING = re.compile(
    r'<svg ([^>]*?) xmlns="([^"]*)"[^>]*>\n<g id="\w+" class="graph"([^>]*)>\n(<title>[^<]*</title>\n)?'
)


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
    known = svg_ids(sheet)

    def named(element: re.Match[str]) -> str:
        shape = known.get(element[1])
        return _named(element[1], shape) if shape else f'<g id="{element[1]}" class="furniture">\n'

    # Comments and words stand in lines of their own, so what looks like an element here is one.
    text = _COMMENT.sub("", svg.decode("utf-8"))
    for said_once in (' font-family="Arial"', ' xml:space="preserve"'):
        text = text.replace(said_once, "")
    text = _OPENING.sub(lambda opening: _opening(opening, sheet), text, count=1)
    return _ELEMENT.sub(named, text).encode("utf-8")


def _attributes(values: Mapping[str, object]) -> str:
    return "".join([f' {name}="{escape(drawable(str(value)))}"' for name, value in values.items() if value is not None])


def _title(words: str, tag: str = "title", id: str | None = None) -> str:
    lines = (escape(drawable(line), quote=False) for line in words.splitlines())
    return f"<{tag}{_attributes({'id': id})}>{'&#10;'.join(lines)}</{tag}>\n"


def _opening(opening: re.Match[str], sheet: Sheet) -> str:
    diagram, prefix = sheet.diagram, prefix_of(sheet)
    about = {
        "id": prefix,
        "class": f"argmap {diagram.kind}",
        "font-family": FONT_STACK,
        "role": "graphics-document",
        "aria-roledescription": diagram.kind,
        "aria-labelledby": f"{prefix}_title {prefix}_desc",
    }
    title = _title(diagram.title, id=f"{prefix}_title")
    desc = _title(" ".join([diagram.subtitle, *diagram.notes]), "desc", f"{prefix}_desc")
    return f'<svg {opening[1]} xmlns="{opening[2]}"{_attributes(about)}>\n{title}{desc}<g class="graph"{opening[3]}>\n'


def _named(id: str, shape: Box | Arrow | Group) -> str:
    classes, data, hover = _about(shape)
    values: dict[str, object] = {"id": id, "class": " ".join(classes)}
    values |= {f"data-{name}": value for name, value in data.items()}
    if classes[0] != "furniture":
        values |= {"role": "graphics-symbol", "aria-label": sentence(shape)}
    return f"<g{_attributes(values)}>\n{_title(hover) if hover else ''}"


def _about(shape: Box | Arrow | Group) -> tuple[list[str], Mapping[str, str | int | None], str | None]:
    """Classes, data and hover text of a shape."""
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
