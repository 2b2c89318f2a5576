"""A sentence model of six words, written byte by byte: the ONNX file looks up a row for each token."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

WORDS = ("[PAD]", "[UNK]", "night", "dark", "cost", "dear", "buses", "lamps")
ROWS = np.array([[9, 9], [0, 0], [1, 0], [1, 0.1], [0, 1], [0.1, 1], [0.5, 0.5], [0.5, 0.4]], np.float32)
"""The first column is night, the second is money; the row of the padding must never count."""


def write(folder: Path) -> Path:
    """Write the model and its tokenizer into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model())
    tokenizer = {
        "version": "1.0",
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "model": {"type": "WordLevel", "vocab": {word: n for n, word in enumerate(WORDS)}, "unk_token": "[UNK]"},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
    return folder


def model() -> bytes:
    """One operation: Gather(table, input_ids). Field numbers are those of onnx.proto."""
    table = _field(8, b"table") + _field(9, ROWS.tobytes()) + b"".join(_field(1, n) for n in ROWS.shape) + _field(2, 1)
    node = _field(1, b"table") + _field(1, b"input_ids") + _field(2, b"rows") + _field(4, b"Gather")
    sides = [_field(1, _field(2, name)) for name in (b"batch", b"length")]
    ids, mask = (_value(name, 7, sides) for name in (b"input_ids", b"attention_mask"))
    rows = _value(b"rows", 1, [*sides, _field(1, _field(1, ROWS.shape[1]))])
    graph = (
        _field(1, node) + _field(2, b"tiny") + _field(5, table) + _field(11, ids) + _field(11, mask) + _field(12, rows)
    )
    return _field(1, 8) + _field(7, graph) + _field(8, _field(2, 17))


def _value(name: bytes, kind: int, sides: list[bytes]) -> bytes:
    return _field(1, name) + _field(2, _field(1, _field(1, kind) + _field(2, b"".join(sides))))


def _field(number: int, value: int | bytes) -> bytes:
    """A field of a protocol buffer: a number, or bytes with their length."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])
