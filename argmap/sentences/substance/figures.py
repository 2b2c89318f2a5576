"""Read figures: digits with separators, number words, percentages, fractions, ordinals, dates.

"ten million"  "10 million"  "10,000,000"         ("n", 10000000)
"half"  "50 percent"  "50%"                        ("n", 1/2)
"May 3, 1996"  "3 May 1996"  "1996-05-03"          ("month", 5) ("n", 3) ("n", 1996)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from argmap.sentences.substance.numerals import ROMAN, digits_value, german_number, roman_value
from argmap.sentences.substance.stems import fold
from argmap.sentences.substance.word_lists import WordList

Key = tuple[str, Fraction]

_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHED_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_FRACTION = re.compile(r"(\d{1,4})[/\u2044](\d{1,4})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_JOINING = {"en": ("and",), "es": ("y",), "fr": ("et",), "de": ("und",)}
_OUT_OF = {"en": ("out", "in"), "de": ("von",), "fr": ("sur",), "es": ("de",)}
_PERCENT = (("per", "cent"), ("pour", "cent"), ("por", "ciento"), ("por", "cien"), ("per", "cento"), ("por", "cento"))
_PERCENT_WORDS = ("percent", "procent", "prosent", "prozent", "процент", "퍼센트")
"""Beginnings of the words for percent in many languages."""
MINUS = {"fr": ("moins", "minus"), "es": ("menos", "minus")}
_BETWEEN = {"between": "and", "zwischen": "und", "entre": "et", "from": "to", "von": "bis", "de": "a"}
_AND_A_HALF = ["and", "a", "half"]
_TIMES = {"en": "times", "fr": "fois", "es": "veces", "de": "mal"}
_TO = ("to", "or", "bis", "oder", "ou", "o")
_ARTICLES = {
    "en": ("a", "an", "one"),
    "de": ("ein", "eine", "einem", "einer"),
    "fr": ("un", "une", "le", "la"),
    "es": ("un", "una"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or a part of a date, and the words that it was read from."""

    keys: tuple[Key, ...]
    words: str
    end: int
    """Place of the first token after it."""
    is_date: bool = False
    unit: str | None = None
    from_word: bool = False
    """Read from a word alone, such as *one* or *second*, which may not be a figure."""


class FigureReader:
    """Reads figures in a list of tokens of one language."""

    def __init__(self, words: WordList) -> None:
        self.words, self.language = words, words.language
        self.units = words.numbers["numbers"]
        self.scales = words.numbers["scales"]
        self.ordinals = words.numbers["ordinals"]
        self.fractions = words.numbers["fractions"]
        self.multiples = words.numbers["multiples"]
        self.known = (
            frozenset(words.months)
            | frozenset(_ARTICLES["en"][:2])
            | frozenset(words.spans)
            | frozenset(MINUS.get(self.language, ("minus",)))
            | frozenset(word for section in words.numbers.values() for word in section)
        )

    def at(self, tokens: list[str], start: int) -> Figure | None:
        """Read the figure that starts at a token; `None` where none does."""
        first = tokens[start]
        low = fold(first, self.language)
        if first[0].isdecimal():
            found = self._written_date(tokens, start)
            if found:
                return found
        elif low.rstrip(".") not in self.known and self.language != "de" and not first[:2].isupper():
            return None
        if low in _ARTICLES["en"] and tokens[start + 2 : start + 5] == _AND_A_HALF:
            return Figure(
                (("n", Fraction(3, 2)),), " ".join(tokens[start : start + 5]), start + 5, unit=tokens[start + 1]
            )
        sign = low in MINUS.get(self.language, ("minus",)) and start + 1 < len(tokens)
        if sign and (number := self._number(tokens, start + 1)) and not number.from_word and number.keys[0][0] == "n":
            negative = tuple((kind, -value) for kind, value in number.keys)
            return replace(number, keys=negative, words=f"{first} {number.words}", is_date=False)
        month = self._month(tokens, start)
        if month:
            return Figure((("month", Fraction(month)),), first, start + 1, is_date=True)
        if low in self.multiples:
            return Figure((("times", self.multiples[low]),), first, start + 1)
        decade = self._decade(tokens, start)
        if decade:
            return decade
        if (
            low in self.words.spans
            and start
            and fold(tokens[start - 1], self.language) in _ARTICLES.get(self.language, ())
        ):
            many, unit = self.words.spans[low]
            return Figure((("n", Fraction(many)),), first, start + 1, unit=unit)  # "a fortnight"
        roman = first.rstrip("eèm") if self.language == "fr" else first
        if len(roman) > 1 and roman.isupper() and ROMAN.fullmatch(roman):
            return Figure((("n", Fraction(roman_value(roman))),), first, start + 1)
        return self._number(tokens, start)

    def _number(self, tokens: list[str], start: int) -> Figure | None:
        value, place, single = self._cardinal(tokens, start)
        is_ordinal = False
        low = fold(tokens[start], self.language)
        if value is None:
            if low in self.ordinals and not (low in self.fractions and self._is_fraction(tokens, start)):
                return Figure((("n", self.ordinals[low]),), tokens[start], start + 1, from_word=True)
            if low in self.fractions and (self.fractions[low] == 2 or self._is_fraction(tokens, start)):
                value, place = 1 / self.fractions[low], start + 1
                scale, after = self._scale_after(tokens, place)
                if scale:
                    value, place = value * scale, after
            else:
                return None
        else:
            ending = fold(tokens[place], self.language) if place < len(tokens) else ""
            decade = self.words.numbers["decades"].get(ending)
            if decade is not None and value in (17, 18, 19):
                words = " ".join(tokens[start : place + 1])
                return Figure((("decade", decade),), words, place + 1, is_date=True)
            if ending in ("st", "nd", "rd", "th", "er", "eme", "e") and tokens[place - 1][-1].isdecimal():
                place, is_ordinal = place + 1, True
            elif ending in self.fractions and value < 100 and (value != 1 or self.fractions[ending] != 2):
                value, place = value / self.fractions[ending], place + 1
            elif (
                ending in self.ordinals
                and self.ordinals[ending] < 10
                and (value >= 20 or (value == 10 and self.language == "fr"))
            ):
                value, place, is_ordinal = value + self.ordinals[ending], place + 1, True
            elif ending in _OUT_OF.get(self.language, ()):
                value, place = self._share(tokens, value, place)
        percent = self._percent(tokens, place)
        if percent:
            value, place = value / 100, place + percent
        elif not is_ordinal and self._shared_percent(tokens, start, place):
            value /= 100
        following = fold(tokens[place], self.language) if place < len(tokens) else ""
        if following == _TIMES.get(self.language) and not is_ordinal:
            return Figure((("times", value),), " ".join(tokens[start : place + 1]), place + 1)
        span = self.words.spans.get(following)
        is_ordinal = is_ordinal or (following == "jahrhundert" and value > 1)  # "19. Jahrhundert"
        if span and not is_ordinal:
            return Figure((("n", value * span[0]),), " ".join(tokens[start : place + 1]), place + 1, unit=span[1])
        text = tokens[start]
        alone = place == start + 1
        year = alone and len(text) == 4 and text.isdecimal() and 1000 <= value <= 2100
        day = 1 <= value <= 31 and value.denominator == 1 and self._is_day(tokens, start, place)
        return Figure(
            (("n", value),), " ".join(tokens[start:place]), place, is_date=year or day, from_word=single and alone
        )

    def _is_day(self, tokens: list[str], start: int, place: int) -> bool:
        """Tell whether a month stands before or behind a number."""
        behind = place + (place < len(tokens) and tokens[place] in ("of", "de"))
        return (behind < len(tokens) and self._month(tokens, behind) is not None) or (
            start > 0 and self._month(tokens, start - 1) is not None
        )

    def _cardinal(self, tokens: list[str], start: int) -> tuple[Fraction | None, int, bool]:
        """Read a number in digits or words from a place: its value, where it ends, whether it is a word."""
        total, current = Fraction(0), None
        place, worded = start, True
        joining = _JOINING.get(self.language, ())
        while place < len(tokens) and place < start + 20:
            token = tokens[place]
            low = fold(token, self.language)
            if token[0].isdecimal():
                if current is not None or total:
                    break
                current = digits_value(token, self.language)
                if current is None:
                    break
                worded = False
            elif low in self.units:
                value = self.units[low]
                if current is not None and not worded:
                    break
                if current is None:
                    current = value
                elif self.language == "fr" and value == 20 and current % 100 == 4:
                    current += 76
                elif (
                    value < 100 and (current % 100 == 0 or value < 10 <= current % 100 or current % 100 < 10 <= value)
                ) or (self.language == "fr" and value < 20):
                    current += value
                else:
                    break
            elif low in self.scales:
                scale = self.scales[low]
                if scale < 1000:
                    current = (1 if current is None else current) * scale
                else:
                    total += (1 if current is None else current) * scale
                    current = None
                    # Digits may follow a scale only as a new number.
            elif low in joining and place > start and self._goes_on(tokens, place + 1) and (worded or total):
                place += 1
                continue
            elif low == "and" and tokens[place + 1 : place + 3] == ["a", "half"] and place > start:
                current = (current or Fraction(0)) + Fraction(1, 2)
                place += 3
                scale_, after = self._scale_after(tokens, place)
                if scale_:
                    current, place = current * scale_, after
                return total + current, place, False
            else:
                compound = german_number(low, self.units) if self.language == "de" else None
                if compound is None or current is not None:
                    break
                current = Fraction(compound)
            place += 1
        if place == start or (current is None and not total):
            return None, start, False
        return total + (current or 0), place, worded

    def _percent(self, tokens: list[str], place: int) -> int:
        """Count the tokens that say percent from a place on."""
        if tuple(word.casefold() for word in tokens[place : place + 2]) in _PERCENT:
            return 2
        if place >= len(tokens):
            return 0
        word = fold(tokens[place])
        return int(
            tokens[place] == "%"
            or (word.startswith(_PERCENT_WORDS) and "age" not in word)
            or self.words.stem(tokens[place]) == "percent"
        )

    def _shared_percent(self, tokens: list[str], start: int, place: int) -> bool:
        """Tell "five to ten per cent", where what follows the second number belongs to the first as well."""
        if place + 1 >= len(tokens):
            return False
        opener = fold(tokens[start - 1]) if start else ""
        joined = fold(tokens[place])
        if joined not in _TO and _BETWEEN.get(opener) != joined and joined != "y":
            return False
        value, end, _ = self._cardinal(tokens, place + 1)
        return value is not None and bool(self._percent(tokens, end))

    def _goes_on(self, tokens: list[str], place: int) -> bool:
        return place < len(tokens) and fold(tokens[place], self.language) in self.units

    def _scale_after(self, tokens: list[str], place: int) -> tuple[Fraction | None, int]:
        if place < len(tokens) and fold(tokens[place], self.language) in _ARTICLES.get(self.language, ()):
            place += 1
        if place < len(tokens):
            return self.scales.get(fold(tokens[place], self.language)), place + 1
        return None, place

    def _is_fraction(self, tokens: list[str], place: int) -> bool:
        before = fold(tokens[place - 1], self.language) if place else ""
        after = fold(tokens[place + 1], self.language) if place + 1 < len(tokens) else ""
        return before in _ARTICLES.get(self.language, ()) and after in ("of", "der", "des", "de", "du", "")

    def _share(self, tokens: list[str], value: Fraction, place: int) -> tuple[Fraction, int]:
        """Read "one in five" and "two out of three" as shares."""
        after = place + (2 if tokens[place : place + 2] == ["out", "of"] else 1)
        if tokens[place] == "out" and after == place + 1:
            return value, place
        after += after < len(tokens) and tokens[after] in ("every", "each")
        whole, end, _ = self._cardinal(tokens, after)
        counted = self.words.stem(tokens[end]) if end < len(tokens) else ""
        exact = after > place + 1 or (self.language != "es" and counted not in self.words.words["adverbs"])
        if whole is None or not exact or not 1 < whole <= 100 or value >= whole or whole.denominator != 1:
            return value, place
        return value / whole, end

    def _month(self, tokens: list[str], place: int) -> int | None:
        low = fold(tokens[place].rstrip("."), self.language)
        month = self.words.months.get(low)
        if month is None:
            return None
        if low in ("may", "march") and tokens[place].islower():
            return None
        if low not in ("may", "march", "mar", "sep", "dec", "jan", "mars", "mai"):
            return month
        near = [tokens[n] for n in (place - 1, place + 1) if 0 <= n < len(tokens)]
        dated = any(word[0].isdecimal() for word in near)
        inside = place > 0 and fold(tokens[place - 1]) in (
            "in",
            "of",
            "since",
            "until",
            "by",
            "last",
            "next",
            "en",
            "im",
        )
        return (
            month
            if dated or (inside and tokens[place][0].isupper()) or (low == "mai" and self.language == "de")
            else None
        )

    def _decade(self, tokens: list[str], place: int) -> Figure | None:
        text = tokens[place]
        words = self.words.numbers["decades"]
        low = fold(text, self.language)
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if low in words and place and fold(tokens[place - 1]) in ("the", "early", "late", "mid"):
            return Figure((("decade", words[low]),), text, place + 1, is_date=True)
        if text.isdecimal() and text.endswith("0") and len(text) in (2, 4) and following in ("s", "'s", "er"):
            return Figure((("decade", Fraction(int(text) % 100)),), text + "s", place + 2, is_date=True)
        return None

    def _written_date(self, tokens: list[str], place: int) -> Figure | None:
        text = tokens[place]
        for pattern, order in ((_ISO_DATE, (2, 1, 0)), (_DOTTED_DATE, (0, 1, 2)), (_SLASHED_DATE, (1, 0, 2))):
            found = pattern.fullmatch(text)
            if found:
                day, month, year = (Fraction(found[n + 1]) for n in order)
                if month > 12 and day <= 12:
                    day, month = month, day
                return Figure((("n", day), ("month", month), ("n", year)), text, place + 1, is_date=True)
        found = _FRACTION.fullmatch(text)
        if found and int(found[2]):
            return Figure((("n", Fraction(int(found[1]), int(found[2]))),), text, place + 1)
        found = _TIME.fullmatch(text)
        if found:
            return Figure((("time", Fraction(int(found[1]) * 60 + int(found[2]))),), text, place + 1, is_date=True)
        half = tokens[place + 1] if place + 1 < len(tokens) else ""
        if text.isdecimal() and half in ("am", "pm", "a.m.", "p.m.", "a.m", "p.m"):
            hour = int(text) % 12 + (12 if half[0] == "p" else 0)
            return Figure((("time", Fraction(hour * 60)),), f"{text} {half}", place + 2, is_date=True)
        return None
