"""What holds of every diff: a map against itself is empty, swapping mirrors, JSON and patch lose nothing, bad alignments are refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap import store
from argmap.diff import apply, compare, timeline
from argmap.diff.classify.change_words import MIRROR
from argmap.diff.classify.facets import MIRROR as FACET_MIRROR
from argmap.diff.model import Diff
from argmap.findings import ArgmapError
from argmap.model import Alignment, Correspondence, Map, replace
from tests.helpers.map_strategies import maps

DIRECTED = {"realised", "answered", "conceded", "open"}
ISSUES = {
    "trains": {"question": "How often do trains run?", "scale": {"never": "never", "some": "daily", "often": "hourly"}},
    "fares": {"question": "Who pays?", "scale": {"all": "everybody", "none": "nobody"}},
    "noise": {"question": "Are they loud?"},
}


@st.composite
def readings(draw, name):
    """A map of up to five claims that take positions in every mode and commitment, tied at random."""
    ids = [f"{name}{n}" for n in range(draw(st.integers(1, 5)))]
    claims = {}
    for claim_id in ids:
        issue = draw(st.sampled_from([None, *ISSUES]))
        scale = list(ISSUES[issue].get("scale", {})) if issue else []
        claims[claim_id] = {
            "text": draw(
                st.sampled_from(["Trains run.", "Trains run often.", "Fares are fair.", "Noise harms.", "It rains."])
            ),
            "kind": draw(st.sampled_from([None, "fact", "value", "policy", "prediction"])),
            "issue": issue,
            "position": draw(st.sampled_from([None, *scale])),
            "commitment": draw(st.sampled_from(["asserted", "reported", "conceded", "rejected", "asked"])),
            "force": draw(st.sampled_from(["hedged", "plain", "emphatic"])),
            "implicit": draw(st.sampled_from([False, False, False, True])),
        }
    ends = st.sampled_from(ids)
    relations = [
        {draw(st.sampled_from(["support", "attack"])): draw(ends), "by": [draw(ends)]}
        for _ in range(draw(st.integers(0, 4)))
    ]
    thesis = draw(st.none() | ends)
    return Map.model_validate(
        {"id": name, "thesis": thesis, "issues": ISSUES, "claims": claims, "relations": relations}
    )


@st.composite
def pairs(draw):
    """Two maps and an alignment of some of their claims."""
    before, after = draw(readings("b")), draw(readings("a"))
    ties = draw(
        st.lists(st.tuples(st.sampled_from(list(before.claims)), st.sampled_from(list(after.claims))), max_size=4)
    )
    return before, after, tuple(Correspondence(before=b, after=a) for b, a in dict.fromkeys(ties))


def align(given, *, turned=False):
    entries = tuple(replace(each, before=each.after, after=each.before) for each in given) if turned else given
    return Alignment(before="b.yaml", after="a.yaml", correspondences=entries)


def by_ids(diff, *, turned=False):
    """Changes by the ids of both sides."""
    return {
        tuple(
            tuple(side.id for side in sides)
            for sides in ((change.after, change.before) if turned else (change.before, change.after))
        ): change
        for change in diff.changes
    }


@given(maps())
@settings(max_examples=40)
def test_itself_is_empty(m):
    """A map against itself has no changes, no relation dropped or new, and a patch that copies all, whatever it holds."""
    diff = compare(m, m)
    assert diff.empty
    assert diff.changes == ()
    assert diff.summary == ({"kept": len(m.claims)} if m.claims else {})
    assert apply(diff, m) == m


@given(maps(2), maps(2))
@settings(max_examples=40)
def test_patch_of_any_two_maps(before, after):
    """Between any two versions of one map, however unlike, the patch gives the later one; also after a trip through JSON."""
    after = replace(after, id=before.id)
    diff = compare(before, after)
    assert apply(diff, before) == after
    assert apply(Diff.model_validate_json(diff.model_dump_json(by_alias=True)), before) == after


@given(pairs())
@settings(max_examples=80)
def test_swapping_mirrors(case):
    """Swapped, the same claims are matched, and words, facets, steps and relations are mirrored; directed words alone have no mirror."""
    before, after, entries = case
    forth, back = compare(before, after, align(entries)), compare(after, before, align(entries, turned=True))
    there, here = by_ids(forth), by_ids(back, turned=True)
    assert there.keys() == here.keys()
    for ids, change in there.items():
        mirrored = here[ids]
        assert mirrored.steps == (None if change.steps is None else -change.steps)
        assert mirrored.issue == change.issue
        if not {change.change, mirrored.change} & DIRECTED:
            assert mirrored.change == MIRROR[change.change]
            assert set(mirrored.facets) == {FACET_MIRROR.get(facet, facet) for facet in change.facets}
    assert forth.relations.kept == back.relations.kept
    assert forth.relations.dropped == back.relations.new
    for shift, other in zip(forth.shifts, back.shifts, strict=True):
        assert other.steps == (None if shift.steps is None else -shift.steps)
        assert (other.before, other.after) == (shift.after, shift.before)


@given(pairs())
@settings(max_examples=40)
def test_suggestions_mirror(case):
    """Without an alignment too, swapping finds the same pairs, as suggestions counted apart."""
    before, after, _ = case
    forth, back = compare(before, after), compare(after, before)
    matched = {ids for ids, change in by_ids(forth).items() if change.status == "suggested"}
    assert matched == {ids for ids, change in by_ids(back, turned=True).items() if change.status == "suggested"}
    assert forth.summary.get("suggested", 0) == len(matched)


@given(pairs())
@settings(max_examples=30)
def test_json_is_whole(case):
    """A diff reads back from its JSON as it was, and the JSON has the documented keys."""
    before, after, entries = case
    diff = compare(before, after, align(entries))
    text = diff.model_dump_json(by_alias=True)
    assert Diff.model_validate_json(text) == diff
    assert list(json.loads(text))[:4] == ["format", "question", "before", "after"]


def two_maps():
    claims = {"x": {"text": "Trains run."}, "y": {"text": "Fares rise."}}
    return Map(id="b", claims=claims), Map(id="a", claims={"z": {"text": "Trains run."}})


def test_unknown_claims_are_refused():
    """An alignment that names claims the maps lack is refused, with a finding for each and where they are if the maps are swapped."""
    before, after = two_maps()
    bad = Alignment(before="b", after="a", correspondences=({"before": ["z", "q"], "after": ["z"]},))
    with pytest.raises(ArgmapError) as caught:
        compare(before, after, bad)
    messages = [finding.message for finding in caught.value.findings]
    assert messages == [
        "map 'b', given as before, has no claim 'z'; 'a' has one: are the two maps swapped?",
        "map 'b', given as before, has no claim 'q'",
    ]


def test_contradictions_are_refused():
    """A pair that is accepted in one entry and rejected in another is refused."""
    before, after = two_maps()
    entries = ({"before": ["x"], "after": ["z"]}, {"before": ["x", "y"], "after": ["z"], "status": "rejected"})
    with pytest.raises(
        ArgmapError, match='"x" and "z" are a pair already in correspondence 1 as accepted, and here as rejected'
    ):
        compare(before, after, Alignment(before="b", after="a", correspondences=entries))


def test_rejected_is_never_matched():
    """What a person rejected is not matched again, though the texts are the same."""
    before, after = two_maps()
    no = Alignment(before="b", after="a", correspondences=({"before": ["x"], "after": ["z"], "status": "rejected"},))
    diff = compare(before, after, no, suggest=True)
    assert [change.change for change in diff.changes] == ["dropped", "dropped", "new"]
    revised = compare(before, replace(after, id="b"), no)
    assert [change.change for change in revised.changes] == ["dropped", "dropped", "new"]


def test_suggestions_in_the_file_count_once():
    """Of several suggestions in an alignment the surest counts, and none where an accepted pair speaks of its claims."""
    before, after = two_maps()
    entries = (
        {"before": ["y"], "after": ["z"], "status": "suggested", "confidence": 0.4},
        {"before": ["x"], "after": ["z"], "status": "suggested", "confidence": 0.9},
    )
    diff = compare(before, after, Alignment(before="b", after="a", correspondences=entries))
    assert [(change.change, change.status) for change in diff.changes] == [
        ("kept", "suggested"),
        ("dropped", "accepted"),
    ]
    assert diff.summary == {"suggested": 1, "dropped": 1}


def test_patch_of_another_version_is_refused():
    """A patch applies to the version that it was made from and to no other."""
    before, _ = two_maps()
    after = replace(before, claims={"x": before.claims["x"]})
    diff = compare(before, after)
    with pytest.raises(ArgmapError, match="made from another version of b"):
        apply(diff, after)


def test_positions_hold_no_patch():
    """A diff of two texts cannot be applied, and says why."""
    before, after = two_maps()
    with pytest.raises(ArgmapError, match="not revisions of one map"):
        apply(compare(before, after), before)


def test_timeline_of_three():
    """A timeline says where each text stands, what happened between neighbours, and which text first and last spoke of the issue."""
    issues = {"trains": ISSUES["trains"]}

    def text(claim_id, **claim):
        return Map(id=claim_id, issues=issues, claims={"c": claim} if claim else {})

    first = text("1990", text="Trains ought to run hourly.", kind="policy", issue="trains", position="often")
    second = text("2000", text="Trains run daily.", kind="fact", issue="trains", position="some")
    third = text("2010", text="Trains run hourly.", kind="fact", issue="trains", position="often")
    silent = text("2020")
    ties = Alignment(before="2000", after="2010", correspondences=({"before": ["c"], "after": ["c"]},))
    [row] = timeline([first, second, third, silent], [ties]).rows
    assert [standing.at.is_ for standing in row.standings] == [(), ("some",), ("often",), ()]
    assert row.moves == (None, "shifted +1", None)
    assert (row.first_seen, row.last_seen) == ("1990", "2010")


def test_timeline_refuses_a_stray_alignment():
    """An alignment that fits no two neighbours is refused by name."""
    before, after = two_maps()
    stray = Alignment(before="u.yaml", after="v.yaml", correspondences=({"before": ["u"], "after": ["v"]},))
    with pytest.raises(ArgmapError, match=r"u\.yaml and v\.yaml fits no two neighbours of b, a"):
        timeline([before, after], [stray])


MAPS = Path(__file__).resolve().parents[2] / "maps"


def test_the_essays():
    """Every accepted correspondence of the essays is a change that quotes both texts, and each claim that a text speaks is told."""
    before, after = store.load(MAPS / "1996.yaml"), store.load(MAPS / "2005.yaml")
    alignment = store.load_alignment(MAPS / "1996-2005.yaml")
    diff = compare(before, after, alignment)
    accepted = [(given.before, given.after) for given in alignment.correspondences if given.status == "accepted"]
    assert set(accepted) <= by_ids(diff).keys()
    for change in diff.changes:
        for side in (*change.before, *change.after):
            assert side.implicit or all(quote.start is not None for quote in side.quotes)
    for m, sides in ((before, "before"), (after, "after")):
        told = {side.id for change in diff.changes for side in getattr(change, sides)}
        assert {claim_id for claim_id, claim in m.claims.items() if not claim.implicit} <= told
    back = compare(after, before, align(alignment.correspondences, turned=True))
    assert [shift.steps for shift in back.shifts] == [
        None if shift.steps is None else -shift.steps for shift in diff.shifts
    ]
