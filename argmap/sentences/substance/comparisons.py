"""Tell comparisons apart: more than – fewer than, 10 – more than 10, richest – rich."""

from __future__ import annotations

from collections import Counter

from argmap.sentences.substance.agents import swapped
from argmap.sentences.substance.comparison import Comparison
from argmap.sentences.substance.pairing import degree
from argmap.sentences.substance.tokens import Sentence, Token

_SIDES = {">": ">", ">=": ">", "<": "<", "<=": "<"}


def judge_comparisons(texts: Comparison) -> None:
    """Tell *more* from *less*, a bound that one side lacks, and another degree of an adjective."""
    left, right = texts.before.of("comparison"), texts.after.of("comparison")
    if not (left or right):
        _degrees(texts)
        return
    turned = texts.turned()
    exchange = swapped(texts) if turned else None
    if turned and exchange and exchange.is_around(turned[0]):
        return
    ours, theirs = Counter(_SIDES[t.key] for t in left), Counter(_SIDES[t.key] for t in right)
    alone = (
        [t for t in left if (ours - theirs)[_SIDES[t.key]]],
        [t for t in right if (theirs - ours)[_SIDES[t.key]]],
    )
    for x, y in zip(*alone, strict=False):
        # "more stable" – "less stable" is an opposite, "more than 300" – "fewer than 300" another quantity
        texts.replaced(
            "antonym" if {x.word.casefold(), y.word.casefold()} == {"more", "less"} else "comparison", x.word, y.word
        )
    count = min(map(len, alone))
    _degrees(texts)
    endings = [pair.before.surface.endswith("er") != pair.after.surface.endswith("er") for pair in texts.pairs.opposed]
    endings += [x.surface.endswith("er") != y.surface.endswith("er") for x, y in texts.pairs.same if x.key != y.key]
    if any(endings):
        return  # "cheaper" – "more expensive"
    for side in (0, 1):
        within = any(token.key == "within" for token in texts.sentences[1 - side].of("preposition"))
        for token in alone[side][count:]:
            if within and _SIDES[token.key] == "<":
                continue  # "within two years" – "in less than two years"
            if _is_at_shared_figure(texts, token, side):
                texts.added("comparison", token.word, side, "altered")
            else:
                texts.unknown[side].append(token.word)


def _degrees(texts: Comparison) -> None:
    """Tell "the richest country" from "a rich country"; "safer" and "safe" may say the same, and are left open."""
    words = texts.words
    for x, y in texts.pairs.same:
        if x.surface == y.surface or x.kind != "content":
            continue
        degrees = degree(x, words), degree(y, words)
        (base, how), (other, other_how) = degrees
        if (
            how == other_how
            or words.stem(base) != words.stem(other)
            or any(_is_graded(texts.sentences[side], t) for side, t in enumerate((x, y)))
        ):
            continue
        if "est" in (how, other_how) or any(t.key == "than" for s in texts.sentences for t in s.of("preposition")):
            texts.replaced("comparison", x.word, y.word)
        else:
            texts.unknown[0].append(x.word)
            texts.unknown[1].append(y.word)


def _is_graded(sentence: Sentence, token: Token) -> bool:
    """Tell whether *more*, *most* or a negation stands before a word: "more just" – "juster", "no safer" – "as safe"."""
    place = next(n for n, each in enumerate(sentence.tokens) if each is token)
    near = sentence.tokens[max(place - 2, 0) : place]
    return any(each.kind in ("comparison", "quantifier", "negation") for each in near)


def _is_at_shared_figure(texts: Comparison, token: Token, side: int) -> bool:
    """Tell whether a word such as *more than* stands at a number that the other side has without it."""
    tokens, others = (side_.tokens for side_ in (texts.before, texts.after)[:: -1 if side else 1])
    place = next(n for n, each in enumerate(tokens) if each is token)
    near = {each.key for each in tokens[max(place - 1, 0) : place + 2] if each.kind == "figure"}
    return any(each.kind == "figure" and each.key in near for each in others)
