"""Every format that argmap reads: the tables hold what the files hold, and all engines write the same rows."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from argmap import formats
from argmap.corpus import build, open_corpus
from argmap.formats import FORMATS
from argmap.model import Map
from tests.corpus.conftest import contents
from tests.formats.test_formats import DEBATE, TINY
from tests.helpers.corpora import OURS

SAMPLES = Path(__file__).resolve().parents[1] / "formats" / "samples"
READABLE = sorted(each.name for each in FORMATS if each.reads)
COPIES = 3
"""Folders of the same files, so that there are several parts."""

Expected = dict[str, Map]


@pytest.fixture(scope="module")
def mixture(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Expected]:
    """Write each map in each format that can be written, take a sample of each other, and say what they hold."""
    top = tmp_path_factory.mktemp("mixture") / "maps"
    expected: Expected = {}
    for folder in (top / str(n) for n in range(COPIES)):
        for each in FORMATS:
            if each.reads and each.writes:
                for map_ in (DEBATE, TINY):
                    path = folder / each.name / f"{map_.id}{each.suffixes[0]}"
                    path.parent.mkdir(parents=True, exist_ok=True)
                    formats.write(map_, path, each.name)
                    expected[path.relative_to(top).as_posix()] = formats.carried(map_, each)
        shutil.copytree(SAMPLES, folder / "samples")
        shutil.copytree(OURS, folder / "ours")
        for path in sorted((folder / "samples").iterdir()):
            if path.name != "cdcp.txt":  # the text of another
                expected[path.relative_to(top).as_posix()] = formats.read(path)
    return top, expected


@pytest.fixture(scope="module")
def corpus(mixture: tuple[Path, Expected], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("alone") / "corpus"
    build([mixture[0]], path, jobs=1)
    return path


@pytest.mark.parametrize("name", READABLE)
def test_counts_equal_those_of_the_files(name: str, mixture: tuple[Path, Expected], corpus: Path) -> None:
    """Maps, claims, relations with their sources, quotes and texts, by SQL and in the files."""
    expected = mixture[1]
    with open_corpus(corpus) as opened:
        found = opened.rows("select map from maps where format = ? order by map", [name])[1]
        files = [file for (file,) in found if file in expected]
        assert len(files) >= COPIES
        for file in files:
            map_ = expected[file]
            counted: dict[str, Any] = {
                "claims": len(map_.claims),
                "relations": sum(len(relation.by) or 1 for relation in map_.relations),
                "quotes": sum(len(claim.quotes) for claim in map_.claims.values()),
                "sources": len(map_.sources),
            }
            for table, number in counted.items():
                (rows,) = opened.rows(f"select count(*) from {table} where map = ?", [file])[1]  # noqa: S608
                assert rows == (number,), (file, table)
            (stated,) = opened.rows("select claims, relations, sources from maps where map = ?", [file])[1]
            assert stated == (len(map_.claims), len(map_.relations), len(map_.sources))
            texts = opened.rows("select text from claims where map = ? order by text", [file])[1]
            assert [text for (text,) in texts] == sorted(claim.text for claim in map_.claims.values())


def test_no_file_is_forgotten(mixture: tuple[Path, Expected], corpus: Path) -> None:
    """Each is a map or a row that says why not; so is each of the folders with oddities."""
    with open_corpus(corpus) as opened:
        maps = {name for (name,) in opened.rows("select map from maps")[1]}
        unread = {name for (name,) in opened.rows("select map from findings where rule = 'unreadable'")[1]}
        assert set(mixture[1]) <= maps
        assert not maps & unread
        assert {name for (name,) in opened.rows("select distinct format from maps")[1]} == set(READABLE)


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_all_engines_write_the_same_rows(
    engine: Any, mixture: tuple[Path, Expected], corpus: Path, tmp_path: Path
) -> None:
    """Whatever the number of processes, and the order in which they end."""
    if engine == "dask":
        pytest.importorskip("distributed")
    built = build([mixture[0]], tmp_path / "corpus", engine_name=engine, jobs=2)
    assert built.read > 150
    assert contents(tmp_path / "corpus") == contents(corpus)
    parts = [sorted(path.name for path in (each / "parts").iterdir()) for each in (corpus, tmp_path / "corpus")]
    assert parts[0] == parts[1]
    for part in parts[0]:
        for path in (corpus / "parts" / part).iterdir():
            assert path.read_bytes() == (tmp_path / "corpus" / "parts" / part / path.name).read_bytes()
