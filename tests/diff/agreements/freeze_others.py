"""Freeze what other packages compute for made-up pairs of analysts, for `test_others.py`.

Run it in an environment of its own, since not all of these packages install on every Python that argmap supports:

    python -m venv others-venv && others-venv/bin/pip install segeval krippendorff scikit-learn seqeval
    others-venv/bin/python tests/diff/agreements/freeze_others.py > tests/diff/agreements/others.json
"""

import json
import random
import sys
import warnings
from importlib.metadata import version
from itertools import pairwise, permutations

warnings.simplefilter("ignore")
PAIRS = 40
LABELS = ("Claim", "Premise", "MajorClaim")
KINDS = ("fact", "cause", "value", "policy", None)
SCALE = ("no", "rather-no", "rather-yes", "yes")
TYPES = ("support", "attack", "rephrase")


def made_up(chance):
    """Two analysts of one text: units as ranges of words with labels and codes, and relations between them."""
    words = chance.randint(12, 40)
    first = units(chance, words)
    second = [dict(unit) for unit in first if chance.random() < 0.75]
    for unit in second:
        if chance.random() < 0.4:
            unit["label"] = chance.choice(LABELS)
        if chance.random() < 0.4:
            unit["kind"] = chance.choice(KINDS)
        if chance.random() < 0.5:
            unit["position"] = chance.choice(SCALE)
        if chance.random() < 0.3 and unit["end"] - unit["start"] > 1:
            unit["end"] -= 1
    return {
        "words": words,
        "units": [first, second],
        "relations": [relations(chance, len(first)), relations(chance, len(second))],
    }


def units(chance, words):
    found, at = [], chance.randint(0, 2)
    while at < words:
        end = min(at + chance.randint(1, 6), words)
        found.append(
            {
                "start": at,
                "end": end,
                "label": chance.choice(LABELS),
                "kind": chance.choice(KINDS),
                "position": chance.choice(SCALE),
            }
        )
        at = end + chance.choice((0, 0, 1, 3))
    return found


def relations(chance, count):
    """Type, premise and conclusion; at most one relation between two units."""
    pairs = list(permutations(range(count), 2))
    chosen = chance.sample(pairs, min(len(pairs), count))
    return [[chance.choice(TYPES), *pair] for pair in chosen]


def masses(pair, side):
    """The segments of a text as segeval counts them: number of words in each."""
    edges = {edge for unit in pair["units"][side] for edge in (unit["start"], unit["end"])}
    cuts = sorted({0, pair["words"], *edges})
    return tuple(end - start for start, end in pairwise(cuts))


def tags(pair, side):
    row = ["O"] * pair["words"]
    for unit in pair["units"][side]:
        row[unit["start"]] = f"B-{unit['label']}"
        for n in range(unit["start"] + 1, unit["end"]):
            row[n] = f"I-{unit['label']}"
    return row


def places(pair, side):
    return {(unit["start"], unit["end"]): unit for unit in pair["units"][side]}


def kappas(pair):
    from sklearn.metrics import cohen_kappa_score

    spots = [[(unit["start"], unit["end"]) for unit in pair["units"][side]] for side in (0, 1)]
    coded = [{(spots[side][a], spots[side][b]): type_ for type_, a, b in pair["relations"][side]} for side in (0, 1)]
    found = {}
    for name, ends in (("kappa", set(spots[0]) & set(spots[1])), ("kappa_all", set(spots[0]) | set(spots[1]))):
        items = list(permutations(sorted(ends), 2))
        rows = [[each.get(item, "none") for item in items] for each in coded]
        found[name] = number(cohen_kappa_score(*rows)) if items else None
        related = [[code != "none" for code in row] for row in rows]
        found[name.replace("kappa", "kappa_existence")] = number(cohen_kappa_score(*related)) if items else None
        for type_ in TYPES:
            if any(type_ in row for row in rows):
                binary = [[code == type_ for code in row] for row in rows]
                found[f"{name}:{type_}"] = number(cohen_kappa_score(*binary))
    return found


def alphas(pair):
    import krippendorff

    left, right = places(pair, 0), places(pair, 1)
    shared = [(left[place], right[place]) for place in sorted(left.keys() & right.keys())]
    found = {}
    for name, values, level in (
        ("kind", KINDS[:-1], "nominal"),
        ("position", SCALE, "ordinal"),
        ("labels", LABELS, "nominal"),
    ):
        key = "label" if name == "labels" else name
        rows = [
            [values.index(unit[key]) if unit[key] else float("nan") for unit in side]
            for side in zip(*shared, strict=True)
        ]
        try:
            found[name] = number(
                krippendorff.alpha(
                    reliability_data=rows, level_of_measurement=level, value_domain=list(range(len(values)))
                )
            )
        except (ValueError, AssertionError):
            found[name] = None  # one value only, or none
    return found


def scores(pair):
    from seqeval.metrics.v1 import precision_recall_fscore_support
    from seqeval.scheme import IOB2
    from sklearn.metrics import precision_recall_fscore_support as sklearn_scores

    gold, pred = [tags(pair, 0)], [tags(pair, 1)]
    options = {"scheme": IOB2, "zero_division": 0}
    found = {}
    for average in ("micro", "macro"):
        found[f"labels ({average})"] = [
            float(x) for x in precision_recall_fscore_support(gold, pred, average=average, **options)[:3]
        ]
    names = sorted({unit["label"] for side in pair["units"] for unit in side})
    each = precision_recall_fscore_support(gold, pred, average=None, **options)
    for n, name in enumerate(names):
        found[f"labels {name}"] = [float(each[k][n]) for k in range(3)]
    spots = [[(unit["start"], unit["end"]) for unit in pair["units"][side]] for side in (0, 1)]
    coded = [{(spots[side][a], spots[side][b]): type_ for type_, a, b in pair["relations"][side]} for side in (0, 1)]
    items = sorted(coded[0].keys() | coded[1].keys())
    rows = [[each.get(item, "none") for item in items] for each in coded]
    types = sorted({code for row in rows for code in row} - {"none"})
    for average in ("micro", "macro"):
        result = sklearn_scores(*rows, labels=types, average=average, zero_division=0)[:3]
        found[f"relations ({average})"] = [float(x) for x in result]
    result = sklearn_scores(*rows, labels=types, average=None, zero_division=0)
    for n, type_ in enumerate(types):
        found[f"relations {type_}"] = [float(result[k][n]) for k in range(3)]
    return found


def boundaries(pair):
    import segeval
    from segeval.similarity.weight import weight_a, weight_s, weight_t

    both = masses(pair, 0), masses(pair, 1)
    return {
        "segmentation": float(segeval.segmentation_similarity(*both, weight=(weight_a, weight_s, weight_t))),
        "boundary": float(segeval.boundary_similarity(*both)),
    }


def number(value):
    value = float(value)
    return None if value != value else value


if __name__ == "__main__":
    chance = random.Random(16)  # noqa: S311  # made up, not secret
    pairs = [made_up(chance) for _ in range(PAIRS)]
    for pair in pairs:
        pair["figures"] = {**boundaries(pair), **kappas(pair), **alphas(pair)}
        pair["scores"] = scores(pair)
    packages = ("segeval", "krippendorff", "scikit-learn", "seqeval", "numpy")
    origin = {name: version(name) for name in packages}
    json.dump(
        {"python": sys.version.split()[0], "origin": origin, "scale": SCALE, "pairs": pairs},
        sys.stdout,
        separators=(",", ":"),
    )
