"""Find the span of each value in a YAML text, for `splice`.

PyYAML's marks end a block where the next value begins. Here a value ends at its last visible character, so that
comments and blank lines lie between values, and stay there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from argmap.store.locations import json_nodes
from argmap.store.yaml_reader import scalar

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class YamlValue:
    """A value in a text, from its first character to its last."""

    sort: Literal["words", "keys", "list", "alias"]
    start: int
    end: int
    flow: bool = False
    """It is written `{…}` or `[…]`."""
    mark: str | None = None
    """The style of a scalar: `'`, `"`, `|`, `>`, or empty for plain."""
    keys: list[YamlValue] = field(default_factory=list)
    """The keys, for `keys`."""
    values: list[YamlValue] = field(default_factory=list)
    """The values under the keys, or the items of a list."""

    def word(self, text: str) -> str:
        """Return a key as it reads."""
        written = text[self.start : self.end]
        return str(yaml.safe_load(written)) if self.mark else written


def yaml_tree(text: str) -> YamlValue | None:
    """Return the tree of a text that is known to be a YAML document within the limits of `yaml_reader`."""
    open_: list[YamlValue] = []
    root: YamlValue | None = None
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionEndEvent):
            closed = open_.pop()
            if closed.sort == "keys":
                closed.keys, closed.values = closed.values[::2], closed.values[1::2]
            last = closed.values[-1:] or closed.keys[-1:]
            first = closed.keys[:1] or closed.values[:1]
            if closed.sort == "keys" and first and not closed.flow:
                closed.start = head_of_key(first[0], text)  # behind an anchor
            closed.end = last[0].end if last and not closed.flow else _index(event.end_mark)
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        spot = _spot(event, text)
        if open_:
            open_[-1].values.append(spot)
        root = root or spot
        if isinstance(event, yaml.CollectionStartEvent):
            open_.append(spot)
    return root


def head_of_key(key: YamlValue, text: str) -> int:
    """Return where an entry begins: at its key, or at the `?` before it."""
    before = text[text.rfind("\n", 0, key.start) + 1 : key.start].rstrip()
    return text.rfind("?", 0, key.start) if before.endswith("?") else key.start


def _spot(event: yaml.NodeEvent, text: str) -> YamlValue:
    start, end = _index(event.start_mark), _index(event.end_mark)
    if isinstance(event, yaml.AliasEvent):
        return YamlValue("alias", start, end)
    if isinstance(event, yaml.ScalarEvent):
        # The marks of `|` and `>` reach over the blank lines below.
        end = len(text[start:end].rstrip()) + start
        start = _behind_anchor(text, start, end)
        return YamlValue("words", start, end, mark=event.style or "")
    flow = bool(event.flow_style)  # type: ignore[attr-defined]
    start = _behind_anchor(text, start, end) if flow else start
    return YamlValue("keys" if isinstance(event, yaml.MappingStartEvent) else "list", start, end, flow)


def _behind_anchor(text: str, start: int, end: int) -> int:
    """Return where a value begins behind its anchor and tag."""
    while text[start : start + 1] in ("&", "!"):
        start = _end_of_mark(text, start)
    return min(start, end)


def _end_of_mark(text: str, start: int) -> int:
    """Return where an anchor or a tag ends, with the blanks behind it."""
    found = _MARK.match(text, start)
    return found.end() if found else start


_MARK = re.compile(r"[&!][^\s,\[\]{}]*\s*")


def comments(text: str, root: YamlValue) -> list[tuple[int, str]]:
    """Return every comment of a text, with its place."""
    found: list[tuple[int, str]] = []
    at = 0
    for value in sorted(_scalars(root), key=lambda value: value.start):
        found += [(each.start(), each[0].rstrip()) for each in _COMMENT.finditer(text, at, value.start)]
        at = max(at, value.end)
        if value.mark in ("|", ">") and (header := header_comment(text, value)):
            found.append((value.start, header))
    return found + [(each.start(), each[0].rstrip()) for each in _COMMENT.finditer(text, at)]


_COMMENT = re.compile(r"(?:(?<=\s)|\A)#[^\n]*")


def header_comment(text: str, value: YamlValue) -> str:
    """Return the comment behind the `|` or `>` of a value."""
    line = text[value.start : max(text.find("\n", value.start, value.end), value.start)]
    return line[line.index("#") :].rstrip() if value.mark in ("|", ">") and "#" in line else ""


def _scalars(root: YamlValue) -> Iterator[YamlValue]:
    open_ = [root]
    while open_:
        value = open_.pop()
        if value.sort in ("words", "alias"):
            yield value
        open_ += value.keys
        open_ += value.values


def aliases(text: str) -> Iterator[tuple[int, int, str, Any]]:
    """Yield each anchor (start, end, name, None) and each alias (start, end, name, its plain value), in order."""
    values: dict[str, Any] = {}
    open_: list[tuple[str | None, bool, list[Any]]] = []
    for event in yaml.parse(text, Loader=_Loader):
        value: Any
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, is_map, parts = open_.pop()
            value = dict(zip(parts[::2], parts[1::2], strict=True)) if is_map else parts
        elif isinstance(event, yaml.AliasEvent):
            anchor, value = None, values.get(str(event.anchor))
            yield _index(event.start_mark), _index(event.end_mark), str(event.anchor), value
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            anchor = event.anchor
            if anchor:
                start = text.index(f"&{anchor}", _index(event.start_mark))
                yield start, _end_of_mark(text, start), anchor, None
            if isinstance(event, yaml.CollectionStartEvent):
                open_.append((anchor, isinstance(event, yaml.MappingStartEvent), []))
                continue
            value = event.value if event.style else scalar(event.value)
        else:
            continue
        if anchor:
            values[anchor] = value
        if open_:
            open_[-1][2].append(value)


def json_tree(text: str) -> YamlValue | None:
    """Return the tree of a text that is known to be JSON."""
    root = json_nodes(text, "")
    return None if root is None else _from_node(root)


def _from_node(node: yaml.Node) -> YamlValue:
    start, end = _index(node.start_mark), _index(node.end_mark)
    if isinstance(node, yaml.MappingNode):
        keys, values = [_from_node(key) for key, _ in node.value], [_from_node(value) for _, value in node.value]
        return YamlValue("keys", start, end, True, None, keys, values)
    if isinstance(node, yaml.SequenceNode):
        return YamlValue("list", start, end, True, None, [], [_from_node(item) for item in node.value])
    return YamlValue("words", start, end, mark='"' if getattr(node, "style", None) == '"' else "")


def _index(mark: Any) -> int:
    """Return an offset in the text; events of a text always have marks."""
    return int(mark.index)
