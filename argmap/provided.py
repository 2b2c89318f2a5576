"""Things that a lower room needs and only a higher room can make, such as the picture of a map in a notebook.

Imports go down only, so the lower room cannot import the higher one. The face of argmap, which is above all rooms,
provides a maker by name; the lower room asks for what it makes:

    provide("picture", make)            in argmap/__init__.py
    picture = provided("picture")       in argmap/model.py
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing `typing` would cost more than this module
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_MAKERS: dict[str, Callable[[], Any]] = {}


def provide(name: str, maker: Callable[[], Any]) -> None:
    """Provide what `maker` returns under a name; it is called each time that someone asks."""
    _MAKERS[name] = maker


def provided(name: str, default: Any = None) -> Any:
    """Return what is provided under a name, or `default` where nothing is."""
    return _MAKERS[name]() if name in _MAKERS else default
