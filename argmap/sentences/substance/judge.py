"""Judge whether two sentences say the same.

    Norway sold 10 million tons of gas.      →   Norway did not sell 100 million tons of gas.
        tokens of both        what is said, negated, counted, dated, demanded
        paired                equal, of one meaning, opposite, or alone
        signals               negation added: not · number 10 → 100 million
        verdict               differs

What is alike on both sides is never looked at again, so that a rule can be wrong only where two sentences differ. A word that no list
knows makes the verdict *unclear*, unless something that is known differs already.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from argmap.sentences.idf import rarity
from argmap.sentences.normal_form import normalise
from argmap.sentences.substance.language import language_of
from argmap.sentences.substance.modals import effect_of
from argmap.sentences.substance.model import Effect, Signal, SignalKind, Substance
from argmap.sentences.substance.pairing import Opposed, Pairing, pair_words
from argmap.sentences.substance.roles import active_order, agents_swapped, cases_swapped, governed, roles_by_particle
from argmap.sentences.substance.tokens import MAX_LENGTH, Sentence, Token, TokenKind, read_sentence

ENOUGH_IN_COMMON = 0.5
"""Share of words that two sentences must have in common before a difference between them says something."""
MANY = 40
"""Negations of a side beyond which no more are looked at."""
CONJUNCTIONS = ("because", "although", "if")
SHOWN = 5
"""Unknown words of a side that a signal shows."""
_CODES = {"english": "en", "german": "de", "french": "fr", "spanish": "es", "japanese": "ja", "chinese": "zh"}
_EMPTYING = frozenset(("no", "none", "nobody", "nothing", "neither", "kein", "keine", "keiner", "niemand", "nichts", "aucun", "aucune", "personne",
                       "rien", "nadie", "ningún", "ninguno", "ninguna", "nada", "nul", "none of", "not one", "not a single", "no one"))  # fmt: skip
_QUANTITIES = {"none": 0, "few": 1, "some": 2, "many": 3, "most": 4, "all": 5}
_SIDES = {">": ">", ">=": ">", "<": "<", "<=": "<"}
_OF_SEVERAL = frozenset(("neither", "weder", "ni"))
"""Negations that bear on all that follows, across clauses."""
_MINOR = frozenset(
    (
        "whole",
        "entire",
        "entirely",
        "wholly",
        "completely",
        "total",
        "totally",
        "both",
        "the whole",
        "the entire",
        "all of",
        "one of",
        "anyone",
        "anybody",
        "tout",
        "toute",
    )
)
"""Words for all that often say nothing, as in "the whole town"."""


def compare_substance(
    before: str | Sequence[str], after: str | Sequence[str], language: str | None = None
) -> Substance:
    """Judge whether two texts say the same, and name what differs.

    Parameters
    ----------
    before, after
        A sentence each, or several that are read as one text.
    language
        Code or English name of the language, such as `de` or `german`; found out from the texts when left out. English is
        known fully, German, French, Spanish, Japanese and Chinese in part; of other languages figures alone are read.

    Returns
    -------
    Substance
        `same`, `differs` or `unclear`, and the signals.

    Examples
    --------
    >>> found = compare_substance("The treaty was ratified.", "The treaty was not ratified.")
    >>> found.verdict, found.effect, [signal.text for signal in found.signals]
    ('differs', 'reversed', ['negation added: not'])
    """
    left, right = _text(before), _text(after)
    if normalise(left) == normalise(right):
        return Substance("same")
    low = (language or "").casefold()
    code = _CODES.get(low, low[:2]) if language else language_of(left, right)
    return _compared(left, right, code)


UNLIKE = Substance("unclear", (Signal("unknown", (), (), "hardly a word in common", "none"),))
LIKE = 0.15
"""Share of word beginnings in common below which two longer sentences are not read at all."""
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def _unlike(before: str, after: str) -> bool:
    """Tell two longer sentences that have hardly a word in common, without reading them."""
    left, right = ({word[:4] for word in _LONG_WORD.findall(text.casefold())} for text in (before, after))
    return min(len(left), len(right)) > 5 and len(left & right) < LIKE * max(len(left), len(right))


def _text(texts: str | Sequence[str]) -> str:
    return (
        texts
        if isinstance(texts, str)
        else " ".join(text if text.endswith((".", "。")) else f"{text}." for text in texts)
    )


@lru_cache(maxsize=4096)
def _compared(before: str, after: str, language: str) -> Substance:
    if language not in ("ja", "zh") and _unlike(before, after):
        return UNLIKE
    left, right = _read(before, language), _read(after, language)
    found = _Comparison(left, right).judged()
    cut = len(before) > MAX_LENGTH or len(after) > MAX_LENGTH
    if cut and found.verdict == "same" and normalise(before[MAX_LENGTH:]) != normalise(after[MAX_LENGTH:]):
        return Substance("unclear", found.signals)
    return found


@lru_cache(maxsize=4096)
def _read(text: str, language: str) -> Sentence:
    if language in ("ja", "zh"):
        from argmap.sentences.substance.cjk import read_characters

        return read_characters(text, language)
    return read_sentence(text, language)


class _Comparison:
    """Two sentences beside each other, and the signals found so far."""

    def __init__(self, before: Sentence, after: Sentence) -> None:
        self.before, self.after = before, after
        self.words = before.words
        self.pairs: Pairing = pair_words(before, after)
        self.signals: list[Signal] = []
        self.unknown: tuple[list[str], list[str]] = ([], [])
        self.opposed: list[Opposed] = []
        """Opposites that no negation makes up for."""
        self.used_quantifiers: set[int] = set()
        """Quantifiers that a negation has told of."""
        self.figure_pairs = 0
        self.matched_names = 0

    def judged(self) -> Substance:
        """Ask every rule, then decide."""
        self._names()
        self._figures()
        self._polarity()
        self._quantifiers()
        self._comparisons()
        self._modals()
        self._conditions()
        self._unknown_words()
        self._agents()
        unknown = self._unknown_signal()
        if self._in_common() < ENOUGH_IN_COMMON:
            return UNLIKE
        if self.signals:
            return Substance("differs", (*self.signals, *unknown))
        return Substance("unclear" if unknown else "same", unknown)

    # ── the rules ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _names(self) -> None:
        left = [token for token in self.pairs.before if self._is_name(token)]
        right = [token for token in self.pairs.after if self._is_name(token)]
        for x, y in zip(left, right, strict=False):
            self.pairs.before.remove(x)
            self.pairs.after.remove(y)
            self.matched_names += 1
            self._replaced("name", x.word, y.word)

    def _is_name(self, token: Token) -> bool:
        if token.kind != "content":
            return False
        if token.is_name:
            return True
        if (
            not token.starts
            or self.before.language != "en"
            or token.key in self.words.synonyms
            or token.key in self.words.opposed
        ):
            return False
        return not _is_common(token.surface)

    def _figures(self) -> None:
        left, right = self._unmatched("figure")
        left, right = ([token for token in side if not (token.bare and token.key == "n 1")] for side in (left, right))
        for x, y in zip(left, right, strict=False):
            self.figure_pairs += 1
            kind: SignalKind = "date" if x.is_date and y.is_date else "number"
            x_words, y_words = _without_shared_end(x.word, y.word)
            self._replaced(kind, x_words, y_words)
        count = min(len(left), len(right))
        for side, tokens in ((0, left[count:]), (1, right[count:])):
            for token in tokens:
                self._added("date" if token.is_date else "number", token.word, side, "altered")

    def _polarity(self) -> None:
        """Negations and opposites, so that neither hides the other and none counts twice."""
        negations = self.before.of("negation")[:MANY], self.after.of("negation")[:MANY]
        extra_words = self._negating_words()
        opposed = list(self.pairs.opposed)
        extra: list[tuple[int, Token]] = []
        if len(negations[0]) != len(negations[1]):
            longer = 0 if len(negations[0]) > len(negations[1]) else 1
            extra = [(longer, token) for token in self._alone(negations[longer], negations[1 - longer], longer)]
        elif negations[0] and not opposed:
            self._moved_negation(*negations)
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
                    self.unknown[0].append(near.before.word)
                    self.unknown[1].append(near.after.word)
        # Two more negations in one clause: "it is not without merit".
        for side in (0, 1):
            here = [item for item in extra if item[0] == side]
            while len(here) >= 2 and here[0][1].clause + 1 >= here[1][1].clause:
                for item in here[:2]:
                    extra.remove(item)
                # "there is nobody who does not know" – "everybody knows"
                all_ = next((t for t in self._unmatched("quantifier")[1 - side] if t.key == "all"), None)
                if all_:
                    self.used_quantifiers.add(id(all_))
                else:
                    self.unknown[side].extend(item[1].word for item in here[:2])
                here = here[2:]
        for side, token in extra:
            if self._is_of_another_verb(token, side):
                self.unknown[side].append(token.word)
            else:
                self._negation(side, token)
        for pair in [pair for pair in opposed if self._is_less(pair)]:
            opposed.remove(pair)
        self.opposed = opposed
        for pair in opposed:
            self._opposite(pair)

    def _is_of_another_verb(self, negation: Token, side: int) -> bool:
        """Tell "was lifted" – "no longer applies": the negated word is not known to answer to that of the other side."""
        mine, other = (self.pairs.before, self.pairs.after)[:: -1 if side else 1]
        host = self._host(negation, side)
        unmatched = any(token.key == host and token.kind == "content" for token in mine)
        return unmatched and any(token.kind == "content" and not token.is_name for token in other)

    def _is_less(self, pair: Opposed) -> bool:
        """Tell "less expensive" from "cheaper": they say the same."""
        for sentence, token, other in ((self.before, pair.before, pair.after), (self.after, pair.after, pair.before)):
            place = next(n for n, each in enumerate(sentence.tokens) if each is token)
            ahead = sentence.tokens[place - 1] if place else None
            if ahead and ahead.kind == "comparison" and ahead.key == "<" and other.surface.endswith("er"):
                return True
        return False

    def _negation(self, side: int, token: Token) -> None:
        quantifiers = self._unmatched("quantifier")[1 - side]
        low = token.word.casefold()
        if low in _EMPTYING and quantifiers:
            other = quantifiers[0]
            self.used_quantifiers.add(id(other))
            words = (token.word, other.word) if side == 0 else (other.word, token.word)
            self._replaced("negation", *words, name="quantifier")
            return
        self._added("negation", low, side, "reversed")

    def _opposite(self, pair: Opposed) -> None:
        if pair.is_converse and self._is_exchanged():
            return
        direction = pair.how in ("directions", "converses")
        kind: SignalKind = "direction" if direction else "antonym"
        self._replaced(kind, pair.before.word, pair.after.word)

    def _negating_words(self) -> list[tuple[int, Token]]:
        """Words that deny what follows, such as *refuse*, and that nothing on the other side answers to."""
        negating = self.words.words["negating"]
        sides = self.pairs.before, self.pairs.after
        found: list[tuple[int, Token]] = []
        both = [[token for token in side if token.kind == "content" and token.key in negating] for side in sides]
        if bool(both[0]) != bool(both[1]):
            side = 0 if both[0] else 1
            for token in both[side]:
                sides[side].remove(token)
                found.append((side, token))
        return found

    def _alone(self, many: list[Token], few: list[Token], longer: int) -> Iterable[Token]:
        """The negations of one side that no negation of the other answers to, by what they negate."""
        hosts = Counter(self._host(token, 1 - longer) for token in few)
        left = []
        for token in many:
            host = self._host(token, longer)
            if hosts[host]:
                hosts[host] -= 1
            else:
                left.append(token)
        surplus = len(many) - len(few)
        return left[:surplus] if len(left) >= surplus else many[:surplus]

    def _host(self, negation: Token, side: int) -> str:
        """Give the word that a negation or *only* bears on: the next one of its clause, else the last one before it."""
        tokens = (self.before, self.after)[side].tokens
        place = next(n for n, token in enumerate(tokens) if token is negation)
        clause = tokens[place + 1].clause if place + 1 < len(tokens) else -1
        behind = [t for t in tokens[place + 1 :] if t.kind in ("content", "light") and t.clause == clause]
        ahead = [t for t in tokens[:place] if t.kind == "content"]
        host = behind[0] if behind else ahead[-1] if ahead else None
        return self._key(host, side) if host else ""

    def _moved_negation(self, left: list[Token], right: list[Token]) -> None:
        """Tell "did not say that it is safe" from "said that it is not safe"."""
        embedding = self.words.words["embedding"]
        for x, y in zip(left, right, strict=False):
            hosts = self._host(x, 0), self._host(y, 1)
            if (
                hosts[0] == hosts[1]
                or {x.word.casefold(), y.word.casefold()} & _OF_SEVERAL
                or any(host in self.words.words["negraising"] for host in hosts)
            ):
                continue
            if not self._both_have(hosts):
                continue
            embedded = any(host in embedding for host in hosts)
            if embedded or (self._in_other_clause(hosts[0], y, 1) and self._in_other_clause(hosts[1], x, 0)):
                effect: Effect = "altered" if embedded else "reversed"
                text = f"negation moved: {hosts[0]} → {hosts[1]}"
                self.signals.append(Signal("negation", (x.word,), (y.word,), text, effect))

    def _both_have(self, hosts: tuple[str, str]) -> bool:
        """Tell whether both sentences have the words that two negations bear on."""
        left = {token.key for token in self.before.of("content", "light")}
        right = {self._key(token, 1) for token in self.after.of("content", "light")}
        return set(hosts) <= left & right

    def _in_other_clause(self, host: str, negation: Token, side: int) -> bool:
        """Tell whether a word stands in another clause of a sentence than its negation."""
        sentence = (self.before, self.after)[side]
        clauses = {t.clause for t in sentence.of("content", "light") if self._key(t, side) == host}
        return bool(clauses) and negation.clause not in clauses

    def _quantifiers(self) -> None:
        left, right = (
            [token for token in side if id(token) not in self.used_quantifiers]
            for side in self._unmatched("quantifier")
        )
        for x, y in zip(left, right, strict=False):
            self._replaced("quantifier", x.word, y.word)
        count = min(len(left), len(right))
        for side, tokens in ((0, left[count:]), (1, right[count:])):
            for token in tokens:
                if token.word.casefold() not in _MINOR:
                    self._added("quantifier", token.word, side, "altered")
        left, right = self._unmatched("focus")
        both = self.before.of("focus"), self.after.of("focus")
        if len(both[0]) == len(both[1]) == 1:
            hosts = self._host(both[0][0], 0), self._host(both[1][0], 1)
            if hosts[0] != hosts[1] and self._both_have(hosts):
                words = (both[0][0].word,), (both[1][0].word,)
                self.signals.append(Signal("quantifier", *words, f"only moved: {hosts[0]} → {hosts[1]}", "altered"))
        for side, tokens in ((0, left), (1, right)):
            for token in tokens:
                self._added("quantifier", token.word, side, "altered")

    def _comparisons(self) -> None:
        left, right = self.before.of("comparison"), self.after.of("comparison")
        ours, theirs = Counter(_SIDES[t.key] for t in left), Counter(_SIDES[t.key] for t in right)
        alone = (
            [t for t in left if (ours - theirs)[_SIDES[t.key]]],
            [t for t in right if (theirs - ours)[_SIDES[t.key]]],
        )
        for x, y in zip(*alone, strict=False):
            self._replaced("comparison", x.word, y.word)
        count = min(map(len, alone))
        endings = [
            pair.before.surface.endswith("er") != pair.after.surface.endswith("er") for pair in self.pairs.opposed
        ]
        endings += [x.surface.endswith("er") != y.surface.endswith("er") for x, y in self.pairs.same if x.key != y.key]
        if any(endings):
            return  # "cheaper" – "more expensive"
        for side in (0, 1):
            self.unknown[side].extend(token.word for token in alone[side][count:])

    def _modals(self) -> None:
        left, right = self._unmatched("modal")
        negated = bool(self.before.of("negation") and self.after.of("negation"))
        for n in range(max(len(left), len(right))):
            x, y = (side[n] if n < len(side) else None for side in (left, right))
            effect = effect_of(x.key if x else "none", y.key if y else "none", negated=negated)
            if effect == "none":
                continue
            words = (x.word if x else "–", y.word if y else "–")
            self.signals.append(
                Signal(
                    "modal",
                    (words[0],) if x else (),
                    (words[1],) if y else (),
                    f"modal {words[0]} → {words[1]}",
                    effect,
                )
            )

    def _conditions(self) -> None:
        left, right = (
            [t for t in side.of("connective", "joint") if t.key in CONJUNCTIONS] for side in (self.before, self.after)
        )
        ours, theirs = Counter(t.key for t in left), Counter(t.key for t in right)
        alone = [t for t in left if (ours - theirs)[t.key]], [t for t in right if (theirs - ours)[t.key]]
        for x, y in zip(*alone, strict=False):
            self._replaced("condition", x.word, y.word, name="connective")
        count = min(map(len, alone))
        for side in (0, 1):
            for token in alone[side][count:]:
                if token.key == "if":
                    self._added("condition", token.word, side, "strengthened" if side == 0 else "weakened")

    def _unknown_words(self) -> None:
        for side, tokens in ((0, self.pairs.before), (1, self.pairs.after)):
            self.unknown[side].extend(token.word for token in tokens if token.kind == "content")

    def _agents(self) -> None:
        if self.unknown[0] or self.unknown[1] or self.matched_names:
            return
        swapped = self._swapped() or self._clauses_swapped()
        if swapped is None or any(pair.is_converse for pair in self.pairs.opposed):
            return
        text = f"{swapped[0]} ⇄ {swapped[1]}"
        both_ways = {token.word for token in self.before.of("content") if token.key in self._both_ways()}
        if both_ways.issuperset(swapped) and self._is_direction(swapped[0]):
            self.signals.append(Signal("direction", swapped, swapped[::-1], f"directions swapped: {text}", "altered"))
        elif both_ways.issuperset(swapped):
            self.signals.append(Signal("antonym", swapped, swapped[::-1], f"antonyms swapped: {text}", "reversed"))
        elif all(any(char.isdecimal() for char in word) for word in swapped):
            self.signals.append(Signal("number", swapped, swapped[::-1], f"numbers swapped: {text}", "altered"))
        else:
            self.signals.append(Signal("agents", swapped, swapped[::-1], f"agents swapped: {text}", "altered"))

    # ── helpers ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _is_exchanged(self) -> bool:
        return self._swapped() is not None

    def _swapped(self) -> tuple[str, str] | None:
        if self.before.language == "ja":
            return self._swapped_by_particle()
        if self.before.language == "de" and bool(self.before.of("be")) == bool(self.after.of("be")):
            cases = {x.case for x, _ in self.pairs.same} & {y.case for _, y in self.pairs.same}
            if "object" in cases:
                return cases_swapped(self.pairs.same)
            if swapped := cases_swapped(self.pairs.same):
                return swapped
        same = {id(y): x.key for x, y in self.pairs.same}
        same |= {id(pair.after): pair.before.key for pair in self.pairs.opposed}
        known = {id(x) for x, _ in self.pairs.same} | {id(pair.before) for pair in self.pairs.opposed} | set(same)
        converse = any(pair.is_converse for pair in self.pairs.opposed)

        def key(token: Token) -> str:
            found = same.get(id(token), token.key)
            return "to" if converse and found in ("from", "to", "of", "de", "a", "by") else found

        def order(sentence: Sentence) -> list[Token]:
            free: tuple[TokenKind, ...] = ("content", "light", "preposition")
            return [
                t
                for t in active_order(sentence)
                if t.kind not in free or id(t) in known or (converse and t.kind == "preposition")
            ]

        left, right = order(self.before), order(self.after)
        sets = self.words.words
        return agents_swapped(
            left, right, key, sets["symmetric"], sets["reporting"], sets["adverbs"], self._both_ways()
        )

    def _is_direction(self, word: str) -> bool:
        kinds = {kind for kind, _, _ in self.words.opposed.get(self.words.stem(word), ())}
        return "directions" in kinds and not kinds & {"opposites", "ends"}

    def _clauses_swapped(self) -> tuple[str, str] | None:
        """Tell "if the dam breaks, the town floods" from "if the town floods, the dam breaks"."""
        ours, theirs = governed(self.before, CONJUNCTIONS), governed(self.after, CONJUNCTIONS)
        for conjunction in ours.keys() & theirs.keys():
            left = {token.key for token in ours[conjunction]}
            right = {self._key(token, 1) for token in theirs[conjunction]}
            if not left & right and left <= {self._key(t, 1) for t in self.after.of("content")}:
                return ours[conjunction][0].word, theirs[conjunction][0].word
        return None

    def _swapped_by_particle(self) -> tuple[str, str] | None:
        left, right = roles_by_particle(self.before), roles_by_particle(self.after)
        gone = [
            word
            for word, role in left.items()
            if role == "subject" and right.get(word, "subject") not in ("subject", "at")
        ]
        come = [
            word
            for word, role in right.items()
            if role == "subject" and left.get(word, "subject") not in ("subject", "at")
        ]
        return (gone[0], come[0]) if gone and come else None

    def _both_ways(self) -> set[str]:
        """Words whose opposite stands in the same sentence."""
        keys = [token.key for token in self.before.of("content")]
        seen: dict[tuple[str, int], set[bool]] = {}
        for key in keys:
            for kind, group, side in self.words.opposed.get(key, ()):
                seen.setdefault((kind, group), set()).add(side)
        return {
            key
            for key in keys
            if any(len(seen[kind, group]) == 2 for kind, group, _ in self.words.opposed.get(key, ()))
        }

    def _key(self, token: Token, side: int) -> str:
        if side == 0:
            return token.key
        return next((x.key for x, y in self.pairs.same if y is token), token.key)

    def _unmatched(self, kind: TokenKind) -> tuple[list[Token], list[Token]]:
        left, right = self.before.of(kind), self.after.of(kind)
        rest_right = Counter(token.key for token in left)
        rest_left = Counter(token.key for token in right)
        return _surplus(left, rest_left), _surplus(right, rest_right)

    def _replaced(self, kind: SignalKind, before: str, after: str, *, name: str | None = None) -> None:
        effect: Effect = "reversed" if kind in ("negation", "antonym") else "altered"
        self.signals.append(Signal(kind, (before,), (after,), f"{name or kind} {before} → {after}", effect))

    def _added(self, kind: SignalKind, word: str, side: int, effect: Effect) -> None:
        what = "added" if side else "removed"
        words: tuple[tuple[str, ...], tuple[str, ...]] = ((), (word,)) if side else ((word,), ())
        self.signals.append(Signal(kind, *words, f"{kind} {what}: {word}", effect))

    def _unknown_signal(self) -> tuple[Signal, ...]:
        left, right = (tuple(words[:SHOWN]) for words in self.unknown)
        if not (left or right):
            return ()
        text = f"not known: {', '.join(left) or '–'} → {', '.join(right) or '–'}"
        return (Signal("unknown", left, right, text, "none"),)

    def _in_common(self) -> float:
        """The share of words that both sentences have, or of the shorter one where it is nearly all in the longer."""
        figures = self.before.of("figure"), self.after.of("figure")
        shared = sum((Counter(t.key for t in figures[0]) & Counter(t.key for t in figures[1])).values())
        light = sum(x.kind == "light" for x, _ in self.pairs.same)
        matched = sum(x.kind == "content" for x, _ in self.pairs.same) + len(self.pairs.opposed) + shared + light
        matched += self.figure_pairs + self.matched_names
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


def _in_reach(negation: Token, token: Token) -> bool:
    return negation.clause == token.clause or negation.word in ("if not", "unless")


def _without_shared_end(before: str, after: str) -> tuple[str, str]:
    """Leave out of the first what both end on: 10 → 100 million."""
    left, right = before.split(), after.split()
    shared = 0
    while shared + 1 < min(len(left), len(right)) and left[-1 - shared] == right[-1 - shared]:
        shared += 1
    return " ".join(left[: len(left) - shared]), after


def _is_common(word: str) -> bool:
    """Tell whether the list of background words knows a word, in small letters."""
    from argmap.sentences.features import stems_of

    weights = rarity("english")
    return all(stem in weights for stem in stems_of(word, "english"))
