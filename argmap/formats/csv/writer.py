"""CSV written: claims and relations as rows, in columns that reading knows, kept from what a spreadsheet does to cells.

    claim 1.10, "=Close it."   →   claim,'1.10,'=Close it.,,

What was kept when a table was read goes back into its own column where that says the same again, else into `extra`.
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
    from collections.abc import Iterable, Iterator

    from argmap.model import Map, Quote


def write(m: Map) -> str:
    """The map as one table."""
    return table([*claim_rows(m), *relation_rows(m)], CORE)


def claim_rows(m: Map) -> Iterator[dict[str, str]]:
    """All that is no relation."""
    names = _names(m)
    speakers = {id: _called(id, speaker) for id, speaker in m.speakers.items()}
    whole = {"type": "map", "id": _called(m.id, m), "text": m.title, "note": m.note}
    yield _row({**whole, "target": names.get(m.only_thesis or "", m.only_thesis)}, m)
    for id, speaker in m.speakers.items():
        yield _row({"type": "speaker", "id": speakers[id], "text": speaker.name, "label": speaker.role}, speaker)
    for id, issue in m.issues.items():
        yield _row({"type": "issue", "id": id, "text": issue.question, "label": issue.label, "note": issue.note})
        for position, step in issue.scale.items():
            cells = {"type": "position", "id": position, "text": step.label, "target": id, "note": step.origin}
            yield _row(cells)
    for id, claim in m.claims.items():
        cells = {column: getattr(claim, column) for column in ("text", "issue", "position", "note")}
        cells |= {"kind": claim.kind, "implicit": "yes" if claim.implicit else None}
        cells["speaker"] = speakers.get(claim.speaker or "", claim.speaker)
        cells["commitment"] = None if claim.commitment == "asserted" else claim.commitment
        cells["force"] = None if claim.force == "plain" else claim.force
        first, *others = claim.quotes or (None,)
        yield _row({"type": "claim", "id": names[id], **cells, **_quoted(first)}, claim)
        for quote in others:
            yield _row({"type": "quote", "id": names[id], **_quoted(quote)})


def relation_rows(m: Map) -> Iterator[dict[str, str]]:
    """The relations, one a row."""
    names = _names(m)
    between = "; " if any(" " in name for name in names.values()) else " "
    for relation in m.relations:
        cells = {column: getattr(relation, column) for column in ("id", "target", "cue", "note")}
        cells |= {column: names.get(cells[column], cells[column]) for column in ("id", "target")}
        cells["by"] = between.join(names.get(end, end) for end in relation.by)
        cells["scheme"] = encode_scheme(relation.scheme) if relation.scheme else None
        yield _row({"type": relation.type, **cells}, relation)


def table(rows: Iterable[dict[str, str]], core: tuple[str, ...]) -> str:
    """Rows as CSV: the `core` columns, those that some row uses, and those of other names last."""
    rows = list(rows)
    used = {column for row in rows for column, cell in row.items() if cell}
    columns = [column for column in COLUMNS if column in core or column in used]
    columns += sorted(used - set(COLUMNS))
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(map(guarded, columns))
    for row in rows:
        cells = [(row.get(column, ""), column) for column in columns]
        # Any cell of ours may be NA, which R writes where there is nothing.
        kept = [column in WORDS | IDS or (cell == "NA" and column in COLUMNS) for cell, column in cells]
        writer.writerow([guarded(cell, as_is) for (cell, _), as_is in zip(cells, kept, strict=True)])
    return file.getvalue()


def _names(m: Map) -> dict[str, str]:
    """What the table is to call each claim and relation."""
    ends = [*m.claims.items(), *((relation.id, relation) for relation in m.relations if relation.id)]
    times = Counter(id for id, _ in ends)
    return {id: _called(id, end) if times[id] == 1 else id for id, end in ends}


def _called(id: str, value: Any) -> str:
    """What a table called it before, where reading that makes the same id again."""
    name = own(value.extra, NAME).get("id")
    if not isinstance(name, str) or as_word(name) != id or APART.search(name):
        return id
    return name if name.isprintable() and name == " ".join(name.split()) else id


def _quoted(quote: Quote | None) -> dict[str, str | None]:
    return {"quote": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix} if quote else {}


def _row(cells: dict[str, str | None], value: Any = None) -> dict[str, str]:
    """Cells that say something; what stands under `extra` for this format in columns of its own."""
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
    """Whether a cell that was kept can stand in its column, and is kept again and no more when it is read."""
    if not isinstance(cell, str) or column in CORE or column == "extra":
        return False
    if column not in COLUMNS:
        return True
    unread = column == "scheme" or (column in ENUMS and cell.casefold() not in ENUMS[column])
    plain = column in WORDS or cell == cell.strip()
    return plain and (column not in USED[type_] or (type_ == "claim" and unread))
