"""Find the place of a value in its file, only when a finding needs it.

A path has the names of the model (`claims`, `x`, `quotes`, 0, `exact`); a file may be shorter (`quote: "…"`).
So a step is followed even if the file has it under another name or leaves it out:

    path   ("relations", 3, "target")        file   - support: near-equals
    path   ("claims", "x", "quotes", 0)      file   quote: "the words"
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import yaml

from argmap.findings import Path, Place

ALSO: dict[str, tuple[str, ...]] = {
    "quotes": ("quote",),
    "quote": ("quotes",),
    "target": ("support", "attack", "rephrase"),
    "from_": ("from",),
    "version": ("argmap-codebook", "argmap-alignment"),
}
"""Other names under which files have a field."""

_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[{}\[\]]|[^\s{}\[\]:,"]+')


class Places:
    """The places of one file."""

    def __init__(
        self, file: str, nodes: Callable[[], yaml.Node | None], order: Mapping[str, Sequence[int]] | None = None
    ) -> None:
        self.file = file
        self.nodes = nodes
        self.order = order or {}
        """The places in the file of the items of a list from which some were left out."""
        self._keys: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = {}

    @cached_property
    def root(self) -> yaml.Node | None:
        """The tree of nodes, which is large: it is made when a place is asked for."""
        return self.nodes()

    def of(self, at: Path, *, key: bool = False) -> Place:
        """Return the place of the value at a path (with `key`: of its key), or of the nearest thing around it.

        `Place.at` is the path as the file writes it. For a path into an alias, the place is that of the anchor.
        """
        if self.root is None:
            return Place(self.file, 1, 1, at)
        if len(at) > 1 and at[0] in self.order and isinstance(at[1], int):
            at = (at[0], self.order[str(at[0])][at[1]], *at[2:])
        node = spot = self.root
        way: Path = ()
        for n, step in enumerate(at):
            found = self._step(node, step)
            if found is None:
                way += at[n:]
                break
            taken, name, node = found
            spot = name if key and name else node
            way += taken
        mark = spot.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1, way)

    def _step(self, node: yaml.Node, step: str | int) -> tuple[Path, yaml.Node | None, yaml.Node] | None:
        """Follow one step: return it as the file writes it, with the key and the value."""
        if isinstance(node, yaml.MappingNode):
            # A map of thousands of claims may have a finding for each.
            keys = self._keys.get(id(node))
            if keys is None:
                keys = self._keys[id(node)] = {name.value: (name, value) for name, value in reversed(node.value)}
            for name in (str(step), *ALSO.get(str(step), ())):
                if name in keys:
                    return (name,), *keys[name]
        elif isinstance(node, yaml.SequenceNode):
            fits = isinstance(step, int) and step < len(node.value)
            return ((step,), None, node.value[step]) if fits else None
        # One value where a list is allowed, or words where a quote may have more fields.
        stays = step == 0 or (step in ("exact", "label") and isinstance(node, yaml.ScalarNode))
        return ((), None, node) if stays else None


def json_nodes(text: str, file: str) -> yaml.Node | None:
    """Return the nodes of a text that is known to be JSON."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def mark(index: int) -> yaml.Mark:
        line = bisect_right(starts, index) - 1
        return yaml.Mark(file, index, line, index - starts[line], None, 0)

    root: yaml.Node | None = None
    open_: list[tuple[yaml.Node, list[yaml.Node]]] = []
    for match in _JSON_TOKEN.finditer(text):
        word, begin, end = match[0], mark(match.start()), mark(match.end())
        if word in "}]":
            node, items = open_.pop()
            node.value = list(zip(items[::2], items[1::2], strict=True)) if word == "}" else items
            node.end_mark = end
            continue
        made: yaml.Node
        if word == "{":
            made = yaml.MappingNode("", [], begin, end)
        elif word == "[":
            made = yaml.SequenceNode("", [], begin, end)
        else:
            made = yaml.ScalarNode("", json.loads(word) if word[0] == '"' else word, begin, end, style=word[0])
        if open_:
            open_[-1][1].append(made)
        root = root or made
        if word in "{[":
            open_.append((made, []))
    return root
