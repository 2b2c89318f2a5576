"""`check`, `stats` and `convert` over whole folders: the same from one process and from several, whatever happens to them."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from argmap import formats
from argmap.conversion import JOURNAL
from tests.cli.test_cli import argmap
from tests.formats.test_formats import DEBATE
from tests.helpers.faulty import run, small_files

VICTIM = "37.yaml"


@pytest.fixture
def maps(tmp_path: Path) -> Path:
    """Write more maps than one process does alone: argmap's with a codebook in common, others, and what is none."""
    folder = tmp_path / "maps"
    folder.mkdir()
    (folder / "codebook.yaml").write_text(
        "argmap-codebook: 1\nid: town\nissues:\n  cost: {question: How much?, scale: {little: little}, colour: red}\n",
        "utf-8",
    )
    for n in range(40):
        (folder / f"{n}.yaml").write_text(
            f"argmap: 1\nid: m{n}\ncodebook: codebook.yaml\nthesis: a\nclaims:\n  a: {{text: Claim {n}}}\n  b: {{text: It adds}}\n",
            "utf-8",
        )
        (folder / f"{n}.aif.json").write_text(formats.dumps(DEBATE, "aif")[0], "utf-8")
    (folder / "broken.json").write_text('{"nodes": [\n  {]}', "utf-8")
    (folder / "notes.txt").write_text("Nothing that is a map.", "utf-8")
    return folder


def test_check_says_the_same_from_several_processes(maps: Path) -> None:
    """Line for line, in the order of the files; a codebook's problem is told once."""
    alone = argmap("check", maps, "--jobs", "1")
    assert alone.returncode == 1
    lines = alone.stdout.splitlines()
    assert sum("unknown-key" in line for line in lines) == 1
    assert sum("adrift" in line for line in lines) == 40
    names = [line.split(":")[0] for line in lines if not line.startswith(str(maps / "codebook.yaml"))]
    assert names == sorted(names)
    several = argmap("check", maps, "--jobs", "2")
    assert (several.returncode, several.stdout, several.stderr) == (1, alone.stdout, alone.stderr)
    as_json = [argmap("check", maps, "--format", "json", "--jobs", jobs).stdout for jobs in "12"]
    assert as_json[0] == as_json[1]
    assert len(json.loads(as_json[0])) == len(lines)


def test_stats_measure_each_map_of_a_folder(maps: Path) -> None:
    """In the order of the files; what cannot be read is named, and codebooks and texts are passed over."""
    alone, several = (argmap("stats", maps, "--format", "json", "--jobs", jobs) for jobs in "12")
    assert (alone.returncode, alone.stdout, alone.stderr) == (2, several.stdout, several.stderr)
    assert alone.stderr.startswith(f"{maps / 'broken.json'}:2:4: ")
    assert len(alone.stderr.splitlines()) == 1
    found = json.loads(alone.stdout)
    assert len(found) == 80
    one = json.loads(argmap("stats", maps / "7.aif.json", "--format", "json").stdout)
    assert one[0] in found
    (maps / "broken.json").unlink()
    text = argmap("stats", maps, "--jobs", "1")
    assert text.returncode == 0
    assert sum(line.startswith("  claims ") for line in text.stdout.splitlines()) == 80


def test_a_folder_without_maps_is_named(tmp_path: Path) -> None:
    for verb in ("check", "stats"):
        done = argmap(verb, tmp_path)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
        assert str(tmp_path) in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "maps/1996.yaml", "--jobs", "2"], "--jobs is for folders, and none is named\n"),
        (["stats", "maps/1996.yaml", "--jobs", "2"], "--jobs is for folders, and none is named\n"),
        (["convert", "maps/1996.yaml", "x.json", "--jobs", "2"], "--jobs is for folders, and none is named\n"),
        (["stats", "maps", "--by", "speaker", "--jobs", "2"], "--jobs and --by do not go together\n"),
    ],
)
def test_jobs_are_never_ignored(arguments: list[str], said: str) -> None:
    done = argmap(*arguments)
    assert (done.returncode, done.stderr) == (2, said)


@pytest.mark.unix
@pytest.mark.parametrize("verb", ["check", "stats"])
def test_a_file_that_ends_its_process_is_named(verb: str, maps: Path) -> None:
    """All others are there."""
    (maps / "broken.json").unlink()
    code, said = run(verb, maps, "--jobs", "2", "--format", "json", faults={"12.aif.json": "die"})
    assert code == {"check": 1, "stats": 2}[verb]
    assert "12.aif.json" in said
    assert "the process that read it came to an end" in said
    if verb == "check":
        whole = argmap(verb, maps, "--jobs", "1", "--format", "json").stdout
        left = [found for found in json.loads(whole) if not found["file"].endswith("/12.aif.json")]
        found = json.loads(said)
        assert [each for each in found if not each["file"].endswith("/12.aif.json")] == left
        assert len(found) - len(left) == 1


@pytest.mark.unix
@pytest.mark.parametrize("verb", ["stats"])
def test_an_interruption_is_one_line(verb: str, maps: Path) -> None:
    code, said = run(verb, maps, "--jobs", "2", faults={"12.aif.json": "interrupt"})
    assert code == 130
    assert said.splitlines()[-1] == "interrupted"
    assert "Traceback" not in said


@pytest.mark.unix
def test_a_killed_conversion_goes_on(maps: Path, tmp_path: Path) -> None:
    """A line of the journal that was cut off costs one file, and the files are those of an undisturbed run."""
    (maps / "broken.json").unlink()
    out, whole = tmp_path / "out", tmp_path / "whole"
    assert argmap("convert", maps, whole, "--to", "json", "--jobs", "1").returncode == 0
    code, _ = run("convert", maps, out, "--to", "json", "--jobs", "2", faults={"7.aif.json": "kill the command"})
    assert code == -signal.SIGKILL
    journal = out / JOURNAL
    done = journal.read_text("ascii").count('"state"')
    made = sum(path.name[0] != "." for path in out.iterdir())
    assert done <= made <= done + 2  # each process may have ended between a file and its line
    journal.write_text(journal.read_text("ascii")[:-40], "ascii")
    goes_on = argmap("convert", maps, out, "--to", "json", "--jobs", "1")
    assert goes_on.returncode == 0
    assert (
        goes_on.stderr.splitlines()[-1] == f"{80 - done + 1} converted, {done - 1} unchanged, 0 failed, 2 no maps"
        or done == 0
    )
    names = sorted(path.name for path in out.iterdir())
    assert names == sorted(path.name for path in whole.iterdir())
    assert all((out / name).read_bytes() == (whole / name).read_bytes() for name in names if name != JOURNAL)
    again = argmap("convert", maps, out, "--to", "json")
    assert again.stderr.splitlines()[-1] == "0 converted, 80 unchanged, 0 failed, 2 no maps"


@pytest.mark.unix
@pytest.mark.parametrize("jobs", "12")
def test_a_conversion_onto_a_full_disk_stops_in_one_line(jobs: str, maps: Path, tmp_path: Path) -> None:
    """It does not go on to fail a thousand times; what was written stays, and the next run completes it."""
    (maps / "broken.json").unlink()
    claims = "".join(f"c{n} {'word ' * 20}{n}\n" for n in range(300))
    (maps / "20-large.tgf").write_text(f"{claims}#\n", "utf-8")
    out = tmp_path / "out"
    code, said = run("convert", maps, out, "--to", "json", "--jobs", jobs, prepare=small_files)
    assert code == 2
    assert len(said.splitlines()) == 1
    assert said.endswith("; converted files stay: run it again to go on\n")
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == [JOURNAL]
    done = argmap("convert", maps, out, "--to", "json", "--jobs", "1")
    assert (done.returncode, done.stderr.splitlines()[-1].split(", ")[-1]) == (0, "2 no maps")
    assert sum(path.name[0] != "." for path in out.iterdir()) == 81
