"""The summary of a diff: sentences by rule from modes, force, commitment and conditions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from argmap import store
from argmap.diff import compare, timeline
from argmap.diff.names import names_of
from argmap.diff.render.prose import headline, summary
from argmap.model import Alignment, Map

MAPS = Path(__file__).resolve().parents[2] / "maps"
ISSUES = {
    "citizenship": {
        "question": "What is to become of people without papers?",
        "scale": {"expel": "expulsion", "permit": "work permits", "path": "a path to citizenship"},
    },
    "wage": {
        "question": "How high should the lowest wage be?",
        "scale": {"low": "as it is", "ten": "ten dollars", "fifteen": "fifteen dollars"},
        "sentence": "the lowest wage {is} {label}",
    },
    "rail": {"question": "Which lines are to be built?"},
}


def platform(year: str, thesis: object, **planks: dict[str, Any]) -> Map:
    """A platform of planks, each a policy unless it says otherwise."""
    claims = {name: {"kind": "policy", **plank} for name, plank in planks.items()}
    source = {"platform": {"published": year}}
    return Map.model_validate(
        {"id": f"p{year}", "sources": source, "issues": ISSUES, "thesis": thesis, "claims": claims}
    )


FIRST = platform(
    "2008",
    ["work", "pay"],
    work={"text": "People without papers should get work permits.", "issue": "citizenship", "position": "permit"},
    pay={"text": "The lowest wage should rise to ten dollars.", "issue": "wage", "position": "ten"},
    coast={"text": "The coast line should be built.", "issue": "rail"},
)
SECOND = platform(
    "2012",
    "none",
    path={
        "text": "People without papers should get a path to citizenship.",
        "issue": "citizenship",
        "position": "path",
    },
    pay={"text": "The lowest wage should rise to fifteen dollars.", "issue": "wage", "position": "fifteen"},
)
THIRD = platform(
    "2016",
    ["path", "paid"],
    path={
        "text": "People without papers should get a path to citizenship.",
        "issue": "citizenship",
        "position": "path",
    },
    paid={"text": "The lowest wage is fifteen dollars.", "kind": "fact", "issue": "wage", "position": "fifteen"},
)


def ties(*pairs: tuple[str, str]) -> Alignment:
    """An alignment of single claims."""
    return Alignment.model_validate(
        {"before": "b", "after": "a", "correspondences": [{"before": b, "after": a} for b, a in pairs]}
    )


def test_planks_are_told_by_what_they_call_for() -> None:
    """Neither platform has a single thesis; the sentences name the positions, and count no steps."""
    said = headline(compare(FIRST, SECOND, ties(("work", "path"), ("pay", "pay"))))
    assert said == [
        (
            "On “What is to become of people without papers?” the 2008 platform calls for “work permits”; the 2012 platform calls "
            "for “a path to citizenship”."
        ),
    ]
    assert (
        "The 2008 platform holds that the lowest wage should become ten dollars; the 2012 platform holds that the lowest wage "
        "should become fifteen dollars." in summary(compare(FIRST, SECOND, ties(("work", "path"), ("pay", "pay"))))
    )


def test_what_was_called_for_and_is_so_is_told_with_its_claims() -> None:
    """Claims are named, not issue labels; what stayed is told of both."""
    said = summary(compare(SECOND, THIRD, ties(("path", "path"), ("pay", "paid"))))
    assert said.startswith(
        "On “What is to become of people without papers?” both platforms call for “a path to citizenship”."
    )
    assert (
        "What the 2012 platform calls for, the 2016 platform says is so: “The lowest wage should rise to fifteen dollars” → “The lowest wage is fifteen dollars”."
        in said
    )


def test_three_platforms_in_a_timeline() -> None:
    """Issues without a scale have a row; each step between neighbours is told in a word or two."""
    found = timeline([THIRD, FIRST, SECOND], [ties(("work", "path"), ("pay", "pay"))])
    assert [text.id for text in found.texts] == ["p2008", "p2012", "p2016"]
    rows = {row.issue: row for row in found.rows}
    assert rows["citizenship"].moves == ("called for +1", "kept")
    assert [standing.at.state for standing in rows["rail"].standings] == ["no-position", "none", "none"]
    assert rows["rail"].moves == (None, None)


def test_texts_without_a_shared_position_are_told_by_their_theses() -> None:
    """One thesis each is quoted; several or none are counted, and the shared questions named."""
    left = Map.model_validate({"id": "x", "thesis": "a", "claims": {"a": {"text": "Trams are late."}}})
    right = Map.model_validate({"id": "y", "thesis": "b", "claims": {"b": {"text": "Trams are early."}}})
    assert headline(compare(left, right, ties())) == [
        "The thesis of x is “Trams are late”; that of y is “Trams are early”."
    ]
    bare = platform("2020", "none", line={"text": "The coast line should be built.", "issue": "rail"})
    assert headline(compare(FIRST, bare, ties(("coast", "line")))) == [
        "The 2008 platform has 2 theses; the 2020 platform names no thesis.",
        "Both speak to “Which lines are to be built?”; on 2 further questions only one of them has a claim.",
    ]


def island(year: str, thesis: object = "none", **claims: dict[str, Any]) -> Map:
    """A programme with two questions of its own; its text has the words of the conditions."""
    said = " ".join(f"{claim['condition']}." for claim in claims.values() if "condition" in claim)
    issues = {
        "bridge": {"question": "Is there a bridge?", "scale": {"no": "none", "yes": "a bridge"}},
        "boat": {"question": "Does a boat sail at night?", "scale": {"no": "none", "yes": "a boat"}},
    }
    source = {"programme": {"published": year, "text": f"The lighthouse is red. It was painted in {year}. {said}"}}
    return Map.model_validate(
        {"id": f"i{year}", "sources": source, "issues": issues, "thesis": thesis, "claims": claims}
    )


def test_conditions_are_never_dropped() -> None:
    """What hangs on something is named with it, also on other questions and among realised claims; modes are told in order of the texts."""
    before = island(
        "1990",
        bridge={
            "text": "A bridge must be built.",
            "kind": "policy",
            "issue": "bridge",
            "position": "yes",
            "condition": "As soon as the state agrees",
        },
        boat={
            "text": "A boat will sail.",
            "kind": "prediction",
            "issue": "boat",
            "position": "yes",
            "condition": "If the grant is paid",
        },
    )
    after = island(
        "1998",
        bridge={"text": "The bridge is open.", "kind": "fact", "issue": "bridge", "position": "yes"},
        boat={"text": "A boat is planned.", "kind": "plan", "issue": "boat", "position": "yes"},
    )
    said = summary(compare(before, after, ties(("bridge", "bridge"))))
    assert said.startswith(
        "On “Is there a bridge?” the 1990 programme calls for “a bridge”, “as soon as the state agrees”; the 1998 programme "
        "answers “a bridge”. On “Does a boat sail at night?” the 1990 programme expects “a boat”, “if the grant is paid”; the "
        "1998 programme reports plans for “a boat”. What the 1990 programme calls for, the 1998 programme says is so: "
        "“A bridge must be built” (“as soon as the state agrees”) → “The bridge is open”."
    )


def test_contradictions_name_the_words_that_show_them() -> None:
    """Claims that say the opposite or another figure stand against each other, with the signals."""
    before = island("1990", a={"text": "The pier is safe."}, b={"text": "Ten boats were lost."})
    after = island("1998", a={"text": "The pier is unsafe."}, b={"text": "Twelve boats were lost."})
    said = summary(compare(before, after, ties(("a", "a"), ("b", "b"))))
    assert "The two say the opposite: “The pier is safe” against “The pier is unsafe” (antonym safe → unsafe)." in said
    assert "“Ten boats were lost” against “Twelve boats were lost” (number Ten → Twelve)." in said


def test_debates_without_texts_are_told_in_a_few_words() -> None:
    """Where nothing matches and nothing can be searched, the paragraph is short and calls nobody silent."""
    left = Map.model_validate({"id": "x", "claims": {"a": {"text": "Trams are late."}}})
    right = Map.model_validate({"id": "y", "claims": {"b": {"text": "Taxes are high."}}})
    assert summary(compare(left, right)) == (
        "Neither text names a thesis. No claim of x has a confirmed match in y. 1 claim of x and 1 of y have no match in the other "
        "map, and there is no text to search."
    )


@pytest.mark.parametrize(
    ("left", "right", "names"),
    [
        ({"published": "1996"}, {"published": "2005-03"}, ("the 1996 essay", "the 2005 essay")),
        ({"published": "1996", "title": "One"}, {"published": "1996", "title": "Two"}, ("“One”", "“Two”")),
        ({"author": "Ann Lee"}, {"author": "Bo Ray"}, ("Ann Lee", "Bo Ray")),
        ({}, {}, ("x", "y")),
    ],
)
def test_texts_are_named_by_year_title_or_author(left: dict, right: dict, names: tuple[str, str]) -> None:
    """The first of the three that tells them apart; else their ids."""
    maps = (Map.model_validate({"id": name, "sources": {"essay": of}}) for name, of in (("x", left), ("y", right)))
    assert names_of(*maps) == names


def test_the_essays() -> None:
    """What is so stayed; what 2005 expects is told as expected, with its condition and where that stands."""
    diff = compare(
        store.load(MAPS / "1996.yaml"), store.load(MAPS / "2005.yaml"), store.load_alignment(MAPS / "1996-2005.yaml")
    )
    said = summary(diff)
    assert "In both essays Japan is a junior partner." in said
    assert (
        "The 2005 essay expects that Japan will become a near-equal ally, “if all goes well” (words of another sentence)."
        in said
    )
    assert "up the scale" not in said
    assert "silent" not in said
    assert "The headline hangs on" in said
