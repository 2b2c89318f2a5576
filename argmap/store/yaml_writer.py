"""Write YAML as a person would, for new files and for additions to old ones.

    claims:
      near-equals:
        text: The US and Japan will turn their security bond into one of near equals.
        quote: "from one of senior partner-junior partner to one of more nearly equals in policy
          and strategy"
        kind: prediction

    relations:
      - support: near-equals
        by: [roles-and-missions, shared-intelligence]

Quoted words get quotation marks; other words get them only where YAML (1.1 or 1.2) would not read plain words.
Lines are folded near 100 columns, at single spaces, where a reader gets the same words back.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from argmap.findings import Path
from argmap.store.yaml_reader import scalar

WIDTH = 100
STEP = 2
"""Columns of one indent."""
LONG_KEY = 1000
"""Longest plain key; YAML allows 1024 characters, and more only after `?`."""
QUOTED = {"quote", "condition", "quotes", "exact", "prefix", "suffix", "from", "to", "cue", "dated_by"}
"""Fields that hold words of a text."""
SECTIONS = {"sources", "speakers", "claims", "relations", "issues", "correspondences", "silent", "read", "extra"}
"""Parts of a file with a blank line before them."""
APART = {"claims", "issues", "correspondences"}
"""Parts with blank lines between their entries."""

_RESOLVER = Resolver()
_PLAIN = re.compile(r"[\w./(][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]*")
_NUMBER = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def document(data: dict[str, Any]) -> str:
    """Write a whole file."""
    parts: list[str] = []
    apart = False
    for key, value in data.items():
        is_section = key in SECTIONS and bool(value)
        if parts and (is_section or apart):
            parts.append("")
        apart = is_section
        parts.append(entry(key, value, 0, (key,)))
    return "\n".join(parts) + "\n"


def entry(key: str, value: Any, indent: int, path: Path) -> str:
    """Write `key: value`, with its first line at `indent` and without the last line break."""
    name = key_text(key)
    if len(name) > LONG_KEY:
        return f"? {name}\n{' ' * indent}: {item(value, indent, path)}"
    return f"{name}:{after_key(value, indent, indent + len(name) + 1, path)}"


def after_key(value: Any, indent: int, column: int, path: Path) -> str:
    """Write what follows `key:`, which is at `indent` and ends at `column`: words on the line, or a block below."""
    inline = words_or_flow(value, indent + STEP, column + 1, path)
    if inline is not None:
        return f" {inline}"
    return f"\n{' ' * (indent + STEP)}{block(value, indent + STEP, path)}"


def item(value: Any, indent: int, path: Path) -> str:
    """Write what follows `- ` at `indent`."""
    inline = words_or_flow(value, indent + STEP, indent + STEP, path)
    return block(value, indent + STEP, path) if inline is None else inline


def block(value: dict[str, Any] | list[Any], indent: int, path: Path) -> str:
    """Write a mapping or a list in block style, with its first line at `indent`."""
    between = "\n\n" if len(path) == 1 and path[0] in APART else "\n"
    if isinstance(value, dict):
        parts = [entry(key, inner, indent, (*path, key)) for key, inner in value.items()]
    else:
        parts = ["- " + item(inner, indent, (*path, n)) for n, inner in enumerate(value)]
    return (between + " " * indent).join(parts)


def words_or_flow(value: Any, indent: int, column: int, path: Path) -> str | None:
    """Write a value on its line; return `None` if it needs a block."""
    if not isinstance(value, dict | list):
        return words(value, indent, column, quoted=is_quoted(path))
    if value and not _may_flow(value, path):
        return None
    inline = flow(value, path)
    return inline if not value or (inline is not None and column + len(inline) <= WIDTH) else None


def flow(value: Any, path: Path) -> str | None:
    """Write a value in flow style on one line; return `None` if that is impossible."""
    if isinstance(value, dict):
        parts = []
        for key, inner in value.items():
            name, text = key_text(key), flow(inner, (*path, key))
            if text is None or len(name) > LONG_KEY:
                return None
            parts.append(f"{name}: {text}")
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        texts = [flow(inner, (*path, n)) for n, inner in enumerate(value)]
        return None if None in texts else "[" + ", ".join(text for text in texts if text is not None) + "]"
    if isinstance(value, str) and not is_quoted(path) and _is_plain(value, in_flow=True):
        return value
    return _double(value) if isinstance(value, str) else _literal(value)


def words(
    value: Any, indent: int, column: int, *, quoted: bool = False, style: str | None = None, lines: bool = True
) -> str:
    """Write a word, number or text in block style, folded where it is long.

    It begins at `column`, and lines after the first at `indent`. `quoted` puts it in quotation marks in any case.
    `style` is `'` to keep the single quotation marks that a file has, or `|` for its line breaks; `lines` allows `|`,
    line for line, behind which a comment would become part of the value.
    """
    if not isinstance(value, str):
        return _literal(value)
    if style == "'" and _PLAIN.fullmatch(f"x{value}"):
        return _folded("'" + value.replace("'", "''") + "'", indent, column)
    if lines and (style == "|" or not quoted) and _may_be_lines(value):
        chomp = "" if value.endswith("\n") else "-"
        return f"|{chomp}\n" + "\n".join(
            f"{' ' * indent}{line}" if line else "" for line in value.removesuffix("\n").split("\n")
        )
    if not quoted and _is_plain(value):
        return _folded(value, indent, column)
    return _folded(_double(value), indent, column)


def is_quoted(path: Path) -> bool:
    """Return whether the words at a path are quoted from a text."""
    names = [step for step in path if isinstance(step, str)]
    return bool(names) and names[-1] in QUOTED


def _may_flow(value: dict[str, Any] | list[Any], path: Path) -> bool:
    """Return whether a value reads better on one line: lists of ids, and small mappings of words."""
    inner = value.values() if isinstance(value, dict) else value
    if any(isinstance(part, dict | list) for part in inner):
        return False
    if isinstance(value, list):
        return not is_quoted(path) and path[-1] != "evidence"
    names = {step for step in path[:-1] if isinstance(step, str)}
    return bool(names & {"speakers", "excluded", "non_argumentative", "scale", "extra"}) or is_quoted(path)


def key_text(key: str) -> str:
    """Write a key, as before its colon."""
    return key if _is_plain(key, in_flow=True) else _double(key)


def _literal(value: float | bool | None) -> str:
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else repr(value)


@lru_cache(maxsize=10_000)  # keys, ids and the words of the codebook come again and again
def _is_plain(text: str, *, in_flow: bool = False) -> bool:
    """Return whether every YAML reader reads the text as these words without quotation marks."""
    return (
        _PLAIN.fullmatch(text) is not None
        and text[-1] not in " :"
        and ": " not in text
        and " #" not in text
        and not (in_flow and any(mark in text for mark in ",[]{}:?#"))
        and isinstance(scalar(text), str)
        and not _NUMBER.fullmatch(text)
        and text not in ("y", "Y", "n", "N")
        and not text.startswith("...")
        and str(_RESOLVER.resolve(ScalarNode, text, (True, False))).endswith(":str")  # type: ignore[no-untyped-call]
    )


def _double(text: str) -> str:
    """Write a text in double quotation marks."""
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _SHORT_ESCAPES.get(match[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def _may_be_lines(text: str) -> bool:
    """Return whether `|` can show the text: several lines, without spaces at their ends that are easily lost."""
    lines = text.removesuffix("\n").split("\n")
    return (
        len(lines) > 1
        and bool(lines[-1])
        and lines[0][:1] not in ("", " ")
        and all(_PLAIN.fullmatch(f"x{line}") and not line.endswith(" ") for line in lines)
    )


def _folded(text: str, indent: int, column: int) -> str:
    """Break a long line at single spaces, where YAML joins it again with one."""
    if column + len(text) <= WIDTH:
        return text
    pieces = text.split(" ")
    lines = [pieces[0]]
    room = WIDTH - column
    for before, piece in pairwise(pieces):
        # Beside a second space, or before what begins a line of another sort, a break would change the words.
        breakable = before.strip("\"'") and piece and piece[0] not in "-?:#&*!|>%@`\\"
        if breakable and len(lines[-1]) + 1 + len(piece) > room:
            lines.append(piece)
            room = WIDTH - indent
        else:
            lines[-1] += " " + piece
    return ("\n" + " " * indent).join(lines)
