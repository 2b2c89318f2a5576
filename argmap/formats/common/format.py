"""Define the declaration of a format, and the values that its module takes and returns.

    bytes ─ Content ─ module.read ─▶ Reading(map, findings)
    Map ─ module.write ─▶ str | Written (a file, and the files beside it)

A `Format` is a declaration and imports nothing heavy: its module is loaded when a file is really read or written, so
that starting up stays light. How to add one: docs/contributing/add-a-format.md.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, Protocol, cast

from argmap import text_file
from argmap.findings import ArgmapError, Finding, Place, line_column
from argmap.model import Map


@dataclass(frozen=True, slots=True)
class Reading:
    """A map as it was read, and findings for what was irregular in the file."""

    map: Map
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a format that has several: its own text, and the texts `beside` it by suffix (`{".txt": …}`)."""

    text: str
    beside: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class Module(Protocol):
    """The functions of a format's module: `read` or `write` or both, and `carried` where features alone do not tell."""

    def read(self, content: Content, **options: Any) -> Reading:
        """Read the map of a file; raise ArgmapError when the file holds none."""

    def write(self, map_: Map, /) -> str | Written:
        """Write the file of a map, which has been stripped of what the format does not carry."""

    def carried(self, map_: Map, original: Map, /) -> Map:
        """Return what the format holds of `map_`, where features alone do not tell. `original` is the map before stripping. May be left out."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format, as it declares itself: its names, how to recognise a file of it, and what of a map it carries."""

    name: str
    """The word for `--from` and `--to`, and the namespace of what it keeps under `extra`."""
    title: str
    """The name that people use."""
    suffixes: tuple[str, ...]
    """File name endings with their dot, the usual one first. Several formats may share one."""
    carries: frozenset[str] = frozenset()
    """Names of `argmap.formats.common.map_features.FEATURES` that survive writing and reading."""
    matches: Callable[[Content], bool] = lambda _content: False
    """Tell whether a file looks like this format; cheap, and never raises."""
    reads: bool = True
    writes: bool = True
    module: str = ""
    """Module beside the declaration with `read` and `write`; left out: the declaring module itself."""
    options: tuple[str, ...] = ()
    """Keyword arguments that its `read` takes."""
    beside: tuple[str, ...] = ()
    """Endings of files that it reads along with its own: same name, another ending."""
    suffix_tells: bool = True
    """True if an unrecognised file with its suffix is read as this format; false for a suffix that many formats use."""
    namespaces: tuple[str, ...] = ()
    """Keys of `extra` that it writes back, beside its own name."""
    order: int = 50
    """Formats of a smaller number are asked first, listed first, and the default of a suffix that several share."""

    loader: Callable[[], ModuleType] | None = None
    """Import the module, where that stands in another room, which provides the format."""

    def load(self) -> Module:
        """Import the module that reads and writes the format."""
        return cast("Module", self.loader() if self.loader else import_module(f"argmap.formats.{self.module}"))


@dataclass(frozen=True)
class Content:
    """The text of a file, with its name for findings, and its path if it is on disk."""

    text: str
    name: str = "<input>"
    path: Path | None = None
    findings: tuple[Finding, ...] = ()
    """Findings on its encoding."""

    @cached_property
    def head(self) -> str:
        """The first 64 Ki characters, for detection."""
        return self.text[:65536]

    @cached_property
    def data(self) -> Any:
        """The parsed JSON; `None` if the text is not JSON. Parsed once, for detection and for reading."""
        return self._parsed[0]

    def json(self) -> Any:
        """Return the parsed JSON; raise ArgmapError, with line and column, if the text is not JSON."""
        data, problem = self._parsed
        if problem is not None:
            raise ArgmapError(problem)
        return data

    @cached_property
    def odd_numbers(self) -> list[str]:
        """Numbers that JSON cannot hold, as they are spelt (`NaN`, `1e999`); parsing reads each as `None` and lists it here."""
        return []

    def take_json(self) -> Any:
        """Return the parsed JSON and forget it, so that a reader can free a large file before it builds the map."""
        data = self.json()
        for name in ("data", "_parsed"):
            self.__dict__.pop(name, None)
        return data

    @cached_property
    def _parsed(self) -> tuple[Any, Finding | None]:
        def unreadable(message: str, at: int | None = None) -> tuple[None, Finding]:
            line, column = (None, None) if at is None else line_column(self.text, at)
            return None, Finding("unreadable", "error", message, Place(self.name, line, column))

        if self.text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
            return unreadable("is empty" if not self.text.strip() else "not JSON: starts with neither { nor [")
        try:
            data = json.loads(self.text, parse_constant=self.odd_numbers.append, parse_float=self._number)
            return (_mended(data) if _LONE_SURROGATE.search(self.text) else data), None
        except json.JSONDecodeError as error:
            return unreadable(f"not JSON: {error.msg.lower()}", error.pos)
        except RecursionError:
            return unreadable("nested too deeply to be a map")
        except ValueError as error:
            return unreadable(f"not JSON: {str(error).partition(';')[0]}")

    def _number(self, spelt: str) -> float | None:
        number = float(spelt)
        if math.isfinite(number):
            return number
        self.odd_numbers.append(spelt)
        return None

    def beside(self, ending: str, other: str) -> Content | None:
        """Read the file beside this one whose name ends in `other` instead of `ending`; `None` without one.

        A link out of the folder is not followed, since it could show a file of the reader to whoever made the folder.
        """
        if self.path is None or not self.path.name.endswith(ending):
            return None
        path = self.path.with_name(self.path.name.removesuffix(ending) + other)
        try:
            inside = path.resolve().parent in (self.path.parent.resolve(), self.path.resolve().parent)
        except (OSError, RuntimeError):  # links in a circle
            return None
        return content_of(path) if inside and text_file.is_file(path) else None


_LONE_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def _mended(value: Any) -> Any:
    """Put the replacement character in place of half a character, which JSON can escape and no text can hold."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value


def decoded(data: bytes, name: str = "<input>") -> Content:
    """Decode the bytes of a file; raises as `argmap.text_file.decode`."""
    return _content(text_file.decode(data, name))


def content_of(path: str | Path) -> Content:
    """Read a file that the user named, which may be a pipe; raises as `argmap.text_file.read`."""
    return replace(_content(text_file.read(path, pipes=True)), path=Path(path))


def _content(file: text_file.TextFile) -> Content:
    return Content(file.text.removeprefix("\ufeff"), file.name, findings=file.findings)


# Small questions about JSON, for `matches`: half of the field writes `nodes` and `edges`.


def has(value: Any, **types: type | tuple[type, ...]) -> bool:
    """Tell whether `value` is an object with these keys, each of its type."""
    return isinstance(value, dict) and all(isinstance(value.get(key), type_) for key, type_ in types.items())


def some(value: Any, key: str) -> Any:
    """Return the first object of the list or object under `key`; `None` without one."""
    inner = value.get(key) if isinstance(value, dict) else None
    items = inner.values() if isinstance(inner, dict) else inner if isinstance(inner, list) else ()
    return next((item for item in items if isinstance(item, dict)), None)
