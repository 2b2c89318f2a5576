"""Mermaid as a format that maps are converted to: the picture of `argmap draw`, for pages that draw it themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.diagram.drawing import draw

if TYPE_CHECKING:
    from argmap.model import Map


def write(m: Map) -> str:
    """The map as a Mermaid flowchart; unlike a picture it folds nothing, however many claims there are."""
    return draw(m, "mmd", depth=len(m.claims)).decode()
