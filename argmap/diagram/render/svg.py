"""Finish the engine's SVG: classes for roles, links to claims, words for screen readers, and words that keep their width.

    <g id="map_1996_n7" class="node">           <g id="map_1996_n7" class="box supporting_point reported"
    <title>unequal-partners</title>       →       data-claim="1996/unequal-partners" role="graphics-symbol" aria-label="…">
                                                <title>“consisted of unequal partners”</title>

The engine only finds the height of each line of words; where a line begins and how long it is comes from the layout.
So the file does not depend on the fonts of the machine, and a browser without these fonts still keeps words in their
boxes (`textLength`).

The engine writes one element a line in a fixed order, so its output is read by patterns: parsing a large map as an XML
tree would take as long as drawing it. All words of a map are escaped here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from argmap.diagram import fonts
from argmap.diagram.layout.measure import set_text, wrap_of
from argmap.diagram.layout.sheet import Sheet
from argmap.diagram.layout.text import FONTS, Font, drawable, is_right_to_left, is_wide, width
from argmap.diagram.model import Arrow, Box, Group
from argmap.diagram.outlines import sentence
from argmap.diagram.render.dot import prefix_of, svg_ids
from argmap.diagram.theme import FONT_STACK
from argmap.findings import ArgmapError

_COMMENT = re.compile(r"<!--[^<>]*-->\n?|<!DOCTYPE[^<>]*>\n", re.DOTALL)
_ELEMENT = re.compile(
    r'<g id="(\w+)" class="(?:node|edge|cluster)">\n<title>[^<]*</title>\n'
    r'|<text [^>]*? y="([^"]*"[^>]*)>[^<]*</text>'
)
_OPENING = re.compile(
    r'<svg ([^>]*?) xmlns="([^"]*)"[^>]*>\n<g id="\w+" class="graph"([^>]*)>\n(<title>[^<]*</title>\n)?'
)
_BUG = "please report this map as a bug of argmap"


def check_arrows(svg: bytes, sheet: Sheet) -> None:
    """Compare the number of arrows in a picture with the diagram's; raise ArgmapError if one is missing."""
    drawn = svg.count(b'class="edge"')
    if drawn != len(sheet.arrows):
        raise ArgmapError(f"the layout engine drew {drawn} of {len(sheet.arrows)} arrows; {_BUG}")


class Finish:
    """Finishes the engine's SVG of a sheet. What does not need the engine is prepared while it still draws."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._shapes = {
            element_id: (_named(element_id, shape), [line.around() for line in _lines(shape)][::-1])
            for element_id, shape in svg_ids(sheet).items()
        }

    def __call__(self, svg: bytes) -> bytes:
        """Finish the engine's SVG; raise ArgmapError if a line of words is missing.

        It gets classes, `data-claim`, `data-relation`, titles, descriptions and fixed widths of words.
        """
        waiting: list[tuple[str, str]] = []

        def rewritten(found: re.Match[str]) -> str:
            if found[1] is None:
                if not waiting:
                    raise ArgmapError(f"the layout engine drew words that are in no box; {_BUG}")
                before, after = waiting.pop()
                return f"{before}{found[2]}{after}"
            _check_words(waiting)
            header, lines = self._shapes.get(found[1]) or (f'<g id="{found[1]}" class="furniture">\n', ())
            waiting.extend(lines)
            return header

        # Comments and words are on lines of their own, so whatever looks like an element here is one.
        text = _COMMENT.sub("", svg.decode("utf-8")).replace(' font-family="Arial"', "")
        text = _OPENING.sub(lambda opening: _opening(opening, self._sheet), text, count=1)
        text = _ELEMENT.sub(rewritten, text)
        _check_words(waiting)
        return text.encode("utf-8")


class _Line(NamedTuple):
    """A line of words, and where it begins."""

    words: str
    font: Font
    x: float
    anchor: str
    right_to_left: bool

    def around(self) -> tuple[str, str]:
        """Write the line up to its height, and from its looks on; its width is fixed where it is known."""
        direction = ' direction="rtl"' if self.right_to_left else ""
        known = self.words.isascii() or all(map(is_wide, fonts.lacking(self.words)))
        long = f' textLength="{width(self.words, self.font):.2f}" lengthAdjust="spacingAndGlyphs"' if known else ""
        words = escape(self.words, quote=False)
        return f'<text text-anchor="{self.anchor}" x="{self.x:.2f}" y="', f"{direction}{long}>{words}</text>"


def _lines(shape: Box | Arrow | Group) -> Iterator[_Line]:
    """Lines of words of a shape, from the top down."""
    if isinstance(shape, Arrow):
        if shape.label and shape.label_at:
            back = is_right_to_left(shape.label)
            yield _Line(drawable(shape.label), FONTS["label"], shape.label_at[0], "end" if back else "start", back)
    elif isinstance(shape, Box):
        middle, half = shape.frame.middle[0], wrap_of(shape) / 2
        for paragraph in set_text(shape):
            back = paragraph.right_to_left
            # Right to left, the start of a line is its right end.
            x, anchor = {
                "left": (middle - half, "start"),
                "centre": (middle, "middle"),
                "right": (middle + half, "start" if back else "end"),
            }[paragraph.align]
            for line in paragraph.lines:
                yield _Line(line, paragraph.font, x, anchor, back)


def _check_words(waiting: list[tuple[str, str]]) -> None:
    if waiting:
        words = waiting[-1][1].partition(">")[2].removesuffix("</text>")
        raise ArgmapError(f"the layout engine lost the words {words!r}; {_BUG}")


def _attributes(values: Mapping[str, object]) -> str:
    return "".join([f' {name}="{escape(drawable(str(value)))}"' for name, value in values.items() if value is not None])


def _title(words: str, tag: str = "title", element_id: str | None = None) -> str:
    lines = (escape(drawable(line), quote=False) for line in words.splitlines())
    return f"<{tag}{_attributes({'id': element_id})}>{'&#10;'.join(lines)}</{tag}>\n"


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
    title = _title(diagram.title, element_id=f"{prefix}_title")
    desc = _title(" ".join([diagram.subtitle, *diagram.notes]), "desc", f"{prefix}_desc")
    return f'<svg {opening[1]} xmlns="{opening[2]}"{_attributes(about)}>\n{title}{desc}<g class="graph"{opening[3]}>\n'


def _named(element_id: str, shape: Box | Arrow | Group) -> str:
    classes, data, hover = _about(shape)
    values: dict[str, object] = {f"data-{name}": value for name, value in data.items()}
    if classes[0] != "furniture":
        values |= {"role": "graphics-symbol", "aria-label": sentence(shape)}
    own = f'id="{element_id}" class="{" ".join(classes)}"'
    return f"<g {own}{_attributes(values)}>\n{_title(hover) if hover else ''}"


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
