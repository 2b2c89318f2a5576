"""`argmap report --watch`: what the server answers, to whom, and what a change does."""

from __future__ import annotations

import http.client
import json
import queue
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from argmap import ArgmapError
from argmap.page import watch, watching
from tests.conftest import NightBus
from tests.page.city import write_city


@dataclass
class Watched:
    port: int
    token: str
    out: Path
    said: queue.Queue[str]
    thread: threading.Thread
    stop: threading.Event

    def get(self, path: str = "/", host: str | None = None, method: str = "GET") -> tuple[int, dict[str, str], str]:
        """What the server answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, f"/{self.token}{path}", headers={"Host": host or f"127.0.0.1:{self.port}"})
            answer = connection.getresponse()
            return answer.status, {name.title(): value for name, value in answer.getheaders()}, answer.read().decode()
        finally:
            connection.close()

    def hear(self, words: str) -> str:
        """The next line that says so."""
        while True:
            line = self.said.get(timeout=120)
            if words in line:
                return line


@pytest.fixture
def watched(night_bus: NightBus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """A watch over the letter's folder, stopped at the end."""
    monkeypatch.setattr(watching, "PAUSE", 0.03)
    said: queue.Queue[str] = queue.Queue()
    stop = threading.Event()
    out = tmp_path / "out"
    thread = threading.Thread(target=watch, args=(night_bus.folder, out), kwargs={"say": said.put, "stop": stop})
    thread.start()
    lines = []
    while not (port := re.search(r"http://127\.0\.0\.1:(\d+)/([\w-]+)/", lines[-1] if lines else "")):
        lines.append(said.get(timeout=120))
    yield Watched(int(port[1]), port[2], out, said, thread, stop)
    stop.set()
    thread.join(timeout=120)
    assert not thread.is_alive()


def test_only_the_page_and_its_events_are_served(watched: Watched) -> None:
    """Files beside the page, of the project and of the machine are not to be had, and nothing can be sent."""
    status, headers, page = watched.get()
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert "Let the buses run at night" in page
    for path in (
        "/night-bus.svg",
        "/night-bus.yaml",
        "/../letter.txt",
        "/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/events/x",
    ):
        assert watched.get(path)[0] == 404, path
    assert watched.get(method="POST")[0] == 403
    assert watched.get(method="PUT")[0] == 405
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "sha256-" in headers["Content-Security-Policy"]


def test_the_written_page_does_not_know_the_server(watched: Watched) -> None:
    """Only the served page listens for events; the one on disk loads nothing, ever."""
    written = (watched.out / "index.html").read_text("utf-8")
    assert "EventSource" not in written
    assert "connect-src" not in written
    served = watched.get()[2]
    assert "EventSource" in served
    assert "connect-src" in served
    assert "download" not in served


def test_a_change_rebuilds_and_reloads_an_error_keeps_the_page(watched: Watched, night_bus: NightBus) -> None:
    """A new word is served and told; a wrong quote is shown as failed; an error is told and the last good page stays; mending it reloads again."""
    connection = http.client.HTTPConnection("127.0.0.1", watched.port, timeout=120)
    connection.request("GET", f"/{watched.token}/events", headers={"Host": f"127.0.0.1:{watched.port}"})
    events = _events(connection.getresponse())
    assert next(events) == ("problem", "")
    night_bus.change("text: Night buses would stand empty.", "text: Night buses would run empty.")
    assert next(events) == ("reload", "")
    assert "Night buses would run empty." in watched.get()[2]
    assert "Night buses would run empty." in (watched.out / "index.html").read_text("utf-8")
    night_bus.change('quote: "People who work late have no way home"', 'quote: "People who work late have no home"')
    assert next(events) == ("reload", "")
    assert "not found in the text" in watched.get()[2]
    night_bus.change('quote: "People who work late have no home"', 'quote: "People who work late have no way home"')
    assert next(events) == ("reload", "")
    night_bus.change("thesis: run-at-night", "thesis: runs-at-night")
    name, problem = next(events)
    assert name == "problem"
    assert "runs-at-night" in problem
    assert "Night buses would run empty." in watched.get()[2]
    night_bus.change("thesis: runs-at-night", "thesis: run-at-night")
    assert next(events) == ("reload", "")
    connection.close()


def test_a_text_that_a_map_names_is_watched_too(watched: Watched, night_bus: NightBus) -> None:
    """Changing the letter, and not the map, is noticed."""
    letter = night_bus.folder / "letter.txt"
    letter.write_bytes(letter.read_bytes() + b"\nA line more.\n")
    assert "changed-source" in watched.hear("changed-source")


def test_the_report_itself_is_no_change(watched: Watched) -> None:
    """Written into the folder that is watched, it does not set off the next one."""
    with pytest.raises(queue.Empty):
        watched.said.get(timeout=1.5)


def test_a_map_that_cannot_be_read_is_told_of(watched: Watched, night_bus: NightBus) -> None:
    """The page goes on without it."""
    (night_bus.folder / "x.argdown").write_text("[A]: a\n[B]: b\n")
    assert "x.argdown:2:1: syntax" in watched.hear("x.argdown")
    watched.hear("written")


def test_stopping_closes_open_pages_and_the_port(watched: Watched) -> None:
    """A page that waits for events does not hold the server up."""
    connection = http.client.HTTPConnection("127.0.0.1", watched.port, timeout=120)
    connection.request("GET", f"/{watched.token}/events", headers={"Host": f"127.0.0.1:{watched.port}"})
    answer = connection.getresponse()
    watched.stop.set()
    watched.thread.join(timeout=120)
    assert not watched.thread.is_alive()
    assert b"problem" in answer.read()
    connection.close()
    with pytest.raises(ConnectionRefusedError):
        watched.get()


@pytest.mark.unix
def test_control_c_ends_it_without_a_traceback(night_bus: NightBus, tmp_path: Path) -> None:
    """The command says that it stopped, and exits with 0."""
    import signal
    import subprocess
    import sys

    command = [sys.executable, "-m", "argmap", "report", str(night_bus.folder), "-o", str(tmp_path / "out"), "--watch"]
    # A suite that runs in the background passes on that SIGINT is ignored.
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    )
    assert process.stderr is not None
    lines = []
    while "watching" not in "".join(lines):
        lines.append(process.stderr.readline())
        assert lines[-1], lines
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=120)
    assert process.returncode == 0
    assert "Traceback" not in rest
    assert "stopped" in rest


def test_a_taken_port_and_a_missing_folder_are_one_line(watched: Watched, night_bus: NightBus, tmp_path: Path) -> None:
    """Both are the user's mistakes."""
    with pytest.raises(ArgmapError, match=f"127.0.0.1:{watched.port}"):
        watch(night_bus.folder, tmp_path / "other", watched.port)
    with pytest.raises(ArgmapError, match="not a folder"):
        watch(tmp_path / "nowhere", tmp_path / "other")


def test_many_pages_are_served_and_rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and parts of the search index, and nothing else; a change makes the page that it concerns and reloads."""
    monkeypatch.setattr(watching, "PAUSE", 0.03)
    folder, out, said, stop = write_city(tmp_path / "maps", 7), tmp_path / "out", queue.Queue[str](), threading.Event()
    thread = threading.Thread(target=watch, args=(folder, out), kwargs={"say": said.put, "stop": stop, "jobs": 1})
    thread.start()
    watched = Watched(0, "", out, said, thread, stop)
    try:
        assert "broken.yaml" in watched.hear("broken.yaml")
        address = re.search(r"http://127\.0\.0\.1:(\d+)/([\w-]+)/", watched.hear("watching"))
        assert address
        watched.port, watched.token = int(address[1]), address[2]
        status, headers, index = watched.get()
        assert status == 200
        assert 'EventSource("events")' in index
        assert "script-src 'sha256-" in headers["Content-Security-Policy"]
        assert "connect-src 'self'" in headers["Content-Security-Policy"]
        _, headers, text = watched.get("/texts/m00.html")
        assert 'EventSource("../events")' in text
        status, headers, part = watched.get("/search/texts.js")
        assert (status, headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
        assert "argmapPart(" in part
        for path in (
            "/.argmap-report.jsonl",
            "/texts/m99.html",
            "/texts/%2e%2e%2findex.html",
            "/maps/m00.yaml",
            "/x.html",
        ):
            assert watched.get(path)[0] == 404, path
        assert "EventSource" not in (out / "index.html").read_text("utf-8")
        changed = (folder / "m03.yaml").read_text("utf-8").replace("has 3 cafés.", "has three cafés.")
        (folder / "m03.yaml").write_text(changed, "utf-8")
        watched.hear("written")
        assert "has three cafés." in watched.get("/texts/m03.html")[2]
    finally:
        stop.set()
        thread.join(timeout=120)
    assert not thread.is_alive()


def _events(answer: http.client.HTTPResponse) -> Iterator[tuple[str, str]]:
    name = ""
    while line := answer.readline().decode():
        if line.startswith("event: "):
            name = line[7:].strip()
        elif line.startswith("data: "):
            yield name, json.loads(line[6:])
