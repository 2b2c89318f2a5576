"""Maps of realistic shape, and random edits of them whose outcome is known: what a diff of revisions must find.

The subject is an invented harbour town. Sentences share most of their words with others, as claims of one debate do.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count as count_from

from argmap import edits
from argmap.diff.model import Diff
from argmap.model import AnyRelation, Attack, Claim, Map, Rephrase, Source, Support, replace

WHO = (
    "The harbour board", "The town council", "The ferry company", "Most fishermen", "The shipyard", "The pilots' guild",
    "The fish market", "Every skipper", "The coast guard", "The mayor", "The dockers' union", "The sailing club",
    "The lighthouse trust", "The school", "The old cannery", "The bank", "The bus company", "The museum",
)  # fmt: skip
DOES = (
    "should lower", "has raised", "refuses to publish", "will soon abolish", "must inspect", "cannot afford", "wants to share",
    "depends on", "neglects", "has always paid for", "could easily halve", "is about to sell", "measures", "has forgotten",
    "will rebuild", "openly defends", "plans to move", "has doubled",
)  # fmt: skip
WHAT = (
    "the mooring fees", "its winter timetable", "the dredging of the channel", "the northern pier", "the ice plant",
    "the cranes on the quay", "the tide gauge", "the rescue boats", "the price of diesel", "the breakwater",
    "the auction hall", "its apprenticeships", "the fog signal", "the customs shed", "the fuel dock", "the oyster beds",
    "the boat lift", "the night watch", "the car park by the slipway", "its rent subsidies",
)  # fmt: skip
WHEN = (
    "", "", "in winter", "before the storm season", "without asking anyone", "since the fire of May", "at a loss",
    "for the sake of visitors", "despite three petitions", "on Sundays", "together with the neighbouring port",
    "within two years", "because the law says so", "at public expense", "at a cost of 40 million", "since 1996",
)  # fmt: skip
NEGATED = {
    "should lower": "should not lower",
    "has raised": "has not raised",
    "refuses to publish": "does not refuse to publish",
    "will soon abolish": "will not soon abolish",
    "wants to share": "does not want to share",
    "depends on": "does not depend on",
    "neglects": "does not neglect",
    "has always paid for": "has never paid for",
    "measures": "fails to measure",
    "will rebuild": "won't rebuild",
    "openly defends": "openly attacks",
    "has doubled": "has not doubled",
}
FIGURES = {
    "within two years": "within ten years",
    "despite three petitions": "despite eight petitions",
    "at a cost of 40 million": "at a cost of 400 million",
    "since 1996": "since 2005",
    "has doubled": "has tripled",
    "Every skipper": "Hardly any skipper",
    "Most fishermen": "A few fishermen",
}
OTHERWISE = {
    "The harbour board": "The board of the harbour",
    "should lower": "ought to lower",
    "has raised": "put up",
    "must inspect": "has to inspect",
    "cannot afford": "is unable to afford",
    "has forgotten": "forgot",
    "will rebuild": "is going to rebuild",
    "plans to move": "intends to move",
    "in winter": "during winter",
    "within two years": "in less than two years",
    "at a loss": "while losing money",
    "the mooring fees": "fees for mooring",
    "the price of diesel": "what diesel costs",
    "the northern pier": "the pier in the north",
}
OTHERWISE_SAID = {"negate": NEGATED, "figure": FIGURES}
KINDS = ("fact", "cause", "value", "policy", "prediction", None)


@dataclass
class Expected:
    """What the edits did, in ids of the side that has the claim; pairs are before, after."""

    dropped: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    reworded: set[tuple[str, str]] = field(default_factory=set)
    flipped: set[tuple[str, str]] = field(default_factory=set)
    moved: set[tuple[str, str]] = field(default_factory=set)
    negated: set[tuple[str, str]] = field(default_factory=set)
    altered: set[tuple[str, str]] = field(default_factory=set)
    lost_ties: Counter[object] = field(default_factory=Counter)
    new_ties: Counter[object] = field(default_factory=Counter)

    def items(self) -> Counter[object]:
        """All of it as one bag."""
        bag: Counter[object] = Counter()
        for kind in ("dropped", "new", "reworded", "flipped", "moved", "negated", "altered"):
            bag.update((kind, item) for item in getattr(self, kind))
        bag.update({("lost tie", tie): n for tie, n in self.lost_ties.items()})
        bag.update({("new tie", tie): n for tie, n in self.new_ties.items()})
        return bag


def found(diff: Diff) -> Counter[object]:
    """What a diff says happened, in the same terms."""
    said = Expected()
    for change in diff.changes:
        before, after = [side.id for side in change.before], [side.id for side in change.after]
        pairs = {(b, a) for b in before for a in after}
        said.dropped.update(before if not after else ())
        said.new.update(after if not before else ())
        if len(before) > 1 or len(after) > 1:
            said.reworded.add((*before, *after))  # no edit splits or merges: that is never right
        elif pairs:
            said.reworded.update(pairs if "reworded" in change.facets else ())
            said.flipped.update(pairs if "turned" in change.facets else ())
            said.negated.update(pairs if change.rule == "other-polarity" else ())
            said.altered.update(pairs if change.change == "altered" else ())
            said.moved.update(pairs if "moved" in change.facets else ())
    said.lost_ties.update((tie.type, tie.target, frozenset(tie.sources)) for tie in diff.relations.dropped)
    said.new_ties.update((tie.type, tie.target, frozenset(tie.sources)) for tie in diff.relations.new)
    return said.items()


def sentence(rng: random.Random) -> str:
    """A sentence of the town's debate."""
    return " ".join(filter(None, (rng.choice(WHO), rng.choice(DOES), rng.choice(WHAT), rng.choice(WHEN)))) + "."


def reworded(text: str, rng: random.Random) -> str:
    """The sentence put otherwise, as an analyst would who reads his own map again."""
    fitting = [phrase for phrase in OTHERWISE if phrase in text]
    if fitting and rng.random() < 0.7:
        phrase = rng.choice(fitting)
        return text.replace(phrase, OTHERWISE[phrase])
    where = rng.choice(("As things stand, ", "It is plain that ", "By all accounts "))
    return where + text[0].lower() + text[1:]


def otherwise(text: str, phrases: dict[str, str], rng: random.Random) -> str | None:
    """The sentence with one of its phrases said otherwise; nothing where it has none of them."""
    fitting = [phrase for phrase in phrases if phrase in text]
    if not fitting:
        return None
    phrase = rng.choice(fitting)
    return text.replace(phrase, phrases[phrase])


def harbour_map(rng: random.Random, size: int, *, quoted: bool) -> Map:
    """A map of `size` claims: reasons and objections below a thesis, some linked, some tied twice, one rephrase, one undercut."""
    seen: dict[str, None] = {}
    while len(seen) < size:
        seen[sentence(rng)] = None
    texts = list(seen)
    ids = [f"c{n}" for n in range(size)]
    relations: list[AnyRelation] = []
    n = 1
    while n < size:
        count = min(rng.choice((1, 1, 1, 1, 2, 3)), size - n)
        target = ids[rng.randrange(max(0, n - 12), n)]
        by = tuple(ids[n : n + count])
        make = Attack if count == 1 and rng.random() < 0.2 else Support
        relations.append(make(target=target, by=by, scheme=rng.choice(("sign", "example", None))))
        n += count
    if size > 8:
        relations.append(Rephrase(target=ids[2], by=(ids[5],)))
        relations[0] = replace(relations[0], id="first")
        relations.append(Attack(target="first", by=(ids[-1],)))
    body = " ".join(f"{text} Nobody doubts it." for text in texts)
    claims = {
        claim_id: Claim(
            id=claim_id,
            text=text,
            kind=rng.choice(KINDS),
            force=rng.choice(("plain", "plain", "hedged")),
            quotes=({"exact": text},) if quoted and rng.random() < 0.9 else (),
        )
        for claim_id, text in zip(ids, texts, strict=True)
    }
    sources = {"hearing": Source(text=body)} if quoted else {}
    return Map(id="harbour", thesis=ids[0], sources=sources, claims=claims, relations=tuple(relations))


class _Draft:
    """A map under the pencil: each edit takes time for what it touches, not for the whole map."""

    def __init__(self, map_: Map) -> None:
        self.map, self.claims, self.order = map_, dict(map_.claims), list(map_.claims)
        self.relations = dict(enumerate(map_.relations))
        self.places = count_from(len(map_.relations))
        self.texts = {claim.text for claim in map_.claims.values()}
        self.of_source: dict[str, set[int]] = defaultdict(set)
        self.of_target: dict[str, set[int]] = defaultdict(set)
        for place, relation in self.relations.items():
            self._enter(place, relation)

    def _enter(self, place: int, relation: AnyRelation) -> None:
        self.relations[place] = relation
        self.of_target[relation.target or ""].add(place)
        for claim_id in relation.by:
            self.of_source[claim_id].add(place)

    def _remove(self, place: int) -> AnyRelation:
        relation = self.relations.pop(place)
        self.of_target[relation.target or ""].discard(place)
        for claim_id in relation.by:
            self.of_source[claim_id].discard(place)
        return relation

    def from_claim(self, claim_id: str) -> list[int]:
        """The places of the relations that a claim is a source of."""
        return sorted(self.of_source[claim_id])

    def add(self, claim: Claim, target: str, at: int) -> None:
        self.claims[claim.id] = claim
        self.order.insert(at, claim.id)
        self.texts.add(claim.text)
        self._enter(next(self.places), Support(target=target, by=(claim.id,)))

    def reword(self, claim_id: str, text: str) -> None:
        self.texts.discard(self.claims[claim_id].text)
        self.texts.add(text)
        self.claims[claim_id] = replace(self.claims[claim_id], text=text)

    def swap(self, place: int, relation: AnyRelation) -> None:
        self._remove(place)
        self._enter(place, relation)

    def drop(self, claim_id: str) -> None:
        """Drop a claim, its part in relations, and relations that lose an end, as `argmap.edits.drop` does."""
        del self.claims[claim_id]
        for place in self.from_claim(claim_id):
            relation = self.relations[place]
            by = tuple(source for source in relation.by if source != claim_id)
            if by:
                self.swap(place, replace(relation, by=by))
            else:
                self._lose(place)
        for place in sorted(self.of_target[claim_id]):
            self._lose(place)

    def _lose(self, place: int) -> None:
        if place in self.relations:
            key = self._remove(place).key
            for above in sorted(self.of_target[key]):
                self._lose(above)

    def below(self, claim_id: str) -> set[str]:
        """A claim and all that leads to it."""
        found, queue = {claim_id}, [claim_id]
        while queue:
            for place in self.of_target[queue.pop()]:
                fresh = [source for source in self.relations[place].by if source not in found]
                queue += fresh
                found.update(fresh)
        return found

    def done(self) -> Map:
        return replace(
            self.map,
            claims={claim_id: self.claims[claim_id] for claim_id in self.order if claim_id in self.claims},
            relations=tuple(relation for _, relation in sorted(self.relations.items())),
        )


def mutate(m: Map, rng: random.Random, count: int) -> tuple[Map, Expected]:
    """The map after `count` edits, each of another claim, then all ids renamed and everything shuffled; and what a diff must say."""
    draft, expected = _Draft(m), Expected()
    free = [claim_id for claim_id in m.claims if claim_id != m.thesis]
    rng.shuffle(free)
    old = list(m.claims)
    bound: set[str] = set()
    added: dict[str, None] = {}
    touched: list[tuple[str, str]] = []
    for _ in range(count):
        kind = rng.choice(("drop", "add", "reword", "flip", "move", "negate", "figure"))
        if kind == "add":
            text = sentence(rng)
            while text in draft.texts:
                text = sentence(rng)
            claim_id = f"new{len(added)}"
            target = _one_of(old, rng, lambda each: each in draft.claims)
            if target is None:
                continue
            draft.add(Claim(id=claim_id, text=text), target, rng.randrange(len(draft.order)))
            added[claim_id] = None
            continue
        while free and (free[-1] in bound or free[-1] not in draft.claims):
            free.pop()
        if not free:
            break
        claim_id = free.pop()
        own = draft.from_claim(claim_id)
        alone = draft.relations[own[0]] if len(own) == 1 else None
        if alone is not None and (len(alone.by) > 1 or alone.target not in draft.claims):
            alone = None
        if kind == "drop":
            bound.update(source for r in m.relations if r.target == claim_id for source in r.by)
            draft.drop(claim_id)
            expected.dropped.add(claim_id)
        elif kind in OTHERWISE_SAID and (said := otherwise(draft.claims[claim_id].text, OTHERWISE_SAID[kind], rng)):
            draft.reword(claim_id, said)
            touched.append(("negated" if kind == "negate" else "altered", claim_id))
        elif kind in ("reword", *OTHERWISE_SAID) or alone is None or isinstance(alone, Rephrase):
            draft.reword(claim_id, reworded(draft.claims[claim_id].text, rng))
            touched.append(("reworded", claim_id))
        elif kind == "flip":
            other = Attack if isinstance(alone, Support) else Support
            draft.swap(own[0], other(target=alone.target, by=alone.by, id=alone.id, scheme=alone.scheme))
            touched.append(("flipped", claim_id))
        else:
            out = {*draft.below(claim_id), alone.target, *added}
            target = _one_of(old, rng, lambda each, out=out: each in draft.claims and each not in out)
            if target:
                draft.swap(own[0], replace(alone, target=target))
                touched.append(("moved", claim_id))
    after = draft.done()
    ids = list(after.claims)
    rng.shuffle(ids)
    names = {claim_id: f"n{n}" for n, claim_id in enumerate(ids)}
    expected.new = {names[claim_id] for claim_id in added if claim_id in after.claims}
    tied = (
        {claim_id for r in after.relations for claim_id in r.by},
        {claim_id for r in m.relations if r.target in after.claims for claim_id in r.by},
    )
    for what, claim_id in touched:
        # A tie may go with the claim it led to, in a later edit.
        still = what in ("reworded", "negated", "altered") or all(claim_id in each for each in tied)
        if claim_id in after.claims and still:
            getattr(expected, what).add((claim_id, names[claim_id]))
    shuffled = edits.rename(after, names)
    claims = list(shuffled.claims.values())
    relations = list(shuffled.relations)
    rng.shuffle(claims)
    rng.shuffle(relations)
    shuffled = replace(shuffled, claims={claim.id: claim for claim in claims}, relations=tuple(relations))
    _ties(m, shuffled, names, expected)
    return shuffled, expected


def _one_of(ids: list[str], rng: random.Random, fits: Callable[[str], bool]) -> str | None:
    """Any id that fits: a few at random, then all in turn."""
    for _ in range(20):
        found = rng.choice(ids)
        if fits(found):
            return found
    return next(filter(fits, rng.sample(ids, len(ids))), None)


def _ties(before: Map, after: Map, names: dict[str, str], expected: Expected) -> None:
    """The relations that are gone and those that came, each in ids of its own side."""
    back = {new: old for old, new in names.items()}
    old = Counter((r.type, r.target, frozenset(r.by)) for r in before.relations)
    new = Counter(
        (r.type, back.get(r.target or "", r.target), frozenset(back[claim_id] for claim_id in r.by))
        for r in after.relations
    )
    expected.lost_ties = old - new
    expected.new_ties = Counter(
        {
            (type_, names.get(target or "", target), frozenset(names[claim_id] for claim_id in by)): n
            for (type_, target, by), n in (new - old).items()
        }
    )
