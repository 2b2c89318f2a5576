"""Kialo's text export."""

from __future__ import annotations

import re

from argmap.formats.common.format import Content, Format


def _matches(content: Content) -> bool:
    """Look for the title line of an export, or for a numbered Pro or Con."""
    if content.text.startswith("Discussion Title:"):
        return True
    return re.search(r"^\d+(?:\.\d+)+\. (?:Pro|Con): ", content.head, re.MULTILINE) is not None


FORMAT = Format("kialo", "Kialo text", (".txt",), matches=_matches, writes=False, module="reader", suffix_tells=False)
