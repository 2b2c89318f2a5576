"""One real browser for all browser tests: found on the machine, watched for errors and requests.

`ARGMAP_CHROMIUM` names the program; else `chromium`, `chromium-browser` or `google-chrome` on the path is taken.
Without one the tests skip and say so.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

import argmap
from argmap.model import Map

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


def program() -> str | None:
    """Find the browser."""
    names = [os.environ.get("ARGMAP_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    return next((found for name in names if name and (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, without a window."""
    if program() is None:
        pytest.skip("no browser: set ARGMAP_CHROMIUM, or install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip("no playwright: pip install 'argmap[dev]'")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Tab:
    """A page of the browser, and all that it complained of or asked for."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    address: str = ""

    def open(self, file: Path, digest: str = "") -> Any:
        """Load a report afresh."""
        self.address = file.as_uri()
        # The same document with another hash would not load anew.
        self.page.goto("about:blank")
        self.errors.clear()
        self.requests.clear()
        self.page.goto(self.address + digest)
        return self.page

    def check(self) -> None:
        """No error was logged and nothing but the page was loaded."""
        assert self.errors == []
        asked = [url for url in self.requests if not url.startswith("data:") and url.partition("#")[0] != self.address]
        assert asked == []


def new_tab(browser: Any, size: str, **options: Any) -> Tab:
    """A page of its own."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        has_touch=size == "phone",
        **options,
    )
    tab = Tab(context.new_page())
    tab.page.set_default_timeout(60_000)
    tab.page.on("console", lambda said: tab.errors.append(said.text) if said.type in ("error", "warning") else None)
    tab.page.on("pageerror", lambda error: tab.errors.append(str(error)))
    tab.page.on("request", lambda request: tab.requests.append(request.url))
    return tab


@pytest.fixture(scope="session")
def desktop_tab(browser: Any) -> Tab:
    return new_tab(browser, "desktop")


@pytest.fixture(scope="session")
def phone_tab(browser: Any) -> Tab:
    return new_tab(browser, "phone")


@pytest.fixture(params=["desktop", "phone"])
def tab(request: pytest.FixtureRequest) -> Iterator[Tab]:
    """At desktop and at phone size; whatever a test does there, no error and no request may come of it."""
    tab: Tab = request.getfixturevalue(f"{request.param}_tab")
    yield tab
    tab.check()


@pytest.fixture
def desktop(desktop_tab: Tab) -> Iterator[Tab]:
    """At desktop size."""
    yield desktop_tab
    desktop_tab.check()


@pytest.fixture
def phone(phone_tab: Tab) -> Iterator[Tab]:
    """At phone size."""
    yield phone_tab
    phone_tab.check()


@pytest.fixture(scope="session")
def essay_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the two essays."""
    return argmap.report(ROOT / "maps", tmp_path_factory.mktemp("browser") / "essays")[0]


@pytest.fixture(scope="session")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Write the page of some maps, with its pictures, and without the files of them that lie beside a page."""
    from argmap.diagram.drawing import Drawing
    from argmap.diff import compare, timeline
    from argmap.page import build
    from argmap.page.build_report import drawn

    def write(*maps: Map, compared: bool = True) -> Path:
        diffs = [compare(*maps)] if compared and len(maps) == 2 else []
        line = timeline(maps) if diffs else None
        with mock.patch("argmap.diagram.drawing.draw_files", return_value=(Drawing(b"", "svg"), Drawing(b"", "pdf"))):
            pictures, _, failures = drawn(maps, diffs, line if line and line.rows else None)
        assert failures == []
        path = tmp_path_factory.mktemp("page") / "index.html"
        path.write_text(build(maps, diffs, line, pictures), "utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's script."""
    if not AXE.is_file():
        pytest.skip("no axe-core: npm install in tests/node")
    return AXE.read_text("utf-8")
