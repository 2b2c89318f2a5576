"""AIF in argmap's terms: which node is what, and how a plain node or edge looks.

SADFace and arguebuf describe the same graph in other words; a `Style` holds those. Reading keeps under `extra["aif"]` only
what a plain node does not have, and writing starts from the plain node, so a regular file leaves almost nothing there:

    on a claim      what its node has beyond id, text, type and time · `text`, `nodeID` as the file writes them, where they differ
    on a relation   the same; `shares`: the relation whose node it shares; `edges`: what its edges have beyond their ends
    on the map      `timestamps`: the nodes of each time · `nodes`, `edges`, `locutions`: kept whole, because they
                    are dialogue or irregular · `keys`: what else the file has beside `nodes`
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any

from argmap.formats.common.reader_support import as_list, own
from argmap.model import Map, RelationType
from argmap.schemes import aif_name, canonical

Json = dict[str, Any]

TYPE_OF: Mapping[str, RelationType] = {"RA": "support", "CA": "attack", "MA": "rephrase"}
NODE_OF: Mapping[RelationType, str] = {type_: node for node, type_ in TYPE_OF.items()}
DIALOGUE = frozenset({"L", "YA", "TA"})
_DEFAULTS: Mapping[RelationType, str] = {
    "support": "Default Inference",
    "attack": "Default Conflict",
    "rephrase": "Default Rephrase",
}
_NUMBERS: Mapping[RelationType, str] = {"support": "72", "attack": "71", "rephrase": "144"}
"""Numbers of the defaults in AIFdb's table of schemes."""
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """The spelling of one format of nodes and edges."""

    namespace: str
    """Key of `extra` for what is kept."""
    edge: Mapping[str, Any]
    """Further fields of a plain edge."""
    defaults: Mapping[RelationType, str]
    """Text of an S-node that names no scheme."""
    scheme_numbers: bool
    """True if nodes have a `schemeID`."""
    scheme_names: bool
    """True if an S-node also names its scheme under `scheme`, and not only in its text."""
    numbers: bool
    """True if edge ids are numbers, not digits in a string."""
    references: bool = False
    """True if a text may hold character references, such as the `&#8220;` that AIFdb stores."""

    def decoded(self, text: str) -> str:
        """Return a text of a file as people read it."""
        if not self.references or "&" not in text:
            return text
        return _REFERENCE.sub(lambda found: unescape(found[0]), text)

    def encoded(self, text: str) -> str:
        """Return a text as a file holds it, so that `decoded` gives it back."""
        return text.replace("&", "&amp;") if self.references and _REFERENCE.search(text) else text


AIFDB = Style(  # AIFdb really spells the key of its edges so
    "aif", {"formEdgeID": None}, _DEFAULTS, scheme_numbers=True, scheme_names=True, numbers=False, references=True
)
XAIF = Style("aif", {}, _DEFAULTS, scheme_numbers=True, scheme_names=False, numbers=True, references=True)


def key_of(node_id: Any) -> str | None:
    """Return a node's id as text, so that an edge finds it whether it writes 7 or "7"; `None` for anything that is not an id.

    >>> key_of("7"), key_of(7), key_of(7.0), key_of(""), key_of(None)
    ('7', '7', '7', None, None)
    """
    if type(node_id) is str:
        return node_id or None
    if isinstance(node_id, float) and node_id.is_integer():
        node_id = int(node_id)
    return str(node_id) if isinstance(node_id, int | float) and not isinstance(node_id, bool) else None


def text_of(node: Json) -> str:
    """Return the text of a node, also where it is a number."""
    text = node.get("text")
    return str(text) if isinstance(text, str | int | float) else ""


def name_of(participant: Json) -> str:
    """Return the name of a participant; some tools write `None` for an unknown part of it."""
    parts = (participant.get("firstname"), participant.get("surname"))
    return " ".join(part for part in parts if isinstance(part, str) and part not in ("", "None"))


def is_dialogue(node: Json) -> bool:
    """Return whether a node belongs to a dialogue and not to an argument."""
    type_ = node.get("type")
    return isinstance(type_, str) and type_ in DIALOGUE


@lru_cache(maxsize=4096)
def scheme_words(type_: RelationType, scheme: str | None, style: Style) -> Json:
    """Return what a plain S-node says of its scheme; AIFdb's number is known here for the defaults only."""
    text = aif_name(scheme) if scheme else style.defaults[type_]
    words = {"text": text, "scheme": text} if style.scheme_names else {"text": text}
    return {**words, "schemeID": _NUMBERS[type_]} if style.scheme_numbers and not scheme else words


def scheme_of(node: Json, style: Style) -> str | None:
    """Return the scheme that an S-node names in `scheme` or else in its text; `None` when it names none."""
    for key in ("scheme", "text"):
        name = node.get(key)
        if isinstance(name, str) and name.strip() and not name.strip().isdigit():
            return None if name in style.defaults.values() else _canonical(name)
    return None


_canonical = lru_cache(maxsize=4096)(canonical)


def kept_of(value: Any, namespace: str) -> Json:
    """Return what a claim, relation or map keeps for a format under `extra`."""
    return own(value.extra, namespace)


def objects(kept: Json, key: str) -> list[Json]:
    """Copy the objects in the list under a key."""
    return [dict(item) for item in as_list(kept.get(key)) if isinstance(item, dict)]


def renamed(value: Json, names: Mapping[str, str]) -> Json:
    """Return an object with other names for some of its keys."""
    return {names.get(key, key): item for key, item in value.items()}


def tied_up(map_: Map) -> Map:
    """Return the map as nodes can say it: only ends that exist, only claims as premises, schemes named as on the list."""
    ends = map_.claims.keys() | {r.id for r in map_.relations if r.id}

    def tied(relation: Any) -> Any:
        return relation.model_copy(
            update={
                "scheme": canonical(relation.scheme) if relation.scheme else None,
                "target": relation.target if relation.target in ends else None,
                "by": tuple(dict.fromkeys(end for end in relation.by if end in map_.claims)),
            }
        )

    return map_.model_copy(update={"relations": tuple(map(tied, map_.relations))})


def as_aif(map_: Map, original: Map) -> Map:
    """Return `map_` with the only commitment that AIF shows: a question that a known speaker asks, as `original` has it."""

    def heard(claim: Any) -> Any:
        before = original.claims[claim.id]
        asked = before.commitment == "asked" and before.speaker in original.speakers
        speaker = claim.speaker if claim.speaker in map_.speakers else None
        return claim.model_copy(update={"commitment": "asked" if asked else "asserted", "speaker": speaker})

    claims = type(map_.claims)({claim_id: heard(claim) for claim_id, claim in map_.claims.items()})
    return tied_up(map_).model_copy(update={"claims": claims})
