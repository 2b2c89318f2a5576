"""No option is ignored: each does what it says, or is refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap.cli import main

MAP = "argmap: 1\nid: {0}\nthesis: a\nclaims:\n  a: {{text: A {0}.}}\n"
REFUSED = {
    "diff a.yaml b.yaml --agreement -o x.svg": "--agreement is no picture: name a .md or .json file instead of x.svg",
    "diff --explain -o x.md": "--explain is printed, not written",
    "diff a.yaml b.yaml --sensitivity -o x.svg": "--sensitivity is printed, not written",
    "diff a.yaml b.yaml --format json -o x.md": "x.md ends in .md, and --format is json",
    "diff a.yaml b.yaml --format md -o x.svg": "x.svg is a picture, and --format md is none",
    "timeline a.yaml b.yaml --format md -o x.json": "x.json ends in .json, and --format is md",
    "evaluate a.yaml --format json -o x.md": "x.md ends in .md, and --format is json",
    "diff a.yaml b.yaml --picture how": "--picture is for a picture: name one with -o, such as -o how.svg",
    "diff a.yaml b.yaml --picture how -o x.md": "--picture is for a picture",
    "timeline a.yaml b.yaml --theme dark": "--theme is for a picture",
    "draw a.yaml --dpi 200 -o x.svg": "--dpi is the resolution of a PNG",
    "align a.yaml b.yaml -o -": "`argmap align` writes a file",
    "report . -o -": "`argmap report` writes a folder",
    "report . --port 8000": "--port is for --watch",
    "report . --pages many --theme dark": "--theme is for the pictures beside one page",
    "report . --pages one --jobs 2": "--jobs is for many pages",
}
EMPTY = ["report . -o", "diff a.yaml b.yaml --alignment", "draw a.yaml -o", "convert a.yaml", "align a.yaml b.yaml -o"]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text(MAP.format(name))
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("command", REFUSED)
def test_what_would_be_ignored_is_refused(command: str) -> None:
    """The line names the option and what to do, and nothing is written."""
    done = CliRunner().invoke(main, command.split())
    assert done.exit_code == 2
    assert REFUSED[command] in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["a.yaml", "b.yaml"]


@pytest.mark.parametrize("command", EMPTY)
def test_an_empty_name_is_refused(command: str) -> None:
    """It would mean the folder at hand, or nothing."""
    done = CliRunner().invoke(main, [*command.split(), ""])
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        f"{'-o' if '-o' in command else '--alignment' if 'align' in command else 'an argument'} is empty; name a file, or leave it out"
    ]
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["a.yaml", "b.yaml"]
