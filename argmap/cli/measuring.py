"""`argmap stats`: measure maps, and all maps of a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import inputs, output, working
from argmap.findings import ArgmapError

if TYPE_CHECKING:
    from argmap.stats import Survey


def run(paths: Sequence[str], read_as: str | None, columns: Mapping[str, str], style: str, jobs: int | None) -> int:
    """Print the measures of each map, name the files that cannot be read, and give the exit code."""
    from argmap import folders
    from argmap.engine import processors
    from argmap.stats import survey

    options = {"columns": columns} if columns else {}
    failed = 0

    def surveys(path: str) -> Iterator[Survey]:
        nonlocal failed
        if not Path(path).is_dir():
            yield survey(inputs.read(path, read_as, columns))
            return
        count, much = 0, jobs or processors()
        for _, found in working.results(
            "measuring",
            lambda progress: folders.each(
                Path(path), survey, format=read_as, options=options, jobs=much, progress=progress
            ),
        ):
            count += 1
            if isinstance(found, folders.Failure):
                failed += 1
                click.echo(found, err=True)
            else:
                yield found
        if not count:
            raise ArgmapError(f"{path}: this folder has no maps")

    output.surveys((found for path in paths for found in surveys(path)), style)
    return 2 if failed else 0
