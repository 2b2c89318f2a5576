"""Read and write `p af`, the format of ICCMA 2023. Described in iccma23.md."""

from __future__ import annotations

from argmap.findings import ArgmapError, Finding, Place
from argmap.formats.common.format import Content, Reading
from argmap.formats.common.loss import one_line
from argmap.formats.common.reader_support import lines_of
from argmap.formats.solver import HEAD
from argmap.formats.solver.framework_map import Builder, comments
from argmap.model import Map

MOST_ARGUMENTS = 2_000_000

carried = one_line


def read(content: Content) -> Reading:
    """Read the map of a framework."""
    build = Builder(content)
    head = False
    for n, line in enumerate(lines_of(content), 1):
        parts = line.partition("#")[0].split()
        if not head and (found := HEAD.fullmatch(line)):
            head = True
            if int(found[1]) > MOST_ARGUMENTS:
                message = f"more than {MOST_ARGUMENTS:,} arguments: too many for one map."
                raise ArgmapError(Finding("too-large", "error", message, Place(content.name, n)))
            for number in range(1, int(found[1]) + 1):
                build.argument(str(number), n)
        elif head and len(parts) == 2:
            build.relation("attack", parts[0], parts[1], n)
        else:
            build.not_read(" ".join(parts), n)
    if not head:
        raise ArgmapError(Finding("unreadable", "error", "not ICCMA 2023: no line `p af N`.", Place(content.name)))
    return build.reading()


def write(map_: Map) -> str:
    """Write the attacks between two claims."""
    names = {claim_id: str(n) for n, claim_id in enumerate(map_.claims, 1)}
    ties = [f"{names[r.by[0]]} {names[r.target or '']}" for r in map_.relations]
    return "\n".join([f"p af {len(names)}", *comments(map_, names, "#"), *ties, ""])
