"""Tell who speaks, who disagrees with whom, and which questions are answered, in a map with several speakers.

    Ann   “It rains.”  ◂─ attack ─  “It is dry.”   Bob          Bob disagrees with Ann: 1
    Ann   “Is it wet?” ◂─ answer ─  “It is wet.”   Eve          answered by Eve

Speakers are counted by name. A claim without a speaker is the author's where the text names one; else nobody is named.
Relations count from each source's speaker to the target's; those on a relation to the speaker of its first source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Annotated, Literal

from pydantic import AfterValidator

from argmap.ids import FreeNames
from argmap.model import AnyRelation, Attack, Claim, FrozenDict, Id, Map, Speaker, Support, Value, replace

By = Literal["speaker", "organisation"]
_frozen = AfterValidator(FrozenDict)
Table = Annotated[dict[str, dict[str, int]], _frozen]
_DISAGREE, _AGREE, _ASK = "disagreeing", "agreeing", ("questioning", "challenging")


class Voice(Value):
    """One speaker of a debate."""

    name: str
    claims: int
    asked: int
    """Claims that the speaker asks."""
    attacks: int
    """Attacks on claims of others."""
    attacked: int
    """Attacks of others on the speaker's claims."""


class Turn(Value):
    """Claims in a row by one speaker."""

    name: str
    claims: tuple[Id, ...]


class Question(Value):
    """A claim that somebody asks, and the claims that answer it."""

    claim: Id
    text: str
    name: str
    answers: tuple[tuple[str, Id], ...] = ()
    """Speaker and claim of each answer."""


class Debate(Value):
    """The speakers of a map, who disagrees and agrees with whom, and the questions."""

    format: Literal["argmap-debate/1"] = "argmap-debate/1"
    map: Id
    by: By
    voices: tuple[Voice, ...]
    turns: tuple[Turn, ...]
    """In the order of the map."""
    disagreements: Table
    """By who disagrees, and with whom: attacks, and acts of disagreeing."""
    agreements: Table
    """The same for supports, and acts of agreeing."""
    questions: tuple[Question, ...]


def nobody(map_: Map) -> str:
    """Name the speaker of a claim without one: the author where a text names one, else nobody."""
    return next((source.author for source in map_.sources.values() if source.author), None) or "nobody named"


def name_of(map_: Map, speaker: str | None, by: By = "speaker") -> str:
    """Name a speaker, or the organisation of one, which a map keeps as the role."""
    known = map_.speakers.get(speaker or "")
    if by == "organisation":
        return (known.role if known else None) or "no organisation named"
    return known.name if known else speaker or nobody(map_)


def _voices(map_: Map, by: By) -> dict[str, str]:
    return {claim_id: name_of(map_, claim.speaker, by) for claim_id, claim in map_.claims.items() if not claim.implicit}


def debate_of(map_: Map, by: By = "speaker") -> Debate:
    """Tell what a debate analyst asks of a map, by its speakers or by their organisations."""
    voice = _voices(map_, by)
    against, with_ = _relations(map_, voice)
    for claim_id in voice:
        for speaker, act in map_.claims[claim_id].acts:
            table = {_DISAGREE: against, _AGREE: with_}.get(act.replace(" ", "").casefold())
            who = name_of(map_, speaker, by)
            if table is not None and speaker and who != voice[claim_id]:
                table[who, voice[claim_id]] += 1
    counts = Counter(voice.values())
    asked = Counter(name for claim_id, name in voice.items() if _is_asked(map_.claims[claim_id]))
    return Debate(
        map=map_.id,
        by=by,
        voices=tuple(
            Voice(
                name=name,
                claims=n,
                asked=asked[name],
                attacks=sum(m for (who, _), m in against.items() if who == name),
                attacked=sum(m for (_, whom), m in against.items() if whom == name),
            )
            for name, n in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        ),
        turns=tuple(Turn(name=name, claims=tuple(each)) for name, each in groupby(voice, key=voice.__getitem__)),
        disagreements=_table(against),
        agreements=_table(with_),
        questions=tuple(_questions(map_, voice)),
    )


def join(maps: Iterable[Map]) -> Map:
    """Make one map of the maps of a corpus: claims of one id and text are one claim, and speakers of one name one speaker.

    AIFdb cuts a dialogue into nodesets that share their nodes.
    """
    claims: dict[str, Claim] = {}
    speakers: dict[str, Speaker] = {}
    relations: dict[object, AnyRelation] = {}
    names = FreeNames()
    for map_ in maps:
        ids: dict[str, str] = {}
        for claim_id, claim in map_.claims.items():
            known = claims.get(claim_id)
            ids[claim_id] = claim_id if known is None or known.text == claim.text else names.name(f"{claim_id}.x", "-")
            speaker = name_of(map_, claim.speaker) if claim.speaker else None
            if speaker and claim.speaker:
                role = map_.speakers[claim.speaker].role if claim.speaker in map_.speakers else None
                speakers.setdefault(_word(speaker), Speaker(name=speaker, role=role))
            told = {"id": ids[claim_id], "quotes": (), "speaker": _word(speaker) if speaker else None, "position": None}
            if known is None or known.text != claim.text or (known.speaker is None and speaker):
                claims[ids[claim_id]] = replace(claim, **told, condition=None)
        for relation in map_.relations:
            ends = tuple(ids.get(end, end) for end in relation.by), ids.get(relation.target or "", relation.target)
            relations.setdefault((relation.type, relation.id, *ends), replace(relation, by=ends[0], target=ends[1]))
    return Map(id="corpus", claims=claims, speakers=speakers, relations=tuple(relations.values()))


def _word(name: str) -> str:
    """Make an id of a name."""
    return "".join(char if char.isalnum() else "-" for char in name).strip("-")[:180] or "speaker"


def split(map_: Map, by: By = "speaker") -> dict[str, Map]:
    """Return a map for each speaker or organisation, with their claims and the relations among these."""
    names = FreeNames()
    found: dict[str, Map] = {}
    voice = _voices(map_, by)
    for name in dict.fromkeys(voice.values()):
        claims = {claim_id: map_.claims[claim_id] for claim_id, who in voice.items() if who == name}
        relations = _among(map_, claims.keys())
        found[name] = replace(
            map_,
            id=names.name(f"{map_.id}.{_word(name)}"[:180], "-"),
            thesis=tuple(thesis for thesis in map_.theses if thesis in claims) or None,
            claims=claims,
            relations=relations,
        )
    return found


def _among(map_: Map, claims: object) -> tuple[object, ...]:
    """The relations whose ends are all among some claims, or relations among them."""
    known = set(claims)  # type: ignore[call-overload]
    kept: list[object] = []
    waiting = list(map_.relations)
    while True:
        fitting = [each for each in waiting if each.target in known and known.issuperset(each.by)]
        if not fitting:
            order = {id(each): n for n, each in enumerate(map_.relations)}
            return tuple(sorted(kept, key=lambda each: order[id(each)]))
        kept += fitting
        known |= {each.key for each in fitting}
        waiting = [each for each in waiting if all(each is not other for other in fitting)]


def _relations(map_: Map, voice: dict[str, str]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    relations = {relation.key: relation for relation in map_.relations}

    def speaker_of(target: str | None) -> str | None:
        seen: set[str] = set()
        while target is not None and target not in voice and target in relations and target not in seen:
            seen.add(target)
            target = relations[target].by[0] if relations[target].by else None
        return voice.get(target or "")

    against, with_ = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for relation in map_.relations:
        whom = speaker_of(relation.target)
        table = against if isinstance(relation, Attack) else with_ if isinstance(relation, Support) else None
        for who in {voice[source] for source in relation.by if source in voice}:
            if table is not None and whom is not None and who != whom:
                table[who, whom] += 1
    return against, with_


def _questions(map_: Map, voice: dict[str, str]) -> Iterator[Question]:
    asked = [claim_id for claim_id in voice if _is_asked(map_.claims[claim_id])]
    answers: dict[str, list[tuple[str, str]]] = {claim_id: [] for claim_id in asked}
    for relation in map_.relations:
        if relation.is_answer:
            ends = [relation.target, *relation.by]
            for question in (end for end in ends if end in answers):
                found = [end for end in ends if end in voice and end != question and end not in answers]
                answers[question] += [(voice[end], end) for end in found]
    for claim_id, answered in answers.items():
        text = map_.claims[claim_id].text
        yield Question(claim=claim_id, text=text, name=voice[claim_id], answers=tuple(dict.fromkeys(answered)))


def _is_asked(claim: Claim) -> bool:
    said = [act.replace(" ", "").casefold() for _, act in claim.acts]
    return claim.commitment == "asked" or any(act.endswith(_ASK) and not act.startswith("rhetorical") for act in said)


def _table(counts: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    rows: dict[str, dict[str, int]] = {}
    for (who, whom), n in sorted(counts.items()):
        rows.setdefault(who, {})[whom] = n
    return rows
