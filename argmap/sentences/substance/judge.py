"""Judge whether two sentences say the same.

    Norway sold 10 million tons of gas.      →   Norway did not sell 100 million tons of gas.
        tokens of both        what is said, negated, counted, dated, demanded
        paired                equal, of one meaning, opposite, or alone
        signals               negation added: not · number 10 → 100 million
        verdict               differs

Words that are alike on both sides are left out, so that a rule can be wrong only where two sentences differ. A word that no
list has makes the verdict *unclear*, unless a known difference was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from argmap.sentences.idf import rarity
from argmap.sentences.normal_form import normalise
from argmap.sentences.substance.agents import judge_agents
from argmap.sentences.substance.comparison import Comparison
from argmap.sentences.substance.comparisons import judge_comparisons
from argmap.sentences.substance.conditions import judge_conditions
from argmap.sentences.substance.language import language_of
from argmap.sentences.substance.measures import judge_measures
from argmap.sentences.substance.modals import effect_of
from argmap.sentences.substance.model import Effect, Signal, SignalKind, Substance
from argmap.sentences.substance.persons import judge_persons
from argmap.sentences.substance.polarity import is_of_several, judge_polarity
from argmap.sentences.substance.prepositions import judge_prepositions
from argmap.sentences.substance.tokens import MAX_LENGTH, Sentence, Token, TokenKind, read_sentence

ENOUGH_IN_COMMON = 0.5
"""Share of words that two sentences must have in common before a difference between them says something."""
_GROUPED = re.compile(r"(?<=\d)[.,](?=\d{3}(?:\D|$))")
"""Marks that may group digits by thousands."""
BEYOND = "beyond"
"""Key of *not only*."""
_JUST = ("just", "only", "merely", "simply", "solely")
SHOWN = 5
"""Unknown words of a side that a signal shows."""
_CODES = {"english": "en", "german": "de", "french": "fr", "spanish": "es", "japanese": "ja", "chinese": "zh"}
_MINOR = frozenset(
    (
        "whole",
        "entire",
        "entirely",
        "wholly",
        "completely",
        "total",
        "totally",
        "both",
        "the whole",
        "the entire",
        "all of",
        "one of",
        "anyone",
        "anybody",
        "tout",
        "toute",
    )
)
"""Words for all that often say nothing, as in "the whole town"."""


def compare_substance(
    before: str | Sequence[str], after: str | Sequence[str], language: str | None = None
) -> Substance:
    """Judge whether two texts say the same, and name what differs.

    Parameters
    ----------
    before, after
        A sentence each, or several that are read as one text.
    language
        Code or English name of the language, such as `de` or `german`; detected from the texts when left out. English is
        known fully; German, French, Spanish, Japanese and Chinese in part; in other languages only figures are read.

    Returns
    -------
    Substance
        `same`, `differs` or `unclear`, and the signals.

    Examples
    --------
    >>> found = compare_substance("The treaty was ratified.", "The treaty was not ratified.")
    >>> found.verdict, found.effect, [signal.text for signal in found.signals]
    ('differs', 'reversed', ['negation added: not'])
    """
    left, right = _text(before), _text(after)
    if left == right or normalise(left) == normalise(right):
        return Substance("same")
    low = (language or "").casefold()
    code = _CODES.get(low, low[:2]) if language else language_of(left, right)
    return _compared(left, right, code)


UNLIKE = Substance("unclear", (Signal("unknown", (), (), "hardly a word in common", "none"),))
LIKE = 0.15
"""Share of word beginnings in common below which two longer sentences are not read at all."""
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def _unlike(before: str, after: str) -> bool:
    """Tell two longer sentences that have hardly a word in common, without reading them."""
    left, right = ({word[:4] for word in _LONG_WORD.findall(text.casefold())} for text in (before, after))
    return min(len(left), len(right)) > 5 and len(left & right) < LIKE * max(len(left), len(right))


def _text(texts: str | Sequence[str]) -> str:
    return (
        texts
        if isinstance(texts, str)
        else " ".join(text if text.endswith((".", "。")) else f"{text}." for text in texts)
    )


@lru_cache(
    maxsize=1 << 15
)  # matching and classifying ask for each pair in turn, so a cache that is too small never answers
def _compared(before: str, after: str, language: str) -> Substance:
    if language not in ("ja", "zh") and _unlike(before, after):
        return UNLIKE
    left, right = _read(before, language), _read(after, language)
    found = _judged(Comparison(left, right))
    cut = len(before) > MAX_LENGTH or len(after) > MAX_LENGTH
    if cut and found.verdict == "same" and normalise(before[MAX_LENGTH:]) != normalise(after[MAX_LENGTH:]):
        return Substance("unclear", found.signals)
    return found


@lru_cache(maxsize=4096)
def _read(text: str, language: str) -> Sentence:
    if language in ("ja", "zh"):
        from argmap.sentences.substance.cjk import read_characters

        return read_characters(text, language)
    return read_sentence(text, language)


def _judged(texts: Comparison) -> Substance:
    """Ask every rule, then decide."""
    for rule in RULES:
        rule(texts)
    unknown = _unknown_signal(texts)
    if texts.in_common() < ENOUGH_IN_COMMON:
        return UNLIKE
    if texts.signals:
        return Substance("differs", (*texts.signals, *unknown))
    return Substance("unclear" if unknown else "same", unknown)


def _names(texts: Comparison) -> None:
    left = [token for token in texts.pairs.before if _is_name(texts, token)]
    right = [token for token in texts.pairs.after if _is_name(texts, token)]
    for x, y in zip(left, right, strict=False):
        texts.pairs.before.remove(x)
        texts.pairs.after.remove(y)
        texts.matched_names += 1
        dates = {x.key, y.key} <= texts.words.words["dates"]
        texts.replaced("date" if dates else "name", x.word, y.word)


def _is_name(texts: Comparison, token: Token) -> bool:
    if token.kind != "content":
        return False
    if token.is_name:
        return True
    if (
        not token.starts
        or texts.before.language != "en"
        or token.key in texts.words.synonyms
        or token.key in texts.words.opposed
    ):
        return False
    return not _is_common(token.surface)


def _figures(texts: Comparison) -> None:
    left, right = texts.unmatched("figure")
    left, right = (
        [t for t in side if id(t) not in texts.used_figures and not (t.bare and t.key == "n 1")]
        for side in (left, right)
    )
    for x, y in zip(left, right, strict=False):
        texts.figure_pairs += 1
        if _GROUPED.sub("", x.word) == _GROUPED.sub("", y.word):
            continue  # "4700" – "4.700", where the language is not certain
        kind: SignalKind = "date" if x.is_date and y.is_date else "number"
        x_words, y_words = _without_shared_end(x.word, y.word)
        texts.replaced(kind, x_words, y_words)
    count = min(len(left), len(right))
    for side, tokens in ((0, left[count:]), (1, right[count:])):
        for token in tokens:
            texts.added("date" if token.is_date else "number", token.word, side, "altered")


def _quantifiers(texts: Comparison) -> None:
    left, right = (
        [token for token in side if id(token) not in texts.used_quantifiers] for side in texts.unmatched("quantifier")
    )
    for x, y in zip(left, right, strict=False):
        texts.replaced("quantifier", x.word, y.word)
    count = min(len(left), len(right))
    for side, tokens in ((0, left[count:]), (1, right[count:])):
        for token in tokens:
            if token.word.casefold() not in _MINOR:
                texts.added("quantifier", token.word, side, "altered")
    _not_only(texts)
    left, right = ([t for t in side if id(t) not in texts.used_quantifiers] for side in texts.unmatched("focus"))
    both = texts.before.of("focus"), texts.after.of("focus")
    if len(both[0]) == len(both[1]) == 1:
        hosts = texts.host(both[0][0], 0), texts.host(both[1][0], 1)
        adverbs = texts.words.words["adverbs"]
        if hosts[0] != hosts[1] and texts.both_have(hosts) and adverbs.isdisjoint(hosts):
            words = (both[0][0].word,), (both[1][0].word,)
            moved = f"only moved: {texts.shown(hosts[0], 0)} → {texts.shown(hosts[1], 1)}"
            texts.signals.append(Signal("quantifier", *words, moved, "altered"))
    for side, tokens in ((0, left), (1, right)):
        for token in tokens:
            texts.added("quantifier", token.word, side, "altered")


def _not_only(texts: Comparison) -> None:
    """Tell "is just a place" from "is not just a place"; "not only safe but also cheap" says no more than "safe and cheap"."""
    for side, sentence in enumerate(texts.sentences):
        beyond = next((t for t in sentence.tokens if t.key == BEYOND), None)
        other = texts.sentences[1 - side].tokens
        alone = next((t for t in other if t.kind in ("focus", "light") and t.word.casefold() in _JUST), None)
        if beyond and alone and not any(t.key == BEYOND for t in other):
            words = (beyond.word, alone.word) if side == 0 else (alone.word, beyond.word)
            texts.replaced("negation", *words, name="quantifier")
            texts.used_quantifiers.add(id(alone))


def _modals(texts: Comparison) -> None:
    left, right = texts.unmatched("modal")
    for n in range(max(len(left), len(right))):
        x, y = (side[n] if n < len(side) else None for side in (left, right))
        negated = _is_denied(texts.before, x) and _is_denied(texts.after, y)
        effect = effect_of(x.key if x else "none", y.key if y else "none", negated=negated)
        if effect == "none" or (x and y and {x.key, y.key} == {"will", "would"} and _are_reported(texts, x, y)):
            continue
        words = (x.word if x else "–", y.word if y else "–")
        texts.signals.append(
            Signal(
                "modal",
                (words[0],) if x else (),
                (words[1],) if y else (),
                f"modal {words[0]} → {words[1]}",
                effect,
            )
        )


def _are_reported(texts: Comparison, *modals: Token) -> bool:
    """Tell "he said: we will not yield" from "we will not yield": what somebody said shifts with the tense."""
    reporting = texts.words.words["reporting"]
    return all(
        any(token.key in reporting for token in sentence.tokens[: sentence.tokens.index(modal)])
        for sentence, modal in zip(texts.sentences, modals, strict=True)
    )


def _is_denied(sentence: Sentence, modal: Token | None) -> bool:
    """Tell whether a modal is negated: "may not", "cannot"; where there is none, whether the sentence denies anything."""
    if modal is None:
        return bool(sentence.of("negation"))
    place = next(n for n, each in enumerate(sentence.tokens) if each is modal)
    near = sentence.tokens[max(place - 1, 0) : place + 3]
    return any(each.kind == "negation" and each.clause == modal.clause for each in near)


_OPERATORS: tuple[TokenKind, ...] = ("negation", "modal")


def _operators_swapped(texts: Comparison) -> None:
    """Tell "boats may leave, planes may not" from "boats may not leave, planes may": the same words, denied elsewhere."""
    if not any(all(sentence.of(kind) for sentence in texts.sentences) for kind in _OPERATORS):
        return
    contents = [[(t.clause, texts.key(t, side)) for t in s.of("content")] for side, s in enumerate(texts.sentences)]
    if contents[0] != contents[1]:
        return
    kinds: tuple[tuple[TokenKind, Effect], ...] = (("negation", "reversed"), ("modal", "reframed"))
    for kind, effect in kinds:
        left, right = ([(t.key, t.clause, t.word) for t in sentence.of(kind)] for sentence in texts.sentences)
        if kind == "negation" and _is_raised(texts):
            continue
        filled = {clause for clause, _ in contents[0]}
        if not all(clause in filled for _, clause, _ in (*left, *right)) or any(
            is_of_several(w) for *_, w in (*left, *right)
        ):
            continue
        if sorted(key for key, *_ in left) != sorted(key for key, *_ in right):
            continue
        told = any(signal.text.startswith(f"{kind} ") for signal in texts.signals)
        if not told and sorted(each[:2] for each in left) != sorted(each[:2] for each in right):
            words = tuple(word for *_, word in left), tuple(word for *_, word in right)
            name: SignalKind = "negation" if kind == "negation" else "modal"
            texts.signals.append(Signal(name, *words, f"{kind} in another clause: {' … '.join(words[0])}", effect))


def _is_raised(texts: Comparison) -> bool:
    """Tell "I do not think that he lied" – "I think that he did not lie", which say the same."""
    raising = texts.words.words["negraising"]
    hosts = ({texts.host(token, side) for token in texts.sentences[side].of("negation")} for side in (0, 1))
    return any(not raising.isdisjoint(each) for each in hosts)


def _unknown_words(texts: Comparison) -> None:
    for side, tokens in ((0, texts.pairs.before), (1, texts.pairs.after)):
        texts.unknown[side].extend(token.word for token in tokens if token.kind == "content")


def _unknown_signal(texts: Comparison) -> tuple[Signal, ...]:
    left, right = (tuple(words[:SHOWN]) for words in texts.unknown)
    if not (left or right):
        return ()
    text = f"not known: {', '.join(left) or '–'} → {', '.join(right) or '–'}"
    return (Signal("unknown", left, right, text, "none"),)


def _without_shared_end(before: str, after: str) -> tuple[str, str]:
    """Leave out of the first what both end on: 10 → 100 million."""
    left, right = before.split(), after.split()
    shared = 0
    while shared + 1 < min(len(left), len(right)) and left[-1 - shared] == right[-1 - shared]:
        shared += 1
    return " ".join(left[: len(left) - shared]), after


def _is_common(word: str) -> bool:
    """Tell whether the list of background words knows a word, in small letters."""
    from argmap.sentences.stems import stems_of

    weights = rarity("english")
    return all(stem in weights for stem in stems_of(word, "english"))


RULES: tuple[Callable[[Comparison], None], ...] = (
    judge_measures,
    _names,
    _figures,
    judge_polarity,
    _quantifiers,
    judge_comparisons,
    _modals,
    _operators_swapped,
    judge_conditions,
    judge_prepositions,
    _unknown_words,
    judge_agents,
    judge_persons,
)
"""Every rule, in the order in which they are asked: agents last, since they are looked for only where all words are known."""
