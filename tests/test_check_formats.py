"""`check` on maps in other formats: what their readers find, and what the rules find in the map."""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

import pytest
from conftest import NightBus
from test_formats import TINY

from argmap import formats
from argmap.finding import ArgmapError
from argmap.formats.format import Content
from argmap.model import Map
from argmap.rules import check

AIF = {
    "nodes": [
        {"nodeID": "1", "type": "I", "text": "Rain falls."},
        {"nodeID": "2", "type": "I", "text": "The street is wet."},
        {"nodeID": "3", "type": "RA", "text": "RA"},
        {"nodeID": "4", "type": "RA", "text": "RA"},
        {"nodeID": "5", "type": "I", "text": "Nobody is out."},
    ],
    "edges": [
        {"edgeID": "1", "fromID": "1", "toID": "3"},
        {"edgeID": "2", "fromID": "3", "toID": "2"},
        {"edgeID": "3", "fromID": "2", "toID": "4"},
        {"edgeID": "4", "fromID": "4", "toID": "1"},
    ],
    "locutions": [],
}
"""Two claims that support each other, and one that nothing ties to them."""


def test_a_file_of_another_format_is_checked(tmp_path: Path) -> None:
    """What its reader finds and what the rules find, each told once, placed by id."""
    path = tmp_path / "rain.json"
    path.write_text(json.dumps(AIF))
    circle, adrift = check(path)
    assert (circle.rule, circle.severity) == ("circular", "warning")
    assert "1 → 2 → 1 support one another in a circle" in str(circle)
    assert str(adrift).startswith(f'{path}:claims/5: warning: adrift: no relation ties claim "5"')


@pytest.mark.parametrize("format", [f for f in formats.FORMATS if f.reads and f.writes], ids=lambda f: f.name)
def test_every_format_can_be_checked(format: formats.Format, tmp_path: Path) -> None:
    """A sound map is sound in every format; nothing is asked of it that the format has no place for."""
    formats.write(TINY.model_copy(update={"thesis": "a"}), tmp_path / f"tiny{format.suffixes[0]}", format.name)
    found = check(tmp_path)
    ours = {"missing-quote", "missing-hash"} if format.name in formats.OWN else set()
    assert {finding.rule for finding in found if finding.severity == "error"} <= ours


def test_a_broken_file_of_another_format_is_told_of_in_its_own_words(tmp_path: Path) -> None:
    """A mistake in Argdown is no mistake in YAML."""
    path = tmp_path / "notes.argdown"
    path.write_text("[a]: A.\n\nwe [really]\nmean it\n")
    (finding,) = check(path)
    assert (finding.place.line, finding.place.column, finding.severity) == (3, 4, "error")
    assert "YAML" not in str(finding)


def test_in_a_folder_each_map_is_checked_and_other_files_are_left_alone(tmp_path: Path) -> None:
    """Texts, pictures and JSON of another sort lie beside maps everywhere."""
    (tmp_path / "essay.txt").write_text("It rains.")
    (tmp_path / "settings.json").write_text('{"a": 1}')
    with pytest.raises(ArgmapError, match="no map, codebook or alignment"):
        check(tmp_path)
    (tmp_path / "rain.json").write_text(json.dumps(AIF))
    formats.write(TINY, tmp_path / "tiny.argdown")
    assert {Path(finding.place.file or "").name for finding in check(tmp_path)} == {"rain.json"}


def test_a_map_at_hand_is_checked() -> None:
    """Without a file, findings have a way into the map for a place."""
    circle = {"support": "a", "by": ["a"]}
    m = Map.model_validate({"id": "self", "thesis": "a", "claims": {"a": {"text": "A."}}, "relations": [circle]})
    assert [str(finding).partition(": ")[0] for finding in check(m) if finding.rule == "circular-support"] == [
        "self:relations/a>a"
    ]
    with pytest.raises(ArgmapError, match="no such file"):
        check("absent.aif")


def test_a_format_that_is_named_is_looked_up_once_and_however_it_is_spelt(night_bus: NightBus) -> None:
    """No such format is a mistake in the question, not in the files; `YAML` is argmap's own as `yaml` is."""
    with pytest.raises(ArgmapError, match="no format 'nosuch'"):
        check(night_bus.path, format="nosuch")
    with pytest.raises(ArgmapError, match="dot is only written"):
        check(night_bus.path, format="dot")
    night_bus.change("thesis: run-at-night\n", "")
    (finding,) = check(night_bus.path, format="YAML")
    assert (finding.rule, finding.place.line) == ("no-thesis", 2)


def test_a_file_that_is_said_to_be_ours_is_checked_as_ours(tmp_path: Path) -> None:
    """Who says YAML is told that it is none, not what another format makes of it."""
    path = tmp_path / "notes.txt"
    path.write_text("<a>: A.\n  + <b>: B.\n")
    assert [finding.rule for finding in check(path, format="yaml")] == ["yaml-syntax"]


OWN_TEXTS = {
    "a map": ("argmap: 1\nid: x\nclaims:\n  a: {text: A, implicit: true}\n", "no-thesis"),
    "a map that names a text": (
        "argmap: 1\nid: x\nthesis: a\nsources: {s: {path: s.txt, sha256: " + "0" * 64 + "}}\n"
        "claims:\n  a: {text: A, quote: A}\n",
        "missing-source",
    ),
    "a broken map": ("argmap: 1\nid: [\n", "yaml-syntax"),
    "a codebook": ("argmap-codebook: 1\nid: c\nissues:\n  i: {question: How?, scale: {a: A}}\n", "short-scale"),
    "a map as JSON for programs": ('{"format": "argmap-map/1", "id": "x", "claims": [{"id": "a", "text": ""}]}', "no-thesis"),
    "Argdown": ("[a]: A.\n\n[b]: B.\n", "adrift"),
    "prose": ("It rains.\n", "unreadable-file"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "rule"), OWN_TEXTS.values(), ids=OWN_TEXTS)
def test_a_text_in_no_file_is_checked(text: str, rule: str) -> None:
    """Whatever stands on standard input is checked like a file, and what it names is said not to be looked for."""
    assert rule in [finding.rule for finding in check(Content(text, "<stdin>"))]


def test_a_sound_text_has_no_findings() -> None:
    """A map that is whole by itself is clean on standard input, too."""
    text = "argmap: 1\nid: x\nthesis: a\nclaims:\n  a: {text: A, implicit: true}\n"
    assert check(Content(text, "<stdin>")) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes there")
@pytest.mark.parametrize(("text", "rule"), OWN_TEXTS.values(), ids=OWN_TEXTS)
def test_a_pipe_is_checked(text: str, rule: str, tmp_path: Path) -> None:
    """`check <(…)` reads what the other program writes."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(text,), daemon=True)
    writer.start()
    found = check(path)
    writer.join(timeout=10)
    assert rule in [finding.rule for finding in found]
    assert {finding.place.file for finding in found} == {str(path)}
