"""List the figures of agreement: for each, how to compute it from its counts, and its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from argmap.diff.agreements import boundaries, coefficients, unitizing
from argmap.diff.agreements.model import RULES, Figure, Rule

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
