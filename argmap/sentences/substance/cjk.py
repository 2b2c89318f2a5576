"""Read Chinese and Japanese, which put no spaces between words.

Phrases of the list are looked for at each character, the longest first; what is left is read by script: a Chinese character is a token,
and so is a run of katakana or Latin letters. Hiragana endings say nothing here; a particle gives the role of what stands before it.

    ノルウェーはポーランドにガスを売った     norway は · poland に · ガス を · 売
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from argmap.sentences.substance.figures import Key
from argmap.sentences.substance.stems import fold
from argmap.sentences.substance.stems import sections as lists
from argmap.sentences.substance.tokens import MAX_LENGTH, SHARES, Sentence, Token, TokenKind, clean, names
from argmap.sentences.substance.word_lists import RELATIONS, WordList

_DIGITS = {char: n for n, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[〇零一二三四五六七八九两兩十百千万萬億亿兆]+")
_PART = re.compile(f"(?:分之|分の)({_NUMBER.pattern})")
_COUNTED = frozenset(
    "人年月日円元%割倍つ個个名件台回度歳岁時时分秒吨票位条艘架次国か校万億亿兆ドルユ世代周週階层层歩米キ公メト點点成株社町村州県省公英キマグドポユトメパ斤克磅米吨"
)
_RUN = re.compile(r"[ァ-ヺー]+|[A-Za-z][A-Za-z0-9\-]*|\d+")
_PARTICLES = {
    "は": "subject",
    "が": "subject",
    "を": "object",
    "に": "to",
    "へ": "to",
    "から": "from",
    "より": "from",
    "で": "at",
}
_MARKS = frozenset('、。,.!?！？;；:：()（）「」『』“”"…・-')
_KINDS: dict[str, TokenKind] = {
    "Q": "quantifier",
    "M": "modal",
    "C": "comparison",
    "F": "focus",
    "K": "connective",
}


@dataclass
class CharacterList(WordList):
    """A word list whose entries are looked for at each character."""

    entries: dict[str, list[tuple[str, tuple[str, ...]]]] = field(default_factory=lambda: defaultdict(list))
    """Entries by first character, the longest first, each with what it stands for."""
    passive: tuple[str, ...] = ()
    negating: frozenset[str] = frozenset()


@lru_cache(maxsize=2)
def character_list(language: str) -> CharacterList:
    """Read the list of Chinese or Japanese."""
    found = CharacterList(language)
    sections = lists(language)
    meanings: dict[str, tuple[str, ...]] = {}
    for line in sections["phrases"]:
        phrase, _, meaning = line.partition(" = ")
        meanings[phrase] = () if meaning == "-" else tuple(meaning.split())
    group = 0
    for name in RELATIONS:
        for line in sections.get(name, ()):
            group += 1
            for right, side in enumerate(line.split("|")):
                for word in side.split():
                    found.opposed[word].append((name, group, bool(right)))
                    meanings[word] = (word,)
    for line in sections.get("synonyms", ()):
        group += 1
        for word in line.split():
            found.synonyms[word].add(group)
            meanings.setdefault(word, (word,))
    for line in sections.get("measures", ()):
        group += 1
        for each in line.split(","):
            units, size = each.split()[:-1], each.split()[-1]
            for unit in units:
                found.measures[unit] = group, Fraction(size)
                meanings.setdefault(unit, (units[0],))
    for word in " ".join(sections.get("negating", ())).split():
        meanings.setdefault(word, (word,))
    for word in [word for meaning in meanings.values() for word in meaning if word != "NEG" and ":" not in word]:
        meanings.setdefault(word, (word,))
    for entry in meanings.items():
        found.entries[entry[0][0]].append(entry)
    for entries in found.entries.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    found.words["negating"] = set(" ".join(sections.get("negating", ())).split())
    found.passive = tuple(" ".join(sections["passive"]).split())
    found.negating = frozenset(" ".join(sections["negating_prefix"]).split())
    return found


def read_characters(text: str, language: str) -> Sentence:
    """Read a text of Chinese or Japanese."""
    words = character_list(language)
    text = clean(text)[:MAX_LENGTH]
    tokens: list[Token] = []
    moved: list[Token] = []
    place, clause = 0, 0
    while place < len(text):
        char = text[place]
        if char in _MARKS:
            tokens, moved = [*tokens, *moved], []
            clause += 1
            place += 1
            continue
        figure = _figure(text, place)
        if figure:
            key, surface, place, is_date = figure
            tokens.append(Token("figure", f"{key[0]} {key[1]}", surface, clause, values=(key,), is_date=is_date))
            continue
        if char == "被" and language == "zh":
            # "X 被 Y V" says what "Y V X" says: what stands before goes to the end of the clause.
            moved = [token for token in tokens if token.clause == clause]
            tokens = [token for token in tokens if token.clause != clause]
            place += 1
            continue
        entry = next((entry for entry in words.entries.get(char, ()) if text.startswith(entry[0], place)), None)
        run = _RUN.match(text, place)
        if run and (entry is None or len(run.group()) >= len(entry[0])):
            piece = run.group()
            name = names().get(fold(piece))
            tokens.append(
                Token("content", name or fold(piece), piece, clause, is_name=name is not None or piece[0] > "ァ")
            )
            place = run.end()
            continue
        name = next((names()[text[place : place + n]] for n in (4, 3, 2) if text[place : place + n] in names()), None)
        if name:
            size = next(n for n in (4, 3, 2) if text[place : place + n] in names())
            tokens.append(Token("content", name, text[place : place + size], clause, is_name=True))
            place += size
            continue
        if entry:
            tokens += [_meant(spec, entry[0], clause) for spec in entry[1]]
            place += len(entry[0])
            continue
        particle = next((p for p in _PARTICLES if text.startswith(p, place)), None) if language == "ja" else None
        if particle and tokens and tokens[-1].kind == "content":
            tokens.append(Token("preposition", _PARTICLES[particle], particle, clause))
            place += len(particle)
            continue
        if char > "㐀" and not "가" <= char <= "힣":
            if char in words.negating and place + 1 < len(text) and text[place + 1] > "㐀":
                tokens.append(Token("negation", "not", char, clause))
            else:
                tokens.append(Token("content", char, char, clause))
        place += 1
    tokens += moved
    passive = any(mark in text for mark in words.passive)
    return Sentence(language, tuple(tokens), clause + 1, passive, words=words)


def _meant(spec: str, surface: str, clause: int) -> Token:
    if spec == "NEG":
        return Token("negation", "not", surface, clause)
    head, colon, rest = spec.partition(":")
    if colon and head in _KINDS:
        return Token(_KINDS[head], rest, surface, clause)
    if spec in SHARES:
        return Token("figure", f"n {SHARES[spec]}", surface, clause, values=(("n", SHARES[spec]),))
    return Token("content", spec, surface, clause)


def _figure(text: str, place: int) -> tuple[Key, str, int, bool] | None:
    """Read a number in digits or characters: its key, its words, where it ends, whether it is a date."""
    found = _NUMBER.match(text, place)
    if not found:
        return None
    end = found.end()
    part = _PART.match(text, end)
    if part:  # 三分之一, 三分の一: one third; 百分之五: five per cent
        whole, many = (_plain(each) if each[0].isdecimal() else _characters_value(each) for each in (found[0], part[1]))
        if whole and many is not None:
            return ("n", many / whole), text[place : part.end()], part.end(), False
    if text[place].isdecimal():
        value: Fraction | None = _plain(found.group())
        while value is not None and end < len(text) and (text[end] in _GROUPS or text[end] in _TENS):
            value *= _GROUPS.get(text[end], 0) or _TENS[text[end]]
            end += 1
        rest = _NUMBER.match(text, end)
        if value is not None and rest and text[end - 1] in _GROUPS and text[end].isdecimal():
            more = _plain(rest.group())
            value, end = value + (more or 0), rest.end()
    else:
        following = text[end : end + 1]
        counted = following in _COUNTED or text[place - 1 : place] == "第" or len(found.group()) > 2
        value = _characters_value(found.group()) if counted and following else None
    if value is None:
        return None
    following = text[end : end + 1]
    if following == "%":
        return ("n", value / 100), text[place : end + 1], end + 1, False
    if text.startswith("パーセント", end):
        return ("n", value / 100), text[place : end + 5], end + 5, False
    if following in ("割", "成") and value < 10:
        return ("n", value / 10), text[place : end + 1], end + 1, False
    if following == "倍":
        return ("times", value), text[place : end + 1], end + 1, False
    return ("n", value), text[place:end], end, following in ("年", "月", "日")


def _plain(digits: str) -> Fraction | None:
    plain = digits.replace(",", "")
    return Fraction(plain) if len(plain) < 40 and plain.count(".") < 2 else None


def _characters_value(text: str) -> Fraction | None:
    """Read a number in Chinese characters.

    >>> _characters_value("三千五百万")
    Fraction(35000000, 1)
    """
    if len(text) > 20:
        return None
    if all(char in _DIGITS for char in text):
        return Fraction(int("".join(str(_DIGITS[char]) for char in text)))
    total, section, digit = 0, 0, None
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section += (1 if digit is None else digit) * _TENS[char]
            digit = None
        else:
            total += (section + (digit or 0) or 1) * _GROUPS[char]
            section, digit = 0, None
    return Fraction(total + section + (digit or 0))
