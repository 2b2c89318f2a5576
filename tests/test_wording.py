"""How sentences are compared: symmetric, in bounds, blind to dress, and better than chance at telling what says the same."""

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap import wording
from argmap.wording import background, plain, signs, telling

SENTENCES = st.lists(st.text("abcdefg éß漢 .,-", max_size=30), max_size=6)
BEFORE = (
    "The town ought to close the square to cars.",
    "Shops fear to lose customers when cars are kept out.",
    "Children cannot sleep for the noise of the traffic.",
)
AFTER = (
    "Traffic noise keeps children awake.",
    "The square is closed to cars now.",
    "The fountain was repaired in May.",
    "Customers stay away, as the shops feared.",
)


@pytest.mark.parametrize("module", [plain, telling])
def test_examples_in_docstrings(module):
    """What the docstrings show is what comes out."""
    assert doctest.testmod(module).failed == 0


def test_finds_what_says_the_same():
    """For each sentence, the one that says the same matter is the likeliest of all."""
    scores = wording.similarity(BEFORE, AFTER)
    assert scores.argmax(axis=1).tolist() == [1, 3, 0]


@given(SENTENCES, SENTENCES)
@settings(deadline=None)
def test_matrix(left, right):
    """Scores are in [0, 1], a row a left and a column a right sentence; swapping transposes."""
    scores = wording.similarity(left, right)
    assert scores.shape == (len(left), len(right))
    assert ((scores >= 0) & (scores <= 1)).all()
    np.testing.assert_allclose(wording.similarity(right, left).T, scores, atol=1e-5)


def test_same_words_score_one():
    """Case, spacing and typographic marks make no difference."""
    assert wording.similarity(["The “Treaty”  holds."], ['the "treaty" holds'])[0, 0] == 1


def test_company_counts():
    """A sentence that fits two others alike fits each less than if it were the only one."""
    alone = wording.similarity(["The ferry is late."], ["The ferry was late again."])
    beside = wording.similarity(["The ferry is late."], ["The ferry was late again.", "The ferry was late, too."])
    assert beside[0, 0] < alone[0, 0]


def test_likely_of_few_is_the_matrix():
    """Small lists are judged whole, and what falls below the least chance is left out."""
    scores = wording.similarity(BEFORE, AFTER)
    found = wording.likely(BEFORE, AFTER, least=0.3)
    assert {(n, m) for n, m, _ in found} == {(int(n), int(m)) for n, m in np.argwhere(scores >= 0.3)}
    for n, m, chance in found:
        assert chance == pytest.approx(scores[n, m])


def test_likely_of_many(monkeypatch):
    """Large lists are judged by their candidates: what shares rare words is among them, wanted pairs always are."""
    monkeypatch.setattr("argmap.wording.likeness.WHOLE", 0)
    found = {(n, m): chance for n, m, chance in wording.likely(BEFORE, AFTER, also={(0, 2)})}
    assert {(0, 1), (1, 3), (2, 0), (0, 2)} <= found.keys()
    assert max(found, key=lambda pair: (pair[0] == 0, found[pair])) == (0, 1)


def test_folded_space_keeps_angles(monkeypatch):
    """A space folded to a fraction of its width keeps the order of scores."""
    whole = wording.similarity(BEFORE, AFTER)
    monkeypatch.setattr(signs, "WIDTH", 256)
    folded = wording.similarity(BEFORE, AFTER)
    assert folded.argmax(axis=1).tolist() == whole.argmax(axis=1).tolist()


def test_other_language():
    """Stems of another language are found; rarity follows from the sentences at hand alone."""
    scores = wording.similarity(
        ["Der Platz soll autofrei werden."], ["Autofreie Plätze!", "Der Zug hält hier."], language="german"
    )
    assert scores[0, 0] > scores[0, 1]


def test_background_list():
    """The list that ships says where it is from, is small, and has fillers weigh less than what tells something."""
    text = (background.resources.files("argmap.wording") / "background.txt").read_text("utf-8")
    assert "CDLA-Sharing 1.0" in text.partition("\narguments ")[0]
    assert len(text.encode()) < 150_000
    rarity = background.rarity()
    assert rarity["the"] < rarity["school"] < rarity["zeppelin"]


@pytest.mark.parametrize("text", ["a\x1b[2Jb", "a\x9b2Jb", "a\u202eb", "a\x00b"])
def test_printable(text):
    """No control character and no change of direction reaches the terminal."""
    assert all(char.isprintable() for char in wording.printable(text))
