"""AIF JSON (AIFdb), xAIF (OVA3) and OVA JSON."""

from __future__ import annotations

from argmap.formats.common.format import Content, Format, has, some
from argmap.formats.common.map_features import GRAPH, NAMING

_FEATURES = {
    "rephrases",
    "answers",
    "schemes",
    "attack schemes",
    "speakers",
    "layout",
    "control characters",
    "loose relations",
}
CARRIES = GRAPH | NAMING | _FEATURES
_OPTIONS = ("keep_dialogue",)


def _is_aif(content: Content) -> bool:
    """Look for nodes with a `nodeID`, without OVA's analysis; or for no nodes beside `edges`, and at most `locutions`."""
    data = content.data
    node = some(data, "nodes")
    if node is not None:
        return "nodeID" in node and not has(data, analysis=dict)
    return has(data, nodes=list, edges=list) and (has(data, locutions=list) or data.keys() <= {"nodes", "edges"})


def _is_ova(content: Content) -> bool:
    """Look for an analysis, and for nodes with an id."""
    data = content.data
    return has(data, nodes=list, analysis=dict) and bool({"id", "nodeID"} & (some(data, "nodes") or {"id": 0}).keys())


FORMATS = (
    Format("aif", "AIF JSON (AIFdb)", (".json", ".aif.json"), CARRIES, _is_aif, module="aifdb", options=_OPTIONS),
    Format(
        "xaif",
        "xAIF (OVA3)",
        (".json", ".xaif.json", ".xaif"),
        CARRIES | {"sources", "quotes"},
        lambda content: has(content.data, AIF=dict),
        module="xaif",
        options=_OPTIONS,
        namespaces=("aif",),
    ),
    Format("ova", "OVA JSON", (".json",), matches=_is_ova, writes=False, module="ova", options=_OPTIONS),
)
