"""Lines as wide as the window, without blanks at their ends; what a shell completes; the manual page."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from argmap.cli import main
from argmap.text_tools import cells

MAPS = Path(__file__).resolve().parents[2] / "maps"
BOTH = [str(MAPS / "1996.yaml"), str(MAPS / "2005.yaml")]


def run(*arguments: str, **environment: str | None) -> Result:
    return CliRunner().invoke(main, arguments, env={"COLUMNS": None, **environment}, prog_name="argmap")


@pytest.mark.parametrize(
    "arguments",
    [
        ["diff", *BOTH],
        ["timeline", *BOTH],
        ["evaluate", BOTH[1]],
        ["stats", *BOTH],
        ["rules"],
        ["schemes"],
        ["diff", "--explain"],
    ],
    ids=lambda arguments: " ".join(arguments).replace(str(MAPS), "maps"),
)
@pytest.mark.parametrize(("asked", "wide"), [(None, 100), ("60", 60), ("nonsense", 100), ("1", 40)])
def test_lines_are_as_wide_as_asked_and_end_in_no_blank(arguments: list[str], asked: str | None, wide: int) -> None:
    """`COLUMNS` says how wide; a pipe has 100 columns; below 40, words would be torn."""
    lines = run(*arguments, COLUMNS=asked).stdout.splitlines()
    assert max(map(cells, lines)) <= wide
    assert [line for line in lines if line != line.rstrip()] == []


def test_what_does_not_fit_stands_under_its_parent() -> None:
    """Words of a text under its words, not under its name."""
    lines = run("diff", *BOTH, COLUMNS="60").stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("    2005  The US and Japan will"))
    assert lines[at + 1].startswith("          ")
    assert lines[at + 1][10] != " "


def test_a_mistyped_word_is_answered_with_the_one_meant() -> None:
    """Commands, options and pictures."""
    assert "'diff'" in run("dif").stderr
    assert "--picture" in run("diff", "--pictur", "how").stderr
    assert "Did you mean 'how'?" in run("diff", "--picture", "hwo", *BOTH).stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete(shell: str) -> None:
    """Its script, and what it asks for."""
    if shell == "bash" and not shutil.which("bash"):
        pytest.skip("no bash")
    assert "_ARGMAP_COMPLETE" in run(_ARGMAP_COMPLETE=f"{shell}_source").stdout
    if shell == "bash":
        found = run(_ARGMAP_COMPLETE="bash_complete", COMP_WORDS="argmap dr", COMP_CWORD="1").stdout
        assert "draw" in found


def test_the_manual_page_names_every_command() -> None:
    """In the language of `man`, which has nothing to complain about."""
    page = run("man").stdout
    assert page.startswith(".TH ARGMAP 1")
    for name, command in main.commands.items():  # type: ignore[attr-defined]
        assert (f".SS {name.replace('-', chr(92) + '-')}" in page) is not command.hidden
    if groff := shutil.which("groff"):
        told = subprocess.run(
            [groff, "-man", "-K", "utf8", "-T", "utf8", "-ww"], input=page.encode(), capture_output=True, check=True
        )
        assert told.stderr == b""
