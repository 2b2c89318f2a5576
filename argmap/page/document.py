"""Write the page: one HTML file with everything inside.

    View ─┐
    data ─┼─ templates ─▶ one HTML file: style, script and pictures inlined, nothing loaded
    SVG  ─┘

All words of a map are escaped by Jinja or by `data_block`. The content policy in the head allows only the scripts
and the style sheet of this package, by their hashes, and forbids loading anything.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmap.diagram import viewer
from argmap.diagram.folding import FOLD_BEYOND
from argmap.diagram.render.inline import Palette, inline
from argmap.diff.model import Diff, Timeline
from argmap.model import Map
from argmap.page import phrases
from argmap.page.build_view import view_of
from argmap.page.model import View
from argmap.page.packing import packed
from argmap.page.pictures import PagePicture
from argmap.page.script_data import became_of, data_of
from argmap.text_tools import counted
from argmap.version import __version__

if TYPE_CHECKING:
    import jinja2

_HERE = Path(__file__).parent
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def build(
    maps: Sequence[Map],
    diffs: Sequence[Diff] = (),
    timeline: Timeline | None = None,
    pictures: Sequence[PagePicture] = (),
    *,
    title: str | None = None,
    notes: Sequence[str] = (),
    live: bool = False,
) -> str:
    """Write the report as one HTML document. Only the package's own templates are read; nothing is saved.

    `maps` are in the order of their dates, each with its own id; each of the `diffs` compares two of them, and the
    `timeline` has the positions of all, unless there is one map alone. `pictures` are drawn in light and dark; a diff
    or map without one is shown only in words. The title is by default the names of the maps. `notes` say what could not
    be shown, and why. A page that is `live` reloads when the server says so; `watch` serves it.
    """
    return render(view_of(maps, diffs, timeline, title), pictures, notes=notes, live=live)


@dataclass(frozen=True, slots=True)
class Around:
    """The links of a page that is one of many."""

    home: str
    """Address of the index."""
    links: tuple[tuple[str, str, str], ...] = ()
    """To pages of the same report: what the link leads to, its words, its address."""


def render(
    view: View,
    pictures: Sequence[PagePicture],
    *,
    notes: Sequence[str] = (),
    live: bool = False,
    around: Around | None = None,
) -> str:
    """Write a view as one HTML document, with links to other pages if it is one of many; see `build`."""
    palette = Palette()
    large = any(len(text.claims) > FOLD_BEYOND for text in view.texts)
    firsts: dict[tuple[str, ...], int] = {(pair.before.id, pair.after.id): pair.first for pair in view.pairs}
    shown = _shown(pictures, palette, firsts)
    data = showable(data_of(view))
    return filled(
        environment(large=large).get_template("page.html"),
        style=[
            *assets("style", "[1-9]-*.css"),
            *(assets("style/many", "0-*.css") if around else ()),
            viewer.style(),
            series_style(),
            palette.css(),
        ],
        script=[viewer.script(), *assets("script", "[1-9]-*.js")],
        live=live,
        data=viewer.compressed(json.dumps(data)) if large else data,
        view=view,
        large=large,
        pictures=shown,
        around=around,
        changes_of=became_of(view),
        answered={ref for pair in view.pairs for ref in _matched(pair.diff)},
        issues=_issues(view),
        words=_words(view),
        rules=_rules(),
        says=phrases.SAYS,
        means=phrases.means,
        stands=phrases.stands,
        because=phrases.BECAUSE,
        notes=notes,
    )


def filled(
    template: jinja2.Template,
    *,
    style: Sequence[str],
    script: Sequence[str],
    data: Any,
    live: bool = False,
    own_files: bool = False,
    **values: Any,
) -> str:
    """Fill a template of a whole page, with its style, scripts and content policy.

    The template shows `policy`, `style`, `early`, `script`, `data`, `version` and the values. `data` are values for the
    script; `live` is as for `build`; `own_files` allows the page to load scripts of its own folder.
    """
    from markupsafe import Markup

    sheet, early = "\n".join(style), asset("script/early.js")
    code = '(async () => {\n"use strict";\n' + "\n".join(script) + "})();\n" + (asset("script/live.js") if live else "")
    policy = viewer.policy(sheet, early, code, more={"connect-src": "'self'"} if live else None)
    if own_files:  # a page that was opened from disk has no origin that `'self'` could name
        policy = policy.replace("script-src ", "script-src 'self' file: ")
    return template.render(
        policy=policy,
        style=Markup(sheet),  # noqa: S704 - the package's own files
        early=Markup(early),  # noqa: S704
        script=Markup(code),  # noqa: S704
        data=Markup(data_block(data)),  # noqa: S704 - escaped by data_block
        plural=counted,
        version=__version__,
        **values,
    )


def live(html: str, up: str) -> str:
    """Let a finished page of a report of many reload itself when the server says so.

    The page gets a script more, and a policy that allows it. `up` leads from its folder to that of the index: `../` or
    nothing.
    """
    script = asset("script/live.js").replace('"events"', f'"{up}events"')
    more = escape(f"; connect-src 'self'; script-src {viewer.hashed(script)} ")
    html = html.replace("; script-src ", more, 1)
    head, _, tail = html.rpartition("</body>")
    return f"{head}<script>{script}</script>\n</body>{tail}"


def data_block(data: Any) -> str:
    r"""Write JSON that is safe inside a `script` element.

    >>> data_block({"text": "</script><!--"})
    '{"text":"\\u003c/script\\u003e\\u003c!--"}'
    """
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def showable(value: Any) -> Any:
    """Replace characters that HTML forbids (control characters, halves of surrogate pairs) by U+FFFD, at any depth."""
    if isinstance(value, str):
        return type(value)(_FORBIDDEN.sub("\ufffd", value)) if _FORBIDDEN.search(value) else value
    if isinstance(value, dict):
        return {key: showable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [showable(item) for item in value]
    return value


@cache
def environment(*, large: bool = False) -> jinja2.Environment:
    """Make the environment of the templates; on a `large` page, what is folded is packed."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=showable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["folded"] = packed if large else lambda html: html
    return environment


@cache
def asset(name: str) -> str:
    """Read a file of the package."""
    return (_HERE / name).read_text(encoding="utf-8")


def assets(folder: str, pattern: str) -> list[str]:
    """Read files of the package, in the order of their names."""
    return [asset(f"{folder}/{path.name}") for path in sorted((_HERE / folder).glob(pattern))]


@cache
def series_style() -> str:
    """Style rules for the colours of the texts, as in the pictures: line, words and pale ground."""
    from argmap.diagram.theme import THEMES

    light, dark = THEMES["light"], THEMES["dark"]
    rules = []
    for n, (day, night) in enumerate(zip(light.series, dark.series, strict=True)):
        names = zip(("--c", "--ci", "--cp"), day, night, strict=True)
        rules.append(f".s{n}{{{';'.join(f'{name}:light-dark({a},{b})' for name, a, b in names)}}}")
    attack = f"light-dark({light.strokes['attack'].line},{dark.strokes['attack'].line})"
    return "\n".join([*rules, f":root{{--attack:{attack}}}"])


def _shown(pictures: Sequence[PagePicture], palette: Palette, first: Mapping[tuple[str, ...], int]) -> dict[str, Any]:
    """Inlined pictures by kind, and by the maps that they show."""
    from markupsafe import Markup

    kinds = ("map", "stairs", "how", "dumbbells", "ledger", "bridge")
    shown: dict[str, Any] = {kind: {} for kind in kinds}
    for picture in pictures:
        drawn = picture.drawn
        inlined = (
            inline(drawn.svg, drawn.plan, picture.name, picture.title, palette, first.get(picture.of, 0))
            if drawn
            else None
        )
        parts = (
            json.dumps(inlined.parts, separators=(",", ":"), ensure_ascii=False) if inlined and inlined.parts else ""
        )
        shown[picture.kind][picture.of] = {
            "kind": picture.kind,
            "title": picture.title,
            "svg": Markup(inlined.svg) if inlined else "",  # noqa: S704 - made of allowed elements only
            "size": (inlined.wide, inlined.high) if inlined else (0.0, 0.0),
            "parts": viewer.compressed(parts) if parts else "",
            "notes": picture.notes,
            "files": [(name, Path(name).suffix[1:].upper()) for name in picture.files],
        }
    return shown


def _matched(diff: Diff) -> set[str]:
    """Claims that have a counterpart, as `map/claim`."""
    return {
        f"{end.id}/{side.id}"
        for change in diff.changes
        if change.before and change.after
        for end, sides in ((diff.before, change.before), (diff.after, change.after))
        for side in sides
    }


def _issues(view: View) -> dict[str, Any]:
    """Issues that have claims, the headline first."""
    known = {key: issue for text in view.texts for key, issue in text.map.issues.items()}
    used = {claim.claim.issue for text in view.texts for claim in text.claims.values()}
    return {key: issue for key, issue in known.items() if key in used}


def _words(view: View) -> list[tuple[str, int]]:
    """Change words with their counts, for the filter."""
    counted = Counter(change.change.change for pair in view.pairs for change in pair.changes)
    return sorted(counted.items(), key=lambda item: (item[0] in ("dropped", "new"), -item[1]))


def _rules() -> dict[str, str]:
    """Condition of each rule but the last, which takes what is left."""
    from argmap.diff.classify.change_words import RULES

    return {rule.name: rule.condition for rule in RULES[:-1]}
