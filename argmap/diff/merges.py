"""Merge the maps that several people made of one text.

    ann: keep-open, policy ─┐ same words    keep-open        # ben: stay-open
    ben: stay-open, value  ─┘ of the text   kind: policy     # ben: value, so `suggested: [kind]`
    ben: new-shops ────────── ben alone     new-shops        status: suggested

Claims are the same if their quotes overlap by half (`argmap.diff.agreement`). The first map gives ids, wording and order.
Where people differ, the first one's word stays, listed as only suggested, and a comment names the others'. Nobody is
outvoted: a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, get_args

from argmap import anchor, store
from argmap.diff.agreements import Agreement, agreement
from argmap.diff.agreements.pairing import pairing
from argmap.findings import ArgmapError
from argmap.ids import FreeNames
from argmap.model import AnyRelation, Claim, FrozenDict, Map, Passage, Quote, Reviewable, Source, Speaker, replace

FIELDS: tuple[Reviewable, ...] = tuple(name for name in get_args(Reviewable) if name != "text")
"""Fields on which people may differ; wording is everybody's own."""
Notes = dict[tuple[str | int, ...], list[str]]


@dataclass(slots=True)
class Merged:
    """The outcome of `merge`."""

    map: Map
    notes: Notes = field(default_factory=dict)
    """Comments by the path of the value that they stand above."""
    shared: int = 0
    """Claims that all saw."""
    alone: int = 0
    """Claims that only some saw."""
    differing: int = 0
    """Fields of shared claims on which people differ."""
    agreements: tuple[Agreement, ...] = ()
    """Figures for each pair of maps."""


def merge(maps: Sequence[Map], names: Sequence[str] | None = None) -> Merged:
    """Merge several people's maps of one text into one.

    Parameters
    ----------
    maps : sequence of Map
        At least two, which share a text. The first gives ids, wording and order.
    names : sequence of str, optional
        Names of the people for comments; the ids of the maps when left out.

    Returns
    -------
    Merged
        The map, its comments, and figures of agreement for each pair.

    Raises
    ------
    ArgmapError
        When there are fewer than two maps, or two of them share no text.
    """
    if len(maps) < 2:
        raise ArgmapError("name at least two maps to merge")
    free = FreeNames()
    called = [free.name(name, "-") for name in (names or [map_.id for map_ in maps])]
    for map_, name in zip(maps[1:], called[1:], strict=True):
        if not _texts(maps[0]).keys() & _texts(map_).keys():
            raise ArgmapError(
                f"{called[0]} and {name} share no text, so they cannot be merged; `argmap diff` compares them"
            )
    merging = _Merging(maps[0], called[0])
    for map_, name in zip(maps[1:], called[1:], strict=True):
        merging.add(map_, name)
    merged = merging.merged(called)
    merged.agreements = tuple(agreement(left, right) for left, right in combinations(_renamed(maps, called), 2))
    return merged


def written(merged: Merged) -> str:
    """Write a merged map as YAML with its comments."""
    text = store.dumps(merged.map)
    document = store.parse_map(text)
    lines = text.split("\n")
    places = [(document.place(path, key=True), notes) for path, notes in merged.notes.items()]
    for place, notes in sorted(places, key=lambda item: -(item[0].line or 0)):
        at = (place.line or 1) - 1
        indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
        lines[at:at] = [f"{indent}# {' '.join(note.split())}" for note in notes]
    return "\n".join(lines)


def _renamed(maps: Sequence[Map], names: Sequence[str]) -> list[Map]:
    """Give each map an id of its own, so that maps of one id count as those of two people."""
    return [map_.model_copy(update={"id": name}) for map_, name in zip(maps, names, strict=True)]


def _texts(map_: Map) -> dict[str, str]:
    """Return the ids of the sources by the fingerprints of their texts."""
    return {source.fingerprint: key for key, source in map_.sources.items() if source.fingerprint}


@dataclass(slots=True)
class _Seen:
    """A claim of the merged map, and the claim of each person who saw it."""

    by: dict[str, Claim]
    """Under the fields of the merged map."""
    ids: dict[str, str]


class _Merging:
    """Maps merged one after another into the first."""

    def __init__(self, first: Map, name: str) -> None:
        self.map, self.name = first, name
        self.free = FreeNames([*first.claims, *(r.id for r in first.relations if r.id)])
        self.seen = {key: _Seen({name: claim}, {name: key}) for key, claim in first.claims.items()}
        self.relations: dict[Any, tuple[AnyRelation, dict[str, AnyRelation]]] = {}
        for relation in first.relations:
            self.relations.setdefault(_ends(relation, {}), (relation, {name: relation}))
        self.sources = dict(first.sources)
        self.aside: dict[str, dict[str, list[Passage]]] = {
            key: {name: list(source.non_argumentative)} for key, source in first.sources.items()
        }
        self.speakers = dict(first.speakers)
        self.theses = {name: first.theses}
        self.notes: Notes = {}

    def add(self, other: Map, name: str) -> None:
        """Merge one more map."""
        at = self._sources(other, name)
        voices = self._speakers(other)
        ids = self._claims(other, name, at, voices)
        self._relations(other, name, ids)
        self.theses[name] = tuple(ids.get(thesis, thesis) for thesis in other.theses)
        if other.issues and self.map.issues and other.issues != self.map.issues:
            self.notes.setdefault((), []).append(f"{name} has another codebook, and that of {self.name} is used")
        elif other.issues and not self.map.issues:
            self.map = self.map.model_copy(update={"issues": other.issues, "codebook": other.codebook})

    def _sources(self, other: Map, name: str) -> dict[str, str]:
        """Return the merged ids of the other map's sources; add those that only it has."""
        known, at = _texts(self.map), {}
        free = FreeNames(self.sources)
        for key, source in other.sources.items():
            same = known.get(source.fingerprint or "")
            at[key] = same or free.name(key, "-")
            if same is None:
                self.sources[at[key]] = source
            else:
                self.sources[same] = _with_excluded(self.sources[same], source)
            self.aside.setdefault(at[key], {})[name] = list(source.non_argumentative)
        return at

    def _speakers(self, other: Map) -> dict[str, str]:
        by_name = {speaker.name.casefold(): key for key, speaker in self.speakers.items()}
        free, found = FreeNames(self.speakers), {}
        for key, speaker in other.speakers.items():
            same = by_name.get(speaker.name.casefold())
            found[key] = same or free.name(key, "-")
            self.speakers.setdefault(found[key], Speaker(name=speaker.name, role=speaker.role, extra=speaker.extra))
        return found

    def _claims(self, other: Map, name: str, at: Mapping[str, str], voices: Mapping[str, str]) -> dict[str, str]:
        """Add the claims of another map; return their merged ids."""
        merged = self.map.model_copy(
            update={
                "id": "merged",
                "claims": FrozenDict({key: next(iter(seen.by.values())) for key, seen in self.seen.items()}),
                "sources": FrozenDict(self.sources),
                "relations": (),
                "thesis": None,
            }
        )
        same = {mine: theirs for theirs, mine in pairing(merged, other.model_copy(update={"id": "other"})).pairs}
        ids: dict[str, str] = {}
        several = len(self.sources) > 1
        for key, claim in other.claims.items():
            here = same.get(key) or self.free.name(key if key not in self.seen else f"{key}-{name}", "-")
            ids[key] = here
            own = _moved(claim, here, at, voices, several)
            seen = self.seen.setdefault(here, _Seen({}, {}))
            seen.by[name], seen.ids[name] = own, key
        return ids

    def _relations(self, other: Map, name: str, ids: dict[str, str]) -> None:
        """Add the relations of another map, those on relations after those that they are about."""
        named: dict[str, str] = {}
        pending = list(other.relations)
        while pending:
            waiting = {r.id for r in pending if r.id}
            ready = [r for r in pending if not {r.target, *r.by} & waiting] or pending[:1]
            for relation in ready:
                self._relation(relation, name, ids, named)
            pending = [r for r in pending if r not in ready]

    def _relation(self, relation: AnyRelation, name: str, ids: Mapping[str, str], named: dict[str, str]) -> None:
        ends = _ends(relation, {**ids, **named})
        if ends not in self.relations:
            own = self.free.name(relation.id, "-") if relation.id else None
            moved = relation.model_copy(
                update={"target": ends[1], "by": _in_order(relation, {**ids, **named}), "id": own}
            )
            self.relations[ends] = (moved, {})
        kept, seen = self.relations[ends]
        if relation.id:
            if kept.id is None:
                kept = kept.model_copy(update={"id": self.free.name(relation.id, "-")})
                self.relations[ends] = (kept, seen)
            named[relation.id] = str(kept.id)
        seen[name] = relation

    def merged(self, names: Sequence[str]) -> Merged:
        """Return the map, and the comments on it."""
        merged = Merged(self.map, self.notes)
        claims = {key: self._settled(key, seen, names, merged) for key, seen in self.seen.items()}
        relations: list[AnyRelation] = []
        for relation, by in self.relations.values():
            everybody = len(by) == len(names) and all(each.status == "accepted" for each in by.values())
            if len(by) < len(names):
                self._note(("relations", len(relations)), f"drawn by {', '.join(by)}")
            for name, each in list(by.items())[1:]:
                if each.scheme != relation.scheme:
                    self._note(("relations", len(relations)), f"{name}: scheme {each.scheme or 'none'}")
            relations.append(relation.model_copy(update={"status": "accepted" if everybody else "suggested"}))
        for name, theses in self.theses.items():
            if set(theses) != set(self.theses[self.name]):
                self._note(("thesis",), f"{name}: thesis {', '.join(theses) or 'none'}")
        thesis = self.map.thesis
        if thesis is None:
            found = next((each for each in self.theses.values() if each), ())
            thesis = found[0] if len(found) == 1 else found or None
        merged.map = replace(
            self.map,
            thesis=thesis,
            claims=claims,
            relations=tuple(relations),
            speakers=self.speakers,
            sources=self._settled_sources(claims),
        )
        return merged

    def _note(self, path: tuple[str | int, ...], note: str) -> None:
        self.notes.setdefault(path, []).append(note)

    def _settled(self, key: str, seen: _Seen, names: Sequence[str], merged: Merged) -> Claim:
        """Return a claim as all have it, and note where they differ."""
        claim = next(iter(seen.by.values()))
        path = ("claims", key)
        if others := [f"{name}: {theirs}" for name, theirs in seen.ids.items() if theirs != key]:
            self._note(path, f"also {', '.join(others)}")
        everybody = len(seen.by) == len(names)
        if not everybody:
            merged.alone += 1
            self._note(path, f"seen by {', '.join(seen.by)}")
        else:
            merged.shared += 1
        open_: list[str] = list(claim.suggested)
        claim = _with_coding(claim, list(seen.by.values())[1:])
        for name in FIELDS:
            said = {who: getattr(each, name) for who, each in seen.by.items()}
            own = getattr(claim, name)
            unlike = [(who, value) for who, value in said.items() if _words(value) != _words(own)]
            if unlike:
                merged.differing += 1
                told = "; ".join(f"{who}: {name} {_shown(value)}" for who, value in unlike)
                self._note((*path, name) if own not in (None, (), "asserted", "plain") else path, told)
                open_.append(name)
        if texts := [f"{who}: {each.text}" for who, each in list(seen.by.items())[1:] if each.text != claim.text]:
            self.notes.setdefault((*path, "text"), []).extend(texts)
        if not everybody or any(each.status == "suggested" for each in seen.by.values()):
            return claim.model_copy(update={"status": "suggested", "suggested": ()})
        return claim.model_copy(update={"status": "accepted", "suggested": tuple(dict.fromkeys(open_))})

    def _settled_sources(self, claims: Mapping[str, Claim]) -> dict[str, Source]:
        """Set aside what all set aside, and what somebody did if no claim quotes it."""
        found = {}
        for key, source in self.sources.items():
            bare = source.model_copy(update={"non_argumentative": ()})
            quoted = _quoted(
                self.map.model_copy(update={"sources": FrozenDict({key: bare}), "claims": FrozenDict(claims)})
            )
            kept: dict[Any, Passage] = {}
            for passages in self.aside.get(key, {}).values():
                for passage in passages:
                    span = anchor.passage_span(bare, passage)
                    if span is None or not any(start < span.end and span.start < end for start, end in quoted):
                        kept.setdefault((span.start, span.end) if span else passage, passage)
            found[key] = source.model_copy(update={"non_argumentative": tuple(kept.values())})
        return found


def _with_coding(claim: Claim, others: Sequence[Claim]) -> Claim:
    """Take kind and issue from another person where the first gave none; they are only suggested then."""
    kind = next((other.kind for other in others if other.kind), None)
    coded = next((other for other in others if other.issue), None)
    if claim.kind is None and kind:
        claim = claim.model_copy(update={"kind": kind})
    if claim.issue is None and coded:
        claim = claim.model_copy(update={"issue": coded.issue, "position": coded.position})
    return claim


def _quoted(map_: Map) -> list[tuple[int, int]]:
    return [(span.start, span.end) for spans in anchor.spans(map_).values() for span in spans if span]


def _with_excluded(source: Source, other: Source) -> Source:
    """Add the page furniture that another person excluded."""
    known = {(span.start, span.end) for span in anchor.excluded_spans(source)}
    more = [
        passage
        for passage in other.excluded
        if (span := anchor.passage_span(other, passage)) and not any(s < span.end and span.start < e for s, e in known)
    ]
    return source.model_copy(update={"excluded": (*source.excluded, *more)}) if more else source


def _moved(claim: Claim, key: str, at: Mapping[str, str], voices: Mapping[str, str], several: bool) -> Claim:
    """Return a claim under the ids of the merged map."""

    def quote(given: Quote) -> Quote:
        named = at.get(given.source or next(iter(at), ""), given.source) if several or given.source else None
        return given.model_copy(update={"source": named})

    changes: dict[str, Any] = {"id": key, "quotes": tuple(map(quote, claim.quotes))}
    changes["condition"] = quote(claim.condition) if claim.condition else None
    changes["speaker"] = voices.get(claim.speaker, claim.speaker) if claim.speaker else None
    return claim.model_copy(update=changes)


def _ends(relation: AnyRelation, ids: Mapping[str, str]) -> tuple[str, str | None, frozenset[str]]:
    target = ids.get(relation.target, relation.target) if relation.target else None
    return relation.type, target, frozenset(_in_order(relation, ids))


def _in_order(relation: AnyRelation, ids: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids.get(source, source) for source in relation.by))


_WORDS: dict[type, Callable[[Any], Any]] = {Quote: lambda quote: " ".join(quote.exact.split())}


def _words(value: Any) -> Any:
    return _WORDS.get(type(value), lambda same: same)(value)


def _shown(value: Any) -> str:
    return "none" if value is None else f'"{_words(value)}"' if isinstance(value, Quote) else str(value)
