"""Bytes in, bytes out, and nothing else: every file that argmap reads or writes passes through here.

Reading refuses in one line what is not a text of reasonable size. Writing is atomic: the new file is made
beside the old one and takes its name in one step, so a crash leaves the old file or the new one.

A map names its texts by path, and a map may come from a stranger. So a path inside a file must be relative and
must end, after every symbolic link, under the folder of the project that the file belongs to.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from argmap.findings import ArgmapError, Finding, Place, brief

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused, so that none can exhaust the memory of the machine that reads it; the King James Bible is 4.5 MB."""
PROJECT_MARKS = (".git", "pyproject.toml")
"""What stands in the top folder of a project."""


def read_text(path: str | os.PathLike[str], limit: int = MAX_BYTES) -> str:
    """The text of a file, line ends and byte order mark as they are.

    Parameters
    ----------
    path : str or PathLike
    limit : int
        Greatest size, in bytes.

    Raises
    ------
    ArgmapError
        One line: the file is missing, a folder or another special file, too big, binary, or not UTF-8.
    """
    size = size_of(path)
    if size > limit:
        raise _too_big(path, size, limit)
    try:
        with Path(path).open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, f"{_reason(error)}.") from None
    if len(data) > limit:
        raise _too_big(path, len(data), limit)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, data, error) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise _unreadable(path, f"this is a binary file: line {line} holds a NUL character.")
    return text


def size_of(path: str | os.PathLike[str]) -> int:
    """How many bytes a file has, which is not opened.

    Raises
    ------
    ArgmapError
        One line: the file is missing, a folder or another special file.
    """
    try:
        status = Path(path).stat()
    except FileNotFoundError:
        raise _unreadable(path, "there is no such file.") from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, f"{_reason(error)}.") from None
    if stat.S_ISDIR(status.st_mode):
        raise _unreadable(path, "this is a folder; name a file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise _unreadable(path, "this is not a regular file.")
    return status.st_size


def write(path: str | os.PathLike[str], data: str | bytes) -> None:
    """Write a file atomically; its mode is kept, and a symbolic link is written through.

    Raises
    ------
    ArgmapError
        One line: the folder is missing, the disk is full, or it may not be written.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    try:
        given = Path(path)
        if given.exists() and not given.is_file() and not given.is_dir():
            # A pipe or a device such as /dev/stdout must never be replaced by a file.
            given.write_bytes(content)
            return
        _replace(Path(os.path.realpath(path)), content)
    except FileNotFoundError:
        raise _unwritable(path, f"there is no folder {Path(path).parent}.") from None
    except IsADirectoryError:
        raise _unwritable(path, "this is a folder.") from None
    except (OSError, ValueError) as error:
        raise _unwritable(path, f"{_reason(error)}.") from None


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Whether a path is a folder; no name is too odd to ask."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def is_file(path: str | os.PathLike[str]) -> bool:
    """Whether a path is a regular file."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def is_pipe(path: str | os.PathLike[str]) -> bool:
    """Whether a path is a named pipe, which can be read once."""
    try:
        return Path(path).is_fifo()
    except (OSError, ValueError):
        return False


def sibling(file: str | os.PathLike[str], path: str) -> Path:
    """The file that `path` means inside `file`, if it may be read.

    Raises
    ------
    ValueError
        Saying why not: the path is absolute or leads out of the project.
    """
    if Path(path).is_absolute() or path.startswith(("/", "\\", "~")) or path[1:2] == ":":
        raise ValueError(f"{brief(path)} is not relative to this file")
    folder = Path(file).parent.resolve()
    root = next(
        (above for above in (folder, *folder.parents) if any((above / mark).exists() for mark in PROJECT_MARKS)), folder
    )
    target = (folder / path).resolve()
    if not target.is_relative_to(root):
        raise ValueError(f"{brief(path)} leads out of {root.name or root}, the folder that this file's project is in")
    return target


def _replace(target: Path, content: bytes) -> None:
    """Put a file with that content in the place of `target`, in one step."""
    if target.is_dir():
        raise IsADirectoryError
    made = target.with_name(f".{target.name[:80]}.{secrets.token_hex(6)}")
    # Created as any program creates a file, so that the user's own umask decides who may read it.
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            made.chmod(stat.S_IMODE(target.stat().st_mode))
        made.replace(target)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def _unreadable(path: str | os.PathLike[str], message: str, line: int | None = None) -> ArgmapError:
    return ArgmapError(Finding("unreadable-file", "error", message, Place(os.fspath(path), line)))


def _unwritable(path: str | os.PathLike[str], message: str) -> ArgmapError:
    return ArgmapError(Finding("unwritable-file", "error", message, Place(os.fspath(path))))


def _too_big(path: str | os.PathLike[str], size: int, limit: int) -> ArgmapError:
    return _unreadable(path, f"{size >> 20} MB is too big; up to {limit >> 20} MB are read.")


def _not_utf8(path: str | os.PathLike[str], data: bytes, error: UnicodeDecodeError) -> ArgmapError:
    if b"\0" in data[:4096]:
        return _unreadable(path, "this is a binary file, or text that is not UTF-8; save it as UTF-8.")
    line = data.count(b"\n", 0, error.start) + 1
    return _unreadable(path, f"this is not UTF-8 (byte {data[error.start]:#04x}); save it as UTF-8.", line)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()
