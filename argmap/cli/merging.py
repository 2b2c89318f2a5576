"""`argmap merge`: several people's maps of one text into one. `argmap git-merge`: two revisions, for git."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import inputs
from argmap.findings import ArgmapError
from argmap.text_tools import counted

if TYPE_CHECKING:
    from argmap.model import Map

CONFLICTS, UNREADABLE = 1, 2
FIGURES = ("claims_argmap", "alpha", "kappa", "cass", "kind")
"""Figures of agreement that are printed; `argmap diff --agreement` prints all and explains them."""


def run(specs: Sequence[str], read_as: str | None, out: Path | None) -> None:
    """Merge maps, write the result with comments where people differ, and print figures of agreement."""
    from argmap import store, text_file
    from argmap.diff.merges import merge, written

    if out is not None and str(out) != "-" and out.exists():
        raise ArgmapError(f"{out}: is there already, and is not overwritten")
    maps = [inputs.read(spec, read_as) for spec in specs]
    merged = merge(maps, [Path(spec).stem if spec != "-" else "stdin" for spec in specs])
    to_stdout = out is None or str(out) == "-"
    if out is None or to_stdout:
        click.echo(written(merged), nl=False)
    else:
        merged.map = store.settled(_from_there(merged.map, Path(specs[0]), out), out)
        text_file.write(out, written(merged))
    click.echo(
        f"{'-' if to_stdout else out}: {counted(merged.shared, 'claim')} seen by all, {merged.alone} suggested as seen by some, "
        f"{counted(merged.differing, 'difference')} noted",
        err=True,
    )
    for each in merged.agreements:
        figures = ", ".join(f"{name} {_shown(each.value(name))}" for name in FIGURES)
        click.echo(f"agreement of {each.before.id} and {each.after.id}: {figures}", err=True)


def _from_there(map_: Map, first: Path, out: Path) -> Map:
    """Write the paths of texts and codebook as seen from the new file."""
    import os

    from argmap.model import replace

    def moved(path: str | None) -> str | None:
        return None if path is None else Path(os.path.relpath(first.parent / path, out.parent)).as_posix()

    sources = {key: source.model_copy(update={"path": moved(source.path)}) for key, source in map_.sources.items()}
    return replace(map_, sources=sources, codebook=moved(map_.codebook))


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def run_for_git(base: str, ours: str, theirs: str, name: str) -> int:
    """Merge two revisions of a file into `ours`, as git's merge driver; return the exit code.

    Claims and relations are merged one by one, and comments and layout of `ours` stay. Where both sides changed one value
    differently, or a file has errors, git merges line by line, with its marks.
    """
    from argmap import store

    try:
        texts = [Path(path).read_text("utf-8") for path in (base, ours, theirs)]
        kind = type(store.open_any(name, texts[1]).value)
        values = [store.parse(text, name, kind).value for text in texts]
        data = [store.to_data(value) for value in values]
        merged = kind.model_validate(store.merged(data[0], data[2], data[1]))
    except store.ConflictError as conflict:
        at = "/".join(map(str, conflict.path))
        click.echo(f"{name}: {at} is {conflict.ours} here and {conflict.theirs} there", err=True)
        return _line_by_line(base, ours, theirs)
    except (ArgmapError, OSError, ValueError) as error:
        click.echo(f"{name}: merged line by line, because {' '.join(str(error).split())[:300]}", err=True)
        return _line_by_line(base, ours, theirs)
    store.save(merged, ours)
    lost = _lost_ends(merged)
    if lost:
        click.echo(f"{name}: one side removed what the other relates to: {', '.join(lost)}", err=True)
    return CONFLICTS if lost else 0


def _lost_ends(merged: object) -> list[str]:
    """List the ends of relations that are no longer in a merged map."""
    from argmap.model import Map

    if not isinstance(merged, Map):
        return []
    known = {*merged.claims, *(relation.id for relation in merged.relations)}
    ends = [*merged.theses, *(end for r in merged.relations for end in (r.target, *r.by) if end)]
    return sorted({end for end in ends if end not in known})


def _line_by_line(base: str, ours: str, theirs: str) -> int:
    """Let git merge the lines, with its conflict marks."""
    import subprocess

    command = ["git", "merge-file", "-L", "ours", "-L", "base", "-L", "theirs", ours, base, theirs]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - git calls this command
    if done.stderr:
        click.echo(done.stderr.strip(), err=True)
    return min(done.returncode, 127) if done.returncode >= 0 else UNREADABLE
