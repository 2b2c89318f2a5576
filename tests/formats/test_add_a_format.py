"""The page on how to add a format, followed word by word in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "contributing" / "add-a-format.md"


def blocks(language: str) -> list[str]:
    """The fenced blocks of the page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the file that the page tells to write, and with no other change."""
    folder = tmp_path_factory.mktemp("project")
    aside = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "argmap", folder / "argmap", ignore=aside)
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    (code,) = blocks("python")
    (folder / "argmap" / "formats" / "arrows.py").write_text(code, "utf-8")
    (text,) = blocks("text")
    (folder / "notes").write_text(text, "utf-8")
    return folder


def run(folder: Path, *arguments: str) -> str:
    """What Python prints when it runs a module in the copy."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_format_is_listed_and_has_its_page(copy: Path) -> None:
    """The table of formats has a row for it, and its page is the docstring."""
    assert "| `arrows` | Arrows | `.arrows` | yes | yes | supports, claim ids, order" in run(copy, "argmap", "formats")
    assert run(copy, "argmap", "formats", "arrows").startswith("Arrows, a format for quick notes")


def test_the_format_is_recognised_read_and_written(copy: Path) -> None:
    """A file of any name is known by its content, and comes back as it was."""
    run(copy, "argmap", "convert", "notes", "map.yaml")
    assert "attack: close" in (copy / "map.yaml").read_text("utf-8")
    run(copy, "argmap", "convert", "map.yaml", "again.arrows")
    assert (copy / "again.arrows").read_text("utf-8") == (copy / "notes").read_text("utf-8")


def test_the_tests_of_all_formats_take_it_up(copy: Path) -> None:
    """The round trip, the recognition and the damaged files are tested without another line."""
    said = run(copy, "pytest", "-n0", "-p", "no:cacheprovider", "tests/formats/test_formats.py", "-k", "arrows", "-v")
    for name in (
        "test_round_trip[debate-arrows]",
        "test_round_trip_of_any_map[arrows]",
        "test_a_format_is_whole[arrows]",
    ):
        assert f"{name} PASSED" in said
