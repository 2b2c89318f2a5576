"""Proposals and their review: what is proposed, what a person decides, and that no decision is ever lost."""

import re

import pytest

from argmap.diff import LEAST, Decision, align, compare, conversation, review
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


def reviewed(*answers, proposed=None, before=BEFORE, after=AFTER):
    """Review with lines of input; give the result, what was shown, and what was saved."""
    lines, shown, saved, completed = iter(answers), [], [], []
    read = lambda _: next(lines)  # noqa: E731
    ask = conversation(read, shown.append, completed.append)
    done = review(before, after, proposed or align(before, after), ask, saved.append)
    return done, "\n".join(shown), saved, completed


SUGGESTED = Alignment(
    before="a.yaml",
    after="b.yaml",
    correspondences=(
        {"before": "shops", "after": "trade", "status": "suggested", "confidence": 0.4},
        {"before": "close", "after": "closed", "status": "suggested", "confidence": 0.8},
        {"before": "close", "after": "sleep", "status": "suggested", "confidence": 0.5},
        {"before": "noise", "after": "closed", "status": "suggested", "confidence": 0.3},
    ),
)


def test_review_asks_one_question_a_claim_surest_first():
    """All candidates of a claim stand on one card; then come claims of either text for which nothing was suggested."""
    cards = []

    def ask(card):
        cards.append(
            (card.number, card.side, card.claims[0].id, [each.suggestion.after[0] for each in card.candidates])
        )
        return Decision("skip")

    assert review(BEFORE, AFTER, SUGGESTED, ask) == SUGGESTED
    assert cards == [
        (1, "before", "close", ["closed", "sleep"]),
        (2, "before", "shops", ["trade"]),
        (3, "before", "noise", ["closed"]),
        (4, "after", "fountain", []),
    ]


def test_candidates_stand_side_by_side():
    """A card shows the claim, and under it each candidate with its chance and argmap's word."""
    _, shown, _, _ = reviewed("q", proposed=SUGGESTED)
    assert "1 of 4: The town ought to close the square to cars. (close)" in shown
    assert re.search(r"1  0\.80  realised \[.* 2  0\.50  ", shown)


def test_taking_a_candidate_drops_its_rivals():
    """The other candidates of the claim go, and so do other claims' suggestions of the one that was taken."""
    done, _, saved, _ = reviewed("1 answered", "The council did it.", "q", proposed=SUGGESTED)
    assert pairs(done, "accepted") == [("close", "closed")]
    assert (done.correspondences[1].change, done.correspondences[1].because) == ("answered", "The council did it.")
    assert pairs(done) == [("shops", "trade")]
    assert saved == [done]


def test_none_of_these_rejects_all_candidates():
    """The pairs are never proposed again."""
    done, _, _, _ = reviewed("n", "", "q", proposed=SUGGESTED)
    assert pairs(done, "rejected") == [("close", "closed"), ("close", "sleep")]
    assert not {("close", "closed"), ("close", "sleep")} & {*pairs(align(BEFORE, AFTER, done))}


def test_an_id_is_typed_and_completed():
    """Any claim of the other text can be named; a beginning is enough where it fits one; ids are offered for completion."""
    done, shown, _, completed = reviewed("f", "", "q", proposed=SUGGESTED)
    assert pairs(done, "accepted") == [("close", "fountain")]
    assert "→ fountain" in shown
    assert completed[0] == ("closed", "sleep", "trade", "fountain")
    assert completed[-1] == ()


def test_bad_answers_are_asked_again():
    """Unknown ids, candidates, words and bars are named, with the nearest that there is."""
    _, shown, _, _ = reviewed("fuontain", "7", "1 sideways", "b high", "?", "q", proposed=SUGGESTED)
    assert "The other text has no claim 'fuontain'. Did you mean" in shown
    assert "There is no candidate 7." in shown
    assert "There is no change called 'sideways'." in shown
    assert "Give a bar between 0 and 1" in shown
    assert "undo the last answer" in shown


def test_undo_takes_back_the_last_answers():
    """What was dropped comes back, too, and the question is asked again; the file follows."""
    done, shown, saved, _ = reviewed("1", "", "n", "", "u", "u", "q", proposed=SUGGESTED)
    assert done == SUGGESTED == saved[-1]
    assert len(saved) == 4
    assert shown.count("(close)") == 2


def test_reject_below_a_bar():
    """Every open suggestion less sure than the bar is rejected, of whatever claim; the question stays."""
    done, shown, _, _ = reviewed("b 0.45", "q", proposed=SUGGESTED)
    assert pairs(done, "rejected") == [("shops", "trade"), ("noise", "closed")]
    assert shown.count("(close)") == 2


def test_passed_over_is_confirmed():
    """A claim that the other text passes over is kept under `silent`, of either text, and not asked again."""
    done, _, _, _ = reviewed("s", "s", "p", "Nobody speaks of it.", "p", "", proposed=SUGGESTED)
    assert (done.silent.before, done.silent.after) == (("noise",), ("fountain",))
    assert ("noise", "closed") in pairs(done, "rejected")
    diff = compare(BEFORE, AFTER, done)
    confirmed = {
        side.id
        for change in diff.changes
        if change.counterpart and change.counterpart.confirmed
        for side in (*change.before, *change.after)
    }
    assert confirmed == {"noise", "fountain"}


def test_every_answer_is_saved_when_it_is_given():
    """A review that breaks off loses nothing."""
    saved, lines = [], iter(("1", "", "n", ""))

    def read(_):
        return next(lines)

    with pytest.raises(StopIteration):
        review(BEFORE, AFTER, SUGGESTED, conversation(read, lambda _: None), saved.append)
    assert [len(pairs(each, "accepted")) + len(pairs(each, "rejected")) for each in saved] == [1, 2]


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
    """A bare `q` where a reason is asked stops the review and leaves the question open."""
    assert reviewed("n", "q", proposed=SUGGESTED)[0] == SUGGESTED


def test_nothing_unlikely_is_proposed_unasked():
    """Pairs below the bar are left out."""
    assert all(given.confidence >= LEAST for given in align(BEFORE, AFTER).correspondences)


def test_a_pair_that_says_the_opposite_is_no_sure_match():
    """What differs in hard signals is proposed well below the surest, and never as kept."""
    before = Map.model_validate({"id": "a", "claims": {"x": {"text": "Illegal immigration must be stopped."}}})
    after = Map.model_validate({"id": "b", "claims": {"y": {"text": "The legal immigration system must be improved."}}})
    (found,) = align(before, after).correspondences
    assert found.confidence < 0.6
    assert "antonym Illegal → legal" in found.evidence
    (change,) = compare(before, after).changes
    assert change.change == "reversed"
