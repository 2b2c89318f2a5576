"""Find parts that changed places between two sentences of the same words: who does what to whom, what holds of what."""

from __future__ import annotations

from argmap.sentences.substance.comparison import CONJUNCTIONS, Comparison
from argmap.sentences.substance.model import Signal
from argmap.sentences.substance.roles import (
    Exchange,
    active_order,
    agents_swapped,
    cases_swapped,
    governed,
    roles_by_particle,
    unresolved_passive,
)
from argmap.sentences.substance.tokens import Sentence, Token, TokenKind


def judge_agents(texts: Comparison) -> None:
    """Tell agents, directions, opposites or figures that changed places."""
    if texts.matched_names:
        return
    exchange = swapped(texts)
    if any(texts.unknown):
        if exchange is None or not _is_plain(texts, exchange):
            return
    else:
        exchange = exchange or _clauses_swapped(texts) or _relatives_turned(texts)
    if exchange is None or any(pair.is_converse and exchange.is_around(pair.before) for pair in texts.pairs.opposed):
        return
    turned = texts.turned()
    if turned and exchange.is_around(turned[0]):
        return  # "men earn more than women" – "women earn less than men"
    found = exchange.first, exchange.last
    text = f"{found[0]} ⇄ {found[1]}"
    both_ways = {token.word for token in texts.before.of("content") if token.key in _both_ways(texts)}
    if _is_given(texts, exchange):
        return
    prepositions = {token.word for token in texts.before.of("preposition")}
    if prepositions.issuperset(found) or (both_ways.issuperset(found) and _is_direction(texts, found[0])):
        texts.signals.append(Signal("direction", found, found[::-1], f"directions swapped: {text}", "altered"))
    elif both_ways.issuperset(found):
        texts.signals.append(Signal("antonym", found, found[::-1], f"antonyms swapped: {text}", "reversed"))
    elif all(any(char.isdecimal() for char in word) for word in found):
        texts.signals.append(Signal("number", found, found[::-1], f"numbers swapped: {text}", "altered"))
    else:
        texts.signals.append(Signal("agents", found, found[::-1], f"agents swapped: {text}", "altered"))


def _is_given(texts: Comparison, exchange: Exchange) -> bool:
    """Tell "they were given no warning" – "no warning was given to them", where *to* says who gets what."""
    verbs = [token for token in exchange.middle or () if token.kind in ("content", "light")]
    to = [sum(token.key == "to" for token in sentence.of("preposition")) for sentence in texts.sentences]
    given = bool(verbs) and all(token.key in texts.words.words["dative"] for token in verbs)
    return given and to[0] != to[1] and all(sentence.of("be") for sentence in texts.sentences)


def _is_plain(texts: Comparison, exchange: Exchange) -> bool:
    """Tell whether a verb that both sides have ties the two parts, so that words unknown elsewhere say nothing against it."""
    verbs = [token for token in exchange.middle or () if token.kind == "content"]
    return bool(verbs) and not all(token.key in texts.words.words["adverbs"] for token in verbs)


def swapped(texts: Comparison) -> Exchange | None:
    """Find two parts that changed places, by the means of the language; `None` where there are none."""
    if texts.before.language == "ja":
        return _swapped_by_particle(texts)
    if texts.before.language == "de" and bool(texts.before.of("be")) == bool(texts.after.of("be")):
        cases = {x.case for x, _ in texts.pairs.same} & {y.case for _, y in texts.pairs.same}
        if "object" in cases:
            return cases_swapped(texts.pairs.same)
        if swapped := cases_swapped(texts.pairs.same):
            return swapped
    same = {id(y): x.key for x, y in texts.pairs.same}
    same |= {id(pair.after): pair.before.key for pair in texts.pairs.opposed}
    known = {id(x) for x, _ in texts.pairs.same} | {id(pair.before) for pair in texts.pairs.opposed} | set(same)
    converse = any(pair.is_converse for pair in texts.pairs.opposed)

    free: tuple[TokenKind, ...] = ("content", "light", "preposition")
    marks: tuple[TokenKind, ...] = ("negation", "quantifier", "focus", "connective", "comparison", "joint", "figure")
    turned = texts.turned() or ()
    alone = {id(t) for kind in marks for side in texts.unmatched(kind) for t in side if t not in turned}

    def key(token: Token) -> str:
        if token in turned:
            return "compared"
        found = same.get(id(token), token.key)
        return "to" if converse and found in ("from", "to", "of", "de", "a", "by") else found

    def order(sentence: Sentence) -> list[Token]:
        return [
            t
            for t in active_order(sentence)
            if id(t) not in alone and (t.kind not in free or id(t) in known or (converse and t.kind == "preposition"))
        ]

    if unresolved_passive(texts.before) != unresolved_passive(texts.after):
        return None
    left, right = order(texts.before), order(texts.after)
    sets = texts.words.words
    if converse and len(left) != len(right):  # "belongs to" – "owns"
        left, right = ([t for t in side if t.kind != "preposition" or id(t) in known] for side in (left, right))
    return agents_swapped(
        left, right, key, sets["symmetric"], sets["reporting"], sets["adverbs"], lambda: _both_ways(texts)
    )


def _is_direction(texts: Comparison, word: str) -> bool:
    kinds = {kind for kind, _, _ in texts.words.opposed.get(texts.words.stem(word), ())}
    return "directions" in kinds and not kinds & {"opposites", "ends"}


def _clauses_swapped(texts: Comparison) -> Exchange | None:
    """Tell "if the dam breaks, the town floods" from "if the town floods, the dam breaks"."""
    ours, theirs = governed(texts.before, CONJUNCTIONS), governed(texts.after, CONJUNCTIONS)
    for conjunction in ours.keys() & theirs.keys():
        left = {token.key for token in ours[conjunction]}
        right = {texts.key(token, 1) for token in theirs[conjunction]}
        if not left & right and left <= {texts.key(t, 1) for t in texts.after.of("content")}:
            return Exchange(ours[conjunction][0].word, theirs[conjunction][0].word)
    return None


def _relatives_turned(texts: Comparison) -> Exchange | None:
    """Tell "the bishop whom the king feared" from "the bishop who feared the king"."""
    if not any(token.key == "whom" for sentence in texts.sentences for token in sentence.of("joint")):
        return None
    places = [[n for n, t in enumerate(s.tokens) if t.key in ("who", "whom")] for s in texts.sentences]
    if len(places[0]) != 1 or len(places[1]) != 1 or bool(texts.before.of("be")) != bool(texts.after.of("be")):
        return None
    pronouns = [sentence.tokens[place[0]] for sentence, place in zip(texts.sentences, places, strict=True)]
    behind = [
        [
            texts.key(t, side)
            for t in s.tokens[places[side][0] + 1 :]
            if t.kind == "content" and t.clause == pronouns[side].clause
        ]
        for side, s in enumerate(texts.sentences)
    ]
    turned = pronouns[0].key != pronouns[1].key and behind[0] != behind[1] and sorted(behind[0]) == sorted(behind[1])
    return Exchange(pronouns[0].word, pronouns[1].word) if turned else None


def _swapped_by_particle(texts: Comparison) -> Exchange | None:
    left, right = roles_by_particle(texts.before), roles_by_particle(texts.after)
    gone = [
        word for word, role in left.items() if role == "subject" and right.get(word, "subject") not in ("subject", "at")
    ]
    come = [
        word for word, role in right.items() if role == "subject" and left.get(word, "subject") not in ("subject", "at")
    ]
    return Exchange(gone[0], come[0]) if gone and come else None


def _both_ways(texts: Comparison) -> set[str]:
    """Words whose opposite stands in the same sentence."""
    keys = [token.key for token in texts.before.of("content")]
    seen: dict[tuple[str, int], set[bool]] = {}
    for key in keys:
        for kind, group, side in texts.words.opposed.get(key, ()):
            seen.setdefault((kind, group), set()).add(side)
    return {
        key for key in keys if any(len(seen[kind, group]) == 2 for kind, group, _ in texts.words.opposed.get(key, ()))
    }
