"""Read and save maps, codebooks and alignments as YAML or JSON. Each problem has its place; comments stay.

    load ── yaml_reader ── documents ── problems      the value of a file, or every finding of it
    save ── plain_data ─── splice ───── yaml_writer   only what changed is written anew

Only the store knows places in files; the rules know the model and paths into it.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from argmap.findings import ArgmapError, Finding, Place
from argmap.memory import without_collection
from argmap.model import Alignment, Codebook, Map
from argmap.store import yaml_writer
from argmap.store.documents import (
    NOT_OURS,
    OWN_KEYS,
    Document,
    in_order,
    kind_of,
    open_alignment,
    open_any,
    open_codebook,
    open_map,
    open_named,
    parse,
    settled,
    without_surroundings,
)
from argmap.store.heads import FileKind, alignment_beside, is_ours, kind_in_head
from argmap.store.merge import ConflictError, merged
from argmap.store.plain_data import same, to_data
from argmap.store.problems import FILE_RULES
from argmap.store.sound_parts import SoundPart, sound_part
from argmap.text_file import is_file, locked, write
from argmap.text_file import read as read_file

__all__ = [
    "FILE_RULES",
    "NOT_OURS",
    "OWN_KEYS",
    "ConflictError",
    "Document",
    "FileKind",
    "SoundPart",
    "alignment_beside",
    "dumps",
    "in_order",
    "is_ours",
    "kind_in_head",
    "kind_of",
    "load",
    "load_alignment",
    "load_codebook",
    "merged",
    "open_alignment",
    "open_any",
    "open_codebook",
    "open_map",
    "open_named",
    "parse",
    "parse_map",
    "save",
    "settled",
    "sound_part",
    "spliced",
    "to_data",
]


@without_collection()
def load(path: str | os.PathLike[str]) -> Map:
    """Read a map, with the texts and the codebook that it names.

    Parameters
    ----------
    path : str or PathLike
        A map in YAML, or in JSON with the same keys. `argmap.read` reads other formats.

    Returns
    -------
    Map

    Raises
    ------
    ArgmapError
        With every finding of the file. A missing text is not among them; `open_map` reports it.
    """
    return open_map(path).value


@without_collection()
def load_codebook(path: str | os.PathLike[str]) -> Codebook:
    """Read a codebook, from YAML or JSON at `path`. Raises as `load`."""
    return open_codebook(path).value


@without_collection()
def load_alignment(path: str | os.PathLike[str]) -> Alignment:
    """Read an alignment, from YAML or JSON at `path`. Raises as `load`."""
    return open_alignment(path).value


def parse_map(text: str, name: str = "<input>") -> Document[Map]:
    """Read a map from a text. Other files are not read; a finding names each text and codebook that is missing.

    Parameters
    ----------
    text : str
        YAML, or JSON when it begins with `{`.
    name : str
        Name of the text in findings.

    Returns
    -------
    Document

    Raises
    ------
    ArgmapError
        With every finding.
    """
    return without_surroundings(parse(text, name, Map))


def dumps(value: Map | Codebook | Alignment, syntax: str = "yaml") -> str:
    """Write a value as the text of a new file, without defaults and without the files that it points to.

    Parameters
    ----------
    value : Map, Codebook or Alignment
    syntax : {"yaml", "json"}

    Returns
    -------
    str

    Raises
    ------
    ArgmapError
        When an `extra` holds a value that no file can hold.
    """
    data = to_data(value)
    return _json(data, 2) if syntax == "json" else yaml_writer.document(data)


@without_collection()
def save(value: Map | Codebook | Alignment, path: str | os.PathLike[str]) -> None:
    """Write a value to its file, atomically.

    In a file that exists, only what changed is written anew: comments, order and layout stay. Nothing is written when
    nothing changed. If somebody changed the file since the value was read from it, both changes are merged, entry by
    entry. A new file is JSON when its name ends in `.json`, else YAML. Texts and a codebook that cannot be
    found from there are written into the map. (`argmap.write` writes other formats, and YAML without comments.)

    Parameters
    ----------
    value : Map, Codebook or Alignment
    path : str or PathLike
        The file; its folder must exist.

    Raises
    ------
    ArgmapError
        When the file cannot be written, a file of another kind is there, or somebody changed the same entry in
        another way since the value was read: nothing is overwritten then.
    """
    with locked(path):
        _save(value, path)


def _save(value: Map | Codebook | Alignment, path: str | os.PathLike[str]) -> None:
    file = read_file(path) if is_file(path) else None
    text = file.text if file else ""
    real = os.path.realpath(path)
    # A value that was not read from here tells its later copies only; the copies of one that was know of each other.
    known = (value.origin if real in value.origin.texts else value.filed()).texts
    if file and file.encoding not in ("utf-8", "utf-8-sig"):
        message = f"what is here is not UTF-8 (read as {file.encoding}), so it is not overwritten."
        raise ArgmapError(Finding("unwritable-file", "error", message, Place(file.name), "Save it as UTF-8 first."))
    if not text.strip():
        value = settled(value, path) if isinstance(value, Map) else value
        known[real] = dumps(value, "json" if Path(path).suffix == ".json" else "yaml")
        write(path, known[real])
        return
    kind = type(value)
    try:
        document: Document[Any] = parse(text, os.fspath(path), kind)
    except ArgmapError as error:
        first = error.findings[0]
        message = f"the file here cannot be read, so it is not overwritten: {first.message}"
        raise ArgmapError(Finding("unwritable-file", "error", message, first.place, "Mend it or move it.")) from None
    before = document.value
    if isinstance(value, Map):
        value = settled(value, path, before)
    old, data = to_data(before), to_data(value)
    ours = data
    if known.get(real, text) != text:
        data = _merged(known[real], document, old, data)
    if same(old, data):
        known[real] = text if same(ours, data) else yaml_writer.document(ours)
        return
    new = _spliced(text, old, data, kind)
    write(path, new, update=True)
    # The next change is told from what this value says, not from what others added to the file.
    known[real] = new if same(ours, data) else yaml_writer.document(ours)


def _merged(read: str, now: Document[Any], theirs: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    """Return the data to save into a file that somebody changed since it was read; raise if both changed one entry."""
    kind = type(now.value)
    try:
        base = to_data(parse(read, now.file, kind).value) if read.strip() else {}
        return to_data(kind.model_validate(merged(base, theirs, ours)))
    except ConflictError as error:
        message = (
            f"{'/'.join(map(str, error.path))} was changed here since it was read, to {error.theirs}, "
            f"and is to be saved as {error.ours}; nothing is saved."
        )
        found = Finding(
            "changed-meanwhile", "error", message, now.place(error.path), "Read the file again and repeat the change."
        )
    except (ArgmapError, ValueError):
        message = "the file was changed since it was read, and its changes do not fit these; nothing is saved."
        found = Finding(
            "changed-meanwhile", "error", message, Place(now.file), "Read the file again and repeat the change."
        )
    raise ArgmapError(found)


def spliced(text: str, before: Map | Codebook | Alignment, after: Map | Codebook | Alignment) -> str:
    """Return the text of a file with `after` in the place of `before`; only what changed is written anew."""
    old, data = to_data(before), to_data(after)
    return text if same(old, data) else _spliced(text, old, data, type(after))


def _spliced(
    text: str, old: dict[str, Any], data: dict[str, Any], kind: type[Map] | type[Codebook] | type[Alignment]
) -> str:
    from argmap.store.splice import patched, patched_json

    if not text.removeprefix("\ufeff").lstrip().startswith("{"):
        return patched(text, old, data, lambda attempt: _says(attempt, kind, data))
    new = patched_json(text, old, data, lambda attempt: _says(attempt, kind, data))
    return new or _json(data, _json_indent(text))


def _says(text: str, kind: type[Map] | type[Codebook] | type[Alignment], data: dict[str, Any]) -> bool:
    """Return whether a text reads as that data."""
    try:
        return same(to_data(parse(text, "", kind).value), data)
    except ArgmapError:
        return False


def _json_indent(text: str) -> int | str | None:
    found = re.search(r'^([ \t]+)"', text, re.MULTILINE)
    return None if found is None else found[1] if "\t" in found[1] else len(found[1])


def _json(data: dict[str, Any], indent: int | str | None) -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"
