"""Proposals and their review: what is proposed, what a person decides, and that no decision is ever lost."""

import pytest

from argmap.diff import Decision, align, compare, conversation, review
from argmap.findings import ArgmapError
from argmap.model import Alignment, Map, replace

BEFORE = Map.model_validate(
    {
        "id": "1990",
        "thesis": "close",
        "claims": {
            "close": {
                "text": "The town ought to close the square to cars.",
                "kind": "policy",
                "issue": "square",
                "position": "none",
            },
            "shops": {"text": "Shops fear to lose customers.", "commitment": "reported"},
            "noise": {"text": "Children cannot sleep for the noise of the traffic."},
        },
        "relations": [{"support": "close", "by": ["noise"]}, {"attack": "close", "by": ["shops"]}],
        "issues": {"square": {"question": "Where may cars go?", "scale": {"all": "anywhere", "none": "nowhere"}}},
    }
)
AFTER = Map.model_validate(
    {
        "id": "2000",
        "claims": {
            "closed": {"text": "The square is closed to cars.", "kind": "fact", "issue": "square", "position": "none"},
            "sleep": {"text": "Children sleep, since the traffic makes no noise."},
            "trade": {"text": "Customers stroll from shop to shop."},
            "fountain": {"text": "The fountain was repaired in May."},
        },
        "issues": BEFORE.model_dump()["issues"],
    }
)


def pairs(alignment, status="suggested"):
    return [(given.before[0], given.after[0]) for given in alignment.correspondences if given.status == status]


def test_proposes_with_score_and_evidence():
    """Each claim gets candidates, the likeliest first, as suggestions with a chance and what speaks for them."""
    found = align(BEFORE, AFTER)
    first = {}
    for given in found.correspondences:
        assert given.status == "suggested"
        assert 0 < given.confidence <= 1
        first.setdefault(given.before[0], given)
    assert {claim_id: given.after[0] for claim_id, given in first.items()} == {
        "close": "closed",
        "shops": "trade",
        "noise": "sleep",
    }
    assert first["close"].evidence == ("words: square, cars, close", "same issue: square", "modal ought to → –")
    assert (found.before, found.after) == ("1990.yaml", "2000.yaml")


def test_most_and_least():
    """No claim gets more candidates than asked for, and none below the least chance."""
    one = align(BEFORE, AFTER, most=1)
    assert len({given.before for given in one.correspondences}) == len(one.correspondences)
    assert all(given.confidence >= 0.5 for given in align(BEFORE, AFTER, least=0.5).correspondences)


def test_running_again_keeps_decisions():
    """What was accepted, rejected or written to stays as it is; accepted claims and rejected pairs are not proposed again."""
    decided = (
        {"before": ["noise"], "after": ["sleep"], "because": "The noise is gone."},
        {"before": ["close"], "after": ["closed"], "status": "rejected"},
        {"before": ["shops"], "after": ["trade"], "status": "suggested", "change": "answered"},
    )
    given = Alignment(before="a.yaml", after="b.yaml", correspondences=decided, note="By hand.")
    again = align(BEFORE, AFTER, given)
    assert again.correspondences[:3] == given.correspondences
    assert ("close", "closed") not in pairs(again)
    assert not {"noise"} & {before for before, _ in pairs(again)}
    assert (again.before, again.note) == ("a.yaml", "By hand.")
    assert align(BEFORE, AFTER, again) == again


def test_suggestions_are_never_findings():
    """A diff with the proposals as they are counts all matches apart, as suggested."""
    diff = compare(BEFORE, AFTER, align(BEFORE, AFTER))
    assert diff.summary == {"suggested": 3, "new": 1}


def test_review_takes_decisions_one_by_one():
    """Each open suggestion is shown with what argmap would call the change; each decision is saved at once."""
    proposed = align(BEFORE, AFTER, most=1)
    answers = iter([Decision("accept"), Decision("reject", because="Not the same."), Decision("skip")])
    shown, saved = [], []

    def ask(card):
        shown.append((card.number, card.total, card.word, card.before[0].id))
        return next(answers)

    done = review(BEFORE, AFTER, proposed, ask, saved.append)
    assert shown == [(1, 3, "realised", "close"), (2, 3, "conceded", "shops"), (3, 3, "reversed", "noise")]
    assert [given.status for given in done.correspondences] == ["accepted", "rejected", "suggested"]
    assert done.correspondences[1].because == "Not the same."
    assert saved[-1] == done
    assert len(saved) == 2


def test_review_in_a_terminal():
    """The conversation takes letters and words, asks again what it does not know, and stops at the end of the input."""
    proposed = align(BEFORE, AFTER, most=1)
    lines = iter(["x", "w", "sideways", "w", "answered", "The council did it.", "r", "", "q"])
    said = []
    done = review(BEFORE, AFTER, proposed, conversation(lambda _: next(lines), said.append))
    assert [(given.status, given.change, given.because) for given in done.correspondences] == [
        ("accepted", "answered", "The council did it."),
        ("rejected", None, None),
        ("suggested", None, None),
    ]
    assert any(line.startswith("There is no change called 'sideways'") for line in said)
    assert "  before  The town ought to close the square to cars. (close)" in said


def test_end_of_input_stops():
    """When the input ends, what was decided so far is what comes back."""

    def read(_):
        raise EOFError

    proposed = align(BEFORE, AFTER)
    assert review(BEFORE, AFTER, proposed, conversation(read, lambda _: None)) == proposed


def test_bad_alignment_is_refused():
    """An alignment that names unknown claims is refused before anything is proposed or asked."""
    bad = Alignment(before="a", after="b", correspondences=({"before": ["nobody"], "after": ["closed"]},))
    with pytest.raises(ArgmapError, match="has no claim 'nobody'"):
        align(BEFORE, AFTER, bad)
    with pytest.raises(ArgmapError, match="has no claim 'nobody'"):
        review(BEFORE, AFTER, bad, lambda _: Decision("stop"))


def test_revisions_are_proposed_too():
    """Between revisions, what the diff matches is proposed, so that a person can overrule it."""
    later = replace(AFTER, id="1990")
    assert ("noise", "sleep") in pairs(align(BEFORE, later))


def test_q_is_never_a_reason():
    """A bare `q` where a reason is asked stops the review and leaves the card open."""
    proposed = align(BEFORE, AFTER, most=1)
    lines = iter(["r", "q"])
    done = review(BEFORE, AFTER, proposed, conversation(lambda _: next(lines), lambda _: None))
    assert done == proposed


def test_a_pair_that_says_the_opposite_is_no_sure_match():
    """What differs in hard signals is proposed well below the surest, and never as kept."""
    before = Map.model_validate({"id": "a", "claims": {"x": {"text": "Illegal immigration must be stopped."}}})
    after = Map.model_validate({"id": "b", "claims": {"y": {"text": "The legal immigration system must be improved."}}})
    (found,) = align(before, after).correspondences
    assert found.confidence < 0.6
    assert "antonym Illegal → legal" in found.evidence
    (change,) = compare(before, after).changes
    assert change.change == "reversed"
