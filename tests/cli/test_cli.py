"""The command line as a person uses it: real files in, words and exit codes out."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap.cli import main

ROOT = Path(__file__).resolve().parents[2]


def argmap(*arguments: str | Path, cwd: Path = ROOT, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run the command in this process, which takes a tenth of the time of one of its own."""
    words = [*map(str, arguments)]
    with contextlib.chdir(cwd):
        done = CliRunner().invoke(main, words, input=stdin, prog_name="argmap", catch_exceptions=False)
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


def argmap_alone(*arguments: str | Path, cwd: Path = ROOT, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "argmap", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env=environment,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the maps and essays that a test may break."""
    for folder in ("maps", "seeds"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "pyproject.toml").touch()
    return tmp_path


def test_version_is_told_both_ways() -> None:
    """`--version` prints the name and number, on the short way and through the commands alike."""
    assert argmap_alone("--version").stdout == argmap_alone("--version", "--help").stdout.splitlines()[0] + "\n"


def test_check_of_the_shipped_maps_passes() -> None:
    """The maps in the repository have no error, and no finding but words of the analyst that the table contradicts."""
    done = argmap("check", "maps")
    assert done.returncode == 0
    assert all("warning: word-against-rule:" in line for line in done.stdout.splitlines())


def test_check_names_the_place_and_exits_with_1(copy: Path) -> None:
    """A changed quote is one finding at its line and column, as text, JSON and annotation."""
    path = copy / "maps" / "1996.yaml"
    path.write_text(
        path.read_text("utf-8").replace(
            "consisted of unequal partners.\n    kind", "consisted of equal partners.\n    kind"
        ),
        "utf-8",
    )
    done = argmap("check", "maps", cwd=copy)
    assert done.returncode == 1
    (line,) = [line for line in done.stdout.splitlines() if "word-against-rule" not in line]
    assert line.startswith("maps/1996.yaml:")
    assert "unanchored-quote" in line
    assert "consisted of unequal partners" in line
    found = json.loads(argmap("check", "maps", "--format", "json", cwd=copy).stdout)
    (finding,) = [each for each in found if each["rule"] != "word-against-rule"]
    assert finding["at"] == ["claims", "unequal-partners", "quote"]
    annotation = argmap("check", "maps", "--format", "github", cwd=copy).stdout
    place = f"file=maps/1996.yaml,line={finding['line']},col={finding['column']}"
    assert f"::error {place},title=unanchored-quote::" in annotation


def test_check_reads_standard_input() -> None:
    """`-` is standard input here as everywhere, read once however often it is named."""
    argdown = b"[a]: A.\n\n[b]: B.\n"
    for named in (["-"], ["-", "-"]):
        done = argmap_alone("check", *named, stdin=argdown)
        assert done.stdout.splitlines() == [
            "<stdin>:claims: warning: adrift: the map has no relations. Say what supports and attacks what."
        ]
        assert done.returncode == 0
    done = argmap_alone("check", "-", stdin=b"argmap: 1\nid: [\n")
    assert done.returncode == 1
    assert done.stdout.startswith("<stdin>:")
    assert "yaml-syntax" in done.stdout


def test_stats_say_that_every_sentence_is_accounted_for() -> None:
    """`stats` prints the coverage of both essays."""
    done = argmap("stats", "maps/1996.yaml", "maps/2005.yaml")
    assert done.returncode == 0
    assert done.stdout.count("100% of") == 2


def test_diff_tells_the_headline_and_exit_code() -> None:
    """The diff of the essays finds the alignment beside them, tells the headline shift, and can fail a build."""
    done = argmap("diff", "maps/1996.yaml", "maps/2005.yaml", "--format", "json", "--exit-code")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert found["format"] == "argmap-diff/2"
    assert found["shifts"][0]["issue"] == "standing"
    moves = {move["mode"]: move for move in found["shifts"][0]["moves"]}
    assert (moves["is"]["from"], moves["is"]["to"], moves["is"]["steps"]) == ("junior", "junior", 0)
    assert (moves["will"]["from"], moves["will"]["to"], moves["will"]["condition"]) == (
        None,
        "near-equal",
        "If all goes well",
    )
    assert {change["basis"] for change in found["changes"]} == {"analyst", "unmatched"}
    same = argmap("diff", "maps/1996.yaml", "maps/1996.yaml", "--exit-code")
    assert same.returncode == 0


def test_diff_against_a_revision_in_git(copy: Path) -> None:
    """REVISION:FILE compares with the map as it was committed, its codebook and text too."""

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
            cwd=copy,
            check=True,
            capture_output=True,
        )

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    path = copy / "maps" / "1996.yaml"
    path.write_text(
        path.read_text("utf-8").replace(
            "text: The US-Japan security relationship is obsolete.", "text: The security relationship is outdated."
        ),
        "utf-8",
    )
    done = argmap("diff", "HEAD:maps/1996.yaml", "maps/1996.yaml", "--format", "json", cwd=copy)
    assert done.returncode == 0, done.stderr
    (change,) = json.loads(done.stdout)["changes"]
    assert [side["id"] for side in change["before"]] == ["relationship-obsolete"]
    wrong = argmap("diff", "HEAD:maps/none.yaml", "maps/1996.yaml", cwd=copy)
    assert (wrong.returncode, wrong.stderr) == (2, "HEAD:maps/none.yaml: no such file in that revision\n")


def test_git_shows_maps_as_diffs(copy: Path) -> None:
    """Set as git's diff driver, argmap tells in `git diff` which claim was reworded."""

    def git(*arguments: str) -> str:
        environment = {**os.environ, "GIT_PAGER": "cat"}
        return subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
            cwd=copy,
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        ).stdout

    git("init", "-q")
    (copy / ".gitattributes").write_text("maps/*.yaml diff=argmap\n", "utf-8")
    git("add", ".")
    git("commit", "-qm", "first")
    path = copy / "maps" / "1996.yaml"
    path.write_text(
        path.read_text("utf-8").replace(
            "text: The US-Japan security relationship is obsolete.", "text: The security relationship is outdated."
        ),
        "utf-8",
    )
    shown = git("-c", f"diff.argmap.command={sys.executable} -m argmap git-diff", "diff")
    assert "The security relationship is outdated." in shown
    assert "reworded" in shown


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf", "dot", "mmd", "json"])
def test_draw_writes_every_picture(tmp_path: Path, suffix: str) -> None:
    """`draw` writes each picture format by its suffix."""
    out = tmp_path / f"x.{suffix}"
    done = argmap("draw", ROOT / "maps" / "1996.yaml", "-o", out, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    signs = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "dot": b"digraph", "mmd": b"flowchart", "json": b"{"}
    assert signs[suffix] in out.read_bytes()[:600]


def test_convert_and_back(tmp_path: Path) -> None:
    """A map goes to JSON and comes back as equal YAML, through a pipe as well."""
    listed = argmap_alone("convert", "maps/2005.yaml", "-", "--to", "json")
    assert listed.returncode == 0, listed.stderr
    assert [c["id"] for c in json.loads(listed.stdout)["claims"]][:1] == ["talks-ahead"]
    back = argmap_alone("convert", "-", tmp_path / "back.yaml", "--from", "json", stdin=listed.stdout.encode())
    assert back.returncode == 0, back.stderr
    again = argmap_alone("diff", "maps/2005.yaml", tmp_path / "back.yaml", "--format", "json")
    assert json.loads(again.stdout)["changes"] == []


def test_convert_says_what_is_lost(tmp_path: Path) -> None:
    """A format that cannot carry something says so by name, and --strict makes it an exit code."""
    done = argmap("convert", "maps/2005.yaml", tmp_path / "x.json", "--to", "sadface", "--strict")
    assert done.returncode == 1
    assert "not carried by sadface" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "nowhere.yaml"], "nowhere.yaml: no such file"),
        (["check", "--from", "nosuch", "maps/1996.yaml"], "no format 'nosuch'"),
        (["draw", "maps"], "maps: unreadable-file: this is a folder; name a file in it."),
        (["draw", "maps/1996.yaml", "-o", "x.gif"], "x.gif: a picture's name ends in one of"),
        (["draw", "maps/1996.yaml", "--focus", "nobody"], "nobody"),
        (["stats", "seeds/004_e6ec8d5ce70a7eba.txt"], "seeds/004_e6ec8d5ce70a7eba.txt"),
        (["schemes", "argument from nowhere"], "no scheme"),
        (["rules", "nothing"], "no rule"),
        (["diff", "maps/1996.yaml", "maps/codebook.yaml"], "codebook"),
        (["convert", "maps/1996.yaml", "x.xyz"], "x.xyz"),
        (["draw", "maps/1996.yaml", "-o", "maps"], "maps: is a folder"),
        (["stats", "nowhere:maps/1996.yaml"], "nowhere:maps/1996.yaml"),
    ],
)
def test_mistakes_are_one_line_and_exit_with_2(arguments: list[str], said: str) -> None:
    """Bad arguments and unreadable files get one line on standard error, and no traceback."""
    done = argmap(*arguments)
    assert done.returncode == 2, done.stdout
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr


def test_maps_without_issues_cannot_be_lined_up(tmp_path: Path) -> None:
    """A timeline of such maps says so, and shows no empty table."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.argdown").write_text("[x]: X.\n  + [y]: Y.\n")
    done = argmap("timeline", tmp_path / "a.argdown", tmp_path / "b.argdown")
    assert done.stdout.startswith("No claim of these maps names an issue")
    assert len(done.stdout.splitlines()) == 1


def test_lists_are_printed() -> None:
    """`schemes`, `rules`, `formats` and `diff --explain` list what there is, and one entry says more."""
    assert "practical reasoning" in argmap("schemes").stdout
    assert "?" in argmap("schemes", "CauseToEffect").stdout
    assert "unanchored-quote" in argmap("rules").stdout
    assert len(argmap("rules", "unanchored-quote").stdout) > 200
    assert "argdown" in argmap("formats").stdout
    assert "realised" in argmap("diff", "--explain").stdout


def test_align_suggests_reviews_and_keeps_decisions(copy: Path) -> None:
    """Suggestions go to a file; a review saves each decision; running it again keeps them and proposes nothing rejected."""
    (copy / "maps" / "1996-2005.yaml").unlink()
    maps = ("maps/1996.yaml", "maps/2005.yaml")
    done = argmap("align", *maps, "--review", cwd=copy, stdin=b"1\nthe same demand\np\n\nq\n")
    assert re.search(r"1 accepted, \d rejected, .* 1 passed over", done.stderr)
    assert "Pairs below 0.30 are not suggested; --all adds them." in done.stderr
    decided = (copy / "maps" / "1996-2005.yaml").read_text("utf-8")
    assert "because: the same demand" in decided
    assert "1 accepted, " in argmap("align", *maps, cwd=copy).stderr
    assert "because: the same demand" in (copy / "maps" / "1996-2005.yaml").read_text("utf-8")


def test_a_model_that_is_not_there_is_one_line(copy: Path) -> None:
    """Comparing by meaning without a model says what is missing, and fetches nothing."""
    done = argmap_alone("align", "maps/1996.yaml", "maps/2005.yaml", "--semantic", "nowhere", cwd=copy)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


def test_agreement_of_a_map_with_itself_is_whole() -> None:
    """Two analysts who say the same agree in every figure."""
    done = argmap("diff", "maps/1996.yaml", "maps/1996.yaml", "--agreement")
    assert set(re.findall(r"^[a-z_]\S*  +(\d\.\d{3}|–)  ", done.stdout, re.MULTILINE)) == {"1.000", "–"}


def test_suggestions_between_maps_of_other_formats_can_be_used(tmp_path: Path) -> None:
    """What `align` writes about two Kialo exports, `check`, `diff` and `report` read."""
    for name, rain in (("d1", "It rains"), ("d2", "It rains hard")):
        (tmp_path / f"{name}.txt").write_text(f"Discussion Title: Rain\n\n1. {rain}.\n1.1. Pro: The street is wet.\n")
    assert argmap("align", "d1.txt", "d2.txt", cwd=tmp_path).returncode == 0
    done = argmap("check", ".", cwd=tmp_path)
    assert done.returncode == 0
    assert "d1-d2.yaml" not in done.stdout
    assert "alignment: d1-d2.yaml" in argmap("diff", "d1.txt", "d2.txt", cwd=tmp_path).stderr
    done = argmap("report", ".", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "out/bridge.svg" in done.stdout


@pytest.mark.parametrize(
    ("maps", "way_out"),
    [
        (("HEAD:maps/1996.yaml", "maps/2005.yaml"), "`argmap convert HEAD:maps/1996.yaml before.yaml`"),
        (("maps/1996.yaml", "-"), "`argmap convert - after.yaml`"),
    ],
)
def test_an_alignment_names_files(maps: tuple[str, str], way_out: str, tmp_path: Path) -> None:
    """What is in no file cannot be read when the alignment is used, so it is refused, with the way out."""
    out = tmp_path / "pair.yaml"
    done = argmap("align", *maps, "-o", out)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "an alignment names files" in done.stderr
    assert way_out in done.stderr
    assert not out.exists()


def test_an_alignment_finds_its_maps_again(tmp_path: Path) -> None:
    """Maps in two folders of no project are aligned by a file above both; elsewhere it could not be checked."""
    for name in ("a/d1.txt", "b/d2.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("Discussion Title: Rain\n\n1. It rains.\n1.1. Pro: The street is wet.\n")
    done = argmap("align", "a/d1.txt", "b/d2.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "use -o to name a file in a folder above both maps" in done.stderr
    assert argmap("align", "a/d1.txt", "b/d2.txt", "-o", "pair.yaml", cwd=tmp_path).returncode == 0
    assert argmap("check", "pair.yaml", cwd=tmp_path).returncode == 0


def test_a_report_tells_what_could_not_be_read(tmp_path: Path) -> None:
    """A map that is broken is a line and an exit code, warnings are told as `draw` tells them; texts and settings are no maps."""
    texts = {
        "d1.txt": "Discussion Title: Rain\n\n1. It rains.\n1.1. Pro: The street is wet.\n",
        "essay.txt": "[1]: As in Smith.\n[2]: So there.\n",
        "package.json": '{"name": "x"}',
        "odd.json": '{"nodes": [{"nodeID": "1", "type": "I", "text": "A."}], "edges": [{"edgeID": "1", "fromID": "8", "toID": "1"}]}',
        "notes.argdown": "// a note on it\n\n[a]: A.\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    done = argmap("report", ".", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0
    assert [line.split(": ")[:3] for line in done.stderr.splitlines()] == [
        ["odd.json:edges/8", "warning", "dangling-edge"]
    ]
    (tmp_path / "x.argdown").write_text("[A]: a\n[B]: b\n")
    (tmp_path / "half.json").write_text('{"nodes": [')
    done = argmap("report", ".", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "out/index.html" in done.stdout
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        "odd.json:edges/8",
        "half.json:1:12",
        "x.argdown:2:1",
    ]


def test_a_folder_of_broken_maps_tells_of_each(tmp_path: Path) -> None:
    """No page is made, and each file has its line."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.argdown").write_text("[A]: a\n[B]: b\n")
    done = argmap("report", ".", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == ["a.argdown:2:1", "b.argdown:2:1", "."]
    assert not (tmp_path / "out").exists()


def test_standard_input_is_one_table(tmp_path: Path) -> None:
    """No second table is missed beside it, as none is beside a file."""
    text = b"id,text,type\na,Rain falls.,claim\nb,The street is wet.,claim\n"
    (tmp_path / "c.csv").write_bytes(text)
    for named in ("c.csv", "-"):
        done = argmap("stats", named, cwd=tmp_path, stdin=text)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("same", [True, False])
def test_what_is_irregular_a_thousand_times_is_told_in_a_few_lines(same: bool, tmp_path: Path) -> None:
    """Equal lines are one with a count, of others the first twenty are shown, and the rest is for `check`."""
    edges = [{"edgeID": str(n), "fromID": "x" if same else f"x{n}", "toID": "1"} for n in range(5_000)]
    nodes = [{"nodeID": "1", "type": "I", "text": "A."}]
    (tmp_path / "my map.json").write_text(json.dumps({"nodes": nodes, "edges": edges, "locutions": []}))
    for command in (("stats", "my map.json"), ("convert", "my map.json", "out.yaml")):
        said = argmap(*command, cwd=tmp_path).stderr.splitlines()
        if same:
            assert said[0].endswith("(1,000 times)")
            assert len(said) == 2
        else:
            assert [line.partition(": ")[0] for line in said[:20]] == [f"my map.json:edges/x{n}" for n in range(20)]
            assert said[-1] == "… and 980 more of dangling-edge: `argmap check 'my map.json'` lists them"
            assert len(said) == 22
    assert len(argmap("check", "my map.json", cwd=tmp_path).stdout.splitlines()) == (3 if same else 1002)
