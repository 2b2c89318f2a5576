"""`argmap convert`: one file, a pipe, or a whole folder."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli import inputs
from argmap.findings import ArgmapError

if TYPE_CHECKING:
    from argmap.formats.folder import Conversion

SHOWN = 20
"""Files that did not convert, told of by name; a table of all is for `--report`."""
DONE, LOST, FAILED, INTERRUPTED = 0, 1, 2, 130


def run(source: str, target: str, read_as: str | None, write_as: str | None, *, keep_dialogue: bool) -> bool:
    """Convert a file, tell what is lost on standard error, and say whether anything was, in reading or in writing.

    Raises
    ------
    ArgmapError
        When there is nothing to convert, or the target cannot be written.
    """
    from argmap import formats

    if target != "-" and Path(target).is_dir():
        raise ArgmapError(f"{target}: is a folder; name a file, or convert a folder into it")
    if _same(source, target):
        raise ArgmapError(f"{target}: is the file to convert itself; name another, since not everything may come back")
    reading = inputs.examine(source, read_as, **({"keep_dialogue": True} if keep_dialogue else {}))
    m = reading.map
    if target == "-":
        text, loss = formats.dumps(m, write_as or "yaml")
        click.echo(text, nl=False)
    else:
        loss = formats.write(m, target, write_as)
    if loss:
        click.echo(loss, err=True)
    return bool(loss) or any(finding.is_loss for finding in reading.findings)


def _same(source: str, target: str) -> bool:
    return (
        source != "-" and target != "-" and Path(source).exists() and Path(source).resolve() == Path(target).resolve()
    )


def run_folder(
    source: Path,
    target: str,
    read_as: str | None,
    write_as: str | None,
    *,
    keep_dialogue: bool,
    again: bool,
    report: Path | None,
) -> int:
    """Convert what is in a folder, with a bar on a terminal, tell of the whole, and give the exit code.

    Raises
    ------
    ArgmapError
        When there is no format to write or no folder to write to, or the report cannot be written.
    """
    from rich.progress import Progress

    from argmap.formats.folder import convert_folder

    if write_as is None:
        raise ArgmapError(f"{source}: is a folder; say with --to which format its maps are to become")
    if target == "-":
        raise ArgmapError("-: a folder's maps do not fit on standard output; name a folder")
    options: dict[str, Any] = {"keep_dialogue": True} if keep_dialogue else {}
    try:
        with _told_to_end() as ended, Progress(transient=True, disable=not sys.stderr.isatty()) as bar:
            task = bar.add_task("converting", total=None)

            def progress(n: int, total: int) -> None:
                bar.update(task, completed=n, total=total)
                if ended:
                    raise KeyboardInterrupt  # noqa: TRY301 - this is where it is safe

            done = convert_folder(
                source, target, write_as, format=read_as, options=options, again=again, progress=progress
            )
    except KeyboardInterrupt:
        click.echo("interrupted: what is converted stays, and the same command goes on from there", err=True)
        return INTERRUPTED
    _tell(done, source)
    if report:
        _write_report(done, report)
    if done.failures:
        return FAILED
    lost = done.loss or any(finding.is_loss for file in done.files for finding in file.findings)
    return LOST if lost else DONE


@contextmanager
def _told_to_end() -> Iterator[list[int]]:
    """A list that is empty until the process is told to end.

    An exception wherever the signal happens to arrive would leave the processes that help waiting for ever; the
    list is looked at between two files.
    """
    told: list[int] = []
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), lambda number, _: told.append(number)) for name in names}
    try:
        yield told
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _tell(done: Conversion, source: Path) -> None:
    """A summary: a row a format that was read, then what is irregular, what failed, and what is lost."""
    from rich.console import Console
    from rich.table import Table

    if not (done.converted or done.failures or done.unchanged):
        click.echo(f"{source}: no map in this folder", err=True)
        return
    of = Counter(file.format for file in done.converted)
    odd = Counter(
        file.format for file in done.converted if any(finding.severity != "note" for finding in file.findings)
    )
    lossy = Counter(file.format for file in done.converted if file.loss)
    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column("from")
    for heading in ("converted", "irregular", "with losses"):
        table.add_column(heading, justify="right")
    for format, n in sorted(of.items()):
        table.add_row(format, *(f"{count:,}" if count else "–" for count in (n, odd[format], lossy[format])))
    console = Console(stderr=True, highlight=False, markup=False)
    if of:
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
    """A row a file: what became of it, what is irregular in it, what was lost."""
    import csv
    import io

    from argmap import text_file

    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(("source", "outcome", "from", "target", "irregular", "lost", "reason"))
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
        for outcome, files in (("converted", done.converted), ("unchanged", done.earlier))
        for file in files
    ]
    rows += [(str(failure.source), "failed", "", "", "", "", failure.reason) for failure in done.failures]
    told = {file.source for file in done.earlier}
    rows += [(str(name), "unchanged", "", "", "", "", "") for name in done.unchanged if name not in told]
    rows += [(str(name), "no map", "", "", "", "", "") for name in done.aside]
    table.writerows(sorted(rows))
    text_file.write(path, out.getvalue())
