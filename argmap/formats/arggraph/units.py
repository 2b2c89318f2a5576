"""Cut the text of an arggraph into units and find the side of each claim, for reading and writing.

edu e1 "Close the bridge" ─┐
edu e2 "at once."         ─┴ joint j1 ─ adu a1   →   claim a1: "Close the bridge at once."
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from argmap.formats.common.reader_support import Ids, as_dict, own
from argmap.graph import ties
from argmap.model import Attack, Map

NAME = "arggraph"
EXAMPLE = "example"
IMPLICIT = "implicit"
"""The attribute of a unit that does not stand in the text."""


@dataclass(slots=True)
class Units:
    """The units of a text with their words in order, their joints, and the parts of each claim."""

    edus: dict[str, str] = field(default_factory=dict)
    joints: dict[str, list[str]] = field(default_factory=dict)
    of: dict[str, list[str]] = field(default_factory=dict)
    """The units and joints of each claim."""
    _places: dict[str, int] = field(default_factory=dict, compare=False)

    def inside(self, parts: list[str]) -> list[str]:
        """Return some units, and those in some joints, in the order of the text."""
        if len(self._places) < len(self.edus):
            self._places = {edu: place for place, edu in enumerate(self.edus)}
        edus = (edu for part in parts for edu in self.joints.get(part, [part]))
        return sorted(edus, key=self._places.__getitem__)

    def words(self, parts: list[str]) -> str:
        """Return the words of some units and joints."""
        return " ".join(self.edus[edu] for edu in self.inside(parts))


def units_of(map_: Map) -> Units:
    """Return how to cut the text of a map: as it was read, where that still spells the claims, else a unit a claim."""
    kept = own(map_.extra, NAME)
    units = Units()
    try:
        units.edus = {str(edu): str(text) for edu, text in kept.get("edus", [])}
        joints = as_dict(kept.get("joints")).items()
        units.joints = {str(joint): [edu for edu in edus if edu in units.edus] for joint, edus in joints}
    except (TypeError, ValueError):
        units = Units()
    relations = (name(relation.id) for relation in map_.relations if relation.id)
    ids = Ids([*units.edus, *units.joints, *map(name, map_.claims), *relations])
    for n, (claim_id, claim) in enumerate(map_.claims.items(), 1):
        parts: Any = own(claim.extra, NAME).get("edus")
        is_known = isinstance(parts, list) and all(part in units.edus or part in units.joints for part in parts)
        if not is_known or units.words(parts) != claim.text:
            parts = [ids.new(f"e{n}")]
            units.edus[parts[0]] = claim.text
        units.of[claim_id] = parts
    return units


def sides_of(map_: Map) -> dict[str, str]:
    """Return the side of each claim: attacks change sides, and what nothing follows from is the proponent's."""
    tied = ties(map_)
    leading = {end for relation in map_.relations for end in relation.by}
    is_pro: dict[str, bool] = {}
    for root in (*(claim_id for claim_id in map_.claims if claim_id not in leading), *map_.claims):
        queue = deque([root] if root not in is_pro else ())
        is_pro.setdefault(root, True)
        while queue:
            node = queue.popleft()
            for relation in tied.into.get(node, ()):
                # An attack on a relation opposes whoever drew it.
                found = [below for below in (*relation.by, relation.key) if below not in is_pro]
                is_pro.update(dict.fromkeys(found, is_pro[node] != isinstance(relation, Attack)))
                queue.extend(dict.fromkeys(found))
    return {claim_id: "pro" if is_pro[claim_id] else "opp" for claim_id in map_.claims}


def name(argmap_id: str) -> str:
    """Return an id as XML allows one, with an underscore before anything but a letter; `plain` takes it away.

    >>> [name(each) for each in ("near-equals", "2005", "_x")]
    ['near-equals', '_2005', '__x']
    """
    return argmap_id if argmap_id[0].isalpha() else f"_{argmap_id}"


def plain(name: str) -> str:
    """Return the id that `name` made a name of.

    >>> [plain(name) for name in ("near-equals", "_2005", "__x", "_x")]
    ['near-equals', '2005', '_x', '_x']
    """
    return name[1:] if name.startswith("_") and len(name) > 1 and not name[1].isalpha() else name


def name_of(value: Any, argmap_id: str) -> str:
    """Return the name of a claim in the file: the one that it had, or one made of its id."""
    kept = own(value.extra, NAME).get("id")
    return kept if isinstance(kept, str) else name(argmap_id)
