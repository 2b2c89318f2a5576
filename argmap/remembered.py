"""Remember what a command has read and parsed, so that it reads each file once.

text_file.read ─ by path and status ─▶ the text
parsed_once ──── by the text itself ─▶ what was parsed from it, so nothing stale is served
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

MAX_REMEMBERED = 32 * 1024 * 1024
"""Characters of text that one command keeps; above it, the oldest files are read again when they are needed again."""


class Memory:
    """Texts by path and file status, and what was parsed from a text by the text itself, so that nothing is stale."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], tuple[int, Any]] = {}
        self.size = 0
        self.inputs: set[tuple[int, int]] = set()
        """Device and number of each file that was read."""
        self.lock = threading.RLock()

    def get(self, kind: str, key: str) -> Any:
        """Return what is kept; None if nothing is."""
        return self.entries.get((kind, key), (0, None))[1]

    def put(self, kind: str, key: str, size: int, value: Any) -> None:
        """Keep a value of some size, and forget the oldest ones above the limit."""
        with self.lock:
            self.drop(kind, key)
            self.entries[kind, key] = size, value
            self.size += size
            while self.size > MAX_REMEMBERED and len(self.entries) > 1:
                self.drop(*next(iter(self.entries)))

    def drop(self, kind: str, key: str) -> None:
        """Forget a value."""
        with self.lock:
            self.size -= self.entries.pop((kind, key), (0, None))[0]


_memory: ContextVar[Memory | None] = ContextVar("argmap_memory", default=None)


@contextmanager
def reading_once(*, fresh: bool = False) -> Iterator[None]:
    """Read and parse each file at most once inside this block; a file that changes meanwhile is read again.

    For one command. Also a decorator. Inside another such block it joins that, unless it is `fresh`.
    """
    if _memory.get() is not None and not fresh:
        yield
        return
    token = _memory.set(Memory())
    try:
        yield
    finally:
        _memory.reset(token)


def current() -> Memory | None:
    """Return the memory of the command that runs; None outside `reading_once`."""
    return _memory.get()


def parsed_once(kind: str, text: str, parse: Callable[[], Any]) -> Any:
    """Return what `parse` makes of a text; inside `reading_once` it runs once for each kind and text."""
    memory = _memory.get()
    if memory is None:
        return parse()
    found = memory.get(kind, text)
    if found is None:
        found = (parse(),)
        memory.put(kind, text, len(text), found)
    return found[0]


def forget(kind: str, text: str) -> None:
    """Let go of what was parsed from a text, since nobody will ask for it again."""
    if memory := _memory.get():
        memory.drop(kind, text)
