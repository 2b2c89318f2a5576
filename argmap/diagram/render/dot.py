"""A sheet as DOT text, every place pinned, so that any Graphviz draws the same picture.

`layout=nop2` says so to Graphviz itself: `dot -Tsvg map.dot` and `neato -n2 -Tsvg map.dot` both draw it as it stands.
Words reach DOT only inside HTML-like labels (several styles in one box) or quoted names; `quote` and `html` are the two gates.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import hypot

from argmap.diagram.layout.measure import PERIPHERY, set_text, wrap_of
from argmap.diagram.layout.sheet import Sheet
from argmap.diagram.layout.text import FONTS, drawable, width
from argmap.diagram.model import Arrow, Box, Group, Point
from argmap.diagram.theme import Theme

CORNER = 6.0
"""Radius of a line's turn, in points."""
HEAD = 10.0
"""Length of an arrowhead of size 1, in points; Graphviz's own."""


def quote(text: str) -> str:
    r"""A name or value as a DOT string: any text, taken as it is.

    >>> print(quote("plain"))
    "plain"
    >>> print(quote('she said "no"'))
    "she said \"no\""
    >>> print(quote("a:b"))                      # unquoted, b would be a port of a
    "a:b"
    >>> print(quote("<b>bold</b>"))              # unquoted, this would be HTML
    "<b>bold</b>"
    >>> print(quote("ends with \\"))             # a lone backslash would swallow the closing quote
    "ends with \\"
    >>> print(quote("\\N"))                      # in a label this would become the node's name
    "\\N"
    >>> print(quote("two\nlines"))
    "two lines"
    >>> print(quote("node"))                     # a keyword of DOT
    "node"
    >>> print(quote(""))
    ""
    >>> print(quote("NUL\0") == '"NUL\ufffd"')
    True
    """
    return '"' + drawable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def html(text: str) -> str:
    r"""Words for an HTML-like label: shown as they are, whatever they hold.

    >>> print(html("<script>alert(1)</script> & co"))
    &lt;script&gt;alert(1)&lt;/script&gt; &amp; co
    >>> print(html("\\N \\ "))                   # escapes that would be expanded, here too
    &#92;&#92;N &#92;&#92;
    >>> print(html("&lt; stays"))
    &amp;lt; stays
    """
    return escape(drawable(text), quote=True).replace("\\", "&#92;&#92;")


def dot_of(sheet: Sheet, theme: Theme, *, dpi: float | None = None, scale: float = 1.0) -> str:
    """The sheet as DOT.

    Parameters
    ----------
    dpi
        Dots an inch, for bitmaps; left out, Graphviz's 72 (one unit of SVG a point).
    scale
        How much smaller than its own points it is drawn, for paper.
    """
    writer = _Writer(sheet, theme)
    density = f" dpi={dpi:g}" if dpi else ""
    if scale < 1:
        density += f' size="{sheet.w * scale / 72:.4f},{sheet.h * scale / 72:.4f}"'
    body = [
        f"digraph {quote(sheet.diagram.id)} {{",
        "  graph [layout=nop2 newrank=true notranslate=true outputorder=nodesfirst pad=0 margin=0]",
        f'  graph [fontname=Arial bgcolor="{theme.paper}"{density}]',
        "  node [fontname=Arial shape=box]",
        "  edge [fontname=Arial]",
        *writer.corners(),
        *(line for n, group in enumerate(sheet.groups) for line in writer.group(n, group)),
        *(writer.box(n, box) for n, box in enumerate(sheet.boxes)),
        *(writer.arrow(n, arrow) for n, arrow in enumerate(sheet.arrows)),
        "}",
    ]
    return "\n".join(body) + "\n"


def svg_ids(sheet: Sheet) -> dict[str, Box | Arrow | Group]:
    """What each `id` of the drawn SVG stands for. Ids have no hyphens and bear the diagram's own, so that pages can hold several."""
    prefix = prefix_of(sheet)
    return {
        **{f"{prefix}_g{n}": group for n, group in enumerate(sheet.groups)},
        **{f"{prefix}_n{n}": box for n, box in enumerate(sheet.boxes)},
        **{f"{prefix}_e{n}": arrow for n, arrow in enumerate(sheet.arrows)},
    }


def prefix_of(sheet: Sheet) -> str:
    """The diagram's id as a word of ASCII letters, digits and underscores; other scripts by their code points."""
    word = "".join(
        (char if char.isalnum() else "_") if char.isascii() else f"{ord(char):x}" for char in sheet.diagram.id
    )
    return f"{sheet.diagram.kind}_{word}"


class _Writer:
    def __init__(self, sheet: Sheet, theme: Theme) -> None:
        self.sheet, self.theme, self.prefix = sheet, theme, prefix_of(sheet)

    def _at(self, point: Point) -> str:
        """Graphviz counts y from the bottom."""
        return f"{point[0]:.2f},{self.sheet.h - point[1]:.2f}"

    def corners(self) -> Iterator[str]:
        """Two unseen specks that hold the sheet's size."""
        for n, point in enumerate([(0.0, 0.0), (self.sheet.w, self.sheet.h)]):
            yield f'  "corner {n}" [pos="{self._at(point)}" shape=none label="" width=0 height=0 style=invis]'

    def group(self, n: int, group: Group) -> Iterator[str]:
        if group.at is None:
            return
        fill = self.theme.headline_panel if group.headline else self.theme.panel
        lower, upper = self._at((group.at.x, group.at.bottom)), self._at((group.at.right, group.at.y))
        yield f"  subgraph cluster{n} {{"
        yield (
            f'    graph [id={self.prefix}_g{n} bb="{lower},{upper}" style="filled,rounded" fillcolor="{fill}"'
            f' color="{fill}" label=""]'
        )
        yield f'    "heading {n}" [pos="{self._at(group.at.middle)}" shape=none label="" width=0 height=0 style=invis]'
        yield "  }"

    def box(self, n: int, box: Box) -> str:
        look = self.theme.of_box(box)
        if not box.text and box.role == "text":
            return f'  {quote(box.id)} [pos="{self._at(box.frame.middle)}" shape=none label="" width=0 height=0 style=invis]'
        styles = [
            *([] if look.fill == "none" else ["filled"]),
            *(["rounded"] if look.rounded else []),
            *([look.style] if look.style != "solid" else []),
        ]
        inset = 0.0 if box.role in ("text", "marker", "junction", "step", "rule") else look.width
        inset += 2 * PERIPHERY if look.double else 0.0
        attributes = [
            f"id={self.prefix}_n{n}",
            f'pos="{self._at(box.frame.middle)}"',
            f"width={(box.frame.w - inset) / 72:.4f} height={(box.frame.h - inset) / 72:.4f}",
            "fixedsize=true" if not box.text else "margin=0",
            f"shape={look.shape}",
            f'style="{",".join(styles)}"',
        ]
        if look.shape != "none":
            attributes += [f'fillcolor="{look.fill}" color="{look.line}" penwidth={look.width:g}']
        if look.double:
            attributes.append("peripheries=2")
        attributes.append(f"label={self._label(box) or quote('')}")
        return f"  {quote(box.id)} [{' '.join(attributes)}]"

    def _label(self, box: Box) -> str:
        rows = []
        wide = wrap_of(box)
        for paragraph in set_text(box):
            side = {"left": "LEFT", "centre": "CENTER", "right": "RIGHT"}[paragraph.text.align]
            words = "".join(f'{html(line)}<BR ALIGN="{side}"/>' for line in paragraph.lines)
            font = paragraph.font
            words = f"<I>{words}</I>" if font.italic else f"<B>{words}</B>" if font.bold else words
            ink = self.theme.ink_of(paragraph.text.role, paragraph.text.series)
            if paragraph.above:
                rows.append(f'<TR><TD HEIGHT="{paragraph.above:g}"></TD></TR>')
            rows.append(
                f'<TR><TD ALIGN="{side}" BALIGN="{side}"><FONT POINT-SIZE="{font.size:g}" COLOR="{ink}">{words}</FONT></TD></TR>'
            )
        if not rows:
            return ""
        # A table as wide as its box holds words to the left; without a width, the engine sets it in the middle.
        sized = "" if box.text[0].align == "centre" else f' WIDTH="{wide:.0f}"'
        return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"{sized}>{"".join(rows)}</TABLE>>'

    def arrow(self, n: int, arrow: Arrow) -> str:
        stroke = self.theme.of_arrow(arrow)
        path = list(arrow.path or ())
        headed = stroke.head != "none"
        if arrow.curved:
            spline, tip = _shortened(path, HEAD * stroke.size) if headed else (path, path[-1])
        else:
            body, tip = _shortened(path, HEAD * stroke.size) if headed else (path, path[-1])
            spline = _rounded(body)
        pos = (f"e,{self._at(tip)} " if headed else "") + " ".join(map(self._at, spline))
        attributes = [
            f"id={self.prefix}_e{n}",
            f'pos="{pos}"',
            f'color="{stroke.line}" penwidth={stroke.width:g} style={stroke.style}',
            f"arrowhead={stroke.head} arrowsize={stroke.size:g}",
        ]
        if arrow.label and arrow.label_at:
            font = FONTS["label"]
            x, y = arrow.label_at
            middle = x + width(arrow.label, font) / 2
            ink = stroke.line if arrow.role != "support" else self.theme.muted
            attributes.append(
                f'lp="{self._at((middle, y))}"'
                f' label=<<FONT POINT-SIZE="{font.size:g}" COLOR="{ink}">{html(arrow.label)}</FONT>>'
            )
        return f"  {quote(arrow.source)} -> {quote(arrow.target)} [{' '.join(attributes)}]"


def _shortened(path: list[Point], by: float) -> tuple[list[Point], Point]:
    """The path without its last `by` points of length, and where its tip was."""
    (x0, y0), (x1, y1) = path[-2], path[-1]
    length = hypot(x1 - x0, y1 - y0) or 1.0
    cut = min(by, length * 0.95) / length
    return [*path[:-1], (x1 - (x1 - x0) * cut, y1 - (y1 - y0) * cut)], (x1, y1)


def _rounded(path: list[Point]) -> list[Point]:
    """A line through corners as cubic Béziers, its turns rounded: 3n+1 points."""
    spline = [path[0]]

    def straight(to: Point) -> None:
        (x0, y0), (x1, y1) = spline[-1], to
        spline.extend([(x0 + (x1 - x0) / 3, y0 + (y1 - y0) / 3), (x0 + 2 * (x1 - x0) / 3, y0 + 2 * (y1 - y0) / 3), to])

    for before, corner, after in zip(path, path[1:], path[2:], strict=False):
        first, last = _towards(corner, before), _towards(corner, after)
        straight(first)
        spline.extend([_towards(corner, before, 0.45), _towards(corner, after, 0.45), last])
    straight(path[-1])
    return spline


def _towards(corner: Point, end: Point, share: float = 1.0) -> Point:
    """The point on the way from a corner to a neighbouring one where its rounding ends."""
    dx, dy = end[0] - corner[0], end[1] - corner[1]
    length = hypot(dx, dy) or 1.0
    reach = min(CORNER, length / 2) * share / length
    return corner[0] + dx * reach, corner[1] + dy * reach
