"""One picture as an HTML file: it moves, zooms, searches and folds, and loads nothing. For a site or slides, in an `iframe`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from argmap.diagram import viewer
from argmap.diagram.outlines import outline
from argmap.diagram.render.inline import Palette, inline
from argmap.version import __version__

if TYPE_CHECKING:
    import jinja2

    from argmap.diagram.model import Diagram
    from argmap.diagram.render.inline import Plan

_ALONE = Path(viewer.__file__).parent / "alone"
FORCED = {"dark": "dark", "print": "light"}
"""Themes that do not follow the reader's system."""


def html_of(diagram: Diagram, svg: bytes, plan: Plan, theme: str) -> str:
    """Write a picture as one HTML document, with the picture in words after it.

    `svg` is the sheet of `plan`, drawn in the theme `CODED`. The theme `light` follows the reader's system, `dark` and
    `print` do not; `#light` and `#dark` in the address decide before.
    """
    from markupsafe import Markup

    palette = Palette()
    title = diagram.title or diagram.id
    picture = inline(svg, plan, diagram.kind, title, palette, crop=False)
    style = "\n".join([viewer.style(), _read("style.css"), palette.css()])
    script = f'(async () => {{\n"use strict";\n{viewer.script()}\n{_read("script.js")}}})();\n'
    return _template().render(
        title=title,
        kind=diagram.kind,
        theme=FORCED.get(theme),
        picture=picture,
        svg=Markup(picture.svg),  # noqa: S704 - made of allowed elements only
        parts=viewer.compressed(json.dumps(picture.parts)) if picture.parts else "",
        words=outline(diagram),
        policy=viewer.policy(style, script),
        style=Markup(style),  # noqa: S704 - the package's own files
        script=Markup(script),  # noqa: S704
        version=__version__,
    )


@cache
def _read(name: str) -> str:
    return (_ALONE / name).read_text(encoding="utf-8")


@cache
def _template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    return environment.from_string(_read("page.html"))
