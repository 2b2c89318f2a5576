"""Facets: what else happened to a claim, beside the main word.

A pair of matched claims may have several facets, always in the order of `FACETS`. A claim is *moved* or
*re-grounded* only by what happened to its own ties: when a conclusion moves, the reasons below it went along and say nothing.

Swapped, promoted – demoted, made-explicit – left-implicit and split – merged change places; the others stay.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from argmap import sentences
from argmap.diff.classify.pair import Pair
from argmap.diff.classify.relations import Term
from argmap.diff.map_index import FAR, MapIndex
from argmap.diff.model import Facet
from argmap.graph import Role, reasons_of
from argmap.model import ChangeWord, Claim
from argmap.schemes import canonical

MIRROR: dict[Facet, Facet] = {
    "promoted": "demoted",
    "demoted": "promoted",
    "made-explicit": "left-implicit",
    "left-implicit": "made-explicit",
    "split": "merged",
    "merged": "split",
}
"""The facet of the same pair when before and after are swapped, where it is another."""


HEIGHTS: tuple[Role, ...] = ("supporting point", "claim", "thesis")


@dataclass(frozen=True)
class FacetRule:
    """A row of the table: when `holds`, the change has the facet `name`."""

    name: Facet
    condition: str
    example: str
    holds: Callable[[Pair], bool]


def facets_of(pair: Pair, word: ChangeWord, named: Collection[Facet] = ()) -> tuple[Facet, ...]:
    """All facets of a pair; of two texts, other words are worth saying only where nothing else changed."""
    if not pair.before or not pair.after:
        return ()
    found = tuple(rule.name for rule in FACETS if rule.name in named or rule.holds(pair))
    if pair.question == "positions" and word != "kept":
        return tuple(facet for facet in found if facet != "reworded")
    return found


# ── the conditions ────────────────────────────────────────────────────────────────────────────────────────────────────


def reworded(p: Pair) -> bool:
    """Other words, and no other substance."""
    if p.substance and p.substance.verdict == "differs":
        return False
    if [claim.text for claim in p.before] == [claim.text for claim in p.after]:
        return False
    return sorted(_texts(p.before)) != sorted(_texts(p.after))


def promoted(p: Pair) -> bool:
    """Nearer to the thesis by its own tie."""
    return _tied_elsewhere(p) and _nearer(p, p.common.after, p.after, p.common.before, p.before)


def demoted(p: Pair) -> bool:
    """Farther from the thesis by its own tie."""
    return _tied_elsewhere(p) and _nearer(p, p.common.before, p.before, p.common.after, p.after)


def regrounded(p: Pair) -> bool:
    """Reasons on both sides, and none of them in common."""
    own = p.common.terms_before(c.id for c in p.before)
    left = p.common.terms_before(r for c in p.before for r in p.common.before.reasons(c.id)) - own
    right = p.common.terms_after(r for c in p.after for r in p.common.after.reasons(c.id)) - own
    return bool(left and right) and not left & right


def turned(p: Pair) -> bool:
    """It argues for the other side: for or against the same claim, or for or against the thesis."""
    common = p.common
    left, right = p.before, p.after
    for_before = common.terms_before(t for b in left for t in common.before.supported(b.id))
    for_after = common.terms_after(t for a in right for t in common.after.supported(a.id))
    against_before = common.terms_before(t for b in left for t in common.before.attacked(b.id))
    against_after = common.terms_after(t for a in right for t in common.after.attacked(a.id))
    if p.terms & p.opposed:
        return False  # it says the opposite itself
    # What is for the opposite of a claim is against the claim.
    for_after, against_after = (
        (for_after - p.opposed) | (against_after & p.opposed),
        (against_after - p.opposed) | (for_after & p.opposed),
    )
    now_against = (for_before - against_before) & (against_after - for_after)
    now_for = (against_before - for_before) & (for_after - against_after)
    if (now_against | now_for) & common.matched:
        return True
    shared = (for_before | against_before) & (for_after | against_after) & common.matched
    if shared or p.question != "positions":
        return False  # the change of its conclusion is reported there
    return _turned_on_thesis(p)


def _turned_on_thesis(p: Pair) -> bool:
    """Tell whether all claims of both sides lead to one thesis that both maps have, for it here and against it there."""
    common = p.common
    found: tuple[set[tuple[Term, int]], set[tuple[Term, int]]] = (set(), set())
    for side, reading, terms, claims in zip(
        found,
        (common.before, common.after),
        (common.terms_before, common.terms_after),
        (p.before, p.after),
        strict=True,
    ):
        for claim in claims:
            [term] = terms([reading.thesis_of(claim.id)])
            sign = reading.sides.get(claim.id, 0)
            side.add((term, -sign if side is found[1] and term in p.opposed else sign))
    if len(found[0]) != 1 or len(found[1]) != 1:
        return False
    [(left, for_left)], [(right, for_right)] = found
    return left == right and left in common.matched - p.terms and for_left * for_right == -1


def scheme_changed(p: Pair) -> bool:
    """The same reasons, by another scheme."""
    left, right = _schemes(p, p.common.before, p.before), _schemes(p, p.common.after, p.after)
    return any(left[reasons] != right[reasons] for reasons in left.keys() & right.keys())


def made_explicit(p: Pair) -> bool:
    """Supplied by the analyst before, said by the text after."""
    return all(b.implicit for b in p.before) and not any(a.implicit for a in p.after)


def left_implicit(p: Pair) -> bool:
    """Said by the text before, supplied by the analyst after."""
    return all(a.implicit for a in p.after) and not any(b.implicit for b in p.before)


def speaker_changed(p: Pair) -> bool:
    """Somebody else says it."""
    return {p.common.before.voice(b) for b in p.before} != {p.common.after.voice(a) for a in p.after}


def moved(p: Pair) -> bool:
    """It speaks for (or against) something else that both sides have."""
    left, right = _conclusions(p)
    if not left or not right or left & right:
        return False
    shared = left & p.common.matched, right & p.common.matched
    return all(shared) if p.question == "positions" else any(shared)


FACETS: tuple[FacetRule, ...] = (
    FacetRule(
        "reworded",
        "Other words, and no difference in substance that a rule can tell. Between two texts, only for claims that are kept.",
        "“The well is deep.” – “It is a deep well.”",
        reworded,
    ),
    FacetRule(
        "promoted",
        "Nearer to the thesis, because it became the thesis or is tied elsewhere. Between two texts, whose maps may be "
        "finer or coarser, its role must rise too: supporting point, claim, thesis.",
        "a reason of a reason – a reason of the thesis",
        promoted,
    ),
    FacetRule(
        "demoted",
        "Farther from the thesis, because it is the thesis no more or is tied elsewhere. Between two texts its role must "
        "fall too.",
        "the thesis – one reason among others",
        demoted,
    ),
    FacetRule(
        "re-grounded",
        "Both sides give reasons, and no reason is the same.",
        "“close the square”, for the noise – “close the square”, for the accidents",
        regrounded,
    ),
    FacetRule(
        "turned",
        "The same matter argues for the other side: for and against the same claim (also for a claim, and for its opposite), or, where "
        "the theses answer to each other, for and against the thesis. Otherwise the analyst may say so.",
        "“rents rose”, so build – “rents rose”, so do not build",
        turned,
    ),
    FacetRule(
        "scheme-changed",
        "The same reasons carry it by another argumentation scheme.",
        "“the mayor says so” as expert opinion – as position to know",
        scheme_changed,
    ),
    FacetRule(
        "made-explicit",
        "An unstated premise before; after, the text says it.",
        "(implicit) noise harms – “Noise harms the sleep of children.”",
        made_explicit,
    ),
    FacetRule(
        "left-implicit",
        "The text said it before; after, it is an unstated premise.",
        "“Noise harms the sleep of children.” – (implicit) noise harms",
        left_implicit,
    ),
    FacetRule(
        "speaker-changed",
        "Somebody else says it.",
        "“The dam is safe” by the builder – by the author",
        speaker_changed,
    ),
    FacetRule(
        "moved",
        "It is a reason for, or against, another claim, and one of the two conclusions (between two texts: each of them) "
        "has a counterpart on the other side.",
        "“rents rose” for building – “rents rose” for higher wages",
        moved,
    ),
    FacetRule(
        "split",
        "One claim (or fewer) before, more after.",
        "“The bus is late and full.” – “The bus is late.” “The bus is full.”",
        lambda p: len(p.before) < len(p.after),
    ),
    FacetRule(
        "merged",
        "More claims before, one (or fewer) after.",
        "“The bus is late.” “The bus is full.” – “The bus is late and full.”",
        lambda p: len(p.before) > len(p.after),
    ),
)


def _texts(claims: tuple[Claim, ...]) -> list[str]:
    return [sentences.normalise(claim.text) for claim in claims]


def _depth(side: MapIndex, claims: tuple[Claim, ...]) -> int:
    return min(side.depths.get(claim.id, FAR) for claim in claims)


def _nearer(p: Pair, here: MapIndex, claims: tuple[Claim, ...], there: MapIndex, others: tuple[Claim, ...]) -> bool:
    """Tell whether claims of one side stand nearer to its thesis than those of the other side to theirs."""
    if p.question == "positions" and not (here.map.theses and there.map.theses):
        return False  # where issues organise a map, nothing stands nearer
    if _depth(here, claims) >= _depth(there, others):
        return False
    return p.question != "positions" or _height(here, claims) > _height(there, others)


def _height(side: MapIndex, claims: tuple[Claim, ...]) -> int:
    return max(HEIGHTS.index(side.roles[claim.id]) for claim in claims)


def _conclusions(p: Pair) -> tuple[set[int | str], set[int | str]]:
    common = p.common
    own = common.terms_before(c.id for c in p.before)
    left = common.terms_before(t for c in p.before for t in common.before.conclusions(c.id))
    right = common.terms_after(t for c in p.after for t in common.after.conclusions(c.id))
    return left - own, right - own


def _tied_elsewhere(p: Pair) -> bool:
    """Tell whether its own place changed, and not only that of its conclusion."""
    was = any(claim.id in p.common.before.map.theses for claim in p.before)
    now = any(claim.id in p.common.after.map.theses for claim in p.after)
    left, right = _conclusions(p)
    deep = FAR in (_depth(p.common.before, p.before), _depth(p.common.after, p.after))
    return was != now or (left != right and not deep)


def _schemes(p: Pair, side: MapIndex, claims: tuple[Claim, ...]) -> dict[frozenset[int | str], frozenset[str | None]]:
    """Schemes by the reasons they tie, in common terms; however each map spells them."""
    terms = p.common.terms_before if side is p.common.before else p.common.terms_after
    found: dict[frozenset[int | str], set[str | None]] = {}
    for claim in claims:
        for support in reasons_of(side.ties, claim.id):
            found.setdefault(frozenset(terms(support.by)), set()).add(canonical(support.scheme or ""))
    return {reasons: frozenset(schemes) for reasons, schemes in found.items()}
