"""The list of argumentation schemes, and finding a scheme in it however it is spelt."""

from __future__ import annotations

import pytest

import argmap
from argmap import Map, schemes
from argmap.schemes import SCHEMES, Scheme, aif_name, canonical, named


@pytest.mark.parametrize(
    ("spelt", "name"),
    [
        ("CauseToEffect", "cause to effect"),
        ("Cause To Effect", "cause to effect"),
        ("Argument from Cause to Effect", "cause to effect"),
        ("cause_to_effect", "cause to effect"),
        ("SUPPORT_CAUSE_TO_EFFECT", "SUPPORT_CAUSE_TO_EFFECT"),
        ("EstablishedRule", "established rule"),
        ("PracticalReasoning", "practical reasoning"),
        ("Ad hominem", "generic ad hominem"),
        ("Pragmatic Argument From Alternatives", "pragmatic alternatives"),
        ("Argument from Waste", "waste"),
        ("  my own scheme ", "my own scheme"),
        ("Default Inference", None),
        ("Default Conflict", None),
        ("RA", None),
        ("", None),
    ],
)
def test_a_scheme_is_found_however_it_is_spelt(spelt: str, name: str | None) -> None:
    """Case, spaces and small words do not matter; an unknown scheme stays as written; a default is none."""
    assert canonical(spelt) == name


def test_names_are_found_by_themselves() -> None:
    """Every name of the list, in our spelling and in AIFdb's, gives itself, and no two share a key."""
    for scheme in SCHEMES:
        assert canonical(scheme.name) == canonical(aif_name(scheme.name)) == scheme.name
        assert named(scheme.name.upper()) is scheme
    keys: dict[str, Scheme] = {}
    for scheme in SCHEMES:
        for name in (scheme.name, *scheme.aliases):
            assert keys.setdefault(schemes._key(name), scheme) is scheme


def test_every_question_asks() -> None:
    """A scheme says what it argues in one sentence, and its questions are questions."""
    for scheme in SCHEMES:
        assert scheme.says.endswith(".")
        assert all(question.endswith("?") for question in scheme.questions)


def test_unknown_names_are_written_as_they_stand() -> None:
    """Only names of the list are put into AIFdb's spelling."""
    assert aif_name("position to know") == "Position To Know"
    assert aif_name("my own scheme") == "my own scheme"


def test_spelling_of_a_scheme_makes_no_difference() -> None:
    """A map may spell a scheme as AIF does: it is counted with the others, and is no change."""

    def spelt(scheme: str) -> Map:
        data = {
            "id": "bridge",
            "claims": {"close": {"text": "Close it."}, "rust": {"text": "It rusts."}, "noise": {"text": "It creaks."}},
            "relations": [
                {"support": "close", "by": "rust", "scheme": scheme},
                {"support": "close", "by": "noise", "scheme": "sign"},
            ],
        }
        return Map.model_validate(data)

    ours, theirs = spelt("cause to effect"), spelt("CauseToEffect")
    assert dict(argmap.survey(theirs).schemes) == dict(argmap.survey(ours).schemes)
    assert argmap.compare(ours, theirs).empty
    assert argmap.compare(ours, spelt("analogy")).changes[0].facets == ("scheme-changed",)
