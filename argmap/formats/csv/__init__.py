"""CSV: one table of claims and relations."""

from __future__ import annotations

import re

from argmap.formats.common.format import Content, Format
from argmap.formats.common.map_features import ALL

_CLAIMS = {"text", "claim", "statement", "proposition", "conclusion"}
_ENDS = {"by", "target", "parent", "parent id", "premise", "premises", "premise 1", "reason", "reasons"}
"""Common names of the columns that a table of claims cannot do without."""


def _is_table(content: Content) -> bool:
    """Look for a header with claims and relations."""
    first = re.sub(r"\Asep=.\s+", "", content.head.lstrip("\r\n")).partition("\n")[0]
    header = {cell.strip(" \"\r'").casefold() for cell in re.split(r"[,;\t]", first)}
    return {"id", "text"} <= header or {"target", "by"} <= header or bool(header & _CLAIMS and header & _ENDS)


FORMAT = Format(
    "csv",
    "CSV",
    (".csv",),
    ALL
    - {
        *("sources", "source details", "codebook names", "platforms", "conditions", "weights", "questions"),
        *("suggestions", "suggested relations", "origins of drafts"),
    },
    _is_table,
    module="table",
    options=("columns",),
)
