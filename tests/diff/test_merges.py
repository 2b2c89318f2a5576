"""Maps that several people made of one text become one map; two revisions of a map are merged for git."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import argmap
from argmap import store
from argmap.cli import main
from argmap.diff.merges import merge, written
from argmap.findings import ArgmapError
from argmap.model import Map
from tests.helpers.map_strategies import maps

TEXT = "The town should keep the pool. It is never empty. Critics say that it costs too much. But the region pays half of it. It rained."
ANN = """
argmap: 1
id: pool
thesis: keep-pool
sources:
  letter: {path: letter.txt, non_argumentative: [{quote: It rained., reason: scenery}]}
speakers: {critics: {name: Critics}}
claims:
  keep-pool: {text: The town should keep the pool., quote: The town should keep the pool., kind: policy}
  never-empty: {text: The pool is never empty., quote: It is never empty., kind: fact}
  costs: {text: The pool costs too much., quote: Critics say that it costs too much., kind: value, speaker: critics, commitment: reported}
relations:
  - {support: keep-pool, by: never-empty, id: because}
  - {attack: keep-pool, by: costs}
"""
BEN = """
argmap: 1
id: pool
thesis: keep
sources: {text: {path: letter.txt}}
speakers: {c: {name: critics}}
claims:
  keep: {text: Keep the pool., quote: The town should keep the pool, kind: policy}
  full: {text: The pool is always full., quote: It is never empty., kind: value}
  costs: {text: The region pays half., quote: the region pays half of it, kind: fact}
  too-much: {text: It is too expensive., quote: it costs too much, kind: value, speaker: c}
relations:
  - {support: keep, by: full, id: why}
  - {support: keep, by: too-much}
  - {attack: too-much, by: costs, cue: But}
  - {attack: why, by: too-much}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two people's maps of one letter."""
    (tmp_path / "letter.txt").write_text(TEXT)
    (tmp_path / "ann.yaml").write_text(ANN)
    (tmp_path / "ben.yaml").write_text(BEN)
    return tmp_path


def test_what_all_saw_is_accepted_and_what_one_saw_suggested(folder: Path) -> None:
    """Claims with the same words are one; differences are listed as suggested and named in comments; each relation stays."""
    merged = merge([argmap.load(folder / "ann.yaml"), argmap.load(folder / "ben.yaml")], ["ann", "ben"])
    claims = merged.map.claims
    assert {key: (claim.status, claim.suggested) for key, claim in claims.items()} == {
        "keep-pool": ("accepted", ()),
        "never-empty": ("accepted", ("kind",)),
        "costs": ("accepted", ("commitment",)),
        "costs-ben": ("suggested", ()),
    }
    assert [(r.type, r.target, r.by, r.status) for r in merged.map.relations] == [
        ("support", "keep-pool", ("never-empty",), "accepted"),
        ("attack", "keep-pool", ("costs",), "suggested"),
        ("support", "keep-pool", ("costs",), "suggested"),
        ("attack", "costs", ("costs-ben",), "suggested"),
        ("attack", "because", ("costs",), "suggested"),
    ]
    assert (merged.shared, merged.alone, merged.differing) == (3, 1, 2)
    text = written(merged)
    for comment in (
        "  # also ben: keep\n  keep-pool:",
        "    # ben: kind value\n    kind: fact",
        "  # seen by ben\n  costs-ben:",
        "  # drawn by ann\n  - attack: keep-pool",
        "    # ben: commitment asserted\n    commitment: reported",
    ):
        assert comment in text
    assert store.parse_map(text).value.claims.keys() == claims.keys()
    assert merged.map.sources["letter"].non_argumentative[0].reason == "scenery"
    assert merged.agreements[0].value("claims_argmap") == pytest.approx(6 / 7)


def test_the_command_line_merges_into_a_new_file(folder: Path) -> None:
    """The new map is clean, names its text from its own folder, and is never written over another file."""
    (folder / "pyproject.toml").touch()
    (folder / "both").mkdir()
    command = ["merge", str(folder / "ann.yaml"), str(folder / "ben.yaml"), "-o", str(folder / "both" / "pool.yaml")]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    assert "3 claims seen by all, 1 suggested as seen by some, 2 differences noted" in result.output
    assert "agreement of ann and ben: claims_argmap 0.86" in result.output
    found = argmap.load(folder / "both" / "pool.yaml")
    assert (found.sources["letter"].path, found.sources["letter"].text) == ("../letter.txt", TEXT)
    assert {f.severity for f in argmap.check(folder / "both" / "pool.yaml")} <= {"note", "warning"}
    again = CliRunner().invoke(main, command)
    assert (again.exit_code, "is not overwritten" in again.output) == (2, True)


def test_maps_of_different_texts_are_refused() -> None:
    """Two texts are compared, not merged."""
    texts = [Map.model_validate({"id": name, "sources": {"t": {"text": name * 9}}}) for name in ("a", "b")]
    with pytest.raises(ArgmapError, match="share no text"):
        merge(texts)
    with pytest.raises(ArgmapError, match="at least two"):
        merge(texts[:1])


@given(map_=maps())
@settings(max_examples=10, deadline=None)
def test_a_map_merged_with_itself_loses_nothing(map_: Map) -> None:
    """Claims and relations stay as many as they are, and the comments can be read over."""
    if not any(source.text for source in map_.sources.values()):
        return
    merged = merge([map_, map_], ["a", "b"])
    assert len(merged.map.relations) == len({(r.type, r.target, frozenset(r.by)) for r in map_.relations})
    assert merged.map.claims.keys() >= map_.claims.keys()
    assert store.parse_map(written(merged)).value.claims.keys() == merged.map.claims.keys()


@given(left=maps(), right=maps(), data=st.data())
@settings(max_examples=10, deadline=None)
def test_any_two_maps_of_one_text_can_be_merged(left: Map, right: Map, data: st.DataObject) -> None:
    """No pair of maps makes it fail, and no claim of either is lost."""
    if not (left.sources and right.sources):
        return
    merged = merge([left, right])
    assert len(merged.map.claims) >= max(len(left.claims), len(right.claims))
    written(merged)


def revisions(folder: Path) -> tuple[Path, Path, Path]:
    """Three copies of a map: base, ours, theirs."""
    paths = tuple(folder / name for name in ("base", "ours", "theirs"))
    for path in paths:
        path.write_text(f"# our comment\n{ANN.lstrip()}")
    return paths  # type: ignore[return-value]


def change(path: Path, old: str, new: str) -> None:
    """Change some words of a file."""
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_git_merges_claims_that_both_sides_changed(folder: Path) -> None:
    """Changes of different fields of one claim meet without a conflict, and comments stay."""
    base, ours, theirs = revisions(folder)
    change(ours, "kind: fact}", "kind: value}")
    change(theirs, "text: The pool is never empty.", "text: The pool is full.")
    result = CliRunner().invoke(main, ["git-merge", *map(str, (base, ours, theirs)), "ann.yaml"])
    assert (result.exit_code, result.output) == (0, "")
    found = store.parse_map(ours.read_text()).value.claims["never-empty"]
    assert (found.kind, found.text) == ("value", "The pool is full.")
    assert ours.read_text().startswith("# our comment\n")


def test_git_gets_its_marks_where_both_changed_one_value(folder: Path) -> None:
    """A conflict is named, the lines get git's marks, and the exit code says so; so does a relation that lost its claim."""
    base, ours, theirs = revisions(folder)
    change(ours, "kind: fact}", "kind: value}")
    change(theirs, "kind: fact}", "kind: cause}")
    result = CliRunner().invoke(main, ["git-merge", *map(str, (base, ours, theirs)), "ann.yaml"])
    assert result.exit_code == 1
    assert 'ann.yaml: claims/never-empty/kind is "value" here and "cause" there' in result.output
    assert "<<<<<<< ours" in ours.read_text()
    base, ours, theirs = revisions(folder)
    change(
        ours,
        "  costs: {text: The pool costs too much., quote: Critics say that it costs too much., kind: value, speaker: critics, commitment: reported}\n",
        "",
    )
    change(ours, "  - {attack: keep-pool, by: costs}\n", "")
    theirs.write_text(theirs.read_text() + "  - {support: costs, by: never-empty}\n")
    result = CliRunner().invoke(main, ["git-merge", *map(str, (base, ours, theirs)), "ann.yaml"])
    assert (result.exit_code, "one side removed what the other relates to: costs" in result.output) == (1, True)


def test_git_merges_a_broken_map_line_by_line(folder: Path) -> None:
    """A file in mid-edit is left to git's own merge, with the reason."""
    base, ours, theirs = revisions(folder)
    theirs.write_text(theirs.read_text() + "claims: [\n")
    result = CliRunner().invoke(main, ["git-merge", *map(str, (base, ours, theirs)), "ann.yaml"])
    assert "merged line by line" in result.output
    assert ours.read_text().endswith("claims: [\n")


def test_git_calls_the_driver(folder: Path) -> None:
    """In a repository that is set up as documented, `git merge` merges two branches of a map."""

    def git(*words: str) -> str:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        done = subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, text=True, check=True)
        return done.stdout

    git("init", "-q", "-b", "main")
    git("config", "merge.argmap.driver", f"{sys.executable} -m argmap git-merge %O %A %B %P")
    (folder / ".gitattributes").write_text("*.yaml merge=argmap\n")
    git("add", ".")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "other")
    change(folder / "ann.yaml", "text: The pool is never empty.", "text: The pool is full.")
    git("commit", "-qam", "two")
    git("checkout", "-q", "main")
    change(folder / "ann.yaml", "quote: It is never empty., kind: fact", "quote: It is never empty., kind: value")
    git("commit", "-qam", "three")
    git("merge", "-q", "other")
    found = argmap.load(folder / "ann.yaml").claims["never-empty"]
    assert (found.kind, found.text) == ("value", "The pool is full.")
