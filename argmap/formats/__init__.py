"""Every format a map can come from or go to: one table, and the verbs on it.

    read(path) ─ bytes ─ text ─ detect ─▶ the format's own module ─▶ Map
    write(m, path) ─▶ file, and the Loss: what the format cannot carry, by name

To add a format: a module beside this one with `read(content) -> Reading` and `write(m) -> str`, a question in
`detection`, a line in `FORMATS`. The round-trip test then takes it up by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmap.finding import ArgmapError, Finding, Place
from argmap.formats import detection
from argmap.formats.carried import Loss, loss, without
from argmap.formats.circles import note_circles
from argmap.formats.features import ALL, NAMING
from argmap.formats.format import Content, Format, Reading, Written, content_of
from argmap.formats.kit import Irregular
from argmap.memory import without_collection

if TYPE_CHECKING:
    from argmap.model import Map

__all__ = [
    "FORMATS",
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
    "examine_text",
    "loads",
    "named",
    "page",
    "read",
    "recognised",
    "table",
    "writable",
    "write",
]

_GRAPH = frozenset({"undercuts", "attacks on attacks", "relations on relations", "linked premises", "joint attacks"})
_NAMES = frozenset({"claim ids", "relation ids", "order"})
ARGGRAPH = _GRAPH | _NAMES | {"schemes", "layout", "implicit premises"}
BRAT = frozenset(
    {"theses", "rephrases", "quotes", "sources", "kinds", "commitments", "forces", "implicit premises", "notes"}
    | {"layout", "control characters", "claim ids", "order"}
)
CSV = ALL - {"sources", "source details"}
MARKDOWN = (
    _GRAPH
    | {"titles", "theses", "rephrases", "relations as premises", "schemes", "attack schemes", "quotes", "speakers"}
    | {"commitments", "implicit premises"}
)
MERMAID = (
    _GRAPH
    | {"titles", "theses", "loose relations", "rephrases", "relations as premises", "schemes", "speakers"}
    | {"commitments", "implicit premises"}
)
DOT = MERMAID | {"sources"}
AIF = (
    _GRAPH
    | _NAMES
    | {"rephrases", "schemes", "attack schemes", "speakers", "layout", "control characters", "loose relations"}
)
SADFACE = AIF - {"attack schemes", "speakers"} | {"titles", "theses", "sources", "quotes"}
ARGUEBUF = ALL - {"relations as premises"}
ARGDOWN = ALL - {
    *("loose relations", "rephrases", "relations as premises", "joint attacks", "attack schemes"),
    *("sources", "source details", "extra", "order"),
}

_PICTURES = (".svg", ".png", ".pdf")
OWN = ("yaml", "json")
"""Our own: what is irregular in them is for `check` to say."""

FORMATS: tuple[Format, ...] = (
    Format("yaml", "argmap YAML", (".yaml", ".yml"), "yaml", ALL, detect=detection.is_yaml),
    Format("json", "argmap JSON", (".json",), "json", ALL, detect=detection.is_json),
    Format(
        "aif",
        "AIF JSON (AIFdb)",
        (".json", ".aif.json"),
        "aif",
        AIF,
        detect=detection.is_aif,
        options=("keep_dialogue",),
    ),
    Format(
        "xaif",
        "xAIF (OVA3)",
        (".json", ".xaif.json", ".xaif"),
        "xaif",
        AIF | {"sources", "quotes"},
        detect=detection.is_xaif,
        options=("keep_dialogue",),
        namespaces=("aif",),
    ),
    Format("ova", "OVA JSON", (".json",), "ova", writes=False, detect=detection.is_ova, options=("keep_dialogue",)),
    Format(
        "sadface", "SADFace", (".json", ".sadface.json", ".sadface"), "sadface", SADFACE, detect=detection.is_sadface
    ),
    Format(
        "arguebuf", "arguebuf JSON", (".json", ".arguebuf.json"), "arguebuf", ARGUEBUF, detect=detection.is_arguebuf
    ),
    Format("arggraph", "arggraph XML", (".xml",), "arggraph", ARGGRAPH, detect=detection.is_arggraph, beside=(".txt",)),
    Format("argdown", "Argdown", (".argdown", ".ad"), "argdown", ARGDOWN, detect=detection.is_argdown),
    Format(
        "argdown-json",
        "Argdown JSON",
        (".json", ".argdown.json"),
        "argdown_json",
        writes=False,
        detect=detection.is_argdown_json,
    ),
    Format("graphml", "GraphML", (".graphml",), "graphml", ALL, detect=detection.is_graphml),
    Format("gexf", "GEXF", (".gexf",), "gexf", ALL, detect=detection.is_gexf),
    Format("node-link", "node-link JSON", (".node-link.json",), "node_link", ALL, detect=detection.is_node_link),
    Format("brat", "BRAT standoff", (".ann",), "brat", BRAT, detect=detection.is_brat, beside=(".txt",)),
    Format(
        "web-annotation",
        "W3C Web Annotation",
        (".jsonld", ".annotations.json"),
        "web_annotation",
        ALL,
        detect=detection.is_web_annotation,
    ),
    Format(
        "csv-pair",
        "CSV in two files",
        (".claims.csv",),
        "csv_pair",
        CSV,
        detect=detection.is_csv_pair,
        beside=(".relations.csv",),
    ),
    Format("csv", "CSV", (".csv",), "csv", CSV, detect=detection.is_csv),
    Format("markdown", "Markdown outline", (".md", ".markdown"), "markdown", MARKDOWN, reads=False),
    Format("kialo", "Kialo text", (".txt",), "kialo", writes=False, detect=detection.is_kialo, suffix_tells=False),
    # What these two show is worked out a floor above; the table only names where.
    Format("dot", "Graphviz DOT", (".dot", ".gv"), "argmap.diagram.dot_file", DOT, reads=False),
    Format("mermaid", "Mermaid", (".mmd", ".mermaid"), "argmap.diagram.mermaid_file", MERMAID, reads=False),
)
"""All formats; the first that recognises a file has it, and the first of a suffix is its default for writing."""

ENDINGS = tuple({suffix: None for format in FORMATS if format.reads for suffix in format.suffixes})
"""What the files that can be read are called."""


def named(name: str) -> Format:
    """The format of that name.

    Raises
    ------
    ArgmapError
        When there is none; the message lists all.
    """
    for format in FORMATS:
        if format.name == name.lower():
            return format
    raise ArgmapError(f"no format {name!r}: one of {_list(FORMATS)}")


def table() -> str:
    """All formats as a Markdown table: what reads, what writes, and what of a map each carries."""
    from argmap.formats.overview import markdown

    return markdown(FORMATS)


def page(name: str) -> str:
    """What there is to know of a format: how it looks, what of it is read and written, and where it is described.

    Raises
    ------
    ArgmapError
        When there is no such format.
    """
    import inspect

    return inspect.cleandoc(named(name).load().__doc__ or "")


def recognised(content: Content) -> Format | None:
    """The format that the content of a file tells; `None` where at most its name could."""
    # Of two formats that both recognise a file, the one whose suffix it has is meant.
    by_suffix = _by_suffix(content.name, reads=True)
    seen = [format for format in FORMATS if format.reads and format.detect(content)]
    return next((format for format in (*(f for f in seen if f in by_suffix), *seen)), None)


def detect(content: Content) -> Format:
    """The format of a file: by what is in it, else by its suffix.

    Raises
    ------
    ArgmapError
        When neither tells.
    """
    if known := recognised(content):
        return known
    by_suffix = [format for format in _by_suffix(content.name, reads=True) if format.suffix_tells]
    if content.data is not None:
        raise ArgmapError(f"{content.name}: JSON, but of no format known here: name one of {_list(_readable())}")
    if by_suffix:
        return by_suffix[0]
    if not content.text.strip():
        raise ArgmapError(Finding("unreadable", "error", "is empty: there is no map in it.", Place(content.name)))
    raise ArgmapError(f"{content.name}: format not recognised: name one of {_list(_readable())}")


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
    if format is None:
        candidates = _by_suffix(path.name, writes=True)
        if not candidates:
            picture = path.suffix.lower() in _PICTURES
            reason = "is a picture: `argmap draw` makes it; or" if picture else "its suffix names no format:"
            raise ArgmapError(f"{path}: {reason} name one of {_list(f for f in FORMATS if f.writes)}")
        format = candidates[0].name
    chosen = writable(format)
    from argmap import store

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
        if other.exists() and not path.exists() and store.read_text(other) != text:
            raise ArgmapError(f"{other}: is there already, and {path.name} would replace it: choose another name")
    for other, text in beside.items():
        store.write(other, text)
    store.write(path, written.text)
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
    chosen = detect(content) if format is None else named(format)
    if not chosen.reads:
        raise ArgmapError(f"{chosen.name} is only written: read one of {_list(_readable())}")
    if unknown := [name for name in options if name not in chosen.options]:
        known = f"it has {', '.join(chosen.options)}" if chosen.options else "it has none"
        raise ArgmapError(f"{chosen.name} has no option {unknown[0]}: {known}")
    if not content.text.strip() and not chosen.beside:
        raise ArgmapError(Finding("unreadable", "error", "is empty: there is no map in it.", Place(content.name)))
    module = chosen.load()
    with without_collection():
        reading = module.read(content, **options)
        irregular = Irregular(content.name)
        if odd := content.odd_numbers:
            message = f"JSON has no such number as {', '.join(dict.fromkeys(odd[:5]))}: read as nothing."
            irregular.add("odd-number", message)
        if chosen.name not in OWN:
            note_circles(reading.map, irregular)
        return Reading(reading.map, (*content.findings, *reading.findings, *irregular.findings))


def writable(name: str) -> Format:
    """The format of that name, if it can be written; see `named`."""
    format = named(name)
    if not format.writes:
        raise ArgmapError(f"{format.name} is only read: write one of {_list(f for f in FORMATS if f.writes)}")
    return format


def _readable() -> Iterable[Format]:
    return (format for format in FORMATS if format.reads)


def _by_suffix(name: str, *, reads: bool = False, writes: bool = False) -> list[Format]:
    """Formats whose suffix a file name has, the longest suffix first."""
    lower = name.lower()
    hits = [
        (len(suffix), format)
        for format in FORMATS
        if (not reads or format.reads) and (not writes or format.writes)
        for suffix in format.suffixes
        if lower.endswith(suffix)
    ]
    return [format for _, format in sorted(hits, key=lambda hit: -hit[0])]


def _list(formats: Iterable[Format]) -> str:
    return ", ".join(sorted(format.name for format in formats))
