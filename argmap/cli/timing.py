"""`argmap timeline`: sort out what was given, read it, and compare neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import click

from argmap.cli import inputs
from argmap.diff.model import Timeline
from argmap.model import Alignment, Map


def read(files: Sequence[str], read_as: str | None, alignments: Sequence[str]) -> Timeline:
    """Make the timeline of all maps among some files; alignments among them are used, and codebooks are left to their maps.

    Raises
    ------
    ArgmapError
        When a file cannot be read, or an alignment fits no two neighbours.
    """
    from argmap import store
    from argmap.diff import timeline
    from argmap.diff.timelines import by_date

    kinds = {file: _kind(file) for file in files}
    paths: dict[int, str] = {}
    maps: list[Map] = []
    for file in files:
        if kinds[file] == "map":
            maps.append(inputs.read(file, read_as))
            paths[id(maps[-1])] = file
    if len(maps) < 2:
        raise click.UsageError("a timeline needs two maps or more")
    order = [paths[id(each)] for each in by_date(maps)]
    given: list[Alignment] = [store.load_alignment(file) for file in alignments]
    for file in (file for file in files if kinds[file] == "alignment"):
        listed = store.load_alignment(file)
        if _ends(file, listed) in [(Path(left).resolve(), Path(right).resolve()) for left, right in pairwise(order)]:
            given.append(listed)
        else:
            click.echo(f"{file}: left out, since its maps are not neighbours in this timeline", err=True)
    if not given:
        given = [found for before, after in pairwise(order) if (found := inputs.alignment(None, before, after))]
    return timeline(maps, given)


def maps(files: Sequence[str], read_as: str | None) -> list[Map]:
    """Read the maps among some files."""
    return [inputs.read(file, read_as) for file in files if _kind(file) == "map"]


def _ends(file: str, alignment: Alignment) -> tuple[Path, Path]:
    folder = Path(file).parent
    return (folder / alignment.before).resolve(), (folder / alignment.after).resolve()


def _kind(file: str) -> str:
    """Tell a codebook and an alignment from a map; anything else is read as a map, or refused there."""
    from argmap import store, text_file
    from argmap.findings import ArgmapError

    if not text_file.is_file(file):
        return "map"
    try:
        return store.kind_of(file)
    except ArgmapError:
        return "map"
