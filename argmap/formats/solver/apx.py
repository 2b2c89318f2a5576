"""Read and write APX. Described in apx.md."""

from __future__ import annotations

import re

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.loss import one_line
from argmap.formats.common.reader_support import lines_of
from argmap.formats.solver.framework_map import Builder, comments
from argmap.ids import FreeNames
from argmap.model import Map

_STATEMENT = re.compile(r"(\w{1,20})\(([^()]*)\)\s?\.")
_CONSTANT = re.compile(r"[a-z0-9]\w*", re.ASCII)
_NO_LETTER = re.compile(r"\W", re.ASCII)
_TYPES = {"att": "attack", "support": "support"}
_WORDS = {type_: word for word, type_ in _TYPES.items()}

carried = one_line


def read(content: Content) -> Reading:
    """Read the map of a framework."""
    build = Builder(content)
    ties: list[tuple[str, str, str, int]] = []
    seen = False
    for n, line in enumerate(lines_of(content), 1):
        code, end = line.partition("%")[0], 0
        for found in _STATEMENT.finditer(code):
            build.not_read(code[end : found.start()], n)
            end = found.end()
            word, names = found[1], [name.strip() for name in found[2].split(",")]
            if word == "arg" and len(names) == 1 and names[0]:
                build.argument(names[0], n)
                seen = True
            elif word in _TYPES and len(names) == 2:
                ties.append((_TYPES[word], *names, n))  # type: ignore[arg-type]
            else:
                build.not_read(found[0], n)
        build.not_read(code[end:], n)
    if not seen:
        raise ArgmapError(Finding("unreadable", "error", "not APX: no `arg(…).`", Place(content.name)))
    for type_, source, target, n in ties:
        build.relation(type_, source, target, n)
    return build.reading()


def write(map_: Map) -> str:
    """Write the attacks and supports between two claims."""
    free = FreeNames()
    names = {
        c: free.name(c if _CONSTANT.fullmatch(c) else f"c_{_NO_LETTER.sub('_', c)}", sign="_") for c in map_.claims
    }
    ties = [f"{_WORDS[r.type]}({names[r.by[0]]},{names[r.target or '']})." for r in map_.relations]
    return "\n".join([*comments(map_, names, "%"), *(f"arg({name})." for name in names.values()), *ties, ""])
