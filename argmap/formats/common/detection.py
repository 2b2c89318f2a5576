"""Telling formats apart by what is in the file: one small question a format, all in one place.

Half of the field writes JSON with `nodes` and `edges`, so each question names what only its own format
has. Each gets a `Content`, whose JSON is parsed once for all, and answers without raising.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argmap.formats.common.format import Content


def has(value: Any, **types: type | tuple[type, ...]) -> bool:
    """Whether `value` is an object with these keys, each of its type."""
    return isinstance(value, dict) and all(isinstance(value.get(key), type_) for key, type_ in types.items())


def some(value: Any, key: str) -> Any:
    """The first object of the list or object under `key`; `None` without one."""
    inner = value.get(key) if isinstance(value, dict) else None
    items = inner.values() if isinstance(inner, dict) else inner if isinstance(inner, list) else ()
    return next((item for item in items if isinstance(item, dict)), None)


def is_yaml(content: Content) -> bool:
    """Our file format: `argmap: 1` at the start of a line; not below `===`, where Argdown keeps it."""
    return (
        not content.head.lstrip().startswith("===") and re.search(r"^argmap:\s", content.head, re.MULTILINE) is not None
    )


def is_json(content: Content) -> bool:
    """Our file format as JSON, with the keys of the YAML or with claims as a list."""
    data = content.data
    return has(data, argmap=int) or (has(data, format=str) and data["format"].startswith("argmap-map/"))


def is_aif(content: Content) -> bool:
    """Nodes that call their id `nodeID`, without OVA's analysis; or none at all beside `edges`, and nothing but `locutions`."""
    data = content.data
    node = some(data, "nodes")
    if node is not None:
        return "nodeID" in node and not has(data, analysis=dict)
    return has(data, nodes=list, edges=list) and (has(data, locutions=list) or data.keys() <= {"nodes", "edges"})


def is_xaif(content: Content) -> bool:
    """An object `AIF`."""
    return has(content.data, AIF=dict)


def is_ova(content: Content) -> bool:
    """An analysis, and nodes with an id."""
    data = content.data
    return has(data, nodes=list, analysis=dict) and bool({"id", "nodeID"} & (some(data, "nodes") or {"id": 0}).keys())


_SADFACE_TYPES = ("atom", "scheme", "inference", "conflict")


def is_sadface(content: Content) -> bool:
    """Atoms and schemes, or none at all beside `edges` and `resources`."""
    data = content.data
    node = some(data, "nodes")
    if node is not None:
        return has(data, nodes=list, edges=list) and node.get("type") in _SADFACE_TYPES and "id" in node
    return has(data, nodes=list, edges=list, resources=list)


def is_arguebuf(content: Content) -> bool:
    """Atoms and schemes by their ids."""
    data = content.data
    node = some(data, "nodes")
    if node is not None:
        return has(data, nodes=dict) and ("atom" in node or "scheme" in node)
    return has(data, schemaVersion=int)


def is_arggraph(content: Content) -> bool:
    """An element of that name."""
    return re.search(r"<arggraph[\s>/]", content.head) is not None


def is_kialo(content: Content) -> bool:
    """The title line of an export, or a numbered Pro or Con."""
    return content.text.startswith("Discussion Title:") or (
        re.search(r"^\d+(?:\.\d+)+\. (?:Pro|Con): ", content.head, re.MULTILINE) is not None
    )


_OF_MARKDOWN = (
    r"\[(?:\^"  # [^1]: a footnote
    r"|[^\]\n]+\]:[ \t]*(?:<[^>\n]*>|(?=\S*?(?:[/#]|\w:\S|\.\w))\S++)"  # [1]: where a link leads
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^)\n]*\)))?[ \t]*\r?$)"  # and what it is called
)
_ARGDOWN = re.compile(
    rf"^(?!{_OF_MARKDOWN})"
    r"(?:\[[^\]\n]+\]|<[^>\n/!?][^>\n]*>):[ \t]*\S"  # [title]: text, <title>: text
    r"|^[ \t]+(?:(?:[+-]>|<[+_-]|><|_>)[ \t]+\S|[+-][ \t]+(?:\[[^\]\n]+\]|<[^>\n]+>)(?::|[ \t]*(?:[#{]|$)))"  # a relation line
    r"|^\(\d+\)[ \t].+\n(?:.*\n){0,20}?--"  # numbered premises, and the dashes of an inference
    r"|\A\s*===\n(?:.*\n)*?argmap:[\s\S]*?===",  # our own front matter
    re.MULTILINE,
)


def is_argdown(content: Content) -> bool:
    """A title with a text, a line that says what it supports or attacks, or numbered premises above dashes; never JSON.

    Markdown writes its links and footnotes like titles: of them alone nothing is made.
    """
    return content.data is None and _ARGDOWN.search(content.head) is not None


def is_argdown_json(content: Content) -> bool:
    """Statements and arguments by title."""
    data = content.data
    return has(data, statements=dict, arguments=dict) or (has(data, relations=list) and has(data, statements=dict))


def is_graphml(content: Content) -> bool:
    """An element of that name."""
    return re.search(r"<(?:\w+:)?graphml[\s>/]", content.head) is not None


def is_gexf(content: Content) -> bool:
    """An element of that name."""
    return re.search(r"<(?:\w+:)?gexf[\s>/]", content.head) is not None


def is_node_link(content: Content) -> bool:
    """A list of nodes, and edges or links from a source to a target, or a list of what each node leads to."""
    data = content.data
    if not has(data, nodes=list):
        return False
    ties = [(some(data, key) or {}).keys() for key in ("links", "edges")]
    drawn = any({"source", "target"} <= keys or ({"from", "to"} <= keys and "analysis" not in data) for keys in ties)
    return drawn or has(data, directed=bool, multigraph=bool) or has(data, adjacency=list)


def is_brat(content: Content) -> bool:
    """A line that binds a type to a stretch of the text."""
    return re.search(r"^T\d+\t\S+ \d+ \d+", content.head, re.MULTILINE) is not None


def _header(content: Content) -> set[str]:
    """Column names, when the first line is a CSV header of ours or like ours."""
    first = re.sub(r"\Asep=.\s+", "", content.head.lstrip("\r\n")).partition("\n")[0]
    return {cell.strip(" \"\r'").casefold() for cell in re.split(r"[,;\t]", first)}


def is_csv_pair(content: Content) -> bool:
    """The one or the other of two tables, by its name: under another name nothing could be found beside it."""
    header = _header(content)
    return content.name.endswith((".claims.csv", ".relations.csv")) and ("text" in header or {"target", "by"} <= header)


def is_csv(content: Content) -> bool:
    """A header with claims and relations."""
    header = _header(content)
    return {"id", "text"} <= header or {"target", "by"} <= header or bool(header & _CLAIMS and header & _ENDS)


_CLAIMS = {"text", "claim", "statement", "proposition", "conclusion"}
_ENDS = {"by", "target", "parent", "parent id", "premise", "premises", "premise 1", "reason", "reasons"}
"""What people call the columns without which a table is none of claims."""


_ANNOTATION_TYPES = {"Annotation", "AnnotationPage", "AnnotationCollection"}
_ANNOTATION_CONTEXTS = {"http://www.w3.org/ns/anno.jsonld", "https://www.w3.org/ns/anno.jsonld"}


def is_web_annotation(content: Content) -> bool:
    """Annotations of the standard's own types, or its context; or rows of an export of Hypothesis."""
    data = content.data
    if isinstance(data, dict):
        rows = next((data[key] for key in ("rows", "annotations", "replies") if isinstance(data.get(key), list)), None)
        if rows and has(rows[0], uri=str) and "body" not in rows[0]:
            return True
        data = data.get("@graph", data)
    first = data[0] if isinstance(data, list) and data else data
    if not isinstance(first, dict) or {"nodes", "claims"} & first.keys():
        return False
    if has(first, uri=str, target=list, user=str):
        return True
    context, types = _texts(first.get("@context")), _texts(first.get("type", first.get("@type")))
    return bool(context & _ANNOTATION_CONTEXTS or types & _ANNOTATION_TYPES)


def _texts(value: Any) -> set[str]:
    """The texts of a value that may be one or a list of several."""
    return {item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)}
