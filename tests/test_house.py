"""The house itself: floors, documentation, and what must not be in it."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import argmap
from argmap.cli import main
from tests.helpers import corpora, named_modules

ROOT = Path(__file__).resolve().parents[1]


def test_imports_go_down_only() -> None:
    """No import statement goes up, and rooms on one floor do not import each other."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_room_has_a_floor() -> None:
    """pyproject.toml puts each room on a floor."""
    names = {
        path.stem for path in (ROOT / "argmap").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert {f"argmap.{name}" for name in names - {"__init__"}} <= set(named_modules.floors())


def test_modules_named_in_strings_go_down_only() -> None:
    """A module that is named in a string, or imported by a call, is on the same room or below."""
    assert list(named_modules.upward()) == []


def test_a_module_named_in_a_string_is_seen() -> None:
    """The search finds every way to name a module: full, relative, built, from the face, or in a variable."""
    source = """
        import argmap
        from argmap import draw, store
        import_module("argmap.diagram.layout")
        import_module("...cli", "argmap.formats.common")
        import_module(f"argmap.page.{name}")
        import_module(f"argmap.{name}")
        import_module(f"{__name__}.{name}")
        import_module(name)
        __import__("argmap.rules")
        FORMAT = ("dot", "argmap.diagram.render", "argmap.model")
    """
    found = named_modules.names_in(textwrap.dedent(source), "argmap.formats", is_package=True)
    assert [name for name in found if not named_modules.may_name("argmap.formats", name)] == [
        "argmap",
        "argmap.diagram",
        "argmap.diagram.layout",
        "argmap.cli",
        "argmap.page",
        "argmap",
        "?",
        "argmap.rules",
        "argmap.diagram.render",
    ]


@pytest.mark.parametrize("name", [name for name in argmap.__all__ if not name.startswith("__")])
def test_the_face_has_every_name_and_says_what_it_is(name: str) -> None:
    """Each public name can be had from `argmap`, and has a docstring."""
    assert inspect.getdoc(getattr(argmap, name))


def test_an_unknown_name_is_an_attribute_error() -> None:
    """Asking the face for what it has not says so as Python does."""
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        argmap.nonsense  # noqa: B018


@pytest.mark.parametrize("name", [name for name, command in main.commands.items() if not command.hidden])
def test_every_command_is_documented(name: str) -> None:
    """The README has an example of each command; its help and each option's end in a full stop."""
    assert f"argmap {name}" in (ROOT / "README.md").read_text("utf-8")
    command = main.commands[name]
    texts = [command.help, *(option.help for option in command.params if isinstance(option, click.Option))]
    assert [text for text in texts if not text or not text.rstrip().endswith(".")] == []


@pytest.mark.parametrize("width", [50, 80, 200])
def test_no_help_is_cut_off(width: int) -> None:
    """The list of commands shows the whole first sentence of each, however narrow the terminal."""
    shown = CliRunner().invoke(main, ["--help"], terminal_width=width).output
    assert "..." not in shown.partition("Commands:")[2]
    for name, command in main.commands.items():
        words = (command.help or "").partition("\n\n")[0].partition(". ")[0].split()
        assert command.hidden or " ".join(words).removesuffix(".") in " ".join(shown.split()), name


def test_the_citation_names_this_version() -> None:
    """CITATION.cff has the version of the package."""
    assert f"\nversion: {argmap.__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


def test_importing_the_face_is_light() -> None:
    """`import argmap` brings in none of the heavy parts."""
    code = (
        "import argmap, sys; print([m for m in ('pydantic', 'networkx', 'click', 'rich', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_nothing_of_one_machine_is_in_the_project() -> None:
    """No tracked file names a path of somebody's machine."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    private = re.compile(r"/(?:home|root|work|Users)/\w")
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".json", ".html", ".css", ".js", ""} and path.is_file():
            found = private.search(path.read_text("utf-8", errors="replace"))
            assert not found, f"{name}: {found.group()}"


def test_no_test_needs_corpora_that_only_some_machines_have() -> None:
    """Tests find sample files through `corpora.files`, and each pattern has files of our own."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text("utf-8")
        if path.name != "test_house.py":
            assert '"shared"' not in text, path
        for pattern in re.findall(r'corpora\.files\("([^"]+)"\)', text):
            assert list(corpora.OURS.glob(pattern)), f"{path}: write a small file for {pattern}"


def test_docstrings_begin_plainly() -> None:
    """A docstring, also that of an attribute, names what it describes or says what a function does."""
    riddle = re.compile(r"\s*(What|Whether|Which|Whose|Who|How|Where|When|Why|Of)\b")
    for path in (ROOT / "argmap").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            text = node.value.value if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) else None
            assert not isinstance(text, str) or not riddle.match(text), f"{path}: {text}"
