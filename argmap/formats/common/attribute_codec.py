"""Values as one line of plain text, for formats that hold nothing else: attributes, cells, notes.

A text stays as it is, so that people can read it. Other values become JSON, and so do the few texts that would not
survive: an empty one, one with a line break, and one that begins as JSON does.
"""

from __future__ import annotations

import json
import re
from typing import Any

from argmap.schemes import canonical

_UNPLAIN = re.compile('^$|^["\\[{]|^\\s|\\s$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]')
UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that are not shown, and that XML cannot hold or a terminal obeys."""


def encode(value: Any) -> str | int | float | bool:
    r"""Make an attribute of a value; `decode` gives the value back.

    >>> [encode(value) for value in ("plain", "", '"Yes"', ["a"], 3, "a\nb")]
    ['plain', '""', '"\\"Yes\\""', '["a"]', 3, '"a\\nb"']
    """
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, str) and not _UNPLAIN.search(value):
        return value
    text = json.dumps(value, ensure_ascii=False)
    return json.dumps(value) if UNSHOWN.search(text) else text


def decode(value: Any) -> Any:
    r"""Return the value that `encode` made an attribute of.

    >>> [decode(value) for value in ("plain", '""', '["a"]', 3, "[1] says so")]
    ['plain', '', ['a'], 3, '[1] says so']
    """
    if isinstance(value, str) and value[:1] in ('"', "[", "{"):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def encode_scheme(name: str) -> str:
    """Make an attribute of a scheme: in quotes if the list of schemes spells it otherwise.

    >>> [encode_scheme(name) for name in ("cause to effect", "CauseToEffect", "my own")]
    ['cause to effect', '"CauseToEffect"', 'my own']
    """
    attribute = str(encode(name))
    return json.dumps(name, ensure_ascii=False) if attribute == name != canonical(name) else attribute


def decode_scheme(attribute: str) -> str | None:
    """Return the scheme that an attribute names: in quotes as it stands, else as the list of schemes spells it.

    >>> [decode_scheme(text) for text in ('"CauseToEffect"', "CauseToEffect", "my own", "Default Inference")]
    ['CauseToEffect', 'cause to effect', 'my own', None]
    """
    value = decode(attribute)
    return value if value != attribute and isinstance(value, str) else canonical(attribute) or None
