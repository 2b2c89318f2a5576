"""From a diagram to a file's bytes, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args

from argmap.diagram import engine
from argmap.diagram.bridge_shapes import bridge
from argmap.diagram.dot import dot_of
from argmap.diagram.ladder_shapes import ladder
from argmap.diagram.map_shapes import of_map
from argmap.diagram.mermaid import mermaid_of
from argmap.diagram.paper import PAPERS, Paper, pages_of
from argmap.diagram.shapes import Diagram
from argmap.diagram.sheet import Sheet, sheet_of
from argmap.diagram.svg import check_arrows, finished
from argmap.diagram.theme import THEMES, Theme, ThemeName
from argmap.finding import ArgmapError
from argmap.model import Map

if TYPE_CHECKING:
    from argmap.diff.result import Diff, Timeline

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
    paper: Paper | None = None,
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
    diagram = value if isinstance(value, Diagram) else _diagram_of(value, options)
    return render(diagram, format, theme=theme, dpi=dpi, paper=paper, timeout=timeout)


def _diagram_of(value: Map | Diff | Timeline, options: Mapping[str, Any]) -> Diagram:
    if isinstance(value, Map):
        return of_map(value, **options)
    from argmap.diff.result import Timeline

    # A map of three thousand claims can be drawn without the machinery that compares maps ever being loaded.
    return ladder(value, **options) if isinstance(value, Timeline) else bridge(value, **options)


def render(
    diagram: Diagram,
    format: Format,
    *,
    theme: ThemeName = "light",
    dpi: float = 96,
    paper: Paper | None = None,
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
    paper
        a4 or a3, for pdf: on as many pages as it takes to keep every word legible. One page of any size when left out.
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
    if format == "mmd":
        return mermaid_of(diagram, THEMES[theme]).encode("utf-8")
    if paper is not None:
        return _on_paper(diagram, format, paper, THEMES[theme], timeout)
    sheet = sheet_of(diagram)
    if format == "png":
        _check_size(sheet, dpi)
    dot = dot_of(sheet, THEMES[theme], dpi=dpi if format == "png" else None)
    if format == "dot":
        return dot.encode("utf-8")
    if format == "svg":
        (svg,) = engine.run(dot, ("svg",), timeout)
        check_arrows(svg, sheet)
        return finished(svg, sheet)
    svg, picture = engine.run(dot, ("svg", format), timeout)
    check_arrows(svg, sheet)
    return _undated(picture) if format == "pdf" else picture


def _on_paper(diagram: Diagram, format: Format, paper: Paper, theme: Theme, timeout: float) -> bytes:
    if format != "pdf":
        raise ArgmapError(f"paper is for PDF, not for {format}")
    if paper not in PAPERS:
        raise ArgmapError(f"there is no paper {paper!r}: use one of {', '.join(PAPERS)}")
    pictures = []
    for page in pages_of(diagram, paper):
        svg, picture = engine.run(dot_of(page.sheet, theme, scale=page.scale), ("svg", "pdf"), timeout)
        check_arrows(svg, page.sheet)
        pictures.append(_undated(picture))
    return pictures[0] if len(pictures) == 1 else _bound(pictures)


def _bound(pictures: Iterable[bytes]) -> bytes:
    """Several PDFs as the pages of one."""
    from io import BytesIO

    from pypdf import PdfWriter

    writer = PdfWriter()
    for picture in pictures:
        writer.append(BytesIO(picture))
    bound = BytesIO()
    writer.write(bound)
    return bound.getvalue()


def _undated(pdf: bytes) -> bytes:
    """The same PDF without the time of its making, so that the same diagram gives the same bytes."""
    return re.sub(rb"/CreationDate \([^)]*\)", lambda date: b" " * len(date[0]), pdf)


def _check_size(sheet: Sheet, dpi: float) -> None:
    if not 10 <= dpi <= 1200:
        raise ArgmapError(f"dpi is from 10 to 1200, not {dpi:g}")
    w, h = sheet.w * dpi / 72, sheet.h * dpi / 72
    if max(w, h) > MAX_SIDE or w * h > MAX_PIXELS:
        fits = min(MAX_SIDE / max(sheet.w, sheet.h), (MAX_PIXELS / sheet.w / sheet.h) ** 0.5) * 72
        raise ArgmapError(
            f"at {dpi:g} dpi the bitmap would be {w:.0f} × {h:.0f} pixels: draw SVG or PDF, or pass dpi={int(fits)} or less"
        )
