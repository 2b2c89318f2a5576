"""Commands for thousands of maps at once."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from argmap.cli import working
from argmap.cli.group import main
from argmap.cli.options import (
    style_option,
)


@main.group()
def corpus() -> None:
    """Make tables of thousands of maps, ask them in SQL, find claims that say the same, and follow positions.

    This needs DuckDB, pyarrow and usearch: pip install 'argmap[corpus]'.
    """


MEMORY = partial(click.option, "--memory", metavar="AMOUNT", show_default=True)
ANSWER_MEMORY = MEMORY(default="2GB", help="Use at most this much memory for a question, such as 500MB.")
CORPUS = click.argument("path", metavar="CORPUS", type=click.Path(path_type=Path))


@corpus.command("build")
@click.argument("sources", nargs=-1, required=True, metavar="DIR...")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="Write the corpus into this folder.")
@click.option(
    "--engine",
    "engine_name",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Read on processes of this machine, or on the workers of a Dask cluster.",
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Use this Dask scheduler; otherwise --engine dask starts a cluster here."
)
@working.JOBS
@click.option(
    "--seconds", type=click.FloatRange(0.1), default=60, show_default=True, help="Give up on a file after this time."
)
@MEMORY(default="2GB", help="Give up on a file that needs more memory than this.")
def corpus_build(sources: tuple[str, ...], out: Path, **options: Any) -> None:
    """Read maps of any format from folders into tables, or bring the tables up to date.

    Only new and changed files are read, and an interrupted build goes on. A file that cannot be read is a row of the table
    `findings`. Exit with 1 if there is one.
    """
    from argmap.cli import corpora

    sys.exit(not corpora.build(sources, out, **options))


@corpus.command("sql")
@CORPUS
@click.argument("query")
@style_option("table", "csv", "json")
@ANSWER_MEMORY
def corpus_sql(path: Path, query: str, style: str, memory: str) -> None:
    """Ask a corpus a question in SQL, and print the rows.

    QUERY is one `select` over the tables maps, claims, issues, relations, quotes, sources, findings and matches. It reads
    nothing but the corpus, and changes nothing.
    """
    from argmap.cli import corpora

    corpora.sql(path, query, style, memory)


@corpus.command("match")
@CORPUS
@click.option(
    "--least", type=click.FloatRange(0, 1), default=0.65, show_default=True, help="Suggest pairs of this likeness."
)
@click.option(
    "--neighbours", type=click.IntRange(1, 200), default=24, show_default=True, help="Look at so many near claims."
)
@click.option("--within", is_flag=True, help="Compare claims of one map with one another, too.")
@click.option("--semantic", "model", metavar="MODEL", help="Take the meaning of claims from this sentence model.")
@working.JOBS
@MEMORY(default="8GB", help="Stop when more memory than this is needed.")
def corpus_match(path: Path, model: str | None, memory: str, **options: Any) -> None:
    """Find claims of different maps that say the same, and write them into the table `matches`.

    Decisions of a person stay in CORPUS/decisions.csv and are kept: a rejected pair is joined no more.
    """
    from argmap.cli import corpora

    corpora.match(path, model, memory, **options)


@corpus.command("trends")
@CORPUS
@click.option("--issue", required=True, metavar="ID", help="Follow this issue, which needs a scale.")
@click.option(
    "--by",
    type=click.Choice(["author", "speaker"]),
    default="author",
    show_default=True,
    help="Take the authors' own positions, or those of the speakers whom they report.",
)
@click.option("--suggested", is_flag=True, help="Count drafted claims that nobody has reviewed, too.")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Write a plot: .svg, .png or .pdf; or .html, where each mark leads to its words.",
)
@click.option(
    "--width", type=click.IntRange(320, 4000), default=1000, show_default=True, help="Width of a plot in pixels."
)
@click.option(
    "--theme",
    type=click.Choice(["light", "dark", "print"]),
    default="light",
    show_default=True,
    help="Colours of a plot; an .html page follows its reader's system.",
)
@click.option(
    "--shuffles",
    type=click.IntRange(99, 99_999),
    default=999,
    show_default=True,
    help="Hold each change point against so many shuffled orders.",
)
@style_option("table", "csv", "json")
@ANSWER_MEMORY
def corpus_trends(path: Path, out: Path | None, style: str, width: int, theme: Any, **options: Any) -> None:
    """Tell where dated texts stand on an issue over time, who moved, and where positions change.

    Texts are compared mode by mode: what is, is planned, will be and ought to be. A change counts only if shuffled orders of the
    texts rarely give as much. Each point has its quote.
    """
    from argmap.cli import corpora

    corpora.trends(path, out, style, {"width": width, "theme": theme}, **options)


@corpus.command("decide")
@CORPUS
@click.argument("pair", nargs=4, metavar="MAP CLAIM MAP CLAIM")
@click.option("--reject", "decision", flag_value="rejected", help="The two do not say the same.")
@click.option(
    "--accept", "decision", flag_value="accepted", default="accepted", help="The two say the same (the default)."
)
@click.option("--note", default="", help="Keep the reason.")
def corpus_decide(path: Path, pair: tuple[str, str, str, str], decision: str, note: str) -> None:
    """Keep the decision that two claims say the same, or do not."""
    from argmap.cli import corpora

    corpora.decide(path, pair, decision, note)
