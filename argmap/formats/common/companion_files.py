"""Files that are read along with others: the text that `x.ann` annotates, the second of two tables.

In a folder such a file is a part of a map, and no map of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import TypeVar

from argmap.formats.common.registry import all_formats

P = TypeVar("P", bound=PurePath)


def is_read_along(path: Path) -> bool:
    """Whether a file belongs to another that stands beside it, and is none of its own."""
    return any(other.is_file() for format in all_formats() for other in _others(path, format.beside, format.suffixes))


def read_along(path: Path) -> Iterator[Path]:
    """The files that are there and may be read along with one."""
    return (other for other in companions(path) if other.is_file())


def companions(path: P) -> Iterator[P]:
    """What may stand beside a file and be read along with it, whether it is there or not; the first table of a second, too."""
    for format in all_formats():
        endings = (*format.suffixes, *format.beside) if format.beside else ()
        yield from (other for other in _others(path, endings, endings) if other != path)


def _others(path: P, endings: Sequence[str], suffixes: Sequence[str]) -> Iterator[P]:
    """What stands beside a file of one of some endings, with one of other suffixes instead."""
    for ending in endings:
        if path.name.lower().endswith(ending):
            yield from (path.with_name(path.name[: len(path.name) - len(ending)] + suffix) for suffix in suffixes)
