"""Files that are read along with others: the text that `x.ann` annotates, the second of two tables.

In a folder such a file is a part of a map, and no map of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from argmap.formats.registry import FORMATS


def is_read_along(path: Path) -> bool:
    """Whether a file belongs to another that stands beside it, and is none of its own."""
    return any(other.is_file() for format in FORMATS for other in _others(path, format.beside, format.suffixes))


def read_along(path: Path) -> Iterator[Path]:
    """The files that may be read along with one."""
    return (
        other
        for format in FORMATS
        for other in _others(path, format.suffixes, format.beside)
        if other != path and other.is_file()
    )


def _others(path: Path, endings: Sequence[str], suffixes: Sequence[str]) -> Iterator[Path]:
    """What stands beside a file of one of some endings, with one of other suffixes instead."""
    for ending in endings:
        if path.name.lower().endswith(ending):
            yield from (path.with_name(path.name[: len(path.name) - len(ending)] + suffix) for suffix in suffixes)
