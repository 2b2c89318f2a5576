"""Decide whether a command may replace a file that is there already.

    argmap draw m.yaml -o m.yaml     refused: the command reads this file
    argmap draw m.yaml -o notes.md   refused: somebody else wrote it, and it could be a map or a text
    argmap draw m.yaml -o m.svg      replaced: argmap reads no pictures
    argmap convert a.json b.yaml     replaced if `convert` wrote b.yaml, and nobody changed it since

A picture, a diff and a page show by their first words what they are. A map or Markdown does not: argmap keeps the
hashes of those that it wrote in one file of the user (`RECORD`). `--force` replaces anything.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from argmap import remembered, text_file
from argmap.findings import ArgmapError, Finding, Place
from argmap.version import PDF_MARK

RECORD = "argmap/written"
"""File below the user's folder for states that lists the hash and the command of each output."""
MAX_RECORD = 1 << 20
"""Bytes of the record; above it, the older half is forgotten."""
_HEAD = 2000
_JSON = re.compile(r'\{\s*"format":\s?"(argmap-(?:diff|timeline|evaluation|diagram)/)')
_SVG = re.compile(r"<svg[\s>]")
_PAGE = re.compile(r'<meta name="generator" content="argmap ')
REPORT_HEAD = "source,outcome,from,target,irregular,lost,reason"
"""First line of the table that `convert --report` writes."""


def _force(context: click.Context, _option: click.Parameter, is_set: bool) -> None:
    context.meta[RECORD] = is_set


FORCE = click.option(
    "--force",
    is_flag=True,
    expose_value=False,
    callback=_force,
    help="Replace the output even if it is an input or was not written by argmap.",
)


def is_forced() -> bool:
    """Tell whether the command that runs has `--force`."""
    return bool(click.get_current_context().meta.get(RECORD))


@contextmanager
def guarded(context: click.Context) -> Iterator[None]:
    """Hold each file that the command writes against what is there."""

    def gate(path: Path, data: bytes) -> None:
        forced = context.meta.get(RECORD, False)
        command = str(context.invoked_subcommand)
        if not forced:
            _refuse(path, data, command)
        if kind_of(data) is None:
            _record(data, command)

    with text_file.guarded(gate):
        yield


def _refuse(path: Path, data: bytes, command: str) -> None:
    """Raise an error if writing these data would lose a file of the user."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return
    if not stat.S_ISREG(status.st_mode) or not status.st_size:
        return
    memory = remembered.current()
    if memory is not None and (status.st_dev, status.st_ino) in memory.inputs:
        raise _refusal(path, "the command reads this file")
    try:
        with path.open("rb") as file:
            old = file.read(text_file.MAX_BYTES)
    except OSError:
        return  # writing it reports the reason
    kind = kind_of(old)
    if old == data or (kind is not None and kind == kind_of(data)) or (kind is None and _is_recorded(old, command)):
        return
    made = f"this file is {kind}" if kind else f"this file was not written by `argmap {command}`, or was changed since"
    raise _refusal(path, made)


def _refusal(path: Path, reason: str) -> ArgmapError:
    hint = "Name another file, or use --force."
    return ArgmapError(Finding("unwritable-file", "error", f"{reason}, so it is not replaced.", Place(str(path)), hint))


def kind_of(data: bytes) -> str | None:
    """Return the kind of an output that shows what it is; None for what could be a map or a text of the user."""
    if data.startswith(b"\x89PNG"):
        return "a PNG picture"
    if data.startswith(b"%PDF-"):
        return "a PDF of argmap" if data.endswith(PDF_MARK) else None
    head = data[:_HEAD].decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
    if head.startswith(("<svg", "<?xml", "<!DOCTYPE svg")):
        return "an SVG picture" if _SVG.search(head) else None
    if head.startswith(("digraph ", "strict digraph ")):
        return "a picture in DOT"
    if head.startswith("flowchart ") or (head.startswith("---\n") and "\nflowchart " in head):
        return "a picture in Mermaid"
    if head.startswith("/* argmap report: search index */"):
        return "a part of argmap's search index"
    if head.startswith(REPORT_HEAD):
        return "a table of `convert --report`"
    if found := _JSON.match(head):
        return f"an output of argmap ({found[1].rstrip('/')})"
    return "a page of argmap" if head[:20].lower().startswith("<!doctype html") and _PAGE.search(head) else None


# --- what argmap wrote ------------------------------------------------------------------------------------------------


def _place_of_record() -> Path:
    base = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".local" / "state") / RECORD


def _line(data: bytes, command: str) -> str:
    return f"{hashlib.sha256(data).hexdigest()} {command}\n"


def _record(data: bytes, command: str) -> None:
    """Note that argmap wrote these data; without a place for notes, `--force` is needed to replace them."""
    with suppress(OSError, RuntimeError):
        record = _place_of_record()
        record.parent.mkdir(parents=True, exist_ok=True)
        if record.exists() and record.stat().st_size > MAX_RECORD:
            lines = record.read_text("ascii", "replace").splitlines(keepends=True)
            record.write_text("".join(lines[len(lines) // 2 :]), "ascii", "replace")
        with record.open("a", encoding="ascii") as file:
            file.write(_line(data, command))


def _is_recorded(data: bytes, command: str) -> bool:
    try:
        with _place_of_record().open(encoding="ascii", errors="replace") as file:
            return _line(data, command) in file.read(2 * MAX_RECORD)
    except (OSError, RuntimeError):
        return False
