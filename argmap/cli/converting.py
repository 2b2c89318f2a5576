"""`argmap convert`: one file, a pipe, or a whole folder."""

from __future__ import annotations

from pathlib import Path

import click

from argmap.cli import inputs
from argmap.finding import ArgmapError


def run(source: str, target: str, read_as: str | None, write_as: str | None, *, keep_dialogue: bool) -> bool:
    """Convert, tell what is lost on standard error, and say whether anything was.

    Raises
    ------
    ArgmapError
        When there is nothing to convert, or the target cannot be written.
    """
    from argmap import formats

    options = {"keep_dialogue": True} if keep_dialogue else {}
    if Path(source).is_dir():
        return _folder(Path(source), Path(target), read_as, write_as, options)
    m = inputs.read(source, read_as, **options)
    if target == "-":
        text, loss = formats.dumps(m, write_as or "yaml")
        click.echo(text, nl=False)
    else:
        if Path(target).is_dir():
            raise ArgmapError(f"{target}: is a folder; name a file, or convert a folder into it")
        loss = formats.write(m, target, write_as)
    if loss:
        click.echo(loss, err=True)
    return bool(loss)


def _folder(source: Path, target: Path, read_as: str | None, write_as: str | None, options: dict[str, bool]) -> bool:
    """Convert what is in a folder, with a bar on a terminal, and tell of the whole."""
    import sys

    from rich.progress import Progress

    from argmap.formats.folder import convert_folder

    if write_as is None:
        raise ArgmapError(f"{source}: is a folder; say with --to which format its maps are to become")
    with Progress(transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("converting", total=None)
        done = convert_folder(
            source,
            target,
            write_as,
            format=read_as,
            options=options,
            progress=lambda n, total: bar.update(task, completed=n, total=total),
        )
    irregular = sum(any(found.severity != "note" for found in file.findings) for file in done.converted)
    click.echo(
        f"{len(done.converted)} converted, {irregular} of them irregular; {len(done.unchanged)} unchanged; "
        f"{len(done.failures)} failed",
        err=True,
    )
    for failure in done.failures:
        click.echo(f"{failure.source}: {failure.reason}", err=True)
    if done.loss:
        click.echo(done.loss, err=True)
    return bool(done.loss or done.failures)
