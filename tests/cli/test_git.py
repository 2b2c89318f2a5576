"""argmap in git: files as they were at a revision, and `git diff` with argmap as its driver."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from argmap.cli import revisions
from argmap.findings import ArgmapError
from tests.cli.test_cli import argmap
from tests.conftest import NightBus

MAP = """\
argmap: 1
id: bridge
thesis: close
claims:
  close: {text: The bridge should be closed., implicit: true}
  rust: {text: The bridge rusts., implicit: true}
relations:
  - {support: close, by: rust}
"""
CODEBOOK = (
    "argmap-codebook: 1\nid: town\nissues:\n  traffic: {question: Who may cross?, scale: {none: no one, all: all}}\n"
)
ALIGNMENT = "argmap-alignment: 1\nbefore: a.yaml\nafter: z.yaml\ncorrespondences:\n  - {before: rust, after: rust}\n"


def git(*arguments: str, cwd: Path, letters: str = "utf-8") -> str:
    """Run git, which must succeed, with argmap as the driver of its diffs."""
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    driver = ("-c", f"diff.argmap.command='{sys.executable}' -m argmap git-diff")
    environment = {**os.environ, "GIT_PAGER": "cat", "PYTHONIOENCODING": letters}
    done = subprocess.run(
        ["git", *who, *driver, *arguments], cwd=cwd, check=False, capture_output=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def repository(folder: Path, files: dict[str, str | bytes]) -> Path:
    """A repository in which some files are committed, and a last map that has changed since."""
    git("init", "-q", cwd=folder)
    for name, text in {"z.yaml": MAP, ".gitattributes": "*.* diff=argmap\n", **files}.items():
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    git("add", ".", cwd=folder)
    git("commit", "-qm", "first", cwd=folder)
    (folder / "z.yaml").write_text(MAP.replace("The bridge rusts", "The old bridge rusts"), "utf-8")
    return folder


CHANGED: dict[str, tuple[str, str | bytes, str | bytes, list[str]]] = {
    "a codebook": (
        "codebook.yaml",
        CODEBOOK,
        CODEBOOK.replace("no one", "nobody"),
        [
            "diff --git a/codebook.yaml b/codebook.yaml\nindex ",
            "--- a/codebook.yaml\n+++ b/codebook.yaml\n@@ -1,4 +1,4 @@\n argmap-codebook: 1\n",
            "+  traffic: {question: Who may cross?, scale: {none: nobody, all: all}}\n",
        ],
    ),
    "an alignment": (
        "a-z.yaml",
        ALIGNMENT,
        ALIGNMENT.replace("after: rust}", "after: close}"),
        ["--- a/a-z.yaml\n", "-  - {before: rust, after: rust}\n+  - {before: rust, after: close}\n"],
    ),
    "a map broken in mid-edit": (
        "a.yaml",
        MAP,
        MAP.replace("thesis: close", "thesis: [close"),
        ["compared line by line, since the map after cannot be read: a.yaml:4:", "yaml-syntax", "-thesis: close\n+thesis: [close\n"],
    ),
    "a map that is whole again": (
        "a.yaml",
        MAP.replace("thesis: close", "thesis: [close"),
        MAP,
        ["compared line by line, since the map before cannot be read: a.yaml:4:", "-thesis: [close\n+thesis: close\n"],
    ),
    "Argdown": (
        "a.argdown",
        "[close]: Close the bridge.\n  + [rust]: It rusts.\n",
        "[close]: Close the bridge.\n  + [rust]: It rusts badly.\n",
        ["a.argdown\n", "reworded", "It rusts badly."],
    ),
    "Argdown without a map in it": ("a.argdown", "[a]: A.\n", "", ["since the map after cannot be read: a.argdown: ", "-[a]: A.\n"]),
    "JSON of another sort": ("a.json", '{"a": 1}\n', '{"a": 2}\n', ["diff --git", '-{"a": 1}\n+{"a": 2}\n']),
    "a map that is one no more": ("a.yaml", MAP, CODEBOOK, ["-argmap: 1\n", "+argmap-codebook: 1\n"]),
    "no line end": ("a.md", "a\rb\nc", "a\rb\nd\n", [" a\rb\n-c\n\\ No newline at end of file\n+d\n"]),
    "no text": ("a.bin", b"\x89PNG\0", b"\x89PNG\1", ["index ", "Binary files a/a.bin and b/a.bin differ\n"]),
    "a name like an option": ("--help.yaml", CODEBOOK, CODEBOOK + "#\n", ["+#\n"]),
}  # fmt: skip


@pytest.mark.parametrize(("name", "before", "after", "shown"), CHANGED.values(), ids=CHANGED)
def test_git_diff_shows_every_file(
    name: str, before: str | bytes, after: str | bytes, shown: list[str], tmp_path: Path
) -> None:
    """Maps in any format are told in claims, all else line by line; git, which would stop at an error, ends well."""
    folder = repository(tmp_path, {name: before})
    (folder / name).write_bytes(after.encode() if isinstance(after, str) else after)
    said = git("diff", "--", name, cwd=folder)
    for words in shown:
        assert words in said


def test_git_diff_shows_what_is_behind_a_broken_map(tmp_path: Path) -> None:
    """File after file, in git's order."""
    folder = repository(tmp_path, {"a.yaml": MAP})
    (folder / "a.yaml").write_text(MAP.replace("thesis: close", "thesis: [close"), "utf-8")
    said = git("diff", cwd=folder)
    assert said.index("-thesis: close\n") < said.index("\nz.yaml\n") < said.index("The old bridge rusts.")


def test_git_diff_shows_files_that_come_go_and_move(tmp_path: Path) -> None:
    """Added and deleted maps are a line, other files their lines; a new name and a new mode stand in git's heading."""
    folder = repository(tmp_path, {"gone.yaml": MAP, "gone-codebook.yaml": CODEBOOK, "old.yaml": ALIGNMENT * 9})
    for name in ("gone.yaml", "gone-codebook.yaml"):
        (folder / name).unlink()
    (folder / "come.yaml").write_text("argmap: 1\nid: come\nclaims: {a: {text: A.}}\n", "utf-8")
    (folder / "come-codebook.yaml").write_text("argmap-codebook: 1\nid: come\n", "utf-8")
    (folder / "old.yaml").rename(folder / "new.yaml")
    (folder / "new.yaml").write_text(ALIGNMENT * 9 + "# new\n", "utf-8")
    git("add", ".", cwd=folder)
    git("update-index", "--chmod=+x", "new.yaml", cwd=folder)
    said = git("diff", "--cached", "-M", cwd=folder)
    assert "gone.yaml: deleted\n" in said
    assert "come.yaml: added\n" in said
    assert "new file mode 100644\nindex 0000000.." in said
    assert "--- /dev/null\n+++ b/come-codebook.yaml\n@@ -0,0 +1,2 @@\n+argmap-codebook: 1\n" in said
    assert "deleted file mode 100644\nindex " in said
    assert "--- a/gone-codebook.yaml\n+++ /dev/null\n" in said
    moved = said[said.index("diff --git a/old.yaml b/new.yaml\n") :]
    assert "old mode 100644\nnew mode 100755\nsimilarity index " in moved
    assert "rename from old.yaml\nrename to new.yaml\n" in moved
    assert "+# new\n" in moved


def test_git_diff_goes_on_behind_a_conflict(tmp_path: Path) -> None:
    """Of a file in conflict git passes the name only; it is named, and the others are shown."""
    folder = repository(tmp_path, {"a.yaml": MAP})
    blob = git("hash-object", "-w", "a.yaml", cwd=folder).strip()
    stages = "".join(f"100644 {blob} {stage}\ta.yaml\n" for stage in (1, 2, 3))
    subprocess.run(["git", "update-index", "--force-remove", "a.yaml"], cwd=folder, check=True)
    subprocess.run(["git", "update-index", "--index-info"], cwd=folder, check=True, input=stages.encode())
    git("add", "z.yaml", cwd=folder)
    said = git("diff", "--cached", cwd=folder)
    assert "* Unmerged path a.yaml\n" in said
    assert "The old bridge rusts." in said


def test_git_diff_does_without_letters_that_a_terminal_lacks(tmp_path: Path) -> None:
    """A claim in Greek, shown where there is only ASCII, keeps nothing behind it from being shown."""
    folder = repository(tmp_path, {"a.yaml": MAP, "b.yaml": CODEBOOK})
    (folder / "a.yaml").write_text(MAP.replace("The bridge rusts", "Η γέφυρα"), "utf-8")
    (folder / "b.yaml").write_text(CODEBOOK.replace("no one", "κανείς"), "utf-8")
    assert "The old bridge rusts." in git("diff", cwd=folder, letters="ascii")


def test_git_diff_uses_the_codebook_beside_the_map(night_bus: NightBus) -> None:
    """Git passes one file only; the scales that say how far a claim moved are found beside it."""
    folder = repository(night_bus.folder, {})
    night_bus.change("position: night", "position: evening")
    assert "shifted −1" in git("diff", "night-bus.yaml", cwd=folder).replace("-1", "−1")


def test_a_revision_of_a_file_outside_the_repository_is_one_line(tmp_path: Path) -> None:
    """REVISION:FILE that leads out of the repository says so."""
    folder = repository(tmp_path, {})
    done = argmap("stats", "HEAD:../../x.yaml", cwd=folder)
    assert (done.returncode, done.stderr) == (
        2, f"HEAD:../../x.yaml: leads out of {folder.resolve()}, the git repository here\n",
    )  # fmt: skip


@pytest.mark.unix
def test_a_git_that_does_not_answer_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository on a disk that hangs is given up on, and said to be."""
    (tmp_path / "git").write_text("#!/bin/sh\nexec sleep 60\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(revisions, "GIT_SECONDS", 0.2)
    with pytest.raises(ArgmapError, match=r"^HEAD:x\.yaml: git did not answer within 0\.2 seconds$"):
        revisions.read("HEAD:x.yaml", None, {})


def test_what_is_irregular_at_a_revision_is_told(night_bus: NightBus) -> None:
    """As of a file, under the names by which the user can ask for it, from wherever he asks."""
    night_bus.change("path: letter.txt", "path: lettre.txt")
    (night_bus.folder / "codebook.yaml").write_text("argmap-codebook: 1\nid: town\nissus: {}\n", "utf-8")
    folder = repository(night_bus.folder, {"a.argdown": "[a]: A.\n  + [b]\n  +> [a]\n"})
    (folder / "sub").mkdir()
    line = night_bus.line("path: lettre.txt")
    said = argmap("stats", "HEAD:../night-bus.yaml", cwd=folder / "sub").stderr.splitlines()
    assert said[0].startswith(f"HEAD:../night-bus.yaml:{line}:11: missing-source: lettre.txt: ")
    assert said[1].startswith("HEAD:../codebook.yaml:3:1: unknown-key: ")
    now, then = (argmap("stats", name, cwd=folder).stderr for name in ("a.argdown", "HEAD:a.argdown"))
    assert now
    assert then.replace("HEAD:", "") == now


def test_a_broken_file_at_a_revision_is_told_by_its_name(tmp_path: Path) -> None:
    """Every problem of a file that cannot be read is under REVISION:FILE, and none under the name of a copy."""
    folder = repository(tmp_path, {"a.yaml": MAP.replace("text: The", "txt: The")})
    said = argmap("stats", "HEAD:a.yaml", cwd=folder).stderr.splitlines()
    assert len(said) > 1
    assert all(line.startswith("HEAD:a.yaml:") for line in said)


PAIRS = {
    "a.ann": {"a.ann": "T1\tMajorClaim 0 17\tClose the bridge.\n", "a.txt": "Close the bridge. It rusts.\n"},
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_a_format_of_several_files_is_whole_at_a_revision(name: str, tmp_path: Path) -> None:
    """The annotated text comes along, as from the folder itself."""
    folder = repository(tmp_path, PAIRS[name])
    now, then = (argmap("convert", named, "-", "--to", "json", cwd=folder) for named in (name, f"HEAD:{name}"))
    assert json.loads(then.stdout) == json.loads(now.stdout)
    assert then.stderr.replace("HEAD:", "") == now.stderr
    assert "not beside it" not in now.stderr


def test_dialogue_is_kept_at_a_revision(tmp_path: Path) -> None:
    """`--keep-dialogue` means the same of a file at a revision as of a file."""
    nodes = [("1", "I", "It rains."), ("2", "L", "Ann: It rains."), ("3", "YA", "Asserting")]
    aif = {
        "nodes": [{"nodeID": claim_id, "type": type_, "text": text} for claim_id, type_, text in nodes],
        "edges": [{"edgeID": "1", "fromID": "2", "toID": "3"}, {"edgeID": "2", "fromID": "3", "toID": "1"}],
        "locutions": [],
    }
    folder = repository(tmp_path, {"d.json": json.dumps(aif)})
    done = argmap("convert", "HEAD:d.json", "-", "--to", "aif", "--keep-dialogue", cwd=folder)
    assert {node["type"] for node in json.loads(done.stdout)["nodes"]} == {"I", "L", "YA"}
    plain = argmap("convert", "HEAD:d.json", "-", "--to", "yaml", "--keep-dialogue", "--from", "argdown", cwd=folder)
    assert (plain.returncode, plain.stderr) == (2, "argdown has no option keep_dialogue: it has none\n")


def test_a_revisions_file_counts_from_here_or_from_the_top(tmp_path: Path) -> None:
    """In a folder of the repository both `HEAD:a.yaml` and git's own `HEAD:maps/a.yaml` name the file."""
    (tmp_path / "maps").mkdir()
    repository(tmp_path, {"maps/a.yaml": MAP})
    for spec in ("HEAD:a.yaml", "HEAD:./a.yaml", "HEAD:maps/a.yaml"):
        assert argmap("stats", spec, cwd=tmp_path / "maps").returncode == 0


def test_bare_repositories_submodules_the_index_and_pointers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A map is read from a bare repository and from the index; what git has no text of is named as what it is."""
    work = tmp_path / "work"
    inner = work / "inner"
    inner.mkdir(parents=True)
    repository(inner, {})
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n"
    repository(work, {"large.yaml": pointer})
    git("add", "z.yaml", cwd=work)
    git("clone", "-q", "--bare", ".", str(tmp_path / "bare"), cwd=work)
    monkeypatch.chdir(work)
    assert "old bridge" in revisions.read(":z.yaml", None, {}).map.claims["rust"].text
    assert "old bridge" not in revisions.read("HEAD:z.yaml", None, {}).map.claims["rust"].text
    with pytest.raises(ArgmapError, match="inner is a submodule: run the command in it"):
        revisions.read("HEAD:inner/z.yaml", None, {})
    with pytest.raises(ArgmapError, match="this is a pointer of Git LFS, not the file"):
        revisions.read("HEAD:large.yaml", None, {})
    monkeypatch.chdir(tmp_path / "bare")
    assert revisions.read("HEAD:z.yaml", None, {}).map.id == "bridge"


def test_colours_are_those_that_git_was_asked_for(tmp_path: Path) -> None:
    """`--color` and `color.ui` reach the driver, and `--no-color` wins."""
    folder = repository(tmp_path, {})
    assert "\x1b[" in git("diff", "--color=always", "z.yaml", cwd=folder)
    assert "\x1b[" in git("-c", "color.ui=always", "diff", "z.yaml", cwd=folder)
    assert "\x1b[" not in git("-c", "color.ui=always", "diff", "--no-color", "z.yaml", cwd=folder)
