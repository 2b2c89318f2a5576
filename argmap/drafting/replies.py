"""Find the data in the reply of a chat: in its code fences, or bare with prose around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from argmap.findings import ArgmapError
from argmap.store import yaml_reader

_FENCE = re.compile(
    r"^[ \t]*(?P<fence>```+|~~~+)[ \t]*[\w-]*[ \t]*\n(?P<data>.*?)(?:^[ \t]*(?P=fence)|\Z)", re.DOTALL | re.MULTILINE
)
_START = re.compile(r"^(?:argmap|id|thesis|claims|relations|speakers|sources)\b", re.MULTILINE)
MAX_ANSWER = 4_000_000
"""Characters of an answer that are read."""


def data_in(answer: str, name: str = "answer") -> dict[str, Any]:
    """Find the data in an answer, in its code fences or from a map's first key on; raise ArgmapError without any."""
    if len(answer) > MAX_ANSWER:
        raise ArgmapError(f"{name}: longer than {MAX_ANSWER:,} characters")
    problem: ArgmapError | None = None
    found: dict[str, Any] = {}
    for text in _candidates(answer.replace("\r\n", "\n")):
        try:
            data = yaml_reader.read(text, name).data
        except ArgmapError as error:
            problem = problem or error
            continue
        if isinstance(data, list) and data and all(isinstance(item, dict) for item in data):
            data = {"claims": data} if "text" in data[0] or "quote" in data[0] else {"relations": data}
        if isinstance(data, dict) and {"claims", "relations"} & data.keys():
            for key, value in data.items():
                found.setdefault(key, value)
            if {"claims", "relations"} <= found.keys():
                break
    if found:
        return found
    raise problem or ArgmapError(f"{name}: there are no claims in it; ask for YAML with `claims` and `relations`")


def _candidates(answer: str) -> Iterator[str]:
    fenced = [_undented(match["data"]) for match in _FENCE.finditer(answer)]
    yield from sorted(fenced, key=lambda text: "claims" not in text)
    yield answer
    if "{" in answer:
        yield answer[answer.find("{") : answer.rfind("}") + 1]
    start = _START.search(answer)
    if start is None:
        return
    rest = answer[start.start() :]
    # Prose after the data: cut paragraphs off the end until it can be read, a few times.
    for _ in range(8):
        yield rest
        rest, cut, _ = rest.rstrip().rpartition("\n\n")
        if not cut:
            return


def _undented(text: str) -> str:
    import textwrap

    return textwrap.dedent(text)
