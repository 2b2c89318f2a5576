"""Files that are read along with others: the text that `x.ann` annotates, the second of two tables.

In a folder such a file is part of a map, and not a map of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import TypeVar

from argmap.formats.common.registry import all_formats

P = TypeVar("P", bound=PurePath)


def is_read_along(path: Path) -> bool:
    """Tell whether a file belongs to another that stands beside it."""
    return any(other.is_file() for known in all_formats() for other in _others(path, known.beside, known.suffixes))


def read_along(path: Path) -> Iterator[Path]:
    """Yield the existing files that may be read along with a file."""
    return (other for other in companions(path) if other.is_file())


def companions(path: P) -> Iterator[P]:
    """Yield the names of files that may be read along with a file, or that it may be read along with."""
    for known in all_formats():
        endings = (*known.suffixes, *known.beside) if known.beside else ()
        yield from (other for other in _others(path, endings, endings) if other != path)


def _others(path: P, endings: Sequence[str], suffixes: Sequence[str]) -> Iterator[P]:
    """Yield the file with each of some suffixes in place of an ending that it has."""
    for ending in endings:
        if path.name.lower().endswith(ending):
            yield from (path.with_name(path.name[: len(path.name) - len(ending)] + suffix) for suffix in suffixes)
