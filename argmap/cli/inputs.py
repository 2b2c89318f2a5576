"""What an argument of the command line names: a file of any format, standard input, a revision in git, an alignment."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.finding import ArgmapError

if TYPE_CHECKING:
    from argmap.model import Alignment, Map

GIT_SECONDS = 30


def read(spec: str, read_as: str | None = None, **options: Any) -> Map:
    """The map that `spec` names: a file, `-`, or REVISION:FILE of the git repository at hand.

    What a file of another format has that is irregular is told on standard error, and the map goes on.

    Raises
    ------
    ArgmapError
        When there is no map to be had.
    """
    from argmap import formats
    from argmap.formats.format import MAX_BYTES, decoded

    if spec == "-":
        content = decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "<stdin>")
        reading = formats.examine_content(content, read_as, options)
    elif ":" in spec and not Path(spec).exists():
        return _from_git(spec, read_as)
    else:
        reading = formats.examine(spec, read_as, **options)
    for finding in reading.findings:
        click.echo(finding, err=True)
    return reading.map


def alignment(path: str | None, before: str, after: str) -> Alignment | None:
    """The alignment file named, or else the one beside the maps that names them both; `None` when there is none."""
    from argmap import store

    if path is not None:
        return store.load_alignment(path)
    found = beside(before, after)
    if found is None:
        return None
    click.echo(f"alignment: {found}", err=True)
    return store.load_alignment(found)


def alignments_between(specs: Sequence[str]) -> list[Alignment | None]:
    """The alignments of each two neighbours, where there are files for them."""
    return [alignment(None, before, after) for before, after in pairwise(specs)]


def beside(before: str, after: str) -> Path | None:
    """The alignment file in the folder of `after` that names both maps."""
    from argmap import store

    if not (Path(before).is_file() and Path(after).is_file()):
        return None
    wanted = Path(before).resolve(), Path(after).resolve()
    for path in sorted(Path(after).parent.glob("*.y*ml")):
        try:
            if store.kind_of(path) != "alignment":
                continue
            named = store.load_alignment(path)
        except ArgmapError:
            # A broken file beside the maps is `check`'s to report, not a reason to stop comparing.
            continue
        if ((path.parent / named.before).resolve(), (path.parent / named.after).resolve()) == wanted:
            return path
    return None


def _from_git(spec: str, read_as: str | None) -> Map:
    """A map as it was at a revision, with the codebook and texts that it had then."""
    from argmap import formats

    revision, _, path = spec.partition(":")
    if revision.startswith("-") or not path:
        raise ArgmapError(f"{spec}: no such file, and not REVISION:FILE either")
    listed = _git("ls-tree", "-r", "--name-only", "--full-tree", "-z", revision, error=spec).split(b"\0")
    top = Path(_git("rev-parse", "--show-toplevel", error=spec).decode().strip())
    inside = (Path.cwd() / path).resolve().relative_to(top.resolve()).as_posix()
    if inside.encode() not in listed:
        raise ArgmapError(f"{spec}: no such file in that revision")
    with tempfile.TemporaryDirectory(prefix="argmap-") as folder:
        root = Path(folder)
        # The mark of a project's root: what the map names must lie below it, then as now.
        (root / ".git").mkdir()

        def fetch(name: str) -> Path:
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_git("show", f"{revision}:{name}", error=spec))
            return target

        copy = fetch(inside)
        for name in _names_in(copy):
            with_folder = _normal(Path(inside).parent / name)
            if with_folder is not None and with_folder.encode() in listed:
                fetch(with_folder)
        try:
            return formats.read(copy, read_as)
        except ArgmapError as problem:
            raise ArgmapError(str(problem).replace(str(copy), spec)) from None


def _names_in(path: Path) -> list[str]:
    """The codebook and texts that a map names; nothing for a file of another format, which names none."""
    from argmap import store

    try:
        m = store.open_map(path).value
    except ArgmapError:
        return []
    return [name for name in (m.codebook, *(source.path for source in m.sources.values())) if name]


def _normal(path: Path) -> str | None:
    """`a/../b` as `b`; `None` for a way that leaves the repository."""
    steps: list[str] = []
    for step in path.parts:
        if step == "..":
            if not steps:
                return None
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps)


def _git(*arguments: str, error: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  # a list of arguments, no shell; the revision cannot be an option
            ["git", *arguments],  # noqa: S607  # whichever git the user has
            capture_output=True,
            check=True,
            timeout=GIT_SECONDS,
        )
    except FileNotFoundError:
        raise ArgmapError(f"{error}: no such file, and git is not installed") from None
    except subprocess.CalledProcessError as problem:
        said = problem.stderr.decode("utf-8", "replace").strip().splitlines()
        if said and "not a git repository" in said[-1]:
            raise ArgmapError(f"{error}: no such file, and no git repository here that could have it") from None
        raise ArgmapError(f"{error}: {said[-1] if said else 'git failed'}") from None
    return done.stdout
