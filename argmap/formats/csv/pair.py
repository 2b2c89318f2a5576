"""CSV in two files, for programs that want a table a kind: `x.claims.csv`, and `x.relations.csv` beside it.

    type,id,text,target,kind              type,id,target,by
    map,bridge,,close,                    support,,close,rust
    claim,close,Close it.,,policy
    claim,rust,It rusts.,,fact

In R: `claims <- subset(read.csv("x.claims.csv"), type == "claim")`. Either file can be named; the other is looked
for beside it. The columns, and what the format has no place for, are as in one table: `argmap formats csv`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from argmap.formats.common.format import Reading, Written
from argmap.formats.common.reader_support import Irregular
from argmap.formats.csv import table, writer
from argmap.formats.csv.headers import rows_of

if TYPE_CHECKING:
    from argmap.formats.common.format import Content
    from argmap.model import Map

CLAIMS, RELATIONS = ".claims.csv", ".relations.csv"


def read(content: Content) -> Reading:
    """The map of two tables."""
    irregular = Irregular(content.name)
    endings = (RELATIONS, CLAIMS) if content.name.endswith(RELATIONS) else (CLAIMS, RELATIONS)
    other = content.beside(*endings)
    if other is None:
        other_name = Path(content.name).name.removesuffix(endings[0]) + endings[1]
        irregular.add("missing-file", f"the table {other_name} is not beside it: read without.")
    others = Irregular(other.name if other else content.name)
    others.take(other.findings if other else ())
    rows = [*rows_of(content, irregular), *(rows_of(other, others) if other else ())]
    return Reading(table.table_map(rows, content.name, endings), (*irregular.findings, *others.findings))


def write(m: Map) -> Written:
    """The map as two tables."""
    claims = writer.table(writer.claim_rows(m), ("type", "id", "text"))
    return Written(claims, {RELATIONS: writer.table(writer.relation_rows(m), ("type", "id", "target", "by"))})
