"""Find the words of a text."""

from __future__ import annotations

import re

from argmap.diff.agreements.unitizing import Unit

_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[Unit]:
    """Return the places of the words of a text."""
    return [found.span() for found in _WORD.finditer(text)]
