"""The viewer of pictures in a page: move, zoom, search, go from box to box, fold branches.

The report and a single picture (`argmap draw -o x.html`) share its script and style. The script expects an object
`VIEW` that says what to do with claims that are pointed at or chosen.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def script() -> str:
    """Return the script, without a scope of its own."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(_HERE.glob("*.js")))


@cache
def style() -> str:
    """Return the style sheet."""
    return (_HERE / "viewer.css").read_text(encoding="utf-8")
