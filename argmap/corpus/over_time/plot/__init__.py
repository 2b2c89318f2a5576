"""Plot where texts stand over time: a panel for each mode, a lane for each position, a mark for each text.

    ought to be · 40 texts          2009-11 – 2010-02
    a ban            ▒▒▒▒▒▒▒▒▒▒▒▒┆▓●▓■●▓▓●■▓     ▓ the position of the text in the middle of a period
    separate rooms   ◆   ◆ ■  ◆  ┆ ◆  ■   ◆
    the owner        ▓●▓■▓●▓■▓●▓▓┆
                     2001        2010      2020

Matplotlib draws it, for it has half filled marks in every shape, as argmap's pictures need, and writes SVG, PNG and PDF without a
browser. In SVG each mark has a title with the words that it was read from; in HTML it leads to them as well.
"""

from __future__ import annotations

import io
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from argmap.corpus.over_time import words
from argmap.corpus.over_time.model import Point, Trends
from argmap.corpus.over_time.plot.sheet import Sheet
from argmap.diagram import fonts
from argmap.diagram.drawing import Drawing
from argmap.diagram.layout.text import drawable
from argmap.diagram.theme import CODED, CODES, FONT_STACK, THEMES, Theme, ThemeName
from argmap.findings import ArgmapError, Finding, Place
from argmap.version import PDF_MARK

PlotFormat = Literal["svg", "png", "pdf", "html"]
WIDE, NARROW = 1000, 390
LEAST_WIDTH, MOST_WIDTH = 320, 4000
MOST_NAMED = 12
"""Letters that no font has, of which a finding names so many."""
_SVG = "{http://www.w3.org/2000/svg}"


def plot(found: Trends, format: PlotFormat = "svg", *, width: int = WIDE, theme: ThemeName = "light") -> Drawing:  # noqa: A002 - as `argmap.draw`
    """Plot a trend.

    Parameters
    ----------
    found
        The trend.
    format
        svg, png, pdf, or html: a page with the plot and all quotes, which follows the reader's light or dark.
    width
        Width in pixels, from 320 to 4000; a png has two dots a pixel.
    theme
        light, dark, or print, which is safe in greyscale.

    Returns
    -------
    Drawing
        The file's bytes. Of png and pdf, `findings` names the letters that no font has.

    Raises
    ------
    ArgmapError
        If Matplotlib is not installed, the width or the format is none of these, or there is no point.
    """
    if format not in (known := get_args(PlotFormat)):
        raise ArgmapError(f"no format {format!r}: use one of {', '.join(known)}")
    if format == "html":
        from argmap.corpus.over_time.page import page

        return Drawing(page(found).encode(), format)
    return _drawn(found, format, width, THEMES[theme])


def plot_for_page(found: Trends, width: int) -> str:
    """Plot a trend as an `svg` element that follows the colours of the page, with links to `#point-0`, `#point-1` and so on."""
    svg = _drawn(found, "svg", width, CODED).decode()
    return svg[svg.index("<svg") :]


def _drawn(found: Trends, format_: PlotFormat, width_: int, theme: Theme) -> Drawing:
    if not LEAST_WIDTH <= width_ <= MOST_WIDTH:
        raise ArgmapError(f"the width of a plot is from {LEAST_WIDTH} to {MOST_WIDTH} pixels, not {width_}")
    if not found.texts:
        raise ArgmapError("there is no text with a date, so there is nothing to plot")
    try:
        import matplotlib as mpl
    except ImportError:
        raise ArgmapError("a plot needs Matplotlib: pip install 'argmap[trends]'") from None
    families = _families()
    settings: Any = {
        "font.family": families[:1] if format_ == "svg" else families,
        "svg.fonttype": "none",
        "svg.hashsalt": f"argmap {width_}",
        "pdf.fonttype": 42,
        "text.parse_math": False,
    }
    dateless = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}.get(format_)
    dpi = 144 if format_ == "png" else 72
    out = io.BytesIO()
    with mpl.rc_context(settings), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        figure = Sheet(found, float(width_), theme).figure()
        figure.savefig(out, format=format_, facecolor=theme.paper, dpi=dpi, metadata=dateless)
    if format_ == "svg":  # the reader's browser chooses fonts
        return Drawing(_finished(out.getvalue(), found, theme is CODED), format_)
    mark = b"\n" + PDF_MARK if format_ == "pdf" else b""
    return Drawing(
        out.getvalue().rstrip(b"\n") + mark if mark else out.getvalue(), format_, _missing(caught, found.issue)
    )


def _missing(caught: Sequence[warnings.WarningMessage], issue: str) -> tuple[Finding, ...]:
    """Name the letters that no font has, as Matplotlib warns of them."""
    codes = {int(found[1]) for each in caught if (found := re.match(r"Glyph (\d+) ", str(each.message)))}
    if not codes:
        return ()
    named = ", ".join(f"{chr(code)} (U+{code:04X})" for code in sorted(codes)[:MOST_NAMED])
    more = f" and {len(codes) - MOST_NAMED} more" if len(codes) > MOST_NAMED else ""
    message = f"no font on this machine has {named}{more}; drawn as boxes."
    hint = "Draw SVG or HTML, which leave the choice of fonts to the reader's browser."
    return (Finding("no-font", "warning", message, Place(issue), hint),)


@cache
def _families() -> list[str]:
    """Give Matplotlib the fonts of argmap's pictures, and the machine's for the letters that they lack."""
    from matplotlib.font_manager import fontManager

    for path in sorted(Path(fonts.__file__).parent.glob("*.ttf")):
        fontManager.addfont(path)
    known = {font.name for font in fontManager.ttflist}
    return [name for name in ("Liberation Sans", "Noto Sans CJK JP", "Noto Sans", "DejaVu Sans") if name in known]


def _finished(svg: bytes, found: Trends, for_page: bool) -> bytes:
    """Give each mark its words, the picture a title, and words the fonts of argmap's pictures; remove ids that nothing needs."""
    ET.register_namespace("", _SVG[1:-1])
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ET.fromstring(svg)  # noqa: S314 - drawn here
    for metadata in root.findall(f"{_SVG}metadata"):
        root.remove(metadata)
    used = {*re.findall(rb'(?:href="#|url\(#)([\w.-]+)', svg)}
    for parent in list(root.iter()):
        for n, element in enumerate(list(parent)):
            place = re.fullmatch(r"point-of-(\d+)", element.get("id", ""))
            if place:
                point = found.points[int(place[1])]
                title = ET.Element(f"{_SVG}title")
                title.text = told(found, point)
                element.insert(0, title)
                element.set("class", f"point {point.mode}")
                element.set("role", "img")
                if for_page:
                    link = ET.Element(f"{_SVG}a", {"href": f"#point-{place[1]}", "aria-label": title.text})
                    link.append(element)
                    parent[n] = link
            if element.get("id", "").encode() not in used:
                element.attrib.pop("id", None)
            if style := element.get("style"):
                style = style.replace("'Liberation Sans'", FONT_STACK.replace('"', "'"))
                element.set("style", re.sub("|".join(CODES), _both, style) if for_page else style)
    for name, text in (("desc", " ".join(words.lines(found)[:3])), ("title", found.question)):
        told_ = ET.Element(f"{_SVG}{name}")
        told_.text = drawable(text)
        root.insert(0, told_)
    root.attrib |= {key: root.get(key, "").removesuffix("pt") for key in ("width", "height")}  # pixels
    root.attrib |= {"role": "group", "aria-label": drawable(found.question)}
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _both(code: re.Match[str]) -> str:
    """Replace a code by its colours on light and on dark pages."""
    light, dark, _ = CODES[code[0]]
    return light if light == dark else f"light-dark({light}, {dark})"


def told(found: Trends, point: Point) -> str:
    """Tell a point in a few lines: when, who, where it stands, on which condition, and the words."""
    head = " · ".join(
        filter(None, [point.date, point.voice, f"{words.SAYS[point.mode]}: {found.label_of(point.position)}"])
    )
    hanging = [f"on the condition “{point.condition}”"] if point.condition else []
    return "\n".join(map(drawable, [head, *hanging, words.words_of(point), f"{point.map} {point.claim}"]))
