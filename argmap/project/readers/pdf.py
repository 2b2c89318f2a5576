"""Read a PDF: the text of its pages; what stands at the head or foot of most pages is page furniture.

Words broken at the end of a line are joined, as the hyphen is none of the text.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from pathlib import Path

from argmap.findings import ArgmapError
from argmap.project.readers.plain import with_head
from argmap.project.text import FrozenText, iso_date, tidy
from argmap.text_file import MAX_BYTES

_BROKEN = re.compile(r"(?<=[^\W\d_])[-‐\u00ad]\n(?=[^\W\d_A-ZÀ-Ý])")
_NUMBER = re.compile(r"\d+")
_BROKEN_HERE = re.compile(r"(?<=[^\W\d_])[‐\u00ad] (?=[^\W\d_A-ZÀ-Ý])")
_PAGE = re.compile(r"\W*(?:(?:page|seite|p\.|s\.)\W*)?\d{1,4}(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?\W*", re.IGNORECASE)
OPEN, ENDED = 0.55, 0.93
"""Least length of a line that goes on, as a share of the width: inside a sentence, and after its end."""
EDGE = 2
"""Lines at the head and at the foot of a page that may be running titles."""


def read(path: Path) -> FrozenText:
    """Read a PDF file."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArgmapError(f"{path}: the PDF is protected by a password; save it without one")
        pages = [_BROKEN.sub("", tidy(_plain(page.extract_text() or ""))).strip("\n") for page in reader.pages]
        data: object = reader.metadata or {}
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        RecursionError,
        NotImplementedError,
    ) as error:
        if "cryptography" in str(error) or "encrypt" in str(error).lower():
            raise ArgmapError(f"{path}: the PDF is protected; save it without protection") from None
        raise ArgmapError(f"{path}: the PDF is damaged") from None
    if not any(page.strip() for page in pages):
        raise ArgmapError(
            f"{path}: there is no text in the PDF, perhaps it is a scan; let a program read its text first (OCR)"
        )
    if sum(map(len, pages)) > MAX_BYTES:
        raise ArgmapError(f"{path}: its text is larger than {MAX_BYTES // 1024**2} MB")
    text, furniture = _joined(pages)
    date = iso_date(_said(data, "/CreationDate"))
    found = FrozenText(
        text, _said(data, "/Title"), _said(data, "/Author"), date, dated_by_file=date is not None, furniture=furniture
    )
    return with_head(found)


def _plain(text: str) -> str:
    """Write ligatures of type as letters: "ﬁ" as "fi"."""
    return re.sub("[\ufb00-\ufb06]", lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _said(data: object, key: str) -> str | None:
    value = data.get(key) if isinstance(data, dict) else None
    words = str(value).strip() if value is not None else ""
    return (
        words
        if words and words.lower() not in ("untitled", "anonymous", "unspecified", "(anonymous)", "(unspecified)")
        else None
    )


def _joined(pages: list[str]) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Join the lines of all pages to paragraphs; running titles and page numbers go to the end, as page furniture."""
    edges = [_edge_lines(page) for page in pages]
    count = Counter(key for lines in edges for key in {_key(line) for line in lines})
    running = {key for key, n in count.items() if n > max(len(pages) / 2, 1) and n > 2}
    rows, around = list[str](), list[str]()
    for page in pages:
        lines = page.split("\n")
        for n, row in enumerate(lines):
            at_edge = (n < EDGE or n >= len(lines) - EDGE) and len(pages) > 1
            is_furniture = at_edge and row.strip() and (_key(row) in running or _PAGE.fullmatch(row.strip()))
            (around if is_furniture else rows).append(row)
    text = _unwrapped(rows)
    if not around:
        return text, ()
    start = len(text) + 1
    text += "\n" + "\n".join(around) + "\n"
    return text, ((start, len(text) - 1, "running titles and page numbers"),)


def _unwrapped(rows: list[str]) -> str:
    """Put the lines of a paragraph on one line: a line that ends early ends its paragraph."""
    lengths = sorted(len(row) for row in rows if row.strip())
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    text = ""
    for row in rows:
        line = row.strip()
        if not line:
            text = text.rstrip() + "\n\n"
            continue
        ended = re.search(r"[.!?:;。！？][\"'”’»)]*$", line) is not None
        goes_on = len(line) >= (ENDED if ended else OPEN) * width
        text += line + (" " if goes_on else "\n")
    text = re.sub(r"\n{3,}", "\n\n", text)
    return _BROKEN_HERE.sub("", text).strip() + "\n"


def _edge_lines(page: str) -> list[str]:
    rows = page.split("\n")
    return [row for row in (*rows[:EDGE], *rows[-EDGE:]) if row.strip()]


def _key(line: str) -> str:
    return _NUMBER.sub("#", " ".join(line.casefold().split()))
