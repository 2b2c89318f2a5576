"""Build a corpus: a folder of Parquet tables, from maps in any mixture of formats.

    CORPUS/argmap-corpus.json             version of the layout, number of parts, the parts of the last whole build
    CORPUS/parts/07-3f9ac2…/claims.parquet

A file belongs to the part that its path's hash gives. The name of a part holds the hash of what is in it: the paths and
contents of its files. So a second build makes the parts whose files changed, and a build that was killed goes on with
those that are missing. A part is written under another name and renamed, whole or not at all. Old parts go when all new ones
are there, so that a question meets the last whole build and never both.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

from argmap import engine, folders, limits, text_file
from argmap.corpus.tables import TABLES, File, Rows, Tabled, rows_of, schema, unreadable
from argmap.findings import ArgmapError
from argmap.formats.common.companion_files import read_along
from argmap.version import __version__

NOTE = "argmap-corpus.json"
PARTS = "parts"
SCRATCH = f"{PARTS}/dask.new"
LAYOUT = 2
"""Version of the tables; a build makes those of another version anew."""
FILES_A_PART = 100
ROWS_A_GROUP = 20_000
"""Rows of a table that are held before they are written."""
SECONDS = 60.0
"""Time that one file may take."""
MEMORY = "2GB"
"""Memory that one file may take."""
AGAIN = "again"
"""File in a part with a file that was given up, which the next build tries again."""
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
    """Files of the corpus that could not be read, each with the reason."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The files of one part, and the folder that it is written to."""

    folder: Path
    files: tuple[File, ...]
    seconds: float | None
    memory: int


@dataclass(frozen=True, slots=True)
class _Done:
    part: _Part
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
    memory: str = MEMORY,
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
    memory
        Memory that the reading of one file may take, such as `500MB`; a file that needs more is given up (on Linux).
    progress
        Called after each part with the number of files done and of all files to read.

    Returns
    -------
    Built
        The number of files, and those that could not be read. These are in the table `findings`, too. A file that was given
        up, for its time or memory or because it ended its process, is tried again by the next build.

    Raises
    ------
    ArgmapError
        If pyarrow or Dask is not installed, a source is not a folder, the corpus cannot be written, or a scheduler is lost.
        What was built until then stays, and the next build goes on from there.
    """
    engine.refuse_within_start()
    _needs_pyarrow()
    corpus = Path(corpus)
    bounds = seconds, limits.amount(memory)
    files = _files(sources, corpus)
    _prepare(corpus)
    with text_file.locked(corpus / NOTE):
        note = note_of(corpus) or {}
        note = note if note.get("argmap-corpus") == LAYOUT else {}
        count = _count(len(files), note)
        parts = _parts(files, corpus, count, bounds)
        kept = {part.folder.name for part in parts}
        _remove(corpus, kept.union(note.get("built", ())))
        _write_note(corpus, {**note, "parts": count})
        waiting = [part for part in parts if not part.folder.exists() or (part.folder / AGAIN).exists()]
        total, done = sum(len(part.files) for part in waiting), 0
        with closing(_run(waiting, engine_name, jobs or engine.processors(), scheduler, corpus / SCRATCH)) as results:
            for result in results:
                if error := (_one_by_one(result.part) if result.lost else result).error:
                    raise ArgmapError(f"{corpus}: {error}; run it again to go on")
                done += len(result.part.files)
                if progress:
                    progress(done, total)
        _write_note(corpus, {"parts": count, "built": sorted(kept)})
        _remove(corpus, kept)
    return Built(corpus, len(files), total, tuple(sorted(_unreadable(parts))))


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
            found.append(File(f"{name}/{inside}" if len(names) > 1 else inside, path.absolute(), _hash(path)))
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


def _prepare(corpus: Path) -> None:
    """Make the folder of the corpus; refuse one of somebody else."""
    is_ours = note_of(corpus) is not None or not corpus.exists()
    if not is_ours and not (corpus.is_dir() and {path.name for path in corpus.iterdir()} <= {f".{NOTE}.new"}):
        raise ArgmapError(f"{corpus}: is there already, and is not a corpus that argmap wrote: name another folder")
    try:
        corpus.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgmapError(f"{corpus}: {text_file.reason(error)}") from None


def note_of(corpus: Path) -> dict[str, Any] | None:
    """Return the version of the layout and the number of parts of a corpus; `None` if it is none."""
    try:
        note = json.loads((corpus / NOTE).read_text("utf-8"))
        return note if isinstance(note["parts"], int) and note["parts"] > 0 else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def parts_of(corpus: Path, name: str) -> Iterator[Path]:
    """Yield the files of a name in the parts of the last whole build; before there was one, in those that are there."""
    built = (note_of(corpus) or {}).get("built")
    for path in (corpus / PARTS).glob(f"*/{name}"):
        if path.parent.suffix != ".new" if built is None else path.parent.name in built:
            yield path


def _write_note(corpus: Path, note: dict[str, Any]) -> None:
    text_file.write(corpus / NOTE, json.dumps({**note, "argmap-corpus": LAYOUT}) + "\n", update=True)


def _count(files: int, note: dict[str, Any]) -> int:
    """Return the number of parts: that of the corpus while it fits, else one for about every hundred files."""
    needed = 1
    while needed * FILES_A_PART < files:
        needed *= 2
    known: int = note.get("parts", needed)
    return known if needed / 4 <= known <= needed * 4 else needed


def _parts(files: Sequence[File], corpus: Path, count: int, bounds: tuple[float | None, int]) -> list[_Part]:
    """Divide the files by the hash of their path, so that a new file changes one part only."""
    by_part: dict[int, list[File]] = {}
    for file in files:
        by_part.setdefault(int(hashlib.sha256(_encoded(file.name)).hexdigest()[:8], 16) % count, []).append(file)
    parts = []
    for n, members in sorted(by_part.items()):
        members.sort(key=lambda file: file.name)
        content = "".join(f"{file.name}\0{file.sha256}\n" for file in members)
        digest = hashlib.sha256(_encoded(f"{LAYOUT} {__version__}\n{content}")).hexdigest()
        parts.append(_Part(corpus.absolute() / PARTS / f"{n:04d}-{digest[:16]}", tuple(members), *bounds))
    return parts


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _remove(corpus: Path, kept: Iterable[str]) -> None:
    """Remove parts that are no longer needed, and what a killed build was writing."""
    for path in set((corpus / PARTS).glob("*")) - {corpus / PARTS / name for name in kept}:
        shutil.rmtree(path, ignore_errors=True)


def _run(
    parts: Sequence[_Part], name: EngineName, jobs: int, scheduler: str | None, scratch: Path
) -> Generator[_Done, None, None]:
    if name == "dask":
        return engine.run_on_dask(_build_part, parts, jobs, _lost, scheduler, scratch)
    few = 0 if sum(len(part.files) for part in parts) > engine.FEW else len(parts)
    return engine.run(_build_part, parts, jobs, _lost, few=few, chunk=1, again=False)


def _lost(part: _Part) -> _Done:
    return _Done(part, lost=True)


def _build_part(part: _Part) -> _Done:
    return _write(part, (rows_of(file, part.seconds, part.memory) for file in part.files))


def _one_by_one(part: _Part) -> _Done:
    """Read one file after another, which finds the one that ended the process of the part."""
    tasks = [(file, part.seconds, part.memory) for file in part.files]
    with closing(engine.alone(_read_one, tasks, _given_up)) as rows:
        return _write(part, rows)


def _read_one(task: tuple[File, float | None, int]) -> Tabled:
    return rows_of(*task)


def _given_up(task: tuple[File, float | None, int]) -> Tabled:
    return unreadable(task[0], engine.LOST, given_up=True)


def _write(part: _Part, files: Iterable[Tabled]) -> _Done:
    """Write the tables of a part, as the rows of its files come, into a folder beside it, and rename that."""
    new = part.folder.with_name(f"{part.folder.name}.{uuid4().hex[:8]}.new")
    try:
        new.mkdir(parents=True)
        if _write_tables(new, files):
            (new / AGAIN).touch()
        if part.folder.exists():  # with a file that was given up
            part.folder.rename(new.with_suffix(".old.new"))
        new.rename(part.folder)
    except OSError as error:
        reason = "the disk is full, or its limit is reached" if text_file.is_full(error) else text_file.reason(error)
        return _Done(part, reason)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(new.with_suffix(".old.new"), ignore_errors=True)
    return _Done(part)


def _write_tables(folder: Path, files: Iterable[Tabled]) -> bool:
    """Write a file for each table, and tell whether a file was given up."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    given_up = False
    held: Rows = {table: [] for table in TABLES}
    with ExitStack() as stack:
        writers: dict[str, Any] = {
            table: stack.enter_context(pq.ParquetWriter(folder / f"{table}.parquet", schema(table), compression="zstd"))
            for table in TABLES
        }

        def put(table: str) -> None:
            columns = schema(table)
            data = [_column([row[each.name] for row in held[table]], each.type) for each in columns]
            writers[table].write_table(pa.Table.from_arrays(data, schema=columns))
            held[table].clear()

        for each in files:
            given_up |= each.given_up
            for table, rows in each.rows.items():
                held[table] += rows
                if len(held[table]) >= ROWS_A_GROUP:
                    put(table)
        for table in TABLES:
            put(table)
    return given_up


def _unreadable(parts: Iterable[_Part]) -> Iterator[tuple[str, str]]:
    """Yield each file that could not be read, with the first reason."""
    import pyarrow.parquet as pq

    for part in parts:
        table = pq.read_table(part.folder / "findings.parquet", columns=["map", "rule", "message"])
        found = [(row["map"], row["message"]) for row in table.to_pylist() if row["rule"] == "unreadable"]
        yield from dict(reversed(found)).items()


def _column(values: list[Any], of_type: Any) -> Any:
    """Make a column; lone surrogates, which none can hold, are replaced."""
    import pyarrow as pa

    try:
        return pa.array(values, of_type)
    except UnicodeEncodeError:
        return pa.array([_text(each) if isinstance(each, str) else each for each in values], of_type)


def _text(value: str) -> str:
    return value if value.isascii() else value.encode("utf-8", "replace").decode()
