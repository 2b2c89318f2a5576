"""Many maps as tables: build them on this machine or a cluster, ask them in SQL, and match claims across maps.

    maps in any format ─ build ─▶ Parquet ─┬─ open_corpus ─▶ DuckDB, pandas, Polars
                                           ├─ match ─▶ claims that say the same
                                           └─ trends ─▶ where texts stand over time

DuckDB, pyarrow and usearch come with `argmap[corpus]`, Dask with `argmap[cluster]`, ruptures and Matplotlib with `argmap[trends]`.
"""

from argmap.corpus.build import Built, build
from argmap.corpus.decisions import decide
from argmap.corpus.matches import Match, Matches, match
from argmap.corpus.over_time import Trends, trends
from argmap.corpus.query import Corpus, open_corpus
from argmap.corpus.tables import TABLES, Column

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
