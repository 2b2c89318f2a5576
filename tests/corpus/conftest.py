"""A small corpus of our own, in several formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from argmap import formats
from argmap.corpus import TABLES, open_corpus
from argmap.model import Map

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

SAYINGS = [
    ("The library should open on Sundays.", "Families are free on Sundays.", "Opening on Sundays costs too much."),
    ("The town library should open on Sundays.", "Readers have time on Sundays.", "The town cannot pay for Sundays."),
    ("The library should not open on Sundays.", "The staff need a day of rest.", "Families are free on Sundays."),
    ("The bridge should be closed.", "The bridge rusts.", "Closing the bridge is expensive."),
]
FORMATS = {
    "yaml": ".yaml",
    "json": ".json",
    "aif": ".json",
    "argdown": ".argdown",
    "csv": ".csv",
}


def debate(n: int, sayings: tuple[str, str, str]) -> Map:
    thesis, reason, objection = sayings
    return Map.model_validate(
        {
            "id": f"debate-{n}",
            "thesis": "thesis",
            "speakers": {"ann": {"name": "Ann"}},
            "claims": {
                "thesis": {"text": thesis, "kind": "policy"},
                "reason": {"text": reason, "kind": "fact", "speaker": "ann", "commitment": "reported"},
                "objection": {"text": objection},
            },
            "relations": [{"support": "thesis", "by": "reason"}, {"attack": "thesis", "by": "objection"}],
        }
    )


def contents(corpus: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of each table."""
    with open_corpus(corpus) as opened:
        return {table: sorted(opened.rows(f'select * from "{table}"')[1], key=repr) for table in TABLES}  # noqa: S608


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write each debate in each format, and two files that cannot be read."""
    top = tmp_path_factory.mktemp("maps")
    for n, sayings in enumerate(SAYINGS):
        for name, suffix in FORMATS.items():
            path = top / name / f"debate-{n}{suffix}"
            path.parent.mkdir(exist_ok=True)
            formats.write(debate(n, sayings), path, name)
    (top / "broken.json").write_text('{"nodes": [', "utf-8")
    (top / "yaml" / "wrong.yaml").write_text("argmap: 1\nid: wrong\nclaims: 3\n", "utf-8")
    return top
