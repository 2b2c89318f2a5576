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
        "The 2008 platform calls for “work permits” on “What is to become of people without papers?”.",
        "The 2012 platform calls for “a path to citizenship” on “What is to become of people without papers?”.",
    ]
    assert (
        "What the two call for has moved on “How high should the lowest wage be?” from ten dollars to fifteen dollars."
        in summary(compare(FIRST, SECOND, ties(("work", "path"), ("pay", "pay"))))
    )


def test_what_was_called_for_and_is_so_is_told_with_its_claims() -> None:
    """Claims are named, not issue labels; what stayed is told of both."""
    said = summary(compare(SECOND, THIRD, ties(("path", "path"), ("pay", "paid"))))
    assert said.startswith(
        "Both platforms call for “a path to citizenship” on “What is to become of people without papers?”."
    )
    assert (
        "The 2012 platform calls for it, plans it or expects it, and the 2016 platform says that it is so: “The lowest wage "
        "should rise to fifteen dollars” → “The lowest wage is fifteen dollars”." in said
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
        "Both speak to “Which lines are to be built?”; only one has a claim on 2 more.",
    ]


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
