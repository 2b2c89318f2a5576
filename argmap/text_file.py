"""Read and write files: the one place where argmap touches text on disk.

    path ─ read ─▶ bytes ─ decode ─▶ TextFile(text, findings)
    text ─ write ─▶ a new file beside the old one ─ rename ─▶ the old name

Reading accepts text of up to 64 MB. A byte order mark says how it is encoded; without one it is UTF-8. Text that is
not UTF-8 is read as Windows-1252, which Excel and Notepad write, with a warning that names the line. `argmap.save`
does not change such a file, because a wrong guess would become permanent.

Writing is atomic: a crash leaves the old file or the new one. Mode and owner stay. A file that cannot be replaced
without losing one of them, and a file with several hard links, is written in place instead, which is not atomic.

A map names its texts by path, and a map may come from a stranger. So a path inside a file must be relative and must
end, after every symbolic link, inside the folder of the project (`sibling`).
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import shlex
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from argmap import remembered
from argmap.findings import ArgmapError, Finding, Place, brief

try:
    import fcntl
except ImportError:  # Windows, where a file that is open cannot be deleted anyway
    fcntl = None  # type: ignore[assignment]

PathLike = str | os.PathLike[str]

MAX_BYTES = 64 * 1024 * 1024
"""Size limit of every reader, so that no file can exhaust the memory; the King James Bible has 4.5 MB."""
SETTINGS = "argmap.toml"
"""File with the settings of a project."""
PROJECT_MARKS = (".git", "pyproject.toml", SETTINGS)
"""A folder that contains one of these is the top folder of a project."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, which begins with the same bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = {
    b"PK\x03\x04": "a zip archive, as Word, Excel and OpenOffice save",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"%PDF-": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a gzip archive",
    b"{\\rtf": "a rich-text file",
}
"""Files that people take for text, by their first bytes."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAVE_AS_UTF8 = "Save it as UTF-8."


@dataclass(frozen=True, slots=True)
class TextFile:
    """The text of a file. Line ends and a UTF-8 byte order mark are kept, so that its hash is the file's."""

    text: str
    name: str
    encoding: str = "utf-8"
    """`utf-8`, or `utf-8-sig`, `utf-16` or `utf-32` after a byte order mark, or `cp1252` when it was guessed."""
    findings: tuple[Finding, ...] = ()
    """A byte order mark, or a guessed encoding."""
    is_head: bool = False
    """The rest of the file was not read."""


# --- reading -------------------------------------------------------------------------------------------------------


def read(
    path: PathLike, *, pipes: bool = False, if_head: Callable[[str], bool] | None = None, is_input: bool = True
) -> TextFile:
    """Read a text file.

    Parameters
    ----------
    path : str or PathLike
    pipes : bool
        Also read named pipes and devices, up to the limit. Only for files that the user names: a pipe may never end.
    if_head : callable, optional
        Gets the first 4,096 bytes as text. When it returns False, the rest is not read: `is_head` is true then.
    is_input : bool
        Note the file, so that the command does not replace it; false for a file that is only searched.

    Returns
    -------
    TextFile

    Raises
    ------
    ArgmapError
        With one finding: the file is missing, a folder or another special file, larger than `MAX_BYTES`, or not text.
    """
    try:
        status = Path(path).stat()
        if stat.S_ISDIR(status.st_mode):
            raise _unreadable(path, "this is a folder; name a file in it.")
        if not stat.S_ISREG(status.st_mode) and not pipes:
            raise _unreadable(path, "this is not a regular file.")
        if status.st_size > MAX_BYTES:
            raise _too_large(path)
        known = _known(path, status)
        if known is not None and (not known.is_head or (if_head and not if_head(known.text))):
            if is_input and not known.is_head:
                _note_input(status)
            return known
        with Path(path).open("rb") as file:
            data = file.read(_HEAD_BYTES) if if_head else b""
            if if_head and not if_head(head := data.decode(_encoding(data), "replace")):
                return _remember(path, status, TextFile(head, os.fspath(path), is_head=True))
            data += file.read(MAX_BYTES + 1)
        if is_input:
            _note_input(status)
    except FileNotFoundError:
        raise _unreadable(path, "there is no such file.") from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, f"{reason(error)}.") from None
    return _remember(path, status, decode(data, os.fspath(path)))


_HEAD_BYTES = 4096


def _encoding(data: bytes) -> str:
    return next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "utf-8")


def read_text(path: PathLike) -> str:
    """Return only the text of a file. Raises as `read`."""
    return read(path).text


def decode(data: bytes, name: str = "<input>") -> TextFile:
    """Decode the bytes of a text file, called `name` in findings.

    Raise ArgmapError, with one finding, if there are more than `MAX_BYTES`, or this is not text (then with line and
    column).
    """
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    if kind := next((kind for mark, kind in _BINARY.items() if data.startswith(mark)), None):
        hint = f"Save its words as plain text in UTF-8; `argmap init {shlex.quote(name)}` does so for Word and PDF."
        raise ArgmapError(Finding("unreadable-file", "error", f"this is {kind}, not text.", Place(name), hint))
    encoding = _encoding(data)
    try:
        text = data.decode(encoding.removesuffix("-sig"))
    except UnicodeDecodeError as error:
        return _decode_as_windows(data, name, encoding, error)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise _unreadable(name, f"this is a binary file: line {line} contains a NUL character.", line)
    message = f"begins with a byte order mark; read as {encoding.removesuffix('-sig').upper()}."
    found = (Finding("encoding", "note", message, Place(name, 1, 1)),) if encoding != "utf-8" else ()
    return TextFile(text, name, encoding, found)


def _decode_as_windows(data: bytes, name: str, encoding: str, error: UnicodeDecodeError) -> TextFile:
    """Decode text without a byte order mark that is not UTF-8, with a warning."""
    if b"\0" in data and encoding == "utf-8":
        raise _unreadable(name, "this is a binary file, or text without a byte order mark that is not UTF-8.")
    good = data[: error.start].decode(encoding, "replace")
    place = Place(name, good.count("\n") + 1, len(good) - good.rfind("\n"))
    byte = f"byte {data[error.start]:#04x}" if error.start < len(data) else "its end"
    message = f"not {encoding.removesuffix('-sig').upper()}: {byte} fits no character"
    text = data.decode("cp1252", "replace")
    if encoding != "utf-8" or "\ufffd" in text or _CONTROL.search(text):
        raise ArgmapError(Finding("unreadable-file", "error", f"{message}.", place, _SAVE_AS_UTF8))
    message += "; read as Windows-1252, which may take one letter for another."
    return TextFile(text, name, "cp1252", (Finding("encoding", "warning", message, place, _SAVE_AS_UTF8),))


def is_folder(path: PathLike) -> bool:
    """Return whether a path is a folder; False for names that the system refuses."""
    return _is(path, stat.S_ISDIR)


def is_file(path: PathLike) -> bool:
    """Return whether a path is a regular file; False for names that the system refuses."""
    return _is(path, stat.S_ISREG)


def is_pipe(path: PathLike) -> bool:
    """Return whether a path is a named pipe, which can be read once."""
    return _is(path, stat.S_ISFIFO)


def _is(path: PathLike, kind: Callable[[int], bool]) -> bool:
    try:
        return kind(Path(path).stat().st_mode)
    except (OSError, ValueError):
        return False


def files_in(folder: PathLike) -> Iterator[Path]:
    """Yield the regular files of a folder and of all folders inside, without hidden ones, in the order of their names."""
    for path in sorted(Path(folder).rglob("*")):
        hidden = any(part.startswith(".") or part == "node_modules" for part in path.relative_to(folder).parts)
        if not hidden and is_file(path):
            yield path


def project_of(file: PathLike) -> Path:
    """Return the top folder of a file's project; the file's own folder if it is in none."""
    folder = Path(file).parent.resolve()
    return next(
        (above for above in (folder, *folder.parents) if any((above / mark).exists() for mark in PROJECT_MARKS)), folder
    )


def sibling(file: PathLike, path: str) -> Path:
    """Return the file that `path` names inside `file`, if it may be read.

    Raise ValueError if the path is absolute, or leads out of the project.
    """
    if Path(path).is_absolute() or path.startswith(("/", "\\", "~")) or path[1:2] == ":":
        raise ValueError(f"{brief(path)} is not relative to this file")
    root = project_of(file)
    target = (Path(file).parent.resolve() / path).resolve()
    if not target.is_relative_to(root):
        raise ValueError(f"{brief(path)} leads out of {root.name or root}, the folder that this file's project is in")
    return target


# --- what this command has read ---------------------------------------------------------------------------------

_CLOCK_TICK = 20_000_000
"""Nanoseconds. A file that is younger may change once more without a new time of change, so it is not remembered."""


def _known(path: PathLike, status: os.stat_result) -> TextFile | None:
    memory = remembered.current()
    found = memory.get("file", os.path.realpath(path)) if memory else None
    if found is None or found[0] != _signature(status):
        return None
    file: TextFile = found[1]
    name = os.fspath(path)
    findings = tuple(replace(each, place=replace(each.place, file=name)) for each in file.findings)
    return replace(file, name=name, findings=findings)


def _remember(path: PathLike, status: os.stat_result, text_file: TextFile) -> TextFile:
    memory = remembered.current()
    settled = time.time_ns() - status.st_mtime_ns > _CLOCK_TICK
    if memory is not None and stat.S_ISREG(status.st_mode) and settled:
        memory.put("file", os.path.realpath(path), len(text_file.text), (_signature(status), text_file))
    return text_file


def _signature(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _note_input(status: os.stat_result) -> None:
    """Note that a file was read, so that this command does not replace it."""
    memory = remembered.current()
    if memory is not None and stat.S_ISREG(status.st_mode):
        memory.inputs.add((status.st_dev, status.st_ino))


def _forget(path: PathLike) -> None:
    memory = remembered.current()
    if memory is not None:
        memory.drop("file", os.path.realpath(path))


# --- writing -------------------------------------------------------------------------------------------------------


Gate = Callable[[Path, bytes], None]
"""Gets a file and what is to be written to it; raises `ArgmapError` when the file must not be replaced."""
_gate: ContextVar[Gate | None] = ContextVar("argmap_gate", default=None)


@contextmanager
def guarded(gate: Gate) -> Iterator[None]:
    """Ask `gate` before each write inside this block, except those that update a file."""
    token = _gate.set(gate)
    try:
        yield
    finally:
        _gate.reset(token)


def ask(path: PathLike, data: str | bytes) -> None:
    """Ask the gate of `guarded` whether data may be written; for files that are written only together.

    Raise ArgmapError if the file must not be replaced.
    """
    gate = _gate.get()
    if gate is not None:
        gate(Path(path), data.encode("utf-8") if isinstance(data, str) else data)


def write(path: PathLike, data: str | bytes, *, update: bool = False) -> None:
    """Write a file atomically.

    Mode and owner are kept, and a symbolic link is written through. A file with several hard links, or of an owner that
    the new file could not be given, is written in place, which is not atomic. A pipe or a device is written to. An
    `update` is made from what the file holds, so that nothing of it is lost; `guarded` does not ask then. Raise
    ArgmapError, with one finding, if the folder is missing, the disk is full, or the file may not be written.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    if not update:
        ask(path, content)
    try:
        _forget(path)
        given = Path(path)
        if given.exists() and not given.is_file() and not given.is_dir():
            given.write_bytes(content)  # such as /dev/stdout, which must never be replaced by a file
            return
        _replace(Path(os.path.realpath(path)), content)
    except FileNotFoundError:
        raise _unwritable(path, f"there is no folder {Path(path).parent}.") from None
    except IsADirectoryError:
        raise _unwritable(path, "this is a folder.") from None
    except (OSError, ValueError) as error:
        raise _unwritable(path, f"{reason(error)}.") from None


@contextmanager
def locked(path: PathLike) -> Iterator[None]:
    """Let no other argmap update a file of this folder until the block ends, where the system can do that."""
    handle = None
    with suppress(OSError, ValueError):
        handle = os.open(Path(os.path.realpath(path)).parent, os.O_RDONLY)
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _replace(target: Path, content: bytes) -> None:
    """Replace a file in one step."""
    if target.is_dir():
        raise IsADirectoryError
    new, file = _open_beside(target)
    with file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if fcntl is None:
                file.close()  # Windows does not rename a file that is open
            if _take_over(new, target):
                new.replace(target)
            else:
                _write_in_place(target, content)
                new.unlink()
        except BaseException:
            new.unlink(missing_ok=True)
            raise
    _sync_folder(target.parent)


def _open_beside(target: Path) -> tuple[Path, IO[bytes]]:
    """Open an empty temporary file beside a file, and lock it.

    Its name is always the same, so that the next write takes over what a killed write left behind. Further names are
    for writes at the same time.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    for n in range(_MAX_WRITERS):
        new = target.with_name(f".{target.name[:50]}.new{n or ''}")  # a name has at most 255 bytes
        if fcntl is None:
            with suppress(OSError):
                new.unlink()
        try:
            # Created as any program creates a file, so that the user's umask decides who may read it.
            file = os.fdopen(os.open(new, flags | (0 if fcntl else os.O_EXCL), 0o666), "r+b")
        except (FileExistsError, PermissionError):
            continue
        if _is_locked(file, new):
            file.truncate()
            return new, file
        file.close()
    new = target.with_name(f".{target.name[:50]}.new-{os.urandom(6).hex()}")
    return new, os.fdopen(os.open(new, flags | os.O_EXCL, 0o666), "r+b")


_MAX_WRITERS = 8


def _is_locked(file: IO[bytes], path: Path) -> bool:
    """Lock a file until it is closed; False when another process holds it or has moved it."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        status = os.fstat(file.fileno())
        return status.st_nlink == 1 and os.path.samestat(status, path.stat())
    except OSError:
        return False


def _take_over(new: Path, target: Path) -> bool:
    """Give a new file the owner and mode of the old one; return False when it cannot take the old one's place."""
    try:
        old = target.stat()
    except FileNotFoundError:
        return True
    if old.st_nlink > 1:
        return False
    made = new.stat()
    if (made.st_uid, made.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.chown(new, old.st_uid, old.st_gid)
        except (AttributeError, PermissionError):  # no such thing on Windows
            return False
    new.chmod(stat.S_IMODE(old.st_mode))
    return True


def _write_in_place(target: Path, content: bytes) -> None:
    with target.open("r+b") as file:
        file.write(content)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a rename survive a power failure, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# --- messages --------------------------------------------------------------------------------------------------------


def _unreadable(path: PathLike, message: str, line: int | None = None) -> ArgmapError:
    return ArgmapError(Finding("unreadable-file", "error", message, Place(os.fspath(path), line)))


def _unwritable(path: PathLike, message: str) -> ArgmapError:
    return ArgmapError(Finding("unwritable-file", "error", message, Place(os.fspath(path))))


def _too_large(path: PathLike) -> ArgmapError:
    message = f"this is larger than {MAX_BYTES >> 20} MB, the most that is read."
    return ArgmapError(Finding("unreadable-file", "error", message, Place(os.fspath(path)), "Split it."))


def is_full(error: BaseException | None) -> bool:
    """Tell whether an error says that nothing more can be written."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def reason(error: Exception) -> str:
    """Return the reason of an error of the system, in lower case."""
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()
