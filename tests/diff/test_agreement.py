"""Figures of agreement between two analysts, each against a value worked out by hand in the comment above it."""

from collections import Counter

import pytest

from argmap.diff import agreement, compare, with_noise
from argmap.diff.agreements import cass, cohen_kappa, krippendorff_alpha_u, segmentation_similarity
from argmap.model import Map

TEXT = (
    "Shops gain from fewer cars. Noise falls. The square should be closed to cars, and soon. Some fear for the shops."
)


def test_kappa_by_hand():
    """Ten items: 3 support for both, 4 none for both, 2 support for the first only, 1 for the second only."""
    # pₒ = 7/10. The first says support 5 times, the second 4 times: pₑ = 0.5·0.4 + 0.5·0.6 = 0.5. κ = 0.2/0.5.
    items = Counter({("support", "support"): 3, ("none", "none"): 4, ("support", "none"): 2, ("none", "support"): 1})
    assert cohen_kappa(items) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("items", "kappa"),
    [
        ({}, None),
        ({("none", "none"): 9}, None),  # pₑ = 1: one code only tells nothing
        ({("a", "a"): 2, ("b", "b"): 2}, 1.0),
        ({("a", "b"): 2, ("b", "a"): 2}, -1.0),  # pₒ = 0, pₑ = 0.5
    ],
)
def test_kappa_at_the_edges(items, kappa):
    """No items and a single code have no κ; full agreement is 1, its contrary −1."""
    assert cohen_kappa(items) == kappa


def test_alpha_u_by_hand():
    """Ten characters; one marks 2–6, the other 4–8."""
    # Dₒ: the units differ by (2−4)² + (6−8)² = 8, counted from both sides: 16 / (2·1·10²) = 0.08.
    # Dₑ: for each unit (2−1)/3·(2·4³ − 3·4² + 4) = 28, and of the gaps 2 4 4 2 two are long enough, each in 4−4+1 = 1
    # place, so 4²·2 = 32; both units 120; 2/10·120 = 24, over 20·19 − 2·4·3 = 356.
    assert krippendorff_alpha_u([[(2, 6)], [(4, 8)]], 10) == pytest.approx(1 - 0.08 / (24 / 356))


def test_alpha_u_as_published():
    """The example of Krippendorff 2004, p. 254, category c: Dₒ = 0.0144, Dₑ = 0.0532, αU = 0.7286."""
    # A continuum of 300 that starts at 150; here it starts at 0.
    first, second = [(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)]
    assert krippendorff_alpha_u([first, second], 300) == pytest.approx(0.7286, abs=5e-5)


def test_alpha_u_at_the_edges():
    """Equal units agree fully; without any unit there is no figure."""
    assert krippendorff_alpha_u([[(0, 3), (5, 9)], [(0, 3), (5, 9)]], 12) == 1
    assert krippendorff_alpha_u([[], []], 12) is None


def test_segmentation_by_hand():
    """Ten words have nine places between them; a boundary moved by one word is one edit, one set by one analyst alone is one."""
    words = [(n * 2, n * 2 + 1) for n in range(10)]
    # Boundaries after words 4 and 8; after words 5 and 8: one move. 1 − 1/9.
    assert segmentation_similarity([(0, 7), (16, 19)], [(0, 9), (16, 19)], words) == pytest.approx(8 / 9)
    # After word 4; after word 4 and around the last two: one added. 1 − 1/9.
    assert segmentation_similarity([(0, 7)], [(0, 7), (16, 19)], words) == pytest.approx(8 / 9)
    # After word 2; after word 7: one taken away, one added. 1 − 2/9.
    assert segmentation_similarity([(0, 3)], [(0, 13)], words) == pytest.approx(7 / 9)


def test_cass_by_hand():
    """The harmonic mean of S and κ: 2·0.4·0.8 / (0.4 + 0.8) = 0.64/1.2."""
    assert cass(0.8, 0.4) == pytest.approx(0.64 / 1.2)
    assert cass(1.0, 1.0) == 1
    assert cass(0.9, -0.2) == 0
    assert cass(None, 0.4) is None


def analyst(**claims):
    relations = claims.pop("relations", [])
    return {"sources": {"letter": {"text": TEXT}}, "claims": claims, "relations": relations}


def two_analysts():
    """They share three claims of four and three, and agree on one relation of two."""
    first = analyst(
        close={"text": "The square should be closed.", "quote": "The square should be closed to cars"},
        shops={"text": "Shops gain.", "quote": "Shops gain from fewer cars."},
        quiet={"text": "It gets quieter.", "quote": "Noise falls."},
        fear={"text": "Shops may lose.", "quote": "Some fear for the shops."},
        relations=[
            {"support": "close", "by": ["shops"]},
            {"support": "close", "by": ["quiet"]},
            {"attack": "close", "by": ["fear"]},
        ],
    )
    second = analyst(
        ban={"text": "Cars should be banned soon.", "quote": "The square should be closed to cars, and soon."},
        trade={"text": "Trade profits.", "quote": "Shops gain from fewer cars."},
        noise={"text": "Noise is less.", "quote": "Noise falls."},
        relations=[{"support": "ban", "by": ["trade"]}, {"support": "trade", "by": ["noise"]}],
    )
    return Map.model_validate({"id": "anna", **first}), Map.model_validate({"id": "ben", **second})


def test_two_analysts():
    """What both saw, what one saw, and each figure, by hand."""
    anna, ben = two_analysts()
    found = agreement(anna, ben)
    assert (found.shared, found.only_before, found.only_after) == (3, 1, 0)
    assert found.percentage == round(6 / 7, 4)  # 3 + 3 of 4 + 3 claims
    assert found.relations == 0.5  # 2 + 2 drawn between shared claims, one of each alike
    # Six ordered pairs of three claims: one support for both, one for each alone, three none for both. pₒ = 4/6;
    # both say support twice: pₑ = (2·2 + 4·4)/36 = 20/36. κ = (24 − 20)/(36 − 20).
    assert found.kappa == 0.25
    # Boundaries between the 21 words: both after 5 and 7; Anna after 14 and 16, Ben after 16; Anna alone ends with the
    # text. One of 20 places differs.
    assert found.segmentation == 0.95
    assert found.cass == round(2 * 0.25 * 0.95 / 1.2, 4)


def test_two_analysts_swapped():
    """Swapped, the figures stay and the sides change places."""
    anna, ben = two_analysts()
    forth, back = agreement(anna, ben), agreement(ben, anna)
    for figure in ("percentage", "relations", "kappa", "alpha", "segmentation", "cass"):
        assert getattr(forth, figure) == getattr(back, figure)
    assert (forth.only_before, forth.only_after) == (back.only_after, back.only_before)


def test_diff_of_two_analysts():
    """The diff of two maps of one text matches by the quoted words and tells relations between shared claims only."""
    anna, ben = two_analysts()
    diff = compare(anna, ben)
    assert diff.question == "annotators"
    matched = {change.before[0].id: change for change in diff.changes if change.before and change.after}
    assert {claim_id: change.after[0].id for claim_id, change in matched.items()} == {
        "close": "ban",
        "shops": "trade",
        "quiet": "noise",
    }
    assert {change.basis for change in matched.values()} == {"span"}
    assert matched["close"].evidence == ("quotes overlap by 86%",)
    assert [tie.id for tie in diff.relations.dropped] == ["quiet>close"]
    assert [tie.id for tie in diff.relations.new] == ["noise>trade"]


def test_one_sees_two_where_the_other_sees_one():
    """A claim read from a part of another's words joins its match, as split, and swapped as merged."""
    one = Map.model_validate({"id": "one", **analyst(a={"text": "Closing helps.", "quote": TEXT[:40]})})
    two = Map.model_validate(
        {
            "id": "two",
            **analyst(
                b={"text": "Shops gain.", "quote": TEXT[:27]}, c={"text": "It is quieter.", "quote": TEXT[28:40]}
            ),
        }
    )
    [change] = compare(one, two).changes
    assert ([side.id for side in change.after], change.facets) == (["b", "c"], ("reworded", "split"))
    [change] = compare(two, one).changes
    assert ([side.id for side in change.before], change.facets) == (["b", "c"], ("reworded", "merged"))


def test_noise_floor():
    """Where two readers of one text are a step apart, a shift of one step on that issue is marked as within their noise."""
    issues = {
        "cars": {
            "question": "Where may cars go?",
            "scale": {"all": "anywhere", "some": "here and there", "none": "nowhere"},
        }
    }

    def reading(claim_id, position, text=TEXT):
        claim = {"text": "Cars.", "kind": "fact", "issue": "cars", "position": position}
        return Map.model_validate(
            {"id": claim_id, "issues": issues, "sources": {"t": {"text": text}}, "claims": {"c": claim}}
        )

    floor = agreement(reading("anna", "all"), reading("ben", "some"))
    assert [read.steps for read in floor.reads] == [1]
    diff = with_noise(compare(reading("then", "all"), reading("now", "some", "Another text.")), floor)
    assert [(shift.steps, shift.noise) for shift in diff.shifts] == [(1, 1)]


def test_no_shared_text_has_no_figures():
    """Without shared claims or text there are no figures; none is made up as 0."""
    found = agreement(Map(id="a"), Map(id="b"))
    assert (found.percentage, found.kappa, found.alpha, found.segmentation, found.cass) == (None,) * 5
