"""Run a command that meets faults, and see that none of its processes is left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAULTS = ROOT / "tests" / "helpers" / "faults"


def environment(faults: dict[str, str]) -> dict[str, str]:
    """Return the environment in which a command meets faults, by the name of the file that it reads then."""
    return {**os.environ, "PYTHONPATH": f"{FAULTS}{os.pathsep}{ROOT}", "FAULTS": json.dumps(faults)}


def small_files() -> None:
    """Let this process write small files only."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def processes_of(group: int) -> list[Any]:
    psutil = pytest.importorskip("psutil")
    found = []
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (ProcessLookupError, psutil.Error):
            continue
    return found


def run(
    *arguments: object,
    faults: dict[str, str] | None = None,
    prepare: Callable[[], None] | None = None,
    cwd: Path | None = None,
    **more: str,
) -> tuple[int, str]:
    """Run a command that meets faults, wait until its last process has ended, and return the exit code and what it said."""
    env = {**environment(faults or {}), **more}
    command = [sys.executable, "-m", "argmap", *map(str, arguments)]
    with subprocess.Popen(
        command,
        env=env,
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=prepare,
    ) as running:
        said, _ = running.communicate(timeout=600)
    end = time.monotonic() + 120
    while (left := processes_of(running.pid)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not left
    return running.returncode, said
