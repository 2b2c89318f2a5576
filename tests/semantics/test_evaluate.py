"""What an evaluation says of small maps."""

from __future__ import annotations

from typing import Any

import pytest

from argmap import ArgmapError
from argmap.model import Claim, Map, Quote
from argmap.semantics import evaluate, sentences, to_json


def library(**changes: dict[str, Any]) -> Map:
    """A letter: the library should open on Sundays, since people cannot come on weekdays; the council says it cannot pay."""
    claims: dict[str, dict[str, Any]] = {
        "open": {"text": "The library should open on Sundays.", "quote": "open its doors on Sundays"},
        "weekdays": {"text": "People cannot come on weekdays."},
        "matters": {"text": "A library serves only when people can come.", "implicit": True},
        "cost": {"text": "Sundays cost too much."},
    }
    claims = {key: {**claim, **changes.get(key, {})} for key, claim in claims.items()}
    return Map.model_validate(
        {
            "id": "library",
            "thesis": "open",
            "claims": claims,
            "relations": [
                {"support": "open", "by": ["weekdays", "matters"], "scheme": "practical reasoning"},
                {"attack": "open", "by": "cost"},
            ],
        }
    )


def said(map_: Map, **options: Any) -> str:
    return "\n".join(sentence.text for sentence in sentences(evaluate(map_, **options), map_))


def test_a_thesis_falls_by_an_unanswered_objection() -> None:
    """An asserted objection that nothing answers defeats the thesis, and the text names both."""
    found = evaluate(library())
    assert found.labels["open"] == "out"
    assert "“The library should open on Sundays” does not stand" in said(library())
    assert "is objected to and the objection is never answered: “Sundays cost too much”." in said(library())


def test_a_reported_objection_does_not_speak_for_the_author() -> None:
    """What the council says counts only when all voices are asked for; what is left out is counted."""
    reported = library(cost={"commitment": "reported"})
    assert evaluate(reported).labels == {"open": "in", "weekdays": "in", "matters": "in"}
    assert evaluate(reported).left_aside.claims == {"cost": "reported"}
    assert "1 claim that the author only reports, asks or rejects is not counted" in said(reported)
    assert evaluate(reported, all_voices=True).labels["open"] == "out"


def test_a_conceded_objection_weakens_and_does_not_defeat() -> None:
    """“A, even if B”: the author grants B and holds A."""
    conceded = library(cost={"commitment": "conceded"})
    found = evaluate(conceded)
    assert found.labels["open"] == "in"
    assert found.theses[0].objections[0].granted
    assert found.theses[0].objections[0].gain > 0
    assert "The author grants an objection to “The library should open on Sundays”" in said(conceded)
    assert evaluate(conceded, concessions_defeat=True).labels["open"] == "out"


def test_linked_premises_are_single_points() -> None:
    """Each of two linked premises carries a thesis that nothing else supports; the unstated one is named as such."""
    found = evaluate(library(cost={"commitment": "reported"}))
    assert set(found.theses[0].single_points) == {"weekdays", "matters"}
    words = said(library(cost={"commitment": "reported"}))
    assert "The thesis falls if “People cannot come on weekdays” is rejected." in words
    assert "“A library serves only when people can come” (unstated)" in words
    assert "1 premise that the analyst supplied is counted: matters." in words


def test_a_second_support_takes_over() -> None:
    """With another support no single premise carries the thesis."""
    data = library(cost={"commitment": "reported"}).model_dump(by_alias=True)
    map_ = Map.model_validate(
        {
            **data,
            "claims": {**{k: {**c} for k, c in data["claims"].items()}, "quiet": {"text": "Sundays are quiet."}},
            "relations": [*data["relations"], {"support": "open", "by": "quiet"}],
        }
    )
    assert evaluate(map_).theses[0].single_points == ()
    assert "No single claim carries the thesis" in said(map_)


@pytest.mark.parametrize(("support", "premise"), [("necessary", "in"), ("deductive", "out")])
def test_what_support_means(support: Any, premise: str) -> None:
    """A conclusion that falls takes its only premise along where support is deductive, and not where it is necessary."""
    map_ = Map.model_validate(
        {
            "id": "m",
            "thesis": "a",
            "claims": {name: {"text": f"{name} holds."} for name in "abc"},
            "relations": [{"support": "a", "by": "b"}, {"attack": "a", "by": "c"}],
        }
    )
    assert evaluate(map_, support=support).labels == {"a": "out", "b": premise, "c": "in"}


def test_an_undercut_takes_a_support_away() -> None:
    """An attack on the only support leaves the claim unsupported; an attack on that attack restores it."""
    relations: list[dict[str, Any]] = [
        {"support": "a", "by": "b", "id": "step"},
        {"attack": "step", "by": "c", "id": "cut"},
    ]
    claims = {name: {"text": f"{name} holds."} for name in "abcd"}
    assert evaluate(Map.model_validate({"id": "m", "claims": claims, "relations": relations})).labels["a"] == "out"
    relations.append({"attack": "cut", "by": "d"})
    assert evaluate(Map.model_validate({"id": "m", "claims": claims, "relations": relations})).labels["a"] == "in"


def test_irregular_relations_are_left_aside_by_name() -> None:
    """Relations without a target or source, and rephrases, are named with the reason; circles do not hang."""
    map_ = Map.model_validate(
        {
            "id": "m",
            "thesis": "a",
            "claims": {name: {"text": f"{name} holds."} for name in "abc"},
            "relations": [
                {"support": "a", "by": "b"},
                {"support": "b", "by": "a"},
                {"attack": None, "by": "c"},
                {"attack": "nowhere", "by": "c"},
                {"support": "a", "by": "missing"},
                {"rephrase": "a", "by": "c"},
            ],
        }
    )
    found = evaluate(map_, ["grounded", "preferred"]) if _has_solver() else evaluate(map_)
    assert set(found.left_aside.relations) == {2, 3, 4, 5}
    assert found.labels["a"] == "undecided"
    assert found.theses[0].objections == ()


def _has_solver() -> bool:
    try:
        import clingo  # noqa: F401
    except ImportError:
        return False
    return True


def test_maps_without_a_thesis_say_so() -> None:
    """No thesis: labels only, and a sentence that says so; a thesis of somebody else's is named as such."""
    nothing = Map.model_validate({"id": "m", "claims": {"a": {"text": "It rains."}}})
    assert said(nothing).startswith("The map names no thesis. 1 of 1 claim stand")
    reported = library(open={"commitment": "reported"})
    assert "The thesis is reported, not the author's own" in said(reported)
    assert said(Map.model_validate({"id": "m"})).startswith("The map names no thesis.")


def test_open_critical_questions_are_counted() -> None:
    """Each critical question of a support's scheme that the map does not answer is listed."""
    found = evaluate(library(cost={"commitment": "reported"})).theses[0].questions
    assert {question.scheme for question in found} == {"practical reasoning"}
    assert len(found) >= 3


def test_json_has_everything_that_is_said() -> None:
    """The JSON names labels, strengths, effects and words, and is plain data."""
    import json

    map_ = library()
    data = json.loads(json.dumps(to_json(evaluate(map_), map_)))
    assert data["format"] == "argmap-evaluation/1"
    assert data["labellings"] == {
        "grounded": [{"in": ["weekdays", "matters", "cost"], "out": ["open"], "undecided": []}]
    }
    assert data["theses"][0]["objections"][0]["claims"] == ["cost"]
    assert data["words"][-1]["text"].startswith("This is about the map")


def test_an_unknown_semantics_is_refused() -> None:
    """The message names those that there are."""
    with pytest.raises(ArgmapError, match="choose from grounded, complete"):
        evaluate(library(), ["skeptical"])  # type: ignore[list-item]


DEBATE = Map.model_validate(
    {
        "id": "debate",
        "speakers": {"ann": {"name": "Ann"}, "bo": {"name": "Bo"}},
        "claims": {
            "hostile": {"text": "The debate was hostile.", "speaker": "ann"},
            "missed": {"text": "You missed the other one.", "speaker": "bo"},
            "fluff": {"text": "The other one was fluff.", "speaker": "ann"},
            "calm": {"text": "Everyone was calm.", "speaker": "bo"},
        },
        "relations": [
            {"attack": "hostile", "by": "missed"},
            {"attack": "missed", "by": "fluff"},
            {"attack": "hostile", "by": "calm"},
        ],
    }
)


def test_a_debate_without_a_thesis_says_what_falls() -> None:
    """Each claim that does not stand is named with the objection that holds."""
    said = [sentence.text for sentence in sentences(evaluate(DEBATE), DEBATE)]
    assert said[0] == "The map names no thesis. 2 of 4 claims stand."
    assert said[1] == "“The debate was hostile” (Ann) does not stand: “Everyone was calm” (Bo) objects to it."
    assert said[2] == "“You missed the other one” (Bo) does not stand: “The other one was fluff” (Ann) objects to it."


def test_any_claim_can_be_asked_about() -> None:
    """The claim takes the place of the thesis; a misspelt one is named with the nearest."""
    found = evaluate(DEBATE, claim="missed")
    said = [sentence.text for sentence in sentences(found, DEBATE)]
    assert said[0].startswith("The claim “You missed the other one” (Bo) does not stand: it is objected to")
    assert repr(found) == "Evaluation('debate': missed out, strength 0.25; 4 claims)"
    assert "does not stand" in (found._repr_markdown_() or "")
    with pytest.raises(ArgmapError, match='Did you mean "missed"'):
        evaluate(DEBATE, claim="mised")


def test_acceptance_is_told_for_each_semantics() -> None:
    """Credulous and sceptical: in some of the labellings, or in all."""
    pytest.importorskip("clingo")
    ring = Map.model_validate(
        {
            "id": "ring",
            "claims": {"a": {"text": "A."}, "b": {"text": "B."}},
            "relations": [{"attack": "a", "by": "b"}, {"attack": "b", "by": "a"}],
        }
    )
    said = [s.text for s in sentences(evaluate(ring, ("grounded", "preferred", "ideal"), claim="a"), ring)]
    assert "“A” is in 1 of 2 preferred labellings." in said
    assert "“A” is not in the only ideal labelling." in said


def test_a_condition_is_never_dropped() -> None:
    """A claim that hangs on something is named with it, beside its speaker."""
    map_ = DEBATE.model_copy(
        update={
            "thesis": "calm",
            "claims": type(DEBATE.claims)(
                {
                    **DEBATE.claims,
                    "calm": Claim(
                        id="calm", text="All will be calm.", speaker="bo", condition=Quote(exact="If nobody shouts")
                    ),
                }
            ),
        }
    )
    said = [sentence.text for sentence in sentences(evaluate(map_), map_)]
    assert said[0].startswith("The thesis “All will be calm” (Bo; if: “If nobody shouts”) stands")
