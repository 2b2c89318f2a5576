"""Recognise argmap's files by their first lines, without parsing them.

# a comment
argmap-alignment: 1     ◄─ the key that names the kind of file
before: 1996.yaml       ◄─ the two maps of an alignment
after: 2005.yaml
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Literal

from argmap import text_file
from argmap.findings import ArgmapError
from argmap.store.yaml_reader import read

FileKind = Literal["map", "codebook", "alignment"]

KIND_OF_KEY: dict[str, FileKind] = {
    "argmap": "map",
    "argmap-codebook": "codebook",
    "argmap-alignment": "alignment",
}
"""The key that names the kind of a file; its value is the version of the format."""

_KEY = re.compile(
    r"[\"']?(argmap(?:-codebook|-alignment)?)[\"']?\s*:(?:\s|$)|\"(argmap(?:-codebook|-alignment)?)\"\s*:"
)
_OUR_KEYS = re.compile(
    r"^[\"']?(?:argmap(?:-codebook|-alignment)?|claims|relations|correspondences)[\"']? *:", re.MULTILINE
)
_JSON_KEY = re.compile(r"\"argmap(?:-codebook|-alignment)?\"\s*:")
_ALIGNMENT_KEY = re.compile(r"^[\"']?argmap-alignment[\"']? *:", re.MULTILINE)
_END = re.compile(r"^[\"']?(before|after)[\"']? *:[ \t]+([^\s>|&*!{\[].*)$(?!\n[ \t])", re.MULTILINE)


def kind_in_head(text: str) -> FileKind | None:
    """Return the kind of file that the first key of a text names; None when it names none."""
    for line in text[:4096].lstrip("\ufeff").splitlines():
        words = line.strip().removeprefix("{").lstrip()
        if words and not words.startswith(("#", "%", "---")):
            found = _KEY.match(words)
            return KIND_OF_KEY[found[1] or found[2]] if found else None
    return None


def is_ours(text: str) -> bool:
    """Tell whether a text is meant to be one of argmap's files, even if it is broken."""
    if kind_in_head(text):
        return True
    if not text.removeprefix("\ufeff").lstrip().startswith("{"):
        return _OUR_KEYS.search(text) is not None
    if not _JSON_KEY.search(text):
        return False
    try:
        return any(key in KIND_OF_KEY for key in json.loads(text.removeprefix("\ufeff")))
    except (ValueError, RecursionError):
        return True


def alignment_beside(before: str | os.PathLike[str], after: str | os.PathLike[str]) -> Path | None:
    """Return the alignment file of two maps in the folder of the second one; None when there is none.

    Only the first lines of other files are read, and only an alignment of these two maps is parsed.
    """
    wanted = tuple(map(os.path.realpath, (before, after)))
    for path in sorted(Path(after).parent.glob("*.y*ml")):
        if os.path.realpath(path) in wanted:
            continue

        def may_be_it(head: str, folder: Path = path.parent) -> bool:
            if _ALIGNMENT_KEY.search(head) is None:
                return False
            ends = _ends(head)
            return ends is None or _named(folder, ends) == wanted

        try:
            file = text_file.read(path, if_head=may_be_it)
            if file.is_head or not _ALIGNMENT_KEY.search(file.text):
                continue
            ends = _ends(file.text) or _parsed_ends(file)
        except ArgmapError:
            continue  # a broken file beside the maps is reported by `check`
        if ends and _named(path.parent, ends) == wanted:
            return path
    return None


def _named(folder: Path, ends: tuple[str, str]) -> tuple[str, ...]:
    try:
        return tuple(os.path.realpath(folder / end) for end in ends)
    except ValueError:  # a NUL character
        return ()


def _ends(text: str) -> tuple[str, str] | None:
    """Return the two maps that an alignment names on lines of their own; None when it writes them otherwise."""
    lines = {found[1]: found[0] for found in _END.finditer(text)}
    if len(lines) < 2:
        return None
    try:
        data = read("\n".join(lines.values()), "").data
    except ArgmapError:
        return None
    ends = data.get("before"), data.get("after")
    return (str(ends[0]), str(ends[1])) if all(ends) else None


def _parsed_ends(file: text_file.TextFile) -> tuple[str, str] | None:
    data = read(file.text, file.name).data
    ends = (data.get("before"), data.get("after")) if isinstance(data, dict) else (None, None)
    return (str(ends[0]), str(ends[1])) if all(ends) else None
