"""Tell conditions, exceptions and reasons that one of two sentences lacks.

it holds if both pay      –  it holds                       a condition dropped
free except in war        –  free                           an exception dropped
he came because he was poor  –  he came and he was poor     unclear: a reason dropped
"""

from __future__ import annotations

from collections import Counter

from argmap.sentences.substance.comparison import CONJUNCTIONS, Comparison

_ADVERBS = ("so", "therefore", "thus", "hence", "consequently", "then", "still", "yet", "nevertheless", "nonetheless")
"""Words that may say what *because* or *although* says."""


def judge_conditions(texts: Comparison) -> None:
    """Tell *if*, *because* and *although* apart, and where one of them is missing."""
    left, right = (
        [t for t in side.of("connective", "joint") if t.key in CONJUNCTIONS] for side in (texts.before, texts.after)
    )
    keys = [t.key for t in left], [t.key for t in right]
    alone = (
        [t for t in left if keys[0].count(t.key) > keys[1].count(t.key)],
        [t for t in right if keys[1].count(t.key) > keys[0].count(t.key)],
    )
    for x, y in zip(*alone, strict=False):
        texts.replaced("condition", x.word, y.word, name="connective")
    count = min(map(len, alone))
    for side in (0, 1):
        for token in alone[side][count:]:
            if token.key == "if":
                texts.added("condition", token.word, side, "strengthened" if side == 0 else "weakened")
            elif _is_mere_and(texts, 1 - side):
                texts.unknown[side].append(token.word)
    if _is_and_for_or(texts):
        texts.unknown[0].append("and/or")
        texts.unknown[1].append("and/or")
    for side, tokens in enumerate((texts.pairs.before, texts.pairs.after)):
        for token in [token for token in tokens if token.key == "except" and not _excludes(texts, 1 - side)]:
            texts.added("condition", token.word, side, "strengthened" if side == 0 else "weakened")


def _is_and_for_or(texts: Comparison) -> bool:
    """Tell "bread and wine were taxed" from "bread or wine was taxed", where nothing makes both say the same."""
    joints = [[token.key for token in sentence.of("joint")] for sentence in texts.sentences]
    if "or" not in joints[0] + joints[1]:
        return False
    if any(s.of("negation") or any(m.key in ("may", "can") for m in s.of("modal")) for s in texts.sentences):
        return False
    ours, theirs = map(Counter, joints)
    return bool((ours - theirs)["and"] and (theirs - ours)["or"]) or bool(
        (theirs - ours)["and"] and (ours - theirs)["or"]
    )


def _is_mere_and(texts: Comparison, side: int) -> bool:
    """Tell whether a sentence has an *and* where the other has a conjunction, and no word that says the same."""
    joints = [sum(token.key == "and" for token in sentence.of("joint")) for sentence in texts.sentences]
    said = any(token.word.casefold() in _ADVERBS for token in texts.sentences[side].tokens)
    return joints[side] > joints[1 - side] and not said


def _excludes(texts: Comparison, side: int) -> bool:
    """Tell whether a sentence leaves something out in other words: "all but three", "only"."""
    return any(token.key in ("but", "only", "if") for token in texts.sentences[side].of("joint", "focus", "connective"))
