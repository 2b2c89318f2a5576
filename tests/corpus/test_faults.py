"""A build meets faults in its processes, on its disk and in its files: the rest is there, and a second build completes it.

Each test runs the command line. Afterwards the rows are those of an undisturbed build, no temporary file is left, and no process.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from argmap import formats
from argmap.corpus import build
from tests.cli.test_cli import argmap
from tests.corpus.conftest import SAYINGS, contents, debate
from tests.helpers.faulty import environment, run, small_files

pytestmark = pytest.mark.unix

VICTIM = "77.tgf"
"""The file at which a fault happens; others were read before, and others wait."""


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write enough maps for several parts."""
    folder = tmp_path_factory.mktemp("many") / "maps"
    folder.mkdir()
    for n in range(150):
        (folder / f"{n}.tgf").write_text(f"a claim {n}\nb its reason\n#\nb a support\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed(maps: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    corpus = tmp_path_factory.mktemp("undisturbed") / "corpus"
    build([maps], corpus, jobs=1)
    return contents(corpus)


def assert_whole(maps: Path, corpus: Path, expected: dict[str, list[tuple[Any, ...]]]) -> None:
    """A second build completes the corpus, and leaves nothing else."""
    done = argmap("corpus", "build", maps, "-o", corpus, "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert contents(corpus) == expected
    assert_tidy(corpus)


def assert_tidy(corpus: Path) -> None:
    stray = [path for path in corpus.rglob("*") if path.name.startswith(".") or ".new" in str(path.relative_to(corpus))]
    assert not stray


ONE_FAILURE = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
"""Let Dask give a task up after its second worker instead of its fourth."""
ENGINES = pytest.mark.parametrize("engine", ["local", "dask"])


def options_of(engine: str) -> list[str]:
    if engine == "dask":
        pytest.importorskip("distributed")
    return ["--engine", engine, "--jobs", "2"]


@ENGINES
def test_a_worker_is_killed(engine: str, maps: Path, undisturbed: Any, tmp_path: Path) -> None:
    """The others take over its files, and nobody notices."""
    corpus = tmp_path / "corpus"
    options = options_of(engine)
    once = str(tmp_path / "once")
    code, said = run("corpus", "build", maps, "-o", corpus, *options, faults={VICTIM: "die"}, FAULT_ONCE=once)
    assert (code, said) == (0, f"{corpus}: 150 files read, 0 as they were\n")
    assert contents(corpus) == undisturbed
    assert_tidy(corpus)


@ENGINES
def test_a_file_kills_whoever_reads_it(engine: str, maps: Path, undisturbed: Any, tmp_path: Path) -> None:
    """It alone is missing and named; the next build tries it again."""
    corpus = tmp_path / "corpus"
    options = options_of(engine)
    code, said = run("corpus", "build", maps, "-o", corpus, *options, faults={VICTIM: "die"}, **ONE_FAILURE)
    assert code == 1
    assert said.splitlines()[0] == f"{VICTIM}: the process that read it came to an end"
    assert contents(corpus)["maps"] == [row for row in undisturbed["maps"] if row[0] != VICTIM]
    assert_tidy(corpus)
    assert_whole(maps, corpus, undisturbed)


@pytest.mark.parametrize("engine", ["local"])
def test_the_command_is_killed(engine: str, maps: Path, undisturbed: Any, tmp_path: Path) -> None:
    """Its processes end with it; the next build removes what it left, and goes on."""
    corpus = tmp_path / "corpus"
    options = options_of(engine)
    code, _ = run("corpus", "build", maps, "-o", corpus, *options, faults={VICTIM: "kill the command"})
    assert code == -signal.SIGKILL
    assert_whole(maps, corpus, undisturbed)


@pytest.mark.parametrize("engine", ["local"])
def test_the_command_is_interrupted(engine: str, maps: Path, undisturbed: Any, tmp_path: Path) -> None:
    """One line says that nothing is lost."""
    corpus = tmp_path / "corpus"
    options = options_of(engine)
    once = str(tmp_path / "once")
    code, said = run("corpus", "build", maps, "-o", corpus, *options, faults={VICTIM: "interrupt"}, FAULT_ONCE=once)
    assert (code, said) == (130, "interrupted: what was built stays; run the same command again to go on\n")
    assert_tidy(corpus)
    assert_whole(maps, corpus, undisturbed)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Start a scheduler and a worker, each a process of its own, and return what a fault needs to know of them."""
    pytest.importorskip("distributed")
    top = tmp_path_factory.mktemp("cluster")
    about = top / "scheduler.json"
    env = environment({VICTIM: "kill the scheduler"})
    plain = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    names = ["--scheduler-file", str(about), "--no-dashboard"]
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *names]
    scheduler = subprocess.Popen(command, env={**env, "FAULTS": "{}"}, cwd=top, **plain)  # type: ignore[call-overload]
    env["SCHEDULER"] = str(scheduler.pid)
    command = [sys.executable, "-m", "distributed.cli.dask_worker", *names, "--nthreads", "1", "--death-timeout", "60"]
    worker = None
    try:
        while scheduler.poll() is None and not (about.is_file() and about.stat().st_size):
            time.sleep(0.05)
        worker = subprocess.Popen(command, env=env, cwd=top, **plain)  # type: ignore[call-overload]
        yield {"address": json.loads(about.read_text())["address"]}
    finally:
        for process in (worker, scheduler):
            if process is not None:
                process.terminate()
                process.wait(120)


def test_workers_stand_in_another_folder(cluster: dict[str, str], tmp_path: Path) -> None:
    """Relative paths are those of the command; what is said of a file does not depend on where it stands."""
    maps = tmp_path / "here" / "maps"
    (maps / "deep").mkdir(parents=True)
    for n in range(3):
        formats.write(debate(n, SAYINGS[n]), maps / "deep" / f"{n}.yaml")
    (maps / "deep" / "broken.json").write_text('{"nodes": [', "utf-8")
    (maps / "deep" / "missing.yaml").write_text(
        "argmap: 1\nid: m\nsources: {s: {path: gone.txt}}\nclaims: {a: {text: A., quote: A}}\n", "utf-8"
    )
    options = ["--engine", "dask", "--scheduler", cluster["address"]]
    code, said = run("corpus", "build", "maps", "-o", "corpus", *options, cwd=maps.parent)
    assert (code, said.splitlines()[-1]) == (1, "corpus: 5 files read, 0 as they were, 1 unreadable")
    build([maps], tmp_path / "local", jobs=1)
    found = contents(maps.parent / "corpus")
    assert found == contents(tmp_path / "local")
    assert len(found["findings"]) == 2
    assert not any(str(tmp_path) in str(row) for rows in found.values() for row in rows)


def test_the_scheduler_is_lost(cluster: dict[str, str], maps: Path, undisturbed: Any, tmp_path: Path) -> None:
    """It is the last test of the cluster. One line says so; what was built stays, and the local engine completes it."""
    corpus, address = tmp_path / "corpus", cluster["address"]
    code, said = run("corpus", "build", maps, "-o", corpus, "--engine", "dask", "--scheduler", address)
    assert (code, said) == (2, f"{address}: the Dask scheduler was lost; run it again to go on\n")
    assert_whole(maps, corpus, undisturbed)


def test_a_file_takes_for_ever(maps: Path, undisturbed: Any, tmp_path: Path) -> None:
    """It is given up, even in a call that nothing interrupts; the next build tries it again."""
    corpus = tmp_path / "corpus"
    faults = {"3.tgf": "for ever", VICTIM: "for ever in C", "5.tgf": "memory"}
    code, said = run(
        *("corpus", "build", maps, "-o", corpus, "--jobs", "2", "--seconds", "1", "--memory", "300MB"), faults=faults
    )
    assert code == 1
    assert said.splitlines() == [
        "3.tgf: reading took longer than 1 second",
        "5.tgf: reading took more memory than 300 MB",
        f"{VICTIM}: the process that read it came to an end",
        f"{corpus}: 150 files read, 0 as they were, 3 unreadable",
    ]
    assert contents(corpus)["maps"] == [row for row in undisturbed["maps"] if row[0] not in faults]
    assert_whole(maps, corpus, undisturbed)


@pytest.fixture
def limit(tmp_path: Path) -> Iterator[tuple[Path, Callable[[], None] | None, Any]]:
    """Return a folder, what limits the room in it for a process, and a function that ends the limit.

    A small disk is mounted where that is allowed; else the size of files is limited.
    """
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=120k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        larger = ["mount", "-o", "remount,size=50m", str(disk)]
        yield disk, None, lambda: subprocess.run(larger, capture_output=True, check=True)
        subprocess.run(["umount", str(disk)], capture_output=True, check=True)
    else:
        yield disk, small_files, lambda: None


@pytest.mark.parametrize("options", [["--jobs", "2"], ["--engine", "dask", "--jobs", "2"]])
def test_the_disk_is_full(limit: tuple[Path, Any, Any], options: list[str], tmp_path: Path) -> None:
    """One line says so, nothing temporary is left, and a build with more room completes it."""
    disk, prepare, widen = limit
    maps, corpus = tmp_path / "maps", disk / "corpus"
    maps.mkdir()
    for n in range(130):
        words = " ".join(f"{(n * 7919 + m) ** 3 % 999983:x}" for m in range(300))  # nothing that packs well
        (maps / f"{n}.tgf").write_text(f"a {words}\nb its reason\n#\nb a support\n", "utf-8")
    build([maps], tmp_path / "undisturbed", jobs=1)
    code, said = run("corpus", "build", maps, "-o", corpus, *options, prepare=prepare)
    assert (code, said) == (2, f"{corpus}: the disk is full, or its limit is reached; run it again to go on\n")
    assert_tidy(corpus)
    widen()
    assert_whole(maps, corpus, contents(tmp_path / "undisturbed"))


def damaged(data: bytes, kind: str) -> bytes:
    half = len(data) // 2
    match kind:
        case "truncated":
            return data[:half]
        case "binary":
            return b"\x89PNG\r\n\x1a\n" + bytes(range(256))
        case "no UTF-8":
            return data[:half] + b"\x81\xfe\x00" + data[half:]
        case _:
            return b'[{"nodes": [' + data + b"}]"


def test_one_file_in_a_hundred_is_corrupt(tmp_path: Path) -> None:
    """Exactly these are rows of `findings`, and a build after they were mended completes the corpus."""
    maps = tmp_path / "maps"
    maps.mkdir()
    names = {"yaml": ".yaml", "json": ".json", "aif": ".aif.json", "arggraph": ".xml", "sadface": ".sadface.json"}
    for n in range(400):
        name = list(names)[n % len(names)]
        formats.write(debate(n, SAYINGS[n % len(SAYINGS)]), maps / f"{n}{names[name]}", name)
    build([maps], tmp_path / "undisturbed", jobs=1)
    whole = {}
    for n, kind in ((7, "truncated"), (58, "binary"), (161, "no UTF-8"), (303, "nested")):
        (path,) = maps.glob(f"{n}.*")
        whole[path] = path.read_bytes()
        path.write_bytes(damaged(whole[path], kind))
    corpus = tmp_path / "corpus"
    code, said = run("corpus", "build", maps, "-o", corpus, "--jobs", "2")
    assert (code, said.splitlines()[-1]) == (1, f"{corpus}: 400 files read, 0 as they were, 4 unreadable")
    expected, found = contents(tmp_path / "undisturbed"), contents(corpus)
    bad = {path.name for path in whole}
    assert {row[0] for row in found["findings"] if row[1] == "unreadable"} == bad
    for table in ("maps", "claims", "relations", "sources", "quotes"):
        assert found[table] == [row for row in expected[table] if row[0] not in bad]
    done = argmap("corpus", "build", maps, "-o", corpus)  # nothing changed: they are still named
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        1,
        f"{corpus}: 0 files read, 400 as they were, 4 unreadable",
    )
    for path, data in whole.items():
        path.write_bytes(data)
    assert_whole(maps, corpus, expected)
