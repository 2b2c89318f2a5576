"""The table of formats, and finding one in it: by its name, by what is in a file, by what a file is called."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.common import detection
from argmap.formats.common.format import Content, Format
from argmap.formats.common.map_features import ALL

_GRAPH = frozenset({"undercuts", "attacks on attacks", "relations on relations", "linked premises", "joint attacks"})
_NAMES = frozenset({"claim ids", "relation ids", "order"})
ARGGRAPH = _GRAPH | _NAMES | {"schemes", "layout", "implicit premises"}
BRAT = frozenset(
    {"theses", "rephrases", "quotes", "sources", "kinds", "commitments", "forces", "implicit premises", "notes"}
    | {"layout", "control characters", "claim ids", "order"}
)
CSV = ALL - {"sources", "source details", "codebook names"}
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

OWN = ("yaml", "json")
"""Our own: what is irregular in them is for `check` to say."""

FORMATS: tuple[Format, ...] = (
    Format("yaml", "argmap YAML", (".yaml", ".yml"), "native.map_yaml", ALL, detect=detection.is_yaml),
    Format("json", "argmap JSON", (".json",), "native.map_json", ALL, detect=detection.is_json),
    Format(
        "aif",
        "AIF JSON (AIFdb)",
        (".json", ".aif.json"),
        "aif.aifdb",
        AIF,
        detect=detection.is_aif,
        options=("keep_dialogue",),
    ),
    Format(
        "xaif",
        "xAIF (OVA3)",
        (".json", ".xaif.json", ".xaif"),
        "aif.xaif",
        AIF | {"sources", "quotes"},
        detect=detection.is_xaif,
        options=("keep_dialogue",),
        namespaces=("aif",),
    ),
    Format("ova", "OVA JSON", (".json",), "aif.ova", writes=False, detect=detection.is_ova, options=("keep_dialogue",)),
    Format(
        "sadface", "SADFace", (".json", ".sadface.json", ".sadface"), "sadface", SADFACE, detect=detection.is_sadface
    ),
    Format(
        "arguebuf",
        "arguebuf JSON",
        (".json", ".arguebuf.json"),
        "arguebuf.reader",
        ARGUEBUF,
        detect=detection.is_arguebuf,
    ),
    Format(
        "arggraph",
        "arggraph XML",
        (".xml",),
        "arggraph.reader",
        ARGGRAPH,
        detect=detection.is_arggraph,
        beside=(".txt",),
    ),
    Format("argdown", "Argdown", (".argdown", ".ad"), "argdown", ARGDOWN, detect=detection.is_argdown),
    Format(
        "argdown-json",
        "Argdown JSON",
        (".json", ".argdown.json"),
        "argdown.json_export",
        writes=False,
        detect=detection.is_argdown_json,
    ),
    Format("graphml", "GraphML", (".graphml",), "graphs.graphml", ALL, detect=detection.is_graphml),
    Format("gexf", "GEXF", (".gexf",), "graphs.gexf", ALL, detect=detection.is_gexf),
    Format("node-link", "node-link JSON", (".node-link.json",), "graphs.node_link", ALL, detect=detection.is_node_link),
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
        "csv.pair",
        CSV,
        detect=detection.is_csv_pair,
        beside=(".relations.csv",),
    ),
    Format("csv", "CSV", (".csv",), "csv.table", CSV, detect=detection.is_csv),
    Format("markdown", "Markdown outline", (".md", ".markdown"), "markdown", MARKDOWN, reads=False),
    Format("kialo", "Kialo text", (".txt",), "kialo", writes=False, detect=detection.is_kialo, suffix_tells=False),
    # What these two show is worked out a floor above; the table only names where.
    Format("dot", "Graphviz DOT", (".dot", ".gv"), "argmap.diagram.dot_file", DOT, reads=False),
    Format("mermaid", "Mermaid", (".mmd", ".mermaid"), "argmap.diagram.mermaid_file", MERMAID, reads=False),
)
"""All formats; the first that recognises a file has it, and the first of a suffix is its default for writing."""

ENDINGS = tuple({suffix: None for format in FORMATS if format.reads for suffix in format.suffixes})
"""What the files that can be read are called."""

_OF_ALL_SORTS = (
    *(".yaml", ".yml", ".json", ".jsonld", ".xml", ".csv", ".txt"),
    *(".ad", ".ann", ".claims.csv", ".annotations.json"),
)
TELLING = tuple(ending for ending in ENDINGS if ending not in _OF_ALL_SORTS)
"""Endings that hardly any other file has."""

_PICTURES = (".svg", ".png", ".pdf")
_READABLE = ", ".join(sorted(format.name for format in FORMATS if format.reads))
_WRITABLE = ", ".join(sorted(format.name for format in FORMATS if format.writes))


def named(name: str) -> Format:
    """The format of that name.

    Raises
    ------
    ArgmapError
        When there is none; the message lists all.
    """
    return _named(name, ", ".join(sorted(format.name for format in FORMATS)))


def _named(name: str, choice: str) -> Format:
    for format in FORMATS:
        if format.name == name.lower():
            return format
    raise ArgmapError(f"no format {name!r}: one of {choice}")


def readable(name: str) -> Format:
    """The format of that name, if it can be read; see `named`."""
    format = _named(name, _READABLE)
    if not format.reads:
        raise ArgmapError(f"{format.name} is only written: read one of {_READABLE}")
    return format


def writable(name: str) -> Format:
    """The format of that name, if it can be written; see `named`."""
    format = _named(name, _WRITABLE)
    if not format.writes:
        raise ArgmapError(f"{format.name} is only read: write one of {_WRITABLE}")
    return format


def for_writing(path: Path) -> Format:
    """The format that a file's name asks for.

    Raises
    ------
    ArgmapError
        When it asks for none, or for a picture.
    """
    if candidates := _by_suffix(path.name, writes=True):
        return candidates[0]
    picture = path.suffix.lower() in _PICTURES
    reason = "is a picture: `argmap draw` makes it; or" if picture else "its suffix names no format:"
    raise ArgmapError(f"{path}: {reason} name one of {_WRITABLE}")


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


def recognised(content: Content) -> Format | None:
    """The format that the content of a file tells; `None` where at most its name could."""
    seen = [format for format in FORMATS if format.reads and format.detect(content)]
    # Of two formats that both recognise a file, the one whose suffix it has is meant.
    called_so = _by_suffix(content.name, reads=True)
    return next((format for format in seen if format in called_so), seen[0] if seen else None)


def is_meant(content: Content) -> bool:
    """Whether a file that lies among others is meant to be a map: its content or its ending tells."""
    return recognised(content) is not None or content.name.lower().endswith(TELLING)


def detect(content: Content) -> Format:
    """The format of a file: by what is in it, else by its suffix.

    Raises
    ------
    ArgmapError
        When neither tells.
    """
    if known := recognised(content):
        return known
    called_so = [format for format in _by_suffix(content.name, reads=True) if format.suffix_tells]
    if content.data is not None:
        raise _unknown(content, "JSON, but of no format known here.")
    if called_so:
        return called_so[0]
    if not content.text.strip():
        raise ArgmapError(Finding("unreadable", "error", "is empty: there is no map in it.", Place(content.name)))
    raise _unknown(content, "format not recognised.")


def _unknown(content: Content, message: str) -> ArgmapError:
    from argmap.store import OWN_KEYS

    hint = f"Name its format with --from, one of {_READABLE}; argmap's own files have {OWN_KEYS} at the top."
    return ArgmapError(Finding(_UNKNOWN, "error", message, Place(content.name), hint))


_UNKNOWN = "unknown-file"


def in_a_line(error: ArgmapError) -> str:
    """Why one file of many cannot be read: its first problem, how many there are, and no list of all formats."""
    if not error.findings:
        return str(error).partition("\n")[0]
    first = error.findings[0]
    more = f" ({len(error.findings)} problems)" if error.findings[1:] else ""
    return f"{replace(first, hint=None) if first.rule == _UNKNOWN else first}{more}"
