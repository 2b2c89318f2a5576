"""Read a file as a text to freeze: plain text, Markdown, HTML, Word or PDF.

    essay.html ─ reader of .html ─▶ FrozenText(text, title, author, published, furniture)

A reader is chosen by the first bytes of a file where they tell, else by its suffix. One line says why a file cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from argmap.findings import ArgmapError
from argmap.project.text import FrozenText
from argmap.text_file import MAX_BYTES

_BY_SUFFIX = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "word",
    ".pdf": "pdf",
}
_UNREAD = {
    b"\xd0\xcf\x11\xe0": "an old Word file, or a protected one; save it as .docx without a password",
    b"{\\rtf": "a rich-text file; save it as .docx or .txt",
    b"\x89PNG": "a picture, and argmap reads no pictures; give its text",
    b"\xff\xd8\xff": "a picture, and argmap reads no pictures; give its text",
    b"GIF8": "a picture, and argmap reads no pictures; give its text",
    b"\x1f\x8b": "a packed file; unpack it first",
}
SUFFIXES = (".txt", *_BY_SUFFIX)


def read_text(path: Path) -> FrozenText:
    """Read a file as a text to freeze: plain text, Markdown, HTML, Word (.docx) or PDF.

    Raise ArgmapError, in one line, if it is missing, a folder, too large, protected, a scan, empty, or of another kind.
    """
    reader: Callable[[Path], FrozenText] = import_module(f"{__name__}.{_reader_of(path)}").read
    found = reader(path)
    if not found.text.strip():
        raise ArgmapError(f"{path}: there is no text in it")
    return found


def _reader_of(path: Path) -> str:
    head = _head(path)
    for mark, reason in _UNREAD.items():
        if head.startswith(mark):
            raise ArgmapError(f"{path}: this is {reason}")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "word"
    suffix = path.suffix.lower()
    if suffix in (".docx", ".pdf"):
        raise ArgmapError(f"{path}: this is not a {suffix} file, whatever its name says")
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if start.startswith((b"<!doctype html", b"<html")) else "plain"


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ArgmapError(f"{path}: this is a folder; name the files in it")
        if path.stat().st_size > MAX_BYTES:
            raise ArgmapError(f"{path}: larger than {MAX_BYTES // 1024**2} MB")
        with path.open("rb") as file:
            return file.read(1024)
    except OSError as error:
        raise ArgmapError(f"{path}: {(error.strerror or str(error)).lower()}") from None
