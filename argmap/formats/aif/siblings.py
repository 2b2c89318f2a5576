"""Find who says a claim in the other nodesets of a folder, since AIFdb cuts a dialogue into files that share their nodes.

    nodeset1.json   L "Ann : it rains" ─▸ YA ─▸ I 7 "It rains."
    nodeset2.json   I 7 "It rains." ─▸ RA ─▸ I 9                     Ann says it

Two nodes are one if they have the same id and the same text. Each file is searched for ids once, and only those are read
that have one which is looked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from argmap import text_file
from argmap.findings import ArgmapError
from argmap.formats.aif import speakers
from argmap.formats.aif.graph_reader import AifGraph, listed
from argmap.formats.aif.vocabulary import Json, Style, key_of
from argmap.formats.common.format import Content
from argmap.formats.common.reader_support import Ids, Irregular, as_word

_ID = re.compile(r'"nodeID"\s*:\s*"?([^"\s,}]{1,100})')
MOST_FILES = 20_000
"""Files of a folder beyond which no other is looked at."""
MOST_BYTES = 512 * 1024 * 1024
"""Size of these files together beyond which no other is looked at."""
MOST_SHARED = 20
"""Files that share a node; an id in more files only counts the nodes of each file."""


def add_speakers(content: Content, graph: AifGraph, people: dict[str, Json]) -> None:
    """Give the claims that nobody says in this file the speakers that they have in its siblings, with a note."""
    if content.path is None:
        return
    claims = graph.claims
    missing = {key: word for key, word in graph.words.items() if word in claims and "speaker" not in claims[word]}
    ids, by_name = Ids(people), {speaker["name"]: speaker_id for speaker_id, speaker in people.items()}
    found = 0
    for key, (name, commitment) in _said_elsewhere(content.path, graph.style, missing, claims).items():
        if name not in by_name:
            by_name[name] = ids.new(as_word(name.casefold(), "speaker"))
            people[by_name[name]] = {"name": name}
        claims[missing[key]] |= {"speaker": by_name[name], **({"commitment": commitment} if commitment else {})}
        found += 1
    if found:
        message = f"the speakers of {found} claims stand in other files of the folder: read from there."
        graph.irregular.add("sibling-speaker", message, ("nodes",), severity="note")


def _said_elsewhere(
    path: Path, style: Style, missing: Mapping[str, str], claims: Mapping[str, Json]
) -> dict[str, tuple[str, str | None]]:
    try:
        own = path.resolve()
        folder = own.parent
        files = _files_by_id(folder, folder.stat().st_mtime_ns)
    except OSError:
        return {}
    found: dict[str, tuple[str, str | None]] = {}
    for key, word in missing.items():
        for file in files.get(key, ()):
            said = _said(file, _changed(file), style) if file != own and key not in found else {}
            if spoken := said.get((key, claims[word]["text"])):
                found[key] = spoken
    return found


@lru_cache(maxsize=4)
def _files_by_id(folder: Path, _changed: int) -> dict[str, tuple[Path, ...]]:
    """The files of a folder by the ids of nodes in them, for ids that several files have."""
    by_id: dict[str, list[Path]] = {}
    left = MOST_BYTES
    for file in sorted(folder.glob("*.json"))[:MOST_FILES]:
        if not text_file.is_file(file) or file.is_symlink():
            continue
        size = file.stat().st_size
        if size <= min(text_file.MAX_BYTES, left):
            left -= size
            with suppress(ArgmapError):
                for key in set(_ID.findall(text_file.read(file, is_input=False).text)):
                    by_id.setdefault(key, []).append(file)
    return {key: tuple(files) for key, files in by_id.items() if 1 < len(files) <= MOST_SHARED}


def _changed(file: Path) -> int:
    """Return when a file was changed, in nanoseconds; 0 if it is gone."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=256)
def _said(file: Path, _changed: int, style: Style) -> dict[tuple[str, str], tuple[str, str | None]]:
    """Read who says what in a file: name and commitment by the id and text of a claim."""
    try:
        data: Any = json.loads(text_file.read(file, is_input=False).text)
        graph = AifGraph(data, style, Irregular(file.name))
        people = speakers.read_speakers(graph, speakers.names_in(listed(data, "participants", graph.irregular)))
    except (ArgmapError, ValueError, RecursionError, AttributeError):
        return {}
    keys: Collection[tuple[str, str]] = [(key, word) for key, word in graph.words.items() if word in graph.claims]
    spoken = ((key, graph.claims[word]) for key, word in keys)
    return {
        (str(key_of(key)), claim["text"]): (people[claim["speaker"]]["name"], claim.get("commitment"))
        for key, claim in spoken
        if "speaker" in claim
    }
