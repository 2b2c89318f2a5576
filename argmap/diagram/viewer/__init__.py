"""The viewer of pictures in a page: move, zoom, search, go from box to box, fold branches.

The report and a single picture (`argmap draw -o x.html`) share its script and style. The script expects an object
`VIEW` that says what to do with claims that are pointed at or chosen.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def script() -> str:
    """Return the script, without a scope of its own."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(_HERE.glob("*.js")))


@cache
def elements() -> str:
    """Return the part of the script that finds and makes elements."""
    return (_HERE / "1-elements.js").read_text(encoding="utf-8")


@cache
def style() -> str:
    """Return the style sheet."""
    return (_HERE / "viewer.css").read_text(encoding="utf-8")


def compressed(text: str) -> str:
    """Compress a text; the script reads it with `DecompressionStream`. The same text gives the same letters."""
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def hashed(text: str) -> str:
    """Name a script or a style sheet in a content policy, by its hash."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(style: str, *scripts: str, more: Mapping[str, str] | None = None) -> str:
    """Write a content policy that allows one style sheet and some scripts, by their hashes, and loads nothing."""
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(map(hashed, scripts)),
        "style-src": hashed(style),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        **(more or {}),
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
