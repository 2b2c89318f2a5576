"""A language model for tests that gives prepared answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest


def scripted(*turns: Any, schema: bool = True) -> Any:
    """Make a model that gives one prepared answer after another: a text, data, an exception, or an iterator of chunks."""
    llm = pytest.importorskip("llm")

    class Scripted(llm.Model):  # type: ignore[misc, name-defined]
        model_id = "scripted"
        supports_schema = schema
        prompts: list[Any] = []  # noqa: RUF012 - one list a model

        def execute(self, prompt: Any, *_args: Any, **_more: Any) -> Iterator[str]:
            Scripted.prompts.append(prompt)
            turn = turns[min(len(Scripted.prompts), len(turns)) - 1]
            if isinstance(turn, Exception):
                raise turn
            if isinstance(turn, str | dict):
                yield turn if isinstance(turn, str) else json.dumps(turn)
            else:
                yield from turn()

    return Scripted()
