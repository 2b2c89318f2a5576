"""Quotes made of offsets lead back to the offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap import anchor
from argmap.anchor.quoter import Quoter, quotes_at
from argmap.grouping import merge_places
from argmap.model import Quote, Source, Span

TEXTS = st.text(st.sampled_from('ab  -–\n“"c.'), min_size=1, max_size=60)


@given(TEXTS, st.integers(0, 59), st.integers(1, 20))
def test_a_quote_leads_back_to_its_place(text: str, start: int, length: int) -> None:
    """The words, with those around them, are found where they were taken from, and nowhere else."""
    start = min(start, len(text) - 1)
    end = min(start + length, len(text))
    quote = Quoter(text).quote(start, end)
    if quote is not None:
        found = anchor.locate(Source(text=text), quote)
        assert isinstance(found, anchor.Anchored)
        assert (found.span, found.exact) == (Span(start=start, end=end), True)


def test_as_few_words_as_tell_it_apart() -> None:
    """None where the words stand once, one before where that is enough."""
    text = "the dog and the cat and the dog"
    assert quotes_at(text, [(16, 19), (4, 7), (28, 31)]) == [
        Quote(exact="cat"),
        Quote(exact="dog", suffix="and"),
        Quote(exact="dog", prefix="and the"),
    ]


def test_what_nothing_tells_apart_has_no_quote(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that only repeats itself gives none, soon, however long it is; trimmed, the words stand by themselves."""
    monkeypatch.setattr("argmap.anchor.quoter.PATIENCE", 300_000)
    text = "na " * 20_000
    spans = [(n * 3, n * 3 + 2) for n in range(0, 20_000, 10)]
    assert None in quotes_at(text, spans)
    assert Quoter(text).trimmed(30_000, 30_003) == Quote(exact="na")
    assert Quoter(text).trimmed(2, 3) is None


def test_places_that_overlap_or_touch_are_joined() -> None:
    """In the order of the text, source by source."""
    assert merge_places([("b", 0, 2), ("a", 4, 9), ("a", 0, 2), ("a", 2, 5)]) == [("a", 0, 9), ("b", 0, 2)]
