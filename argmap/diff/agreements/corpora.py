"""Measure the agreement of two or more coders over a corpus: pooled, and text by text.

    anna/1.ann  ben/1.ann  eva/1.ann      text 1: anna–ben, anna–eva, ben–eva ─┐
    anna/2.ann  ben/2.ann                 text 2: anna–ben                     ┴─ counts added ─▶ pooled figures

With more than two coders, the counts of all pairs of coders are added (the mean over pairs of Light 1971, each pair with its
number of items). The interval of a pooled figure comes from a bootstrap over texts (Efron & Tibshirani 1993): texts are drawn
anew with replacement, each with all its pairs of coders, and the figure is computed from their counts.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import Any

from argmap.diff.agreements import counting, measured, measures
from argmap.diff.agreements.model import RULES, CorpusAgreement, Document, Figure, Rule
from argmap.diff.agreements.pairing import pairing
from argmap.diff.agreements.unitizing import DRAWS, percentiles
from argmap.findings import ArgmapError
from argmap.model import Map, replace

SEED = 1971


def corpus_agreement(
    coders: Mapping[str, Mapping[str, Map]],
    *,
    rule: Rule = "argmap",
    only: Collection[str] = (),
    draws: int = DRAWS,
) -> CorpusAgreement:
    """Measure how far coders agree over many texts.

    Parameters
    ----------
    coders
        The maps of each coder by the name of the text.
    rule, only
        As in `agreement`.
    draws
        Samples of the bootstrap; 0 for no intervals.

    Returns
    -------
    CorpusAgreement
        The pooled figures with intervals, and those of each text and pair of coders.

    Raises
    ------
    ArgmapError
        When fewer than two coders are given, or no two of them read a text of the same name.
    """
    if len(coders) < 2:
        raise ArgmapError("agreement needs the maps of two coders or more")
    names = sorted({name for maps in coders.values() for name in maps})
    documents: list[Document] = []
    by_text: dict[str, list[counting.Tally]] = {}
    for name in names:
        for one, other in combinations([coder for coder in coders if name in coders[coder]], 2):
            found = pairing(coders[one][name], coders[other][name], rule, only)
            tally = counting.tally(found)
            by_text.setdefault(name, []).append(tally)
            documents.append(Document(name=name, coders=(one, other), agreement=measured(found, tally)))
    if not documents:
        raise ArgmapError(f"no text of one name was read by two of {', '.join(coders)}")
    missing = {name: tuple(coder for coder in coders if name not in coders[coder]) for name in names}
    return CorpusAgreement(
        coders=tuple(coders),
        rule=rule,
        rule_says=RULES[rule],
        only=tuple(sorted(only)),
        documents=len(by_text),
        pooled=_pooled(list(by_text.values()), draws if len(by_text) > 1 else 0),
        each=tuple(documents),
        missing={name: absent for name, absent in missing.items() if absent},
        draws=draws if len(by_text) > 1 else 0,
    )


def _pooled(texts: Sequence[Sequence[counting.Tally]], draws: int) -> dict[str, Figure]:
    """Compute each figure from the counts of all texts, with its interval."""
    import numpy as np

    chance = random.Random(SEED)  # noqa: S311  # a fixed seed, so that equal input gives equal output
    drawn = [Counter(chance.choices(range(len(texts)), k=len(texts))) for _ in range(draws)]
    weights = np.array([[sample[n] for n in range(len(texts))] for sample in drawn]).reshape(draws, len(texts))
    pooled = {}
    for name in measures.in_order({name for text in texts for tally in text for name in tally}):
        counts = [sum((tally[name] for tally in text if name in tally), Counter[Any]()) for text in texts]
        total = sum(counts, Counter[Any]())
        found = measures.figure(name, total)
        if draws and found.value is not None:
            keys = list(total)
            samples = weights @ np.array([[each[key] for key in keys] for each in counts])
            compute = measures.measure_of(name).compute
            values = (compute(dict(zip(keys, row, strict=True))) for row in samples.tolist())
            ends = percentiles(value for value in values if value is not None)
            found = replace(found, low=ends[0], high=ends[1]) if ends else found
        pooled[name] = found
    return pooled
