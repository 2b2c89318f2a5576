"""What a folder holds: its maps in the order of their dates, the alignments between them, and what was left aside.

A file is known by what is in it, not by its name. What is one of argmap's own files must be right, down to the
last quote; a map in another format is taken as it reads, and where it cannot be read, the rest goes on without it;
anything else is named on the page as left aside.
"""

from __future__ import annotations

import heapq
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from argmap import store
from argmap.findings import ArgmapError, Finding, Place, condensed
from argmap.model import Alignment, Map
from argmap.text_file import read_text, sibling

if TYPE_CHECKING:
    from argmap.formats import Reading
    from argmap.store import Document

OWN = (".yaml", ".yml", ".json")


@dataclass(slots=True)
class Inputs:
    """The maps, in their order, and what ties them."""

    maps: dict[Path, Map] = field(default_factory=dict)
    alignments: dict[Path, Alignment] = field(default_factory=dict)
    ends: dict[Path, tuple[str, str]] = field(default_factory=dict)
    """Of each alignment, the ids of the two maps."""
    title: str | None = None
    """The codebook's, where all maps share one."""
    left_aside: list[str] = field(default_factory=list)
    """A line for each file that is none of them."""
    unread: list[str] = field(default_factory=list)
    """Those of the lines that are about a map which cannot be read."""
    findings: dict[Path, tuple[Finding, ...]] = field(default_factory=dict)
    """What is irregular in maps in other formats."""
    files: set[Path] = field(default_factory=set)
    """Everything that was read."""

    def told(self) -> Iterator[str]:
        """What a person should know who does not look at the page: what is irregular and what could not be read, in lines."""
        for path, found in self.findings.items():
            worth_telling = [each for each in found if each.severity != "note"]
            yield from condensed(worth_telling, shlex.join(["argmap", "check", str(path)]))
        yield from self.unread

    def aligned(self, before: str, after: str) -> Alignment | None:
        """The alignment of two maps, by their ids."""
        return next((self.alignments[path] for path, ends in self.ends.items() if ends == (before, after)), None)


def inputs_of(folder: Path) -> Inputs:
    """Read a folder, not the folders in it.

    Raises
    ------
    ArgmapError
        When it is no folder, holds no map, or what it holds has errors: every finding of every file.
    """
    if not folder.is_dir():
        raise ArgmapError(
            f"{folder}: " + ("there is no such folder" if not folder.exists() else "this is not a folder")
        )
    found, own = Inputs(), list[Path]()
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or not path.is_file():
            continue
        if path.suffix.lower() in OWN and _is_own(path, found):
            own.append(path)
        elif path not in found.files:
            _take_foreign(path, found)
    _check(own)
    for path in own:
        _take(path, found)
    _check([path for path in found.maps if path not in own and path not in found.findings])
    if not found.maps:
        if found.unread:
            raise ArgmapError("\n".join([*found.unread, f"{folder}: no map in this folder can be read"]))
        left = f": {found.left_aside[0]}" if found.left_aside else ""
        raise ArgmapError(f"{folder}: there is no map in this folder{left}")
    _refuse_namesakes(found.maps)
    found.maps = _in_order(found)
    found.title = _title(found)
    return found


def _is_own(path: Path, found: Inputs) -> bool:
    """Whether a file is argmap's; one that cannot be read counts where it seems to be, so that it is complained of."""
    try:
        store.kind_of(path)
    except ArgmapError as error:
        unknown = any(finding.rule == "unknown-file" for finding in error.findings)
        return not unknown and (path.suffix.lower() != ".json" or _seems_own(path))
    found.files.add(path)
    return True


def _seems_own(path: Path) -> bool:
    try:
        return store.is_ours(read_text(path))
    except ArgmapError:
        return False


def _take_foreign(path: Path, found: Inputs) -> None:
    """A map in another format, when its content or its ending says so."""
    from argmap import formats
    from argmap.formats.common.companion_files import is_read_along
    from argmap.formats.common.format import content_of

    name = path.name.lower()
    if not name.endswith(formats.ENDINGS) or is_read_along(path):
        return
    known: formats.Format | None = None
    try:
        content = content_of(path)
        known = formats.recognised(content)
        if formats.is_meant(content):
            _keep(formats.examine_content(content, known.name if known else None, {}), path, found)
        elif content.data is not None or path.suffix.lower() in OWN[:2]:
            found.left_aside.append(f"{path.name}: not a map that argmap knows")
        elif path.suffix.lower() in OWN:
            content.json()
    except ArgmapError as error:
        line = formats.in_a_line(error)
        found.left_aside.append(line)
        # Prose may look like a map to someone; a file that says in its name that it is a text is taken for one.
        if path.suffix.lower() != ".txt" or (known and ".txt" in known.suffixes):
            found.unread.append(line)


def _keep(reading: Reading, path: Path, found: Inputs) -> None:
    found.maps[path] = reading.map
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
    """The id of a map that an alignment names, which is taken even where it lies in another folder."""
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
    m = found.maps[path] = store.load(path)
    named = [source.path for source in m.sources.values() if source.path] + ([m.codebook] if m.codebook else [])
    found.files.update(path.parent / name for name in named)
    found.files.add(path)


def _check(paths: Sequence[Path]) -> None:
    """Every error of every file, or none."""
    from argmap.rules import check

    if not paths:
        return
    errors = [finding for finding in check(*map(str, paths)) if finding.severity == "error"]
    if errors:
        raise ArgmapError(errors)


def _refuse_namesakes(maps: dict[Path, Map]) -> None:
    seen: dict[str, Path] = {}
    for path, m in maps.items():
        first = seen.setdefault(m.id, path)
        if first != path:
            raise ArgmapError(
                Finding(
                    "same-id",
                    "error",
                    f"the map bears the id {m.id!r}, as does {first}.",
                    Place(str(path)),
                    "On one page each map needs an id of its own.",
                )
            )


def _in_order(found: Inputs) -> dict[Path, Map]:
    """By date, yet never `after` ahead of its `before` (Kahn 1962, the earliest of what is free next)."""
    path_of = {m.id: path for path, m in found.maps.items()}
    waiting = {
        path: {path_of[b] for b, a in found.ends.values() if path_of[a] == path and a != b} for path in path_of.values()
    }
    rank = {path: (m.date is None, m.date or "", path.name) for path, m in found.maps.items()}
    order: dict[Path, Map] = {}
    free = [(rank[path], path) for path, before in waiting.items() if not before]
    heapq.heapify(free)
    while len(order) < len(found.maps):
        # Alignments that run in a circle free nobody; then the dates decide.
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
        books = {sibling(path, m.codebook) if m.codebook else None for path, m in found.maps.items()}
        book = books.pop() if len(books) == 1 else None
        return store.load_codebook(book).title if book else None
    except (ArgmapError, OSError, ValueError):
        # A map in another format has its issues in itself, and may name a codebook that it has left behind.
        return None


def compared(found: Inputs) -> Iterable[tuple[Map, Map, Alignment | None]]:
    """Which maps to compare: those that an alignment ties, and neighbours in time that speak of the same things."""
    maps = list(found.maps.values())
    by_id = {m.id: m for m in maps}
    told = set()
    for path, (before, after) in found.ends.items():
        if before != after and (before, after) not in told:
            told.add((before, after))
            yield by_id[before], by_id[after], found.alignments[path]
    for left, right in pairwise(maps):
        if (left.id, right.id) not in told and (len(maps) == 2 or _related(left, right)):
            yield left, right, None


def _related(left: Map, right: Map) -> bool:
    """Whether two maps share an issue or a text."""
    texts = [{source.digest for source in m.sources.values()} - {None} for m in (left, right)]
    return bool(set(left.issues) & set(right.issues) or texts[0] & texts[1])
