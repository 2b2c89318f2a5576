"""Read and write maps in every format.

    read(path) ─ bytes ─ text ─ detect ─▶ the format's own module ─▶ Map
    write(map_, path) ─▶ file, and the Loss: what the format cannot carry, by name

A format is a module or folder beside this one, which declares itself with `FORMAT`; nothing else lists the formats, and
the round-trip test takes up a new one by itself. How to add one: docs/contributing/add-a-format.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from argmap import remembered, text_file
from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.common.format import Content, Format, Reading, Written, content_of
from argmap.formats.common.loss import Loss, loss, without
from argmap.formats.common.map_features import ALL, NAMING
from argmap.formats.common.registry import (
    OWN,
    all_formats,
    detect,
    endings,
    for_writing,
    in_a_line,
    is_meant,
    named,
    recognised,
    telling,
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

__all__ = ["ENDINGS", "FORMATS", "OWN", "TELLING", "Format", "Loss", "Reading", "Written", "carried", "detect"]
__all__ += ["dumps", "encode", "examine", "examine_content", "examine_named", "examine_text", "in_a_line", "is_meant"]
__all__ += ["loads", "named", "page", "read", "recognised", "table", "write"]


def __getattr__(name: str) -> tuple[Any, ...]:
    # These import the declaration of every format, which reading one of our own files does not need.
    tables = {"FORMATS": all_formats, "ENDINGS": endings, "TELLING": telling}
    if name not in tables:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return tables[name]()


def table() -> str:
    """Return a Markdown table of all formats: which are read, which are written, and what of a map each carries."""
    from argmap.formats.common.format_table import markdown

    return markdown(all_formats())


def page(name: str) -> str:
    """Return the page of a format: what a file looks like, what of it is read and written, and its source.

    It is the file `NAME.md` beside the format's module, or else the module's docstring. Raise ArgmapError if there is
    no such format.
    """
    import inspect

    known = named(name)
    module = known.load()
    if place := getattr(module, "__file__", None):
        file = Path(place).with_name(f"{known.name}.md")
        if file.is_file():
            return file.read_text("utf-8").strip()
    return inspect.cleandoc(module.__doc__ or "")


def examine(path: str | Path, format: str | None = None, **options: Any) -> Reading:  # noqa: A002
    """Read a map from a file, with findings for what is irregular in the file.

    Parameters
    ----------
    path
        The file.
    format
        Name of its format; detected from the content when left out.
    **options
        Options of the format's reader, as its `Format.options` names them.

    Returns
    -------
    Reading
        The map, and the findings.

    Raises
    ------
    ArgmapError
        If the file cannot be read, its format is not known, or it holds no map.
    """
    return examine_content(content_of(path), format, options)


def examine_text(text: str, format: str | None = None, name: str = "<input>", **options: Any) -> Reading:  # noqa: A002
    """Read a map from a text; see `examine`. Findings call the text by `name`."""
    return examine_content(Content(text.removeprefix("\ufeff"), name), format, options)


def examine_named(document: Document[Any], at: tuple[str | int, ...]) -> Reading:
    """Read the map, of any format, that a document names; see `argmap.store.open_named`."""
    from argmap import store

    def read_map(path: Path, name: str) -> Reading:
        return examine_content(replace(content_of(path), name=name, path=Path(name)), None, {})

    return store.open_named(document, at, read_map)


def examine_content(content: Content, name: str | None, options: Mapping[str, Any]) -> Reading:
    """Read a map from the content of a file in the format of that name, or in its own; see `examine`."""
    chosen = detect(content) if name is None else named(name, "reads")
    if unknown := [option for option in options if option not in chosen.options]:
        known = f"it has {', '.join(chosen.options)}" if chosen.options else "it has none"
        raise ArgmapError(f"{chosen.name} has no option {unknown[0]}: {known}")
    if not content.text.strip() and not chosen.beside:
        raise ArgmapError(Finding("unreadable", "error", "is empty: there is no map in it.", Place(content.name)))
    if chosen.name in OWN or chosen.beside:  # what they read beside the file may change
        return _examined(content, chosen, options)
    key = f"{chosen.name} {content.name} {sorted(options.items())}"
    return cast("Reading", remembered.parsed_once(key, content.text, lambda: _examined(content, chosen, options)))


def _examined(content: Content, chosen: Format, options: Mapping[str, Any]) -> Reading:
    module = chosen.load()
    with without_collection():
        reading = module.read(content, **options)
        findings = (*content.findings, *reading.findings)
        if odd := content.odd_numbers:
            message = f"JSON has no such number as {', '.join(dict.fromkeys(odd[:5]))}: left out."
            findings += (Finding("odd-number", "warning", message, Place(content.name)),)
        return Reading(reading.map, findings)


def read(path: str | Path, format: str | None = None, **options: Any) -> Map:  # noqa: A002
    """Read a map from a file of any format.

    Parameters
    ----------
    path
        The file.
    format
        Name of its format, as `argmap formats` lists it; detected from the content when left out.
    **options
        For AIF, xAIF and OVA: `keep_dialogue=True` keeps L-, YA- and TA-nodes, to be written back. For CSV
        `columns={"text": "Behauptung"}` names the headings of fields.

    Returns
    -------
    Map
        The map. `argmap.examine` also returns what is irregular in the file.

    Raises
    ------
    ArgmapError
        If the file cannot be read, its format is not known, or it holds no map.
    """
    return examine(path, format, **options).map


def loads(text: str, format: str | None = None, name: str = "<input>", **options: Any) -> Map:  # noqa: A002
    """Read a map from a text; see `examine_text`."""
    return examine_text(text, format, name, **options).map


def carried(map_: Map, format: str | Format) -> Map:  # noqa: A002
    """Return the map as a format can hold it, which is the map that reading it back gives."""
    chosen = named(format) if isinstance(format, str) else format
    return without(_stages(map_, chosen)[-1], ALL - (NAMING - chosen.carries))


def dumps(map_: Map, format: str) -> tuple[str, Loss]:  # noqa: A002
    """Write the map as a text, and return it with what the format does not carry.

    Raises
    ------
    ArgmapError
        If there is no such format, it is only read, or it consists of several files.
    """
    chosen = named(format, "writes")
    written, lost = _written(map_, chosen)
    if written.beside:
        suffixes = ", ".join((chosen.suffixes[0], *written.beside))
        raise ArgmapError(f"{chosen.name} is several files ({suffixes}): give it a file name")
    return written.text, lost


def encode(map_: Map, chosen: Format) -> Written:
    """Return the file or files of a map in a format."""
    return _written(map_, chosen)[0]


def write(map_: Map, path: str | Path, format: str | None = None) -> Loss:  # noqa: A002
    """Write a map to a file.

    Parameters
    ----------
    map_
        The map.
    path
        The file. An existing file is replaced as a whole; `argmap.save` keeps the comments of one in YAML.
    format
        Name of the format; taken from the suffix of the file when left out.

    Returns
    -------
    Loss
        What the format does not carry, by name; false if it carries everything.

    Raises
    ------
    ArgmapError
        If the format is not known or only read, the file cannot be written, or the format has a second file and
        would replace somebody's file by it.
    """
    path = Path(path)
    chosen = named(format, "writes") if format is not None else for_writing(path)
    written, lost = _written(map_, chosen, path)
    own = [suffix for suffix in chosen.suffixes if suffix not in written.beside]
    ending = max((suffix for suffix in own if path.name.lower().endswith(suffix)), key=len, default="")
    if written.beside and not ending:
        raise ArgmapError(f"{path}: {chosen.name} is several files, and the name of the first ends in {own[0]}")
    stem = path.name[: len(path.name) - len(ending)]
    beside = {path.with_name(stem + suffix): text for suffix, text in written.beside.items()}
    for other, text in beside.items():
        # Beside its own file it is the rest of a pair; alone it is somebody's text, perhaps the source of this map.
        if other.exists() and not path.exists() and text_file.read_text(other) != text:
            raise ArgmapError(f"{other}: is there already, and {path.name} would replace it: choose another name")
    files = {**beside, path: written.text}
    for file, text in files.items():
        text_file.ask(file, text)
    for file, text in files.items():
        text_file.write(file, text)
    return lost


def _stages(map_: Map, chosen: Format) -> tuple[Map, Map]:
    """Return the map without the features that a format lacks, and then without all else that it cannot hold.

    Both still have the names and the order of the map.
    """
    kept = without(map_, chosen.carries | NAMING, (chosen.name, *chosen.namespaces))
    refine = getattr(chosen.load(), "carried", None)
    return kept, refine(kept, map_) if refine else kept


def _written(map_: Map, chosen: Format, path: Path | None = None) -> tuple[Written, Loss]:
    """Return the file or files of a map, and what they do not carry.

    A file of our own at `path`, or at no path, holds the texts that could not be found from there.
    """
    if chosen.name == "yaml":
        from argmap import store

        map_ = store.settled(map_, path or "-")
    stages = _stages(map_, chosen)
    # A format that is only written may show more than could be read back.
    written = chosen.load().write(stages[-1] if chosen.reads else map_)
    return Written(written) if isinstance(written, str) else written, loss(chosen.name, map_, *stages)
