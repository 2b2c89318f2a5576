"""Tell prepositions that change what is said.

rose by 10 dollars  –  rose to 10 dollars      another amount
voted with them     –  voted against them      unclear: what it means hangs on the verb
"""

from __future__ import annotations

from itertools import pairwise

from argmap.sentences.substance.comparison import Comparison
from argmap.sentences.substance.tokens import Sentence


def judge_prepositions(texts: Comparison) -> None:
    """Tell *by* from *to* before a number; leave it open where *against*, *within* and the like stand for another one."""
    if all(sentence.of("figure") for sentence in texts.sentences):
        left, right = (_before_figures(sentence) for sentence in texts.sentences)
        for figure in left.keys() & right.keys():
            if {left[figure], right[figure]} == {"by", "to"}:
                texts.replaced("direction", left[figure], right[figure])
    alone = [[t for t in side if t.kind == "preposition"] for side in (texts.pairs.before, texts.pairs.after)]
    for x, y in zip(*alone, strict=False):
        if {x.key, y.key} & texts.words.words["weighty"]:
            texts.unknown[0].append(x.word)
            texts.unknown[1].append(y.word)


def _before_figures(sentence: Sentence) -> dict[str, str]:
    """Give the preposition before each figure."""
    return {y.key: x.key for x, y in pairwise(sentence.tokens) if x.kind == "preposition" and y.kind == "figure"}
