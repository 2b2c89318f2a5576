"""Draw who disagrees with whom: a row for each speaker, a column for each speaker that they attack."""

from __future__ import annotations

from typing import Any

from argmap.debates import debate_of
from argmap.diagram.layout.measure import width_of
from argmap.diagram.model import Box, Diagram, Frame, Key, Text
from argmap.diagram.pictures import Picture
from argmap.diagram.pictures.canvas import MARGIN, Canvas
from argmap.findings import ArgmapError
from argmap.model import Map
from argmap.text_tools import counted

MOST = 24
"""Speakers that fit; those with the most claims are drawn, and a note counts the others."""
CELL, NAME = 44.0, 190.0


def disagreements(map_: Map, *, title: str | None = None, **_: Any) -> Diagram:
    """Make the matrix of a map with several speakers; raise ArgmapError if there are fewer than two."""
    found = debate_of(map_)
    names = [voice.name for voice in found.voices][:MOST]
    if len(names) < 2:
        raise ArgmapError(f"{map_.id}: fewer than two speakers, so nobody disagrees with anybody")
    page = Canvas()
    heading = title or map_.title or f"Who disagrees with whom: {map_.id}"
    top = 64 + max(width_of(name[:28], "page small") for name in names) * 0.35
    left = MARGIN + NAME
    width = max(left + CELL * len(names) + MARGIN, 480.0)
    page.heading(heading, width - 2 * MARGIN)
    page.line("rows: who attacks or disagrees; columns: whom", "page small", MARGIN, 46)
    largest = max((n for row in found.disagreements.values() for n in row.values()), default=1)
    for n, name in enumerate(names):
        page.line(str(n + 1), "page bold", left + CELL * n + CELL / 2 - 4, top - 18, hover=name)
        y = top + CELL * n
        page.line(f"{n + 1}  {name}", "page small", MARGIN, y + CELL / 2 - 8, NAME - 12)
        for m, other in enumerate(names):
            count = found.disagreements.get(name, {}).get(other, 0)
            band = 0 if n == m or not count else 1 + round(3 * (count - 1) / max(largest - 1, 1))
            frame = Frame(left + CELL * m + 1, y + 1, CELL - 2, CELL - 2)
            page.box("supporting point", frame, marks=(f"strength {band}",), hover=f"{name} – {other}: {count}")
            if n != m:
                words = str(count or "·")
                page.line(
                    words, "page bold", left + CELL * m + (CELL - width_of(words, "page bold")) / 2, y + CELL / 2 - 8
                )
    low = top + CELL * len(names) + 12
    rest = found.voices[MOST:]
    times = sum(n for row in found.disagreements.values() for n in row.values())
    notes = (f"{counted(len(rest), 'speaker')} with fewer claims left out",) if rest else ()
    for note in notes:
        page.line(note, "page small", MARGIN, low)
    return Diagram(
        id=map_.id,
        kind="disagreements",
        title=heading,
        subtitle=f"{counted(len(found.voices), 'speaker')}, {counted(times, 'disagreement')}",
        boxes=tuple(page.boxes),
        legend=(Key("more often", box=Box("k", "supporting point", (Text("3"),), marks=("strength 3",))),),
        notes=notes,
        page=(width, low + 30),
    )


PICTURE = Picture("disagreements", "map", "Who disagrees with whom, as a matrix.", disagreements)
