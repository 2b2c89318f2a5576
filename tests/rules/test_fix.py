"""`check --fix` mends slips with the words of the text, and leaves everything else as it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from argmap.cli import main
from argmap.rules import check, fix

TEXT = "The unfunded plan is dead.\nThey meant the greater good, and spent 110 million dollars on the govern-\nment. It will not pay.\n"
MAP = """\
# A map with a comment
argmap: 1
id: m
thesis: a   # the claim of the text
sources:
  t: {path: t.txt}
claims:
  a: {text: The plan has no money., quote: "funded plan is dead"}
  b:
    text: The aim was good.
    quote: "meant the grater good"   # from memory
  c: {text: Money was spent., quote: [10 million dollars, "the government"]}
  d: {text: It will pay., quote: "It will pay."}
relations:
- {support: a, by: [b, c, d]}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "t.txt").write_text(TEXT, "utf-8")
    (tmp_path / "m.yaml").write_text(MAP, "utf-8")
    return tmp_path / "m.yaml"


def test_slips_are_mended_and_nothing_else(path: Path) -> None:
    """Misquotes get the text's whole words and the source its hash; comments, layout and sound quotes stay."""
    found = fix(path)
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    wanted = MAP.replace('"funded plan', '"unfunded plan').replace("grater", "greater")
    wanted = wanted.replace("[10 million dollars", '["110 million dollars"')
    assert path.read_text("utf-8") == wanted.replace("{path: t.txt}", f"{{path: t.txt, sha256: {digest}}}")
    assert [(finding.rule, finding.place.line) for finding in found] == [
        ("fixed", 6),
        ("fixed", 8),
        ("fixed", 11),
        ("fixed", 12),
        ("not-fixed", 13),
    ]
    assert found[2].message == '"meant the grater good" is now "meant the greater good".'


def test_a_quote_that_reverses_the_text_stays_refused(path: Path) -> None:
    """A left-out negation is left to a person: it is named, and the error remains."""
    (left,) = (finding for finding in fix(path) if finding.rule == "not-fixed")
    assert "not" in left.message
    assert [finding.rule for finding in check(path) if finding.severity == "error"] == ["unanchored-quote"]


def test_a_second_time_changes_nothing(path: Path) -> None:
    """What is mended stays so."""
    fix(path)
    before = path.read_bytes()
    assert [finding.rule for finding in fix(path.parent)] == ["not-fixed"]
    assert path.read_bytes() == before


def test_the_command_lists_what_it_changed(path: Path) -> None:
    """Each change is a line with its place; then come the findings that remain."""
    result = CliRunner().invoke(main, ["check", "--fix", str(path)])
    assert result.exit_code == 1
    assert result.output.count("fixed: ") == 5
    assert "unanchored-quote" in result.output


def test_a_sound_map_and_other_files_are_left_alone(tmp_path: Path) -> None:
    """Without slips no file is written; a file of another kind is not touched."""
    (tmp_path / "n.md").write_text("# no map\n", "utf-8")
    (tmp_path / "m.yaml").write_text("argmap: 1\nid: m\nthesis: a\nclaims: {a: {text: x}}\n", "utf-8")
    times = {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    assert fix(tmp_path) == ()
    assert {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == times
