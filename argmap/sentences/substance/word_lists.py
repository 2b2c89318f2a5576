"""Read the word lists of a language.

A list is a text file in `lists/`, one section after another; its head says what an entry looks like. Lists are read when a
language is first met, and kept.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from argmap.sentences.substance.stems import fold, stemmer
from argmap.sentences.substance.stems import sections as lists

Relation = Literal["opposites", "ends", "directions", "converses"]
RELATIONS: tuple[Relation, ...] = ("opposites", "ends", "directions", "converses")
LANGUAGES = ("en", "de", "fr", "es", "ja", "zh")
Case = Literal["subject", "object", "owner", "any"]
ClassKind = Literal["quantifier", "modal", "comparison", "connective"]
Phrase = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass
class WordList:
    """The words of one language, by stem."""

    language: str
    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Plain sets of words, by section."""
    phrases: dict[str, dict[str, list[Phrase]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    """Phrases by their first word and their second or "", the longest first, each with what it stands for."""
    classes: dict[str, tuple[ClassKind, str]] = field(default_factory=dict)
    """Quantifiers, modals, comparisons and connectives: kind and class of a word as it is written."""
    opposed: dict[str, list[tuple[Relation, int, bool]]] = field(default_factory=lambda: defaultdict(list))
    """For each word the pairs of opposite groups that it stands in: relation, number of the pair, left or right."""
    synonyms: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    numbers: dict[str, dict[str, Fraction]] = field(default_factory=lambda: defaultdict(dict))
    """Values of number words, by section."""
    spans: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Words for several years or weeks, such as decade."""
    measures: dict[str, tuple[int, Fraction]] = field(default_factory=dict)
    """Units: the number of their dimension, and how many of its smallest unit they are."""
    months: dict[str, int] = field(default_factory=dict)
    past: frozenset[str] = frozenset()
    """English only: irregular forms of the past, as they are written."""
    persons: dict[str, tuple[str, Case]] = field(default_factory=dict)
    """Pronouns as they are written: who is meant, and the case."""

    def stem(self, word: str) -> str:
        """Reduce a word to its stem."""
        return stemmer(self.language)(word)


CASES: tuple[Case, ...] = ("subject", "object", "owner", "any")
CLASSED: dict[str, ClassKind] = {
    "quantifiers": "quantifier",
    "modals": "modal",
    "comparisons": "comparison",
    "connectives": "connective",
}
AS_WRITTEN = ("function", "negators", "prepositions", "boundaries", "focus", "auxiliary", "objects", "joined")
"""Sections whose words are looked for as they are written; of all others the stems are."""
NUMBERS = ("numbers", "scales", "ordinals", "fractions", "multiples", "decades")


@lru_cache(maxsize=8)
def word_list(language: str) -> WordList:
    """Read the list of a language; a language without one gets empty lists."""
    found = WordList(language)
    if language not in LANGUAGES:
        return found
    stem = stemmer(language)
    if language == "en":
        found.past = frozenset(" ".join(line.partition(":")[2] for line in lists(language)["irregular"]).split())
    group = 0
    for name, lines in lists(language).items():
        for line in lines:
            group += 1
            if name in RELATIONS:
                for right, side in enumerate(line.split("|")):
                    for word in _listed(side):
                        found.opposed[stem(word)].append((name, group, bool(right)))
            elif name == "synonyms":
                for word in _listed(line):
                    found.synonyms[stem(word)].add(group)
            elif name == "phrases":
                words, _, meaning = line.partition(" = ")
                key = tuple(stem(word) for word in words.split())
                second = key[1] if len(key) > 1 else ""
                found.phrases[key[0]][second].append((key, () if meaning == "-" else tuple(meaning.split())))
            elif name in CLASSED:
                class_, _, words = line.partition(": ")
                found.classes.update({fold(word, language): (CLASSED[name], class_) for word in words.split()})
            elif name in NUMBERS:
                word, value = line.split()
                found.numbers[name][fold(word, language)] = Fraction(value)
            elif name == "spans":
                word, count, unit = line.split()
                found.spans[fold(word, language)] = int(count), unit
            elif name == "months":
                found.months.update(
                    {fold(word, language): len(set(found.months.values())) + 1 for word in line.split()}
                )
            elif name == "persons":
                for case, words_ in zip(CASES, line.split("|"), strict=True):
                    found.persons.update({word: (line.replace("|", " ").split()[0], case) for word in words_.split()})
            elif name == "measures":
                found.measures.update(
                    {
                        stem(unit): (group, Fraction(size))
                        for unit, _, size in (each.rpartition(" ") for each in _listed(line))
                    }
                )
            elif name not in ("irregular", "spelling"):
                unit, colon, words = line.partition(": ")
                if name == "units" and colon:
                    found.words[name].add(stem(unit))
                else:
                    if name in AS_WRITTEN:
                        found.words[name].update(fold(word, language) for word in line.split())
                    if name not in AS_WRITTEN or language == "en":
                        found.words[name].update(map(stem, line.split()))
    for phrases in (phrases for seconds in found.phrases.values() for phrases in seconds.values()):
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return found


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
