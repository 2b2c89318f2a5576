"""Write a sheet as DOT with every place pinned, so that any Graphviz draws the same picture.

`layout=nop2` tells Graphviz to keep the places: `dot -Tsvg map.dot` and `neato -n2 -Tsvg map.dot` draw the same.
Words get into DOT only inside HTML-like labels (which allow several styles in one box) or quoted names; `html` and
`quote` escape them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from math import hypot

from argmap.diagram.layout.measure import PERIPHERY, set_text, wrap_of
from argmap.diagram.layout.sheet import Sheet
from argmap.diagram.layout.text import FONTS, drawable, width
from argmap.diagram.model import Arrow, Box, Group, Point
from argmap.diagram.theme import Theme

CORNER = 6.0
"""Radius of a line's corners in points."""
HEAD = 10.0
"""Length of an arrowhead of size 1 in points, as Graphviz draws it."""
RIGHT_TO_LEFT_MARK = "&#8207;"
"""Gives a line its direction, also where it begins with a letter of the other direction."""


def quote(text: str) -> str:
    r"""Write any text as a DOT string.

    >>> print(quote("plain"))
    "plain"
    >>> print(quote('she said "no"'))
    "she said \"no\""
    >>> print(quote("a:b"))                      # unquoted, b would be a port of a
    "a:b"
    >>> print(quote("<b>bold</b>"))              # unquoted, this would be HTML
    "<b>bold</b>"
    >>> print(quote("ends with \\"))             # a single backslash would escape the closing quote
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
    r"""Escape words for an HTML-like label.

    >>> print(html("<script>alert(1)</script> & co"))
    &lt;script&gt;alert(1)&lt;/script&gt; &amp; co
    >>> print(html("\\N \\ "))                   # Graphviz would expand these escapes
    &#92;&#92;N &#92;&#92;
    >>> print(html("&lt; stays"))
    &amp;lt; stays
    """
    return escape(drawable(text), quote=True).replace("\\", "&#92;&#92;")


def dot_of(
    sheet: Sheet,
    theme: Theme,
    *,
    dpi: float | None = None,
    scale: float = 1.0,
    letters: Mapping[str, str] | None = None,
) -> str:
    """Write a sheet as DOT, in the looks of a theme.

    `dpi` is that of a bitmap; by default Graphviz's 72, where a point is a unit of SVG. `scale` shrinks the sheet, for
    paper. `letters` are letters to replace, such as those without a font.
    """
    writer = _Writer(sheet, theme, letters or {})
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
    """Map each `id` of the drawn SVG to its shape. Ids have no hyphens and begin with the diagram's own id."""
    prefix = prefix_of(sheet)
    return {
        **{f"{prefix}_g{n}": group for n, group in enumerate(sheet.groups)},
        **{f"{prefix}_n{n}": box for n, box in enumerate(sheet.boxes)},
        **{f"{prefix}_e{n}": arrow for n, arrow in enumerate(sheet.arrows)},
    }


def prefix_of(sheet: Sheet) -> str:
    """Turn the diagram's id into a word of ASCII letters, digits and underscores; other letters become code points."""
    word = "".join(
        (char if char.isalnum() else "_") if char.isascii() else f"{ord(char):x}" for char in sheet.diagram.id
    )
    return f"{sheet.diagram.kind}_{word}"


class _Writer:
    def __init__(self, sheet: Sheet, theme: Theme, letters: Mapping[str, str]) -> None:
        self.sheet, self.theme, self.prefix = sheet, theme, prefix_of(sheet)
        self.letters = str.maketrans(dict(letters))

    def _at(self, point: Point) -> str:
        """Write a point; Graphviz counts y from the bottom."""
        return f"{point[0]:.2f},{self.sheet.h - point[1]:.2f}"

    def corners(self) -> Iterator[str]:
        """Two invisible nodes that fix the sheet's size."""
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
        if look.angle:
            attributes.append(f"gradientangle={look.angle}")
        if look.double:
            attributes.append("peripheries=2")
        attributes.append(f"label={self._label(box) or quote('')}")
        return f"  {quote(box.id)} [{' '.join(attributes)}]"

    def _html(self, line: str) -> str:
        return html(line.translate(self.letters) or "-" if self.letters else line)

    def _label(self, box: Box) -> str:
        rows = []
        wide = wrap_of(box)
        for paragraph in set_text(box):
            side = {"left": "LEFT", "centre": "CENTER", "right": "RIGHT"}[paragraph.align]
            # Only a cell with a width of its own sets its words to the right.
            wide_cell = f' WIDTH="{wide:.0f}"' if side == "RIGHT" else ""
            mark = RIGHT_TO_LEFT_MARK if paragraph.right_to_left else ""
            words = "".join(f'{mark}{self._html(line)}<BR ALIGN="{side}"/>' for line in paragraph.lines)
            font = paragraph.font
            words = f"<I>{words}</I>" if font.italic else f"<B>{words}</B>" if font.bold else words
            ink = self.theme.ink_of(paragraph.text.role, paragraph.text.series)
            if paragraph.above:
                rows.append(f'<TR><TD HEIGHT="{paragraph.above:g}"></TD></TR>')
            rows.append(
                f'<TR><TD ALIGN="{side}" BALIGN="{side}"{wide_cell}><FONT POINT-SIZE="{font.size:g}" COLOR="{ink}">{words}</FONT></TD></TR>'
            )
        if not rows:
            return ""
        # A table as wide as its box keeps words at the left; without a width, the engine centres it.
        sized = "" if box.text[0].align == "centre" else f' WIDTH="{wide:.0f}"'
        return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"{sized}>{"".join(rows)}</TABLE>>'

    def arrow(self, n: int, arrow: Arrow) -> str:
        stroke = self.theme.of_arrow(arrow)
        path = list(arrow.path or ())
        headed = stroke.head != "none"
        body, tip = _shortened(path, HEAD * stroke.size) if headed else (path, path[-1])
        spline = body if arrow.curved else _rounded(body)
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
                f' label=<<FONT POINT-SIZE="{font.size:g}" COLOR="{ink}">{self._html(arrow.label)}</FONT>>'
            )
        return f"  {quote(arrow.source)} -> {quote(arrow.target)} [{' '.join(attributes)}]"


def _shortened(path: list[Point], by: float) -> tuple[list[Point], Point]:
    """Cut the last `by` points from a path; also return where its tip was."""
    (x0, y0), (x1, y1) = path[-2], path[-1]
    length = hypot(x1 - x0, y1 - y0) or 1.0
    cut = min(by, length * 0.95) / length
    return [*path[:-1], (x1 - (x1 - x0) * cut, y1 - (y1 - y0) * cut)], (x1, y1)


def _rounded(path: list[Point]) -> list[Point]:
    """Turn a line through corners into cubic Béziers with rounded corners: 3n+1 points."""
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
    """Point between a corner and its neighbour where the rounding ends."""
    dx, dy = end[0] - corner[0], end[1] - corner[1]
    length = hypot(dx, dy) or 1.0
    reach = min(CORNER, length / 2) * share / length
    return corner[0] + dx * reach, corner[1] + dy * reach
