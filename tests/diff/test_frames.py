"""Tables of pandas: claims, relations and changes, one row each."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import argmap
from argmap.findings import ArgmapError
from argmap.model import Map

pytest.importorskip("pandas")
MAPS = Path(__file__).resolve().parents[2] / "maps"


def test_a_map_as_tables() -> None:
    """Each claim has its words, its role and the place of its first quote; each relation its ends."""
    m = argmap.load(MAPS / "1996.yaml")
    claims = m.to_pandas()
    assert list(claims["id"]) == list(m.claims)
    row = claims.set_index("id").loc["forge-alliance"]
    assert row["role"] == "thesis"
    assert row["quotes"] == ["US and Japan Must Forge A True Military Alliance"]
    assert m.sources["essay"].text[int(row["start"]) : int(row["end"])] == row["quotes"][0]
    relations = m.to_pandas("relations")
    assert len(relations) == len(m.relations)
    assert set(relations["type"]) <= {"support", "attack", "rephrase"}


def test_a_diff_as_tables() -> None:
    """Each change has its word, its reason and the claims of both sides; claims and relations are those of both maps."""
    before, after = argmap.load(MAPS / "1996.yaml"), argmap.load(MAPS / "2005.yaml")
    diff = argmap.compare(before, after, argmap.load_alignment(MAPS / "1996-2005.yaml"))
    changes = diff.to_pandas()
    assert list(changes["change"]) == [change.change for change in diff.changes]
    assert changes["before"].map(len).sum() >= len(before.claims)
    assert len(diff.to_pandas("claims")) == len(before.claims) + len(after.claims)
    assert set(diff.to_pandas("relations")["map"]) == {"1996", "2005"}


def test_an_empty_map_is_a_table_without_rows() -> None:
    """With the same columns."""
    empty = Map(id="m")
    assert list(empty.to_pandas().columns)[:3] == ["map", "id", "text"]
    assert len(empty.to_pandas()) == len(empty.to_pandas("relations")) == 0


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that a map does not have, and pandas itself."""
    with pytest.raises(ArgmapError, match="no table 'changes': use one of claims, relations"):
        Map(id="m").to_pandas("changes")
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="to_pandas needs pandas: pip install pandas"):
        Map(id="m").to_pandas()
