"""The README and the documentation are run: their Python, their commands, and the example map."""

from __future__ import annotations

import contextlib
import doctest
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap import store
from argmap.cli import main
from argmap.rules import check

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "maps").glob("*.md")),
    *(page for page in sorted(DOCS.rglob("*.md")) if DOCS / "build" not in page.parents),
]
TUTORIAL = DOCS / "tutorial.md"
TUTORIALS = {
    TUTORIAL: {"then.svg", "suggested.yaml", "how.svg", "dumbbells.svg", "report"},
    DOCS / "from-a-text.md": {"letters", "draft.svg"},
}
"""Pages whose commands work on the two letters, with the files that they make."""


def blocks(language: str, pages: list[Path] = PAGES) -> list[tuple[str, str]]:
    """Find the fenced blocks of one language, each with a name for the test."""
    found = []
    for page in pages:
        text = page.read_text("utf-8")
        for n, match in enumerate(re.finditer(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL), 1):
            found.append((f"{page.relative_to(ROOT)}-{language}-{n}", match[1]))
    return found


def as_pattern(lines: list[str]) -> str:
    """What a command prints, where a line `…` stands for any lines and `…` in a line for any words."""
    parts = [r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line).replace("…", ".*?") + r"\s*\n" for line in lines]
    return "".join(parts)


@pytest.mark.parametrize(
    ("name", "text"),
    [(name, text) for name, text in blocks("python") if ">>> " in text],
    ids=lambda value: value if len(value) < 60 else "",
)
def test_python_examples(name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every Python example prints what it says it prints."""
    monkeypatch.chdir(ROOT)
    test = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    said: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(
        test, out=said.append
    )
    assert results.attempted
    assert not results.failed, "".join(said)


def run_as_shown(text: str, folder: Path) -> None:
    """Run each command of a block, and compare what it prints with what is shown."""
    sessions = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE)
    assert sessions
    for command, shown in sessions:
        assert command.startswith("argmap ")
        with contextlib.chdir(folder):
            done = CliRunner().invoke(main, command.split()[1:], prog_name="argmap", env={"COLUMNS": "100"})
        assert done.exit_code == 0, f"$ {command}\n{done.stderr}"
        assert re.fullmatch(as_pattern(shown.splitlines()), done.stdout), f"$ {command}\n{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize(
    ("name", "text"),
    blocks("console", [page for page in PAGES if page not in TUTORIALS]),
    ids=lambda value: value if len(value) < 60 else "",
)
def test_console_examples(name: str, text: str) -> None:
    """Every command shown prints what is shown under it."""
    run_as_shown(text, ROOT)


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_the_tutorial(page: Path, tmp_path: Path) -> None:
    """The commands of a tutorial, one after another on the two letters, print what is shown."""
    folder = tmp_path / "tutorial"
    shutil.copytree(DOCS / "tutorial", folder)
    (folder / ".git").mkdir()  # marks a project
    for _, text in blocks("console", [page]):
        run_as_shown(text, folder)
    assert TUTORIALS[page] <= {path.name for path in folder.iterdir()}


def test_the_tutorial_shows_what_is_in_its_files() -> None:
    """Each piece of a map, a codebook or a letter that the tutorial shows stands in the files, word for word."""
    files = {path: " ".join(path.read_text("utf-8").split()) for path in (DOCS / "tutorial").iterdir()}
    shown = [re.sub(r" +#.*", "", text) for _, text in blocks("yaml", [TUTORIAL])]
    quoted = re.findall(r"(?:^> .*\n)+", TUTORIAL.read_text("utf-8"), re.MULTILINE)
    for piece in (*shown, *(text.replace("> ", "") for text in quoted)):
        assert any(" ".join(piece.split()) in text for text in files.values()), piece


def test_the_example_map_is_whole(tmp_path: Path) -> None:
    """The ten-minute map of the README works as it is pasted: its letter beside it says what it quotes."""
    (example,) = [text for name, text in blocks("yaml") if name.startswith("README.md") and "id: library" in text]
    (tmp_path / "library.yaml").write_text(example, "utf-8")
    (letter,) = [text for name, text in blocks("text") if name.startswith("README.md")]
    (tmp_path / "letter.txt").write_text(letter, "utf-8")
    assert [f for f in check(tmp_path / "library.yaml") if f.severity == "error"] == []
    assert len(store.load(tmp_path / "library.yaml").claims) == 4


def test_links_and_pictures_lead_somewhere() -> None:
    """Every relative link and picture on every page is there."""
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)}: {target}"
