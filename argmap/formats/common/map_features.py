"""Everything that a map can say, by name: how to count it in a map, and how to take it out.

    positions    count: 3 claims have one      strip: the map whose claims have none

A format declares in these names what it carries; `loss` derives everything else from them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from argmap.edits import renamed_thesis
from argmap.model import AnyRelation, Attack, Claim, FrozenDict, Map, Quote, Rephrase, Speaker, Support


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that a map can say: its name, how often a map says it, and the map that does not say it."""

    name: str
    one: str
    count: Callable[[Map], int]
    strip: Callable[[Map], Map]
    many: str | None = None
    """The plural, where it is not the name."""

    def counted(self, n: int) -> str:
        """Return a number of them in words."""
        return f"{n:,} {self.one if n == 1 else self.many or self.name}"


def _with(value: Any, **changes: Any) -> Any:
    """Return a changed copy; it is not validated again, because it only says less."""
    return value.model_copy(update=changes)


def _each(map_: Map, where: str) -> Iterable[Any]:
    """Return the values of one sort: the map itself, or its claims, relations, sources or speakers."""
    values = getattr(map_, where) if where else (map_,)
    return values.values() if isinstance(values, Mapping) else values


def _change(map_: Map, where: str, change: Callable[[Any], Any]) -> Any:
    if not where:
        return change(map_)
    values = getattr(map_, where)
    if isinstance(values, tuple):
        return _with(map_, **{where: tuple(map(change, values))})
    return _with(map_, **{where: FrozenDict({key: change(value) for key, value in values.items()})})


@cache
def _default(type_: Any, field: str) -> Any:
    return type_.model_fields[field].get_default(call_default_factory=True)


def _fields(
    name: str,
    one: str,
    *paths: str,
    many: str | None = None,
    types: type | tuple[type, ...] | None = None,
    uncounted: tuple[str, ...] = (),
) -> Feature:
    """Make the feature of fields such as `title` and `claims.kind`, which say nothing where they have their default.

    A list or an object counts as many as are in it. `uncounted` are fields that are taken out as well.
    """

    def said(value: Any, field: str) -> Any:
        """Return what a field says; `None` where it says nothing."""
        if types is not None and not isinstance(value, types):
            return None
        item = getattr(value, field)
        return item if item != _default(value.__class__, field) else None

    def count(map_: Map) -> int:
        split = (path.rpartition(".") for path in paths)
        items = (said(value, field) for where, _, field in split for value in _each(map_, where))
        return sum(len(item) if isinstance(item, tuple | Mapping) else 1 for item in items if item is not None)

    def strip(map_: Map) -> Map:
        for where, _, field in (path.rpartition(".") for path in (*paths, *uncounted)):

            def bare(value: Any, field: str = field) -> Any:
                return (
                    value if said(value, field) is None else _with(value, **{field: _default(value.__class__, field)})
                )

            map_ = _change(map_, where, bare)
        return map_

    return Feature(name, one, count, strip, many)


# Relations that some formats cannot draw.


def _dropping(name: str, one: str, test: Callable[[AnyRelation, _Ids], bool], many: str | None = None) -> Feature:
    """Make the feature of relations that pass a test. A relation that is dropped takes along those that lean on it."""

    def found(map_: Map) -> list[int]:
        known = {r.id: r for r in map_.relations if r.id and r.id not in map_.claims}
        ids = _Ids(map_.claims, known)
        return [n for n, relation in enumerate(map_.relations) if test(relation, ids)]

    def strip(map_: Map) -> Map:
        gone = set(found(map_))
        if not gone:
            return map_
        leaning: dict[str, list[int]] = {}
        for n, relation in enumerate(map_.relations):
            for end in {*relation.by, relation.target} - map_.claims.keys():
                leaning.setdefault(end or "", []).append(n)
        queue = list(gone)
        for n in queue:
            more = [other for other in leaning.get(map_.relations[n].id or " ", ()) if other not in gone]
            gone.update(more)
            queue += more
        return _with(map_, relations=tuple(r for n, r in enumerate(map_.relations) if n not in gone))  # type: ignore[no-any-return]

    return Feature(name, one, lambda map_: len(found(map_)), strip, many)


class _Ids(NamedTuple):
    """The possible ends of a relation."""

    claims: Mapping[str, Claim]
    relations: Mapping[str, AnyRelation]


def _is_loose(relation: AnyRelation, ids: _Ids) -> bool:
    ends = (*relation.by, relation.target)
    return not relation.by or not all(end in ids.claims or end in ids.relations for end in ends)


def _attacks(*types: type) -> Callable[[AnyRelation, _Ids], bool]:
    """Make the test for attacks on a relation of some types."""
    return lambda relation, ids: (
        isinstance(relation, Attack) and isinstance(ids.relations.get(relation.target or ""), types)
    )


def _splitting(name: str, one: str, *types: type) -> Feature:
    """Make the feature of several sources of one relation; each gets a relation of its own, the first keeps the id."""

    def joint(relation: AnyRelation) -> bool:
        return isinstance(relation, types) and len(relation.by) > 1

    def split(relation: AnyRelation) -> Iterator[AnyRelation]:
        if not joint(relation):
            yield relation
            return
        for n, source in enumerate(relation.by):
            yield _with(relation, by=(source,), id=None if n else relation.id)

    def strip(map_: Map) -> Map:
        return _with(map_, relations=tuple(part for relation in map_.relations for part in split(relation)))  # type: ignore[no-any-return]

    return Feature(name, one, lambda map_: sum(map(joint, map_.relations)), strip)


# Sources, speakers, extra.


def _strip_sources(map_: Map) -> Map:
    def nameless(quote: Quote) -> Quote:
        return _with(quote, source=None) if quote.source else quote

    def bare(claim: Claim) -> Claim:
        condition = nameless(claim.condition) if claim.condition else None
        return _with(claim, quotes=tuple(map(nameless, claim.quotes)), condition=condition)  # type: ignore[no-any-return]

    return _with(_change(map_, "claims", bare), sources=FrozenDict())  # type: ignore[no-any-return]


def _silent(map_: Map) -> set[str]:
    claims = map_.claims.values()
    heard = {claim.speaker for claim in claims} | {speaker for claim in claims for speaker, _ in claim.acts}
    return map_.speakers.keys() - heard


def _speaker_details(map_: Map) -> int:
    return sum(speaker.role is not None for speaker in map_.speakers.values()) + len(_silent(map_))


def _strip_speaker_details(map_: Map) -> Map:
    """Keep the names of speakers who say something."""
    silent = _silent(map_)
    heard = {key: Speaker(name=s.name, extra=s.extra) for key, s in map_.speakers.items() if key not in silent}
    return _with(map_, speakers=FrozenDict(heard))  # type: ignore[no-any-return]


_WITH_EXTRA = ("", "sources", "speakers", "claims", "relations")


def _extras(map_: Map) -> Iterator[tuple[str, Any]]:
    """Yield all that stands under `extra` anywhere, with the format that it is from."""
    return (item for where in _WITH_EXTRA for value in _each(map_, where) for item in value.extra.items())


def _count_extras(map_: Map) -> int:
    return sum(len(item) if isinstance(item, Mapping) and item else 1 for _, item in _extras(map_))


def extra_names(map_: Map) -> set[str]:
    """Name what stands under `extra` anywhere, each with the format that it is from."""
    names = {f"{name} {key}" for name, item in _extras(map_) if isinstance(item, Mapping) for key in item}
    return names | {name for name, item in _extras(map_) if not isinstance(item, Mapping)}


def strip_extra(map_: Map, namespaces: Iterable[str] = ()) -> Map:
    """Return the map without what stands under `extra`, except what some formats keep there."""

    def bare(value: Any) -> Any:
        kept = {name: item for name, item in value.extra.items() if name in namespaces}
        return value if len(kept) == len(value.extra) else _with(value, extra=FrozenDict(kept))

    for where in _WITH_EXTRA:
        map_ = _change(map_, where, bare)
    return map_


# How texts are set, and how things are named and ordered.

_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ufffe\\uffff]")


def _plain_texts(name: str, one: str, many: str, plain: Callable[[str], str]) -> Feature:
    return Feature(
        name,
        one,
        lambda map_: sum(plain(claim.text) != claim.text for claim in map_.claims.values()),
        lambda map_: _change(map_, "claims", lambda claim: _with(claim, text=plain(claim.text))),
        many,
    )


def _renamed(map_: Map, claims: Mapping[str, str], relations: Mapping[str, str | None]) -> Map:
    names = {**relations, **claims}

    def renamed(relation: AnyRelation) -> AnyRelation:
        target = names.get(relation.target, relation.target) if relation.target else None
        by = tuple(names.get(source) or source for source in relation.by)
        own = relations.get(relation.id) if relation.id else None
        return _with(relation, target=target, by=by, id=own)  # type: ignore[no-any-return]

    map_ = _change(map_, "relations", renamed)
    named = FrozenDict({claims[key]: _with(claim, id=claims[key]) for key, claim in map_.claims.items()})
    return _with(map_, claims=named, thesis=renamed_thesis(map_, claims))  # type: ignore[no-any-return]


def _number_claims(map_: Map) -> Map:
    ids = {r.id: r.id for r in map_.relations if r.id}
    return _renamed(map_, {claim_id: f"c{n}" for n, claim_id in enumerate(map_.claims, 1)}, ids)


def _number_relations(map_: Map) -> Map:
    """Give relations that others point to their number as an id, and all others none."""
    pointed = {end for r in map_.relations for end in (*r.by, r.target)} - map_.claims.keys()
    ids = {r.id: f"r{n}" if r.id in pointed else None for n, r in enumerate(map_.relations, 1) if r.id}
    return _renamed(map_, {claim_id: claim_id for claim_id in map_.claims}, ids)


def _sort_relations(map_: Map) -> Map:
    by_id = {r.id: r for r in map_.relations if r.id and r.id not in map_.claims}

    def shape(end: str | None, depth: int = 4) -> tuple[Any, ...]:
        """Describe an end without the ids of relations."""
        if end not in by_id or depth == 0:
            return ("", end or "")
        r = by_id[end]
        return (r.type, *shape(r.target, depth - 1), *(part for source in r.by for part in shape(source, depth - 1)))

    def order(r: AnyRelation) -> tuple[Any, ...]:
        return (r.type, shape(r.target), tuple(map(shape, r.by)), r.scheme or "", r.cue or "", r.note or "")

    return _with(map_, relations=tuple(sorted(map_.relations, key=order)))  # type: ignore[no-any-return]


_SOURCE_DETAILS = (
    *("sha256", "author", "title", "published", "url", "language"),
    *("dated_by", "excluded", "non_argumentative"),
)
FEATURES: tuple[Feature, ...] = (
    _fields("titles", "title", "title"),
    Feature(
        "platforms",
        "list of theses",
        lambda map_: int(isinstance(map_.thesis, tuple)),
        lambda map_: _with(map_, thesis=None) if isinstance(map_.thesis, tuple) else map_,
        "lists of theses",
    ),
    Feature("theses", "thesis", lambda map_: int(map_.thesis is not None), lambda map_: _with(map_, thesis=None)),
    _dropping("loose relations", "relation without both ends", _is_loose, "relations without both ends"),
    _dropping("supports", "support", lambda relation, _: isinstance(relation, Support)),
    _dropping("answers", "answer", lambda relation, _: relation.is_answer),
    _dropping("rephrases", "rephrase", lambda relation, _: isinstance(relation, Rephrase) and not relation.is_answer),
    _dropping("undercuts", "undercut", _attacks(Support, Rephrase)),
    _dropping("attacks on attacks", "attack on an attack", _attacks(Attack)),
    _dropping(
        "relations on relations",
        "support or rephrase of a relation",
        lambda relation, ids: relation.target in ids.relations and not isinstance(relation, Attack),
        "supports or rephrases of relations",
    ),
    _dropping(
        "relations as premises",
        "relation as a premise",
        lambda relation, ids: not ids.relations.keys().isdisjoint(relation.by),
    ),
    _splitting("linked premises", "support by linked premises", Support),
    _splitting("joint attacks", "joint attack or rephrase", Attack, Rephrase),
    _fields("schemes", "scheme", "relations.scheme", types=Support),
    _fields("attack schemes", "scheme of an attack or rephrase", "relations.scheme", types=(Attack, Rephrase)),
    _fields(
        "questions",
        "answer to a critical question",
        "relations.questions",
        many="answers to critical questions",
        types=Support,
    ),
    _fields("cues", "cue", "relations.cue"),
    _fields("quotes", "quote", "claims.quotes"),
    _fields("source details", "source detail", *(f"sources.{field}" for field in _SOURCE_DETAILS)),
    Feature("sources", "source", lambda map_: len(map_.sources), _strip_sources),
    Feature("speaker details", "speaker detail", _speaker_details, _strip_speaker_details),
    _fields("speakers", "speaker", "claims.speaker", uncounted=("speakers",)),
    _fields("kinds", "kind", "claims.kind"),
    _fields("commitments", "commitment", "claims.commitment"),
    _fields("forces", "force", "claims.force"),
    _fields("conditions", "condition", "claims.condition"),
    _fields("suggestions", "suggestion", "claims.status", "claims.suggested"),
    _fields("suggested relations", "suggested relation", "relations.status"),
    _fields("origins of drafts", "origin of a draft", "drafted_by"),
    _fields("weights", "weight", "claims.weight"),
    _fields("implicit premises", "implicit premise", "claims.implicit"),
    _fields("positions", "position", "claims.position"),
    _fields("issues", "issue", "issues", "claims.issue", uncounted=("codebook",)),
    _fields("codebook names", "name of a codebook", "codebook", many="names of codebooks"),
    _fields("notes", "note", "note", "claims.note", "relations.note"),
    Feature("extra", "extra value", _count_extras, strip_extra, "extra values"),
    _plain_texts("layout", "layout of a text", "layouts of texts", lambda text: " ".join(text.split())),
    _plain_texts(
        "control characters",
        "text with control characters",
        "texts with control characters",
        lambda text: _CONTROL.sub("", text),
    ),
    Feature("claim ids", "claim id", lambda map_: len(map_.claims), _number_claims),
    Feature("order", "order", lambda _: 0, _sort_relations),
    Feature("relation ids", "relation id", lambda _: 0, _number_relations),
)
BY_NAME = {feature.name: feature for feature in FEATURES}
ALL = frozenset(BY_NAME)
"""Everything that a map can say."""
GRAPH = frozenset(
    {"supports", "undercuts", "attacks on attacks", "relations on relations", "linked premises", "joint attacks"}
)
"""Features of a format in which a relation may have several sources and another relation as its target."""
NAMING = frozenset({"claim ids", "relation ids", "order"})
"""Features that are not content: a reader makes up what the format has no place for."""
