"""Draw a value as a file: SVG, PNG, PDF, DOT, Mermaid or JSON."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from argmap.diagram import fonts
from argmap.diagram.folding import FOLD_BEYOND
from argmap.diagram.layout.paper import PAPERS, Page, Paper, pages_of
from argmap.diagram.layout.sheet import Sheet, sheet_of, words_of
from argmap.diagram.layout.text import stand_in
from argmap.diagram.model import Diagram
from argmap.diagram.pictures import Subject, picture_named
from argmap.diagram.render import engine
from argmap.diagram.render.dot import dot_of
from argmap.diagram.render.inline import Plan, plan_of
from argmap.diagram.render.mermaid import mermaid_of
from argmap.diagram.render.svg import Finish, check_arrows
from argmap.diagram.theme import CODED, THEMES, Theme, ThemeName
from argmap.findings import ArgmapError, Finding, Place
from argmap.model import Map
from argmap.version import PDF_MARK

if TYPE_CHECKING:
    from argmap.diff.model import Diff, Timeline

Format = Literal["svg", "png", "pdf", "html", "dot", "mmd", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
DEFAULT: dict[Subject, str] = {"map": "map", "diff": "bridge", "timeline": "dumbbells"}
"""The picture that is drawn when none is named."""

MAX_PIXELS = 250_000_000
MAX_SIDE = 30_000
"""The engine would shrink a larger bitmap without a warning."""
MOST_NAMED = 12
"""A finding names up to this many letters."""


class Drawing(bytes):
    """The bytes of a drawn file; a notebook shows SVG and PNG as pictures."""

    format: Format
    findings: tuple[Finding, ...]
    """Letters that no font has."""

    def __new__(cls, data: bytes, format: Format, findings: tuple[Finding, ...] = ()) -> Drawing:  # noqa: A002
        """Keep the bytes, their format and the findings."""
        drawing = super().__new__(cls, data)
        drawing.format, drawing.findings = format, findings
        return drawing

    def __repr__(self) -> str:
        return f"<{self.format} of {len(self):,} bytes>"

    def _repr_svg_(self) -> str | None:
        return self.decode() if self.format == "svg" else None

    def _repr_html_(self) -> str | None:
        return framed(self.decode()) if self.format == "html" else None

    def _repr_png_(self) -> bytes | None:
        return bytes(self) if self.format == "png" else None


def draw(
    value: Map | Diff | Timeline | Diagram,
    format: Format = "svg",  # noqa: A002 - mirrors the command line
    *,
    picture: str | None = None,
    theme: ThemeName = "light",
    dpi: float = 96,
    paper: Paper | None = None,
    timeout: float = engine.TIME_LIMIT,
    **options: Any,
) -> Drawing:
    """Draw a map, a diff, a timeline or a diagram. The same value always gives the same bytes.

    Parameters
    ----------
    value
        What to draw.
    format
        svg, png, pdf, html (one file that moves, zooms, searches and folds, and loads nothing), dot (with every place
        pinned), mmd (Mermaid) or json (boxes and arrows by role).
    picture
        Name of the picture. By default a map is drawn as `map`, a diff as `bridge`, a timeline as `dumbbells`.
    theme
        light, dark, or print, which is safe in greyscale.
    dpi
        Dots per inch of a png.
    paper
        a4 or a3: split a pdf into pages of this size. By default a pdf has one page of any size.
    timeout
        Seconds that the layout engine may take.
    **options
        Options of the picture, such as group, focus, depth, direction, quotes and title.

    Returns
    -------
    Drawing
        The file's bytes. For PNG and PDF, `findings` names the letters that no font has; they are drawn as □.

    Raises
    ------
    ArgmapError
        If the format, theme, paper or picture is unknown, the bitmap is too large, or the engine fails.
    """
    _choose("format", format, FORMATS)
    _choose("theme", theme, THEMES)
    if paper is not None:
        _choose("paper", paper, PAPERS)
        if format != "pdf":
            raise ArgmapError(f"paper is for PDF, not for {format}")
    looks = THEMES[theme]
    if format == "svg":
        with engine.Child(("svg",)) as child:
            return Drawing(_svg(sheet_of(_diagram_of(value, picture, options)), looks, child, timeout), format)
    diagram = _diagram_of(value, picture, options)
    match format:
        case "json":
            return Drawing(diagram.to_json().encode(), format)
        case "mmd":
            return Drawing(mermaid_of(diagram, looks).encode(), format)
        case "html":
            from argmap.diagram.render.html import html_of

            drawn_once = draw_for_page(diagram, timeout=timeout)
            return Drawing(html_of(diagram, drawn_once.svg, drawn_once.plan, theme).encode(), format)
        case "dot":
            return Drawing(dot_of(sheet_of(diagram), looks).encode(), format)
    pages = pages_of(diagram, paper) if paper else (Page(sheet_of(diagram), 1.0),)
    letters = _Letters.of([page.sheet for page in pages])
    drawn = [_fixed(page, format, looks, letters, dpi, timeout) for page in pages]
    return Drawing(_bound(drawn), format, letters.findings(diagram))


@dataclass(frozen=True, slots=True)
class ForPage:
    """A picture drawn for an HTML page; `render.inline` puts it there."""

    svg: bytes
    plan: Plan


def framed(html: str) -> str:
    """Put a document into an `iframe`, so that its script and style stay apart from the page around it."""
    from html import escape, unescape

    title = re.search("<title>(.*?)</title>", html)
    name = escape(unescape(title[1])) if title else "picture"
    return (
        f'<iframe srcdoc="{escape(html)}" title="{name}" sandbox="allow-scripts" loading="lazy"'
        f' style="width: 100%; height: 520px; border: 0"></iframe>'
    )


def draw_for_page(diagram: Diagram, *, beyond: int = FOLD_BEYOND, timeout: float = engine.TIME_LIMIT) -> ForPage:
    """Draw a picture for an HTML page, in codes for colours; a map of more than `beyond` claims starts folded."""
    with engine.Child(("svg",)) as child:
        plan = plan_of(diagram, beyond)
        return ForPage(_svg(plan.sheet, CODED, child, timeout), plan)


def draw_files(diagram: Diagram, theme: ThemeName = "light") -> tuple[Drawing, Drawing]:
    """Draw a picture as SVG and as PDF; where the carried fonts have all letters, in one run of the engine."""
    sheet = sheet_of(diagram)
    if fonts.lacking(words_of(sheet)):
        return draw(diagram, "svg", theme=theme), draw(diagram, "pdf", theme=theme)
    with engine.Child(("svg", "pdf")) as child:
        child.send(dot_of(sheet, THEMES[theme]))
        finish = Finish(sheet)
        svg, pdf = child.pictures(engine.TIME_LIMIT)
    check_arrows(svg, sheet)
    return Drawing(finish(svg), "svg"), Drawing(_bound([_undated(pdf)]), "pdf")


def _undated(pdf: bytes) -> bytes:
    """Remove the time of day that the engine writes into a PDF, so that the same diagram gives the same bytes."""
    return re.sub(rb"/CreationDate \([^)]*\)", lambda date: b" " * len(date[0]), pdf)


def _choose(what: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        raise ArgmapError(f"no {what} {value!r}: use one of {', '.join(known)}")


def _diagram_of(value: Map | Diff | Timeline | Diagram, picture: str | None, options: dict[str, Any]) -> Diagram:
    if isinstance(value, Diagram):
        return value
    subject: Subject = "map"
    if not isinstance(value, Map):
        from argmap.diff.model import Timeline  # a map is drawn without loading what compares maps

        subject = "timeline" if isinstance(value, Timeline) else "diff"
    return picture_named(picture or DEFAULT[subject], subject).build(value, **options)


def _svg(sheet: Sheet, theme: Theme, child: engine.Child, timeout: float) -> bytes:
    """Draw a sheet as SVG with the carried fonts only; letters that they lack are put in afterwards."""
    letters = {char: stand_in(char) for char in fonts.lacking(words_of(sheet))}
    child.send(dot_of(sheet, theme, letters=letters))
    finish = Finish(sheet)
    (svg,) = child.pictures(timeout)
    check_arrows(svg, sheet)
    return finish(svg)


@dataclass(frozen=True, slots=True)
class _Letters:
    """Letters that the carried fonts lack."""

    elsewhere: bool
    """True if fonts of the machine have some of them."""
    missing: frozenset[str]

    @classmethod
    def of(cls, sheets: Sequence[Sheet]) -> _Letters:
        """Look for the letters of some sheets in the machine's fonts."""
        lacking = {char for sheet in sheets for char in fonts.lacking(words_of(sheet))}
        missing = fonts.without_font(lacking)
        return cls(bool(lacking - missing), frozenset(missing))

    def findings(self, diagram: Diagram) -> tuple[Finding, ...]:
        """Name the letters that no font has."""
        named = [f"{char} (U+{ord(char):04X})" for char in sorted(self.missing - {"\ufffd"})]
        if not named:
            return ()
        more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
        message = f"no font on this machine has {', '.join(named[:MOST_NAMED])}{more}; drawn as {fonts.SUBSTITUTE}."
        hint = "Install a font for this script, or draw SVG, which leaves the choice of fonts to the reader's browser."
        return (Finding("no-font", "warning", message, Place(diagram.id), hint),)


def _fixed(page: Page, format_: Format, theme: Theme, letters: _Letters, dpi: float, timeout: float) -> bytes:
    """Draw a page as PNG or PDF, whose letters are fixed once drawn."""
    sheet = page.sheet
    if format_ == "png":
        _check_size(sheet, dpi)
    replaced = {char: stand_in(char) and fonts.SUBSTITUTE for char in letters.missing}
    dot = dot_of(sheet, theme, dpi=dpi if format_ == "png" else None, scale=page.scale, letters=replaced)
    svg, picture = engine.run(dot, ("svg", format_), timeout, machine_fonts=letters.elsewhere)
    check_arrows(svg, sheet)
    return _undated(picture)


def _bound(pages: Sequence[bytes]) -> bytes:
    """Join several PDFs into one, and end a PDF with the mark by which argmap knows its own."""
    if len(pages) == 1:
        return pages[0].rstrip(b"\n") + b"\n" + PDF_MARK if pages[0].startswith(b"%PDF-") else pages[0]
    from io import BytesIO

    from pypdf import PdfWriter

    writer = PdfWriter()
    for page in pages:
        writer.append(BytesIO(page))
    bound = BytesIO()
    writer.write(bound)
    joined: bytes = bound.getvalue()
    return joined.rstrip(b"\n") + b"\n" + PDF_MARK


def _check_size(sheet: Sheet, dpi: float) -> None:
    if not 10 <= dpi <= 1200:
        raise ArgmapError(f"dpi must be from 10 to 1200, not {dpi:g}")
    w, h = sheet.w * dpi / 72, sheet.h * dpi / 72
    if max(w, h) > MAX_SIDE or w * h > MAX_PIXELS:
        fits = min(MAX_SIDE / max(sheet.w, sheet.h), (MAX_PIXELS / sheet.w / sheet.h) ** 0.5) * 72
        raise ArgmapError(
            f"at {dpi:g} dpi the bitmap would be {w:.0f} × {h:.0f} pixels: draw SVG or PDF, or use dpi={int(fits)} or less"
        )
