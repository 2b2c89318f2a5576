"""Run a sentence model that is saved as ONNX, with onnxruntime and tokenizers; no torch.

    sentence → tokens → model → one row for each token → their mean (or the first) → length one

How tokens become one row, and how many are read, stands beside the model as sentence-transformers saves it (`1_Pooling/config.json`,
`sentence_bert_config.json`); without these files the mean of up to 256 tokens is taken.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from argmap.sentences.features import unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

BATCH = 32
LONGEST = 256
"""Tokens of a sentence that are read, unless the model says otherwise."""


def encoder(path: Path, folder: Path) -> Callable[[list[str]], Matrix]:
    """Load a model as a function from sentences to rows of length one.

    Parameters
    ----------
    path
        The ONNX file. Its inputs are among `input_ids`, `attention_mask` and `token_type_ids`; its first output has a row for each
        token, or one for the sentence.
    folder
        The folder with `tokenizer.json` and, optionally, the settings that sentence-transformers saves.

    Raises
    ------
    ValueError
        If a file cannot be read, or the model asks for other inputs.
    """
    options = SessionOptions()
    options.log_severity_level = 3
    try:
        session = InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # noqa: BLE001 - both libraries raise bare exceptions of their own
        raise ValueError(f"{path}: not a sentence model that onnxruntime can read: {error}") from None
    wanted = [each.name for each in session.get_inputs()]
    if unknown := set(wanted) - {"input_ids", "attention_mask", "token_type_ids"}:
        raise ValueError(f"{path}: the model asks for {', '.join(sorted(unknown))}, which a sentence does not give")
    longest = _settings(folder / "sentence_bert_config.json").get("max_seq_length") or LONGEST
    first = bool(_settings(folder / "1_Pooling" / "config.json").get("pooling_mode_cls_token"))
    tokenizer.enable_truncation(int(longest))
    tokenizer.enable_padding()

    def encode(sentences: list[str]) -> Matrix:
        # Sentences of like length together: less is padded.
        order = sorted(range(len(sentences)), key=lambda n: len(sentences[n]))
        rows: list[Matrix] = [np.zeros(0, np.float32)] * len(sentences)
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            for n, row in zip(chosen, run([sentences[n] for n in chosen]), strict=True):
                rows[n] = row
        return np.stack(rows)

    def run(sentences: list[str]) -> Matrix:
        found = tokenizer.encode_batch(sentences)
        mask = np.array([each.attention_mask for each in found], np.int64)
        given = {
            "input_ids": np.array([each.ids for each in found], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.array([each.type_ids for each in found], np.int64),
        }
        tokens: Matrix = session.run(None, {name: given[name] for name in wanted})[0]
        if tokens.ndim == 2:
            pooled = tokens
        elif first:
            pooled = tokens[:, 0]
        else:
            pooled = (tokens * mask[:, :, None]).sum(1) / np.maximum(mask.sum(1)[:, None], 1)
        return unit(pooled)

    return encode


def _settings(path: Path) -> dict[str, Any]:
    """Read a small JSON file of settings; empty if it is not there or not one."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
