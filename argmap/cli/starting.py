"""`argmap init`: start a project, and say what to do next."""

from __future__ import annotations

import shlex
from pathlib import Path

import click


def run(texts: tuple[Path, ...], folder: Path) -> None:
    """Start a project, list the new files, and print the next command."""
    from argmap.project import init

    started = init(texts, folder)
    for path in started.written:
        click.echo(path)
    for note in started.notes:
        click.echo(note, err=True)
    if texts:
        click.echo(f"\nNext: {shlex.join(['argmap', 'draft', *map(str, started.maps)])}", err=True)
        return
    click.echo(f"\nNext: {shlex.join(['argmap', 'report', str(started.folder)])}, and open report/index.html", err=True)
