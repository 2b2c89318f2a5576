"""Two drafts of an essay: how many of the changed sentences are found again, beside plain TF-IDF.

Each file in `drafts/` has the sentences of two drafts of a student's essay, written by hand, and which of them a person pairs. A pair
counts if its two sentences differ: those that were kept are easy. A sentence that was split or merged is in two pairs.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import yaml

from argmap.diff import compare
from argmap.diff.match.assignment import assign
from argmap.model import Map
from tests.bench import argkp

FOLDER = Path(__file__).parent / "drafts"
Pairs = set[tuple[int, int]]


@cache
def drafts(kind: str) -> list[tuple[list[str], list[str], Pairs]]:
    """The files of one kind: sentences before, sentences after, and the changed ones among the pairs."""
    found = []
    for path in sorted(FOLDER.glob(f"{kind}-*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        before, after = data["before"], data["after"]
        found.append((before, after, differing(before, after, data["pairs"])))
    return found


def differing(before: list[str], after: list[str], pairs: Iterable[tuple[int, int]]) -> Pairs:
    """The pairs whose sentences are not equal."""
    return {(b, a) for b, a in pairs if before[b] != after[a]}


def draft(id_: str, sentences: list[str], prefix: str) -> Map:
    """A map of a draft: a claim for each sentence, which quotes it; no issues, no ties, no ids in common."""
    claims = {f"{prefix}{n}": {"text": said, "quote": said} for n, said in enumerate(sentences)}
    return Map.model_validate({"id": id_, "sources": {"essay": {"text": " ".join(sentences)}}, "claims": claims})


def by_argmap(before: list[str], after: list[str], ids: tuple[str, str]) -> Pairs:
    """What `compare` pairs; one id for both maps makes them two revisions, two ids two texts."""
    diff = compare(draft(ids[0], before, "b"), draft(ids[1], after, "a"))
    pairs = ((int(b.id[1:]), int(a.id[1:])) for change in diff.changes for b in change.before for a in change.after)
    return differing(before, after, pairs)


def by_likeness(before: list[str], after: list[str], scores: np.ndarray, least: float) -> Pairs:
    """One assignment of all pairs of at least `least`."""
    pairs = [(int(b), int(a), float(scores[b, a])) for b, a in np.argwhere(scores >= least)]
    return differing(before, after, (pairs[n][:2] for n in assign(pairs)))


def counted(found: Iterable[tuple[Pairs, Pairs]]) -> tuple[int, int, int]:
    """Right pairs, pairs found, pairs that a person made."""
    found = list(found)
    return sum(len(f & g) for f, g in found), sum(len(f) for f, _ in found), sum(len(g) for _, g in found)


def f1(counts: tuple[int, int, int]) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * counts[0] / (counts[1] + counts[2])


def plain(kind: str, which: int, least: float) -> tuple[int, int, int]:
    """Counts of TF-IDF of words (0) or of groups of three to five letters (1)."""
    return counted(
        (by_likeness(before, after, scores, least), gold) for (before, after, gold), scores in scored(kind, which)
    )


@cache
def scored(kind: str, which: int) -> list[tuple[tuple[list[str], list[str], Pairs], np.ndarray]]:
    """Each pair of drafts with its cosines."""
    none = np.zeros((0, 0))
    return [
        (each, argkp.plain_scores(argkp.Debate("", tuple(each[0]), tuple(each[1]), none))[which])
        for each in drafts(kind)
    ]


@cache
def threshold(which: int) -> float:
    """The threshold that is best for TF-IDF on the development pairs."""
    return max((n / 100 for n in range(1, 60)), key=lambda least: f1(plain("development", which, least)))


def found_by(kind: str, way: str) -> tuple[int, int, int]:
    """The counts of one way to pair the drafts of a kind."""
    if way in PLAIN:
        return plain(kind, PLAIN[way], threshold(PLAIN[way]))
    return counted((by_argmap(before, after, IDS[way]), gold) for before, after, gold in drafts(kind))


PLAIN = {"letters": 1, "words": 0}
IDS = {"revisions": ("essay", "essay"), "two texts": ("first", "second")}
FIGURES = {
    "development": {"revisions": (61, 63), "two texts": (55, 56), "letters": (60, 64), "words": (57, 62)},
    "held-back": {"revisions": (28, 31), "two texts": (23, 25), "letters": (26, 31), "words": (24, 31)},
}
CHANGED = {"development": 70, "held-back": 34}


@pytest.mark.parametrize("way", ["revisions", "two texts", "letters", "words"])
@pytest.mark.parametrize("kind", ["development", "held-back"])
def test_figures_are_those_of_the_documentation(kind: str, way: str) -> None:
    """Right pairs, pairs found, and pairs that a person made; TF-IDF has the threshold that is best on the development pairs."""
    assert found_by(kind, way) == (*FIGURES[kind][way], CHANGED[kind])


def test_what_shares_little_is_only_suggested() -> None:
    """Every accepted pair of two revisions is right; what is beyond that has a question mark."""
    accepted: Pairs = set()
    suggested: Pairs = set()
    for before, after, gold in drafts("development"):
        for change in compare(draft("essay", before, "b"), draft("essay", after, "a")).changes:
            pairs = differing(
                before, after, ((int(b.id[1:]), int(a.id[1:])) for b in change.before for a in change.after)
            )
            if change.status == "accepted":
                assert pairs <= gold
                accepted |= pairs
            else:
                suggested |= pairs
    assert accepted
    assert suggested


@pytest.mark.parametrize(("place", "found"), [(1, ["a1"]), (3, [])])
def test_place_counts_where_words_say_little(place: int, found: list[str]) -> None:
    """A claim that shares few words is suggested between the same two claims, and not at the other end."""
    before = ["Trams are late.", "Parking in the centre must cost more.", "Ships are slow.", "Rain is cold."]
    after = [said for said in before if not said.startswith("Parking")]
    after.insert(place, "Higher fees for parking would fill the gap.")
    diff = compare(draft("essay", before, "b"), draft("essay", after, "a"))
    [parking] = [each for each in diff.changes if each.before and each.before[0].id == "b1"]
    assert [each.id for each in parking.after] == found
    assert parking.status == ("suggested" if found else "accepted")
