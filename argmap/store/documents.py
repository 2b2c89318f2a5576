"""Open one of argmap's files: its value, its text, and the place of everything in it.

    text ─ reading ─► data ─ pydantic ─► Map ─ texts and codebook beside it ─► Document
                        └──────┴─► every finding of the file, in one pass

Problems that make the file itself unusable are raised, all at once. Problems of other files (a text that is missing)
are kept in `Document.findings`, since the map can still be read, drawn and mended.
"""

from __future__ import annotations

import math
import os
import pathlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from argmap.findings import ArgmapError, Finding, Path, Place, brief
from argmap.memory import without_collection
from argmap.model import Alignment, Codebook, Filed, FrozenDict, Map, Source, Value
from argmap.remembered import forget, parsed_once
from argmap.store.heads import KIND_OF_KEY, FileKind, kind_in_head
from argmap.store.locations import Places
from argmap.store.problems import findings
from argmap.store.yaml_reader import Reading, read
from argmap.text_file import TextFile, is_file, read_text, sibling
from argmap.text_file import read as read_file
from argmap.text_tools import nearest

T = TypeVar("T", bound=Value)
F = TypeVar("F", bound=Filed)
R = TypeVar("R")

_MODELS: dict[FileKind, type[Value]] = {"map": Map, "codebook": Codebook, "alignment": Alignment}
VERSION = 1
OWN_KEYS = "`argmap: 1` (a map), `argmap-codebook: 1` or `argmap-alignment: 1`"
"""For messages."""
NOT_OURS = f"They have {OWN_KEYS} at the top; maps in other formats are for `argmap.read`."
"""The hint for a file that is not argmap's."""


@dataclass(frozen=True)
class Document(Generic[T]):
    """A file that has been read."""

    value: T
    file: str
    text: str
    places: Places
    findings: tuple[Finding, ...] = ()
    """Problems with files that this one names, such as a text that is missing, and with its encoding."""

    def place(self, at: Path, *, key: bool = False) -> Place:
        """Return the place in the file of the value at a path, `("claims", "near-equals", "quotes", 0, "exact")`.

        With `key`, return that of its key, for a finding about the whole value.
        """
        return self.places.of(at, key=key)


@without_collection()
def open_map(path: str | os.PathLike[str], text: str | None = None) -> Document[Map]:
    """Read a map with its texts and its codebook; `text` saves reading the map itself twice.

    Raises
    ------
    ArgmapError
        With every finding of the file.
    """
    return with_surroundings(_opened(path, Map) if text is None else _filed(parse(text, os.fspath(path), Map), text))


@without_collection()
def open_codebook(path: str | os.PathLike[str]) -> Document[Codebook]:
    """Read a codebook. Raises as `open_map`."""
    return _opened(path, Codebook)


@without_collection()
def open_alignment(path: str | os.PathLike[str]) -> Document[Alignment]:
    """Read an alignment; the two maps it names are not read. Raises as `open_map`."""
    return _opened(path, Alignment)


@without_collection()
def open_any(path: str | os.PathLike[str], text: str | None = None) -> Document[Any]:
    """Read a map, a codebook or an alignment; `text` saves reading it twice. Raises as `open_map`."""
    file = read_file(path) if text is None else TextFile(text, os.fspath(path))
    kind = kind_in_head(file.text) or KIND_OF_KEY[_format_key(read_data(file.text, file.name))]
    document: Document[Any] = parse(file.text, file.name, _MODELS[kind])
    document = _filed(replace(document, findings=_warnings(file)), file.text)
    return with_surroundings(document) if isinstance(document.value, Map) else document


def _opened(path: str | os.PathLike[str], kind: type[F]) -> Document[F]:
    file = read_file(path)
    return _filed(replace(parse(file.text, file.name, kind), findings=_warnings(file)), file.text)


def _filed(document: Document[F], text: str) -> Document[F]:
    """Note in the value which text of which file it was read from, so that saving finds out what others changed."""
    return replace(document, value=document.value.read_from(os.path.realpath(document.file), text))


def _warnings(file: TextFile) -> tuple[Finding, ...]:
    """Return the problems of the encoding; a byte order mark is not one."""
    return tuple(finding for finding in file.findings if finding.severity != "note")


def settled(map_: Map, file: str | os.PathLike[str], before: Map | None = None) -> Map:
    """Return the map as a file at that place can hold it.

    A text or a codebook that the map names and that cannot be found from there goes into the file itself. If the file
    already names it (in the map `before`), it stays beside the file, even if it was edited meanwhile.
    """

    def goes_inside(path: str | None, held: Any, found: Any, named: str | None) -> bool:
        return bool(path is not None and held and found != held and (found is None or named != path))

    known = before.sources if before else {}
    sources = {
        source_id: source.model_copy(update={"path": None})
        if goes_inside(
            source.path, source.text, _text_at(file, source.path), known[source_id].path if source_id in known else None
        )
        else source
        for source_id, source in map_.sources.items()
    }
    named = before.codebook if before else None
    inside = goes_inside(map_.codebook, map_.issues, _issues_at(file, map_.codebook), named)
    return map_.model_copy(update={"sources": FrozenDict(sources), **({"codebook": None} if inside else {})})


def _text_at(file: str | os.PathLike[str], path: str | None) -> str | None:
    try:
        return None if path is None else read_text(sibling(file, path))
    except (ArgmapError, OSError, ValueError):
        return None


def _issues_at(file: str | os.PathLike[str], path: str | None) -> Any:
    try:
        return None if path is None else open_codebook(sibling(file, path)).value.issues
    except (ArgmapError, OSError, ValueError):
        return None


def open_named(document: Document[Any], at: Path, read_map: Callable[[pathlib.Path, str], R]) -> R:
    """Read the map that a document names at a path, such as `("before",)` of an alignment.

    The store can read argmap's own files only, so `read_map` is called with the file and its name in findings. Raise
    ArgmapError, with one finding at that path, which says why the map cannot or may not be read.
    """
    found: list[Finding] = []
    named = str(getattr(document.value, str(at[0])))
    path = _allowed(document, named, at, found)
    if path is None:
        raise ArgmapError(found)
    file = _shown(document, named)
    if not is_file(path):
        reason = "this is not a regular file" if path.exists() else "there is no such file"
        raise ArgmapError(Finding("missing-map", "error", f"{brief(named)}: {reason}.", document.place(at)))
    try:
        return read_map(path, file)
    except ArgmapError as error:
        words = str(error).removeprefix(f"{path}: ").removeprefix(f"{file}: ")
        reason = error.findings[0].message if error.findings else f"{words}."
        more = f" ({len(error.findings)} problems)" if error.findings[1:] else ""
        message = f"{brief(named)} cannot be used: {reason}{more}"
        raise ArgmapError(Finding("missing-map", "error", message, document.place(at), f"See {file}.")) from None


def kind_of(path: str | os.PathLike[str]) -> FileKind:
    """Return whether a file is a map, a codebook or an alignment; raise ArgmapError if it is none, or cannot be read."""
    text = read_text(path)
    return kind_in_head(text) or KIND_OF_KEY[_format_key(read_data(text, os.fspath(path)))]


@without_collection()
def parse(text: str, file: str, kind: type[T]) -> Document[T]:
    """Return the document in a text, or raise every finding of it. No other file is read."""

    def make() -> Document[T] | ArgmapError:
        try:
            return _validated(read_data(text, file), kind)
        except ArgmapError as error:
            return error

    found: Document[T] | ArgmapError = parsed_once(kind.__name__, text, make)
    if isinstance(found, ArgmapError):
        raise _renamed(found, file)
    forget("reading", text)  # the value has all of it
    return found if found.file == file else replace(found, file=file, places=Places(file, found.places.nodes))


def read_data(text: str, file: str) -> Reading:
    """Return the data in a text, read once in a command. Raises as `argmap.store.yaml_reader.read`."""

    def make() -> Reading | ArgmapError:
        try:
            return read(text, file)
        except ArgmapError as error:
            return error

    found: Reading | ArgmapError = parsed_once("reading", text, make)
    if isinstance(found, ArgmapError):
        raise _renamed(found, file)
    return found if found.file == file else replace(found, file=file, findings=_findings_in(found.findings, file))


def _renamed(error: ArgmapError, file: str) -> ArgmapError:
    """Return the error of a text that was parsed under another name."""
    return ArgmapError(_findings_in(error.findings, file))


def _findings_in(findings: Iterable[Finding], file: str) -> list[Finding]:
    return [replace(each, place=replace(each.place, file=file)) for each in findings]


def _validated(reading: Reading, kind: type[T]) -> Document[T]:
    """Validate what a file contains, or raise every finding."""
    found = list(reading.findings)
    _check_kind(reading, kind)
    data = {key: value for key, value in reading.data.items() if value is not None or key in _MAY_BE_EMPTY}
    found += _conflicts(data, reading.places) if kind is Map else []
    value = None
    try:
        value = kind.model_validate(data)
    except ValidationError as error:
        # A key may be missing only because its syntax is bad.
        removed = [f"`{key}`" for key in reading.removed]
        found += [
            each
            for each in findings(error, kind, reading.places)
            if each.rule != "missing-field" or not any(key in each.message for key in removed)
        ]
    if found or value is None:
        raise ArgmapError(sorted(found, key=in_order))
    return Document(value, reading.file, reading.text, reading.places)


def in_order(finding: Finding) -> tuple[float, int]:
    """Return the sort key of a finding among those of its file."""
    return finding.place.line or math.inf, finding.place.column or 0


_MAY_BE_EMPTY = ("id", "before", "after", *KIND_OF_KEY)
"""Keys that need a value. Elsewhere an empty key, such as `claims:`, is a map just begun."""


def _format_key(reading: Reading) -> str:
    key = next((key for key in KIND_OF_KEY if isinstance(reading.data, dict) and key in reading.data), None)
    if key is not None:
        return key
    if any(finding.rule == "yaml-syntax" for finding in reading.findings):
        raise ArgmapError(reading.findings)  # the key may be where the syntax is bad
    file = reading.file
    hint = NOT_OURS
    if reading.data is None:
        message, place = "the file is empty.", Place(file)
    else:
        message, place = "this is not one of argmap's files.", Place(file, 1, 1)
    for written in list(reading.data)[:20] if isinstance(reading.data, dict) else ():
        if meant := nearest(written, list(KIND_OF_KEY), least=0.75):
            place, hint = reading.places.of((written,), key=True), f"Did you mean `{meant}`?"
    raise ArgmapError(Finding("unknown-file", "error", message, place, hint))


def _check_kind(reading: Reading, kind: type[Value]) -> None:
    """Refuse another kind of file and newer versions, whose other findings would only confuse."""
    key = _format_key(reading)
    name = KIND_OF_KEY[key]
    version = reading.data[key]
    if isinstance(version, int | float) and not isinstance(version, bool) and version > VERSION:
        message = f"`{key}: {version}` is a newer format than this argmap reads ({VERSION})."
        raise ArgmapError(Finding("newer-version", "error", message, reading.places.of((key,)), "Update argmap."))
    if _MODELS[name] is not kind:
        wanted = next(name for name, model in _MODELS.items() if model is kind)
        message = f"this is {_article(name)}; {_article(wanted)} is needed here."
        raise ArgmapError(Finding("wrong-file", "error", message, reading.places.of((key,), key=True)))
    if version != VERSION or isinstance(version, bool):
        message = f"`{key}` is the version of the format, {VERSION}."
        raise ArgmapError(Finding("wrong-type", "error", message, reading.places.of((key,))))


def _article(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _conflicts(data: dict[str, Any], places: Places) -> list[Finding]:
    """Find keys that contradict each other; checking one field alone cannot find them."""
    found = []

    def conflict(message: str, at: Path, hint: str) -> None:
        found.append(Finding("conflicting-keys", "error", message, places.of(at, key=True), hint))

    if data.get("codebook") is not None and data.get("issues"):
        conflict("the map has a codebook and its own issues.", ("issues",), "Keep one of `codebook` and `issues`.")
    sources, claims = data.get("sources"), data.get("claims")
    for source_id, source in sources.items() if isinstance(sources, dict) else ():
        if isinstance(source, dict) and source.get("path") is not None and source.get("text") is not None:
            conflict(
                f'source "{source_id}" has a path and a text.',
                ("sources", source_id, "text"),
                "Keep one of `path` and `text`.",
            )
    for claim_id, claim in claims.items() if isinstance(claims, dict) else ():
        if isinstance(claim, dict) and "id" in claim and str(claim["id"]) != claim_id:
            conflict(
                f'claim "{claim_id}" has another id inside.', ("claims", claim_id, "id"), "Leave the inner `id` out."
            )
    return found


# --- what lies beside a map ------------------------------------------------------------------------------------------


def with_surroundings(document: Document[Map]) -> Document[Map]:
    """Read the texts and the codebook that the map names."""
    map_, found = document.value, list(document.findings)
    changed: dict[str, Any] = {}
    texts: dict[str, Source] = {}
    for source_id, source in map_.sources.items():
        if source.path is not None:
            text = _beside(document, source.path, ("sources", source_id, "path"), "missing-source", found)
            texts[source_id] = source.model_copy(update={"text": text})
    if texts:
        changed["sources"] = FrozenDict({**map_.sources, **texts})
    if map_.codebook is not None:
        text = _beside(document, map_.codebook, ("codebook",), "missing-codebook", found)
        try:
            codebook = None if text is None else parse(text, _shown(document, map_.codebook), Codebook)
            changed["issues"] = codebook.value.issues if codebook else map_.issues
        except ArgmapError as error:
            found += error.findings
    # The parts are valid already: validating ten thousand claims once more would double the time.
    return replace(document, value=map_.model_copy(update=changed), findings=tuple(found))


def without_surroundings(document: Document[Map]) -> Document[Map]:
    """Add a finding for each text and codebook that the map names, when it is in no file."""
    map_ = document.value
    pointed: list[tuple[Path, str, str]] = [
        (("sources", source_id, "path"), "missing-source", source.path)
        for source_id, source in map_.sources.items()
        if source.path
    ]
    if map_.codebook is not None:
        pointed.append((("codebook",), "missing-codebook", map_.codebook))
    found = [
        Finding(rule, "error", f"{brief(path)} is not read, because this map is not in a file.", document.place(at))
        for at, rule, path in pointed
    ]
    return replace(document, findings=(*document.findings, *found))


def _shown(document: Document[Any], path: str) -> str:
    """Return the path by which findings name a file that a document names."""
    return os.path.normpath(pathlib.Path(document.file).parent / path)


def _beside(document: Document[Any], path: str, at: Path, rule: str, found: list[Finding]) -> str | None:
    """Return the text of a file that the map names; `None`, with a finding, if it cannot or may not be read."""
    allowed = _allowed(document, path, at, found)
    try:
        file = None if allowed is None else read_file(allowed)
    except ArgmapError as error:
        first = error.findings[0]
        found.append(Finding(rule, "error", f"{brief(path)}: {first.message}", document.place(at), first.hint))
        return None
    if file is None:
        return None
    shown = _shown(document, path)
    found += [replace(each, place=replace(each.place, file=shown)) for each in _warnings(file)]
    return file.text


def _allowed(document: Document[Any], path: str, at: Path, found: list[Finding]) -> pathlib.Path | None:
    """Return the file that a document names; `None`, with a finding, if it may not be read."""
    try:
        return sibling(document.file, path)
    except (OSError, ValueError, RuntimeError) as error:
        hint = (
            "Name a file of the same project, relative to this one. A project is the folder that has `.git`, `pyproject.toml` or "
            "`argmap.toml`, with all folders inside; `touch argmap.toml` in the folder that holds both makes one."
        )
        found.append(Finding("outside-project", "error", f"{error}; it is not read.", document.place(at), hint))
    return None
