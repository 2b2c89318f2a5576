"""Compare what carries the theses of two texts, and what became of the objections to the first.

    diff        which claim of the one text answers to which of the other
    evaluate    what each thesis rests on, and what objects to it
       → "what carried the thesis then no longer bears on it"; "the later text answers the objection"

Objections are taken from all voices, since an author mostly reports the objections of others; what carries a thesis is
taken from what the author holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from argmap import semantics
from argmap.diff.model import Change, Diff
from argmap.diff.render.prose import long_names
from argmap.model import Id, Map, Value
from argmap.semantics import Evaluation, Sentence, ThesisResult

Fate = Literal[
    "answered", "unanswered", "granted", "adopted", "reported", "no longer an objection", "passed over", "no match"
]
Bearing = Literal["carries", "objects", "no longer bears", "not the author's", "passed over", "no match"]

UNMATCHED = "What is not matched may stand in the text all the same, where the map left it out."
MOST_CARRIERS = 3
MOST_OBJECTIONS = 5


class Objection(Value):
    """An objection to the thesis of the text before, and what became of it."""

    claims: tuple[Id, ...]
    target: Id
    answered: bool
    """The text before answers it itself."""
    fate: Fate
    after: tuple[Id, ...] = ()
    """The claims of the text after that are matched with it."""


class Carrier(Value):
    """A claim that carries the thesis of the text before, and whether it still does."""

    claim: Id
    strength: float
    """Strength of the thesis before without it, in [0, 1]."""
    bearing: Bearing
    after: tuple[Id, ...] = ()
    """The claims of the text after that are matched with it."""


class Arguments(Value):
    """The arguments for the theses of two texts, compared."""

    format: Literal["argmap-arguments/1"] = "argmap-arguments/1"
    before: Id
    after: Id
    carriers: tuple[Carrier, ...] = ()
    """The claims without which each thesis before is weakest."""
    objections: tuple[Objection, ...] = ()
    """Objections to the theses before."""
    new: tuple[tuple[Id, ...], ...] = ()
    """Claims of the text after that object to its thesis, and have no match before."""
    words: tuple[str, ...] = ()
    """All of it in sentences."""
    caution: str = f"{semantics.CAUTION} {UNMATCHED}"
    """The limits of such findings."""


def compare_arguments(before: Map, after: Map, diff: Diff) -> Arguments:
    """Compare what carries the theses of two texts.

    Parameters
    ----------
    before, after
        The maps.
    diff
        Their diff, from `argmap.compare`; its accepted matches are used.

    Returns
    -------
    Arguments
        What became of each objection and of each claim that carried a thesis before. It is about the maps: an
        objection without a match may stand in the text all the same.
    """
    return _Comparison(before, after, diff).arguments()


class _Side:
    """One text: its map, and its evaluations with the author's voice and with all voices."""

    def __init__(self, map_: Map, changes: tuple[Change, ...], before: bool) -> None:
        self.map = map_
        self.own, self.all = semantics.evaluate(map_), semantics.evaluate(map_, all_voices=True)
        self.matches: dict[str, dict[str, None]] = {}
        self.unmatched: dict[str, Change] = {}
        for change in changes:
            here, there = (change.before, change.after) if before else (change.after, change.before)
            for side in here:
                if there and change.status == "accepted":
                    self.matches.setdefault(side.id, {}).update(dict.fromkeys(other.id for other in there))
                elif not there:
                    self.unmatched[side.id] = change

    def matched(self, *claims: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(other for claim in claims for other in self.matches.get(claim, ())))

    def passed_over(self, *claims: str) -> bool:
        states = [change.counterpart for claim in claims if (change := self.unmatched.get(claim))]
        return bool(states) and all(state is not None and state.state == "passed-over" for state in states)

    def objections(self) -> list[semantics.Objection]:
        """Return the objections to what the author holds; an attack on what others say is none."""
        claims = self.map.claims
        return [
            objection
            for result in self.all.theses
            for objection in result.objections
            if objection.target not in claims or semantics.speaks_for_author(claims[objection.target])
        ]


class _Comparison:
    def __init__(self, before: Map, after: Map, diff: Diff) -> None:
        self.diff = diff
        self.before, self.after = _Side(before, diff.changes, before=True), _Side(after, diff.changes, before=False)

    def arguments(self) -> Arguments:
        carriers = tuple(carrier for result in self.before.own.theses for carrier in self._carriers(result))
        objections = tuple(self._objections())
        new = tuple(
            objection.claims for objection in self.after.objections() if not self.after.matched(*objection.claims)
        )
        found = Arguments(
            before=self.before.map.id, after=self.after.map.id, carriers=carriers, objections=objections, new=new
        )
        words = tuple(sentence.text for sentence in _sentences(found, self))
        return found.model_copy(update={"words": words})

    def _carriers(self, result: ThesisResult) -> Iterator[Carrier]:
        telling = [effect for effect in result.effects if effect.claim and effect.change < -semantics.LEAST_CHANGE]
        for effect in telling[:MOST_CARRIERS]:
            claim = effect.claim or ""
            matched = self.before.matched(claim)
            yield Carrier(claim=claim, strength=effect.strength, bearing=self._bearing(claim, matched), after=matched)

    def _bearing(self, claim: str, matched: tuple[str, ...]) -> Bearing:
        if not matched:
            return "passed over" if self.before.passed_over(claim) else "no match"
        evaluation = self.after.own
        if not any(other in evaluation.labels for other in matched):
            return "not the author's"
        changes = [
            -1.0 if other == result.thesis else effect.change
            for result in evaluation.theses
            for other in matched
            for effect in result.effects
            if other in (effect.claim, result.thesis)
        ]
        if any(change < -semantics.LEAST_CHANGE for change in changes):
            return "carries"
        return "objects" if any(change > semantics.LEAST_CHANGE for change in changes) else "no longer bears"

    def _objections(self) -> Iterator[Objection]:
        for objection in self.before.objections()[:MOST_OBJECTIONS]:
            matched = self.before.matched(*objection.claims)
            yield Objection(
                claims=objection.claims,
                target=objection.target,
                answered=objection.label == "out",
                fate=self._fate(objection.claims, matched),
                after=matched,
            )

    def _fate(self, claims: tuple[str, ...], matched: tuple[str, ...]) -> Fate:
        if not matched:
            return "passed over" if self.before.passed_over(*claims) else "no match"
        raised = [objection for objection in self.after.objections() if not set(objection.claims).isdisjoint(matched)]
        if any(objection.granted for objection in raised):
            return "granted"
        if raised:
            return "answered" if all(objection.label == "out" for objection in raised) else "unanswered"
        if any(self.after.all.labels.get(other) == "out" for other in matched):
            return "answered"
        now = [semantics.speaks_for_author(self.after.map.claims[other]) for other in matched]
        was = [semantics.speaks_for_author(self.before.map.claims[claim]) for claim in claims]
        if all(now) and not all(was):
            return "adopted"
        return "no longer an objection" if all(now) else "reported"


_FATES: dict[Fate, str] = {
    "answered": "{after} takes it up and answers it",
    "unanswered": "{after} takes it up and does not answer it",
    "granted": "{after} grants it and holds its thesis all the same",
    "adopted": "{after} asserts it itself",
    "reported": "{after} reports it, and not as an objection to its thesis",
    "no longer an objection": "{after} says it, too, and not as an objection to its thesis",
    "passed over": "{after} passes it over",
    "no match": "no claim of {after} is matched with it",
}
_BEARINGS: dict[Bearing, str] = {
    "carries": "it still carries the thesis of {after}",
    "objects": "in {after} it speaks against the thesis",
    "no longer bears": "{after} says it, too, but its thesis does not rest on it",
    "not the author's": "{after} has it from others, and its author does not say it",
    "passed over": "{after} passes it over",
    "no match": "no claim of {after} is matched with it",
}


def _sentences(found: Arguments, both: _Comparison) -> Iterator[Sentence]:
    names = dict(zip(("before", "after"), long_names(both.diff), strict=True))
    words = semantics.Words(both.before.map)
    for side, name in ((both.before, names["before"]), (both.after, names["after"])):
        yield Sentence(f"{name[:1].upper()}{name[1:]}: {_verdict(side.own, side.map)}")
    strengths = {result.thesis: result.strength for result in both.before.own.theses}
    for carrier in found.carriers:
        whole = next(
            strengths[result.thesis]
            for result in both.before.own.theses
            if any(effect.claim == carrier.claim for effect in result.effects)
        )
        said = (
            f"{{}} carries the thesis of {names['before']} (strength {whole:.2f}, without it {carrier.strength:.2f}); "
        )
        yield words.say(said + _BEARINGS[carrier.bearing].format(**names) + ".", [carrier.claim])
    for objection in found.objections:
        own = "answers" if objection.answered else "does not answer"
        said = f"{{}} is an objection that {names['before']} {own}; {_FATES[objection.fate].format(**names)}."
        yield words.say(said, objection.claims)
    later = semantics.Words(both.after.map)
    for claims in found.new[:MOST_OBJECTIONS]:
        yield later.say(
            f"{{}} is an objection in {names['after']} that is matched with no claim of {names['before']}.", claims
        )


def _verdict(evaluation: Evaluation, map_: Map) -> str:
    words = semantics.Words(map_)
    stand = {"in": "stands", "out": "does not stand", "undecided": "is left open"}
    told = [
        f"{words.name(result.thesis)} {stand[result.label]}, strength {result.strength:.2f}"
        for result in evaluation.theses
    ]
    return "; ".join(told) + "." if told else "no thesis of the author's own."
