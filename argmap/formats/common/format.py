"""How a format declares itself, and what passes between its module and the verbs on formats.

    bytes ─ Content ─ module.read ─▶ Reading(map, findings)
    Map ─ module.write ─▶ str | Written (a file, and the files beside it)

A `Format` is a declaration and imports nothing heavy: its module is loaded when a file is really read or written, so
that starting up stays light. How to add one: docs/contributing/add-a-format.md.
"""

from __future__ import annotations

import codecs
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

from argmap.findings import ArgmapError, Finding, Place, line_column
from argmap.model import Map

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused, as by the store, so that none can exhaust the memory of the machine that reads it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A map as a file gave it, and what was irregular in the file."""

    map: Map
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What a format of several files writes: its own text, and the files `beside` it by suffix (`{".txt": …}`)."""

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


def _never(_content: Content) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Format:
    """One format, as it declares itself: its names, how to recognise a file of it, and what of a map it carries."""

    name: str
    """The word for `--from` and `--to`, and the namespace of what it keeps under `extra`."""
    title: str
    """What people call it."""
    suffixes: tuple[str, ...]
    """File name endings with their dot, the usual one first. Several formats may share one."""
    carries: frozenset[str] = frozenset()
    """Names of `argmap.formats.common.map_features.FEATURES` that survive writing and reading."""
    matches: Callable[[Content], bool] = _never
    """Tell whether a file looks like this format; cheap, and never raises."""
    reads: bool = True
    writes: bool = True
    module: str = ""
    """Module beside the declaration with `read`, `write` and the page; left out: the declaring module itself."""
    options: tuple[str, ...] = ()
    """Keyword arguments that its `read` takes."""
    beside: tuple[str, ...] = ()
    """Endings of files that it reads along with its own: same name, another ending."""
    suffix_tells: bool = True
    """Whether an unrecognised file with its suffix is taken for this format; false for a suffix of all sorts of files."""
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
    """A file's text, decoded, with its name for findings and its path where it is a file on disk."""

    text: str
    name: str = "<input>"
    path: Path | None = None
    findings: tuple[Finding, ...] = ()
    """What is irregular in how it is encoded."""

    @cached_property
    def head(self) -> str:
        """Its first 64 Ki characters, for detection."""
        return self.text[:65536]

    @cached_property
    def data(self) -> Any:
        """Its value, when it is JSON; `None` when it is not. Parsed once, for detection and for reading."""
        return self._parsed[0]

    def json(self) -> Any:
        """Its value as JSON.

        Raises
        ------
        ArgmapError
            When it is not JSON, with line and column.
        """
        data, problem = self._parsed
        if problem is not None:
            raise ArgmapError(problem)
        return data

    @cached_property
    def odd_numbers(self) -> list[str]:
        """Numbers that JSON cannot hold, as they are spelt (`NaN`, `1e999`); parsing fills it, and reads each as nothing."""
        return []

    def take_json(self) -> Any:
        """As `json`, and forgets it, so that a reader can let go of a large file before it builds the map."""
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
        """The file beside this one whose name ends in `other` instead of `ending`; `None` where there is none.

        A link out of the folder counts as none: whoever packed the folder is not who reads it.
        """
        if self.path is None or not self.path.name.endswith(ending):
            return None
        path = self.path.with_name(self.path.name.removesuffix(ending) + other)
        try:
            inside = path.resolve().parent in (self.path.parent.resolve(), self.path.resolve().parent)
        except (OSError, RuntimeError):  # links in a circle
            return None
        return content_of(path) if inside and path.is_file() else None


_LONE_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def _mended(value: Any) -> Any:
    """JSON may escape half a character, which no text can hold; the replacement character stands in for it."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value


_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_NO_TEXT = {
    b"PK\x03\x04": "a zip archive, as Word, Excel and OpenOffice save",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"%PDF-": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a gzip archive",
    b"{\\rtf": "a rich-text file",
}
"""What people take for text, by its first bytes."""


def decoded(data: bytes, name: str = "<input>") -> Content:
    """The content of a file: UTF-8, or what its byte order mark says, or else Windows-1252, with a finding.

    Raises
    ------
    ArgmapError
        When there are more than `MAX_BYTES`, or they are no text: then with line and column of the first that is not.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    if kind := next((kind for mark, kind in _NO_TEXT.items() if data.startswith(mark)), None):
        message = f"this is {kind}, not text."
        raise ArgmapError(
            Finding("unreadable", "error", message, Place(name), "Save its words as plain text in UTF-8.")
        )
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "utf-8")
    try:
        return Content(data.decode(encoding), name, findings=_of_mark(encoding, name))
    except UnicodeDecodeError as error:
        good = data[: error.start].decode(encoding, "replace")
        place = Place(name, good.count("\n") + 1, len(good) - good.rfind("\n"))
        byte = f"byte {data[error.start]:#04x}" if error.start < len(data) else "its end"
        message = f"not {encoding.removesuffix('-sig').upper()}: {byte} fits no character"
    guess = None if encoding != "utf-8" or b"\0" in data else _guessed(data)
    if guess is None:
        raise ArgmapError(Finding("unreadable", "error", f"{message}.", place, "Save it as UTF-8."))
    message += "; read as Windows-1252, which may take one letter for another."
    return Content(guess, name, findings=(Finding("encoding", "warning", message, place, "Save it as UTF-8."),))


def _of_mark(encoding: str, name: str) -> tuple[Finding, ...]:
    """What is to be said of a byte order mark: nothing where there is none."""
    if encoding == "utf-8":
        return ()
    spelt = encoding.removesuffix("-sig").upper()
    return (Finding("encoding", "note", f"begins with a byte order mark; read as {spelt}.", Place(name, 1, 1)),)


def _guessed(data: bytes) -> str | None:
    """Bytes as the text that they most likely are where they are no UTF-8; `None` where they are hardly any text."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else text


_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def content_of(path: str | Path) -> Content:
    """A file's content.

    Raises
    ------
    ArgmapError
        When there is no such file, it is a folder, larger than `MAX_BYTES`, or not text.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise ArgmapError(f"{path}: is a folder, not a file")
        with path.open("rb") as file:
            # The size is known beforehand only of a file on disk, not of a pipe.
            if path.stat().st_size > MAX_BYTES:
                raise _too_large(str(path))
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ArgmapError(f"{path}: {reason.lower()}") from None
    return replace(decoded(data, str(path)), path=path)


def _too_large(name: str) -> ArgmapError:
    return ArgmapError(f"{name}: larger than {MAX_BYTES >> 20} MB, the most that is read: split it into several maps")
