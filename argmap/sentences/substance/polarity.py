"""Negations and opposites, so that neither hides the other and none counts twice.

impossible – possible            one antonym
good – not bad                   a negation makes up for the antonym: no reversal
lacks an exit – has no exit      a negating word matches a negation
did not say that it is safe – said that it is not safe      the negation moved
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from argmap.sentences.substance.agents import swapped
from argmap.sentences.substance.comparison import Comparison
from argmap.sentences.substance.model import Effect, Signal, SignalKind
from argmap.sentences.substance.pairing import Opposed
from argmap.sentences.substance.tokens import Token

MANY = 40
"""Negations of a side beyond which no more are looked at."""
_EMPTYING = frozenset(("no", "none", "nobody", "nothing", "neither", "kein", "keine", "keiner", "niemand", "nichts", "aucun", "aucune", "personne",
                       "rien", "nadie", "ningún", "ninguno", "ninguna", "nada", "nul", "none of", "not one", "not a single", "no one"))  # fmt: skip
_OF_SEVERAL = frozenset(("neither", "weder", "ni"))
"""Negations that bear on all that follows, across clauses."""


def judge_polarity(texts: Comparison) -> None:
    """Negations and opposites, so that neither hides the other and none counts twice."""
    negations = texts.before.of("negation")[:MANY], texts.after.of("negation")[:MANY]
    extra_words = _negating_words(texts)
    opposed = list(texts.pairs.opposed)
    extra: list[tuple[int, Token]] = []
    of_several = any(token.word.casefold() in _OF_SEVERAL for side in negations for token in side)
    if of_several and all(negations):
        pass  # "neither cheap nor safe" – "not cheap and not safe"
    elif len(negations[0]) != len(negations[1]):
        longer = 0 if len(negations[0]) > len(negations[1]) else 1
        extra = [(longer, token) for token in _alone(texts, negations[longer], negations[1 - longer], longer)]
    elif negations[0] and not opposed:
        _moved_negation(texts, *negations)
    extra += extra_words
    # "lacks" on one side and "has no" on the other
    while {side for side, _ in extra} == {0, 1}:
        for side in (0, 1):
            extra.remove(next(item for item in extra if item[0] == side))
    # A negation and an opposite in one clause say the same again: "good" – "not bad".
    for side, token in list(extra):
        near = next((pair for pair in opposed if _in_reach(token, pair.after if side else pair.before)), None)
        if near and near.how != "directions":
            opposed.remove(near)
            extra.remove((side, token))
            if near.how in ("ends", "converses"):
                texts.unknown[0].append(near.before.word)
                texts.unknown[1].append(near.after.word)
    # Two more negations in one clause: "it is not without merit".
    for side in (0, 1):
        here = [item for item in extra if item[0] == side]
        while len(here) >= 2 and here[0][1].clause + 1 >= here[1][1].clause:
            for item in here[:2]:
                extra.remove(item)
            # "there is nobody who does not know" – "everybody knows"
            all_ = next((t for t in texts.unmatched("quantifier")[1 - side] if t.key == "all"), None)
            if all_:
                texts.used_quantifiers.add(id(all_))
            else:
                texts.unknown[side].extend(item[1].word for item in here[:2])
            here = here[2:]
    for side, token in extra:
        if _is_of_another_verb(texts, token, side):
            texts.unknown[side].append(token.word)
        else:
            _negation(texts, side, token)
    for pair in [pair for pair in opposed if _is_less(texts, pair)]:
        opposed.remove(pair)
    texts.opposed = opposed
    for pair in opposed:
        _opposite(texts, pair)


def _is_of_another_verb(texts: Comparison, negation: Token, side: int) -> bool:
    """Tell "was lifted" – "no longer applies": the negated word is not known to match that of the other side."""
    mine, other = (texts.pairs.before, texts.pairs.after)[:: -1 if side else 1]
    host = texts.host(negation, side)
    unmatched = any(token.key == host and token.kind == "content" for token in mine)
    return unmatched and any(token.kind == "content" and not token.is_name for token in other)


def _is_less(texts: Comparison, pair: Opposed) -> bool:
    """Tell "less expensive" from "cheaper": they say the same."""
    for sentence, token, other in ((texts.before, pair.before, pair.after), (texts.after, pair.after, pair.before)):
        place = next(n for n, each in enumerate(sentence.tokens) if each is token)
        ahead = sentence.tokens[place - 1] if place else None
        if ahead and ahead.kind == "comparison" and ahead.key == "<" and other.surface.endswith("er"):
            return True
    return False


def _negation(texts: Comparison, side: int, token: Token) -> None:
    quantifiers = texts.unmatched("quantifier")[1 - side]
    low = token.word.casefold()
    if low in _EMPTYING and quantifiers:
        other = quantifiers[0]
        texts.used_quantifiers.add(id(other))
        words = (token.word, other.word) if side == 0 else (other.word, token.word)
        texts.replaced("negation", *words, name="quantifier")
        return
    texts.added("negation", low, side, "reversed")


def _opposite(texts: Comparison, pair: Opposed) -> None:
    converse = pair.is_converse or (
        pair.before.kind == "preposition" and any(other.is_converse for other in texts.pairs.opposed)
    )
    if converse and swapped(texts) is not None:
        return  # "Norway sold gas to Poland" – "Poland bought gas from Norway"
    kind: SignalKind = "direction" if pair.how in ("directions", "converses") else "antonym"
    texts.replaced(kind, pair.before.word, pair.after.word)


def _negating_words(texts: Comparison) -> list[tuple[int, Token]]:
    """Words that deny what follows, such as *refuse*, without a match on the other side."""
    negating = texts.words.words["negating"]
    sides = texts.pairs.before, texts.pairs.after
    found: list[tuple[int, Token]] = []
    both = [[token for token in side if token.kind == "content" and token.key in negating] for side in sides]
    if bool(both[0]) != bool(both[1]):
        side = 0 if both[0] else 1
        for token in both[side]:
            sides[side].remove(token)
            found.append((side, token))
    return found


def _alone(texts: Comparison, many: list[Token], few: list[Token], longer: int) -> Iterable[Token]:
    """The negations of one side without a match on the other, by what they negate."""
    hosts = Counter(texts.host(token, 1 - longer) for token in few)
    left = []
    for token in many:
        host = texts.host(token, longer)
        if hosts[host]:
            hosts[host] -= 1
        else:
            left.append(token)
    surplus = len(many) - len(few)
    return left[:surplus] if len(left) >= surplus else many[:surplus]


def _moved_negation(texts: Comparison, left: list[Token], right: list[Token]) -> None:
    """Tell "did not say that it is safe" from "said that it is not safe"."""
    embedding = texts.words.words["embedding"]
    for x, y in zip(left, right, strict=False):
        hosts = texts.host(x, 0), texts.host(y, 1)
        if (
            hosts[0] == hosts[1]
            or {x.word.casefold(), y.word.casefold()} & _OF_SEVERAL
            or any(host in texts.words.words["negraising"] for host in hosts)
        ):
            continue
        if not texts.both_have(hosts):
            continue
        embedded = any(host in embedding for host in hosts)
        if embedded or _in_other_clause(texts, hosts[0], y, 1) or _in_other_clause(texts, hosts[1], x, 0):
            effect: Effect = "altered" if embedded else "reversed"
            text = f"negation moved: {hosts[0]} → {hosts[1]}"
            texts.signals.append(Signal("negation", (x.word,), (y.word,), text, effect))


def _in_other_clause(texts: Comparison, host: str, negation: Token, side: int) -> bool:
    """Tell whether a word stands in another clause of a sentence than its negation."""
    sentence = (texts.before, texts.after)[side]
    clauses = {t.clause for t in sentence.of("content", "light") if texts.key(t, side) == host}
    return bool(clauses) and negation.clause not in clauses


def _in_reach(negation: Token, token: Token) -> bool:
    return negation.clause == token.clause or negation.word in ("if not", "unless")
