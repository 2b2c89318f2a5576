"""Problems as values.

A user's mistake is never a traceback: it is a `Finding` that says what is wrong,
where (file, line, column), and the way out. Rules return findings; commands print them:

    maps/1996.yaml:41:12: unanchored-quote: "the greatest good" is not in essay; nearest: "the greater good", line 12.

`ArgmapError` is for problems that stop a command: misuse, or a file that cannot be read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]

Path = tuple[str | int, ...]
"""The place of a value inside a document: the keys and indices that lead to it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file: `line` and `column` count from 1; `at` is the way inside the document."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    at: Path = ()

    def __str__(self) -> str:
        spot = self.file or "<input>"
        if self.line is not None:
            spot += f":{self.line}:{self.column or 1}"
        elif way := "/".join(str(step) for step in self.at):
            spot += f":{way}"
        return spot


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: which `rule` found it, how bad, what, where, and what to do about it."""

    rule: str
    severity: Severity
    message: str
    place: Place = Place()
    hint: str | None = None

    @property
    def is_loss(self) -> bool:
        """Return whether something in the file was not read; the message then says `left out` or `not read`.

        A note is not a loss: it names parts that are left out on purpose, such as the dialogue around arguments.
        """
        return self.severity != "note" and ("left out" in self.message or "not read" in self.message)

    def __str__(self) -> str:
        hint = f" {self.hint}" if self.hint else ""
        severity = "" if self.severity == "error" else f"{self.severity}: "
        return f"{self.place}: {severity}{self.rule}: {self.message}{hint}"


SHOWN = 20
"""Most lines of one rule on one file in `condensed`."""


def condensed(findings: Iterable[Finding], all_of_them: str | None = None) -> Iterator[str]:
    """Yield findings as lines for a terminal: equal ones once, and the first few of each rule on each file.

    The lines name the command that lists `all_of_them`, if there is one.
    """
    times = Counter((finding.rule, finding.place.file, str(finding)) for finding in findings)
    lines: Counter[tuple[str, str | None]] = Counter()
    more: Counter[tuple[str, str | None]] = Counter()
    for (rule, file, line), n in times.items():
        lines[rule, file] += 1
        if lines[rule, file] <= SHOWN:
            yield f"{line} ({n:,} times)" if n > 1 else line
        else:
            more[rule, file] += n
    for (rule, _), n in more.items():
        yield f"… and {n:,} more of {rule}" + (f": `{all_of_them}` lists them" if all_of_them else "")


def line_column(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of a character, both from 1. For many characters of one text, use `Lines`."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


class Lines:
    """The line starts of a text, to find the places of many characters."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        r"""Return line and column of a character, both from 1.

        >>> Lines("a\nbc").place(3)
        (2, 2)
        """
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class ArgmapError(Exception):
    """Misuse, or a file that cannot be read; `findings` has every problem if there are several."""

    def __init__(self, problem: str | Finding | Iterable[Finding]) -> None:
        if isinstance(problem, str):
            self.findings: tuple[Finding, ...] = ()
            super().__init__(problem)
            return
        self.findings = (problem,) if isinstance(problem, Finding) else tuple(problem)
        super().__init__("\n".join(map(str, self.findings)))


def brief(words: str, width: int = 60) -> str:
    r"""Shorten words of a file for a message: one line of at most `width` characters, without control characters.

    >>> brief("two\n lines and\x1b[31m colour")
    'two lines and\\x1b[31m colour'
    """
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in " ".join(words[: 4 * width].split()))
    return shown if len(shown) <= width and len(words) <= 4 * width else f"{shown[: width - 1].rstrip()}…"
