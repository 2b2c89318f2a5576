"""Rebuild the report on every change, and reload it in the open page.

    maps change ─▶ make ─▶ index.html and pictures, as always
                     └───▶ the served page ── event "reload" ──▶ browser

The server listens only on 127.0.0.1, answers only to its own name (against DNS rebinding by websites), and has two
addresses: the page and its events. While the maps have errors, the last good page stays and shows the errors.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from argmap.findings import ArgmapError
from argmap.page import build_report
from argmap.remembered import reading_once

PAUSE = 0.3
"""Seconds between looks at the files."""
HEARTBEAT = 15.0
"""Seconds after which an idle stream of events sends a sign of life."""
MAX_STREAMS = 32
"""Open pages that receive events; more are refused."""

_SECURITY = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


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
        Port on 127.0.0.1; 0 for any free port.
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
    try:
        server = _Server(("127.0.0.1", port), _Handler)
    except (OSError, OverflowError) as error:
        raise ArgmapError(f"127.0.0.1:{port}: {getattr(error, 'strerror', None) or error}") from None
    server.page = page
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        seen = _rebuild(folder, out, page, say, {})
        say(f"watching {folder} at http://127.0.0.1:{server.server_port}/ (Ctrl-C stops)")
        while not stop.wait(PAUSE):
            if _state(folder, seen) != seen:
                seen = _rebuild(folder, out, page, say, seen)
    except KeyboardInterrupt:
        say("stopped")
    finally:
        page.close()
        server.shutdown()
        server.server_close()
        thread.join(timeout=2)


class _Page:
    """The current page and its version; requests for events wait here."""

    def __init__(self) -> None:
        self.html = _WAITING
        self.problem = ""
        self.version = 0
        self.closed = False
        self.streams = 0
        self.changed = threading.Condition()

    def show(self, html: str | None, problem: str = "") -> None:
        """Show a new page, or keep the last one and report a problem."""
        with self.changed:
            self.html = html or self.html
            self.problem = problem
            self.version += 1
            self.changed.notify_all()

    def wait(self, version: int) -> None:
        """Wait for a new version, the end of the watch, or the next sign of life; call with `changed` held."""
        self.changed.wait_for(lambda: self.closed or self.version != version, HEARTBEAT)

    def close(self) -> None:
        with self.changed:
            self.closed = True
            self.changed.notify_all()


_WAITING = (
    "<!doctype html><meta charset=utf-8><title>argmap</title>"
    "<meta http-equiv=refresh content=2><p>The report is not ready yet. See the terminal."
)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name != "nt"  # on Windows this would let two servers share a port
    page: _Page

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore browsers that close the connection."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = "argmap"
    sys_version = ""
    timeout = 60
    _ways: ClassVar[Mapping[str, str]] = {"/": "_send_page", "/index.html": "_send_page", "/events": "_send_events"}

    def do_GET(self) -> None:
        """Send the page or its events; refuse everything else."""
        names = {f"{name}:{self.server.server_port}" for name in ("127.0.0.1", "localhost")}
        if self.headers.get("Host", "").lower() not in names:
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
            return
        way = self._ways.get(self.path.partition("?")[0])
        if way is None:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        getattr(self, way)()

    def _send_page(self) -> None:
        body = self.server.page.html.encode("utf-8", "replace")
        self._head(HTTPStatus.OK, "text/html; charset=utf-8", {"Content-Length": str(len(body))})
        self.wfile.write(body)

    def _send_events(self) -> None:
        page = self.server.page
        with page.changed:
            if page.streams >= MAX_STREAMS:
                self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
                return
            page.streams += 1
            version, problem = page.version, page.problem
        try:
            self._head(HTTPStatus.OK, "text/event-stream", {"Connection": "close"})
            self._event("problem", problem)
            while not page.closed:
                with page.changed:
                    page.wait(version)
                    changed, version, problem = page.version != version, page.version, page.problem
                    if page.closed:
                        return
                if not changed:
                    self.wfile.write(b": still here\n\n")
                elif problem:
                    self._event("problem", problem)
                else:
                    self._event("reload", "")
        except OSError:
            return  # the page was closed
        finally:
            with page.changed:
                page.streams -= 1

    def _event(self, name: str, words: str) -> None:
        self.wfile.write(f"event: {name}\ndata: {json.dumps(words)}\n\n".encode())
        self.wfile.flush()

    def _head(self, status: HTTPStatus, kind: str, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **_SECURITY, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _refuse(self, status: HTTPStatus) -> None:
        body = f"{status.value} {status.phrase}\n".encode()
        self._head(status, "text/plain; charset=utf-8", {"Content-Length": str(len(body))})
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Do not log requests."""


State = Mapping[Path, tuple[int, int] | None]


def _rebuild(folder: Path, out: Path, page: _Page, say: Callable[[str], None], known: State) -> State:
    """Rebuild the report. The state of the files is taken first, so that no change is missed."""
    before = _state(folder, known)
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


def _state(folder: Path, known: State) -> State:
    """Size and time of each file in the folder, and of each other file that was read last time."""
    try:
        # Subfolders are skipped: the report itself may be written into one.
        here = [path for path in folder.iterdir() if not path.name.startswith(".") and path.is_file()]
    except OSError:
        here = []
    return {path: _stamp(path) for path in {*here, *known}}


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
