"""The page as text: what the view says, laid out by the templates, with everything it needs inside.

    View ─┐
    data ─┼─ templates ─▶ one HTML file: style, script and pictures inlined, nothing loaded
    SVG  ─┘

Every word of a map passes through Jinja's autoescaping or through `data_block`. The content policy in the head
lets run only the two scripts and the one style sheet that stand here, by their hashes, and lets nothing be loaded.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmap.diff.model import Diff, Timeline
from argmap.model import Map
from argmap.page import phrases
from argmap.page.build_view import view_of
from argmap.page.model import View
from argmap.page.pictures import Palette, Picture, inline, size_of
from argmap.page.script_data import became_of, data_of

if TYPE_CHECKING:
    import jinja2

_HERE = Path(__file__).parent
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def build(
    maps: Sequence[Map],
    diffs: Sequence[Diff] = (),
    timeline: Timeline | None = None,
    pictures: Sequence[Picture] = (),
    *,
    title: str | None = None,
    notes: Sequence[str] = (),
    live: bool = False,
) -> str:
    """The report as one HTML document. Nothing is read but the package's own templates; nothing is written.

    Parameters
    ----------
    maps
        In the order of their dates, each with another id.
    diffs
        Of two of these maps each.
    timeline
        Of all of them; left out for a single map.
    pictures
        Drawn light and dark; what has none is told in words only.
    title
        What the page is about.
    notes
        What could not be shown, and why.
    live
        Whether to reload when the server says so; only for the page that `watch` serves.
    """
    from markupsafe import Markup

    view = view_of(maps, diffs, timeline, title)
    palette = Palette()
    firsts: dict[tuple[str, ...], int] = {(pair.before.id, pair.after.id): pair.first for pair in view.pairs}
    shown = _shown(pictures, palette, firsts)
    style = "\n".join([*_assets("style", "*.css"), _series(), palette.css()])
    early = _asset("script/early.js")
    script = '(() => {\n"use strict";\n' + "\n".join(_assets("script", "[1-9]-*.js")) + "})();\n"
    if live:
        script += _asset("script/live.js")
    data = data_block(showable(data_of(view)))
    return (
        _environment()
        .get_template("page.html")
        .render(
            view=view,
            pictures=shown,
            policy=_policy(style, early, script, live=live),
            style=Markup(style),  # noqa: S704 - the package's own files
            early=Markup(early),  # noqa: S704
            script=Markup(script),  # noqa: S704
            data=Markup(data),  # noqa: S704 - escaped by data_block
            changes_of=became_of(view),
            answered={ref for pair in view.pairs for ref in _answered(pair.diff)},
            issues=_issues(view),
            words=_words(view),
            rules=_rules(),
            says=phrases.SAYS,
            stands=phrases.stands,
            plural=phrases.plural,
            serves=phrases.BECAUSE,
            notes=notes,
            version=_version(),
        )
    )


def data_block(data: Any) -> str:
    r"""JSON that can stand inside a `script` element whatever it holds.

    >>> data_block({"text": "</script><!--"})
    '{"text":"\\u003c/script\\u003e\\u003c!--"}'
    """
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def showable(value: Any) -> Any:
    """What a page cannot hold (control characters, halves of surrogate pairs) becomes U+FFFD, inside lists and mappings too."""
    if isinstance(value, str):
        return type(value)(_UNSHOWABLE.sub("\ufffd", value)) if _UNSHOWABLE.search(value) else value
    if isinstance(value, dict):
        return {key: showable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [showable(item) for item in value]
    return value


def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=showable,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _policy(style: str, *scripts: str, live: bool) -> str:
    def hashed(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    rules = {
        "default-src": "'none'",
        "script-src": " ".join(map(hashed, scripts)),
        "style-src": hashed(style),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    if live:
        rules["connect-src"] = "'self'"
    return "; ".join(f"{name} {value}" for name, value in rules.items())


@cache
def _asset(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _assets(folder: str, pattern: str) -> list[str]:
    return [_asset(f"{folder}/{path.name}") for path in sorted((_HERE / folder).glob(pattern))]


@cache
def _series() -> str:
    """The hues of the texts, as the pictures have them: line, words and pale ground."""
    from argmap.diagram.theme import THEMES

    light, dark = THEMES["light"], THEMES["dark"]
    rules = []
    for n, (day, night) in enumerate(zip(light.series, dark.series, strict=True)):
        names = zip(("--c", "--ci", "--cp"), day, night, strict=True)
        rules.append(f".s{n}{{{';'.join(f'{name}:light-dark({a},{b})' for name, a, b in names)}}}")
    attack = f"light-dark({light.strokes['attack'].line},{dark.strokes['attack'].line})"
    return "\n".join([*rules, f":root{{--attack:{attack}}}"])


def _shown(pictures: Sequence[Picture], palette: Palette, first: Mapping[tuple[str, ...], int]) -> dict[str, Any]:
    from markupsafe import Markup

    shown: dict[str, Any] = {"map": {}, "bridge": {}, "ladder": None}
    for picture in pictures:
        entry = {
            "kind": picture.kind,
            "svg": Markup(inline(picture, palette, first.get(picture.of, 0))),  # noqa: S704 - made of allowed elements only
            "size": size_of(picture),
            "files": [(name, Path(name).suffix[1:].upper()) for name in picture.files],
        }
        if picture.kind == "map":
            shown["map"][picture.of[0]] = entry
        elif picture.kind == "bridge":
            shown["bridge"][picture.of] = entry
        else:
            shown["ladder"] = entry
    return shown


def _answered(diff: Diff) -> set[str]:
    """Claims that have a counterpart, by `map/claim`."""
    both = [change for change in diff.changes if change.before and change.after]
    return {f"{diff.before.id}/{side.id}" for change in both for side in change.before} | {
        f"{diff.after.id}/{side.id}" for change in both for side in change.after
    }


def _issues(view: View) -> dict[str, Any]:
    """The issues that occur, headline first."""
    known = {id: issue for text in view.texts for id, issue in text.map.issues.items()}
    used = {claim.claim.issue for text in view.texts for claim in text.claims.values()}
    return {id: issue for id, issue in known.items() if id in used}


def _words(view: View) -> list[tuple[str, int]]:
    counted: dict[str, int] = {}
    for pair in view.pairs:
        for issue in pair.issues:
            for change in issue.all:
                counted[change.change.change] = counted.get(change.change.change, 0) + 1
    return sorted(counted.items(), key=lambda item: (item[0] in ("dropped", "new"), -item[1]))


def _rules() -> dict[str, str]:
    """What each rule says; the last one takes what is left, which says nothing by itself."""
    from argmap.diff.classify.change_words import RULES

    return {rule.name: rule.condition for rule in RULES[:-1]}


def _version() -> str:
    from argmap import __version__

    return __version__
