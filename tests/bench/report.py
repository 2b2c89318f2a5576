"""The report of many texts: how long 1,000 maps of 60 claims take, how large the pages are, and how soon a search answers.

python -m tests.bench report [MAPS]
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.corpus import WORDS, sentence
from tests.helpers.browser_session import program

CLAIMS = 60
QUERIES = ("council", "council bri", "eve adams school", "forest 551", "c", "nobody says this")
ASK = """async query => {
    const field = document.getElementById('query'), found = document.getElementById('found');
    found.textContent = '';
    field.value = query;
    const start = performance.now();
    document.getElementById('search').requestSubmit();
    while (!found.textContent) await new Promise(done => setTimeout(done, 1));
    return [performance.now() - start, found.textContent];
}"""


def main(maps: int = 1000) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as top:
        folder, out = Path(top) / "maps", Path(top) / "report"
        write_maps(folder, maps)
        text = sum(path.stat().st_size for path in folder.glob("*.txt")) / maps
        took, cpu = _run(folder, out)
        print(
            f"{maps:,} maps of {CLAIMS} claims and {text / 1000:.1f} KB of text: {took:.0f} s, {cpu:.0f} s of all cores"
        )
        took, cpu = _run(folder, out)
        print(f"again, nothing changed: {took:.1f} s, {cpu:.1f} s of all cores")
        (folder / "m0000.yaml").write_text((folder / "m0000.yaml").read_text().replace("claims:", "claims:  # new"))
        took, cpu = _run(folder, out)
        print(f"again, one map changed: {took:.1f} s, {cpu:.1f} s of all cores")
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(f"most memory of one process: {most / 1000:.0f} MB")
        for kind, pattern in (
            ("text", "texts/*"),
            ("issue", "issues/*"),
            ("index", "*.html"),
            ("part of the search", "search/*"),
        ):
            sizes = sorted(path.stat().st_size for path in out.glob(pattern))
            print(f"{kind}: {len(sizes):,}, at most {sizes[-1] / 1e6:.2f} MB, {sum(sizes) / 1e6:.1f} MB in all")
        _search(out / "index.html")


def write_maps(folder: Path, maps: int) -> None:
    """Write maps with their texts and one codebook: every claim quoted, and on one of eight issues."""
    folder.mkdir(parents=True)
    scale = "{none: leave it, some: change it, most: rebuild it, all: replace it}"
    issues = "\n".join(f"  i{n}:\n    question: What of the {WORDS[n]}?\n    scale: {scale}" for n in range(8))
    (folder / "codebook.yaml").write_text(f"argmap-codebook: 1\nid: city\ntitle: The city\nissues:\n{issues}\n")
    for n in range(maps):
        chance = random.Random(n)  # noqa: S311 - an example, not a secret
        said = [f"{sentence(chance)[:-1]} and the {sentence(chance)[4:-1]} {n} {k}." for k in range(CLAIMS)]
        (folder / f"m{n:04}.txt").write_text("\n\n".join(" ".join(said[k : k + 6]) for k in range(0, CLAIMS, 6)))
        author = f"{chance.choice(['Ann', 'Ben', 'Cid', 'Dora', 'Eve'])} {chance.choice(['Adams', 'Brown', 'Clark'])}"
        lines = [
            f"argmap: 1\nid: m{n:04}\ntitle: On the {chance.choice(WORDS)} and the {chance.choice(WORDS)}",
            "codebook: codebook.yaml\nthesis: c0\nsources:",
            f"  text: {{path: m{n:04}.txt, author: {author}, published: {1990 + n % 36}-{n % 12 + 1:02}}}\nclaims:",
        ]
        for k, words in enumerate(said):
            kind, at = (
                chance.choice(["fact", "policy", "value", "plan"]),
                chance.choice(["none", "some", "most", "all"]),
            )
            lines.append(f"  c{k}:\n    text: {words}\n    quote: {words}\n    kind: {kind}")
            lines.append(f"    issue: i{k % 8}\n    position: {at}")
        lines.append("relations:")
        lines += [
            f"  - {'attack' if chance.random() < 0.2 else 'support'}: c{(k - 1) // 3}\n    by: c{k}"
            for k in range(1, CLAIMS)
        ]
        (folder / f"m{n:04}.yaml").write_text("\n".join(lines) + "\n")


def _run(folder: Path, out: Path) -> tuple[float, float]:
    """Run `argmap report` in a process of its own; seconds, and seconds of all cores."""
    start, before = time.perf_counter(), os.times()
    subprocess.run(
        [sys.executable, "-m", "argmap", "report", str(folder), "-o", str(out)], check=True, capture_output=True
    )
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, cpu


def _search(index: Path) -> None:
    if program() is None:
        print("no browser: the search is not measured")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        page: Any = browser.new_page()
        page.goto(index.as_uri())
        ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        print(f"index: interactive after {ready:.0f} ms")
        for query in QUERIES:
            first, told = page.evaluate(ASK, query)
            again, _ = page.evaluate(ASK, query)
            print(f"search for {query!r}: {told}, first results after {first:.0f} ms, again after {again:.0f} ms")
        browser.close()
