"""`argmap convert`: convert a file, a pipe or a folder, and report losses."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli import inputs, replacing, terminal, working
from argmap.findings import ArgmapError

if TYPE_CHECKING:
    from argmap.conversion import Conversion

SHOWN = 20
"""Failures that are printed; `--report` lists all."""
DONE, LOST, FAILED = 0, 1, 2


def run(
    source: str,
    target: str,
    *,
    read_as: str | None,
    write_as: str | None,
    columns: dict[str, str],
    keep_dialogue: bool,
) -> int:
    """Convert a file, print losses on standard error, and give the exit code."""
    from argmap import formats

    to_folder = target.endswith(("/", os.sep)) or Path(target).is_dir()
    if "map" in columns or (to_folder and Path(source).suffix.lower() in (".csv", ".tsv")):
        from argmap.coder_tables import configured

        columns = {**configured(Path(source)), **columns}
        return _run_table(Path(source), target, write_as or "yaml", columns)
    if target != "-" and Path(target).is_dir():
        raise ArgmapError(f"{target}: is a folder; name a file, or convert a folder into it")
    reading = inputs.examine(source, read_as, **_options(columns, keep_dialogue))
    if target == "-":
        text, loss = formats.dumps(reading.map, write_as or "yaml")
        terminal.write_data(text)
    else:
        loss = formats.write(reading.map, target, write_as)
    if loss:
        click.echo(loss, err=True)
    return LOST if loss or any(finding.is_loss for finding in reading.findings) else DONE


def _run_table(source: Path, target: str, write_as: str, columns: dict[str, str]) -> int:
    """Convert a table of coders into a folder of maps, one a document."""
    from argmap import coder_tables, formats
    from argmap.findings import condensed

    if target == "-" or Path(target).is_file():
        raise ArgmapError(f"{target}: a table of coders gives several maps; name a folder")
    table = coder_tables.read(source, columns)
    for line in condensed(table.findings, None):
        click.echo(line, err=True)
    folder, chosen = Path(target), formats.named(write_as, "writes")
    folder.mkdir(parents=True, exist_ok=True)
    lost = any(finding.is_loss for finding in table.findings)
    for map_ in table.maps:
        loss = formats.write(map_, folder / f"{map_.id}{chosen.suffixes[0]}", chosen.name)
        if loss:
            click.echo(loss, err=True)
            lost = True
    click.echo(f"{len(table.maps)} maps in {folder}", err=True)
    return LOST if lost else DONE


def _options(columns: dict[str, str], keep_dialogue: bool) -> dict[str, Any]:
    given = {"columns": columns, "keep_dialogue": keep_dialogue}
    return {name: value for name, value in given.items() if value}


def run_folder(
    source: Path,
    target: str,
    *,
    read_as: str | None,
    write_as: str | None,
    columns: dict[str, str],
    keep_dialogue: bool,
    again: bool,
    report: Path | None,
    jobs: int | None,
) -> int:
    """Convert the maps in a folder with a progress bar, print a summary, and give the exit code."""
    from argmap.conversion import convert_folder

    if write_as is None:
        raise ArgmapError(f"{source}: is a folder; name the output format with --to")
    if target == "-":
        raise ArgmapError("-: the maps of a folder cannot go to standard output; name a folder")
    options = _options(columns, keep_dialogue)
    with working.progress("converting", "converted files stay") as progress:
        done = convert_folder(
            source,
            target,
            write_as,
            format=read_as,
            options=options,
            jobs=jobs,
            again=again,
            force=replacing.is_forced(),
            progress=progress,
        )
    _print_summary(done, source)
    if report:
        _write_report(done, report)
    if done.failures:
        return FAILED
    lost = done.loss or any(finding.is_loss for file in done.files for finding in file.findings)
    return LOST if lost else DONE


def _print_summary(done: Conversion, source: Path) -> None:
    """Print a row for each input format, then the findings, the losses and the failures."""
    from rich.table import Table

    if not (done.converted or done.failures or done.unchanged):
        click.echo(f"{source}: this folder has no maps", err=True)
        return
    formats = Counter(file.format for file in done.converted)
    irregular = Counter(
        file.format for file in done.converted if any(finding.severity != "note" for finding in file.findings)
    )
    lossy = Counter(file.format for file in done.converted if file.loss)
    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column("from")
    for heading in ("converted", "irregular", "with losses"):
        table.add_column(heading, justify="right")
    for name, n in sorted(formats.items()):
        table.add_row(name, *(f"{count:,}" if count else "–" for count in (n, irregular[name], lossy[name])))
    console = terminal.console(stderr=True)
    if formats:
        console.print(table)
    rules = Counter(rule for file in done.files for rule in {f.rule for f in file.findings})
    if rules:
        click.echo(f"found: {', '.join(f'{rule} in {n:,}' for rule, n in rules.most_common())}", err=True)
    if done.loss:
        click.echo(done.loss, err=True)
    for failure in done.failures[:SHOWN]:
        click.echo(failure, err=True)
    if len(done.failures) > SHOWN:
        click.echo(f"… and {len(done.failures) - SHOWN:,} more: --report FILE lists all", err=True)
    counts = {
        "converted": len(done.converted),
        "unchanged": len(done.unchanged),
        "failed": len(done.failures),
        "no maps": len(done.aside),
    }
    click.echo(
        ", ".join(f"{n:,} {word}" for word, n in counts.items() if n or word in ("converted", "failed")), err=True
    )


def _write_report(done: Conversion, path: Path) -> None:
    """Write a row for each file: the outcome, its findings and its losses."""
    import csv
    import io

    from argmap import text_file
    from argmap.formats.csv.rows import guarded

    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(replacing.REPORT_HEAD.split(","))
    rows = [
        (
            str(file.source),
            outcome,
            file.format,
            str(file.target),
            " | ".join(str(found) for found in file.findings),
            str(file.loss) if file.loss else "",
            "",
        )
        for outcome, files in (("converted", done.converted), ("unchanged", done.unchanged))
        for file in files
    ]
    rows += [(str(failure.source), "failed", "", "", "", "", failure.reason) for failure in done.failures]
    rows += [(str(name), "no map", "", "", "", "", "") for name in done.aside]
    table.writerows([guarded(cell) for cell in row] for row in sorted(rows))
    text_file.write(path, out.getvalue())
