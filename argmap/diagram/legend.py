"""The legend of a map's picture: a key for each kind of box and arrow in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from argmap.diagram.model import Arrow, ArrowRole, Box, BoxRole, Key

_BOXES: tuple[tuple[BoxRole, str], ...] = (
    ("thesis", "thesis"),
    ("claim", "claim"),
    ("supporting point", "supporting point (has no reasons of its own)"),
    ("unstated premise", "unstated premise (added by the analyst)"),
)
_EVALUATED: tuple[tuple[str, str], ...] = (
    ("label in", "stands"),
    ("label undecided", "left open"),
    ("label out", "does not stand"),
    ("strength 0", "strength below 0.2"),
    ("strength 1", "0.2 to 0.4"),
    ("strength 2", "0.4 to 0.6"),
    ("strength 3", "0.6 to 0.8"),
    ("strength 4", "0.8 and above"),
    ("not counted", "not counted: not the author's own"),
)
"""Marks of a map that is coloured by its evaluation, instead of the kinds of boxes."""
_ARROWS: tuple[tuple[ArrowRole, str], ...] = (
    ("support", "supports"),
    ("attack", "attacks"),
    ("rephrase", "restates"),
    ("answer", "answers"),
)
_REST: tuple[tuple[BoxRole, str], ...] = (
    ("again", "“see 3” points to the claim numbered 3"),
    ("missing", "not in the map"),
    ("folded", "folded"),
)


def legend_of(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> tuple[Key, ...]:
    """List a key for each kind of box and arrow in a picture."""
    roles, drawn = {box.role for box in boxes}, {arrow.role for arrow in arrows}
    marks = {mark for box in boxes for mark in box.marks}
    keys = [Key(meaning, box=Box(mark, "claim", marks=(mark,))) for mark, meaning in _EVALUATED if mark in marks]
    keys = keys or [Key(meaning, box=Box(role, role)) for role, meaning in _BOXES if role in roles]
    keys += [Key(meaning, arrow=role) for role, meaning in _ARROWS if role in drawn]
    if "junction" in roles:
        keys.append(Key(_junctions(boxes, arrows), box=Box("junction", "junction")))
    keys += [Key(meaning, box=Box(role, role)) for role, meaning in _REST if role in roles]
    if "suggested" in marks or any(arrow.suggested for arrow in arrows):
        meaning = "suggested (no person has looked yet)"
        keys.append(Key(meaning, box=Box("suggested", "claim", marks=("suggested",))))
    if "focus" in marks:
        keys.append(Key("in focus", box=Box("focus", "claim", marks=("focus",))))
    return tuple(keys)


def _junctions(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> str:
    points = {box.id for box in boxes if box.role == "junction"}
    joined = Counter(arrow.target for arrow in arrows if arrow.target in points and arrow.role.startswith("joint"))
    meanings = []
    if any(count > 1 for count in joined.values()):
        meanings.append("premises that work together")
    if any(arrow.target in points and not arrow.role.startswith("joint") for arrow in arrows):
        meanings.append("a step that is itself supported or attacked")
    return "; ".join(meanings) or "a step"
