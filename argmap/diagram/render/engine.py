"""The one layout engine, kept at arm's length.

Graphviz is a C library that can abort, loop, or lose an edge with no more than a word on standard error. So it runs
in a child process with a time limit; what it says is read and judged; and the arrows of every picture are counted.
The Graphviz is the one in pygraphviz's wheels; with `ARGMAP_ENGINE=system` in the environment, the machine's own.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from argmap.findings import ArgmapError

TIME_LIMIT = 60.0
"""Seconds that one picture may take."""

_CHILD = Path(__file__).with_name("_child.py")
_HARMLESS = re.compile(r"fontconfig|pango|^\s*$", re.IGNORECASE)
_DEADLY = re.compile(
    r"lost|error|not well-formed|unknown|cannot|unable|failed|too (large|small)|scal(ed|ing)", re.IGNORECASE
)
_WAY_OUT = "draw less of it (--depth 3, --focus CLAIM), or write DOT (-o map.dot) and lay it out elsewhere"


def run(dot: str, formats: tuple[str, ...], timeout: float = TIME_LIMIT) -> tuple[bytes, ...]:
    """Pictures of a DOT text, one a format, from one layout.

    Parameters
    ----------
    dot
        A graph with every place pinned.
    formats
        The engine's names: svg, png, pdf.
    timeout
        Seconds.

    Raises
    ------
    ArgmapError
        When the engine is missing, fails, complains or takes too long; the message says what to do.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        done = subprocess.run(  # noqa: S603 - our own script, by its own path
            [sys.executable, "-P", str(_CHILD), *formats],
            input=dot.encode("utf-8"),
            capture_output=True,
            timeout=timeout,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ArgmapError(f"the picture was not ready after {timeout:g} seconds: {_WAY_OUT}") from None
    said = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if not _HARMLESS.search(line)]
    if done.returncode:
        raise ArgmapError(_why(done.returncode, said))
    for line in said:
        if _DEADLY.search(line):
            raise ArgmapError(f"the layout engine says: {line.strip()}; {_WAY_OUT}")
    header, _, rest = done.stdout.partition(b"\n")
    pictures = []
    for size in map(int, header.split()):
        pictures.append(rest[:size])
        rest = rest[size:]
    return tuple(pictures)


def _why(code: int, said: list[str]) -> str:
    words = said[-1].strip() if said else "no word why"
    if "No module named 'pygraphviz'" in words:
        return "the layout engine is missing: pip install pygraphviz"
    if code < 0:
        return f"the layout engine died (signal {-code}): {_WAY_OUT}"
    return f"the layout engine failed: {words}; {_WAY_OUT}"
