"""Who says what in AIF: claims ← YA-nodes ← L-nodes, and the names of those who speak.

    L "Ann Lee : it is raining" ─▸ YA "Asserting" ─▸ I "It rains."        Ann Lee says that it rains.
    L "The trouble is: it rains" ─▸ YA "Asserting" ─▸ I "It rains."       nobody is taken to say it

A speaker's name comes from the file's list of people, where it has one; else it stands in the locution itself, where
what is before its colon is surely a name (`_People`); else it is the name that other locutions of the same person give;
else the person's number. A claim has one speaker. Of several locutions of it, one that asserts it counts before one that
agrees to it, and that before a question; who else says, denies or asks it is told of where the dialogue is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from argmap.findings import brief
from argmap.formats.aif.vocabulary import AGREES, ASKS, DENIES, Json, commits, key_of, name_of, text_of
from argmap.formats.common.reader_support import Ids, as_word, is_id
from argmap.sentences import normalise

if TYPE_CHECKING:
    from argmap.formats.aif.graph_reader import AifGraph

_OPENING = re.compile(r"\s*([^:\n]{1,100}?)(?:(?P<says>\s+says ['\"‘“])|(?P<space>\s*):(?!//))")
_NAME_WORD = re.compile(r"[\w.'’&@#/()\[\]-]+")
_HANDLE = re.compile(r"[\d_]")
"""What only names of users have."""
MOST_NAME_WORDS = 5
_SMALL = "al and bin da de del den der di do dos du el ibn la le of ten ter the van von y"
"""Words of names that have no capital."""
_STRANGE = (
    "claim premise conclusion reason reasons question answer problem note example fact facts point issue title summary"
    " thesis argument objection evidence result results source warning update edit ps step part section chapter figure"
    " yes no but so because therefore thus hence however still also first second third finally or if then in on at by to"
    " for with since before after my our your this that these those it is are was what why how who when where here there"
    " look listen well ok okay today now remember"
)
"""Words before a colon that begin a sentence or label it, and name nobody."""
_IN_NAMES, _NO_NAMES = frozenset(_SMALL.split()), frozenset(_STRANGE.split())
_NOBODY = frozenset({"", "0", "-1", "None"})
"""Numbers that tools give to no person in particular."""
_DOES = {0: "says it too", AGREES: "agrees to it", ASKS: "asks about it", DENIES: "disagrees with it"}
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Utterance:
    """That somebody said a claim: in which L-node, by which YA-node, and how far that commits them."""

    locution: str
    illocution: str
    rank: int


def utterances(graph: AifGraph) -> dict[str, list[Utterance]]:
    """How each claim is said, by its word, in the order of the edges."""
    said = {word: [each for each in acts if each.rank != DENIES] for word, acts in _acts(graph).items()}
    return {word: acts for word, acts in said.items() if acts}


def _acts(graph: AifGraph) -> dict[str, list[Utterance]]:
    """How each claim is said or denied, by its word, in the order of the edges."""

    def is_a(key: str, type_: str) -> bool:
        return key in graph.others and graph.others[key].get("type") == type_

    uttered: dict[str, list[str]] = {}
    for start, end, _ in graph.other_edges:
        if is_a(start, "L") and is_a(end, "YA"):
            uttered.setdefault(end, []).append(start)
    acts: dict[str, list[Utterance]] = {}
    for start, end, _ in graph.other_edges:
        word = graph.words.get(end)
        if word in graph.claims and start in uttered and (rank := commits(graph.others[start])) is not None:
            acts.setdefault(word, []).extend(Utterance(locution, start, rank) for locution in uttered[start])
    return acts


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
        Nodes and edges; its claims are changed, and it learns what is lost with the dialogue.
    names
        Names of people by `personID`, where the file has a list of them.
    """
    acts = _acts(graph)
    if not acts:
        return {}
    people = _People(graph, names or {})
    found: dict[str, Json] = {}
    ids, by_name = Ids(), dict[str, str]()
    for word, said in acts.items():
        claim = graph.claims[word]
        named = [(each, *people.who(each.locution, claim["text"])) for each in said]
        act, name, id = min(named, key=lambda each: (each[0].rank, each[1] is None))
        if act.rank == DENIES:
            name = None
        else:
            people.note_unnamed(act.locution, word, name)
        if name is not None:
            if id is None and name not in by_name:
                by_name[name] = ids.new(as_word(name.casefold(), "speaker"))
            claim["speaker"] = by_name[name] if id is None else id
            found.setdefault(claim["speaker"], {"name": name})
            if act.rank == ASKS:
                claim["commitment"] = "asked"
        if unsaid := _unsaid(name, [(other, each.rank) for each, other, _ in named if other not in (None, name)]):
            graph.unsaid[word] = unsaid
    return found


def _unsaid(speaker: str | None, acts: Iterable[tuple[Any, int]]) -> str:
    """What is left out of who else does what with a claim; empty for nothing."""
    others: dict[str, int] = {}
    for name, rank in acts:
        others[name] = min(rank, others.get(name, rank))
    if not others:
        return ""
    does = [f"{brief(name)} {_DOES[rank]}" for name, rank in others.items()]
    if len(does) > _SHOWN:
        does[_SHOWN:] = [f"{len(does) - _SHOWN} more people speak of it"]
    told = " and ".join([", ".join(does[:-1]), does[-1]] if len(does) > 1 else does)
    whose = f"the speaker of this claim is {brief(speaker)}" if speaker else "nobody is taken to say this claim"
    return f"{whose}; left out is that {told}."


@dataclass(frozen=True, slots=True)
class _Opening:
    """How a locution begins: with what may be a name, then a colon or `says`."""

    name: str
    head: str
    """The name, with what parts it from the words."""
    words: str
    spelt: bool
    """Whether it is spelt as AIFdb spells speakers: `Ann : words`, `Ann says 'words'`."""


def _opening(text: str) -> _Opening | None:
    match = _OPENING.match(text)
    if match is None:
        return None
    words = text[match.end() :]
    spelt = match["says"] is not None or (match["space"] != "" and not words[:1].strip())
    return _Opening(match[1], match[0], words, spelt)


class _People:
    """Who speaks in the locutions of a file.

    AIFdb spells a speaker `Ann : words` or `Ann says 'words'`. OVA writes `Ann: words`, as does whoever has something else
    to say before a colon; so that is a name only where the file says so elsewhere: in its list of people, spelt the other
    way, or before several locutions; or where it looks like one, and all that follows is the claim.
    """

    def __init__(self, graph: AifGraph, listed: Mapping[str, str]) -> None:
        self.graph = graph
        self.listed = listed
        self.texts = {
            key: graph.style.decoded(text_of(node)) for key, node in graph.others.items() if node.get("type") == "L"
        }
        self.persons = {key_of(item.get("nodeID")): key_of(item.get("personID")) or "" for item in graph.locutions}
        self.known = {normalise(name) for name in listed.values()}
        self.by_person: dict[str, str] = {}
        """What people are called in some locution of theirs, by `personID`."""
        self._learn()

    def _learn(self) -> None:
        """Learn the names in locutions, but for those that are a claim as a whole."""
        claims = {normalise(claim["text"]) for claim in self.graph.claims.values()}
        openings = {key: _opening(text) for key, text in self.texts.items() if normalise(text) not in claims}
        words_of: dict[str, set[str]] = {}
        for opening in filter(None, openings.values()):
            if opening.spelt:
                self.known.add(normalise(opening.name))
            elif _looks_like_name(opening.name):
                words_of.setdefault(normalise(opening.name), set()).add(normalise(opening.words))
        self.known |= {name for name, words in words_of.items() if len(words) > 1}
        for locution, person in self.persons.items():
            begun = openings.get(locution or "")
            if begun and normalise(begun.name) in self.known:
                self.by_person.setdefault(person, begun.name)

    def who(self, locution: str, claim: str) -> tuple[str | None, str | None]:
        """What whoever speaks is called, if known, and their id where a map gave them one."""
        text, person = self.texts[locution], self.persons.get(locution, "")
        listed = self.listed.get(person)
        if _is_ours(person) and (ours := listed or _before(text, claim)):
            return ours, person
        return listed or self._in_words(text, claim) or self.by_person.get(person) or numbered(person), None

    def _in_words(self, text: str, claim: str) -> str | None:
        """The name that a locution begins with, where that is surely one."""
        opening = _opening(text)
        if opening is None:
            return None
        if normalise(opening.name) in self.known or (opening.spelt and not _is_own(opening, claim)):
            return opening.name
        return opening.name if _bare(opening.words) == _bare(claim) and _looks_like_name(opening.name) else None

    def note_unnamed(self, locution: str, word: str, name: str | None) -> None:
        """Note where words before a colon are not taken for a name, and nothing else says who speaks."""
        text = self.texts[locution]
        opening = _opening(text)
        if opening is None or name not in (None, numbered(self.persons.get(locution, ""))):
            return
        claim = self.graph.claims[word]["text"]
        is_time = opening.name[-1:].isdigit() and opening.words[:1].isdigit()
        if not is_time and not _is_own(opening, claim):
            whose = "nobody is taken to say this claim" if name is None else f"who says this claim is called {name}"
            message = (
                f"{brief(opening.name)!r}, before the colon in {brief(locution)} (L), is not surely a name: {whose}."
            )
            hint = "Where it is one, write it `Name : words`, with a space before the colon."
            at = self.graph.place(word)
            self.graph.irregular.add("unnamed-speaker", message, at, hint=hint, severity="note")


def _is_own(opening: _Opening, claim: str) -> bool:
    """Whether the claim itself begins like its locution, so that no name stands before it."""
    return normalise(claim).startswith(normalise(opening.head)) and _bare(opening.words) != _bare(claim)


def _looks_like_name(words: str) -> bool:
    """Whether some words look like somebody's name.

    >>> [_looks_like_name(words) for words in ("Jane Doe", "Ursula von der Leyen", "leif777", "李", "[deleted]")]
    [True, True, True, True, True]
    >>> [_looks_like_name(words) for words in ("The problem is", "The Problem", "because", "10", "Rain, wind")]
    [False, False, False, False, False]
    """
    parts = words.split()
    if len(parts) > MOST_NAME_WORDS or any(part.casefold() in _NO_NAMES for part in parts):
        return False
    named = [part for part in parts if part not in _IN_NAMES]
    proper = all(_NAME_WORD.fullmatch(part) and (not part[0].islower() or _HANDLE.search(part)) for part in named)
    return proper and any(char.isalpha() for part in named for char in part)


def _bare(words: str) -> str:
    """Words without what stands around them."""
    return normalise(words).strip(" '\".,;:!?")


def _is_ours(person: str) -> bool:
    """AIFdb numbers people; a word for a person is a speaker's id that was written from a map."""
    return not person.isdigit() and person not in _NOBODY and is_id(person)


def numbered(person: str) -> str | None:
    """What somebody is called who is known by a number only."""
    return None if person in _NOBODY else f"person {person}"


def _before(text: str, words: str) -> str | None:
    return text.removesuffix(f" : {words}") if text.endswith(f" : {words}") else None
