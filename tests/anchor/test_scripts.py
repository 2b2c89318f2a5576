"""Quotes in every script and typography: what only looks different is found, what says something else is refused."""

from __future__ import annotations

import pytest

from argmap.anchor import Anchored, Missing, coverage, locate
from argmap.anchor.fold import plain
from argmap.model import Map, Quote, Source
from argmap.sentences.words import word_spans


def anchor_of(text: str, exact: str, **context: str) -> object:
    return locate(Source(text=text), Quote(exact=exact, **context))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        # a hyphen at a line's end, kept or dropped
        ("the new govern-\nment will", "the new government will"),
        ("a well-\nknown fact", "a well-known fact"),
        ("a well-\nknown new govern-\nment", "a well-known new government"),
        ("the govern\u2010\n  ment will", "the government will"),
        ("the govern\u00ad\nment will", "the government will"),
        ("a long\u00ad\r\nterm plan", "a long-term plan"),
        ("the government will", "the govern-\nment will"),
        # canonical equivalence
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국"),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("か\u3099き", "がき"),
        ("ש\u05c1\u05bcלום", "ש\u05bc\u05c1לום"),
        ("ten \u212b wide", "ten Å wide"),
        ("at 300 \u212a", "at 300 K"),
        ("a\u0323\u0307 b", "a\u0307\u0323 b"),
        # compatibility forms
        ("an eﬃcient oﬃce", "an efficient office"),
        ("ＴＯＫＹＯ　２０２４", "TOKYO 2024"),
        ("a houſe", "a house"),
        ("ﾊﾟﾝ", "パン"),
        ("ten m²", "ten m2"),
        # scripts without spaces
        ("政府は条約を\n再検討する", "政府は条約を再検討する"),
        ("我们必须\r\n保护环境", "我们必须保护环境"),
        ("รัฐบาล\nควรปิด", "รัฐบาลควรปิด"),
        ("정부는 조\n약을", "정부는 조약을"),
        ("정부는\n조약을", "정부는 조약을"),
        # what nobody sees
        ("he \u202bשלום\u202c said", "he שלום said"),
        ("a \u2066b\u2069 c", "a b c"),
        ("葛\ufe00飾区", "葛飾区"),
        ("ᠠ\u180eᠡ", "ᠠᠡ"),
        # marks
        ("il dit « non » fort", 'il dit "non" fort'),
        ("il dit ‹non› fort", "il dit 'non' fort"),
        ("he said ``no'' twice", "he said “no” twice"),
        ("er sagte „nein“ laut", 'er sagte "nein" laut'),
        ("彼は「はい」と言った", "彼は“はい”と言った"),
        ("vraiment ? oui !", "vraiment? oui!"),
        ("and so . . . on", "and so… on"),
        ("near—not equal", "near — not equal"),
        ("near – not equal", "near-not equal"),
        ("cost 5 % more", "cost 5% more"),
    ],
)
def test_typography_of_all_scripts_does_not_matter(text: str, quote: str) -> None:
    """The quote is found from word to word, and the anchor says that it is not exact."""
    anchor = anchor_of(text, quote)
    assert isinstance(anchor, Anchored)
    assert (anchor.exact, anchor.whole) == (False, True)
    assert (anchor.span.start, anchor.span.end) == (0, len(text))


def test_prefix_and_suffix_are_compared_alike() -> None:
    """The words around a quote may differ in typography as the quote itself may."""
    text = "the govern-\nment will act. The oﬃce will act « soon »."
    first, second = text.index("will act"), text.rindex("will act")
    for context, start in (
        ({"prefix": "the government"}, first),
        ({"prefix": "The office"}, second),
        ({"suffix": '"soon"'}, second),
    ):
        anchor = anchor_of(text, "will act", **context)
        assert isinstance(anchor, Anchored)
        assert anchor.span.start == start


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("the power of 10²", "the power of 102"),
        ("1½ cups", "11/2 cups"),
        ("10⁻⁵ of it", "10-5 of it"),
        ("3, 500 of them", "3,500 of them"),
        ("from 10-\n20 men", "from 1020 men"),
        ("word—\nnext", "wordnext"),
        ("5' long", '5" long'),
        ("a cafe", "a café"),
        ("will not act", "will act"),
        ("about 10 men", "about 100 men"),
        ("der Maß", "der Mass"),
        ("now here", "nowhere"),
    ],
)
def test_what_changes_words_or_figures_is_refused(text: str, quote: str) -> None:
    """Letters, negations and figures are the words themselves."""
    assert isinstance(anchor_of(text, quote), Missing)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("the unfunded plan", "funded plan"),
        ("an unlawful act", "lawful act"),
        ("he cannot go", "he can"),
        ("he can’t go", "he can"),
        ("it isn't so", "it is"),
        ("a non-violent act", "violent act"),
        ("twenty-five men", "five men"),
        ("the un-\nfunded plan", "funded plan"),
        ("110 million dollars", "10 million dollars"),
        ("spent 10 million", "spent 10"),
        ("11.5 percent", "1.5 percent"),
        ("1.5 percent", "5 percent"),
        ("3,000 men", "000 men"),
        ("only 3,000", "only 3"),
        ("3 000 hommes", "000 hommes"),
        ("-5 degrees", "5 degrees"),
        ("1½ cups", "1"),
        ("cafe\u0301 noir", "cafe"),
        ("हिन्दी भाषा", "हिन्द"),
        ("か\u3099", "か"),
        ("十九か所", "九か所"),
        ("ни невозможно", "возможно"),
    ],
)
def test_a_part_of_a_word_is_remarked(text: str, quote: str) -> None:
    """An edge inside a word, a figure or a letter with its marks is told from an edge between words."""
    anchor = anchor_of(text, quote)
    assert isinstance(anchor, Anchored)
    assert not anchor.whole


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Japan’s forces", "Japan"),
        ("l’État fort", "État"),
        ("they're here", "they"),
        ("1996–2005", "2005"),
        ("a well-known fact", "known fact"),
        ("in 2005 300 men", "300 men"),
        ("同盟は急速に成熟", "急速に"),
        ("AI技術の", "技術"),
        ("ควรปิดสะพาน", "สะพาน"),
        ("end.Next", "Next"),
    ],
)
def test_whole_words_are_whole(text: str, quote: str) -> None:
    """Genitives, elisions, compounds and scripts without spaces can be cut."""
    anchor = anchor_of(text, quote)
    assert isinstance(anchor, Anchored)
    assert anchor.whole


def test_places_from_word_to_word_win() -> None:
    """A quote that stands once as words and elsewhere inside words is not ambiguous, whatever the typography."""
    for text, at in (("unfunded, funded", 10), ("unfunded plan, a funded\nplan", 17), ("110 and 10 and 10,5", 8)):
        quote = {10: "funded", 17: "funded plan", 8: "10"}[at]
        anchor = anchor_of(text, quote)
        assert isinstance(anchor, Anchored)
        assert (anchor.span.start, anchor.whole) == (at, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("can't stop 3,000 well-known 1.5%", ["can't", "stop", "3,000", "well", "known", "1.5"]),
        ("हिन्दी में पुल", ["हिन्दी", "में", "पुल"]),
        ("同盟はアメリカ", ["同", "盟", "は", "アメリカ"]),
        ("cafe\u0301 café", ["cafe\u0301", "café"]),
        ("정부는 조약을", ["정부는", "조약을"]),
    ],
)
def test_words_of_every_script(text: str, words: list[str]) -> None:
    """Words are those of Unicode's segmentation."""
    assert [text[start:end] for start, end in word_spans(text)] == words


@pytest.mark.parametrize(
    "sentences",
    [
        ("日本とアメリカの同盟は成熟しつつある。", "橋は錆びている。"),
        ("政府必须重新考虑条约。", "桥已经生锈了。"),
        ("पुल को बंद करना चाहिए।", "वह असुरक्षित है।"),
    ],
)
def test_a_quoted_sentence_is_never_left_out(sentences: tuple[str, str]) -> None:
    """In every script, a sentence that is quoted without its full stop is quoted, and a part of it counts as words."""
    claims = {f"c{n}": {"text": "x", "quote": words[:-1]} for n, words in enumerate(sentences)}
    text = "".join(sentences) if "।" not in sentences[0] else " ".join(sentences)
    map_ = Map.model_validate({"id": "m", "sources": {"s": {"text": text, "language": "ja"}}, "claims": claims})
    if "।" in text:
        map_ = Map.model_validate({"id": "m", "sources": {"s": {"text": text, "language": "hi"}}, "claims": claims})
    found = coverage(map_, "s")
    assert (len(found.quoted), len(found.left_out), found.share) == (2, 0, 1.0)


def test_folding_twice_is_folding_once() -> None:
    """What is folded folds to itself."""
    for text in ("« a » – b . . . c", "govern-\nment", "ﬁ ½ 10²", "政府は\n条約"):
        assert plain(plain(text)) == plain(text) or "\n" in text
