"""Questions in SQL: read-only, bounded to the corpus, as a table, CSV and JSON."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap.cli import main
from argmap.corpus import build, match, open_corpus
from argmap.findings import ArgmapError

PAGE = Path(__file__).resolve().parents[2] / "docs" / "corpus.md"


@pytest.fixture(scope="module")
def corpus(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "it's [a] corpus"
    build([folder], path)
    with open_corpus(path) as opened:
        match(opened)
    return path


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from glob('/etc/*')",
        "select * from '/etc/hostname'",
        "copy claims to 'claims.csv'",
        "create table x as select 1",
        "drop view claims",
        "attach 'x.db'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access=true",
        "pragma database_list",
        "select 1; select 2",
        "",
        "select nothing from claims",
        "selekt 1",
    ],
)
def test_nothing_but_one_select_over_the_corpus(corpus: Path, query: str) -> None:
    """Everything else is refused in one line."""
    with open_corpus(corpus) as opened, pytest.raises(ArgmapError) as caught:
        opened.rows(query)
    assert "\n" not in str(caught.value)


def test_rows_come_as_tables(corpus: Path) -> None:
    """A relation of DuckDB leads to every other library."""
    with open_corpus(corpus) as opened:
        found = opened.sql("select claim from claims order by map, place")
        assert found.arrow().read_all().num_rows == 60
        assert repr(opened).endswith("maps, claims, issues, relations, quotes, sources, findings, matches)")
    with pytest.raises(ArgmapError, match="not an amount of memory"):
        open_corpus(corpus, memory="much")
    with pytest.raises(ArgmapError, match="argmap corpus build"):
        open_corpus(corpus.parent)


def test_the_command_prints_three_styles(corpus: Path) -> None:
    """A table is for people, CSV and JSON for programs."""
    query = "select kind, count(*) as n, list(distinct role) as roles from claims where kind = 'policy' group by kind"
    run = CliRunner().invoke(main, ["corpus", "sql", str(corpus), query])
    assert run.stdout.splitlines()[0].split() == ["kind", "n", "roles"]
    run = CliRunner().invoke(main, ["corpus", "sql", str(corpus), query, "--format", "json"])
    assert json.loads(run.stdout)[0]["kind"] == "policy"
    run = CliRunner().invoke(main, ["corpus", "sql", str(corpus), "select '=1+1' as x, 2 as y", "--format", "csv"])
    assert run.stdout == "x,y\n'=1+1,2\n"
    run = CliRunner().invoke(main, ["corpus", "sql", str(corpus), "selekt"])
    assert run.exit_code == 2
    assert "Parser Error" in run.output


def test_any_number_of_rows_is_printed(corpus: Path) -> None:
    """They come in blocks, and look as if they came at once."""
    query = "select range as n, 'word ' || range as t from range({}) order by range"
    for n in (0, 1, 2500):
        rows = [{"n": k, "t": f"word {k}"} for k in range(n)]
        shown = {
            style: CliRunner().invoke(main, ["corpus", "sql", str(corpus), query.format(n), "--format", style]).stdout
            for style in ("json", "csv", "table")
        }
        assert shown["json"] == json.dumps(rows, indent=2) + "\n"
        assert shown["csv"] == "n,t\n" + "".join(f"{row['n']},{row['t']}\n" for row in rows)
        assert [line.split() for line in shown["table"].splitlines()] == [
            ["n", "t"],
            *([str(row["n"]), "word", str(row["n"])] for row in rows),
        ]


@pytest.mark.unix
def test_the_bound_of_memory_holds(corpus: Path, tmp_path: Path) -> None:
    """Hundreds of thousands of rows pass through, and a question that needs them all at once is refused in one line."""
    many = "select range as n, repeat('a claim ', 80) || range as t from range(200000)"
    with (tmp_path / "rows.csv").open("w") as out:
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, "corpus", "sql", corpus, many, "--format", "csv", "--memory", "100MB"],
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert int(done.stderr) < 300_000_000
    with (tmp_path / "rows.csv").open() as rows:
        assert sum(1 for _ in rows) == 200_001
    for question in (
        f"{many} order by hash(n)",
        "select sum(n) from (select hash(range), count(*) as n from range(2999999) group by 1)",
    ):
        said = CliRunner().invoke(main, ["corpus", "sql", str(corpus), question, "--memory", "30MB"])
        assert said.exit_code == 2
        assert said.stdout == ""
        assert len(said.stderr.splitlines()) == 1
        assert said.stderr.endswith("; ask for less, or give more with --memory\n")


MEASURED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "argmap", *sys.argv[1:]])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024), file=sys.stderr)
sys.exit(done.returncode)
"""
"""Runs a command from a small process, and prints the most memory that it took: a process begins with the peak of its parent."""


def _questions() -> list[tuple[str, str]]:
    text = PAGE.read_text("utf-8")
    return re.findall(r"^### (.+?)\n\n.*?```sql\n(.+?)```", text, re.MULTILINE | re.DOTALL)


def test_the_page_has_twenty_questions() -> None:
    """Each with its SQL."""
    assert len(_questions()) >= 20


@pytest.mark.parametrize(("question", "query"), _questions(), ids=lambda value: value[:40])
def test_each_question_of_the_page_has_an_answer(corpus: Path, question: str, query: str) -> None:
    """The SQL runs on any corpus."""
    with open_corpus(corpus) as opened:
        columns, _ = opened.rows(query)
    assert columns, question
