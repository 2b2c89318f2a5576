"""The constraints of `make oldest` name the lowest version of everything."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_lowest_versions_are_those_of_the_project() -> None:
    """Each dependency with a lower bound, of the project and its extras, is there once, at that bound."""
    spec = importlib.util.spec_from_file_location("oldest", ROOT / ".ci" / "oldest.py")
    assert spec is not None
    assert spec.loader is not None
    oldest = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(oldest)
    found = oldest.constraints((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "click==8.2" in found
    assert len(found) == len({each.partition("==")[0] for each in found})
    project = '[project]\ndependencies = ["a>=1", "b[x]>=2.0  ", "c"]\n[project.optional-dependencies]\nd = ["a>=1", "e>=3"]\n'
    assert oldest.constraints(project) == ["a==1", "b==2.0", "e==3"]
