"""Ask a corpus: SQL by DuckDB, in this process, and read-only.

A query is one `select` over the tables of the corpus. DuckDB itself may open no file, write none and load no extension: the tables
are handed to it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmap import limits
from argmap.corpus.build import LAYOUT, NOTE, note_of, parts_of
from argmap.corpus.tables import TABLES, schema
from argmap.findings import ArgmapError

if TYPE_CHECKING:
    import duckdb

MATCHES = "matches"


class Corpus:
    """A corpus that was built, open for questions."""

    def __init__(self, path: str | os.PathLike[str], *, memory: str = "2GB") -> None:
        self.path = Path(path)
        if not (self.path / NOTE).is_file():
            raise ArgmapError(f"{self.path}: is not a corpus; `argmap corpus build DIR -o {self.path}` makes one")
        if (note_of(self.path) or {}).get("argmap-corpus") != LAYOUT:
            raise ArgmapError(f"{self.path}: has the tables of another version of argmap; build it again")
        self._connection = self._connect(memory)

    def _connect(self, memory: str) -> duckdb.DuckDBPyConnection:
        try:
            import duckdb
        except ImportError:
            raise ArgmapError("a corpus needs pyarrow and DuckDB: pip install 'argmap[corpus]'") from None
        settings: dict[str, Any] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        bytes_ = limits.amount(memory)
        try:
            connection = duckdb.connect(":memory:", config=settings)
            connection.execute(f"set memory_limit='{bytes_}B'")
            connection.execute("set temp_directory=''")
            connection.execute("set enable_progress_bar=false")  # it would stand among the rows
            for name in self.tables:
                connection.register(name, self._dataset(name))
            connection.execute("set enable_external_access=false")
            connection.execute("set lock_configuration=true")
        except duckdb.Error as error:  # a bound of a few bytes is too little to begin with
            raise ArgmapError(_first_line(error)) from None
        return connection

    def _dataset(self, name: str) -> Any:
        """Open the files of a table; DuckDB itself opens none."""
        from pyarrow import dataset

        if name == MATCHES:
            return dataset.dataset(self.path / f"{MATCHES}.parquet")
        files = sorted(map(str, parts_of(self.path, f"{name}.parquet")))
        return dataset.dataset(files, schema=schema(name), format="parquet") if files else schema(name).empty_table()

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables; `matches` is there once the corpus was matched."""
        return (*TABLES, *((MATCHES,) if (self.path / f"{MATCHES}.parquet").is_file() else ()))

    def sql(self, query: str, values: Sequence[Any] = ()) -> duckdb.DuckDBPyRelation:
        """Ask a question in SQL.

        Parameters
        ----------
        query
            One `select` over the tables `maps`, `claims`, `issues`, `relations`, `quotes`, `sources`, `findings` and `matches`.
        values
            What stands for each `?` in the query.

        Returns
        -------
        duckdb.DuckDBPyRelation
            Lazy: `.fetchall()`, `.df()` (pandas), `.pl()` (Polars), `.arrow()`.

        Raises
        ------
        ArgmapError
            If it is no `select`, or DuckDB refuses it; the message is DuckDB's first line.
        """
        import duckdb

        self._check(query)
        try:
            return self._connection.sql(query, params=list(values)) if values else self._connection.sql(query)
        except duckdb.Error as error:
            raise ArgmapError(_first_line(error)) from None

    def _check(self, query: str) -> None:
        """Refuse all but one `select`."""
        import duckdb

        try:
            kinds = [statement.type for statement in duckdb.extract_statements(query)]
        except duckdb.Error as error:
            raise ArgmapError(_first_line(error)) from None
        if kinds != [duckdb.StatementType.SELECT]:
            raise ArgmapError("only one `select` is answered; a corpus is read-only")

    def rows(self, query: str, values: Sequence[Any] = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Ask a question and return the names of the columns and the rows; see `sql`."""
        import duckdb

        found = self.sql(query, values)
        try:
            return list(found.columns), found.fetchall()
        except duckdb.Error as error:
            raise ArgmapError(_first_line(error)) from None

    def blocks(self, query: str, size: int = 1000) -> tuple[list[str], Iterator[list[tuple[Any, ...]]]]:
        """Ask a question and return the names of the columns and the rows, in blocks, so that any number of rows fits.

        The next question ends the rows of this one. See `sql`.
        """
        import duckdb

        self._check(query)
        try:
            self._connection.execute(query)
            names = [column[0] for column in self._connection.description]
        except duckdb.Error as error:
            raise ArgmapError(_first_line(error)) from None

        def fetch() -> Iterator[list[tuple[Any, ...]]]:
            try:
                while block := self._connection.fetchmany(size):
                    yield block
            except duckdb.Error as error:
                raise ArgmapError(_first_line(error)) from None

        return names, fetch()

    def to_pandas(self, query: str) -> Any:
        """Ask a question and return a pandas DataFrame; pandas has to be installed."""
        return self.sql(query).df()

    def to_polars(self, query: str) -> Any:
        """Ask a question and return a Polars DataFrame; Polars has to be installed."""
        return self.sql(query).pl()

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Corpus({str(self.path)!r}: {', '.join(self.tables)})"


def open_corpus(path: str | os.PathLike[str], *, memory: str = "2GB") -> Corpus:
    """Open a corpus for questions.

    Parameters
    ----------
    path
        The folder that `argmap corpus build` wrote.
    memory
        Memory that DuckDB may use, such as `500MB`.

    Returns
    -------
    Corpus
        To be closed, or used in a `with` statement.

    Raises
    ------
    ArgmapError
        If the folder is not a corpus, or DuckDB is not installed.
    """
    return Corpus(path, memory=memory)


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    hint = next((line for line in lines[1:] if line.startswith(("Did you mean", "Candidate"))), "")
    if lines and lines[0].startswith("Out of Memory Error"):
        return f"{lines[0].rstrip('.')}; ask for less, or give more with --memory"
    return f"{lines[0]} {hint}".strip() if lines else type(error).__name__
