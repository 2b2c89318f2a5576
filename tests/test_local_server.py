"""The local server answers this machine's pages and refuses everybody else."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.testclient import TestClient

from argmap import ArgmapError, local_server
from argmap.local_server import Events, LocalServer, app_of

PAGE = {
    "/": lambda _: PlainTextResponse("the page"),
    "/files/{name}": lambda asked: PlainTextResponse(str(asked.path_params)),
}
CHANGE = {"/edit": lambda asked: JSONResponse({"got": asked.state.json})}
HOST = "127.0.0.1:8000"


@pytest.fixture(scope="module")
def client() -> TestClient:
    """Ask the app without a network; its token is `key`, its port 8000."""
    return TestClient(app_of(PAGE, CHANGE, Events(lambda: ("hello", 1)), "key", 8000), base_url=f"http://{HOST}")


@pytest.mark.parametrize("host", [HOST, "localhost:8000", "[::1]:8000", "LOCALHOST:8000"])
def test_the_page_is_served_under_the_names_of_this_machine(client: TestClient, host: str) -> None:
    """Every answer forbids frames, other sites and caches."""
    answer = client.get("/key/", headers={"Host": host})
    assert (answer.status_code, answer.text) == (200, "the page")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:8000",
        "0.0.0.0:8000",
        "",
    ],
)
def test_another_name_is_refused(client: TestClient, host: str) -> None:
    """A website whose name was pointed at this machine gets nothing (DNS rebinding)."""
    for path in ("/key/", "/key/events"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 421
        assert "the page" not in answer.text


@pytest.mark.parametrize("second", [HOST, "evil.example"])
def test_two_host_headers_are_refused(client: TestClient, second: str) -> None:
    """Two programs may each believe another one."""
    answer = client.get("/key/", headers=[("Host", HOST), ("Host", second)])
    assert answer.status_code == 421


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/events", "/kez/", "/key", "/key2/", "/ké/", "//key/", "/keykey/"]
)
def test_the_token_is_needed(client: TestClient, path: str) -> None:
    """Nobody learns from the answer whether a path exists."""
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/key/../etc/passwd",
        "/key/%2e%2e/%2e%2e/etc/passwd",
        "/key//etc/passwd",
        "/key/files/../../x",
        "/key/files/a%2fb",
        "/key/files/..%2f..%2fx",
    ],
)
def test_a_path_leads_nowhere_else(client: TestClient, path: str) -> None:
    """A name in a path is one name; it has no folders."""
    assert client.get(path).status_code == 404


POST: dict[str, str] = {"Origin": f"http://{HOST}", "Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        (POST, "[1]", 200),
        (POST | {"Content-Type": "application/json; charset=utf-8"}, "[1]", 200),
        (POST | {"Origin": "http://evil.example"}, "[1]", 403),
        (POST | {"Origin": "null"}, "[1]", 403),
        (POST | {"Origin": "https://127.0.0.1:8000"}, "[1]", 403),
        (POST | {"Origin": "http://localhost:8000"}, "[1]", 403),
        (POST | {"Sec-Fetch-Site": "same-site"}, "[1]", 403),
        ({"Content-Type": "application/json"}, "[1]", 403),
        (POST | {"Content-Type": "text/plain"}, "[1]", 415),
        (POST | {"Content-Type": "application/x-www-form-urlencoded"}, "a=1", 415),
        ({"Origin": POST["Origin"]}, "[1]", 415),
        (POST, "[1", 400),
        (POST, "", 400),
        (POST, "[" * 100_000, 400),
        (POST, '"' + "x" * local_server.MAX_BODY + '"', 413),
    ],
)
def test_a_change_must_come_from_the_page_and_be_json(
    client: TestClient, headers: dict[str, str], body: str, status: int
) -> None:
    """A form of another site sends no JSON, and its origin tells it."""
    assert client.post("/key/edit", headers=headers, content=body).status_code == status


def test_other_methods_and_paths_are_refused(client: TestClient) -> None:
    """A page is read, a change is posted."""
    assert client.post("/key/", headers=POST, content="1").status_code == 405
    assert client.get("/key/edit").status_code == 405
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
        assert client.request(method, "/key/edit").status_code == 405


# --- over a real network -----------------------------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[LocalServer]:
    """A server that runs."""
    with LocalServer(PAGE, CHANGE, lambda: ("hello", 1)) as running:
        yield running


def asked(server: LocalServer, host: str = "127.0.0.1") -> tuple[int, str]:
    connection = http.client.HTTPConnection(host, server.port, timeout=60)
    try:
        connection.request("GET", f"/{server.token}/")
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def until(true: Callable[[], bool]) -> None:
    """Wait for something; the test's own time limit is the machine's."""
    for _ in range(3000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("this did not happen")


def connected(server: LocalServer, stack: ExitStack, words: bytes = b"") -> socket.socket:
    each = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=60))
    each.sendall(words)
    return each


def stream(server: LocalServer, stack: ExitStack) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    stack.callback(connection.close)
    connection.request("GET", f"/{server.token}/events")
    return connection.getresponse()


def test_200_half_open_connections_do_not_hold_it_up(server: LocalServer) -> None:
    """The oldest ones are closed, and a page is served meanwhile."""
    with ExitStack() as stack:
        for n in range(200):
            connected(server, stack, b"POST / HTTP/1.1\r\nHost:" if n % 2 else b"")
        assert asked(server) == (200, "the page")


def test_a_request_that_never_ends_is_closed(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a head nor a body may take for ever, also after a first good request."""
    monkeypatch.setattr(local_server, "REQUEST_SECONDS", 0.1)
    head = f"Host: 127.0.0.1:{server.port}\r\n".encode()
    good = f"GET /{server.token}/ HTTP/1.1\r\n".encode() + head + b"\r\n"
    post = f"POST /{server.token}/edit HTTP/1.1\r\n".encode() + head
    post += f"Origin: http://127.0.0.1:{server.port}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n[".encode()
    with ExitStack() as stack:
        for words in (b"", b"GET / HT", post):
            assert _ends(connected(server, stack, words)), words
        again = connected(server, stack, good)
        again.recv(4096)
        again.sendall(b"GET /")
        assert _ends(again)


def _ends(connection: socket.socket) -> bool:
    try:
        while connection.recv(4096):
            pass
    except ConnectionResetError:
        pass
    return True


def test_streams_are_bounded_and_released(server: LocalServer) -> None:
    """More open pages than there are streams are refused; a closed page gives its stream back."""
    with ExitStack() as stack:
        streams = [stream(server, stack) for _ in range(local_server.MAX_STREAMS)]
        assert all(each.readline() == b"event: hello\n" for each in streams)
        assert stream(server, stack).status == 503
        server.events.send("changed", "x")
        for each in streams:
            assert [each.readline() for _ in range(4)][2:] == [b"event: changed\n", b'data: "x"\n']
    until(lambda: len(server.events) == 0)
    with ExitStack() as stack:
        assert stream(server, stack).status == 200


def test_it_listens_on_this_machine_only_and_says_when_a_port_is_taken(server: LocalServer) -> None:
    """IPv4 and IPv6 have one port; a second server is told."""
    assert asked(server)[0] == 200
    if socket.has_ipv6 and len(server._sockets) == 2:
        assert asked(server, "::1") == (200, "the page")
    assert {each.getsockname()[0] for each in server._sockets} <= {"127.0.0.1", "::1"}
    with pytest.raises(ArgmapError, match=f"127.0.0.1:{server.port}"):
        LocalServer(PAGE, CHANGE, lambda: ("hello", 1), server.port)
    with pytest.raises(ArgmapError, match="70000"):
        LocalServer(PAGE, CHANGE, lambda: ("hello", 1), 70000)
