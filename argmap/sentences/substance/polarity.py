"""Negations and opposites, so that neither hides the other and none counts twice.

impossible – possible            one antonym
good – not bad                   a negation makes up for the antonym: no reversal
lacks an exit – has no exit      a negating word matches a negation
did not say that it is safe – said that it is not safe      the negation moved
"""

from __future__ import annotations

from collections import Counter

from argmap.sentences.substance.agents import swapped
from argmap.sentences.substance.comparison import Comparison
from argmap.sentences.substance.model import Effect, Signal, SignalKind
from argmap.sentences.substance.pairing import Opposed
from argmap.sentences.substance.tokens import Token

MANY = 40
"""Negations of a side beyond which no more are looked at."""
_EMPTYING = frozenset(("no", "none", "nobody", "nothing", "neither", "kein", "keine", "keiner", "niemand", "nichts", "aucun", "aucune", "personne",
                       "rien", "nadie", "ningún", "ninguno", "ninguna", "nada", "nul", "none of", "not one", "not a single", "no one", "没有人", "没人", "无人"))  # fmt: skip
_OF_SEVERAL = frozenset(("neither", "weder", "ni"))
"""Negations that bear on all that follows, across clauses."""
_CONDITIONS = ("unless", "if not")
_OF_VERBS = frozenset(("not", "never", "hardly", "scarcely", "barely", "ne", "n'", "pas", "jamais", "nunca"))
"""Negations that bear on what the sentence says, not on one noun."""
_BEHIND = ("without", "ohne", "sans", "sin")
"""Negations that another one of the sentence before them may make up for, however far away."""
_FREE_ORDER = ("de", "ja", "zh")
"""Languages in which a negation need not stand beside what it negates."""


def judge_polarity(texts: Comparison) -> None:
    """Tell negations and opposites. One makes up for another only where it bears on that very word."""
    negations = texts.before.of("negation")[:MANY], texts.after.of("negation")[:MANY]
    extra = _alone(texts, *negations)
    extra += _negating_words(texts)
    _make_up_for_opposites(texts, extra)
    _make_up_for_each_other(texts, extra)
    _match_across(texts, extra)
    _only_part_of_several(texts, *negations)
    for side, token in extra:
        conditions = (texts.before, texts.after)[1 - side].of("connective", "joint")
        if token.word.casefold() in _CONDITIONS and not any(each.key == "if" for each in conditions):
            continue  # the condition is told, not what it denies
        if _is_of_another_verb(texts, token, side):
            texts.unknown[side].append(token.word)
        else:
            _negation(texts, side, token)
    texts.opposed = [pair for pair in texts.pairs.opposed if id(pair) not in texts.offset and not _is_less(texts, pair)]
    for pair in texts.opposed:
        _opposite(texts, pair)


def is_of_several(word: str) -> bool:
    """Tell whether a negation bears on several things, as *neither* does."""
    return word.casefold() in _OF_SEVERAL


Extra = list[tuple[int, Token]]
"""Negations that the other side does not have, each with its side."""


def _alone(texts: Comparison, left: list[Token], right: list[Token]) -> Extra:
    """The negations of each side without a match on the other, by what they negate."""
    sides = left, right
    found: Extra = []
    if left and right and any(is_of_several(token.word) for token in (*left, *right)):
        return found  # "neither cheap nor safe" – "not cheap and not safe"
    for side in (0, 1):
        hosts = Counter(texts.host(token, 1 - side) for token in sides[1 - side])
        for token in sides[side]:
            host = texts.host(token, side)
            if hosts[host]:
                hosts[host] -= 1
            else:
                found.append((side, token))
    return found


def _make_up_for_opposites(texts: Comparison, extra: Extra) -> None:
    """A negation of the very word that has an opposite on the other side says the same again: "good" – "not bad"."""
    for side, token in list(extra):
        near = next(
            (
                pair
                for pair in texts.pairs.opposed
                if id(pair) not in texts.offset
                and pair.how != "directions"
                and _bears_on(texts, token, pair.after if side else pair.before, side)
                and not _is_of_noun(texts, token, pair, side)
            ),
            None,
        )
        if near:
            texts.offset.add(id(near))
            extra.remove((side, token))
            if token.word.casefold() in _EMPTYING:
                _use_all(texts, 1 - side)
            if near.how in ("ends", "converses"):
                texts.unknown[0].append(near.before.word)
                texts.unknown[1].append(near.after.word)


def _make_up_for_each_other(texts: Comparison, extra: Extra) -> None:
    """Two negations of one side, the first of the second: "did not fail to pay", "it is not without merit"."""
    for side in (0, 1):
        here = [token for at, token in extra if at == side]
        while len(here) >= 2:
            first, second, *rest = here
            if not _bears_on(texts, first, second, side):
                here = here[1:]
                continue
            extra.remove((side, first))
            extra.remove((side, second))
            here = rest
            if not _use_all(texts, 1 - side) and (
                {first.kind, second.kind} != {"negation"} or second.word.casefold() in _BEHIND
            ):
                texts.unknown[side].extend((first.word, second.word))


def _match_across(texts: Comparison, extra: Extra) -> None:
    """A negation of each side: one in other words ("lacks an exit" – "has no exit"), or moved to another word."""
    embedding, raising = texts.words.words["embedding"], texts.words.words["negraising"]
    while {side for side, _ in extra} == {0, 1}:
        x, y = (next(token for at, token in extra if at == side) for side in (0, 1))
        extra.remove((0, x))
        extra.remove((1, y))
        hosts = texts.host(x, 0), texts.host(y, 1)
        if _scope(texts, x, 0) & _scope(texts, y, 1) or raising & set(hosts) or not texts.both_have(hosts):
            continue
        embedded = any(host in embedding for host in hosts)
        lexical = {x.kind, y.kind} == {"content", "negation"}
        if embedded or lexical or _in_other_clause(texts, hosts[0], y, 1) or _in_other_clause(texts, hosts[1], x, 0):
            effect: Effect = "altered" if embedded else "reversed"
            text = f"negation moved: {texts.shown(hosts[0], 0)} → {texts.shown(hosts[1], 1)}"
            texts.signals.append(Signal("negation", (x.word,), (y.word,), text, effect))


def _scope(texts: Comparison, negation: Token, side: int) -> set[str]:
    """The word that a negation bears on, and a noun right behind it: "lacks a fire exit" – "has no exit for fire"."""
    tokens = (texts.before, texts.after)[side].tokens
    place = next(n for n, each in enumerate(tokens) if each is negation)
    near = [each for each in tokens[place + 1 : place + 3] if each.clause == negation.clause]
    nearest = {texts.key(each, side) for each in near if each.kind == "content"}
    return nearest | {texts.host(negation, side)}


def _use_all(texts: Comparison, side: int) -> bool:
    """Take *all* of one side for a part of what a negation of the other says: "nobody lost" – "everybody won"."""
    all_ = next((token for token in texts.unmatched("quantifier")[side] if token.key == "all"), None)
    if all_:
        texts.used_quantifiers.add(id(all_))
    return all_ is not None


def _only_part_of_several(texts: Comparison, left: list[Token], right: list[Token]) -> None:
    """Tell "neither cheap nor safe" from "not cheap but safe"."""
    if any(signal.kind == "negation" for signal in texts.signals):
        return
    for side, negations, others in ((0, left, right), (1, right, left)):
        several = next((token for token in negations if is_of_several(token.word)), None)
        if several is None or not others or any(is_of_several(token.word) for token in others):
            continue
        each = {texts.host(several, side), *_behind_joints(texts, side, ("nor", "noch", "ni"))}
        denied = {texts.host(token, 1 - side) for token in others} | _behind_joints(texts, 1 - side, ("or", "oder"))
        there = {texts.key(token, 1 - side) for token in (texts.before, texts.after)[1 - side].of("content")}
        for host in sorted((each & there) - denied) if each & denied else ():
            texts.added("negation", texts.shown(host, side), side, "reversed")


def _behind_joints(texts: Comparison, side: int, joints: tuple[str, ...]) -> set[str]:
    """The words that follow some conjunctions."""
    tokens = (texts.before, texts.after)[side].tokens
    return {texts.host(token, side) for token in tokens if token.word.casefold() in joints}


def _bears_on(texts: Comparison, negation: Token, token: Token, side: int) -> bool:
    """Tell whether a negation bears on that very word, so that the two make up for each other."""
    sentence = (texts.before, texts.after)[side]
    places = {id(each): n for n, each in enumerate(sentence.tokens)}
    start, end = places[id(negation)], places[id(token)]
    word = negation.word.casefold()
    if word in _CONDITIONS:
        return True
    if token.kind == "negation" and token.word.casefold() in _BEHIND:
        return negation.clause + 1 >= token.clause
    near = negation.clause == token.clause
    if near and sentence.language in _FREE_ORDER and token.kind != "negation":
        return True
    if near and word in _EMPTYING:
        return start < end
    between = [each for each in sentence.tokens[start + 1 : end] if each.kind == "content"]
    if end < start:
        return near and not [each for each in sentence.tokens[end + 1 :] if each.kind == "content"]
    between = [each for each in between if not _is_adverb(texts, each)]
    if between and between[0].key in texts.words.words["negraising"]:
        return True  # "does not think that it is bad"
    return (near or negation.clause + 1 == token.clause) and not between


def _is_adverb(texts: Comparison, token: Token) -> bool:
    return token.surface.endswith("ly") or token.key in texts.words.words["adverbs"]


def _is_of_noun(texts: Comparison, negation: Token, pair: Opposed, side: int) -> bool:
    """Tell "no legal resident" – "illegal residents", where the negation bears on the noun that both sides have."""
    language = texts.before.language
    tokens = (texts.before, texts.after)[side].tokens
    place = next(n for n, each in enumerate(tokens) if each is negation)
    beside = tokens[place + 1 : place + 2] == ((pair.before, pair.after)[side],)
    word = negation.word.casefold()
    if language in _FREE_ORDER:
        bound = not beside
    else:
        of_verb = word in _OF_VERBS or word.endswith((" to", "nobody", "no one")) or (word == "no" and language == "es")
        bound = not of_verb and (beside or pair.how == "prefix")
    return bound and bool(_neighbours(texts, pair.before, 0) & _neighbours(texts, pair.after, 1))


def _neighbours(texts: Comparison, token: Token, side: int) -> set[str]:
    """The content words right before and after a word."""
    tokens = (texts.before, texts.after)[side].tokens
    place = next(n for n, each in enumerate(tokens) if each is token)
    return {
        texts.key(each, side)
        for each in tokens[max(place - 1, 0) : place + 2]
        if each is not token and each.kind == "content"
    }


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
    ties = [each.before for each in texts.pairs.opposed if each.is_converse]
    if pair.is_converse:
        ties = [pair.before]
    elif pair.before.kind != "preposition":
        ties = []
    exchange = swapped(texts) if ties else None
    if exchange is not None and any(exchange.is_around(tie) for tie in ties):
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


def _in_other_clause(texts: Comparison, host: str, negation: Token, side: int) -> bool:
    """Tell whether a word stands in another clause of a sentence than its negation."""
    sentence = (texts.before, texts.after)[side]
    clauses = {t.clause for t in sentence.of("content", "light") if texts.key(t, side) == host}
    return bool(clauses) and negation.clause not in clauses
