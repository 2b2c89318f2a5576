"""The pictures of a page, before they are put into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmap.diagram.drawing import ForPage


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A drawn diagram and its files beside the page."""

    name: str
    """File name without suffix; unique in the report."""
    kind: str
    """The name of the picture: `map`, `stairs`, `how` …"""
    title: str
    drawn: ForPage | None
    """`None` for a picture that is only a file beside the page."""
    of: tuple[str, ...]
    """Ids of the maps that it shows."""
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences about what the picture leaves out."""
