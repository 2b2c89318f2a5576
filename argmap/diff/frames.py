"""Claims, relations and changes as tables of pandas, one row each, with the words of the JSON of a diff as columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from argmap.diff.map_index import MapIndex
from argmap.diff.model import Change, Diff, End, Side
from argmap.findings import ArgmapError
from argmap.model import Map

if TYPE_CHECKING:
    import pandas as pd

    Rows = Callable[[Any], Iterator[dict[str, Any]]]

CLAIM = (
    *("map", "id", "text", "role", "kind", "mode", "commitment", "force", "speaker", "implicit", "issue", "position"),
    *("condition", "distance", "next", "quotes", "source", "start", "end", "status"),
)
RELATION = ("map", "id", "type", "sources", "target", "scheme", "bears_on")
CHANGE = (
    *("change", "facets", "issue", "steps", "status", "basis", "confidence", "rule", "because"),
    *("before", "after", "before_text", "after_text", "counterpart"),
)


def to_pandas(value: Map | Diff, of: str | None = None) -> pd.DataFrame:
    """Make a table of a map or a diff.

    Parameters
    ----------
    value
        A map, or a diff.
    of
        `claims` (of a map, by default), `relations`, or `changes` (of a diff, by default).

    Returns
    -------
    pandas.DataFrame
        One row for each, in the order of the map or diff; no row gives a table without rows. `start` and `end` are of
        the first quote, in code points.

    Raises
    ------
    ArgmapError
        If there is no such table.
    ImportError
        If pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        raise ImportError("to_pandas needs pandas: pip install pandas") from None
    tables: Mapping[str, tuple[Rows, tuple[str, ...]]] = {
        "claims": (_claims, CLAIM),
        "relations": (_relations, RELATION),
    }
    if isinstance(value, Diff):
        tables = {"changes": (_changes, CHANGE), **tables}
    name = of or next(iter(tables))
    if name not in tables:
        raise ArgmapError(f"no table {name!r}: use one of {', '.join(tables)}")
    rows, columns = tables[name]
    return pd.DataFrame(list(rows(value)), columns=list(columns))


def _ends(value: Map | Diff) -> tuple[End, ...]:
    return (MapIndex(value).whole_end(value.id),) if isinstance(value, Map) else (value.before, value.after)


def _claims(value: Map | Diff) -> Iterator[dict[str, Any]]:
    for end in _ends(value):
        for side in end.claims:
            row = {name: getattr(side, name) for name in Side.model_fields if name not in ("condition", "quotes")}
            first = side.quotes[0] if side.quotes else None
            quoted = {name: getattr(first, name, None) for name in ("source", "start", "end", "status")}
            condition = side.condition.exact if side.condition else None
            quotes = [quote.exact for quote in side.quotes]
            yield {"map": end.id, **row, **quoted, "condition": condition, "quotes": quotes}


def _relations(value: Map | Diff) -> Iterator[dict[str, Any]]:
    for end in _ends(value):
        for tie in end.relations:
            yield {"map": end.id, **tie.model_dump(), "sources": list(tie.sources)}


def _changes(value: Diff) -> Iterator[dict[str, Any]]:
    for change in value.changes:
        row = {name: getattr(change, name) for name in Change.model_fields if name in CHANGE}
        for name, sides in (("before", change.before), ("after", change.after)):
            row[name] = [side.id for side in sides]
            row[f"{name}_text"] = " / ".join(side.text for side in sides)
        yield row | {
            "facets": list(change.facets),
            "counterpart": change.counterpart.state if change.counterpart else None,
        }
