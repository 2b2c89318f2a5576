"""The README is run: its Python, its commands, and its example map."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

from argmap import store
from argmap.rules import check

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "maps").glob("*.md")), *sorted((ROOT / "argmap").rglob("*.md"))]
LETTER = (
    "Dear editor, the library ought to open its doors on Sundays. Most of us work until the library has closed. "
    "The council says that it cannot pay for another day."
)


def blocks(language: str) -> list[tuple[str, str]]:
    """Fenced blocks of one language on every page, each with a name for the test."""
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for n, match in enumerate(re.finditer(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL), 1):
            found.append((f"{page.relative_to(ROOT)}-{language}-{n}", match[1]))
    return found


def as_pattern(lines: list[str]) -> str:
    """What a command prints, where a line `…` stands for any lines and `…` in a line for any words."""
    parts = [r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line).replace("…", ".*?") + r"\s*\n" for line in lines]
    return "".join(parts)


@pytest.mark.parametrize(("name", "text"), blocks("python"), ids=lambda value: value if len(value) < 60 else "")
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


@pytest.mark.parametrize(("name", "text"), blocks("console"), ids=lambda value: value if len(value) < 60 else "")
def test_console_examples(name: str, text: str) -> None:
    """Every command shown prints what is shown under it."""
    sessions = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE)
    assert sessions
    for command, shown in sessions:
        assert command.startswith("argmap "), name
        done = subprocess.run(
            [sys.executable, "-m", *command.split()],
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert re.fullmatch(as_pattern(shown.splitlines()), done.stdout), f"$ {command}\n{done.stdout}\n{done.stderr}"


def test_the_example_map_is_whole(tmp_path: Path) -> None:
    """The ten-minute map of the README passes every rule against a letter that says what it quotes."""
    (example,) = [text for name, text in blocks("yaml") if name.startswith("README.md") and "id: library" in text]
    (tmp_path / "library.yaml").write_text(example, "utf-8")
    (tmp_path / "letter.txt").write_text(LETTER, "utf-8")
    assert [f for f in check(tmp_path / "library.yaml") if f.severity == "error"] == []
    assert len(store.load(tmp_path / "library.yaml").claims) == 4


def test_links_and_pictures_lead_somewhere() -> None:
    """Every relative link and picture on every page is there."""
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)}: {target}"
