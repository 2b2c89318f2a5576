"""A sentence model as ONNX runs with onnxruntime and tokenizers; the model here has six words."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from argmap import sentences
from argmap.sentences import embeddings
from tests.sentences import tiny_model

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")


def test_onnx_model_runs_without_torch(tmp_path: Path) -> None:
    """Tokens are averaged without the padding; a sentence has the same row whatever stands beside it; torch is not imported."""
    embed = sentences.embedder(str(tiny_model.write(tmp_path)))
    rows = embed(["Night buses cost.", "dark", "dear dear dear"])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(rows[0], np.array([1.5, 1.5]) / np.hypot(1.5, 1.5), atol=1e-5)
    np.testing.assert_allclose(embed(["dark"])[0], rows[1], atol=1e-6)
    assert rows[1] @ rows[2] < 0.3
    assert "torch" not in sys.modules


def test_onnx_model_in_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file may stand in `onnx/` below the tokenizer, as on the hub; of several, the smallest is taken."""
    folder = tiny_model.write(tmp_path / "tiny_words" / "model")
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model_int8.onnx")
    (folder / "onnx" / "model.onnx").write_bytes(tiny_model.model() + bytes(100))
    (tmp_path / "tiny_words" / "__init__.py").write_text("raise RuntimeError('looked into, not run')")
    monkeypatch.syspath_prepend(tmp_path)
    assert embeddings.folder_of("tiny-words") == folder
    assert embeddings.onnx_file(folder) == folder / "onnx" / "model_int8.onnx"
    assert sentences.embedder("tiny-words")(["night"]).shape == (1, 2)


def test_first_token_where_the_model_says_so(tmp_path: Path) -> None:
    """Pooling and length are those of the saved settings."""
    folder = tiny_model.write(tmp_path)
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    np.testing.assert_allclose(sentences.embedder(str(folder))(["cost night night"])[0], [0, 1], atol=1e-6)


def test_broken_model_is_one_line(tmp_path: Path) -> None:
    """A file that is no model is named, without a traceback of the library."""
    folder = tiny_model.write(tmp_path)
    (folder / "model.onnx").write_bytes(b"not a model")
    with pytest.raises(ValueError, match=r"model\.onnx: not a sentence model that onnxruntime can read"):
        sentences.embedder(str(folder))


if "ARGMAP_SENTENCE_MODEL" in os.environ:

    def test_real_model() -> None:
        """The folder or package that ARGMAP_SENTENCE_MODEL names finds what is meant in other words."""
        embed = sentences.embedder(os.environ["ARGMAP_SENTENCE_MODEL"])
        rows = embed(["Opening on Sundays", "The doors are open seven days a week.", "The chapel leaks."])
        assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.1
