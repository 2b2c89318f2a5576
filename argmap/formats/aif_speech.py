"""Who says what in AIF: claims ← YA-nodes ← L-nodes, and the names of those who speak.

    L "Ann Lee : it is raining" ─▸ YA "Asserting" ─▸ I "It rains."        Ann Lee says that it rains.

A speaker's name comes from the file's list of people, where it has one; else it stands in the locution itself, before
a colon or before `says`; else it is the name that other locutions of the same person give; else the person's number.
Of several locutions of one claim, one that asserts it counts before one that agrees to it, and that before a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from argmap.formats.aif_terms import ASKS, Json, commits, key_of, name_of, text_of
from argmap.formats.kit import Ids, as_word, is_id

if TYPE_CHECKING:
    from argmap.formats.aif_read import AifGraph

_SPEAKER = re.compile(r"\s*([^:\n]{1,100}?)\s*(?::\s| says ['\"‘“])")
_NOBODY = frozenset({"", "0", "-1", "None"})
"""Numbers that tools give to no person in particular."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """That somebody said a claim: in which L-node, by which YA-node, and how far that commits them."""

    locution: str
    illocution: str
    rank: int


def utterances(graph: AifGraph) -> dict[str, list[Utterance]]:
    """How each claim is said, by its word, in the order of the edges."""

    def is_a(key: str, type_: str) -> bool:
        return key in graph.others and graph.others[key].get("type") == type_

    uttered: dict[str, str] = {}
    for start, end, _ in graph.other_edges:
        if is_a(start, "L") and is_a(end, "YA"):
            uttered.setdefault(end, start)
    said: dict[str, list[Utterance]] = {}
    for start, end, _ in graph.other_edges:
        word = graph.words.get(end)
        if word in graph.claims and start in uttered and (rank := commits(graph.others[start])) is not None:
            said.setdefault(word, []).append(Utterance(uttered[start], start, rank))
    return said


def first(said: Iterable[Utterance]) -> Utterance:
    """The utterance that counts: the first of those that commit most."""
    return min(said, key=lambda each: each.rank)


def names_in(participants: Iterable[Any]) -> dict[str, str]:
    """Names of people by their ids, from a list of participants."""
    people = (person for person in participants if isinstance(person, dict))
    return {key_of(person.get("participantID")) or "": name_of(person) for person in people if name_of(person)}


def speakers(graph: AifGraph, names: Mapping[str, str] | None = None) -> dict[str, Json]:
    """The speakers, by their ids; each claim of the graph is given its own.

    Parameters
    ----------
    graph
        Nodes and edges; its claims are changed.
    names
        Names of people by `personID`, where the file has a list of them.
    """
    names = names or {}
    persons = {key_of(item.get("nodeID")): key_of(item.get("personID")) or "" for item in graph.locutions}
    known = _known_by_words(graph, persons)
    found: dict[str, Json] = {}
    ids, by_name = Ids(), dict[str, str]()
    for word, said in utterances(graph).items():
        claim, locution = graph.claims[word], first(said)
        text = graph.style.decoded(text_of(graph.others[locution.locution]))
        person = persons.get(locution.locution, "")
        if _is_ours(person) and (ours := names.get(person) or _before(text, claim["text"])):
            found.setdefault(person, {"name": ours})
            claim["speaker"] = person
        elif name := names.get(person) or _before_words(text) or known.get(person) or numbered(person):
            if name not in by_name:
                by_name[name] = ids.new(as_word(name.casefold(), "speaker"))
                found[by_name[name]] = {"name": name}
            claim["speaker"] = by_name[name]
        if locution.rank == ASKS and "speaker" in claim:
            claim["commitment"] = "asked"
    return found


def _known_by_words(graph: AifGraph, persons: Mapping[str | None, str]) -> dict[str, str]:
    """What people are called in some locution of theirs, by `personID`."""
    known: dict[str, str] = {}
    for locution, person in persons.items():
        if locution in graph.others and (name := _before_words(graph.style.decoded(text_of(graph.others[locution])))):
            known.setdefault(person, name)
    return known


def _is_ours(person: str) -> bool:
    """AIFdb numbers people; a word for a person is a speaker's id that was written from a map."""
    return not person.isdigit() and person not in _NOBODY and is_id(person)


def numbered(person: str) -> str | None:
    """What somebody is called who is known by a number only."""
    return None if person in _NOBODY else f"person {person}"


def _before(text: str, words: str) -> str | None:
    return text.removesuffix(f" : {words}") if text.endswith(f" : {words}") else None


def _before_words(text: str) -> str | None:
    match = _SPEAKER.match(text)
    return match[1] if match else None
