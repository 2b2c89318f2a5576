"""Run a function over many files, on the processes of this machine or on a Dask cluster.

    tasks ─ chunks ─▶ processes ─▶ results, as they come
    a task that takes its process down: what waited beside it is done again, one by one, which finds it

The order of the results is free; a task says in its result which one it was.
"""

from __future__ import annotations

import ctypes
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, TypeVar

from argmap.findings import ArgmapError

FEW = 24
"""Tasks that are done before other processes would have started."""
CHUNK = 16
"""Tasks that a process takes at a time."""
LOST = "the process that read it came to an end"

Task = TypeVar("Task")
Result = TypeVar("Result")


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
) -> Iterator[Result]:
    """Yield the result of each task, in any order, from processes of this machine.

    Parameters
    ----------
    do
        A function of a module, which raises nothing.
    tasks
        Values that can be sent to another process.
    jobs
        Number of processes; with 1, or with few tasks, this one does all.
    lost
        Makes the result of a task whose process ended before it was done.
    few
        Number of tasks up to which this process does all; `FEW` when left out.
    chunk
        Number of tasks that a process takes at a time; `CHUNK` when left out.
    """
    if len(tasks) <= (FEW if few is None else few) or jobs == 1:
        yield from map(do, tasks)
        return
    left, size = list(enumerate(tasks)), chunk or CHUNK
    # A task that takes its process down takes along all that wait. They go on one after another, which finds it.
    while left:
        done: set[int] = set()
        chunks = [left[n : n + size] for n in range(0, len(left), size)]
        executor = ProcessPoolExecutor(min(jobs, len(chunks)), mp_context=get_context("spawn"), initializer=_obey)
        try:
            with _without_interrupts():
                futures = {executor.submit(_each, do, [task for _, task in part]): part for part in chunks}
            for future in as_completed(futures):
                try:
                    results = future.result()
                except BrokenExecutor:
                    continue
                done.update(n for n, _ in futures[future])
                yield from results
        finally:
            executor.shutdown(wait=True, cancel_futures=True)
        left = [(n, task) for n, task in left if n not in done]
        if left and jobs == 1:
            yield lost(left[0][1])
            left = left[1:]
        if left:
            jobs = size = 1


def run_on_dask(
    do: Callable[[Task], Result],
    tasks: Sequence[Task],
    jobs: int,
    lost: Callable[[Task], Result],
    scheduler: str | None,
) -> Iterator[Result]:
    """Yield the result of each task, in any order, from the workers of a Dask cluster.

    Parameters
    ----------
    do, tasks, lost
        As in `run`.
    jobs
        Number of workers of a cluster on this machine.
    scheduler
        Address of the scheduler of a running cluster, such as `tcp://10.0.0.1:8786`; without one, a cluster is started on
        this machine and stopped afterwards.

    Raises
    ------
    ArgmapError
        If Dask is not installed, or the scheduler cannot be reached or is lost.
    """
    try:
        import distributed
        from distributed import KilledWorker
    except ImportError:
        raise ArgmapError("the engine `dask` needs Dask: pip install 'argmap[cluster]'") from None
    if not tasks:
        return
    dask: Any = distributed  # it has no types of its own
    cluster = None
    try:
        if scheduler is None:
            cluster = dask.LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
        client = dask.Client(cluster if cluster is not None else scheduler, timeout="20s")
    except (OSError, ValueError, TimeoutError) as error:
        raise ArgmapError(f"{scheduler or 'the cluster'}: no Dask scheduler answers: {error}") from None
    try:
        futures = client.map(do, tasks, pure=False, retries=1)
        at = {future.key: task for future, task in zip(futures, tasks, strict=True)}
        for future in dask.as_completed(futures):
            if future.status == "finished":
                yield future.result()
            elif isinstance(future.exception(), KilledWorker):
                yield lost(at[future.key])
            else:
                raise ArgmapError(f"the cluster was lost: {future.exception() or future.status}; run it again to go on")
            future.release()
    finally:
        client.close()
        if cluster is not None:
            cluster.close()


class OutOfTimeError(Exception):
    """A task took longer than it may."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Raise OutOfTimeError in this thread when it is still in here after so many seconds.

    It is raised between two steps of Python code, so that a single long call of a library is not interrupted.
    """
    if seconds is None:
        yield
        return
    thread = ctypes.c_ulong(threading.get_ident())
    ended = threading.Lock()
    over = False

    def interrupt() -> None:
        with ended:
            if not over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(OutOfTimeError))

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with ended:
            over = True
        timer.cancel()


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


def _each(do: Callable[[Any], Any], tasks: Sequence[Any]) -> list[Any]:
    return [do(task) for task in tasks]
