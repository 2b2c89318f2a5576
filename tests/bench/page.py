"""The report: how long the page takes to make, to open, and to pan, beside an empty page in the same browser."""

from __future__ import annotations

import os
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import argmap
from argmap.diff import compare, timeline
from argmap.model import Map
from argmap.page import build
from argmap.page.build_report import drawn

MAPS = Path(__file__).resolve().parents[2] / "maps"
WORDS = "alliance partner treaty region force plan base threat policy crisis summit defence missile navy army budget".split()  # noqa: SIM905
PAN = """async selector => {
    const port = selector && document.querySelector(selector);
    const send = (type, x, y) => port?.dispatchEvent(new PointerEvent(type,
        {pointerId: 5, bubbles: true, clientX: x, clientY: y, buttons: 1}));
    const times = [];
    let [x, y] = [700, 400];
    let last = performance.now();
    send('pointerdown', x, y);
    for (let frame = 0; frame < 120; frame++) {
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        times.push(now - last);
        last = now;
        x += frame % 40 < 20 ? -9 : 9;
        y += frame % 30 < 15 ? -5 : 5;
        send('pointermove', x, y);
    }
    send('pointerup', x, y);
    return times;
}"""


def main() -> None:
    """Print the figures for the essays and for two maps of 500 claims."""
    with tempfile.TemporaryDirectory() as folder:
        essays = [argmap.load(MAPS / "1996.yaml"), argmap.load(MAPS / "2005.yaml")]
        alignment = argmap.load_alignment(MAPS / "1996-2005.yaml")
        start = time.perf_counter()
        argmap.report(MAPS, Path(folder) / "report")
        print(f"essays: folder to report, pictures drawn and written  {time.perf_counter() - start:6.2f} s")
        pages = {
            "essays": _page("essays", essays, alignment, Path(folder)),
            "2 × 500 claims": _page("2 × 500 claims", [_big("before"), _big("after")], None, Path(folder)),
        }
        _in_browser(pages)


def _page(name: str, maps: list[Map], alignment: argmap.Alignment | None, folder: Path) -> tuple[Path, str]:
    diff = compare(*maps, alignment)
    line = timeline(maps, [alignment] if alignment else [])
    pictures, _, failures = drawn(maps, [diff], line if line.rows else None)
    assert not failures, failures
    start = time.perf_counter()
    html = build(maps, [diff], line, pictures)
    took = time.perf_counter() - start
    path = folder / f"{maps[0].id}.html"
    path.write_text(html, "utf-8")
    print(f"{name}: page from values  {took:6.2f} s, {len(html.encode()) / 1e6:.2f} MB")
    return path, f'[id="map:{maps[0].id}"] .viewport'


def _big(claim_id: str, claims: int = 500) -> Map:
    """A map of that many claims, three reasons to each."""
    chance = random.Random(claim_id)  # noqa: S311 - for looks
    said = [f"{n}: {' '.join(chance.choices(WORDS, k=12))}." for n in range(claims)]
    return Map.model_validate(
        {
            "id": claim_id,
            "thesis": "c0",
            "sources": {"text": {"text": "\n\n".join(" ".join(said[n : n + 6]) for n in range(0, claims, 6))}},
            "claims": {f"c{n}": {"text": said[n], "quote": said[n], "issue": f"i{n % 12}"} for n in range(claims)},
            "relations": [{"support": f"c{(n - 1) // 3}", "by": f"c{n}"} for n in range(1, claims)],
            "issues": {f"i{n}": {"question": f"What of {WORDS[n]}?"} for n in range(12)},
        }
    )


def _in_browser(pages: dict[str, tuple[Path, str]]) -> None:
    names = [os.environ.get("ARGMAP_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    program = next((found for name in names if name and (found := shutil.which(name))), None)
    if program is None:
        print("no browser: opening and panning not measured")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto("data:text/html,<title>empty</title>")
        empty = _frames(page, None)
        print(f"empty page: frame  {empty[0]:.1f} ms median, {empty[1]:.1f} ms at 95 %")
        for name, (path, port) in pages.items():
            page.goto(path.as_uri())
            ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
            page.locator(port).evaluate(
                "port => { for (let up = port; (up = up.parentElement?.closest('details')); ) up.open = true; }"
            )
            page.locator(port).evaluate("port => port.closest('.picture').scrollIntoView()")
            page.locator(f"{port}.ready").wait_for()
            frame = _frames(page, port)
            print(
                f"{name}: interactive after  {ready:.0f} ms; panning, frame  {frame[0]:.1f} ms median, "
                f"{frame[1]:.1f} ms at 95 %: {frame[0] / empty[0]:.2f} × an empty page's"
            )
        browser.close()


def _frames(page: Any, port: str | None) -> tuple[float, float]:
    """Median and 95th percentile of 120 frames, in ms."""
    page.evaluate(PAN, port)
    times = sorted(page.evaluate(PAN, port))
    return statistics.median(times), times[int(len(times) * 0.95)]
