"""Find a format: by its name, by the content of a file, by the name of a file.

The formats are found by walking the folder `argmap/formats/`. Each module or folder there that has a `FORMAT`, or several
`FORMATS`, is a format; nothing else lists them. Our own files are recognised without importing the other formats.
"""

from __future__ import annotations

import pkgutil
import shlex
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import cast

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.common.format import Content, Format
from argmap.provided import provided
from argmap.remembered import parsed_once

_NOT_FORMATS = ("common", "native")
_OF_ALL_SORTS = (
    *(".yaml", ".yml", ".json", ".jsonld", ".xml", ".csv", ".txt"),
    *(".ad", ".ann", ".annotations.json", ".jsonl", ".tsv", ".conll"),
)
"""Endings of files of all sorts: such a file is a map only if its content says so."""
OWN = ("yaml", "json")
"""Our own formats: `check` reports what is irregular in them."""


def _declared(name: str) -> Iterator[Format]:
    """Import one module or folder of the room, and yield the formats that it declares."""
    module = import_module(f"argmap.formats.{name}")
    for known in getattr(module, "FORMATS", None) or (module.FORMAT,):
        yield replace(known, module=f"{name}.{known.module}" if known.module else name)


@cache
def own_formats() -> tuple[Format, ...]:
    """Return the formats of our own files."""
    return tuple(_declared("native"))


@cache
def all_formats() -> tuple[Format, ...]:
    """Return all formats in the order in which they are asked, listed, and the default of a suffix."""
    folders = import_module("argmap.formats").__path__
    names = sorted(module.name for module in pkgutil.iter_modules(folders) if module.name not in _NOT_FORMATS)
    found = [*own_formats(), *(known for name in names for known in _declared(name)), *provided("formats", ())]
    return tuple(sorted(found, key=attrgetter("order")))


@cache
def endings() -> tuple[str, ...]:
    """Return the endings of files that can be read."""
    return tuple({suffix: None for known in all_formats() if known.reads for suffix in known.suffixes})


@cache
def telling() -> tuple[str, ...]:
    """Return the endings that hardly any file has that is not a map."""
    return tuple(ending for ending in endings() if ending not in _OF_ALL_SORTS)


def _names(able: str = "name") -> str:
    """List the names of the formats that can be read (`reads`) or written (`writes`), or of all."""
    return ", ".join(sorted(known.name for known in all_formats() if getattr(known, able)))


def named(name: str, able: str = "name") -> Format:
    """Return the format of a name, in capitals or not; it must be able to do what `able` says, `reads` or `writes`.

    Raise ArgmapError if there is none, or it is not able to; the message lists those that are.
    """
    # Our own come first, so that naming one does not import the others.
    for formats in (own_formats, all_formats):
        for known in formats():
            if known.name == name.lower():
                if not getattr(known, able):
                    only = "written: read" if able == "reads" else "read: write"
                    raise ArgmapError(f"{known.name} is only {only} one of {_names(able)}")
                return known
    raise ArgmapError(f"no format {name!r}: one of {_names(able)}")


def for_writing(path: Path) -> Format:
    """Return the format that the suffix of a file asks for; raise ArgmapError if it asks for none, or for a picture."""
    if candidates := _by_suffix(path.name, "writes"):
        return candidates[0]
    picture = path.suffix.lower() in (".svg", ".png", ".pdf")
    reason = "is a picture: `argmap draw` makes it; or" if picture else "its suffix names no format:"
    raise ArgmapError(f"{path}: {reason} name one of {_names('writes')}")


def _by_suffix(name: str, able: str) -> list[Format]:
    """Return the formats whose suffix a file name has, the longest suffix first."""
    hits = [
        (len(suffix), known)
        for known in all_formats()
        for suffix in known.suffixes
        if getattr(known, able) and name.lower().endswith(suffix)
    ]
    return [known for _, known in sorted(hits, key=lambda hit: -hit[0])]


def recognised(content: Content) -> Format | None:
    """Return the format that the content of a file tells; `None` where at most its name could."""
    return cast("Format | None", parsed_once(f"format of {content.name}", content.text, lambda: _recognised(content)))


def _recognised(content: Content) -> Format | None:
    for known in own_formats():
        if content.name.lower().endswith(known.suffixes) and known.matches(content):
            return known
    seen = [known for known in all_formats() if known.reads and known.matches(content)]
    # If two formats recognise a file, its suffix decides.
    called_so = _by_suffix(content.name, "reads")
    return next((known for known in seen if known in called_so), seen[0] if seen else None)


def is_meant(content: Content) -> bool:
    """Tell whether a file that lies among others is meant to be a map: its content or its ending says so."""
    return recognised(content) is not None or content.name.lower().endswith(telling())


def detect(content: Content) -> Format:
    """Return the format of a file: by its content, else by its suffix; raise ArgmapError if neither tells."""
    if known := recognised(content):
        return known
    called_so = [each for each in _by_suffix(content.name, "reads") if each.suffix_tells]
    if content.data is not None:
        raise _unknown(content, "JSON, but of no format known here.")
    if called_so:
        return called_so[0]
    if not content.text.strip():
        raise ArgmapError(Finding("unreadable", "error", "is empty: there is no map in it.", Place(content.name)))
    raise _unknown(content, "format not recognised.")


def _unknown(content: Content, message: str) -> ArgmapError:
    from argmap.store import OWN_KEYS

    if content.data is None and content.name.lower().endswith((".txt", ".md", ".text", ".html", ".htm")):
        name = shlex.quote(content.name)
        begin = f"`argmap init {name}` begins a project with it, `argmap draft {name}` suggests a map of it."
        message, hint = "this is a text, not a map of one.", f"{begin} If it is a map, name its format with --from."
        return ArgmapError(Finding(_UNKNOWN, "error", message, Place(content.name), hint))
    hint = f"Name its format with --from, one of {_names('reads')}; argmap's own files have {OWN_KEYS} at the top."
    return ArgmapError(Finding(_UNKNOWN, "error", message, Place(content.name), hint))


_UNKNOWN = "unknown-file"


def in_a_line(error: ArgmapError) -> str:
    """Say in one line why one file of many cannot be read: its first problem, and how many there are."""
    if not error.findings:
        return str(error).partition("\n")[0]
    first = error.findings[0]
    more = f" ({len(error.findings)} problems)" if error.findings[1:] else ""
    return f"{replace(first, hint=None) if first.rule == _UNKNOWN else first}{more}"
