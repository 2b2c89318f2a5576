"""Argdown text's YAML: `{…}` after a text, and the front matter.

Argdown reads it with YAML 1.2's few types (`yes` is a word, `22/10/2018` too), so no loader of Python's fits. Values are
built from the parser's events: no aliases (they can stand for gigabytes), no tags, no deeper than `MAX_DEPTH`.

    >>> load("{uses: [1, 2], note: yes}")
    {'uses': [1, 2], 'note': 'yes'}
"""

from __future__ import annotations

import json
import re
from typing import Any

from argmap.formats.argdown.syntax import Syntax

MAX_DEPTH = 50

_QUOTED = 'Write `key: value`, with a value that has signs in it in quotes: `key: "a: b"`.'
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_BASED = re.compile(r"0b[01]{1,60}|0o[0-7]{1,20}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,300}(?:\.[0-9]{0,300})?|\.[0-9]{1,300})(?:[eE][-+]?[0-9]{1,2})?")
_BLOCK = re.compile(r"\{[ \t]*\n")


def data(text: str, at: int) -> dict[str, Any]:
    """Read `{…}` that stands at offset `at`; over several lines it may be in block style.

    Raises
    ------
    Syntax
        When it is not YAML, or not a mapping.
    """
    skipped = lines.end() if (lines := _BLOCK.match(text)) else 0
    value = load(text[skipped : text.rindex("}")] if skipped else text, at + skipped)
    if not isinstance(value, dict):
        raise Syntax("`{…}` holds no keys with values.", at, "Write `{key: value}`, or escape it as `\\{`.")
    return value


def load(text: str, at: int = 0) -> Any:
    """Read a YAML text that stands at offset `at`.

    Raises
    ------
    Syntax
        When it is not YAML, has aliases or tags, a key twice, or is nested too deeply.
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
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
