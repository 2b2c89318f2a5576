"""Claims that lead back to themselves: told of once for each circle, whichever format they come from.

    7 supports 12, 12 supports 7     →   circular: 7 → 12 → 7 support one another in a circle.
    9 rephrases 9                    →   circular: 9 stands on both sides of a rephrase.

Such a map is read as it stands. A circle of attacks is how people disagree, and no finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap import graph
from argmap.findings import brief

if TYPE_CHECKING:
    from argmap.formats.common.reader_support import Irregular
    from argmap.model import Map


def note_circles(m: Map, irregular: Irregular) -> None:
    """Note every circle of supports, and every claim that attacks or rephrases itself."""
    for group in graph.support_circles(m):
        way, closing = graph.way_round(m, group)
        message = f"{' → '.join(map(brief, way))} support one another in a circle."
        irregular.add("circular", message, ("relations", m.relations[closing].key))
    for relation in m.relations:
        if relation.target in relation.by and relation.type != "support":
            message = f"{brief(relation.target or '')} stands on both sides of this {relation.type}."
            irregular.add("circular", message, ("relations", relation.key))
