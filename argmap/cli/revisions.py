"""REVISION:FILE: read a map as it was in git.

HEAD~1:maps/1996.yaml ─► a temporary folder ◄─ the codebook, texts and companion files that the map needs,
                                 │              all as they were then
                              formats ─► Reading, its findings under the name that the user gave
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from argmap.findings import ArgmapError, Finding

if TYPE_CHECKING:
    from argmap.formats.common.format import Reading

SUBMODULE = b"160000"
"""Mode of a submodule in the lists of git."""
LFS = b"version https://git-lfs.github.com/spec/"
"""First words of what git holds in the place of a large file."""
GIT_SECONDS = 30
"""A repository answers sooner, unless a disk or a network hangs."""


@dataclass(frozen=True)
class Revision:
    """A revision of the repository at hand, and one file of it."""

    spec: str
    """The revision as the user wrote it."""
    name: str
    top: Path
    """The top folder of the checkout, or the folder at hand in a bare repository."""
    files: frozenset[bytes]
    """Every file of the revision, by its path from the top."""
    wanted: PurePath
    """The file to read, by its path from the top."""

    def fetch(self, name: PurePath, root: Path) -> Path:
        """Copy one file of the revision into `root`."""
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        data = _git("show", f"{self.name}:{name.as_posix()}", spec=self.spec)
        if data.startswith(LFS):
            way_out = f"git lfs pull, and name the file; git keeps only a pointer to {name.as_posix()}"
            raise ArgmapError(f"{self.spec}: this is a pointer of Git LFS, not the file: {way_out}")
        target.write_bytes(data)
        return target

    def renamed(self, finding: Finding, root: Path) -> Finding:
        """Name a copy below `root` in a finding as the user can name it."""
        file = finding.place.file
        if file is None or not Path(file).is_relative_to(root):
            return finding
        inside = Path(file).relative_to(root)
        shown = self.spec if inside == self.wanted else f"{self.name}:{os.path.relpath(self.top / inside)}"
        return replace(finding, place=replace(finding.place, file=shown))


def read(spec: str, read_as: str | None, options: Mapping[str, Any]) -> Reading:
    """Read the map in a file of a revision, with its findings.

    Raises
    ------
    ArgmapError
        When there is no such revision or file, no git, or no map that can be read.
    """
    from argmap import formats
    from argmap.formats.common.companion_files import companions

    revision = _revision(spec)
    with tempfile.TemporaryDirectory(prefix="argmap-") as folder:
        root = Path(folder)
        # This marks the root of a project: files that the map names must lie below it.
        (root / ".git").mkdir()
        copy = revision.fetch(revision.wanted, root)
        named = (revision.wanted.parent / name for name in _names_in(copy))
        for other in (*named, *companions(revision.wanted)):
            inside = PurePath(os.path.normpath(other))
            if os.fsencode(inside.as_posix()) in revision.files:
                revision.fetch(inside, root)
        try:
            reading = formats.examine(copy, read_as, **options)
        except ArgmapError as problem:
            found = [revision.renamed(finding, root) for finding in problem.findings]
            raise ArgmapError(found or str(problem).replace(str(copy), spec)) from None
        return replace(reading, findings=tuple(revision.renamed(finding, root) for finding in reading.findings))


def _revision(spec: str) -> Revision:
    """Find the revision and the file that REVISION:FILE names."""
    name, _, path = spec.partition(":")
    if name.startswith("-") or not path:
        raise ArgmapError(f"{spec}: no such file, and not REVISION:FILE either")
    bare = _git("rev-parse", "--is-bare-repository", spec=spec).strip() == b"true"
    found = "." if bare else os.fsdecode(_git("rev-parse", "--show-toplevel", spec=spec)).rstrip("\r\n")
    top = Path(found).resolve()
    if name:
        entries = _git("ls-tree", "-r", "--full-tree", "-z", name, spec=spec).split(b"\0")
    else:  # the index
        entries = _git("ls-files", "--full-name", "--stage", "-z", ":/", spec=spec).split(b"\0")
    listed = {entry.partition(b"\t")[2]: entry[:6] for entry in entries if entry}
    files = frozenset(listed)
    wanted = Path(os.path.realpath(path))
    if not wanted.is_relative_to(top):
        raise ArgmapError(f"{spec}: leads out of {top}, the git repository here")
    # The path starts at the current folder, or as in git, at the top.
    for inside in (wanted.relative_to(top), PurePath(path)):
        if os.fsencode(inside.as_posix()) in files:
            return Revision(spec, name, top, files, inside)
        for above in (inside, *inside.parents):
            if listed.get(os.fsencode(above.as_posix())) == SUBMODULE:
                rest = inside.relative_to(above).as_posix()
                raise ArgmapError(f"{spec}: {above} is a submodule: run the command in it, with REVISION:{rest}")
    raise ArgmapError(f"{spec}: no such file in that revision")


def _names_in(path: Path) -> list[str]:
    """List the codebook and texts that a map names; a file of another format names none."""
    from argmap import store

    try:
        map_ = store.open_map(path).value
    except ArgmapError:
        return []
    return [name for name in (map_.codebook, *(source.path for source in map_.sources.values())) if name]


def _git(*arguments: str, spec: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  # a list of arguments, no shell; the revision cannot be an option
            ["git", *arguments],  # noqa: S607  # whichever git the user has
            capture_output=True,
            check=True,
            timeout=GIT_SECONDS,
        )
    except FileNotFoundError:
        raise ArgmapError(f"{spec}: no such file, and git is not installed") from None
    except subprocess.TimeoutExpired:
        raise ArgmapError(f"{spec}: git did not answer within {GIT_SECONDS} seconds") from None
    except subprocess.CalledProcessError as problem:
        said = problem.stderr.decode("utf-8", "replace").strip().splitlines()
        if said and "not a git repository" in said[-1]:
            raise ArgmapError(f"{spec}: no such file, and no git repository here that could have it") from None
        raise ArgmapError(f"{spec}: {said[-1] if said else 'git failed'}") from None
    return done.stdout
