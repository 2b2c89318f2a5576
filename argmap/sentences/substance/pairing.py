"""Pair the words of two sentences: the same, of one meaning, opposite, or alone.

before   rents   rose   sharply          rents = rents · rose ⇄ fell · sharply alone
after    rents   fell
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Literal

from argmap.sentences.substance.stems import fold
from argmap.sentences.substance.tokens import Sentence, Token
from argmap.sentences.substance.word_lists import RELATIONS, WordList

Opposition = Literal["opposites", "ends", "directions", "converses", "prefix"]
MOST = 80
"""Unlike words of a side beyond which nothing is looked for."""
_PREFIXES = {
    "en": ("un", "in", "im", "il", "ir", "non", "dis", "mis", "de"),
    "de": ("un", "miss", "nicht", "in", "a"),
    "fr": ("in", "im", "il", "ir", "non", "des", "mal", "anti"),
    "es": ("in", "im", "i", "des", "anti", "no"),
}
_WITHOUT = {"en": "less", "de": "los"}
"""Endings that deny what stands before them."""
_SUFFIXES = {
    "en": ("ion", "ment", "al", "ity", "ness", "ance", "ence", "er", "or", "ly", "iv", "ic", "ou", "abl", "ibl", "iz", "y", "ism",
           "ist", "ant", "ent", "ful", "ship", "hood", "th", "ation", "ate", "at", "ur", "ar", "is", "s", "e"),
    "de": ("ung", "heit", "keit", "lich", "isch", "er", "ig", "t", "n", "e"),
    "fr": ("ion", "ment", "iqu", "el", "al", "eur", "anc", "enc", "it", "ist", "if", "e", "er", "age"),
    "es": ("ion", "mient", "al", "dor", "anci", "enci", "idad", "ist", "iv", "ad", "o", "a", "ment"),
}  # fmt: skip
_OPPOSITE_PREFIXES = (
    ("pro", "anti"),
    ("over", "under"),
    ("pre", "post"),
    ("up", "down"),
    ("in", "ex"),
    ("maxim", "minim"),
)
_MANY_LETTERS = {"en": (4, 0.6), "de": (5, 0.7), "fr": (5, 0.7), "es": (5, 0.7)}
"""Letters that two words of a family share from the start, and their share of the longer word."""


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two words that say the opposite."""

    before: Token
    after: Token
    how: Opposition
    is_converse: bool = False
    """Says the same when its two sides change places, as *sell* and *buy* do."""


@dataclass
class Pairing:
    """The words of two sentences, paired."""

    same: list[tuple[Token, Token]] = field(default_factory=list)
    opposed: list[Opposed] = field(default_factory=list)
    before: list[Token] = field(default_factory=list)
    """Words that only the first sentence has."""
    after: list[Token] = field(default_factory=list)


def pair_words(before: Sentence, after: Sentence) -> Pairing:
    """Pair the words of two sentences of one language."""
    found = Pairing()
    left, right = _match_equal(_words(before), _words(after), found)
    # A word twice on one side and once on the other is not a difference.
    keys = {token.key for token in _words(before)} & {token.key for token in _words(after)}
    left, right = ([token for token in side if token.key not in keys] for side in (left, right))
    if len(left) > MOST or len(right) > MOST:
        found.before, found.after = left, right
        return found
    words = before.words
    _match_joined(left, right, words, found, flipped=False)
    _match_joined(right, left, words, found, flipped=True)
    related = [(x, y, relation(x, y, words)) for x in left for y in right]
    # What says the same goes first, then opposites.
    for x, y, (how, is_converse) in sorted(related, key=lambda each: each[2][0] != "same"):
        if how is None:
            continue
        if not (x in left and y in right):
            continue
        left.remove(x)
        right.remove(y)
        if how == "same":
            found.same.append((x, y))
        else:
            compared = all(_than(sentence, token) for sentence, token in ((before, x), (after, y)))
            found.opposed.append(Opposed(x, y, how, is_converse or compared))
    found.before, found.after = left, right
    return found


def _than(sentence: Sentence, token: Token) -> bool:
    """Tell whether something is compared by a word: "is older than", "earns more than"."""
    tokens = sentence.tokens
    place = next(n for n, each in enumerate(tokens) if each is token)
    more = token.surface.endswith("er") or (place > 0 and tokens[place - 1].kind == "comparison")
    return more and any(each.key == "than" for each in tokens[place + 1 : place + 2])


def _words(sentence: Sentence) -> list[Token]:
    return sentence.of("content", "light", "preposition")


def _match_equal(before: list[Token], after: list[Token], found: Pairing) -> tuple[list[Token], list[Token]]:
    places: dict[str, list[Token]] = defaultdict(list)
    for token in reversed(after):
        places[token.key].append(token)
    left = []
    for token in before:
        if places[token.key]:
            found.same.append((token, places[token.key].pop()))
        else:
            left.append(token)
    rest = {id(token) for tokens in places.values() for token in tokens}
    return left, [token for token in after if id(token) in rest]


def _match_joined(left: list[Token], right: list[Token], words: WordList, found: Pairing, *, flipped: bool) -> None:
    """Match "policy maker" with "policymaker"."""
    place = 0
    while place + 1 < len(left):
        joined = words.stem(left[place].word + left[place + 1].word)
        other = next((token for token in right if token.key == joined), None)
        if other is None:
            place += 1
            continue
        right.remove(other)
        found.same.append((other, left[place]) if flipped else (left[place], other))
        del left[place : place + 2]


def relation(x: Token, y: Token, words: WordList) -> tuple[Opposition | Literal["same"] | None, bool]:
    """Tell how two words relate, and whether they are converses."""
    found = _relation(x, y, words)
    if found[0] is None and words.language == "en":
        plain = _positive(x, words), _positive(y, words)
        if plain != (x, y):
            return _relation(*plain, words)
    return found


def _relation(x: Token, y: Token, words: WordList) -> tuple[Opposition | Literal["same"] | None, bool]:
    synonyms = words.synonyms
    if x.key == y.key or (x.key in synonyms and not synonyms[x.key].isdisjoint(synonyms.get(y.key, ()))):
        return "same", False
    near = "content" in (x.kind, y.kind) and not (x.is_name or y.is_name) and _may_be_near(x.key, y.key)
    if near and (_negates(x.key, y.key, words) or _negates(y.key, x.key, words)):
        return "prefix", False
    shared: set[str] = set()
    right = words.opposed.get(y.key, ())
    for kind, group, side in words.opposed.get(x.key, ()) if right else ():
        for _, other_group, other_side in right:
            if group == other_group:
                if side == other_side and kind in ("opposites", "ends"):
                    return "same", False
                if side != other_side:
                    shared.add(kind)
    for kind in RELATIONS:
        if kind in shared:
            return kind, "converses" in shared
    if near and _opposite_ends(x.key, y.key):
        return "ends", False
    return ("same", False) if near and is_family(x.key, y.key, words.language) else (None, False)


_GRADED = ("er", "est", "ly")
_IRREGULAR = {"good": ("good", ""), "better": ("good", "er"), "best": ("good", "est"),
              "bad": ("bad", ""), "worse": ("bad", "er"), "worst": ("bad", "est")}  # fmt: skip


def degree(token: Token, words: WordList) -> tuple[str, str]:
    """Give the positive of an English adjective and its degree: *richest* → *rich*, *est*."""
    low = token.word.casefold()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    ending = "est" if low.endswith("est") else "er" if low.endswith("er") else ""
    base = _positive(replace(token, key=low), words).key if ending and words.language == "en" else low
    return (base, ending if base != low else "")


def _positive(token: Token, words: WordList) -> Token:
    """Give a comparative, superlative or adverb as the adjective it comes from: cheaper, cheaply → cheap."""
    if not token.key.endswith(_GRADED):
        return token
    for ending in _GRADED:
        base = token.key.removesuffix(ending)
        if base != token.key and len(base) > 2:
            forms = (
                base,
                base.removesuffix("e"),
                base[:-1] + "y" if base.endswith("i") else base,
                base[:-1] if base[-1] == base[-2] else base,
            )
            known = next((form for form in forms if form in words.opposed), None)
            if known:
                return replace(token, key=known)
    return token


def _negates(longer: str, shorter: str, words: WordList) -> bool:
    if longer in words.words["no_negation"] or len(shorter) < 3:
        return False
    language = words.language
    bare = longer.removesuffix(_WITHOUT.get(language, "-"))
    if bare != longer and len(bare) >= 3 and _same_base(bare, shorter, language):
        return True  # "limits" – "limitless"
    rests = [longer[len(prefix) :] for prefix in _PREFIXES.get(language, ()) if longer.startswith(prefix)]
    return any(
        rest == shorter or (len(shorter) > 3 < len(rest) and _same_base(rest, shorter, language)) for rest in rests
    )


def _may_be_near(x: str, y: str) -> bool:
    """Rule out at little cost that two words have a stem in common."""
    return x[:3] == y[:3] or x[-3:] == y[-3:] or x[:4] in y or y[:4] in x


def _same_base(rest: str, shorter: str, language: str) -> bool:
    return rest == shorter or (language != "en" and shorter.startswith(rest)) or is_family(rest, shorter, language)


def _opposite_ends(x: str, y: str) -> bool:
    if {x[-4:], y[-3:]} == {"less", "ful"} or {y[-4:], x[-3:]} == {"less", "ful"}:
        return x[:4] == y[:4]
    for one, other in _OPPOSITE_PREFIXES:
        for left, right in ((one, other), (other, one)):
            if (
                x.startswith(left)
                and y.startswith(right)
                and len(x) - len(left) >= 3
                and x[len(left) :] == y[len(right) :]
            ):
                return True
    return False


def is_family(x: str, y: str, language: str) -> bool:
    """Tell whether two stems are forms of one word, such as *decision* and *decide*.

    >>> is_family("decision", "decid", "en"), is_family("contract", "contrast", "en")
    (True, False)
    """
    if fold(x) == fold(y):
        return True
    if language == "de" and (x.removeprefix("ge") == y or y.removeprefix("ge") == x):
        return True
    least, share = _MANY_LETTERS.get(language, (99, 1.0))
    common = next((n for n, (a, b) in enumerate(zip(x, y, strict=False)) if a != b), min(len(x), len(y)))
    shorter, longer = sorted((x, y), key=len)
    if common < least or common < share * len(longer) - (1 if len(longer) - common <= 5 else 0):
        return False
    tails = longer[common:], shorter[common:]
    suffixes = _SUFFIXES.get(language, ())
    return any(tail.endswith(suffixes) for tail in tails if tail) and len(tails[1]) <= 3
