"""Make the pages of the documentation: `make docs` runs this and then mkdocs.

    docs/*.md, CONTRIBUTING.md, …      with their links, and with marks filled from the program's own tables:
    <!-- rules -->                     formats, rules, schemes, change words, commands, names of the library
    maps/pictures/*.svg                for the gallery

All of it goes into docs/build/pages, which is made anew each time, so no table on the site can be out of date.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import click

import argmap
from argmap import formats
from argmap.cli import main as commands
from argmap.corpus.tables import TABLES
from argmap.diff.render.markdown import of_rules
from argmap.rules import RULES
from argmap.schemas import MODELS, schema
from argmap.schemes import SCHEMES
from argmap.text_tools import escape_markdown as escape

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
CASES = ROOT / "tests" / "diff" / "diff_cases"
BUILD = DOCS / "build" / "pages"


def write(folder: Path) -> None:
    """Write every page and picture into a folder, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    placed = dict(_files())
    for path, place in placed.items():
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".md":
            target.write_text(_filled(_linked(path, placed)), "utf-8")
        else:
            shutil.copyfile(path, target)
    _draw_tutorial(folder / "pictures")


def _draw_tutorial(folder: Path) -> None:
    """Draw the pictures that the tutorial shows."""
    tutorial = DOCS / "tutorial"
    maps = [argmap.load(tutorial / name) for name in ("then.yaml", "now.yaml")]
    alignment = argmap.load_alignment(tutorial / "then-now.yaml")
    pictures = {
        "map": argmap.draw(maps[0]),
        "how": argmap.draw(argmap.compare(*maps, alignment), picture="how", before=maps[0], after=maps[1]),
    }
    for name, svg in pictures.items():
        (folder / f"tutorial-{name}.svg").write_bytes(svg)


def _files() -> Iterator[tuple[Path, str]]:
    """Find the files that go onto the site, each with its place there."""
    for path in sorted(DOCS.rglob("*")):
        inside = path.relative_to(DOCS)
        if path.suffix in (".md", ".css", ".svg", ".yaml", ".txt") and inside.parts[0] != "build":
            yield path, inside.as_posix()
    yield ROOT / "CONTRIBUTING.md", "contributing/index.md"
    yield ROOT / "CHANGELOG.md", "changelog.md"
    for path in sorted((ROOT / "maps" / "pictures").glob("*.svg")):
        yield path, f"pictures/{path.name}"


def _linked(path: Path, placed: dict[Path, str]) -> str:
    """Read a page, and point its links at the places that their targets have on the site.

    Raises
    ------
    ValueError
        When a link leads to a file that is not on the site.
    """

    def relinked(found: re.Match[str]) -> str:
        name, _, part = found[1].partition("#")
        target = Path(os.path.normpath(path.parent / name))
        if target not in placed:
            raise ValueError(f"{path.relative_to(ROOT)}: {name} is not on the site")
        link = PurePosixPath(os.path.relpath(placed[target], PurePosixPath(placed[path]).parent)).as_posix()
        return f"]({link}{'#' + part if part else ''})"

    return re.sub(r"\]\((?!https?:|mailto:|#)([^)\s]+)\)", relinked, path.read_text("utf-8"))


def _filled(page: str) -> str:
    """Replace each mark such as `<!-- rules -->` by what it stands for."""
    return re.sub(r"<!-- ([a-z ]+) -->", lambda found: MADE[found[1]](), page)


def _cases() -> str:
    lines = []
    for path in sorted(CASES.iterdir()):
        expected = json.loads((path / "expected.json").read_text("utf-8"))
        words = dict.fromkeys(", ".join((each["change"], *each.get("facets", ()))) for each in expected["changes"])
        lines.append(f"- `{path.name}`: {escape(expected['about'])} *{'; '.join(words) or 'empty'}*")
    return "\n".join(lines)


def _formats() -> str:
    pages = [f"## {each.name}\n\n{_fenced(formats.page(each.name))}\n" for each in formats.FORMATS]
    return "\n".join([formats.table(), *pages])


def _rules() -> str:
    parts = []
    for rule in RULES:
        parts += [
            f"## {rule.name}",
            "",
            f"*{rule.severity}{', only if selected' if rule.optional else ''}.* {_fenced(inspect.cleandoc(rule.page))}",
            "",
        ]
    return "\n".join(parts)


def _corpus_tables() -> str:
    parts = []
    for table, columns in TABLES.items():
        parts += [f"### `{table}`", "", "| column | type | means |", "|---|---|---|"]
        parts += [f"| `{each.name}` | {each.type} | {escape(each.means)} |" for each in columns]
        parts.append("")
    return "\n".join(parts)


def _schemes() -> str:
    parts = []
    for scheme in SCHEMES:
        parts += [f"## {scheme.name}", "", escape(scheme.says), ""]
        parts += [f"- {escape(question)}" for question in scheme.questions]
        parts.append("")
    return "\n".join(parts)


def _commands() -> str:
    parts = []
    for name, command in commands.commands.items():
        if not command.hidden:
            context = click.Context(command, info_name=f"argmap {name}", terminal_width=80)
            parts += [f"## argmap {name}", "", "```text", command.get_help(context), "```", ""]
    return "\n".join(parts)


def _schemas() -> str:
    parts = []
    for kind in MODELS:
        parts += [f"## {kind}", "", "```json", json.dumps(schema(kind), indent=1, ensure_ascii=False), "```", ""]
    return "\n".join(parts)


def _api() -> str:
    values = {name: getattr(argmap, name) for name in argmap.__all__ if not name.startswith("__")}
    parts = []
    for heading, wanted in (("Functions", False), ("Values and problems", True)):
        parts += [f"## {heading}", ""]
        for value in values.values():
            if isinstance(value, type) == wanted:
                parts += [f"::: {value.__module__}.{value.__qualname__}", ""]
    return "\n".join(parts)


def _fenced(page: str) -> str:
    """Turn indented examples into fenced blocks, which need no blank line around them."""
    lines: list[str] = []
    inside = False
    for line in page.splitlines():
        if line.startswith("    ") != inside and line.strip():
            # The blank line after an example goes behind its fence.
            at = len(lines) - (inside and lines[-1] == "")
            lines.insert(at, "```")
            inside = not inside
        lines.append(line.removeprefix("    ") if inside else line)
    return "\n".join([*lines, "```"] if inside else lines)


MADE: dict[str, Callable[[], str]] = {
    "formats": _formats,
    "rules": _rules,
    "schemes": _schemes,
    "corpus tables": _corpus_tables,
    "change words": of_rules,
    "tricky cases": _cases,
    "commands": _commands,
    "schemas": _schemas,
    "names of the library": _api,
    "map of the tutorial": lambda: "![The map of the first letter](pictures/tutorial-map.svg)",
    "how of the tutorial": lambda: "![How the position of the letters moved](pictures/tutorial-how.svg)",
}
"""What each mark on a page stands for."""


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else BUILD)
