"""Run a function over many values, on the processes of this machine or on a Dask cluster.

    tasks ─ chunks ─▶ processes ─▶ results, in the order of the tasks
    a process that ends: the chunks that were begun are done again, each task alone, which finds the one that ended it

Only so many chunks are begun that neither tasks nor results pile up.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future, ProcessPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from importlib import import_module
from itertools import islice
from multiprocessing import current_process, get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from argmap.findings import ArgmapError
from argmap.remembered import reading_once

FEW = 24
"""Tasks that are done before other processes would have started."""
CHUNK = 16
"""Tasks that a process takes at a time."""
AHEAD = 4
"""Chunks for each process that are begun before the results of the first are taken."""
AHEAD_ON_DASK = 1000
"""Tasks that a scheduler holds at a time."""
LOST = "the process that read it came to an end"
NO_PROCESS = (
    "no process can be started to read files; a script that reads many needs "
    '`if __name__ == "__main__":` above its calls, since each process imports it, or jobs=1'
)

Task = TypeVar("Task")
Result = TypeVar("Result")


def refuse_within_start() -> None:
    """Refuse to begin in a process that is only being started: it is reading the script that started it."""
    if getattr(current_process(), "_inheriting", False):
        raise ArgmapError(NO_PROCESS)


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(
    do: Callable[[Task], Result],
    tasks: Sequence[Task],
    jobs: int,
    lost: Callable[[Task], Result],
    *,
    few: int | None = None,
    chunk: int | None = None,
    again: bool = True,
) -> Generator[Result, None, None]:
    """Yield the result of each task, in their order, from processes of this machine.

    `do` is a function of a module, which raises nothing, and the tasks can be sent to another process. With one of
    `jobs`, or with at most `few` tasks, this process does all; another takes `chunk` tasks at a time. `lost` makes the
    result of a task that ends its process. What an ended process had begun is done `again`, each task alone; otherwise
    all of it is lost, and the caller knows better how to go on. Raise ArgmapError if no process can be started.
    """
    if len(tasks) <= (FEW if few is None else few) or jobs == 1:
        for task in tasks:
            yield from _each(do, [task])
        return
    size = chunk or CHUNK
    parts = [tasks[n : n + size] for n in range(0, len(tasks), size)]
    at = 0
    while at < len(parts):
        begun: deque[Future[list[Result]]] = deque()
        following = iter(parts[at:])
        with suppress(BrokenExecutor), _processes(min(jobs, len(parts) - at)) as submit:
            for part in islice(following, AHEAD * jobs):
                begun.append(submit(do, part))
            while begun:
                results = begun[0].result()
                begun.popleft()
                at += 1
                yield from results
                for part in islice(following, 1):  # afterwards: this fails where a process has ended meanwhile
                    begun.append(submit(do, part))
        ended = [future.cancelled() or future.exception() is not None for future in begun]
        left = [task for is_lost, part in zip(ended, parts[at:], strict=False) if is_lost for task in part]
        with closing(alone(do, left, lost) if again else (lost(task) for task in left)) as redone:
            for future, is_lost in zip(begun, ended, strict=True):
                yield from islice(redone, len(parts[at])) if is_lost else future.result()
                at += 1


def alone(
    do: Callable[[Task], Result], tasks: Sequence[Task], lost: Callable[[Task], Result]
) -> Generator[Result, None, None]:
    """Yield the result of one task after another, from a process that does nothing else; arguments and errors are those of `run`."""
    left = deque(tasks)
    while left:
        with suppress(BrokenExecutor), _processes(1) as submit:
            if submit(bool, [0]).exception():
                raise ArgmapError(NO_PROCESS)
            while left:
                (result,) = submit(do, [left[0]]).result()
                left.popleft()
                yield result
        if left:
            yield lost(left.popleft())


@contextmanager
def _processes(jobs: int) -> Iterator[Callable[[Callable[[Any], Any], Sequence[Any]], Future[list[Any]]]]:
    """Start processes, and stop them when the block ends. Yields what to call with a function and a chunk for them."""
    executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_obey)

    def submit(do: Callable[[Any], Any], tasks: Sequence[Any]) -> Future[list[Any]]:
        with _without_interrupts():
            return executor.submit(_each, do, tasks)

    try:
        yield submit
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def run_on_dask(
    do: Callable[[Task], Result],
    tasks: Sequence[Task],
    jobs: int,
    lost: Callable[[Task], Result],
    scheduler: str | None,
    scratch: Path,
) -> Generator[Result, None, None]:
    """Yield the result of each task, in any order, from the workers of a Dask cluster; see `run`.

    `scheduler` is the address of that of a running cluster, such as `tcp://10.0.0.1:8786`. Without one, a cluster of
    `jobs` workers is started on this machine and stopped afterwards, and its temporary files, in `scratch`, are
    removed. Raise ArgmapError if Dask is not installed, or the scheduler cannot be reached or is lost.
    """
    try:
        dask, distributed = import_module("dask"), import_module("distributed")
    except ImportError:
        raise ArgmapError("the engine `dask` needs Dask: pip install 'argmap[cluster]'") from None
    if not tasks:
        return
    with ExitStack() as stack:
        stack.enter_context(_quiet("distributed", "tornado", "asyncio"))
        try:
            if scheduler is None:
                stack.callback(shutil.rmtree, scratch, ignore_errors=True)
                stack.enter_context(dask.config.set({"temporary-directory": str(scratch)}))
                alone = {"n_workers": jobs, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
                cluster = stack.enter_context(distributed.LocalCluster(**alone, silence_logs=logging.CRITICAL))
            client = stack.enter_context(distributed.Client(cluster if scheduler is None else scheduler, timeout="20s"))
        except (OSError, ValueError, RuntimeError) as error:
            raise ArgmapError(f"{scheduler or 'the cluster'}: no Dask scheduler answers: {error}") from None
        following = iter(tasks)
        under_way: dict[str, Task] = {}

        def begin(most: int) -> list[Any]:
            new = [(client.submit(do, task, pure=False, retries=1), task) for task in islice(following, most)]
            under_way.update((future.key, task) for future, task in new)
            return [future for future, _ in new]

        try:
            ended = distributed.as_completed(begin(AHEAD_ON_DASK))
            for future in ended:
                task = under_way.pop(future.key)
                try:
                    result = future.result()
                except distributed.KilledWorker:
                    result = lost(task)
                except (ImportError, AttributeError, TypeError) as error:
                    reason = f"a worker cannot run this argmap; install the same version there ({error})"
                    raise ArgmapError(f"{scheduler or 'the cluster'}: {reason}") from None
                ended.update(begin(1))
                yield result
        except (OSError, CancelledError, TimeoutError) as error:
            raise ArgmapError(
                f"{scheduler or 'the cluster'}: the Dask scheduler was lost; run it again to go on"
            ) from error


@contextmanager
def _quiet(*names: str) -> Iterator[None]:
    """Silence these loggers and those below them; what goes wrong is told in one line."""
    every = [
        logging.getLogger(name) for name in (*logging.root.manager.loggerDict, *names) if name.split(".")[0] in names
    ]
    before = [(logger, logger.level) for logger in every]
    for logger in every:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in before:
            logger.setLevel(level)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Hold back Ctrl-C inside this block: processes that it starts never get it, not even before they can ignore it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _obey() -> None:
    """Leave interrupts to the parent process, and end when that has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def end_with(parent: BaseProcess) -> None:
        parent.join()
        os._exit(1)

    if parent := parent_process():
        Thread(target=end_with, args=(parent,), daemon=True).start()


def _each(do: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
    """Do some tasks, and read what they have in common once."""
    with reading_once():
        return [do(task) for task in tasks]
