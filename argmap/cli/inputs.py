"""Read what an argument names: a file of any format, standard input, a revision in git, or an alignment."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.findings import ArgmapError, condensed

if TYPE_CHECKING:
    from argmap.formats.common.format import Content, Reading
    from argmap.model import Alignment, Map


def read(spec: str, read_as: str | None = None, columns: Mapping[str, str] | None = None) -> Map:
    """Read the map that `spec` names; see `examine`."""
    return examine(spec, read_as, **({"columns": columns} if columns else {})).map


def examine(spec: str, read_as: str | None = None, **options: Any) -> Reading:
    """Read what `spec` names: a file, `-`, or REVISION:FILE of the git repository at hand; print its findings."""
    reading = _reading(spec, read_as, options)
    for line in condensed(reading.findings, None if is_revision(spec) else check_command(spec, read_as)):
        click.echo(line, err=True)
    return reading


def is_revision(spec: str) -> bool:
    """Tell whether `spec` is REVISION:FILE, since no file has that name."""
    return ":" in spec and not Path(spec).exists()


def check_command(spec: str | Path, read_as: str | None = None) -> str:
    """Give the command that lists every finding of a file."""
    return shlex.join(["argmap", "check", *(["--from", read_as] if read_as else []), str(spec)])


def standard_input() -> Content:
    """Read standard input, which can be read once; raise ArgmapError if it is not text, or too long."""
    from argmap.formats.common.format import decoded
    from argmap.text_file import MAX_BYTES

    if sys.stdin is None:
        raise ArgmapError("standard input is closed; name a file, or pipe one in")
    return decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "<stdin>")


def _reading(spec: str, read_as: str | None, options: Mapping[str, Any]) -> Reading:
    from argmap import formats

    if spec == "-":
        return formats.examine_content(standard_input(), read_as, options)
    if is_revision(spec):
        from argmap.cli import revisions

        return revisions.read(spec, read_as, options)
    return formats.examine(spec, read_as, **options)


def alignment(path: str | None, before: str, after: str) -> Alignment | None:
    """Load the named alignment, or else the one beside the maps that names both; `None` if there is none."""
    from argmap import store

    if path is not None:
        return store.load_alignment(path)
    found = beside(before, after)
    if found is None:
        return None
    click.echo(f"alignment: {found}", err=True)
    return store.load_alignment(found)


def beside(before: str, after: str) -> Path | None:
    """Find the alignment file in the folder of `after` that names both maps."""
    from argmap import store

    if not (Path(before).is_file() and Path(after).is_file()):
        return None
    return store.alignment_beside(before, after)
