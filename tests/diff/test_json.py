"""The JSON of a diff, `argmap-diff/2`: what a program finds in it, and that every case fits its JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from argmap import store
from argmap.diff import compare
from argmap.model import Map
from argmap.schemas import schema
from tests.diff.test_cases import NAMES, read

MAPS = Path(__file__).resolve().parents[2] / "maps"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """What `argmap schema diff` describes."""
    return Draft202012Validator(schema("diff"))


def as_json(diff: object) -> dict:
    """The diff as a program reads it."""
    return json.loads(diff.model_dump_json(by_alias=True))  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", NAMES)
def test_every_case_fits_the_schema(name: str, validator: Draft202012Validator) -> None:
    """`argmap schema diff` describes what is printed, whatever happened."""
    before, after, alignment, _ = read(name)
    validator.validate(as_json(compare(before, after, alignment)))


@pytest.fixture(scope="module")
def essays() -> dict:
    """The diff of the two essays."""
    found = compare(
        store.load(MAPS / "1996.yaml"), store.load(MAPS / "2005.yaml"), store.load_alignment(MAPS / "1996-2005.yaml")
    )
    return as_json(found)


def test_the_essays_fit_the_schema(essays: dict, validator: Draft202012Validator) -> None:
    """So do the essays."""
    validator.validate(essays)
    assert essays["format"] == "argmap-diff/2"


def test_each_end_has_all_that_its_map_says(essays: dict) -> None:
    """Nobody who draws or counts needs to read the maps: claims, relations, speakers, thesis and date are there."""
    after = store.load(MAPS / "2005.yaml")
    end = essays["after"]
    assert (end["id"], end["date"], end["thesis"], end["name"]) == (
        "2005",
        "2005-03",
        ["near-equals"],
        "the 2005 essay",
    )
    assert [claim["id"] for claim in end["claims"]] == list(after.claims)
    assert len(end["relations"]) == len(after.relations)
    assert end["speakers"]["machimura"] == "Nobutaka Machimura"
    claims = {claim["id"]: claim for claim in end["claims"]}
    assert claims["near-equals"]["mode"] == "will"
    assert (claims["near-equals"]["distance"], claims["near-equals"]["next"]) == (0, None)
    assert claims["near-equals"]["condition"] == {
        "source": "essay",
        "exact": "If all goes well",
        "start": claims["joint-declaration"]["condition"]["start"],
        "end": claims["joint-declaration"]["condition"]["end"],
        "status": "checked",
        "apart": True,
    }
    assert claims["joint-declaration"]["condition"]["apart"] is False
    for claim in end["claims"]:
        assert (claim["next"] is None) == (claim["distance"] in (None, 0))


def test_moves_compare_like_with_like(essays: dict) -> None:
    """What is so stayed; only the later essay foresees more, on a condition."""
    [standing] = [shift for shift in essays["shifts"] if shift["issue"] == "standing"]
    moves = {move["mode"]: (move["from"], move["to"], move["steps"], move["condition"]) for move in standing["moves"]}
    assert moves["is"] == ("junior", "junior", 0, None)
    assert moves["will"] == (None, "near-equal", None, "If all goes well")


def test_an_unmatched_claim_has_the_nearest_sentence(essays: dict) -> None:
    """Each says what the search gave, with the place of the nearest sentence."""
    texts = {"before": store.load(MAPS / "2005.yaml"), "after": store.load(MAPS / "1996.yaml")}
    alone = [change for change in essays["changes"] if not (change["before"] and change["after"])]
    assert alone
    for change in alone:
        nearest = change["counterpart"]["nearest"]
        text = texts["before" if change["before"] else "after"].sources[nearest["source"]].text or ""
        assert " ".join(text[nearest["start"] : nearest["end"]].split()) == nearest["exact"]


def test_a_relation_on_a_relation_says_which_claim_it_bears_on() -> None:
    """Its target is the relation, and `bears_on` the claim above it."""
    claims = {name: {"text": name} for name in "abc"}
    relations = [{"id": "r", "support": "a", "by": ["b"]}, {"attack": "r", "by": ["c"]}]
    made = Map.model_validate({"id": "m", "thesis": "a", "claims": claims, "relations": relations})
    found = as_json(compare(made, made))["before"]
    assert [(each["target"], each["bears_on"]) for each in found["relations"]] == [("a", "a"), ("r", "a")]
    assert {claim["id"]: claim["next"] for claim in found["claims"]} == {"a": None, "b": "a", "c": "a"}
