"""Read the folder of a report: its maps in the order of their dates, and the alignments between them.

A file is recognised by its content, not by its name. Argmap's own files must be free of errors, but a quote that is missing
or not found does not stop the report: the page shows it as failed or unchecked. A map in another format is read as far as it can be; if it cannot be read, the report goes on without it. Every
other file is named on the page as left aside.
"""

from __future__ import annotations

import heapq
import shlex
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from argmap import remembered, store
from argmap.findings import ArgmapError, Finding, condensed
from argmap.model import Alignment, Map
from argmap.text_file import files_in, read_text, sibling

if TYPE_CHECKING:
    from argmap.formats import Reading
    from argmap.formats.common.format import Content
    from argmap.store import Document

OWN = (".yaml", ".yml", ".json")
ABOUT_QUOTES = frozenset(
    {
        "unanchored-quote",
        "part-of-word",
        "ambiguous-quote",
        "quote-in-excluded-part",
        "missing-quote",
        "cue-not-in-text",
    }
)
"""Errors that the page shows where they are, and that do not stop the report."""


@dataclass(slots=True)
class Inputs:
    """The maps in their order, and the alignments between them."""

    maps: dict[Path, Map] = field(default_factory=dict)
    alignments: dict[Path, Alignment] = field(default_factory=dict)
    ends: dict[Path, tuple[str, str]] = field(default_factory=dict)
    """Ids of the two maps of each alignment."""
    title: str | None = None
    """Title of the codebook, if all maps share one."""
    left_aside: list[str] = field(default_factory=list)
    """A line for each file that is not part of the report."""
    unread: list[str] = field(default_factory=list)
    """Those of these lines that are about a map that cannot be read."""
    findings: dict[Path, tuple[Finding, ...]] = field(default_factory=dict)
    """Findings in maps of other formats, and failed quotes of argmap's own maps."""
    notes: list[str] = field(default_factory=list)
    """Lines about the maps themselves: failed quotes, and names that two maps share."""
    files: set[Path] = field(default_factory=set)
    """All files that were read."""

    def warnings(self) -> Iterator[str]:
        """Lines for the terminal: what is irregular in maps, and what could not be read."""
        for path, found in self.findings.items():
            serious = [finding for finding in found if finding.severity != "note"]
            yield from condensed(serious, shlex.join(["argmap", "check", str(path)]))
        yield from self.unread

    def aligned(self, before: str, after: str) -> Alignment | None:
        """Find the alignment of two maps by their ids."""
        return next((self.alignments[path] for path, ends in self.ends.items() if ends == (before, after)), None)


def inputs_of(folder: Path) -> Inputs:
    """Read a folder with all folders inside, as `argmap check` does.

    Raise ArgmapError if it is not a folder, has no map, or one of argmap's own files has errors; all findings are
    listed.
    """
    if not folder.is_dir():
        raise ArgmapError(f"{folder}: " + ("no such folder" if not folder.exists() else "not a folder"))
    found, own = Inputs(), list[Path]()
    for path in files_in(folder):
        if path.suffix.lower() in OWN and _is_own(path, found):
            own.append(path)
        elif path not in found.files:
            _take_foreign(path, found, name_it=path.parent == folder)
    _check(own, found)
    for path in own:
        _take(path, found)
    _check([path for path in found.maps if path not in own and path not in found.findings], found)
    if not found.maps:
        if found.unread:
            raise ArgmapError("\n".join([*found.unread, f"{folder}: no map in this folder can be read"]))
        left = f": {found.left_aside[0]}" if found.left_aside else ""
        raise ArgmapError(f"{folder}: this folder has no map{left}")
    found.maps = _in_order(found)
    found.title = _title(found)
    return found


def inputs_of_file(path: Path, *, name_it: bool = False) -> Inputs:
    """Read one file as `inputs_of` reads each: a map, or an alignment with its two maps; else nothing.

    With `name_it`, data of another program are named in `left_aside`. Raise ArgmapError if argmap's own file has
    errors.
    """
    found = Inputs()
    if path.suffix.lower() in OWN and _is_own(path, found):
        _check([path], found)
        _take(path, found)
        _check([other for other in found.maps if other != path and other not in found.findings], found)
    else:
        _take_foreign(path, found, name_it=name_it)
    found.title = _title(found)
    return found


def are_many(folder: Path, most: int) -> bool:
    """Tell whether a folder has more maps than `most`; no more files are looked at than that takes."""
    from argmap import folders

    found = 0
    for path in folders.map_files(folder):
        with suppress(ArgmapError):
            if path.suffix.lower() in OWN and store.is_ours(read_text(path)):
                found += store.kind_of(path) == "map"
            else:
                found += folders.meant(_content(path)) is not None
        if found > most:
            return True
    return False


def _content(path: Path) -> Content:
    """Read a file in another format; one that was counted before is not parsed again."""
    from argmap.formats.common.format import content_of

    content = content_of(path)
    return cast("Content", remembered.parsed_once(f"content of {path}", content.text, lambda: content))


def _is_own(path: Path, found: Inputs) -> bool:
    """True for a file of argmap's own; also for one that looks like one and cannot be read, so that it is reported."""
    try:
        text = read_text(path)
    except ArgmapError:
        return path.suffix.lower() != ".json"
    if not store.is_ours(text):
        return False
    try:
        store.kind_of(path)
    except ArgmapError as error:
        return all(finding.rule != "unknown-file" for finding in error.findings)
    found.files.add(path)
    return True


def _take_foreign(path: Path, found: Inputs, *, name_it: bool) -> None:
    """Read a map in another format, recognised by its content or suffix; `name_it` if it is left aside."""
    from argmap import formats
    from argmap.formats.common.companion_files import is_read_along

    name = path.name.lower()
    if not name.endswith(formats.ENDINGS) or is_read_along(path):
        return
    known: formats.Format | None = None
    try:
        content = _content(path)
        known = formats.recognised(content)
        if formats.is_meant(content):
            _keep(formats.examine_content(content, known.name if known else None, {}), path, found)
        elif content.data is not None or path.suffix.lower() in OWN[:2]:
            if name_it:  # in folders further down, data of other programs are nothing unusual
                found.left_aside.append(f"{path.name}: not a map in a format that argmap knows")
        elif path.suffix.lower() in OWN:
            content.json()
    except ArgmapError as error:
        line = formats.in_a_line(error)
        found.left_aside.append(line)
        # Prose may look like a map; a .txt file counts as a map only if its format uses that suffix.
        if path.suffix.lower() != ".txt" or (known and ".txt" in known.suffixes):
            found.unread.append(line)


def _keep(reading: Reading, path: Path, found: Inputs) -> None:
    found.maps[path] = _renamed(reading.map, path, found)
    found.findings[path] = reading.findings
    found.files.add(path)


def _take(path: Path, found: Inputs) -> None:
    kind = store.kind_of(path)
    if kind == "map":
        _take_map(path, found)
    elif kind == "alignment":
        document = store.open_alignment(path)
        found.alignments[path] = document.value
        found.ends[path] = (_end(document, "before", path, found), _end(document, "after", path, found))


def _end(document: Document[Alignment], side: Literal["before", "after"], path: Path, found: Inputs) -> str:
    """Id of a map that an alignment names; the map is read even if it is in another folder."""
    from argmap import formats

    named = getattr(document.value, side)
    file = next((known for known in found.maps if known.resolve() == sibling(path, named)), path.parent / named)
    if file not in found.maps and file.suffix.lower() in OWN and _is_own(file, found):
        _take_map(file, found)
    elif file not in found.maps:
        _keep(formats.examine_named(document, (side,)), file, found)
    return found.maps[file].id


def _take_map(path: Path, found: Inputs) -> None:
    if any(file.resolve() == path.resolve() for file in found.maps):
        return
    map_ = found.maps[path] = _renamed(store.load(path), path, found)
    named = [*(source.path for source in map_.sources.values()), map_.codebook]
    found.files.update(path.parent / name for name in named if name)
    found.files.add(path)


def _check(paths: Sequence[Path], found: Inputs) -> None:
    """Raise all errors of all files at once; failed quotes alone are kept as findings."""
    from argmap.rules import check

    if not paths:
        return
    errors = [finding for finding in check(*map(str, paths)) if finding.severity == "error"]
    if any(finding.rule not in ABOUT_QUOTES for finding in errors):
        raise ArgmapError(errors)
    for path in paths:
        own = tuple(finding for finding in errors if finding.place.file == str(path))
        if own:
            found.findings[path] = own
            found.notes += [f"{path.name}: {finding.message}" for finding in own]


def _renamed(map_: Map, path: Path, found: Inputs) -> Map:
    """Give a map whose id is taken another one on the page, so that element ids and links stay apart."""
    taken = {other.id for other in found.maps.values()}
    name, n = map_.id, 2
    while name in taken:
        name, n = f"{map_.id}-{n}", n + 1
    if name == map_.id:
        return map_
    found.notes.append(f"{path.name}: the id {map_.id} is taken by another map; on this page it is {name}.")
    return map_.model_copy(update={"id": name})


def _in_order(found: Inputs) -> dict[Path, Map]:
    """Sort maps by date, but never `after` ahead of its `before` (Kahn 1962, the earliest free map next)."""
    path_of = {map_.id: path for path, map_ in found.maps.items()}
    waiting = {
        path: {path_of[b] for b, a in found.ends.values() if path_of[a] == path and a != b} for path in path_of.values()
    }
    rank = {path: (map_.date is None, map_.date or "", path.name) for path, map_ in found.maps.items()}
    order: dict[Path, Map] = {}
    free = [(rank[path], path) for path, before in waiting.items() if not before]
    heapq.heapify(free)
    while len(order) < len(found.maps):
        # Alignments in a circle free no map; then the dates decide.
        path = heapq.heappop(free)[1] if free else min((p for p in waiting if p not in order), key=rank.__getitem__)
        if path in order:
            continue
        order[path] = found.maps[path]
        for other, before in waiting.items():
            if path in before:
                before.discard(path)
                if not before:
                    heapq.heappush(free, (rank[other], other))
    return order


def _title(found: Inputs) -> str | None:
    try:
        books = {sibling(path, map_.codebook) if map_.codebook else None for path, map_ in found.maps.items()}
        book = books.pop() if len(books) == 1 else None
        return store.load_codebook(book).title if book else None
    except (ArgmapError, OSError, ValueError):
        # A map in another format holds its issues itself, and may name a codebook that is not there.
        return None


def pairs_of(found: Inputs) -> Iterable[tuple[Map, Map, Alignment | None]]:
    """Choose the maps to compare: those with an alignment, and neighbours in time that share an issue or a text."""
    maps = list(found.maps.values())
    by_id = {map_.id: map_ for map_ in maps}
    told = set()
    for path, (before, after) in found.ends.items():
        if before != after and (before, after) not in told:
            told.add((before, after))
            yield by_id[before], by_id[after], found.alignments[path]
    for left, right in pairwise(maps):
        if (left.id, right.id) not in told and (len(maps) == 2 or _related(left, right)):
            yield left, right, None


def _related(left: Map, right: Map) -> bool:
    texts = [{source.fingerprint for source in map_.sources.values()} - {None} for map_ in (left, right)]
    return bool(set(left.issues) & set(right.issues) or texts[0] & texts[1])
