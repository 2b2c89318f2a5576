r"""Spell words, tags and data so that Argdown reads them back as they are.

p<0.05 and [so] on      →  p\<0.05 and \[so] on
{"note": "see }"}       →  {note: "see \u007d"}
"""

from __future__ import annotations

import json
import re
from typing import Any

from argmap.formats.argdown.metadata import load
from argmap.formats.argdown.syntax import BLANKS, LINE_END, SHORTCODES, SPACE, UNTITLED, Syntax

_NOT_HEARD = frozenset(
    {"constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf"}
    | {"__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"}
)
"""Names that every JavaScript object has: as titles they stop Argdown."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_SIGN = re.compile(rf"[\\\[<{{]|/(?=[/*])|=(?===)|(?<==)=(?==)|(?<===)=|[*_](?![{SPACE}])|\#(?! |\Z)")
_FIRST = re.compile(r"[' ]*(?:[+\-><*_]|\(\d|#+(?: |\Z))")
_NUMBERED = re.compile(rf"([' ]*[0-9]+)\.(?=[{SPACE}]|\Z)")
_SHORTCODE = re.compile(rf"\\. *|\.[^{SPACE}]+?\.|:[^{SPACE}]+?:")
_TAG_WORD = re.compile(r"[a-zA-Z0-9\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]+")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*(?: [A-Za-z0-9_\-]+){0,5}")
_RESERVED = re.compile(r"(?i:true|false|null|yes|no|on|off|y|n)")
_GUARDED = re.compile(r"[\]}>\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|(?<==)=(?==)")
"""Characters in quotes that would end the data or a title before it, or that YAML cannot hold."""


def visible(text: str) -> str:
    """Reduce a text to what one line of Argdown can show: single blanks, no control characters."""
    return BLANKS.sub(" ", _CONTROL.sub("", text)).strip(" ")


def escape(text: str) -> str:
    r"""Escape a visible text so that each character stands for itself anywhere in a line.

    >>> escape("p<0.05, we [really] mean *it* :heart:")
    'p\\<0.05, we \\[really] mean \\*it* \\:heart:'
    >>> escape("1. no list"), escape("- no attack"), escape("a.b.c")
    ('1\\. no list', '\\- no attack', 'a.b.c')
    """
    text = _SIGN.sub(r"\\\g<0>", text)
    if _FIRST.match(text):
        text = "\\" + text
    if numbered := _NUMBERED.match(text):
        text = f"{numbered[1]}\\.{text[numbered.end() :]}"
    pieces, at = [], 0
    while found := _SHORTCODE.search(text, at):
        sign, end = found[0], found.end()
        if sign[0] != "\\" and (sign in SHORTCODES or "\\" in sign):
            end = found.start() + 1
            pieces.append(text[at : found.start()] + "\\" + sign[0])
        else:
            pieces.append(text[at:end])
        at = end
    return "".join(pieces) + text[at:]


def is_title(title: object, *, argument: bool) -> bool:
    """Tell if `[title]` or `<title>` can be written and read back."""
    if not isinstance(title, str) or not title or title[0] == "-" or title.startswith("!--"):
        return False
    if UNTITLED.fullmatch(title) or title in _NOT_HEARD:
        return False
    return (">" if argument else "]") not in title and not any(char in title for char in LINE_END)


def is_rule(rule: str) -> bool:
    """Tell if a rule of inference can be written between dashes and read back."""
    return bool(rule) and rule == visible(rule) and not any(char in rule for char in LINE_END)


def rule(words: str) -> str:
    """Spell a rule of inference."""
    return escape(words).replace(",", "\\,").replace("--", "\\-\\-")


def tag(word: str) -> str | None:
    """Spell a tag; `None` for a word that cannot be one."""
    if _TAG_WORD.fullmatch(word):
        return f"#{word}"
    if not word or ")" in word or word != visible(word) or any(char in word for char in LINE_END):
        return None
    return f"#({word})"


def flow(value: Any) -> str:
    r"""Spell a value on one line of YAML that holds no comment, no title and no early end.

    >>> flow({"uses": [1, 2], "note": "see }"})
    '{uses: [1, 2], note: "see \\u007d"}'
    """
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
    """Spell a mapping with one key per line; what is deeper than two mappings stands on one line."""
    lines = []
    for key, item in value.items():
        if isinstance(item, dict) and item and len(indent) < 4:
            lines.append(f"{indent}{flow(str(key))}:\n{block(item, indent + '  ')}")
        else:
            lines.append(f"{indent}{flow(str(key))}: {flow(item)}\n")
    return "".join(lines)


def fits(value: dict[str, Any]) -> bool:
    """Tell if data can be written and read back."""
    try:
        return bool(load(flow(value)) == value)
    except (Syntax, TypeError, RecursionError):
        return False
