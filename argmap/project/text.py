"""A text as it is frozen: plain text, what its file says about it, and what of the page is not of the text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FrozenText:
    """The text of a file, and what the file says about it."""

    text: str
    title: str | None = None
    author: str | None = None
    published: str | None = None
    """Date as ISO 8601."""
    dated_by_file: bool = False
    """The date is that of the file, and not one that the text gives."""
    url: str | None = None
    left_out: tuple[str, ...] = ()
    """Parts of the file that are not in the text, such as its footnotes."""
    furniture: tuple[tuple[int, int, str], ...] = ()
    """Start, end and reason of each part that the reader knows to be page furniture."""


def tidy(text: str) -> str:
    r"""Write a text with plain line ends, without control characters, with at most one blank line between paragraphs.

    >>> tidy("\ufeffOne\r\ntwo \x00\n\n\n\nthree")
    'One\ntwo\n\nthree\n'
    """
    text = unicodedata.normalize("NFC", text).removeprefix("\ufeff")
    text = re.sub(r"\r\n?|\u2028|\u0085", "\n", text).replace("\u2029", "\n\n").replace("\x0c", "\n\n")
    lines = (line.rstrip() for line in _CONTROL.sub("", text).split("\n"))
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return f"{joined}\n" if joined.strip() else ""


def iso_date(written: str | None) -> str | None:
    """Read a date as ISO 8601, as precise as it is written; `None` for anything else.

    >>> iso_date("2024-05-01T10:00:00Z"), iso_date("D:20240501100000"), iso_date("May 3, 2021"), iso_date("3. Mai 2021"), iso_date("1996")
    ('2024-05-01', '2024-05-01', '2021-05-03', '2021-05-03', '1996')
    """
    words = (written or "").strip()
    if match := re.match(r"(?:D:)?(\d{4})-?(\d\d)-?(\d\d)(?!\d{4}$)", words):
        return _valid(*match.groups())
    if match := re.fullmatch(r"(\d{4})(?:-(\d\d))?", words):
        return words
    day_first = re.search(r"(\d{1,2})\.?\s+(?:de\s+)?([^\W\d_]{3,})\.?,?\s+(?:de\s+)?(\d{4})", words)
    if day_first and (month := _month(day_first[2])):
        return _valid(day_first[3], month, day_first[1].zfill(2))
    month_first = re.search(r"(?<![^\W\d_])([^\W\d_]{3,})\.?\s+(\d{1,2}),?\s+(\d{4})", words)
    if month_first and (month := _month(month_first[1])):
        return _valid(month_first[3], month, month_first[2].zfill(2))
    if (japanese := re.search(r"(\d{4})年(\d{1,2})月(\d{1,2})日", words)) is not None:
        return _valid(japanese[1], japanese[2].zfill(2), japanese[3].zfill(2))
    return None


_MONTHS = (
    ("jan", "ene"),
    ("feb", "fév", "fev"),
    ("mar", "mär", "mae"),
    ("apr", "avr", "abr"),
    ("may", "mai"),
    ("jun", "juin"),
    ("jul", "juil"),
    ("aug", "aoû", "ago"),
    ("sep",),
    ("oct", "okt"),
    ("nov",),
    ("dec", "dez", "déc", "dic"),
)


def _month(word: str) -> str | None:
    low = word.casefold()
    return next((f"{n:02}" for n, starts in enumerate(_MONTHS, 1) if low.startswith(starts)), None)


def _valid(year: str, month: str, day: str) -> str | None:
    import datetime

    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
