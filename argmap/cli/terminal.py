r"""Send text to the terminal: the one place where it leaves argmap.

    a title with "\x1b[2J"         shown as ␛[2J; colours are set only by `console`
    a letter that cp1252 lacks     escaped: \u2192
    a full disk, a closed pipe     one line, exit code 2; or nothing and 0, when the reader has enough

Titles, sentences, file names and keys come from strangers. So standard output and standard error are wrapped while a
command runs, and whatever prints is safe without knowing it. Files in a format go through `write_data` as they are.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

from argmap.text_tools import printable

if TYPE_CHECKING:
    from rich.console import Console

_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class _Shown:
    """A text stream that shows control characters instead of sending them."""

    def __init__(self, stream: Any, *, quiet: bool) -> None:
        self.stream = stream
        self._quiet = quiet

    def write(self, text: str | bytes) -> int:
        """Write a text; bytes, such as the words that a shell completes, as they are."""
        if isinstance(text, bytes):
            if not text:  # click asks so whether this is a stream of bytes, and it is not
                raise TypeError("a stream of text")
            self.stream.flush()
            return int(self.stream.buffer.write(text))
        with suppress(*((OSError, ValueError) if self._quiet else ())):
            # A carriage return moves a cursor only on a terminal; elsewhere it belongs to the line.
            end = "\n" if self.stream.isatty() else ""
            shown = printable(text)
            self.stream.write(shown.replace(f"␍{end}", f"\r{end}") if "\r" in text else shown)
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Send what was written."""
        with suppress(*((OSError, ValueError) if self._quiet else ())):
            self.stream.flush()

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":  # whoever writes bytes goes past this stream
            raise AttributeError(name)
        return getattr(self.stream, name)


@contextmanager
def shown() -> Iterator[None]:
    """Wrap standard output and standard error until the block ends; end with 2 when standard output fails."""
    before = sys.stdout, sys.stderr
    _fill_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    raw_output = sys.stdout
    sys.stdout = _Shown(sys.stdout, quiet=False)
    sys.stderr = _Shown(sys.stderr, quiet=True)
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # the reader has enough
        _discard(raw_output)
        sys.exit(0)
    except OSError as problem:
        # Whoever opens a file reports its errors; this one is standard output itself, such as on a full disk.
        _discard(raw_output)
        print(f"standard output: {(problem.strerror or str(problem)).lower()}", file=sys.stderr)
        sys.exit(2)
    finally:
        sys.stdout, sys.stderr = before


def _fill_closed_streams() -> None:
    """Open the null device for each standard stream that is closed, so that no file of ours gets its number."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            try:
                os.fstat(number)
            except OSError:
                with suppress(OSError):
                    os.open(os.devnull, os.O_RDWR)
            if name != "stdin":
                setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _discard(stream: Any) -> None:
    """Send the rest of a stream nowhere, so that Python does not complain again at its end."""
    with suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)


def _raw(stream: Any) -> Any:
    return stream.stream if isinstance(stream, _Shown) else stream


def write_data(data: str | bytes) -> None:
    """Write a file to standard output as it is, text in UTF-8; on a terminal, show its control characters."""
    if isinstance(data, str) and sys.stdout.isatty():
        sys.stdout.write(data)
        return
    raw = _raw(sys.stdout)
    raw.flush()
    buffer = getattr(raw, "buffer", None)
    if buffer is None:
        raw.write(data if isinstance(data, str) else data.decode("utf-8", "replace"))
    else:
        buffer.write(data.encode("utf-8") if isinstance(data, str) else data)
        buffer.flush()


def json_text(value: Any) -> str:
    """Return indented JSON, with escapes for what standard output or a terminal could not show."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return json.dumps(value, indent=2)
    return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def console(*, stderr: bool = False, width: int | None = None, color: bool | None = None) -> Console:
    """Return a console that sets colours on a terminal (with `color`, everywhere or nowhere) and shows control characters."""
    from rich.console import Console
    from rich.segment import Segment

    class SafeConsole(Console):
        def _render_buffer(self, buffer: Any) -> str:
            return super()._render_buffer(
                [each if each.control else Segment(printable(each.text), each.style) for each in buffer]
            )

    return SafeConsole(
        file=_raw(sys.stderr if stderr else sys.stdout),
        width=width,
        highlight=False,
        markup=False,
        force_terminal=color,
        no_color=color is False or None,
    )
