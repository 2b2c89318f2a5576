"""Walks over a map, and the map as a graph of networkx or Graphviz."""

from __future__ import annotations

from argmap.graph.graphviz_graph import to_graphviz
from argmap.graph.networkx_graph import from_networkx, to_networkx
from argmap.graph.walks import (
    AttackKind,
    Role,
    Step,
    Ties,
    adrift,
    attack_kinds,
    bears_on,
    below,
    depths,
    descent,
    reasons_of,
    roles,
    sides,
    support_circles,
    ties,
    tops,
    way_round,
)

__all__ = [
    "AttackKind",
    "Role",
    "Step",
    "Ties",
    "adrift",
    "attack_kinds",
    "bears_on",
    "below",
    "depths",
    "descent",
    "from_networkx",
    "reasons_of",
    "roles",
    "sides",
    "support_circles",
    "ties",
    "to_graphviz",
    "to_networkx",
    "tops",
    "way_round",
]
