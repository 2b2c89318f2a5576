"""Read a sentence as tokens that carry substance: what is said, negated, counted, dated, demanded.

"Ten million people don't pay."    figure 10000000 · content people · negation · content pay
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from importlib import resources
from typing import Literal

from argmap.sentences.substance.contractions import parts_of
from argmap.sentences.substance.figures import FigureReader, Key
from argmap.sentences.substance.stems import fold
from argmap.sentences.substance.word_lists import Case, WordList, word_list

TokenKind = Literal[
    "content", "light", "preposition", "joint", "negation", "figure", "quantifier", "modal", "comparison", "focus",
    "connective", "be",
]  # fmt: skip
MAX_LENGTH = 2000
"""Characters of a text that are read; of a longer one the rest is compared by equality alone."""

_MARKS = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "`": "'", "–": "-", "—": " - ", "‐": "-", "‑": "-", "\u00ad": None,
                        "\u200b": None, "\u200c": None, "\u200d": None, "\ufeff": None, "−": "-"})  # fmt: skip
_TOKEN = re.compile(
    r"(?P<coded>[A-Za-z]{1,6}-?\d{1,4}[A-Za-z]?(?!\w))"
    r"|(?P<number>\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)|\d{1,4}[/\u2044]\d{1,4}(?!\d)"
    r"|\d{1,2}:\d{2}(?!\d)|\d{1,3}(?:[ ']\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"|(?P<abbreviation>(?:[A-Za-z]\.){2,})"
    r"|(?P<word>[^\W\d_]+(?:['\-][^\W\d_]+)*|\d+[^\W\d_]+)"
    r"|(?P<symbol>US\$|[%$€£¥₹°])"
    r"|(?P<mark>[,;:.!?()\[\]\"“”«»„-])"
)
_ADVERBS = (
    "not",
    "never",
    "always",
    "already",
    "also",
    "just",
    "long",
    "once",
    "ever",
    "hardly",
    "only",
    "often",
    "all",
)
"""Words that may stand between *they'd* and its verb."""
_IN_CONSEQUENCE = ("would", "will", "could", "might", "may", "can", "must", "should")
_BEYOND = {"over": ">", "above": ">", "under": "<", "below": "<", "ueber": ">", "unter": "<"}
"""Prepositions that compare when a number follows."""
ONE_NEGATION_A_CLAUSE = ("fr", "es")
"""Languages in which several negative words of a clause are one negation."""
SHARES = {"half": Fraction(1, 2)} | {each: Fraction(each) for each in ("1/3", "2/3", "1/4", "3/4", "1/5")}
"""Shares that a phrase of the lists may stand for."""
_ONLY_WITH_NE = ("plus", "personne", "point")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a few that carry one piece of what a sentence says."""

    kind: TokenKind
    key: str
    """The value that tokens are compared by: a stem, a class, a number."""
    word: str
    """The words as they stand."""
    clause: int = 0
    is_name: bool = False
    starts: bool = False
    """First word of a sentence, where a capital letter says nothing."""
    values: tuple[Key, ...] = ()
    is_date: bool = False
    surface: str = ""
    case: Literal["", "subject", "object"] = ""
    """In German, what its article marks it as."""
    bare: bool = False
    """A number word that may not be a number, such as *one*."""


@dataclass(frozen=True, slots=True)
class Person:
    """A pronoun for somebody."""

    who: str
    case: Case
    word: str
    place: int
    """Place of the next token."""


@dataclass(frozen=True)
class Sentence:
    """A text as its tokens."""

    language: str
    tokens: tuple[Token, ...]
    clauses: int = 1
    passive: bool = False
    """Chinese and Japanese only: said in the passive."""
    persons: tuple[Person, ...] = ()
    """English only: who is meant by pronouns."""
    words: WordList = field(repr=False, kw_only=True)

    def of(self, *kinds: TokenKind) -> list[Token]:
        """Give the tokens of some kinds."""
        by_kind = self._by_kind
        there = [kind for kind in kinds if kind in by_kind]
        if len(there) < 2:
            return by_kind[there[0]].copy() if there else []
        return [token for token in self.tokens if token.kind in kinds]

    @cached_property
    def _by_kind(self) -> dict[TokenKind, list[Token]]:
        found: dict[TokenKind, list[Token]] = {}
        for token in self.tokens:
            found.setdefault(token.kind, []).append(token)
        return found


def clean(text: str) -> str:
    """Give a text without typographic differences."""
    return unicodedata.normalize("NFKC", text.translate(_MARKS)).replace("\u2044", "/")


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Read the names of countries and peoples: each form with the name it stands for."""
    text = resources.files(__package__).joinpath("lists", "names.txt").read_text("utf-8")
    found = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            first, *others = line.split()
            found.update({fold(form.replace("_", " ")): first for form in (first, *others)})
    return found


def read_sentence(text: str, language: str) -> Sentence:
    """Read a text of a language that puts spaces between words."""
    return _reader(language).read(clean(text)[:MAX_LENGTH])


def _only_after(tokens: list[Token]) -> list[Token]:
    """Read "did not open until 2003" as "opened only after 2003"."""
    until = next((n for n, token in enumerate(tokens) if token.kind == "preposition" and token.key == "until"), None)
    denied = [n for n, token in enumerate(tokens[:until]) if token.kind == "negation"] if until else []
    if until is None or not denied or tokens[denied[-1]].clause != tokens[until].clause:
        return tokens
    changed = list(tokens)
    changed[denied[-1]] = replace(tokens[denied[-1]], kind="focus", key="only", word="not until")
    changed[until] = replace(tokens[until], key="after")
    return changed


@lru_cache(maxsize=8)
def _reader(language: str) -> _Reader:
    return _Reader(language)


@dataclass(slots=True)
class _Word:
    text: str
    starts: bool
    clause_before: bool
    low: str
    stem: str


class _Reader:
    def __init__(self, language: str) -> None:
        self.language = language
        self.list = word_list(language)
        self.figures = FigureReader(self.list)
        self.forms = lru_cache(maxsize=1 << 14)(self._forms)

    def read(self, text: str) -> Sentence:
        shouted = text.isupper()
        words = list(self._words(text.casefold() if shouted else text))
        persons: list[Person] = []
        tokens, clauses = self._tokens(words, persons)
        if self.language in ONE_NEGATION_A_CLAUSE:
            tokens = self._agreeing(tokens)
        if self.language == "en":
            tokens = _only_after(tokens)
        return Sentence(self.language, tuple(tokens), clauses, persons=tuple(persons), words=self.list)

    def _words(self, text: str) -> Iterator[_Word]:
        starts, boundary = True, False
        for found in _TOKEN.finditer(text):
            kind, piece = found.lastgroup, found.group()
            if kind == "mark":
                inside = (
                    piece == "-"
                    and text[found.start() - 1 : found.start()].strip()
                    and text[found.end() : found.end() + 1].strip()
                )
                if piece == "-" and not inside and text[found.end() : found.end() + 1].isdecimal():
                    piece = "minus"
                    yield _Word(piece, False, boundary, piece, piece)
                elif not inside:
                    boundary = True
                    starts = starts or piece in '.!?:"“„'
                continue
            for part, low, stem in self.forms(piece, str(kind)):
                yield _Word(part, starts, boundary, low, stem)
                starts = boundary = False

    def _forms(self, piece: str, kind: str) -> tuple[tuple[str, str, str], ...]:
        """Take a word apart, and give each part as it is written, folded, and as its stem."""
        return tuple(
            (part, fold(part, self.language), self.list.stem(part)) for part in parts_of(piece, kind, self.list)
        )

    def _tokens(self, words: list[_Word], persons: list[Person]) -> tuple[list[Token], int]:
        texts = [word.text for word in words]
        found: list[Token] = []
        clause, place, article = 0, 0, ""
        after_preposition = False
        has_ne = any(word.low in ("ne", "n'") for word in words)
        while place < len(words):
            word = words[place]
            if word.clause_before:
                clause += 1
                after_preposition = False
            if self._is_inverted(words, place):
                found.append(Token("joint", "if", word.text, clause))
                place += 1
                continue
            phrase = self._phrase(words, place)
            if phrase:
                length, meaning = phrase
                surface = " ".join(texts[place : place + length])
                for spec in meaning:
                    found += self._meant(spec, surface, clause)
                place += length
                continue
            figure = self.figures.at(texts, place)
            if figure and not self._is_pronoun(words, place, figure.end, figure.from_word):
                for key in figure.keys:
                    found.append(
                        Token("figure", f"{key[0]} {key[1]}", figure.words, clause, values=(key,), is_date=figure.is_date,
                              bare=figure.from_word)
                    )  # fmt: skip
                if figure.unit:
                    found.append(Token("content", self.list.stem(figure.unit), figure.unit, clause))
                place = figure.end
                continue
            if self.language == "en" and word.low == "too" and "to" in [w.low for w in words[place + 2 : place + 4]]:
                found.append(Token("negation", "not", word.text, clause))
                place += 1
                continue
            following = words[place + 1].low if place + 1 < len(words) else ""
            if self.language == "en" and word.stem == "need" and following.endswith("ing"):
                found.append(Token("modal", "must", word.text, clause))
                place += 1
                continue
            side = _BEYOND.get(word.low)
            if side and place + 1 < len(words) and self._is_counted(texts, place + 1):
                found.append(Token("comparison", side, word.text, clause))
                place += 1
                continue
            if word.low == "'d":
                behind = next((each.low for each in words[place + 1 :] if each.low not in _ADVERBS), "")
                past = behind in self.list.past or (behind.endswith("ed") and not behind.endswith("eed"))
                full = "had" if past else "would"
                word = replace(word, text=full, low=full, stem=self.list.stem(full))
            token = self._token(word, clause, has_ne)
            place += 1
            if token and token.key == "almost" and place < len(words) and self._is_counted(texts, place):
                continue  # "almost forty" says what "about forty" says
            if token is None:
                if word.low in self.list.persons:
                    persons.append(Person(*self.list.persons[word.low], word.text, len(found)))
                article = word.low if self.language == "de" else ""
                continue
            if token.kind == "joint":
                clause += 1
                token = replace(token, clause=clause)
            if token.kind == "content" and self.language == "de":
                if not after_preposition:
                    marked = article in self.list.words["objects"]
                    token = replace(token, case="object" if marked else "subject" if article == "der" else "")
                article = "" if token.word[:1].isupper() else article
            after_preposition = token.kind == "preposition" or (after_preposition and not token.word[:1].isupper())
            found.append(token)
        return found, clause + 1

    def _is_inverted(self, words: list[_Word], place: int) -> bool:
        """Tell "Had they known, they would have fled" and "Should it fail, …" from a question or a plain verb."""
        word = words[place]
        if self.language != "en" or not word.starts or word.low not in ("had", "were", "should"):
            return False
        ends = next((n for n, each in enumerate(words) if n > place and each.clause_before), None)
        return ends is not None and any(each.low in _IN_CONSEQUENCE for each in words[ends:])

    def _is_counted(self, texts: list[str], place: int) -> bool:
        """Tell whether a number, not a year, stands at a place."""
        place += texts[place] in ("a", "an") and place + 1 < len(texts)
        figure = self.figures.at(texts, place)
        return figure is not None and not figure.is_date

    def _is_pronoun(self, words: list[_Word], place: int, end: int, from_word: bool) -> bool:
        """Tell "one of them", "the one", "ein", "second thoughts" from numbers."""
        if not from_word or end != place + 1:
            return False
        return words[place].low in ("one", "ein", "eine", "einen", "einem", "einer", "eines", "un", "une", "una", "uno")

    def _phrase(self, words: list[_Word], place: int) -> tuple[int, tuple[str, ...]] | None:
        seconds = self.list.phrases.get(words[place].stem)
        if seconds is None:
            return None
        second = words[place + 1].stem if place + 1 < len(words) else ""
        for phrase, meaning in (*seconds.get(second, ()), *(seconds.get("", ()) if second else ())):
            end = place + len(phrase)
            if end > len(words) or words[end - 1].stem != phrase[-1]:
                continue
            if all(words[place + n].stem == stem for n, stem in enumerate(phrase)) and not any(
                word.clause_before for word in words[place + 1 : end]
            ):
                return len(phrase), meaning
        return None

    def _meant(self, spec: str, surface: str, clause: int) -> list[Token]:
        if spec == "NEG":
            return [Token("negation", "not", surface, clause)]
        head, colon, rest = spec.partition(":")
        kinds: dict[str, TokenKind] = {
            "Q": "quantifier",
            "M": "modal",
            "C": "comparison",
            "F": "focus",
            "K": "connective",
        }
        if colon and head in kinds:
            return [Token(kinds[head], rest, surface, clause)]
        if spec in SHARES:
            return [Token("figure", f"n {SHARES[spec]}", surface, clause, values=(("n", SHARES[spec]),))]
        if spec in self.list.numbers["numbers"]:
            figure = self.figures.at([spec], 0)
            return (
                [Token("figure", f"{k[0]} {k[1]}", surface, clause, values=(k,)) for k in figure.keys] if figure else []
            )
        word = _Word(spec, False, False, fold(spec, self.language), self.list.stem(spec))
        token = self._token(word, clause, False)
        return [replace(token, word=surface, is_name=spec.isupper())] if token else []

    def _token(self, word: _Word, clause: int, has_ne: bool) -> Token | None:
        sets, stem, low = self.list.words, word.stem, word.low
        name = names().get(low)
        if (
            name
            and (word.text[:1].isupper() or self.language != "en")
            and (word.text.isupper() or low not in sets["function"])
        ):
            return Token("content", name, word.text, clause, is_name=True, surface=low)
        if stem == "be" if self.language == "en" else low in sets["auxiliary"]:
            return Token("be", "be", word.text, clause)
        if low in sets["negators"] and (self.language != "fr" or has_ne or low not in _ONLY_WITH_NE):
            without = low in ("without", "ohne", "sans", "sin")
            return Token("negation", "not", word.text, clause + (1 if without else 0))
        known = self.list.classes.get(low)
        if low in sets["boundaries"]:
            return Token("joint", known[1] if known and known[0] == "connective" else low, word.text, clause)
        if low in sets["function"] or (self.language == "en" and stem in sets["function"] and len(stem) > 2):
            return None
        if known:
            return Token(known[0], known[1], word.text, clause)
        if low in sets["focus"]:
            return Token("focus", "only", word.text, clause)
        if low in sets["prepositions"]:
            return Token("preposition", stem, word.text, clause)
        if stem in sets["light"]:
            return Token("light", stem, word.text, clause, surface=low)
        capital = word.text[:1].isupper() and self.language != "de"
        coded = any(char.isdecimal() for char in word.text) or (len(word.text) > 1 and word.text.isupper())
        is_name = coded or (capital and not word.starts)
        return Token("content", stem, word.text, clause, is_name, word.starts and capital, surface=low)

    @staticmethod
    def _agreeing(tokens: list[Token]) -> list[Token]:
        """Make one of several negative words of a clause."""
        seen: set[int] = set()
        kept = []
        for token in tokens:
            if token.kind == "negation" and token.word.casefold() not in ("sans", "sin"):
                if token.clause in seen:
                    continue
                seen.add(token.clause)
            kept.append(token)
        return kept
