"""Whole folders from one format to another: on all cores, resumable, with a list of what did not convert and why.

    corpus/a.json ─▶ maps/a.yaml      read · write · what was lost · what was irregular
    corpus/b.json ─▶ maps/b.yaml      already there and newer than its source: left as it is
    corpus/c.json ─✗                  one line that says why; the rest goes on

Every file is written at once or not at all, so a file that is there is whole, and a run that was interrupted goes
on where it stopped.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType
from typing import Any

from argmap.finding import ArgmapError, Finding
from argmap.formats import FORMATS, Format, Loss, detect, examine_content, named, writable, write
from argmap.formats.format import content_of

FEW = 24
"""So few files are done before other processes have started."""


@dataclass(frozen=True, slots=True)
class Converted:
    """One file that was converted: from where, to where, what was lost, what was irregular."""

    source: Path
    target: Path
    loss: Loss
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """One file that was not, and why."""

    source: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of a folder."""

    converted: tuple[Converted, ...] = ()
    failures: tuple[Failure, ...] = ()
    unchanged: tuple[Path, ...] = ()
    """Files whose target was there already, and newer."""

    @property
    def loss(self) -> Loss:
        """What was lost in all files together."""
        total: Counter[str] = Counter()
        for file in self.converted:
            total.update(file.loss.lost)
        name = self.converted[0].loss.format if self.converted else "the format"
        return Loss(name, dict(total))


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    source: Path
    target: Path
    to: str
    format: str | None
    options: dict[str, Any]


def convert_folder(
    source: str | Path,
    target: str | Path,
    to: str,
    *,
    format: str | None = None,
    options: Mapping[str, Any] = MappingProxyType({}),
    jobs: int | None = None,
    again: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Conversion:
    """Convert every map in a folder and the folders in it.

    Parameters
    ----------
    source
        The folder to read. Hidden files are left out, and files whose suffix no format has.
    target
        The folder to write, with the same folders in it; made where it is not there.
    to
        Name of the format to write.
    format
        Name of the format to read; each file's own when left out.
    options
        What the reader takes, such as `keep_dialogue`; a format that does not know it does without.
    jobs
        How many processes; as many as there are processors when left out.
    again
        Whether files are converted again whose target is there and newer.
    progress
        Called with the number of files done and of all files, after each.

    Raises
    ------
    ArgmapError
        When a format is not known, the folder is none, or a file would be written over another that is to be read.
    """
    source, target = Path(source), Path(target)
    if not source.is_dir():
        raise ArgmapError(f"{source}: is no folder")
    chosen = writable(to)
    only = named(format) if format is not None else None
    files = list(_files(source, only))
    tasks = [
        _Task(path, out, chosen.name, format, dict(options)) for path, out in _targets(files, source, target, chosen)
    ]
    if clash := {task.source.resolve() for task in tasks} & {task.target.resolve() for task in tasks}:
        raise ArgmapError(f"{min(clash)}: would be written over: name another folder")
    done = set() if again else {task.source for task in tasks if _is_done(task)}
    waiting = [task for task in tasks if task.source not in done]
    results: list[Converted | Failure] = []
    for result in _run(waiting, jobs or os.cpu_count() or 1):
        results.append(result)
        if progress:
            progress(len(results) + len(done), len(tasks))
    results.sort(key=lambda result: result.source)
    return Conversion(
        tuple(result for result in results if isinstance(result, Converted)),
        tuple(result for result in results if isinstance(result, Failure)),
        tuple(sorted(done)),
    )


def _files(folder: Path, only: Format | None) -> Iterator[Path]:
    """The files that may be maps, in order, without those that are read along with others."""
    suffixes = tuple(_suffixes(only))
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.name.lower().endswith(suffixes) and path.is_file() and not _is_read_along(path):
            yield path


def _suffixes(only: Format | None = None) -> list[str]:
    readers = [only] if only else [format for format in FORMATS if format.reads]
    return [suffix for format in readers for suffix in format.suffixes]


def _is_read_along(path: Path) -> bool:
    name = path.name.lower()
    return any(
        path.with_name(path.name[: len(name) - len(ending)] + suffix).is_file()
        for format in FORMATS
        for ending in format.beside
        if name.endswith(ending)
        for suffix in format.suffixes
    )


def _stem(path: Path) -> Path:
    """The file without its suffix, which may have two dots."""
    ending = max((s for s in _suffixes() if path.name.lower().endswith(s)), key=len, default=path.suffix)
    return path.with_name(path.name[: len(path.name) - len(ending)])


def _targets(files: Sequence[Path], source: Path, target: Path, to: Format) -> Iterator[tuple[Path, Path]]:
    """Where each file goes: its own name with the new suffix, after the old one where two would be one."""
    stems = Counter(map(_stem, files))
    for path in files:
        name = path.name if stems[_stem(path)] > 1 else _stem(path).name
        yield path, target / path.relative_to(source).parent / (name + to.suffixes[0])


def _is_done(task: _Task) -> bool:
    try:
        return task.target.stat().st_mtime_ns >= task.source.stat().st_mtime_ns
    except OSError:
        return False


def _run(tasks: Sequence[_Task], jobs: int) -> Iterator[Converted | Failure]:
    if len(tasks) <= FEW or jobs == 1:
        yield from map(_convert, tasks)
        return
    left = list(tasks)
    # A file that takes its process down takes along all that wait. They go on one after another, which finds it.
    while left:
        done: set[_Task] = set()
        executor = ProcessPoolExecutor(min(jobs, len(left)), mp_context=get_context("spawn"))
        try:
            futures: dict[Future[Converted | Failure], _Task] = {executor.submit(_convert, task): task for task in left}
            for future in as_completed(futures):
                try:
                    result = future.result()
                except BrokenExecutor:
                    continue
                done.add(futures[future])
                yield result
        finally:
            executor.shutdown(wait=True, cancel_futures=True)
        left = [task for task in left if task not in done]
        if left and jobs == 1:
            yield Failure(left[0].source, "the process that converted it came to an end")
            left = left[1:]
        jobs = 1 if left else jobs


def _convert(task: _Task) -> Converted | Failure:
    try:
        content = content_of(task.source)
        chosen = named(task.format) if task.format else detect(content)
        options = {key: value for key, value in task.options.items() if key in chosen.options}
        reading = examine_content(content, chosen.name, options)
        task.target.parent.mkdir(parents=True, exist_ok=True)
        lost = write(reading.map, task.target, task.to)
    except ArgmapError as error:
        line = str(error).partition("\n")[0]
        return Failure(task.source, line.removeprefix(f"{task.source}: ").partition(": name one of")[0])
    except OSError as error:
        return Failure(task.source, f"{task.target}: {(error.strerror or str(error)).lower()}")
    except Exception as error:  # noqa: BLE001 - one file's trouble is no reason to give up on thousands
        return Failure(task.source, f"{type(error).__name__}: {error}")
    return Converted(task.source, task.target, lost, reading.findings)
