"""The pictures that argmap draws, one file or folder each.

A picture declares itself: its module holds a `PICTURE`, and is found by walking this folder. So a new picture is a new
file here and nothing else:

    PICTURE = Picture("bridge", "diff", "What moved, claim by claim.", bridge)

`build` turns a value (a map, a diff or a timeline) into a `Diagram` of boxes and arrows by role; see `model`.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from argmap.diagram.model import Diagram
from argmap.findings import ArgmapError

Subject = Literal["map", "diff", "timeline"]
SUCCESSORS = {"ladder": "dumbbells"}
"""Pictures of earlier versions, and what shows the same today."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A kind of picture, as its module declares it."""

    name: str
    """Name for `--picture` and `draw(…, picture=…)`."""
    draws: Subject
    """The subject of the picture. A picture of a diff also gets the two maps, as `before` and `after`."""
    summary: str
    """One sentence for help texts."""
    build: Callable[..., Diagram]
    """Makes the picture of the subject, and of its maps where it has any; with `title` instead of the one that it would make."""


def all_pictures(draws: Subject | None = None) -> dict[str, Picture]:
    """Find the pictures of this folder by name, in alphabetical order; those of a map, a diff or a timeline, or all."""
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    declared: list[Picture] = [module.PICTURE for module in modules if hasattr(module, "PICTURE")]
    return {each.name: each for each in sorted(declared, key=lambda each: each.name) if draws in (None, each.draws)}


def picture_named(name: str, draws: Subject | None = None) -> Picture:
    """Find a picture by its name, among those of a map, a diff or a timeline, or among all.

    Raise ArgmapError if there is none; the message lists the others, or names the successor of a former one.
    """
    known = all_pictures(draws)
    if name in SUCCESSORS:
        raise ArgmapError(gone(name))
    if name not in known:
        kind = f"picture of a {draws}" if draws else "picture"
        raise ArgmapError(f"no {kind} is named {name!r}: use one of {', '.join(known)}")
    return known[name]


def gone(name: str) -> str:
    """Say which picture took the place of a former one.

    >>> gone("ladder")
    'the picture ladder is now dumbbells: use dumbbells'
    """
    return f"the picture {name} is now {SUCCESSORS[name]}: use {SUCCESSORS[name]}"
