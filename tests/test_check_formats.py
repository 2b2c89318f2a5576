"""`check` on maps in other formats: what their readers find, and what the rules find in the map."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_formats import TINY

from argmap import formats
from argmap.finding import ArgmapError
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
