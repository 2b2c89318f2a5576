"""Tell whom pronouns mean.

We must pay         –  They must pay                  somebody else
He attacked her     –  She attacked him               exchanged
Our army burned their villages  –  Their army burned our villages
"""

from __future__ import annotations

from argmap.sentences.substance.comparison import Comparison
from argmap.sentences.substance.model import Signal
from argmap.sentences.substance.tokens import Person, Sentence

_SPEAKER, _OTHERS = frozenset(("i", "we")), frozenset(("he", "she", "they"))


def judge_persons(texts: Comparison) -> None:
    """Tell persons that were replaced or exchanged, where all other words say the same."""
    if any(texts.unknown) or texts.signals or not (texts.before.persons and texts.after.persons):
        return
    if any(token.key in texts.words.words["reporting"] for token in texts.before.of("content")):
        return  # "he said: we will not yield" – "he said that they would not yield"
    if pair := _another(texts) or _owners(texts):
        texts.replaced("agents", pair[0].word, pair[1].word)
    elif pair := _exchanged(texts):
        words = pair[0].word, pair[1].word
        texts.signals.append(
            Signal("agents", words, words[::-1], f"agents swapped: {words[0]} ⇄ {words[1]}", "altered")
        )


def _differ(x: Person, y: Person) -> bool:
    return (x.who in _SPEAKER and y.who in _OTHERS) or (x.who in _OTHERS and y.who in _SPEAKER)


def _another(texts: Comparison) -> tuple[Person, Person] | None:
    """Find a person of each side that the other has not: *we* – *they*. *You* may be anybody, and *they* one of them."""
    left, right = ([p for p in here if p.who not in {q.who for q in there}] for here, there in _both_ways(texts))
    return next(((x, y) for x in left for y in right if _differ(x, y)), None)


def _both_ways(texts: Comparison) -> tuple[tuple[tuple[Person, ...], tuple[Person, ...]], ...]:
    left, right = texts.before.persons, texts.after.persons
    return (left, right), (right, left)


def _owners(texts: Comparison) -> tuple[Person, Person] | None:
    """Find a thing that is mine on one side and theirs on the other."""
    left, right = ({_owned(texts, p, side): p for p in texts.sentences[side].persons} for side in (0, 1))
    shared = [host for host in left.keys() & right.keys() if host]
    return next(((left[host], right[host]) for host in sorted(shared) if _differ(left[host], right[host])), None)


def _owned(texts: Comparison, person: Person, side: int) -> str:
    tokens = texts.sentences[side].tokens
    if person.case not in ("owner", "any") or person.place >= len(tokens) or tokens[person.place].kind != "content":
        return ""
    return texts.key(tokens[person.place], side)


def _exchanged(texts: Comparison) -> tuple[Person, Person] | None:
    """Find somebody who acts on one side and is acted on on the other, both active or both passive."""
    if bool(texts.before.of("be")) != bool(texts.after.of("be")):
        return None
    embedding = texts.words.words["embedding"] | texts.words.words["negraising"]
    if any(token.key in embedding for token in texts.before.of("content")):
        return None  # "I believe him to be honest" – "I believe that he is honest"
    cases = [_cases(sentence) for sentence in texts.sentences]
    for x in texts.before.persons:
        turned = cases[0][x.who], cases[1].get(x.who)
        if turned not in (({"subject"}, {"object"}), ({"object"}, {"subject"})):
            continue
        other = next((y for y in texts.after.persons if y.who != x.who and _takes(cases, y, turned)), None)
        if other:
            return x, other
    return None


def _takes(cases: list[dict[str, set[str]]], person: Person, turned: tuple[set[str], set[str] | None]) -> bool:
    """Tell whether somebody took the place that another left."""
    return all(each.get(person.who) in (case, {"any"}) for each, case in zip(cases, turned[::-1], strict=True))


def _cases(sentence: Sentence) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for person in sentence.persons:
        found.setdefault(person.who, set()).add(person.case)
    return found
