"""The report: how long the page takes to make, to open, and to pan, beside an empty page in the same browser."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import argmap
from argmap.diff import align
from argmap.model import Map
from tests.helpers.browser_session import program

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


UNFOLD = """async port => {
    const pill = document.querySelector(`${port} .folder[aria-expanded="false"]`);
    if (!pill) return 0;
    const start = performance.now();
    pill.dispatchEvent(new MouseEvent('click', {bubbles: true}));
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
}"""


def main() -> None:
    """Print the figures for the essays, and for one and two maps of very many claims."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        argmap.report(MAPS, Path(folder) / "report")
        print(f"essays: folder to report, pictures drawn and written  {time.perf_counter() - start:6.2f} s")
        pages = {"essays": (Path(folder) / "report" / "index.html", '[id="map:1996"] .viewport')}
        before, after = _big("before", 1000), _big("after", 1000)
        suggested = align(before, after)
        for name, maps, given in (
            ("2 × 1,000 claims", [before, after], suggested),
            ("1,000 claims", [_big("one", 1000)], None),
            ("3,000 claims", [_big("very", 3000)], None),
        ):
            pages[name] = _report(name, maps, given, Path(folder) / name)
        _in_browser(pages)


def _report(name: str, maps: list[Map], alignment: argmap.Alignment | None, folder: Path) -> tuple[Path, str]:
    """Write the maps to a folder and run `argmap report` on it, in a process of its own."""
    folder.mkdir()
    for map_ in maps:
        argmap.save(map_, folder / f"{map_.id}.yaml")
    if alignment:
        argmap.save(alignment, folder / "alignment.yaml")
    start, before = time.perf_counter(), os.times()
    command = [sys.executable, "-m", "argmap", "report", str(folder), "-o", str(folder / "out")]
    subprocess.run(command, check=True, capture_output=True)
    took, after = time.perf_counter() - start, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    page = folder / "out" / "index.html"
    print(f"{name}: argmap report  {took:6.2f} s, {cpu:.2f} s of all cores; page {page.stat().st_size / 1e6:.2f} MB")
    return page, f'[id="map:{maps[0].id}"] .viewport'


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
    if program() is None:
        print("no browser: opening and panning not measured")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
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
            unfolded = page.evaluate(UNFOLD, port)
            print(
                f"{name}: interactive after  {ready:.0f} ms; panning, frame  {frame[0]:.1f} ms median, "
                f"{frame[1]:.1f} ms at 95 %: {frame[0] / empty[0]:.2f} × an empty page's"
                + (f"; a branch unfolds in {unfolded:.0f} ms" if unfolded else "")
            )
        browser.close()


def _frames(page: Any, port: str | None) -> tuple[float, float]:
    """Median and 95th percentile of 120 frames, in ms."""
    page.evaluate(PAN, port)
    times = sorted(page.evaluate(PAN, port))
    return statistics.median(times), times[int(len(times) * 0.95)]
