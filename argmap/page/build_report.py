"""From a folder of maps to a folder with a page: read, check, compare, draw, lay out, write."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from argmap import text_file
from argmap.diff.model import Diff, Timeline
from argmap.findings import ArgmapError
from argmap.model import Map
from argmap.page.document import build
from argmap.page.inputs import Inputs, compared, inputs_of
from argmap.page.pictures import Picture

if TYPE_CHECKING:
    from argmap.diagram import Diagram
    from argmap.diagram.theme import ThemeName

RESERVED = ("index", "ladder", "bridge")


@dataclass(frozen=True, slots=True)
class Made:
    """A report in memory."""

    html: Callable[[bool], str]
    """The page; with true, one that reloads itself when the server says so."""
    pictures: dict[str, bytes]
    """Files beside the page, by name."""
    inputs: Inputs


def report(
    folder: str | os.PathLike[str], out: str | os.PathLike[str], *, theme: ThemeName = "light"
) -> tuple[Path, ...]:
    """Write the report of all maps in a folder; what could not be read is named on the page.

    Parameters
    ----------
    folder
        Holds maps, and perhaps codebooks and alignments; each is known by its content.
    out
        Folder for `index.html` and the pictures, made if need be. Each file is replaced at once or not at all.
    theme
        Of the pictures beside the page: light, dark, print. The page has light and dark.

    Returns
    -------
    tuple of Path
        What was written, the page first.

    Raises
    ------
    ArgmapError
        When there is no map, when one of argmap's own files has errors (all of them), or nothing can be written.
    """
    made = make(Path(folder), theme)
    return write(made, Path(out))


def make(folder: Path, theme: ThemeName = "light") -> Made:
    """Work out the report of a folder; see `report`. `Made.inputs` holds what could not be read, and what was irregular."""
    from argmap.diff import compare, timeline

    found = inputs_of(folder)
    maps = list(found.maps.values())
    diffs = [compare(before, after, alignment) for before, after, alignment in compared(found)]
    alignments = [a for a in (found.aligned(left.id, right.id) for left, right in pairwise(maps)) if a]
    line = timeline(maps, alignments) if diffs and len(maps) > 1 else None
    pictures, files, failures = drawn(maps, diffs, line if line and line.rows else None, theme)
    notes = [*failures, *(f"Left aside: {line}" for line in found.left_aside)]

    def html(live: bool) -> str:
        shown = [replace(picture, files=()) for picture in pictures] if live else pictures
        return build(maps, diffs, line, shown, title=found.title, notes=notes, live=live)

    return Made(html, files, found)


def write(made: Made, out: Path) -> tuple[Path, ...]:
    """Write a report, the page last, so that it never names a picture that is not there yet."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgmapError(f"{out}: cannot be made a folder: {(error.strerror or str(error)).lower()}") from None
    page = out / "index.html"
    html = made.html(False)
    for name, data in made.pictures.items():
        text_file.write(out / name, data)
    text_file.write(page, html)
    return (page, *(out / name for name in made.pictures))


@dataclass(frozen=True, slots=True)
class _Wanted:
    name: str
    kind: Literal["map", "bridge", "ladder"]
    title: str
    of: tuple[str, ...]
    diagram: Callable[[], Diagram]


def drawn(
    maps: Sequence[Map], diffs: Sequence[Diff], timeline: Timeline | None, theme: ThemeName = "light"
) -> tuple[list[Picture], dict[str, bytes], list[str]]:
    """Draw everything.

    Returns
    -------
    list of Picture
        For the page, in light and dark.
    dict of str to bytes
        For the folder, in `theme`: file names and contents.
    list of str
        What could not be drawn, and why: a line on the page, not the end of it.
    """
    wanted = _wanted(maps, diffs, timeline)
    pictures, files, failures = [], dict[str, bytes](), []
    # Each drawing is a process of its own, so threads are enough to use all cores.
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for one, result in zip(wanted, pool.map(lambda one: _draw(one, theme), wanted), strict=True):
            if isinstance(result, ArgmapError):
                failures.append(f"{one.title} could not be drawn: {result}")
                continue
            picture, svg, pdf = result
            pictures.append(picture)
            files |= {f"{one.name}.svg": svg, f"{one.name}.pdf": pdf}
    return pictures, files, failures


def _draw(wanted: _Wanted, theme: ThemeName) -> tuple[Picture, bytes, bytes] | ArgmapError:
    from argmap.diagram import render

    try:
        diagram = wanted.diagram()
        # On the page the heading stands above the picture already.
        bare = replace(diagram, title="", subtitle="")
        picture = Picture(
            wanted.name,
            wanted.kind,
            wanted.title,
            light=render(bare, "svg", theme="light"),
            dark=render(bare, "svg", theme="dark"),
            of=wanted.of,
            files=(f"{wanted.name}.svg", f"{wanted.name}.pdf"),
        )
        return picture, render(diagram, "svg", theme=theme), render(diagram, "pdf", theme=theme)
    except ArgmapError as error:
        return error


def _wanted(maps: Sequence[Map], diffs: Sequence[Diff], timeline: Timeline | None) -> list[_Wanted]:
    from argmap.diagram import bridge, ladder, of_map

    by_id = {m.id: m for m in maps}
    wanted = []
    if timeline:
        wanted.append(_Wanted("ladder", "ladder", "Where each text stands", tuple(by_id), partial(ladder, timeline)))
    for diff in diffs:
        before, after = by_id[diff.before.id], by_id[diff.after.id]
        name = "bridge" if len(diffs) == 1 else f"bridge-{before.id}-{after.id}"
        title = f"What moved between {before.id} and {after.id}"
        wanted.append(_Wanted(name, "bridge", title, (before.id, after.id), partial(bridge, diff, before, after)))
    taken = {one.name.casefold() for one in wanted} | set(RESERVED)
    for m in maps:
        name = m.id
        # Some file systems know no capitals; and no map may take the page's own names.
        while name.casefold() in taken:
            name = f"map-{name}"
        taken.add(name.casefold())
        wanted.append(_Wanted(name, "map", f"Map of {m.id}", (m.id,), partial(of_map, m)))
    return wanted
