"""Many maps as tables: build them on this machine or a cluster, ask them in SQL, and match claims across maps.

    maps in any format ─ build ─▶ Parquet ─┬─ open_corpus ─▶ DuckDB, pandas, Polars
                                           ├─ match ─▶ claims that say the same
                                           └─ trends ─▶ where texts stand over time

DuckDB, pyarrow and usearch come with `argmap[corpus]`, Dask with `argmap[cluster]`, ruptures and Matplotlib with `argmap[trends]`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from argmap.corpus.build import Built, build
from argmap.corpus.query import Corpus, open_corpus
from argmap.corpus.tables import TABLES, Column

if TYPE_CHECKING:
    from argmap.corpus.decisions import decide
    from argmap.corpus.matches import Match, Matches, match
    from argmap.corpus.over_time import Trends, trends

_ROOM_OF = {
    "Match": "matches",
    "Matches": "matches",
    "Trends": "over_time",
    "decide": "decisions",
    "match": "matches",
    "trends": "over_time",
}
"""Imported when first used: each process of a build would import them in vain."""


__all__ = [
    "TABLES",
    "Built",
    "Column",
    "Corpus",
    "Match",
    "Matches",
    "Trends",
    "build",
    "decide",
    "match",
    "open_corpus",
    "trends",
]


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'argmap.corpus' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"argmap.corpus.{_ROOM_OF[name]}"), name)
    return value
