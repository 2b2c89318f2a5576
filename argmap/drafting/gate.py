"""Hold an answer against the text: a claim enters the map only if its quote stands there.

    answer of a chat ─ find the data ─ hold each quote against the text ─┬─▶ suggested claims, and relations between them
                                                                         └─▶ refused, each with the reason

A quote stands in the text if its words are there one after another, in the same letter case. Only line breaks, the form
of quotation marks and dashes, and characters of no width may differ. Nothing is snapped to similar words, and nothing is
taken from page furniture or from a sentence that a person set aside. Whatever enters is only suggested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from argmap.anchor.search import Searchable
from argmap.drafting.proposals import claim_id_of
from argmap.drafting.quoting import quote_at
from argmap.drafting.replies import data_in
from argmap.drafting.standing import stands, strict
from argmap.findings import brief
from argmap.ids import FreeNames
from argmap.model import (
    RELATION_CLASSES,
    RELATION_TYPES,
    AnyRelation,
    Claim,
    Commitment,
    Force,
    Kind,
    Map,
    Quote,
    Span,
    Speaker,
    replace,
)

_ENUMS: dict[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "commitment": get_args(Commitment),
    "force": get_args(Force),
}
_READ = {"argmap", "id", "title", "codebook", "thesis", "sources", "speakers", "claims", "relations"}
"""Keys of a map that an answer may repeat."""
_FIELDS = {*("id", "text", "quote", "quotes", "condition", "issue", "position", "speaker", "note", "status"), *_ENUMS}
"""Keys of a claim that are read."""
_ID = re.compile(r"[^\W_][\w.-]*")


@dataclass(frozen=True, slots=True)
class Refused:
    """Something of an answer that did not enter the map."""

    what: str
    """The id of a claim, or the place in the answer."""
    reason: str
    words: str = ""
    """The words in question."""

    def __str__(self) -> str:
        return f"{self.what}: {self.reason}" + (f': "{brief(self.words)}"' if self.words else "")


@dataclass(slots=True)
class Admitted:
    """The outcome of holding an answer against the text."""

    map: Map
    claims: list[str] = field(default_factory=list)
    """Ids of the claims that entered."""
    relations: int = 0
    refused: list[Refused] = field(default_factory=list)


def admit(map_: Map, answer: str, drafted_by: str = "an answer of a chat", *, name: str = "answer") -> Admitted:
    """Take the claims and relations of an answer into a map, as far as the text bears them out.

    Parameters
    ----------
    map_ : Map
        A map with the text of its sources.
    answer : str
        YAML or JSON with the keys of a map, bare, in a code fence, or with prose around it.
    drafted_by : str
        Name of the program or model, for `drafted_by`.
    name : str
        Name of the answer in messages.

    Returns
    -------
    Admitted
        The map with what entered, all with `status: suggested`, and what was refused.

    Raises
    ------
    ArgmapError
        When no data with claims can be found in the answer.
    """
    return admit_data(map_, data_in(answer, name), drafted_by)


def admit_data(map_: Map, data: Mapping[str, Any], drafted_by: str) -> Admitted:
    """Take claims and relations from data with the keys of a map; see `admit`."""
    gate = _Gate(map_)
    gate.take(data)
    admitted = gate.admitted
    if admitted.claims or admitted.relations:
        known = admitted.map.drafted_by
        admitted.map = replace(admitted.map, drafted_by=known if drafted_by in known else (*known, drafted_by))
    return admitted


class _Gate:
    """Takes one answer into one map."""

    def __init__(self, map_: Map) -> None:
        self.map = map_
        self.admitted = Admitted(map_)
        self.names: dict[str, str] = {}
        """Ids in the map by ids in the answer."""
        self.free = FreeNames([*map_.claims, *(r.id for r in map_.relations if r.id)])
        self.speakers: dict[str, Speaker] = dict(map_.speakers)
        self.texts = "\n".join(strict(source.text or "") for source in map_.sources.values())
        self.quoted = {(quote.source, strict(quote.exact)) for claim in map_.claims.values() for quote in claim.quotes}

    def take(self, data: Mapping[str, Any]) -> None:
        """Take claims, relations and thesis."""
        offered = self._speakers(data.get("speakers"))
        claims: dict[str, Claim] = {}
        for key, fields in self._entries(data.get("claims")):
            claim = self._claim(key, fields, offered)
            if claim:
                claims[claim.id] = claim
                self.names.setdefault(key, claim.id)
        self.admitted.claims = list(claims)
        map_ = replace(self.map, claims={**self.map.claims, **claims}, speakers=self.speakers)
        map_ = self._with_relations(map_, data.get("relations"))
        self.admitted.map = self._with_thesis(map_, data.get("thesis"))
        # A key with a space in it is prose around the data, such as "Here it is:".
        for key in sorted(str(key) for key in data if key not in _READ and " " not in str(key)):
            self._refuse(key, "only claims, relations, speakers and the thesis are taken from an answer")

    def _refuse(self, what: str, reason: str, words: str = "") -> None:
        self.admitted.refused.append(Refused(what, reason, words))

    def _entries(self, claims: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the claims of an answer with their ids, from a mapping or a list."""
        if isinstance(claims, Mapping):
            pairs = [(str(key), fields) for key, fields in claims.items()]
        elif isinstance(claims, list):
            pairs = [(str(fields.get("id", "")) if isinstance(fields, Mapping) else "", fields) for fields in claims]
        else:
            pairs = []
            if claims is not None:
                self._refuse("claims", "not a list of claims")
        for n, (key, fields) in enumerate(pairs, 1):
            if isinstance(fields, Mapping):
                yield key or f"claim {n}", {str(name): value for name, value in fields.items()}
            else:
                self._refuse(key or f"claim {n}", "not a claim with a text and a quote")

    def _claim(self, key: str, fields: dict[str, Any], offered: Mapping[str, str]) -> Claim | None:
        quotes = self._quotes(key, fields)
        if not quotes:
            return None
        text = " ".join(str(fields.get("text") or quotes[0].exact).split())
        if len(text) > 2000:
            self._refuse(key, "the text of the claim is too long", text)
            return None
        condition = None
        if fields.get("condition"):
            condition, reason = self._quote(fields["condition"], quotes[0].source)
            if condition is None:
                self._refuse(key, f"its condition: {reason}", _words_of(fields["condition"]))
                return None
        chosen = {name: self._choice(key, name, fields.get(name)) for name in _ENUMS}
        issue, position = self._issue(key, fields.get("issue"), fields.get("position"))
        speaker = self._speaker(key, fields.get("speaker"), offered)
        for name in fields.keys() - _FIELDS:
            self._refuse(f"{key}.{name}", "not a field of a claim")
        wish = key if _ID.fullmatch(key) and len(key) <= 80 else claim_id_of(text) or "claim"
        return Claim(
            id=self.free.name(wish, "-"),
            text=text,
            quotes=tuple(quotes),
            condition=condition,
            issue=issue,
            position=position,
            speaker=speaker,
            note=str(fields["note"]) if isinstance(fields.get("note"), str) else None,
            status="suggested",
            **{name: value for name, value in chosen.items() if value is not None},
        )

    def _quotes(self, key: str, fields: Mapping[str, Any]) -> list[Quote]:
        """Return the quotes of a claim if all of them stand in the text, else none."""
        given = fields.get("quote", fields.get("quotes"))
        if not given:
            self._refuse(key, "it quotes nothing", str(fields.get("text", "")))
            return []
        found = []
        for each in given if isinstance(given, list) else [given]:
            quote, reason = self._quote(each, None)
            if quote is None:
                self._refuse(key, reason, _words_of(each))
                return []
            found.append(quote)
        if all((quote.source, strict(quote.exact)) in self.quoted for quote in found):
            self._refuse(key, "the map has a claim with this quote", found[0].exact)
            return []
        self.quoted.update((quote.source, strict(quote.exact)) for quote in found)
        return found

    def _quote(self, given: Any, source: str | None) -> tuple[Quote | None, str]:
        """Return the quote in the exact words of the text, or the reason why it does not stand there."""
        if isinstance(given, str):
            given = {"exact": given}
        if not isinstance(given, Mapping) or not isinstance(given.get("exact"), str) or not given["exact"].strip():
            return None, "not a quote"
        words = {name: given[name] for name in ("exact", "prefix", "suffix") if isinstance(given.get(name), str)}
        named = given.get("source") or source
        quote = Quote(**{name: value.strip() if name == "exact" else value for name, value in words.items()})
        names = [named] if named in self.map.sources else list(self.map.sources)
        reason = "the map has no text"
        for name in names:
            text = self.map.sources[name].text
            if text is None:
                continue
            place = stands(self.map.sources[name], quote)
            if isinstance(place, Span):
                several = name if len(self.map.sources) > 1 else None
                return quote_at(text, place.start, place.end, several), ""
            reason = place
        return None, reason

    def _choice(self, key: str, name: str, value: Any) -> str | None:
        if value is None:
            return None
        if isinstance(value, str) and value in _ENUMS[name]:
            return value
        self._refuse(f"{key}.{name}", f"none of {', '.join(_ENUMS[name])}", str(value))
        return None

    def _issue(self, key: str, issue: Any, position: Any) -> tuple[str | None, str | None]:
        if issue is None:
            return None, None
        if not isinstance(issue, str) or issue not in self.map.issues:
            self._refuse(f"{key}.issue", "not in the codebook", str(issue))
            return None, None
        if position is not None and str(position) not in self.map.issues[issue].scale:
            self._refuse(f"{key}.position", f'not on the scale of "{issue}"', str(position))
            position = None
        return issue, None if position is None else str(position)

    def _speakers(self, given: Any) -> dict[str, str]:
        """Return the names of the speakers that an answer lists, by id."""
        if not isinstance(given, Mapping):
            return {}
        names = {}
        for key, value in given.items():
            name = value.get("name") if isinstance(value, Mapping) else value
            if isinstance(name, str) and name.strip():
                names[str(key)] = " ".join(name.split())
        return names

    def _speaker(self, key: str, speaker: Any, offered: Mapping[str, str]) -> str | None:
        """Return the id of a speaker: one of the map, or one whose name stands in the text."""
        if not isinstance(speaker, str) or not speaker.strip():
            return None
        if speaker in self.map.speakers:
            return speaker
        name = offered.get(speaker, speaker.replace("-", " "))
        texts = self.texts.casefold()
        words = [word for word in re.findall(r"\w+", name.casefold()) if len(word) > 2]
        if not words or not all(re.search(rf"(?<!\w){re.escape(word)}", texts) for word in words):
            self._refuse(f"{key}.speaker", "the text does not name this speaker", name)
            return None
        for known, value in self.speakers.items():
            if value.name.casefold() == name.casefold():
                return known
        speaker_id = FreeNames(self.speakers).name(
            speaker if _ID.fullmatch(speaker) and len(speaker) <= 80 else claim_id_of(name) or "speaker", "-"
        )
        self.speakers[speaker_id] = Speaker(name=name)
        return speaker_id

    def _with_relations(self, map_: Map, given: Any) -> Map:
        if given is not None and not isinstance(given, list):
            self._refuse("relations", "not a list of relations")
            given = []
        seen = {(r.type, r.target, frozenset(r.by)) for r in map_.relations}
        named: dict[str, str] = {}
        taken: list[AnyRelation] = []
        onward: dict[str, set[str]] = {}
        for known in map_.relations:
            _add_steps(known, onward)
        for n, fields in enumerate(given or (), 1):
            relation = self._relation(f"relation {n}", fields, map_, named)
            if relation is None:
                continue
            ends = (relation.type, relation.target, frozenset(relation.by))
            if ends in seen:
                self._refuse(f"relation {n}", "it is in the map already")
                continue
            if relation.type == "support" and _leads(relation.target, {*relation.by}, onward):
                self._refuse(f"relation {n}", "it would close a circle of supports")
                continue
            seen.add(ends)
            taken.append(relation)
            _add_steps(relation, onward)
        self.admitted.relations = len(taken)
        return replace(map_, relations=(*map_.relations, *taken))

    def _relation(self, what: str, fields: Any, map_: Map, named: dict[str, str]) -> AnyRelation | None:
        type_ = next((word for word in RELATION_TYPES if isinstance(fields, Mapping) and word in fields), None)
        if type_ is None:
            self._refuse(what, "it begins with none of support, attack, rephrase")
            return None
        by = fields.get("by")
        sources = [str(each) for each in (by if isinstance(by, list) else [by]) if each is not None]
        target = str(fields[type_])

        def end(name: str) -> str | None:
            here = self.names.get(name, named.get(name, name))
            return here if here in map_.claims or here in named.values() else None

        ends = [end(name) for name in (target, *sources)]
        if not sources or None in ends or ends[0] in ends[1:]:
            missing = next((name for name, here in zip((target, *sources), ends, strict=True) if here is None), "")
            self._refuse(what, "one of its ends did not enter" if missing else "it needs two ends", missing)
            return None
        cue = fields.get("cue")
        if cue is not None and not self._is_cue(cue):
            self._refuse(f"{what}.cue", "the words do not stand in the text", str(cue))
            cue = None
        kept: dict[str, Any] = {
            "cue": cue,
            "scheme": fields.get("scheme") if isinstance(fields.get("scheme"), str) else None,
        }
        if isinstance(fields.get("id"), str) and _ID.fullmatch(fields["id"]):
            kept["id"] = named[fields["id"]] = self.free.name(fields["id"], "-")
        data = {type_: ends[0], "by": ends[1:], "status": "suggested", **kept}
        found: AnyRelation = RELATION_CLASSES[type_].model_validate(data)
        return found

    def _is_cue(self, cue: Any) -> bool:
        if not isinstance(cue, str) or not cue.strip():
            return False
        texts = (source.text or "" for source in self.map.sources.values())
        places = (place for text in texts for place in Searchable(text).places(Quote(exact=cue)))
        return strict(cue) in self.texts and next(places, None) is not None

    def _with_thesis(self, map_: Map, given: Any) -> Map:
        """Name the thesis of a map without one: as the answer has it, or the first claim that supports no other."""
        if map_.thesis is not None or not map_.claims:
            return map_
        wish = self.names.get(str(given))
        if wish is None:
            serving = {source for relation in map_.relations for source in relation.by}
            wish = next((claim_id for claim_id in map_.claims if claim_id not in serving), next(iter(map_.claims)))
            if given is not None:
                self._refuse("thesis", "this claim did not enter", str(given))
        return replace(map_, thesis=wish)


def _add_steps(relation: AnyRelation, onward: dict[str, set[str]]) -> None:
    if relation.type == "support" and relation.target:
        for source in relation.by:
            onward.setdefault(source, set()).add(relation.target)


def _leads(start: str | None, ends: set[str], onward: Mapping[str, set[str]]) -> bool:
    """Tell if supports lead from a claim to one of some others."""
    queue, seen = [start or ""], {start or ""}
    for here in queue:
        if here in ends:
            return True
        more = onward.get(here, set()) - seen
        seen |= more
        queue += more
    return False


def _words_of(given: Any) -> str:
    return str(given.get("exact", "")) if isinstance(given, Mapping) else str(given)
