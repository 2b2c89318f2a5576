"""The table of formats, made from their declarations.

| name | format | files | reads | writes | carries |
|---|---|---|---|---|---|
| `sadface` | SADFace | `.json`, `.sadface.json` | yes | yes | schemes, notes, … |
"""

from __future__ import annotations

from collections.abc import Iterable

from argmap.formats.common.format import Format
from argmap.formats.common.map_features import FEATURES


def rows(formats: Iterable[Format]) -> list[tuple[str, ...]]:
    """Return the head of the table, and a row for each format in the order given."""
    return [("name", "format", "files", "reads", "writes", "carries"), *map(_row, formats)]


def markdown(formats: Iterable[Format]) -> str:
    """Return the table in Markdown."""
    head, *below = rows(formats)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, ("---",) * len(head), *below))


def _row(known: Format) -> tuple[str, ...]:
    files = ", ".join(f"`{suffix}`" for suffix in known.suffixes)
    if known.beside:
        files += f" with {', '.join(f'`{ending}`' for ending in known.beside)} beside"
    reads, writes = ("yes" if able else "–" for able in (known.reads, known.writes))
    return (f"`{known.name}`", known.title, files, reads, writes, _carries(known) if known.writes else "–")


def _carries(known: Format) -> str:
    """List the features that survive writing, or those that do not if they are fewer."""
    held = [feature.name for feature in FEATURES if feature.name in known.carries]
    lost = [feature.name for feature in FEATURES if feature.name not in known.carries]
    if not lost:
        return "everything"
    return f"all but {', '.join(lost)}" if len(lost) < len(held) else ", ".join(held)
