"""Say in sentences what an evaluation found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from argmap.findings import brief
from argmap.model import Map, Quote
from argmap.semantics.framework import Label
from argmap.semantics.model import Evaluation, Objection, ThesisResult
from argmap.text_tools import counted

CAUTION = (
    "This is about the map, not about the world: a claim that nothing in the map attacks stands, true or not. "
    "Strengths depend on the base scores and compare claims of one map only."
)
MOST = 3
"""Number of items of one kind that are listed."""
MOST_FALLEN = 5
LEAST_CHANGE = 0.005
"""Changes of strength below this are not told."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that an evaluation found, with the words of the text behind the claims in it."""

    text: str
    quotes: tuple[str, ...] = ()


class Words:
    """Names the claims of a map in sentences, and gathers their quotes."""

    def __init__(self, map_: Map, what: str = "thesis") -> None:
        self.map_ = map_
        self.what = what

    def say(self, pattern: str, *claims: Iterable[str]) -> Sentence:
        """Fill a pattern with the texts of claims, several joined by "and"."""
        named = [" and ".join(self.name(claim_id) for claim_id in ids) for ids in claims]
        quotes = [q.exact for ids in claims for c in ids if c in self.map_.claims for q in self._quotes(c)]
        return Sentence(pattern.format(*named), tuple(dict.fromkeys(quotes)))

    def _quotes(self, claim_id: str) -> tuple[Quote, ...]:
        return self.map_.claims[claim_id].quotes[:1]

    def name(self, claim_id: str) -> str:
        """Name a claim: its text, who says it, and what it hangs on."""
        claim = self.map_.claims.get(claim_id)
        if claim is None:
            return claim_id
        speaker = self.map_.speakers.get(claim.speaker or "")
        voice = "unstated" if claim.implicit else brief(speaker.name) if speaker else brief(claim.speaker or "")
        condition = f"if: “{brief(claim.condition.exact)}”" if claim.condition else ""
        marks = "; ".join(filter(None, (voice, condition)))
        return f"“{brief(claim.text, 160).rstrip('.')}”" + (f" ({marks})" if marks else "")


def sentences(evaluation: Evaluation, map_: Map, *, options: bool = True) -> list[Sentence]:
    """Tell what an evaluation found.

    Parameters
    ----------
    evaluation
        From `argmap.evaluate`.
    map_
        The map that was evaluated.
    options
        Name the options of the command line that would count more.

    Returns
    -------
    list of Sentence
        The last one is a caution about what such findings mean.
    """
    words = Words(map_, "thesis" if evaluation.claim is None else "claim")
    said = [sentence for result in evaluation.theses for sentence in _of_thesis(result, words)]
    if not evaluation.theses:
        said.append(Sentence(_no_thesis(evaluation, map_, options=options)))
        said += _fallen(evaluation, words)
    elif evaluation.claim is not None:
        said += _accepted(evaluation, evaluation.claim, words)
    return [*said, *map(Sentence, _of_scope(evaluation, options=options)), Sentence(CAUTION)]


def _no_thesis(evaluation: Evaluation, map_: Map, *, options: bool) -> str:
    theses = map_.theses if evaluation.claim is None else (evaluation.claim,)
    if theses and (aside := evaluation.left_aside.claims.get(theses[0])):
        what = "thesis" if evaluation.claim is None else "claim"
        hint = "; --all-voices evaluates it" if options else ""
        return f"The {what} is {aside}, not the author's own{hint}."
    if theses:
        return f"The thesis {theses[0]} is not a claim of the map."
    standing = sum(label == "in" for label in evaluation.labels.values())
    return f"The map names no thesis. {standing:,} of {counted(len(evaluation.labels), 'claim')} stand."


def _fallen(evaluation: Evaluation, words: Words) -> Iterator[Sentence]:
    """Say which claims do not stand, and for what objection."""
    objected: dict[str, int] = {}
    for index, relation in enumerate(words.map_.relations):
        if relation.type == "attack" and evaluation.relation_labels.get(index) == "in" and relation.target:
            objected.setdefault(relation.target, index)
    fallen = [claim_id for claim_id, label in evaluation.labels.items() if label == "out" and claim_id in objected]
    for claim_id in fallen[:MOST_FALLEN]:
        yield words.say("{} does not stand: {} objects to it.", [claim_id], words.map_.relations[objected[claim_id]].by)
    if (more := len(fallen) - MOST_FALLEN) > 0:
        yield Sentence(f"{counted(more, 'more claim')} {'does' if more == 1 else 'do'} not stand.")


def _accepted(evaluation: Evaluation, claim: str, words: Words) -> Iterator[Sentence]:
    """Say in how many labellings of each semantics a claim is in: credulous and sceptical acceptance."""
    for name, labellings in evaluation.labellings.items():
        if name == "grounded":
            continue  # there is one, and the verdict says it
        count = len(labellings.found)
        among = f"{'' if labellings.complete else 'at least '}{counted(count, f'{name} labelling')}"
        held = sum(found[claim] == "in" for found in labellings.found)
        if not count:
            yield Sentence(f"There is no {name} labelling.")
        elif count == 1 and labellings.complete:
            yield words.say(f"{{}} is {'' if held else 'not '}in the only {name} labelling.", [claim])
        else:
            share = "all" if held == count else "none" if not held else f"{held:,}"
            yield words.say(f"{{}} is in {share} of {among}.", [claim])


_VERDICT: dict[Label, str] = {
    "in": "The {what} {{}} stands",
    "out": "The {what} {{}} does not stand",
    "undecided": "Whether the {what} {{}} stands is left open",
}


def _of_thesis(result: ThesisResult, words: Words) -> Iterator[Sentence]:
    standing = [objection for objection in result.objections if objection.label != "out"]
    what = words.what
    yield words.say(f"{_VERDICT[result.label].format(what=what)}: {_why(result, standing)}", [result.thesis])
    for claim_id in result.single_points[:MOST]:
        yield words.say(f"The {what} falls if {{}} is rejected.", [claim_id])
    if (more := len(result.single_points) - MOST) > 0:
        yield Sentence(f"It also falls without any one of {counted(more, 'more claim')}.")
    if result.label == "in" and result.effects and not result.single_points:
        yield Sentence(f"No single claim carries the {what}: it stands whichever one is rejected.")
    for effect in [e for e in result.effects if e.claim and e.change < -LEAST_CHANGE][:MOST]:
        change = f"the strength of the {what} falls from {result.strength:.2f} to {effect.strength:.2f}"
        yield words.say(f"Without {{}} {change}.", [effect.claim or ""])
    for claim_id, index in result.lone_supports[:MOST]:
        yield words.say("{} rests on one support alone: {}.", [claim_id], words.map_.relations[index].by)
    for objection in standing[:MOST]:
        yield words.say(_answered(objection), [objection.target], objection.claims)
    if (more := len(standing) - MOST) > 0:
        yield Sentence(f"{counted(more, 'more objection')} {_are(more)} not answered.")
    best = max(standing, key=lambda objection: objection.gain, default=None)
    if best is not None and best.gain > LEAST_CHANGE and len(standing) > 1:
        yield words.say(f"An answer to {{}} would help the {what} most.", best.claims)
    if asked := len(result.questions):
        supports = len({question.relation for question in result.questions})
        first = result.questions[0]
        yield Sentence(
            f"{counted(asked, 'critical question')} of {counted(supports, 'support')} {_are(asked)} not answered in the "
            f"map. The first, on {first.scheme}: {first.question}"
        )


def _why(result: ThesisResult, standing: list[Objection]) -> str:
    direct = [objection for objection in standing if objection.target == result.thesis and not objection.granted]
    if result.label == "in":
        if not result.objections:
            return "nothing in the map objects to it or to its reasons."
        if not standing:
            return "every objection to it and to its reasons is answered."
        granted = sum(objection.granted for objection in standing)
        open_ = len(standing) - granted
        told = [f"the author grants {counted(granted, 'objection')} and holds it all the same"] if granted else []
        if open_:
            told.append(
                f"{counted(open_, 'objection')} to its reasons {_are(open_)} not answered, but other reasons remain"
            )
        return f"{'; '.join(told)}."
    if result.label == "undecided":
        return "it hangs on claims that attack each other or support each other in a circle."
    return "it is objected to, and nothing answers the objection." if direct else "none of its supports is in force."


def _answered(objection: Objection) -> str:
    if objection.granted:
        return "The author grants an objection to {} and holds it all the same: {}."
    if objection.answers:
        return "{} is objected to, and the answer does not stand: {}."
    return "{} is objected to and the objection is never answered: {}."


def _of_scope(evaluation: Evaluation, *, options: bool) -> Iterator[str]:
    if evaluation.implicit:
        yield (
            f"{counted(len(evaluation.implicit), 'premise')} that the analyst supplied "
            f"{_are(len(evaluation.implicit))} counted: {', '.join(evaluation.implicit[:10])}."
        )
    aside = evaluation.left_aside.claims
    if aside:
        yield (
            f"{counted(len(aside), 'claim')} that the author only reports, asks or rejects "
            f"{_are(len(aside))} not counted{'; --all-voices counts them' if options else ''}."
        )
    if not evaluation.converged:
        yield "The strengths of claims in circles did not settle; they are the last values of a bounded search."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def to_json(evaluation: Evaluation, map_: Map) -> dict[str, Any]:
    """Return an evaluation as plain data for JSON, in the format `argmap-evaluation/1`."""
    keys = [relation.key for relation in map_.relations]
    return {
        "format": "argmap-evaluation/1",
        "map": {"id": evaluation.map_id, "title": evaluation.title},
        "support": evaluation.support,
        "gradual": evaluation.gradual,
        "all_voices": evaluation.all_voices,
        "claims": [
            {
                "id": claim_id,
                "text": map_.claims[claim_id].text,
                "label": label,
                "strength": evaluation.strengths[claim_id],
                "implicit": claim_id in evaluation.implicit,
            }
            for claim_id, label in evaluation.labels.items()
        ],
        "relations": [
            {"relation": keys[index], "type": map_.relations[index].type, "label": label}
            for index, label in evaluation.relation_labels.items()
        ],
        "left_aside": {
            "claims": dict(evaluation.left_aside.claims),
            "relations": [
                {"relation": keys[index], "reason": reason} for index, reason in evaluation.left_aside.relations.items()
            ],
        },
        "theses": [_thesis_json(result, keys) for result in evaluation.theses],
        "labellings": {
            name: [
                {label: [c for c, found in labels.items() if found == label] for label in ("in", "out", "undecided")}
                for labels in labellings.found
            ]
            for name, labellings in evaluation.labellings.items()
        },
        "at_least": [name for name, labellings in evaluation.labellings.items() if not labellings.complete],
        "converged": evaluation.converged,
        "words": [{"text": said.text, "quotes": list(said.quotes)} for said in sentences(evaluation, map_)],
    }


def _thesis_json(result: ThesisResult, keys: list[str]) -> dict[str, Any]:
    return {
        "id": result.thesis,
        "label": result.label,
        "strength": result.strength,
        "without": [
            {
                **({"claim": e.claim} if e.claim is not None else {"relation": keys[e.relation or 0]}),
                "label": e.label,
                "strength": e.strength,
                "change": e.change,
            }
            for e in result.effects
        ],
        "single_points": list(result.single_points),
        "lone_supports": [{"claim": claim_id, "support": keys[index]} for claim_id, index in result.lone_supports],
        "objections": [
            {
                "relation": keys[o.relation],
                "claims": list(o.claims),
                "target": o.target,
                "label": o.label,
                "answers": list(o.answers),
                "granted": o.granted,
                "gain": o.gain,
            }
            for o in result.objections
        ],
        "questions": [
            {"support": keys[q.relation], "scheme": q.scheme, "question": q.question} for q in result.questions
        ],
    }
