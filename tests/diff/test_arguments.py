"""What carried a thesis then and carries it now, and what became of the objections."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import argmap
from argmap.cli import main
from argmap.model import Alignment, Map

BEFORE = {
    "open": "The library should open on Sundays.",
    "need": "Families are free on Sundays.",
    "cost": "Opening on Sundays costs too much.",
    "noise": "Sunday readers would be loud.",
    "staff": "Nobody wants to work on Sundays.",
    "pay": "Double pay finds people for Sundays.",
}
RELATIONS = [
    {"support": "open", "by": "need"},
    {"attack": "open", "by": "cost"},
    {"attack": "open", "by": "noise"},
    {"attack": "open", "by": "staff"},
    {"attack": "staff", "by": "pay"},
]


def map_of(map_id: str, claims: dict[str, str], relations: list[dict], said: dict[str, str]) -> Map:
    made = {key: {"text": text, "commitment": said.get(key, "asserted")} for key, text in claims.items()}
    return Map.model_validate({"id": map_id, "thesis": "open", "claims": made, "relations": relations})


def fates(after: Map, **matches: str) -> tuple[dict[str, str], dict[str, str]]:
    before = map_of("then", BEFORE, RELATIONS, dict.fromkeys(("cost", "noise", "staff"), "reported"))
    pairs = [{"before": [left], "after": [right]} for left, right in {"open": "open", **matches}.items()]
    alignment = Alignment.model_validate({"before": "then", "after": "now", "correspondences": pairs})
    found = argmap.compare_arguments(before, after, argmap.compare(before, after, alignment, question="positions"))
    return {o.claims[0]: o.fate for o in found.objections}, {c.claim: c.bearing for c in found.carriers}


def test_each_objection_has_its_fate() -> None:
    """Answered, unanswered, adopted by the author, or without a match."""
    claims = {"open": BEFORE["open"], "price": "Sundays cost a lot.", "loud": "It is loud.", "calm": "Rooms are quiet."}
    attacks = [{"attack": "open", "by": "price"}, {"attack": "open", "by": "loud"}, {"attack": "loud", "by": "calm"}]
    after = map_of("now", claims, attacks, {"price": "reported", "loud": "reported"})
    found, carriers = fates(after, cost="price", noise="loud")
    assert found == {"cost": "unanswered", "noise": "answered", "staff": "no match"}
    assert carriers == {"need": "no match"}
    taken_over = map_of("now", claims, [], {})
    assert fates(taken_over, cost="price")[0]["cost"] == "adopted"
    granted = map_of("now", claims, attacks, {"price": "conceded"})
    assert fates(granted, cost="price")[0]["cost"] == "granted"
    told = map_of("now", claims, [], {"price": "reported"})
    assert fates(told, cost="price")[0]["cost"] == "reported"


@pytest.mark.parametrize(
    ("relations", "said", "bearing"),
    [
        ([{"support": "open", "by": "free"}], {}, "carries"),
        ([{"attack": "open", "by": "free"}], {}, "objects"),
        ([], {}, "no longer bears"),
        ([{"support": "open", "by": "free"}], {"free": "reported"}, "not the author's"),
    ],
)
def test_what_carried_then_may_carry_now(relations: list[dict], said: dict[str, str], bearing: str) -> None:
    """The word depends on what the later text does with the matched claim."""
    after = map_of("now", {"open": BEFORE["open"], "free": "On Sundays families have time."}, relations, said)
    assert fates(after, need="free")[1] == {"need": bearing}


def test_the_command_prints_words_and_json() -> None:
    """Between the essays; the last sentence is the caution."""
    run = CliRunner().invoke(main, ["diff", "maps/1996.yaml", "maps/2005.yaml", "--arguments"])
    assert run.exit_code == 0
    said = " ".join(run.output.split())
    assert "military cooperation” (Washington) is an objection that the 1996 essay answers" in said
    assert "The military power of the US still overshadows that of Japan” is an objection in the 2005 essay" in said
    assert "highly exaggerated fears" not in said
    assert "This is about the map, not about the world" in said
    run = CliRunner().invoke(main, ["diff", "maps/1996.yaml", "maps/2005.yaml", "--arguments", "--format", "json"])
    assert json.loads(run.stdout)["format"] == "argmap-arguments/1"
