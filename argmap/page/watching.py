"""Rebuild the report on every change, and reload it in the open page.

    maps change ─▶ make ─▶ index.html and pictures, as always
                     └───▶ the served page ── event "reload" ──▶ browser

While the maps have errors, the last good page stays and shows the errors.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from argmap.findings import ArgmapError
from argmap.local_server import LocalServer
from argmap.page import build_report
from argmap.remembered import reading_once
from argmap.text_file import files_in

PAUSE = 0.3
"""Seconds between looks at the files."""


def watch(
    folder: str | os.PathLike[str],
    out: str | os.PathLike[str],
    port: int = 0,
    *,
    say: Callable[[str], None] | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Serve the report of a folder and rebuild it on every change, until Ctrl-C or `stop`.

    Parameters
    ----------
    folder, out
        As for `report`.
    port
        Port on 127.0.0.1 and ::1; 0 for any free port.
    say
        Receives each line of progress; by default lines go to standard error.
    stop
        Ends the watch when set.

    Raises
    ------
    ArgmapError
        If the folder cannot be read or the port is taken.
    """
    say = say or (lambda line: print(line, file=sys.stderr, flush=True))
    stop = stop or threading.Event()
    folder, out = Path(folder), Path(out)
    if not folder.is_dir():
        raise ArgmapError(f"{folder}: not a folder")
    page = _Page()
    reads = {"/": page.answer, "/index.html": page.answer}
    with LocalServer(reads, {}, lambda: ("problem", page.problem), port) as server:
        try:
            seen = _rebuild(folder, out, page, say, {})
            say(f"watching {folder} at {server.address} (Ctrl-C stops)")
            while not stop.wait(PAUSE):
                if _state(folder, out, seen) != seen:
                    seen = _rebuild(folder, out, page, say, seen)
                    server.events.send("problem" if page.problem else "reload", page.problem)
        except KeyboardInterrupt:
            say("stopped")


class _Page:
    """The current page, and what is wrong with the maps."""

    def __init__(self) -> None:
        self.html = _WAITING
        self.problem = ""

    def show(self, html: str | None, problem: str = "") -> None:
        """Show a new page, or keep the last one and report a problem."""
        self.html = html or self.html
        self.problem = problem

    def answer(self, _request: Any) -> Any:
        """Answer with the page; its content policy is sent as a header too, which can forbid frames."""
        from starlette.responses import HTMLResponse

        policy = unescape(self.html.partition('Content-Security-Policy" content="')[2].partition('"')[0])
        policy = (policy or "default-src 'none'") + "; frame-ancestors 'none'"
        return HTMLResponse(self.html.encode("utf-8", "replace"), headers={"Content-Security-Policy": policy})


_WAITING = (
    "<!doctype html><meta charset=utf-8><title>argmap</title>"
    "<meta http-equiv=refresh content=2><p>The report is not ready yet. See the terminal."
)


State = Mapping[Path, tuple[int, int] | None]


def _rebuild(folder: Path, out: Path, page: _Page, say: Callable[[str], None], known: State) -> State:
    """Rebuild the report. The state of the files is taken first, so that no change is missed."""
    before = _state(folder, out, known)
    start = time.perf_counter()
    try:
        with reading_once(fresh=True):
            made = build_report.make(folder)
        build_report.write(made, out)
        page.show(made.html(True))
    except ArgmapError as error:
        say(str(error))
        page.show(None, str(error))
        return before
    for line in made.inputs.warnings():
        say(line)
    say(f"written {out / 'index.html'} in {time.perf_counter() - start:.1f} s")
    named = {path: _stamp(path) for path in made.inputs.files}
    return {**named, **before}


def _state(folder: Path, out: Path, known: State) -> State:
    """Size and time of each file in the folder, and of each other file that was read last time."""
    try:
        # The report itself may be written into a folder inside.
        here = [path for path in files_in(folder) if out not in path.parents]
    except OSError:
        here = []
    return {path: _stamp(path) for path in {*here, *known}}


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
