"""Read who says what in AIF, and the names of those who speak.

    L "Ann Lee : it is raining" ─▸ YA "Asserting" ─▸ I "It rains."        Ann Lee says that it rains.
    L "The trouble is: it rains" ─▸ YA "Asserting" ─▸ I "It rains."       nobody is taken to say it

A name comes from the file's list of people, or else stands in the locution as AIFdb writes it (`Ann : words`,
`Ann says 'words'`). OVA writes `Ann: words`; that counts only where the list or another locution has the name. Else the
person's other locutions may name them, or their number has to do. A claim has one speaker: who asserts it comes before
who agrees, and that before who asks. What others do with it, and an act that is neither *Asserting* nor *Pure Questioning*,
stands under `extra` as `said`. An act anchored in a transition is that of the locution that the transition leads to:

    L "Bob : yes" ◂─ TA ─▸ YA "Agreeing" ─▸ I "It rains."            Bob agrees that it rains
    L ◂─ TA ─▸ YA "Default Illocuting" ─▸ MA ─▸ I, which is asked     an answer, and no rephrase
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from argmap.findings import brief
from argmap.formats.aif.graph_reader import AifGraph
from argmap.formats.aif.vocabulary import Json, key_of, name_of, text_of
from argmap.formats.common.reader_support import Ids, as_word, is_id
from argmap.sentences import normalise

_OPENING = re.compile(r"\s*+([^:\n]{1,100}?)(?:(?P<says>\s++says ['\"‘“])|(?P<space>\s*+):(?!//))")
_NOBODY = frozenset({"", "0", "-1", "None"})
"""Numbers that tools give to no person in particular."""
SAYS, AGREES, ASKS, DENIES = range(4)
PLAIN = {SAYS: "Asserting", ASKS: "Pure Questioning"}
"""Acts that speaker and commitment of a claim tell by themselves."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One way in which a claim is said."""

    locution: str
    """Id of the L-node."""
    illocution: str
    """Id of the YA-node."""
    rank: int
    """The commitment of the speaker: `SAYS`, `AGREES`, `ASKS` or `DENIES`."""
    act: str
    """The text of the YA-node."""
    is_direct: bool
    """True if the locution itself has the act, False if the transition to it has."""


def utterances(graph: AifGraph) -> dict[str, list[Utterance]]:
    """Return how each claim is said and not denied, by its word, in the order of the edges."""
    acts = _acts(graph).items()
    return {word: said for word, each in acts if (said := [act for act in each if act.rank != DENIES])}


def _acts(graph: AifGraph) -> dict[str, list[Utterance]]:
    """Return how each claim is said or denied, by its word, in the order of the edges."""
    types = {key: node.get("type") for key, node in graph.others.items()}
    uttered: dict[str, dict[str, bool]] = {}
    reached: dict[str, list[str]] = {}
    for start, end, _ in graph.other_edges:
        if types.get(start) == "TA" and types.get(end) == "L":
            reached.setdefault(start, []).append(end)
    for start, end, _ in graph.other_edges:
        if types.get(end) == "YA" and types.get(start) in ("L", "TA"):
            said = [start] if types[start] == "L" else reached.get(start, [])
            uttered.setdefault(end, {}).update((locution, types[start] == "L") for locution in said)
    acts: dict[str, list[Utterance]] = {}
    for start, end, _ in graph.other_edges:
        word = graph.words.get(end)
        if word in graph.claims and start in uttered and (rank := _rank(graph.others[start])) is not None:
            text = text_of(graph.others[start])
            acts.setdefault(word, []).extend(
                Utterance(locution, start, rank, text, is_direct) for locution, is_direct in uttered[start].items()
            )
    return acts


def _rank(illocution: Json) -> int | None:
    return rank_of(illocution.get("text"))


def rank_of(act: Any) -> int | None:
    """Return how far an act commits the speaker; `None` for the analyst's own mark."""
    word = act.replace(" ", "").casefold() if isinstance(act, str) else ""
    if word.endswith(("questioning", "challenging")) and not word.startswith("rhetorical"):
        return ASKS
    return {"analysing": None, "agreeing": AGREES, "disagreeing": DENIES}.get(word, SAYS)


def first(said: Iterable[Utterance]) -> Utterance:
    """Return the utterance that counts: the first of those that commit most."""
    return min(said, key=lambda each: each.rank)


def names_in(participants: Iterable[Any]) -> dict[str, str]:
    """Return the names of people by their ids, from a list of participants."""
    people = (person for person in participants if isinstance(person, dict))
    return {key_of(person.get("participantID")) or "": name_of(person) for person in people if name_of(person)}


def read_speakers(graph: AifGraph, names: Mapping[str, str] | None = None) -> dict[str, Json]:
    """Read the speakers by their ids, and give each claim of the graph its own; keep under `extra` what else is done with it.

    `names` are those of people by `personID`, where the file has a list of them.
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
        act, name, speaker_id = min(named, key=lambda each: (each[0].rank, each[1] is None))
        speakers: dict[tuple[str | None, str], None] = {}
        for each, who, given in named:
            if who is not None and given is None and who not in by_name:
                by_name[who] = ids.new(as_word(who.casefold(), "speaker"))
            spoken = None if who is None else by_name[who] if given is None else given
            if spoken is not None:
                found.setdefault(spoken, {"name": who})
            speakers[spoken, each.act] = None
        if name is not None and act.rank != DENIES:
            claim["speaker"] = by_name[name] if speaker_id is None else speaker_id
            if act.rank == ASKS:
                claim["commitment"] = "asked"
        if list(speakers) not in ([(claim.get("speaker"), PLAIN.get(act.rank))], [(None, PLAIN[SAYS])]):
            said_by = [{"speaker": who, "act": text} if who else {"act": text} for who, text in speakers]
            claim.setdefault("extra", {}).setdefault(graph.style.namespace, {})["said"] = said_by
    if people.unnamed:
        locution, *more = people.unnamed
        opening = people.texts[locution].partition(":")[0]
        message = (
            f"{brief(opening)!r}, before the colon in {brief(locution)} (L), is not known to be a name"
            f"{f', nor is what stands before a colon in {len(more)} other locutions' if more else ''}: not read as a speaker."
        )
        hint = "Where it is a name, write it `Name : words`, with a space before the colon."
        graph.irregular.add("unnamed-speaker", message, ("nodes", locution), hint=hint, severity="note")
    return found


def read_answers(graph: AifGraph) -> None:
    """Mark the rephrases that tie an answer to a question: default illocuting, and one of their ends is asked."""
    defaults = {key for key, node in graph.others.items() if _is_default(node) and node.get("type") == "YA"}
    illocuted = {graph.words.get(end) for start, end, _ in graph.other_edges if start in defaults}
    asked = {word for word, acts in _acts(graph).items() if any(act.rank == ASKS for act in acts)}
    for word, s_node in graph.s_nodes.items():
        is_question = not asked.isdisjoint((*s_node.by, *s_node.targets))
        if s_node.type == "rephrase" and (_is_default(s_node.node) or (word in illocuted and is_question)):
            s_node.is_answer = True


def _is_default(node: Json) -> bool:
    return text_of(node).replace(" ", "").casefold() == "defaultillocuting"


class _People:
    """The people who speak in the locutions of a file."""

    def __init__(self, graph: AifGraph, listed: Mapping[str, str]) -> None:
        self.listed = listed
        said = ((key, node) for key, node in graph.others.items() if node.get("type") == "L")
        self.texts = {key: graph.style.decoded(text_of(node)) for key, node in said}
        self.persons = {key_of(item.get("nodeID")): key_of(item.get("personID")) or "" for item in graph.locutions}
        self.unnamed: dict[str, None] = {}
        """Locutions that begin with words before a colon, and nothing says whether these are a name."""
        claims = {normalise(claim["text"]) for claim in graph.claims.values()}
        openings = {key: _OPENING.match(text) for key, text in self.texts.items() if normalise(text) not in claims}
        spelt = {normalise(opening[1]) for opening in openings.values() if opening and _is_spelt(opening)}
        self.known = spelt | {normalise(name) for name in listed.values()}
        self.by_person: dict[str, str] = {}
        """Names of people in some locution of theirs, by `personID`."""
        for locution, person in self.persons.items():
            opening = openings.get(locution or "")
            if opening and normalise(opening[1]) in self.known:
                self.by_person.setdefault(person, opening[1])

    def who(self, locution: str, claim: str) -> tuple[str | None, str | None]:
        """Return the name of who speaks, if known, and their id where a map gave them one."""
        text, person = self.texts[locution], self.persons.get(locution, "")
        listed = self.listed.get(person)
        # AIFdb numbers people; a word for a person is a speaker's id that was written from a map.
        if not person.isdigit() and person not in _NOBODY and is_id(person):
            before = text.removesuffix(f" : {claim}")
            if name := listed or (before if before != text else None):
                return name, person
        name, opening = listed, _OPENING.match(text)
        if not name and opening:
            is_spelt = _is_spelt(opening) and not _is_of_claim(opening, claim)
            name = opening[1] if is_spelt or normalise(opening[1]) in self.known else None
        name = name or self.by_person.get(person)
        if name is None and opening and not _is_of_claim(opening, claim):
            self.unnamed[locution] = None
        return name or numbered(person), None


def _is_spelt(opening: re.Match[str]) -> bool:
    """Return whether a locution opens as AIFdb writes speakers: `Ann : words`, `Ann says 'words'`."""
    follows = opening.string[opening.end() : opening.end() + 1]
    return opening["says"] is not None or (opening["space"] != "" and not follows.strip())


def _is_of_claim(opening: re.Match[str], claim: str) -> bool:
    """Return whether the claim itself begins so, as in languages with a space before each colon, or a time like 10:30 does."""
    words = opening.string[opening.end() :]
    is_time = opening[1][-1:].isdigit() and words[:1].isdigit()
    return is_time or (normalise(claim).startswith(normalise(opening[0])) and normalise(words) != normalise(claim))


def numbered(person: str) -> str | None:
    """Return what somebody is called who is known by a number only."""
    return None if person in _NOBODY else f"person {person}"
