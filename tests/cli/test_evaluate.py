"""`argmap evaluate` on real maps and on mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap.cli import main

ROOT = Path(__file__).resolve().parents[2]


def argmap(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["evaluate", *arguments])
    return done.exit_code, done.output


def test_an_essay_is_evaluated_in_words() -> None:
    """The text output says whether the thesis stands, with quotes, and ends with every claim's label and strength."""
    code, output = argmap(str(ROOT / "maps" / "2005.yaml"))
    assert code == 0
    assert "The thesis “The US and Japan will transform their security bond" in output
    assert "“even if the military power of the US still overshadows that of Japan”" in output
    assert "This is about the map, not about the world" in output
    assert "near-equals" in output


def test_labellings_are_listed_as_solvers_list_them() -> None:
    """The JSON holds the labellings of each semantics that was asked for."""
    pytest.importorskip("clingo")
    code, output = argmap(
        str(ROOT / "maps" / "1996.yaml"), "--semantics", "grounded,preferred,stable", "--format", "json"
    )
    assert code == 0
    labellings = json.loads(output)["labellings"]
    assert set(labellings) == {"grounded", "preferred", "stable"}
    assert labellings["preferred"] == labellings["grounded"]
    assert set(labellings["stable"][0]) == {"in", "out", "undecided"}


def test_markdown_is_escaped(tmp_path: Path) -> None:
    """Words of a map cannot become markup."""
    path = tmp_path / "m.yaml"
    path.write_text('argmap: 1\nid: m\nthesis: a\nclaims:\n  a: {text: "<script> *loud* | x."}\n', "utf-8")
    code, output = argmap(str(path), "--format", "md")
    assert code == 0
    assert "<script>" not in output


def test_a_file_is_written(tmp_path: Path) -> None:
    """With --out the evaluation goes into a file."""
    code, _ = argmap(str(ROOT / "maps" / "2005.yaml"), "-o", str(tmp_path / "found.txt"))
    assert code == 0
    assert "The thesis" in (tmp_path / "found.txt").read_text("utf-8")


def test_an_unknown_semantics_is_one_line() -> None:
    """The message names the semantics that there are; the exit code is 2."""
    code, output = argmap(str(ROOT / "maps" / "2005.yaml"), "--semantics", "sceptical")
    assert code == 2
    assert output.count("\n") == 1
    assert "choose from grounded" in output
