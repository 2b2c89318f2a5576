"""`argmap corpus`: build tables of many maps, ask them, match claims across maps, and follow positions."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from textwrap import indent
from typing import Any

import click

from argmap.cli import output, working
from argmap.cli.terminal import json_text
from argmap.findings import ArgmapError, brief
from argmap.text_tools import counted, did_you_mean

MOST_NAMED = 10
"""Files that could not be read, and clusters, that are listed."""
MOST_VARIANTS = 5
"""Claims of a cluster that are listed."""
LINE = 160
"""Length of a claim in the list of clusters."""
PLOTS = ("svg", "png", "pdf", "html")
MOST_LETTERS = 70
"""Length of a cell of a table."""


def build(sources: Sequence[str], out: Path, **options: Any) -> bool:
    """Build a corpus, and say whether every file could be read."""
    from argmap.corpus import build as build_corpus

    with working.progress("reading", "what was built stays") as progress:
        built = build_corpus(sources, out, progress=progress, **options)
    for name, reason in built.unreadable[:MOST_NAMED]:
        click.echo(f"{name}: {reason}", err=True)
    if (more := len(built.unreadable) - MOST_NAMED) > 0:
        click.echo(f"{counted(more, 'more file')} could not be read: see the table `findings`", err=True)
    done = f"{counted(built.read, 'file')} read, {built.files - built.read:,} as they were"
    click.echo(f"{built.corpus}: {done}" + (f", {len(built.unreadable):,} unreadable" if built.unreadable else ""))
    return not built.unreadable


def sql(path: Path, query: str, style: str, memory: str) -> None:
    """Ask a corpus, and print the rows."""
    from argmap.corpus import open_corpus

    with open_corpus(path, memory=memory) as corpus:
        columns, blocks = corpus.blocks(query)
        {"json": _json, "csv": _csv, "table": _table}[style](columns, blocks)


Blocks = Iterable[Sequence[Sequence[Any]]]


def _json(columns: Sequence[str], blocks: Blocks) -> None:
    """Print rows as JSON, laid out as a whole list would be."""
    before = "[\n"
    for row in chain.from_iterable(blocks):
        text = json.dumps(dict(zip(columns, row, strict=True)), indent=2, ensure_ascii=False, default=str)
        click.echo(before + indent(text, "  "), nl=False)
        before = ",\n"
    click.echo("[]" if before == "[\n" else "\n]")


def _csv(columns: Sequence[str], blocks: Blocks) -> None:
    """Print rows as CSV."""
    from argmap.formats.csv.rows import guarded

    for block in chain([[columns]], blocks):
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in block)
        click.echo(out.getvalue(), nl=False)


def _table(columns: Sequence[str], blocks: Blocks) -> None:
    """Print rows in columns as wide as the first block needs; a long cell is shortened, as in every list on a terminal."""
    blocks = iter(blocks)
    first = next(blocks, [])
    numbers = [all(isinstance(row[n], int | float | None) for row in first) for n in range(len(columns))]
    widths = [max(len(_cell(row[n])) for row in (columns, *first)) for n in range(len(columns))]
    for row in chain([columns], first, chain.from_iterable(blocks)):
        cells = zip(map(_cell, row), widths, numbers, strict=True)
        click.echo(
            "  ".join(cell.rjust(width) if right else cell.ljust(width) for cell, width, right in cells).rstrip()
        )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:.4g}" if isinstance(value, float) else brief(str(value), MOST_LETTERS)


def match(path: Path, model: str | None, memory: str, **options: Any) -> None:
    """Match the claims of a corpus, and print what was found."""
    from argmap import limits
    from argmap.corpus import match as match_claims
    from argmap.corpus import open_corpus
    from argmap.sentences import embedder

    embed = embedder(model) if model else None
    try:
        with (
            limits.growth(limits.amount(memory)),
            open_corpus(path, memory=memory) as corpus,
            working.progress("comparing") as progress,
        ):
            found = match_claims(corpus, embed=embed, progress=progress, **options)
    except MemoryError:
        raise ArgmapError(f"{path}: matching needs more memory than {memory}; give more with --memory") from None
    against = len(found.contradictions)
    click.echo(
        f"{counted(found.claims, 'claim')}, {counted(len(found.pairs), 'suggested pair')}, "
        f"{counted(len(found.clusters), 'cluster')}, {counted(against, 'contradiction')}"
    )
    for number, keys in list(found.clusters.items())[:MOST_NAMED]:
        click.echo(f"\n{number}. {brief(found.texts[keys[0]], LINE)} ({counted(len(keys), 'claim')})")
        for name, claim in keys[:MOST_VARIANTS]:
            click.echo(f"   {name} {claim}: {brief(found.texts[name, claim], LINE)}")
        if (more := len(keys) - MOST_VARIANTS) > 0:
            click.echo(f"   … and {counted(more, 'more claim')}")
    if (more := len(found.clusters) - MOST_NAMED) > 0:
        click.echo(f"\n… and {counted(more, 'more cluster')}")
    if sys.stderr.isatty():
        click.echo("\nall pairs are in the table `matches`; `argmap corpus sql` reads it", err=True)


def trends(path: Path, out: Path | None, style: str, plot: dict[str, Any], *, memory: str, **options: Any) -> None:
    """Print where texts stand on an issue over time, or write the plot."""
    from argmap.corpus import open_corpus
    from argmap.corpus import trends as find
    from argmap.corpus.over_time import words

    suffix = out.suffix[1:].lower() if out and str(out) != "-" else "svg"
    if suffix not in PLOTS:
        raise ArgmapError(f"{out}: a plot's name ends in one of {', '.join('.' + word for word in PLOTS)}")
    with open_corpus(path, memory=memory) as corpus, working.progress("shuffling") as progress:
        found = find(corpus, progress=progress, **options)
    if out:
        drawing = found.plot(suffix, **plot)  # type: ignore[arg-type]
        for finding in drawing.findings:
            click.echo(finding, err=True)
        output.file_or_stdout(drawing, out)
    elif style == "json":
        click.echo(json_text(found.model_dump(mode="json", by_alias=True)))
    elif style == "csv":
        _csv(words.COLUMNS, [[list(row.values()) for row in words.table(found)]])
    else:
        for line in words.lines(found):
            output.say(line)
        click.echo()
        columns, rows = words.short_table(found)
        _table(columns, [rows])


def decide(path: Path, pair: tuple[str, str, str, str], decision: str, note: str) -> None:
    """Keep a decision on two claims."""
    from argmap.corpus import decide as keep
    from argmap.corpus import open_corpus

    with open_corpus(path) as corpus:
        known = {(name, claim) for name, claim in corpus.rows("select map, claim from claims")[1]}
    for name, claim in (pair[:2], pair[2:]):
        if (name, claim) not in known:
            maps = {each for each, _ in known}
            near = did_you_mean(claim, [each for key, each in known if key == name], "") if name in maps else ""
            near = near or did_you_mean(name, maps, "`argmap corpus sql` lists the claims.")
            raise ArgmapError(f"{path}: no claim {claim!r} of a map {name!r}. {near}")
    keep(path, [((pair[0], pair[1]), (pair[2], pair[3]))], decision, note)
    click.echo(f"{decision}; `argmap corpus match {path}` takes it up")
