"""Makes what README and maps/README show: the pictures of the essays, and the schemas beside the maps.

    make pictures
"""

from __future__ import annotations

import json
from pathlib import Path

import argmap
from argmap import diagram, store
from argmap.schemas import MODELS, schema

MAPS = Path(__file__).resolve().parents[1] / "maps"
PICTURES = MAPS / "pictures"


def diagrams() -> dict[str, diagram.Diagram]:
    """The pictures of the essays, by name."""
    before, after = argmap.load(MAPS / "1996.yaml"), argmap.load(MAPS / "2005.yaml")
    alignment = argmap.load_alignment(MAPS / "1996-2005.yaml")
    return {
        "ladder": diagram.ladder(argmap.timeline([before, after], [alignment])),
        "bridge": diagram.bridge(argmap.compare(before, after, alignment), before, after),
        "1996": diagram.of_map(before),
        "2005": diagram.of_map(after),
    }


def main() -> None:
    """Write every picture, its outline in words, and every schema."""
    PICTURES.mkdir(exist_ok=True)
    for name, picture in diagrams().items():
        store.write(PICTURES / f"{name}.svg", diagram.render(picture, "svg"))
        store.write(PICTURES / f"{name}.txt", diagram.outline(picture))
    (MAPS / "schema").mkdir(exist_ok=True)
    for kind in MODELS:
        text = json.dumps(schema(kind), indent=2, ensure_ascii=False)
        store.write(MAPS / "schema" / f"{kind}.json", text + "\n")


if __name__ == "__main__":
    main()
