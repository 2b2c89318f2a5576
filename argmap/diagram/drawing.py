"""From a diagram to a file's bytes, whatever the format."""

from __future__ import annotations

from typing import Any, Literal, get_args

from argmap.diagram import engine
from argmap.diagram.bridge_shapes import bridge
from argmap.diagram.dot import dot_of
from argmap.diagram.ladder_shapes import ladder
from argmap.diagram.map_shapes import of_map
from argmap.diagram.shapes import Diagram
from argmap.diagram.sheet import Sheet, sheet_of
from argmap.diagram.svg import check_arrows, finished
from argmap.diagram.theme import THEMES, ThemeName
from argmap.diff.result import Diff, Timeline
from argmap.finding import ArgmapError
from argmap.model import Map

Format = Literal["svg", "png", "pdf", "dot", "mmd", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)

MAX_PIXELS = 250_000_000
MAX_SIDE = 30_000
"""Beyond these the engine would shrink a bitmap without asking."""


def draw(
    value: Map | Diff | Timeline | Diagram,
    format: Format = "svg",
    *,
    theme: ThemeName = "light",
    dpi: float = 96,
    timeout: float = engine.TIME_LIMIT,
    **options: Any,
) -> bytes:
    """A map, a diff, a timeline or a diagram as a picture.

    Parameters
    ----------
    value
        What to draw: a map as itself, a diff as a bridge, a timeline as a ladder.
    options
        Those of `of_map`, `bridge` or `ladder`: group, focus, depth, direction, quotes, title.

    Returns
    -------
    bytes
        The file; see `render` for formats, themes and what is raised.
    """
    if isinstance(value, Map):
        value = of_map(value, **options)
    elif isinstance(value, Diff):
        value = bridge(value, **options)
    elif isinstance(value, Timeline):
        value = ladder(value, **options)
    return render(value, format, theme=theme, dpi=dpi, timeout=timeout)


def render(
    diagram: Diagram,
    format: Format,
    *,
    theme: ThemeName = "light",
    dpi: float = 96,
    timeout: float = engine.TIME_LIMIT,
) -> bytes:
    """A diagram as a file's bytes: the same diagram and engine give the same bytes.

    Parameters
    ----------
    diagram
        What to draw.
    format
        svg, png, pdf, dot (every place pinned), mmd (Mermaid), json (the diagram's neutral form).
    theme
        light, dark, or print, which is safe in grey.
    dpi
        Dots an inch, for png.
    timeout
        Seconds that the engine may take.

    Raises
    ------
    ArgmapError
        When format or theme is unknown, the bitmap would be too large, or the engine fails.
    """
    if format not in FORMATS:
        raise ArgmapError(f"cannot draw {format!r}: use one of {', '.join(FORMATS)}")
    if theme not in THEMES:
        raise ArgmapError(f"there is no theme {theme!r}: use one of {', '.join(THEMES)}")
    if format == "json":
        return diagram.to_json().encode("utf-8")
    sheet = sheet_of(diagram)
    if format == "png":
        _check_size(sheet, dpi)
    dot = dot_of(sheet, THEMES[theme], dpi if format == "png" else None)
    if format == "dot":
        return dot.encode("utf-8")
    wanted = ("svg",) if format == "svg" else ("svg", format)
    *_, picture = pictures = engine.run(dot, wanted, timeout)
    check_arrows(pictures[0], sheet)
    return finished(picture, sheet) if format == "svg" else picture


def _check_size(sheet: Sheet, dpi: float) -> None:
    if not 10 <= dpi <= 1200:
        raise ArgmapError(f"dpi is from 10 to 1200, not {dpi:g}")
    w, h = sheet.w * dpi / 72, sheet.h * dpi / 72
    if max(w, h) > MAX_SIDE or w * h > MAX_PIXELS:
        fits = min(MAX_SIDE / max(sheet.w, sheet.h), (MAX_PIXELS / sheet.w / sheet.h) ** 0.5) * 72
        raise ArgmapError(
            f"at {dpi:g} dpi the bitmap would be {w:.0f} × {h:.0f} pixels: draw SVG or PDF, or pass dpi={fits:.0f} or less"
        )
