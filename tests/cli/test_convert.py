"""`argmap convert` as its users meet it: one file, whole folders, interruptions, mistakes."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from argmap import diagram, formats
from tests.cli.test_cli import argmap
from tests.formats.test_formats import DEBATE, TINY

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A map, one that is irregular, one that is broken, and a text."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "good.xml").write_text(formats.dumps(TINY, "arggraph")[0])
    (folder / "odd.json").write_text(
        '{"nodes": [{"nodeID": "1", "type": "I", "text": "It rains."}, {"nodeID": "2", "type": "RA", "text": "RA"}],'
        ' "edges": [{"edgeID": "1", "fromID": "1", "toID": "2"}], "locutions": []}'
    )
    (folder / "broken.json").write_text('{"nodes": [\n  {]}')
    (folder / "essay.txt").write_text("It rains.")
    return folder


@pytest.mark.parametrize(("suffix", "format_name"), [(".dot", "dot"), (".gv", "dot"), (".mmd", "mmd")])
def test_pictures_in_words_are_formats_too(suffix: str, format_name: str, tmp_path: Path) -> None:
    """DOT and Mermaid are what `draw` makes, and what they do not show is told."""
    out = tmp_path / f"debate{suffix}"
    loss = formats.write(DEBATE, out)
    assert out.read_bytes() == diagram.draw(DEBATE, format_name)  # type: ignore[arg-type]
    assert "1 quote, " in str(loss)
    assert "2 kinds" in str(loss)


def test_a_picture_is_for_draw(tmp_path: Path) -> None:
    """Who asks for a drawing is told which command draws."""
    done = argmap("convert", "maps/2005.yaml", tmp_path / "x.svg")
    assert done.returncode == 2
    assert "is a picture: `argmap draw` makes it" in done.stderr


def test_headings_of_a_table_are_named_on_the_command_line(tmp_path: Path) -> None:
    """`--column` says which heading is which field, for every verb that reads one file; a slip is one line."""
    table = tmp_path / "table.csv"
    table.write_text("Behauptung;Eltern;Haltung\nClose it;;\nIt costs;Close it;con\n")
    named = ["--column", "text=Behauptung", "--column", "parent=Eltern", "--column", "type=Haltung"]
    out = tmp_path / "out.yaml"
    assert argmap("convert", table, out, *named).returncode == 0
    assert [(r.type, r.by, r.target) for r in formats.read(out).relations] == [("attack", ("c2",), "c1")]
    for verb in ("check", "stats", "draw"):
        assert argmap(verb, table, *named).returncode == 0
    wrong = argmap("convert", table, out, "--column", "text=Satz")
    assert (wrong.returncode, wrong.stderr) == (
        2,
        f"{table}:1:1: unreadable: no column is called 'Satz': the headings are Behauptung, Eltern, Haltung.\n",
    )
    assert "is not FIELD=HEADING" in argmap("convert", table, out, "--column", "text").stderr
    yaml = argmap("stats", "maps/2005.yaml", "--column", "text=Satz")
    assert (yaml.returncode, yaml.stderr) == (2, "yaml has no option columns: it has none\n")


def test_no_file_is_converted_onto_itself(tmp_path: Path) -> None:
    """Comments and layout would be gone before anyone was told."""
    path = tmp_path / "notes.argdown"
    path.write_text("// remember this\n\n[a]: A.\n")
    done = argmap("convert", path, path)
    assert done.returncode == 2
    assert "the command reads this file, so it is not replaced" in done.stderr
    assert "remember" in path.read_text()


def test_a_folder_is_summed_up(corpus: Path, tmp_path: Path) -> None:
    """A row a format, what was irregular by rule, each failure with its place, and a table of all files where asked for."""
    report = tmp_path / "report.csv"
    done = argmap("convert", corpus, tmp_path / "out", "--to", "yaml", "--report", report)
    assert done.returncode == 2
    assert done.stdout == ""
    said = done.stderr.splitlines()
    assert said[0].split() == ["from", "converted", "irregular", "with", "losses"]
    assert said[1].split() == ["aif", "1", "1", "–"]
    assert said[2].split() == ["arggraph", "1", "–", "–"]
    assert said[3] == "found: no-target in 1"
    assert said[4].startswith(f"{corpus / 'broken.json'}:2:4: unreadable: not JSON")
    assert said[5] == "2 converted, 1 failed, 1 no maps"
    with report.open(newline="") as file:
        rows = {Path(row["source"]).name: row for row in csv.DictReader(file)}
    assert {name: row["outcome"] for name, row in rows.items()} == {
        "good.xml": "converted",
        "odd.json": "converted",
        "broken.json": "failed",
        "essay.txt": "no map",
    }
    assert "no-target" in rows["odd.json"]["irregular"]


def test_a_folder_without_maps_says_so(tmp_path: Path) -> None:
    """And one that is to be written to standard output cannot be."""
    (tmp_path / "empty").mkdir()
    done = argmap("convert", tmp_path / "empty", tmp_path / "out", "--to", "yaml")
    assert "this folder has no maps" in done.stderr
    done = argmap("convert", tmp_path / "empty", "-", "--to", "yaml")
    assert done.returncode == 2
    assert "name a folder" in done.stderr
    assert not Path(ROOT, "-").exists()


def test_losses_of_a_folder_are_an_exit_code_where_asked_for(tmp_path: Path) -> None:
    """Nothing lost is 0; something lost is 0, and 1 with --strict."""
    source = tmp_path / "maps"
    source.mkdir()
    formats.write(DEBATE, source / "debate.json", "json")
    assert argmap("convert", source, tmp_path / "a", "--to", "csv").returncode == 0
    done = argmap("convert", source, tmp_path / "b", "--to", "csv", "--strict")
    assert done.returncode == 1
    assert "source details, 1 source not carried by csv" in done.stderr
    assert argmap("convert", source, tmp_path / "b", "--to", "csv", "--strict", "--again").returncode == 1


STRICT = {
    "surplus cells": ("x.csv", "id,text,type\na,Rain falls.,claim,what is this\nb,B.,claim\n", 1),
    "an edge that is none": ("x.json", '{"nodes": [{"nodeID": "1", "type": "I", "text": "A."}], "edges": ["1-2"]}', 1),
    "an edge from nowhere, which is kept": (
        "x.json",
        '{"nodes": [{"nodeID": "1", "type": "I", "text": "A."}], "edges": [{"edgeID": "1", "fromID": "8", "toID": "1"}]}',
        0,
    ),
    "a comment, which is a note": ("x.argdown", "// remember\n\n[a]: A.\n", 0),
}


@pytest.mark.parametrize(("name", "text", "code"), STRICT.values(), ids=STRICT)
def test_strict_counts_what_was_lost_in_reading(name: str, text: str, code: int, tmp_path: Path) -> None:
    """What is left out is an exit code with --strict, for a file and a folder alike; what is kept, or only noted, is none."""
    source = tmp_path / "maps"
    source.mkdir()
    (source / name).write_text(text)
    assert argmap("convert", source / name, tmp_path / "a.yaml").returncode == 0
    done = argmap("convert", source / name, tmp_path / "b.yaml", "--strict")
    assert (done.returncode, bool(done.stderr)) == (code, True)
    assert argmap("convert", source, tmp_path / "a", "--to", "yaml").returncode == 0
    assert argmap("convert", source, tmp_path / "b", "--to", "yaml", "--strict").returncode == code


@pytest.mark.parametrize("option", [["--again"], ["--report", "r.csv"]])
def test_options_for_folders_are_refused_for_a_file(option: list[str], tmp_path: Path) -> None:
    """A report that is never written, or a file converted again as always, would look as if it had been heeded."""
    done = argmap("convert", ROOT / "maps" / "2005.yaml", "x.json", *option, cwd=tmp_path)
    assert done.returncode == 2
    assert "--again and --report are for folders" in done.stderr
    assert list(tmp_path.iterdir()) == []


def _is_alive(group: int) -> bool:
    """Whether any process of a group is still there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.unix
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing_half_done(told: signal.Signals, tmp_path: Path) -> None:
    """Whatever ends it, the files that are there are whole, nobody is left working, and the next run goes on."""
    source, out = tmp_path / "maps", tmp_path / "out"
    source.mkdir()
    text = formats.dumps(DEBATE, "aif")[0]
    for n in range(400):
        (source / f"{n}.json").write_text(text)
    command = [sys.executable, "-m", "argmap", "convert", str(source), str(out), "--to", "yaml"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True) as running:
        while running.poll() is None and not list(out.glob("*.yaml")):
            time.sleep(0.01)
        running.send_signal(told)
        running.send_signal(told)
        _, said = running.communicate(timeout=120)
    assert running.returncode == 130, said
    assert said.startswith("interrupted: ")
    end = time.monotonic() + 120
    while _is_alive(running.pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _is_alive(running.pid)
    made = list(out.glob("*.yaml"))
    assert 0 < len(made) < 400
    assert all(formats.read(path).claims.keys() == DEBATE.claims.keys() for path in made[:20])
    assert sorted(path.name for path in out.glob(".*")) == [".argmap-converted.jsonl"]
    again = argmap("convert", source, out, "--to", "yaml", "--jobs", "1")
    assert again.stderr.splitlines()[-1] == f"{400 - len(made):,} converted, {len(made):,} unchanged, 0 failed"
