"""Run the layout engine in a process of its own.

Graphviz is a C library that can abort, loop, or lose an edge with only a line on standard error. So it runs in a child
process with a time limit, its messages are read, and the arrows of every picture are counted. The Graphviz is the one
in pygraphviz's wheels; with `ARGMAP_ENGINE=system` in the environment, the machine's own. Its fonts are argmap's own.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from types import TracebackType
from typing import Self

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
    """Draw a DOT text, with every place pinned, in several formats from one layout: svg, png, pdf.

    `machine_fonts` also uses the machine's fonts, for letters that the carried ones lack. Raise ArgmapError, which says
    what to do, if the engine is missing, fails, complains or takes longer than `timeout` seconds.
    """
    with Child(formats, machine_fonts=machine_fonts) as child:
        child.send(dot)
        return child.pictures(timeout)


class Child:
    """A started engine. Its start takes time, so start it before the layout, and use the time while it draws."""

    def __init__(self, formats: tuple[str, ...], *, machine_fonts: bool = False) -> None:
        try:
            folder = _font_folder()
        except OSError as error:
            raise ArgmapError(f"{gettempdir()}: {(error.strerror or str(error)).lower()}") from None
        if not folder.exists():  # a long session may outlive its temporary files
            _font_folder.cache_clear()
            folder = _font_folder()
        configuration = folder / ("machine.conf" if machine_fonts else "carried.conf")
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "FONTCONFIG_FILE": str(configuration),
        }
        self._process = subprocess.Popen(  # noqa: S603 - our own script, by its own path
            [sys.executable, "-P", str(_CHILD), *formats],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()

    def send(self, dot: str) -> None:
        """Send the graph; the engine begins to draw."""
        stdin, self._process.stdin = self._process.stdin, None
        try:
            with stdin or open(os.devnull, "wb") as pipe:  # noqa: PTH123
                pipe.write(dot.encode("utf-8"))
        except OSError:
            return  # it died; its exit code says why

    def pictures(self, timeout: float = TIME_LIMIT) -> tuple[bytes, ...]:
        """Wait for the pictures; see `run`."""
        try:
            output, errors = self._process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            raise ArgmapError(f"the picture was not ready after {timeout:g} seconds: {_ADVICE}") from None
        messages = [line for line in errors.decode("utf-8", "replace").splitlines() if not _HARMLESS.search(line)]
        if self._process.returncode:
            raise ArgmapError(_why(self._process.returncode, messages))
        for line in messages:
            if _FATAL.search(line):
                raise ArgmapError(f"the layout engine says: {line.strip()}; {_ADVICE}")
        header, _, rest = output.partition(b"\n")
        pictures = []
        for size in map(int, header.split()):
            pictures.append(rest[:size])
            rest = rest[size:]
        return tuple(pictures)


@cache
def _font_folder() -> Path:
    """Put the carried fonts into a temporary folder: fontconfig writes its own files beside fonts."""
    folder = Path(mkdtemp(prefix="argmap-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    carried = folder / "fonts"
    carried.mkdir()
    for file in fonts.FOLDER.glob("*.ttf"):
        try:
            (carried / file.name).symlink_to(file)
        except OSError:
            shutil.copy(file, carried)
    for name, machine in (("carried", False), ("machine", True)):
        text = fonts.configuration(carried, machine=machine)
        (folder / f"{name}.conf").write_text(text, encoding="utf-8")
    return folder


def _why(code: int, messages: list[str]) -> str:
    message = messages[-1].strip() if messages else "it gave no reason"
    if "No module named 'pygraphviz'" in message:
        return "the layout engine is missing: pip install pygraphviz"
    if any("no space left" in line.lower() for line in messages):
        return "the layout engine could not write: no space left on device"
    if code == -getattr(signal, "SIGXFSZ", 0) or "file too large" in message.lower():
        return "the layout engine could not write: a file would be larger than this system allows (`ulimit -f`)"
    if code < 0:
        return f"the layout engine died (signal {-code}): {_ADVICE}"
    return f"the layout engine failed: {message}; {_ADVICE}"
