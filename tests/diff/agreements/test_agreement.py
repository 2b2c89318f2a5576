"""Figures of agreement between two analysts, each against a value worked out by hand in the comment above it."""

from collections import Counter

import pytest

from argmap.diff import agreement, compare, with_noise
from argmap.diff.agreements import (
    boundary_similarity,
    cass,
    cohen_kappa,
    krippendorff_alpha_u,
    segmentation_similarity,
)
from argmap.diff.agreements.unitizing import alpha_family, count_coincidences
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


def test_alpha_family_of_three_observers():
    """Three observers, a text of 60 characters, two labels; worked out from equations 1, 4, 6, 10 and 11."""
    alex, paul, susan = [(2, 5, "1")], [(2, 5, "1"), (10, 20, "2")], [(2, 5, "2"), (15, 20, "2")]
    counts = count_coincidences([alex, paul, susan], 60)
    # One marks and another does not: 10 + 5 + 5 characters, from both sides, over m − 1: 20. 24 characters are marked, 156
    # not; squares of units 9 + 9 + 100 + 9 + 25 = 152, characters of gaps 156.
    assert alpha_family(counts, "|u", 3) == pytest.approx(1 - 20 / (2 * 24 * 156 / (180 - 308 / 180)))
    # Where two mark: 1 with 1 three times, 1 with 2 three and three, 2 with 2 five; squares 36/2 of label 1, 68/2 of 2.
    assert alpha_family(counts, "cu", 3) == pytest.approx(1 - 6 / (2 * 6 * 8 / (14 - 52 / 14)))


def test_alpha_family_by_hand():
    """Ten characters; one marks 2–6, the other 4–8, with one label: |uα = uα."""
    # Coincidences: both mark 2, counted from both sides 4; neither 4, so 8; one alone 2 + 2, from both sides 8 of 20.
    # Expected: margins 8 and 12; squares of units 4² + 4² = 32, and of gaps 12; 8·12/(20 − 44/20) from each side.
    counts = count_coincidences([[(2, 6, "Claim")], [(4, 8, "Claim")]], 10)
    for name in ("u", "|u"):
        assert alpha_family(counts, name) == pytest.approx(1 - 8 / (2 * 8 * 12 / (20 - 44 / 20)))
    assert alpha_family(count_coincidences([[], []], 10), "|u") is None


def test_segmentation_by_hand():
    """Ten words have nine places between them; a boundary moved by one word is one edit, one set by one analyst alone is one."""
    words = [(n * 2, n * 2 + 1) for n in range(10)]
    # Boundaries after words 4 and 8; after words 5 and 8: one move. 1 − 1/9.
    assert segmentation_similarity([(0, 7), (16, 19)], [(0, 9), (16, 19)], words) == pytest.approx(8 / 9)
    # After word 4; after word 4 and around the last two: one added. 1 − 1/9.
    assert segmentation_similarity([(0, 7)], [(0, 7), (16, 19)], words) == pytest.approx(8 / 9)
    # After word 2; after word 7: one taken away, one added. 1 − 2/9.
    assert segmentation_similarity([(0, 3)], [(0, 13)], words) == pytest.approx(7 / 9)


def test_boundary_similarity_by_hand():
    """B counts boundaries alone: a move is half an edit, an added boundary one."""
    words = [(n * 2, n * 2 + 1) for n in range(10)]
    # After words 4 and 8, and after words 5 and 8: one shared, one moved. 1 − 0.5/2.
    assert boundary_similarity([(0, 7), (16, 19)], [(0, 9), (16, 19)], words) == pytest.approx(0.75)
    # After word 2; after word 7: two added. 1 − 2/2.
    assert boundary_similarity([(0, 3)], [(0, 13)], words) == 0
    assert boundary_similarity([(0, 19)], [], words) is None


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
    figures = {name: each.value for name, each in found.figures.items()}
    assert figures["claims_argmap"] == pytest.approx(6 / 7)  # 3 + 3 of 4 + 3 claims
    assert figures["claims_exact"] == pytest.approx(4 / 7)  # the first spans differ
    assert figures["relations"] == 0.5  # 2 + 2 drawn between shared claims, one of each alike
    assert figures["relations_all"] == pytest.approx(2 / 5)  # 3 + 2 drawn
    # Six ordered pairs of three claims: one support for both, one for each alone, three none for both. pₒ = 4/6;
    # both say support twice: pₑ = (2·2 + 4·4)/36 = 20/36. κ = (24 − 20)/(36 − 20).
    assert figures["kappa"] == figures["kappa_existence"] == figures["kappa:support"] == 0.25
    # Twelve pairs of four claims: Anna has two supports and an attack, Ben two supports. pₒ = 9/12, pₑ = (2·2 + 9·10)/144.
    assert figures["kappa_all"] == pytest.approx((9 * 12 - 94) / (144 - 94))
    # Boundaries between the 21 words: both after 5 and 7; Anna after 14 and 16, Ben after 16; Anna alone ends with the
    # text. One of 20 places differs.
    assert figures["segmentation"] == 0.95
    assert figures["boundary"] == 0.75  # one added, three shared
    assert figures["cass"] == pytest.approx(2 * 0.25 * 0.95 / 1.2)


def test_undercuts_and_links():
    """An attack on a relation is an item of its own, and so is a pair of linked premises."""
    same = {
        "a": {"text": "A.", "quote": "Shops gain from fewer cars."},
        "b": {"text": "B.", "quote": "Noise falls."},
        "c": {"text": "C.", "quote": "The square should be closed to cars"},
        "d": {"text": "D.", "quote": "Some fear for the shops."},
    }
    linked = [{"support": "c", "by": ["a", "b"], "id": "s"}, {"attack": "s", "by": ["d"]}]
    apart = [{"support": "c", "by": ["a"]}, {"support": "c", "by": ["b"]}, {"attack": "c", "by": ["d"]}]
    one, two = (
        Map.model_validate({"id": name, **analyst(**same, relations=relations)})
        for name, relations in (("one", linked), ("two", apart))
    )
    found = agreement(one, two).figures
    assert found["kappa:link"].counts == {"link/none": 1, "none/none": 5}
    assert found["kappa:undercut"].counts == {"undercut/none": 1, "none/none": 3}
    # Twelve pairs of claims, and four of a claim with the relation that one of them attacks.
    assert found["kappa"].counts == {"attack/none": 1, "none/attack": 1, "none/none": 12, "support/support": 2}


def test_unmatched_claims_are_missing():
    """Twelve claims and eleven relations against two and one: full agreement on what both have, little on all."""
    words = [f"w{n:02}." for n in range(12)]
    claims = {f"c{n}": {"text": word, "quote": word} for n, word in enumerate(words)}
    relations = [{"support": "c0", "by": [f"c{n}"]} for n in range(1, 12)]
    many, few = (
        Map.model_validate(
            {
                "id": f"m{size}",
                "sources": {"t": {"text": " ".join(words)}},
                "claims": dict(list(claims.items())[:size]),
                "relations": relations[: size - 1],
            }
        )
        for size in (12, 2)
    )
    found = agreement(many, few)
    assert (found.value("kappa"), found.figures["kappa"].n) == (1.0, 2)
    # 132 ordered pairs: pₒ = 122/132, pₑ = (11·1 + 121·131)/132².
    assert found.value("kappa_all") == pytest.approx((122 * 132 - 15862) / (132**2 - 15862))
    assert found.figures["kappa_all"].n == 132
    # Nine of eleven places between words are cut by one alone.
    s = 1 - 9 / 11
    assert found.value("segmentation") == pytest.approx(s)
    assert found.value("cass") == pytest.approx(2 * s / (1 + s))
    assert found.value("cass_all") == pytest.approx(cass(s, found.value("kappa_all")))


def test_codes():
    """Two maps that differ in every code agree on none; a code that one leaves out is missing, and told."""
    issues = {"cars": {"question": "?", "scale": {"all": "all", "some": "some", "none": "none"}}}
    codes = [
        {"kind": "fact", "position": "all", "commitment": "asserted", "force": "plain"},
        {"kind": "policy", "position": "none", "commitment": "reported", "force": "hedged", "speaker": "x"},
    ]
    quotes = ["Shops gain from fewer cars.", "Noise falls."]
    maps = [
        Map.model_validate(
            {
                "id": f"m{turn}",
                "issues": issues,
                "speakers": {"x": {"name": "X"}},
                **analyst(
                    **{
                        f"c{n}": {"text": quote, "quote": quote, "issue": "cars", **codes[(n + turn) % 2]}
                        for n, quote in enumerate(quotes)
                    }
                ),
            }
        )
        for turn in (0, 1)
    ]
    found = agreement(*maps).figures
    assert found["claims_exact"].value == 1
    for name in ("kind", "position", "commitment", "force", "speaker"):
        # Two items, all four codes unlike: Dₒ = 1; of the 4·3 pairs of values 8 are unlike: α = 1 − 12/8.
        assert found[name].value == pytest.approx(-0.5), name
        assert (found[name].observed, found[name].n) == (0, 2)
    assert (found["issue"].value, found["issue"].observed) == (None, 1)  # one code alone: chance cannot err
    one = maps[0].model_copy(
        update={"claims": {k: c.model_copy(update={"kind": None}) for k, c in maps[0].claims.items()}}
    )
    assert agreement(one, maps[1]).figures["kind"].n == 0
    assert "kind: 2 shared claims coded by one analyst only, counted as missing" in agreement(one, maps[1]).notes


@pytest.mark.parametrize("copy", [TEXT + "\n", TEXT + "\r\n", "\ufeff" + TEXT, TEXT.replace(". ", ".\r\n")])
def test_copies_of_a_text(copy):
    """Copies that differ in line ends, byte order mark or last line end are one text."""
    anna, ben = two_analysts()
    plain = TEXT.replace(". ", ".\n") if "\r\n" in copy[:-2] else TEXT
    anna, ben = (
        Map.model_validate(
            {**map_.model_dump(by_alias=True), "sources": {"letter": {"text": text}}, "relations": map_.relations}
        )
        for map_, text in ((anna, plain), (ben, copy))
    )
    ours, theirs = agreement(anna, ben), agreement(*two_analysts())
    assert {n: f.value for n, f in ours.figures.items()} == {n: f.value for n, f in theirs.figures.items()}


def test_words_of_a_script_without_spaces():
    """A Japanese sentence has places between its words, so that S and B tell where it was cut."""
    text = "日本は同盟国である。役割は変わる。"
    one, two = (
        Map.model_validate(
            {"id": name, "sources": {"t": {"text": text}}, "claims": {"a": {"text": "A.", "quote": quote}}}
        )
        for name, quote in (("one", "日本は同盟国である"), ("two", "日本は同"))
    )
    found = agreement(one, two)
    assert found.figures["segmentation"].n > 5
    assert found.value("segmentation") < 1
    assert found.value("boundary") == 0


def test_rules_are_symmetric_and_one_to_one():
    """One claim of all the words matches one of two halves; "half" asks it of either, and nothing counts twice."""
    whole = Map.model_validate({"id": "one", **analyst(a={"text": "All.", "quote": TEXT[:40]})})
    parts = Map.model_validate(
        {
            "id": "two",
            **analyst(b={"text": "Shops.", "quote": TEXT[:27]}, c={"text": "Quiet.", "quote": TEXT[28:40]}),
        }
    )
    for one, two in ((whole, parts), (parts, whole)):
        found = agreement(one, two)
        assert found.shared == 1
        assert {found.value(f"claims_{rule}") for rule in ("half", "argmap")} == {2 / 3}  # 2·1 of 1 + 2
        assert found.value("claims_exact") == 0
    assert agreement(parts, whole, rule="exact").shared == 0


def test_only_some_labels():
    """`only` counts claims of these labels, and the relations between them."""
    anna, ben = two_analysts()
    found = agreement(anna, ben, only=["Premise"])
    assert (found.shared, found.only_before, found.only_after) == (1, 1, 0)
    assert found.figures["relations"].n == 0


def test_two_analysts_swapped():
    """Swapped, the figures stay and the sides change places."""
    anna, ben = two_analysts()
    forth, back = agreement(anna, ben), agreement(ben, anna)
    assert forth.figures.keys() == back.figures.keys()
    for name, figure in forth.figures.items():
        assert figure.value == pytest.approx(back.value(name)) if figure.value is not None else back.value(name) is None
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
    assert {each.value for each in found.figures.values()} == {None}
    assert found.notes == ("no text is shared, so claims match by wording alone, and figures on the text are left out",)
