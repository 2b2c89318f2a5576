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
from functools import cache
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

    Parameters
    ----------
    maps
        In the order of their dates, each with its own id.
    diffs
        Each compares two of the maps.
    timeline
        Positions of all maps; `None` for a single map.
    pictures
        Drawn in light and dark. A diff or map without a picture is shown only in words.
    title
        Title of the page; by default the names of the maps.
    notes
        What could not be shown, and why.
    live
        Reload the page when the server says so; only for the page that `watch` serves.

    Returns
    -------
    str
        The document.
    """
    from markupsafe import Markup

    view = view_of(maps, diffs, timeline, title)
    palette = Palette()
    large = any(len(text.claims) > FOLD_BEYOND for text in view.texts)
    firsts: dict[tuple[str, ...], int] = {(pair.before.id, pair.after.id): pair.first for pair in view.pairs}
    shown = _shown(pictures, palette, firsts)
    style = "\n".join([*_assets("style", "*.css"), viewer.style(), series_style(), palette.css()])
    data = showable(data_of(view))
    early = _asset("script/early.js")
    script = (
        '(async () => {\n"use strict";\n' + "\n".join([viewer.script(), *_assets("script", "[1-9]-*.js")]) + "})();\n"
    )
    if live:
        script += _asset("script/live.js")
    return (
        _environment(large=large)
        .get_template("page.html")
        .render(
            view=view,
            large=large,
            pictures=shown,
            policy=viewer.policy(style, early, script, more={"connect-src": "'self'"} if live else None),
            style=Markup(style),  # noqa: S704 - the package's own files
            early=Markup(early),  # noqa: S704
            script=Markup(script),  # noqa: S704
            data=Markup(data_block(viewer.compressed(json.dumps(data)) if large else data)),  # noqa: S704 - escaped by data_block
            changes_of=became_of(view),
            answered={ref for pair in view.pairs for ref in _matched(pair.diff)},
            issues=_issues(view),
            words=_words(view),
            rules=_rules(),
            says=phrases.SAYS,
            means=phrases.means,
            stands=phrases.stands,
            plural=counted,
            because=phrases.BECAUSE,
            notes=notes,
            version=__version__,
        )
    )


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


def _environment(*, large: bool) -> jinja2.Environment:
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
def _asset(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _assets(folder: str, pattern: str) -> list[str]:
    return [_asset(f"{folder}/{path.name}") for path in sorted((_HERE / folder).glob(pattern))]


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
