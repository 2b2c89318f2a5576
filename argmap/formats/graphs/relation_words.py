"""Which relation an edge of a graph from elsewhere is, and what its nodes are, by the words that stand on them.

    edge  {"label": "rebuts"}  {"stance": "con"}  {"relation_type": "attack"}  {"sign": -1}    an attack
    edge  {"weight": -0.5}, and no word                                                        an attack, which is told
    node  {"type": "RA"}                                                                       a support
    node  {"type": "con", "text": "It costs money."}                                           a claim, against another

No objection becomes a support unsaid: where the words of an edge part, an attack among them counts, and that is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from argmap import schemes
from argmap.formats.common.relation_words import is_passive, relation_word, stance_word
from argmap.formats.graphs.vocabulary import SHOWN
from argmap.model import RelationType

_TYPES: Mapping[str, str] = {
    "claim": "claim",
    "support": "support",
    "attack": "attack",
    "rephrase": "rephrase",
    "missing": "missing",
    "i": "claim",
    "ra": "support",
    "ca": "attack",
    "ma": "rephrase",
}
_WORDLESS: Mapping[str, str] = {"inference": "support", "conflict": "attack"}
"""Types of relations in some graphs, and of claims in others; claims have words."""
_NAMING = (
    "relation relationtype relationship label type edgetype kind interaction sharedinteraction stance polarity valence sign"
    " effect category class key"
)
_RANKS = {name: n for n, name in enumerate(_NAMING.split())}
_SIGNED = {"stance", "polarity", "sign"}
_WEIGHTS = {"weight", "value"}
_DIRECTIONS = {"directed", "undirected", "mutual"}
_POLES: Mapping[str, RelationType] = {
    "pos": "support",
    "plus": "support",
    "neg": "attack",
    "minus": "attack",
}
_NAMING_NODES = {"type", "kind", "relation", "relationtype", "stance", "polarity"}
_AGAINST = re.compile(
    r"cons?|contra|against|attack\w*|objections?|counter\w*|rebut\w*|refut\w*|opposi\w*|undercut\w*|undermin\w*|conflicts?"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What stands on an edge about the relation it is."""

    type: RelationType | None
    told_by: frozenset[str]
    """The attributes that say this and nothing more."""
    passive: bool = False
    words: tuple[str, ...] = ()
    """The words that name relations, where those are different; one that names none, where no other does."""
    weight: str | None = None
    """The weight that is negative, where no word names a relation."""


def said_of(data: Mapping[str, Any]) -> Said:
    """What the attributes of an edge say of its relation.

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
        unknown = (str(data[key]) for key in keys if names[key] != "key")  # that tells parallel edges apart
        low = (str(data[key]) for key in data if _plain(key) in _WEIGHTS and (_number(data[key]) or 0) < 0)
        return Said(None, frozenset(ways), words=tuple(unknown)[:1], weight=next(low, None))
    type_ = "attack" if "attack" in found.values() else next(iter(found.values()))
    plain = {key for key in found if found[key] == type_ and abs(_number(data[key]) or 1) == 1}
    words = tuple(str(data[key]) for key in found) if len(set(found.values())) > 1 else ()
    return Said(type_, frozenset(plain | ways), any(is_passive(data[key]) for key in found), words)


def _named(name: str, value: Any) -> RelationType | None:
    """The relation that one attribute names."""
    if name == "key":
        return relation_word(value)
    sign = _number(value)
    if sign is None:
        return stance_word(str(value)) or _POLES.get(str(value).strip().casefold())
    if sign < 0:
        return "attack"
    return "support" if sign > 0 and name in _SIGNED else None


def _number(value: Any) -> float | None:
    """A number, also one that is written as a text; `None` for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value.replace("−", "-") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None


@lru_cache(1000)
def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def type_of(data: Mapping[str, Any]) -> str:
    """What a node is by its type: a claim, one of the relations, or missing.

    >>> type_of({"type": "CA"}), type_of({"type": "conflict"}), type_of({"type": "conflict", "text": "It costs money."})
    ('attack', 'attack', 'claim')
    """
    type_ = _word(data)
    if type_ in _WORDLESS and own_words(data) is None:
        return _WORDLESS[type_]
    return _TYPES.get(type_, "claim")


def is_typed(data: Mapping[str, Any]) -> bool:
    """Whether the type of a node is one of ours or AIF's, and says no more than that."""
    return _word(data) in _TYPES


def may_speak(data: Mapping[str, Any]) -> bool:
    """Whether a node is called as a relation is, and as people also call a claim by what it does; not so AIF's `RA`."""
    return _word(data) in ("support", "attack", "rephrase")


def own_words(data: Mapping[str, Any]) -> str | None:
    """Where a relation has words of its own, which name no scheme and no relation; `None` for nowhere.

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


def is_against(data: Mapping[str, Any]) -> bool:
    """Whether a node is called an objection.

    >>> [is_against(data) for data in ({"type": "Con"}, {"kind": "counter-argument"}, {"stance": -1}, {"type": "object"})]
    [True, True, True, False]
    """
    for key, value in data.items():
        name = _plain(key)
        if name in _NAMING_NODES and isinstance(value, str) and _AGAINST.fullmatch(_plain(value)):
            return True
        if name == "stance" and (_number(value) or 0) < 0:
            return True
    return False


def _word(data: Mapping[str, Any]) -> str:
    return str(data.get("type", "")).strip().casefold()
