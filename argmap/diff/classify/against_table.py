"""Hold an analyst's words for changes against the table of words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from argmap.diff.classify.change_words import Rule, word_for
from argmap.diff.classify.pair import Pair
from argmap.diff.classify.relations import Common
from argmap.diff.classify.scales import Scales
from argmap.diff.map_index import MapIndex
from argmap.diff.match.steps import match, question_of
from argmap.model import Alignment, ChangeWord, Map
from argmap.sentences import Substance


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A word in an alignment that the table does not give."""

    entry: int
    """Place of the correspondence in the alignment."""
    word: ChangeWord
    rule: Rule
    """The row of the table that holds, with its own word."""
    substance: Substance


def words_against_table(before: Map, after: Map, alignment: Alignment) -> Iterator[Contradiction]:
    """Find the accepted correspondences whose word is not the one that the table gives.

    Those without a word, and those with an empty side, are left out. Raise ArgmapError if the alignment names unknown
    claims, or decides one pair both ways.
    """
    sides = MapIndex(before), MapIndex(after)
    question = question_of(before, after)
    common = Common(*sides, match(*sides, question, alignment, suggest=False))
    scales = Scales(*sides)
    for n, given in enumerate(alignment.correspondences):
        if given.change in (None, "dropped", "new") or given.status != "accepted" or not (given.before and given.after):
            continue
        claims = (
            tuple(before.claims[claim_id] for claim_id in given.before),
            tuple(after.claims[claim_id] for claim_id in given.after),
        )
        pair = Pair(*claims, common, scales, question)
        rule = word_for(pair)
        # The last row gives "kept" also where no rule can tell; that contradicts nobody.
        undecided = rule.word == "kept" and pair.substance is not None and pair.substance.verdict == "unclear"
        if given.change and rule.word != given.change and pair.substance and not undecided:
            yield Contradiction(n, given.change, rule, pair.substance)
