"""No output replaces an input, or a file that argmap did not write."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from argmap.cli import main
from argmap.cli.replacing import kind_of

MAP = "argmap: 1\nid: m\nthesis: a\nclaims:\n  a: {text: A.}\n  b: {text: B.}\nrelations:\n  - {support: a, by: [b]}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two maps, a text and a table, and an empty record of what argmap wrote."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    (home / "m.json").write_text('{"argmap": 1, "id": "j", "claims": {"a": {"text": "A."}}}')
    (home / "m.yaml").write_text(MAP)
    (home / "essay.txt").write_text("It rains.")
    (home / "notes.md").write_text("# Notes\n\n- mine\n")
    (home / "table.csv").write_text("id,text\na,A.\n")
    (home / "paper.pdf").write_bytes(b"%PDF-1.4 somebody's paper %%EOF\n")
    return home


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize(
    "command",
    [
        "draw m.json -o m.json",
        "diff m.json m.yaml -o m.json",
        "timeline m.json m.yaml -o m.json",
        "draw m.json -o link.json",
        "draw m.json -o hard.json",
        "draw m.yaml -o m.json",
        "draw m.yaml -o paper.pdf",
        "diff m.json m.yaml -o notes.md",
        "evaluate m.yaml -o m.yaml",
        "evaluate m.yaml -o essay.txt",
        "convert m.json m.yaml",
        "convert m.yaml m.yaml",
        "convert m.yaml table.csv",
        "convert m.yaml essay.txt --to argdown",
        "convert m.yaml notes.md",
    ],
)
def test_no_output_replaces_a_file_of_the_user(folder: Path, command: str) -> None:
    """The command stops with one line and leaves the file as it was; with --force it writes."""
    (folder / "link.json").symlink_to("m.json")
    os.link(folder / "m.json", folder / "hard.json")
    target = folder / command.split("-o ")[-1].split()[-1 if " -o " in command else 2]
    before = target.read_bytes()
    done = run(*command.split())
    assert done.exit_code == 2
    assert "so it is not replaced. Name another file, or use --force." in done.stderr.splitlines()[-1]
    assert target.read_bytes() == before
    assert run(*command.split(), "--force").exit_code == 0
    assert target.read_bytes() != before or command == "convert m.yaml m.yaml"


def test_a_table_of_a_folder_replaces_no_map(folder: Path, tmp_path: Path) -> None:
    """`convert FOLDER --report` writes only over an earlier table, and leaves targets that were edited alone."""
    out = str(tmp_path / "out")
    for _ in range(2):
        assert run("convert", ".", out, "--to", "csv", "--report", "r.csv").exit_code in (0, 2)
    assert run("convert", ".", out, "--to", "csv", "--report", "m.yaml").exit_code == 2
    assert (folder / "m.yaml").read_text() == MAP
    edited = tmp_path / "out" / "m.yaml.csv"
    edited.write_text("my,own\n")
    done = run("convert", ".", out, "--to", "csv", "--again")
    assert "m.yaml.csv: no earlier run wrote this file" in done.stderr
    assert edited.read_text() == "my,own\n"
    run("convert", ".", out, "--to", "csv", "--again", "--force")
    assert edited.read_text() != "my,own\n"


@pytest.mark.parametrize("out", ["x.svg", "x.pdf", "x.json", "x.dot", "x.mmd", "d.md", "d.json", "o.yaml", "o.csv"])
def test_argmap_replaces_what_it_wrote(folder: Path, out: str) -> None:
    """The same command with another map replaces its own output, but not once somebody edited it."""
    changed = folder / "n.yaml"
    changed.write_text(MAP.replace("B.", "C."))
    verb = {"x": ["draw"], "d": ["diff", "m.yaml"], "o": ["convert"]}[out[0]]
    flag = [] if out[0] == "o" else ["-o"]
    assert run(*verb, "m.yaml", *flag, out).exit_code == 0
    written = (folder / out).read_bytes()
    assert run(*verb, "n.yaml", *flag, out).exit_code == 0
    assert (folder / out).read_bytes() != written
    if kind_of(written) is None:
        (folder / out).write_bytes(written + b"\n# mine\n")
        assert run(*verb, "m.yaml", *flag, out).exit_code == 2


def test_a_report_replaces_its_own_page_only(folder: Path, tmp_path: Path) -> None:
    """A page and its PDFs are made again; somebody's `index.html` in the folder stops the report before it writes."""
    for name in ("m.json", "table.csv"):
        (folder / name).unlink()
    assert run("report", ".", "-o", "out").exit_code in (0, 2)
    assert run("report", ".", "-o", "out").exit_code in (0, 2)
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<!doctype html><title>My site</title>")
    done = run("report", ".", "-o", str(site))
    assert "is not replaced" in done.stderr
    assert [path.name for path in site.iterdir()] == ["index.html"]
