"""Pictures that are files of text: formats that maps are converted to, drawn by a room above the formats."""

from __future__ import annotations

from types import ModuleType

from argmap.formats.common.format import Format
from argmap.formats.common.map_features import GRAPH


def _dot() -> ModuleType:
    from argmap.diagram import dot_file

    return dot_file


def _mermaid() -> ModuleType:
    from argmap.diagram import mermaid_file

    return mermaid_file


_CARRIES = GRAPH | {
    *("titles", "theses", "loose relations", "rephrases", "relations as premises", "schemes", "speakers"),
    *("commitments", "implicit premises"),
}
FORMATS = (
    Format("dot", "Graphviz DOT", (".dot", ".gv"), _CARRIES | {"sources"}, reads=False, loader=_dot),
    Format("mermaid", "Mermaid", (".mmd", ".mermaid"), _CARRIES, reads=False, loader=_mermaid),
)
