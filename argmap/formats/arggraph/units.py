"""How an arggraph's text is cut into units, whose each unit is, and what things are called; for reading and writing alike.

A claim is an adu, and its words are those of its units:

    edu e1 "Close the bridge" ─┐
    edu e2 "at once."         ─┴ joint j1 ─ adu a1   →   claim a1: "Close the bridge at once."
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from argmap.formats.common.reader_support import Ids, own
from argmap.graph import ties
from argmap.model import Attack, Map

NAME = "arggraph"
EXAMPLE = "example"
IMPLICIT = "implicit"
"""The attribute of a unit that does not stand in the text."""
RESERVED = frozenset({"id", "edus", "joints", "edges", "ids", "attributes"})
"""What a map keeps under its `extra` that is no attribute of the whole."""
ATTRIBUTE = re.compile(r"(?:xml:)?[A-Za-z_][\w.\-]*")


@dataclass(slots=True)
class Units:
    """How a text is cut: units with their words, joints of them, and the units or joints of each claim."""

    edus: dict[str, str] = field(default_factory=dict)
    joints: dict[str, list[str]] = field(default_factory=dict)
    of: dict[str, list[str]] = field(default_factory=dict)

    places: dict[str, int] = field(default_factory=dict, compare=False)
    """Where each unit stands in the text."""

    def put(self, edu: str, words: str) -> None:
        """A further unit, after all others."""
        self.edus[edu] = words
        self.places.setdefault(edu, len(self.places))

    def inside(self, claim: str) -> list[str]:
        """The units of a claim, also those in joints, in the order of the text."""
        return self.ordered(self.of[claim])

    def ordered(self, units: list[str]) -> list[str]:
        """Some units, and those in some joints, in the order of the text."""
        edus = (edu for unit in units for edu in self.joints.get(unit, [unit]))
        return sorted(edus, key=self.places.__getitem__)

    def words(self, units: list[str]) -> str:
        """The words of some units and joints, in the order of the text."""
        return " ".join(self.edus[edu] for edu in self.ordered(units))

    def segments(self, names: Mapping[str, str]) -> list[tuple[str, str]]:
        """What is a part of what: units of joints, then units and joints of claims, which have `names` of their own."""
        inner = [(edu, joint) for joint, edus in self.joints.items() for edu in edus]
        return inner + [(unit, names[claim]) for claim, of in self.of.items() for unit in of]


def units_of(m: Map) -> Units:
    """How to cut the text of `m`: as it was read, where that still spells the claims, else a unit a claim."""
    kept = own(m.extra, NAME)
    units = Units()
    try:
        for edu, text in kept.get("edus", []):
            units.put(str(edu), str(text))
        units.joints = {
            str(id): [edu for edu in edus if edu in units.edus] for id, edus in kept.get("joints", {}).items()
        }
    except (TypeError, ValueError, AttributeError):
        units = Units()
    ids = Ids([*units.edus, *units.joints, *map(name, m.claims), *(name(r.id) for r in m.relations if r.id)])
    for n, (id, claim) in enumerate(m.claims.items(), 1):
        of = own(claim.extra, NAME).get("edus")
        known = isinstance(of, list) and all(unit in units.edus or unit in units.joints for unit in of)
        if isinstance(of, list) and known and units.words(of) == claim.text:
            units.of[id] = of
        else:
            edu = ids.new(f"e{n}")
            units.put(edu, claim.text)
            units.of[id] = [edu]
    return units


def sides_of(m: Map) -> dict[str, str]:
    """Whose each claim is, proponent's or opponent's: attacks change sides. What nothing follows from is the proponent's."""
    tied = ties(m)
    leading = {end for relation in m.relations for end in relation.by}
    ours: dict[str, bool] = {}
    for root in (*(id for id in m.claims if id not in leading), *m.claims):
        if root in ours:
            continue
        ours[root] = True
        queue = deque([root])
        while queue:
            node = queue.popleft()
            for relation in tied.into.get(node, ()):
                # An attack on a relation opposes whoever drew it.
                for below in (*relation.by, relation.key):
                    if below not in ours:
                        ours[below] = ours[node] != isinstance(relation, Attack)
                        queue.append(below)
    return {id: "pro" if ours[id] else "opp" for id in m.claims}


def name(id: str) -> str:
    """An id as XML allows one: an underscore before what begins with none of the letters; `plain` takes it away.

    >>> [name(id) for id in ("near-equals", "2005", "_x")]
    ['near-equals', '_2005', '__x']
    """
    return id if id[0].isalpha() else f"_{id}"


def plain(name: str) -> str:
    """The id that `name` made a name of.

    >>> [plain(name) for name in ("near-equals", "_2005", "__x", "_x")]
    ['near-equals', '2005', '_x', '_x']
    """
    return name[1:] if name.startswith("_") and len(name) > 1 and not name[1].isalpha() else name


def original(extra: Any, name: str) -> str:
    """The name that a file gave, where it cannot be an id here."""
    kept = own(extra, NAME).get("id")
    return kept if isinstance(kept, str) else name
