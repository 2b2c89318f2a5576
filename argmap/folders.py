"""Read the maps of whole folders, on all cores, and name what could not be read and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from argmap import engine, store, text_file
from argmap.findings import ArgmapError
from argmap.formats import (
    ENDINGS,
    FORMATS,
    Format,
    detect,
    examine_content,
    in_a_line,
    named,
    recognised,
)
from argmap.formats.common.companion_files import is_read_along
from argmap.formats.common.format import Content, Reading, content_of
from argmap.model import Map


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read or converted, and why."""

    source: Path
    reason: str
    """One line, which may begin with the file and the place in it."""
    ends_all: bool = False
    """No other file could be converted either: the disk is full."""

    def __str__(self) -> str:
        return self.reason if self.reason.startswith(str(self.source)) else f"{self.source}: {self.reason}"


Made = TypeVar("Made")


def each(
    folder: Path,
    make: Callable[[Map], Made],
    *,
    format: str | None = None,  # noqa: A002
    options: Mapping[str, Any] = MappingProxyType({}),
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[Path, Made | Failure]]:
    """Make something of every map in a folder and the folders in it; yield each file, in order, with it or a `Failure`.

    Hidden files and files that are no maps are passed over. `make` is a function of a module. `format` names the format
    to read; it is detected for each file when left out. A format without one of the `options` ignores it. With more
    than one of `jobs`, a script has to call this under `if __name__ == "__main__":`. `progress` is called after each
    file with the number of files done and of all.
    """
    only = named(format, "reads") if format is not None else None
    paths = list(map_files(folder, only))
    tasks = [_Reading(path, only.name if only else None, dict(options), make) for path in paths]
    with closing(engine.run(_read, tasks, jobs, _unread)) as made:
        for n, (path, result) in enumerate(zip(paths, made, strict=True), 1):
            if result is not None:
                yield path, result
            if progress:
                progress(n, len(paths))


def read_folder(folder: Path, format: str | None = None) -> tuple[dict[str, Map], tuple[Failure, ...]]:  # noqa: A002
    """Read every map in a folder, by its path in it without the ending; and say which files could not be read."""
    found = dict(each(folder, _itself, format=format))
    stems = Counter(map(stem, found))
    maps = {
        (stem(path) if stems[stem(path)] == 1 else path).relative_to(folder).as_posix(): result
        for path, result in found.items()
        if isinstance(result, Map)
    }
    return maps, tuple(result for result in found.values() if isinstance(result, Failure))


def _itself(map_: Map) -> Map:
    return map_


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    source: Path
    format: str | None
    options: dict[str, Any]
    make: Callable[[Map], Any]


def _read(task: _Reading) -> Any:
    try:
        read = examined(task.source, task.format, task.options)
        return None if read is None else task.make(read[1].map)
    except ArgmapError as error:
        return Failure(task.source, in_a_line(error))
    except Exception as error:  # noqa: BLE001 - as in `_convert`
        return Failure(task.source, f"{type(error).__name__}: {error}")


def _unread(task: _Reading) -> Failure:
    return Failure(task.source, engine.LOST)


def examined(path: Path, format_name: str | None, options: Mapping[str, Any]) -> tuple[Format, Reading] | None:
    """Read a map, with the options that its format knows; `None` if the file is none."""
    content = content_of(path)
    chosen = named(format_name) if format_name else meant(content)
    if chosen is None:
        return None
    return chosen, examine_content(
        content, chosen.name, {name: options[name] for name in options if name in chosen.options}
    )


def meant(content: Content) -> Format | None:
    """Return the format of a map; `None` for a codebook, an alignment, and a text with an ending that some format has."""
    if store.kind_in_head(content.head) in ("codebook", "alignment"):
        return None
    known = recognised(content)
    untelling = tuple(suffix for each in FORMATS if not each.suffix_tells for suffix in each.suffixes)
    return None if known is None and content.name.lower().endswith(untelling) else known or detect(content)


def map_files(folder: Path, only: Format | None = None) -> Iterator[Path]:
    """Yield the files that may be maps, in order, without those that are read along with others."""
    endings = only.suffixes if only else ENDINGS
    for path in text_file.files_in(folder):
        if path.name.lower().endswith(endings) and not is_read_along(path):
            yield path


def stem(path: Path) -> Path:
    """Return the file without its suffix, which may have two dots."""
    ending = max((s for s in ENDINGS if path.name.lower().endswith(s)), key=len, default=path.suffix)
    return path.with_name(path.name[: len(path.name) - len(ending)])
