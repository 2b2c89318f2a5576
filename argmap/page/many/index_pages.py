"""Write the index of a report of many texts, and a page for each issue.

All of it is plain links and tables; with scripts, the table of texts can be sorted and filtered, and claims be searched. A
table that would make its page too large goes on on further pages.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argmap import text_file
from argmap.diagram import viewer
from argmap.model import MODES
from argmap.page import phrases
from argmap.page.document import assets, environment, filled, series_style
from argmap.page.many.questions import Asked, Axis, asked, claim_at, years
from argmap.page.many.records import Left, Pair, Text

MOST_BYTES = 1_200_000
"""Size of the rows of one page."""
MOST_QUESTIONS = 30
"""Issues that the index shows as pictures; the others are links."""
MOST_LINES = 300
"""Lines of a list of findings."""


@dataclass(frozen=True, slots=True)
class Listed:
    """All that the index tells."""

    folder: Path
    texts: Sequence[Text]
    """By date."""
    pairs: Sequence[Pair]
    left: Sequence[Left]

    @property
    def title(self) -> str | None:
        """Title of the codebook, if all texts share one."""
        books = {text.book for text in self.texts}
        return next(iter(books)) if len(books) == 1 else None

    def without_folder(self, line: str) -> str:
        """Leave the folder out of the places of a finding, as the page may go elsewhere."""
        return line.replace(f"{self.folder}{os.sep}", "").replace(f"{self.folder.resolve()}{os.sep}", "")

    @property
    def span(self) -> str:
        """First and last year."""
        found = [int(date) for text in self.texts if (date := years(text.date)) is not None]
        return " to ".join(dict.fromkeys((str(min(found)), str(max(found))))) if found else ""

    @property
    def columns(self) -> list[str]:
        """Columns of the list of texts in which any text has something."""
        told = {
            "date": any(text.date for text in self.texts),
            "author": any(text.author for text in self.texts),
            "read": any(text.accounted is not None or text.failed for text in self.texts),
        }
        return [name for name, is_told in told.items() if is_told]


def write_pages(out: Path, listed: Listed) -> set[str]:
    """Write the pages of the issues, and the index last; return the addresses of the pages."""
    env = environment()
    axis = Axis.of(listed.texts)
    questions = asked(listed.texts)
    common = {
        "listed": listed,
        "axis": axis,
        "span": listed.span,
        "columns": (columns := listed.columns),
        "says": phrases.SAYS,
        "date_in_words": phrases.date_in_words,
        "claim_at": claim_at,
        "style": [*assets("style", "[1-9]-*.css"), viewer.style(), series_style(), *assets("style/many", "*.css")],
    }
    used = {panel.mode for question in questions for panel in question.panels}
    common["places"] = {mode: n for n, mode in enumerate((mode for mode in MODES if mode in used), 1)}
    written = set()

    def write(page: str, template: str, **values: Any) -> None:
        html = filled(env.get_template(f"many/{template}"), own_files=True, **{**common, "data": {}, **values})
        text_file.write(out / page, html)
        written.add(page)

    ground = [viewer.elements(), *assets("script", "8-theme.js"), "startTheme();\nstartBar();"]
    for question in questions:
        (out / question.page).parent.mkdir(parents=True, exist_ok=True)
        rows = [
            _row(env, "stand", question=question, text=text, modes=modes, n=n, home="../")
            for n, (text, modes) in enumerate(question.stands)
        ]
        rows += [
            _row(env, "other", question=question, text=text, claim=claim, home="../") for text, claim in question.others
        ]
        parts = list(_parts(rows))
        pages = _pages(question.page, len(parts))
        for n, part in enumerate(parts):
            write(pages[n], "issue.html", question=question, rows=part, home="../", pages=pages, n=n, script=ground)
    numbers = {question.question.identity: question for question in questions}
    rows = [_row(env, "text", text=text, at=_at(text, numbers), columns=columns, home="") for text in listed.texts]
    parts = list(_parts(rows))
    pages = _pages("index.html", len(parts))
    for n in reversed(range(len(parts))):
        write(
            pages[n],
            "index.html",
            questions=questions,
            most=MOST_QUESTIONS,
            most_lines=MOST_LINES,
            rows=parts[n],
            home="",
            pages=pages,
            n=n,
            script=[*ground, *assets("script/many", "*.js")],
        )
    return written


def _row(env: Any, name: str, **values: Any) -> Any:
    macro = getattr(env.get_template("many/rows.html").module, name)
    return macro(date_in_words=phrases.date_in_words, claim_at=claim_at, **values)


def _at(text: Text, numbers: dict[Any, Asked]) -> str:
    """Positions of a text as `issue.step`, for the filter."""
    found = []
    for question in text.questions:
        if question.identity in numbers:
            steps = list(question.scale)
            taken = {position for at in text.stands.get(question.key, {}).values() for position, _, _ in at}
            found += [f"{numbers[question.identity].number}.{steps.index(p)}" for p in steps if p in taken]
    return " ".join(found)


def _parts(rows: Iterable[Any]) -> Iterable[list[Any]]:
    part, size = list[Any](), 0
    for row in rows:
        if part and size + len(row) > MOST_BYTES:
            yield part
            part, size = [], 0
        part.append(row)
        size += len(row)
    yield part


def _pages(first: str, count: int) -> list[str]:
    """Addresses of the pages that share a table."""
    stem = first.removesuffix(".html")
    return [first, *(f"{stem}-{n}.html" for n in range(2, count + 1))]
