"""What a text passes over is looked for, and never said of a claim that it takes up in other words.

Each file in `silence/` holds a pair of texts, the claims of the earlier one, and for each the sentence in which the later one takes
it up (or none). The fair and the bare pairs were written by others, when the search was done; only the threshold was lowered then.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from argmap.diff import compare
from argmap.diff.silence.search import Query, find_nearest
from argmap.model import Alignment, Map

FOLDER = Path(__file__).parent / "silence"
FILES = sorted(FOLDER.glob("*.yaml"))


@cache
def pair(path: Path) -> tuple[Map, Map, dict[str, Any]]:
    """The two maps of a file, and what is true of each claim before."""
    data = yaml.safe_load(path.read_text("utf-8"))

    def made(side: str) -> Map:
        claims = {
            name: {key: value for key, value in claim.items() if key != "taken_up"}
            for name, claim in data[side]["claims"].items()
        }
        text = {"text": data[side]["text"]}
        return Map.model_validate(
            {"id": data[side]["id"], "sources": {"text": text}, "issues": data["issues"], "claims": claims}
        )

    truth = {name: claim["taken_up"] for name, claim in data["before"]["claims"].items()}
    return made("before"), made("after"), truth


def states(path: Path) -> dict[str, str]:
    """The counterpart state of each claim of before."""
    before, after, _ = pair(path)
    diff = compare(before, after, Alignment(before="b", after="a"))
    return {
        change.before[0].id: change.counterpart.state
        for change in diff.changes
        if change.before and change.counterpart is not None
    }


@pytest.mark.parametrize("kind", ["development", "held-back", "prose", "fresh", "fair", "bare"])
def test_figures_are_those_of_the_documentation(kind: str) -> None:
    """How many passed-over claims are called so, and of how many; how many that are taken up are called so too, and of how many."""
    called: dict[bool, list[bool]] = {True: [], False: []}
    for path in FILES:
        if path.stem.startswith(kind):
            found = states(path)
            for name, sentence in pair(path)[2].items():
                called[sentence is None].append(found[name] == "passed-over")
    right, wrong = called[True], called[False]
    assert (sum(right), len(right), sum(wrong), len(wrong)) == FIGURES[kind]


FIGURES = {
    "development": (61, 170, 0, 170),
    "prose": (25, 85, 0, 93),
    "held-back": (3, 20, 0, 20),
    "fresh": (16, 67, 1, 77),
    "fair": (19, 120, 2, 120),
    "bare": (58, 134, 14, 126),
}


def test_the_nearest_sentence_is_shown_with_its_place() -> None:
    """Also where the answer is not clear; and whether a claim quotes it."""
    before, after, _ = pair(FOLDER / "development-hospital.yaml")
    diff = compare(before, after, Alignment(before="b", after="a"))
    looked = {change.before[0].id: change.counterpart for change in diff.changes if change.before}
    nearest = looked["agency-nurses"].nearest
    assert nearest is not None
    assert nearest.exact.startswith("We hire our own nursing staff")
    assert not nearest.mapped
    assert " ".join((after.sources["text"].text or "")[nearest.start : nearest.end].split()) == nearest.exact


def test_other_languages_are_never_sure() -> None:
    """The list of words is English: elsewhere only a person can say that a text passes a claim over."""
    german = {"text": {"text": "Die Kapelle ist undicht.", "language": "de"}}
    left = Map.model_validate({"id": "b", "sources": german, "claims": {"a": {"text": "Die Kapelle ist undicht."}}})
    right = Map.model_validate({"id": "a", "sources": {"text": {"text": "Der Zug ist voll.", "language": "de"}}})
    [change] = compare(left, right, Alignment(before="b", after="a")).changes
    assert change.counterpart is not None
    assert change.counterpart.state == "not-mapped"


def test_a_text_of_one_sentence_says_too_little() -> None:
    """How alike two texts are anyway is not known where the earlier one has no sentence but the claim's: then nothing is passed over."""
    choir, far = "The choir sings too loudly in church.", ["Rents fell.", "Trams run on time.", "Bread is dear."]
    query = Query(choir, choir, frozenset([0]))
    assert [found.far for found in find_nearest([query], far, [choir])] == [False]
    assert [found.far for found in find_nearest([query], far, [choir, "Rents rise.", "Trams are late."])] == [True]
