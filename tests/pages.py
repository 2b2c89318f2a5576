"""Make the files of `maps/` that follow from the code: `make pages`.

maps/pictures/            the pictures of the essays, and each in words
maps/schema/              JSON Schemas beside the maps
docs/pictures/            the plot of a corpus
"""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path

import argmap
from argmap import corpus, diagram, text_file
from argmap.model import replace
from argmap.schemas import MODELS, schema
from tests.corpus import town

ROOT = Path(__file__).resolve().parents[1]
MAPS = ROOT / "maps"
FIRST_LOOK = ("standing", "planning", "strategy", "responsibility")
"""Issues of the bridge that fit a page."""


@cache
def diagrams() -> dict[str, diagram.Diagram]:
    """The pictures of the essays, by name."""
    before, after = argmap.load(MAPS / "1996.yaml"), argmap.load(MAPS / "2005.yaml")
    alignment = argmap.load_alignment(MAPS / "1996-2005.yaml")
    diff = argmap.compare(before, after, alignment)
    first = replace(diff, changes=tuple(change for change in diff.changes if change.issue in FIRST_LOOK))
    timeline = argmap.timeline([before, after], [alignment])
    own = {name: diagram.picture_named(name).build(diff, before, after) for name in ("how", "stairs", "ledger")}
    return {
        **own,
        "dumbbells": diagram.picture_named("dumbbells").build(timeline),
        "bridge": diagram.bridge(diff, before, after),
        "bridge-first-look": diagram.bridge(first, before, after),
        "1996": diagram.of_map(before),
        "2005": diagram.of_map(after),
        "1996-first-look": diagram.of_map(before, depth=2),
        "2005-first-look": diagram.of_map(after, depth=2),
    }


@cache
def pages() -> dict[Path, str]:
    """Every text that is made, by its file."""
    schemas = {
        MAPS / "schema" / f"{kind}.json": json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"
        for kind in MODELS
    }
    outlines = {MAPS / "pictures" / f"{name}.txt": diagram.outline(picture) for name, picture in diagrams().items()}
    return {**schemas, **outlines}


def trend() -> bytes:
    """The plot of the letters on smoking in cafés."""
    with tempfile.TemporaryDirectory() as top:
        corpus.build([town.write(Path(top) / "letters")], Path(top) / "corpus", jobs=1)
        with corpus.open_corpus(Path(top) / "corpus") as opened:
            return corpus.trends(opened, "smoke").plot()


def main() -> None:
    """Write every page and picture."""
    for name, picture in diagrams().items():
        text_file.write(MAPS / "pictures" / f"{name}.svg", diagram.draw(picture, "svg"))
    for path, text in pages().items():
        text_file.write(path, text)
    text_file.write(ROOT / "docs" / "pictures" / "trends.svg", trend())


if __name__ == "__main__":
    main()
