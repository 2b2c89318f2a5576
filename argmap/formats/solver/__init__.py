"""The formats of argumentation solvers: APX, as ASPARTIX reads it, and `p af`, of the competition of 2023."""

from __future__ import annotations

import re

from argmap.formats.common.format import Content, Format

_STATEMENT = re.compile(r"(?:arg|att)\([^()]*\)\s?\.")
HEAD = re.compile(r"p af (\d{1,9})\s?")


def _is_apx(content: Content) -> bool:
    """Look for a statement on the first line that is no comment."""
    lines = (line.strip() for line in content.head.split("\n"))
    return _STATEMENT.match(next((line for line in lines if line and not line.startswith("%")), "")) is not None


def _is_iccma23(content: Content) -> bool:
    lines = (line for line in content.head.split("\n") if line.strip() and not line.startswith("#"))
    return HEAD.match(next(lines, "")) is not None


FORMATS = (
    Format("apx", "APX (ASPARTIX)", (".apx",), frozenset({"supports", "claim ids", "order"}), _is_apx, module="apx"),
    Format("iccma23", "ICCMA 2023 (p af)", (".af",), frozenset({"claim ids", "order"}), _is_iccma23, module="iccma23"),
)
