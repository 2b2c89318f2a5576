"""Count all that figures of agreement are computed from.

    maps of a text ─ tally ─▶ counts ─ compute ─▶ value, n
                               │ add
    maps of a text ─ tally ─▶ counts

Counts of texts can be added, so that one table serves a pair of maps, a corpus of them, and a sample of a corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from argmap.diff.agreements import boundaries, unitizing
from argmap.diff.agreements.model import RULES
from argmap.diff.agreements.pairing import Edges, Pairing, edges
from argmap.model import Claim
from argmap.sentences.words import word_spans

Counts = Counter[Any]
Tally = dict[str, Counts]
"""Counts by the name of a figure."""


def tally(found: Pairing) -> Tally:
    """Count all that figures are computed from, for two maps of one text."""
    texts = _texts(found)
    return {**_claims(found), **texts, **_relations(found, texts.get("segmentation")), **_codes(found)}


def _claims(found: Pairing) -> Tally:
    sizes = {"left": len(found.left.claims), "right": len(found.right.claims)}
    counts: Tally = {f"claims_{rule}": Counter({**sizes, "both": len(found.by(rule))}) for rule in RULES}
    mine, yours = found.left.labels, found.right.labels
    for side, coder in (("left", found.left), ("right", found.right)):
        for claim_id in coder.claims:
            counts.setdefault(f"label:{coder.labels[claim_id]}", Counter())[side] += 1
    for b, a in found.pairs:
        if mine[b] == yours[a]:
            counts[f"label:{mine[b]}"]["both"] += 1
    return counts


def _texts(found: Pairing) -> Tally:
    alpha, family, cuts = Counter[Any](), Counter[Any](), Counter[Any]()
    for text in found.texts:
        words = found.left.texts[text]
        labelled = [found.left.units(text), found.right.units(text)]
        merged = [
            _merged(unit for c in coder.claims for unit in coder.at(c, text)) for coder in (found.left, found.right)
        ]
        alpha.update(unitizing.count_units(merged, len(words)))
        family.update(unitizing.count_coincidences(labelled, len(words)))
        cuts.update(boundaries.count_boundaries(merged[0], merged[1], list(word_spans(words))))
    if not found.texts:
        return {}
    alpha.pop("observers", None)
    counts = {"alpha": alpha, "u_alpha": family, "u_alpha_binary": family, "segmentation": cuts, "boundary": cuts}
    labels = sorted({key[1] for key in family if key[0] == "square"} - {unitizing.GAP})
    if len(labels) > 1:
        counts |= {"cu_alpha": family, **{f"ku_alpha:{label}": family for label in labels}}
    return counts


def _merged(units: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Units of one analyst; those that overlap are made one, and those that only touch are not."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(units):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _relations(found: Pairing, cuts: Counts | None) -> Tally:
    counts: Tally = {}
    for suffix, everything in (("", False), ("_all", True)):
        tied = edges(found, everything=everything)
        counts[f"relations{suffix}"] = Counter(
            {
                "left": tied.whole[0].total(),
                "right": tied.whole[1].total(),
                "both": (tied.whole[0] & tied.whole[1]).total(),
            }
        )
        items = _items(tied)
        counts[f"kappa{suffix}"] = items
        counts[f"kappa_existence{suffix}"] = _gathered(items, lambda code: "none" if code == "none" else "related")
        for type_ in ("support", "attack", "rephrase", "answer"):
            if any(type_ in pair for pair in items):
                counts[f"kappa{suffix}:{type_}"] = _gathered(items, lambda code, t=type_: t if code == t else "other")  # type: ignore[misc]
        undercuts = _items(tied, on_relations=True)
        if undercuts:
            counts[f"kappa{suffix}:undercut"] = _gathered(
                undercuts, lambda code: "undercut" if code == "attack" else "none"
            )
        if tied.linked[0] or tied.linked[1]:
            counts[f"kappa{suffix}:link"] = _links(tied)
        if cuts:
            joined = Counter({("S", key): n for key, n in cuts.items()})
            joined.update({("κ", *key): n for key, n in items.items()})
            counts[f"cass{suffix}"] = joined
    return counts


def _items(tied: Edges, *, on_relations: bool = False) -> Counts:
    """Count the pairs of ends by how either analyst relates them.

    The pairs are all ordered pairs of claims, and each claim with each relation that at least one analyst has a relation on.
    """
    pairs = [pair for pair in tied.left.keys() | tied.right.keys() if not on_relations or isinstance(pair[1], tuple)]
    items: Counts = Counter((tied.left.get(pair, "none"), tied.right.get(pair, "none")) for pair in pairs)
    aims = {pair[1] for pair in pairs if isinstance(pair[1], tuple)}
    possible = tied.claims * len(aims) + (0 if on_relations else tied.claims * (tied.claims - 1))
    items["none", "none"] += possible - len(pairs)
    return +items


def _links(tied: Edges) -> Counts:
    """Count the pairs of claims by whether either analyst takes them as premises of one relation."""
    left, right = tied.linked
    possible = tied.claims * (tied.claims - 1) // 2
    counts = {
        ("link", "link"): len(left & right),
        ("link", "none"): len(left - right),
        ("none", "link"): len(right - left),
        ("none", "none"): possible - len(left | right),
    }
    return +Counter(counts)


def _gathered(items: Counts, name: Callable[[str], str]) -> Counts:
    found: Counts = Counter()
    for (mine, yours), n in items.items():
        found[name(mine), name(yours)] += n
    return found


NOBODY = "(nobody named)"


def _codes(found: Pairing) -> Tally:
    counts: Tally = {}
    claims = found.left.index.map.claims, found.right.index.map.claims
    both = [(claims[0][b], claims[1][a]) for b, a in found.pairs]

    def count(name: str, codes: Iterable[tuple[str | None, str | None]]) -> None:
        # A claim that one analyst leaves without a code is missing data.
        counts[name] = Counter((mine, yours) for mine, yours in codes if mine and yours)

    voices = found.left.index.voice, found.right.index.voice
    count("labels", [(found.left.labels[b], found.right.labels[a]) for b, a in found.pairs])
    count("kind", [(one.kind, other.kind) for one, other in both])
    count("issue", [(one.issue, other.issue) for one, other in both])
    count("commitment", [(one.commitment, other.commitment) for one, other in both])
    count("force", [(one.force, other.force) for one, other in both])
    count("speaker", [(voices[0](one) or NOBODY, voices[1](other) or NOBODY) for one, other in both])
    count("scheme", _schemes(found))
    positions: Counts = Counter()
    for one, other in both:
        scale = _scale(found, one.issue) if one.issue and one.issue == other.issue else ()
        if one.position in scale and other.position in scale:
            positions["/".join((str(one.issue), *scale)), one.position, other.position] += 1
    counts["position"] = positions
    for key in {key[0] for key in positions}:
        counts[f"position:{key.partition('/')[0]}"] = Counter({k: n for k, n in positions.items() if k[0] == key})
    return counts


def _scale(found: Pairing, issue: str) -> tuple[str, ...]:
    """The scale of an issue, where both codebooks have the same; one without codebook takes that of the other."""
    maps = found.left.index.map, found.right.index.map
    scales = {tuple(map_.issues[issue].scale) for map_ in maps if issue in map_.issues}
    return scales.pop() if len(scales) == 1 else ()


def _schemes(found: Pairing) -> list[tuple[str | None, str | None]]:
    """The schemes of the relations that both drew, each with all its premises."""
    left, right = ({b: n for n, (b, _) in enumerate(found.pairs)}, {a: n for n, (_, a) in enumerate(found.pairs)})
    sides: list[dict[Any, str | None]] = []
    for coder, terms in ((found.left, left), (found.right, right)):
        schemes: dict[Any, str | None] = {}
        for relation in coder.index.map.relations:
            ends = [terms.get(end) for end in (*relation.by, relation.target or "")]
            if None not in ends:
                key = relation.type, frozenset(ends[:-1]), ends[-1]
                schemes[key] = min(filter(None, (relation.scheme, schemes.get(key))), default=None)
        sides.append(schemes)
    return [(scheme, sides[1][key]) for key, scheme in sides[0].items() if key in sides[1]]


def uncoded(found: Pairing) -> dict[str, int]:
    """Count, for each variable, the shared claims to which one analyst alone gives a code."""
    claims = found.left.index.map.claims, found.right.index.map.claims

    def alone(value: Callable[[Claim], Any]) -> int:
        return sum((value(claims[0][b]) is None) != (value(claims[1][a]) is None) for b, a in found.pairs)

    return {name: n for name, value in _OPTIONAL.items() if (n := alone(value))}


_OPTIONAL: dict[str, Callable[[Claim], Any]] = {
    "kind": lambda claim: claim.kind,
    "issue": lambda claim: claim.issue,
    "position": lambda claim: claim.position,
}
