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
from argmap.cli.language_models import consent, progress, tell_refused
from argmap.findings import ArgmapError
from argmap.text_tools import counted

if TYPE_CHECKING:
    from argmap.model import Alignment, Map


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
    prompt: bool = False,
    answer: Path | None = None,
    model: str | None = None,
    yes: bool = False,
    seconds: float = 300.0,
) -> None:
    """Suggest matches, save them, have the rest read by a language model, and review the open ones, each if asked to.

    Raises
    ------
    ArgmapError
        When a map or the alignment cannot be read, a map is not in a file, the alignment cannot be written, or the model fails.
    click.UsageError
        When options do not go together.
    """
    ways = [name for name, given in (("--prompt", prompt), ("--answer", answer), ("--model", model)) if given]
    if len(ways) > 1:
        raise click.UsageError(f"use one of {' and '.join(ways)}")
    from argmap import diff, store

    _require_files(before=before, after=after)
    left, right = inputs.read(before, read_as), inputs.read(after, read_as)
    path = out or inputs.beside(before, after) or _default_path(before, after)
    given = store.load_alignment(path) if path.exists() else _empty(before, after, path)
    _require_reachable(path, given)
    embed = diff.embedder(semantic, download=download) if semantic else None
    found = diff.align(left, right, given, least=0.0 if all_ else diff.LEAST, embed=embed)
    if prompt:
        _prompt(left, right, found)
        return
    if answer or model:
        found = _read(left, right, found, answer, model, yes=yes, seconds=seconds)
        found = diff.align(left, right, found, least=0.0 if all_ else diff.LEAST, embed=embed)
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


def _prompt(left: Map, right: Map, alignment: Alignment) -> None:
    """Print the request to look for claims without a match, to paste into a chat."""
    from argmap.diff.silence import reading

    every = reading.requests(left, right, reading.unread(left, right, alignment), whole=True)
    if not every:
        raise ArgmapError("no claim without a match is left to read, or there is no text to read")
    click.echo(reading.request_for_chat(every))


def _read(
    left: Map, right: Map, alignment: Alignment, answer: Path | None, name: str | None, *, yes: bool, seconds: float
) -> Alignment:
    """Have claims without a match looked for by a language model, or take the answer of a chat."""
    from argmap import text_file
    from argmap.diff.silence import reading
    from argmap.drafting import models

    if answer:
        text = inputs.standard_input().text if str(answer) == "-" else text_file.read(answer, pipes=True).text
        try:
            found = reading.read_answer(left, right, alignment, text, "an answer of a chat")
        except ArgmapError as error:
            raise ArgmapError(f"{answer}: {str(error).splitlines()[0]}") from None
    else:
        model = models.get_model(str(name))
        every = reading.requests(left, right, reading.unread(left, right, alignment, models.name_of(model)))
        if not every:
            click.echo("No claim without a match is left to read, or there is no text to read.", err=True)
            return alignment
        what = f"{sum(len(str(each)) for each in every):,} characters of both texts in {counted(len(every), 'request')}"
        consent(what, model, yes=yes)
        found = reading.read_by(left, right, alignment, model, seconds=seconds, progress=progress)
    tell_refused(found.refused)
    click.echo(f"Read: {found.passed_over} passed over, {found.taken_up} taken up without a matching claim.", err=True)
    return found.alignment


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
