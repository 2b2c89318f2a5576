"""Pictures that are text files, as formats that maps are converted to. A room above the formats draws them."""

from __future__ import annotations

from functools import partial
from types import ModuleType

from argmap.formats.common.format import Format
from argmap.formats.common.map_features import GRAPH
from argmap.model import Map


def _module(suffix: str, page: str) -> ModuleType:
    from argmap.diagram import draw

    def write(map_: Map) -> str:
        """Write the picture of a map. A file folds nothing, however many claims there are."""
        return draw(map_, suffix, depth=len(map_.claims)).decode()  # type: ignore[arg-type]

    module = ModuleType(f"{__name__}.{suffix}", page)
    module.write = write  # type: ignore[attr-defined]
    return module


_CARRIES = GRAPH | {
    *(
        "titles",
        "platforms",
        "theses",
        "conditions",
        "loose relations",
        "answers",
        "rephrases",
        "relations as premises",
        "schemes",
        "speakers",
    ),
    *("commitments", "implicit premises"),
}
_DOT = "The picture of `argmap draw` as DOT, with every place pinned, for Graphviz and for tools that read its files."
_MERMAID = "The picture of `argmap draw` as a Mermaid flowchart, for pages that draw Mermaid themselves."
FORMATS = (
    Format(
        "dot",
        "Graphviz DOT",
        (".dot", ".gv"),
        _CARRIES | {"sources"},
        reads=False,
        loader=partial(_module, "dot", _DOT),
    ),
    Format("mermaid", "Mermaid", (".mmd", ".mermaid"), _CARRIES, reads=False, loader=partial(_module, "mmd", _MERMAID)),
)
