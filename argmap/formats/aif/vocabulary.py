"""AIF in our terms: which node is what, and how a node or edge looks when there is nothing special about it.

AIF (Chesñevar et al. 2006) is a graph in which relations are nodes too:

    I   information   a claim                        L   locution     words that somebody said
    RA  inference     a support                      YA  illocution   what was done by saying them
    CA  conflict      an attack                      TA  transition   how one locution led to another
    MA  rephrase      a rephrase

Other formats of nodes and edges say the same in other words, which a `Style` holds; they are put into these words
to be read, and out of them to be written. Reading keeps under `extra["aif"]` only how a node differs from the plain
one, and writing starts from the plain one, so a regular file leaves next to nothing there:

    of a claim or relation   the keys of its node that differ · `without`: keys that it lacks · `nodeID`: its id
                             where that is no word · `shares`: the relation whose node it shares
    of the map               `timestamps`: the nodes of each · `edge_ids`: those of each relation, premises first, then
                             the target; of an edge that is not like the others, all it has that they have not
                             · `nodes`, `edges`, `locutions`: kept whole because they are dialogue or odd
                             · `edge`: what every edge has beside its ends · `keys`: what else stands beside `nodes`
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
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
ASSERTING = ("Asserting", "74")
QUESTIONING = ("Pure Questioning", "91")
AGREES, ASKS, DENIES = 1, 2, 3
BOOKKEEPING = frozenset({"without", "shares"})
"""Keys under `extra["aif"]` that are ours, not a node's."""


_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


@dataclass(frozen=True, slots=True)
class Style:
    """How a format of nodes and edges spells the same things."""

    namespace: str
    """Key of `extra` for what is kept."""
    edge: Mapping[str, Any]
    """What an edge has beside its id and ends."""
    defaults: Mapping[RelationType, str]
    """Text of an S-node that names no scheme."""
    scheme_numbers: bool
    """Whether nodes have a `schemeID`."""
    scheme_names: bool
    """Whether an S-node names its scheme under `scheme` too, and not only in its text."""
    numbers: bool
    """Whether edges are numbered by numbers or by words of digits."""
    references: bool = False
    """Whether a text may hold character references, such as the `&#8220;` that AIFdb stores."""

    def decoded(self, text: str) -> str:
        """A text of a file as people read it."""
        if not self.references or "&" not in text:
            return text
        return _REFERENCE.sub(lambda found: unescape(found[0]), text)

    def encoded(self, text: str) -> str:
        """A text as a file holds it: what looks like a reference, and is none, is made one."""
        return text.replace("&", "&amp;") if self.references and _REFERENCE.search(text) else text

    def edge_id(self, n: int) -> str | int:
        """Id of the n-th edge that is made here."""
        return n if self.numbers else str(n)


AIFDB = Style(  # the key of the edges is really spelt so
    "aif", {"formEdgeID": None}, _DEFAULTS, scheme_numbers=True, scheme_names=True, numbers=False, references=True
)
XAIF = Style("aif", {}, _DEFAULTS, scheme_numbers=True, scheme_names=False, numbers=True, references=True)


def key_of(id: Any) -> str | None:
    """A node's id as text, by which an edge finds it however either is written; `None` for what is no id.

    >>> key_of("7"), key_of(7), key_of(7.0), key_of(""), key_of(None)
    ('7', '7', '7', None, None)
    """
    if isinstance(id, float) and id.is_integer():
        id = int(id)
    return str(id) if isinstance(id, str | int | float) and id != "" and not isinstance(id, bool) else None


def text_of(node: Json) -> str:
    """What a node says: its text, or the number that stands in its place."""
    text = node.get("text")
    return str(text) if isinstance(text, str | int | float) else ""


def name_of(participant: Json) -> str:
    """What a participant is called; some tools write `None` for a name that is not known."""
    parts = (participant.get("firstname"), participant.get("surname"))
    return " ".join(part for part in parts if isinstance(part, str) and part not in ("", "None"))


def claim_node(id: str, text: str) -> Json:
    """A plain I-node."""
    return {"nodeID": id, "text": text, "type": "I"}


def relation_node(id: str, type_: RelationType, scheme: str | None, style: Style) -> Json:
    """A plain S-node. The number of its scheme is known here for the defaults only."""
    text = aif_name(scheme) if scheme else style.defaults[type_]
    node = {"nodeID": id, "text": text, "type": NODE_OF[type_]}
    if style.scheme_names:
        node["scheme"] = text
    if style.scheme_numbers and not scheme:
        node["schemeID"] = _NUMBERS[type_]
    return node


def speech_nodes(locution: str, illocution: str, words: str, *, asked: bool, style: Style) -> tuple[Json, Json]:
    """An L-node with what somebody said, and the YA-node that makes it an assertion or a question."""
    text, number = QUESTIONING if asked else ASSERTING
    names = {"scheme": text} if style.scheme_names else {}
    return (
        {"nodeID": locution, "text": words, "type": "L"},
        {"nodeID": illocution, "text": text, "type": "YA", **names, "schemeID": number},
    )


def scheme_of(node: Json, style: Style) -> str | None:
    """The scheme that an S-node names: in `scheme`, where that is no number, or else in its text; `None` when it names none."""
    for key in ("scheme", "text"):
        name = node.get(key)
        if isinstance(name, str) and name.strip() and not name.strip().isdigit():
            return None if name in style.defaults.values() else canonical(name)
    return None


def commits(illocution: Json) -> int | None:
    """How far a YA-node commits who speaks to its content, the less the further.

    0 says it, `AGREES` agrees to it, `ASKS` asks for it, `DENIES` denies it; `None` is the analyst's own mark.
    """
    text = illocution.get("text")
    word = text.replace(" ", "").casefold() if isinstance(text, str) else ""
    if word == "analysing":
        return None
    if word in ("agreeing", "disagreeing"):
        return AGREES if word == "agreeing" else DENIES
    return ASKS if word.endswith(("questioning", "challenging")) and not word.startswith("rhetorical") else 0


def difference(node: Json, plain: Json) -> Json:
    """What is to be kept of a node that is not `plain`; timestamps that are text are kept by the map."""
    kept = {k: v for k, v in node.items() if (k not in plain or plain[k] != v) and k not in BOOKKEEPING}
    if isinstance(kept.get("timestamp"), str):
        del kept["timestamp"]
    if missing := [key for key in plain if key not in node]:
        kept["without"] = missing
    return kept


def kept_of(value: Any, namespace: str) -> Json:
    """What a claim, relation or map keeps for a format; empty where it keeps nothing that makes sense."""
    return own(value.extra, namespace)


def objects(kept: Json, key: str) -> list[Json]:
    """Copies of the objects in the list under a key; none where no list stands there."""
    return [dict(item) for item in as_list(kept.get(key)) if isinstance(item, dict)]


def renamed(value: Json, names: Mapping[str, str]) -> Json:
    """An object with other names for some of its keys."""
    return {names.get(key, key): item for key, item in value.items()}


def tied_up(m: Map) -> Map:
    """The map with relations as nodes can say them: ends are there, premises are claims, schemes bear the list's names."""
    ends = m.claims.keys() | {r.id for r in m.relations if r.id}

    def tied(r: Any) -> Any:
        return r.model_copy(
            update={
                "scheme": canonical(r.scheme) if r.scheme else None,
                "target": r.target if r.target in ends else None,
                "by": tuple(dict.fromkeys(end for end in r.by if end in m.claims)),
            }
        )

    return m.model_copy(update={"relations": tuple(map(tied, m.relations))})


def as_aif(m: Map, whole: Map) -> Map:
    """What AIF holds of `m` where features alone do not tell.

    Of commitments the one that shows survives, a question that somebody asks; `whole` still has it.
    """

    def asked(id: str) -> bool:
        claim = whole.claims[id]
        return claim.commitment == "asked" and claim.speaker in whole.speakers

    claims = {
        id: claim.model_copy(
            update={
                "commitment": "asked" if asked(id) else "asserted",
                "speaker": claim.speaker if claim.speaker in m.speakers else None,
            }
        )
        for id, claim in m.claims.items()
    }
    return tied_up(m).model_copy(update={"claims": type(m.claims)(claims)})
