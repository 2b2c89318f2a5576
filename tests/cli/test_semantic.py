"""`--semantic` compares with a sentence model of the user's; here one of six words."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap.cli import main
from tests.sentences import tiny_model

pytest.importorskip("onnxruntime")
TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial"


def test_diff_takes_a_model(tmp_path: Path) -> None:
    """The diff reads a folder with an ONNX file."""
    model = str(tiny_model.write(tmp_path / "model"))
    maps = [str(TUTORIAL / "then.yaml"), str(TUTORIAL / "now.yaml")]
    done = CliRunner().invoke(main, ["diff", *maps, "--semantic", model, "--format", "json"])
    assert done.exit_code == 0, done.output
    assert '"argmap-diff/2"' in done.output


def test_unknown_model_is_one_line() -> None:
    """A model that is not on this machine is named, and nothing is downloaded."""
    done = CliRunner().invoke(main, ["diff", *[str(TUTORIAL / "then.yaml")] * 2, "--semantic", "no-such-model"])
    assert done.exit_code != 0
    assert "no sentence model 'no-such-model'" in f"{done.output}{done.exception}"
