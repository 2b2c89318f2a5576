"""Figures and scores beside those of segeval, krippendorff, scikit-learn and seqeval, on 40 made-up pairs of analysts.

`others.json` has the pairs, and what the packages gave for them, with their versions; `freeze_others.py` made it.
"""

import json
from pathlib import Path

import pytest

from argmap.diff import agreement, score
from argmap.model import Map

FROZEN = json.loads(Path(__file__).with_name("others.json").read_text("utf-8"))


def apart(ours, theirs):
    """The figures that differ by more than 1e-9, or that one side alone has."""
    return {
        name: (ours.get(name), value)
        for name, value in theirs.items()
        if (ours.get(name) is None) != (value is None) or abs((ours.get(name) or 0) - (value or 0)) > 1e-9
    }


def analyst(pair, side, name="", order=1):
    """The map of one analyst, its claims in a given order."""
    words = [f"w{n:02}" for n in range(pair["words"])]
    starts = [sum(len(word) + 1 for word in words[:n]) for n in range(pair["words"])]
    text = " ".join(words)
    claims = {}
    for n, unit in list(enumerate(pair["units"][side]))[::order]:
        quote = text[starts[unit["start"]] : starts[unit["end"] - 1] + len(words[unit["end"] - 1])]
        claims[f"{name}{n}"] = {
            "text": quote,
            "quote": quote,
            "kind": unit["kind"],
            "issue": "i",
            "position": unit["position"],
            "extra": {"made-up": {"label": unit["label"]}},
        }
    relations = [{type_: f"{name}{b}", "by": [f"{name}{a}"]} for type_, a, b in pair["relations"][side][::order]]
    return Map.model_validate(
        {
            "id": f"analyst-{side}{name}",
            "sources": {"t": {"text": text}},
            "issues": {"i": {"question": "?", "scale": {step: step for step in FROZEN["scale"]}}},
            "claims": claims,
            "relations": relations,
        }
    )


@pytest.mark.parametrize("pair", FROZEN["pairs"], ids=range(len(FROZEN["pairs"])))
def test_as_other_packages(pair):
    """Each figure is that of the package, and has the same value for swapped maps with other ids in another order."""
    left, right = analyst(pair, 0), analyst(pair, 1)
    found = agreement(left, right, rule="exact")
    ours = {name: found.value(name) for name in pair["figures"]}
    if not any(unit["start"] > 0 or unit["end"] < pair["words"] for side in pair["units"] for unit in side):
        ours["boundary"] = 1.0 if ours["boundary"] is None else ours["boundary"]  # segeval says 1 where nobody cuts
    assert apart(ours, pair["figures"]) == {}
    other = agreement(analyst(pair, 1, "x", -1), analyst(pair, 0, "y", -1), rule="exact")
    values = [{name: each.value for name, each in one.figures.items()} for one in (found, other)]
    assert values[0].keys() == values[1].keys()
    assert apart(*values) == {}
    assert all(each.value is None or each.value <= 1 for each in found.figures.values())
    itself = agreement(left, analyst(pair, 0, "z", -1))
    assert {each.value for each in itself.figures.values()} <= {1.0, None}


@pytest.mark.parametrize("pair", FROZEN["pairs"], ids=range(len(FROZEN["pairs"])))
def test_scored_as_other_packages(pair):
    """Labels are scored as seqeval does in strict mode, relations as scikit-learn does."""
    exact = score(analyst(pair, 0), analyst(pair, 1, "x", -1)).rules["exact"]
    ours = {}
    for name, part in (("labels", exact.labels), ("relations", exact.relations)):
        ours |= {f"{name} (micro)": part.micro, f"{name} (macro)": part.macro}
        ours |= {f"{name} {label}": each for label, each in part.each.items()}
    shares = {name: [each.precision, each.recall, each.f1] for name, each in ours.items()}
    assert {name: shares[name] for name in pair["scores"]} == {
        name: pytest.approx(values, abs=1e-9, rel=0) for name, values in pair["scores"].items()
    }
