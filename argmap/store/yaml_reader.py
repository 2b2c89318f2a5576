"""Read YAML or JSON text into plain data, and keep the place of everything.

    text ──events──► dicts, lists, words
      └──compose──► nodes (with marks): only when something is wrong, or to be told by its place

argmap has its own constructor, because that of YAML converts too much: here a claim called `no`, a date, and an id
such as `007` or `1e5` stay words. Only `null`, `true`, `false` and numbers in their shortest spelling are converted.
It is also quicker, and it has limits: a file of a kilobyte with aliases that grow to a gigabyte is refused, as are
endless nesting, tags and a second document.

JSON is read by Python's own parser; places are computed only when there is a finding.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from sys import intern
from typing import Any, NoReturn

import yaml

from argmap.findings import ArgmapError, Finding, Path, Place, brief, line_column
from argmap.memory import without_collection
from argmap.store.locations import Places, json_nodes

MAX_DEPTH = 100
"""Levels of nesting; a map needs nine."""
_TOO_DEEP = f"this is nested more than {MAX_DEPTH} levels deep"
MAX_NODES = 2_000_000
"""Keys and values in one file; a map of 100,000 claims has as many."""
EXPANSION = 4
"""Times that a document may grow beyond its text by aliases."""

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,299})")
_FLOAT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e[-+][0-9]+)?")
_ALLOWED_TAGS = {"tag:yaml.org,2002:" + word for word in ("str", "map", "seq")}
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Reading:
    """The data in a text."""

    text: str
    file: str
    data: Any
    nodes: Callable[[], yaml.Node | None]
    """Returns the tree of nodes, for places."""
    findings: list[Finding] = field(default_factory=list)
    """Keys that occur twice, of which the data hold the first, and bad syntax, of which they hold nothing."""
    removed: frozenset[str] = frozenset()
    """Keys of the entries that were left out for their bad syntax."""

    @cached_property
    def places(self) -> Places:
        """The places of all values."""
        return Places(self.file, self.nodes)


def read(text: str, file: str) -> Reading:
    """Read a text as JSON where it begins like JSON, else as YAML.

    Raises
    ------
    ArgmapError
        More than the limits above allow, or bad syntax in all of it. Bad syntax in a part of YAML is among the findings of
        the reading, which then lacks that part.
    """
    text = text.removeprefix("\ufeff")
    with without_collection():
        return _read_json(text, file) if text.lstrip()[:1] in ("{", "[") else _read_yaml(text, file)


def scalar(word: str) -> str | int | float | bool | None:
    """Return the value of an unquoted word: YAML 1.2 core schema, but a number only if written as Python writes it.

    >>> [scalar(word) for word in ("12", "0.5", "true", "", "no", "007", "1e5", "1.10", "2005-03-14")]
    [12, 0.5, True, None, 'no', '007', '1e5', '1.10', '2005-03-14']
    """
    if word in _WORDS:
        return _WORDS[word]
    if word[0] in "-0123456789":
        if _INTEGER.fullmatch(word):
            return word if word == "-0" else int(word)
        if _FLOAT.fullmatch(word) and repr(number := float(word)) == word:
            return number
    return word


# --- YAML ----------------------------------------------------------------------------------------------------------


class _RefusedError(Exception):
    """YAML that argmap does not read, at a node."""

    def __init__(self, message: str, node: yaml.Node | None) -> None:
        super().__init__(message)
        self.mark = node.start_mark if node else None


class _UnevenError(Exception):
    """YAML that is not plain."""


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Nodes(_LOADER):  # type: ignore[misc,valid-type]
    """PyYAML's C composer, without guessing types and with a limit on depth."""

    depth = count = 0

    def resolve(self, *_: object) -> str:
        """Return no tag: `scalar` decides what a word means."""
        return ""

    def descend_resolver(self, parent: yaml.Node | None, _index: object) -> None:
        """Count, since the C composer recurses on the C stack and would take the process down."""
        self.depth += 1
        self.count += 1
        if self.depth > MAX_DEPTH:
            raise _RefusedError(_TOO_DEEP, parent)
        if self.count > MAX_NODES:
            raise _RefusedError(f"the file holds more than {MAX_NODES:,} keys and values; split it", parent)

    def ascend_resolver(self) -> None:
        """Count back."""
        self.depth -= 1


def _read_yaml(text: str, file: str) -> Reading:
    try:
        return Reading(text, file, _plain(text), cache(lambda: yaml.compose(text, Loader=_Nodes)))
    except (_UnevenError, yaml.YAMLError):
        pass
    reading = Reading(text, file, None, lambda: None)
    try:
        root = _composed(text, reading)
        reading.nodes = lambda: root
        reading.data = _construct(root, reading) if root else None
    except _RefusedError as error:
        raise ArgmapError([*reading.findings, *_refused(str(error), file, error.mark).findings]) from None
    except yaml.YAMLError:
        wrong = _UNPRINTABLE.search(text)
        place = Place(file, *line_column(text, wrong.start())) if wrong else Place(file)
        name = f"U+{ord(wrong[0]):04X}" if wrong else "this"
        raise ArgmapError(
            Finding("yaml-syntax", "error", f"the character {name} is not allowed in YAML; remove it.", place)
        ) from None
    return reading


def _plain(text: str) -> Any:
    """Build the data of a text in one pass that keeps no nodes, which would fill the memory.

    Raise _UnevenError if a value has an anchor or a tag, a key is there twice or is no word, or the text holds more
    than one document or comes near to a limit.
    """
    event_of = _LOADER(text).get_event
    outer: list[tuple[list[Any], bool]] = []
    items: list[Any] = []
    is_map, ends = False, 0
    for n in range(2 * MAX_NODES + 4):
        event = event_of()
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.anchor or event.tag:
                break
            word = event.value
            if is_map and not len(items) & 1:
                items.append(intern(word))
            else:
                items.append(word if event.style else scalar(word))
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor or event.tag or (is_map and not len(items) & 1) or len(outer) + 2 > MAX_DEPTH:
                break
            outer.append((items, is_map))
            items, is_map = [], kind is yaml.MappingStartEvent
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            made = dict(zip(items[::2], items[1::2], strict=True)) if is_map else items
            if is_map and 2 * len(made) < len(items):
                break
            items, is_map = outer.pop()
            items.append(made)
            ends += 1
        elif kind is yaml.AliasEvent or (kind is yaml.DocumentStartEvent and items):
            break
        elif kind is yaml.StreamEndEvent:
            if n - ends - 3 > MAX_NODES:
                break
            return items[0] if items else None
    raise _UnevenError


def _composed(text: str, reading: Reading) -> yaml.Node | None:
    """Return the nodes of a text; after a syntax error, those of all entries that have none."""
    from argmap.store.yaml_recovery import MOST_CHARACTERS, MOST_ERRORS, without_error

    rest = text
    while True:
        try:
            return yaml.compose(rest, Loader=_Nodes)
        except yaml.MarkedYAMLError as error:
            bad = _bad_yaml(error, rest, reading.file)
            reading.findings += bad.findings
            marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark]
            is_limit = any(finding.rule == "yaml-limits" for finding in bad.findings)
            found = None
            if marks and not is_limit and len(text) <= MOST_CHARACTERS and len(reading.findings) < MOST_ERRORS:
                found = without_error(rest, marks, _stops_at)
            if found is None:
                raise ArgmapError(reading.findings) from None
            rest, entry = found
            reading.removed |= {entry.key} - {""}


def _stops_at(text: str) -> int | None:
    """Return the line, from 0, at which the parser stops; None if it reads the whole text."""
    try:
        yaml.compose(text, Loader=_Nodes)
    except yaml.MarkedYAMLError as error:
        # Words whose quotation mark is not closed end with the file, and begin where the mistake is.
        is_open = error.problem == "found unexpected end of stream"
        mark = (error.context_mark if is_open else None) or error.problem_mark or error.context_mark
        return int(mark.line) if mark else 0
    except (_RefusedError, yaml.YAMLError):
        return 0
    return None


def _construct(root: yaml.Node, reading: Reading) -> Any:
    """Build plain data from nodes. Keys are always strings."""
    budget = EXPANSION * len(reading.text) + 10_000
    spent = 0
    scalar_node, sequence_node = yaml.ScalarNode, yaml.SequenceNode
    twice: dict[int, tuple[yaml.Node, list[yaml.Node]]] = {}

    def build(node: yaml.Node, depth: int) -> Any:
        nonlocal spent
        if node.tag and node.tag not in _ALLOWED_TAGS:
            raise _RefusedError(
                f"the tag {brief(node.tag.replace('tag:yaml.org,2002:', '!!'))} is not read; write plain values", node
            )
        value = node.value
        spent += 1 + len(value)
        if spent > budget:
            raise _RefusedError("the aliases here would multiply the file; write the values out", node)
        if type(node) is scalar_node:
            return value if node.style or node.tag else scalar(value)
        if depth > MAX_DEPTH:
            raise _RefusedError("an alias here contains itself", node)
        if type(node) is sequence_node:
            return [build(item, depth + 1) for item in value]
        made: dict[str, Any] = {}
        doubled: list[yaml.Node] = []
        for key, item in value:
            if type(key) is not scalar_node:
                raise _RefusedError("a key must be a word, not a list or a mapping", key)
            if key.value in made:
                doubled.append(key)
                continue
            made[key.value] = build(item, depth + 1)
        if doubled:
            twice[id(node)] = node, doubled
        return made

    data = build(root, 0)
    if twice:
        for path, node in _mappings(root):
            if id(node) in twice:
                reading.findings += _twice(path, reading.file, *twice.pop(id(node)))
    return data


def _twice(path: Path, file: str, mapping: yaml.Node, doubled: list[yaml.Node]) -> Iterator[Finding]:
    """Yield a finding for each repeated key, with both places."""
    first = {key.value: key for key, _ in reversed(mapping.value)}
    for key in doubled:
        yield _twice_at(path, key.value, _place(file, first[key.value]), _place(file, key))


def _twice_at(path: Path, key: str, first: Place, second: Place) -> Finding:
    of_ids = path and path[-1] in ("claims", "sources", "speakers", "issues", "scale")
    return Finding(
        "duplicate-id" if of_ids else "duplicate-key",
        "error",
        f'"{brief(key)}" is here for the second time; the first is in line {first.line}.',
        Place(second.file, second.line, second.column, (*path, key)),
        "Give one of them another id." if of_ids else "Keep one of them.",
    )


def _mappings(root: yaml.Node) -> Iterator[tuple[Path, yaml.Node]]:
    """Yield each mapping once, with the keys and indices that lead to it, in the order of the text."""
    open_: list[tuple[yaml.Node, Path]] = [(root, ())]
    seen: set[int] = set()
    while open_:
        node, path = open_.pop()
        if id(node) in seen or isinstance(node, yaml.ScalarNode):
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            yield path, node
            below = [(value, (*path, key.value)) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
        else:
            below = [(item, (*path, n)) for n, item in enumerate(node.value)]
        open_ += reversed(below)


def _bad_yaml(error: yaml.MarkedYAMLError, text: str, file: str) -> ArgmapError:
    problem = error.problem or "this is not YAML"
    if "another document" in problem:
        return _refused("a file holds one document; take out this `---` and what follows", file, error.problem_mark)
    if "maximum nesting depth" in problem:  # newer libyaml has a limit of its own, which it meets first in flow style
        return _refused(_TOO_DEEP, file, error.problem_mark or error.context_mark)
    said = _SAID.get(problem, problem)
    if error.problem_mark and text[error.problem_mark.index : error.problem_mark.index + 1] == "\t":
        said = "there is a tab; indent with spaces"
    is_open = problem == "found unexpected end of stream" and error.context_mark
    place = _mark(file, error.context_mark if is_open else error.problem_mark or error.context_mark)
    context = f" {error.context}" if error.context and problem not in _SAID else ""
    return ArgmapError(Finding("yaml-syntax", "error", f"{said}{context}.", place))


_SAID = {
    "found undefined alias": "`*` at the start of a value refers to an anchor (`&`), which is not there; put the words in quotes",
    "mapping values are not allowed in this context": 'a `:` too many; put the words in quotes ("…") or check the indent',
    "found character that cannot start any token": "a value cannot begin with this character; put the words in quotes",
    "did not find expected key": "a key (`name: value`) was expected here; check the indent and the quotation marks above",
    "could not find expected ':'": "a `:` after the key was expected here; check the indent and the quotation marks above",
    "found unexpected end of stream": "the quotation mark here is not closed",
    "did not find expected ',' or ']'": "a `,` or `]` was expected here",
    "did not find expected ',' or '}'": "a `,` or `}` was expected here",
    "did not find expected node content": "a value was expected here",
}
"""Messages of libyaml, reworded to say what to do."""


def _refused(message: str, file: str, mark: yaml.Mark | None) -> ArgmapError:
    return ArgmapError(Finding("yaml-limits", "error", f"{message}.", _mark(file, mark)))


def _mark(file: str, mark: yaml.Mark | None) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


def _place(file: str, node: yaml.Node) -> Place:
    return _mark(file, node.start_mark)


# --- JSON ----------------------------------------------------------------------------------------------------------


def _read_json(text: str, file: str) -> Reading:
    reading = Reading(text, file, None, cache(lambda: json_nodes(text, file)))
    doubled = False

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal doubled
        doubled = doubled or len({key for key, _ in items}) < len(items)
        return dict(items)

    try:
        reading.data = json.loads(text, object_pairs_hook=pairs, parse_constant=_no_number, parse_float=_finite)
        _check_depth(reading.data, 0)
        if "\\u" in text:
            json.dumps(reading.data, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        place = Place(file, error.lineno, error.colno)
        ours = file.lower().endswith((".json", ".yaml", ".yml")) or file.startswith("<")
        hint = None if ours else "Is it in another format? `argmap.read` takes all of them."
        message = f"{error.msg[0].lower()}{error.msg[1:]}."
        raise ArgmapError(Finding("json-syntax", "error", message, place, hint)) from None
    except RecursionError:
        raise ArgmapError(Finding("json-limits", "error", f"{_TOO_DEEP}.", Place(file))) from None
    except UnicodeEncodeError:
        message = "half of a surrogate pair (\\ud800 to \\udfff) is not a character; write the whole pair."
        raise ArgmapError(Finding("json-syntax", "error", message, Place(file))) from None
    except ValueError as error:
        raise ArgmapError(Finding("json-syntax", "error", f"{error}.", Place(file))) from None
    if doubled:
        reading.findings += _json_twice(reading.places.root, file)
    return reading


def _json_twice(root: yaml.Node | None, file: str) -> list[Finding]:
    """Return a finding for each repeated key."""
    found = []
    open_: list[tuple[yaml.Node, Path]] = [(root, ())] if root else []
    while open_:
        node, path = open_.pop()
        if isinstance(node, yaml.MappingNode):
            first: dict[str, yaml.Node] = {}
            for key, value in node.value:
                if key.value in first:
                    found.append(_twice_at(path, key.value, _place(file, first[key.value]), _place(file, key)))
                first.setdefault(key.value, key)
                open_.append((value, (*path, key.value)))
        elif isinstance(node, yaml.SequenceNode):
            open_ += [(item, (*path, n)) for n, item in enumerate(node.value)]
    return found


def _check_depth(data: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(data, dict):
        data = data.values()
    elif not isinstance(data, list):
        return
    for item in data:
        if isinstance(item, dict | list):
            _check_depth(item, depth + 1)


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number in JSON")


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(f"{word} is too large a number")
    return number
