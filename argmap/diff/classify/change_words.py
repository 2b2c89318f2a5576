"""Change words: what happened to a claim, in one word.

`RULES` is one table, read from the top; the first row that holds gives the word. A word from the
analyst wins over the table. Each row says its condition and an example in plain
words; `argmap diff --explain` prints them, and each change names the row it came from.

Words go in pairs when before and after are swapped: new – dropped, strengthened – weakened; reversed, shifted,
altered, reframed and kept stay what they are (steps change sign). Three words are directed in time, since a demand comes before
its fulfilment: *realised*, *answered* and *conceded*. Swapped, such a pair gets its word from the rows below theirs: a call after
the fact reads as shifted, or as reframed where the position is the same; a question after the answer, and an objection
after the concession, as weakened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from argmap.diff.classify.pair import Pair, agree
from argmap.diff.map_index import PLACING, places
from argmap.diff.model import Side
from argmap.model import ChangeWord, Claim, Commitment, Force, Mode

COMMITMENTS: tuple[Commitment, ...] = ("rejected", "asked", "reported", "conceded", "asserted")
"""From against to fully for."""
FORCES: tuple[Force, ...] = ("hedged", "plain", "emphatic")
CALLS: tuple[Mode, ...] = ("ought", "plan", "will")
"""Modes of what may be realised later."""

MIRROR: dict[ChangeWord, ChangeWord] = {
    "kept": "kept",
    "altered": "altered",
    "strengthened": "weakened",
    "weakened": "strengthened",
    "shifted": "shifted",
    "reversed": "reversed",
    "reframed": "reframed",
    "dropped": "new",
    "new": "dropped",
}
"""The word for the same pair when before and after are swapped; directed words have none."""


@dataclass(frozen=True)
class Rule:
    """A row of the table: when `holds`, the change is called `word`."""

    name: str
    word: ChangeWord
    condition: str
    example: str
    holds: Callable[[Pair], bool]


def word_for(pair: Pair) -> Rule:
    """Find the first row of the table that holds."""
    return next(rule for rule in RULES if rule.holds(pair))


# ── the conditions ────────────────────────────────────────────────────────────────────────────────────────────────────


def is_so(claim: Claim | Side) -> bool:
    """Tell whether the author says outright that it is so: asserted or granted, unhedged, under no condition, no plan or forecast."""
    outright = claim.commitment in ("asserted", "conceded") and claim.force != "hedged" and claim.condition is None
    return outright and claim.mode in ("is", None)


def realised(p: Pair) -> bool:
    """Called for, planned or foretold, and now said to be so."""

    def fulfils(b: Claim, a: Claim) -> bool:
        if not (places(b) and places(a) and b.issue == a.issue and b.mode in CALLS and is_so(a)):
            return False
        return p.reaches(b.issue, p.says_is(p.common.before, b.issue), b.position, a.position)

    return any(fulfils(b, a) for b, a in product(p.before, p.after))


def question_settled(p: Pair) -> bool:
    """Asked before; after, the author says outright that it is so."""
    asked = any(b.commitment == "asked" for b in p.before)
    return asked and all(is_so(a) and a.commitment == "asserted" for a in p.after)


def still_open(p: Pair) -> bool:
    """Asked before and asked again after; an unchanged question of two revisions is no finding."""
    asked = bool(p.before and p.after) and all(claim.commitment == "asked" for claim in (*p.before, *p.after))
    return asked and p.question == "positions"


def lack_remedied(p: Pair) -> bool:
    """Before says how things are and calls for something else; after says outright that it is as called for."""

    def remedied(b: Claim, a: Claim) -> bool:
        if not (places(b) and places(a) and b.issue == a.issue and b.mode == "is" and a.mode == "is" and is_so(a)):
            return False
        called = p.common.before.stand(b.issue).ought if b.issue else ()
        return any(p.reaches(b.issue, b.position, call, a.position) for call in called)

    return any(remedied(b, a) for b, a in product(p.before, p.after))


def objection_settled(p: Pair) -> bool:
    """An objection before; after, the author asserts something else on the matter."""
    _, a = p.first
    settled = is_so(a) and a.commitment == "asserted" and p.apart not in (None, 0)
    return settled and _objects(p) and not any(p.common.after.attacked(claim.id) for claim in p.after)


def objection_granted(p: Pair) -> bool:
    """An objection before, or something the author rejected; after, the author grants it or makes it a claim."""
    b, a = p.first
    if not p.same_place:
        return False
    if b.commitment == "rejected":
        return a.commitment == "conceded"
    return _objects(p) and b.commitment == "reported" and a.commitment in ("conceded", "asserted")


def came_true(p: Pair) -> bool:
    """Called for, planned or foretold, and now said to be so in the same words, but for the modal verb."""
    b, a = p.first
    signals = p.substance.signals if p.substance and p.substance.verdict == "differs" else ()
    only_modal = bool(signals) and all(signal.kind == "modal" and not signal.after for signal in signals)
    return only_modal and b.mode in CALLS and b.commitment in PLACING and a.mode == "is" and is_so(a) and p.same_place


def rejected(p: Pair) -> bool:
    """Asserted on one side, rejected on the other."""
    b, a = p.first
    return {b.commitment, a.commitment} == {"asserted", "rejected"} and p.same_place and p.same_mode


def other_end(p: Pair) -> bool:
    """Called for (or foretold) at one end of the scale, then at the other."""
    b, a = p.first
    last = p.scales.length(b.issue) - 1
    return last > 0 and p.steps in (last, -last) and b.mode == a.mode and b.mode in CALLS


def shifted(p: Pair) -> bool:
    """Another step of the scale."""
    return p.steps not in (None, 0)


def firmer(p: Pair) -> bool:
    """The same, with more commitment or force."""
    return p.same_place and p.same_mode and _same_sort(p) and _firmness(p, after=True) > _firmness(p, after=False)


def softer(p: Pair) -> bool:
    """The same, with less commitment or force."""
    return p.same_place and p.same_mode and _same_sort(p) and _firmness(p, after=True) < _firmness(p, after=False)


def _same_sort(p: Pair) -> bool:
    """A wish and a verdict are both what ought to be, and neither is a softer form of the other."""
    return {claim.kind for claim in p.first} != {"policy", "value"}


def other_matter(p: Pair) -> bool:
    """Matched, yet about another issue or of another kind."""
    b, a = p.first
    return not p.same_place or not agree(b.kind, a.kind)


RULES: tuple[Rule, ...] = (
    Rule(
        "asked-and-passed-over",
        "open",
        "Before asks, and the text after passes over it.",
        "before: “Who would pay for the bridge?” after: nothing of the kind, in any sentence",
        lambda p: not p.after and p.passed_over and all(b.commitment == "asked" for b in p.before),
    ),
    Rule(
        "only-before",
        "dropped",
        "It is only in the map before. The counterpart gives the result of the search in the text after.",
        "before: “A strong ally could unsettle its neighbours.” after: no claim matches it",
        lambda p: not p.after,
    ),
    Rule(
        "only-after",
        "new",
        "It is only in the map after. The counterpart gives the result of the search in the text before.",
        "before: no claim matches it. after: “A headquarters moves to the coast.”",
        lambda p: not p.before,
    ),
    Rule(
        "called-for-now-so",
        "realised",
        "Before says that it ought to be, is planned or will be; after says outright that it is so (asserted or granted, "
        "unhedged, and under no condition): there, or further in the direction called for. Not when before said it was so already.",
        "before: “The city ought to close the square to cars.” after: “The square is closed to cars.”",
        realised,
    ),
    Rule(
        "said-to-come-now-so",
        "realised",
        "Before says that it ought to be, is planned or will be; after says outright that it is so, in words that differ only in the "
        "modal verb. Not where the two name different positions.",
        "before: “The fishermen will lose their berths.” after: “The fishermen lost their berths.”",
        came_true,
    ),
    Rule(
        "asked-now-settled",
        "answered",
        "Before asks; after asserts outright what is. A plan, a forecast or what hangs on a condition is not an answer.",
        "before: “Who would pay for the bridge?” after: “The province pays for the bridge.”",
        question_settled,
    ),
    Rule(
        "asked-again",
        "open",
        "Both ask. (A question that the other text passes over is open as well.) Between revisions it is kept.",
        "before: “Who would pay for the bridge?” after: “Who is to pay for it?”",
        still_open,
    ),
    Rule(
        "lack-now-remedied",
        "answered",
        "Before says how things are and, on the same issue, calls for something else; after asserts outright that they "
        "are as called for or further.",
        "before: “The buses hardly run at night”, and they ought to. after: “Buses run all night.”",
        lack_remedied,
    ),
    Rule(
        "objection-now-settled",
        "answered",
        "Before reports or concedes it against another claim; after asserts outright that things are otherwise on the "
        "same issue, and attacks nothing with it.",
        "before, reported against the plan: “The shops will lose customers.” after: “The shops have gained customers.”",
        objection_settled,
    ),
    Rule(
        "objection-now-granted",
        "conceded",
        "Before reports it against another claim, or rejects it; after concedes it (or, if reported, asserts it) at the "
        "same position.",
        "before: “Some say the tunnel will leak.” after: “The tunnel leaks, granted.”",
        objection_granted,
    ),
    Rule(
        "held-now-rejected",
        "reversed",
        "One side asserts it, the other rejects it, at the same position.",
        "before: “The dam is safe.” after: “It is not true that the dam is safe.”",
        rejected,
    ),
    Rule(
        "other-end",
        "reversed",
        "Both call for it, or both foretell it, from opposite ends of the scale. (For what “is”, the world may have "
        "changed and not the author: that is shifted.)",
        "before: “The harbour ought to stay public.” after: “The harbour ought to be sold.”",
        other_end,
    ),
    Rule(
        "other-step",
        "shifted",
        "Both place themselves on the scale in the same mode, n steps apart.",
        "before: “The library opens on weekdays.” after: “The library opens every day.”",
        shifted,
    ),
    Rule(
        "other-polarity",
        "reversed",
        "The words of the two say the opposite: a negation more or less, or an antonym.",
        "before: “The council ratified the plan.” after: “The council did not ratify the plan.”",
        lambda p: p.effect == "reversed",
    ),
    Rule(
        "other-figure-or-agent",
        "altered",
        "The words of the two give another figure, date, quantity, name, direction or agent.",
        "before: “The bridge costs 10 million.” after: “The bridge costs 100 million.”",
        lambda p: p.effect == "altered",
    ),
    Rule(
        "firmer",
        "strengthened",
        "The same position and mode, and not a policy against a value, with more commitment (rejected < asked < reported < conceded < asserted) or, at equal "
        "commitment, more force (hedged < plain < emphatic).",
        "before: “The ferry may be late.” after: “The ferry is certainly late.”",
        firmer,
    ),
    Rule(
        "softer",
        "weakened",
        "The same position and mode, and not a policy against a value, with less commitment or, at equal commitment, less force.",
        "before: “The ferry is certainly late.” after: “The ferry may be late.”",
        softer,
    ),
    Rule(
        "other-matter",
        "reframed",
        "Matched, but about another issue, of another kind, or placed where no steps can be counted.",
        "before: “The mill is old” (a fact). after: “The mill ought to be kept” (a policy).",
        other_matter,
    ),
    Rule(
        "stronger-modal",
        "strengthened",
        "The words of the two differ in a modal verb or a condition, and after says it more strongly.",
        "before: “The fee may rise.” after: “The fee will rise.”",
        lambda p: p.effect == "strengthened",
    ),
    Rule(
        "weaker-modal",
        "weakened",
        "The words of the two differ in a modal verb or a condition, and after says it less strongly.",
        "before: “The city must pay.” after: “The city should pay.”",
        lambda p: p.effect == "weakened",
    ),
    Rule(
        "other-modal",
        "reframed",
        "The words of the two differ in a modal verb that turns what is into what will or ought to be, or back.",
        "before: “The harbour is public.” after: “The harbour should be public.”",
        lambda p: p.effect == "reframed",
    ),
    Rule(
        "same",
        "kept",
        "Nothing of the above; perhaps in other words. Where no rule can tell whether the words say the same, the change is "
        "marked as unclear.",
        "before: “The well is deep.” after: “It is a deep well.”",
        lambda _: True,
    ),
)


def _objects(p: Pair) -> bool:
    """Tell whether a claim before is an objection, and not the author's own attack."""
    return any(b.commitment != "asserted" and p.common.before.attacked(b.id) for b in p.before)


def _firmness(p: Pair, *, after: bool) -> tuple[int, int]:
    claim = p.first[after]
    return COMMITMENTS.index(claim.commitment), FORCES.index(claim.force)
