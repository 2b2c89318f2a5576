"""`argmap diff`: read both maps and their alignment, compare, and print or draw."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from argmap.cli import inputs, output
from argmap.findings import ArgmapError


def run(
    before: str,
    after: str,
    *,
    read_as: str | None,
    alignment: str | None,
    style: str,
    picture: str,
    quotes: bool,
    noise: tuple[str, str] | None,
    sensitivity: bool = False,
    by: Any = None,
    arguments: bool = False,
    semantic: str | None = None,
    download: bool = False,
    out: Path | None,
    **looks: Any,
) -> bool:
    """Compare two maps, print or draw the result, and say whether they differ."""
    from argmap.diff import compare, timeline

    alone = {"--noise": noise, "--sensitivity": sensitivity, "--arguments": arguments}
    if by and (other := next((name for name, value in alone.items() if value), None)):
        raise ArgmapError(f"{other} looks at whole maps; leave out --by {by}")
    left, right = inputs.read(before, read_as), inputs.read(after, read_as)
    aligned = inputs.alignment(alignment, before, after)
    embed = None
    if semantic:
        from argmap.diff import embedder

        embed = embedder(semantic, download=download)
    if by:
        from argmap.cli import speaking

        return speaking.diffs(left, right, by, style, out, alignment=aligned, embed=embed, quotes=quotes)
    found = compare(left, right, aligned, embed=embed)
    if noise:
        from argmap.diff import agreement as measure
        from argmap.diff import with_noise

        found = with_noise(found, measure(*map(inputs.read, noise)))
    if sensitivity:
        output.sensitivity(found, style)
        return False
    if arguments:
        output.arguments(left, right, found, style)
        return False
    if not output.is_picture(out):
        output.diff(found, style, quotes, out)
    elif output.draws(picture) == "timeline":
        output.picture(timeline([left, right], [aligned] if aligned else []), out, picture=picture, **looks)
    else:
        output.picture(found, out, picture=picture, before=left, after=right, **looks)
    return not found.empty
