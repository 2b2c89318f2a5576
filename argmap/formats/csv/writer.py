"""Map → CSV: claims and relations as rows, guarded from what a spreadsheet does to cells.

    claim 1.10, "=Close it."   →   claim,'1.10,'=Close it.,,

Columns of other names, kept when a table was read, are written again; what else was kept goes into `extra`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from argmap.formats.common.attribute_codec import encode_scheme
from argmap.formats.common.reader_support import own
from argmap.formats.csv.rows import COLUMNS, CORE, IDS, NAME, WORDS, guarded
from argmap.model import Map, Quote


def write(map_: Map) -> str:
    """Write a map as one table: the core columns, those that some row uses, and those of other names last."""
    rows = [*_claim_rows(map_), *_relation_rows(map_)]
    used = {column for row in rows for column, cell in row.items() if cell}
    columns = [column for column in COLUMNS if column in CORE or column in used] + sorted(used - set(COLUMNS))
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(map(guarded, columns))
    for row in rows:
        cells = [(row.get(column, ""), column) for column in columns]
        # Any cell of ours may be NA, which R writes where there is nothing.
        writer.writerow([guarded(cell, c in WORDS | IDS or (cell == "NA" and c in COLUMNS)) for cell, c in cells])
    return file.getvalue()


def _claim_rows(map_: Map) -> Iterator[dict[str, str]]:
    yield _row({"type": "map", "id": map_.id, "text": map_.title, "note": map_.note, "target": map_.only_thesis}, map_)
    for key, speaker in map_.speakers.items():
        yield _row({"type": "speaker", "id": key, "text": speaker.name, "label": speaker.role}, speaker)
    for key, issue in map_.issues.items():
        yield _row({"type": "issue", "id": key, "text": issue.question, "label": issue.label, "note": issue.note})
        for position, step in issue.scale.items():
            yield _row({"type": "position", "id": position, "text": step.label, "target": key, "note": step.origin})
    for key, claim in map_.claims.items():
        cells = {column: getattr(claim, column) for column in ("text", "issue", "position", "speaker", "note")}
        cells |= {"kind": claim.kind, "implicit": "yes" if claim.implicit else None}
        cells["commitment"] = None if claim.commitment == "asserted" else claim.commitment
        cells["force"] = None if claim.force == "plain" else claim.force
        first, *others = claim.quotes or (None,)
        yield _row({"type": "claim", "id": key, **cells, **_quoted(first)}, claim)
        for quote in others:
            yield _row({"type": "quote", "id": key, **_quoted(quote)})


def _relation_rows(map_: Map) -> Iterator[dict[str, str]]:
    for relation in map_.relations:
        cells = {column: getattr(relation, column) for column in ("id", "target", "cue", "note")}
        cells["by"] = " ".join(relation.by)
        cells["scheme"] = encode_scheme(relation.scheme) if relation.scheme else None
        yield _row({"type": relation.type, **cells}, relation)


def _quoted(quote: Quote | None) -> dict[str, str | None]:
    return {"quote": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix} if quote else {}


def _row(cells: dict[str, str | None], value: Any = None) -> dict[str, str]:
    """Keep the cells that say something, and put what stands under `extra` for this format into columns of its own."""
    said = {column: cell for column, cell in cells.items() if cell}
    if value is None or not value.extra:
        return said
    extra = value.model_dump(mode="json", include={"extra"})["extra"]
    kept = own(extra, NAME)
    ours = {column: cell for column, cell in kept.items() if isinstance(cell, str) and column not in COLUMNS}
    rest = {column: cell for column, cell in kept.items() if column not in ours}
    extra = {key: item for key, item in extra.items() if key != NAME} | ({NAME: rest} if rest else {})
    return {**ours, **said, **({"extra": json.dumps(extra, ensure_ascii=False)} if extra else {})}
