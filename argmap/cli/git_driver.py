"""`argmap git-diff`: show one file of `git diff`, where git is set up to call argmap.

    two maps, in any format            what moved, as `argmap diff` prints it
    a codebook, an alignment           line by line, under the heading that git gives
    a map with an error, in mid-edit   line by line, too, and the reason

Git stops at the first file whose driver fails and does not show the rest, so this command shows every file somehow.
Git's manual describes how a driver is called, under `GIT_EXTERNAL_DIFF`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import output
from argmap.findings import ArgmapError

if TYPE_CHECKING:
    from argmap.formats.common.format import Content
    from argmap.model import Map

NOWHERE = "/dev/null"
"""Git's name for a file that does not exist on one side."""
LONG = 1_000_000
"""Characters of two files above which git compares them."""
ABBREVIATED = 7
"""Digits of a hash in a heading, as git prints them."""


@dataclass(frozen=True)
class Side:
    """A file before or after: what git says about it, and the map in it."""

    path: str
    hash: str
    mode: str
    file: str = NOWHERE
    """Git's temporary copy of it."""
    text: str | None = ""
    """Its text; `None` if it is not text."""
    map: Map | None = None
    problem: str | None = None
    """The reason why its map cannot be read; `None` also if the file is not meant to be a map."""

    @property
    def missing(self) -> bool:
        """Tell whether the file does not exist on this side."""
        return self.mode == "."


def run(path: str, versions: tuple[str, ...]) -> None:
    """Print what became of a file.

    Git passes `versions`: file, hash and mode, twice; and where the file was renamed, its new name and a text.
    """
    if not versions:
        click.echo(f"* Unmerged path {path}")
        return
    new_path, renamed = versions[6:8] if len(versions) > 7 else (path, "")
    before, after = _side(path, *versions[:3]), _side(new_path, *versions[3:6])
    if before.map is not None and after.map is not None:
        from argmap.diff import compare

        click.echo(path if path == new_path else f"{path} → {new_path}")
        output.diff(compare(before.map, after.map), "text", quotes=False, color=_color())
    elif (before.missing and after.map) or (before.map and after.missing):
        click.echo(f"{path}: {'added' if before.missing else 'deleted'}")
    else:
        click.echo("".join(_plainly(before, after, renamed)), nl=False)


def _color() -> bool | None:
    """Tell whether git wants colours: by its option `--color`, or else by its settings; `None` if it does not say.

    Git tells its drivers nothing of its options, so they are read from the process that called this one.
    """
    process = os.getppid()
    for _ in range(3):  # a shell may stand between
        try:
            arguments = Path(f"/proc/{process}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
            status = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
        except OSError:
            break
        if Path(arguments[0]).name.startswith("git"):
            asked = [each for each in arguments if each in ("--no-color", "--color") or each.startswith("--color=")]
            if asked and asked[-1] != "--color=auto":
                return asked[-1] in ("--color", "--color=always")
            break
        process = int(status.rpartition(")")[2].split()[1])
    tty = "true" if sys.stdout.isatty() or os.environ.get("GIT_PAGER_IN_USE") else "false"
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "config", "--get-colorbool", "color.diff", tty],  # noqa: S607
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout.strip() == b"true" if done.returncode == 0 else None


def _side(path: str, file: str, digest: str, mode: str) -> Side:
    """Read one side, as far as it can be read."""
    from argmap.formats.common.format import content_of

    side = Side(path, digest, mode, file)
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
    """Read the map in a file; `None` for a codebook, an alignment, or a file of no known format."""
    from argmap import formats, store
    from argmap.model import Map

    if store.is_ours(content.text) and formats.recognised(content) is None:
        value = store.open_any(content.name, content.text).value
        return value if isinstance(value, Map) else None
    try:
        detected = formats.detect(content)
    except ArgmapError:
        return None
    # Git passes this one file only, so the codebook and other files beside it are those of today.
    reading = formats.examine_content(replace(content, path=Path(content.name)), detected.name, {})
    for finding in reading.findings:
        if finding.severity == "error":
            click.echo(finding, err=True)
    return reading.map


def _plainly(before: Side, after: Side, renamed: str) -> Iterator[str]:
    """Give a unified diff as git prints it, after the reason why it does not compare claims, if there is one."""
    for word, side in (("before", before), ("after", after)):
        if side.problem:
            yield f"compared line by line, since the map {word} cannot be read: {side.problem}\n"
            break
    yield from (f"{line}\n" for line in _heading(before, after, renamed))
    from_, to = (NOWHERE if before.missing else f"a/{before.path}"), (NOWHERE if after.missing else f"b/{after.path}")
    if before.text is None or after.text is None:
        yield f"Binary files {from_} and {to} differ\n"
    elif len(before.text) + len(after.text) > LONG:
        yield from (f"--- {from_}\n", f"+++ {to}\n")
        yield from _hunks_of_git(before.file, after.file)
    else:
        yield from unified_diff(_lines(before.text), _lines(after.text), from_, to)


def _hunks_of_git(before: str, after: str) -> Iterator[str]:
    """Give the hunks of two long files, for which Python's comparison takes too long."""
    plain = ("diff", "--no-index", "--no-ext-diff", "--no-textconv", "--no-color", "--text")
    try:
        done = subprocess.run(["git", *plain, "--", before, after], capture_output=True, check=False)  # noqa: S603, S607
    except OSError:
        yield "These files are too long to be compared here; `git diff --no-ext-diff` compares them.\n"
        return
    shown = done.stdout.decode("utf-8", "replace")
    start = 0 if shown.startswith("@@") else shown.find("\n@@") + 1
    yield shown[start:] if start or shown.startswith("@@") else ""


def _heading(before: Side, after: Side, renamed: str) -> Iterator[str]:
    """Give the lines that name the file and changes of its name and mode (git-diff's "extended header")."""
    yield f"diff --git a/{before.path} b/{after.path}"
    if before.missing:
        yield f"new file mode {after.mode}"
    elif after.missing:
        yield f"deleted file mode {before.mode}"
    elif before.mode != after.mode:
        yield f"old mode {before.mode}"
        yield f"new mode {after.mode}"
    if renamed:
        # Git's own words, which include the hashes.
        yield renamed.rstrip("\n")
        return
    hashes = "..".join("0" * ABBREVIATED if side.missing else side.hash[:ABBREVIATED] for side in (before, after))
    yield f"index {hashes}" + (f" {after.mode}" if before.mode == after.mode else "")


def _lines(text: str) -> list[str]:
    """Split a text at line feeds only, and mark a missing last one as git does."""
    return [
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in re.findall(r"[^\n]*\n|[^\n]+", text)
    ]
