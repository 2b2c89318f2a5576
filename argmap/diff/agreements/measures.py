"""List the figures of agreement: for each, how to count, how to compute, and its source.

    maps of a text ─ tally ─▶ counts ─ compute ─▶ value, n
                               │ add
    maps of a text ─ tally ─▶ counts

Counts of texts can be added, so that one table serves a pair of maps, a corpus of them, and a sample of a corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from argmap.diff.agreements import boundaries, coefficients, unitizing
from argmap.diff.agreements.model import RULES, Figure, Rule
from argmap.diff.agreements.pairing import Edges, Pairing, edges
from argmap.model import Claim
from argmap.sentences.words import word_spans

Counts = Counter[Any]
Tally = dict[str, Counts]
"""Counts by the name of a figure."""
Compute = Callable[[Mapping[Any, float]], float | None]


@dataclass(frozen=True)
class Measure:
    """The way to compute a figure from its counts."""

    says: str
    compute: Compute
    number: Callable[[Mapping[Any, float]], float]
    """The number of things that the counts are of."""
    of: str
    observed: Compute | None = None
    interval: Callable[[Mapping[Any, float]], tuple[float, float] | None] | None = None
    """An interval for one text alone."""
    shown: bool = False
    """True if JSON gives the counts."""


def tally(found: Pairing) -> Tally:
    """Count all that figures are computed from, for two maps of one text."""
    texts = _texts(found)
    return {**_claims(found), **texts, **_relations(found, texts.get("segmentation")), **_codes(found)}


def figure(name: str, counts: Mapping[Any, float], *, alone: bool = False) -> Figure:
    """Compute one figure; `alone` gives intervals from within one text, where the figure has one."""
    measure = measure_of(name)
    ends = measure.interval(counts) if alone and measure.interval else None
    told = {"/".join(key): round(n) for key, n in sorted(counts.items(), key=str)} if measure.shown else {}
    return Figure.model_validate(
        {
            "value": measure.compute(counts),
            "says": measure.says,
            "n": round(measure.number(counts)),
            "of": measure.of,
            "observed": measure.observed(counts) if measure.observed else None,
            "low": ends[0] if ends else None,
            "high": ends[1] if ends else None,
            "counts": told,
        }
    )


def measure_of(name: str) -> Measure:
    """Return how to compute a figure; names may end in `:` and a label, a type or an issue."""
    stem, _, about = name.partition(":")
    return MEASURES[stem](about)


# --- counting -------------------------------------------------------------------------------------------------------


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


# --- computing ------------------------------------------------------------------------------------------------------


def _dice(counts: Mapping[Any, float]) -> float | None:
    return coefficients.dice(counts.get("both", 0), counts.get("left", 0), counts.get("right", 0))


def _both(counts: Mapping[Any, float]) -> float:
    return counts.get("left", 0) + counts.get("right", 0)


def _total(counts: Mapping[Any, float]) -> float:
    return float(sum(counts.values()))


def _alike(counts: Mapping[Any, float]) -> float | None:
    total = sum(counts.values())
    return sum(n for key, n in counts.items() if key[-1] == key[-2]) / total if total else None


def _ordinal(counts: Mapping[Any, float]) -> float | None:
    """Ordinal α over the scales of several issues: disagreements of each scale, added, each over its expected ones."""
    observed = expected = 0.0
    for name in sorted({key[0] for key in counts}):
        scale = name.split("/")[1:]
        items = {key[1:]: n for key, n in counts.items() if key[0] == name and n}
        if found := coefficients.disagreements(items, scale):
            observed, expected = observed + found[0], expected + found[1]
    return 1 - observed / expected if expected else None


def _cass(counts: Mapping[Any, float]) -> float | None:
    cuts = {key[1]: n for key, n in counts.items() if key[0] == "S"}
    items = {key[1:]: n for key, n in counts.items() if key[0] == "κ"}
    return coefficients.cass(boundaries.similarity_s(cuts) if cuts else None, coefficients.cohen_kappa(items))


def _length(counts: Mapping[Any, float], which: str) -> float:
    """The characters that a member of the family of 2016 is computed from."""
    met: list[tuple[str, str, float]] = [(key[1], key[2], key[3] * n) for key, n in counts.items() if key[0] == "met"]
    if which in ("u", "|u"):
        return sum(n for _, _, n in met) / 2
    both = [(one, other, n) for one, other, n in met if unitizing.GAP not in (one, other)]
    label = which.removeprefix("u:") if which != "cu" else None
    return sum(n for one, other, n in both if label is None or label in (one, other)) / 2


def _claims_by(rule: Rule) -> Callable[[str], Measure]:
    says = f"claims that both have, by Dice (1945), the same as F1; rule {rule}, one to one: {RULES[rule]}"
    return lambda _: Measure(says, _dice, _both, "claims")


def _family(which: str, says: str) -> Callable[[str], Measure]:
    def measure(label: str) -> Measure:
        name = f"u:{label}" if which == "u:" else which
        return Measure(
            says.format(label),
            lambda counts: unitizing.alpha_family(counts, name),
            lambda counts: _length(counts, name),
            "characters",
            interval=lambda counts: unitizing.interval(counts, name),
        )

    return measure


_SHARED = "between shared claims"
_ALL = "between all claims, those of one analyst counted as missing for the other"


def _kappa(where: str) -> Callable[[str], Measure]:
    def measure(type_: str) -> Measure:
        about = {
            "": "the type of relation (support, attack, rephrase, none; on claims and on relations)",
            "undercut": "attacks on relations",
            "link": "premises linked in one relation",
        }.get(type_, f"{type_} or not")
        return Measure(
            f"κ on {about} {where} (Cohen 1960)",
            coefficients.cohen_kappa,
            _total,
            "pairs",
            observed=_alike,
            shown=True,
        )

    return measure


def _existence(where: str) -> Callable[[str], Measure]:
    says = f"κ on whether there is a relation {where} (Cohen 1960)"
    return lambda _: Measure(says, coefficients.cohen_kappa, _total, "pairs", observed=_alike, shown=True)


def _code(variable: str) -> Callable[[str], Measure]:
    says = f"α on {variable}, nominal (Krippendorff 2019)"
    return lambda _: Measure(says, coefficients.krippendorff_alpha, _total, "items", observed=_alike, shown=True)


def _position(issue: str) -> Measure:
    says = f"α on the position{f' on {issue}' if issue else ', scales of all issues together'}, ordinal (Krippendorff 2019)"
    return Measure(says, _ordinal, _total, "items", observed=_alike)


def _of_relations(where: str) -> Callable[[str], Measure]:
    return lambda _: Measure(f"relations that both drew, {where}, by Dice (1945)", _dice, _both, "relations")


def _combined(where: str) -> Callable[[str], Measure]:
    says = f"CASS of S and κ on the type of relation {where}; relations of dialogue, half of the paper's M, are left out (Duthie et al. 2016)"
    return lambda _: Measure(
        says, _cass, lambda counts: _total({k: n for k, n in counts.items() if k[0] == "κ"}), "pairs"
    )


MEASURES: dict[str, Callable[[str], Measure]] = {
    "claims_argmap": _claims_by("argmap"),
    "claims_half": _claims_by("half"),
    "claims_exact": _claims_by("exact"),
    "label": lambda label: Measure(f"claims labelled {label} that both have, by Dice (1945)", _dice, _both, "claims"),
    "alpha": lambda _: Measure(
        "αU on the stretches of text that are claims, one kind of unit, in characters (Krippendorff 1995; 2004)",
        unitizing.alpha_u,
        lambda counts: sum(n for key, n in counts.items() if key[0] == "unit"),
        "units",
    ),
    "u_alpha": _family("u", "uα on the stretches of text and their labels (Krippendorff et al. 2016)"),
    "u_alpha_binary": _family("|u", "|uα on what is a claim and what is not (Krippendorff et al. 2016)"),
    "cu_alpha": _family("cu", "cuα on labels where both have a claim (Krippendorff et al. 2016)"),
    "ku_alpha": _family("u:", "(k)uα on the label {} where both have a claim (Krippendorff et al. 2016)"),
    "segmentation": lambda _: Measure(
        "S over places between words, a move is one edit (Fournier & Inkpen 2012)",
        boundaries.similarity_s,
        lambda counts: counts.get("places", 0),
        "places",
    ),
    "boundary": lambda _: Measure(
        "B over boundaries, a move by one word is half an edit (Fournier 2013)",
        boundaries.similarity_b,
        lambda counts: sum(n for key, n in counts.items() if key != "places"),
        "boundaries",
    ),
    "relations": _of_relations(_SHARED),
    "relations_all": _of_relations(_ALL),
    "kappa_existence": _existence(_SHARED),
    "kappa_existence_all": _existence(_ALL),
    "kappa": _kappa(_SHARED),
    "kappa_all": _kappa(_ALL),
    "cass": _combined(_SHARED),
    "cass_all": _combined(_ALL),
    "labels": _code("the label of shared claims"),
    "kind": _code("kind"),
    "issue": _code("issue"),
    "position": _position,
    "commitment": _code("commitment"),
    "force": _code("force"),
    "speaker": _code("speaker"),
    "scheme": _code("scheme of relations that both drew"),
}
"""The figures by name, in the order in which they are printed."""


def in_order(names: Iterable[str]) -> list[str]:
    """Sort names of figures as they are printed."""
    order = {name: n for n, name in enumerate(MEASURES)}
    return sorted(names, key=lambda name: (order[name.partition(":")[0]], name))
