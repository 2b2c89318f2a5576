"""A command opens each input file at most once, and parses it at most once, but for the places of findings."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from argmap import formats, store
from argmap.cli import main
from argmap.diagram import Drawing
from argmap.store import yaml_reader

MAPS = Path(__file__).resolve().parents[1] / "maps"


class _Counts:
    """How often each file of a folder was opened for reading, and how often its text was parsed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.texts = {path.read_text("utf-8"): path for path in folder.rglob("*") if path.is_file()}
        self.opened: Counter[str] = Counter()
        self.parsed: Counter[str] = Counter()
        self.active = False

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.active and event == "open" and isinstance(arguments[0], str | bytes | Path):
            path = Path(os.fsdecode(arguments[0])).resolve()
            if path.is_relative_to(self.folder) and not path.name.startswith(".") and not path.is_dir():
                self.opened[path.name] += 1

    def parse(self, text: object) -> None:
        if self.active and isinstance(text, str) and text in self.texts:
            self.parsed[self.texts[text].name] += 1


@contextmanager
def counting(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Counts]:
    counts = _Counts(folder)
    sys.addaudithook(counts.hook)  # cannot be removed, so it stops counting afterwards
    for module, name in ((yaml_reader, "_plain"), (json, "loads")):
        original = getattr(module, name)

        def counted(text: object, *rest: Any, _original: Any = original, **options: Any) -> Any:
            counts.parse(text)
            return _original(text, *rest, **options)

        monkeypatch.setattr(module, name, counted)
    counts.active = True
    try:
        yield counts
    finally:
        counts.active = False


def age(folder: Path) -> None:
    """Make all files old: a file that was written just now is not remembered, since it may change once more."""
    for path in folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The two essays' maps with codebook, alignment and texts, maps in other formats, and files that are no maps."""
    folder = tmp_path / "maps"
    folder.mkdir()
    (tmp_path / "pyproject.toml").touch()
    shutil.copytree(MAPS.parent / "seeds", tmp_path / "seeds")
    for path in MAPS.glob("*.yaml"):
        shutil.copy(path, folder)
    (folder / "notes.yaml").write_text("shopping: [milk, bread]\n", "utf-8")
    (folder / "settings.json").write_text('{"colour": "green"}', "utf-8")
    age(tmp_path)
    return folder


def add_other_formats(folder: Path) -> None:
    """Add a map as JSON with the same keys, and maps as AIF and Argdown that an alignment names."""
    tiny = store.parse_map("argmap: 1\nid: tiny\nthesis: a\nclaims:\n  a: {text: It rains., implicit: true}\n").value
    formats.write(tiny, folder / "x.aif.json", "aif")
    formats.write(tiny, folder / "x.argdown")
    (folder / "own.json").write_text(store.dumps(tiny.model_copy(update={"id": "own"}), "json"), "utf-8")
    (folder / "x.yaml").write_text("argmap-alignment: 1\nbefore: x.argdown\nafter: x.aif.json\n", "utf-8")


COMMANDS = {
    "check": ["check", "maps"],
    "check files": ["check", "maps/1996.yaml", "maps/2005.yaml", "maps/1996-2005.yaml", "maps/codebook.yaml"],
    "draw": ["draw", "maps/1996.yaml", "-o", "out.dot"],
    "diff": ["diff", "maps/1996.yaml", "maps/2005.yaml"],
    "diff as a picture": ["diff", "maps/1996.yaml", "maps/2005.yaml", "-o", "out.dot"],
    "diff with an alignment": ["diff", "maps/1996.yaml", "maps/2005.yaml", "--alignment", "maps/1996-2005.yaml"],
    "timeline": ["timeline", "maps/1996.yaml", "maps/2005.yaml"],
    "align": ["align", "maps/1996.yaml", "maps/2005.yaml"],
    "report": ["report", "maps", "-o", "out"],
    "stats": ["stats", "maps/1996.yaml", "maps/2005.yaml"],
    "convert": ["convert", "maps/1996.yaml", "out.argdown"],
    "convert to YAML": ["convert", "maps/1996.yaml", "maps/copy.yaml"],
}


@pytest.fixture(autouse=True)
def no_files_of_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are laid out, and not drawn: by then, all is read."""
    monkeypatch.setattr("argmap.diagram.drawing.draw_files", lambda *_, **__: (Drawing(b"", "svg"),) * 2)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_file_is_read_and_parsed_once(name: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Maps, codebook, alignment and texts are needed once; files that are not needed are not parsed at all."""
    monkeypatch.chdir(project.parent)
    with counting(project.parent, monkeypatch) as counts:
        done = CliRunner().invoke(main, COMMANDS[name], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    read = {file for file in counts.opened if (project / file).exists()}
    assert {"1996.yaml", "codebook.yaml"} <= read
    assert {file: n for file, n in counts.opened.items() if n > 1} == {}
    assert {file: n for file, n in counts.parsed.items() if n > 1} == {}
    assert counts.parsed["notes.yaml"] == 0
    assert counts.parsed["1996.yaml"] == 1


@pytest.mark.parametrize(
    "command", [["check", "maps"], ["report", "maps", "-o", "out"]], ids=lambda command: command[0]
)
def test_files_in_other_formats_too(command: list[str], project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Maps in other formats are read once, although an alignment names them as well."""
    add_other_formats(project)
    age(project)
    monkeypatch.chdir(project.parent)
    with counting(project.parent, monkeypatch) as counts:
        CliRunner().invoke(main, command, catch_exceptions=False)
    assert counts.opened["x.argdown"] == counts.opened["x.aif.json"] == 1
    assert {file: n for file, n in counts.opened.items() if n > 1} == {}
    assert {file: n for file, n in counts.parsed.items() if n > 1} == {}
