"""Reduce words to stems that keep different words apart.

Snowball's English stemmer makes one of *university* and *universe*, or of *general* and *generate*; a judge of substance must
not. So English loses its inflection only. Other languages use Snowball.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import resources

SNOWBALL = {"de": "german", "fr": "french", "es": "spanish"}
_INFINITIVE = re.compile(r"\b[a-zäöüß]{3,}(?:en|ern|eln)\b")
_WITH_VERBS = ("negating", "opposites", "ends", "converses", "synonyms")
_INSEPARABLE = ("be", "ver", "ent", "er", "zer", "ge", "miss", "über", "wider")
_SEPARABLE = ("ab", "an", "auf", "aus", "ein", "vor", "zu", "bei", "weg", "zurück", "nach", "mit", "fest", "um")
_PREFIXED = tuple(sorted((*_INSEPARABLE, *_SEPARABLE, "unter", "durch"), key=len, reverse=True))
"""Prefixes of German verbs, the longest first."""
_VOWEL = re.compile("[aeiouy]")
_AS_IT_IS = re.compile(
    r"(?:adv|prom|exerc|surpr|comprom|enterpr|prem|prec|franch|dev|rev|superv|telev|disgu|expert|treat|merchand|improv|exc"
    r"|compr|conc|dem|ra|pra|ar|no|po|cru|bru|likew|otherw|w|r|pro)is"
)
"""Beginnings of words in -ise that no spelling writes with a z."""
_BEFORE_VERBS = ("un", "mis", "re", "over", "under", "out")
_ISE = re.compile(r"is(e|es|ed|ing|ation|ations|er|ers)$")
_YSE = re.compile(r"ys(e|es|ed|ing)$")
_LIGATURES = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@lru_cache(maxsize=8)
def sections(language: str) -> dict[str, list[str]]:
    """Read the sections of a word list, each with its lines."""
    text = resources.files(__package__).joinpath("lists", f"{language}.txt").read_text("utf-8")
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


@lru_cache(maxsize=1 << 14)
def fold(word: str, language: str = "") -> str:
    """Write a word in small letters without accents; German umlauts as two letters."""
    small = word.casefold().translate(_LIGATURES)
    if small.isascii():
        return small
    if language == "de":
        small = unicodedata.normalize("NFC", small).translate(_UMLAUTS)
    return "".join(char for char in unicodedata.normalize("NFD", small) if not unicodedata.combining(char))


@lru_cache(maxsize=8)
def stemmer(language: str) -> Callable[[str], str]:
    """Give the stemmer of a language; it remembers what it met."""
    if language == "en":
        return lru_cache(maxsize=1 << 14)(_english())
    if language not in SNOWBALL:
        return fold
    import Stemmer

    stem = Stemmer.Stemmer(SNOWBALL[language]).stemWord
    forms = _forms(language)

    def other(word: str) -> str:
        small = word.casefold()
        folded = fold(small, language)
        base = forms.get(folded, small)
        if language == "de" and folded not in forms:
            prefix = next((each for each in _PREFIXED if folded.startswith(each)), "")
            rest = forms.get(folded.removeprefix(prefix)) if prefix else None
            base = prefix + rest if rest else small  # "unterschrieb", "abgebrochen"
        return fold(stem(base), language)

    return lru_cache(maxsize=1 << 14)(other)


def _forms(language: str) -> dict[str, str]:
    """Irregular forms, spellings and abbreviations of a language, each with the word they stand for."""
    found = {}
    lists = sections(language)
    for line in (*lists.get("irregular", ()), *lists.get("units", ())):
        base, _, others = line.partition(":")
        found.update({fold(form, language): base for form in others.split()})
    if language == "de":
        verbs = " ".join(line for name in _WITH_VERBS for line in lists.get(name, ()))
        for verb in _INFINITIVE.findall(verbs):
            for form in _weak_forms(verb):
                found.setdefault(fold(form, language), verb)
    for line in lists.get("spelling", ()):
        british, american = line.split()
        found[british] = american
    return found


def _weak_forms(verb: str) -> Iterator[str]:
    """Give the forms of a German verb that is inflected by rule: *lehnen* → *lehnt*, *lehnte*, *lehnten*, *gelehnt*.

    >>> list(_weak_forms("abschaffen"))
    ['abschafft', 'abschaffte', 'abschafften', 'abgeschafft']
    """
    base = verb.removesuffix("n") if verb.endswith(("ern", "eln")) else verb.removesuffix("en")
    ending = "et" if base.endswith(("t", "d")) else "t"
    yield from (f"{base}{ending}", f"{base}{ending}e", f"{base}{ending}en")
    if not verb.endswith("ieren") and not verb.startswith(_INSEPARABLE):
        ahead = next((each for each in _SEPARABLE if verb.startswith(each)), "")
        yield f"{ahead}ge{base.removeprefix(ahead)}{ending}"


def _english() -> Callable[[str], str]:
    forms = _forms("en")

    def regular(word: str) -> str:
        """Give the word that an irregular form stands for, with a prefix too: *unpaid*, *misled*, *rebuilt*."""
        if word in forms:
            return forms[word]
        prefix = next((each for each in _BEFORE_VERBS if word.startswith(each)), "")
        rest = word[len(prefix) :] if prefix else ""
        return prefix + forms[rest] if rest in forms else word

    def stem(word: str) -> str:
        small = word.casefold() if word.isascii() else fold(word)
        small = small.removesuffix("'s").removesuffix("s'") if "'" in small else small
        small = regular(small)
        if len(small) > 5 and ("is" in small or "ys" in small) and not _AS_IT_IS.match(small):
            small = _YSE.sub(r"yz\1", _ISE.sub(r"iz\1", small))
        bare = _uninflected(small)
        bare = regular(bare)
        if len(bare) > 3 and bare.endswith("e"):
            bare = bare[:-1]
        if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "aeious":
            bare = bare[:-1]
        return bare

    return stem


def _uninflected(word: str) -> str:
    """Take the endings of plural, past and participle off an English word."""
    if len(word) < 4:
        return word
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        if word.endswith("ies") and len(word) > 4:
            word = word[:-3] + "y"
        elif word.endswith(("sses", "xes", "ches", "shes", "zzes")):
            word = word[:-2]
        else:
            word = word[:-1]
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("eed"):
        return word[:-1] if word in ("agreed", "guaranteed", "freed", "decreed", "disagreed") else word
    for ending in ("ed", "ing"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 1 and _VOWEL.search(rest):
            return rest
    return word
