"""Map → CSV: claims and relations as rows, guarded from what a spreadsheet does to cells.

    claim 1.10, "=Close it."   →   claim,'1.10,'=Close it.,,

What was kept when a table was read goes back into its own column if reading that keeps it again, else into `extra`.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from argmap.formats.common.attribute_codec import encode_scheme
from argmap.formats.common.reader_support import as_word, is_id, own
from argmap.formats.csv.rows import APART, COLUMNS, CORE, ENUMS, IDS, NAME, USED, WORDS, guarded

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    names = _names(map_)
    speakers = {key: _called(key, speaker) for key, speaker in map_.speakers.items()}
    thesis = names.get(map_.only_thesis or "", map_.only_thesis)
    whole = {"id": _called(map_.id, map_), "text": map_.title, "note": map_.note, "target": thesis}
    yield _row({"type": "map", **whole}, map_)
    for key, speaker in map_.speakers.items():
        yield _row({"type": "speaker", "id": speakers[key], "text": speaker.name, "label": speaker.role}, speaker)
    for key, issue in map_.issues.items():
        yield _row({"type": "issue", "id": key, "text": issue.question, "label": issue.label, "note": issue.note})
        for position, step in issue.scale.items():
            yield _row({"type": "position", "id": position, "text": step.label, "target": key, "note": step.origin})
    for key, claim in map_.claims.items():
        cells = {column: getattr(claim, column) for column in ("text", "issue", "position", "note")}
        cells |= {"kind": claim.kind, "implicit": "yes" if claim.implicit else None}
        cells["speaker"] = speakers.get(claim.speaker or "", claim.speaker)
        cells["commitment"] = None if claim.commitment == "asserted" else claim.commitment
        cells["force"] = None if claim.force == "plain" else claim.force
        first, *others = claim.quotes or (None,)
        yield _row({"type": "claim", "id": names[key], **cells, **_quoted(first)}, claim)
        for quote in others:
            yield _row({"type": "quote", "id": names[key], **_quoted(quote)})


def _relation_rows(map_: Map) -> Iterator[dict[str, str]]:
    names = _names(map_)
    between = "; " if any(" " in name for name in names.values()) else " "
    for relation in map_.relations:
        cells = {column: getattr(relation, column) for column in ("id", "target", "cue", "note")}
        cells |= {column: names.get(cells[column], cells[column]) for column in ("id", "target")}
        cells["by"] = between.join(names.get(end, end) for end in relation.by)
        cells["scheme"] = encode_scheme(relation.scheme) if relation.scheme else None
        yield _row({"type": relation.type, **cells}, relation)


def _names(map_: Map) -> dict[str, str]:
    """Return the name of each claim and relation in the table."""
    ends = [*map_.claims.items(), *((relation.id, relation) for relation in map_.relations if relation.id)]
    times = Counter(key for key, _ in ends)
    return {key: _called(key, end) if times[key] == 1 else key for key, end in ends}


def _called(key: str, value: Any) -> str:
    """Return the name in the table that was read, if reading it makes the same id again."""
    name = own(value.extra, NAME).get("id")
    if not isinstance(name, str) or as_word(name) != key or APART.search(name):
        return key
    return name if name.isprintable() and name == " ".join(name.split()) else key


def _quoted(quote: Quote | None) -> dict[str, str | None]:
    return {"quote": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix} if quote else {}


def _row(cells: dict[str, str | None], value: Any = None) -> dict[str, str]:
    """Keep the cells that say something, and put what stands under `extra` for this format into columns of its own."""
    said = {column: cell for column, cell in cells.items() if cell}
    if value is None or not value.extra:
        return said
    extra = value.model_dump(mode="json", include={"extra"})["extra"]
    kept = own(extra, NAME)
    if said.get("id") == kept.get("id") and not is_id(kept.get("id")):
        kept = {column: cell for column, cell in kept.items() if column != "id"}  # the row says it
    ours = {column: cell for column, cell in kept.items() if column not in said and _stands(said["type"], column, cell)}
    rest = {column: cell for column, cell in kept.items() if column not in ours}
    extra = {key: item for key, item in extra.items() if key != NAME} | ({NAME: rest} if rest else {})
    return {**ours, **said, **({"extra": json.dumps(extra, ensure_ascii=False)} if extra else {})}


def _stands(type_: str, column: str, cell: Any) -> bool:
    """Tell if a kept cell can stand in its column, and is kept again when it is read."""
    if not isinstance(cell, str) or column in CORE or column == "extra":
        return False
    if column not in COLUMNS:
        return True
    unread = column == "scheme" or (column in ENUMS and cell.casefold() not in ENUMS[column])
    plain = column in WORDS or cell == cell.strip()
    return plain and (column not in USED[type_] or (type_ == "claim" and unread))
