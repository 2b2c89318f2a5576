r"""YAML as Argdown has it: `{…}` after a text, and the front matter.

Argdown reads it with YAML 1.2's few types (`yes` is a word, `22/10/2018` too), so no loader of Python's fits. Values are
built from the parser's events: no aliases (which can stand for gigabytes), no tags, no deeper than `MAX_DEPTH`.

    >>> load("{uses: [1, 2], note: yes}"), flow({"uses": [1, 2], "note": "see }"})
    ({'uses': [1, 2], 'note': 'yes'}, '{uses: [1, 2], note: "see \\u007d"}')
"""

from __future__ import annotations

import json
import re
from typing import Any

from argmap.formats.argdown.syntax import Syntax

MAX_DEPTH = 50
OWN = "argmap"
"""Key under which argmap keeps what Argdown has no sign for."""

_QUOTED = 'Write `key: value`, with a value that has signs in it in quotes: `key: "a: b"`.'
_NULL = {"", "~", "null", "Null", "NULL"}
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_BASED = re.compile(r"0b[01]{1,60}|0o[0-7]{1,20}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,300}(?:\.[0-9]{0,300})?|\.[0-9]{1,300})(?:[eE][-+]?[0-9]{1,2})?")
_BLOCK = re.compile(r"\{[ \t]*\n")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*(?: [A-Za-z0-9_\-]+){0,5}")
_RESERVED = re.compile(r"(?i:true|false|null|yes|no|on|off|y|n)")
# What would end the data or a title before it, or what YAML does not hold.
_GUARDED = re.compile(r"[\]}>\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|(?<==)=(?==)")


def data(text: str, at: int) -> dict[str, Any]:
    """The value of `{…}`, found at offset `at`; of several lines it may be in block style, as Argdown has it.

    Raises
    ------
    Syntax
        When it is no YAML, or no mapping.
    """
    skipped = lines.end() if (lines := _BLOCK.match(text)) else 0
    value = load(text[skipped : text.rindex("}")] if skipped else text, at + skipped)
    if not isinstance(value, dict):
        raise Syntax("`{…}` holds no keys with values.", at, "Write `{key: value}`, or escape it as `\\{`.")
    return value


def load(text: str, at: int = 0) -> Any:
    """The value of a YAML text that stands at offset `at`.

    Raises
    ------
    Syntax
        When it is no YAML, has aliases or tags, a key twice, or is nested too deeply.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _built(yaml.parse(text, Loader=loader), at)
    except yaml.MarkedYAMLError as error:
        # Without `from`: the way out is said here.
        mark = error.problem_mark
        raise Syntax(f"not YAML: {error.problem}.", at + (_offset(text, mark) if mark else 0), _QUOTED) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Syntax(f"not YAML: {str(error).partition(chr(10))[0]}.", at, _QUOTED) from None


def _offset(text: str, mark: Any) -> int:
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: mark.line]) + int(mark.column)


def _built(events: Any, at: int) -> Any:
    import yaml

    result: list[Any] = []
    open_: list[Any] = [result]
    keys: list[str | None] = [None]

    def put(value: Any) -> None:
        if isinstance(open_[-1], list):
            open_[-1].append(value)
        elif keys[-1] is None:
            if not isinstance(value, str | int | float | None):
                raise Syntax("a key is one word.", at)
            key = "null" if value is None else json.dumps(value) if isinstance(value, bool) else str(value)
            if key in open_[-1]:
                raise Syntax(f"the key {key!r} is there twice.", at)
            keys[-1] = key
        else:
            open_[-1][keys[-1]] = value
            keys[-1] = None

    for event in events:
        if isinstance(event, yaml.AliasEvent):
            raise Syntax("aliases (`*name`) are not read.", at, "Write the value out.")
        if isinstance(event, yaml.ScalarEvent):
            put(_scalar(event.value) if event.implicit[0] and event.style in (None, "") else event.value)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(open_) > MAX_DEPTH:
                raise Syntax("nested too deeply.", at)
            value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            if isinstance(open_[-1], dict) and keys[-1] is None:
                raise Syntax("a key is one word.", at)
            put(value)
            open_.append(value)
            keys.append(None)
        elif isinstance(event, yaml.CollectionEndEvent):
            open_.pop()
            keys.pop()
    return result[0] if result else None


def _scalar(text: str) -> Any:
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _INT.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def flow(value: Any) -> str:
    """A value on one line, so that neither a comment, a title nor the end of the data is seen in it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(str(key))}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and not _RESERVED.fullmatch(value):
        return value
    return _GUARDED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def block(value: dict[str, Any], indent: str = "") -> str:
    """A mapping over lines, a key a line; what is deeper than mappings in mappings is on one."""
    lines = []
    for key, item in value.items():
        if isinstance(item, dict) and item and len(indent) < 4:
            lines.append(f"{indent}{flow(str(key))}:\n{block(item, indent + '  ')}")
        else:
            lines.append(f"{indent}{flow(str(key))}: {flow(item)}\n")
    return "".join(lines)


def fits(value: Any) -> bool:
    """Whether a value can be written and read back the same: data of JSON, not too deep, no number beyond all bounds."""
    level, depth = [value], 0
    while level:
        depth += 1
        deeper: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                if not all(isinstance(key, str) for key in item):
                    return False
                deeper += item.values()
            elif isinstance(item, list | tuple):
                deeper += item
            elif not isinstance(item, str | bool | None) and not _number_fits(item):
                return False
        level = deeper
    return depth <= MAX_DEPTH


def _number_fits(value: object) -> bool:
    if isinstance(value, int):
        return -(10**18) < value < 10**18
    return isinstance(value, float) and _FLOAT.fullmatch(json.dumps(value)) is not None
