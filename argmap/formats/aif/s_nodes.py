"""An S-node while its edges are gathered, and what is irregular about its ends.

    I ─▸ RA ─▸ I           a premise and a target, as it should be
    L ─▸ RA ─▸ I, L        locutions in their place: no claims, so they count for none, and that is said

Each thing wrong is told of once: what a finding on a missing node explains is not told of again at the S-node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from argmap.formats.aif.vocabulary import DIALOGUE, Json
from argmap.formats.common.reader_support import Irregular
from argmap.model import RelationType

_SHOWN = 5
_NOTHING: frozenset[str] = frozenset()


class Tie:
    """The ends of an S-node, each with the edge that leads there."""

    __slots__ = ("by", "node", "strangers_by", "strangers_to", "targets", "told", "type")

    def __init__(self, node: Json, type_: RelationType) -> None:
        self.node = node
        self.type = type_
        self.by: dict[str, Json] = {}
        self.targets: dict[str, Json] = {}
        self.strangers_by: list[str] | None = None
        """Nodes of the dialogue that lead here as if they were premises."""
        self.strangers_to: list[str] | None = None
        """Nodes of the dialogue that this leads to as if they were targets."""
        self.told = _NOTHING
        """What a finding elsewhere says is missing here: `by`, `targets`."""

    def comes_from(self, stranger: str) -> None:
        """A node of the dialogue leads here."""
        self.strangers_by = self.strangers_by or []
        self.strangers_by.append(stranger)

    def leads_to(self, stranger: str) -> None:
        """A node of the dialogue is led to from here."""
        self.strangers_to = self.strangers_to or []
        self.strangers_to.append(stranger)

    def note_ends(self, word: str, others: Mapping[str, Json], irregular: Irregular) -> None:
        """Note what is missing here or too much; `others` are the nodes that are neither claims nor relations."""
        where, targets = ("nodes", str(self.node.get("nodeID", word))), len(self.targets)
        if not (self.by or targets or self.strangers_by or self.strangers_to or self.told):
            end = "conclusion" if self.type == "support" else "target"
            irregular.add("ties-nothing", f"this {self.type} ties nothing: neither premise nor {end}.", where)
            return
        if self.strangers_to:
            strangers = called(self.strangers_to, others)
            message = f"this {self.type} leads only to {strangers}, which is no claim; it has no target."
            if targets:
                several = targets + len(self.strangers_to)
                message = f"of the {several} targets of this {self.type}, {strangers} is no claim and counts for none."
            irregular.add("several-targets" if targets else "no-target", message, where)
        elif targets > 1:
            message = f"this {self.type} has {targets} targets; it is read as {targets} that share a node."
            irregular.add("several-targets", message, where)
        elif not targets and "targets" not in self.told:
            irregular.add("no-target", f"this {self.type} has no target.", where)
        if self.strangers_by:
            message = (
                f"{called(self.strangers_by, others)} leads to this {self.type} and is no claim; it is no premise."
            )
            irregular.add("odd-premise" if self.by else "no-premise", message, where)
        elif not self.by and "by" not in self.told:
            irregular.add("no-premise", f"nothing leads to this {self.type}.", where)


def called(keys: Sequence[str], others: Mapping[str, Json]) -> str:
    """Nodes by id and type, for a message; of many the first few."""
    names = ", ".join(f"{key} ({others[key]['type']})" for key in keys[:_SHOWN])
    return f"{names} and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else names


def is_dialogue(node: Json) -> bool:
    """Whether a node is part of a dialogue, and of no argument."""
    type_ = node.get("type")
    return isinstance(type_, str) and type_ in DIALOGUE
