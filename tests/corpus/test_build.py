"""Tables hold what the files hold, on both engines, and a build goes on after any fault."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from argmap import engine, folders
from argmap.corpus import build, open_corpus
from argmap.corpus.build import LAYOUT
from argmap.findings import ArgmapError
from tests.helpers.corpora import CORPORA


def test_counts_equal_those_of_the_files(folder: Path, tmp_path: Path) -> None:
    """Every format has its maps, claims and relations; what cannot be read is named."""
    built = build([folder], tmp_path / "corpus")
    assert (built.files, built.read) == (22, 22)
    assert [name for name, _ in built.unreadable] == ["broken.json", "yaml/wrong.yaml"]
    maps, failures = folders.read_folder(folder)
    assert len(failures) == 2
    with open_corpus(tmp_path / "corpus") as corpus:
        assert corpus.rows("select count(*), sum(claims), sum(relations) from maps")[1] == [
            (len(maps), sum(len(m.claims) for m in maps.values()), sum(len(m.relations) for m in maps.values()))
        ]
        assert corpus.rows("select count(*) from claims")[1] == [(sum(len(m.claims) for m in maps.values()),)]
        assert dict(corpus.rows("select format, count(*) from maps group by format")[1]) == dict.fromkeys(
            ("yaml", "json", "aif", "argdown", "csv"), 4
        )
        assert corpus.rows("select distinct speaker from claims where commitment = 'reported'")[1] == [("Ann",)]
        assert corpus.rows("select map from findings where rule = 'unreadable' order by 1")[1] == [
            ("broken.json",),
            ("yaml/wrong.yaml",),
        ]


def test_a_second_build_reads_only_what_changed(folder: Path, tmp_path: Path) -> None:
    """A changed text, codebook or map is read again; a removed map disappears."""
    maps = tmp_path / "maps"
    shutil.copytree(folder, maps)
    (maps / "essay.txt").write_text("The park should stay.", "utf-8")
    (maps / "essay.yaml").write_text(
        "argmap: 1\nid: essay\nthesis: a\nsources: {e: {path: essay.txt}}\n"
        "claims: {a: {text: The park should stay., quote: The park should stay}}\n",
        "utf-8",
    )
    corpus = tmp_path / "corpus"
    first = build([maps], corpus, jobs=1)
    assert build([maps], corpus, jobs=1).read == 0
    (maps / "essay.txt").write_text("The park must go.", "utf-8")
    second = build([maps], corpus, jobs=1)
    assert 0 < second.read <= first.files
    with open_corpus(corpus) as opened:
        assert opened.rows("select status from quotes where map = 'essay.yaml'")[1] == [("failed",)]
    (maps / "essay.yaml").unlink()
    build([maps], corpus, jobs=1)
    with open_corpus(corpus) as opened:
        assert opened.rows("select count(*) from maps where map = 'essay.yaml'")[1] == [(0,)]


def test_many_files_are_divided_into_parts(tmp_path: Path) -> None:
    """Parts come from the names of the files, so that a new file changes one part only."""
    maps = tmp_path / "maps"
    maps.mkdir()
    for n in range(450):
        (maps / f"{n}.tgf").write_text(f"a claim {n}\n#\n", "utf-8")
    corpus = tmp_path / "corpus"
    assert build([maps], corpus, jobs=1).read == 450
    before = {path.name for path in (corpus / "parts").iterdir()}
    assert len(before) == 8
    (maps / "new.tgf").write_text("a new\n#\n", "utf-8")
    assert build([maps], corpus, jobs=1).read < 120
    assert len(before & {path.name for path in (corpus / "parts").iterdir()}) == 7


def test_a_scheduler_that_does_not_answer_is_one_line(folder: Path, tmp_path: Path) -> None:
    """Nothing is lost, and the local engine goes on from there."""
    pytest.importorskip("distributed")
    with pytest.raises(ArgmapError, match="no Dask scheduler answers"):
        build([folder], tmp_path / "corpus", engine_name="dask", scheduler="nowhere://x")
    assert build([folder], tmp_path / "corpus").read == 22


def _killing(task: Any) -> Any:
    if task == "kill":
        os._exit(1)
    return task


def _lost(task: Any) -> Any:
    return f"{task} was lost"


def test_a_task_that_ends_its_process_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are done all the same."""
    monkeypatch.setattr(engine, "FEW", 0)
    tasks = ["a", "b", "kill", "c"]
    assert sorted(engine.run(_killing, tasks, 2, _lost, chunk=2)) == ["a", "b", "c", "kill was lost"]


def test_a_file_that_takes_for_ever_is_given_up(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its row says so; the others are there."""
    from argmap.corpus import tables

    read = tables.formats.examine_content

    def slow(content: Any, *rest: Any) -> Any:
        while content.name.endswith("debate-3.csv"):
            time.sleep(0.01)
        return read(content, *rest)

    monkeypatch.setattr(tables.formats, "examine_content", slow)
    built = build([folder], tmp_path / "corpus", jobs=1, seconds=0.5)
    assert ("csv/debate-3.csv", "reading took longer than 0.5 seconds") in built.unreadable
    with open_corpus(tmp_path / "corpus") as corpus:
        assert corpus.rows("select count(*) from maps")[1] == [(19,)]


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (
            lambda top: (top / "corpus").mkdir() or (top / "corpus" / "x").write_text("x"),
            "not a corpus that argmap wrote",
        ),
        (lambda top: (top / "corpus").write_text("x"), "not a corpus that argmap wrote"),
    ],
)
def test_a_folder_of_somebody_is_left_alone(
    folder: Path, tmp_path: Path, prepare: Callable[[Path], Any], message: str
) -> None:
    """Only what is empty, or a corpus, is written into."""
    prepare(tmp_path)
    with pytest.raises(ArgmapError, match=message):
        build([folder], tmp_path / "corpus")


def test_wrong_folders_are_refused(folder: Path, tmp_path: Path) -> None:
    """A missing folder, a corpus among its maps, and two folders of one name."""
    with pytest.raises(ArgmapError, match="is not a folder"):
        build([tmp_path / "none"], tmp_path / "corpus")
    with pytest.raises(ArgmapError, match="lies in a folder of maps"):
        build([folder], folder / "corpus")
    (tmp_path / "x" / folder.name).mkdir(parents=True)
    with pytest.raises(ArgmapError, match="the same name"):
        build([folder, tmp_path / "x" / folder.name], tmp_path / "corpus")


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the samples are not beside this project")
def test_samples_of_every_format(tmp_path: Path) -> None:
    """Claims by SQL equal those in the files."""
    build([CORPORA], tmp_path / "corpus", jobs=1)
    maps, _ = folders.read_folder(CORPORA)
    with open_corpus(tmp_path / "corpus") as corpus:
        counted = corpus.rows("select count(*), sum(claims) from maps")[1]
    assert counted == [(len(maps), sum(len(m.claims) for m in maps.values()))]


def test_the_note_is_json(folder: Path, tmp_path: Path) -> None:
    """It has the version of the layout, the number of parts and their names."""
    build([folder], tmp_path / "corpus")
    note = json.loads((tmp_path / "corpus" / "argmap-corpus.json").read_text("utf-8"))
    names = [path.name for path in (tmp_path / "corpus" / "parts").iterdir()]
    assert note == {"argmap-corpus": LAYOUT, "parts": 1, "built": names}


def test_a_script_without_a_guard_is_told_so(tmp_path: Path) -> None:
    """Each process imports the script that started it, which would build again; it ends in a line instead of waiting for itself."""
    (tmp_path / "maps").mkdir()
    for n in range(engine.FEW + 1):
        (tmp_path / "maps" / f"m{n}.yaml").write_text(
            f"argmap: 1\nid: m{n}\nclaims: {{a: {{text: It rains.}}}}\n", "utf-8"
        )
    script = tmp_path / "script.py"
    script.write_text("from argmap.corpus import build\nbuild(['maps'], 'corpus', jobs=2)\n", "utf-8")
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr.splitlines()[-1] == f"argmap.findings.ArgmapError: {engine.NO_PROCESS}"


def test_nothing_is_lost_where_a_process_ends_between_two_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pool is found broken when the next chunk is handed over: what was done before is there all the same."""
    given = 0

    @contextmanager
    def breaking(_jobs: int) -> Iterator[Any]:
        def submit(do: Callable[[Any], Any], tasks: Any) -> Future[Any]:
            nonlocal given
            given += 1
            if given % (2 * engine.AHEAD + 3) == 0:
                raise BrokenExecutor
            future: Future[Any] = Future()
            future.set_result([do(task) for task in tasks])
            return future

        yield submit

    monkeypatch.setattr(engine, "_processes", breaking)
    assert list(engine.run(abs, range(100), 2, abs, few=0, chunk=3)) == list(range(100))
