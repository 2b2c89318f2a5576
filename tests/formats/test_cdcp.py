"""CDCP: propositions by their places in a comment."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from argmap import anchor, formats
from argmap.findings import ArgmapError
from argmap.formats.common.companion_files import is_read_along

TEXT = "Calls never stop. Nobody deserves such calls. They should be forbidden."
DATA = {
    "prop_offsets": [[0, 17], [18, 45], [46, 71]],
    "prop_labels": ["testimony", "value", "policy"],
    "reasons": [[[0, 1], 2]],
    "evidences": [[[0, 0], 1]],
    "url": {"0": "https://example.org"},
}


def read(folder: Path, text: str | None = TEXT, **changes: Any) -> formats.Reading:
    """Read the comment, with some of its values changed, beside its text."""
    path = folder / "00387.ann.json"
    path.write_text(json.dumps({**DATA, **changes}))
    if text is not None:
        (folder / "00387.txt").write_text(text)
    return formats.examine(path)


def found(reading: formats.Reading) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(finding.rule, finding.place.at) for finding in reading.findings]


def test_propositions_are_claims_with_their_words(tmp_path: Path) -> None:
    """A proposition has the words at its place, which are its quote, and the kind that its label says."""
    reading = read(tmp_path)
    map_ = reading.map
    assert map_.id == "00387"
    assert [(c.id, c.text, c.kind) for c in map_.claims.values()] == [
        ("0", "Calls never stop.", "fact"),
        ("1", "Nobody deserves such calls.", "value"),
        ("2", "They should be forbidden.", "policy"),
    ]
    assert [[(span.start, span.end) for span in spans] for spans in anchor.spans(map_).values()] == [
        [(0, 17)],
        [(18, 45)],
        [(46, 71)],
    ]
    assert map_.claims["0"].extra["cdcp"] == {"label": "testimony", "url": "https://example.org"}
    assert reading.findings == ()


def test_a_group_of_propositions_is_linked(tmp_path: Path) -> None:
    """A reason from first to last is one support by all of them, and evidence says that it is evidence."""
    map_ = read(tmp_path).map
    assert [(r.type, r.by, r.target, dict(r.extra.get("cdcp", {}))) for r in map_.relations] == [
        ("support", ("0", "1"), "2", {}),
        ("support", ("0",), "1", {"type": "evidence"}),
    ]


def test_what_is_irregular_is_found_at_its_place(tmp_path: Path) -> None:
    """A place outside the text, an unknown label, and a reason that leads nowhere are findings; the rest is read."""
    reading = read(
        tmp_path,
        prop_offsets=[[0, 17], [18, 45], [46, 999]],
        prop_labels=["fact", "hunch", "reference"],
        reasons=[[[0, 7], 2], [[0, 0], 9], [0, 1], [[0, 1], 2]],
    )
    assert found(reading) == [
        ("unknown-type", ("prop_labels", 1)),
        ("odd-offset", ("prop_offsets", 2)),
        ("dangling-reference", ("reasons", 0)),
        ("dangling-reference", ("reasons", 1)),
        ("dangling-reference", ("reasons", 2)),
    ]
    assert [claim.kind for claim in reading.map.claims.values()] == ["fact", None, None]
    assert len(reading.map.relations) == 2


def test_without_its_text_there_are_no_words(tmp_path: Path) -> None:
    """The text is missed once, and the relations are read all the same."""
    reading = read(tmp_path, text=None)
    assert [finding.rule for finding in reading.findings] == ["missing-text"]
    assert {claim.text for claim in reading.map.claims.values()} == {""}
    assert len(reading.map.relations) == 2


def test_the_text_is_not_a_map_of_its_own(tmp_path: Path) -> None:
    """In a folder the text belongs to its annotations."""
    read(tmp_path)
    assert is_read_along(tmp_path / "00387.txt")


def test_other_json_is_refused(tmp_path: Path) -> None:
    """A file without places of propositions is not CDCP."""
    path = tmp_path / "x.ann.json"
    path.write_text('{"prop_labels": []}')
    with pytest.raises(ArgmapError, match="not CDCP: it has no `prop_offsets`"):
        formats.examine(path, "cdcp")
