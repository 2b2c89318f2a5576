"""Bound what one file may take: time and memory.

with limits.time(60), limits.memory(2 * 10**9): read(file)
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from multiprocessing import parent_process
from pathlib import Path
from time import monotonic

from argmap.findings import ArgmapError

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_UNITS = {"": 1, "B": 1, **{f"{unit}{end}": 1000**n for n, unit in enumerate("KMGT", 1) for end in ("", "B")}}
_UNITS |= {f"{unit}IB": 1024**n for n, unit in enumerate("KMGT", 1)}


class OutOfTimeError(Exception):
    """A task took longer than it may."""


@contextmanager
def time(seconds: float | None) -> Iterator[None]:
    """Raise OutOfTimeError in this thread when it is still in here after so many seconds.

    It is raised between two steps of Python code. A single call of a library that goes on for as long again ends the process,
    if that is one of several and the system can do it.
    """
    if seconds is None:
        yield
        return
    watched = _WATCH.add(seconds)
    is_one_of_several = parent_process() is not None and hasattr(signal, "setitimer")
    if is_one_of_several:
        signal.setitimer(signal.ITIMER_REAL, 2 * seconds)  # the system ends the process, whatever it is in
    try:
        yield
    finally:
        if is_one_of_several:
            signal.setitimer(signal.ITIMER_REAL, 0)
        _WATCH.remove(watched)


class _Watch:
    """One thread that interrupts all others when their time is over: to start one for each file takes as long as to read it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: dict[object, tuple[float, int]] = {}
        self._wakes = inf
        self._thread: threading.Thread | None = None

    def add(self, seconds: float) -> object:
        """Interrupt this thread after so many seconds."""
        watched, due = object(), monotonic() + seconds
        with self._changed:
            self._due[watched] = due, threading.get_ident()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            elif due < self._wakes:
                self._changed.notify()
        return watched

    def remove(self, watched: object) -> None:
        """Interrupt it no more."""
        with self._changed:
            self._due.pop(watched, None)

    def _run(self) -> None:
        with self._changed:
            while True:
                now = monotonic()
                for watched, (due, thread) in list(self._due.items()):
                    if due <= now:
                        del self._due[watched]
                        error = ctypes.py_object(OutOfTimeError)
                        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), error)
                self._wakes = min((due for due, _ in self._due.values()), default=inf)
                self._changed.wait(None if self._wakes == inf else self._wakes - now)


_WATCH = _Watch()


@contextmanager
def memory(most: int | None) -> Iterator[None]:
    """Let this process take so many bytes more inside the block; beyond them is a MemoryError, where the system can do that."""
    taken = _pages(5)
    if most is None or resource is None or taken is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    unlimited = resource.RLIM_INFINITY
    bounds = [each for each in (taken + most, soft, hard) if each != unlimited]
    resource.setrlimit(resource.RLIMIT_DATA, (min(bounds), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def amount(text: str) -> int:
    """Return the number of bytes that an amount of memory names; raise ArgmapError if it is none.

    >>> amount("1.5GB")
    1500000000
    """
    found = re.fullmatch(r"\s*(\d{1,15}(?:\.\d{1,6})?)\s*([KMGT]?I?B?)\s*", text.upper())
    if found is None or found[2] not in _UNITS or (size := int(float(found[1]) * _UNITS[found[2]])) < 1:
        raise ArgmapError(f"{text!r} is not an amount of memory; write 500MB or 4GB")
    return size


@contextmanager
def growth(most: int) -> Iterator[None]:
    """Raise MemoryError in this thread, between two steps of Python code, when this process has grown by more than so many bytes.

    Unlike `memory`, it counts what is in use, and ends no library that cannot do without memory. Only Linux tells.
    """
    start = _pages(1)
    if start is None:
        yield
        return
    thread, ended = ctypes.c_ulong(threading.get_ident()), threading.Event()

    def watch() -> None:
        while not ended.wait(0.1):
            if (_pages(1) or 0) - start > most:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(MemoryError))
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


def _pages(field: int) -> int | None:
    """Return the bytes of this process in a field of `/proc/self/statm`: 1 in use, 5 writable; None where there is none."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[field]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None
