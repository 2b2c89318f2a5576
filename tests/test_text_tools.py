"""Counts, suggestions and groups, which every room uses alike."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from argmap.grouping import Groups, merge_spans
from argmap.text_tools import did_you_mean, nearest

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 10)).map(lambda pair: (pair[0], pair[0] + pair[1])))


def test_the_nearest_word_is_suggested() -> None:
    """A misspelt word gets the one that is most like it, and one that is like none gets another hint."""
    assert nearest("clams", ["claims", "sources"]) == "claims"
    assert nearest("xyz", ["claims", "sources"]) is None
    assert did_you_mean("clams", ["claims"], "Look it up.", "`") == "Did you mean `claims`?"
    assert did_you_mean("xyz", ["claims"], "Look it up.") == "Look it up."


@given(SPANS)
def test_merged_spans_hold_the_same_characters(spans: list[tuple[int, int]]) -> None:
    """Merging changes no character, and what is left does not touch."""
    merged = merge_spans(spans)
    assert {n for start, end in merged for n in range(start, end)} == {n for s, e in spans for n in range(s, e)}
    assert all(left[1] < right[0] for left, right in pairwise(merged))


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20))))
def test_groups_are_what_pairs_connect(pairs: list[tuple[int, int]]) -> None:
    """Two things are of one group when a chain of pairs leads from one to the other."""
    groups = Groups()
    naive = {n: {n} for n in range(21)}
    for left, right in pairs:
        groups.connect(left, right)
        joined = naive[left] | naive[right]
        for n in joined:
            naive[n] = joined
    assert all((groups.of(a) == groups.of(b)) == (b in naive[a]) for a in range(21) for b in range(21))
