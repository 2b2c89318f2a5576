"""Readable pairs of maps, one for each change word, each facet, and each tricky case; `expected.json` says what is to come out.

`changes` are those of the diff in its order, with the fields that the case is about. `swapped` are those of the diff with before and
after exchanged; where it is left out, the pair says nothing of that.
"""

import json
from pathlib import Path

import pytest

from argmap import store
from argmap.diff import apply, compare
from argmap.diff.classify.change_words import RULES
from argmap.diff.classify.facets import FACETS
from argmap.model import Alignment, replace

CASES = Path(__file__).parent / "diff_cases"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())


def read(name):
    folder = CASES / name
    alignment = folder / "alignment.yaml"
    return (
        store.load(folder / "before.yaml"),
        store.load(folder / "after.yaml"),
        store.load_alignment(alignment) if alignment.exists() else None,
        json.loads((folder / "expected.json").read_text("utf-8")),
    )


def swapped(alignment):
    if alignment is None:
        return None
    turned = tuple(replace(given, before=given.after, after=given.before) for given in alignment.correspondences)
    silent = {"before": alignment.silent.after, "after": alignment.silent.before}
    return Alignment(before=alignment.after, after=alignment.before, correspondences=turned, silent=silent)


def told(diff, expected):
    """The changes of a diff, each with the fields that are expected of it."""
    said = []
    for n, change in enumerate(diff.changes):
        wanted = expected[n] if n < len(expected) else {}
        row = {
            "change": change.change,
            "before": [side.id for side in change.before],
            "after": [side.id for side in change.after],
        }
        row |= {"rule": change.rule} if "rule" in wanted else {}
        row |= {"steps": change.steps} if "steps" in wanted else {}
        row |= {"substance": change.substance.model_dump(mode="json")} if "substance" in wanted else {}
        row |= {"counterpart": change.counterpart.state} if "counterpart" in wanted and change.counterpart else {}
        row |= {"facets": list(change.facets)} if "facets" in wanted or change.facets else {}
        said.append(row)
    return said


@pytest.mark.parametrize("name", NAMES)
def test_case(name):
    """The diff says what the case expects, of changes, shifts, relations and notes."""
    before, after, alignment, expected = read(name)
    diff = compare(before, after, alignment)
    assert told(diff, expected["changes"]) == expected["changes"]
    for issue, steps in expected.get("shifts", {}).items():
        assert [shift.steps for shift in diff.shifts if shift.issue == issue] == [steps]
    for issue, moves in expected.get("moves", {}).items():
        [shift] = [shift for shift in diff.shifts if shift.issue == issue]
        assert [[move.mode, move.from_, move.to, move.condition] for move in shift.moves] == moves
    for issue, states in expected.get("states", {}).items():
        [shift] = [shift for shift in diff.shifts if shift.issue == issue]
        assert [shift.before.state, shift.after.state] == states
        assert [shift.before.silent, shift.after.silent] == expected.get("silent", {}).get(issue, [False, False])
    if "relations" in expected:
        ties = diff.relations
        assert {"kept": ties.kept, "dropped": len(ties.dropped), "new": len(ties.new)} == expected["relations"]
    assert list(diff.notes) == expected.get("notes", [])
    assert diff.empty == expected.get("empty", diff.empty)


@pytest.mark.parametrize("name", [name for name in NAMES if "swapped" in read(name)[3]])
def test_swapped(name):
    """With before and after exchanged, the diff says what the case expects of that."""
    before, after, alignment, expected = read(name)
    diff = compare(after, before, swapped(alignment))
    assert told(diff, expected["swapped"]) == expected["swapped"]


@pytest.mark.parametrize("name", [name for name in NAMES if not (CASES / name / "alignment.yaml").exists()])
def test_patch(name):
    """Between revisions, applying the diff to before gives after."""
    before, after, _, _ = read(name)
    assert apply(compare(before, after), before) == after


def test_every_word_and_facet_has_a_case():
    """Each rule and each facet of the tables is shown by at least one case."""
    diffs = [compare(*read(name)[:3]) for name in NAMES]
    diffs += [compare(after, before, swapped(alignment)) for before, after, alignment, _ in map(read, NAMES)]
    changes = [change for diff in diffs for change in diff.changes]
    assert {rule.name for rule in RULES} <= {change.rule for change in changes}
    assert {facet.name for facet in FACETS} <= {facet for change in changes for facet in change.facets}
