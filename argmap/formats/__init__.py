"""Read and write maps in every format.

    read(path) ─ bytes ─ text ─ detect ─▶ the format's own module ─▶ Map
    write(m, path) ─▶ file, and the Loss: what the format cannot carry, by name

A format is a module or folder beside this one, which declares itself with `FORMAT`; nothing else lists the formats, and
the round-trip test takes up a new one by itself. How to add one: docs/contributing/add-a-format.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from argmap import text_file
from argmap.findings import ArgmapError, Finding, Place
from argmap.findings import Path as Way
from argmap.formats.common.circles import note_circles
from argmap.formats.common.format import Content, Format, Reading, Written, content_of
from argmap.formats.common.loss import Loss, loss, without
from argmap.formats.common.map_features import ALL, NAMING
from argmap.formats.common.reader_support import Irregular
from argmap.formats.common.registry import (
    OWN,
    all_formats,
    detect,
    endings,
    for_writing,
    in_a_line,
    is_meant,
    named,
    readable,
    recognised,
    telling,
    writable,
)
from argmap.memory import without_collection

if TYPE_CHECKING:
    from argmap.model import Map
    from argmap.store import Document

    FORMATS: tuple[Format, ...]
    """All formats, in the order in which they are asked and listed."""
    ENDINGS: tuple[str, ...]
    """Endings of the files that can be read."""
    TELLING: tuple[str, ...]
    """Endings that hardly any file has that is not a map."""

__all__ = [
    "ENDINGS",
    "FORMATS",
    "OWN",
    "TELLING",
    "Format",
    "Loss",
    "Reading",
    "Written",
    "carried",
    "detect",
    "dumps",
    "encode",
    "examine",
    "examine_content",
    "examine_named",
    "examine_text",
    "in_a_line",
    "is_meant",
    "loads",
    "named",
    "page",
    "read",
    "readable",
    "recognised",
    "table",
    "writable",
    "write",
]


def __getattr__(name: str) -> tuple[Any, ...]:
    # These import the declaration of every format, which reading one of our own files does not need.
    tables = {"FORMATS": all_formats, "ENDINGS": endings, "TELLING": telling}
    if name not in tables:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return tables[name]()


def table() -> str:
    """All formats as a Markdown table: what reads, what writes, and what of a map each carries."""
    from argmap.formats.common.format_table import markdown

    return markdown(all_formats())


def page(name: str) -> str:
    """What there is to know of a format: how it looks, what of it is read and written, and where it is described.

    Raises
    ------
    ArgmapError
        When there is no such format.
    """
    import inspect

    return inspect.cleandoc(named(name).load().__doc__ or "")


def examine(path: str | Path, format: str | None = None, **options: Any) -> Reading:
    """Read a file, with what is irregular in it.

    Parameters
    ----------
    path
        The file.
    format
        Name of its format; found out when left out.
    **options
        What the format's reader takes, as its `Format.options` names it.

    Raises
    ------
    ArgmapError
        When there is no map to be had: no such file, not text, no known format, not that format.
    """
    return examine_content(content_of(path), format, options)


def examine_text(text: str, format: str | None = None, name: str = "<input>", **options: Any) -> Reading:
    """Read a text, with what is irregular in it; see `examine`. `name` is what findings call it."""
    return examine_content(Content(text.removeprefix("\ufeff"), name), format, options)


def examine_named(document: Document[Any], at: Way) -> Reading:
    """Read the map that a document names, in any format, with what is irregular in it.

    Parameters
    ----------
    document
        Such as an alignment that was opened with `argmap.store.open_alignment`.
    at
        Where in it the file's name stands: `("before",)`.

    Raises
    ------
    ArgmapError
        With one finding at that place in the document: why there is no map to be had, or may not.
    """
    from argmap import store

    def read_map(path: Path, name: str) -> Reading:
        return examine_content(replace(content_of(path), name=name, path=Path(name)), None, {})

    return store.open_named(document, at, read_map)


def read(path: str | Path, format: str | None = None, **options: Any) -> Map:
    """The map in a file of any format, which is found out by its content.

    Parameters
    ----------
    path
        The file. For a text at hand there is `argmap.formats.loads`, and for what is irregular in a file `examine`.
    format
        Name of its format, where that cannot be found out: one of `argmap formats`.
    **options
        For AIF, xAIF and OVA `keep_dialogue=True` keeps L-, YA- and TA-nodes, to be written back.

    Raises
    ------
    ArgmapError
        When there is no map to be had: no such file, not text, no known format, not that format.
    """
    return examine(path, format, **options).map


def loads(text: str, format: str | None = None, name: str = "<input>", **options: Any) -> Map:
    """The map in a text of any format; see `examine`."""
    return examine_text(text, format, name, **options).map


def carried(m: Map, format: str | Format) -> Map:
    """The map as a format can hold it: what reading back gives."""
    if isinstance(format, str):
        format = named(format)
    return without(_stages(m, format)[-1], ALL - (NAMING - format.carries))


def dumps(m: Map, format: str) -> tuple[str, Loss]:
    """The map as text of a format, and what that does not carry.

    Raises
    ------
    ArgmapError
        When there is no such format, it is only read, or it is several files.
    """
    chosen = writable(format)
    written, lost = _written(m, chosen)
    if written.beside:
        endings = ", ".join((chosen.suffixes[0], *written.beside))
        raise ArgmapError(f"{chosen.name} is several files ({endings}): give it a file name")
    return written.text, lost


def write(m: Map, path: str | Path, format: str | None = None) -> Loss:
    """Write the map to a file, and say what that does not carry.

    Parameters
    ----------
    m
        The map.
    path
        The file; what was in it is replaced at once or not at all.
    format
        Name of the format; by the file's suffix when left out.

    Returns
    -------
    Loss
        What is lost, by name; false when nothing is. `argmap.save` keeps the comments of a YAML file that is there.

    Raises
    ------
    ArgmapError
        When the format is not known or only read, the file cannot be written, or a file beside it that belongs to
        another would have to be.
    """
    path = Path(path)
    chosen = writable(format) if format is not None else for_writing(path)
    written, lost = _written(m, chosen, path)
    own = [suffix for suffix in chosen.suffixes if suffix not in written.beside]
    ending = max((suffix for suffix in own if path.name.lower().endswith(suffix)), key=len, default="")
    if written.beside and not ending:
        raise ArgmapError(f"{path}: {chosen.name} is several files, and the name of the first ends in {own[0]}")
    beside = {
        path.with_name(path.name[: len(path.name) - len(ending)] + suffix): text
        for suffix, text in written.beside.items()
    }
    for other, text in beside.items():
        # With its own file it is a pair to be written again; without, it is somebody's text, perhaps the map's own source.
        if other.exists() and not path.exists() and text_file.read_text(other) != text:
            raise ArgmapError(f"{other}: is there already, and {path.name} would replace it: choose another name")
    for other, text in beside.items():
        text_file.write(other, text)
    text_file.write(path, written.text)
    return lost


def _stages(m: Map, format: Format) -> tuple[Map, Map]:
    """The map without the features that a format lacks, and then without all that it cannot hold.

    Everything in both is still named and ordered as it was.
    """
    kept = without(m, format.carries | NAMING, (format.name, *format.namespaces))
    refine = getattr(format.load(), "carried", None)
    return kept, refine(kept, m) if refine else kept


def encode(m: Map, format: Format) -> Written:
    """The map as the file or files of a format."""
    return _written(m, format)[0]


def _written(m: Map, format: Format, path: Path | None = None) -> tuple[Written, Loss]:
    """The map as the file or files of a format, and what they do not carry; how things are named is no loss.

    A file of ours that will stand at `path`, or nowhere, holds the texts that could not be found from there.
    """
    if format.name == "yaml":
        from argmap import store

        m = store.settled(m, path or "-")
    stages = _stages(m, format)
    # A format that is only written shows of a map what it can; nothing has to come back from it.
    written = format.load().write(stages[-1] if format.reads else m)
    return Written(written) if isinstance(written, str) else written, loss(format.name, m, *stages)


def examine_content(content: Content, format: str | None, options: Mapping[str, Any]) -> Reading:
    """Read a file's content; see `examine`."""
    chosen = detect(content) if format is None else readable(format)
    if unknown := [name for name in options if name not in chosen.options]:
        known = f"it has {', '.join(chosen.options)}" if chosen.options else "it has none"
        raise ArgmapError(f"{chosen.name} has no option {unknown[0]}: {known}")
    if not content.text.strip() and not chosen.beside:
        raise ArgmapError(Finding("unreadable", "error", "is empty: there is no map in it.", Place(content.name)))
    if chosen.name in OWN or chosen.beside:  # what they read beside the file may change
        return _examined(content, chosen, options)
    key = f"{chosen.name} {content.name} {sorted(options.items())}"
    return cast("Reading", text_file.parsed_once(key, content.text, lambda: _examined(content, chosen, options)))


def _examined(content: Content, chosen: Format, options: Mapping[str, Any]) -> Reading:
    module = chosen.load()
    with without_collection():
        reading = module.read(content, **options)
        irregular = Irregular(content.name)
        if odd := content.odd_numbers:
            message = f"JSON has no such number as {', '.join(dict.fromkeys(odd[:5]))}: left out."
            irregular.add("odd-number", message)
        if chosen.name not in OWN:
            note_circles(reading.map, irregular)
        return Reading(reading.map, (*content.findings, *reading.findings, *irregular.findings))
