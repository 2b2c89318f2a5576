"""Hold two sentences beside each other, for the rules, with the signals found so far."""

from __future__ import annotations

from collections import Counter

from argmap.sentences.substance.model import Effect, Signal, SignalKind
from argmap.sentences.substance.pairing import Opposed, Pairing, pair_words
from argmap.sentences.substance.tokens import Sentence, Token, TokenKind

CONJUNCTIONS = ("because", "although", "if", "even-if")

_PRONOUNS = ("nothing", "nobody", "no one", "none")
"""Negations that stand for a noun, and bear on nothing behind their own clause."""


class Comparison:
    """Two sentences beside each other, and the signals found so far."""

    def __init__(self, before: Sentence, after: Sentence) -> None:
        self.before, self.after = before, after
        self.sentences = before, after
        self.words = before.words
        self.pairs: Pairing = pair_words(before, after)
        self.signals: list[Signal] = []
        self.unknown: tuple[list[str], list[str]] = ([], [])
        self.opposed: list[Opposed] = []
        """Opposites that no negation makes up for."""
        self.offset: set[int] = set()
        """Opposites that a negation of that very word makes up for, by identity."""
        self.used_quantifiers: set[int] = set()
        """Quantifiers that were reported with a negation."""
        self.used_figures: set[int] = set()
        """Figures that were compared with their units."""
        self.figure_pairs = 0
        self.matched_units = 0
        self.matched_names = 0

    def key(self, token: Token, side: int) -> str:
        """Give the word that a token is compared by, in terms of the first sentence."""
        if side == 0:
            return token.key
        return next((x.key for x, y in self.pairs.same if y is token), token.key)

    def host(self, negation: Token, side: int) -> str:
        """Give the word that a negation or *only* bears on: the next one of its clause, else the last one before it."""
        tokens = (self.before, self.after)[side].tokens
        place = next(n for n, token in enumerate(tokens) if token is negation)
        clause = tokens[place + 1].clause if place + 1 < len(tokens) else -1
        behind = [t for t in tokens[place + 1 :] if t.kind in ("content", "light") and t.clause == clause]
        ahead = [t for t in tokens[:place] if t.kind == "content"]
        if negation.word.casefold() == "alone":
            behind = []
        if negation.word.casefold() in _PRONOUNS and clause != negation.clause:
            behind, ahead = [], [t for t in ahead if t.clause == negation.clause]
        host = behind[0] if behind else ahead[-1] if ahead else None
        return self.key(host, side) if host else ""

    def turned(self) -> tuple[Token, Token] | None:
        """Give *more* of one sentence and *less* of the other where each has one of them."""
        left, right = self.before.of("comparison"), self.after.of("comparison")
        if len(left) == len(right) == 1 and left[0].key[0] != right[0].key[0]:
            return left[0], right[0]
        return None

    def shown(self, key: str, side: int) -> str:
        """Give a word as it stands in one of the sentences."""
        tokens = (self.before, self.after)[side].of("content", "light")
        return next((token.word for token in tokens if self.key(token, side) == key), key)

    def both_have(self, hosts: tuple[str, str]) -> bool:
        """Tell whether both sentences have the words that two negations bear on."""
        left = {token.key for token in self.before.of("content", "light")}
        right = {self.key(token, 1) for token in self.after.of("content", "light")}
        return set(hosts) <= left & right

    def unmatched(self, kind: TokenKind) -> tuple[list[Token], list[Token]]:
        """Give the tokens of a kind that the other side does not have."""
        left, right = self.before.of(kind), self.after.of(kind)
        if not left or not right:
            return left, right
        rest_right = Counter(token.key for token in left)
        rest_left = Counter(token.key for token in right)
        return _surplus(left, rest_left), _surplus(right, rest_right)

    def replaced(self, kind: SignalKind, before: str, after: str, *, name: str | None = None) -> None:
        """Tell that one thing stands for another."""
        effect: Effect = "reversed" if kind in ("negation", "antonym") else "altered"
        self.signals.append(Signal(kind, (before,), (after,), f"{name or kind} {before} → {after}", effect))

    def added(self, kind: SignalKind, word: str, side: int, effect: Effect) -> None:
        """Tell that something is on one side alone: 0 the first, 1 the second."""
        what = "added" if side else "removed"
        words: tuple[tuple[str, ...], tuple[str, ...]] = ((), (word,)) if side else ((word,), ())
        self.signals.append(Signal(kind, *words, f"{kind} {what}: {word}", effect))

    def in_common(self) -> float:
        """Give the share of words that both sentences have, or of the shorter one where it is nearly all in the longer."""
        figures = self.before.of("figure"), self.after.of("figure")
        shared = sum((Counter(t.key for t in figures[0]) & Counter(t.key for t in figures[1])).values())
        light = sum(x.kind == "light" for x, _ in self.pairs.same)
        matched = sum(x.kind == "content" for x, _ in self.pairs.same) + len(self.pairs.opposed) + shared + light
        matched += self.figure_pairs + self.matched_names + self.matched_units
        sizes = [len(sentence.of("content", "figure")) + light for sentence in (self.before, self.after)]
        if matched >= 2 and matched >= 0.9 * min(sizes):
            return 1.0
        return matched / max(sizes) if max(sizes) else 1.0


def _surplus(tokens: list[Token], taken: Counter[str]) -> list[Token]:
    rest = []
    for token in tokens:
        if taken[token.key]:
            taken[token.key] -= 1
        else:
            rest.append(token)
    return rest
