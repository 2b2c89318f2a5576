"""A trend as one HTML file: the plot, whose marks lead to their words; what changed; who moved; and every text.

It loads nothing and runs no script. The plot is there twice, for wide and for narrow windows.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from argmap.corpus.over_time import words
from argmap.corpus.over_time.model import Trends
from argmap.corpus.over_time.plot import NARROW, WIDE, plot_for_page
from argmap.corpus.over_time.plot.sheet import SILENT
from argmap.diagram.theme import THEMES
from argmap.text_tools import counted
from argmap.version import __version__

if TYPE_CHECKING:
    import jinja2


def page(found: Trends) -> str:
    """Write a trend as an HTML document; raise ArgmapError without Matplotlib, or if no text has a date."""
    from markupsafe import Markup

    plots = {
        name: Markup(plot_for_page(found, width).replace("<svg", f'<svg class="{name}"', 1))  # noqa: S704 - drawn here, its words escaped
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    }
    return _template().render(
        found=found,
        light=THEMES["light"],
        dark=THEMES["dark"],
        moved=[move for move in found.movers if move.moved],
        rows=words.table(found),
        says=words.SAYS,
        silent=SILENT,
        method=words.method(found),
        counted=counted,
        version=__version__,
        **{
            name: getattr(words, name)
            for name in ("heading", "verdict", "period_in_words", "sureness", "in_words", "shown", "words_of", "others")
        },
        **plots,
    )


@cache
def _template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters["capitalised"] = lambda text: text[:1].upper() + text[1:]
    return environment.from_string(Path(__file__).with_name("page.html").read_text("utf-8"))
