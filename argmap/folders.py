"""Convert whole folders from one format to another: on all cores, resumable, with a list of what failed and why.

    corpus/a.json ─▶ maps/a.yaml      read · write · what was lost · what was irregular
    corpus/b.json ─▶ maps/b.yaml      already there and newer than its source: left as it is
    corpus/c.json ─✗                  one line that says why; the rest goes on

Every file is written as a whole or not at all, so that an interrupted run can go on where it stopped. The target folder
notes what the run was asked for (formats, options) in the file `NOTE`. A run that is asked for something else begins anew,
and replaces files that are older than the note. The result of each file is written to `JOURNAL` at once, so that a run
which goes on can report on the whole.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

from argmap import engine, text_file
from argmap.findings import ArgmapError, Finding, Place
from argmap.formats import (
    ENDINGS,
    FORMATS,
    Format,
    Loss,
    detect,
    examine_content,
    in_a_line,
    named,
    recognised,
    write,
)
from argmap.formats.common.companion_files import is_read_along, read_along
from argmap.formats.common.format import Content, content_of
from argmap.model import Map

NOTE = ".argmap-convert.json"
"""File of the target folder that notes what the run was asked for."""
JOURNAL = ".argmap-converted.jsonl"
"""File of the target folder with a line for the result of each file."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A file that was converted: its format, its target, what was lost, what was irregular."""

    source: Path
    target: Path
    format: str
    loss: Loss
    findings: tuple[Finding, ...] = ()
    written: tuple[str, ...] = ()
    """SHA-256 of each file that was written."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be converted, and why."""

    source: Path
    reason: str
    """One line, which may begin with the file and the place in it."""

    def __str__(self) -> str:
        return self.reason if self.reason.startswith(str(self.source)) else f"{self.source}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Conversion:
    """The result of converting a folder."""

    converted: tuple[Converted, ...] = ()
    failures: tuple[Failure, ...] = ()
    unchanged: tuple[Path, ...] = ()
    """Files with a target that was there already, and newer."""
    earlier: tuple[Converted, ...] = ()
    """The results of those from the run that converted them."""
    aside: tuple[Path, ...] = ()
    """Texts that are not maps, with a suffix that some format has."""

    @property
    def loss(self) -> Loss:
        """The losses of all files together."""
        total: Counter[str] = Counter()
        for file in self.files:
            total.update(file.loss.lost)
        name = self.files[0].loss.format if self.files else "the format"
        return Loss(name, dict(total), frozenset().union(*(file.loss.extra for file in self.files)))

    @property
    def files(self) -> tuple[Converted, ...]:
        """The files that are converted, now or before."""
        return (*self.converted, *self.earlier)


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that is not a map, and was not meant to be one."""

    source: Path


Result = Converted | Failure | Aside


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    source: Path
    target: Path
    to: str
    format: str | None
    options: dict[str, Any]
    known: frozenset[str] | None = frozenset()
    """SHA-256 of the files that earlier runs wrote, which may be replaced; `None` for any file."""


def convert_folder(
    source: str | Path,
    target: str | Path,
    to: str,
    *,
    format: str | None = None,  # noqa: A002
    options: Mapping[str, Any] = MappingProxyType({}),
    jobs: int | None = None,
    again: bool = False,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Conversion:
    """Convert every map in a folder and the folders in it.

    Parameters
    ----------
    source
        The folder to read. Hidden files are passed over, and so are files with a suffix of no format.
    target
        The folder to write, with the same folders in it; it is made if it does not exist.
    to
        Name of the format to write.
    format
        Name of the format to read; detected for each file when left out.
    options
        Options of the readers, such as `keep_dialogue`; a format without the option ignores it.
    jobs
        Number of processes; that of the processors when left out. With more than one, a script has to call this
        under `if __name__ == "__main__":`.
    again
        Convert files again although their target is there and newer.
    force
        Replace files that no earlier run wrote, or that were changed since.
    progress
        Called after each file with the number of files done and of all files.

    Returns
    -------
    Conversion
        What was converted, what failed, what was there already.

    Raises
    ------
    ArgmapError
        If a format is not known, the source is not a folder, or a file would replace one that is to be read.
    """
    source, target = Path(source), Path(target)
    if not source.is_dir():
        raise ArgmapError(f"{source}: is not a folder")
    if target.exists() and not target.is_dir():
        raise ArgmapError(f"{target}: is not a folder, and cannot hold the maps of one")
    if target.resolve().is_relative_to(source.resolve()):
        raise ArgmapError(f"{target}: lies in the folder to convert, and would be converted itself: name another")
    chosen = named(to, "writes")
    only = named(format, "reads") if format is not None else None
    files = list(map_files(source, only))
    earlier = _hashes(target)
    tasks = [
        _Task(path, out, chosen.name, format, dict(options), None if force else earlier)
        for path, out in _targets(files, source, target, chosen)
    ]
    inputs = {key for path in files for each in (path, *read_along(path)) if (key := _identity(each))}
    if clash := [task.target for task in tasks if _identity(task.target) in inputs]:
        raise ArgmapError(f"{min(clash)}: would be written over: name another folder")
    asked = {"to": chosen.name, "from": format, "options": dict(options)}
    done: set[Path] = set()
    if again or _noted(target) != asked:
        if tasks:
            text_file.write(_folder(target) / JOURNAL, json.dumps({"written": sorted(earlier)}) + "\n", update=True)
            text_file.write(target / NOTE, json.dumps(asked) + "\n", update=True)
    else:
        begun = (target / NOTE).stat().st_mtime_ns
        done = {task.source for task in tasks if _is_done(task, begun)}
    waiting = [task for task in tasks if task.source not in done]
    known = _journal(source, target)
    results: list[Result] = []
    for result in engine.run(_convert, waiting, jobs or engine.processors(), _lost):
        results.append(result)
        if isinstance(result, Converted):
            with (target / JOURNAL).open("a", encoding="utf-8") as journal:
                journal.write(_line_of(result, source, target))
        if progress:
            progress(len(results) + len(done), len(tasks))
    results.sort(key=lambda result: result.source)
    return Conversion(
        tuple(result for result in results if isinstance(result, Converted)),
        tuple(result for result in results if isinstance(result, Failure)),
        tuple(sorted(done)),
        tuple(known[path] for path in sorted(done) if path in known),
        tuple(result.source for result in results if isinstance(result, Aside)),
    )


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what two names of one file share; `None` if there is no such file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def read_folder(folder: Path, format: str | None = None) -> tuple[dict[str, Map], tuple[Failure, ...]]:  # noqa: A002
    """Read every map in a folder, by its path in it without the ending; and say which files could not be read."""
    only = named(format, "reads") if format is not None else None
    paths = list(map_files(folder, only))
    stems = Counter(map(_stem, paths))
    maps: dict[str, Map] = {}
    failures: list[Failure] = []
    for path in paths:
        name = (_stem(path) if stems[_stem(path)] == 1 else path).relative_to(folder).as_posix()
        try:
            content = content_of(path)
            if chosen := only or meant(content):
                maps[name] = examine_content(content, chosen.name, {}).map
        except ArgmapError as error:
            failures.append(Failure(path, in_a_line(error)))
    return maps, tuple(failures)


def meant(content: Content) -> Format | None:
    """Return the format of a file; `None` for a text that is not a map, with an ending that some format has."""
    known = recognised(content)
    untelling = tuple(suffix for each in FORMATS if not each.suffix_tells for suffix in each.suffixes)
    return None if known is None and content.name.lower().endswith(untelling) else known or detect(content)


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgmapError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    return path


def _noted(target: Path) -> dict[str, Any] | None:
    """Read what the last run into a folder was asked for; `None` without one."""
    try:
        noted = json.loads((target / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return noted if isinstance(noted, dict) else None


def _line_of(file: Converted, source: Path, target: Path) -> str:
    names = {"source": str(file.source.relative_to(source)), "target": str(file.target.relative_to(target))}
    loss = {"format": file.loss.format, "lost": dict(file.loss.lost), "extra": sorted(file.loss.extra)}
    findings = [asdict(finding) for finding in file.findings]
    said = {**names, "format": file.format, "loss": loss, "findings": findings, "written": file.written}
    return json.dumps(said) + "\n"


def _hashes(target: Path) -> frozenset[str]:
    """Return the SHA-256 of each file that runs into this folder wrote."""
    found: set[str] = set()
    with suppress(OSError, ValueError):
        for line in (target / JOURNAL).read_text("utf-8").splitlines():
            with suppress(ValueError, KeyError, TypeError):
                found.update(json.loads(line)["written"])
    return frozenset(found)


def _journal(source: Path, target: Path) -> dict[Path, Converted]:
    """Read the result of each file; lines that are cut off or of another make are ignored."""
    known: dict[Path, Converted] = {}
    try:
        lines = (target / JOURNAL).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return known
    for line in lines:
        try:
            said = json.loads(line)
            loss = Loss(said["loss"]["format"], said["loss"]["lost"], frozenset(said["loss"]["extra"]))
            findings = tuple(_finding(each) for each in said["findings"])
            names = source / said["source"], target / said["target"]
            file = Converted(*names, said["format"], loss, findings, tuple(said["written"]))
        except (ValueError, KeyError, TypeError):
            continue
        known[file.source] = file
    return known


def _finding(said: dict[str, Any]) -> Finding:
    place = said["place"]
    return Finding(**{**said, "place": Place(**{**place, "at": tuple(place["at"])})})


def map_files(folder: Path, only: Format | None = None) -> Iterator[Path]:
    """Yield the files that may be maps, in order, without those that are read along with others."""
    endings = only.suffixes if only else ENDINGS
    for path in text_file.files_in(folder):
        if path.name.lower().endswith(endings) and not is_read_along(path):
            yield path


def _stem(path: Path) -> Path:
    """Return the file without its suffix, which may have two dots."""
    ending = max((s for s in ENDINGS if path.name.lower().endswith(s)), key=len, default=path.suffix)
    return path.with_name(path.name[: len(path.name) - len(ending)])


def _targets(files: Sequence[Path], source: Path, target: Path, to: Format) -> Iterator[tuple[Path, Path]]:
    """Yield each file and its target: the new suffix after the name, after the old suffix or a number if two would be one."""
    stems = Counter(map(_stem, files))
    taken: set[Path] = set()
    for path in files:
        name = path.name if stems[_stem(path)] > 1 else _stem(path).name
        folder = target / path.relative_to(source).parent
        out = folder / f"{name}{to.suffixes[0]}"
        for n in count(2):
            if out not in taken:
                break
            out = folder / f"{name}-{n}{to.suffixes[0]}"
        taken.add(out)
        yield path, out


def _is_done(task: _Task, begun: int) -> bool:
    """Tell whether the target is newer than its sources, and than the note (`begun`, in nanoseconds)."""
    try:
        newest = max(file.stat().st_mtime_ns for file in (task.source, *read_along(task.source)))
        return task.target.stat().st_mtime_ns >= max(begun, newest)
    except OSError:
        return False


def _lost(task: _Task) -> Result:
    return Failure(task.source, engine.LOST)


def _convert(task: _Task) -> Result:
    written: dict[str, None] = {}

    def gate(path: Path, data: bytes) -> None:
        if task.known is not None and text_file.is_file(path):
            old = path.read_bytes()
            if old and old != data and hashlib.sha256(old).hexdigest() not in task.known:
                reason = "no earlier run wrote this file, or it was changed since; --force replaces it"
                raise ArgmapError(f"{path}: {reason}")
        written[hashlib.sha256(data).hexdigest()] = None

    try:
        content = content_of(task.source)
        chosen = named(task.format) if task.format else meant(content)
        if chosen is None:
            return Aside(task.source)
        options = {key: value for key, value in task.options.items() if key in chosen.options}
        reading = examine_content(content, chosen.name, options)
        task.target.parent.mkdir(parents=True, exist_ok=True)
        with text_file.guarded(gate):
            lost = write(reading.map, task.target, task.to)
    except ArgmapError as error:
        return Failure(task.source, in_a_line(error))
    except OSError as error:
        return Failure(task.source, f"{task.target}: {(error.strerror or str(error)).lower()}")
    except Exception as error:  # noqa: BLE001 - one file's trouble is no reason to give up on thousands
        return Failure(task.source, f"{type(error).__name__}: {error}")
    return Converted(task.source, task.target, chosen.name, lost, reading.findings, tuple(written))
