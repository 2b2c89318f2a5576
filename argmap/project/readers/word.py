"""Read a Word file (.docx): the paragraphs of its body, and title, author and date from its properties.

A .docx is a zip archive of XML (ECMA-376). Deleted text of tracked changes, headers, footers, comments and notes are left out.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from argmap.findings import ArgmapError
from argmap.project.readers.plain import with_head
from argmap.project.text import FrozenText, iso_date, tidy
from argmap.text_file import MAX_BYTES

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PROPERTIES = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "created": "{http://purl.org/dc/terms/}created",
}
_NOTES = {"word/footnotes.xml": "footnotes", "word/endnotes.xml": "endnotes", "word/comments.xml": "comments"}
_CHARS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_W}pict"}


def read(path: Path) -> FrozenText:
    """Read a .docx file."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "word/document.xml" not in names:
                what = "an OpenDocument file" if "mimetype" in names else "a zip archive, but no Word file"
                raise ArgmapError(f"{path}: this is {what}; save it as .docx, .txt or .pdf")
            body = _parsed(archive, "word/document.xml", path)
            left_out = tuple(what for name, what in _NOTES.items() if name in names and _has_words(archive, name, path))
            properties = _parsed(archive, "docProps/core.xml", path) if "docProps/core.xml" in names else None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        protected = "encrypted" in str(error)
        raise ArgmapError(f"{path}: the file is {'protected by a password' if protected else 'damaged'}") from None
    said = {name: _property(properties, tag) for name, tag in _PROPERTIES.items()}
    text = tidy("\n\n".join(_text(paragraph) for paragraph in body.iter(f"{_W}p") if not _inside_left_out(paragraph)))
    date = iso_date(said["created"])
    return with_head(
        FrozenText(text, said["title"], said["author"], date, dated_by_file=date is not None, left_out=left_out)
    )


def _parsed(archive: zipfile.ZipFile, name: str, path: Path) -> Any:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if archive.getinfo(name).file_size > MAX_BYTES:
        raise ArgmapError(f"{path}: its text is larger than {MAX_BYTES // 1024**2} MB")
    try:
        return fromstring(archive.read(name))
    except (ParseError, DefusedXmlException, ValueError):
        raise ArgmapError(f"{path}: the file is damaged") from None


def _has_words(archive: zipfile.ZipFile, name: str, path: Path) -> bool:
    return any((text.text or "").strip() for text in _parsed(archive, name, path).iter(f"{_W}t"))


def _property(properties: Any, tag: str) -> str | None:
    found = None if properties is None else properties.find(tag)
    return None if found is None or not (found.text or "").strip() else str(found.text).strip()


def _text(paragraph: Any) -> str:
    return "".join(_pieces(paragraph))


def _pieces(paragraph: Any) -> Iterator[str]:
    stack = [paragraph]
    while stack:
        element = stack.pop()
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in _CHARS:
            yield _CHARS[element.tag]
        elif element.tag not in _LEFT_OUT and (element is paragraph or element.tag != f"{_W}p"):
            stack += reversed(element)


def _inside_left_out(paragraph: Any) -> bool:
    """Tell if a paragraph was deleted as a whole, with its mark."""
    mark = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del")
    return mark is not None and not _text(paragraph).strip()
