"""Find two parts of a sentence that changed places: who does what to whom.

    Norway  sold gas to  Poland            X · M · Y
    Poland  sold gas to  Norway            Y · M · X       exchanged
    Poland  was helped by  Norway          rewritten first: Norway helped Poland

A passive is put into the active. Then two sentences of the same words differ in
their agents when one comes from the other by exchanging two parts around something that ties them one way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from argmap.sentences.substance.tokens import Sentence, Token

LONGEST = 60
"""Words of a sentence beyond which no exchange is looked for."""
_BY = {"en": ("by",), "de": ("von", "durch"), "fr": ("par",), "es": ("por",)}
_COORDINATION = frozenset(("and", "or", "but", "und", "oder", "et", "ou", "y", "e", "o", "u", "nor"))
_RELATIVE = frozenset(("that", "which", "who", "whom", "dass", "que", "qui", "quien"))
_SWAPPABLE = ("figure", "negation", "quantifier")


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two parts that changed places, and the words that tie them."""

    first: str
    last: str
    middle: tuple[Token, ...] | None = None
    """`None` where case or particles tell, not the order."""

    def is_around(self, token: Token) -> bool:
        """Tell whether a word ties the two parts."""
        return self.middle is None or any(each is token for each in self.middle)


def active_order(sentence: Sentence) -> list[Token]:
    """Give the tokens of a sentence in the order of the active voice, subject first."""
    found: list[Token] = []
    for _, group in groupby(sentence.tokens, key=lambda token: token.clause):
        clause = list(group)
        joints = [token for token in clause if token.kind == "joint"]
        rest = [token for token in clause if token.kind != "joint"]
        found += [*joints, *_active(rest, sentence.language)]
    return [token for token in found if token.kind not in ("be", "modal") and token.key not in _RELATIVE]


def unresolved_passive(sentence: Sentence) -> bool:
    """Tell whether a form of *be* stands in a sentence that names nobody with *by*."""
    agents = _BY.get(sentence.language, ())
    named = any(token.word.casefold() in agents for token in sentence.of("preposition"))
    return bool(sentence.of("be")) and not named


def _active(clause: list[Token], language: str) -> list[Token]:
    by = next(
        (
            n
            for n, token in enumerate(clause)
            if token.kind == "preposition" and token.word.casefold() in _BY.get(language, ())
        ),
        None,
    )
    if language == "de" and by is None:
        by = next(
            (n for n, token in enumerate(clause) if token.kind == "preposition" and token.word.casefold() == "vom"),
            None,
        )
    aux = next((n for n, token in enumerate(clause) if token.kind == "be"), None)
    if by is None or aux is None or by < aux:
        return clause
    end = by + 1
    while end < len(clause) and not _ends_agent(clause[end], end - by - 1):
        end += 1
    if language == "de":
        while end > by + 2 and clause[end - 1].kind == "content" and not clause[end - 1].word[:1].isupper():
            end -= 1
        verb = [token for token in clause[end:] if token.kind != "be"]
        return [*clause[by + 1 : end], *verb, *clause[:aux], *(t for t in clause[aux:by] if t.kind != "be")]
    verb = [token for token in clause[aux:by] if token.kind != "be"]
    if not any(token.kind == "content" for token in verb):
        return clause
    return [*clause[by + 1 : end], *verb, *clause[:aux], *clause[end:]]


def _ends_agent(token: Token, taken: int) -> bool:
    """Tell whether a word no longer belongs to who acts."""
    if token.kind == "preposition":
        return token.key not in ("of", "de", "des")
    return taken > 0 and token.kind in ("quantifier", "figure")


def governed(sentence: Sentence, conjunctions: Collection[str]) -> dict[str, list[Token]]:
    """Give the words of each clause that *if*, *because* or *although* opens."""
    clauses = {token.clause: token.key for token in sentence.of("joint", "connective") if token.key in conjunctions}
    found: dict[str, list[Token]] = {}
    for token in sentence.of("content"):
        if token.clause in clauses:
            found.setdefault(clauses[token.clause], []).append(token)
    return found


def exchanged(
    before: Sequence[str], after: Sequence[str]
) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]] | None:
    """Find two parts of `before` that changed places in `after`: the ranges of the first, the middle and the last part."""
    if len(before) != len(after) or len(before) > LONGEST or list(before) == list(after):
        return None
    start, end = 0, len(before)
    while before[start] == after[start]:
        start += 1
    while before[end - 1] == after[end - 1]:
        end -= 1
    a, b = list(before[start:end]), list(after[start:end])
    if sorted(a) != sorted(b):
        return None
    n = len(a)
    for first in range(1, n - 1):
        if a[:first] != b[n - first :]:
            continue
        for last in range(1, n - first):
            if a[n - last :] == b[:last] and a[first : n - last] == b[last : n - first]:
                return (start, start + first), (start + first, end - last), (end - last, end)
    return None


def agents_swapped(
    before: Sequence[Token],
    after: Sequence[Token],
    key: Callable[[Token], str],
    symmetric: frozenset[str] | set[str],
    reporting: frozenset[str] | set[str],
    adverbs: frozenset[str] | set[str],
    polar: Callable[[], set[str]],
) -> Exchange | None:
    """Find two parts that changed places so that who acts on whom, or what holds of what, changed.

    Parameters
    ----------
    before, after
        Tokens in active order, without those that only one side has.
    key
        What a token is compared by.
    symmetric
        Words that tie two parts both ways, such as *meet*.
    reporting
        Words that may stand before or behind who says it.
    adverbs
        Words that may stand anywhere.
    polar
        Gives the keys of words of which both opposites stand in both sentences.
    """
    found = exchanged([key(token) for token in before], [key(token) for token in after])
    if found is None:
        return None
    (a, b), (c, d), (e, f) = found
    first, middle, last = before[a:b], before[c:d], before[e:f]
    content = [token for token in middle if token.kind in ("content", "light")]
    joints = {token.key for token in middle if token.kind == "joint"}
    if len(first) == len(last) == 1 and first[0].kind == last[0].kind == "preposition" and content:
        return Exchange(first[0].word, last[0].word, tuple(middle))  # "before the harvest, after the vote"
    if any(part[0].kind == "preposition" or all(t.key in adverbs for t in part) for part in (first, last)):
        return None  # "In May rents rose": an adjunct moved
    if any(token.kind == "figure" for token in first) != any(token.kind == "figure" for token in last):
        return None
    if any(_is_subordinate(part, (*first, *middle, *last)) for part in (first, last)):
        return None  # "Wenn die Preise steigen, sinkt der Verbrauch": a clause moved
    both_ways = polar()
    swappable = all(token.kind in _SWAPPABLE or key(token) in both_ways for token in (*first, *last))
    if joints & _COORDINATION and not swappable:
        return None
    if not content and not any(token.kind in ("preposition", "joint", "comparison") for token in middle):
        return None
    if content and all(token.key in symmetric for token in content):
        return None
    if (
        content
        and all(token.key in reporting for token in content)
        and len({t.clause for t in (*first, *middle, *last)}) > 1
    ):
        return None
    if not content and all(token.key in symmetric for token in middle):
        return None
    return Exchange(" ".join(token.word for token in first), " ".join(token.word for token in last), tuple(middle))


def _is_subordinate(part: Sequence[Token], around: Sequence[Token]) -> bool:
    """Tell whether a part is a clause, with what hangs on it, that *if* or *because* opens."""
    clauses = {token.clause for token in part}
    opens = part[0].kind in ("joint", "connective") and part[0].key not in _COORDINATION | _RELATIVE
    return opens and clauses.isdisjoint(t.clause for t in around if t not in part)


def cases_swapped(pairs: Sequence[tuple[Token, Token]]) -> Exchange | None:
    """Find a German noun that its article marks as subject on one side and as object on the other."""
    turned = [x for x, y in pairs if {x.case, y.case} == {"subject", "object"}]
    nouns = [x for x, _ in pairs if x.word[:1].isupper() and x not in turned]
    return Exchange(turned[0].word, (*turned[1:], *nouns, turned[0])[0].word) if turned else None


def roles_by_particle(sentence: Sentence) -> dict[str, str]:
    """Give the role of each Japanese word that a particle follows."""
    tokens = sentence.tokens
    roles = {
        token.key: particle.key
        for token, particle in pairwise(tokens)
        if token.kind == "content" and particle.kind == "preposition"
    }
    if sentence.passive:
        turned = {"subject": "object", "to": "subject", "from": "subject"}
        roles = {word: turned.get(role, role) for word, role in roles.items()}
    return roles
