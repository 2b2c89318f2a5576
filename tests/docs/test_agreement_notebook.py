"""The notebook on agreement prints what it says that it prints."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_notebook_reproduces_its_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each cell, run again, prints its stored output."""
    monkeypatch.chdir(DOCS)
    names: dict[str, Any] = {}
    for cell in json.loads((DOCS / "agreement.ipynb").read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec("".join(cell["source"]), names)  # noqa: S102  # our own notebook
            assert out.getvalue() == "".join(line for each in cell["outputs"] for line in each["text"])
