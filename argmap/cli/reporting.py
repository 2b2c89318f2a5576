"""`argmap report`: write the report of a folder, or watch it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from argmap.cli import working
from argmap.text_tools import counted

MOST_LINES = 40
"""Warnings that are printed; the index lists all."""


def run(folder: Path, out: Path, port: int | None, **options: Any) -> None:
    """Write the report and print what was written; with a port, serve it and rebuild it on every change."""
    from argmap import page

    if port is not None:
        page.watch(folder, out, port, pages=options["pages"], jobs=options["jobs"])
        return
    with working.progress("reading", "what is written stays") as shown_as:
        written = page.write_report(folder, out, progress=lambda step, n, total: shown_as(n, total, step), **options)
    shown = written.warnings if written.many is None else written.warnings[:MOST_LINES]
    for line in shown:
        click.echo(line, err=True)
    if more := len(written.warnings) - len(shown):
        click.echo(f"… and {counted(more, 'more finding')}: the index lists them", err=True)
    for path in written.files:
        click.echo(path)
    if many := written.many:
        parts = [counted(many.texts, "text"), counted(many.pairs, "comparison")]
        click.echo(f"{', '.join(parts)}; {many.made:,} of these pages made now", err=True)
    sys.exit(0 if written.complete else 2)
