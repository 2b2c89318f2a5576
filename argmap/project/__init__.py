"""Start a project: a folder that runs, from texts in many formats.

    essay.pdf ─ read ─ freeze ─▶ essay.txt, with its hash in essay.yaml · codebook.yaml · argmap.toml

A text is frozen as plain text, so that quotes hold. Nothing that is there already is overwritten.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path

from argmap import store, text_file
from argmap.drafting.quoting import passage_of
from argmap.findings import ArgmapError
from argmap.ids import FreeNames
from argmap.model import Map, Passage, Source
from argmap.project.readers import read_text
from argmap.project.readers.plain import with_head
from argmap.project.text import FrozenText, iso_date, tidy
from argmap.sentences.substance.language import language_of

__all__ = ["FrozenText", "Started", "init", "iso_date", "read_text", "tidy"]

CODEBOOK = "codebook.yaml"
_CODEBOOK = """\
# The questions on which the texts can be compared, the most important first. Claims name them under `issue`.
argmap-codebook: 1
id: codebook
issues:
  what-to-do:
    question: What should be done?
    # label: a short name, for headings
    # scale:                      # the possible answers, from one end to the other; claims name them under `position`
    #   nothing: nothing
    #   something: something
    #   everything: everything
"""
_SETTINGS = """\
# This file marks the folder of a project: maps read texts and codebooks only inside it.
"""
_SAMPLE = ("before.txt", "after.txt", "before.yaml", "after.yaml", "before-after.yaml", CODEBOOK)


@dataclass(slots=True)
class Started:
    """The outcome of `init`."""

    folder: Path
    written: list[Path] = field(default_factory=list)
    maps: list[Path] = field(default_factory=list)
    """The maps of the texts, new or already there."""
    notes: list[str] = field(default_factory=list)
    """Lines for the user: what was kept, and which date is only that of the file."""


def init(texts: Sequence[str | os.PathLike[str]], folder: str | os.PathLike[str] = ".") -> Started:
    """Make a folder that runs: frozen texts with their hashes, a map for each, a codebook, and settings.

    Parameters
    ----------
    texts : sequence of str or PathLike
        Files of plain text, Markdown, HTML, Word or PDF; for none, a sample of two letters and their maps is written.
    folder : str or PathLike
        The folder; made if it is not there.

    Returns
    -------
    Started

    Raises
    ------
    ArgmapError
        With a line for each text that cannot be read; then nothing is written.
    """
    started = Started(Path(folder))
    if started.folder.exists() and not started.folder.is_dir():
        raise ArgmapError(f"{started.folder}: is a file; name a folder with -o")
    frozen = _read(texts)
    try:
        started.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgmapError(f"{started.folder}: {(error.strerror or str(error)).lower()}") from None
    if not texts:
        _write_sample(started)
    taken = FreeNames([Path(CODEBOOK).stem])
    for path, text in frozen:
        _start_map(_name_of(path, taken), text, path, started)
    if texts:
        _keep_or_write(CODEBOOK, _CODEBOOK, started)
    _keep_or_write(text_file.SETTINGS, _SETTINGS, started)
    return started


def _read(texts: Sequence[str | os.PathLike[str]]) -> list[tuple[Path, FrozenText]]:
    found, problems = [], []
    for name in texts:
        try:
            found.append((Path(name), read_text(Path(name))))
        except ArgmapError as error:
            problems.append(str(error))
    if problems:
        raise ArgmapError("\n".join(problems))
    return found


def _name_of(path: Path, taken: FreeNames) -> str:
    """Make the id of a map from the name of its text: a word without spaces."""
    words = re.sub(r"[^\w.-]+", "-", path.stem).strip("-._") or "text"
    return taken.name(words[:80].lower(), "-")


def _start_map(name: str, text: FrozenText, path: Path, started: Started) -> None:
    target, map_path = started.folder / f"{name}.txt", started.folder / f"{name}.yaml"
    started.maps.append(map_path)
    if map_path.exists():
        started.notes.append(f"{map_path}: kept as it is")
        return
    if path.suffix.lower() == ".txt" and path.parent.resolve() == started.folder.resolve():
        # The text stands in the folder: it is used byte by byte, and its passages are found in it again.
        target, text = path, with_head(replace(text, text=text_file.read(path).text, furniture=()))
    is_there = target.exists()
    if is_there and target != path and text_file.read(target).text != text.text:
        message = f"{target}: another text of this name is there, and is not overwritten; use -o for another folder"
        raise ArgmapError(message)
    if not is_there:
        text_file.write(target, text.text)
        started.written.append(target)
    source = Source(
        path=target.name,
        text=text.text,
        author=text.author,
        title=text.title,
        published=text.published,
        url=text.url,
        language=language_of(text.text),
        excluded=tuple(_passages(text)),
    )
    source = source.model_copy(update={"sha256": source.digest})
    map_ = Map(id=name, title=text.title, codebook=CODEBOOK, sources={"text": source})
    _keep_or_write(CODEBOOK, _CODEBOOK, started)
    store.save(map_, map_path)
    started.written.append(map_path)
    if text.left_out:
        started.notes.append(f"{map_path}: left out of the text: {', '.join(text.left_out)}")
    if text.published and text.dated_by_file:
        started.notes.append(
            f"{map_path}: published {text.published} is the date of the file; correct it if the text is older"
        )


def _passages(text: FrozenText) -> Iterator[Passage]:
    for part in text.furniture:
        with suppress(ValueError):  # nothing tells it from its neighbours, such as a dash in a row of dashes
            yield passage_of(text.text, *part)


def _write_sample(started: Started) -> None:
    texts = {name: resources.files(__package__).joinpath("sample", name).read_text("utf-8") for name in _SAMPLE}
    there = [name for name in _SAMPLE if (started.folder / name).exists()]
    if there:
        raise ArgmapError(
            f"{started.folder / there[0]}: is there already, so the sample is not written; use -o for another folder"
        )
    for name, text in texts.items():
        source = f"    path: {Path(name).stem}.txt\n"
        if source in text:
            digest = Source(text=texts[f"{Path(name).stem}.txt"]).digest
            text = text.replace(source, f"{source}    sha256: {digest}\n")
        _keep_or_write(name, text, started)
    started.maps += [started.folder / name for name in ("before.yaml", "after.yaml")]


def _keep_or_write(name: str, text: str, started: Started) -> None:
    path = started.folder / name
    if not path.exists():
        text_file.write(path, text)
        started.written.append(path)
