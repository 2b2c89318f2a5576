"""CSV: one table, or two tables side by side."""

from __future__ import annotations

import re

from argmap.formats.common.format import Content, Format
from argmap.formats.common.map_features import ALL

_CARRIES = ALL - {"sources", "source details", "codebook names", "platforms", "conditions"}
_CLAIMS = {"text", "claim", "statement", "proposition", "conclusion"}
_ENDS = {"by", "target", "parent", "parent id", "premise", "premises", "premise 1", "reason", "reasons"}
"""Common names of the columns that a table of claims cannot do without."""


def _header(content: Content) -> set[str]:
    """Return the column names, if the first line is a CSV header."""
    first = re.sub(r"\Asep=.\s+", "", content.head.lstrip("\r\n")).partition("\n")[0]
    return {cell.strip(" \"\r'").casefold() for cell in re.split(r"[,;\t]", first)}


def _is_pair(content: Content) -> bool:
    """Look for one of two tables by its name: under another name the other could not be found."""
    header = _header(content)
    return content.name.endswith((".claims.csv", ".relations.csv")) and ("text" in header or {"target", "by"} <= header)


def _is_table(content: Content) -> bool:
    """Look for a header with claims and relations."""
    header = _header(content)
    return {"id", "text"} <= header or {"target", "by"} <= header or bool(header & _CLAIMS and header & _ENDS)


FORMATS = (
    Format(
        "csv-pair",
        "CSV in two files",
        (".claims.csv",),
        _CARRIES,
        _is_pair,
        module="pair",
        beside=(".relations.csv",),
    ),
    # Each of the two tables looks like a single one, so that this is asked later.
    Format("csv", "CSV", (".csv",), _CARRIES, _is_table, module="table", order=51),
)
