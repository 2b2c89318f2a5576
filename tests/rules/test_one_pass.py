"""All mistakes of a file are found in one pass, also those after a syntax error."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap import store
from argmap.findings import ArgmapError
from argmap.model import Map
from argmap.rules import check

TEN = """\
argmap: 1
id: m
thesis: a
sources:
  t: {text: "It rains. It pours."}
claims:
  a: {text: He said: no, quote: "It rains."}
  b: {txt: It pours., quote: "It pours."}
  c:
    text: "not closed
    kind: fact
  d:
    text: "fine"
    kind: fct
  e: {text: Snow., quote: "It snows much."}
\tf: {text: a tab}
relations:
  - {support: a, by: [b}
  - {suport: a, by: e}
  - {attack: a, by: d, note: *x}
  - {support: nobody, by: [e]}
"""


def found(path: Path, text: str) -> list[tuple[str, int | None]]:
    path.write_text(text, "utf-8")
    return [(finding.rule, finding.place.line) for finding in check(path)]


def test_ten_mistakes_are_one_round(tmp_path: Path) -> None:
    """Syntax errors, misspelt keys, misquotes and unknown ids are found together, each at its line."""
    assert found(tmp_path / "m.yaml", TEN) == [
        ("yaml-syntax", 7),
        ("unknown-key", 8),
        ("yaml-syntax", 13),
        ("unknown-word", 14),
        ("unanchored-quote", 15),
        ("yaml-syntax", 16),
        ("yaml-syntax", 18),
        ("missing-field", 19),
        ("yaml-syntax", 20),
        ("dangling-reference", 21),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("thesis: a\n", "thesis: [a\n"),
        ("title: T\n", "title: 'T\n"),
        ("  b: {text: B.}\n", "  b: {text: B.\n"),
        ("  b: {text: B.}\n", "  b: {text: @B.}\n"),
        ("  b: {text: B.}\n", "  b {text: B.}\n"),
        ("  - {support: a, by: c}\n", "  - {support: a, by: c]\n"),
    ],
)
def test_one_syntax_error_is_one_finding(tmp_path: Path, old: str, new: str) -> None:
    """What lacks only because its syntax is bad is not reported again; a mistake at the end of the file is found."""
    sound = "argmap: 1\nid: m\ntitle: T\nthesis: a\nclaims:\n  a: {text: A., implicit: true}\n  b: {text: B.}\n  c: {text: C., implicit: true}\nrelations:\n  - {support: a, by: b}\n  - {support: a, by: c}\n"
    sound = sound.replace("B.}", "B., implicit: true}")
    old, new = (
        each.replace("B.}", "B., implicit: true}").replace("B.\n", "B., implicit: true\n") for each in (old, new)
    )
    assert found(tmp_path / "m.yaml", sound) == []
    broken = sound.replace(old, new) + "  - {attack: nobody, by: c}\n"
    line = sound[: sound.index(old)].count("\n") + 1
    rules = found(tmp_path / "m.yaml", broken)
    assert [rule for rule, _ in rules] == ["yaml-syntax", "dangling-reference"]
    assert rules[0][1] in (line, line + 1)
    assert rules[1][1] == 12


def test_a_file_that_is_all_wrong_is_one_finding(tmp_path: Path) -> None:
    """Without the line that says what a file is, the rest of it is not guessed."""
    assert found(tmp_path / "m.yaml", "argmap: [1\nid: m\n")[0][0] == "yaml-syntax"
    assert len(found(tmp_path / "n.yaml", "argmap: 1\n" + "  ]\n" * 100)) <= 30


@given(st.data())
def test_any_damage_is_a_finding(data: st.DataObject) -> None:
    """Whatever is changed in a map, reading it gives a map or findings with lines of the file."""
    text = data.draw(st.sampled_from([TEN, TEN.replace("\t", "  ")]))
    at = data.draw(st.integers(0, len(text)))
    text = (
        text[:at]
        + data.draw(st.sampled_from(["", "'", '"', "[", "}", ": ", "\n", "- ", "*", "&", "\t", "#"]))
        + text[at + 1 :]
    )
    try:
        store.parse_map(text)
        lines = []
    except ArgmapError as error:
        lines = [finding.place.line or 1 for finding in error.findings]
        lines = lines or [1_000_000]  # an error without findings
    assert all(line <= text.count("\n") + 2 for line in lines)
    part = store.sound_part("m.yaml", text)
    assert part is None or isinstance(part.document.value, Map)
