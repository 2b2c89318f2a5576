"""Read numerals: digits with separators, Roman numerals, German numbers in one word."""

from __future__ import annotations

import re
from fractions import Fraction

COMMA_DECIMAL = ("de", "fr", "es")
"""Languages that write 1,5 for one and a half and 4.700 for four thousand seven hundred."""
MAX_DIGITS = 40
ROMAN = re.compile(r"(?=[IVX]{2,})X{0,3}(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


def digits_value(text: str, language: str) -> Fraction | None:
    """Read a number in digits, its separators by the custom of the language.

    >>> digits_value("4.700", "de"), digits_value("4,700.5", "en")
    (Fraction(4700, 1), Fraction(9401, 2))
    """
    if len(text) > MAX_DIGITS:
        return None
    plain = re.sub(r"[ '\u2019]", "", text)
    marks = re.findall(r"[.,]", plain)
    if not marks:
        return Fraction(plain) if plain.isdecimal() else None
    if len(set(marks)) == 2:
        decimal: str | None = marks[-1]
    elif len(marks) > 1:
        decimal = None
    else:
        grouping = "." if language in COMMA_DECIMAL else ","
        grouped = re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain)
        decimal = None if grouped and marks[0] == grouping else marks[0]
    whole, _, part = plain.rpartition(decimal) if decimal else (plain, "", "")
    number = re.sub(r"[.,]", "", whole) + (f".{part}" if decimal else "")
    return Fraction(number) if re.fullmatch(r"\d+(\.\d+)?", number) else None


def roman_value(text: str) -> int:
    """Read a Roman numeral.

    >>> roman_value("XIV")
    14
    """
    values = [_ROMAN_VALUES[char] for char in text]
    return sum(
        -value if any(later > value for later in values[n + 1 : n + 2]) else value for n, value in enumerate(values)
    )


def german_number(word: str, units: dict[str, Fraction]) -> int | None:
    """Read a German number written as one word.

    >>> units = {"drei": Fraction(3), "fuenf": Fraction(5), "zwanzig": Fraction(20)}
    >>> german_number("dreihundertfuenfundzwanzig", units)
    325
    """
    if len(word) > 60:
        return None
    total = 0
    for name, scale in (("tausend", 1000), ("hundert", 100)):
        head, found, rest = word.partition(name)
        if found:
            many = german_number(head, units) if head else 1
            if many is None:
                return None
            total += many * scale
            word = rest.removeprefix("und") if not rest.startswith("und") or rest[3:] in units else rest
            if not word:
                return total
    if word in units:
        return total + int(units[word])
    ones, found, tens = word.partition("und")
    if found and ones in units and tens in units:
        return total + int(units[ones] + units[tens])
    return None
