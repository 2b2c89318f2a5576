"""Read plain text: a title, a line "By …" and a date line at its head are what the file says about it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from argmap import text_file
from argmap.drafting.cues import cues_of
from argmap.drafting.furniture import furniture
from argmap.drafting.proposals import is_demand
from argmap.project.text import FrozenText, iso_date, tidy

_NAME = re.compile(r"(?P<who>(?:[A-ZÀ-Ý][\w.'’-]+\s+){1,3}[A-ZÀ-Ý][\w.'’-]+)(?:,|$|\s+(?:is|was|ist|est|es)\s)")
_BY = re.compile(r"^(?:By|BY|Von|Par|Por|De)\s*:?\s+(?P<who>[^,|/\n]+)")


def read(path: Path) -> FrozenText:
    """Read a text file, in UTF-8 or as Windows wrote it."""
    return with_head(FrozenText(tidy(text_file.read(path, pipes=True).text)))


def with_head(found: FrozenText) -> FrozenText:
    """Add title, author and date from the page furniture of a text, and all furniture."""
    text = found.text
    parts = furniture(text, cues_of("en"))
    said: dict[str, str | None] = {"title": None, "author": None, "published": None}
    for part in parts:
        words = " ".join(text[part.start : part.end].split())
        if part.reason == "title":
            said["title"] = said["title"] or words
        elif part.reason == "byline" and (match := _BY.match(words)):
            said["author"] = said["author"] or match["who"].strip()
        elif part.reason in ("signature", "line about the author") and (match := _NAME.match(words)):
            said["author"] = said["author"] or match["who"]
        elif part.reason == "date line":
            said["published"] = said["published"] or iso_date(re.sub(r"^[^\d]*?:\s*", "", words)) or iso_date(words)
    known = [(start, end) for start, end, _ in found.furniture]
    # A title that makes a demand may be the thesis, so a draft decides what becomes of it.
    more = [
        (part.start, part.end, part.reason)
        for part in parts
        if not (part.reason == "title" and is_demand(text[part.start : part.end], cues_of("en")))
        and not any(start < part.end and part.start < end for start, end in known)
    ]
    # A date in the text says more than that of the file.
    dated_by_file = found.dated_by_file and said["published"] is None
    return replace(
        found,
        title=found.title or said["title"],
        author=found.author or said["author"],
        published=(said["published"] if found.dated_by_file else None) or found.published or said["published"],
        dated_by_file=dated_by_file,
        furniture=tuple(sorted([*found.furniture, *more])),
    )
