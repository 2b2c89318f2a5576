"""Run the layout engine in a process of its own.

Graphviz is a C library that can abort, loop, or lose an edge with only a line on standard error. So it runs in a child
process with a time limit, its messages are read, and the arrows of every picture are counted. The Graphviz is the one
in pygraphviz's wheels; with `ARGMAP_ENGINE=system` in the environment, the machine's own. Its fonts are argmap's own.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from argmap.diagram import fonts
from argmap.findings import ArgmapError

TIME_LIMIT = 60.0
"""Seconds that one picture may take."""

_CHILD = Path(__file__).with_name("_child.py")
_HARMLESS = re.compile(r"fontconfig|pango|^\s*$", re.IGNORECASE)
_FATAL = re.compile(
    r"lost|error|not well-formed|unknown|cannot|unable|failed|too (large|small)|scal(ed|ing)", re.IGNORECASE
)
_ADVICE = "draw less of it (--depth 3, --focus CLAIM), or write DOT (-o map.dot) and lay it out elsewhere"


def run(
    dot: str, formats: tuple[str, ...], timeout: float = TIME_LIMIT, *, machine_fonts: bool = False
) -> tuple[bytes, ...]:
    """Draw a DOT text in several formats from one layout.

    Parameters
    ----------
    dot
        A graph with every place pinned.
    formats
        The engine's names: svg, png, pdf.
    timeout
        Seconds.
    machine_fonts
        Also use the machine's fonts, for letters that the carried ones lack.

    Returns
    -------
    tuple of bytes
        A picture for each format.

    Raises
    ------
    ArgmapError
        If the engine is missing, fails, complains or takes too long; the message says what to do.
    """
    with TemporaryDirectory(prefix="argmap-") as folder:
        configuration = Path(folder, "fonts.conf")
        configuration.write_text(fonts.configuration(machine=machine_fonts), encoding="utf-8")
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "FONTCONFIG_FILE": str(configuration),
        }
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
            raise ArgmapError(f"the picture was not ready after {timeout:g} seconds: {_ADVICE}") from None
    messages = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if not _HARMLESS.search(line)]
    if done.returncode:
        raise ArgmapError(_why(done.returncode, messages))
    for line in messages:
        if _FATAL.search(line):
            raise ArgmapError(f"the layout engine says: {line.strip()}; {_ADVICE}")
    header, _, rest = done.stdout.partition(b"\n")
    pictures = []
    for size in map(int, header.split()):
        pictures.append(rest[:size])
        rest = rest[size:]
    return tuple(pictures)


def _why(code: int, messages: list[str]) -> str:
    message = messages[-1].strip() if messages else "it gave no reason"
    if "No module named 'pygraphviz'" in message:
        return "the layout engine is missing: pip install pygraphviz"
    if code < 0:
        return f"the layout engine died (signal {-code}): {_ADVICE}"
    return f"the layout engine failed: {message}; {_ADVICE}"
