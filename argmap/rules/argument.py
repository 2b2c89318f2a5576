"""Rules about the argument itself: what carries the thesis, and whether a step can carry anything."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from argmap import schemes, semantics
from argmap.findings import brief
from argmap.model import Attack, Support
from argmap.rules.examined import Examined
from argmap.rules.rule import Problem, rule
from argmap.sentences.split import split

WIDEST_LINK = 6
"""Premises of one support beyond which it is likely that some of them converge."""
_ARTICLES = {"the", "a", "an"}
_WORD = re.compile(r"\w+")
_STRONG = (
    "must",
    "never",
    "always",
    "all",
    "every",
    "only",
    "none",
    "nobody",
    "no one",
    "entirely",
    "certainly",
    "impossible",
)
_STRONG_WORD = re.compile(rf"\b(?:{'|'.join(_STRONG)})\b", re.IGNORECASE)


def _english(examined: Examined) -> bool:
    languages = [source.language or "en" for source in examined.map.sources.values()]
    return all(language.lower().startswith("en") for language in languages)


@rule("thesis-unsupported", "note")
def thesis_unsupported(examined: Examined) -> Iterator[Problem]:
    """A thesis without a support.

    Nothing in the map speaks for it, so `argmap evaluate` has nothing to weigh.

        thesis: open-sundays
        relations: []
    """
    supported = {relation.target for relation in examined.map.relations if isinstance(relation, Support)}
    for thesis in examined.map.theses if examined.map.relations else ():
        if thesis in examined.map.claims and thesis not in supported:
            message = f'no claim supports the thesis "{thesis}".'
            yield Problem(message, ("claims", thesis), "Add its reasons as supports.", key=True)


@rule("support-and-attack", "warning")
def support_and_attack(examined: Examined) -> Iterator[Problem]:
    """A claim that both supports and attacks one target.

    One of the two is a slip, or the claim says two things and should be split.

        - {support: open-sundays, by: too-expensive}
        - {attack: open-sundays, by: too-expensive}
    """
    seen: defaultdict[tuple[str, str | None], set[str]] = defaultdict(set)
    for n, relation in enumerate(examined.map.relations):
        if relation.type == "rephrase":
            continue
        for source in dict.fromkeys(relation.by):
            types = seen[source, relation.target]
            if types and relation.type not in types and relation.target:
                message = f'"{source}" both supports and attacks "{relation.target}".'
                yield Problem(message, ("relations", n, "by"), "Remove one, or split the claim.")
            types.add(relation.type)


@rule("premise-twice", "warning")
def premise_twice(examined: Examined) -> Iterator[Problem]:
    """A premise that counts twice for one conclusion.

    It stands in two supports of the same claim, so that it weighs double, and rejecting it takes both.

        - {support: open-sundays, by: [families-free, reading-matters]}
        - {support: open-sundays, by: families-free}
    """
    first: dict[tuple[str, str | None], tuple[str, ...]] = {}
    for n, relation in enumerate(examined.map.relations):
        if not isinstance(relation, Support):
            continue
        for source in dict.fromkeys(relation.by):
            if first.setdefault((source, relation.target), relation.by) != relation.by:
                message = f'"{source}" is a premise of two supports of "{relation.target}".'
                yield Problem(message, ("relations", n, "by"), "Leave it where it is needed.")


@rule("begs-the-question", "warning")
def begs_the_question(examined: Examined) -> Iterator[Problem]:
    """A conclusion that stands among its own premises, in the same words.

    Only order, articles and capitals differ, so the premise cannot support it. A rephrase says that two claims are one.

        claims:
          open: {text: The library should open on Sundays.}
          again: {text: On Sundays the library should open.}
        relations: [{support: open, by: again}]
    """
    words: dict[str, tuple[str, ...]] = {}

    def of(claim_id: str) -> tuple[str, ...]:
        if claim_id not in words:
            found = _WORD.findall(examined.map.claims[claim_id].text.casefold())
            words[claim_id] = tuple(sorted(word for word in found if word not in _ARTICLES))
        return words[claim_id]

    claims = examined.map.claims
    for n, relation in enumerate(examined.map.relations):
        if not isinstance(relation, Support) or relation.target not in claims:
            continue
        said = claims[relation.target].text.casefold().strip(" .")
        for source in relation.by:
            # The same words in the same order are two claims with the same text, which is another rule.
            if source not in claims or source == relation.target or claims[source].text.casefold().strip(" .") == said:
                continue
            if of(source) == of(relation.target) != ():
                message = f'the premise "{source}" says in other order what it supports: "{relation.target}".'
                yield Problem(message, ("relations", n, "by"), "Make it a `rephrase`, or give the real reason.")


@rule("wide-link", "note")
def wide_link(examined: Examined) -> Iterator[Problem]:
    """A support with very many linked premises.

    Linked premises stand or fall together: one that fails takes the support with it. Reasons that hold each by itself
    are supports of their own.

        - {support: open-sundays, by: [one, two, three, four, five, six, seven]}
    """
    for n, relation in enumerate(examined.map.relations):
        if isinstance(relation, Support) and len(relation.by) > WIDEST_LINK:
            message = f"{len(relation.by)} premises are linked in one support of “{relation.target}”."
            yield Problem(message, ("relations", n, "by"), "Give reasons that hold by themselves a support each.")


@rule("unknown-question", "error")
def unknown_question(examined: Examined) -> Iterator[Problem]:
    """An answer to a critical question that the scheme does not have.

    `argmap schemes NAME` numbers the questions of a scheme. A support without a known scheme has none.

        - {support: open-sundays, by: reading-matters, scheme: sign, questions: {9: no}}
    """
    for n, relation in enumerate(examined.map.relations):
        if not isinstance(relation, Support) or not relation.questions:
            continue
        scheme = schemes.named(relation.scheme) if relation.scheme else None
        known = scheme.questions if scheme else ()
        for key in relation.questions:
            if not (key.isdecimal() and 1 <= int(key[:4]) <= len(known)) and key.casefold() not in map(
                str.casefold, known
            ):
                what = f"{scheme.name} has {len(known)} questions" if scheme else "this support has no known scheme"
                message = f'there is no critical question "{brief(key)}": {what}.'
                yield Problem(message, ("relations", n, "questions", key), "`argmap schemes NAME` numbers them.")


@rule("attack-unanswered", "note", optional=True)
def attack_unanswered(examined: Examined) -> Iterator[Problem]:
    """An objection that bears on the thesis and is never answered.

    The text may leave it open on purpose. Objections that the author grants count as answered. Not checked unless
    selected: `argmap check --select attack-unanswered`.

        - {attack: open-sundays, by: too-expensive}
    """
    map_ = examined.map
    network = semantics.network_of(map_)
    attacked = {network.targets[n] for n, relation in network.relations.items() if isinstance(relation, Attack)}
    sides = [semantics.sides_of(network, thesis) for thesis in map_.theses if thesis in network.claims]
    for n, relation in network.relations.items():
        objects = isinstance(relation, Attack) and any(side.get(network.targets[n], 0) > 0 for side in sides)
        if objects and n not in network.granted and attacked.isdisjoint({n, *relation.by}):
            message = f'nothing answers this attack on "{relation.target}".'
            yield Problem(message, ("relations", n), "Add the answer that the text gives, if it gives one.")


@rule("strong-word", "note", optional=True)
def strong_word(examined: Examined) -> Iterator[Problem]:
    """A word such as must, never or all in a claim whose quotes have no such word.

    A claim keeps the strength of the text. Only English is checked, and only if selected:
    `argmap check --select strong-word`.

        text: Every library must open on Sundays.
        quote: libraries should open on Sundays
    """
    if not _english(examined):
        return
    for claim_id, claim in examined.map.claims.items():
        found = _STRONG_WORD.search(claim.text)
        quotes = (*claim.quotes, *([claim.condition] if claim.condition else []))
        if found and claim.quotes and not any(_STRONG_WORD.search(quote.exact) for quote in quotes):
            message = f'claim "{claim_id}" says "{found[0]}", and the words that it quotes have no word so strong.'
            yield Problem(message, ("claims", claim_id, "text"), "Keep the strength of the text.")


@rule("two-statements", "note", optional=True)
def two_statements(examined: Examined) -> Iterator[Problem]:
    """A claim of two sentences.

    A claim says one thing, so that a relation or a change is about that one thing. Not checked unless selected:
    `argmap check --select two-statements`.

        text: The library should open on Sundays. It costs little.
    """
    for claim_id, claim in examined.map.claims.items():
        text = claim.text.strip()
        if len(split(text)) > 1 or ";" in text[:-1]:
            message = f'claim "{claim_id}" has more than one sentence: "{brief(text)}"'
            yield Problem(message, ("claims", claim_id, "text"), "Make each statement a claim.")
