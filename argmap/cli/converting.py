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
