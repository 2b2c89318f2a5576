"""Rebuild the report on every change, and reload it in the open page.

    maps change ─▶ make ─▶ index.html and pictures, as always
                     └───▶ the served page ── event "reload" ──▶ browser

While the maps have errors, the last good page stays and shows the errors. A report of many pages is served from its folder;
a change there makes only the pages that it concerns, and a map with errors is named on the index.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from argmap.findings import ArgmapError
from argmap.local_server import LocalServer
from argmap.page import build_report
from argmap.page.build_report import Pages
from argmap.page.document import live
from argmap.page.inputs import are_many
from argmap.page.many.build import FOLDERS, write_many
from argmap.remembered import reading_once
from argmap.text_file import files_in

PAUSE = 0.3
"""Seconds between looks at the files."""


def watch(
    folder: str | os.PathLike[str],
    out: str | os.PathLike[str],
    port: int = 0,
    *,
    pages: Pages = "auto",
    jobs: int | None = None,
    say: Callable[[str], None] | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Serve the report of a folder and rebuild it on every change, until Ctrl-C or `stop`; see `report`.

    `port` is one on 127.0.0.1 and ::1; 0 for any free port. `pages` goes by the number of texts alone, if it is `auto`.
    `say` receives each line of progress; by default lines go to standard error. Raise ArgmapError if the folder cannot
    be read or the port is taken.
    """
    say = say or (lambda line: print(line, file=sys.stderr, flush=True))
    stop = stop or threading.Event()
    folder, out = Path(folder), Path(out)
    if not folder.is_dir():
        raise ArgmapError(f"{folder}: not a folder")
    page = _Page()
    asked = _Asked(folder, out, pages, jobs)
    reads = {"/": page.answer, "/{name}": page.answer, "/{folder}/{name}": page.answer}
    with LocalServer(reads, {}, lambda: ("problem", page.problem), port) as server:
        try:
            seen = _rebuild(asked, page, say, {})
            say(f"watching {folder} at {server.address} (Ctrl-C stops)")
            while not stop.wait(PAUSE):
                if _state(folder, out, seen) != seen:
                    seen = _rebuild(asked, page, say, seen)
                    server.events.send("problem" if page.problem else "reload", page.problem)
        except KeyboardInterrupt:
            say("stopped")


@dataclass(frozen=True, slots=True)
class _Asked:
    folder: Path
    out: Path
    pages: Pages
    jobs: int | None

    @property
    def many(self) -> bool:
        """True for a report of many pages."""
        return self.pages == "many" or (self.pages == "auto" and are_many(self.folder, build_report.MOST_TEXTS))


class _Page:
    """The current page, or the folder of many, and what is wrong with the maps."""

    def __init__(self) -> None:
        self.html = _WAITING
        self.out: Path | None = None
        self.problem = ""

    def show(self, html: str | None, problem: str = "", out: Path | None = None) -> None:
        """Show a new page or the pages of a folder, or keep the last and report a problem."""
        if html or out:
            self.html, self.out = html or _WAITING, out
        self.problem = problem

    def answer(self, request: Any) -> Any:
        """Answer with a page or a part of the search index; nothing else is served."""
        from starlette.responses import HTMLResponse, PlainTextResponse, Response

        folder, name = request.path_params.get("folder", ""), request.path_params.get("name", "index.html")
        html: str | None = None
        if self.out is None:
            html = self.html if (folder, name) == ("", "index.html") else None
        elif (folder in FOLDERS and _NAME.fullmatch(name)) or (not folder and _INDEX.fullmatch(name)):
            try:
                html = (self.out / folder / name).read_text("utf-8")
            except OSError:
                html = None
            if html and name.endswith(".js"):
                return Response(html, media_type="text/javascript")
            html = html and live(html, "../" if folder else "")
        if not html:
            return PlainTextResponse("not found\n", 404)
        # The policy is sent as a header too, which can forbid frames.
        policy = unescape(html.partition('Content-Security-Policy" content="')[2].partition('"')[0])
        policy = (policy or "default-src 'none'") + "; frame-ancestors 'none'"
        return HTMLResponse(html.encode("utf-8", "replace"), headers={"Content-Security-Policy": policy})


_NAME = re.compile(r"[a-z0-9_-]{1,90}\.(?:html|js)")
_INDEX = re.compile(r"index(?:-\d{1,6})?\.html")
_WAITING = (
    "<!doctype html><meta charset=utf-8><title>argmap</title>"
    "<meta http-equiv=refresh content=2><p>The report is not ready yet. See the terminal."
)


State = Mapping[Path, tuple[int, int] | None]


def _rebuild(asked: _Asked, page: _Page, say: Callable[[str], None], known: State) -> State:
    """Rebuild the report. The state of the files is taken first, so that no change is missed."""
    folder, out = asked.folder, asked.out
    before = _state(folder, out, known)
    start = time.perf_counter()
    try:
        with reading_once(fresh=True):
            if asked.many:
                many = write_many(folder, out, jobs=asked.jobs)
                files, warnings = set(many.files), [*many.warnings, *many.unread]
                page.show(None, out=out)
            else:
                made = build_report.make(folder)
                build_report.write(made, out)
                files, warnings = made.inputs.files, list(made.inputs.warnings())
                page.show(made.html(True))
    except ArgmapError as error:
        say(str(error))
        page.show(None, str(error))
        return before
    for line in warnings:
        say(line)
    say(f"written {out / 'index.html'} in {time.perf_counter() - start:.1f} s")
    return {**{path: _stamp(path) for path in files}, **before}


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
