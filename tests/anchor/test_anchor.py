"""Quotes find their place in a text: exactly, over typography, or not at all."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from argmap.anchor import (
    Ambiguous,
    Anchored,
    Missing,
    anchors,
    coverage,
    excluded_spans,
    locate,
    passage_span,
    selector,
    sentences,
    spans,
)
from argmap.anchor.fold import HYPHEN, fold, plain
from argmap.anchor.nearest import nearest
from argmap.anchor.search import Searchable, _Index, occurrences
from argmap.findings import line_column
from argmap.model import Map, Passage, Quote, Source, Span

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
ESSAY_1996, ESSAY_2005 = "004_e6ec8d5ce70a7eba.txt", "000_c9a4e2632271728d.txt"

TYPOGRAPHY = st.text(
    st.sampled_from("ab ab cd \n\t\u00a0'’‘\"“”-–—…..\u00ad\u200b\ufeffe\u0301é漢字🚌ﬁ정\u200f「"),
    min_size=1,
    max_size=60,
)
"""Texts of few letters and much that only looks different."""


def essay(name: str) -> str:
    return (SEEDS / name).read_bytes().decode("utf-8")


def found(text: str, exact: str, **context: str) -> str | None:
    """The words at the one place of a quote."""
    anchor = locate(Source(text=text), Quote(exact=exact, **context))
    return text[anchor.span.start : anchor.span.end] if isinstance(anchor, Anchored) else None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("we stood\nside by side", "stood side by side"),
        ("we stood  \r\n\r\n  side by side", "stood side by side"),
        ("they said “no”.", 'said "no".'),
        ('they said "no".', "said “no”."),
        ("they said «no».", 'said "no".'),
        ("it’s Japan’s", "it's Japan's"),
        ("near — not equal", "near - not equal"),
        ("near — not equal", "near -- not equal"),
        ("near -- not equal", "near – not equal"),
        ("post–war", "post-war"),
        ("and then…", "and then..."),
        ("and then...", "and then…"),
        ("far\u00a0East", "far East"),
        ("co\u00adopera\u00adtion", "cooperation"),
        ("cafe\u0301 society", "café society"),
        ("near equals\n", "near equals\n\n"),
    ],
)
def test_typography_does_not_matter(text: str, quote: str) -> None:
    """Line breaks, quotation marks, dashes, dots and hidden hyphens may differ; the anchor says that they do."""
    anchor = locate(Source(text=text), Quote(exact=quote))
    assert isinstance(anchor, Anchored)
    assert not anchor.exact
    assert plain(text[anchor.span.start : anchor.span.end]) == plain(quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [("Near equals", "near equals"), ("café", "cafe"), ("equals", "equal s"), ("one, two", "one two"), ("word", " ")],
)
def test_letters_matter(text: str, quote: str) -> None:
    """Case, accents, spaces within words and punctuation are the words themselves."""
    assert isinstance(locate(Source(text=text), Quote(exact=quote)), Missing)


def test_an_exact_place_wins_over_a_folded_one() -> None:
    """Where the words stand once as they are and once in other typography, the exact place is meant."""
    text = '“no” and then "no"'
    assert locate(Source(text=text), Quote(exact='"no"')) == Anchored(Span(start=14, end=18), exact=True)


def test_words_that_stand_twice_need_their_surroundings() -> None:
    """Without prefix or suffix both places are shown; with one the place is clear, whatever its typography."""
    text = "The US and\nJapan met. Japan’s forces stayed; in Japan."
    anchor = locate(Source(text=text), Quote(exact="Japan"))
    assert isinstance(anchor, Ambiguous)
    assert [line_column(text, span.start) for span in anchor.spans] == [(2, 1), (2, 12), (2, 38)]
    for context, start in (
        ({"prefix": "US and "}, 11),
        ({"suffix": "'s forces"}, 22),
        ({"prefix": "in", "suffix": "."}, 48),
    ):
        assert locate(Source(text=text), Quote(exact="Japan", **context)) == Anchored(
            Span(start=start, end=start + 5), exact=True
        )


def test_a_prefix_must_fit_even_where_it_is_not_needed() -> None:
    """Words at one place only, but not after the given prefix, are missing; the score says that the words are there."""
    anchor = locate(Source(text="a near equal ally"), Quote(exact="equal", prefix="more"))
    assert anchor == Missing(Span(start=7, end=12), 1.0)


def test_page_furniture_loses_to_the_text() -> None:
    """Words that stand in an excluded part and outside it are those outside; words only inside are found there."""
    text = "Bases move. ADVERT: Bases move. Buy now."
    source = Source(text=text, excluded=[Passage(quote="ADVERT: Bases move. Buy now.", reason="advert")])
    assert excluded_spans(source) == (Span(start=12, end=40),)
    assert locate(source, Quote(exact="Bases move.")) == Anchored(Span(start=0, end=11), exact=True)
    assert locate(source, Quote(exact="Buy now.")) == Anchored(Span(start=32, end=40), exact=True)


def test_a_passage_reaches_from_its_first_words_to_its_last() -> None:
    """`from` and `to` enclose everything between; the first place of `to` after `from` counts."""
    text = "end. Teaser one … end. More. end."
    source = Source(text=text)
    reach = passage_span(source, Passage(from_="Teaser one", to="end.", reason="teaser"))
    assert reach == Span(start=5, end=22)
    assert passage_span(source, Passage(from_="More", to="Teaser", reason="wrong way round")) is None
    assert passage_span(source, Passage(quote="end.", reason="three times")) is None
    assert passage_span(Source(path="x"), Passage(quote="end.", reason="no text")) is None


@pytest.mark.parametrize(
    ("quote", "near"),
    [
        ("to protect the greatest good", "to protect the greater good"),
        ("the grater good", "the greater good"),
        ("the greater good of all the people", "the greater good of most people"),
        ("Ships sailled to the straight", "Ships sailed to the strait"),
        ("THE GREATER GOOD", None),
    ],
)
def test_the_nearest_words_are_whole_words(quote: str, near: str | None) -> None:
    """A misquote is answered with the most similar words, from the start of a word to the end of one."""
    text = "They meant to protect the greater good of most people. Ships sailed to the strait."
    span, score = nearest(text, quote)
    assert (span and text[span.start : span.end]) == near
    assert 0.5 < score < 1 if near else score == 0


def test_the_nearest_words_are_found_in_a_long_text() -> None:
    """In half a million characters the one sentence that was meant is found, also for a very long quote."""
    lines = [f"In year {n} the town of {n * 7 % 1009} kept {n * n % 997} ships." for n in range(12_000)]
    text = "\n".join(lines)
    span, _ = nearest(text, "In year 7071 the city of 60 kept 500 boats.")
    assert span is not None
    assert text[span.start : span.end].startswith("In year 7071")
    passage = "\n".join(lines[5000:5200])
    span, score = nearest(text, passage.replace("town", "city", 3))
    assert span is not None
    assert text[span.start : span.end] == passage
    assert score > 0.9


def test_many_quotes_are_found_in_one_pass() -> None:
    """Five hundred quotes anchor as each would alone, the ambiguous and the missing among them."""
    lines = [f"Claim number {n} says that {n * n} things hold." for n in range(500)]
    text = "\n".join([*lines, lines[7]])
    claims = {
        f"c{n}": {"text": line, "quote": line.replace(" ", "\u00a0" if n % 3 else " ")} for n, line in enumerate(lines)
    }
    claims["gone"] = {"text": "x", "quote": "no such words in this text"}
    m = Map.model_validate({"id": "m", "sources": {"s": {"text": text}}, "claims": claims})
    assert {claim_id: of for claim_id, of in anchors(m).items() if not isinstance(of[0], Anchored)} == {
        "c7": (
            Ambiguous(
                spans=(
                    Span(start=text.index(lines[7]), end=text.index(lines[7]) + len(lines[7])),
                    Span(start=text.rindex(lines[7]), end=text.rindex(lines[7]) + len(lines[7])),
                )
            ),
        ),
        "gone": (Missing(),),
    }
    for claim_id in ("c0", "c1", "c250", "c499"):
        assert anchors(m)[claim_id][0] == locate(m.sources["s"], m.claims[claim_id].quotes[0])
    assert spans(m)["gone"] == (None,)


def test_a_quote_names_its_source() -> None:
    """With two sources a quote is looked for in the one it names, else in the first; an unknown one has nothing."""
    m = Map.model_validate(
        {
            "id": "m",
            "sources": {"first": {"text": "words here"}, "second": {"text": "here words"}},
            "claims": {
                "a": {"text": "x", "quote": "words"},
                "b": {"text": "x", "quote": {"exact": "words", "source": "second"}},
                "c": {"text": "x", "quote": {"exact": "words", "source": "third"}},
            },
        }
    )
    assert spans(m) == {"a": (Span(start=0, end=5),), "b": (Span(start=5, end=10),), "c": (None,)}


@given(TYPOGRAPHY, st.data())
@example("aaaa", None)
def test_a_selector_anchors_to_its_span(text: str, data: st.DataObject | None) -> None:
    """The quote made for a span is found at exactly that span, whatever repeats around it."""
    places = [(1, 3)] if data is None else [tuple(sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2))))]
    start, end = places[0]
    assume(start < end)
    try:
        quote = selector(text, Span(start=start, end=end))
    except ValueError:
        # Only what has no letter in it, or repeats without end, cannot be told apart.
        assert (
            text.count(text[start:end]) > 1
            or text.find(text[start:end], start + 1) >= 0
            or text.find(text[start:end]) < start
        )
        return
    anchor = locate(Source(text=text), quote)
    assert isinstance(anchor, Anchored)
    assert (anchor.span, anchor.exact) == (Span(start=start, end=end), True)


def test_a_selector_needs_few_words() -> None:
    """The shortest context that tells the place is chosen, and none where none is needed."""
    text = "one fish, two fish, red fish, blue fish"
    assert selector(text, Span(start=4, end=8)) == Quote(exact="fish", prefix="one")
    assert selector(text, Span(start=0, end=3), "poem") == Quote(exact="one", source="poem")
    with pytest.raises(ValueError, match="not inside a text"):
        selector(text, Span(start=3, end=3))


@given(TYPOGRAPHY, st.data())
def test_every_span_spells_its_quote(text: str, data: st.DataObject) -> None:
    """Wherever a quote is found, the text there is the quote, but for typography."""
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    # A letter cut off from its accent is another letter.
    around = "".join(text[at:].lstrip("\u00ad\u200b\ufeff")[:1] for at in (start, end))
    assume(plain(text[start:end]) and not any(map(unicodedata.combining, around)))
    typed = data.draw(
        st.sampled_from([str, plain, lambda words: words.replace(" ", "\n"), lambda w: w.replace('"', "”")])
    )
    assume(typed(text[start:end]))
    quote = Quote(exact=typed(text[start:end]))
    anchor = locate(Source(text=text), quote)
    assert not isinstance(anchor, Missing)
    for span in [anchor.span] if isinstance(anchor, Anchored) else anchor.spans:
        spelt = text[span.start : span.end]
        assert spelt == quote.exact or plain(quote.exact) in plain(spelt) or plain(spelt) == plain(quote.exact)


@given(TYPOGRAPHY)
def test_folding_leads_back(text: str) -> None:
    """Every stretch of the folded text comes from a stretch of the original that folds to it."""
    folded = fold(text)
    whole = folded.span(0, len(folded.text)) if folded.text else None
    assert whole is None or plain(text[whole.start : whole.end]) == folded.text.strip(" ")
    for at in range(len(folded.text)):
        span = folded.span(at, at + 1)
        # A hyphen at a line's end depends on what follows.
        depends = unicodedata.combining(text[span.start]) or text[span.start] in "-\u00ad" or folded.text[at] == HYPHEN
        assert folded.text[at] in fold(text[span.start : span.end]).text or depends


@pytest.mark.parametrize(("name", "count"), [(ESSAY_1996, 52), (ESSAY_2005, 47)])
def test_sentences_of_the_essays(name: str, count: int) -> None:
    """The essays fall into the sentences that a reader counts, headings and furniture included, and nothing is lost."""
    text = essay(name)
    found = sentences(text)
    assert len(found) == count
    assert all(text[span.start : span.end] == text[span.start : span.end].strip() for span in found)
    between = [text[a.end : b.start] for a, b in pairwise(found)]
    assert set("".join(between)) <= set(" \n\r")


def test_an_abbreviation_ends_no_sentence() -> None:
    """Names such as George W. Bush, Messrs. and quoted speech stay inside their sentences."""
    texts = [essay(name)[span.start : span.end] for name in (ESSAY_1996, ESSAY_2005) for span in sentences(essay(name))]
    assert sum("George W. Bush and Japanese Prime Minister" in sentence for sentence in texts) == 1
    assert sum(sentence.startswith("Messrs. Clinton") for sentence in texts) == 1
    assert sum('however: "We continually review' in sentence for sentence in texts) == 1


def test_lines_broken_to_fit_do_not_end_sentences() -> None:
    """A text set in short lines keeps its sentences whole; headings and blank lines still end them."""
    text = "A heading\nThe line is broken here because a\nlonger word had no room. It goes on\nin this way.\n\nAnd ends"
    assert [text[span.start : span.end] for span in sentences(text)] == [
        "A heading",
        "The line is broken here because a\nlonger word had no room.",
        "It goes on\nin this way.",
        "And ends",
    ]


@given(st.text(max_size=200), st.sampled_from([None, "en", "ja", "de-AT", "x-unknown"]))
def test_sentences_of_anything(text: str, language: str | None) -> None:
    """Whatever the text and language: sentences stand in order, apart, without space around them, and lose no letter."""
    found = sentences(text, language)
    assert all(a.end <= b.start for a, b in pairwise(found))
    outside = text
    for span in reversed(found):
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
        outside = outside[: span.start] + outside[span.end :]
    assert not outside.strip()


def test_coverage_counts_sentences_and_words() -> None:
    """Body sentences are quoted, set aside or left out; a stray file code inside a sentence does not count as body."""
    text = essay(ESSAY_2005)
    source = {
        "text": text,
        "excluded": [
            {"quote": "ILLUSTRATION: MOUNTAIN PEOPLE", "reason": "credit"},
            {"quote": "(rt)0314p09.tif", "reason": "file code"},
            {"from": "Concerns that the US", "to": "Xi in 2017", "reason": "teasers"},
        ],
        "non_argumentative": [{"quote": "Richard Halloran is a writer based in Hawaii.", "reason": "byline"}],
    }
    claims = {"dialogue": {"text": "x", "quote": "The guideline further said(rt)0314p09.tif Japan should"}}
    found = coverage(Map.model_validate({"id": "m", "sources": {"essay": source}, "claims": claims}), "essay")
    (quoted,) = found.quoted
    assert text[quoted.start : quoted.end].startswith("The guideline further said")
    assert text[quoted.start : quoted.end].endswith('smoother."')
    assert found.words_quoted == 6
    assert [text[span.start : span.end] for span in found.non_argumentative] == [
        "Richard Halloran is a writer based in Hawaii."
    ]
    assert found.sentences == 28
    assert found.accounted == pytest.approx(2 / 28)


def test_coverage_of_no_text_is_whole() -> None:
    """A source without a text has nothing to leave out."""
    m = Map.model_validate({"id": "m", "sources": {"s": {"path": "x.txt"}}})
    assert (coverage(m, "s").sentences, coverage(m, "s").accounted, coverage(m, "s").share) == (0, 1.0, 1.0)


def test_many_quotes_that_begin_alike() -> None:
    """Quotes with the same first words, one the beginning of another, each stand at their own places in the text's order."""
    same = "It is often said, and with some reason, that what stands in point "
    ends = [f"{n} holds." for n in range(30)]
    text = " ".join(same + end for end in (*ends, *reversed(ends)))
    quotes = [Quote(exact=same + end) for end in ends] + [Quote(exact=same), Quote(exact=same[:20])]
    searchable = Searchable(text, quotes)
    for quote in quotes:
        found = [found.span.start for found in searchable.places(quote) if found.exact]
        assert found == list(occurrences(text, quote.exact))
        assert len(found) == (2 if quote.exact.endswith("holds.") else 60)


def test_seeds_of_all_sorts() -> None:
    """Quotes with an early space, a late one, none, and signs that mean something in a pattern are each found everywhere."""
    some = [
        "a b c d e f g h i",
        "internationalisation is on",
        "internationalisation as such holds",
        "会議は八月に開かれると発表された",
        "[^-]\\d ^[a-z] ^ ]-[",
    ]
    quotes = [*some, *(f"{n} of the many" for n in range(30)), " of the many 3 of"]
    text = " ".join([*quotes, *reversed(quotes), " a b c d e f g h i" * 3])
    index = _Index(text, quotes)
    for quote in quotes:
        assert list(index.find(quote)) == list(occurrences(text, quote)) != []


def test_quotes_that_begin_alike_are_told_apart_without_trying_every_place() -> None:
    """Of the many places where a beginning stands, only those of the quote itself are looked at."""
    same = "It is said that point "
    text = " ".join(f"{same}{n} holds." for n in range(100, 200))
    index = _Index(text, [f"{same}{n} holds." for n in range(100, 200)])
    assert index._starts(" is said that point 150 holds.") == [text.index(" is said that point 150")]
