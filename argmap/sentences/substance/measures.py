"""Compare figures with their units.

300 kilometres – 300 miles          another amount
2 kilometres   – 2,000 metres       the same
next month     – next year          units without a figure
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from argmap.sentences.substance.comparison import Comparison
from argmap.sentences.substance.tokens import Sentence, Token


def judge_measures(texts: Comparison) -> None:
    """Tell units: 300 miles are not 300 kilometres, and 2,000 metres are two kilometres."""
    left, right = (_measured(sentence) for sentence in (texts.before, texts.after))
    for x in left:
        others = [y for y in right if y.unit.key != x.unit.key and id(y.figure) not in texts.used_figures]
        y = next((y for y in others if y.amount == x.amount), None) or next(iter(others), None)
        alone = texts.pairs.before, texts.pairs.after
        if y is None or not all(any(t is each.unit for t in side) for side, each in zip(alone, (x, y), strict=True)):
            continue
        for side, each in zip(alone, (x, y), strict=True):
            side.remove(each.unit)
            texts.used_figures.add(id(each.figure))
        texts.matched_units += 1
        texts.figure_pairs += x.figure.key != y.figure.key
        if x.amount != y.amount:
            texts.replaced("number", x.words, y.words)
    _one_unit(texts, left, 1)
    _one_unit(texts, right, 0)
    _bare_units(texts)


def _one_unit(texts: Comparison, measured: list[_Measured], other: int) -> None:
    """Match "12 months" with "a year"."""
    here, there = (texts.pairs.before, texts.pairs.after)[:: -1 if other == 0 else 1]
    for each in measured:
        unit = next((t for t in there if texts.words.measures.get(t.key) == each.amount), None)
        if unit and id(each.figure) not in texts.used_figures and any(t is each.unit for t in here):
            there.remove(unit)
            here.remove(each.unit)
            texts.used_figures.add(id(each.figure))
            texts.matched_units += 1


def _bare_units(texts: Comparison) -> None:
    """Tell units without a figure: "next month" is not "next year", "by the kilogram" not "by the ton"."""
    measures = texts.words.measures
    left, right = ([t for t in side if t.key in measures] for side in (texts.pairs.before, texts.pairs.after))
    for x, y in zip(left, right, strict=False):
        if measures[x.key] != measures[y.key]:
            texts.pairs.before.remove(x)
            texts.pairs.after.remove(y)
            texts.matched_units += 1
            in_time = {x.key, y.key} <= texts.words.words["adverbs"]
            texts.replaced("date" if in_time else "number", x.word, y.word)


@dataclass(frozen=True, slots=True)
class _Measured:
    """A figure with its unit."""

    figure: Token
    unit: Token
    amount: tuple[int, Fraction]
    """Number of the dimension, and the amount in its smallest unit."""
    words: str


def _measured(sentence: Sentence) -> list[_Measured]:
    measures = sentence.words.measures
    found = []
    for first, second in pairwise(sentence.tokens):
        figure, unit = (first, second) if first.kind == "figure" else (second, first)
        if figure.kind == "figure" and unit.kind == "content" and unit.key in measures and figure.values[0][0] == "n":
            dimension, factor = measures[unit.key]
            if figure is second and first.word.isalpha():
                continue  # "in a year 40 people"
            gap = "" if sentence.language in ("ja", "zh") or not unit.word.isalpha() else " "
            words = gap.join(token.word for token in (first, second))
            found.append(_Measured(figure, unit, (dimension, figure.values[0][1] * factor), words))
    return found
