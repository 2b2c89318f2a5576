"""Convert whole folders to another format: on all cores, resumable, with a list of what failed and why.

    corpus/a.json ─▶ maps/a.yaml      read · write · what was lost · what was irregular
    corpus/b.json ─▶ maps/b.yaml      as it was when it was converted: left as it is
    corpus/c.json ─✗                  one line that says why; the rest goes on

Every file is written as a whole or not at all, so that an interrupted run can go on where it stopped. The target folder has a
file, `JOURNAL`: what the run was asked for (formats, options), then a line for each file that was converted. It serves three ends.
A run that goes on leaves alone what is done; it reports on the whole; and a file that no run wrote, or that somebody changed
since, is not replaced. A run that is asked for something else begins anew, and keeps only the hashes of what was written.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter

from argmap import engine, text_file
from argmap.findings import ArgmapError, Finding
from argmap.folders import Failure, examined, map_files, stem
from argmap.formats import Format, Loss, in_a_line, named, write
from argmap.formats.common.companion_files import read_along

JOURNAL = ".argmap-converted.jsonl"
"""File of the target folder that says what the last run was asked for, and what became of each file."""


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
class Conversion:
    """The result of converting a folder."""

    converted: tuple[Converted, ...] = ()
    failures: tuple[Failure, ...] = ()
    unchanged: tuple[Converted, ...] = ()
    """Files that an earlier run converted, and that are as they were."""
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
        return (*self.converted, *self.unchanged)


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that is not a map, and was not meant to be one."""

    source: Path


Result = Converted | Failure | Aside


@dataclass(frozen=True, slots=True)
class _Run:
    """A run: the part of a task that all have in common."""

    source: Path
    target: Path
    to: str
    format: str | None
    options: dict[str, Any]
    force: bool
    name: str
    """That of no other run."""


@dataclass(frozen=True, slots=True)
class _Task:
    run: _Run
    source: Path
    target: Path
    state: str
    """Times and sizes of the files to read."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the journal: a file that was converted, with its names in the two folders, and its state then."""

    file: Converted
    state: str


_LINES = TypeAdapter(_Line)


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
    """Convert every map in a folder and the folders in it, into a folder with the same folders in it.

    Hidden files are passed over, and so are files with a suffix of no format. The `target` is made if it does not
    exist. `to` and `format` name the formats to write and to read; the latter is detected for each file when left out.
    A format without one of the `options` of readers, such as `keep_dialogue`, ignores it. With more than one of `jobs`,
    a script has to call this under `if __name__ == "__main__":`. `again` converts files although nothing changed since,
    and `force` replaces files that no earlier run wrote, or that were changed since. `progress` is called after each
    file with the number of files done and of all.

    Raise ArgmapError if a format is not known, the source is not a folder, or a file would replace one that is to be
    read.
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
    asked = {"to": chosen.name, "from": format, "options": dict(options)}
    before, lines, written = _journal(target)
    run = _Run(source, target, chosen.name, format, dict(options), force, uuid4().hex)
    tasks = [_Task(run, path, out, _state(path)) for path, out in _targets(files, source, target, chosen)]
    inputs = {key for path in files for each in (path, *read_along(path)) if (key := _identity(each))}
    if clash := [task.target for task in tasks if _identity(task.target) in inputs]:
        raise ArgmapError(f"{min(clash)}: would be written over: name another folder")
    done: dict[Path, Converted] = {}
    if again or before != asked:
        if tasks:
            head = json.dumps({"asked": asked, "written": sorted(written)}) + "\n"
            _make(target)
            text_file.write(target / JOURNAL, head, update=True)
    else:
        for task in tasks:
            line = lines.get(str(task.source.relative_to(source)))
            if line and line.state == task.state and task.target.exists():
                done[task.source] = replace(line.file, source=task.source, target=task.target)
    waiting = [task for task in tasks if task.source not in done]
    results: list[Result] = []
    with closing(engine.run(_convert, waiting, jobs or engine.processors(), _lost)) as made:
        for result in made:
            if isinstance(result, Failure) and result.ends_all:
                raise ArgmapError(f"{result}; converted files stay: run it again to go on")
            results.append(result)
            if progress:
                progress(len(results) + len(done), len(tasks))
    return Conversion(
        tuple(result for result in results if isinstance(result, Converted)),
        tuple(result for result in results if isinstance(result, Failure)),
        tuple(done.values()),
        tuple(result.source for result in results if isinstance(result, Aside)),
    )


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what two names of one file share; `None` if there is no such file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgmapError(f"{folder}: {text_file.reason(error)}") from None


def _journal(target: Path) -> tuple[Any, dict[str, _Line], frozenset[str]]:
    """Read what the last run into a folder was asked for, its lines by their source, and the SHA-256 of all that was written.

    Lines that are cut off are ignored.
    """
    asked: Any = None
    lines: dict[str, _Line] = {}
    written: set[str] = set()
    with suppress(OSError, UnicodeDecodeError):
        for text in (target / JOURNAL).read_text("utf-8").splitlines():
            with suppress(ValueError, KeyError, TypeError):
                said = json.loads(text or "{}")
                if "asked" in said:
                    asked, lines = said["asked"], {}
                    written.update(map(str, said["written"]))
                elif said:
                    written.update(map(str, said["file"]["written"]))
                    line = _LINES.validate_python(said)
                    lines[str(line.file.source)] = line
    return asked, lines, frozenset(written)


@lru_cache(maxsize=1)
def _written(target: Path, run: str) -> frozenset[str]:  # noqa: ARG001 - read once a run
    """Return the SHA-256 of all that runs into a folder wrote."""
    return _journal(target)[2]


def _note(task: _Task, result: Converted) -> None:
    """Write a line into the journal, behind a line end: that of a killed run may be missing."""
    inside = task.source.relative_to(task.run.source), task.target.relative_to(task.run.target)
    line = json.dumps(
        _LINES.dump_python(_Line(replace(result, source=inside[0], target=inside[1]), task.state), mode="json")
    )
    with (task.run.target / JOURNAL).open(
        "ab", buffering=0
    ) as journal:  # one write, so that processes do not mix lines
        journal.write(f"\n{line}\n".encode("ascii"))


def _targets(files: Sequence[Path], source: Path, target: Path, to: Format) -> Iterator[tuple[Path, Path]]:
    """Yield each file and its target: the new suffix after the name, after the old suffix or a number if two would be one."""
    stems = Counter(map(stem, files))
    taken: set[Path] = set()
    for path in files:
        name = path.name if stems[stem(path)] > 1 else stem(path).name
        folder = target / path.relative_to(source).parent
        out = folder / f"{name}{to.suffixes[0]}"
        for n in count(2):
            if out not in taken:
                break
            out = folder / f"{name}-{n}{to.suffixes[0]}"
        taken.add(out)
        yield path, out


def _state(path: Path) -> str:
    """Return times and sizes of a file and of those that are read along with it."""
    found = []
    for each in (path, *read_along(path)):
        with suppress(OSError):
            status = each.stat()
            found.append(f"{status.st_mtime_ns} {status.st_size}")
    return ", ".join(found)


def _lost(task: _Task) -> Result:
    return Failure(task.source, engine.LOST)


def _convert(task: _Task) -> Result:
    run = task.run
    written: dict[str, None] = {}

    def gate(path: Path, data: bytes) -> None:
        if not run.force and text_file.is_file(path):
            old = path.read_bytes()
            if old and old != data and hashlib.sha256(old).hexdigest() not in _written(run.target, run.name):
                reason = "no earlier run wrote this file, or it was changed since; --force replaces it"
                raise ArgmapError(f"{path}: {reason}")
        written[hashlib.sha256(data).hexdigest()] = None

    try:
        read = examined(task.source, run.format, run.options)
        if read is None:
            return Aside(task.source)
        chosen, reading = read
        task.target.parent.mkdir(parents=True, exist_ok=True)
        with text_file.guarded(gate):
            lost = write(reading.map, task.target, run.to)
        result = Converted(task.source, task.target, chosen.name, lost, reading.findings, tuple(written))
        _note(task, result)
    except ArgmapError as error:
        return Failure(task.source, in_a_line(error), text_file.is_full(error.__context__))
    except OSError as error:
        return Failure(task.source, f"{task.target}: {text_file.reason(error)}", text_file.is_full(error))
    except Exception as error:  # noqa: BLE001 - one file's trouble is no reason to give up on thousands
        return Failure(task.source, f"{type(error).__name__}: {error}")
    return result
