"""Argdown text's YAML: `{…}` after a text, and the front matter.

Argdown reads it with YAML 1.2's few types (`yes` is a word, `22/10/2018` too), so no loader of Python's fits. Values are
built from the parser's events: no aliases (they can stand for gigabytes), no tags, no deeper than `MAX_DEPTH`.

    >>> load("{uses: [1, 2], note: yes}")
    {'uses': [1, 2], 'note': 'yes'}
"""

from __future__ import annotations

import json
import re
from collections import deque
from itertools import takewhile
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
    """Read `{…}` that stands at offset `at`, in block style if over several lines; raise `Syntax` if it is no mapping."""
    skipped = lines.end() if (lines := _BLOCK.match(text)) else 0
    value = load(text[skipped : text.rindex("}")] if skipped else text, at + skipped)
    if not isinstance(value, dict):
        raise Syntax("`{…}` holds no keys with values.", at, "Write `{key: value}`, or escape it as `\\{`.")
    return value


def load(text: str, at: int = 0) -> Any:
    """Read a YAML text that stands at offset `at`; raise `Syntax` for aliases, double keys, and all that is not YAML."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = yaml.parse(text, Loader=loader)
        first = next((event for event in events if isinstance(event, yaml.NodeEvent)), None)
        value = _value(events, first, at) if first else None
        deque(events, maxlen=0)  # what comes after may be a mistake
    except yaml.MarkedYAMLError as error:
        # Without `from`: the way out is said here.
        mark = error.problem_mark
        raise Syntax(f"not YAML: {error.problem}.", at + (_offset(text, mark) if mark else 0), _QUOTED) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Syntax(f"not YAML: {str(error).partition(chr(10))[0]}.", at, _QUOTED) from None
    return value


def _offset(text: str, mark: Any) -> int:
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: mark.line]) + int(mark.column)


def _value(events: Any, event: Any, at: int, depth: int = 0) -> Any:
    """Build the value that begins with an event."""
    import yaml

    if isinstance(event, yaml.AliasEvent):
        raise Syntax("aliases (`*name`) are not read.", at, "Write the value out.")
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event.value) if event.implicit[0] and event.style in (None, "") else event.value
    if depth >= MAX_DEPTH:
        raise Syntax("nested too deeply.", at)
    inner = takewhile(lambda other: not isinstance(other, yaml.CollectionEndEvent), events)
    items = [_value(events, other, at, depth + 1) for other in inner]
    if isinstance(event, yaml.SequenceStartEvent):
        return items
    value: dict[str, Any] = {}
    for key, item in zip(items[::2], items[1::2], strict=True):
        if not isinstance(key, str | int | float | None):
            raise Syntax("a key is one word.", at)
        name = "null" if key is None else json.dumps(key) if isinstance(key, bool) else str(key)
        if name in value:
            raise Syntax(f"the key {name!r} occurs twice.", at)
        value[name] = item
    return value


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
