"""`argmap align`: suggestions into a file, and the review that turns them into decisions."""

from __future__ import annotations

import os
import shlex
from collections import Counter
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
    review: bool,
    semantic: str | None,
    download: bool,
) -> None:
    """Suggest, save, and step through what is open when a review is wanted.

    Raises
    ------
    ArgmapError
        When a map or the alignment cannot be read, a map is in no file, or the alignment cannot be written.
    """
    from argmap import diff, store

    _refuse_what_is_no_file(before=before, after=after)
    left, right = inputs.read(before, read_as), inputs.read(after, read_as)
    path = out or inputs.beside(before, after) or _beside(before, after)
    given = store.load_alignment(path) if path.exists() else _empty(before, after, path)
    _refuse_what_leads_out(path, given)
    embed = diff.embedder(semantic, download=download) if semantic else None
    found = diff.align(left, right, given, embed=embed)
    store.save(found, path)
    if review:
        ask = diff.conversation(input, click.echo)
        found = diff.review(left, right, found, ask, lambda decided: store.save(decided, path))
    counts = Counter(each.status for each in found.correspondences)
    told = ", ".join(f"{counts[status]} {status}" for status in ("accepted", "rejected", "suggested"))
    click.echo(f"{path}: {told}", err=True)


def _refuse_what_is_no_file(**specs: str) -> None:
    """An alignment names two files, which are read anew whenever it is used."""
    from argmap import text_file

    for side, spec in specs.items():
        if spec == "-" or inputs.is_revision(spec) or text_file.is_pipe(spec):
            way_out = f"argmap convert {shlex.quote(spec)} {side}.yaml"
            raise ArgmapError(f"{spec}: an alignment names files, and this is none: save it as one, `{way_out}`")


def _refuse_what_leads_out(path: Path, alignment: Alignment) -> None:
    """What an alignment names must be found from it again, and that no file may lead out of its project."""
    from argmap import text_file

    for name in (alignment.before, alignment.after):
        try:
            text_file.sibling(path, name)
        except ValueError as error:
            raise ArgmapError(f"{path}: {error}: name a file in a folder above both maps, with -o") from None


def _beside(before: str, after: str) -> Path:
    return Path(after).parent / f"{Path(before).stem}-{Path(after).stem}.yaml"


def _empty(before: str, after: str, path: Path) -> Alignment:
    from argmap.model import Alignment

    names = (Path(os.path.relpath(name, path.parent)).as_posix() for name in (before, after))
    return Alignment(before=next(names), after=next(names))
