"""`make pythons` finds each Python from 3.11 up, once, and no broken one."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.unix
def test_each_version_is_found_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program on the path and the same one in pyenv count once; old and broken ones do not count."""
    path, pyenv = tmp_path / "bin", tmp_path / "pyenv"
    answers = {
        path / "python3.12": "echo 3 12 1 /one/python3.12",
        path / "python3.10": "echo 3 10 9 /one/python3.10",
        path / "python3.13": "echo not switched on >&2; exit 127",
        path / "python3.13-config": "echo 3 13 0 /one/config",
        pyenv / "versions" / "3.12.1" / "bin" / "python3": "echo 3 12 1 /two/python3",
        pyenv / "versions" / "3.11.7" / "bin" / "python3": "echo 3 11 7 /two/my python3",
    }
    for program, answer in answers.items():
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f"#!/bin/sh\n{answer}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(path))
    monkeypatch.setenv("PYENV_ROOT", str(pyenv))
    found = runpy.run_path(str(ROOT / ".ci" / "pythons.py"))["interpreters"]()
    assert found == {"3.11.7": "/two/my python3", "3.12.1": "/one/python3.12"}


def test_every_version_of_the_workflow_is_expected() -> None:
    """The workflow and the script name the same versions, and this one is not too old."""
    expected = runpy.run_path(str(ROOT / ".ci" / "pythons.py"))["EXPECTED"]
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    assert all(f'"{major}.{minor}"' in workflow for major, minor in expected)
    assert sys.version_info[:2] >= expected[0]
