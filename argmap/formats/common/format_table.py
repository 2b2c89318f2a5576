"""The table of formats as people read it, from the same lines that read and write them, so that it cannot be wrong.

| name | format | files | reads | writes | carries |
|---|---|---|---|---|---|
| `sadface` | SADFace | `.json`, `.sadface.json` | yes | yes | schemes, notes, … |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.formats.common.map_features import FEATURES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmap.formats.common.format import Format

_HEAD = ("name", "format", "files", "reads", "writes", "carries")


def rows(formats: Iterable[Format]) -> list[tuple[str, ...]]:
    """The head of the table, and a row a format in the order given."""
    return [_HEAD, *map(_row, formats)]


def markdown(formats: Iterable[Format]) -> str:
    """The table in Markdown."""
    head, *below = rows(formats)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, ("---",) * len(head), *below))


def _row(format: Format) -> tuple[str, ...]:
    files = ", ".join(f"`{suffix}`" for suffix in format.suffixes)
    if format.beside:
        files += f" with {', '.join(f'`{ending}`' for ending in format.beside)} beside"
    reads, writes = ("yes" if able else "–" for able in (format.reads, format.writes))
    return (f"`{format.name}`", format.title, files, reads, writes, _carries(format) if format.writes else "–")


def _carries(format: Format) -> str:
    """What survives writing, or what does not where that is shorter."""
    held = [feature.name for feature in FEATURES if feature.name in format.carries]
    lost = [feature.name for feature in FEATURES if feature.name not in format.carries]
    if not lost:
        return "everything"
    return f"all but {', '.join(lost)}" if len(lost) < len(held) else ", ".join(held)
