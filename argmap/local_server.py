"""Serve pages to browsers of this machine, and to nobody else.

Any website can make a browser send requests to a local server, and any program of the machine can connect to it. So a
request must pass each of these checks before a page sees it:

    connection ─ few half-open ones ─▶ Host ─ our name, once ─▶ token in the path ─▶ Origin ─ ours ─▶ JSON, bounded ─▶ page

The server listens on 127.0.0.1 and ::1. Every answer forbids other sites to frame or read it. Pages hear of changes
through one stream of events each; a stream ends with its page.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from argmap.findings import ArgmapError

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

Handler = Callable[[Any], "Response"]
"""Answers a request; of a POST, `request.state.json` is the body. Runs in a thread of its own."""

HEARTBEAT = 15.0
"""Seconds after which an idle stream of events sends a sign of life."""
MAX_STREAMS = 32
"""Open pages that receive events; more are refused."""
MAX_BODY = 1 << 20
"""Bytes of a request's body."""
MAX_HALF_OPEN = 64
"""Connections whose request is not complete; the oldest are closed first."""
MAX_CONNECTIONS = 256
REQUEST_SECONDS = 10.0
"""Time for a request to arrive."""

SELF_ONLY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The content policy of a page that names none of its own."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": SELF_ONLY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Events:
    """Messages to all open pages."""

    def __init__(self, greeting: Callable[[], tuple[str, Any]]) -> None:
        self._greeting = greeting
        self._streams: dict[asyncio.Queue[tuple[str, Any] | None], asyncio.AbstractEventLoop] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._streams)

    def send(self, name: str, data: Any) -> None:
        """Send a message to every open page; from any thread."""
        self._put((name, data))

    def close(self) -> None:
        """End all streams."""
        self._put(None)

    def _put(self, message: tuple[str, Any] | None) -> None:
        with self._lock:
            streams = list(self._streams.items())
        for queue, loop in streams:
            with suppress(RuntimeError):  # the loop has ended, and the stream with it
                loop.call_soon_threadsafe(queue.put_nowait, message)

    async def endpoint(self, request: Any) -> Response:  # noqa: ARG002 - starlette passes it
        """Answer with a stream, or refuse one too many."""
        from starlette.responses import PlainTextResponse, StreamingResponse

        queue: asyncio.Queue[tuple[str, Any] | None] = asyncio.Queue()
        with self._lock:
            if len(self._streams) >= MAX_STREAMS:
                return PlainTextResponse("too many open pages\n", 503)
            self._streams[queue] = asyncio.get_running_loop()
        return StreamingResponse(self._stream(queue), media_type="text/event-stream")

    async def _stream(self, queue: asyncio.Queue[tuple[str, Any] | None]) -> AsyncIterator[str]:
        try:
            message: tuple[str, Any] | None = self._greeting()
            while message is not None:
                yield f"event: {message[0]}\ndata: {json.dumps(message[1])}\n\n"
                while True:
                    try:
                        message = await asyncio.wait_for(queue.get(), HEARTBEAT)
                        break
                    except TimeoutError:
                        yield ": still here\n\n"
        finally:
            with self._lock:
                self._streams.pop(queue, None)


class Guard:
    """The checks of every request, around an app that knows nothing of them."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self.app, self.token = app, token
        self.hosts = {f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost", "[::1]")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that passes, and refuse any other."""
        from starlette.responses import PlainTextResponse

        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        body = None
        if not refusal and scope["method"] == "POST":
            body = await _body(receive)
            if body is None:
                refusal = 413, "this request is too large"
            else:
                try:
                    scope.setdefault("state", {})["json"] = json.loads(body)
                except (ValueError, RecursionError):
                    refusal = 400, "this request is not JSON"
        if refusal:
            await PlainTextResponse(f"{refusal[1]}\n", refusal[0])(scope, receive, _with_headers(send))
            return
        inner = {**scope, "path": scope["path"][len(self.token) + 1 :], "root_path": ""}
        await self.app(inner, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Return the status and the reason for a request that is refused."""
        headers: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.lower(), []).append(value)
        hosts = [value.lower() for value in headers.get(b"host", [])]
        if len(hosts) != 1 or hosts[0] not in self.hosts:
            return 421, "this server has another name"
        origins = headers.get(b"origin", [])
        is_post = scope["method"] == "POST"
        if origins != [b"http://" + hosts[0]] and (origins or is_post):
            return 403, "this request comes from another site"
        foreign = set(headers.get(b"sec-fetch-site", [])) - {b"same-origin", b"none"}
        if foreign and headers.get(b"sec-fetch-mode") != [b"navigate"]:  # a link may lead here
            return 403, "this request comes from another site"
        first = scope["path"].split("/")[1] if scope["path"].startswith("/") else ""
        if not secrets.compare_digest(first.encode(), self.token.encode()):
            return 404, "not found"
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, "this server reads with GET and changes with POST"
        kinds = [value.split(b";")[0].strip().lower() for value in headers.get(b"content-type", [])]
        if is_post and kinds != [b"application/json"]:
            return 415, "send JSON"
        return None


async def _body(receive: Receive) -> bytes | None:
    """Read the body of a request; None if it is too large or breaks off."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            return None
        if not message.get("more_body"):
            return bytes(body)


def _with_headers(send: Send) -> Send:
    """Add the headers of every answer that it does not set itself."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name.lower() for name, _ in message["headers"]}
            added = [
                (name.encode(), value.encode()) for name, value in _HEADERS.items() if name.lower().encode() not in own
            ]
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return sent


def app_of(
    reads: Mapping[str, Handler], changes: Mapping[str, Handler], events: Events, token: str, port: int
) -> Guard:
    """Make the ASGI app of a server, behind all checks.

    `reads` and `changes` are the handlers of GET and of POST by path; a path is `/` or `/words`, or has parts in
    braces, `/files/{name}`. Events are served at `/events`; `token` is the first part of every path.
    """
    from starlette.applications import Starlette
    from starlette.routing import Route

    routes = [Route("/events", events.endpoint, methods=["GET"])]
    routes += [Route(path, handler, methods=["GET"]) for path, handler in reads.items()]
    routes += [Route(path, handler, methods=["POST"]) for path, handler in changes.items()]
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False
    return Guard(app, token, port)


class LocalServer:
    """A running server, in a thread of its own; use it in a `with` statement. See `app_of` and `Events`.

    `port` is one on 127.0.0.1 and ::1; 0 for any free port. Raises ArgmapError if it is taken.
    """

    def __init__(
        self,
        reads: Mapping[str, Handler],
        changes: Mapping[str, Handler],
        greeting: Callable[[], tuple[str, Any]],
        port: int = 0,
    ) -> None:
        self.token = secrets.token_urlsafe(18)
        self._sockets = _listening(port)
        self.port = self._sockets[0].getsockname()[1]
        self.events = Events(greeting)
        import uvicorn

        config = uvicorn.Config(
            app_of(reads, changes, self.events, self.token, self.port),
            http=_protocol(),
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            limit_concurrency=MAX_CONNECTIONS,
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=(self._sockets,), daemon=True)

    @property
    def address(self) -> str:
        """The address to open, with the token."""
        return f"http://127.0.0.1:{self.port}/{self.token}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.events.close()
        self._server.should_exit = True
        self._thread.join(timeout=5)
        for each in self._sockets:
            each.close()


def _listening(port: int) -> list[socket.socket]:
    """Open sockets on both local addresses; a machine without IPv6 has one."""
    sockets: list[socket.socket] = []
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            each = socket.socket(family, socket.SOCK_STREAM)
        except OSError:
            continue
        try:
            if socket.has_dualstack_ipv6() and family == socket.AF_INET6:
                each.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would let two servers share a port
                each.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            each.bind((host, sockets[0].getsockname()[1] if sockets else port))
            each.listen(128)
        except (OSError, OverflowError) as error:
            each.close()
            if family == socket.AF_INET:
                raise ArgmapError(f"127.0.0.1:{port}: {getattr(error, 'strerror', None) or error}") from None
            continue
        sockets.append(each)
    return sockets


def _protocol() -> type[asyncio.Protocol]:
    """Make uvicorn's protocol with a limit to half-open connections, which belongs to one server."""
    import h11
    from uvicorn.protocols.http.h11_impl import H11Protocol

    half_open: dict[Any, asyncio.TimerHandle] = {}

    class Bounded(H11Protocol):
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._wait()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            complete = self.conn.their_state not in (h11.IDLE, h11.SEND_BODY)
            if complete or self.timeout_keep_alive_task is not None:
                self._arrived()
            elif self not in half_open:
                self._wait()

        def connection_lost(self, exc: Exception | None) -> None:
            self._arrived()
            super().connection_lost(exc)

        def _wait(self) -> None:
            half_open[self] = self.loop.call_later(REQUEST_SECONDS, self._late)
            while len(half_open) > MAX_HALF_OPEN:
                next(iter(half_open))._late()

        def _arrived(self) -> None:
            timer = half_open.pop(self, None)
            if timer is not None:
                timer.cancel()

        def _late(self) -> None:
            self._arrived()
            self.transport.abort()

    return Bounded
