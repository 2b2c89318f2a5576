"""Tell which relation an edge of a foreign graph is, and what its nodes are, by the words that stand on them.

    edge  {"label": "rebuts"}  {"stance": "con"}  {"relation_type": "attack"}  {"sign": -1}    an attack
    edge  {"weight": -0.5}, and no word                                                        an attack, with a note
    node  {"type": "RA"}                                                                       a support
    node  {"type": "con", "text": "It costs money."}                                           a claim against another

No objection becomes a support silently: where the words of an edge disagree, an attack among them counts, with a finding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args

import networkx as nx

from argmap import schemes
from argmap.formats.common.reader_support import Irregular
from argmap.formats.common.relation_words import is_passive, relation_word, stance_word
from argmap.formats.graphs.graph_builder import SHOWN
from argmap.model import RELATION_TYPES, RelationType

_TYPES: Mapping[str, str] = {"missing": "missing", "ra": "support", "ca": "attack", "ma": "rephrase"}
_WORDLESS: dict[str, str] = {type_: type_ for type_ in get_args(RelationType)} | {
    "inference": "support",
    "conflict": "attack",
}
"""Types of relations in some graphs, and of claims in others; claims have words."""
_NAMING = (
    "relation relationtype relationship label type edgetype kind interaction sharedinteraction stance polarity valence sign"
    " effect category class key"
)
_RANKS = {name: n for n, name in enumerate(_NAMING.split())}
_SIGNED = {"stance", "polarity", "sign"}
_WEIGHTS = {"weight", "value"}
_DIRECTIONS = {"directed", "undirected", "mutual"}
_POLES: Mapping[str, RelationType] = {"pos": "support", "plus": "support", "neg": "attack", "minus": "attack"}
_NAMING_NODES = {"type", "kind", "relation", "relationtype", "stance", "polarity"}
_AGAINST = re.compile(
    r"cons?|contra|against|attack\w*|objections?|counter\w*|rebut\w*|refut\w*|opposi\w*|undercut\w*|undermin\w*|conflicts?"
)


_DIALOGUE = {"L", "YA", "TA"}
_ONLY_OF_AIF = {"I", "RA", "CA", "MA", "YA", "TA"}


@dataclass(frozen=True, slots=True)
class Said:
    """The relation as the attributes of an edge describe it."""

    type: RelationType | None
    known: frozenset[str]
    """The attributes that say this and nothing more."""
    passive: bool = False
    words: tuple[str, ...] = ()
    """The words, where they name different relations, or where none names one."""
    weight: str | None = None
    """The weight that is negative, where no word names a relation."""


def said_of(data: Mapping[str, Any]) -> Said:
    """Return what the attributes of an edge say of its relation.

    >>> [said_of(data).type for data in ({"Stance": "con"}, {"sign": -1}, {"polarity": 0.5}, {"label": "see also"})]
    ['attack', 'attack', 'support', None]
    >>> said_of({"weight": -2}).weight, said_of({"label": "supports", "stance": "con"}).words
    ('-2', ('supports', 'con'))
    """
    names = {key: name for key in data if (name := _plain(key)) in _RANKS}
    ways = {key for key in names if str(data[key]).casefold() in _DIRECTIONS}
    keys = sorted(names.keys() - ways, key=lambda key: (_RANKS[names[key]], key))
    found = {key: type_ for key in keys if (type_ := _named(names[key], data[key]))}
    if not found:
        unknown = (str(data[key]) for key in keys if names[key] != "key")  # a `key` tells parallel edges apart
        low = (str(data[key]) for key in data if _plain(key) in _WEIGHTS and (_number(data[key]) or 0) < 0)
        return Said(None, frozenset(ways), words=tuple(unknown)[:1], weight=next(low, None))
    types = set(found.values())
    type_ = "attack" if "attack" in types else next(iter(found.values()))
    plain = {key for key in found if found[key] == type_ and abs(_number(data[key]) or 1) == 1}
    words = tuple(str(data[key]) for key in found) if len(types) > 1 else ()
    return Said(type_, frozenset(plain | ways), any(is_passive(data[key]) for key in found), words)


def _named(name: str, value: Any) -> RelationType | None:
    """Return the relation that one attribute names."""
    if name == "key":
        return relation_word(value)
    sign = _number(value)
    if sign is None:
        return stance_word(str(value)) or _POLES.get(str(value).strip().casefold())
    if sign < 0:
        return "attack"
    return "support" if sign > 0 and name in _SIGNED else None


def _number(value: Any) -> float | None:
    """Return a number, also one that is written as a text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value.replace("−", "-") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None


@lru_cache(1000)
def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def type_of(data: Mapping[str, Any], *, is_argmap: bool = False) -> str:
    """Return what a node is by its type: a claim, one of the relations, or missing; in argmap's graphs words do not matter.

    >>> type_of({"type": "CA"}), type_of({"type": "conflict"}), type_of({"type": "conflict", "text": "It costs money."})
    ('attack', 'attack', 'claim')
    """
    type_ = _word(data)
    if type_ in _WORDLESS and (is_argmap or own_words(data) is None):
        return _WORDLESS[type_]
    return _TYPES.get(type_, "claim")


def called(data: Mapping[str, Any]) -> RelationType | None:
    """Return the relation that a claim's own type, kind or stance names, as people call a claim by what it does.

    >>> [called(data) for data in ({"type": "Con"}, {"kind": "counter-argument"}, {"stance": -1}, {"type": "object"})]
    ['attack', 'attack', 'attack', None]
    """
    for key, value in data.items():
        name = _plain(key)
        if name == "stance" and (_number(value) or 0) < 0:
            return "attack"
        if name in _NAMING_NODES and isinstance(value, str) and _AGAINST.fullmatch(_plain(value)):
            return "attack"
    return "rephrase" if _word(data) == "rephrase" else None


def own_words(data: Mapping[str, Any]) -> str | None:
    """Return the attribute in which a relation has words of its own, which name no scheme and no relation.

    >>> own_words({"text": "It costs money."}), own_words({"label": "attacks"}), own_words({"text": "Default Conflict"})
    ('text', None, None)
    """
    shown = next((key for key in SHOWN if key in data), None)
    if shown is None:
        return None
    words = str(data[shown])
    if schemes.canonical(words) is None or schemes.named(words) or (len(words.split()) == 1 and relation_word(words)):
        return None
    return shown


def _word(data: Mapping[str, Any]) -> str:
    return str(data.get("type", "")).strip().casefold()


class NodeTypes:
    """The type of each node of one graph."""

    def __init__(self, graph: nx.MultiDiGraph[str], irregular: Irregular) -> None:
        nodes = graph.nodes(data=True)
        self.is_argmap = "argmap" in graph.graph or any(
            data.get("type") == "claim" and {"role", "text"} <= data.keys() for _, data in nodes
        )
        """True if argmap wrote the graph, so that the attributes are complete."""
        self.types = {node: type_of(data, is_argmap=self.is_argmap) for node, data in nodes}
        self.called: dict[str, RelationType] = {}
        """Claims that are called as a relation is, as an objection is."""
        if not self.is_argmap:
            self._note_dialogue(graph, irregular)
            claims = ((node, called(data)) for node, data in nodes if self.types[node] == "claim")
            self.called = {node: type_ for node, type_ in claims if type_}

    def is_relation(self, node: str) -> bool:
        """Return whether a node is a support, an attack or a rephrase."""
        return self.types[node] in RELATION_TYPES

    def is_premise(self, u: str, v: str, data: dict[str, Any]) -> bool:
        """Return whether an edge leads into a relation and does not itself stand for one."""
        if not self.is_relation(v) or self.types[u] == "dialogue" or self.called.get(u) == "attack":
            return False
        return not self.is_relation(u) or data.get("tie") == "premise"

    def _note_dialogue(self, graph: nx.MultiDiGraph[str], irregular: Irregular) -> None:
        """Find AIF's L, YA and TA; a node of type L is a locution only beside other types of AIF."""
        types = {node: str(type_).strip().upper() for node, type_ in graph.nodes(data="type")}
        if _ONLY_OF_AIF.isdisjoint(types.values()):
            return
        found = [node for node, type_ in types.items() if type_ in _DIALOGUE]
        self.types.update(dict.fromkeys(found, "dialogue"))
        if found:
            message = f"{len(found)} nodes (L, YA, TA) of the dialogue are left out, with their edges and speakers."
            irregular.add("dialogue", message, hint="Convert the AIF file itself to keep the speakers.")
        for node in (node for node, type_ in types.items() if type_ == "PA"):
            message = "type 'PA', a preference, is neither a claim nor a known relation: read as a claim."
            irregular.add("unknown-type", message, (node,))
