"""Everything a map can say, by name: how to count it in a map, and how to take it out.

    positions    count: 3 claims have one      strip: the map whose claims have none

What a format carries is told in these names; see `carried`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from argmap.edits import renamed_thesis
from argmap.model import AnyRelation, Attack, Claim, FrozenDict, Map, Quote, Rephrase, Source, Speaker, Support

Strip = Callable[[Map], Map]


@dataclass(frozen=True, slots=True)
class Feature:
    """Something a map can say: what it is called, how many times `m` says it, and the map that does not."""

    name: str
    one: str
    count: Callable[[Map], int]
    strip: Strip
    many: str | None = None
    """What several are called, where that is not the name."""

    def counted(self, n: int) -> str:
        """So many of it, in words."""
        return f"{n:,} {self.one if n == 1 else self.many or self.name}"


def _with(value: Any, **changes: Any) -> Any:
    """A changed copy; not validated again, because only less is said."""
    return value.model_copy(update=changes)


def _claims(m: Map, change: Callable[[Claim], Claim]) -> Map:
    return _with(m, claims=FrozenDict({id: change(claim) for id, claim in m.claims.items()}))  # type: ignore[no-any-return]


def _relations(m: Map, change: Callable[[AnyRelation], AnyRelation]) -> Map:
    return _with(m, relations=tuple(change(relation) for relation in m.relations))  # type: ignore[no-any-return]


def _of_claims(name: str, one: str, field: str, plain: Any) -> Feature:
    """A field of claims; `plain` is the value that says nothing."""

    def says(claim: Claim) -> bool:
        return bool(getattr(claim, field) != plain)

    return Feature(
        name,
        one,
        lambda m: sum(map(says, m.claims.values())),
        lambda m: _claims(m, lambda claim: _with(claim, **{field: plain}) if says(claim) else claim),
    )


def _of_relations(name: str, one: str, field: str, types: tuple[type, ...]) -> Feature:
    """A field of relations of some types, `None` where it says nothing."""

    def says(relation: AnyRelation) -> bool:
        return isinstance(relation, types) and getattr(relation, field) is not None

    return Feature(
        name,
        one,
        lambda m: sum(map(says, m.relations)),
        lambda m: _relations(m, lambda relation: _with(relation, **{field: None}) if says(relation) else relation),
    )


def _of_map(name: str, one: str, field: str, many: str | None = None) -> Feature:
    return Feature(name, one, lambda m: int(getattr(m, field) is not None), lambda m: _with(m, **{field: None}), many)


# Relations that some formats cannot draw. A relation that leaves takes along those that lean on it.


def _dropping(name: str, one: str, dropped: Callable[[Map], list[int]], many: str | None = None) -> Feature:
    def strip(m: Map) -> Map:
        gone = set(dropped(m))
        if not gone:
            return m
        leaning: dict[str, list[int]] = {}
        for n, relation in enumerate(m.relations):
            for end in (*relation.by, relation.target):
                if end is not None and end not in m.claims:
                    leaning.setdefault(end, []).append(n)
        queue = list(gone)
        for n in queue:
            more = [other for other in leaning.get(m.relations[n].id or "", ()) if other not in gone]
            gone.update(more)
            queue += more
        return _with(m, relations=tuple(r for n, r in enumerate(m.relations) if n not in gone))  # type: ignore[no-any-return]

    return Feature(name, one, lambda m: len(dropped(m)), strip, many)


def _indices(test: Callable[[AnyRelation, set[str]], bool]) -> Callable[[Map], list[int]]:
    """Indices of the relations that pass a test, which is given the ids of all relations."""

    def dropped(m: Map) -> list[int]:
        ids = {r.id for r in m.relations if r.id} - m.claims.keys()
        return [n for n, r in enumerate(m.relations) if test(r, ids)]

    return dropped


def _loose(m: Map) -> list[int]:
    known = m.claims.keys() | {r.id for r in m.relations if r.id}
    return [n for n, r in enumerate(m.relations) if not r.by or not known.issuperset((*r.by, r.target))]


def _attacks_on(types: tuple[type, ...]) -> Callable[[Map], list[int]]:
    """Indices of the attacks whose target is a relation of some types."""

    def dropped(m: Map) -> list[int]:
        ids = {r.id for r in m.relations if r.id and isinstance(r, types)} - m.claims.keys()
        return [n for n, r in enumerate(m.relations) if isinstance(r, Attack) and r.target in ids]

    return dropped


def _stacked(relation: AnyRelation, ids: set[str]) -> bool:
    return relation.target in ids and not isinstance(relation, Attack)


def _premised(relation: AnyRelation, ids: set[str]) -> bool:
    return not ids.isdisjoint(relation.by)


def _apart(name: str, one: str, types: tuple[type, ...]) -> Feature:
    """Several sources of one relation, told apart into a relation each; the first keeps the id."""

    def joint(relation: AnyRelation) -> bool:
        return isinstance(relation, types) and len(relation.by) > 1

    def split(relation: AnyRelation) -> list[AnyRelation]:
        if not joint(relation):
            return [relation]
        first, *others = ({"by": (source,)} for source in relation.by)
        return [_with(relation, **first), *(_with(relation, **other, id=None) for other in others)]

    return Feature(
        name,
        one,
        lambda m: sum(map(joint, m.relations)),
        lambda m: _with(m, relations=tuple(part for r in m.relations for part in split(r))),
    )


# Sources, quotes, speakers.


def _platform(m: Map) -> int:
    """1 for a map that names several theses, or says that it has none."""
    return int(isinstance(m.thesis, tuple))


def _strip_quotes(m: Map) -> Map:
    return _claims(m, lambda claim: _with(claim, quotes=()) if claim.quotes else claim)


def _strip_sources(m: Map) -> Map:
    def nameless(quote: Quote) -> Quote:
        return _with(quote, source=None) if quote.source else quote

    m = _claims(m, lambda c: _with(c, quotes=tuple(map(nameless, c.quotes))) if c.quotes else c)
    m = _claims(m, lambda c: _with(c, condition=nameless(c.condition)) if c.condition else c)
    return _with(m, sources=FrozenDict())  # type: ignore[no-any-return]


_SOURCE_DETAILS = ("sha256", "author", "title", "published", "url", "language")


def _source_details(source: Source) -> int:
    fields = sum(getattr(source, name) is not None for name in _SOURCE_DETAILS)
    return fields + len(source.dated_by) + len(source.excluded) + len(source.non_argumentative)


def _bare_source(source: Source) -> Source:
    return Source(path=source.path, text=source.text, extra=source.extra)


def _strip_speakers(m: Map) -> Map:
    return _with(_claims(m, lambda c: _with(c, speaker=None) if c.speaker else c), speakers=FrozenDict())  # type: ignore[no-any-return]


def _silent(m: Map) -> set[str]:
    return m.speakers.keys() - {claim.speaker for claim in m.claims.values()}


def _strip_speaker_details(m: Map) -> Map:
    """Speakers keep their names, and only those who say something are left."""
    silent = _silent(m)
    heard = {id: Speaker(name=s.name, extra=s.extra) for id, s in m.speakers.items() if id not in silent}
    return _with(m, speakers=FrozenDict(heard))  # type: ignore[no-any-return]


# Issues, notes, extra.


def _issues(m: Map) -> int:
    return len(m.issues) + sum(claim.issue is not None for claim in m.claims.values())


def _strip_issues(m: Map) -> Map:
    m = _claims(m, lambda claim: _with(claim, issue=None) if claim.issue else claim)
    return _with(m, issues=FrozenDict(), codebook=None)  # type: ignore[no-any-return]


def _noted(m: Map) -> list[Any]:
    return [value for value in (m, *m.claims.values(), *m.relations) if value.note is not None]


def _strip_notes(m: Map) -> Map:
    m = _claims(m, lambda claim: _with(claim, note=None) if claim.note is not None else claim)
    m = _relations(m, lambda relation: _with(relation, note=None) if relation.note is not None else relation)
    return _with(m, note=None)  # type: ignore[no-any-return]


def _extras(m: Map) -> int:
    values = (m, *m.sources.values(), *m.speakers.values(), *m.claims.values(), *m.relations)
    items = (item for value in values for item in value.extra.values())
    return sum(len(item) if isinstance(item, Mapping) and item else 1 for item in items)


def extra_names(m: Map) -> set[str]:
    """What stands under `extra` anywhere, each with the format that it is from."""
    values = (m, *m.sources.values(), *m.speakers.values(), *m.claims.values(), *m.relations)
    kept = [(name, item) for value in values for name, item in value.extra.items()]
    names = {f"{name} {key}" for name, item in kept if isinstance(item, Mapping) for key in item}
    return names | {name for name, item in kept if not isinstance(item, Mapping)}


def strip_extra(m: Map, namespaces: set[str]) -> Map:
    """The map without what stands under `extra`, but for what some formats keep there."""

    def plain(value: Any) -> Any:
        kept = {name: item for name, item in value.extra.items() if name in namespaces}
        return value if len(kept) == len(value.extra) else _with(value, extra=FrozenDict(kept))

    m = _relations(_claims(m, plain), plain)
    sources = FrozenDict({id: plain(source) for id, source in m.sources.items()})
    speakers = FrozenDict({id: plain(speaker) for id, speaker in m.speakers.items()})
    return _with(plain(m), sources=sources, speakers=speakers)  # type: ignore[no-any-return]


# How texts are set, and how things are named and ordered.

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def _plain_texts(name: str, one: str, many: str, plain: Callable[[str], str]) -> Feature:
    return Feature(
        name,
        one,
        lambda m: sum(plain(claim.text) != claim.text for claim in m.claims.values()),
        lambda m: _claims(m, lambda claim: _with(claim, text=plain(claim.text))),
        many,
    )


def _renamed(m: Map, claims: Mapping[str, str], relations: Mapping[str, str | None]) -> Map:
    names = {**relations, **claims}

    def tied(relation: AnyRelation) -> AnyRelation:
        target = names.get(relation.target, relation.target) if relation.target else None
        by = tuple(names.get(source) or source for source in relation.by)
        id = relations.get(relation.id) if relation.id else None
        return _with(relation, target=target, by=by, id=id)  # type: ignore[no-any-return]

    m = _relations(m, tied)
    named = FrozenDict({claims[id]: _with(claim, id=claims[id]) for id, claim in m.claims.items()})
    return _with(m, claims=named, thesis=renamed_thesis(m, claims))  # type: ignore[no-any-return]


def _number_claims(m: Map) -> Map:
    ids = {r.id: r.id for r in m.relations if r.id}
    return _renamed(m, {id: f"c{n}" for n, id in enumerate(m.claims, 1)}, ids)


def _number_relations(m: Map) -> Map:
    """Only relations that others point to keep an id, and that is their number."""
    pointed = {end for r in m.relations for end in (*r.by, r.target)} - m.claims.keys()
    ids = {r.id: f"r{n}" if r.id in pointed else None for n, r in enumerate(m.relations, 1) if r.id}
    return _renamed(m, {id: id for id in m.claims}, ids)


def _sort_relations(m: Map) -> Map:
    by_id = {r.id: r for r in m.relations if r.id and r.id not in m.claims}

    def shape(id: str | None, depth: int = 4) -> tuple[Any, ...]:
        """What an end is, whatever relations are called."""
        if id not in by_id or depth == 0:
            return ("", id or "")
        r = by_id[id]
        return (r.type, *shape(r.target, depth - 1), *(part for end in r.by for part in shape(end, depth - 1)))

    def order(r: AnyRelation) -> tuple[Any, ...]:
        return (r.type, shape(r.target), tuple(map(shape, r.by)), r.scheme or "", r.cue or "", r.note or "")

    return _with(m, relations=tuple(sorted(m.relations, key=order)))  # type: ignore[no-any-return]


GRAPH = frozenset({"undercuts", "attacks on attacks", "relations on relations", "linked premises", "joint attacks"})
"""Features of a format in which a relation may have several sources and another relation as its target."""
NAMING = frozenset({"claim ids", "relation ids", "order"})
"""Features that are not content: a reader makes up what the format has no place for."""

FEATURES: tuple[Feature, ...] = (
    _of_map("titles", "title", "title"),
    Feature(
        "platforms",
        "list of theses",
        _platform,
        lambda m: _with(m, thesis=None) if _platform(m) else m,
        "lists of theses",
    ),
    _of_map("theses", "thesis", "thesis"),
    _dropping("loose relations", "relation without both ends", _loose, "relations without both ends"),
    _dropping("rephrases", "rephrase", _indices(lambda r, _: isinstance(r, Rephrase))),
    _dropping("undercuts", "undercut", _attacks_on((Support, Rephrase))),
    _dropping("attacks on attacks", "attack on an attack", _attacks_on((Attack,))),
    _dropping(
        "relations on relations",
        "support or rephrase of a relation",
        _indices(_stacked),
        "supports or rephrases of relations",
    ),
    _dropping("relations as premises", "relation as a premise", _indices(_premised)),
    _apart("linked premises", "support by linked premises", (Support,)),
    _apart("joint attacks", "joint attack or rephrase", (Attack, Rephrase)),
    _of_relations("schemes", "scheme", "scheme", (Support,)),
    _of_relations("attack schemes", "scheme of an attack or rephrase", "scheme", (Attack, Rephrase)),
    _of_relations("cues", "cue", "cue", (Support, Attack, Rephrase)),
    Feature("quotes", "quote", lambda m: sum(len(claim.quotes) for claim in m.claims.values()), _strip_quotes),
    Feature(
        "source details",
        "source detail",
        lambda m: sum(map(_source_details, m.sources.values())),
        lambda m: _with(m, sources=FrozenDict({id: _bare_source(s) for id, s in m.sources.items()})),
    ),
    Feature("sources", "source", lambda m: len(m.sources), _strip_sources),
    Feature(
        "speaker details",
        "speaker detail",
        lambda m: sum(s.role is not None for s in m.speakers.values()) + len(_silent(m)),
        _strip_speaker_details,
    ),
    Feature("speakers", "speaker", lambda m: sum(c.speaker is not None for c in m.claims.values()), _strip_speakers),
    _of_claims("kinds", "kind", "kind", None),
    _of_claims("commitments", "commitment", "commitment", "asserted"),
    _of_claims("forces", "force", "force", "plain"),
    _of_claims("conditions", "condition", "condition", None),
    _of_claims("implicit premises", "implicit premise", "implicit", False),
    _of_claims("positions", "position", "position", None),
    Feature("issues", "issue", _issues, _strip_issues),
    _of_map("codebook names", "name of a codebook", "codebook", "names of codebooks"),
    Feature("notes", "note", lambda m: len(_noted(m)), _strip_notes),
    Feature("extra", "extra value", _extras, lambda m: strip_extra(m, set()), "extra values"),
    _plain_texts("layout", "layout of a text", "layouts of texts", lambda text: " ".join(text.split())),
    _plain_texts(
        "control characters",
        "text with control characters",
        "texts with control characters",
        lambda text: _CONTROL.sub("", text),
    ),
    Feature("claim ids", "claim id", lambda m: len(m.claims), _number_claims),
    Feature("order", "order", lambda m: 0, _sort_relations),  # noqa: ARG005 - no content, so never a loss
    Feature("relation ids", "relation id", lambda m: 0, _number_relations),  # noqa: ARG005 - named only to be pointed to
)
BY_NAME = {feature.name: feature for feature in FEATURES}
ALL = frozenset(BY_NAME)
"""Everything a map can say."""
