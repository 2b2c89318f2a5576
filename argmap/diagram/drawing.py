"""From a diagram to a file's bytes, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

from argmap.diagram.layout.paper import PAPERS, Paper, pages_of
from argmap.diagram.layout.sheet import Sheet, sheet_of
from argmap.diagram.model import Diagram
from argmap.diagram.pictures.bridge_picture import bridge
from argmap.diagram.pictures.ladder_picture import ladder
from argmap.diagram.pictures.map_picture import of_map
from argmap.diagram.render import engine
from argmap.diagram.render.dot import dot_of
from argmap.diagram.render.mermaid import mermaid_of
from argmap.diagram.render.svg import check_arrows, finished
from argmap.diagram.theme import THEMES, Theme, ThemeName
from argmap.findings import ArgmapError
from argmap.model import Map

if TYPE_CHECKING:
    from argmap.diff.model import Diff, Timeline

Format = Literal["svg", "png", "pdf", "dot", "mmd", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)

MAX_PIXELS = 250_000_000
MAX_SIDE = 30_000
"""Beyond these the engine would shrink a bitmap without asking."""


class Picture(bytes):
    """A drawn file's bytes; a notebook shows what they are of."""

    format: Format

    def __new__(cls, data: bytes, format: Format) -> Picture:
        """The bytes, and what they are."""
        picture = super().__new__(cls, data)
        picture.format = format
        return picture

    def __repr__(self) -> str:
        return f"<{self.format} of {len(self):,} bytes>"

    def _repr_svg_(self) -> str | None:
        return self.decode() if self.format == "svg" else None

    def _repr_png_(self) -> bytes | None:
        return bytes(self) if self.format == "png" else None


def draw(
    value: Map | Diff | Timeline | Diagram,
    format: Format = "svg",
    *,
    theme: ThemeName = "light",
    dpi: float = 96,
    paper: Paper | None = None,
    timeout: float = engine.TIME_LIMIT,
    **options: Any,
) -> Picture:
    """A map, a diff, a timeline or a diagram as a picture.

    Parameters
    ----------
    value
        What to draw: a map as itself, a diff as a bridge, a timeline as a ladder.
    options
        Those of `of_map`, `bridge` or `ladder`: group, focus, depth, direction, quotes, title.

    Returns
    -------
    Picture
        The file's bytes; see `render` for formats, themes and what is raised.
    """
    diagram = value if isinstance(value, Diagram) else _diagram_of(value, options)
    return render(diagram, format, theme=theme, dpi=dpi, paper=paper, timeout=timeout)


def _diagram_of(value: Map | Diff | Timeline, options: Mapping[str, Any]) -> Diagram:
    if isinstance(value, Map):
        return of_map(value, **options)
    from argmap.diff.model import Timeline

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
) -> Picture:
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
    if paper is not None and format != "pdf":
        raise ArgmapError(f"paper is for PDF, not for {format}")
    if paper is not None and paper not in PAPERS:
        raise ArgmapError(f"there is no paper {paper!r}: use one of {', '.join(PAPERS)}")
    looks = THEMES[theme]
    if format == "json":
        data = diagram.to_json().encode()
    elif format == "mmd":
        data = mermaid_of(diagram, looks).encode()
    elif paper is not None:
        data = _bound([_pdf(page.sheet, looks, timeout, page.scale) for page in pages_of(diagram, paper)])
    else:
        data = _of_sheet(sheet_of(diagram), format, looks, dpi, timeout)
    return Picture(data, format)


def _of_sheet(sheet: Sheet, format: Format, theme: Theme, dpi: float, timeout: float) -> bytes:
    match format:
        case "dot":
            return dot_of(sheet, theme).encode()
        case "pdf":
            return _pdf(sheet, theme, timeout)
        case "png":
            _check_size(sheet, dpi)
            svg, png = engine.run(dot_of(sheet, theme, dpi=dpi), ("svg", "png"), timeout)
            check_arrows(svg, sheet)
            return png
        case _:
            (svg,) = engine.run(dot_of(sheet, theme), ("svg",), timeout)
            check_arrows(svg, sheet)
            return finished(svg, sheet)


def _pdf(sheet: Sheet, theme: Theme, timeout: float, scale: float = 1.0) -> bytes:
    svg, pdf = engine.run(dot_of(sheet, theme, scale=scale), ("svg", "pdf"), timeout)
    check_arrows(svg, sheet)
    # The engine notes the time; without it, the same diagram gives the same bytes.
    return re.sub(rb"/CreationDate \([^)]*\)", lambda date: b" " * len(date[0]), pdf)


def _bound(pages: Sequence[bytes]) -> bytes:
    """Several PDFs as the pages of one."""
    if len(pages) == 1:
        return pages[0]
    from io import BytesIO

    from pypdf import PdfWriter

    writer = PdfWriter()
    for page in pages:
        writer.append(BytesIO(page))
    bound = BytesIO()
    writer.write(bound)
    return bound.getvalue()


def _check_size(sheet: Sheet, dpi: float) -> None:
    if not 10 <= dpi <= 1200:
        raise ArgmapError(f"dpi is from 10 to 1200, not {dpi:g}")
    w, h = sheet.w * dpi / 72, sheet.h * dpi / 72
    if max(w, h) > MAX_SIDE or w * h > MAX_PIXELS:
        fits = min(MAX_SIDE / max(sheet.w, sheet.h), (MAX_PIXELS / sheet.w / sheet.h) ** 0.5) * 72
        raise ArgmapError(
            f"at {dpi:g} dpi the bitmap would be {w:.0f} × {h:.0f} pixels: draw SVG or PDF, or pass dpi={int(fits)} or less"
        )
