r"""Go on after a syntax error, so that one pass finds all mistakes of a file.

A YAML parser stops at the first error. The layout of argmap's files tells where to go on: at the next top-level key, or at
the next entry below one. So the entry with the error is blanked out, and the rest is parsed again:

    claims:
      a: {text: He said: no}      a `:` too many
      b: {txt: It rains.}         found in the same pass: no key `txt`

The cause may stand above the place where the parser stops: a quotation mark that is not closed swallows the entry below.
So the entries above are tried as well, and that one is taken without which the parser gets furthest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

ErrorAt = Callable[[str], int | None]
"""Parses a text; returns the number of the line, from 0, at which the parser stopped, or None."""

MOST_CHARACTERS = 1_000_000
"""Longer files end at their first syntax error: each further one costs several passes."""
MOST_ERRORS = 30
_ABOVE = 3
"""Entries above an error that may be its cause."""
_KEY = re.compile(r"""["']?([\w.-]+)""")


@dataclass(frozen=True, slots=True)
class Entry:
    """Lines from `start` to before `end`: a top-level key with all below it, or one entry below such a key."""

    start: int
    end: int
    key: str = ""
    """Its key, if it begins with one."""
    is_top: bool = False

    def blanked(self, lines: list[str]) -> list[str]:
        """Return the lines with those of the entry empty, so that all others keep their numbers."""
        return [*lines[: self.start], *[""] * (self.end - self.start), *lines[self.end :]]


def without_error(text: str, lines_of_error: list[int], error_at: ErrorAt) -> tuple[str, Entry] | None:
    """Blank out the entry that keeps a text from being parsed; None if the parser gets no further without any.

    `lines_of_error` are the line at which the parser stopped, and the lines that it names as the context; from 0.
    """
    lines = text.split("\n")
    stopped = lines_of_error[0]
    tops = _tops(lines)
    inner = [entry for top in tops for entry in _inside(lines, top)]
    for entries in (inner, tops):
        best: tuple[float, str, Entry] | None = None
        for entry in _suspects(entries, lines_of_error):
            trial = "\n".join(entry.blanked(lines))
            following = error_at(trial)
            reach = float("inf") if following is None else following
            # Of two that help alike, the first is the cause: it swallowed a part of the other.
            if reach > stopped and (best is None or (reach, -entry.start) > (best[0], -best[2].start)):
                best = (reach, trial, entry)
        if best:
            return best[1], best[2]
    return None


def _suspects(entries: list[Entry], lines_of_error: list[int]) -> Iterator[Entry]:
    """Yield the entries that may hold the error, the likeliest first."""
    seen: set[int] = set()
    here = [n for at in lines_of_error for n, entry in enumerate(entries) if entry.start <= at < entry.end]
    before = max((n for n, entry in enumerate(entries) if entry.start <= lines_of_error[0]), default=-1)
    for n in (*here, *range(before, before - _ABOVE - 1, -1)):
        if n >= 0 and n not in seen:
            seen.add(n)
            yield entries[n]


def _is_blank(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _key(line: str) -> str:
    found = _KEY.match(line.strip())
    return found[1] if found else ""


def _tops(lines: list[str]) -> list[Entry]:
    starts = [n for n, line in enumerate(lines) if not _is_blank(line) and line[0] not in " \t-]}"]
    return [Entry(start, end, _key(lines[start]), is_top=True) for start, end in pairwise([*starts, len(lines)])]


def _inside(lines: list[str], top: Entry) -> Iterator[Entry]:
    """Yield the entries below a top-level key."""
    below = [n for n in range(top.start + 1, top.end) if not _is_blank(lines[n])]
    if not below:
        return
    first = lines[below[0]]
    indent, is_list = _indent(first), first.lstrip().startswith("-")
    # A line that begins with a tab belongs to no entry above.
    starts = [
        n
        for n in below
        if lines[n][0] == "\t" or (_indent(lines[n]) == indent and lines[n].lstrip().startswith("-") == is_list)
    ]
    for start, end in pairwise([*starts, top.end]):
        yield Entry(start, end, _key(lines[start]))
