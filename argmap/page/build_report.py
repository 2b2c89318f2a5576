"""From a folder of maps to a folder with a page: read, check, compare, draw, lay out, write; `many` does it for many texts."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from argmap import remembered, text_file
from argmap.diff.model import Diff, Timeline
from argmap.findings import ArgmapError
from argmap.memory import without_collection
from argmap.model import Map
from argmap.page.document import build
from argmap.page.inputs import Inputs, are_many, inputs_of, pairs_of
from argmap.page.pictures import PagePicture

if TYPE_CHECKING:
    from argmap.diagram import Diagram, Drawing
    from argmap.diagram.theme import ThemeName
    from argmap.page.many.build import Report

MOST_TEXTS = 6
"""A page with more has no colour for each text, and is too large to read."""
MOST_BYTES = 3_000_000
PAIR = 2
"""Two texts are always one page: their comparison would be no smaller."""
RESERVED = ("index", "stairs", "how", "dumbbells", "ledger", "bridge")


Progress = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """Show no progress."""


OF_PAIR = {
    "stairs": "The steps of the headline, and where {before} and {after} stand",
    "how": "How it moved from {before} to {after}",
    "ledger": "{before} and {after}, question by question",
    "bridge": "What moved between {before} and {after}, claim by claim",
}
"""Pictures of two texts, with their titles; ledger and bridge are only files beside the page."""


@dataclass(frozen=True, slots=True)
class Made:
    """A report in memory."""

    html: Callable[[bool], str]
    """Write the page; with `True`, a page that reloads itself when the server says so."""
    pictures: dict[str, bytes]
    """Files beside the page, by name."""
    inputs: Inputs


Pages = Literal["auto", "one", "many"]


@dataclass(frozen=True, slots=True)
class Written:
    """A report on the disk."""

    files: tuple[Path, ...]
    """The page first; of a report of many pages, the index alone."""
    warnings: tuple[str, ...]
    """Lines on what is irregular in maps, and on maps that could not be read."""
    complete: bool
    """False if a map could not be read."""
    many: Report | None = None


def report(
    folder: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    theme: ThemeName = "light",
    pages: Pages = "auto",
    jobs: int | None = None,
) -> tuple[Path, ...]:
    """Write the report of all maps in a folder. It names each file that could not be read.

    Parameters
    ----------
    folder
        Holds maps, codebooks and alignments, recognised by their content.
    out
        Folder for `index.html` and what goes with it; created if needed. Each file is replaced atomically.
    theme
        Theme of the pictures beside a single page: light, dark or print. Pages have light and dark.
    pages
        `one` for a single page with all texts, `many` for an index and a page for each text. `auto` writes one page for up to
        `MOST_TEXTS` texts, unless there are more than two and it would have more than `MOST_BYTES`.
    jobs
        Number of processes for many pages; that of the processors when left out. With more than one, a script has to call
        this under `if __name__ == "__main__":`.

    Returns
    -------
    tuple of Path
        The page and the files beside it; the index alone where there are many pages.

    Raises
    ------
    ArgmapError
        If the folder has no map or nothing can be written; for a single page also if argmap's own files have errors, all of
        which are listed.
    """
    return write_report(Path(folder), Path(out), theme=theme, pages=pages, jobs=jobs).files


def write_report(
    folder: Path,
    out: Path,
    *,
    theme: ThemeName = "light",
    pages: Pages = "auto",
    jobs: int | None = None,
    progress: Progress = silent,
) -> Written:
    """Write the report of a folder, as one page or as many; parameters and errors are those of `report`.

    `progress` receives each step with the number of parts done and in all.
    """
    from argmap.page.many.build import remove_many, write_many

    if pages not in get_args(Pages):
        raise ArgmapError(f"no pages {pages!r}: use one of {', '.join(get_args(Pages))}")
    if pages == "one" or (pages == "auto" and not are_many(folder, MOST_TEXTS)):
        with remembered.reading_once():
            made = make(folder, theme, progress)
        if pages == "one" or len(made.inputs.maps) <= PAIR or len(made.html(False).encode()) <= MOST_BYTES:
            files = write(made, out)
            remove_many(out)
            return Written(files, tuple(made.inputs.warnings()), not made.inputs.unread)
    many = write_many(folder, out, jobs=jobs, progress=progress)
    return Written((many.index,), (*many.warnings, *many.unread), not many.unread, many)


@without_collection()
def make(folder: Path, theme: ThemeName = "light", progress: Progress = silent) -> Made:
    """Build the report of a folder in memory; parameters and errors are those of `write_report`."""
    from argmap.diff import compare, timeline

    progress("reading", 0, 1)
    found = inputs_of(folder)
    maps = list(found.maps.values())
    pairs = list(pairs_of(found))
    diffs = []
    for n, (before, after, alignment) in enumerate(pairs):
        progress("comparing", n, len(pairs))
        diffs.append(compare(before, after, alignment))
    alignments = [a for a in (found.aligned(left.id, right.id) for left, right in pairwise(maps)) if a]
    line = timeline(maps, alignments, diffs) if diffs and len(maps) > 1 else None
    pictures, files, failures = drawn(maps, diffs, line if line and line.rows else None, theme, progress)
    notes = [*failures, *found.notes, *(f"Left aside: {line}" for line in found.left_aside)]

    def html(live: bool) -> str:
        shown = [replace(picture, files=()) for picture in pictures] if live else pictures
        return build(maps, diffs, line, shown, title=found.title, notes=notes, live=live)

    return Made(html, files, found)


def write(made: Made, out: Path) -> tuple[Path, ...]:
    """Write a report to a folder, the page last, so that the page never names a missing picture.

    The folder is created if needed. Return the files, the page first; raise ArgmapError if one cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgmapError(f"{out}: cannot create this folder: {(error.strerror or str(error)).lower()}") from None
    page = out / "index.html"
    html = made.html(False)
    files: dict[Path, str | bytes] = {**{out / name: data for name, data in made.pictures.items()}, page: html}
    for file, content in files.items():
        text_file.ask(file, content)
    for file, content in files.items():
        text_file.write(file, content)
    return (page, *(out / name for name in made.pictures))


@dataclass(frozen=True, slots=True)
class _Wanted:
    name: str
    kind: str
    title: str
    of: tuple[str, ...]
    diagram: Callable[[], Diagram]
    on_page: bool = True
    """False for a picture that is only a file beside the page."""


def drawn(
    maps: Sequence[Map],
    diffs: Sequence[Diff],
    timeline: Timeline | None,
    theme: ThemeName = "light",
    progress: Progress = silent,
    *,
    files_beside: bool = True,
) -> tuple[list[PagePicture], dict[str, bytes], list[str]]:
    """Draw all pictures of a report.

    Return those for the page, in light and dark; those for the folder, in `theme`, by file name, unless `files_beside`
    is false; and lines on what could not be drawn.
    """
    wanted = [one for one in _wanted(maps, diffs, timeline) if files_beside or one.on_page]
    pictures, files, failures = [], dict[str, bytes](), []
    # Each drawing runs in a process of its own, so threads are enough to use all cores.
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        results = pool.map(lambda one: _draw(one, theme, files_beside), wanted)
        for n, (one, result) in enumerate(zip(wanted, results, strict=True), 1):
            progress("drawing", n, len(wanted))
            if isinstance(result, ArgmapError):
                failures.append(f"{one.title} could not be drawn: {result}")
                continue
            picture, *drawings = result
            pictures.append(picture)
            files |= dict(zip(picture.files, drawings, strict=True))
            failures += [f"{picture.files[1]}: {each.message}" for drawing in drawings for each in drawing.findings]
    return pictures, files, failures


def _draw(
    wanted: _Wanted, theme: ThemeName, files_beside: bool
) -> tuple[PagePicture, *tuple[Drawing, ...]] | ArgmapError:
    from argmap.diagram.drawing import draw_files, draw_for_page

    try:
        diagram = wanted.diagram()
        drawings = draw_files(diagram, theme) if files_beside else ()
        # On the page, the section's heading is the title.
        bare = replace(diagram, title="", subtitle="", notes=() if wanted.kind == "map" else diagram.notes)
        drawn = draw_for_page(bare) if wanted.on_page else None
    except ArgmapError as error:
        return error
    files = (f"{wanted.name}.svg", f"{wanted.name}.pdf") if files_beside else ()
    return PagePicture(wanted.name, wanted.kind, wanted.title, drawn, wanted.of, files, diagram.notes), *drawings


def _wanted(maps: Sequence[Map], diffs: Sequence[Diff], timeline: Timeline | None) -> list[_Wanted]:
    from argmap.diagram import of_map, picture_named

    by_id = {map_.id: map_ for map_ in maps}
    wanted = []
    for diff in diffs:
        before, after = by_id[diff.before.id], by_id[diff.after.id]
        for kind, title in OF_PAIR.items():
            if kind in ("stairs", "how") and diff.question != "positions":
                continue
            if kind == "stairs" and not any(shift.scale for shift in diff.shifts):
                continue
            name = kind if len(diffs) == 1 else f"{kind}-{before.id}-{after.id}"
            told = title.format(before=before.id, after=after.id)
            build_ = partial(picture_named(kind).build, diff, before, after)
            shown = kind in ("stairs", "how")
            wanted.append(_Wanted(name, kind, told, (before.id, after.id), build_, shown))
    if timeline and any(row.scale for row in timeline.rows):
        build_ = partial(picture_named("dumbbells").build, timeline)
        wanted.append(_Wanted("dumbbells", "dumbbells", "Where each text stands", tuple(by_id), build_))
    taken = {one.name.casefold() for one in wanted} | set(RESERVED)
    for map_ in maps:
        name = map_.id
        # Some file systems ignore case, and no map may take one of the page's own names.
        while name.casefold() in taken:
            name = f"map-{name}"
        taken.add(name.casefold())
        wanted.append(_Wanted(name, "map", f"Map of {map_.id}", (map_.id,), partial(of_map, map_)))
    return wanted
