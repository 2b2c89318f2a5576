"""The summary of a diff: sentences by rule from modes, force, commitment and conditions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from argmap import store
from argmap.diff import compare, timeline
from argmap.diff.names import names_of
from argmap.diff.render import markdown, text
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
        "The 2008 platform holds that the lowest wage should be ten dollars; the 2012 platform holds that the lowest wage "
        "should be fifteen dollars." in summary(compare(FIRST, SECOND, ties(("work", "path"), ("pay", "pay"))))
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


def letter(year: str, thesis: object = "none", issue: dict[str, Any] | None = None, **claims: dict[str, Any]) -> Map:
    """A letter about one question."""
    said = " ".join(f"{claim[key]}." for claim in claims.values() for key in ("condition", "quote") if key in claim)
    issues = {
        "door": issue
        or {"question": "Who opens the door?", "scale": {"man": "a man", "no": "nobody", "box": "an engine"}}
    }
    return Map.model_validate(
        {
            "id": f"l{year}",
            "sources": {"letter": {"published": year, "text": f"It rained in {year}. {said}"}},
            "speakers": {"mayor": {"name": "the mayor"}},
            "issues": issues,
            "thesis": thesis,
            "claims": {
                name: {"text": f"{name.capitalize()}.", "issue": "door", **claim} for name, claim in claims.items()
            },
        }
    )


def test_what_is_realised_keeps_the_voice_of_the_first_text() -> None:
    """A demand that is only reported is not told as the text's own, nor a hedged forecast as an expectation."""
    call = {"kind": "policy", "position": "box", "commitment": "reported", "speaker": "mayor"}
    guess = {"kind": "prediction", "position": "box", "force": "hedged"}
    now = {"kind": "fact", "position": "box"}
    before, after = letter("1990", call=call, guess=guess), letter("1999", now=now, too=now)
    said = summary(compare(before, after, ties(("call", "now"), ("guess", "too"))))
    assert "What the 1990 letter reports as called for, the 1999 letter says is so: “Call” → “Now”." in said
    assert "What the 1990 letter thinks possible, the 1999 letter says is so: “Guess” → “Too”." in said
    hedged = letter("1999", now=now | {"force": "hedged"})
    word = Alignment.model_validate(
        {"before": "b", "after": "a", "correspondences": [{"before": "call", "after": "now", "change": "realised"}]}
    )
    told = summary(compare(before, hedged, word))
    assert "is realised in the 1999 letter, by the analyst's word" in told
    assert "says is so" not in told


def test_claims_that_a_text_does_not_assert_are_named_as_such() -> None:
    """What one text only reports is not what the two say; a rejected claim is marked."""
    before = letter(
        "1990",
        safe={"text": "The pier is safe.", "commitment": "reported", "issue": None},
        dry={"text": "The pier is dry.", "commitment": "rejected", "issue": None, "kind": "fact"},
    )
    after = letter(
        "1999",
        safe={"text": "The pier is unsafe.", "issue": None},
        dry={"text": "The pier is dry.", "issue": None, "kind": "fact"},
    )
    said = summary(compare(before, after, ties(("safe", "safe"), ("dry", "dry"))))
    assert "One text says the opposite of what the other reports: “The pier is safe” (reported) against" in said
    assert "The two say the opposite: “The pier is dry” (rejected) against “The pier is dry”." in said


def test_a_thing_becomes_something_only_where_it_is_otherwise_now() -> None:
    """*Becomes* needs a noun and an *is* of the same text; the article fits the label; the plural fits the sort of text."""
    issue = {"question": "Which?", "scale": {"man": "man", "box": "engine"}, "sentence": "the porter {is} a {label}"}
    call = {"kind": "policy", "position": "box"}
    before, after = letter("1990", issue=issue, call=call), letter("1999", issue=issue, call=call)
    assert headline(compare(before, after, ties())) == ["Both letters hold that the porter should be an engine."]
    now = {"kind": "fact", "position": "man"}
    after = letter("1999", issue=issue, now=now, call=call)
    assert "that the porter is a man and holds that the porter should become an engine" in " ".join(
        headline(compare(letter("1990", issue=issue, now=now | {"position": "box"}), after, ties()))
    )
    adjective = issue | {"scale": {"man": "shut", "box": "open"}, "sentence": "the door {is} {label}"}
    after = letter("1999", issue=adjective, now=now, call=call)
    before = letter("1990", issue=adjective, now=now, call=call)
    said = headline(compare(before, after, ties()))
    assert said == ["In both letters the door is shut.", "Both letters hold that the door should be open."]


def test_places_are_the_same_only_if_every_mode_is() -> None:
    """One text expects more, or says it under a condition: that is no same place."""
    issues = {"first": {"question": "First?", "scale": {"a": "one", "b": "two"}}}
    base = {"kind": "fact", "position": "man"}

    def two(year: str, **claims: dict[str, Any]) -> Map:
        map_ = letter(year, **claims, head={"kind": "fact", "issue": "first", "position": "a"})
        return map_.model_copy(
            update={"issues": Map.model_validate({"id": "i", "issues": issues}).issues | map_.issues}
        )

    same = summary(compare(two("1990", now=base), two("1999", now=base), ties()))
    assert "On 1 further question they stand in the same place." in same
    firm, only_if = base, base | {"condition": "If it snows"}
    said = summary(compare(two("1990", now=firm), two("1999", now=only_if), ties()))
    assert "the 1999 letter answers “a man”, “if it snows”" in said
    said = summary(
        compare(two("1990", now=base, then={"kind": "prediction", "position": "box"}), two("1999", now=base), ties())
    )
    assert "the 1990 letter expects “an engine”" in said
    assert "in the same place" not in said


def test_theses_keep_their_conditions() -> None:
    """A thesis that hangs on something is quoted with it."""
    before = letter(
        "1990",
        "a",
        a={"text": "The pier must go.", "issue": None, "quote": "The pier must go", "condition": "If the money comes"},
    )
    after = letter("1999", "a", a={"text": "The pier must stay.", "issue": None})
    assert headline(compare(before, after, ties())) == [
        (
            "The thesis of the 1990 letter is “The pier must go” (“if the money comes”, words of another sentence); that of the 1999 letter "
            "is “The pier must stay”."
        )
    ]


def test_where_a_text_stands_is_told_with_its_conditions_and_voices() -> None:
    """In the terminal, in Markdown and in a timeline a position is marked as reported, hedged or conditional."""
    then = letter("1990", now={"kind": "fact", "position": "man"})
    now = letter(
        "1999",
        guess={"kind": "prediction", "position": "box", "condition": "If it snows", "force": "hedged"},
        call={"kind": "policy", "position": "no", "commitment": "reported", "speaker": "mayor"},
    )
    stands = "will: an engine (hedged; if: “If it snows”); ought: nobody (reported; by the mayor)"
    diff, rows = compare(then, now, ties()), timeline([then, now])
    assert stands in " ".join(text.diff_as_text(diff, width=400).split())
    assert stands in markdown.of_diff(diff)
    assert stands in markdown.of_timeline(rows)
