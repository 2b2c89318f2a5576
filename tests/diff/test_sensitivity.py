"""Single codings that the headline hangs on."""

from __future__ import annotations

from argmap.diff import compare
from argmap.diff.render.prose import sensitivity_in_words
from argmap.model import Alignment, Map

ISSUES = {"buses": {"question": "When do the buses run?", "scale": {"day": "by day", "night": "all night"}}}


def text(name: str, **claims: str) -> Map:
    """A text that says that the buses run at each claim's position."""
    said = {
        claim: {"text": f"{claim}.", "kind": "fact", "issue": "buses", "position": at} for claim, at in claims.items()
    }
    return Map.model_validate({"id": name, "issues": ISSUES, "claims": said})


def test_a_claim_that_stands_alone_carries_the_headline() -> None:
    """Another position, kind or commitment of it would give another headline."""
    diff = compare(text("x", a="day"), text("y", b="night"), Alignment(before="x", after="y"))
    found = {(coding.map, coding.claim, coding.field): coding.instead for coding in diff.sensitivity}
    assert found["x", "a", "position"] == ("night", None)
    assert ("y", "b", "commitment") in found
    assert "The headline hangs on 2 claims" in (sensitivity_in_words(diff) or "")


def test_a_second_claim_makes_it_safe() -> None:
    """Where two claims say the same, no single coding of either can leave the text without that position."""
    diff = compare(text("x", a="day", c="day"), text("y", b="night", d="night"), Alignment(before="x", after="y"))
    told = {(coding.claim, coding.field): coding.instead for coding in diff.sensitivity}
    assert "none" not in told.get(("a", "position"), ())
    assert ("c", "commitment") not in told


def test_without_a_scale_the_word_of_the_theses_is_the_headline() -> None:
    """The change word of the pair is then what the headline hangs on."""
    before = Map.model_validate({"id": "x", "thesis": "a", "claims": {"a": {"text": "Buses are late."}}})
    after = Map.model_validate({"id": "y", "thesis": "b", "claims": {"b": {"text": "Buses are often late."}}})
    ties = Alignment.model_validate({"before": "x", "after": "y", "correspondences": [{"before": "a", "after": "b"}]})
    [coding] = compare(before, after, ties).sensitivity
    assert (coding.map, coding.claim, coding.field) == ("y", "b", "change")
