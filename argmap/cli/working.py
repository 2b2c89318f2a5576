"""Long work: a bar on a terminal, and an end between two parts of it when somebody presses Ctrl-C."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

import click

from argmap.cli import output

INTERRUPTED = 130
JOBS = click.option("--jobs", type=click.IntRange(1), help="Use so many processes; otherwise one for each processor.")
T = TypeVar("T")


class Report(Protocol):
    """Called between two parts of some work with the number of those done and of all, and the word for what comes."""

    def __call__(self, n: int, total: int, word: str = "", /) -> None: ...  # noqa: D102


def results(what: str, make: Callable[[Report], Iterable[T]]) -> Iterator[T]:
    """Yield the results of long work as they come; on a terminal when all are there and the bar is gone.

    `what` is the word for the work; `make` does it, and reports how far it is.
    """
    with progress(what) as report:
        made = make(report)
        if not (sys.stdout.isatty() and sys.stderr.isatty()):
            yield from made
            return
        held = list(made)
    yield from held


@contextmanager
def progress(what: str, stays: str = "") -> Iterator[Report]:
    """Show how far some work is, and end it when it is interrupted, with a line and the exit code 130.

    An exception at the moment of the signal would leave the worker processes waiting for ever. `what` is the word for
    the work, such as `reading`; `stays` says what is kept after an interruption, such as `converted files stay`.
    """
    received: list[int] = []
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), lambda number, _: received.append(number)) for name in names}
    bar = output.bar()
    task = bar.add_task(what, total=None)

    def report(n: int, total: int, word: str = "", /) -> None:
        bar.update(task, completed=n, total=total, description=word or what)
        if received:
            raise KeyboardInterrupt

    try:
        with bar:
            yield report
    except KeyboardInterrupt:
        again = f": {stays}; run the same command again to go on" if stays else ""
        click.echo(f"interrupted{again}", err=True)
        click.get_current_context().exit(INTERRUPTED)
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
