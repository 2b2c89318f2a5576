"""A claim may hang on words of the text; a map may have several theses, or none."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

import argmap
from argmap import anchor, graph, stats, store
from argmap.model import Alignment, Claim, Map
from argmap.rules.shared import Aligned, decided_twice, unknown_claim

TEXT = "If all goes well, the bridge will open in May. It will carry trams. The square is on the agenda."


def a_map(**changes: object) -> Map:
    """A text with one sentence that names a condition, and two that do not."""
    claims = {
        "opens": {"text": "The bridge will open in May.", "quote": "the bridge will open in May", "kind": "prediction"},
        "trams": {"text": "The bridge will carry trams.", "quote": "It will carry trams.", "kind": "prediction"},
        "square": {"text": "The square is planned.", "quote": "The square is on the agenda.", "kind": "plan"},
    }
    for claim_id in ("opens", "trams"):
        claims[claim_id]["condition"] = "If all goes well"
    return Map.model_validate({"id": "m", "sources": {"text": {"text": TEXT}}, "claims": claims, **changes})


def test_a_condition_has_its_own_place() -> None:
    """It is found like a quote, and argmap knows where it stands in another sentence than the claim's words."""
    found = anchor.conditions(a_map())
    assert isinstance(found["opens"], anchor.Anchored)
    assert (found["opens"].span.start, found["opens"].span.end) == (0, 16)
    assert anchor.conditions_apart(a_map()) == {"trams"}


def test_a_condition_that_is_not_in_the_text_is_found_by_check() -> None:
    """Its words are checked like those of a quote."""
    claim = {"text": "A", "quote": "It will carry trams.", "condition": "If nothing goes wrong"}
    found = argmap.check(a_map(claims={"a": claim}, thesis="a"))
    assert [(finding.rule, finding.place.at) for finding in found if finding.severity == "error"] == [
        ("unanchored-quote", ("claims", "a", "condition", "exact"))
    ]


def test_a_plan_has_a_mode_of_its_own() -> None:
    """What is on the agenda is neither a fact, nor a forecast, nor a wish."""
    assert a_map().claims["square"].mode == "plan"


@pytest.mark.parametrize(
    ("written", "thesis", "theses"),
    [("opens", "opens", ("opens",)), (["opens", "trams"], ("opens", "trams"), ("opens", "trams")), ("none", (), ())],
)
def test_a_map_has_one_thesis_or_several_or_none(
    written: object, thesis: object, theses: tuple[str, ...], tmp_path: object
) -> None:
    """All three are read, walked and written back as they were."""
    made = a_map(thesis=written)
    assert (made.thesis, made.theses) == (thesis, theses)
    assert [claim for claim, role in graph.roles(made).items() if role == "thesis"] == list(theses)
    text = store.dumps(made)
    assert "thesis: none" in text or theses
    assert stats.survey(made).thesis == thesis


def test_a_claim_called_none_is_a_thesis_like_any_other() -> None:
    """`none` is only no claim where no claim is called so."""
    assert Map.model_validate({"id": "m", "thesis": "none", "claims": {"none": {"text": "A"}}}).theses == ("none",)


def test_planks_are_not_adrift() -> None:
    """Issues organise a map without a thesis: a claim on an issue needs no relation."""
    planks = {"a": {"text": "A", "issue": "tax"}, "b": {"text": "B"}}
    issues = {"tax": {"question": "Which taxes?"}}
    for thesis, lost in (("none", ["b"]), (["a"], ["b"]), (["a", "b"], []), (None, ["a", "b"])):
        made = Map.model_validate({"id": "m", "thesis": thesis, "claims": planks, "issues": issues})
        assert graph.adrift(made) == lost


def test_what_is_passed_over_is_confirmed_in_two_forms() -> None:
    """`silent:` names the claims; an accepted correspondence with an empty side still does."""
    old = {"before": ["a"], "after": [], "change": "dropped"}
    given = Alignment.model_validate(
        {"before": "x", "after": "y", "correspondences": [old], "silent": {"before": "b", "after": ["c"]}}
    )
    assert (given.passed_over.before, given.passed_over.after) == (("b", "a"), ("c",))


def test_a_claim_is_not_both_matched_and_passed_over() -> None:
    """`check` says so, and names the claim; an unknown id is found as well."""
    given = Alignment.model_validate(
        {
            "before": "x",
            "after": "y",
            "correspondences": [{"before": "a", "after": "c"}],
            "silent": {"before": ["a", "z"]},
        }
    )
    left, right = (
        Map.model_validate({"id": name, "claims": {claim: {"text": claim}}}) for name, claim in (("x", "a"), ("y", "c"))
    )
    aligned = Aligned(given, left, right)
    assert [problem.at for problem in decided_twice.find(aligned)] == [("silent", "before", 0)]
    assert [problem.at for problem in unknown_claim.find(aligned)] == [("silent", "before", 1)]
    with pytest.raises(argmap.ArgmapError, match="has no claim 'z'"):
        argmap.compare(left, right, given)


def test_a_condition_is_a_quote() -> None:
    """Nothing else is taken for one."""
    with pytest.raises(ValidationError):
        Claim(id="a", text="A", condition=3.5)  # type: ignore[arg-type]
