"""`argmap align`: write suggestions into a file, and review them into decisions."""

from __future__ import annotations

import os
import shlex
import shutil
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import inputs
from argmap.findings import ArgmapError

if TYPE_CHECKING:
    from argmap.model import Alignment


def run(
    before: str,
    after: str,
    read_as: str | None,
    out: Path | None,
    *,
    all_: bool,
    review: bool,
    semantic: str | None,
    download: bool,
) -> None:
    """Suggest matches, save them, and review the open ones if asked to.

    Raises
    ------
    ArgmapError
        When a map or the alignment cannot be read, a map is not in a file, or the alignment cannot be written.
    """
    from argmap import diff, store

    _require_files(before=before, after=after)
    left, right = inputs.read(before, read_as), inputs.read(after, read_as)
    path = out or inputs.beside(before, after) or _default_path(before, after)
    given = store.load_alignment(path) if path.exists() else _empty(before, after, path)
    _require_reachable(path, given)
    embed = diff.embedder(semantic, download=download) if semantic else None
    found = diff.align(left, right, given, least=0.0 if all_ else diff.LEAST, embed=embed)
    store.save(found, path)
    if review:
        width = max(60, shutil.get_terminal_size().columns)
        ask = diff.conversation(input, click.echo, _complete, width)
        found = diff.review(left, right, found, ask, lambda decided: store.save(decided, path))
    counts = Counter(each.status for each in found.correspondences)
    summary = ", ".join(f"{counts[status]} {status}" for status in ("accepted", "rejected", "suggested"))
    silent = len(found.passed_over.before) + len(found.passed_over.after)
    click.echo(f"{path}: {summary}{f', {silent} passed over' if silent else ''}", err=True)
    if not all_:
        click.echo(f"Pairs below {diff.LEAST:.2f} are not suggested; --all adds them.", err=True)


def _complete(ids: Sequence[str]) -> None:
    """Let TAB complete ids, where the terminal can."""
    try:
        import readline
    except ImportError:  # Windows
        return
    readline.set_completer_delims(" =")
    readline.set_completer(lambda text, n: next(islice((name for name in ids if name.startswith(text)), n, None), None))
    readline.parse_and_bind("tab: complete")


def _require_files(**specs: str) -> None:
    """Refuse anything but two files: an alignment names files, and each use reads them again."""
    from argmap import text_file

    for side, spec in specs.items():
        if spec == "-" or inputs.is_revision(spec) or text_file.is_pipe(spec):
            way_out = f"argmap convert {shlex.quote(spec)} {side}.yaml"
            raise ArgmapError(f"{spec}: an alignment names files, and this is not a file; save it first: `{way_out}`")


def _require_reachable(path: Path, alignment: Alignment) -> None:
    """Refuse a place from which the maps cannot be named without leaving the project."""
    from argmap import text_file

    for name in (alignment.before, alignment.after):
        try:
            text_file.sibling(path, name)
        except ValueError as error:
            raise ArgmapError(f"{path}: {error}; use -o to name a file in a folder above both maps") from None


def _default_path(before: str, after: str) -> Path:
    return Path(after).parent / f"{Path(before).stem}-{Path(after).stem}.yaml"


def _empty(before: str, after: str, path: Path) -> Alignment:
    from argmap.model import Alignment

    names = (Path(os.path.relpath(name, path.parent)).as_posix() for name in (before, after))
    empty = Alignment(before=next(names), after=next(names))
    return empty.read_from(os.path.realpath(path), "")  # if somebody else makes the file meanwhile, both are merged
