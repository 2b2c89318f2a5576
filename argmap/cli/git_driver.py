"""`argmap git-diff`: what `git diff` shows of one file, where git is told to ask argmap.

    two maps, in any format            what moved, as `argmap diff` tells it
    a codebook, an alignment           line by line, under the heading that git gives
    a map with a slip, in mid-edit     line by line, too, and why

Git stops at the first file whose driver fails, and shows none of those behind it: so whatever a file holds is shown
somehow. How a driver is called is in git's manual, under `GIT_EXTERNAL_DIFF`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import unified_diff
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import output
from argmap.findings import ArgmapError

if TYPE_CHECKING:
    from argmap.formats.common.format import Content
    from argmap.model import Map

NOWHERE = "/dev/null"
"""What git calls the file that is not there yet, or no more."""
ABBREVIATED = 7
"""Digits of a hash in a heading."""


@dataclass(frozen=True)
class Side:
    """A file before or after: what git says of it, and what can be read in it."""

    path: str
    hash: str
    mode: str
    text: str | None = ""
    """Its text; `None` when it is not text at all."""
    map: Map | None = None
    problem: str | None = None
    """Why no map can be read in it; `None` also when it never meant to be one."""

    @property
    def missing(self) -> bool:
        """Whether there is no such file on this side."""
        return self.mode == "."


def run(path: str, versions: tuple[str, ...]) -> None:
    """Print what became of a file. `versions` is what git passes after the path: file, hash, mode, twice; a new name."""
    if isinstance(sys.stdout, TextIOWrapper):
        # A terminal may lack a letter of a claim, and a file's name need not be text.
        sys.stdout.reconfigure(errors="backslashreplace")
    if not versions:
        click.echo(f"* Unmerged path {path}")
        return
    new_path, renamed = versions[6:8] if len(versions) > 7 else (path, "")
    before, after = _side(path, *versions[:3]), _side(new_path, *versions[3:6])
    if before.map is not None and after.map is not None:
        from argmap.diff import compare

        click.echo(path if path == new_path else f"{path} → {new_path}")
        output.diff(compare(before.map, after.map), "text", quotes=False)
    elif (before.missing and after.map) or (before.map and after.missing):
        click.echo(f"{path}: {'added' if before.missing else 'deleted'}")
    else:
        click.echo("".join(_plainly(before, after, renamed)), nl=False)


def _side(path: str, file: str, hash: str, mode: str) -> Side:
    """One side, as far as it can be read."""
    from argmap.formats.common.format import content_of

    side = Side(path, hash, mode)
    if file == NOWHERE:
        return side
    try:
        content = replace(content_of(file), name=path, path=None)
    except ArgmapError:
        return replace(side, text=None)
    try:
        return replace(side, text=content.text, map=_map_in(content))
    except ArgmapError as problem:
        return replace(side, text=content.text, problem=str(problem).splitlines()[0])


def _map_in(content: Content) -> Map | None:
    """The map in a file; `None` for a codebook, an alignment, and what was never meant to be read here.

    Raises
    ------
    ArgmapError
        When no map can be read in it.
    """
    from argmap import formats, store
    from argmap.model import Map

    if store.is_ours(content.text) and formats.recognised(content) is None:
        value = store.open_any(content.name, content.text).value
        return value if isinstance(value, Map) else None
    try:
        format = formats.detect(content)
    except ArgmapError:
        return None
    # With what lies beside the file today, such as its codebook: git passes this one file only.
    reading = formats.examine_content(replace(content, path=Path(content.name)), format.name, {})
    for finding in reading.findings:
        if finding.severity == "error":
            click.echo(finding, err=True)
    return reading.map


def _plainly(before: Side, after: Side, renamed: str) -> Iterator[str]:
    """A unified diff as git prints it, below the reason why it is not told in claims where there is one."""
    for word, side in (("before", before), ("after", after)):
        if side.problem:
            yield f"compared line by line, since {word} it is no map: {side.problem}\n"
            break
    yield from (f"{line}\n" for line in _heading(before, after, renamed))
    from_, to = (NOWHERE if before.missing else f"a/{before.path}"), (NOWHERE if after.missing else f"b/{after.path}")
    if before.text is None or after.text is None:
        yield f"Binary files {from_} and {to} differ\n"
    else:
        yield from unified_diff(_lines(before.text), _lines(after.text), from_, to)


def _heading(before: Side, after: Side, renamed: str) -> Iterator[str]:
    """The lines that say which file it is and what became of its name and mode (git-diff's "extended header")."""
    yield f"diff --git a/{before.path} b/{after.path}"
    if before.missing:
        yield f"new file mode {after.mode}"
    elif after.missing:
        yield f"deleted file mode {before.mode}"
    elif before.mode != after.mode:
        yield f"old mode {before.mode}"
        yield f"new mode {after.mode}"
    if renamed:
        # Git's own words, the hashes among them.
        yield renamed.rstrip("\n")
        return
    hashes = "..".join("0" * ABBREVIATED if side.missing else side.hash[:ABBREVIATED] for side in (before, after))
    yield f"index {hashes}" + (f" {after.mode}" if before.mode == after.mode else "")


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends; only a line feed ends one, and git says where the last has none."""
    return [
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in re.findall(r"[^\n]*\n|[^\n]+", text)
    ]
