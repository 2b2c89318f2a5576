"""From matches to changes: each match gets its word, its facets, its issue, and both sides as a reader sees them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from argmap import sentences
from argmap.diff.classify.change_words import Rule, word_for
from argmap.diff.classify.facets import facets_of
from argmap.diff.classify.pair import Pair
from argmap.diff.classify.relations import Common
from argmap.diff.classify.scales import Scales
from argmap.diff.match.match_state import Match
from argmap.diff.model import Change, Counterpart, Question, SubstanceSummary
from argmap.sentences import Substance

NEVER_SURE = 0.99
"""The highest confidence of a match whose sides are not equal, whoever made it."""


def worth_telling(matches: Sequence[Match], common: Common, question: Question) -> list[Match]:
    """Leave out, between two texts, unstated premises without a match: the text does not have them, so their absence means nothing."""
    return [found for found in matches if question != "positions" or not _supplied(found, common)]


Counterparts = tuple[Mapping[str, Counterpart], Mapping[str, Counterpart]]
"""The search results for unmatched claims of before, and of after."""


def changes_of(
    matches: Iterable[Match], common: Common, scales: Scales, question: Question, counterparts: Counterparts = ({}, {})
) -> list[Change]:
    """Name a change for each match, in its order."""
    listed = [(found, _looked(found, counterparts)) for found in matches]
    pairs = [_pair(found, looked, common, scales, question) for found, looked in listed]
    rules = [word_for(pair) for pair in pairs]
    opposed = {
        term
        for (found, _), pair, rule in zip(listed, pairs, rules, strict=True)
        if question == "positions" and pair.opposes(found.word or rule.word)
        for term in pair.terms
    }
    return [
        _change(found, looked, replace(pair, opposed=opposed), rule)
        for (found, looked), pair, rule in zip(listed, pairs, rules, strict=True)
    ]


def counted(changes: Iterable[Change]) -> dict[str, int]:
    """Count the changes of each word, the suggested ones apart, and the words that the analyst chose."""
    listed = list(changes)
    found = Counter(change.change if change.status == "accepted" else "suggested" for change in listed)
    by_analyst = sum(change.rule == "analyst" and change.status == "accepted" for change in listed)
    return dict(found) | ({"analyst": by_analyst} if by_analyst else {})


_SAME = SubstanceSummary(verdict="same", signals=())


def summary_of(found: Substance | None) -> SubstanceSummary | None:
    """Give a judgement of substance as a diff shows it."""
    if found is None:
        return None
    if found.verdict == "same" and not found.signals:
        return _SAME
    return SubstanceSummary(verdict=found.verdict, signals=tuple(signal.text for signal in found.signals))


def _sure(confidence: float, pair: Pair) -> float:
    """Keep a confidence below 1 where the two sides are not equal."""
    return min(confidence, NEVER_SURE) if pair.before and pair.after and not _same_words(pair) else confidence


def goes_without_saying(change: Change) -> bool:
    """Tell whether nothing at all happened to a claim, not even to its id; between revisions it is only counted."""
    return change.untouched and [side.id for side in change.before] == [side.id for side in change.after]


def _supplied(found: Match, common: Common) -> bool:
    before, after = common.before.map.claims, common.after.map.claims
    claims = [*(before[claim_id] for claim_id in found.before), *(after[claim_id] for claim_id in found.after)]
    return not (found.before and found.after) and all(claim.implicit for claim in claims)


def _looked(found: Match, counterparts: Counterparts) -> Counterpart | None:
    looked = next((c for c in map(counterparts[0].get, found.before) if c), None) if not found.after else None
    if not found.before:
        looked = next((c for c in map(counterparts[1].get, found.after) if c), None)
    return looked


def _pair(found: Match, looked: Counterpart | None, common: Common, scales: Scales, question: Question) -> Pair:
    before, after = common.before.map.claims, common.after.map.claims
    return Pair(
        tuple(before[claim_id] for claim_id in found.before),
        tuple(after[claim_id] for claim_id in found.after),
        common,
        scales,
        question,
        bool(looked and looked.state == "passed-over"),
    )


def _change(found: Match, looked: Counterpart | None, pair: Pair, rule: Rule) -> Change:
    before, after = pair.common.before, pair.common.after
    word = found.word or rule.word
    return Change(
        change=word,
        facets=facets_of(pair, word, found.facets),
        issue=_issue(pair, pair.scales),
        steps=pair.steps,
        rule="analyst" if found.word else rule.name,
        basis=found.basis,
        status=found.status,
        confidence=_sure(found.confidence, pair),
        because=found.because,
        evidence=found.evidence,
        substance=summary_of(pair.substance),
        fields=_fields(pair) if pair.question != "positions" else (),
        before=tuple(before.side(claim_id) for claim_id in found.before),
        after=tuple(after.side(claim_id) for claim_id in found.after),
        counterpart=looked,
    )


def _issue(pair: Pair, scales: Scales) -> str | None:
    """Choose the issue of a change: one that both sides name before any other, headline first."""
    left = {claim.issue for claim in pair.before}
    right = {claim.issue for claim in pair.after}
    named = [issue for issue in left | right if issue is not None]
    last = len(scales.order)
    return min(
        named,
        key=lambda issue: (not (issue in left and issue in right), scales.order.get(issue, last), issue),
        default=None,
    )


def _fields(pair: Pair) -> tuple[str, ...]:
    """List the fields of a claim that differ, if one claim matches one."""
    if len(pair.before) != 1 or len(pair.after) != 1:
        return ()
    [b], [a] = pair.before, pair.after
    there = a.__dict__
    differing = (name for name, value in b.__dict__.items() if name != "id" and there[name] != value)
    return tuple(name for name in differing if name != "text" or not _same_words(pair))


def _same_words(pair: Pair) -> bool:
    """Tell whether both sides have the same words, typography aside."""
    left, right = ([claim.text for claim in claims] for claims in (pair.before, pair.after))
    return left == right or [*map(sentences.normalise, left)] == [*map(sentences.normalise, right)]
