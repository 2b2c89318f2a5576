"""Serve the editor: a few addresses, each one call of the workspace."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

from argmap.diagram import viewer
from argmap.editor import views
from argmap.editor.workspace import PAUSE, Refused, Workspace
from argmap.findings import ArgmapError
from argmap.local_server import Handler, LocalServer
from argmap.page.document import series_style

SCRIPTS = ("main", "ui", "state", "reading", "picture", "outline", "details", "compare", "codebook")


def edit(
    path: str | os.PathLike[str],
    port: int = 0,
    *,
    say: Callable[[str], None] | None = None,
    stop: threading.Event | None = None,
    open_page: Callable[[str], object] | None = None,
) -> None:
    """Serve the editor of a folder of maps, or of one map, until Ctrl-C or `stop`.

    `port` is one on 127.0.0.1 and ::1; 0 for any free port. `say` receives each line of progress; by default lines go
    to standard error. `open_page` gets the address once the server runs, such as `webbrowser.open`. Raise ArgmapError
    if there is no map, or the port is taken.
    """
    say = say or (lambda line: print(line, file=sys.stderr, flush=True))
    stop = stop or threading.Event()
    given = Path(path)
    if not given.exists():
        raise ArgmapError(f"{given}: no such file or folder")
    workspace = Workspace(given if given.is_dir() else given.parent)
    first = "" if given.is_dir() else f"#map={quote(given.name)}"
    with LocalServer(*routes(workspace), lambda: ("hello", workspace.listing()), port) as server:
        address = server.address + first
        say(f"editing {given} at {address} (Ctrl-C stops)")
        if open_page:
            open_page(address)
        try:
            seen = workspace.stamps()
            while not stop.wait(PAUSE):
                now = workspace.stamps()
                if now != seen:
                    seen = now
                    server.events.send("changed", workspace.listing())
        except KeyboardInterrupt:
            say("stopped")


def routes(workspace: Workspace) -> tuple[dict[str, Handler], dict[str, Handler]]:
    """Return the handlers of a workspace: those of GET, which read, and those of POST, which change."""
    from starlette.responses import JSONResponse, Response

    def answer(call: Callable[[Any], dict[str, Any]]) -> Handler:
        def handle(request: Any) -> Response:
            try:
                return JSONResponse(call(request))
            except Refused as refused:
                return JSONResponse({"message": str(refused), **refused.details}, refused.status)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                return JSONResponse({"message": f"this request is incomplete: {error}"}, 400)

        return handle

    def asset(name: str, kind: str) -> Handler:
        return lambda _: Response(_asset(name), media_type=kind)

    def changed(call: Callable[[str, dict[str, Any]], dict[str, Any]]) -> Handler:
        def made(request: Any) -> dict[str, Any]:
            asked = request.state.json
            client = str(asked["client"])
            result = call(client, asked)
            return {**result, "undo": workspace.depth(client)}

        return answer(made)

    reads: dict[str, Handler] = {
        "/": asset("index.html", "text/html"),
        "/editor.css": asset("editor.css", "text/css"),
        **{f"/{name}.js": asset(f"{name}.js", "text/javascript") for name in SCRIPTS},
        "/words": answer(lambda _: views.words()),
        "/files": answer(lambda _: workspace.listing()),
        "/file": answer(lambda asked: workspace.view(asked.query_params["name"])),
        "/compared": answer(
            lambda asked: workspace.compared(asked.query_params["before"], asked.query_params["after"])
        ),
        "/picture": answer(
            lambda asked: workspace.picture(asked.query_params["kind"], asked.query_params.getlist("map"))
        ),
    }
    changes: dict[str, Handler] = {
        "/edit": changed(
            lambda client, asked: workspace.edit(
                client, str(asked["file"]), str(asked["version"]), str(asked["do"]), dict(asked.get("with", {}))
            )
        ),
        "/undo": changed(lambda client, _: workspace.undo(client)),
        "/redo": changed(lambda client, _: workspace.redo(client)),
        "/align": changed(lambda client, asked: workspace.create(client, str(asked["before"]), str(asked["after"]))),
    }
    return reads, changes


def _asset(name: str) -> bytes:
    """Read a file of the page; the style sheet begins with the colours, letters and buttons of the report."""
    folder = resources.files(__package__).joinpath("page")
    text = folder.joinpath(name).read_text("utf-8")
    if name == "editor.css":
        ground = resources.files("argmap.page").joinpath("style", "1-ground.css").read_text("utf-8")
        text = "\n".join([viewer.style(), ground, series_style(), text])
    return text.encode()
