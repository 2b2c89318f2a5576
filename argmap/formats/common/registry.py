"""All formats, found by walking the folder `argmap/formats/`: by name, by what is in a file, by what a file is called.

Each module or folder there that has a `FORMAT`, or several `FORMATS`, is taken up; nothing else lists them. Our own
files are recognised without importing the other formats.
"""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, cast

from argmap.findings import ArgmapError, Finding, Place
from argmap.provided import provided
from argmap.text_file import parsed_once

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from argmap.formats.common.format import Content, Format

_NOT_FORMATS = ("common", "folder", "native")
_OF_ALL_SORTS = (
    *(".yaml", ".yml", ".json", ".jsonld", ".xml", ".csv", ".txt"),
    *(".ad", ".ann", ".annotations.json"),
)
"""Endings of files of all sorts: such a file is a map only if its content says so."""
_PICTURES = (".svg", ".png", ".pdf")

OWN = ("yaml", "json")
"""Our own formats: `check` reports what is irregular in them."""


def _declared(name: str) -> Iterable[Format]:
    """Import one module or folder of the room, and return the formats that it declares."""
    module = import_module(f"argmap.formats.{name}")
    for format in getattr(module, "FORMATS", None) or (module.FORMAT,):
        yield replace(format, module=f"{name}.{format.module}" if format.module else name)


@cache
def own_formats() -> tuple[Format, ...]:
    """Return the formats of our own files."""
    return tuple(_declared("native"))


@cache
def all_formats() -> tuple[Format, ...]:
    """Return all formats in the order in which they are asked, listed, and the default of a suffix."""
    folders = import_module("argmap.formats").__path__
    names = sorted(module.name for module in pkgutil.iter_modules(folders) if module.name not in _NOT_FORMATS)
    found = [*own_formats(), *(format for name in names for format in _declared(name)), *provided("formats", ())]
    return tuple(sorted(found, key=attrgetter("order")))


@cache
def endings() -> tuple[str, ...]:
    """Return the endings of files that can be read."""
    return tuple({suffix: None for format in all_formats() if format.reads for suffix in format.suffixes})


@cache
def telling() -> tuple[str, ...]:
    """Return the endings that hardly any file has that is not a map."""
    return tuple(ending for ending in endings() if ending not in _OF_ALL_SORTS)


def _readable() -> str:
    return ", ".join(sorted(format.name for format in all_formats() if format.reads))


def _writable() -> str:
    return ", ".join(sorted(format.name for format in all_formats() if format.writes))


def named(name: str) -> Format:
    """The format of that name.

    Raises
    ------
    ArgmapError
        When there is none; the message lists all.
    """
    return _named(name, ", ".join(sorted(format.name for format in all_formats())))


def _named(name: str, choice: str) -> Format:
    for format in all_formats():
        if format.name == name.lower():
            return format
    raise ArgmapError(f"no format {name!r}: one of {choice}")


def readable(name: str) -> Format:
    """The format of that name, if it can be read; see `named`."""
    format = _named(name, _readable())
    if not format.reads:
        raise ArgmapError(f"{format.name} is only written: read one of {_readable()}")
    return format


def writable(name: str) -> Format:
    """The format of that name, if it can be written; see `named`."""
    format = _named(name, _writable())
    if not format.writes:
        raise ArgmapError(f"{format.name} is only read: write one of {_writable()}")
    return format


def for_writing(path: Path) -> Format:
    """The format that a file's name asks for.

    Raises
    ------
    ArgmapError
        When it asks for none, or for a picture.
    """
    if candidates := _by_suffix(path.name, writes=True):
        return candidates[0]
    picture = path.suffix.lower() in _PICTURES
    reason = "is a picture: `argmap draw` makes it; or" if picture else "its suffix names no format:"
    raise ArgmapError(f"{path}: {reason} name one of {_writable()}")


def _by_suffix(name: str, *, reads: bool = False, writes: bool = False) -> list[Format]:
    """Formats whose suffix a file name has, the longest suffix first."""
    lower = name.lower()
    hits = [
        (len(suffix), format)
        for format in all_formats()
        if (not reads or format.reads) and (not writes or format.writes)
        for suffix in format.suffixes
        if lower.endswith(suffix)
    ]
    return [format for _, format in sorted(hits, key=lambda hit: -hit[0])]


def recognised(content: Content) -> Format | None:
    """Return the format that the content of a file tells; `None` where at most its name could."""
    return cast("Format | None", parsed_once(f"format of {content.name}", content.text, lambda: _recognised(content)))


def _recognised(content: Content) -> Format | None:
    for format in own_formats():
        if content.name.lower().endswith(format.suffixes) and format.matches(content):
            return format
    seen = [format for format in all_formats() if format.reads and format.matches(content)]
    # If two formats recognise a file, its suffix decides.
    called_so = _by_suffix(content.name, reads=True)
    return next((format for format in seen if format in called_so), seen[0] if seen else None)


def is_meant(content: Content) -> bool:
    """Whether a file that lies among others is meant to be a map: its content or its ending tells."""
    return recognised(content) is not None or content.name.lower().endswith(telling())


def detect(content: Content) -> Format:
    """The format of a file: by what is in it, else by its suffix.

    Raises
    ------
    ArgmapError
        When neither tells.
    """
    if known := recognised(content):
        return known
    called_so = [format for format in _by_suffix(content.name, reads=True) if format.suffix_tells]
    if content.data is not None:
        raise _unknown(content, "JSON, but of no format known here.")
    if called_so:
        return called_so[0]
    if not content.text.strip():
        raise ArgmapError(Finding("unreadable", "error", "is empty: there is no map in it.", Place(content.name)))
    raise _unknown(content, "format not recognised.")


def _unknown(content: Content, message: str) -> ArgmapError:
    from argmap.store import OWN_KEYS

    hint = f"Name its format with --from, one of {_readable()}; argmap's own files have {OWN_KEYS} at the top."
    return ArgmapError(Finding(_UNKNOWN, "error", message, Place(content.name), hint))


_UNKNOWN = "unknown-file"


def in_a_line(error: ArgmapError) -> str:
    """Why one file of many cannot be read: its first problem, how many there are, and no list of all formats."""
    if not error.findings:
        return str(error).partition("\n")[0]
    first = error.findings[0]
    more = f" ({len(error.findings)} problems)" if error.findings[1:] else ""
    return f"{replace(first, hint=None) if first.rule == _UNKNOWN else first}{more}"
