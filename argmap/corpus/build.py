"""Build a corpus: a folder of Parquet tables, from maps in any mixture of formats.

    CORPUS/argmap-corpus.json             version of the layout, number of parts
    CORPUS/parts/07-3f9ac2…/claims.parquet

A file belongs to the part that its path's hash gives. The name of a part holds the hash of what is in it: the paths and
contents of its files. So a second build makes the parts whose files changed, and a build that was killed goes on with
those that are missing. A part is written under another name and renamed, whole or not at all.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from argmap import engine, folders, text_file
from argmap.corpus.tables import TABLES, File, Rows, rows_of, schema, unreadable
from argmap.findings import ArgmapError
from argmap.formats.common.companion_files import read_along
from argmap.version import __version__

NOTE = "argmap-corpus.json"
PARTS = "parts"
LAYOUT = 1
FILES_A_PART = 100
SECONDS = 60.0
"""Time that one file may take."""
_NAMES = re.compile(rb"\b(?:path|codebook)\"?: ?[\"']?([^\s\"',}]{1,255})")
"""Names of files in a map of argmap's."""
EngineName = Literal["local", "dask"]


@dataclass(frozen=True, slots=True)
class Built:
    """The result of a build."""

    corpus: Path
    files: int
    """Files in the corpus."""
    read: int
    """Files that this build read."""
    unreadable: tuple[tuple[str, str], ...]
    """Files that could not be read, each with the reason: of this build."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The files of one part, and the folder that it is written to."""

    folder: Path
    files: tuple[File, ...]
    seconds: float | None


@dataclass(frozen=True, slots=True)
class _Done:
    part: _Part
    unreadable: tuple[tuple[str, str], ...] = ()
    error: str | None = None
    """The reason why the part could not be written."""
    lost: bool = False


def build(
    sources: Sequence[str | os.PathLike[str]],
    corpus: str | os.PathLike[str],
    *,
    engine_name: EngineName = "local",
    scheduler: str | None = None,
    jobs: int | None = None,
    seconds: float | None = SECONDS,
    progress: Callable[[int, int], None] | None = None,
) -> Built:
    """Build a corpus, or bring it up to date.

    Parameters
    ----------
    sources
        Folders of maps, with all folders inside; files that are not maps are passed over.
    corpus
        The folder to write. What this function did not write there is refused.
    engine_name
        `local` uses processes of this machine, `dask` the workers of a Dask cluster, which must see the same folders. Both
        write the same rows.
    scheduler
        Address of a running Dask scheduler; without one, `dask` starts a cluster on this machine.
    jobs
        Number of processes or workers; that of the processors when left out.
    seconds
        Time that one file may take; `None` for any.
    progress
        Called after each part with the number of files done and of all files to read.

    Returns
    -------
    Built
        The number of files, and those that could not be read. These are in the table `findings`, too.

    Raises
    ------
    ArgmapError
        If pyarrow or Dask is not installed, a source is not a folder, the corpus cannot be written, or a scheduler is lost.
        What was built until then stays, and the next build goes on from there.
    """
    _needs_pyarrow()
    corpus = Path(corpus)
    files = _files(sources, corpus)
    parts = _parts(files, corpus, seconds)
    present = {path.name for path in (corpus / PARTS).glob("*-*") if not path.name.endswith(".new")}
    waiting = [part for part in parts if part.folder.name not in present]
    total, done = sum(len(part.files) for part in waiting), 0
    failed: list[tuple[str, str]] = []
    alone: list[_Part] = []
    for result in _run(waiting, engine_name, jobs or engine.processors(), scheduler):
        if result.error:
            raise ArgmapError(result.error)
        if result.lost:
            alone.append(result.part)
            continue
        failed += result.unreadable
        done += len(result.part.files)
        if progress:
            progress(done, total)
    for part in alone:  # one of its files ended the process: each is read in a process of its own
        result = _one_by_one(part)
        if result.error:
            raise ArgmapError(result.error)
        failed += result.unreadable
    kept = {part.folder.name for part in parts}
    for name in [path.name for path in (corpus / PARTS).iterdir() if path.name not in kept]:
        shutil.rmtree(corpus / PARTS / name, ignore_errors=True)
    return Built(corpus, len(files), total, tuple(sorted(failed)))


def _needs_pyarrow() -> None:
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise ArgmapError("a corpus needs pyarrow and DuckDB: pip install 'argmap[corpus]'") from None


def _files(sources: Sequence[str | os.PathLike[str]], corpus: Path) -> list[File]:
    """List the files, each under its path; with several folders, under the folder's name, too."""
    folders_ = [Path(source) for source in sources]
    for folder in folders_:
        if not folder.is_dir():
            raise ArgmapError(f"{folder}: is not a folder")
        if corpus.resolve().is_relative_to(folder.resolve()):
            raise ArgmapError(f"{corpus}: lies in a folder of maps: name another folder for the corpus")
    names = [folder.resolve().name for folder in folders_]
    if len(set(names)) < len(names):
        raise ArgmapError("two folders have the same name, which would name their maps alike: rename one")
    found = []
    for folder, name in zip(folders_, names, strict=True):
        for path in folders.map_files(folder):
            inside = path.relative_to(folder).as_posix()
            found.append(File(f"{name}/{inside}" if len(names) > 1 else inside, path, _hash(path)))
    return found


def _hash(path: Path) -> str:
    """Hash a file with those that are read along with it: the text beside an annotation, the texts and codebook of a map."""
    found = hashlib.sha256()
    data = _bytes(path)
    named = {path.parent / os.fsdecode(name) for name in _NAMES.findall(data)} if b"argmap" in data[:65536] else set()
    for each in (data, *map(_bytes, sorted({*read_along(path), *named}))):
        found.update(hashlib.sha256(each).digest())
    return found.hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= text_file.MAX_BYTES else b""
    except (OSError, ValueError) as error:
        return str(error).encode("utf-8", "replace")


def _parts(files: Sequence[File], corpus: Path, seconds: float | None) -> list[_Part]:
    """Divide the files by the hash of their path, so that a new file changes one part only."""
    count = _count(files, corpus)
    by_part: dict[int, list[File]] = {}
    for file in files:
        by_part.setdefault(int(hashlib.sha256(file.name.encode()).hexdigest()[:8], 16) % count, []).append(file)
    parts = []
    for n, members in sorted(by_part.items()):
        members.sort(key=lambda file: file.name)
        content = "".join(f"{file.name}\0{file.sha256}\n" for file in members)
        digest = hashlib.sha256(f"{LAYOUT} {__version__}\n{content}".encode("utf-8", "surrogatepass")).hexdigest()
        parts.append(_Part(corpus / PARTS / f"{n:04d}-{digest[:16]}", tuple(members), seconds))
    return parts


def _count(files: Sequence[File], corpus: Path) -> int:
    """Return the number of parts: that of the corpus while it fits, else one for about every hundred files."""
    needed = 1
    while needed * FILES_A_PART < len(files):
        needed *= 2
    note = corpus / NOTE
    known = _note(corpus)
    if known is None and corpus.exists() and (not corpus.is_dir() or any(corpus.iterdir())):
        raise ArgmapError(f"{corpus}: is there already, and is not a corpus that argmap wrote: name another folder")
    count = known["parts"] if known else needed
    if not needed / 4 <= count <= needed * 4:
        count = needed
    try:
        (corpus / PARTS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgmapError(f"{corpus}: {_reason(error)}") from None
    text_file.write(note, json.dumps({"argmap-corpus": LAYOUT, "parts": count}) + "\n", update=True)
    return count


def _note(corpus: Path) -> dict[str, Any] | None:
    try:
        note = json.loads((corpus / NOTE).read_text("utf-8"))
        return note if isinstance(note["parts"], int) and note["parts"] > 0 else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _run(parts: Sequence[_Part], name: EngineName, jobs: int, scheduler: str | None) -> Iterator[_Done]:
    if name == "dask":
        yield from engine.run_on_dask(_build_part, parts, jobs, _lost, scheduler)
    else:
        few = 0 if sum(len(part.files) for part in parts) > engine.FEW else len(parts)
        yield from engine.run(_build_part, parts, jobs, _lost, few=few, chunk=1)


def _lost(part: _Part) -> _Done:
    return _Done(part, lost=True)


def _build_part(part: _Part) -> _Done:
    return _write(part, [rows_of(file, part.seconds) for file in part.files])


def _one_by_one(part: _Part) -> _Done:
    tasks = [(file, part.seconds) for file in part.files]
    read = dict(
        engine.run(_read_one, tasks, 2, lambda task: (task[0].name, unreadable(task[0], engine.LOST)), few=0, chunk=1)
    )
    return _write(part, [read[file.name] for file in part.files])


def _read_one(task: tuple[File, float | None]) -> tuple[str, Rows]:
    return task[0].name, rows_of(*task)


def _write(part: _Part, rows: Sequence[Rows]) -> _Done:
    """Write the tables of a part into a folder beside it, and rename that."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    new = part.folder.with_name(f"{part.folder.name}.{os.getpid()}.new")
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        for table in TABLES:
            listed = [row for each in rows for row in each[table]]
            data = pa.Table.from_pylist([_clean(row) for row in listed], schema=schema(table))
            pq.write_table(data, new / f"{table}.parquet", compression="zstd")
        if not part.folder.exists():
            new.rename(part.folder)
    except OSError as error:
        return _Done(part, error=f"{part.folder.parent.parent}: {_reason(error)}; run it again to go on")
    finally:
        shutil.rmtree(new, ignore_errors=True)
    failed = [row for each in rows for row in each["findings"] if row["rule"] == "unreadable"]
    return _Done(part, tuple({row["map"]: (row["map"], row["message"]) for row in failed}.values()))


def _clean(row: dict[str, Any]) -> dict[str, Any]:
    """Replace lone surrogates, which no table can hold."""
    return {key: _text(value) if isinstance(value, str) else value for key, value in row.items()}


def _text(value: str) -> str:
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def _reason(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "the disk is full, or its limit is reached"
    return (error.strerror or str(error)).lower()
